"""Score cards: which indicators a sub group or a service answers for, and what success would look like.

Read from ``content/scorecards/<group>.toml``. Strict: what nobody knows is refused with its file and what to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import THEMES, Indicator

FOLDER = "content/scorecards"
KINDS = {"sub-group": "Sub group", "service-report": "Service that reports each quarter"}
_FIXED = {"reports_to": ("operational",), "cycle": ("quarterly",)}
_NEEDED = {"code", "title", "kind", "reports_to", "cycle"}
_OPTIONAL = {"rows", "themes"}
_OF_ROW = {"indicator", "success"}


class CardRow(NamedTuple):
    """One indicator of a card. ``success``: what success would look like, in a sentence."""

    indicator: str
    success: str


class ScoreCard(NamedTuple):
    """A card. ``kind``: of KINDS. ``themes``: whose voices and questions stand on it: those of its rows, or named where it
    has none."""

    code: str
    title: str
    kind: str
    rows: tuple[CardRow, ...]
    themes: tuple[str, ...]

    @property
    def indicators(self) -> frozenset[str]:
        """The codes of its rows."""
        return frozenset(row.indicator for row in self.rows)


def load_cards(root: Path, catalogue: Mapping[str, Indicator]) -> tuple[ScoreCard, ...]:
    """The cards of a checkout, sub groups first, then by title; none without the folder. Raises ConfigurationError (A101)
    for a key, a value or an indicator that is not known, and for an indicator that stands twice on a card."""
    made = [_card(path, catalogue) for path in sorted((root / FOLDER).glob("*.toml"))]
    return tuple(sorted(made, key=lambda card: (list(KINDS).index(card.kind), card.title)))


def _card(path: Path, catalogue: Mapping[str, Indicator]) -> ScoreCard:
    file = f"{FOLDER}/{path.name}"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise mistake(file, f"It is not valid TOML: {error}.", "Compare it with a neighbour.") from error
    _check(table, file, path.stem)
    rows = tuple(_row(row, file, catalogue) for row in table.get("rows", ()))
    if twice := sorted({row.indicator for row in rows if [one.indicator for one in rows].count(row.indicator) > 1}):
        raise mistake(file, f"An indicator stands twice: {', '.join(twice)}.", "Keep one row.")
    found = {catalogue[row.indicator].theme for row in rows} | set(table.get("themes", ()))
    themes = tuple(theme for theme in THEMES if theme in found)
    return ScoreCard(table["code"], table["title"], table["kind"], rows, themes)


def _check(table: Mapping[str, Any], file: str, stem: str) -> None:
    odd = sorted((_NEEDED - set(table)) | (set(table) - _NEEDED - _OPTIONAL))
    if odd:
        raise mistake(file, f"It lacks, or should not have: {', '.join(odd)}.", "Compare it with a neighbour.")
    allowed = {**_FIXED, "code": (stem,), "kind": tuple(KINDS)}
    for key, values in allowed.items():
        if table[key] not in values:
            raise mistake(file, f"The value of {key} is not known.", f"Write one of: {', '.join(values)}.")
    if set(table.get("themes", ())) - set(THEMES) or bool(table.get("themes")) is bool(table.get("rows")):
        raise mistake(
            file, "A card has rows, or else themes T1 to T8.", "Name indicators, or themes where there are none."
        )


def _row(row: Mapping[str, Any], file: str, catalogue: Mapping[str, Indicator]) -> CardRow:
    if odd := sorted(set(row) ^ _OF_ROW):
        raise mistake(file, f"A row lacks, or should not have: {', '.join(odd)}.", "Compare it with another.")
    code = row["indicator"]
    if code not in catalogue or catalogue[code].is_national:
        raise mistake(
            file, f"It names the indicator {code}, which is not one of {HERE.name}’s.", "Respell or remove it."
        )
    return CardRow(code, row["success"])
