"""The rule of published lines: how many of a line's counts are hidden if any is, and how much they hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.confidential.suppress.blocks import Unit
from site_builder.confidential.suppress.cuts import Cut
from site_builder.confidential.suppress.reader import COMPLEMENT, Case, value_of

Line = tuple[Unit, ...]  # the total first


def lines_through(case: Case, unit: Unit) -> list[Line]:
    """The published lines a unit stands in."""
    return [line for line in case.block.lines if unit in line]


def is_thin(case: Case, line: Line, hidden: Collection[Unit]) -> bool:
    """Whether a line with a hidden count has too few of them, or too little in them."""
    for part in case.parts():
        unknown = [unit for unit in line if not case.is_known(unit, part, hidden)]
        if 0 < len(unknown) < case.block.rules.min_hidden_per_line:
            return True
        held = sum(value_of(case.block.counts[unit], part) for unit in unknown)
        is_group = _counts_as_group(case, part) and unknown and line[0] not in unknown
        if is_group and held <= case.block.rules.threshold:
            return True
    return False


def line_cuts(case: Case, free: Collection[Unit]) -> Iterator[Cut]:
    """The same rule as conditions on a pattern. ``free``: the units that are or may be hidden."""
    least = case.block.rules.min_hidden_per_line - 1
    for part in case.parts():
        for line in case.block.lines:
            unknown = [unit for unit in line if unit in free and not case.is_known(unit, part, free)]
            for unit in unknown:
                yield Cut(tuple((other, 1.0) for other in unknown if other != unit), float(least), unit)
                if _counts_as_group(case, part) and unit != line[0]:
                    yield _group(case, part, line, unknown, unit)


def _group(case: Case, part: str, line: Line, unknown: Collection[Unit], unit: Unit) -> Cut:
    """Beside a shown total the hidden parts hold more than a small count."""
    enough = case.block.rules.threshold + 1
    weights = {one: min(value_of(case.block.counts[one], part), enough) for one in unknown}
    weights |= {line[0]: enough} if line[0] in weights else {}
    least = enough - weights.pop(unit)
    return Cut(tuple((one, float(min(weight, least))) for one, weight in weights.items() if weight), float(least), unit)


def _counts_as_group(case: Case, part: str) -> bool:
    """Whether a group of hidden zeros could pass for a small count: not where zeros are shown, nor for a complement,
    which is no printed count."""
    return part != COMPLEMENT and not case.block.rules.zeros_shown
