"""Actual and predicted: a national figure of each borough beside what one covariate alone would lead one to expect.

The model of an indicator is fitted on the printed figures of England's authorities. What is expected of an area comes
from the fit of all others, so that an area never sets its own mark. Numbers alone; their words are in
``prediction_words``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.published.figures import FEW, Figure, limit
from site_builder.published.statistics import IndicatorData
from site_builder.release.reference import Covariate, Populations
from site_builder.release.releases import NationalPackage
from site_builder.vocabulary.indicators import Kind
from site_builder.vocabulary.methods.regression import Case, Family, Fit, Prediction, fit, leave_one_out
from site_builder.vocabulary.periods import Period

LEAST_AREAS = 100
LEAST_EXPLAINED = 0.10
HIGHER, WITHIN, LOWER = "higher", "within", "lower"

# Why a model shows nothing; then why an area has no expectation.
TOO_FEW_AREAS, NOT_SETTLED = "too-few-areas", "not-settled"
TOO_LITTLE, UNCLEAR = "explains-too-little", "slope-unclear"
MODEL, HIDDEN, MISSING, NOTHING = "model", "hidden", "not-available", "does-not-apply"
NO_PEOPLE, NO_COVARIATE, FEW_CASES, SMALL_PLACE = "no-population", "no-covariate", "few-cases", "small-place"
_REASONS = {"c": HIDDEN, "z": NOTHING}


class Expected(NamedTuple):
    """What the other authorities lead one to expect of a borough, as printed and unrounded counts.

    ``value``, ``lower``, ``upper``: in the unit and with the places of the figure. ``standing``: higher, within or lower.
    """

    value: Figure
    lower: Figure
    upper: Figure
    standing: str


class Borough(NamedTuple):
    """A borough's figure beside what is expected. ``expected``: None with the ``reason``, which is empty otherwise."""

    area: str
    observed: Figure
    numerator: Figure
    denominator: Figure
    expected: Expected | None
    reason: str


class Residual(NamedTuple):
    """An authority in the fit: its size (the denominator), and how far it lies from what is expected as a share of the
    way to the end of its interval, so that -1 to 1 is inside. ``case``: its counts and covariate; ``expected``: what the
    others lead one to expect; ``reason``: why it is too small to be compared, or empty."""

    size: int
    share: float
    area: str
    case: Case
    expected: Expected
    reason: str

    @property
    def is_inside(self) -> bool:
        """Whether it lies within its interval."""
        return -1 <= self.share <= 1


@dataclass(frozen=True, slots=True)
class Model:
    """An indicator set beside a covariate, in its headline period.

    ``fit``: of all authorities that have a figure, None when there is none. ``reasons``: why nothing is expected of any
    borough; empty when something is. ``left_out``: a reason to the codes of authorities that are not in the fit.
    ``residuals``: of every authority in the fit, smallest first; empty when nothing is expected. ``boroughs``: by code.
    """

    data: IndicatorData
    period: Period
    package: NationalPackage
    covariate: Covariate
    family: Family
    areas: int
    fit: Fit | None
    reasons: tuple[str, ...]
    left_out: Mapping[str, tuple[str, ...]]
    residuals: tuple[Residual, ...] = field(repr=False)
    boroughs: Mapping[str, Borough] = field(repr=False)

    @property
    def is_shown(self) -> bool:
        """Whether the model explains enough to expect something."""
        return not self.reasons

    @property
    def inside(self) -> int:
        """How many of England's authorities lie within the interval that the others lead one to expect."""
        return sum(one.is_inside for one in self.residuals)


def predict(
    data: IndicatorData,
    package: NationalPackage,
    covariate: Covariate,
    populations: Mapping[str, Populations],
    authorities: Mapping[str, str],
    small: Collection[str] = (),
) -> Model:
    """The model of an indicator in its headline period, from the printed cells of its package alone.

    ``authorities``: the codes that may enter. ``small``: those of boroughs too small to be compared. Raises ValueError for an indicator without a period.
    """
    period = data.headline
    if period is None:
        raise ValueError("an indicator without a period has no figures")
    cases, left_out = _cases(data, period, package, covariate, populations[package.population_vintage], authorities)
    shares = data.indicator.measure.kind is Kind.PROPORTION
    family = Family.BINOMIAL if shares else Family.POISSON
    found = fit(family, tuple(cases.values())) if len(cases) >= LEAST_AREAS else TOO_FEW_AREAS
    reasons = _reasons(found)
    made = dict(zip(cases, leave_one_out(family, tuple(cases.values())), strict=True)) if not reasons else {}
    if any(isinstance(one, str) for one in made.values()):
        reasons, made = (NOT_SETTLED,), {}
    settled = {area: one for area, one in made.items() if isinstance(one, Prediction)}
    return Model(
        data=data,
        period=period,
        package=package,
        covariate=covariate,
        family=family,
        areas=len(cases),
        fit=None if isinstance(found, str) else found,
        reasons=reasons,
        left_out=left_out,
        residuals=tuple(sorted(_residual(data, area, cases[area], one) for area, one in settled.items())),
        boroughs={
            area: _borough(data, period, area, cases, settled, left_out, reasons, is_small=area in small)
            for area in data.boroughs
        },
    )


def _reasons(found: Fit | str) -> tuple[str, ...]:
    if isinstance(found, str):
        return (found if found == TOO_FEW_AREAS else NOT_SETTLED,)
    little = (TOO_LITTLE,) if found.explained < LEAST_EXPLAINED else ()
    return (*little, *((UNCLEAR,) if found.slope.lower <= 0 <= found.slope.upper else ()))


# ---- which areas enter


def _cases(
    data: IndicatorData,
    period: Period,
    package: NationalPackage,
    covariate: Covariate,
    populations: Populations,
    authorities: Mapping[str, str],
) -> tuple[dict[str, Case], dict[str, tuple[str, ...]]]:
    """The authorities with a printed figure and a covariate, in order of code, and why the others are left out."""
    cells = _printed(package, data.indicator.code, period)
    ages = data.indicator.measure.denominator_series.rpartition("/")[2]
    rate = data.indicator.measure.kind is Kind.RATE
    cases: dict[str, Case] = {}
    left_out: dict[str, list[str]] = {}
    for area in sorted({area for area, _ in cells} & set(authorities)):
        people = populations.counts.get((area, period.population_year, ages)) if rate else None
        counts = _counts(area, cells, people, rate=rate)
        if isinstance(counts, str):
            left_out.setdefault(counts, []).append(area)
        elif area not in covariate.values:
            left_out.setdefault(NO_COVARIATE, []).append(area)
        else:
            cases[area] = Case(*counts, float(covariate.values[area]))
    return cases, {reason: tuple(some) for reason, some in sorted(left_out.items())}


_Cells = dict[tuple[str, str], tuple[str, str]]  # area and measure to the printed value and the mark


def _printed(package: NationalPackage, code: str, period: Period) -> _Cells:
    frame = package.cells.of_indicator(code).frame
    frame = frame[frame["period"] == str(period)]
    columns = (frame[name].tolist() for name in ("area", "measure", "value", "withheld"))
    return {(area, measure): (value, mark) for area, measure, value, mark in zip(*columns, strict=True)}


def _counts(area: str, cells: _Cells, people: int | None, *, rate: bool) -> tuple[int, int] | str:
    """Numerator and denominator, or why there are none: the rate or percentage itself must be printed too."""
    measures = ("numerator", "published") if rate else ("numerator", "denominator", "published")
    marks = {cells[area, measure][1] for measure in measures if (area, measure) in cells} - {""}
    for mark in ("z", "c"):
        if mark in marks:
            return _REASONS[mark]
    if marks or (area, "numerator") not in cells:
        return MISSING
    if rate:
        return (int(cells[area, "numerator"][0]), people) if people else NO_PEOPLE
    if (area, "denominator") not in cells:
        return MISSING
    x, n = (int(cells[area, measure][0]) for measure in ("numerator", "denominator"))
    return (x, n) if n else NOTHING


# ---- what is expected


def _residual(data: IndicatorData, area: str, case: Case, made: Prediction) -> Residual:
    """Against the end of the interval on the same side."""
    away = case.x - made.expected
    end = made.upper - made.expected if away > 0 else made.expected - made.lower
    share = away / end if end else 0.0
    return Residual(case.n, share, area, case, _expected(data, case, made), _few(data, case))


def _borough(
    data: IndicatorData,
    period: Period,
    area: str,
    cases: Mapping[str, Case],
    made: Mapping[str, Prediction],
    left_out: Mapping[str, Sequence[str]],
    reasons: Sequence[str],
    *,
    is_small: bool,
) -> Borough:
    point = data.points[area, period]
    reason = next((name for name, some in left_out.items() if area in some), "" if area in cases else MISSING)
    if not reason:
        reason = SMALL_PLACE if is_small else _few(data, cases[area]) or (MODEL if reasons else "")
    expected = None if reason else _expected(data, cases[area], made[area])
    return Borough(area, point.value, point.numerator, point.denominator, expected, reason)


def _few(data: IndicatorData, case: Case) -> str:
    return FEW_CASES if data.indicator.measure.kind is not Kind.RATE and case.n < FEW else ""


def _expected(data: IndicatorData, case: Case, made: Prediction) -> Expected:
    measure = data.indicator.measure
    standing = HIGHER if case.x > made.upper else LOWER if case.x < made.lower else WITHIN
    value, lower, upper = (
        limit(count / case.n * measure.multiplier, measure.dp) for count in (made.expected, made.lower, made.upper)
    )
    return Expected(value, lower, upper, standing)
