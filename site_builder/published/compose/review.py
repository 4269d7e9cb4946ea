"""The yearly review of the set: for each indicator how much of it came, how much is hidden, how far it moves, on which
cards it stands, and which may be retired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from site_builder.published import addresses, phrases
from site_builder.published.collected import SENT
from site_builder.published.compose.documents import (
    Cell,
    control,
    is_invented,
    numbered,
    said,
    section,
    table,
    to_indicator,
)
from site_builder.published.compose.indicator import INDICATORS
from site_builder.published.compose.values import shown
from site_builder.published.frames import ILLUSTRATIVE, Frames
from site_builder.published.hidden import BOROUGH, tallies
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import DocumentPage, Part, Section
from site_builder.published.pages_parts import Row
from site_builder.published.statistics import IndicatorData, redefined
from site_builder.release.releases import Release, State
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status
from site_builder.vocabulary.methods.quantiles import median
from site_builder.vocabulary.periods import Period, day_in_words
from site_builder.vocabulary.rounding import half_up_fraction

_FEWEST = 10  # boroughs from which on a median of changes is printed
_NO_ROW = "None asked"
_COLUMNS = (
    "Indicator",
    "Came, last four quarters",
    f"Hidden, of {HERE.areas}’ figures",
    f"Moves in a year, median of {HERE.areas}",
)


def years(inputs: Inputs) -> Mapping[int, Release]:
    """The years in which releases were published, each with the last of them."""
    return {one.published_on.year: one for one in inputs.releases}


def review(frames: Frames, inputs: Inputs, year: int) -> DocumentPage:
    """The review of a year, from the last release that was published in it."""
    path, one = addresses.review(year), years(inputs)[year]
    figures = inputs.figures if one is inputs.latest else inputs.of_release(one)
    retiring = candidates(inputs.catalogue.values(), one)
    never = [
        i for i in inputs.catalogue.values() if i.status is Status.AGREED and not i.is_collected and not i.is_national
    ]
    return DocumentPage(
        frames.frame(
            path, f"Review of the indicators, {year}", "What came, what is hidden and what moves, for each indicator.",
            "indicators", (INDICATORS,), (ILLUSTRATIVE,) if is_invented(one) else (),
        ),
        "Yearly review",
        f"Review of the indicators, {year}",
        f"From release {one.id}, published {day_in_words(one.published_on)}, the last of that year. It asks of each "
        "indicator whether it earns the work of collecting it.",
        (),
        numbered((
            _table(inputs, one, figures, path),
            _reading(),
            _listed("Candidates to retire", retiring, f"No indicator: each was returned by some {HERE.area} in the last four quarters.", f"Returned by no {HERE.area} for four quarters, or never. A board decides, through a proposal.", path),
            _listed(f"Agreed, and not collected from {HERE.areas}", never, "None.", "Another agency holds the figure, and no release holds it yet.", path),
        )),
        control(inputs, one),
    )  # fmt: skip


def _table(inputs: Inputs, one: Release, figures: Mapping[str, IndicatorData], path: str) -> Section:
    hidden = {tally.indicator: tally for tally in tallies(one) if tally.level == BOROUGH}
    cards = inputs.cards
    rows: list[tuple[Cell, ...]] = []
    for code in (code for code in inputs.catalogue if code in figures and not figures[code].source.national):
        indicator, tally = inputs.catalogue[code], hidden.get(code)
        used = [card.title for card in cards if code in card.indicators]
        rows.append(
            (
                to_indicator(path, indicator),
                came(indicator, one),
                _share(tally.hidden, tally.hidden + tally.printed) if tally else f"No {HERE.area} figures",
                volatility(figures[code]),
                *((phrases.listed(used) or "None",) if cards else ()),
            )
        )
    mark = "Illustrative: " if is_invented(one) else ""
    columns = (*_COLUMNS, *(("Score cards",) if cards else ()))
    return section("Indicator by indicator", Part(table=table(f"{mark}The set in review", columns, rows), words=True))


def _reading() -> Section:
    text = (
        "A figure that often does not come costs work and tells little. A figure that is mostly hidden tells a board "
        f"little of one {HERE.area}, and may still tell of {HERE.name}. A figure that moves much from year to year in an ordinary "
        f"{HERE.area} is hard to read. The move is the difference between {HERE.an_area}’s latest figure and that of a year before, "
        f"as a share of the earlier one; half of the {HERE.areas} with both figures printed moved less than the median. None of "
        "this says whether a measure is the right one."
    )
    return section("How to read this", said(text))


def _share(part: int, whole: int) -> str:
    if not whole:
        return "No figures"
    return f"{half_up_fraction(Fraction(100 * part, whole), 0)}% ({part:,} of {whole:,})"


def _last_year(one: Release) -> Iterable[State]:
    """What became of the figures of the four quarters up to the release's period."""
    end = one.id.period.end
    start = end.replace(year=end.year - 1)  # the ends of quarters are in every year
    return (s for s in one.coverage if start < Period.parse(s.period).end <= end and s.state != "not-applicable")


def came(indicator: Indicator, one: Release) -> str:
    """How many of the figures that were asked for in the last four quarters came."""
    states = [s.state for s in _last_year(one) if s.indicator == indicator.code]
    return _share(sum(state in SENT for state in states), len(states)) if states else _NO_ROW


def volatility(data: IndicatorData) -> str:
    """The median of how far boroughs' printed figures moved in a year, relative to the earlier one; in words, or why there
    is none."""
    period = data.headline
    before = [
        p
        for p in data.periods
        if period and p.kind is period.kind and p.end.year + 1 == period.end.year and p.end.month == period.end.month
    ]
    if period is None or not before or redefined(data.indicator, before[0], period):
        return "No year before"
    moves = []
    for area in data.boroughs:
        now, then = (shown(data.points[area, p], data).value for p in (period, before[0]))
        if now is not None and then:
            moves.append(abs(now - then) / then)
    if len(moves) < _FEWEST:
        return f"Too few figures: {phrases.boroughs(len(moves))}"
    return f"{half_up_fraction(100 * median(moves), 0)}% ({phrases.boroughs(len(moves))})"


def candidates(catalogue: Iterable[Indicator], one: Release) -> list[Indicator]:
    """The indicators that boroughs are to send and that none has sent for four quarters, up to the release's period."""
    sent = {s.indicator for s in _last_year(one) if s.state in SENT}
    return [i for i in catalogue if i.is_collected and i.code not in sent]


def _listed(heading: str, some: list[Indicator], empty: str, opening: str, path: str) -> Section:
    if not some:
        return section(heading, said(empty))
    rows = tuple(Row(i.code, to_indicator(path, i)) for i in some)
    return section(heading, said(opening), Part(rows=rows))
