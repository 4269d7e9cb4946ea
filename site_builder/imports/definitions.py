"""A publisher's description of an indicator as a definition of ours: the head and the four headings of a content file.

What the description does not say (a theme, a polarity, what a figure cannot tell) stands in the mapping; nothing is
made up. A text such as ``{indicator_name}`` in the mapping is the field of that name in the description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from site_builder.imports.mappings import Release, Table
from site_builder.vocabulary.indicators import HEADINGS

DEFINITIONS = "definitions/"  # of a package
_FIELD = re.compile(r"\{([A-Za-z0-9_]+)\}", re.ASCII)
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


class Undescribed(Exception):
    """A description that cannot be read."""


class NoSuchField(Exception):
    """A field that the mapping takes from a description and that is not there, or empty."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def described(name: str, data: bytes) -> dict[str, str]:
    """The fields of a description that are texts, as written: a ``.yml`` file, or the head of a ``.md`` one.

    Every scalar is taken as its text, so that ``no`` stays a word and ``1.10`` keeps its nought. Raises Undescribed.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        if name.endswith(".md"):
            head = _FRONT.match(text)
            if head is None:
                raise Undescribed
            text = head[1]
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (it makes texts, lists and tables alone)
    except (UnicodeDecodeError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise Undescribed from error
    if not isinstance(loaded, dict):
        raise Undescribed
    return {key: value.strip() for key, value in loaded.items() if isinstance(key, str) and isinstance(value, str)}


def definition(release: Release, table: Table, fields: Mapping[str, str]) -> tuple[str, bytes]:
    """The path inside the package, and the text, of the definition of a table's one series. Raises NoSuchField."""
    (series,) = table.series
    said: dict[str, Any] = _filled(table.definition, fields)
    prose, slug = said.pop("prose", {}), said.pop("slug", series.id.lower())
    head = {"code": series.id, "source": f"national:{release.source}", **said}
    plain = {key: value for key, value in head.items() if not isinstance(value, dict | list) or _plain(value)}
    tables = {key: value for key, value in head.items() if key not in plain}
    lines = ["+++", *(f"{key} = {_toml(value)}" for key, value in plain.items())]
    for key, value in tables.items():
        for one in value if isinstance(value, list) else [value]:
            lines += ["", f"[[{key}]]" if isinstance(value, list) else f"[{key}]"]
            lines += [f"{inner} = {_toml(what)}" for inner, what in one.items()]
    lines += ["+++", ""]
    for heading in HEADINGS:
        lines += [f"## {heading}", "", prose.get(heading, ""), ""]
    return f"{DEFINITIONS}{series.id.lower()}-{slug}.md", "\n".join(lines).encode()


def _filled(value: Any, fields: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(inner, fields) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, fields) for inner in value]
    return _FIELD.sub(lambda match: _field(match[1], fields), value) if isinstance(value, str) else value


def _field(name: str, fields: Mapping[str, str]) -> str:
    if not fields.get(name):
        raise NoSuchField(name)
    return fields[name]


def _plain(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(one, dict) for one in value)


def _toml(value: Any) -> str:
    """A value in TOML. A JSON text is a TOML text but for DEL, which TOML wants escaped."""
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)
