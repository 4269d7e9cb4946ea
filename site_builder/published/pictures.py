"""Drawings in articles: an SVG file beside the prose becomes part of the page, in the page's own colours.

A drawing may use the classes of the style sheet and nothing that loads, moves or names: it is set into the page as it
is, so that it costs no request and follows a dark scheme.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from markupsafe import Markup

from site_builder.vocabulary.frontmatter import mistake

MOST_BYTES = 15 * 1024
_IMAGE = re.compile(r"<p>\s*<img ([^>]*)>\s*</p>|<img\b")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_OPENING = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (\d+) \d+" width="\1"')
_OWN_WORDS = re.compile(r"\s*<title>[^<]+</title>\s*<desc>[^<]+</desc>")
_TAGS = re.compile(r"<(?!/?(?:svg|title|desc|g|rect|path|circle|text|tspan)\b)[^>]*")
_BARRED = re.compile(r"\s(?:on[a-z]+|id|style|href|xlink:href)=")


def checked(svg: str, file: str) -> str:
    """A drawing that may stand in a page. Raises ConfigurationError (A101) that names the file and what is wrong."""
    if len(svg.encode()) > MOST_BYTES:
        raise mistake(file, "The drawing is over 15 KB.", "Draw less.")
    if not _OPENING.match(svg) or not _OWN_WORDS.search(svg):
        raise mistake(
            file, "The drawing lacks its size, its title or its description.", "Compare it with a neighbouring file."
        )
    if _TAGS.search(svg) or _BARRED.search(svg):
        raise mistake(file, "The drawing holds more than shapes and words.", "Take out links, styles, names, scripts.")
    return svg


def drawn(body: Markup, article: str, drawings: Mapping[str, str]) -> Markup:
    """The HTML of an article with each image replaced by its drawing.

    ``article``: path of the content file; ``drawings``: SVG by the path of its file. The alternative text names the
    drawing for a screen reader, the title becomes the words below it. Raises ConfigurationError (A101) for an image
    without alternative text, inside a line, or of no drawing.
    """

    def placed(match: re.Match[str]) -> str:
        given = dict(_ATTRIBUTE.findall(match.group(1) or ""))
        file = posixpath.normpath(posixpath.join(posixpath.dirname(article), given.get("src", "")))
        if file not in drawings:
            raise mistake(article, "An image is not a drawing in a paragraph of its own.", "Mend its address.")
        if not given.get("alt"):
            raise mistake(article, "A drawing has no alternative text.", "Say in words what it shows.")
        shapes = _OWN_WORDS.sub("", drawings[file], count=1).strip()
        below = f"<figcaption><p>{given['title']}</p></figcaption>" if given.get("title") else ""
        named = shapes.replace("<svg ", f'<svg role="img" aria-label="{given["alt"]}" ', 1)
        return f"<figure>{named}{below}</figure>"

    return Markup(_IMAGE.sub(placed, str(body)))  # noqa: S704 - our own renderer's, and drawings that were checked
