"""From a Vega-Lite specification to an SVG for a page: plain, small, coloured by the style sheet.

Whoever starts the program sets the environment variable FONTCONFIG_FILE to a file whose one ``<dir>`` is an empty
folder before this module is first used: the drawing is then measured with the font that vl-convert carries, whatever
is installed. Nothing is read from the network: addresses in a specification are refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from xml.etree import ElementTree as ET

import vl_convert
from markupsafe import Markup, escape

from site_builder.published import kept
from site_builder.published.charts.caption import Caption, surround, titled
from site_builder.published.charts.chart import Chart
from site_builder.published.charts.geometry import coordinate
from site_builder.published.charts.png import packed
from site_builder.published.charts.theme import FONT_SIZE, STAND_INS
from site_builder.published.pages_parts import DataTable

VEGA_LITE = "6.4"
_VERSION = "2"  # of this module's cleaning; a change makes cached drawings stale
SCALE = 1.5  # device pixels a pixel of a picture
_PICTURE = f"2 {SCALE}"  # of the way pictures are made, as above
_SPACE = "{http://www.w3.org/2000/svg}"
_UID = "UID-"  # stands for the prefix of ids in a cached drawing
_DROPPED = {"class", "font-family", "pointer-events", "version", "stroke-miterlimit", "role"}
_DEFAULTS = {("opacity", "1"), ("font-size", f"{FONT_SIZE}px"), ("transform", "translate(0,0)")}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_GEOMETRY = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "points"}
_BAD = re.compile(r"#[0-9a-fA-F]{3,8}\b|style=|url\((?!#)|NaN|<script|href=\"http")


class Drawing(NamedTuple):
    """A cleaned drawing without its root: ``body`` with ids that begin with a stand-in, and its size."""

    width: str
    height: str
    body: str


class Words(Protocol):
    """What a file of a drawing says besides its shape: alternative text, and the caption that can be read in it."""

    @property
    def title(self) -> str:
        """What it is."""

    @property
    def desc(self) -> str:
        """What it shows."""

    @property
    def caption(self) -> Caption:
        """Its visible words."""


class DrawingError(ValueError):
    """A drawing holds something that no page of ours may hold."""


def drawing(spec: Mapping[str, Any], cache: Path | None) -> Drawing:
    """The drawing of a specification, from the cache where it lies there whole, else drawn and laid there.

    ``cache``: a folder, or None for no cache. A damaged entry counts as missing. Raises DrawingError when the result is
    not fit for a page, ValueError when vl-convert refuses the specification.
    """
    key = cache_key(spec)
    held = _read(cache / f"{key}.svg") if cache else None
    if held is not None:
        return held
    made = clean(
        vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, allowed_base_urls=[]),
    )
    if cache:
        _write(cache / f"{key}.svg", made)
    return made


def cache_key(spec: Mapping[str, Any]) -> str:
    """What a drawing depends on, and nothing else: the filled specification, colours, this code, vl-convert."""
    parts = [
        json.dumps(spec, sort_keys=True),
        json.dumps(dict(STAND_INS)),
        _VERSION,
        VEGA_LITE,
        version("vl-convert-python"),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read(file: Path) -> Drawing | None:
    rest = kept.read(file)
    if rest is None:
        return None
    size, _, body = rest.decode().partition("\n")
    width, _, height = size.partition(" ")
    return Drawing(width, height, body)


def _write(file: Path, made: Drawing) -> None:
    kept.keep(file, f"{made.width} {made.height}\n{made.body}".encode())


def clean(svg: str) -> Drawing:
    """Vega's SVG without roles, classes, fonts and empty groups; one decimal; ids renamed; colours as variables."""
    root = ET.fromstring(svg)  # noqa: S314 - drawn in this process by our own library, not a file of others
    names: dict[str, str] = {}
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SPACE)
        _clean_attributes(element, names)
    _prune(root)
    body = "".join(written(child) for child in root)
    for old, new in names.items():
        body = body.replace(f"url(#{old})", f"url(#{new})")
    for token, stand_in in STAND_INS.items():
        body = body.replace(f'"{stand_in}"', f'"var(--{token})"')
    _check(body)
    return Drawing(root.attrib["width"], root.attrib["height"], body)


def _clean_attributes(element: ET.Element, names: dict[str, str]) -> None:
    for name in list(element.attrib):
        value = element.attrib[name]
        if name in _DROPPED or name.startswith("aria-") or (name, value) in _DEFAULTS:
            del element.attrib[name]
        elif name == "id":
            names[value] = element.attrib[name] = f"{_UID}c{len(names) + 1}"
        elif name in _GEOMETRY and element.tag != "svg":
            element.attrib[name] = _NUMBER.sub(lambda number: coordinate(float(number.group()), 1), value)


def _prune(parent: ET.Element) -> None:
    """Take out what draws nothing: shapes without paint (the outer group has none), and groups without an attribute. A
    shape that others are cut to needs no paint."""
    if parent.tag == "clipPath":
        return
    for child in list(parent):
        _prune(child)
        unpainted = child.tag in ("path", "rect") and not _paints(child)
        if unpainted or child.attrib.get("display") == "none" or (child.tag == "g" and len(child) == 0):
            parent.remove(child)
        elif child.tag == "g" and not child.attrib:
            place = list(parent).index(child)
            parent.remove(child)
            for offset, inner in enumerate(list(child)):
                parent.insert(place + offset, inner)


def _paints(shape: ET.Element) -> bool:
    return any(shape.attrib.get(name, "transparent") != "transparent" for name in ("fill", "stroke"))


def written(element: ET.Element) -> str:
    """An element as SVG, without what stands between elements."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    inside = str(escape(element.text or "")) + "".join(written(child) for child in element)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>" if inside else f"<{element.tag}{attributes}/>"


def _check(body: str) -> None:
    found = _BAD.search(body)
    if found:
        raise DrawingError(f"a drawing holds {found.group()}, which no page may hold")


def inline(made: Drawing, uid: str, kind: str, title: str, desc: str) -> Markup:
    """The drawing for a page. ``uid``: prefix of its ids, unique on the page; ``kind``: wide or narrow."""
    return Markup(  # noqa: S704 - cleaned and checked above; words are escaped
        f'<svg class="chart {kind}" viewBox="0 0 {made.width} {made.height}" role="img" '
        f'aria-labelledby="{uid}t {uid}d"><title id="{uid}t">{escape(title)}</title>'
        f'<desc id="{uid}d">{escape(desc)}</desc>{made.body.replace(_UID, uid)}</svg>'
    )


def standalone(made: Drawing, words: Words, light: Mapping[str, str]) -> bytes:
    """The drawing as a file of its own: light colours, a white ground, and around it the words of its caption.

    ``light``: colours by token.
    """
    body = made.body.replace(_UID, "")
    for token in STAND_INS:
        body = body.replace(f'"var(--{token})"', f'"{light[token]}"')
    around = surround(words.caption, float(made.width), light)
    down = float(made.height) + around.top
    height = coordinate(down + around.bottom)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {made.width} {height}" width="{made.width}" '
        f'height="{height}" role="img" aria-labelledby="t d" font-family="Liberation Sans, Arial, sans-serif" '
        f'font-size="{FONT_SIZE}"><title id="t">{escape(words.title)}</title><desc id="d">{escape(words.desc)}</desc>'
        f'<rect width="100%" height="100%" fill="{light["paper"]}"/>{around.above}'
        f'<g transform="translate(0,{around.top})">{body}</g>'
        f'<g transform="translate(0,{coordinate(down)})">{around.below}</g></svg>\n'
    ).encode()


def picture(svg: bytes, cache: Path | None) -> bytes:
    """A drawing file as PNG, SCALE times as large, for documents that take no SVG; kept like drawings are.

    ``svg`` is one that ``standalone`` made. Raises ValueError when it cannot be drawn.
    """
    parts = [svg, _PICTURE.encode(), version("vl-convert-python").encode()]
    # our own drawing names no address
    return kept.kept(cache, parts, "png", lambda: packed(vl_convert.svg_to_png(svg.decode(), scale=SCALE)))


class ChartWords(Words, Protocol):
    """What a chart says besides its shape: as for a file, and its sentence and its table."""

    @property
    def sentence(self) -> str:
        """The chart in a sentence."""

    @property
    def table(self) -> DataTable:
        """The figures that are drawn."""


def two_widths(
    wide: Mapping[str, Any],
    narrow: Mapping[str, Any],
    words: ChartWords,
    *,
    uid: str,
    light: Mapping[str, str],
    cache: Path | None,
) -> Chart:
    """The chart of a filled specification at two widths. ``uid``: prefix of ids, unique on the page; ``light``: colours
    by token for files; ``cache``: folder of drawings."""
    drawn = drawing(wide, cache)
    return Chart(
        wide=inline(drawn, f"{uid}w", "wide", words.title, words.desc),
        narrow=inline(drawing(narrow, cache), f"{uid}n", "narrow", words.title, words.desc),
        sentence=words.sentence,
        table=words.table,
        spec=download(wide, words, light),
        svg=standalone(drawn, words, light),
    )


def with_domains(layers: Iterable[Mapping[str, Any]], domains: Mapping[str, list[float]]) -> list[dict[str, Any]]:
    """Layers of a specification with the domains of their scales, by channel."""
    return [_with_domains(layer, domains) for layer in layers]


def _with_domains(layer: Mapping[str, Any], domains: Mapping[str, list[float]]) -> dict[str, Any]:
    encoding = {
        channel: {**how, "scale": {**how["scale"], "domain": domains[channel]}} if "scale" in how else how
        for channel, how in layer["encoding"].items()
    }
    return {**layer, "encoding": encoding}


def download(spec: Mapping[str, Any], words: Words, light: Mapping[str, str]) -> bytes:
    """The specification as a Vega-Lite file with its caption and light colours: sorted keys, UTF-8."""
    colours = {stand_in: light[token] for token, stand_in in STAND_INS.items()}
    whole = titled(spec, words.caption, words.desc, light)
    return (json.dumps(_recoloured(whole, colours), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _recoloured(part: Any, colours: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {key: _recoloured(value, colours) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_recoloured(value, colours) for value in part]
    return colours.get(part, part) if isinstance(part, str) else part
