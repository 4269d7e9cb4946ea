"""Releases that were withdrawn, as the public may know of them: when and, in a class, why. Never which figure.

``datapackages/releases/withdrawals.csv`` stands beside the ledger, which says that they were there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from site_builder.release.ledger import Entry, Ledger, load_ledger
from site_builder.release.package import refusal
from site_builder.release.tables import Row, csv_bytes, csv_rows
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

FILE = "withdrawals.csv"
COLUMNS = ("id", "version", "classification", "withdrawn_on", "reason")


class Reason(StrEnum):
    """Why a release was withdrawn. Only protection justifies it; what is wrong is corrected."""

    SHOWN = "shown"
    WORKED_OUT = "worked-out"
    NOT_AGREED = "not-agreed"

    @property
    def words(self) -> str:
        """As a sentence, which holds for any release."""
        return {
            Reason.SHOWN: "It showed what should have been hidden.",
            Reason.WORKED_OUT: "What it hid could be worked out.",
            Reason.NOT_AGREED: "It held figures that nobody had agreed to publish.",
        }[self]


class Withdrawal(NamedTuple):
    """A release that is gone. ``version``: the number it had. ``published_on``: when it came. ``after``: the release that
    stands before it in the ledger; empty when there is none."""

    id: ReleaseId
    version: str
    classification: Classification
    published_on: date
    withdrawn_on: date
    reason: Reason
    after: str


def load_withdrawals(releases: Path) -> tuple[Withdrawal, ...]:
    """The withdrawn releases of a folder, in the order of its ledger; none where there is no list. Raises IntegrityRefusal
    (D913) when the list is not of the releases that the ledger calls withdrawn, or cannot be read."""
    path, ledger = releases / FILE, load_ledger(releases)
    try:
        rows = csv_rows(path.read_bytes()) if path.exists() else []
        if [row["id"] for row in rows] != [entry.id for entry in ledger.withdrawn]:
            raise refusal(FILE, "The list is not of the releases that the ledger calls withdrawn.", "Restore both.")
        return tuple(_read(row, entry, ledger) for row, entry in zip(rows, ledger.withdrawn, strict=True))
    except (KeyError, ValueError) as error:
        raise refusal(FILE, "The list of withdrawn releases cannot be read.", "Restore it.") from error


def withdrawals_bytes(every: Iterable[Withdrawal]) -> bytes:
    """The list, of withdrawn releases in the order of the ledger."""
    return csv_bytes(
        COLUMNS, ((str(w.id), w.version, w.classification.value, w.withdrawn_on, w.reason.value) for w in every)
    )


def _read(row: Row, entry: Entry, ledger: Ledger) -> Withdrawal:
    before = [one.id for one in ledger.before(entry.id).standing]
    return Withdrawal(
        ReleaseId.parse(entry.id),
        row["version"],
        Classification(row["classification"]),
        entry.published_on,
        date.fromisoformat(row["withdrawn_on"]),
        Reason(row["reason"]),
        before[-1] if before else "",
    )
