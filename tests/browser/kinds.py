"""Which built page stands for each kind of page: found from the pages themselves, so that a new kind joins by itself."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder.published.pages import PAGES, MovedPage

MOVED = MovedPage.template  # leads on before anything could look at it; samples stand for it, and none need be built
KINDS = tuple(page.template for page in PAGES if page.template != MOVED)
_KIND = re.compile(rb'<body data-kind="([a-z_]+)">')


def kind_of(page: Path) -> str:
    """The kind that a built page names. Raises AssertionError when it names none."""
    found = _KIND.search(page.read_bytes())
    assert found is not None, f'{page}: its layout lacks <body data-kind="{{{{ page_kind }}}}">'
    return found[1].decode()


def by_kind(site: Path) -> dict[str, list[str]]:
    """Every built page, from the lightest to the heaviest, by its kind."""
    pages = sorted((page.stat().st_size, page.relative_to(site).as_posix()) for page in site.rglob("*.html"))
    made: dict[str, list[str]] = {}
    for _, path in pages:
        made.setdefault(kind_of(site / path), []).append(path)
    return made
