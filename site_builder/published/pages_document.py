"""A document: numbered sections of prose, tables and charts, to be read, printed and taken into a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from markupsafe import Markup

from site_builder.published.pages_indicator import ChartBlock
from site_builder.published.pages_parts import DataTable, Fact, File, Frame, Link, Row
from site_builder.published.pages_site import ChangeGroup


class Part(NamedTuple):
    """One block of a section; what is not empty is printed, in the order of these fields.

    ``slug``: its anchor, empty for none. ``heading``: of the third level, a link with an empty ``href`` for words alone.
    ``note``: small words below the heading. ``words``: whether the columns of ``table`` hold words.
    """

    slug: str = ""
    heading: Link | None = None
    note: str = ""
    prose: Markup = Markup()
    rows: tuple[Row, ...] = ()
    table: DataTable | None = None
    words: bool = False
    chart: ChartBlock | None = None
    changes: ChangeGroup | None = None
    questions: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


class Section(NamedTuple):
    """A numbered section. ``slug`` is its anchor, ``number`` is printed before the heading (empty for none)."""

    slug: str
    number: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document. ``kicker``: what kind. ``facts``: at most four. ``colophon``: release, review date, classification and what
    else controls the document."""

    template: ClassVar[str] = "document"
    frame: Frame
    kicker: str
    heading: str
    lead: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    colophon: tuple[Row, ...]
