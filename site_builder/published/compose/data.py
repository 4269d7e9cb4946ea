"""The page of downloads, and the lists for machines: versions, sitemap, robots."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from site_builder.published import addresses, citing
from site_builder.published.datasets import catalogue
from site_builder.published.downloads.coverage import counted_file, coverage_file
from site_builder.published.downloads.journey import JOURNEY_FILE
from site_builder.published.downloads.places import archive_file
from site_builder.published.downloads.reconciliation import ROWS, SUMMARY
from site_builder.published.downloads.standing_out import comparisons_file
from site_builder.published.downloads.table import DESCRIPTIONS, HEADER
from site_builder.published.feeds import FEEDS
from site_builder.published.figures import HIDDEN_LONG, NOT_APPLICABLE
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.journey import period_of
from site_builder.published.pages_parts import DataTable, File, Link
from site_builder.published.pages_site import DataPage, DataRow, Recipe
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, sha256
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE

_CODES = (
    ("c", HIDDEN_LONG["show"]),
    ("x", "Not available: not returned, or not collected."),
    ("z", f"{NOT_APPLICABLE} here."),
    ("low", "Above zero, but rounds to zero."),
    ("u", "Too unreliable to show."),
    ("p r b e", "Beside a number: provisional, revised, break in the series, estimated."),
)


def data_page(
    frames: Frames, inputs: Inputs, indicator_files: dict[str, tuple[str, str]], file: Callable[[str], bytes]
) -> DataPage:
    """All data. ``indicator_files``: code to the paths of its CSV and JSON; ``file``: what stands at a path."""
    path = addresses.DATA
    lines = sorted({line for package in inputs.nationals for line in package.attribution})
    base = frames.settings.base_url
    return DataPage(
        frame=frames.frame(
            path,
            "Data",
            "Every figure of this site as tables and packages, free to reuse.",
            "data",
            feeds=FEEDS,
            described=catalogue(frames.settings, inputs),
        ),
        heading="Get the data",
        lead="Everything shown here, as tables and packages, free to reuse. Each row of an invented figure says so; the "
        "names of files that are made from such rows begin with “illustrative-”.",
        whole=_whole(inputs, path, file),
        rows_of_files=tuple(
            DataRow(
                code,
                inputs.catalogue[code].title,
                addresses.relative(path, addresses.indicator(code)),
                (Link("CSV", addresses.relative(path, csv)), Link("JSON", addresses.relative(path, json_))),
            )
            for code, (csv, json_) in indicator_files.items()
        ),
        across=_across(inputs, path),
        columns=DataTable(
            "Columns of every table", ("Column", "What it holds"), tuple((n, DESCRIPTIONS[n]) for n in HEADER)
        ),
        codes=DataTable("Letters in place of a number", ("Letter", "Meaning"), _CODES),
        recipes=_recipes(base, next(iter(indicator_files.values()), ("", ""))[0]),
        licence=" ".join(("Free to reuse under the Open Government Licence v3.0.", *lines)),
        cite=citing.site(frames, inputs),
        promise="An address of a release never changes and is never used for anything else. A correction is a new "
        "release with a number of its own, and the old one stays.",
    )


def archive(latest: Release, path: str, file: Callable[[str], bytes]) -> File:
    """Everything of a release in one archive, with its size. ``path``: the page that it is offered on."""
    invented = " (invented figures)" if latest.classification.value == "synthetic" else ""
    place = archive_file(latest)
    words = f"Release {latest.id}, everything in one archive{invented}"
    return File(words, addresses.relative(path, place), size(len(file(place))))


def _whole(inputs: Inputs, path: str, file_at: Callable[[str], bytes]) -> tuple[File, ...]:
    files = []
    if (latest := inputs.latest) is not None:
        name = str(latest.id)
        invented = " (invented figures)" if latest.classification.value == "synthetic" else ""
        files.append(archive(latest, path, file_at))
        files += [
            File(f"Release {name}, {file}{invented}", _to(path, name, file), size(len(latest.files[file])))
            for file in (DESCRIPTOR, "observations.csv", CHECKSUMS)
        ]
    for package in inputs.nationals:
        files += [
            File(
                f"{package.title}, {file}",
                addresses.relative(path, addresses.national_file(package.source, package.release, file)),
                size(len(package.files[file])),
            )
            for file in (DESCRIPTOR, "observations.csv")
        ]
    return tuple(files)


def _across(inputs: Inputs, path: str) -> tuple[File, ...]:
    """Tables of more than one indicator that belong to a page of their own."""
    sources = {one.source.classification: one.source for one in inputs.figures.values()}
    compared = [
        (f"Every comparison with the usual variation, {'national figures' if one.national else 'returns'}", one)
        for one in sources.values()
    ]
    files = [(words, comparisons_file(one)) for words, one in compared]
    files += [(f"The {HERE.person}’s journey", JOURNEY_FILE)] if period_of(inputs.figures) else []
    if inputs.latest is not None:
        files += [("Whose figures came", coverage_file(inputs.latest))]
        files += [("Whose figures came, counted by indicator", counted_file(inputs.latest))]
    files += [
        ("Actual and predicted, by area", addresses.PREDICTED_CSV),
        ("Actual and predicted, the models", addresses.PREDICTED_MODELS),
        ("Our figures beside the publisher’s", ROWS),
        ("The same, counted by series", SUMMARY),
    ]
    return tuple(File(f"{words}, CSV", addresses.relative(path, target), "") for words, target in files)


def _to(path: str, release: str, file: str) -> str:
    return addresses.relative(path, addresses.release_file(release, file))


def size(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, count // 1000):,} KB"


def _recipes(base: str, csv: str) -> tuple[Recipe, ...]:
    address = f"{base}/{csv}"
    return (
        Recipe("Spreadsheet", f"Data > From text or web\n{address}\nKeep the columns area and period as text."),
        Recipe(
            "R",
            f'library(readr)\nfigures <- read_csv("{address}",\n  col_types = cols(area = "c", period = "c"), na = "")',
        ),
        Recipe(
            "Python",
            f'import pandas\nfigures = pandas.read_csv(\n    "{address}", dtype={{"area": str, "period": str}})',
        ),
    )


def versions_json(inputs: Inputs, base_url: str) -> bytes:
    """The list of releases for machines, newest first. Each holds every period before it, so the next supersedes it."""
    names = [None, *(str(release.id) for release in inputs.releases), None]
    entries = [
        {
            "id": str(release.id),
            "title": release.id.period.label,
            "published_on": release.published_on.isoformat(),
            "status": "current" if release is inputs.latest else "superseded",
            "classification": release.classification.value,
            "url": f"{base_url}/{addresses.release(str(release.id))}",
            "datapackage_sha256": sha256(release.files[DESCRIPTOR]),
            "supersedes": names[at - 1],
            "superseded_by": names[at + 1],
            "note": "Correction" if release.id.correction else "",
        }
        for at, release in reversed(tuple(enumerate(inputs.releases, start=1)))
    ]
    latest = str(inputs.latest.id) if inputs.latest else None
    table = {"schema": "lsb-versions/1", "latest": latest, "releases": entries}
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def sitemap(paths: Iterable[str], base_url: str) -> bytes:
    """The pages that search engines may keep, in order."""
    lines = "".join(f"<url><loc>{escape(f'{base_url}/{path}')}</loc></url>\n" for path in sorted(paths))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()


def robots(base_url: str) -> bytes:
    """Everyone may read; what is illustrative asks on its own page not to be kept."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n".encode()
