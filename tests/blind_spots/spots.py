"""What the independent validator forgives by itself: one package for each, as somebody might send it.

Each spot lays files over a good return of the invented house. ``code`` is what our check says of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.confidential.standards import DESCRIPTOR, RETURN
from site_builder.release.package import json_bytes
from site_builder.release.tables import csv_bytes
from tests.confidential.house import table, write
from tests.rules.generate import AREA, DENOMINATOR, NOTE, NUMERATOR, STATUS, Maker


@dataclass(frozen=True)
class Spot:
    """``files`` by name over the good ones; a linked one has its return.csv elsewhere."""

    name: str
    code: str
    files: dict[str, bytes]
    linked: bool = False

    def lay(self, folder: Path, good: dict[str, bytes], elsewhere: Path) -> Path:
        """Write the package into a new folder, and give it back. ``elsewhere`` is an empty folder outside of it."""
        write(folder, {**good, **self.files})
        if self.linked:
            write(elsewhere, {RETURN: (folder / RETURN).read_bytes()})
            (folder / RETURN).unlink()
            (folder / RETURN).symlink_to(os.path.relpath(elsewhere / RETURN, folder))
        return folder


def spots(make: Maker) -> tuple[Spot, ...]:
    """Every known blind spot."""
    return (*_bytes(make), *_counts(make), *_words(make), *_nothing(make), *_descriptions(make), *_others(make))


def _row(make: Maker, column: int, value: str) -> dict[str, bytes]:
    def change(rows: list[list[str]]) -> None:
        rows[3][column] = value

    return {RETURN: make.edited(change)}


def _bytes(make: Maker) -> Iterator[Spot]:
    good = make.good[RETURN]
    text = good.decode()
    noted = _row(make, NOTE, "A fee of a pound, £ for short")[RETURN].decode()
    lines = text.split("\n")
    yield Spot("semicolons", "F205", {RETURN: good.replace(b",", b";")})
    yield Spot("tabs", "F205", {RETURN: good.replace(b",", b"\t")})
    yield Spot("UTF-16", "F202", {RETURN: text.encode("utf-16")})
    yield Spot("Windows-1252", "F203", {RETURN: noted.encode("cp1252")})
    opened = [*lines[:3], lines[3] + '"opened', lines[4] + 'closed"', *lines[5:]]
    yield Spot("an unclosed quotation mark swallows a row", "F208", {RETURN: "\n".join(opened).encode()})
    yield Spot("a stray quotation mark", "F208", {RETURN: good.replace(b"reported,", b'reported,A "new" team', 1)})
    yield Spot("a NUL byte", "F207", {RETURN: good.replace(b"reported,", b"reported,A\0note", 1)})


def _counts(make: Maker) -> Iterator[Spot]:
    written = {
        "an underscore": ("1_0", "C407"),
        "full-width digits": ("１０", "C407"),
        "Arabic digits": ("١٠", "C407"),
        "a plus sign": ("+10", "C407"),
        "leading zeros": ("007", "C407"),
        "a no-break space": ("\u00a010", "C407"),
        "spaces around": (" 10 ", "C407"),
        "twenty digits": ("9" * 20, "C410"),
        "a suppression mark": ("c", "C403"),
        "a percentage": ("12%", "C402"),
    }
    for name, (cell, code) in written.items():
        yield Spot(f"a count with {name}", code, _row(make, DENOMINATOR, cell))


def _words(make: Maker) -> Iterator[Spot]:
    def ended(rows: list[list[str]]) -> None:
        rows[3][AREA] += "\n"

    def swapped(rows: list[list[str]]) -> None:
        rows[3][NUMERATOR], rows[3][DENOMINATOR] = rows[3][DENOMINATOR], rows[3][NUMERATOR]

    yield Spot("an area code that ends in a line break", "F208", {RETURN: make.edited(ended)})
    yield Spot("a padded name in the header", "H303", {RETURN: make.good[RETURN].replace(b",status", b", status ", 1)})
    yield Spot("a formula in a note", "C412", _row(make, NOTE, '=HYPERLINK("x.example")'))
    yield Spot("a numerator above its denominator", "V601", {RETURN: make.edited(swapped)})


def _nothing(make: Maker) -> Iterator[Spot]:
    header = table(make.good[RETURN])[0]
    yield Spot("a header without rows", "F210", {RETURN: csv_bytes(header, [])})
    yield Spot("no resources", "S108", {DESCRIPTOR: make.descriptor(lambda d: d.__setitem__("resources", []))})


def _descriptions(make: Maker) -> Iterator[Spot]:
    text = make.good[DESCRIPTOR].decode()
    yield Spot("a key that nobody knows", "S108", {DESCRIPTOR: make.descriptor(lambda d: d.__setitem__("more", 1))})
    twice = text.replace("{", '{"name": "another-name", ', 1).encode()
    yield Spot("a key that stands twice", "F211", {DESCRIPTOR: twice})
    yield Spot("unique keys that are broken", "S108", {**_again(make), DESCRIPTOR: _schema(make, _unique)})
    status = _row(make, STATUS, "final")
    yield Spot("categories that are broken", "S108", {**status, DESCRIPTOR: _schema(make, _categories)})
    percent = _row(make, DENOMINATOR, "12%")
    yield Spot("a loose kind of number", "S108", {**percent, DESCRIPTOR: _schema(make, _loose)})
    missing = _row(make, DENOMINATOR, "c")
    yield Spot("a mark declared as missing", "S108", {**missing, DESCRIPTOR: _schema(make, _marks)})
    yield Spot("resources that are no list", "S108", {DESCRIPTOR: make.descriptor(lambda d: d.update(resources=5))})
    yield Spot("a description that is no JSON", "F211", {DESCRIPTOR: text[:-9].encode()})


def _others(make: Maker) -> Iterator[Spot]:
    yield Spot("a link to a file elsewhere", "S106", {}, linked=True)
    rows = [["x"] * 8 for _ in range(150)]
    body = make.good[RETURN] + b"".join(",".join(row).encode() + b"\n" for row in rows)
    yield Spot("more than a thousand errors", "C416", {RETURN: body})


def fetched(make: Maker, address: str) -> Spot:
    """A description whose table lies at an address of the network."""
    return Spot(
        "a table at an address", "S108", {DESCRIPTOR: make.descriptor(lambda d: _resource(d).update(path=address))}
    )


def _again(make: Maker) -> dict[str, bytes]:
    line = make.good[RETURN].split(b"\n")[3]
    return {RETURN: make.good[RETURN] + line + b"\n"}


def _schema(make: Maker, change: Callable[[dict[str, Any]], None]) -> bytes:
    value = json.loads(make.good[DESCRIPTOR])
    change(_resource(value)["schema"])
    return json_bytes(value)


def _resource(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in value["resources"] if one["path"] == RETURN)
    return found


def _field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in schema["fields"] if one["name"] == name)
    return found


def _unique(schema: dict[str, Any]) -> None:
    schema["uniqueKeys"] = [schema.pop("primaryKey")]


def _categories(schema: dict[str, Any]) -> None:
    status = _field(schema, "status")
    status["categories"] = status["constraints"].pop("enum")


def _loose(schema: dict[str, Any]) -> None:
    _field(schema, "denominator")["bareNumber"] = False


def _marks(schema: dict[str, Any]) -> None:
    schema["missingValues"] = ["", "c"]
