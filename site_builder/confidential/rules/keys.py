"""Stage K: whose row it is, for what, and whether all rows are there; and the explanations."""
# ruff: noqa: ARG001  (every rule of this stage is called with the same two arguments)

from __future__ import annotations

from collections.abc import Iterator

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.cells import figure_rows, is_total, period_of
from site_builder.confidential.rules.file import suggestion
from site_builder.confidential.rules.flaws import EVERY_AREA, WHOLE_RETURN, Flaw
from site_builder.confidential.standards import EXPLANATIONS, WHOLE, Slot, Standards
from site_builder.confidential.submitters import supplier_slug
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rules import rule

_PLACEHOLDERS = ("tbc", "todo", "to do", "to follow", "as above", "see above", "see note", "explain", "lorem", "xxx")
SHORTEST = 20
_QUERY_STAGES = "KVTXD"


@rule("K501", Severity.ERROR, "A row of another authority")
def other_area(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each row is about the authority whose folder it is in, or one that the supplier covers.
    Why it matters: Otherwise one authority's figures would be published under another's name.
    Example: Last quarter's file of a neighbouring authority was used as a form.
    How to fix: Correct the code, or move the row to the folder it belongs to.
    """
    submitter = package.particulars.submitter
    fix = f"Write {submitter.area.code}, or move" if submitter.area is not None else "Correct the code, or move"
    for row in figure_rows(package):
        other = _borough(standards, row["area_code"].strip())
        if other is not None and not submitter.speaks_for(other.code):
            yield Flaw(
                f"This row is for {other.name}, in the folder of {submitter.name}.",
                f"{fix} the row to the other folder.",
                row.line,
                "area_code",
            )


@rule("K502", Severity.ERROR, "Not an area code")
def unknown_area(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the area is one of the current codes of {name}'s authorities.
    Why it matters: Names are spelt in many ways; a code is the same everywhere.
    Example: The name of the authority, or the number that another publisher gives it.
    How to fix: Copy the code from a fresh form.
    """
    own = package.particulars.submitter.area
    fix = f"Write {own.code} for {own.name}." if own is not None else "Copy the code from a fresh form."
    for row in figure_rows(package):
        if _borough(standards, row["area_code"].strip()) is None:
            yield Flaw(f"This is not a current code of a {HERE.name} authority.", fix, row.line, "area_code")


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
    """What it checks: Whether a row is a sum, is about {name} or {country}, or is blank.
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
    if package.particulars.submitter.area is not None:
        for slot in _missing(package, standards):
            yield Flaw(
                f"{slot.indicator.code} ({slot.indicator.title}) is missing.",
                "Add it, with a status if you cannot supply it.",
                field="indicator",
            )


@rule("K511", Severity.ERROR, "An area is left out")
def missing_area(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a partner that sends figures for many {areas} has a row for each indicator and each
    {area} that it covers.
    Why it matters: A missing row does not say whether there was nothing to count or the {area} was forgotten.
    Example: The extract leaves out {an_area} in which nothing was recorded.
    How to fix: Add the row: 0 where nothing happened, or a status that says why there is no figure.
    """
    if package.particulars.submitter.area is None:
        for slot in _missing(package, standards):
            yield Flaw(
                f"{slot.area.name} is missing for {slot.indicator.code}.",
                f"Add a row for {slot.area.code}, with a status if there is no figure.",
                field="area_code",
            )


@rule("K507", Severity.ERROR, "An indicator that is not due")
def not_due(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each indicator is known and is collected for this period.
    Why it matters: A figure for an unknown code cannot be published; yearly indicators have a folder of their own.
    Example: A yearly indicator stands in the folder of a quarter.
    How to fix: Correct the code, or move the row to the folder of the right period.
    """
    due = _accepted(package, standards)
    by_lower = {code.casefold(): code for code in due}
    for row in figure_rows(package):
        code = row["indicator"].strip()
        if code in due or _other_source(package, standards, code):
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
    Why it matters: The total of {name} and the comparisons of its neighbours will lack this authority.
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
    """What it checks: Whether the indicator comes from this sender: most come from the {areas}, some from a partner
    for all {areas} that it covers.
    Why it matters: Two sources for one figure would contradict one another sooner or later.
    Example: {an_area_head} sends a figure that the police supply for all {areas}.
    How to fix: Remove the row.
    """
    accepted = _accepted(package, standards)
    for row in figure_rows(package):
        code = row["indicator"].strip()
        source = _other_source(package, standards, code) if code not in accepted else None
        if source:
            yield Flaw(f"{code} comes from {source}.", "Remove the row.", row.line, "indicator")


@rule("K512", Severity.ERROR, "An explanation of nothing we know")
def stray_explanation(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether an explanation names a code of a query, the area of the folder (a supplier may write *
    for all of its areas), an indicator that is due (or * for the whole return), and a breakdown.
    Why it matters: An explanation that cannot be matched is never published, and its query stays open.
    Example: The code of the indicator was left out.
    How to fix: Copy code, area, indicator and breakdown from the query.
    """
    due, submitter = {*_accepted(package, standards), WHOLE_RETURN}, package.particulars.submitter
    for row in package.explanations:
        code, area = row["code"].strip(), row["area_code"].strip()
        known = {
            "code": len(code) == 4 and code[0] in _QUERY_STAGES and code[1:].isdigit() and code.isascii(),
            "area_code": submitter.speaks_for(area) or (submitter.area is None and area == EVERY_AREA),
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


def _accepted(package: ReturnPackage, standards: Standards) -> set[str]:
    slots = standards.accepted(package.particulars.submitter, package.particulars.period)
    return {slot.indicator.code for slot in slots}


def _missing(package: ReturnPackage, standards: Standards) -> Iterator[Slot]:
    """What the return owes and has no row for. A code in the wrong case is there: another rule asks for its mending."""
    submitter = package.particulars.submitter
    areas = {area.code for area in submitter.areas}
    given: set[tuple[str, str]] = set()
    for row in package.rows:
        code, indicator = row["area_code"].strip(), row["indicator"].strip().casefold()
        given.add((submitter.area.code if submitter.area is not None else code, indicator))
        if code not in areas and submitter.area is None:  # whose it is meant to be cannot be told
            given.update((area, indicator) for area in areas)
    for slot in standards.owed(submitter, package.particulars.period):
        if (slot.area.code, slot.indicator.code.casefold()) not in given:
            yield slot


def _other_source(package: ReturnPackage, standards: Standards, code: str) -> str | None:
    """Who sends the indicator, in words, when that is somebody else; None when it is this sender's, or nobody's."""
    indicator, submitter = standards.catalogue.get(code), package.particulars.submitter
    if indicator is None:
        return None
    slug = supplier_slug(indicator)
    if slug == submitter.slug or (slug is None and (submitter.area is not None or not indicator.is_collected)):
        return None
    if slug is None:
        return f"each {HERE.area} itself"
    known = standards.suppliers.get(slug)
    return f"{known.name if known else 'another supplier'} for all {HERE.areas}"


RULES = (
    other_area,
    unknown_area,
    other_period,
    duplicate,
    total_row,
    missing_row,
    missing_area,
    not_due,
    mostly_missing,
    unknown_breakdown,
    supplied_by_another,
    stray_explanation,
    thin_explanation,
)
AFTERWARDS = (unasked_explanation,)
