"""How a folder of a return may be spoilt, by kind; and one example of a kind through the check."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from tests.fuzz.examine import Desk, Outcome
from tests.fuzz.hand import Files
from tests.fuzz.sent import Draw, Sent
from tests.fuzz.spoil import descriptions, folders, tables, texts

Mutation = Callable[[Draw, Files], Sent]
MUTATIONS: Mapping[str, Mutation] = {
    way.__name__.replace("_", " "): way for way in (*texts.WAYS, *tables.WAYS, *descriptions.WAYS, *folders.WAYS)
}


def several(draw: Draw, files: Files) -> Sent:
    """Two or three of them, one after another, as long as all files can still be spoilt."""
    sent: Sent = files
    for _ in range(draw(st.integers(2, 3))):
        kept = {name: data for name, data in sent.items() if isinstance(data, bytes)}
        try:
            sent = draw(st.sampled_from(sorted(MUTATIONS)).map(MUTATIONS.__getitem__))(draw, kept)
        except (LookupError, ValueError, RecursionError, csv.Error, AttributeError, TypeError):
            return sent  # spoilt beyond what the next one needs
    return sent


KINDS: Mapping[str, Mutation] = {**MUTATIONS, "several": several}


def examined(desk: Desk, kind: str, draw: Draw) -> Outcome:
    """One example of a kind through the check."""
    return desk.examine(KINDS[kind](draw, dict(desk.good)))
