"""Sentences of the pages of boroughs, each a pure function of figures. None judges, none compares a hidden figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_builder.published.figures import CAUTIONS, Figure
from site_builder.published.phrases import capital, change_word, count_word, when, with_unit, without
from site_builder.published.points import Point
from site_builder.published.statistics import IndicatorData, comparable_from
from site_builder.release.reference import Neighbour
from site_builder.vocabulary.areas import LONDON, Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Kind
from site_builder.vocabulary.methods.trends import Trend
from site_builder.vocabulary.periods import MONTHS, Period, PeriodKind, day_in_words

QUESTIONS = (
    ("needs", f"What are the needs of {HERE.people}, young people and families in our area?"),
    ("done", "How much have we done to meet those needs?"),
    ("how-well", "How well have we done it"),
)
NEXT = "What do we still need to do?"
_TOO_SMALL = "too small to be compared: only its counts are shown, and many of them are hidden."
LABELS = {
    "lower-998": "lower", "lower-95": "lower", "similar": "similar", "higher-95": "higher", "higher-998": "higher",
}  # fmt: skip
_USUAL = {
    "": "",
    "within": ", within the usual variation",
    "edge": ", towards the edge of the usual variation",
    "out": ", and stands out",
}  # by the funnel's label, without its side
_UNTOLD = {Trend.NOT_COMPARABLE: "not comparable", Trend.NOT_CALCULABLE: "not calculable"}
_MARKS = {
    "b": "The series breaks here: it cannot be compared with earlier periods.",
    "e": "Estimated.",
    "p": "Provisional: it may still change.",
    "r": "Revised since it was first published.",
}


class Standing(NamedTuple):
    """How a borough's figures of one kind stand. Counts of figures: ``compared`` have a place in the usual variation,
    of which ``out`` stand out and ``edge`` are towards the edge; ``hidden``, ``missing``: not shown, and why."""

    compared: int
    out: int
    edge: int
    hidden: int
    missing: int


def possessive(name: str) -> str:
    """``Camden’s``, ``Tower Hamlets’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def too_small(area: Area) -> str:
    """Why a small place is not compared."""
    return f"{capital(in_sentence(area))} is {_TOO_SMALL}"


def leading(area: Area, point: Point, data: IndicatorData) -> Figure:
    """The figure that a borough's pages lead with: its value; the count for a place too small to be compared, and for a
    quarter, whose rate is not worked out."""
    counts_only = point.value.state == "z" and point.numerator.is_shown and data.indicator.measure.unit == "rate"
    return point.numerator if counts_only or not area.funnel else point.value


def standing(points: Sequence[Point], area: Area) -> Standing:
    """How the figures of a borough stand, one point an indicator. A place too small to be compared is not."""
    variations = [point.variation for point in points] if area.funnel else []
    states = [point.value.state if area.funnel else point.numerator.state for point in points]
    return Standing(
        compared=sum(bool(code) for code in variations),
        out=sum(code.startswith("out") for code in variations),
        edge=sum(code.startswith("edge") for code in variations),
        hidden=states.count("c"),
        missing=states.count("x"),
    )


def lead(area: Area, national: Standing, returned: Standing | None, *, invented: bool) -> str:
    """The first paragraph of a borough's page. ``returned``: figures from returns, None before the first release;
    ``invented``: whether these are."""
    name = in_sentence(area)
    parts = [_stands(name, national, "national indicator"), _not_shown(national, "national figure")]
    if returned is not None:
        ours = (_stands(name, returned, "indicator"), _not_shown(returned, "figure" if returned.compared else ""))
        said = " ".join(filter(None, ours))
        whose = "Illustrative figures" if invented else "Figures from returns"
        parts.append(f"{whose}: {said[:1].lower()}{said[1:]}" if said else "")
    if not area.funnel:
        parts.insert(0, too_small(area))
    return " ".join(filter(None, parts)) or f"There are no figures for {name} yet."


def _stands(name: str, of: Standing, noun: str) -> str:
    if not of.compared:
        return ""
    opening = f"Of {count_word(of.compared)} {noun}{_s(of.compared)} with a comparison, {name}"
    parts = [f"stands out on {count_word(of.out)}"] if of.out else []
    parts += [f"is towards the edge on {count_word(of.edge)}"] if of.edge else []
    return f"{opening} {' and '.join(parts) or 'is within the usual variation on each'}."


def _not_shown(of: Standing, noun: str) -> str:
    parts = []
    if of.hidden:
        parts.append(f"{_many(of.hidden, noun)} hidden to protect {HERE.people}")
    if of.missing:
        parts.append(f"{_many(of.missing, '' if of.hidden else noun)} not available")
    return capital("; ".join(parts)) + "." if parts else ""


def _many(number: int, noun: str) -> str:
    what = f" {noun}{_s(number)}" if noun else ""
    return f"{count_word(number)}{what} {'is' if number == 1 else 'are'}"


def in_sentence(area: Area) -> str:
    """The name within a sentence: ``the City of London``."""
    return f"the {area.name}" if area.name.startswith("City of") else area.name


def figure(area: Area, data: IndicatorData, period: Period) -> str:
    """One indicator of one borough: figure, counts, London and how the two compare; for a figure that is not shown, the
    reason alone."""
    point, indicator = data.points[area.code, period], data.indicator
    own = leading(area, point, data)
    if not own.is_shown:
        counted = f" {capital(when(period))}, {point.numerator.text} were counted." if _counts_stand(own, point) else ""
        return f"{own.long}{counted}"
    what = f"“{indicator.title}”" if own is point.value else f"the count for “{indicator.title}”"
    printed = with_unit(point, indicator) if own is point.value else own.text
    opening = f"{capital(when(period))}, {what} stood at {printed} in {in_sentence(area)}"
    if not area.funnel:
        return f"{opening}. It is {_TOO_SMALL}"
    london = _london(data, own, period)
    beside = bool(london) and not data.points[LONDON, period].absent
    return f"{opening}{_counts(own, point, indicator)}.{london}{_difference(area, point, beside=beside)}"


def _counts_stand(own: Figure, point: Point) -> bool:
    return own is not point.numerator and own.state in "xu" and point.numerator.is_shown


def _counts(own: Figure, point: Point, indicator: Indicator) -> str:
    if own is point.numerator or not point.numerator.is_shown or indicator.measure.kind is Kind.COUNT:
        return ""
    if indicator.measure.has_collected_denominator and point.denominator.is_shown:
        return f" ({point.numerator.text} of {point.denominator.text})"
    return f" ({point.numerator.text} counted)"


def _london(data: IndicatorData, own: Figure, period: Period) -> str:
    london = data.points[LONDON, period]
    if own is not data.points[LONDON, period].value and data.indicator.measure.kind is Kind.COUNT:
        return ""  # a count of all London says nothing about one borough's
    if not london.value.is_shown:
        return ""
    told = f"as published, {without(data.indicator, london)}" if london.absent else london.partial
    inside = f" ({told})" if told else ""
    return f" {HERE.name}{inside}: {with_unit(london, data.indicator)}."


def _difference(area: Area, point: Point, *, beside: bool) -> str:
    """Where a figure lies in the usual variation. ``beside``: whether a London figure that it differs from stands before."""
    code = point.variation
    side = "higher" if code.endswith("high") else "lower"
    name = in_sentence(area)
    if code == "within":
        return f" {'The difference' if beside else 'The figure'} is within the usual variation between {HERE.areas}."
    if code.startswith("edge"):
        return f" {capital(name)} is towards the {side} edge of the usual variation between {HERE.areas}."
    if code.startswith("out"):
        return f" {capital(name)} stands out: the figure is {side} than the usual variation between {HERE.areas}."
    return ""


def exception(area: Area, data: IndicatorData, period: Period) -> str:
    """Which side a figure lies on, the figure, and London's where it is held against it."""
    point, london, indicator = data.points[area.code, period], data.points[LONDON, period], data.indicator
    side = "Higher" if point.variation.endswith("high") else "Lower"
    against = (
        f" against {HERE.name}’s {with_unit(london, indicator)}" if london.value.is_shown and not london.absent else ""
    )
    return f"{side}: {with_unit(point, indicator)}{against}, {short_period(period)}."


def label(area: Area, point: Point) -> str:
    """Higher, lower or similar than London; empty where it is not compared."""
    return LABELS.get(point.compared, "") if area.funnel and point.value.is_shown else ""


def comparators_heading(area: Area, point: Point) -> str:
    """What the comparison with London says, and how unusual a difference is; no words of comparison where there is none."""
    name = capital(in_sentence(area))
    match label(area, point):
        case "similar":
            return f"{name} is similar to {HERE.name}"
        case "":
            return "Other places"
        case word:
            return f"{name} is {word} than {HERE.name}{_USUAL[point.variation.partition('-')[0]]}"


def change(area: Area, data: IndicatorData) -> str:
    """The word of the trend test, or empty."""
    return change_word(data.trends[area.code].verdict, data.indicator.polarity) if area.funnel else ""


def direction(area: Area, data: IndicatorData) -> str:
    """The word of the trend test, or why there is none; empty for a place too small to be compared."""
    return change(area, data) or (_UNTOLD[data.trends[area.code].verdict] if area.funnel else "")


def trend_words(area: Area, data: IndicatorData, points: Sequence[Point]) -> str:
    """A borough over time for a reader who cannot see the line: first and last figure of what is drawn, within one
    definition."""
    series = [(p.period, leading(area, p, data)) for p in points]
    shown = [(period, own) for period, own in series if own.is_shown]
    if not shown:
        return ""
    shown = shown[comparable_from(data.indicator, [period for period, _ in shown]) :]
    (first, began), (last, ended) = shown[0], shown[-1]
    if first == last:
        return f"{ended.text} {when(last)}."
    return f"From {began.text} {when(first)} to {ended.text} {when(last)}."


def cautions(own: Figure) -> tuple[str, ...]:
    """What a reader should know about a figure: its cautions, then its marks."""
    daggers = tuple(f"† {CAUTIONS[code]}" for code in own.caution if code in CAUTIONS)
    return daggers + tuple(f"[{mark}] {_MARKS[mark]}" for mark in own.marks if mark in _MARKS)


def break_words(indicator: Indicator) -> str:
    """What a change of definition means for a trend; empty for a single definition."""
    last = indicator.versions[-1]
    if len(indicator.versions) == 1 or last.comparability == "full":
        return ""
    return f"Not comparable with earlier years: the definition changed on {day_in_words(last.start)}."


def short_period(period: Period) -> str:
    """A period where room is short: ``2024-25``, ``31 Mar 2025``, ``Jul to Sep 2024``."""
    match period.kind:
        case PeriodKind.SNAPSHOT:
            return f"{period.end.day} {_month(period.end.month)} {period.end.year}"
        case PeriodKind.FINANCIAL_QUARTER | PeriodKind.FINANCIAL_HALF_YEAR:
            return f"{_month(period.start.month)} to {_month(period.end.month)} {period.end.year}"
        case _:
            return str(period)


def _month(number: int) -> str:
    return MONTHS[number - 1][:3]


def closeness_warning(area: Area, neighbours: Sequence[Neighbour]) -> str:
    """A warning where most neighbours are not close; empty otherwise."""
    far = sum(neighbour.closeness == "not-close" for neighbour in neighbours)
    if far * 2 <= len(neighbours):
        return ""
    many = "All" if far == len(neighbours) else capital(count_word(far))
    of = "" if far == len(neighbours) else " of the"
    return f"{many}{of} {count_word(len(neighbours))} neighbours are “not close”: few places are like {in_sentence(area)}, so read this comparison with care."


def breadth(returned: int, due: int, *, invented: bool) -> str:
    """Breadth of reporting: how many indicators came for their latest period. ``invented``: whether the returns are."""
    if not due:
        return "No returns yet: every figure here is a national one."
    mark = "Illustrative: " if invented else ""
    return f"{mark}{returned} of {due} indicators were returned for their latest period."


def covered(what: str, states: Sequence[str]) -> str:
    """How many figures of one kind are shown, and why others are not. ``states``: of each of them."""
    shown = sum(state in ("reported", "zero", "low") for state in states)
    parts = [f"{capital(what)}: {shown} of {len(states)} are shown"]
    for mark, words in (
        ("c", f"hidden to protect {HERE.people}"),
        ("x", "not available"),
        ("u", "too unreliable to show"),
    ):
        if many := states.count(mark):
            parts.append(f"{count_word(many)} {'is' if many == 1 else 'are'} {words}")
    if many := states.count("z"):
        parts.append(f"{count_word(many)} {'does' if many == 1 else 'do'} not apply here")
    return "; ".join(parts) + "."


def _s(number: int) -> str:
    return "" if number == 1 else "s"
