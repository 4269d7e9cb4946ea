"""Which pages carry the notice that their figures were corrected, and its words.

It stands from the correction to the next planned release, which has every figure anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.phrases import count_word, listed
from site_builder.published.revisions import Corrected, Revisions, in_order
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.periods import day_in_words

_NAMED = 5  # names in one notice; the rest is counted


class Correction(NamedTuple):
    """What a page says of a correction: ``text``, and the page and anchor where all of it stands."""

    text: str
    target: str


def corrected_pages(revisions: Revisions, areas: Areas) -> Mapping[str, tuple[Correction, ...]]:
    """The path of each page whose figures were corrected, to what it says, the earliest correction first."""
    found: dict[str, tuple[Correction, ...]] = {}
    for one in revisions.corrections():
        target = f"{addresses.CHANGES}#{anchor_of(str(one.release.id))}"
        for path, what in _pages(one, areas):
            words = f"On {day_in_words(one.release.published_on)}: {what}."
            found[path] = (*found.get(path, ()), Correction(words, target))
    return found


def anchor_of(release: str) -> str:
    """Where the changes of a release stand on the page of changes."""
    return f"r{release.lower().replace('.', '-')}"


def _pages(one: Corrected, areas: Areas) -> Iterator[tuple[str, str]]:
    """Every page that a correction reaches, with what was corrected there."""
    for code in sorted({place.indicator for place in one.figures}):
        here = [place for place in one.figures if place.indicator == code]
        names = {areas.by_code[place.area].name for place in here}
        words = f"{_named(sorted(names))}, for {_named(in_order({p.period for p in here}))}"
        for path in (addresses.indicator(code), addresses.by_rate(code), addresses.revisions(code)):
            yield path, words
    for area in areas.boroughs:
        codes = sorted({place.indicator for place in one.figures if place.area == area.code})
        if codes:
            yield addresses.borough(area.slug), _named(codes)
            yield addresses.profile(area.slug), _named(codes)
        for code in codes:
            periods = {p.period for p in one.figures if (p.area, p.indicator) == (area.code, code)}
            yield addresses.borough_indicator(area.slug, code), f"figures for {_named(in_order(periods))}"


def _named(names: Iterable[str]) -> str:
    known = list(names)
    more = len(known) - _NAMED
    return listed([*known[:_NAMED], f"{count_word(more)} more"] if more > 0 else known)
