"""The ledger: every release ever published, in order, each line sealing the one before. Append-only.

A release is withdrawn when it showed what must stay hidden. Its line stays, as a withdrawal and without the checksum: who
knows all figures of a package but one could try that one out until the checksum fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.release.package import refusal, sha256
from site_builder.release.tables import csv_bytes, csv_rows
from site_builder.vocabulary.releaseid import ReleaseId

FILE = "ledger.csv"
COLUMNS = ("seq", "kind", "id", "package_sha256", "published_on", "chain")
STANDING, WITHDRAWN = "release", "withdrawal"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``kind``: of a release that stands, or of one that was withdrawn. ``package_sha256``: the checksum of the
    package's list of checksums; empty of a withdrawn one. ``published_on``: when the release came. ``chain``: the seal."""

    seq: int
    kind: str
    id: str
    package_sha256: str
    published_on: date
    chain: str

    def continues(self, earlier: Entry) -> bool:
        """Whether this is the same line as earlier, or the same release withdrawn since."""
        if (self.seq, self.id, self.published_on) != (earlier.seq, earlier.id, earlier.published_on):
            return False
        return self.kind == WITHDRAWN or (self.kind, self.package_sha256) == (earlier.kind, earlier.package_sha256)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries, the first release first."""

    entries: tuple[Entry, ...] = ()

    @property
    def head(self) -> str:
        """The seal of the last line; empty before the first."""
        return self.entries[-1].chain if self.entries else ""

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The releases that can be read, the first one first."""
        return tuple(entry for entry in self.entries if entry.kind == STANDING)

    @property
    def withdrawn(self) -> tuple[Entry, ...]:
        """Those that were withdrawn, likewise."""
        return tuple(entry for entry in self.entries if entry.kind == WITHDRAWN)

    def before(self, release: str) -> Ledger:
        """The ledger as it stood before a release; all of it when the release is not in it."""
        places = [place for place, entry in enumerate(self.entries) if entry.id == release]
        return Ledger(self.entries[: places[0]]) if places else self

    def continues(self, earlier: Ledger) -> bool:
        """Whether every line of an earlier state still stands here, in its place, or is withdrawn. Lines carry the
        checksums of their packages, so a package that was replaced shows."""
        kept = self.entries[: len(earlier.entries)]
        return len(kept) == len(earlier.entries) and all(
            now.continues(then) for now, then in zip(kept, earlier.entries, strict=True)
        )

    def append(self, release: ReleaseId, package_sha256: str, published_on: date) -> Ledger:
        """The ledger with one more release. Raises IntegrityRefusal when it is there already or published earlier."""
        if any(entry.id == str(release) for entry in self.entries):
            raise refusal(
                FILE, "This release stands in the ledger already.", "Choose a new id: a correction is .1, .2."
            )
        if self.entries and published_on < self.entries[-1].published_on:
            raise refusal(FILE, "The release is dated before the last one.", "Give a later day with --on.")
        return self._with((len(self.entries) + 1, STANDING, str(release), package_sha256, published_on))

    def withdraw(self, release: str) -> Ledger:
        """The ledger with its newest standing release withdrawn; that line and those after it, which are withdrawn too, are
        sealed anew. Raises IntegrityRefusal for any other release: proofs of later ones speak of it."""
        newest = self.standing[-1].id if self.standing else ""
        if release != newest:
            told = f"Withdraw {newest} first." if newest else "Nothing stands that could be withdrawn."
            raise refusal(release, "This is not the newest release that stands.", told)
        place = next(at for at, entry in enumerate(self.entries) if entry.id == release)
        made = Ledger(self.entries[:place])
        for entry in self.entries[place:]:
            made = made._with((entry.seq, WITHDRAWN, entry.id, "", entry.published_on))
        return made

    def _with(self, line: tuple[int, str, str, str, date]) -> Ledger:
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
            if made.seq != len(entries) + 1 or made.chain != _seal(before, line) or not _is_whole(made):
                raise ValueError("broken")
            entries.append(made)
    except (KeyError, ValueError) as error:
        raise refusal(FILE, "The chain of the ledger is broken.", "Restore the ledger from the repository.") from error
    return Ledger(tuple(entries))


def _is_whole(entry: Entry) -> bool:
    """Whether a line says of a release what its kind says."""
    return entry.kind in (STANDING, WITHDRAWN) and bool(entry.package_sha256) == (entry.kind == STANDING)


def _seal(before: str, line: tuple[object, ...]) -> str:
    return sha256(f"{before}\n{','.join(map(str, line))}".encode())
