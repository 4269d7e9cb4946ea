"""The reader of ``content/questions/``: one file a theme, ``general.toml``, ``pairs.toml``. Strict: what nobody knows is
refused with its file and what to do."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from site_builder.published.enquiry.bank import ASKS, Bank, Pair, Question
from site_builder.published.enquiry.registry import ONLY_HIDDEN, TRIGGERS
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.indicators import THEMES, Indicator

FOLDER = "content/questions"
GENERAL, PAIRS = "general", "pairs"
STANDING = "always"  # has questions of its own or none
DIRECTED = ("above", "below", "increasing", "decreasing", "jump", "apart-from-neighbours", "predicted-apart")
_OF_THEME = {"id", "text", "asks", "indicators", "local", "when"}
_OF_GENERAL = {"id", "text", "asks", "when", "favourable"}
_OF_PAIR = {"rises", "falls", "question", "reason"}
_LONGEST = 300  # letters; the column for answers takes as many


def load_bank(root: Path, catalogue: Mapping[str, Indicator]) -> Bank:
    """The bank of a checkout; empty without the folder. Raises ConfigurationError (A101) for an unknown file, key, indicator, trigger or person
    to ask, an id or text that stands twice, and a trigger without a general question."""
    tables = {path.stem: _table(path) for path in sorted((root / FOLDER).glob("*.toml"))}
    if not tables:
        return Bank()
    known = {theme.lower() for theme in THEMES} | {GENERAL, PAIRS}
    for stem in (*sorted(set(tables) - known), *sorted({GENERAL, PAIRS} - set(tables))):
        raise mistake(_file(stem), "It is missing or not expected.", f"Have t1 to t8, {GENERAL} and {PAIRS} there.")
    general = _questions(tables.pop(GENERAL), GENERAL, catalogue)
    pairs = tuple(_pair(row, catalogue) for row in _rows(tables.pop(PAIRS), "pair", PAIRS))
    themed = tuple(one for stem, table in tables.items() for one in _questions(table, stem, catalogue))
    _once([one.id for one in (*general, *themed)], "id")
    _once([one.text for one in (*general, *themed)], "text")
    _all_have_one(general)
    return Bank(themed, general, pairs)


def _file(stem: str) -> str:
    return f"{FOLDER}/{stem}.toml"


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise mistake(_file(path.stem), f"It is not valid TOML: {error}.", "Compare it with a neighbour.") from error


def _rows(table: dict[str, Any], name: str, stem: str) -> list[dict[str, Any]]:
    rows = table.get(name, [])
    if set(table) - {name} or not isinstance(rows, list):
        raise mistake(_file(stem), f"It may hold [[{name}]] tables only.", "Remove or respell the others.")
    return rows


def _questions(table: dict[str, Any], stem: str, catalogue: Mapping[str, Indicator]) -> tuple[Question, ...]:
    keys = _OF_GENERAL if stem == GENERAL else _OF_THEME
    theme = "" if stem == GENERAL else stem.upper()
    return tuple(_question(row, stem, theme, keys, catalogue) for row in _rows(table, "question", stem))


def _question(
    row: dict[str, Any], stem: str, theme: str, keys: set[str], catalogue: Mapping[str, Indicator]
) -> Question:
    named = str(row.get("id", "without an id"))
    _have_keys(row, keys, stem, named)
    made = Question(
        named,
        theme,
        str(row["text"]).strip(),
        tuple(row["asks"]),
        tuple(row.get("indicators", ())),
        bool(row.get("local", False)),
        tuple(row["when"]),
        bool(row.get("favourable", False)),
    )
    if theme and (silent := sorted(set(made.when) & set(ONLY_HIDDEN))):
        raise mistake(
            _file(stem),
            f"The question {named} has the trigger {', '.join(silent)}.",
            "Leave it to general.toml: a hidden figure says nothing of the subject.",
        )
    _known(made.asks, ASKS, f"question {named} asks", stem)
    _known(made.when, TRIGGERS, f"question {named} has the trigger", stem)
    _known(made.indicators, catalogue, f"question {named} names the indicator", stem)
    if theme and not made.indicators:
        raise mistake(_file(stem), f"The question {named} names no indicator.", "Name one, or move it to general.toml.")
    if not made.text.endswith("?") or len(made.text) > _LONGEST:
        raise mistake(_file(stem), f"The text of {named} is no question of {_LONGEST} letters at most.", "Reword it.")
    return made


def _have_keys(row: Mapping[str, Any], keys: set[str], stem: str, named: str) -> None:
    if odd := sorted(set(row) ^ keys):
        raise mistake(_file(stem), f"{named} lacks, or should not have: {', '.join(odd)}.", "Compare it with another.")


def _known(names: Collection[str], known: Collection[str], what: str, stem: str) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise mistake(_file(stem), f"The {what} {', '.join(unknown)}, which is not known.", "Respell or remove it.")


def _pair(row: dict[str, Any], catalogue: Mapping[str, Indicator]) -> Pair:
    named = f"{row.get('rises')} and {row.get('falls')}"
    _have_keys(row, _OF_PAIR, PAIRS, named)
    made = Pair(row["rises"], row["falls"], row["question"], row["reason"])
    _known((made.rises, made.falls), catalogue, "pair names the indicator", PAIRS)
    if made.rises == made.falls or catalogue[made.rises].is_national is not catalogue[made.falls].is_national:
        raise mistake(_file(PAIRS), f"{named} cannot be a pair.", "Name two indicators of one kind of source.")
    return made


def _once(names: list[str], what: str) -> None:
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise mistake(FOLDER, f"The {what} of a question stands twice: {twice[0]}", "Change one of the two.")


def _all_have_one(general: tuple[Question, ...]) -> None:
    """Whatever fires has something to ask, in both directions."""
    ordinary = {trigger for one in general if not one.favourable for trigger in one.when}
    favourable = {trigger for one in general if one.favourable for trigger in one.when}
    lacking = sorted((set(TRIGGERS) - {STANDING} - ordinary) | (set(DIRECTED) & set(TRIGGERS)) - favourable)
    if lacking:
        raise mistake(_file(GENERAL), f"No general question for: {', '.join(lacking)}.", "Write one for each.")
