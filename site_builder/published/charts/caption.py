"""Words that go with a drawing when it leaves its page: what it shows, where its figures come from, that they are invented."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from site_builder.published.charts.theme import FONT_SIZE

INVENTED = "Illustrative: invented figures"
_MARGIN = 8
_HEADING, _SUB, _SOURCE = FONT_SIZE + 2, FONT_SIZE, FONT_SIZE - 2  # sizes of letters, in pixels
_WIDE = 0.58  # of a letter's size: its width, bold ones included, on average and with some to spare
_LINE = 1.35  # of a letter's size: from one line to the next
_GAP = 10  # between words and drawing


class Caption(NamedTuple):
    """``heading``: the title of what is drawn; ``sub``: measure and period; ``source``: the line of the source or release;
    ``invented``: whether the figures are."""

    heading: str
    sub: str
    source: str
    invented: bool

    @property
    def tag(self) -> str:
        """That the figures are invented; empty where they are not."""
        return INVENTED if self.invented else ""


class Told(NamedTuple):
    """What a file of a drawing says: alternative text, and the words that can be read in it."""

    title: str
    desc: str
    caption: Caption


class Surround(NamedTuple):
    """What stands around a drawing: SVG above it and the room that takes, SVG below it from its own top, and its room."""

    above: Markup
    top: int
    below: Markup
    bottom: int


def surround(caption: Caption, width: float, light: Mapping[str, str]) -> Surround:
    """The words set for a drawing of this width, in light colours: tag and title above it, the source below."""
    above = (
        *_lines((caption.tag,), _SOURCE, light["london"], bold=True),
        *_lines(wrapped(caption.heading, width, _HEADING), _HEADING, light["ink"], bold=True),
        *_lines(wrapped(caption.sub, width, _SUB), _SUB, light["ink-2"]),
    )
    below = _lines(wrapped(caption.source, width, _SOURCE), _SOURCE, light["ink-2"])
    over, top = _stacked(above, _MARGIN)
    under, bottom = _stacked(below, _GAP)
    return Surround(over, top + _GAP, under, bottom + _MARGIN)


def wrapped(words: str, width: float, size: int) -> list[str]:
    """Words in lines that fit a width in pixels."""
    return textwrap.wrap(words, int((width - 2 * _MARGIN) / (size * _WIDE)))


class _Line(NamedTuple):
    words: str
    size: int
    colour: str
    bold: bool


def _lines(words: Sequence[str], size: int, colour: str, *, bold: bool = False) -> tuple[_Line, ...]:
    return tuple(_Line(line, size, colour, bold) for line in words if line)


def _stacked(lines: Sequence[_Line], top: int) -> tuple[Markup, int]:
    """Lines one below another from ``top``, and where they end."""
    made, at = Markup(), top
    for line in lines:
        weight = Markup(' font-weight="bold"') if line.bold else ""
        pattern = Markup('<text x="{}" y="{}" font-size="{}"{} fill="{}">{}</text>')
        made += pattern.format(_MARGIN, at + line.size, line.size, weight, line.colour, escape(line.words))
        at += round(line.size * _LINE)
    return made, at


def titled(spec: Mapping[str, Any], caption: Caption, desc: str, light: Mapping[str, str]) -> dict[str, Any]:
    """A Vega-Lite specification with title and description on a light ground; its upper padding grows by their room.

    ``desc``: what the drawing shows, in words.
    """
    padding = spec["padding"]
    width = spec["width"] + padding["left"] + padding["right"]
    heading = wrapped(caption.heading, width, _HEADING)
    sub = [line for words in (caption.sub, caption.source, caption.tag) for line in wrapped(words, width, _SOURCE)]
    room = round(len(heading) * _HEADING * _LINE + len(sub) * _SOURCE * _LINE) + _GAP
    return {
        **spec,
        "description": ". ".join(part for part in (caption.tag, caption.heading, caption.sub, caption.source) if part)
        + f". {desc}",
        "background": light["paper"],
        "padding": {**padding, "top": padding["top"] + room},
        "title": {
            "text": heading, "subtitle": sub, "anchor": "start", "frame": "group", "dx": _MARGIN - padding["left"],
            "offset": padding["top"], "color": light["ink"], "subtitleColor": light["ink-2"], "fontSize": _HEADING,
            "subtitleFontSize": _SOURCE, "lineHeight": round(_HEADING * _LINE), "subtitleLineHeight": round(_SOURCE * _LINE),
        },
    }  # fmt: skip
