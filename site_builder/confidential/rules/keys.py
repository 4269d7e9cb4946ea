"""Stage K: whose row it is, for what, and whether all rows are there; and the explanations."""
# ruff: noqa: ARG001  (every rule of this stage is called with the same two arguments)

from __future__ import annotations

from collections.abc import Iterator

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.cells import figure_rows, is_total, period_of
from site_builder.confidential.rules.file import suggestion
from site_builder.confidential.rules.flaws import WHOLE_RETURN, Flaw
from site_builder.confidential.standards import EXPLANATIONS, WHOLE, Standards
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.rules import rule

_PLACEHOLDERS = ("tbc", "todo", "to do", "to follow", "as above", "see above", "see note", "explain", "lorem", "xxx")
SHORTEST = 20
_QUERY_STAGES = "KVTXD"


@rule("K501", Severity.ERROR, "A row of another authority")
def other_area(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each row is about the authority whose folder it is in.
    Why it matters: Otherwise one authority's figures would be published under another's name.
    Example: Last quarter's file of a neighbouring authority was used as a form.
    How to fix: Correct the code, or move the row to the folder it belongs to.
    """
    own = package.particulars.area
    for row in figure_rows(package):
        other = _borough(standards, row["area_code"].strip())
        if other is not None and other.code != own.code:
            yield Flaw(
                f"This row is for {other.name}, in the folder of {own.name}.",
                f"Write {own.code}, or move the row to the other folder.",
                row.line,
                "area_code",
            )


@rule("K502", Severity.ERROR, "Not an area code")
def unknown_area(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the area is one of the current codes of London's authorities.
    Why it matters: Names are spelt in many ways; a code is the same everywhere.
    Example: The name of the authority, or its three digits at the Department for Education.
    How to fix: Copy the code from a fresh form; it begins with E09.
    """
    own = package.particulars.area
    for row in figure_rows(package):
        if _borough(standards, row["area_code"].strip()) is None:
            yield Flaw(
                "This is not a current code of a London authority.",
                f"Write {own.code} for {own.name}.",
                row.line,
                "area_code",
            )


@rule("K503", Severity.ERROR, "Another period")
def other_period(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each row is about the period of its folder.
    Why it matters: Otherwise old figures would be published as new ones.
    Example: Last quarter's file was copied and not changed.
    How to fix: Fill in this period's figures and its period. To correct an older period, use that folder.
    """
    for row in figure_rows(package):
        period = period_of(row["period"])
        if period is not None and period != package.particulars.period:
            yield Flaw(
                f"This row is for {period}, in the folder {package.particulars.period.id}.",
                "Is it last time's file? Correct the period, or move the row.",
                row.line,
                "period",
            )


@rule("K504", Severity.ERROR, "The same row twice")
def duplicate(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each area, period, indicator and breakdown has one row.
    Why it matters: Nobody could say which of the two figures is meant.
    Example: A row was copied in order to be changed, and both were left in.
    How to fix: Keep the right row and delete the other.
    """
    first: dict[tuple[str, ...], int] = {}
    for row in figure_rows(package):
        key = tuple(row[column].strip() for column in ("area_code", "period", "indicator", "breakdown"))
        earlier = first.setdefault(key, row.line)
        if earlier != row.line:
            name = key[2] if key[2] in standards.catalogue else "The same indicator"
            yield Flaw(f"{name} is on rows {earlier} and {row.line}.", "Keep one of them.", row.line, "indicator")


@rule("K505", Severity.ERROR, "A total or a blank row")
def total_row(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a row is a sum, is about London or England, or is blank.
    Why it matters: A total among the figures would be added in once more.
    Example: A row named Total under the last indicator, or blank rows that a spreadsheet left at the end.
    How to fix: Delete the whole row; clearing its cells leaves a blank row behind.
    """
    for row in package.rows:
        if is_total(row):
            yield Flaw("This row is a total or is blank.", "Remove the row; we add up.", row.line)


@rule("K506", Severity.ERROR, "A row is missing")
def missing_row(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each indicator that is due for the period has a row.
    Why it matters: A missing row does not say whether the figure is unknown, not collected or forgotten.
    Example: The row of an indicator was deleted because there was no figure.
    How to fix: Add the row, and set the status that says why there is no figure.
    """
    given = {row["indicator"].strip().casefold() for row in package.rows}
    for indicator in standards.due(package.particulars.period):
        if indicator.code.casefold() not in given:
            yield Flaw(
                f"{indicator.code} ({indicator.title}) is missing.",
                "Add it, with a status if you cannot supply it.",
                field="indicator",
            )


@rule("K507", Severity.ERROR, "An indicator that is not due")
def not_due(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each indicator is known and is collected for this period.
    Why it matters: A figure for an unknown code cannot be published; yearly indicators have a folder of their own.
    Example: A yearly indicator stands in the folder of a quarter.
    How to fix: Correct the code, or move the row to the folder of the right period.
    """
    due = {indicator.code: indicator for indicator in standards.due(package.particulars.period)}
    by_lower = {code.casefold(): code for code in due}
    for row in figure_rows(package):
        code = row["indicator"].strip()
        if code in due or _supplier(standards, code):
            continue
        meant = by_lower.get(code.casefold())
        problem = (
            f"{code} is not collected for {package.particulars.period}."
            if code in standards.catalogue
            else f"This is not the code of an indicator.{suggestion([meant] if meant else [])}"
        )
        yield Flaw(problem, "Correct the code or remove the row.", row.line, "indicator")


@rule("K508", Severity.QUERY, "More than half is missing")
def mostly_missing(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether more than half of the rows have no figure.
    Why it matters: The London total and its neighbours' comparisons will lack this authority.
    Example: A fresh form, sent before it was filled in.
    How to fix: Fill in the figures, or say in explanations.csv, with the indicator *, why they are missing and when
    they will follow.
    """
    rows = [row for row in figure_rows(package) if row["status"] != "not_applicable"]
    if sum(row["numerator"] == "" for row in rows) * 2 > len(rows):
        yield Flaw(
            "More than half of the figures are missing.", "Say in explanations.csv why, and when they will follow."
        )


@rule("K509", Severity.ERROR, "An unknown breakdown")
def unknown_breakdown(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the breakdown is one that is defined for the indicator.
    Why it matters: A group that nobody else counts cannot be compared or added up.
    Example: A row for girls where only the total is collected.
    How to fix: Give the total only.
    """
    for row in figure_rows(package):
        if row["breakdown"].strip() != WHOLE:
            yield Flaw("This breakdown is not defined for the indicator.", f"Use: {WHOLE}.", row.line, "breakdown")


@rule("K510", Severity.ERROR, "Another supplier's indicator")
def supplied_by_another(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the indicator is one that boroughs send, and not one that a partner sends for all.
    Why it matters: Two sources for one figure would contradict one another sooner or later.
    Example: A borough sends a figure that the police supply for all boroughs.
    How to fix: Remove the row.
    """
    for row in figure_rows(package):
        supplier = _supplier(standards, row["indicator"].strip())
        if supplier:
            yield Flaw(
                f"{row['indicator'].strip()} comes from {supplier} for all boroughs.",
                "Remove the row.",
                row.line,
                "indicator",
            )


@rule("K512", Severity.ERROR, "An explanation of nothing we know")
def stray_explanation(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether an explanation names a code of a query, the area of the folder, an indicator that is
    due (or * for the whole return), and a breakdown.
    Why it matters: An explanation that cannot be matched is never published, and its query stays open.
    Example: The code of the indicator was left out.
    How to fix: Copy code, area, indicator and breakdown from the query.
    """
    due = {indicator.code for indicator in standards.due(package.particulars.period)} | {WHOLE_RETURN}
    for row in package.explanations:
        code = row["code"].strip()
        known = {
            "code": len(code) == 4 and code[0] in _QUERY_STAGES and code[1:].isdigit() and code.isascii(),
            "area_code": row["area_code"].strip() == package.particulars.area.code,
            "indicator": row["indicator"].strip() in due,
            "breakdown": row["breakdown"].strip() == WHOLE,
        }
        wrong = next((column for column, holds in known.items() if not holds), None)
        if wrong is not None:
            yield Flaw(
                f"The {wrong} of this explanation is none that a query could name.",
                "Copy code, area, indicator and breakdown from the query.",
                row.line,
                wrong,
                file=EXPLANATIONS,
            )


@rule("K513", Severity.ERROR, "An explanation that explains nothing")
def thin_explanation(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether an explanation has at least 20 characters, is no placeholder, and is not the text of
    another row word for word.
    Why it matters: It is published beside the figure, and a reader must understand from it what happened.
    Example: "As discussed."
    How to fix: Write a sentence on what happened, in words and without figures.
    """
    seen: set[str] = set()
    for row in package.explanations:
        text = " ".join(row["explanation"].split()).casefold()
        letters = {letter for letter in text if letter.isalpha()}
        if len(text) < SHORTEST or len(letters) < 6 or text.startswith(_PLACEHOLDERS) or text in seen:
            yield Flaw(
                "This explanation is too short, a placeholder, or the same as another.",
                f"Explain in at least {SHORTEST} characters what happened, so that a reader understands.",
                row.line,
                "explanation",
                file=EXPLANATIONS,
            )
        seen.add(text)


@rule("K514", Severity.INFO, "An explanation that nothing asks for")
def unasked_explanation(row: Row) -> Iterator[Flaw]:
    """What it checks: Whether a query asks for each explanation.
    Why it matters: An explanation without a query is not published.
    Example: A figure was corrected, and its explanation was left in.
    How to fix: Nothing has to be done; you may remove the row.
    """
    yield Flaw(
        "No query asks for this explanation; it will not be published.",
        "Remove it, if you like.",
        row.line,
        "code",
        file=EXPLANATIONS,
    )


def _borough(standards: Standards, code: str) -> Area | None:
    area = standards.areas.by_code.get(code)
    return area if area is not None and area.is_borough else None


def _supplier(standards: Standards, code: str) -> str | None:
    indicator = standards.catalogue.get(code)
    kind, _, slug = (indicator.source if indicator else "").partition(":")
    return f"another supplier ({slug})" if kind == "supplier" else None


RULES = (
    other_area,
    unknown_area,
    other_period,
    duplicate,
    total_row,
    missing_row,
    not_due,
    mostly_missing,
    unknown_breakdown,
    supplied_by_another,
    stray_explanation,
    thin_explanation,
)
AFTERWARDS = (unasked_explanation,)
