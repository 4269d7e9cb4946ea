"""Stage V: the numbers of one return, each row by itself and beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.rules.populations import differing_population
from site_builder.confidential.standards import Standards, counts_of, is_share
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.names import Named
from site_builder.vocabulary.rules import rule

FEW = 20  # a share of fewer is not shown, and none or all of them is nothing strange
_COUNTS_TO_JUDGE = 8  # fewer counts of 10 or more cannot show that they were rounded
_ALIKE, _FAR = 1.5, 5.0  # factors between a count and what it, or the other one, was before
_FILLED_DOWN = 5  # the same numerator in so many indicators


def known_rows(package: ReturnPackage, standards: Standards) -> Iterator[tuple[Indicator, Row]]:
    """Each indicator and area of which the sender is the source, with the row that holds it."""
    for slot in standards.accepted(package.particulars.submitter, package.particulars.period):
        row = package.figures.get((slot.area.code, slot.indicator.code))
        if row is not None:
            yield slot.indicator, row


def rows_by_area(package: ReturnPackage) -> list[dict[str, Row]]:
    """For each area of the return the rows by indicator."""
    found: dict[str, dict[str, Row]] = {}
    for (area, code), row in package.figures.items():
        found.setdefault(area, {})[code] = row
    return [found[area] for area in sorted(found)]


@rule("V601", Severity.ERROR, "Numerator above denominator")
def above_denominator(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the numerator of a percentage is no larger than its denominator.
    Why it matters: The {people} counted above the line are some of those counted below it.
    Example: The two columns were exchanged.
    How to fix: Look at both columns in your source: exchange them, or count the same {people} in both.
    """
    for indicator, row in known_rows(package, standards):
        numerator, denominator = row.count("numerator"), row.count("denominator")
        if is_share(indicator) and numerator is not None and denominator and numerator > denominator:
            yield Flaw(
                "The numerator is larger than the denominator.",
                f"Are the two exchanged, or do they count different {HERE.people}? Correct one of them.",
                row.line,
                "numerator",
            )


@rule("V602", Severity.ERROR, "Cases out of nothing")
def out_of_nothing(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether the denominator is above zero when the numerator is.
    Why it matters: There cannot be some out of none.
    Example: The denominator was not yet known, and zero was typed.
    How to fix: Give the true denominator. If it is not known, clear both counts and choose a status.
    """
    for _, row in known_rows(package, standards):
        if row.count("numerator") and row.count("denominator") == 0:
            yield Flaw("There are cases but the denominator is zero.", "Correct one of them.", row.line, "denominator")


@rule("V603", Severity.ERROR, "Another population")
def other_population(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a population that was given for a rate is the published one, within half a per cent.
    Why it matters: All rates of the site divide by the same estimates; another population gives another rate.
    Example: The population of a local system or of a later estimate was typed into the denominator.
    How to fix: Clear the denominator. If the published estimate is wrong, tell the maintainers.
    """
    for indicator, row in known_rows(package, standards):
        known = differing_population(row, indicator, package.particulars.period, standards)
        if known is not None:
            name = standards.areas.by_code[row["area_code"]].name
            yield Flaw(
                f"This rate divides by the published population of {name} ({known:,}), and the one given differs.",
                "Leave the denominator blank.",
                row.line,
                "denominator",
            )


@rule("V604", Severity.QUERY, "Numerator and denominator exchanged")
def exchanged(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether each of the two counts is close to what the other one was in the period before, and far
    from what it was itself.
    Why it matters: The figure is turned upside down, and no other check of one return alone can see it.
    Example: The two columns were pasted the wrong way round.
    How to fix: Look at both columns in your source. If they are right, say so in explanations.csv.
    """
    for indicator, row in known_rows(package, standards):
        before = earlier.figures.get((row["area_code"], row["indicator"]))
        if before is not None and are_exchanged(row, before):
            yield Flaw(
                f"Numerator and denominator of {indicator.code} look exchanged, compared with "
                f"{earlier.particulars.period}.",
                "Check the two columns; exchange them, or confirm them in explanations.csv.",
                row.line,
                "numerator",
                about=indicator.code,
                area=row["area_code"],
            )


@rule("V605", Severity.QUERY, "None, all, or rounded counts")
def extreme_or_rounded(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a percentage is at its very end although it is out of 20 or more, and whether nearly
    all counts are multiples of ten. None at all is not asked about where the catalogue says that cases are rare.
    Why it matters: Both happen, but more often a column was not filled in, or the counts were rounded.
    Example: Every review was in time, or every count ends in zero.
    How to fix: Compare with your source. If it is right, say so in explanations.csv; for rounded counts name the
    indicator * there.
    """
    for indicator, row in known_rows(package, standards):
        numerator, denominator = row.count("numerator"), row.count("denominator")
        if not is_share(indicator) or numerator is None or denominator is None or denominator < FEW:
            continue
        none = numerator == 0 and indicator.disclosure.small_number_risk != "high"
        if none or numerator == denominator:
            yield Flaw(
                f"The share of {indicator.code} is at the very end of what is possible.",
                "Compare with your source; correct it, or confirm it in explanations.csv.",
                row.line,
                "numerator",
                about=indicator.code,
                area=row["area_code"],
            )
    counts = [count for count in _all_counts(package, standards) if count >= 10]
    if len(counts) >= _COUNTS_TO_JUDGE and sum(count % 10 == 0 for count in counts) * 10 >= 9 * len(counts):
        yield Flaw(
            "Nearly all counts end in zero, as if they were rounded.",
            "Give the exact counts, or confirm in explanations.csv that these are exact.",
        )


@rule("V606", Severity.ERROR, "A part above its whole")
def part_above_whole(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether counts that lie inside another count by definition are no larger than it, and counts
    that make up another one add up to it.
    Why it matters: One of the two must be wrong, and both are published.
    Example: More plans have been open for three months than are open at all.
    How to fix: Compare both rows with your source; often they were counted on different days.
    """
    for rows, (inside, around) in product(rows_by_area(package), standards.ties.within):
        part, whole = _counted(rows, inside), _counted(rows, around)
        if part is not None and whole is not None and part[1] > whole[1]:
            yield Flaw(
                f"The {inside.measure} of {inside.indicator} is part of the {around.measure} of {around.indicator} but "
                "does not fit inside it.",
                f"Check rows {part[0].line} and {whole[0].line}.",
                part[0].line,
                inside.measure,
            )
    for rows, (around, parts) in product(rows_by_area(package), standards.ties.sums):
        whole, found = _counted(rows, around), [_counted(rows, part) for part in parts]
        if whole is not None and all(found) and sum(one[1] for one in found if one) != whole[1]:
            yield Flaw(
                f"The {around.measure} of {around.indicator} is not its parts added up.",
                f"Check rows {listed([str(one[0].line) for one in (whole, *found) if one], 'and')}.",
                whole[0].line,
                around.measure,
            )


@rule("V607", Severity.QUERY, "One numerator in many rows")
def filled_down(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether five or more indicators have the same numerator; very small ones are left aside.
    Why it matters: A cell that was filled down by mistake looks like this.
    Example: The handle of a cell was dragged over the cells below it.
    How to fix: Compare the rows with your source. If they are right, say so in explanations.csv, indicator *.
    """
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)
    for _, row in known_rows(package, standards):
        numerator = row.count("numerator")
        if numerator is not None and numerator >= 5:
            rows[row["area_code"], numerator].append(row.line)
    for _, lines in sorted(rows.items(), key=lambda item: item[1]):
        if len(lines) >= _FILLED_DOWN:
            yield Flaw(
                f"The same numerator stands in several rows: {listed([str(line) for line in lines], 'and')}.",
                "Was a cell filled down? Correct the rows, or confirm them in explanations.csv.",
                lines[0],
                "numerator",
            )


@rule("V608", Severity.ERROR, "One count, two figures")
def two_figures(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a count that several indicators share is the same in each of them.
    Why it matters: All of them are published side by side, so one of them would be wrong for all to see.
    Example: The number of referrals in one row is not the number that a percentage of referrals is out of.
    How to fix: Find out which figure is right, and write it in every row.
    """
    for rows, names in product(rows_by_area(package), standards.ties.same):
        filled = [(name, *found) for name in names if (found := _counted(rows, name)) is not None]
        for name, row, count in filled[1:]:
            first, other, expected = filled[0]
            if count != expected:
                yield Flaw(
                    f"The {name.measure} of {name.indicator} should be the {first.measure} of {first.indicator}, and is "
                    "another number.",
                    f"Check rows {other.line} and {row.line}.",
                    row.line,
                    name.measure,
                )


@rule("V609", Severity.INFO, "A share of few")
def share_of_few(package: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a percentage is out of fewer than 20.
    Why it matters: One {person} more or less would move it by a large step, so that comparisons would mislead.
    Example: Reviews in a very small authority.
    How to fix: Nothing to do. The counts are shown where that is safe, the percentage is not.
    """
    for indicator, row in known_rows(package, standards):
        denominator = row.count("denominator")
        if is_share(indicator) and denominator is not None and 0 < denominator < FEW:
            yield Flaw(
                f"The percentage of {indicator.code} rests on few cases and will not be shown.",
                "Do nothing: the counts are shown where that is safe.",
                row.line,
                "denominator",
            )


def _counted(rows: Mapping[str, Row], name: Named) -> tuple[Row, int] | None:
    """The row and the count of a name among the rows of one area, when both are there."""
    row = rows.get(name.indicator)
    count = None if row is None else row.count(name.measure)
    return None if row is None or count is None else (row, count)


def _all_counts(package: ReturnPackage, standards: Standards) -> Iterator[int]:
    for indicator, row in known_rows(package, standards):
        for column in counts_of(indicator):
            value = row.count(column)
            if value is not None:
                yield value


def are_exchanged(row: Row, before: Row) -> bool:
    """Whether each count is close to what the other one was before, and far from what it was itself."""
    now = [row.count(column) or 0 for column in ("numerator", "denominator")]
    then = [before.count(column) or 0 for column in ("numerator", "denominator")]
    if not all((*now, *then)):
        return False
    crossed = all(_factor(a, b) <= _ALIKE for a, b in zip(now, reversed(then), strict=True))
    return crossed and all(_factor(a, b) > _FAR for a, b in zip(now, then, strict=True))


def _factor(a: int, b: int) -> float:
    return max(a, b) / min(a, b)


RULES = (
    above_denominator,
    out_of_nothing,
    other_population,
    extreme_or_rounded,
    part_above_whole,
    filled_down,
    two_figures,
    share_of_few,
)
BESIDE_EARLIER = (exchanged,)
