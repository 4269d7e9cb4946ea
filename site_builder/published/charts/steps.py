"""The steps of the journey as bars in order, drawn from shown counts alone. No ribbon: the children are not the same."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.published.charts.geometry import Scale, coordinate, scale
from site_builder.published.figures import Figure
from site_builder.published.journey import Back, Journey, Stage
from site_builder.published.pages_journey import StepBar, StepsChart, StepsDrawing
from site_builder.published.pages_parts import Label

_LEFT, _ROOM = 30, 80  # of the bars; room behind the longest for its count
_NAME, _BAR, _BAR_HIGH, _LINE = 16, 24, 22, 26  # down a row: baseline, bar and its height; height of a line of words
_HELD = 28  # width of what stands for a bar that is not drawn, always the same
WIDE, NARROW = 760, 335


class _Row(NamedTuple):
    """A stage with the way back that ends there, the ratio to the stage after, and where it begins, from the top."""

    stage: Stage
    back: Back | None
    after: Figure | None
    top: int

    @property
    def under(self) -> int:
        """The baseline of the first line of words under the bar."""
        return self.top + _BAR + _BAR_HIGH + 19


def steps_chart(of: Journey, title: str, desc: str) -> StepsChart:
    """The steps at both widths."""
    return StepsChart(title, desc, _drawing(of, WIDE), _drawing(of, NARROW))


def _drawing(of: Journey, width: int) -> StepsDrawing:
    rows, height = _rows(of)
    axis = scale(float(row.stage.counted.plain) for row in rows if row.stage.counted.is_shown)
    bars = tuple(_bar(row, axis, width) for row in rows)
    returns = [(row, row.back) for row in rows if row.back is not None]
    ratios = [(row, row.after) for row in rows if row.after is not None]
    return StepsDrawing(
        width=str(width),
        height=str(height),
        bars=bars,
        names=tuple(_label(_LEFT, row.top + _NAME, row.stage.step.title) for row in rows),
        counts=tuple(
            _label(_LEFT + float(bar.width) + 8, row.top + _BAR + 17, words(row.stage.counted))
            for row, bar in zip(rows, bars, strict=True)
        ),
        ratios=tuple(_label(_LEFT + 26, _ratio_line(row), f"{words(ratio)} for every 100") for row, ratio in ratios),
        returns=tuple(_label(_LEFT, row.under, _came_back(back)) for row, back in returns),
        downs=tuple(f"M{_LEFT + 10} {_ratio_line(row) - 15}v14" for row, _ in ratios),
        loops=tuple(
            f"M{_LEFT - 4} {row.under - 5}H8V{row.top + _BAR + _BAR_HIGH // 2}H{_LEFT - 8}" for row, _ in returns
        ),
        heads="".join(
            (
                *(f"M{_LEFT + 5} {_ratio_line(row) - 5}h10l-5 7z" for row, _ in ratios),
                *(f"M{_LEFT - 10} {row.top + _BAR + _BAR_HIGH // 2 - 5}v10l7-5z" for row, _ in returns),
            )
        ),
    )


def _rows(of: Journey) -> tuple[tuple[_Row, ...], int]:
    """The stages from top to bottom, and how high they are together."""
    rows, top = [], 0
    for number, stage in enumerate(of.stages):
        back = next((one for one in of.backs if one.back.to == stage.step.slug), None)
        after = of.stages[number + 1].before if number + 1 < len(of.stages) else None
        rows.append(_Row(stage, back, after, top))
        top += _BAR + _BAR_HIGH + _LINE * ((back is not None) + (after is not None)) + 10
    return tuple(rows), top


def _ratio_line(row: _Row) -> int:
    return row.under + (_LINE if row.back else 0)


def _bar(row: _Row, axis: Scale, width: int) -> StepBar:
    count, y = row.stage.counted, str(row.top + _BAR)
    if not count.is_shown:
        return StepBar(count.state, str(_LEFT), y, str(_HELD))
    if count.is_zero:
        return StepBar("zero", str(_LEFT), y, "0")
    long = axis.place(float(count.plain)) * (width - _LEFT - _ROOM)
    return StepBar("usual", str(_LEFT), y, coordinate(max(long, 1.0), 1))


def words(figure: Figure) -> str:
    """A figure in a drawing: its number, or its letter in brackets."""
    return figure.text or f"[{figure.state}]"


def _came_back(back: Back) -> str:
    share = f"{back.share.text}%" if back.share.is_shown else words(back.share)
    count = f" ({back.counted.text})" if back.counted.is_shown else ""
    return f"{share} {back.back.short}{count}"


def _label(x: float, y: float, text: str) -> Label:
    return Label(coordinate(x, 1), coordinate(y, 1), "start", text)
