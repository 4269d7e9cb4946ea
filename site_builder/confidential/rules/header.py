"""Stage H: the header, and the width of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.confidential.rules.file import cells_of, suggestion
from site_builder.confidential.rules.flaws import Flaw
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule

_DEPTH = 20  # rows searched for a header that is not in row 1
# words met in other extracts for the columns of a return; the right-hand words are ours and may be offered
_SYNONYMS = {
    "area": "area_code",
    "area code": "area_code",
    "gss": "area_code",
    "gss code": "area_code",
    "la code": "area_code",
    "borough": "area_code",
    "quarter": "period",
    "time period": "period",
    "measure": "indicator",
    "indicator code": "indicator",
    "group": "breakdown",
    "count": "numerator",
    "num": "numerator",
    "value": "numerator",
    "total": "denominator",
    "den": "denominator",
    "denom": "denominator",
    "state": "status",
    "notes": "note",
    "comment": "note",
    "comments": "note",
    "rule": "code",
    "reason": "explanation",
    "answer": "explanation",
}


@rule("H301", Severity.ERROR, "Rows above the header")
def rows_above(lines: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether the header stands in row 1.
    Why it matters: A title above it would be read as the names of the columns.
    Example: Row 1 holds the name of the authority, row 2 is blank, and the header is in row 3.
    How to fix: Select the rows above the header, right-click, and choose Delete.
    """
    for number, line in enumerate(lines[:_DEPTH], 1):
        if number > 1 and tuple(map(_plain, cells_of(line) or ())) == tuple(map(_plain, columns)):
            yield Flaw(f"The header is in row {number}; it must be in row 1.", "Delete the rows above it.", row=number)
            return


@rule("H302", Severity.ERROR, "The columns are not those of a return")
def other_columns(cells: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether every column of a return is there, once, in order, and none besides.
    Why it matters: A figure in the wrong column is a wrong figure.
    Example: The column of the denominator was deleted because it was empty.
    How to fix: Copy the header from a fresh form into row 1, and put each column under its own name.
    """
    for number, name in enumerate(columns, 1):
        given = cells[number - 1] if number <= len(cells) else ""
        if _plain(given) != _plain(name):
            meant = _SYNONYMS.get(_plain(given).replace("_", " "))
            offer = suggestion([meant]) if meant and meant in columns and meant != name else ""
            yield Flaw(
                f"Column {number} should be {name}.{offer}",
                f"Use exactly this header: {','.join(columns)}.",
                row=1,
                field=name,
            )
            return
    if len(cells) > len(columns):
        yield Flaw(
            f"There is a column too many, after column {len(columns)}.",
            f"Delete it. Use exactly this header: {','.join(columns)}.",
            row=1,
        )


@rule("H303", Severity.ERROR, "Capitals or spaces in the header")
def loose_header(cells: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether the names of the columns are in lower case, with underscores and without spaces.
    Why it matters: A program takes two spellings for two columns.
    Example: Area Code instead of area_code.
    How to fix: Retype the name, or copy the header from a fresh form.
    """
    for number, (cell, name) in enumerate(zip(cells, columns, strict=False), 1):
        if cell != name:
            yield Flaw(
                f"Column {number} is the right one but not spelt as it must be.",
                f"Write exactly {name}, in lower case and without spaces.",
                row=1,
                field=name,
            )


@rule("H304", Severity.ERROR, "Too many or too few values in a row")
def wrong_width(records: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether each row has one value for every column, and no value of a workbook stands outside its
    table.
    Why it matters: One comma too many shifts every value behind it into the wrong column; one too few often means that
    the file was cut off.
    Example: A count typed with a comma between thousands, which makes two values of one.
    How to fix: Write counts in digits only, and put a note that holds a comma between quotation marks.
    """
    for line, cells in records:
        if cells and len(cells) != len(columns):
            more = len(cells) > len(columns)
            problem = "more values than" if more else "fewer values than"
            yield Flaw(
                f"This row has {problem} the header.",
                "Write counts without a thousands comma, and put a note with a comma between quotation marks."
                if more
                else "Restore the missing values: was the file cut off?",
                row=line,
            )


def same_but_loose(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether the header is the right one but for capitals, spaces and hyphens."""
    return tuple(map(_plain, cells)) == tuple(map(_plain, columns))


def _plain(cell: str) -> str:
    return "_".join(cell.replace("-", " ").replace("_", " ").casefold().split())


RULES = (rows_above, other_columns, loose_header, wrong_width)
