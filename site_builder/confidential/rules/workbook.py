"""Rules of the workbook alone: what only a spreadsheet can do to a form, before it is a return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.confidential.rules.flaws import Flaw
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule


@rule("H305", Severity.INFO, "Capitals or spaces in the header were accepted")
def accepted_heading(cells: Sequence[str], columns: Sequence[str]) -> Iterator[Flaw]:
    """What it checks: Whether a column of a workbook, or of a CSV that is tidied, has the right name but for capitals,
    spaces and hyphens.
    Why it matters: It does not: the column is known, and the file that is written has the name as it must be.
    Example: Area Code instead of area_code.
    How to fix: Nothing to do.
    """
    for cell, name in zip(cells, columns, strict=False):
        if cell != name:
            yield Flaw(f"Column heading accepted as {name}.", "Do nothing.", field=name)


@rule("C414", Severity.ERROR, "Merged or hidden cells")
def merged_or_hidden(
    merged: Iterable[tuple[str, int, str]], rows: Iterable[int], columns: Iterable[str]
) -> Iterator[Flaw]:
    """What it checks: Whether cells of the form are merged, and whether a row or a column of it is hidden.
    Why it matters: Of merged cells only the first keeps its value, so that the others look empty. What is hidden
    cannot be read over by the officer who signs it off.
    Example: Two rows with the same status, merged into one cell; or rows that a filter has put out of sight.
    How to fix: Select the cells, choose Merge & Centre once more to unmerge them, and fill in each row. Select the whole
    sheet and choose Format, Hide & Unhide, Unhide Rows and Unhide Columns; clear any filter.
    """
    for span, row, column in merged:
        yield Flaw(f"Cells {span} are merged.", "Unmerge them and fill in each row.", row, column)
    for row in rows:
        yield Flaw("This row is hidden.", "Unhide it, or clear the filter, and read it over.", row)
    for column in columns:
        yield Flaw(f"The column {column} is hidden.", "Unhide it and read it over.", field=column)


RULES = (accepted_heading, merged_or_hidden)
