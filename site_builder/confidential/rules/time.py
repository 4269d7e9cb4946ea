"""Stage T: a return beside the one before it, of the quarter or year before."""

from __future__ import annotations

from collections.abc import Iterator
from math import log, sqrt

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.rules.values import are_exchanged, known_rows
from site_builder.confidential.standards import DESCRIPTOR, Standards, is_share
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.indicators import YEAR_TO_DATE, Indicator
from site_builder.vocabulary.periods import Period, PeriodKind, half_year, quarter
from site_builder.vocabulary.rules import rule

_BEYOND_CHANCE = 3.29  # of a normal distribution: 99.9 % of honest changes lie inside
_RELATIVE = 0.2
_CASES = 5
_SAME_AT_LEAST = 3  # fewer equal figures may well be chance
_UNCHANGED_SHARE, _UNCHANGED_PAIRS = 0.3, 8
_YEAR_TO_DATE_LLR, _YEAR_TO_DATE_SHARE, _YEAR_TO_DATE_MIN = 3.0, 0.6, 8
_REASON_LENGTH = 20
_LARGE_ENOUGH = 20  # below it, ten times more may well be chance


def period_before(period: Period) -> Period:
    """The period of the same kind before a quarter, half-year or year. Raises ValueError for a day."""
    match period.kind:
        case PeriodKind.FINANCIAL_QUARTER:
            first = period.year.start.year
            return quarter(first, period.part - 1) if period.part > 1 else quarter(first - 1, 4)
        case PeriodKind.FINANCIAL_HALF_YEAR:
            first = period.year.start.year
            return half_year(first, 1) if period.part > 1 else half_year(first - 1, 2)
        case PeriodKind.SNAPSHOT:
            raise ValueError("a day has no period before it")
        case _:
            start, end = period.start, period.end
            return Period(period.kind, start.replace(year=start.year - 1), end.replace(year=end.year - 1))


def comparable(indicator: Indicator, earlier: Period, later: Period) -> bool:
    """Whether no break of definition lies between the two periods."""
    return not any(
        version.comparability != "full" and earlier.end < version.start <= later.end
        for version in indicator.versions[1:]
    )


def two_proportions(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The pooled z of two proportions, each numerator and denominator > 0; 0 when both are none or both are all.

    Source: the usual two-sample test of proportions.
    """
    pooled = (first[0] + second[0]) / (first[1] + second[1])
    spread = sqrt(pooled * (1 - pooled) * (1 / first[1] + 1 / second[1]))
    return (first[0] / first[1] - second[0] / second[1]) / spread if spread else 0.0


def two_counts(first: int, second: int, exposure: tuple[int, int] = (1, 1)) -> float:
    """z of two counts given their sum, binomial with the share of the exposure; 0 when both are zero.

    Source: Przyborowski and Wilenski (1940), normal approximation.
    """
    total, share = first + second, exposure[0] / sum(exposure)
    return (first - total * share) / sqrt(total * share * (1 - share)) if total else 0.0


def year_to_date_evidence(count: int, earlier: int, part: int) -> float:
    """Log likelihood ratio (Poisson) that a count covers the year to the end of quarter ``part`` (2 to 4) rather than
    that quarter alone, where the quarters before it sum to ``earlier`` > 0."""
    mean = earlier / (part - 1)
    return count * log(part) - mean * (part - 1)


@rule("T700", Severity.INFO, "No earlier return")
def no_earlier(package: ReturnPackage) -> Iterator[Flaw]:
    """What it checks: Whether the return of the quarter or year before is here.
    Why it matters: Without it, comparisons over time cannot be made.
    Example: The first return of an authority.
    How to fix: Nothing to do; the maintainers compare before the release.
    """
    yield Flaw(
        f"No return for {period_before(package.particulars.period)} was found; comparisons over time were not made.",
        "Do nothing: the maintainers make them.",
    )


@rule("T701", Severity.ERROR, "Last time's file")
def same_as_before(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether all figures are those of the period before.
    Why it matters: That does not happen by chance: the old file was sent again.
    Example: The folder was copied and only the period was changed.
    How to fix: Fill in this period's figures.
    """
    if is_copy(package, earlier, standards):
        yield Flaw(
            f"Apart from the period this return is the same as that for {earlier.particulars.period}.",
            "Is it last time's file? Fill in this period's figures.",
        )


@rule("T702", Severity.QUERY, "Many figures unchanged")
def unchanged(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether three in ten or more of the numerators, very small ones left aside, are exactly those of
    the period before.
    Why it matters: A part of the file was probably not filled in anew.
    Example: One team did not answer in time, and its old figures were left in.
    How to fix: Ask for the new figures, or confirm in explanations.csv, indicator *, that they were refreshed.
    """
    pairs = [
        (now.count("numerator"), before.count("numerator"))
        for _, now, before in _pairs(package, earlier, standards)
        if (now.count("numerator") or 0) >= _CASES
    ]
    same = sum(now == before for now, before in pairs)
    enough = len(pairs) >= _UNCHANGED_PAIRS and same >= _UNCHANGED_SHARE * len(pairs)
    if enough and not is_copy(package, earlier, standards):
        yield Flaw(
            f"Many figures are exactly those for {earlier.particulars.period}.",
            "Confirm that they were refreshed, or correct them.",
        )


@rule("T703", Severity.QUERY, "Added up since April")
def year_to_date(package: ReturnPackage, quarters: list[ReturnPackage], standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether most counts of a second, third or fourth quarter look like the sum since April.
    Why it matters: A sum since April beside other authorities' single quarters looks like a great rise.
    Example: The case system prints the year so far, and that was copied.
    How to fix: Give this quarter alone: subtract what was sent for the quarters before it. If the figures are those
    of the quarter, say so in explanations.csv, indicator *.
    """
    part = package.particulars.period.part
    evidence = []
    for indicator, row in known_rows(package, standards):
        if indicator.cycle.kind != PeriodKind.FINANCIAL_QUARTER.value or indicator.cycle.window == YEAR_TO_DATE:
            continue
        place = (row["area_code"], row["indicator"])
        before = [q.figures[place].count("numerator") for q in quarters if place in q.figures]
        count, earlier = row.count("numerator"), sum(n for n in before if n is not None)
        if count is not None and earlier and len(before) == part - 1 and None not in before:
            evidence.append(year_to_date_evidence(count, earlier, part))
    flagged = sum(value > _YEAR_TO_DATE_LLR for value in evidence)
    if len(evidence) >= _YEAR_TO_DATE_MIN and flagged > _YEAR_TO_DATE_SHARE * len(evidence):
        yield Flaw("Most figures look added up since April.", "Give this quarter alone, or confirm the figures.")


@rule("T704", Severity.QUERY, "A large change")
def large_change(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a figure has changed by more than chance explains, by more than a fifth, and by five
    cases or more.
    Why it matters: A reader will ask; the answer should stand beside the figure.
    Example: A new front door was opened and takes all calls as referrals.
    How to fix: Compare with your source and correct it, or say in explanations.csv what happened.
    """
    for indicator, now, before in _pairs(package, earlier, standards):
        if _is_slip(now, before) or are_exchanged(now, before) or indicator.cycle.window == YEAR_TO_DATE:
            continue
        direction = _changed(indicator, now, before)
        if direction:
            yield Flaw(
                f"{indicator.code} is much {direction} than in {earlier.particulars.period}: more than chance "
                "explains.",
                "Correct it, or say in explanations.csv what happened.",
                now.line,
                "numerator",
                about=indicator.code,
                area=now["area_code"],
            )


@rule("T705", Severity.QUERY, "A slip of units")
def slip_of_units(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a numerator is close to ten, a hundred or a thousand times the earlier one, or that part
    of it.
    Why it matters: A zero too many, or figures in thousands, look like this.
    Example: A digit was typed twice.
    How to fix: Compare with your source and correct it, or say in explanations.csv what happened.
    """
    for indicator, now, before in _pairs(package, earlier, standards):
        if _is_slip(now, before):
            yield Flaw(
                f"{indicator.code} has moved from {earlier.particulars.period} as a slip of units would move it.",
                "Check for a digit too many or too few; correct it, or say in explanations.csv what happened.",
                now.line,
                "numerator",
                about=indicator.code,
                area=now["area_code"],
            )


@rule("T706", Severity.QUERY, "An earlier return is restated")
def restated(package: ReturnPackage, before: ReturnPackage | None, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a correction names the indicators that differ from what was sent before, and gives a
    reason of at least 20 characters.
    Why it matters: Readers of the old figure must learn what changed and why.
    Example: A count was corrected, but the correction block names another indicator.
    How to fix: List in the correction block of datapackage.json exactly the indicators that differ, and the reason.
    """
    correction = package.particulars.correction
    differ = sorted(_differing(package, before)) if before is not None else []
    named = sorted(correction.indicators) if correction else []
    slots = standards.accepted(package.particulars.submitter, package.particulars.period)
    due = {slot.indicator.code for slot in slots}
    if correction is None and not differ:
        return
    told = correction is not None and len(correction.reason.strip()) >= _REASON_LENGTH and bool(named)
    if told and set(named) <= due and (before is None or named == differ):
        return
    changed = [code for code in differ if code in due]
    what = f" These differ: {listed(changed, 'and')}." if changed else ""
    yield Flaw(
        f"This corrects figures for {package.particulars.period}, already sent.{what}",
        "Name exactly the indicators that differ, and say why, in the correction block of datapackage.json.",
        file=DESCRIPTOR,
    )


@rule("T707", Severity.QUERY, "Less than before in one year")
def quarter_alone(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> Iterator[Flaw]:
    """What it checks: Whether a figure that is defined as the sum since April is smaller than it was a quarter ago.
    Why it matters: A sum cannot shrink: it is one quarter alone, or the figure before was too large.
    Example: The quarter's own figure was sent where the year so far is asked for.
    How to fix: Give the sum since April. If the figure before was wrong, correct it, and say so in explanations.csv.
    """
    for indicator, now, before in _pairs(package, earlier, standards):
        is_sum = indicator.cycle.window == YEAR_TO_DATE and package.particulars.period.part > 1
        if is_sum and (now.count("numerator") or 0) < (before.count("numerator") or 0):
            yield Flaw(
                f"{indicator.code} is the sum since April, but is lower than in {earlier.particulars.period}.",
                "Was only this quarter given? Give the sum, or say in explanations.csv what happened.",
                now.line,
                "numerator",
                about=indicator.code,
                area=now["area_code"],
            )


def is_copy(package: ReturnPackage, earlier: ReturnPackage, standards: Standards) -> bool:
    """Whether every figure of a return is that of the earlier one, and there are enough of them to tell."""
    now, before = _figures(package, standards), _figures(earlier, standards)
    return now == before and sum(n is not None and n > 0 for n, _ in now.values()) >= _SAME_AT_LEAST


def _figures(package: ReturnPackage, standards: Standards) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    return {
        (row["area_code"], row["indicator"]): (row.count("numerator"), row.count("denominator"))
        for _, row in known_rows(package, standards)
    }


def _pairs(
    package: ReturnPackage, earlier: ReturnPackage, standards: Standards
) -> Iterator[tuple[Indicator, Row, Row]]:
    """Indicators with a numerator now and before, no break of definition between."""
    for indicator, row in known_rows(package, standards):
        before = earlier.figures.get((row["area_code"], row["indicator"]))
        if before is None or row.count("numerator") is None or before.count("numerator") is None:
            continue
        if comparable(indicator, earlier.particulars.period, package.particulars.period):
            yield indicator, row, before


def _counts(row: Row) -> tuple[int, int]:
    return row.count("numerator") or 0, row.count("denominator") or 0


def _changed(indicator: Indicator, now: Row, before: Row) -> str | None:
    """``higher`` or ``lower`` when the change is large, else None."""
    (x1, d1), (x2, d2) = _counts(now), _counts(before)
    if abs(x1 - x2) < _CASES:
        return None
    collected = indicator.measure.has_collected_denominator
    if collected and not (d1 and d2):
        return None
    if is_share(indicator):
        z = two_proportions((x1, d1), (x2, d2))
    else:
        z = two_counts(x1, x2, (d1, d2) if collected else (1, 1))
    old, new = (x2 / d2, x1 / d1) if collected else (float(x2), float(x1))
    large = abs(z) > _BEYOND_CHANCE and abs(new - old) > _RELATIVE * old
    return ("higher" if z > 0 else "lower") if large else None


def _is_slip(now: Row, before: Row) -> bool:
    small, large = sorted((_counts(now)[0], _counts(before)[0]))
    if not small or large < _LARGE_ENOUGH:
        return False
    return any(abs(large / (small * factor) - 1) <= 0.05 for factor in (10, 100, 1000))


def _differing(package: ReturnPackage, before: ReturnPackage) -> set[str]:
    places = set(package.figures) | set(before.figures)
    return {code for area, code in places if _cells(package, area, code) != _cells(before, area, code)}


def _cells(package: ReturnPackage, area: str, code: str) -> tuple[str, ...]:
    row = package.figures.get((area, code))
    return row.cells if row else ()


RULES = (same_as_before, unchanged, large_change, slip_of_units, quarter_alone)
OTHERS = (no_earlier, year_to_date, restated)
