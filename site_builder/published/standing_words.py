"""Sentences about what stands out: how many comparisons, how many by chance, how many could not be made. No judgement."""

from __future__ import annotations

from site_builder.published.phrases import capital, count_word, listed, with_unit
from site_builder.published.sentences import short_period
from site_builder.published.standing_out import CAUGHT, CHANCE, Comparison, Subject, Tally, expected
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.methods.funnels import Funnel
from site_builder.vocabulary.rounding import half_up_float, half_up_fraction

_REASONS = {
    "c": f"hidden to protect {HERE.people}",
    "x": "not available",
    "z": "where the figure does not apply",
    "u": "too unreliable to show",
    "low": "above zero but printed as zero",
    "no-counts": "of figures printed without both counts",
    "too-small": "of a place too small to be compared",
    "count": "of counts, which are higher in larger places",
    "too-few-areas": f"of indicators for which too few {HERE.areas} have a figure",
    "all-equal": f"of indicators on which all {HERE.areas} are equal",
    "centre-at-the-end": f"of indicators on which {HERE.name}’s figure is none or all",
    "no-funnel": "of indicators that are not compared in this way",
}
_ALONE = {
    "count": "Not compared: a count is higher in a larger place.",
    "too-few-areas": f"Not compared: fewer than 20 {HERE.areas} have a figure.",
    "all-equal": f"Not compared: all {HERE.areas} are equal.",
    "centre-at-the-end": f"Not compared: {HERE.name}’s figure is none or all.",
    "no-funnel": "Not compared: no usual variation is worked out for this indicator.",
}


def found(of: Tally) -> str:
    """How many comparisons there are, and how many lie beyond each limit."""
    if not of.made:
        return "No comparison can be made yet."
    made = f"{of.made:,} comparisons are made here, on {count_word(of.indicators)} indicator{_s(of.indicators)}."
    if not of.beyond:
        return f"{made} None lies beyond the 95% limit: nothing stands out."
    beyond = f"{made} {capital(count_word(of.beyond))} {_lie(of.beyond)} beyond the 95% limit"
    if not of.out:
        return f"{beyond}, and none of these beyond the 99.8% limit: nothing stands out."
    return f"{beyond}; {count_word(of.out)} of these {_lie(of.out)} beyond the 99.8% limit and {'stands' if of.out == 1 else 'stand'} out."


def by_chance(of: Tally) -> tuple[str, ...]:
    """How many would lie beyond each limit by chance alone; nothing without a comparison."""
    if not of.made:
        return ()
    exact = [expected(of.made, CHANCE[level]) for level in ("95", "998")]
    caught = [expected(of.made, CAUGHT[level]) for level in ("95", "998")]
    shares = [half_up_fraction(CAUGHT[level] * 100, 1) for level in ("95", "998")]
    return (
        f"By chance alone about {exact[0]} of {of.made:,} would lie beyond the 95% limit and about {exact[1]} beyond the "
        "99.8% limit, on one side or the other.",
        f"These limits are a little narrow: before the usual variation is measured, the outermost tenth of {HERE.areas} at "
        f"each end is drawn in (winsorised), as is the custom. Simulated for 33 ordinary {HERE.areas}, the limits catch about "
        f"{shares[0]}% and {shares[1]}%, which comes to about {caught[0]} and {caught[1]} here. So only what lies beyond "
        "the 99.8% limit is said to stand out, and some of that is chance too.",
    )


def not_made(of: Tally) -> str:
    """How many comparisons could not be made, and why; empty when all could."""
    total = sum(of.unmade.values())
    if not total:
        return ""
    parts = [f"{of.unmade[reason]:,} {words}" for reason, words in _REASONS.items() if of.unmade.get(reason)]
    return f"{total:,} could not be made: {listed(parts)}."


def about(subject: Subject) -> str:
    """What an indicator's comparisons rest on: period, London's value, dispersion, how many boroughs."""
    if isinstance(subject.funnel, str):
        return f"{short_period(subject.period)}."
    london = subject.data.points[LONDON, subject.period]
    own = f"The centre is the {HERE.areas} compared, taken together. " if london.absent else ""
    centre = (
        f"{HERE.name} {with_unit(london, subject.data.indicator)}{f' ({london.coverage})' if london.coverage else ''}"
        if london.value.is_shown
        else f"{HERE.name}’s figure is not shown"
    )
    return f"{short_period(subject.period)}. {centre}. {own}Phi {phi(subject.funnel)}, {subject.funnel.areas} {HERE.areas} compared."


def phi(funnel: Funnel) -> str:
    """The dispersion, with one place."""
    return half_up_float(funnel.phi, 1)


def nothing(subject: Subject) -> str:
    """What is said of an indicator that has no row: that nothing stands out, or why it is not compared."""
    if isinstance(subject.funnel, str):
        return _ALONE["count" if "count" in subject.unmade else subject.funnel]
    return f"Nothing stands out: all {len(subject.made)} compared are within the usual variation."


def since(one: Comparison) -> str:
    """Since when a borough has been beyond the 95 % limit on this side."""
    if one.since is None:
        return ""
    return f"{short_period(one.since)}{' or before' if one.known_before else ''}"


def signed(z: float) -> str:
    """A z value with two places and a true minus."""
    return half_up_float(z, 2).replace("-", "−")


def _lie(number: int) -> str:
    return "lies" if number == 1 else "lie"


def _s(number: int) -> str:
    return "" if number == 1 else "s"
