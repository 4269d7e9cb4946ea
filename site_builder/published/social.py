"""Pictures shown where a page is shared: one a kind of page, with the mark and words alone.

No figure stands in them, nor in the words beside them: others keep copies, and a figure that is withdrawn here would
live on there.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from site_builder.published.charts.caption import wrapped
from site_builder.published.pages_parts import Mark
from site_builder.vocabulary.here import HERE

KINDS: Mapping[str, str] = {
    "home": f"Every {HERE.area}, measured the same way",
    "indicator": f"One indicator, every {HERE.area}",
    "theme": "Indicators of one theme",
    HERE.area_key: f"One {HERE.area} among all",
    "compare": f"{HERE.areas_head} side by side",
    HERE.key: f"{HERE.name} as a whole",
    "data": "Open data, free to reuse",
    "release": "Releases and corrections",
    "methods": "How figures are made and protected",
    "about": "About these benchmarks",
}
_STARTS = (
    ("index.html", "home"), ("indicators/", "indicator"), ("themes/", "theme"), (f"{HERE.folder}/", HERE.area_key),
    ("compare/", "compare"), ("data/", "data"), ("releases/", "release"), ("about/methods/", "methods"),
    ("about/", "about"), ("search/", "about"), ("proposals/", "about"),
)  # fmt: skip
WIDTH, HEIGHT = 800, 420  # drawn half as large again, it is the size that sites ask for
_LEFT, _MARK, _TEXT = 48, 3.6, 376  # from the left: the mark, how much it grows, the words
_NAME, _KIND = 46, 25  # size of letters


def kind_of(path: str) -> str:
    """The kind of the page at a path; pages over all of London that stand at the root are ``london``."""
    return next((kind for start, kind in _STARTS if path.startswith(start)), HERE.key)


def card(mark: Mark, title: str, kind: str, light: Mapping[str, str]) -> bytes:
    """The picture of a kind of page as SVG, in light colours. ``title``: what the site is called.

    Raises KeyError for a kind that is not known.
    """
    words = KINDS[kind]
    name = [_line(line, 134 + 54 * at, _NAME, light["ink"], bold=True) for at, line in enumerate(_lines(title, _NAME))]
    under = 134 + 54 * len(name) + 4
    told = [_line(line, under + 36 * at, _KIND, light["ink-2"]) for at, line in enumerate(_lines(words, _KIND))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-labelledby="t d" font-family="Liberation Sans, Arial, sans-serif">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>'
        f'<rect width="100%" height="100%" fill="{light["paper"]}"/>'
        f'<g transform="translate({_LEFT},84) scale({_MARK})"><path fill="{light["ink"]}" d="{mark.others}"/>'
        f'<path fill="{light["london"]}" d="{mark.city}"/></g>{"".join(name + told)}'
        f'<rect y="{HEIGHT - 20}" width="{WIDTH}" height="20" fill="{light["ink"]}"/></svg>\n'
    ).encode()


def _lines(words: str, size: int) -> list[str]:
    return wrapped(words, WIDTH - _TEXT, size)


def _line(words: str, y: int, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{_TEXT}" y="{y}" font-size="{size}"{weight} fill="{colour}">{escape(words)}</text>'
