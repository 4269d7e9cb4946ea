"""A return as it is sent: files by name, some of which may be links or folders; and the good one that is spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis.strategies import SearchStrategy

from site_builder.confidential.standards import EXPLANATIONS, RETURN, Standards
from site_builder.release.tables import csv_bytes
from tests.confidential.house import OWN, QUARTER, good_return, table, write

COMMENTARY, CHALLENGES = "commentary.csv", "challenges.csv"
NOTE = "A new team took over the work, and its figures follow"
OPTIONAL = {
    COMMENTARY: [
        ["SG01", "More families came forward in summer.", "Waiting has become shorter."],
        ["SG12", "Volunteers were trained anew.", ""],
    ],
    CHALLENGES: [
        ["2024-07-15", "SG01", "Two teams count in their own ways.", "One form for both.", "Data manager", "open"],
    ],
}
ANSWER = ["T704", "E09000092", "SG01", "total", "A new front door was opened in summer."]


@dataclass(frozen=True)
class Link:
    """A symbolic link instead of a file."""

    target: str


@dataclass(frozen=True)
class Directory:
    """A folder instead of a file."""


Sent = Mapping[str, bytes | Link | Directory]
Draw = Callable[[SearchStrategy[Any]], Any]


def next_prime(number: int) -> int:
    """The first prime above a number."""
    return next(n for n in count(number + 1) if all(n % d for d in range(2, int(n**0.5) + 1)))


def good(standards: Standards, slug: str = OWN, period: str = QUARTER) -> dict[str, bytes]:
    """A return with nothing to put right whose counts are primes of five digits, so that each is known again; with a
    figure that was not collected, an estimate with its note, and an explanation."""
    files = good_return(standards, slug, period)
    rows = table(files[RETURN])
    for row in rows[1:]:
        row[4:6] = [str(next_prime(40 * int(cell))) if cell else "" for cell in row[4:6]]
    rows[2][4:8] = ["", "", "not_collected", ""]
    rows[3][6:8] = ["estimated", NOTE]
    area = rows[1][0]
    explained = [ANSWER[0], area, *ANSWER[2:]]
    header = table(files[EXPLANATIONS])[0]
    texts = {name: csv_bytes(standards.schemas[name].columns, some) for name, some in OPTIONAL.items()}
    return {**files, RETURN: csv_bytes(rows[0], rows[1:]), EXPLANATIONS: csv_bytes(header, [explained]), **texts}


def lay(folder: Path, sent: Sent) -> None:
    """Make a folder hold exactly this."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder, {name: data for name, data in sent.items() if isinstance(data, bytes)})
    for name, other in sent.items():
        if isinstance(other, Link):
            (folder / name).symlink_to(other.target)
        elif isinstance(other, Directory):
            (folder / name).mkdir()
