"""Heads and tables of documents, read strictly: what nobody knows is refused with its file and what to do (A101)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from site_builder.vocabulary.frontmatter import mistake, split

_COMPARE = "Compare it with a neighbour, and with CONTRIBUTING."


def head_of(
    root: Path, path: Path, needed: Collection[str], allowed: Collection[str] = ()
) -> tuple[str, dict[str, Any], str]:
    """Name, head and text of a file. ``needed``: keys that it must have; ``allowed``: those that it may have."""
    name = path.relative_to(root).as_posix()
    head, text = split(path.read_text(encoding="utf-8"), name)
    checked(head, needed, allowed, name, "The head")
    return name, head, text


def rows_of(root: Path, path: Path, table: str, needed: Collection[str]) -> list[Mapping[str, Any]]:
    """The ``[[table]]`` entries of a TOML file; none where there is no file."""
    if not path.is_file():
        return []
    name = path.relative_to(root).as_posix()
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise mistake(name, f"It is not valid TOML: {error}.", _COMPARE) from error
    checked(read, (), (table,), name, "The file")
    rows: list[Mapping[str, Any]] = read.get(table, [])
    for row in rows:
        checked(row, needed, (), name, f"A {table}")
    return rows


def checked(table: Mapping[str, Any], needed: Collection[str], allowed: Collection[str], file: str, what: str) -> None:
    """Raises ConfigurationError (A101) when keys are missing or not known."""
    if missing := sorted(set(needed) - set(table)):
        raise mistake(file, f"{what} lacks: {', '.join(missing)}.", _COMPARE)
    if unknown := sorted(set(table) - set(needed) - set(allowed)):
        raise mistake(file, f"{what} has keys that are not known: {', '.join(unknown)}.", "Remove or respell them.")


def one_of(value: Any, allowed: Collection[str], file: str, what: str) -> str:
    """The value if it is allowed. Raises ConfigurationError (A101)."""
    if value not in allowed:
        raise mistake(file, f"{what} is {value!r}, which is not known.", f"Write one of: {', '.join(allowed)}.")
    return str(value)


def known(names: Collection[str], known_ones: Collection[str], file: str, what: str) -> tuple[str, ...]:
    """The names if each is known. Raises ConfigurationError (A101)."""
    if unknown := sorted(set(names) - set(known_ones)):
        raise mistake(file, f"{what} that are not known: {', '.join(unknown)}.", "Respell or remove them.")
    return tuple(names)


def day(value: Any, file: str, what: str) -> date:
    """The day if it is one. Raises ConfigurationError (A101)."""
    if type(value) is not date:
        raise mistake(file, f"{what} is not a day.", "Write a date without quotation marks, such as 2025-07-17.")
    return value
