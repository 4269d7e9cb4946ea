"""Targets that a partnership has agreed for a figure, and whether a printed figure meets one.

Read from ``datapackages/reference/targets``. A figure that is not shown has no status anywhere: it would tell its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, NoReturn

from site_builder.published.figures import Figure, read
from site_builder.release import package
from site_builder.release.tables import Row
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.symbols import Polarity

FOLDER = "datapackages/reference/targets"
FILE = f"{FOLDER}/targets.csv"
AT_LEAST, AT_MOST, BETWEEN = "at-least", "at-most", "between"


class Status(Enum):
    """How a printed figure lies to its target."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    INSIDE = "inside"
    OUTSIDE = "outside"


class Target(NamedTuple):
    """A target for one area and indicator. In force from ``start`` to ``end``, both included; ``end`` None: until further
    notice. ``value``, ``upper``, ``tolerance``: as written, in the unit of the figure; ``upper`` is empty unless ``kind`` is
    BETWEEN. ``reason``: why a figure without a polarity has a range."""

    area: str
    indicator: str
    breakdown: str
    start: date
    end: date | None
    kind: str
    value: str
    upper: str
    tolerance: str
    source_plan: str
    approved_by_role: str
    approved_on: date
    reason: str

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


def load_targets(root: Path, catalogue: Mapping[str, Indicator], areas: Areas) -> tuple[Target, ...]:
    """The targets of a checkout; none without the folder. Raises ConfigurationError (A101) for a row that cannot be used and
    for targets that overlap in time; IntegrityRefusal when the package was changed."""
    if not (root / FOLDER).is_dir():
        return ()
    targets = tuple(_target(row, catalogue, areas) for row in package.read(root / FOLDER).rows("targets.csv"))
    for one, other in combinations(targets, 2):
        if one[:3] == other[:3] and _overlap(one, other):
            _refuse(one, "two targets overlap in time", "End one before the other begins.")
    return targets


def in_force(targets: Iterable[Target], area: str, indicator: str, period: Period) -> Target | None:
    """The target of a whole figure on the last day of its period."""
    wanted = (area, indicator, "total")
    return next((one for one in targets if one[:3] == wanted and one.is_in_force(period.end)), None)


def status_of(target: Target, value: Figure) -> Status | None:
    """How a figure as printed lies to a target; None where it is not shown. A limit that is reached is kept."""
    if not value.is_shown:
        return None
    own, first = read(value.plain), read(target.value)
    if target.kind == BETWEEN:
        return Status.INSIDE if first <= own <= read(target.upper) else Status.OUTSIDE
    short = own - first if target.kind == AT_MOST else first - own
    if short <= 0:
        return Status.MET
    return Status.NEAR if short <= _number(target.tolerance) else Status.MISSED


def is_within_chance(target: Target, lower: Figure, upper: Figure) -> bool:
    """Whether an end of the target lies inside the printed interval of the figure."""
    if not (lower.is_shown and upper.is_shown):
        return False
    ends = [read(end) for end in (target.value, target.upper) if end]
    return any(read(lower.plain) <= end <= read(upper.plain) for end in ends)


def _target(row: Row, catalogue: Mapping[str, Indicator], areas: Areas) -> Target:
    try:
        made = Target(
            row["area"], row["indicator"], row["breakdown"], date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None, row["kind"], row["value"], row["upper"],
            row["tolerance"], row["source_plan"], row["approved_by_role"], date.fromisoformat(row["approved_on"]),
            row["reason"],
        )  # fmt: skip
        problem = _problem(made, catalogue, areas)
    except ValueError as error:
        raise mistake(FILE, "A day or a number cannot be read.", "Write days year first, and plain numbers.") from error
    if problem:
        _refuse(made, *problem)
    return made


def _problem(one: Target, catalogue: Mapping[str, Indicator], areas: Areas) -> tuple[str, str] | None:
    if one.area not in areas.by_code or one.indicator not in catalogue or one.breakdown != "total":
        return "the area, the indicator or the breakdown is not known", "Use codes of the catalogue, and total."
    if one.end is not None and one.end < one.start:
        return "it ends before it begins", "Put the two days right."
    if one.kind not in (AT_LEAST, AT_MOST, BETWEEN) or (one.kind == BETWEEN) is not bool(one.upper):
        return "the kind is not known, or upper stands where it should not", "Give upper with between, and only there."
    if one.kind == BETWEEN and (read(one.upper) <= read(one.value) or one.tolerance):
        return "the range is empty or has a tolerance", "Give the lower end first, and no tolerance."
    if read(one.value) < 0 or _number(one.tolerance) < 0:
        return "a number is below zero", "Give the target, and how far a figure may miss it and be called near."
    if catalogue[one.indicator].polarity is Polarity.NO_JUDGEMENT and (one.kind != BETWEEN or not one.reason):
        return "an indicator that is not judged may have a range only, with a reason", "Use between, and say why."
    return None


def _overlap(one: Target, other: Target) -> bool:
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _number(text: str) -> Fraction:
    return read(text) if text else Fraction(0)


def _refuse(one: Target, problem: str, fix: str) -> NoReturn:
    raise mistake(FILE, f"Target of {one.indicator} for {one.area} from {one.start}: {problem}.", fix)
