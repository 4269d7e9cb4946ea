"""All sound returns side by side, so that one can be compared with the others: figures by indicator and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from site_builder.confidential.folders import ReturnPackage, Row
from site_builder.confidential.rules.values import known_rows
from site_builder.confidential.standards import Standards, is_share
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.methods.funnels import Funnel, Label, Transform, additive
from site_builder.vocabulary.periods import Period, PeriodKind, quarters

_FEW_CASES = 5
_COUNTED = {"reported", "provisional", "estimated"}


class KnownTotal(NamedTuple):
    """What somebody else has published of a sum over boroughs: ``area`` is London, Inner or Outer London, ``column`` a
    count of the return, and the true sum lies from ``least`` to ``most`` (None: no such bound)."""

    indicator: str
    area: str
    period: str
    column: str
    least: int | None
    most: int | None
    source: str


class Beside:
    """Sound returns, looked up by figure, and ``known`` totals."""

    def __init__(
        self, packages: Sequence[ReturnPackage], standards: Standards, known: Iterable[KnownTotal] = ()
    ) -> None:
        self._packages = packages
        self._standards = standards
        self._known = tuple(known)
        self._funnels: dict[tuple[str, str], Funnel | str] = {}

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Mapping[str, Row]]:
        """Indicator and period to area code to row."""
        found: dict[tuple[str, str], dict[str, Row]] = {}
        for package in self._packages:
            for indicator, row in known_rows(package, self._standards):
                found.setdefault((indicator.code, package.particulars.period.id), {})[row["area_code"]] = row
        return found

    def label(self, indicator: Indicator, area: str, period: Period) -> Label | None:
        """Where an area lies in London's usual variation; None when that cannot be told. A few cases more or less than
        expected are nothing unusual."""
        row = self._rows.get((indicator.code, period.id), {}).get(area)
        point = None if row is None else self._point(indicator, area, period, row)
        funnel = self._funnel(indicator, period)
        if point is not None and not isinstance(funnel, str) and abs(point[0] - funnel.centre * point[1]) < _FEW_CASES:
            return Label.WITHIN
        return None if point is None or isinstance(funnel, str) else funnel.label(*point)

    def _funnel(self, indicator: Indicator, period: Period) -> Funnel | str:
        key = (indicator.code, period.id)
        if key not in self._funnels:
            rows = self._rows.get(key, {})
            areas = [area for area in sorted(rows) if self._standards.areas.by_code[area].funnel]
            points = [self._point(indicator, area, period, rows[area]) for area in areas]
            transform = Transform.ARCSINE if is_share(indicator) else Transform.SQUARE_ROOT
            self._funnels[key] = additive([point for point in points if point is not None], None, transform)
        return self._funnels[key]

    def _point(self, indicator: Indicator, area: str, period: Period, row: Row) -> tuple[int, int] | None:
        """Numerator and what it is divided by; None where there is no such pair."""
        numerator, divisor = row.count("numerator"), row.count("denominator")
        series, populations = indicator.measure.denominator_series, self._standards.populations
        if series:
            found = populations.at(area, period.population_year, series.rpartition("/")[2]) if populations else None
            divisor = found[0] if found else None
        return (numerator, divisor) if numerator is not None and divisor and row["status"] in _COUNTED else None

    def contradicted(self, package: ReturnPackage) -> list[tuple[str, str]]:
        """Indicators and sources of published totals with which the boroughs' sum does not agree, once all of them have
        sent the year that this return ends."""
        found = []
        for known in self._known:
            period = Period.parse(known.period)
            if not _ends(package.particulars.period, period):
                continue
            total = self._sum(known, period, package.particulars.period)
            below = total is not None and known.least is not None and total < known.least
            above = total is not None and known.most is not None and total > known.most
            if below or above:
                found.append((known.indicator, known.source))
        return sorted(set(found))

    def _sum(self, known: KnownTotal, period: Period, sent: Period) -> int | None:
        """The sum over the boroughs of a total, of the return that ends the period or of all quarters of a year; None
        when a figure is missing."""
        in_quarters = period.kind is PeriodKind.FINANCIAL_YEAR and sent.kind is PeriodKind.FINANCIAL_QUARTER
        parts = quarters(period) if in_quarters else (sent,)
        areas = self._standards.areas.members(known.area)
        rows = [self._rows.get((known.indicator, part.id), {}).get(area) for part in parts for area in areas]
        counts = [None if row is None else row.count(known.column) for row in rows]
        return None if None in counts else sum(count for count in counts if count is not None)


def _ends(sent: Period, period: Period) -> bool:
    is_day = period.kind is PeriodKind.SNAPSHOT
    return sent.end == period.end and (is_day or period.start <= sent.start)
