"""A release: the only thing that crosses from the confidential side. It proves itself safe, or does not exist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.release.bases import DENOMINATOR, HIDDEN, NUMERATOR, Edition
from site_builder.release.cells import CellKey, PublicCells
from site_builder.release.certificate import Certificate, Proved, parse_certificate, unproved
from site_builder.release.disclosures import FILE as DISCLOSURES
from site_builder.release.disclosures import Statement, parse
from site_builder.release.ledger import Entry, Ledger, load_ledger
from site_builder.release.package import CHECKSUMS, DESCRIPTOR, read, read_checksums, refusal, sha256
from site_builder.release.policy import DisclosurePolicy, parse_policy
from site_builder.release.structure import Structure, is_declared, parse_structure
from site_builder.release.tables import Row, csv_rows
from site_builder.release.texts import About, figures_spoken_of, read_texts
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.refusals import DisclosureRefusal
from site_builder.vocabulary.releaseid import ReleaseId

RELEASES = "datapackages/releases"
RECORD = ".downloads.sha256"  # behind the id of a release: what its downloads were when they were first published
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
    """A safe release. There is none without a proof that vouches for what it prints; there is no switch.

    Raises DisclosureRefusal when the proof is one of other figures, or a note stands beside a hidden figure.
    """

    id: ReleaseId
    classification: Classification
    policy: DisclosurePolicy
    edition: Edition
    notes: tuple[Note, ...]
    coverage: tuple[State, ...]
    pins: Mapping[str, Any]
    published_on: date
    certificate: Certificate
    proved: Proved
    files: Mapping[str, bytes] = field(repr=False)
    texts: Mapping[str, tuple[Row, ...]] = field(default_factory=dict, repr=False)  # by file, as FILES of ``texts``

    def __post_init__(self) -> None:
        hidden = {About(c.key.area, c.key.indicator, c.key.period) for c in self.cells if c.withheld == HIDDEN}
        spoken = [("notes.csv", About(*note[:3])) for note in self.notes] + figures_spoken_of(self.texts)
        told = sorted({file for file, about in spoken if about in hidden})
        if told:
            place = Location(f"{self.id}: {told[0]}")
            problem = "Words stand beside a hidden figure."
            raise DisclosureRefusal(Finding("D907", Severity.ERROR, place, problem, "Make the release again."))
        if not self.proved.vouches_for(self.edition):
            raise DisclosureRefusal(unproved(str(self.id)))

    @property
    def cells(self) -> PublicCells:
        """What the release printed."""
        return self.edition.cells

    @property
    def structure(self) -> Structure:
        """How it adds up."""
        return self.edition.structure

    @property
    def revised(self) -> frozenset[CellKey]:
        """What it declares to be revised."""
        return self.edition.revised

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
    """Every release of a folder in the order of its ledger.

    The latest proof is checked: it speaks of everything printed in all of them, so it vouches for the earlier ones too,
    whose own proofs ``audit`` checks. Raises IntegrityRefusal (D913) when a file, a checksum or the ledger differs, or a
    package stands in no line of the ledger; DisclosureRefusal when the releases are not proved.
    """
    packages = sealed_packages(releases)
    if not packages:
        return ()
    editions = tuple(one.edition for one in packages)
    proved = Proved(packages[-1].name, editions, packages[-1].certificate)
    return tuple(release_of(one, proved) for one in packages)


class Sealed(NamedTuple):
    """A package whose files are those of its checksums and of the ledger. Not checked for safety yet."""

    name: str
    files: Mapping[str, bytes]
    edition: Edition
    certificate: Certificate


def sealed_packages(releases: Path) -> tuple[Sealed, ...]:
    """The packages of a folder in the order of its ledger. Raises IntegrityRefusal (D913)."""
    ledger = load_ledger(releases)
    folders = {path.name for path in releases.glob("*") if path.is_dir()}
    if kept := folders & {entry.id for entry in ledger.withdrawn}:
        raise refusal(min(kept), "This release is withdrawn.", "Remove its folder, here and from the history.")
    if strays := folders - {entry.id for entry in ledger.entries}:
        raise refusal(min(strays), "This package stands in no line of the ledger.", "Remove it, or make the release.")
    found = []
    for entry in ledger.standing:
        found.append(sealed_package(releases / entry.id, ledger.before(entry.id)))
        refuse_another_package(found[-1].files, entry)
    return tuple(found)


def refuse_another_package(files: Mapping[str, bytes], entry: Entry) -> None:
    """Raises IntegrityRefusal when a package is not the one that stands in the ledger."""
    if sha256(files[CHECKSUMS]) != entry.package_sha256:
        raise refusal(entry.id, "The package is not the one in the ledger.", "Restore it from the repository.")


def sealed_package(folder: Path, ledger_before: Ledger) -> Sealed:
    """One package, whole and untouched. Raises IntegrityRefusal (D913)."""
    files, name = package_bytes(folder), folder.name
    certificate = parse_certificate({p: d for p, d in files.items() if p != CHECKSUMS}, name)
    if certificate.head.get("ledger_head") != ledger_before.head:
        raise refusal(f"{name}/certificate.json", "The certificate knows another ledger.", "Restore the package.")
    return Sealed(name, files, edition_of(files), certificate)


def load_release(folder: Path, known_before: tuple[Edition, ...], ledger_before: Ledger) -> Release:
    """One release by its own proof. Raises IntegrityRefusal or DisclosureRefusal."""
    sealed = sealed_package(folder, ledger_before)
    return release_of(sealed, Proved(sealed.name, (*known_before, sealed.edition), sealed.certificate))


def release_of(sealed: Sealed, proved: Proved) -> Release:
    """The release in a package. Raises DisclosureRefusal."""
    files = sealed.files
    descriptor = json.loads(files[DESCRIPTOR])
    return Release(
        id=ReleaseId.parse(descriptor["lsb:release"]),
        classification=Classification(descriptor["classification"]),
        policy=parse_policy(files["policy.json"], f"{sealed.name}/policy.json"),
        edition=sealed.edition,
        notes=tuple(Note(r["area"], r["indicator"], r["period"], r["note"]) for r in csv_rows(files["notes.csv"])),
        coverage=tuple(
            State(r["area"], r["indicator"], r["period"], r["state"]) for r in csv_rows(files["coverage.csv"])
        ),
        pins=descriptor["lsb:pins"],
        published_on=date.fromisoformat(descriptor["created"][:10]),
        certificate=sealed.certificate,
        proved=proved,
        files=files,
        texts=read_texts(files),
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
    revised = frozenset(CellKey.of_row(row) for row in csv_rows(files["revisions.csv"]))
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
