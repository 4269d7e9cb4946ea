"""Rules about a file as a whole: its bytes, its header, where it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from site_builder.imports.cells import Sheet
from site_builder.imports.mappings import PROVENANCE, RETRIEVED, NeighbourColumns, Release, Table
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.rules import rule

ILLUSTRATIVE = "illustrative"


@rule("I101", Severity.ERROR, "Unknown column or category")
def unknown_columns(
    table: Table,
    sheet: Sheet,
    categories: Collection[tuple[int, tuple[str, ...]]] = (),
    identity: Collection[str] = (),
) -> Iterator[Finding]:
    """Names that a mapping does not know.

    What it checks: Every column of the file is one that the importer reads itself, one that the mapping gives a name
        to, or one that it ignores by name; the same for every category of a long table. ``categories`` are the rows and
        values of the filters, ``identity`` the columns that the importer reads itself.
    Why it matters: Publishers rename columns, change their case and reword categories, even within one release. To
        match loosely drops or mixes figures in silence.
    Example: The mapping knows ``CPP_end`` and the file has ``CPP_End``.
    How to fix: Read what the publisher says of the column, then name it in the mapping under columns or ignore (for a
        category, under cell or skip). A new release gets a mapping of its own.
    """
    allowed = {*identity, *table.ignore, *table.columns.values(), *table.filters, *(c.column for c in table.cells)}
    for index, name in enumerate(sheet.header):
        if name not in allowed:
            yield unknown_columns.finding(
                Location(table.file, 1, column=index + 1),
                "The mapping knows no column of this name.",
                "Name it in the mapping, under columns or ignore.",
            )
    known = {*table.skip, *(cell.where for cell in table.cells)}
    first: dict[tuple[str, ...], int] = {}
    for row, values in categories:
        if values not in known:
            first.setdefault(values, row)
    for row in first.values():
        yield unknown_columns.finding(
            Location(table.file, row),
            "The mapping knows no category of this name.",
            "Name it in the mapping, under cell or skip.",
        )


@rule("I102", Severity.ERROR, "Declared column, category or file is missing")
def missing_columns(
    table: Table, sheet: Sheet, met: Collection[tuple[str, ...]] = (), needed: Collection[str] = ()
) -> Iterator[Finding]:
    """Names that a mapping promises and the file does not have.

    What it checks: Every column that the mapping names is in the header, and every category of a long table is met in
        some row. ``met`` are the values of the filters that occur, ``needed`` the columns that the importer reads
        itself.
    Why it matters: A column that vanished would leave a series empty, and nobody would be told.
    Example: The mapping reads ``CPP_At31`` and the new file has no such column.
    How to fix: Look up what the publisher did with the column. Give the release a mapping with its new name, or leave
        the series out.
    """
    wanted = {*needed, *table.ignore, *table.columns.values(), *table.filters, *(c.column for c in table.cells)}
    for name in sorted(wanted - set(sheet.header)):
        yield missing_columns.finding(
            Location(table.file, 1, name),
            "A column that the mapping names is not in the file.",
            "Compare the names of the columns with the mapping, letter by letter.",
        )
    if set(table.filters) <= set(sheet.header):
        for where in sorted({cell.where for cell in table.cells} - set(met)):
            yield missing_columns.finding(
                Location(table.file, field="; ".join(where)),
                "A category that the mapping names is in no row.",
                "Compare the names of the categories with the mapping, letter by letter.",
            )


def missing_file(name: str) -> Finding:
    """I102 for a file that was not given."""
    return missing_columns.finding(
        Location(name), "The file of this table was not given, or cannot be opened.", "Name it on the command line."
    )


def missing_field(name: str, field: str) -> Finding:
    """I102 for a field that the mapping takes from a description."""
    return missing_columns.finding(
        Location(name, field=field), "The description lacks a field that the mapping takes.", "Compare the two."
    )


@rule("I104", Severity.ERROR, "Duplicate or blank column name")
def bad_header(table: Table, sheet: Sheet) -> Iterator[Finding]:
    """Column names that do not tell columns apart.

    What it checks: No name stands twice in the header and none is blank, unless the mapping reads the file by
        position; then the header has the declared number of columns.
    Why it matters: Columns are found by name. With two of one name, either could be read.
    Example: Ten columns named ``SNP`` and a last one without a name.
    How to fix: Ask the publisher for a proper file, or read it by position with ``width`` in the mapping.
    """
    if table.neighbours and table.neighbours.width:
        if len(sheet.header) != table.neighbours.width:
            yield bad_header.finding(
                Location(table.file, 1),
                "The file has not as many columns as the mapping declares.",
                "Count its columns and compare them with the mapping.",
            )
        return
    seen: set[str] = set()
    for index, name in enumerate(sheet.header):
        if not name.strip() or name in seen:
            yield bad_header.finding(
                Location(table.file, 1, column=index + 1),
                "The column has no name, or the name of another.",
                "Get a file whose columns have names of their own.",
            )
        seen.add(name)


@rule("I110", Severity.ERROR, "Not a table in UTF-8")
def unreadable(name: str, sheet: Sheet | None) -> Iterator[Finding]:
    """A file that cannot be read.

    What it checks: The bytes are UTF-8, quotes close, and every row has as many cells as the header.
    Why it matters: To guess another encoding or to fill up a short row would change names and figures unseen.
    Example: A file saved from a spreadsheet in the encoding of one country.
    How to fix: Download the file again from its publisher and do not open it in a spreadsheet before.
    """
    if sheet is None:
        yield unreadable.finding(Location(name), "The file is not in UTF-8.", "Download it again.")
    elif sheet.broken:
        yield unreadable.finding(
            Location(name, sheet.broken),
            "A quote is not closed, or the row has not as many cells as the header.",
            "Download the file again; compare this row with the ones beside it.",
        )


def undescribed(name: str) -> Finding:
    """I110 for a description that is no YAML of fields."""
    return unreadable.finding(Location(name), "The description is not YAML in UTF-8.", "Get it again.")


@rule("I111", Severity.INFO, "Byte order mark or old line ends put right")
def normalised(table: Table, sheet: Sheet) -> Iterator[Finding]:
    """A file whose bytes were put in order before reading.

    What it checks: Whether the file began with a byte order mark or ended lines with a lone carriage return.
    Why it matters: Neither changes a figure, but a reader who compares bytes wants to know.
    Example: A table that a spreadsheet saved as "CSV UTF-8".
    How to fix: Nothing needs to be done.
    """
    if sheet.normalised:
        yield normalised.finding(
            Location(table.file), "A byte order mark or old line ends were put right.", "Nothing needs to be done."
        )


@rule("I112", Severity.ERROR, "A file of no form that is read")
def unknown_form(name: str, reason: str) -> Iterator[Finding]:
    """A file that cannot be told.

    What it checks: A file is a table whose columns are those of a form that the importer reads.
    Why it matters: A table that is taken for another gives figures that mean something else.
    Example: A workbook, or a table that somebody made out of a publisher's.
    How to fix: Get the data file itself from its publisher. A form that is not read yet needs a module of its own.
    """
    if reason:
        yield unknown_form.finding(Location(name), reason, "Get the publisher's own data file, as CSV.")


def not_described(name: str) -> Finding:
    """I112 for a data file whose metadata does not fit it."""
    return unknown_form.finding(
        Location(name),
        "The metadata beside it does not describe its columns, or its times are of no kind that is read.",
        "Get both files again; they belong together.",
    )


@rule("I113", Severity.INFO, "No mapping names this file")
def unmapped(name: str, needs: str, folder: str) -> Iterator[Finding]:
    """A file of a known form that was not looked at yet.

    What it checks: Whether a mapping of the repository names the very file, by its checksum.
    Why it matters: The importer guesses nothing: what a column is, a person says in a mapping.
    Example: A release that came out this morning.
    How to fix: Copy the mapping of an earlier release, or write one; then import with it.
    """
    if needs:
        yield unmapped.finding(Location(name), f"To import it takes {needs}.", f"Write it in {folder}.")


@rule("I114", Severity.ERROR, "Invented figures")
def invented(name: str) -> Iterator[Finding]:
    """A file of illustrative figures that would become published ones.

    What it checks: The name of a file does not begin as those of files with invented figures do.
    Why it matters: Packages of open data count as published. An invented figure among them would be quoted.
    Example: A download of a demonstration of this very site.
    How to fix: Use the publisher's own file.
    """
    if PurePosixPath(name).name.startswith(ILLUSTRATIVE):
        yield invented.finding(
            Location(name), "The figures in this file are invented.", "Use the publisher's own file."
        )


@rule("I701", Severity.ERROR, "Provenance is not complete")
def provenance(release: Release, file: str) -> Iterator[Finding]:
    """Facts about the origin that a mapping must give.

    What it checks: The mapping says publisher, title, day of publication (or "unknown"), licence and attribution, and
        for each file the repository, path and commit it was taken from.
    Why it matters: The licence asks for attribution, and a figure without an origin cannot be checked.
    Example: A mapping without ``attribution``.
    How to fix: Add the missing facts from where the file was downloaded.
    """
    for key in PROVENANCE:
        if key not in release.provenance:
            yield provenance.finding(Location(file, field=key), "The mapping does not say this.", "Add it.")
    for table in release.tables:
        for key in RETRIEVED:
            if key not in table.retrieved_from:
                yield provenance.finding(
                    Location(file, field=f"{table.name}.{key}"), "The mapping does not say this of a file.", "Add it."
                )


@rule("I702", Severity.ERROR, "Not the file that the mapping was written for")
def checksum(name: str, expected: str, digest: str) -> Iterator[Finding]:
    """A file that differs from the one the mapping speaks of.

    What it checks: The SHA-256 of the file is the one in the mapping.
    Why it matters: The mapping was checked against one file. Another, such as a later revision, needs to be looked at
        first, and a package must name the very file it was made from.
    Example: A file that was opened and saved in a spreadsheet.
    How to fix: Get the very file. If the publisher replaced it, check what changed and write a new mapping.
    """
    if digest != expected:
        yield checksum.finding(
            Location(name, field="sha256"),
            "The checksum is not the one in the mapping.",
            "Download the file again, or check what changed and write a new mapping.",
        )


@rule("I703", Severity.ERROR, "A publisher's file inside the repository")
def inside_repository(name: str, *, inside: bool) -> Iterator[Finding]:
    """A source file that lies where it could be committed.

    What it checks: The file given lies outside the repository.
    Why it matters: Only a selection in our own form is committed, with its origin; the files themselves stay with
        their publisher.
    Example: A download put into ``datapackages/national/``.
    How to fix: Move the file to a folder outside the repository and give its path.
    """
    if inside:
        yield inside_repository.finding(
            Location(name), "The file lies inside the repository.", "Move it to a folder outside."
        )


def neighbour_columns(columns: NeighbourColumns) -> tuple[str | int, ...]:
    """Every column that a table of neighbours is read from."""
    return (columns.authority, *columns.neighbours, *columns.closeness)


@rule("I705", Severity.ERROR, "A package of this name holds other figures")
def over_another(path: str, *, differs: bool) -> Iterator[Finding]:
    """A package, or a definition, that would be written over another.

    What it checks: Where the release has a package already, the new one is the same, byte for byte. So is a definition
        that is put among the indicators.
    Why it matters: Rates, releases and citations rest on the figures as they were. A later vintage stands beside an
        earlier one, never in its place.
    Example: This year's population estimates under the name of last year's.
    How to fix: Give the release or vintage a name and a folder of its own. Import without --catalogue where the
        definitions are among the indicators and were edited.
    """
    if differs:
        yield over_another.finding(
            Location(path),
            "This is there already, and it is not the same.",
            "Give this one a name and a folder of its own; leave a definition as it was edited.",
        )
