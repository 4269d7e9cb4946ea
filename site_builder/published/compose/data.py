"""The page of downloads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from site_builder.published import addresses, citing
from site_builder.published.compose.documents import is_invented
from site_builder.published.datasets import catalogue
from site_builder.published.dictionary import form
from site_builder.published.downloads import marks
from site_builder.published.downloads.coverage import counted_file, coverage_file
from site_builder.published.downloads.journey import JOURNEY_FILE
from site_builder.published.downloads.places import archive_file, guidance_file, parquet_file
from site_builder.published.downloads.recipes import recipes
from site_builder.published.downloads.reconciliation import ROWS, SUMMARY
from site_builder.published.downloads.standing_out import comparisons_file
from site_builder.published.downloads.table import schema as table_schema
from site_builder.published.downloads.whole import LEFT_OUT
from site_builder.published.feeds import FEEDS
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.journey import period_of
from site_builder.published.pages_parts import DataTable, File, Link
from site_builder.published.pages_site import DataGroup, DataPage, DataRow, DataSet
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, checksums
from site_builder.release.releases import Release
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification

_TABLE = "observations.csv"
_COUNTS = "Every count (CSV)"
_DESCRIPTION = ("Description (JSON)", DESCRIPTOR)
_PAIRS = (
    "DfE: the same figures in the form of the department’s open data, beside a file that says what each column is. Where an "
    "indicator has both quarters and years, the years have files of their own."
)
_INVENTED = (
    "Each row of an invented figure says so, and the name of a file that holds such rows begins with “illustrative-”. "
)
_STATUS = ("p r b e", "Beside a number: provisional, revised, break in the series, estimated.")
Forms = Mapping[str, Sequence[tuple[str, str]]]  # code to the form of each of its files and the path


def data_page(frames: Frames, inputs: Inputs, forms: Forms, file: Callable[[str], bytes]) -> DataPage:
    """All data. ``forms``: of each indicator with figures, CSV first; ``file``: what stands at a path."""
    path = addresses.DATA
    lines = sorted({line for package in inputs.nationals for line in package.attribution})
    whole = _whole(inputs)
    first = next((some[0][1] for some in forms.values()), "")
    return DataPage(
        frame=frames.frame(
            path,
            "Data",
            "Every figure of this site as tables and packages, free to reuse.",
            "data",
            feeds=FEEDS,
            described=catalogue(frames.settings, inputs),
            data=(addresses.LATEST, addresses.VERSIONS, addresses.CATALOG),
        ),
        heading="Get the data",
        lead="Every figure of this site, free to reuse: one indicator at a time or all at once.",
        sub=f"{_INVENTED if _holds_invented(inputs) else ''}A link to a file of a release works for good, with the same figures in it.",
        onward=tuple(
            Link(words, addresses.relative(path, target))
            for words, target in (
                ("All releases", addresses.RELEASES),
                ("What changed", addresses.CHANGES),
                ("When the next figures come", addresses.CALENDAR),
                ("For programs (JSON)", addresses.API),
            )
        ),
        whole=tuple(
            DataSet(
                one.title,
                addresses.relative(path, one.page) if one.page else "",
                tuple(File(words, addresses.relative(path, at), _measured(at, file(at))) for words, at in one.files),
            )
            for one in whole
        ),
        checksums=checksums({at: file(at) for one in whole for _, at in one.files}).decode(),
        indicators=_by_source(inputs, forms, path),
        across=_across(inputs, path),
        tables=_dictionary(inputs),
        codes=DataTable("Letters in place of a number", ("Letter", "Meaning"), _codes(inputs)),
        recipes=recipes(f"{frames.settings.base_url}/{first}") if first else (),
        licence=" ".join(("Free to reuse under the Open Government Licence v3.0.", *lines)),
        cite=citing.site(frames, inputs),
        promise="An address of a release never changes and is never used for anything else. A correction is a new "
        "release with a number of its own, and the old one stays.",
        cited=citing.files_of_release(inputs.latest, path) if inputs.latest else (),
    )


def _holds_invented(inputs: Inputs) -> bool:
    return any(one.classification is Classification.SYNTHETIC for one in inputs.releases)


def archive(latest: Release, path: str, file: Callable[[str], bytes]) -> File:
    """Everything of a release in one archive, with its size. ``path``: the page that it is offered on."""
    invented = " (invented figures)" if latest.classification.value == "synthetic" else ""
    place = archive_file(latest)
    words = f"Release {latest.id} in one archive: {LEFT_OUT}{invented}"
    return File(words, addresses.relative(path, place), size(len(file(place))))


class _Whole(NamedTuple):
    """A release or package: its name, the path of its page, and what each of its files is, with its path."""

    title: str
    page: str
    files: tuple[tuple[str, str], ...]


def _whole(inputs: Inputs) -> list[_Whole]:
    """The releases and packages that are offered as a whole."""
    return [
        *([_release(inputs.latest)] if inputs.latest else []),
        *(
            _Whole(
                package.title,
                "",
                tuple(
                    (words, addresses.national_file(package.source, package.release, name))
                    for words, name in ((_COUNTS, _TABLE), _DESCRIPTION)
                ),
            )
            for package in inputs.nationals
        ),
    ]


def _release(latest: Release) -> _Whole:
    """The latest release: the archive first."""
    own = ((_COUNTS, _TABLE), _DESCRIPTION, ("Checksums (SHA256SUMS)", CHECKSUMS))
    counts, *others = ((words, addresses.release_file(str(latest.id), name)) for words, name in own)
    guide = (("Guide to files as the DfE has them", guidance_file(latest)),) if "pairs" in HERE.sections else ()
    files = (
        (f"In one archive: {LEFT_OUT} (ZIP)", archive_file(latest)),
        counts,
        ("Every count (Parquet)", parquet_file(latest)),
        *guide,
        *others,
    )
    invented = " (invented figures)" if latest.classification.value == "synthetic" else ""
    return _Whole(f"Release {latest.id}{invented}", addresses.release(str(latest.id)), files)


def _by_source(inputs: Inputs, forms: Forms, path: str) -> tuple[DataGroup, ...]:
    """The files of each indicator: those from returns first, then the national ones."""
    own: list[DataRow] = []
    national: list[DataRow] = []
    for code, some in forms.items():
        links = tuple(Link(form, addresses.relative(path, at)) for form, at in some)
        row = DataRow(code, inputs.catalogue[code].title, addresses.relative(path, addresses.indicator(code)), links)
        (national if inputs.figures[code].source.national else own).append(row)
    invented = ", invented" if is_invented(inputs.latest) else ""
    groups = (
        DataGroup(f"From returns of {HERE.areas}{invented}", _PAIRS if "pairs" in HERE.sections else "", tuple(own)),
        DataGroup("From national publications", "", tuple(national)),
    )
    return tuple(group for group in groups if group.rows)


def _measured(path: str, content: bytes) -> str:
    """The size of a file and, of a table, how many rows it has: no cell of ours holds a line end."""
    lines = content.count(b"\n")
    rows = f"{max(0, lines - 1):,} rows, " if path.endswith(".csv") else ""
    return f"{rows}{size(len(content))}"


def _dictionary(inputs: Inputs) -> tuple[DataTable, ...]:
    """What each column holds: of the tables of pages and, from its own descriptor, of the table of a package."""
    found = [_described("Columns of every table by indicator or area", table_schema())]
    holders = [(f"Columns of {_TABLE} of a release", inputs.latest.files)] if inputs.latest else []
    holders += [(f"Columns of {_TABLE} of national figures", inputs.nationals[0].files)] if inputs.nationals else []
    for words, files in holders:
        tables = {one["path"]: one["schema"] for one in json.loads(files[DESCRIPTOR])["resources"]}
        found.append(_described(words, tables[_TABLE]["fields"]))
    return tuple(found)


def _described(caption: str, fields: Iterable[Mapping[str, Any]]) -> DataTable:
    rows = tuple((one["name"], form(one), one["description"]) for one in fields)
    return DataTable(caption, ("Column", "How it is written", "What it holds"), rows)


def _codes(inputs: Inputs) -> tuple[tuple[str, str], ...]:
    zeros = {one.source.zeros for one in inputs.figures.values()}
    return (*marks.withheld(zeros).items(), _STATUS)


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
    if "predicted" in HERE.sections:
        files += [("Actual and predicted, by area", addresses.PREDICTED_CSV)]
        files += [("Actual and predicted, the models", addresses.PREDICTED_MODELS)]
    if "reconciliation" in HERE.sections:
        files += [("Our figures beside the publisher’s", ROWS), ("The same, counted by series", SUMMARY)]
    return (
        *(File(f"{words}, CSV", addresses.relative(path, target), "") for words, target in files),
        File("Every figure for programs: layout, schema and an example", addresses.relative(path, addresses.API), ""),
    )


def size(count: int) -> str:
    """Bytes in words."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{max(1, count // 1000):,} KB"
