"""Stages T and X: each return beside those before it and beside those of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from types import MappingProxyType

from site_builder.confidential.docket import Docket
from site_builder.confidential.folders import ReturnPackage
from site_builder.confidential.rules import boroughs, time, values
from site_builder.confidential.rules.beside import Beside, KnownTotal
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.areas import TOTALS
from site_builder.vocabulary.periods import Period, PeriodKind, quarters
from site_builder.vocabulary.planes import Classification

_BESIDE_EARLIER = (*time.RULES, *values.BESIDE_EARLIER)


def compare(
    dockets: Sequence[Docket],
    standards: Standards,
    root: Path,
    released: Mapping[tuple[str, str], ReturnPackage] = MappingProxyType({}),
) -> None:
    """Add to each docket what stages T and X find, among the returns that have no error so far. ``released``: returns as
    they stood when they were released, by submitter and period."""
    for docket, where in _twice(dockets):
        docket.add(boroughs.two_sources, boroughs.two_sources(where))
    sound = [package for docket in dockets if (package := docket.sound) is not None]
    among = _Among(sound, standards, root)
    for docket in dockets:
        package = docket.sound
        if package is not None:
            docket.add(time.restated, time.restated(package, released.get(_key(package)), standards))
            _stage_t(docket, package, among, standards)
            _stage_x(docket, package, among, standards)


def one_of_each(dockets: Iterable[Docket]) -> list[Docket]:
    """Dockets without those of a submitter and period that came before: rule X804 speaks of these."""
    found: dict[object, Docket] = {}
    for docket in dockets:
        found.setdefault(docket.folder if docket.package is None else _key(docket.package), docket)
    return list(found.values())


class _Among:
    """The sound returns: one by its submitter and period, all of a period, and all figures side by side."""

    def __init__(self, packages: Sequence[ReturnPackage], standards: Standards, root: Path) -> None:
        self._one = {_key(package): package for package in packages}
        self._of_period: defaultdict[Period, list[ReturnPackage]] = defaultdict(list)
        for _, package in sorted(self._one.items()):
            self._of_period[package.particulars.period].append(package)
        real = any(one.particulars.classification is not Classification.SYNTHETIC for one in packages)
        self.beside = Beside(packages, standards, _known_totals(standards, root) if real else ())

    def get(self, slug: str, period: Period) -> ReturnPackage | None:
        """A submitter's return for a period."""
        return self._one.get((slug, period.id))

    def others(self, package: ReturnPackage) -> list[ReturnPackage]:
        """Returns for the same period from other senders of the same kind."""
        own = package.particulars.submitter
        return [
            one
            for one in self._of_period[package.particulars.period]
            if one.particulars.submitter.kind is own.kind and one.particulars.submitter.slug != own.slug
        ]


def _key(package: ReturnPackage) -> tuple[str, str]:
    return package.particulars.submitter.slug, package.particulars.period.id


def _twice(dockets: Iterable[Docket]) -> Iterator[tuple[Docket, str]]:
    """Returns of which another place holds one for the same submitter and period, with that place."""
    places: defaultdict[tuple[str, str], list[Docket]] = defaultdict(list)
    for docket in dockets:
        if docket.package is not None:
            places[_key(docket.package)].append(docket)
    for _, same in sorted(places.items()):
        for docket in same:
            others = [other.folder.label for other in same if other is not docket]
            if others:
                yield docket, others[0]


def _stage_t(docket: Docket, package: ReturnPackage, among: _Among, standards: Standards) -> None:
    slug, period = _key(package)[0], package.particulars.period
    earlier = among.get(slug, time.period_before(period))
    if earlier is None:
        docket.skipped |= {rule.code for rule in (*_BESIDE_EARLIER, time.year_to_date, boroughs.stands_out)}
        docket.add(time.no_earlier, time.no_earlier(package))
        return
    in_quarters = period.kind is PeriodKind.FINANCIAL_QUARTER
    before = [among.get(slug, one) for one in quarters(period.year)[: period.part - 1]] if in_quarters else []
    known = [one for one in before if one is not None]
    added_up = list(time.year_to_date(package, known, standards)) if known else []
    docket.add(time.year_to_date, added_up)
    for rule in _BESIDE_EARLIER:
        if not (added_up and rule is time.large_change):  # a sum since April explains every large change
            docket.add(rule, rule(package, earlier, standards))


def _stage_x(docket: Docket, package: ReturnPackage, among: _Among, standards: Standards) -> None:
    others = among.others(package)
    if package.particulars.submitter.area is not None and not others:
        docket.skipped |= {rule.code for rule in (*boroughs.RULES, *boroughs.AMONG_ALL)}
        docket.add(boroughs.no_others, boroughs.no_others())
    for rule in boroughs.RULES:
        docket.add(rule, rule(package, others, standards))
    for rule in boroughs.AMONG_ALL:
        docket.add(rule, rule(package, among.beside, standards))


def _known_totals(standards: Standards, root: Path) -> tuple[KnownTotal, ...]:
    """What others have published of sums over boroughs: national packages and single known facts."""
    from site_builder.release.cells import CellKey  # a second to load, and only real returns need it
    from site_builder.release.externals import known_facts, twins
    from site_builder.release.releases import load_national

    periods = {period for one in standards.collection.rounds for period in _printed_periods(one.period)}
    keys = [
        CellKey(code, indicator.version, area, period, "total", column, "all")
        for code, indicator in standards.catalogue.items()
        for area, period, column in product(TOTALS, sorted(periods), ("numerator", "denominator"))
    ]
    told = (*twins(standards.catalogue, load_national(root), keys), *known_facts(root, standards.catalogue, keys))
    return tuple(
        KnownTotal(key.indicator, key.area, key.period, key.measure, one.least, one.most, one.source)
        for one in told
        if len(one.terms) == 1 and (key := one.terms[0].key).area in TOTALS
    )


def _printed_periods(period: Period) -> tuple[str, ...]:
    """How publishers may name the time of a return: its period, its year, and its last day."""
    return str(period), str(period.year), period.end.isoformat()
