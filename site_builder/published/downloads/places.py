"""Where every download stands on the site: one home for the paths that pages link and the build fills."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData
from site_builder.release.package import DESCRIPTOR
from site_builder.release.releases import Release

FROZEN = "downloads.sha256"  # of what is made from a release and never changes a byte
CSVW = "observations.csv-metadata.json"  # where tools of the web look for it
DERIVED = "derived.sha256"  # of all else that is made from it


class Files(NamedTuple):
    """The downloads of an indicator as paths of the site. ``whole``: the archive or description it belongs to."""

    csv: str
    json: str
    whole: str
    svg: str
    spec: str
    png: str


def workbook_file(inputs: Inputs, data: IndicatorData) -> str:
    """Where the workbook of an indicator stands."""
    name = file_name(data.indicator.code.lower(), "xlsx", data.source.classification)
    return _placed(inputs, data, f"xlsx/{name}")


def area_workbook_file(release: Release, slug: str) -> str:
    """Where the workbook of a borough, or of London, stands."""
    name = file_name(slug, "xlsx", release.classification.value)
    return addresses.release_file(str(release.id), f"xlsx/areas/{name}")


class FunnelFiles(NamedTuple):
    """The downloads of an indicator's funnel as paths of the site."""

    csv: str
    svg: str
    spec: str
    png: str


class AreaFiles(NamedTuple):
    """The downloads of one area from one release or national package. ``title``: what they are of. ``descriptor``: of the
    package. ``xlsx``: of a release alone, else empty."""

    title: str
    csv: str
    json: str
    descriptor: str
    xlsx: str = ""


def archive_file(release: Release) -> str:
    """Where everything of a release stands in one archive."""
    return addresses.release_file(str(release.id), file_name("all", "zip", release.classification.value))


def parquet_file(release: Release) -> str:
    """Where every count of a release stands as Parquet."""
    return addresses.release_file(
        str(release.id), f"parquet/{file_name('observations', 'parquet', release.classification.value)}"
    )


def pair_file(release: Release, name: str) -> str:
    """Where a file of the pairs in the DfE's shape stands."""
    return addresses.release_file(str(release.id), f"ees/{name}")


def guidance_file(release: Release) -> str:
    """Where the text that explains these pairs stands."""
    return pair_file(release, "data-guidance.txt")


def program_file(group: str, name: str, classification: str) -> str:
    """Where a file of figures for programs stands below its release. ``group``: indicators, latest or areas; ``name``: a
    code or slug."""
    return f"api/{group}/{file_name(name.lower(), 'json', classification)}"


def files_of(inputs: Inputs, data: IndicatorData) -> Files:
    """Where the downloads of an indicator stand."""
    code, classification = data.indicator.code.lower(), data.source.classification
    whole = "datapackage.json" if data.source.national else file_name("all", "zip", classification)
    places = (
        f"csv/{file_name(code, 'csv', classification)}",
        program_file("indicators", code, classification),
        whole,
        f"charts/{file_name(code, 'svg', classification)}",
        f"charts/{file_name(code, 'vl.json', classification)}",
        f"charts/{file_name(code, 'png', classification)}",
    )
    return Files(*(_placed(inputs, data, place) for place in places))


def funnel_files(inputs: Inputs, data: IndicatorData) -> FunnelFiles:
    """Where the downloads of an indicator's funnel stand."""
    stem, classification = f"{data.indicator.code.lower()}-funnel", data.source.classification
    folders = (("csv", "csv"), ("charts", "svg"), ("charts", "vl.json"), ("charts", "png"))
    return FunnelFiles(
        *(_placed(inputs, data, f"{folder}/{file_name(stem, ending, classification)}") for folder, ending in folders)
    )


class SpreadFiles(NamedTuple):
    """The drawings of an indicator's boroughs as paths of the site: all on one line, and as squares."""

    strip: str
    map: str


def spread_files(inputs: Inputs, data: IndicatorData) -> SpreadFiles:
    """Where the drawings of an indicator's boroughs stand."""
    code, classification = data.indicator.code.lower(), data.source.classification
    return SpreadFiles(
        *(
            _placed(inputs, data, f"charts/{file_name(f'{code}-{kind}', 'svg', classification)}")
            for kind in ("strip", "map")
        )
    )


def _placed(inputs: Inputs, data: IndicatorData, place: str) -> str:
    if data.source.national:
        package = inputs.package_of[data.indicator.code]
        return addresses.national_file(package.source, package.release, place)
    return addresses.release_file(data.source.release, place)


def descriptor_of(inputs: Inputs, data: IndicatorData) -> str:
    """Where the description of the package stands that an indicator comes from."""
    return _placed(inputs, data, DESCRIPTOR)


def area_files(inputs: Inputs, slug: str) -> tuple[AreaFiles, ...]:
    """Where the downloads of a borough stand: of the latest release, then of each national package."""
    found = []
    if (latest := inputs.latest) is not None:
        name, kind = str(latest.id), latest.classification.value
        table, program = f"csv/areas/{file_name(slug, 'csv', kind)}", program_file("areas", slug, kind)
        found.append(
            AreaFiles(
                f"Figures from returns, release {name}",
                addresses.release_file(name, table),
                addresses.release_file(name, program),
                addresses.release_file(name, DESCRIPTOR),
                area_workbook_file(latest, slug),
            )
        )
    for package in inputs.nationals:
        table, program = f"csv/areas/{slug}.csv", program_file("areas", slug, "published")
        found.append(
            AreaFiles(
                f"National figures: {package.title}",
                addresses.national_file(package.source, package.release, table),
                addresses.national_file(package.source, package.release, program),
                addresses.national_file(package.source, package.release, DESCRIPTOR),
            )
        )
    return tuple(found)
