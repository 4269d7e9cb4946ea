"""What a reader of everything printed so far could work out about one indicator, as the search sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.confidential.suppress.blocks import Base, Block, Counts, Unit
from site_builder.confidential.suppress.bounds import Known, Reach
from site_builder.confidential.suppress.primary import shows_numerator

NUMERATOR, COMPLEMENT, DENOMINATOR = "numerator", "complement", "denominator"


@dataclass(frozen=True, slots=True, repr=False)
class Printed:
    """A cell of an earlier release: what it adds up, and its value in each part, None where it was hidden."""

    unit: Unit
    bases: tuple[Base, ...]
    values: Mapping[str, int | None]


@dataclass(frozen=True, repr=False)
class Case:
    """A block with all that earlier releases told about it.

    ``turns`` counts how often a (borough, period) was revised so far. ``hidden`` and ``shown`` are units that an
    earlier release settled for good.
    """

    block: Block
    printed: tuple[Printed, ...] = ()
    turns: Mapping[tuple[str, str], int] | None = None
    hidden: frozenset[Unit] = frozenset()
    shown: frozenset[Unit] = frozenset()

    def __repr__(self) -> str:
        return f"<Case {self.block!r}>"

    def bases(self, unit: Unit) -> tuple[Base, ...]:
        """The smallest counts a unit adds up, as they stand now."""
        turns = self.turns or {}
        return tuple(base._replace(turn=turns.get((base.area, base.period), 0)) for base in self.block.bases(unit))

    def parts(self) -> tuple[str, ...]:
        """The tables that can be looked at one by one, because hidden units hide both of their counts."""
        if len(self.block.measures()) == 1:
            return (NUMERATOR,)
        return (NUMERATOR, COMPLEMENT) if self.block.rules.parted else (NUMERATOR, DENOMINATOR)

    def is_known(self, unit: Unit, part: str, hidden: Collection[Unit]) -> bool:
        """Whether the unit's value in this part follows at once from what is printed of it."""
        if unit not in hidden:
            return True
        return part == NUMERATOR and shows_numerator(self.block.counts[unit], self.block.rules)


def value_of(counts: Counts, part: str) -> int:
    """A unit's count in one part."""
    denominator = counts.denominator or 0
    return {
        NUMERATOR: counts.numerator,
        COMPLEMENT: denominator - counts.numerator,
        DENOMINATOR: denominator,
    }[part]


@dataclass(frozen=True, slots=True)
class Span:
    """The range of a hidden count, and its public floor."""

    low: int
    high: int
    floor: int


def failing(case: Case, hidden: Collection[Unit]) -> tuple[Unit, ...]:
    """The hidden units of which a reader would learn more than the legend says, in order."""
    return tuple(sorted({unit for unit, _ in failing_counts(case, hidden)}))


def failing_counts(case: Case, hidden: Collection[Unit]) -> frozenset[tuple[Unit, str]]:
    """The hidden counts, a unit and a part each, of which a reader would learn more than the legend says."""
    bad: set[tuple[Unit, str]] = set()
    spans: dict[str, dict[Unit, Span]] = {}
    for part in case.parts():
        spans[part] = dict(_spans(case, part, hidden))
        latent = part == COMPLEMENT
        bad.update((unit, part) for unit, span in spans[part].items() if not _passes(span, case, latent=latent))
    for unit, span in spans.get(COMPLEMENT, {}).items():
        above = spans[NUMERATOR].get(unit)
        if above is not None:
            whole = Span(above.low + span.low, above.high + span.high, above.floor + span.floor)
            if not _passes(whole, case, latent=False):
                bad |= {(unit, NUMERATOR), (unit, COMPLEMENT)}
    return frozenset(bad)


def _passes(span: Span, case: Case, *, latent: bool) -> bool:
    """The uniform test: every value the legend leaves open is possible, or none of the small ones is."""
    rules = case.block.rules
    if span.low > rules.threshold:
        return True
    if latent and rules.zeros_shown and span.low == span.high == 0:
        return True
    least, most = legend(span.floor, case)
    return span.low <= least and span.high >= most


def legend(floor: int, case: Case) -> tuple[int, int]:
    """The least and the greatest value that the legend leaves open for a count with this public floor."""
    rules = case.block.rules
    return max(1 if rules.zeros_shown else 0, floor), max(rules.threshold, floor + 2)


def _spans(case: Case, part: str, hidden: Collection[Unit]) -> Iterator[tuple[Unit, Span]]:
    """Ranges of the units whose value in one part is unknown."""
    known, floors = _bases(case, part, hidden)
    reach = Reach(floors, _sums(case, part, hidden, known, floors))
    for unit in sorted(hidden):
        if case.is_known(unit, part, hidden):
            continue
        bases = case.bases(unit)
        told = sum(known.get(base, 0) for base in bases)
        unknown = [base for base in bases if base in floors]
        floor = sum(floors[base] for base in unknown) + sum(known.get(base, 0) > 0 for base in bases)
        least, most = legend(floor, case)
        if case.block.rules.parted:  # the two parts are added up, so nothing short of the floor will do
            least = floor
        low, high = reach.spans(unknown, least - told, most - told)
        yield unit, Span(low + told, high + told, floor)


def _bases(case: Case, part: str, hidden: Collection[Unit]) -> tuple[dict[Base, int], dict[Base, int]]:
    """The smallest counts: those a reader knows with their value, the others with their public floor."""
    known: dict[Base, int] = {}
    floors: dict[Base, int] = {}
    for unit, counts in case.block.counts.items():
        bases = case.bases(unit)
        if len(bases) > 1 or unit.area in case.block.groups:
            continue
        if case.is_known(unit, part, hidden):
            known[bases[0]] = value_of(counts, part)
        else:
            floors[bases[0]] = floor_of(case, unit, part)
    for one in case.printed:
        value = one.values.get(part)
        if len(one.bases) == 1 and value is not None:
            known.setdefault(one.bases[0], value)
    for bases in (*(case.bases(unit) for unit in case.block.counts), *(one.bases for one in case.printed)):
        for base in bases:  # never displayed by itself, or hidden in the release that had it
            if base not in known:
                floors.setdefault(base, 0)
    return known, floors


def floor_of(case: Case, unit: Unit, part: str) -> int:
    """1 where a zero would have been printed; a complement is never displayed, so it may be zero."""
    rules, counts = case.block.rules, case.block.counts[unit]
    if not rules.zeros_shown:
        return 0
    return int(part != COMPLEMENT or shows_numerator(counts, rules))


def _sums(
    case: Case, part: str, hidden: Collection[Unit], known: Mapping[Base, int], floors: Mapping[Base, int]
) -> Iterator[Known]:
    """Every printed sum over unknown counts, of this release and of earlier ones."""
    for bases, value in _printed_sums(case, part, hidden):
        unknown = tuple(base for base in bases if base in floors)
        if unknown:
            yield Known(unknown, value - sum(known[base] for base in bases if base in known))


def _printed_sums(case: Case, part: str, hidden: Collection[Unit]) -> Iterable[tuple[Sequence[Base], int]]:
    for unit, counts in case.block.counts.items():
        if case.is_known(unit, part, hidden):
            yield case.bases(unit), value_of(counts, part)
    for one in case.printed:
        value = one.values.get(part)
        if value is not None:
            yield one.bases, value
