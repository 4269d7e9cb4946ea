"""From a page to bytes: one template a kind of page, autoescape on, an unknown name is an error.

A ``Renderer`` is made once in a process from the folder ``templates/``; rendering has no effect and reads nothing more
than that folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from site_builder.published import squeeze
from site_builder.published.pages import Page
from site_builder.published.pages_parts import Assets, Value
from site_builder.vocabulary.here import HERE

_HASH = 10  # letters of the checksum in the name of an asset


class ValuePrinter(Protocol):
    """What the macro that prints a figure looks like from here."""

    def __call__(self, value: Value, /) -> Markup: ...


def rows(records: Sequence[Sequence[str | Value]], pattern: str, spoken: ValuePrinter) -> Markup:
    """``pattern`` once for each record, with one ``%s`` a cell, as trusted HTML.

    Plain cells are escaped, all at once; ``Markup`` stays as it is; a ``Value`` is printed by the value macro
    (``spoken``), unless it is a bare number, which needs no markup. ``pattern`` is a literal of a template, never data.
    Raises ValueError when a cell holds a NUL, TypeError when a record does not fit the pattern.
    """
    cells = [_cell(cell, spoken) for record in records for cell in record]
    plain = [place for place, cell in enumerate(cells) if not isinstance(cell, Markup)]
    safe = str(escape("\0".join([cells[place] for place in plain]))).split("\0") if plain else []
    if len(safe) != len(plain):
        raise ValueError("a cell holds a NUL")
    for place, text in zip(plain, safe, strict=True):
        cells[place] = text
    return Markup(pattern * len(records) % tuple(cells))  # noqa: S704 - the pattern is ours and every cell is escaped


def _cell(cell: str | Value, spoken: ValuePrinter) -> str:
    if isinstance(cell, Value):
        return cell.text if cell.text and not cell.marks and not cell.caution else spoken(cell)
    return cell


class Renderer:
    """Renders pages with the templates of a folder, and holds the assets that these need.

    ``templates``: the folder with ``layouts/``, ``parts/``, ``pages/`` and ``assets/``. Raises
    jinja2.TemplateNotFound when one is missing, jinja2.UndefinedError when a template asks for what a page has not.
    """

    def __init__(self, templates: Path) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            cache_size=-1,
        )
        self.environment.globals["rows"] = self._rows
        self.environment.globals["here"] = HERE
        self._spoken: ValuePrinter | None = None
        self.files, self.assets = fingerprinted(templates / "assets")

    def render(self, page: Page) -> bytes:
        """The page as UTF-8 HTML."""
        template = self.environment.get_template(f"pages/{page.template}.html")
        context = {field.name: getattr(page, field.name) for field in fields(page)} | {"page_kind": page.template}
        return (_BLANK.sub("\n", template.render(context)).strip() + "\n").encode()

    def drawn(self, part: str, macro: str, *given: object) -> str:
        """What a macro of a part draws."""
        made: Callable[..., Markup] = getattr(self.environment.get_template(part).module, macro)
        return str(made(*given)).strip()

    def _rows(self, records: Sequence[Sequence[str | Value]], pattern: str) -> Markup:
        if self._spoken is None:
            self._spoken = self._macro("parts/value.html", "spoken")
        return rows(records, pattern, self._spoken)

    def _macro(self, part: str, name: str) -> Callable[[Value], Markup]:
        macro: Callable[[Value], Markup] = getattr(self.environment.get_template(part).module, name)
        return macro


_WORD = re.compile(r"\$\{HERE\.(\w+)\}")
_BLANK = re.compile(r"\n\s*\n+")


def fingerprinted(folder: Path) -> tuple[Mapping[str, bytes], Assets]:
    """The assets as files of the site, by path with a fingerprint, and the addresses that pages use.

    Style sheets and scripts are written without what only their writers read.
    """
    made = {path.name: _published(path) for path in sorted(folder.iterdir())}
    assets = {name: named(Path(name).stem, Path(name).suffix[1:], data) for name, data in made.items()}
    return {assets[name]: data for name, data in made.items()}, assets


_SQUEEZED = {".css": squeeze.style, ".js": squeeze.script}


def _published(path: Path) -> bytes:
    squeezed = _SQUEEZED.get(path.suffix)
    return squeezed(in_words_of_here(path.read_text(encoding="utf-8"))).encode() if squeezed else path.read_bytes()


def in_words_of_here(text: str) -> str:
    """A script with the words of the place for ``${HERE.word}``. Raises AttributeError for a word there is not."""
    return _WORD.sub(lambda found: str(getattr(HERE, found[1])), text)


def named(stem: str, ending: str, data: bytes) -> str:
    """Where an asset stands: its name holds a fingerprint of its bytes."""
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:_HASH]}.{ending}"
