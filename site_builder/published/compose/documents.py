"""What documents share: sections of headed prose, tables, and the rows that control a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from markupsafe import Markup

from site_builder import __version__
from site_builder.published import addresses
from site_builder.published.articles import render_article
from site_builder.published.inputs import Inputs
from site_builder.published.pages_document import Part, Section
from site_builder.published.pages_parts import DataTable, Fact, Link, Row, Value
from site_builder.release.releases import Release
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification

Cell: TypeAlias = str | Markup | Value


def slug(words: str) -> str:
    """An anchor made of words."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with their numbers from 1."""
    return tuple(one._replace(number=f"{place}.") for place, one in enumerate(sections, 1))


def prose(text: str, file: str) -> Markup:
    """Markdown of a section as HTML; its headings are of the third level, since the section has the second."""
    body = str(render_article(text, {}, file).body)
    return Markup(re.sub(r"<(/?)h2(?=[\s>])", r"<\1h3", body))  # noqa: S704 - our own renderer's


def said(*sentences: str) -> Part:
    """A block of one paragraph."""
    return Part(prose=Markup("<p>{}</p>").format(" ".join(sentences)))


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> DataTable:
    """A table."""
    return DataTable(caption, tuple(columns), tuple(tuple(row) for row in rows))


def section(heading: str, *parts: Part) -> Section:
    """A section without a number."""
    return Section(slug(heading), "", heading, parts)


def anchor(path: str, target: str, words: str) -> Markup:
    """A link within a page at ``path``."""
    return Markup('<a href="{}">{}</a>').format(addresses.relative(path, target), words)


def to_indicator(path: str, indicator: Indicator) -> Markup:
    """A link to an indicator by code and title."""
    return anchor(path, addresses.indicator(indicator.code), f"{indicator.code} {indicator.title}")


def count(number: int) -> Value:
    """A number that we counted, such as that of boroughs."""
    return Value("zero" if number == 0 else "reported", f"{number:,}")


def fact(name: str, number: int, unit: str = "") -> Fact:
    """A number that we counted, large beside the title."""
    return Fact(name, count(number), unit, london=False)


def heading_to(path: str, target: str, words: str) -> Link:
    """A heading that leads from the page at ``path`` to a target."""
    return Link(words, addresses.relative(path, target))


def is_invented(one: Release | None) -> bool:
    """Whether a release holds invented figures."""
    return one is not None and one.classification is Classification.SYNTHETIC


def control(inputs: Inputs, one: Release | None, *more: Row) -> tuple[Row, ...]:
    """What controls a document: the release behind it, its classification, the catalogue, the program. ``more``: rows
    before these."""
    rows = [*more]
    if one is not None:
        rows.append(Row("Release", f"{one.id}, published {day_in_words(one.published_on)}"))
    invented = "Illustrative: figures from returns are invented" if is_invented(one) else "Published figures"
    rows.append(Row("Classification", invented if one is not None else "Published"))
    rows.append(Row("Catalogue", f"{len(inputs.catalogue)} indicators; collection {inputs.collection.version}"))
    rows.append(Row("Made by", f"Software version {__version__}"))
    return tuple(rows)
