"""Prose in Markdown to HTML. The words are data: they are never run as a template.

A placeholder such as ``{{policy threshold}}`` is filled from values passed in; one that is not known is an error, so
that no page can print a hole. Headings start at the second level, since the page has the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import markdown
from markupsafe import Markup, escape

from site_builder.published.pages_parts import Link
from site_builder.vocabulary.frontmatter import mistake

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9][a-z0-9 _.-]*?)\s*\}\}")
_ANY = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%")
_HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])")
_SECOND = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_EXTENSIONS = ("tables", "toc", "def_list", "footnotes", "attr_list", "sane_lists", "md_in_html")
_TAGS = re.compile(r"<[^>]+>")
_HEADING_OR_TABLE = re.compile(r"<h[1-6][^>]*>(?P<words>.*?)</h[1-6]>|(?P<table><table>.*?</table>)", re.DOTALL)


class Article(NamedTuple):
    """Rendered prose: HTML of the body and links to its second-level headings."""

    body: Markup
    contents: tuple[Link, ...]


def render_article(text: str, values: Mapping[str, str | Markup], file: str) -> Article:
    """The prose of a content file, placeholders filled.

    ``text``: Markdown with tables, definition lists and footnotes, inside HTML too where it says ``markdown="1"``.
    ``values``: what placeholders stand for; a string is escaped, Markup stays. The highest heading of the file becomes
    the second level and the others follow. Raises ConfigurationError that names ``file`` on a placeholder that is not
    known.
    """
    body = _tabled(_shifted(_html(_filled(text, values, file))))
    contents = tuple(
        Link(str(Markup(_TAGS.sub("", words)).unescape()), f"#{anchor}")  # noqa: S704 - read back as text
        for anchor, words in _SECOND.findall(body)
    )
    return Article(Markup(body), contents)  # noqa: S704 - made by our own renderer from our own content


def render_inline(text: str) -> Markup:
    """Markdown of a few paragraphs without headings, such as the prose of the catalogue."""
    return Markup(_html(text))  # noqa: S704 - as above


def render_known(text: str, values: Mapping[str, str]) -> str:
    """The HTML of prose with those of its placeholders that ``values`` knows; what stands for others is left out."""
    return _html(_ANY.sub(lambda match: str(escape(values.get(match[1], ""))), text))


def _html(text: str) -> str:
    return markdown.markdown(text, extensions=_EXTENSIONS, output_format="html")


def _filled(text: str, values: Mapping[str, str | Markup], file: str) -> str:
    unknown = sorted({name for name in _PLACEHOLDER.findall(text) if name not in values})
    if unknown:
        raise mistake(file, f"A placeholder is not known: {', '.join(unknown)}.", "Respell it, or take it out.")
    if _BRACES.search(_PLACEHOLDER.sub("", text)):
        raise mistake(file, "Double braces stand where there is no placeholder.", "Take the braces out.")
    return _PLACEHOLDER.sub(lambda match: str(escape(values[match.group(1)])), text)


def _shifted(html: str) -> str:
    levels = [int(level) for slash, level in _HEADING.findall(html) if not slash]
    shift = 2 - min(levels, default=2)

    def moved(match: re.Match[str]) -> str:
        return f"<{match.group(1)}h{min(int(match.group(2)) + shift, 6)}"

    return _HEADING.sub(moved, html) if shift else html


def _tabled(html: str) -> str:
    """Each table in a region that scrolls, named and captioned by the heading above it, its headers scoped."""
    heading = "Table"

    def framed(match: re.Match[str]) -> str:
        nonlocal heading
        if match["table"] is None:
            heading = _TAGS.sub("", match["words"]).strip().replace('"', "&quot;")
            return match[0]
        table = match["table"].replace("<table>", f'<table><caption class="vh">{heading}</caption>', 1)
        table = table.replace("<th>", '<th scope="col">')
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{heading}">{table}</div>'

    return _HEADING_OR_TABLE.sub(framed, html)
