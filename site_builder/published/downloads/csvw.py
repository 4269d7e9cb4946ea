"""CSV on the Web: what each column of a package's table is, in the form that linked-data tools look for.

Made from the Table Schema in the package's own descriptor, so names, order and key cannot part. W3C, *Metadata
Vocabulary for Tabular Data*, 2015.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_BASES = {"string": "string", "integer": "integer", "number": "decimal", "date": "date", "boolean": "boolean"}
_BOUNDS = {"minimum": "minimum", "maximum": "maximum"}
_DIALECT = {"commentPrefix": None, "delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\n"]}


def csvw(descriptor: Mapping[str, Any], resource: str) -> bytes:
    """The metadata of one table of a package. ``descriptor``: of the package; ``resource``: the table's name.

    Raises KeyError when the package has no such table.
    """
    tables = {one["name"]: one for one in descriptor["resources"]}
    table = tables[resource]
    schema = table["schema"]
    made = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table["path"],
        "dialect": _DIALECT,
        "dc:title": f"{descriptor['title']}: {table['title']}",
        "dc:description": f"{descriptor['description']} {table['description']}",
        "dc:license": {"@id": descriptor["licenses"][0]["path"]},
        "dc:modified": {"@type": "xsd:date", "@value": descriptor["created"][:10]},
        "tableSchema": {
            "columns": [_column(field) for field in schema["fields"]],
            "primaryKey": schema["primaryKey"],
        },
    }
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": field["name"],
        "titles": field["name"],
        "dc:title": field["title"],
        "dc:description": field["description"],
        "datatype": _datatype(field["type"], field.get("constraints", {})),
        "required": bool(field.get("constraints", {}).get("required", False)),
        "null": [""],
    }


def _datatype(kind: str, constraints: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"base": _BASES[kind]}
    for name, ours in _BOUNDS.items():
        if name in constraints:
            made[ours] = constraints[name]
    if "enum" in constraints:
        made["format"] = _one_of(constraints["enum"])
    elif "pattern" in constraints:
        made["format"] = f"^{constraints['pattern']}$"
    return made


def _one_of(words: Sequence[str]) -> str:
    return f"^({'|'.join(words)})$"
