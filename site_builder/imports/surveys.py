"""What files are, what would be read of them, and what is refused and why: a look before an import. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.imports import file_rules
from site_builder.imports.cells import Sheet, read_sheet
from site_builder.imports.mappings import Release
from site_builder.imports.pairs import read_pair
from site_builder.imports.places import Places
from site_builder.imports.registry import FORMS
from site_builder.imports.releases import Form
from site_builder.release.package import sha256
from site_builder.vocabulary.findings import Finding, blocks

META = ".meta.csv"
_HEAD_OF_META = frozenset({"col_name", "col_type", "label", "indicator_dp"})
_DESCRIPTIONS = (".yml", ".yaml", ".md", ".txt", ".toml", ".json")


@dataclass(frozen=True, slots=True)
class Look:
    """One file: what it was taken for (empty: nothing), what would be read, and what speaks against it."""

    file: str
    form: str
    would_read: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a checkout knows already: its places, and its mappings."""

    places: Places
    mappings: tuple[Release, ...] = field(repr=False)


def look(files: Mapping[str, bytes], known: Known) -> tuple[Look, ...]:
    """Each file looked at, in order of path. ``files``: path to bytes."""
    return tuple(_look(path, files, known) for path in sorted(files))


def _look(path: str, files: Mapping[str, bytes], known: Known) -> Look:
    wrong = tuple(file_rules.invented(path))
    if path.endswith(_DESCRIPTIONS):
        return Look(path, "", "A description or text. Nothing is read of it by itself.", wrong)
    if not path.endswith(".csv"):
        reason = "Only tables as CSV are read, not workbooks or other files."
        return Look(path, "", "", (*wrong, *file_rules.unknown_form(path, reason)))
    sheet = read_sheet(files[path])
    wrong += tuple(file_rules.unreadable(path, sheet))
    if sheet is None or blocks(wrong):
        return Look(path, "", "", wrong)
    if set(sheet.header) >= _HEAD_OF_META:
        return Look(path, "metadata", "The columns of the data file beside it.", wrong)
    return _table(path, sheet, files, known, wrong)


def _table(path: str, sheet: Sheet, files: Mapping[str, bytes], known: Known, wrong: tuple[Finding, ...]) -> Look:
    mapped = list(_mapped(sha256(files[path]), known.mappings))
    if mapped:
        form = FORMS[mapped[0][0].form]
        return Look(path, form.name, " ".join(_words(*one) for one in mapped), wrong)
    form_or_none = form_of(sheet)
    if form_or_none is None:
        return Look(path, "", "", (*wrong, *file_rules.unknown_form(path, _why_not(sheet))))
    unmapped = tuple(
        file_rules.unmapped(path, form_or_none.needs, form_or_none.folder.format(source="SOURCE") + "/RELEASE")
    )
    words, found = _by_metadata(path, sheet, files, known.places)
    return Look(path, form_or_none.name, words or form_or_none.says, (*wrong, *found, *unmapped))


def form_of(sheet: Sheet) -> Form | None:
    """The form whose columns a table has; of several the one with the most."""
    fit = [form for form in FORMS.values() if form.header and form.header <= set(sheet.header)]
    return max(fit, key=lambda form: (len(form.header), form.name), default=None)


def _why_not(sheet: Sheet) -> str:
    """What lacks for the form that comes nearest, in the form's own words."""
    header = set(sheet.header)
    near = max(
        (form for form in FORMS.values() if form.header), key=lambda form: len(form.header & header) / len(form.header)
    )
    if not near.header & header:
        return "Its columns are those of no form that is read."
    lacks = ", ".join(sorted(near.header - header))
    return f"It is like {near.name}, but for columns that are not there: {lacks}."


def _mapped(digest: str, mappings: Iterable[Release]) -> Iterable[tuple[Release, str, tuple[str, ...]]]:
    for release in mappings:
        for table in release.tables:
            if table.sha256 == digest:
                yield release, table.name, tuple(series.id for series in table.series)


def _words(release: Release, table: str, series: tuple[str, ...]) -> str:
    what = f"series {', '.join(series)}" if series else "the whole of it"
    return f"Table {table} of {release.source} {release.release}: {what}."


def _by_metadata(
    path: str, sheet: Sheet, files: Mapping[str, bytes], places: Places
) -> tuple[str, tuple[Finding, ...]]:
    """What a pair of data and metadata holds; nothing without metadata beside the data."""
    beside = path.removesuffix(".csv") + META
    meta = read_sheet(files[beside]) if beside in files else None
    if meta is None or meta.broken:
        return "", ()
    read, found = read_pair(path, sheet, meta, places)
    if read is None:
        return "", found
    areas, times = {area for area, _, _ in read.cells}, {time for _, time, _ in read.cells}
    words = f"{len(read.cells):,} figures of {len(areas)} places and {len(times)} periods, by the metadata beside it."
    return words, _each_once(found)


def _each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first finding of each rule: a file with another list of places would give thousands."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return tuple(first.values())


def in_words(looks: Iterable[Look]) -> str:
    """Two lines a file: what it is, or that it is refused, and what would be read. Reasons stand in the findings."""
    return "\n".join(_paragraph(one) for one in looks)


def _paragraph(one: Look) -> str:
    refused = blocks(one.findings)
    lines = [f"{one.file}: {one.form or ('refused' if refused else 'not a table')}"]
    lines += [f"  {one.would_read}"] if one.would_read else []
    return "\n".join(lines)


def every_form() -> str:
    """The forms that are read, a sentence each."""
    width = max(len(name) for name in FORMS)
    lines = [f"  {form.name:<{width}}  {form.says}\n  {'':<{width}}  It takes {form.needs}." for form in FORMS.values()]
    return "\n".join(("What can be imported:", "", *lines, "", NEXT))


NEXT = (
    "To see what files are: site-builder import --list PATH...\n"
    "To import: site-builder import SOURCE FILE... --mapping PATH"
)
