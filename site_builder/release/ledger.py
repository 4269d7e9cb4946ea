"""The ledger: every release ever published, in order, each line sealing the one before. Append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.release.package import refusal, sha256
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.vocabulary.releaseid import ReleaseId

FILE = "ledger.csv"
COLUMNS = ("seq", "kind", "id", "package_sha256", "published_on", "chain")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``package_sha256``: the checksum of the package's list of checksums. ``chain``: the seal."""

    seq: int
    kind: str
    id: str
    package_sha256: str
    published_on: date
    chain: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries, the first release first."""

    entries: tuple[Entry, ...] = ()

    @property
    def head(self) -> str:
        """The seal of the last line; empty before the first."""
        return self.entries[-1].chain if self.entries else ""

    def before(self, release: str) -> Ledger:
        """The ledger as it stood before a release; all of it when the release is not in it."""
        places = [place for place, entry in enumerate(self.entries) if entry.id == release]
        return Ledger(self.entries[: places[0]]) if places else self

    def continues(self, earlier: Ledger) -> bool:
        """Whether every line of an earlier state still stands here, in its place. Lines carry the checksums of their
        packages, so a package that was replaced shows."""
        return self.entries[: len(earlier.entries)] == earlier.entries

    def append(self, release: ReleaseId, package_sha256: str, published_on: date) -> Ledger:
        """The ledger with one more release. Raises IntegrityRefusal when it is there already or published earlier."""
        if any(entry.id == str(release) for entry in self.entries):
            raise refusal(
                FILE, "This release stands in the ledger already.", "Choose a new id: a correction is .1, .2."
            )
        if self.entries and published_on < self.entries[-1].published_on:
            raise refusal(FILE, "The release is dated before the last one.", "Give a later day with --on.")
        line = (len(self.entries) + 1, "release", str(release), package_sha256, published_on)
        return Ledger((*self.entries, Entry(*line, chain=_seal(self.head, line))))

    def to_bytes(self) -> bytes:
        """``ledger.csv``."""
        return csv_bytes(
            COLUMNS, ((e.seq, e.kind, e.id, e.package_sha256, e.published_on, e.chain) for e in self.entries)
        )


def load_ledger(releases: Path) -> Ledger:
    """The ledger of a folder of releases, empty where there is none. Raises IntegrityRefusal (D913) when a line was
    changed, taken out or put in."""
    path = releases / FILE
    if not path.exists():
        return Ledger()
    entries: list[Entry] = []
    try:
        for row in csv_rows(path.read_bytes()):
            made = Entry(
                int(row["seq"]), row["kind"], row["id"], row["package_sha256"],
                date.fromisoformat(row["published_on"]), row["chain"],
            )  # fmt: skip
            before = entries[-1].chain if entries else ""
            line = (made.seq, made.kind, made.id, made.package_sha256, made.published_on)
            if made.seq != len(entries) + 1 or made.chain != _seal(before, line):
                raise ValueError("broken")
            entries.append(made)
    except (KeyError, ValueError) as error:
        raise refusal(FILE, "The chain of the ledger is broken.", "Restore the ledger from the repository.") from error
    return Ledger(tuple(entries))


def _seal(before: str, line: tuple[object, ...]) -> str:
    return sha256(f"{before}\n{','.join(map(str, line))}".encode())
