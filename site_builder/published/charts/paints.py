"""From what a macro draws for a page to a drawing of its own: classes of the style sheet become colours and widths.

The attributes say what ``site.css`` says of the same classes under *Paints of drawings*, *Charts*, *Squared London* and
*The child's journey*. Links become groups, since a file leads nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from site_builder.published.charts.draw import Drawing, DrawingError, written

_NOTHING: Mapping[str, str] = {}
_PAINTS: Mapping[str, Mapping[str, str]] = {
    "usual": {"fill": "usual"}, "edge": {"fill": "edge"}, "out": {"fill": "out"}, "band": {"fill": "band"},
    "w": {"stroke": "ink", "stroke-width": "1.5"},
    "x": {"fill": "none", "stroke": "rule-2", "stroke-dasharray": "3 3"},
    "dn": {"fill": "none", "stroke": "ink-2", "stroke-width": "2"},
    "rt": {"fill": "none", "stroke": "ink-2", "stroke-width": "2", "stroke-dasharray": "5 3"},
    "tip": {"fill": "ink-2"},
    "b": {"font-weight": "bold"}, "it": {"fill": "ink"}, "lt": {"fill": "london", "font-weight": "bold"},
    "ax": {"stroke": "rule-2"}, "l": {"stroke": "london", "stroke-width": "2"}, "lh": {"stroke": "halo", "stroke-width": "4"},
    "tk usual": {"stroke": "usual", "stroke-width": "3"}, "tk edge": {"stroke": "edge", "stroke-width": "3"},
    "tk out": {"stroke": "out", "stroke-width": "5"},
    "tusual": {"fill": "tile-usual"}, "tplain": {"fill": "tile-usual"}, "tedge": {"fill": "tile-edge"},
    "tout": {"fill": "out"}, "tz": {"fill": "none"}, "tc": _NOTHING, "tg": {"fill": "on-tile"}, "v": {"font-weight": "normal"},
}  # fmt: skip
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6" stroke="{rule}" stroke-width="2.5"/></pattern></defs>'
)
# What words look like where nothing else is said, by the first class of the drawing that has a look of its own.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "way": {"fill": "ink"},
    "strip": {"fill": "ink-2"},
    "": {"fill": "on-tile", "font-size": "14.5", "font-weight": "bold", "text-anchor": "middle"},
}
_ON_OUT = {"fill": "on-out"}
_ON_HATCH = {"paint-order": "stroke", "stroke": "paper", "stroke-width": "5", "stroke-linejoin": "round"}


def painted(svg: str, light: Mapping[str, str]) -> Drawing:
    """The drawing in light colours, without its own words. ``svg``: what a macro drew; ``light``: colours by token.

    Raises DrawingError for a class without a paint.
    """
    root = ET.fromstring(svg)  # noqa: S314 - drawn in this process by our own templates, not a file of others
    _, _, width, height = root.attrib["viewBox"].split()
    words = next(_WORDS[name] for name in (*root.attrib.get("class", "").split(), "") if name in _WORDS)
    parts = [part for part in root if part.tag not in ("title", "desc")]
    for part in parts:
        _paint(part, words, light)
    body = "".join(written(part) for part in parts)
    return Drawing(width, height, _HATCH.format(rule=light["rule-2"]) + body if "url(#hatch)" in body else body)


def _paint(part: ET.Element, words: Mapping[str, str], light: Mapping[str, str]) -> None:
    if part.tag == "a":
        part.tag, part.attrib = "g", {}
        on = _over(part[0].attrib)
        words = {**words, **on}
        for glyph in part.iter("path"):
            glyph.attrib |= {name: light.get(value, value) for name, value in on.items()}
    named = " ".join(dict.fromkeys(part.attrib.pop("class", "").replace("tx x", "x").split()))
    look = {**(words if part.tag == "text" else _NOTHING), **_look(named)}
    for name, value in look.items():
        part.attrib.setdefault(name, light.get(value, value))
    for inner in part:
        _paint(inner, words, light)


def _over(square: Mapping[str, str]) -> Mapping[str, str]:
    """What changes in words over a square of the map."""
    return {"tout": _ON_OUT, "tc": _ON_HATCH}.get(square.get("class", ""), _NOTHING)


def _look(named: str) -> Mapping[str, str]:
    if named in _PAINTS or not named:
        return _PAINTS.get(named, _NOTHING)
    try:
        return {attribute: value for name in named.split() for attribute, value in _PAINTS[name].items()}
    except KeyError as error:
        raise DrawingError(f"the class {error.args[0]} has no paint outside a page") from error
