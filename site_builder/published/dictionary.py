"""The columns of a return's files in words, from the house Table Schemas: their one home."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.vocabulary.frontmatter import mistake

REFERENCE = "datapackages/reference"
_ENDING = ".schema.json"
_SLIP = 1000
_FIRST = ("return", "explanations")
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date, year first",
    "boolean": "true or false",
}


class Column(NamedTuple):
    """A column: its name, what it holds, and how a cell is written."""

    name: str
    text: str
    form: str


class Status(NamedTuple):
    """A status that a row may have, and whether it asks for ``counts`` and for a ``note``."""

    name: str
    counts: bool
    note: bool


class Table(NamedTuple):
    """A file of a return: its name, what it is for, its columns in order, and its statuses, if it has any."""

    file: str
    text: str
    columns: tuple[Column, ...]
    statuses: tuple[Status, ...]

    @property
    def is_required(self) -> bool:
        """Whether every return has this file."""
        return self.file.removesuffix(".csv") in _FIRST


def load_dictionary(root: Path) -> tuple[Table, ...]:
    """Every file that has a Table Schema in ``datapackages/reference``: the return, the explanations, then others by
    name. Raises ConfigurationError (A101) that names the schema which cannot be used."""
    stems = sorted(path.name.removesuffix(_ENDING) for path in (root / REFERENCE).glob(f"*{_ENDING}"))
    ordered = [*(stem for stem in _FIRST if stem in stems), *(stem for stem in stems if stem not in _FIRST)]
    return tuple(_table(stem, (root / REFERENCE / f"{stem}{_ENDING}")) for stem in ordered)


def _table(stem: str, path: Path) -> Table:
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
        return Table(
            f"{stem}.csv",
            schema.get("description", ""),
            tuple(Column(one["name"], one["description"], form(one)) for one in schema["fields"]),
            tuple(
                Status(name, asked["counts"] == "filled", asked["note"] == "required")
                for name, asked in schema.get("statuses", {}).items()
            ),
        )
    except (AttributeError, KeyError, OSError, TypeError, ValueError) as error:
        raise mistake(
            f"{REFERENCE}/{path.name}",
            "The description of the columns cannot be printed.",
            "Give each column a name, a known type and a description.",
        ) from error


def form(field: Mapping[str, Any]) -> str:
    """How a cell of a column is written, in words. Raises KeyError for a type that has no words."""
    constraints = field.get("constraints", {})
    if allowed := constraints.get("enum"):
        words = f"one of these: {', '.join(str(one) for one in allowed)}"
    elif field["type"] == "string" and "pattern" in constraints:
        words = field.get("in_words", "a code")
    else:
        words = _TYPES[field["type"]] + _limits(constraints)
    return f"{words[0].upper()}{words[1:]}. {'Always filled.' if constraints.get('required') else 'May be blank.'}"


def _limits(constraints: Mapping[str, Any]) -> str:
    """How small, large or long; nothing of a largest number that is there to catch slips alone."""
    least, most = constraints.get("minLength"), constraints.get("maxLength")
    if constraints.get("maximum", _SLIP) < _SLIP:
        return f" from {constraints.get('minimum', 0)} to {constraints['maximum']}"
    if least and most:
        return f" of {least} to {most} characters"
    return f" of at most {most} characters" if most else f" of at least {least} characters" if least else ""
