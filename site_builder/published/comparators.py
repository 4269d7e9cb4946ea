"""What a borough's figure is compared with: totals, England, neighbours, a cohort. Each says what kind of average it is.

The comparator is taken as a fixed value and the borough's interval is held against it; two intervals that do not overlap
would be another and over-cautious test. Where nothing can be said, the reason is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from site_builder.published.coverage import coverage
from site_builder.published.figures import FEW, Figure, Wording, exact
from site_builder.published.inputs import NEIGHBOUR_MODEL, Inputs
from site_builder.published.likeness import VERSION, unlike
from site_builder.published.neighbours import ENOUGH, Nearby, NeighbourKind, nearby
from site_builder.published.phrases import capital, named
from site_builder.published.points import Point, compared, exact_value
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Cohort
from site_builder.vocabulary.areas import ENGLAND, LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import SHARES, Indicator, Kind
from site_builder.vocabulary.methods.quantiles import median
from site_builder.vocabulary.periods import Period

NOT_COMPARED = "not-compared"
POOLED, MEDIAN, MEAN, AS_PUBLISHED = "pooled", "median", "mean", "as published"

# Why a borough is not compared with something; the words follow "Not compared: ".
NO_FIGURE, NO_OTHER = f"no figure for the {HERE.area}", "no figure to compare with"
TOO_FEW, NO_INTERVAL = f"based on fewer than {FEW}", "no range is worked out"


@dataclass(frozen=True, slots=True)
class Comparator:
    """One thing that a borough's figure is compared with.

    ``kind``: london, region, england, london-as-published, neighbours, neighbours-mean, nearest-london,
    nearest-london-mean or cohort. ``average``: POOLED, MEDIAN, MEAN or AS_PUBLISHED. ``of``: how many areas are in it.
    ``label``: lower-998, lower-95, similar, higher-95, higher-998, or NOT_COMPARED with its ``reason``; this is where the
    borough lies against the comparator. ``lowest``, ``highest``: of the places in a median, else None. ``point``: the
    total behind a pooled or published figure, else None.
    """

    kind: str
    name: str
    average: str
    value: Figure
    of: str
    period: Period
    label: str
    reason: str
    lowest: Figure | None = None
    highest: Figure | None = None
    point: Point | None = None

    @property
    def is_compared(self) -> bool:
        """Whether the borough's interval could be held against it."""
        return self.label != NOT_COMPARED


def of(inputs: Inputs, area: Area, data: IndicatorData, period: Period) -> tuple[Comparator, ...]:
    """The comparators of a borough's figure, totals first. None for a count, which has only its own past, and none for a
    place too small to be compared. Raises KeyError for a period that the indicator does not have."""
    point = data.points[area.code, period]
    if data.indicator.measure.kind is Kind.COUNT or not area.funnel:
        return ()
    near = nearby(inputs.neighbours, inputs.areas, area.code, data, period)
    return (
        *_totals(inputs, area, data, point),
        *_as_published(inputs, data, point),
        *_neighbours(data.indicator, point, near),
        *_cohorts(inputs, area, data, point),
    )


def label(point: Point, target: Fraction | None, indicator: Indicator) -> tuple[str, str]:
    """Where a point's interval lies against a value, and otherwise why that cannot be said."""
    found = compared(point, target, indicator)
    return found, "" if found != NOT_COMPARED else _reason(point, target, indicator)


def _reason(point: Point, target: Fraction | None, indicator: Indicator) -> str:
    n = point.denominator.value
    if not point.value.is_shown:
        return NO_FIGURE
    if target is None:
        return NO_OTHER
    return TOO_FEW if indicator.measure.kind in SHARES and n is not None and n < FEW else NO_INTERVAL


# ---- totals


def _totals(inputs: Inputs, area: Area, data: IndicatorData, point: Point) -> Iterator[Comparator]:
    # the last name of a code counts: a whole without parts is its areas' region too
    kinds = {ENGLAND: HERE.country.lower(), area.region: "region", LONDON: HERE.key}
    for code, kind in reversed(kinds.items()):
        total = data.points.get((code, point.period))
        if total is None:
            continue
        found, reason = _against(total, point, data.indicator)
        if total.version and point.version and total.version != point.version:
            found, reason = NOT_COMPARED, VERSION
        average = AS_PUBLISHED if data.source.national else POOLED
        name = inputs.areas.by_code[code].name
        yield Comparator(
            kind, name, average, total.value, coverage(data, total), point.period, found, reason, point=total
        )


def _against(total: Point, point: Point, indicator: Indicator) -> tuple[str, str]:
    """The label against a total; none against one that a borough is missing from."""
    found, reason = label(point, exact_value(total, indicator), indicator)
    if total.absent and found != NOT_COMPARED:
        return NOT_COMPARED, f"{named(total.absent)} {'is' if len(total.absent) == 1 else 'are'} not in it"
    return found, reason


def _as_published(inputs: Inputs, data: IndicatorData, point: Point) -> Iterator[Comparator]:
    """London as the department prints it, beside real figures from returns whose own total differs. Never beside
    invented ones: theirs is another world."""
    if data.source.national or data.source.classification == "synthetic":
        return
    ours = data.points[LONDON, point.period].value
    for code in data.indicator.disclosure.external:
        twin = inputs.figures.get(code)
        if twin is None or unlike(data, twin, point.period):
            continue
        theirs = twin.points[LONDON, point.period]
        if theirs.value.is_shown and theirs.value.plain != ours.plain:
            found, reason = _against(theirs, point, data.indicator)
            yield Comparator(
                f"{HERE.key}-as-published", f"{HERE.name} in {twin.source.line}", AS_PUBLISHED, theirs.value,
                coverage(twin, theirs), point.period, found, reason, point=theirs,
            )  # fmt: skip


# ---- medians of places


def _neighbours(indicator: Indicator, point: Point, near: Nearby) -> Iterator[Comparator]:
    if near.median is None or near.mean is None:
        return
    national = near.kind is NeighbourKind.STATISTICAL
    kind = "neighbours" if national else f"nearest-{HERE.key}"
    model = f" of the {NEIGHBOUR_MODEL} model" if national else f", from the {NEIGHBOUR_MODEL} model"
    many = f"{near.shown} of {near.of}{model}"
    name = capital(near.kind.value)
    for suffix, average, value in (("", MEDIAN, near.median), ("-mean", MEAN, near.mean)):
        found, reason = label(point, value.value, indicator)
        ends = (near.lowest, near.highest) if not suffix else (None, None)
        yield Comparator(f"{kind}{suffix}", name, average, value, many, point.period, found, reason, *ends)


def _cohorts(inputs: Inputs, area: Area, data: IndicatorData, point: Point) -> Iterator[Comparator]:
    """The other members of each cohort that the borough is in; at least six of them with a figure."""
    for cohort in inputs.cohorts:
        others = [code for code, _ in cohort.members if code != area.code]
        if len(others) == len(cohort.members):
            continue
        values = _values(data, others, point.period)
        if len(values) < ENOUGH:
            continue
        middle, lowest, highest = (
            exact(value, data.indicator.measure.dp, Wording()) for value in (median(values), min(values), max(values))
        )
        found, reason = label(point, middle.value, data.indicator)
        yield Comparator(
            "cohort", cohort_name(cohort), MEDIAN, middle, f"{len(values)} of {len(others)} others", point.period,
            found, reason, lowest, highest,
        )  # fmt: skip


def _values(data: IndicatorData, codes: Iterable[str], period: Period) -> list[Fraction]:
    found = (exact_value(data.points[code, period], data.indicator) for code in codes)
    return [value for value in found if value is not None]


def cohort_name(cohort: Cohort) -> str:
    """A cohort in words, with how many of its members are certain."""
    provisional = sum(status == "provisional" for _, status in cohort.members)
    certain = len(cohort.members) - provisional
    return f"{cohort.title} ({certain} confirmed, {provisional} provisional)" if provisional else cohort.title
