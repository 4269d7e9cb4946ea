"""``content/site.toml``: what the site is called, where it stands, whom to ask, whom to call."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.vocabulary.frontmatter import mistake

FILE = "content/site.toml"
_KEYS = {
    "title", "base_url", "publisher", "contact", "visibility", "private_remotes", "data_licence", "code_licence",
    "themes", "front_page", "size_budget_mb", "signpost", "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signpost:
    """Whom to call about a child, and the day somebody last checked the numbers."""

    emergency: str
    adults: str
    adults_name: str
    checked_on: date
    children: str = ""  # a line for those whom the site is about, where there is one
    children_name: str = ""
    question: str = ""  # what stands above the numbers; worry about one of these people where nothing is said


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site. ``base_url`` has no slash at its end."""

    title: str
    base_url: str
    publisher: str
    contact: str
    themes: tuple[str, ...]
    front_page: tuple[str, ...]
    size_budget_mb: int
    signpost: Signpost


def load_settings(root: Path) -> Settings:
    """The settings of a checkout. Raises as ``parse_settings``."""
    return parse_settings((root / FILE).read_text(encoding="utf-8"))


def parse_settings(text: str) -> Settings:
    """The settings of a text. Raises ConfigurationError (A101) for an unknown or a missing key."""
    try:
        table = tomllib.loads(text)
        if unknown := sorted(set(table) - _KEYS):
            raise mistake(FILE, f"These settings are not known: {', '.join(unknown)}.", "Remove or respell them.")
        return Settings(
            title=table["title"],
            base_url=table["base_url"].rstrip("/"),
            publisher=table["publisher"],
            contact=table["contact"],
            themes=tuple(table["themes"]),
            front_page=tuple(table["front_page"]),
            size_budget_mb=table["size_budget_mb"],
            signpost=Signpost(**table["signpost"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise mistake(FILE, "A setting is missing or not of its kind.", "See CONTRIBUTING for the list.") from error
