"""Where every download stands on the site: one home for the paths that pages link and the build fills."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.downloads.table import file_name
from site_builder.published.inputs import Inputs
from site_builder.published.statistics import IndicatorData


class Files(NamedTuple):
    """The downloads of an indicator as paths of the site. ``whole``: the archive or description it belongs to."""

    csv: str
    json: str
    whole: str
    svg: str
    spec: str


class AreaFiles(NamedTuple):
    """The downloads of one area from one release or national package. ``title``: what they are of."""

    title: str
    csv: str
    json: str


def files_of(inputs: Inputs, data: IndicatorData) -> Files:
    """Where the downloads of an indicator stand."""
    code, classification = data.indicator.code.lower(), data.source.classification
    whole = "datapackage.json" if data.source.national else file_name("all", "zip", classification)
    places = (
        f"csv/{file_name(code, 'csv', classification)}",
        f"api/indicators/{file_name(code, 'json', classification)}",
        whole,
        f"charts/{file_name(code, 'svg', classification)}",
        f"charts/{file_name(code, 'vl.json', classification)}",
    )
    if data.source.national:
        package = inputs.package_of[data.indicator.code]
        return Files(*(addresses.national_file(package.source, package.release, place) for place in places))
    return Files(*(addresses.release_file(data.source.release, place) for place in places))


def area_files(inputs: Inputs, slug: str) -> tuple[AreaFiles, ...]:
    """Where the downloads of a borough stand: of the latest release, then of each national package."""
    found = []
    if (latest := inputs.latest) is not None:
        name, kind = str(latest.id), latest.classification.value
        table, program = f"csv/areas/{file_name(slug, 'csv', kind)}", f"api/areas/{file_name(slug, 'json', kind)}"
        found.append(
            AreaFiles(
                f"Figures from returns, release {name}",
                addresses.release_file(name, table),
                addresses.release_file(name, program),
            )
        )
    for package in inputs.nationals:
        table, program = f"csv/areas/{slug}.csv", f"api/areas/{slug}.json"
        found.append(
            AreaFiles(
                f"National figures: {package.title}",
                addresses.national_file(package.source, package.release, table),
                addresses.national_file(package.source, package.release, program),
            )
        )
    return tuple(found)
