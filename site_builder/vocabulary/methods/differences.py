"""Change between two periods of one area: whether it is clear, and whether it is a jump. Counts in, a verdict out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from site_builder.vocabulary.methods.intervals import Difference, difference_of_proportions, difference_of_rates
from site_builder.vocabulary.methods.reasons import Reason

CLEAR, JUMP = 0.95, 0.998
JUMP_SHARE = Fraction(1, 5)  # a jump is larger than this part of the earlier value
JUMP_CASES = 5  # and at least this many cases
MINIMUM_FOR_SHARE = 20  # the earlier numerator under which a change is not given as a part of it


@dataclass(frozen=True, slots=True)
class Change:
    """The later value minus the earlier, in the unit of the value, with its 95 % limits.

    ``is_clear``: the 95 % interval leaves out 0: more than chance. ``is_jump``: so does the 99.8 % interval, the change
    is more than a fifth of the earlier value, and five or more cases lie between the numerators. ``relative``: the
    change as an exact part of the earlier value, or SMALL_EARLIER_COUNT when the earlier numerator is under twenty.
    """

    difference: float
    lower: float
    upper: float
    is_clear: bool
    is_jump: bool
    relative: Fraction | Reason


def between_proportions(x1: int, n1: int, x2: int, n2: int, multiplier: int = 1) -> Change:
    """From ``x1 / n1`` to ``x2 / n2``, in units of one ``multiplier``-th (100: percentage points).

    Newcombe's hybrid score method (1998, method 10). 0 <= x <= n and n > 0, else ValueError: a share of nobody does not
    apply, which its state says before anything is compared.
    """
    near, far = (difference_of_proportions(x1, n1, x2, n2, level) for level in (CLEAR, JUMP))
    scaled = Difference(near.estimate * multiplier, near.lower * multiplier, near.upper * multiplier)
    return _change((x1, n1), (x2, n2), scaled, far)


def between_rates(x1: int, n1: int, x2: int, n2: int, multiplier: int) -> Change:
    """From ``x1`` events among ``n1`` people to ``x2`` among ``n2``, per ``multiplier`` people.

    Square-and-add on the Poisson limits (MOVER; Zou and Donner 2008). x >= 0 and n > 0, else ValueError. Plain counts
    are rates with populations and a multiplier of 1.
    """
    near, far = (difference_of_rates(x1, n1, x2, n2, multiplier, level) for level in (CLEAR, JUMP))
    return _change((x1, n1), (x2, n2), near, far)


def _change(first: tuple[int, int], second: tuple[int, int], near: Difference, far: Difference) -> Change:
    earlier, later = Fraction(*first), Fraction(*second)
    is_large = abs(later - earlier) > JUMP_SHARE * earlier and abs(second[0] - first[0]) >= JUMP_CASES
    small = first[0] < MINIMUM_FOR_SHARE
    return Change(
        near.estimate,
        near.lower,
        near.upper,
        is_clear=_leaves_out_zero(near),
        is_jump=_leaves_out_zero(far) and is_large,
        relative=Reason.SMALL_EARLIER_COUNT if small else (later - earlier) / earlier,
    )


def _leaves_out_zero(found: Difference) -> bool:
    return found.lower > 0 or found.upper < 0
