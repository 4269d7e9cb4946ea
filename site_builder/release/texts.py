"""Texts of boroughs and partners that cross into a release beside the figures: commentary, actions, what was heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from site_builder.release.package import Resource
from site_builder.release.tables import csv_bytes, csv_rows, field
from site_builder.vocabulary.here import HERE

FILES = ("readiness.csv", "challenges.csv", "commentary.csv", "actions.csv", "voice.csv", "answers.csv")
OF_FIGURES = ("challenges.csv", "commentary.csv", "actions.csv")  # a row about a hidden figure does not cross
MARKS = "readiness.csv"  # its marks tell nothing of a figure; the note beside them might, and is left out
SENT = ("area", "submitter", "period")  # before the columns of the file itself
_SENT_FIELDS = (
    field("area", "string", "Area", f"GSS code of the {HERE.area} that sent it; empty when a partner of many did."),
    field("submitter", "string", "Submitter", "Who sent it, as in addresses.", required=True),
    field("period", "string", "Period", "Of a row about a figure: the figure's. Else the return's.", required=True),
)


class TextTable(NamedTuple):
    """One file of texts: the description of its own columns, and the rows, each with SENT before them."""

    descriptor: Mapping[str, Any]
    rows: Sequence[tuple[str, ...]]


class About(NamedTuple):
    """The figure that a text is about, as notes name theirs."""

    area: str
    indicator: str
    period: str


def resource_of(file: str, table: TextTable) -> Resource:
    """The table as a part of a package, its rows in order."""
    fields = (*_SENT_FIELDS, *table.descriptor["fields"])
    names = [one["name"] for one in fields]
    key = (*SENT, *table.descriptor["primaryKey"])
    return Resource(
        file.removesuffix(".csv"),
        file,
        table.descriptor["title"],
        table.descriptor["description"],
        fields,
        key,
        csv_bytes(names, sorted(set(table.rows))),
    )


def read_texts(files: Mapping[str, bytes]) -> dict[str, tuple[dict[str, str], ...]]:
    """The rows of each file of texts that a package has, by file name."""
    return {name: tuple(csv_rows(files[name])) for name in FILES if name in files}


def figures_spoken_of(texts: Mapping[str, Sequence[Mapping[str, str]]]) -> list[tuple[str, About]]:
    """The file and the figure of each row that is about one."""
    found = [
        (name, About(row["area"], row["indicator"], row["period"]))
        for name in OF_FIGURES
        for row in texts.get(name, ())
        if row["indicator"]
    ]
    noted = (row for row in texts.get(MARKS, ()) if row["note"])
    return found + [(MARKS, About(row["area_code"], row["indicator"], row["period"])) for row in noted]
