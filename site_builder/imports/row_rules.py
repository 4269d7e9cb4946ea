"""Rules about one row or cell: symbols, numbers, places, periods, keys."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.imports.cells import Cell, Unreadable
from site_builder.imports.places import Located
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.rules import rule


@rule("I201", Severity.ERROR, "Unknown symbol or blank cell")
def unknown_symbol(cell: Cell | Unreadable, where: Location) -> Iterator[Finding]:
    """A cell that is neither a number nor a symbol of the mapping.

    What it checks: Every cell of a used column is a number, or a symbol that the mapping gives a reason for. For a
        table of neighbours: every closeness is one of the mapping's words.
    Why it matters: A symbol says why a figure is not shown. One that is not understood must not become nought or nothing.
    Example: A new letter that the publisher's guidance does not explain.
    How to fix: Find out what the publisher means by it and add it to the symbols of the mapping.
    """
    if isinstance(cell, Unreadable) and cell.rule == "I201":
        yield unknown_symbol.finding(
            where, "The cell is blank or holds a symbol that is not known.", "Add the symbol to the mapping."
        )


@rule("I202", Severity.ERROR, "Number in a form that is not read")
def strange_number(cell: Cell | Unreadable, where: Location) -> Iterator[Finding]:
    """A number that is written in another way.

    What it checks: A number is plain digits with at most one point; a count is whole. No sign, separator, percent mark
        or leading nought.
    Why it matters: ``1,234`` is one number to one reader and another to the next.
    Example: A thousand written with a comma.
    How to fix: Download the file again; a spreadsheet may have rewritten it.
    """
    if isinstance(cell, Unreadable) and cell.rule == "I202":
        yield strange_number.finding(
            where, "The number is not plain digits, or a count is not whole.", "Download the file again."
        )


@rule("I203", Severity.ERROR, "Figure and remark disagree")
def remark_disagrees(cell: Cell | Unreadable, where: Location) -> Iterator[Finding]:
    """A number beside a remark that there is none.

    What it checks: Where a publisher writes a remark beside each figure, a remark that the mapping takes as a reason for
        withholding stands beside an empty cell.
    Why it matters: Either the number should not be there, or the remark means something else. To choose for the
        publisher may show what was meant to be hidden.
    Example: A count beside the remark that it was suppressed.
    How to fix: Ask the publisher which of the two is right. If the remark does not withhold, say so in the mapping.
    """
    if isinstance(cell, Unreadable) and cell.rule == "I203":
        yield remark_disagrees.finding(
            where, "There is a number, and a remark beside it that there is none.", "Ask the publisher which is right."
        )


@rule("I301", Severity.ERROR, "Unknown place")
def unknown_place(located: Located, where: Location) -> Iterator[Finding]:
    """A code that is no English authority or region, or not in that year.

    What it checks: Each code is in the list of authorities, regions and aliases; an alias is used only in its years.
    Why it matters: Figures of a place that nobody can name are lost or given to another.
    Example: A code of a Welsh authority.
    How to fix: Look the code up at the publisher. If the place is new, add it to the list of authorities.
    """
    if located.problem == "I301":
        yield unknown_place.finding(
            where, "The code is not in the list of authorities and regions.", "Add the place, or mend the code."
        )


@rule("I302", Severity.ERROR, "Code and name disagree")
def wrong_name(located: Located, where: Location) -> Iterator[Finding]:
    """A code beside the name of another place.

    What it checks: Each authority's code stands beside the one name that the list has for it.
    Why it matters: One of the two is wrong, and the figures belong to a place that cannot be told.
    Example: The code of Camden beside the name of Barnet.
    How to fix: Ask the publisher which is right.
    """
    if located.problem == "I302":
        yield wrong_name.finding(where, "The name is not that of the code.", "Ask the publisher which is right.")


@rule("I303", Severity.INFO, "Another code of a place was used")
def alias_used(located: Located, where: Location) -> Iterator[Finding]:
    """A place under its earlier code.

    What it checks: Whether a row uses a code that stands for a place under another.
    Why it matters: The figures go to the place's present code; a reader who compares files wants to know.
    Example: Northumberland under a code of before 2013.
    How to fix: Nothing needs to be done.
    """
    if located.note == "I303":
        yield alias_used.finding(where, "The place is known under another code.", "Nothing needs to be done.")


@rule("I304", Severity.INFO, "Figure for several places together")
def composite(located: Located, where: Location) -> Iterator[Finding]:
    """Two authorities in one row.

    What it checks: Whether a row is for two or more authorities together.
    Why it matters: It is kept as one figure, never split or dropped. The members have none of their own.
    Example: Kingston upon Thames and Richmond upon Thames in one row.
    How to fix: Nothing needs to be done.
    """
    if located.note == "I304":
        yield composite.finding(where, "The figure is for several authorities together.", "Nothing needs to be done.")


@rule("I305", Severity.ERROR, "Level and columns disagree")
def wrong_level(where: Location, *, fits: bool) -> Iterator[Finding]:
    """A row that is not what its level says.

    What it checks: The level is National, Regional or Local authority, and the codes that are filled are those of it.
    Why it matters: The level decides what a row is. A total read as an authority would be counted twice.
    Example: A row of level Regional with the code of an authority.
    How to fix: Ask the publisher what the row is.
    """
    if not fits:
        yield wrong_level.finding(
            where, "The codes that are filled are not those of the level.", "Ask the publisher what the row is."
        )


@rule("I401", Severity.ERROR, "Time is not written as declared")
def wrong_time(where: Location, *, reads: bool) -> Iterator[Finding]:
    """A period that does not fit the encoding of the mapping.

    What it checks: The kind of year and its digits are those that the mapping declares, all through the file; two years
        follow one another.
    Why it matters: The same four digits mean a year to March in one file and a day in June in another.
    Example: Six digits of an academic year in a table of reporting years.
    How to fix: Read what the publisher says of its years, and set ``time`` in the mapping.
    """
    if not reads:
        yield wrong_time.finding(
            where, "The time is not written as the mapping declares.", "Compare it with time in the mapping."
        )


@rule("I402", Severity.ERROR, "Period outside what the mapping declares")
def outside_period(where: Location, *, inside: bool) -> Iterator[Finding]:
    """A year that the mapping does not speak of, or a declared year that is not there.

    What it checks: Every row's year is within ``years`` of the mapping, and every one of those years has rows.
    Why it matters: A series that is cut short or runs on unseen changes every comparison over time.
    Example: A file to 2024 under a mapping to 2023.
    How to fix: Check that it is the right file, then set ``years``.
    """
    if not inside:
        yield outside_period.finding(
            where, "The period and the mapping's years do not fit.", "Check that it is the right file."
        )


@rule("I501", Severity.ERROR, "The same figure twice")
def duplicate(where: Location, *, again: bool) -> Iterator[Finding]:
    """Two rows for one place, period and category.

    What it checks: Each place has one row a period, and in a long table one a category.
    Why it matters: Which of the two is right cannot be told.
    Example: Barnet twice in one year.
    How to fix: Ask the publisher which row is right.
    """
    if again:
        yield duplicate.finding(where, "The place and period stand in an earlier row too.", "Ask the publisher.")
