"""A borough's own trend, drawn by a macro: its line, London's line, gaps, changes of definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from site_builder.published.charts.geometry import Scale, coordinate, pieces, scale
from site_builder.published.pages_parts import Label, LineDrawing


class Step(NamedTuple):
    """One period of a trend.

    ``label``: the period in words. ``value`` and ``london``: shown values, or None. ``hollow``: the value is
    provisional. ``break_words``: what changed at the start of this period, or empty; ``broken``: the definition before
    cannot be compared, so the line stops; ``dashed``: it can in part, so the line across is dashed. ``flagged``: the value
    departs from the pattern of the series.
    """

    label: str
    value: float | None
    london: float | None
    hollow: bool = False
    break_words: str = ""
    broken: bool = False
    dashed: bool = False
    flagged: bool = False


class Control(NamedTuple):
    """Mean and limits of ``length`` periods from ``first`` on, in the unit of the values, clipped for drawing. ``dashed``:
    the limits are a trial."""

    first: int
    length: int
    mean: float
    lower: float
    upper: float
    dashed: bool


class _Layout(NamedTuple):
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    labels: int  # at most so many labels along the foot
    direct: bool  # names stand beside the ends of the lines


_WIDE = _Layout(760, 260, 48, 150, 30, 34, 5, direct=True)
_NARROW = _Layout(335, 260, 44, 12, 44, 34, 3, direct=False)
_LETTER = 9.0  # width to keep free for a letter at 16 px in the readers' widest font
_APART = 20.0  # of two labels, in units of the drawing


def line_drawings(
    steps: Sequence[Step], area: str, london: str, controls: Sequence[Control] = ()
) -> tuple[LineDrawing, LineDrawing] | None:
    """The trend wide and narrow. ``area`` and ``london``: names with their last values, for direct labels.

    None with fewer than two shown values: that is no line.
    """
    if sum(step.value is not None for step in steps) < 2:
        return None
    values = [value for step in steps for value in (step.value, step.london) if value is not None]
    of = scale([*values, *(control.upper for control in controls)])
    return _drawing(steps, of, area, london, controls, _WIDE), _drawing(steps, of, area, london, controls, _NARROW)


def _drawing(
    steps: Sequence[Step], of: Scale, area: str, london: str, controls: Sequence[Control], layout: _Layout
) -> LineDrawing:
    ground = layout.height - layout.bottom
    span = layout.width - layout.left - layout.right

    def across(place: int) -> float:
        return layout.left + span * place / (len(steps) - 1)

    def up(value: float) -> float:
        return ground - of.place(value) * (ground - layout.top)

    own = [None if step.value is None else (across(k), up(step.value)) for k, step in enumerate(steps)]
    other = [None if step.london is None else (across(k), up(step.london)) for k, step in enumerate(steps)]
    stops = frozenset(k for k, step in enumerate(steps) if step.broken or step.dashed)
    joints = [own[k - 1 : k + 1] for k, step in enumerate(steps) if step.dashed and k]
    area_label, london_label = _labels(_ends(own, other), area, london, layout)
    return LineDrawing(
        width=coordinate(layout.width),
        height=coordinate(layout.height),
        left=coordinate(layout.left),
        right=coordinate(layout.width - layout.right),
        ground=coordinate(ground),
        rules=tuple(coordinate(up(tick.place * of.top), 1) for tick in of.ticks),
        y_labels=tuple(
            Label(coordinate(layout.left - 8), coordinate(up(tick.place * of.top) + 5, 1), "end", tick.words)
            for tick in of.ticks
        ),
        x_labels=_foot(steps, across, ground + 24, layout),
        paths=pieces(own, stops),
        across=tuple(path for joint in joints for path in pieces(joint)),
        compare=pieces(other, stops),
        points=tuple(
            (coordinate(point[0], 1), coordinate(point[1], 1), step.hollow)
            for point, step in zip(own, steps, strict=True)
            if point is not None
        ),
        breaks=tuple(
            Label(coordinate(across(k) - span / (len(steps) - 1) / 2, 1), coordinate(layout.top - 10), "middle", words)
            for k, words in ((k, step.break_words) for k, step in enumerate(steps))
            if words and k
        ),
        controls=tuple(_control(one, across, up) for one in controls),
        rings=tuple(
            (coordinate(point[0], 1), coordinate(point[1], 1))
            for point, step in zip(own, steps, strict=True)
            if point is not None and step.flagged
        ),
        area_label=area_label,
        london_label=london_label,
    )


def _control(one: Control, across: Callable[[int], float], up: Callable[[float], float]) -> tuple[str, str, str]:
    """Path of the mean, path of both limits, and the class of a trial's."""
    start, end = (coordinate(across(place), 1) for place in (one.first, one.first + one.length - 1))
    mean, lower, upper = (f"M{start} {coordinate(up(height), 1)}H{end}" for height in (one.mean, one.lower, one.upper))
    return mean, lower + upper, " br" if one.dashed else ""


def _foot(steps: Sequence[Step], across: Callable[[int], float], y: float, layout: _Layout) -> tuple[Label, ...]:
    room = layout.width - layout.left - layout.right
    longest = max(len(step.label) for step in steps)
    most = min(layout.labels, int(room / (longest * _LETTER)))
    last = len(steps) - 1
    chosen = spread(len(steps), most) if most > 2 else (0, last)  # two stand at the ends, where they cannot touch
    return tuple(
        Label(
            coordinate(across(k), 1),
            coordinate(y),
            "start" if k == 0 else "end" if k == last and not layout.direct else "middle",
            steps[k].label,
        )
        for k in chosen
    )


def spread(length: int, most: int) -> tuple[int, ...]:
    """At most ``most`` places of 0 to ``length`` - 1, evenly spaced: first and last where that can be, else up to the
    last."""
    if length <= most:
        return tuple(range(length))
    for count in range(most, 2, -1):
        if (length - 1) % (count - 1) == 0:
            return tuple(range(0, length, (length - 1) // (count - 1)))
    step = -(-length // most)
    return tuple(range((length - 1) % step, length, step))


def _ends(
    own: Sequence[tuple[float, float] | None], other: Sequence[tuple[float, float] | None]
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Places of the direct labels, moved apart where they would touch."""
    first = next((point for point in reversed(own) if point), None)
    second = other[-1]
    if first is not own[-1]:
        first = None  # the borough's line ends earlier: a label at the edge would name nothing
    if first and second and abs(first[1] - second[1]) < _APART:
        middle = (first[1] + second[1]) / 2
        sign = -1 if first[1] <= second[1] else 1
        first = (first[0], middle + sign * _APART / 2)
        second = (second[0], middle - sign * _APART / 2)
    return first, second


def _labels(
    ends: tuple[tuple[float, float] | None, tuple[float, float] | None], area: str, london: str, layout: _Layout
) -> tuple[Label | None, Label | None]:
    """Names beside the ends of the lines, or, where there is no room beside them, above the upper and below the lower."""
    first, second = ends
    area_is_upper = second is None or (first is not None and first[1] <= second[1])
    edge = layout.width - layout.right

    def label(end: tuple[float, float] | None, words: str, *, upper: bool) -> Label | None:
        if end is None or not words:
            return None
        if layout.direct:
            return Label(coordinate(edge + 14), coordinate(end[1] + 5, 1), "start", words)
        return Label(coordinate(edge), coordinate(end[1] + (-14 if upper else 26), 1), "end", words)

    return label(first, area, upper=area_is_upper), label(second, london, upper=not area_is_upper)
