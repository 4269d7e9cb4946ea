"""A release: the only thing that crosses from the confidential side. It proves itself safe, or does not exist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.release.bases import DENOMINATOR, HIDDEN, NUMERATOR, Edition
from site_builder.release.cells import KEY, CellKey, PublicCells
from site_builder.release.certificate import Certificate, parse_certificate
from site_builder.release.disclosures import FILE as DISCLOSURES
from site_builder.release.disclosures import Statement, parse
from site_builder.release.ledger import Entry, Ledger, load_ledger
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, read, read_checksums, refusal, sha256
from site_builder.release.policy import DisclosurePolicy, parse_policy
from site_builder.release.structure import Structure, is_declared, parse_structure
from site_builder.release.tables import Row, csv_rows
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.releaseid import ReleaseId

RELEASES = "datapackages/releases"
NATIONAL = "datapackages/national"


class Note(NamedTuple):
    """Words beside a figure, published with it; never beside a hidden one."""

    area: str
    indicator: str
    period: str
    text: str


class State(NamedTuple):
    """Whether a borough's figure came: ``state`` in the words of the coverage page."""

    area: str
    indicator: str
    period: str
    state: str


@dataclass(frozen=True, slots=True, repr=False)
class Release:
    """A safe release. Making one checks its certificate against everything printed before; there is no switch.

    Raises DisclosureRefusal when the certificate does not prove it, or a note stands beside a hidden figure.
    """

    id: ReleaseId
    classification: Classification
    policy: DisclosurePolicy
    cells: PublicCells
    notes: tuple[Note, ...]
    coverage: tuple[State, ...]
    pins: Mapping[str, Any]
    published_on: date
    structure: Structure
    revised: frozenset[CellKey]
    told: tuple[Statement, ...]
    certificate: Certificate
    known_before: tuple[Edition, ...]
    files: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        hidden = {(c.key.area, c.key.indicator, c.key.period) for c in self.cells if c.withheld == HIDDEN}
        if any((note.area, note.indicator, note.period) in hidden for note in self.notes):
            place = Location(f"{self.id}: notes.csv")
            raise DisclosureRefusal(
                Finding(
                    "D907", Severity.ERROR, place, "A note stands beside a hidden figure.", "Make the release again."
                )
            )
        self.certificate.refuse_unless_it_proves(str(self.id), (*self.known_before, self.edition))

    @property
    def edition(self) -> Edition:
        """What the release printed."""
        return Edition(str(self.id), self.cells, self.structure, self.revised, self.told)

    def __repr__(self) -> str:
        return f"<Release {self.id}, {len(self.cells)} cells>"


@dataclass(frozen=True, slots=True, repr=False)
class NationalPackage:
    """Foreign open data in our form: not ours to certify, so another type. ``attribution``: lines that must be printed
    with it."""

    source: str
    release: str
    publisher: str
    published_on: str
    licence: str
    attribution: tuple[str, ...]
    population_vintage: str
    title: str
    cells: PublicCells
    notes: tuple[Note, ...]
    files: Mapping[str, bytes] = field(repr=False)

    def __repr__(self) -> str:
        return f"<NationalPackage {self.source} {self.release}, {len(self.cells)} cells>"


def load_releases(releases: Path) -> tuple[Release, ...]:
    """Every release of a folder in the order of its ledger, each checked against all before it.

    Raises IntegrityRefusal (D913) when a file, a checksum or the ledger differs, or a package stands in no line of the
    ledger; DisclosureRefusal when one is not proved.
    """
    ledger = load_ledger(releases)
    strays = {path.name for path in releases.glob("*") if path.is_dir()} - {entry.id for entry in ledger.entries}
    if strays:
        raise refusal(min(strays), "This package stands in no line of the ledger.", "Remove it, or make the release.")
    loaded: list[Release] = []
    for entry in ledger.entries:
        made = load_release(releases / entry.id, tuple(release.edition for release in loaded), ledger.before(entry.id))
        refuse_another_package(made.files, entry)
        loaded.append(made)
    return tuple(loaded)


def refuse_another_package(files: Mapping[str, bytes], entry: Entry) -> None:
    """Raises IntegrityRefusal when a package is not the one that stands in the ledger."""
    if sha256(files[CHECKSUMS]) != entry.package_sha256:
        raise refusal(entry.id, "The package is not the one in the ledger.", "Restore it from the repository.")


def load_release(folder: Path, known_before: tuple[Edition, ...], ledger_before: Ledger) -> Release:
    """One release with its proof. Raises IntegrityRefusal or DisclosureRefusal."""
    files = package_bytes(folder)
    name = folder.name
    certificate = parse_certificate({p: d for p, d in files.items() if p != CHECKSUMS}, name)
    if certificate.head.get("ledger_head") != ledger_before.head:
        raise refusal(f"{name}/certificate.json", "The certificate knows another ledger.", "Restore the package.")
    descriptor = json.loads(files[DESCRIPTOR])
    edition = edition_of(files)
    return Release(
        id=ReleaseId.parse(descriptor["lsb:release"]),
        classification=Classification(descriptor["classification"]),
        policy=parse_policy(files["policy.json"], f"{name}/policy.json"),
        cells=edition.cells,
        notes=tuple(Note(r["area"], r["indicator"], r["period"], r["note"]) for r in csv_rows(files["notes.csv"])),
        coverage=tuple(
            State(r["area"], r["indicator"], r["period"], r["state"]) for r in csv_rows(files["coverage.csv"])
        ),
        pins=descriptor["lsb:pins"],
        published_on=date.fromisoformat(descriptor["created"][:10]),
        structure=edition.structure,
        revised=edition.revised,
        told=edition.told,
        certificate=certificate,
        known_before=known_before,
        files=files,
    )


def package_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of a sealed package by path, each equal to its checksum. Raises IntegrityRefusal."""
    package = read(folder)
    listed = (folder / CHECKSUMS).read_bytes() if (folder / CHECKSUMS).is_file() else b""
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if set(read_checksums(listed)) != on_disk - {CHECKSUMS}:
        raise refusal(folder.name, "The list of checksums is not that of the package.", "Restore the package.")
    return {**package.files, DESCRIPTOR: (folder / DESCRIPTOR).read_bytes(), CHECKSUMS: listed}


def edition_of(files: Mapping[str, bytes]) -> Edition:
    """What a package printed, from its files alone. Raises IntegrityRefusal for a figure that no proof speaks of."""
    descriptor = json.loads(files[DESCRIPTOR])
    told = _told(files)
    revised = frozenset(_key(row) for row in csv_rows(files["revisions.csv"]))
    structure = parse_structure(files["structure.json"])
    cells = PublicCells.read(files["observations.csv"])
    odd = set(cells.frame["measure"]) - {NUMERATOR, DENOMINATOR} or set(cells.indicators()) - set(structure.indicators)
    if odd or any(cell.value and not (cell.value.isascii() and cell.value.isdigit()) for cell in cells):
        raise refusal("observations.csv", "The table holds a figure that no proof speaks of.", "Restore the package.")
    policy = parse_policy(files["policy.json"])
    if not all(policy.is_kept_by(form.policy) for form in structure.indicators.values()):
        raise refusal("structure.json", "An indicator is held to less than the policy.", "Restore the package.")
    keys = {cell.key for cell in cells} | {term.key for one in told for term in one.terms}
    if not {key.indicator for key in keys} <= set(structure.indicators) or not all(
        is_declared(key, structure) for key in keys
    ):
        raise refusal("structure.json", "The structure does not say how every figure adds up.", "Restore the package.")
    return Edition(descriptor["lsb:release"], cells, structure, revised, told)


def _told(files: Mapping[str, bytes]) -> tuple[Statement, ...]:
    try:
        return parse(files[DISCLOSURES])
    except (KeyError, ValueError) as error:
        raise refusal(DISCLOSURES, "What others printed cannot be read.", "Restore the package.") from error


def load_national(root: Path) -> tuple[NationalPackage, ...]:
    """Every national package of a checkout, in order of source and release. Raises IntegrityRefusal (D913)."""
    found = []
    for folder in sorted(path.parent for path in (root / NATIONAL).glob("*/*/datapackage.json")):
        package = read(folder)
        said = package.descriptor
        found.append(
            NationalPackage(
                source=said["lsb:source"],
                release=said["lsb:release"],
                publisher=said["lsb:publisher"],
                published_on=said["lsb:published_on"],
                licence=said["lsb:licence"],
                attribution=tuple(said["lsb:attribution"]),
                population_vintage=said["lsb:population_vintage"],
                title=said["title"],
                cells=PublicCells.read(package.files["observations.csv"]),
                notes=tuple(Note(r["area"], r["indicator"], r["period"], r["note"]) for r in package.rows("notes.csv")),
                files={**package.files, DESCRIPTOR: (folder / DESCRIPTOR).read_bytes()},
            )
        )
    return tuple(found)


def _key(row: Row) -> CellKey:
    columns = [row[column] for column in KEY]
    return CellKey(columns[0], int(columns[1]), *columns[2:])
