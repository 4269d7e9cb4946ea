"""The page that documents the static interface for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from site_builder.published.downloads.recipes import Recipe
from site_builder.published.pages_parts import DataTable, File, Frame, Row


@dataclass(frozen=True, slots=True)
class ApiPage:
    """``places``: what stands where; ``rules``: what a program may rely on; ``examples``: a file as it is, and how to read
    it; ``fields``: of one record; ``files``: schemas and lists."""

    template: ClassVar[str] = "api"
    answers: ClassVar[tuple[str, ...]] = ("lead", "places")
    frame: Frame
    heading: str
    lead: str
    places: DataTable
    rules: tuple[Row, ...]
    examples_text: str | Markup
    examples: tuple[Recipe, ...]
    fields: DataTable
    files: tuple[File, ...]
