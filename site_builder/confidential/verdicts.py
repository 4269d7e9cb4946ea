"""What was found in a return before, kept on disk: the same return under the same rules gets the same findings.

A verdict is what the rules of one return by itself say, and the second check: codes, places and our own words, never a
cell. Its key is a digest of all that these rules are given: the return as it came through the gates, and everything
that judges it. The gates, and comparisons with other returns, are never kept. A release does not read verdicts.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

import site_builder
from site_builder.confidential.folders import Folder, ReturnPackage, Row
from site_builder.confidential.rules.flaws import Flaw

PLACE = Path(".cache/site-builder/verdicts")
JUDGES = ("datapackages/reference", "content/indicators")  # of the checkout: all that standards are loaded from
_SOURCES = ("confidential", "release", "vocabulary")  # of the program

Verdict = tuple[tuple[str, Flaw], ...]  # codes of rules, each with what it found


@dataclass(frozen=True)
class Verdicts:
    """The verdicts below a folder that were given by one state of the rules, named by its digest."""

    folder: Path
    judges: str

    def key(self, package: ReturnPackage) -> str:
        """The name of a return's verdict. Two returns that differ in anything a rule can see have different names."""
        seen = json.dumps([self.judges, _plain(package)], ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(seen.encode()).hexdigest()

    def read(self, key: str) -> Verdict | None:
        """The verdict of this name; None when there is none, or when it cannot be read or is not as it was written."""
        try:
            digest, _, body = (self.folder / key).read_text(encoding="utf-8").partition("\n")
            return _verdict(body) if digest == _digest(key, body) else None
        except (OSError, ValueError):
            return None

    def write(self, key: str, verdict: Verdict) -> None:
        """Keep a verdict. Where nothing can be written there, nothing is kept: the next check judges again."""
        body = json.dumps([[code, flaw._asdict()] for code, flaw in verdict])
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, encoding="utf-8", delete=False) as part:
                part.write(f"{_digest(key, body)}\n{body}")
            Path(part.name).replace(self.folder / key)
        except OSError:
            return


def verdicts_of(root: Path) -> Verdicts:
    """The verdicts of a checkout, given by its reference files and by this program as they are now."""
    program = Path(site_builder.__file__).parent
    files = [*_below(root, JUDGES, "*"), *_below(program, _SOURCES, "*.py")]
    state = hashlib.sha256(f"{python_version()} {version('frictionless')}".encode())
    for name, path in files:
        state.update(f"\n{name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return Verdicts(root / PLACE, state.hexdigest())


def _below(root: Path, folders: Sequence[str], pattern: str) -> Iterable[tuple[str, Path]]:
    found = (path for folder in folders for path in (root / folder).rglob(pattern) if path.is_file())
    return sorted((path.relative_to(root).as_posix(), path) for path in found)


def _verdict(body: str) -> Verdict:
    return tuple((code, Flaw(**flaw)) for code, flaw in json.loads(body))


def _digest(key: str, body: str) -> str:
    return hashlib.sha256(f"{key}\n{body}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value of a return as JSON can hold it, every part of it. Raises TypeError for a kind that is not known here, so
    that nothing new is left out of a key."""
    match value:
        case None | bool() | int() | str():
            return value
        case Row():
            return [value.line, *value.cells]
        case Folder():
            return [value.submitter, value.period]
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Mapping():
            return [[_plain(key), _plain(one)] for key, one in value.items()]
        case tuple() | list():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return [_plain(getattr(value, one.name)) for one in fields(value)]
        case _:
            raise TypeError(f"a return holds a {type(value).__name__}, which no key is made of")
