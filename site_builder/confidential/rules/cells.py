"""Stage C: one cell at a time. A count is diagnosed once; each rule owns one kind of mistake."""
# ruff: noqa: ARG001  (every rule of this stage is called with the same two arguments)

from __future__ import annotations

from collections.abc import Iterator

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules import text
from site_builder.confidential.rules.counts import diagnose, oddity
from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.rules.populations import differing_population
from site_builder.confidential.standards import DESCRIPTOR, RETURN, Standards, counts_of
from site_builder.vocabulary.areas import TOTALS
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period, PeriodKind
from site_builder.vocabulary.rules import rule

LONGEST_REASON = 500  # characters of a correction's reason
_TOTAL_WORDS = {"total", "totals", "grand total", "sum", "subtotal", "all", "london", "average", "mean", "england"}
_NO_RETURN = (PeriodKind.SNAPSHOT,)  # a day is reported in the folder of its quarter or year
_TOTALS = _TOTAL_WORDS | {code.casefold() for code in TOTALS}
NOT_A_VALUE = (
    "This is a spreadsheet error or a formula, not a value.",
    "Mend it, then copy and choose Paste Special, Values.",
)
_ANOTHER_PERIOD = "The period is written another way, or a spreadsheet has turned it into a date."


def is_total(row: Row) -> bool:
    """Whether a row is blank or a sum: judged by rule K505 alone."""
    area, indicator = row["area_code"].strip().casefold(), row["indicator"].strip().casefold()
    return area in _TOTALS or indicator in _TOTALS or (not area and row.is_blank)


def figure_rows(package: ReturnPackage) -> list[Row]:
    """The rows that are meant as figures."""
    return [row for row in package.rows if not is_total(row)]


def _wrong_counts(package: ReturnPackage, standards: Standards, code: str) -> Iterator[tuple[Row, str]]:
    for row in figure_rows(package):
        for column in standards.schemas[RETURN].disclosive:
            if diagnose(row[column]) == code:
                yield row, column


@rule("C401", Severity.ERROR, "A thousands separator")
def thousands(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count holds a comma, point or space between thousands.
    Why it matters: A comma separates columns, and a point may be read as a decimal point.
    Example: A count over a thousand, shown with a comma and saved as it was shown.
    How to fix: Select the column, choose Format Cells, Number, no decimal places, and clear "Use 1000 Separator".
    """
    for row, column in _wrong_counts(package, standards, "C401"):
        yield Flaw(f"The {column} has a thousands separator.", "Write digits only.", row.line, column)


@rule("C402", Severity.ERROR, "A share where a count is wanted")
def share(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count is written as a percentage or as a part of one.
    Why it matters: Shares cannot be added up for {name}; numbers of {people} can. We work out the share.
    Example: A percent sign, or a number between zero and one.
    How to fix: Give the number of {people} in numerator and the number it is out of in denominator.
    """
    for row, column in _wrong_counts(package, standards, "C402"):
        yield Flaw(
            f"The {column} looks like a percentage.",
            f"Give the number of {HERE.people}, not the share; we work out the share.",
            row.line,
            column,
        )


@rule("C403", Severity.ERROR, "A suppression mark")
def suppressed(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count was hidden before it was sent: a star, a letter, a less-than sign, a range.
    Why it matters: {name}'s total needs the true count. Small counts are hidden here, before anything is published.
    Example: A less-than sign and a number, as in published tables.
    How to fix: Give the true count. If you may not share it, leave it blank, with the status withheld and a note.
    """
    for row, column in _wrong_counts(package, standards, "C403"):
        yield Flaw(
            "This is a mark for a hidden number; here the true count is needed, and we hide it for you.",
            "Give the true count, or leave it blank with the status withheld and a note.",
            row.line,
            column,
        )


@rule("C404", Severity.ERROR, "A word for nothing")
def vague(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count holds a dash or a word such as none, nil or tbc.
    Why it matters: It could mean zero, not known, or not asked. Each is published differently.
    Example: A dash in place of a count.
    How to fix: Type 0 for a true zero. Otherwise leave the cell blank and let the status say why.
    """
    for row, column in _wrong_counts(package, standards, "C404"):
        yield Flaw(
            f"The {column} holds a word or sign that could mean several things.",
            "Leave it blank and set the status to not_collected, not_applicable or not_yet_available; a true zero is 0.",
            row.line,
            column,
        )


@rule("C405", Severity.ERROR, "A count is missing")
def blank_count(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count is there when the status says that it is.
    Why it matters: A blank is not a zero. Read as one, it would be published as good or bad news.
    Example: The status is reported and the numerator is blank.
    How to fix: Type the count, 0 for a true zero, or choose the status that says why there is none.
    """
    for row, counts, wanted in _counted_rows(package, standards):
        for column in wanted if counts == "filled" else ():
            if not row[column]:
                yield Flaw(
                    f"The {column} is blank but the status is {row['status'].strip()}.",
                    "Write 0 for a true zero; otherwise give the count or change the status.",
                    row.line,
                    column,
                )


@rule("C406", Severity.ERROR, "A count that should not be there")
def unwanted_count(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count is blank where the status says there is none, and whether the denominator is
    blank for indicators that have none or that divide by the published population.
    Why it matters: Nobody could say whether the count or the status is meant; and two sources for one population
    would give two rates.
    Example: The status is not_collected and a numerator is given.
    How to fix: Clear the cell, or set the status to reported.
    """
    for row, counts, wanted in _counted_rows(package, standards):
        for column in standards.schemas[RETURN].disclosive:
            if not row[column].strip() or (counts == "filled" and column in wanted):
                continue
            if counts == "filled" and _is_judged_as_population(row, package, standards):
                continue
            forbidden = counts == "blank"
            yield Flaw(
                f"A {column} is given although the status is {row['status'].strip()}."
                if forbidden
                else f"A {column} is given, but {row['indicator'].strip()} needs none.",
                "Clear it, or set the status to reported." if forbidden else "Clear it.",
                row.line,
                column,
            )


@rule("C407", Severity.ERROR, "Not a plain whole number")
def not_plain(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count is written in the digits 0 to 9 and nothing else.
    Why it matters: Programs read a decimal point, an exponent or a leading zero in different ways.
    Example: A count with a decimal point and a zero behind it, or with a space before it.
    How to fix: Type the count again. In Excel choose Format Cells, Number, and no decimal places.
    """
    for row, column in _wrong_counts(package, standards, "C407"):
        yield Flaw(
            f"The {column} is not a plain whole number ({oddity(row[column])}).",
            "Type it with the digits 0 to 9 only.",
            row.line,
            column,
        )


@rule("C408", Severity.ERROR, "A count below zero")
def negative(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count has a minus sign or stands in brackets.
    Why it matters: A count cannot be below zero; often it is a correction of an earlier period.
    Example: A minus sign before a number.
    How to fix: Give the full count of this period. Correct an earlier period in its own folder.
    """
    for row, column in _wrong_counts(package, standards, "C408"):
        yield Flaw(f"The {column} is below zero, and a count cannot be.", "Give the full count.", row.line, column)


@rule("C409", Severity.ERROR, "A spreadsheet error or formula")
def formula(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a cell holds an error of the spreadsheet, a formula, or the signs of a narrow column.
    Why it matters: The value behind it was lost when the file was saved.
    Example: A row of number signs because the column was too narrow.
    How to fix: Mend the formula or widen the column; then copy the cells and choose Paste Special, Values.
    """
    for row, column in _wrong_counts(package, standards, "C409"):
        yield Flaw(*NOT_A_VALUE, row.line, column)


@rule("C410", Severity.ERROR, f"More than {HERE.name}'s {HERE.people}")
def beyond_population(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count is larger than the number of {people} in all of {name}.
    Why it matters: A digit typed twice makes a count ten times too large.
    Example: Two counts typed into one cell, one behind the other.
    How to fix: Compare the cell with your source and take out the extra digits.
    """
    limit = standards.london_children
    for row in figure_rows(package):
        for column in standards.schemas[RETURN].disclosive:
            value = row.count(column)
            if diagnose(row[column]) == "C410" or (limit and value is not None and value > limit[0]):
                source = f" ({limit[0]:,}, population estimates {limit[1]})" if limit else ""
                yield Flaw(
                    f"The {column} is larger than the number of {HERE.people} in {HERE.name}{source}.",
                    "Check for extra digits.",
                    row.line,
                    column,
                )


@rule("C411", Severity.ERROR, "The period is written another way")
def other_period_form(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the period is written as the name of the folder.
    Why it matters: Excel takes some periods for dates and changes them when the file is opened.
    Example: The name of a month and a year where a quarter is wanted.
    How to fix: Select the column, choose Format Cells, Text, and type the period again.
    """
    for row in figure_rows(package):
        if period_of(row["period"]) is None:
            yield Flaw(
                _ANOTHER_PERIOD,
                f"Write {package.particulars.period} and keep the column as Text.",
                row.line,
                "period",
            )


@rule("C412", Severity.ERROR, "Text that would run as a formula")
def formula_in_text(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a note, explanation or other text begins with an equals sign, plus, minus or at sign.
    Why it matters: A spreadsheet would run it as a formula when somebody opens the published file.
    Example: A note that begins with a dash, as in a list.
    How to fix: Begin with a word.
    """
    for file, line, column, words in _texts(package, standards):
        if words.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")):
            yield Flaw(
                f"The {column} begins with a character that would run as a formula.",
                "Begin with a word.",
                line,
                column,
                file=file,
            )


@rule("C413", Severity.ERROR, "Personal data in a text")
def personal_data(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a note, explanation or other text, or a comment in a workbook, seems to hold a name,
    initials with an age, a postcode, a date of birth, a telephone number, an e-mail address, or the number of a pupil,
    patient or insured person.
    Why it matters: Notes are published.
    Example: The postcode of a family in a note about a sudden rise.
    How to fix: Take it out. If it has been pushed, tell the maintainers now, for it stays in the history.
    """
    for file, line, column, words in _texts(package, standards):
        if kind := text.personal_data(words):
            yield Flaw(
                f"The {column} seems to hold {kind}, and it would be published.",
                "Remove it. If it has been pushed, tell the maintainers now.",
                line,
                column,
                file=file,
            )


@rule("C415", Severity.ERROR, "A figure in a text")
def figure_in_text(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a note, explanation or other text holds a number, in digits or, near words such as {person},
    family or plan, in words. Years, dates with the month in words, codes, age bands and lengths of time are allowed.
    Why it matters: A note can be read where the figure itself is hidden, and would tell it.
    Example: "Two siblings account for the rise."
    How to fix: Use words of size: "a small rise", "a large family group", "most of them".
    """
    for file, line, column, words in _texts(package, standards):
        if not text.personal_data(words) and text.figure(words):
            yield Flaw(
                f"The {column} holds a number, and it can be read even where the figure is hidden.",
                'Use words such as "a small rise".',
                line,
                column,
                file=file,
            )


@rule("C416", Severity.ERROR, "Not a status")
def unknown_status(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the status is one of the list.
    Why it matters: The status decides whether a count is expected and how a gap is published.
    Example: The word final.
    How to fix: Choose a status from the list, in lower case with underscores.
    """
    statuses = tuple(standards.schemas[RETURN].statuses)
    for row in figure_rows(package):
        if row["status"].strip() not in statuses:
            yield Flaw("This is not a status.", f"Choose one of: {listed(statuses)}.", row.line, "status")


@rule("C417", Severity.ERROR, "Spaces around a code")
def padded_code(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a space stands before or behind a code.
    Why it matters: A program takes the two spellings for two things.
    Example: A code copied from a web page with a space behind it.
    How to fix: Type the code again.
    """
    for file, rows in {**package.tables, RETURN: figure_rows(package)}.items():
        for row in rows:
            for column in standards.schemas[file].codes:
                if row[column] != row[column].strip():
                    problem = f"The {column} has a space beside it, perhaps one that cannot be seen."
                    yield Flaw(problem, "Retype the code.", row.line, column, file=file)


@rule("C418", Severity.ERROR, "A note is too long or missing")
def note_length(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a note is there where the status needs one, and no text has more than 500 characters.
    Why it matters: Readers must learn why a figure is estimated, unreliable or held back.
    Example: The status is withheld and the note is blank.
    How to fix: Say in a sentence or two why, without figures.
    """
    statuses = standards.schemas[RETURN].statuses
    for row in figure_rows(package):
        asked = statuses.get(row["status"].strip(), {}).get("note") == "required"
        if asked and not row["note"].strip():
            yield Flaw("This status needs a note.", "Say in the note why.", row.line, "note")
    for file, line, column, words in _texts(package, standards):
        longest = LONGEST_REASON if file == DESCRIPTOR else standards.schemas[file].constraint(column, "maxLength")
        if len(words) > longest:
            yield Flaw(f"The {column} is too long.", f"Use at most {longest} characters.", line, column, file=file)


def _is_judged_as_population(row: Row, package: ReturnPackage, standards: Standards) -> bool:
    """Whether rule V603 speaks of the denominator already."""
    if package.figures.get((row["area_code"], row["indicator"])) is not row:
        return False
    indicator = standards.catalogue[row["indicator"]]
    return differing_population(row, indicator, package.particulars.period, standards) is not None


def _counted_rows(package: ReturnPackage, standards: Standards) -> Iterator[tuple[Row, str, tuple[str, ...]]]:
    """Rows whose status and indicator are known: the row, ``filled`` or ``blank``, and the columns it fills."""
    statuses = standards.schemas[RETURN].statuses
    for row in figure_rows(package):
        indicator = standards.catalogue.get(row["indicator"].strip())
        status = statuses.get(row["status"].strip())
        if indicator is not None and status is not None:
            yield row, status["counts"], counts_of(indicator)


def _texts(package: ReturnPackage, standards: Standards) -> Iterator[tuple[str, int | None, str, str]]:
    """Every free text that is filled in: file, row, column and text."""
    for file, rows in package.tables.items():
        for row in rows:
            for column in standards.schemas[file].texts:
                if row[column]:
                    yield file, row.line, column, row[column]
    if package.particulars.correction is not None:
        yield DESCRIPTOR, None, "reason", package.particulars.correction.reason


def period_of(cell: str) -> Period | None:
    """The period that a cell writes as its id, spaces beside it left aside; None when it writes none, or a day."""
    try:
        period = Period.parse(cell.strip())
    except ValueError:
        return None
    return None if period.kind in _NO_RETURN else period


RULES = (
    thousands,
    share,
    suppressed,
    vague,
    blank_count,
    unwanted_count,
    not_plain,
    negative,
    formula,
    beyond_population,
    other_period_form,
    formula_in_text,
    personal_data,
    figure_in_text,
    unknown_status,
    padded_code,
    note_length,
)
