"""The primary rules: which counts may not be printed because of what they are themselves."""

from __future__ import annotations

from site_builder.confidential.suppress.blocks import Block, Counts, Rules, Unit


def primary(block: Block) -> frozenset[Unit]:
    """The units of a block that must be hidden whatever else is shown."""
    return frozenset(unit for unit, counts in block.counts.items() if must_hide(counts, block.rules))


def must_hide(counts: Counts, rules: Rules) -> bool:
    """Whether a unit's counts may not be printed.

    Small count; small denominator (also the base of a count of events); small complement, where the denominator is
    numerator plus complement. Where zeros are hidden, "none" and "all" are hidden with them.
    """
    numerator, denominator = counts
    if rules.is_small(numerator):
        return True
    if denominator is None:
        return False
    return rules.is_small(denominator) or (rules.parted and rules.is_small(denominator - numerator))


def shows_numerator(counts: Counts, rules: Rules) -> bool:
    """Whether a hidden unit still prints its numerator: a zero, where zeros are shown.

    A hidden zero would say by its mark that it is above zero, which is false; and beside a hidden denominator a zero
    numerator tells no more than that all cases are of the other kind.
    """
    return counts.numerator == 0 and rules.zeros_shown


def may_hide(counts: Counts, rules: Rules) -> bool:
    """Whether a unit may be hidden to protect another one: not a zero, where zeros are shown."""
    return not shows_numerator(counts, rules)
