"""The files of a release package, without its proof: tables, structure, policy, and words on how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from site_builder import __version__
from site_builder.release.cells import KEY, CellKey, PublicCells
from site_builder.release.disclosures import FILE as DISCLOSURES
from site_builder.release.disclosures import IDENTITY, Statement, to_bytes
from site_builder.release.package import DESCRIPTOR, OGL, Resource, describe
from site_builder.release.policy import DisclosurePolicy
from site_builder.release.releases import Note, State
from site_builder.release.structure import Structure
from site_builder.release.tables import csv_bytes, field
from site_builder.release.texts import TextTable, resource_of
from site_builder.vocabulary.areas import Areas
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator
from site_builder.vocabulary.periods import day_in_words
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

_MARKS = ["c", "x", "z", "low", "u"]
_MEASURES = ["numerator", "denominator"]
_AREA = field("area", "string", "Area", "GSS code of the place.", required=True, pattern="E[0-9]{8}")
_INDICATOR = field("indicator", "string", "Indicator", "Code of the catalogue.", required=True)
_PERIOD = field("period", "string", "Period", "Quarter, financial year, or day of a snapshot.", required=True)
_KEY_FIELDS = (
    _INDICATOR,
    field("definition_version", "integer", "Version", "Version of the definition.", required=True, minimum=1),
    _AREA,
    _PERIOD,
    field("breakdown", "string", "Breakdown", "Part of the figure; total when there is none.", required=True),
    field("measure", "string", "Measure", "Which count of the indicator.", required=True, enum=_MEASURES),
    field(
        "coverage",
        "string",
        "Coverage",
        f"Which {HERE.areas} a total adds up: all, or an id in structure.json.",
        required=True,
    ),
)
_OBSERVATION_FIELDS = (
    field("classification", "string", "Classification", "Whether the figures are invented or made safe.", required=True,
          enum=[c.value for c in Classification if c is not Classification.CONFIDENTIAL]),
    *_KEY_FIELDS,
    field("value", "number", "Value", "The count as printed; empty when withheld.", minimum=0),
    field("withheld", "string", "Withheld", f"Why there is no value: c hidden to protect {HERE.people}, x not available, "
          "z not applicable, low, u too unreliable.", enum=_MARKS),
    field("obs_status", "string", "Status", "Letters p provisional, r revised, b break, e estimated, joined."),
)  # fmt: skip


def package_files(
    release: ReleaseId,
    published_on: date,
    classification: Classification,
    cells: PublicCells,
    structure: Structure,
    policy: DisclosurePolicy,
    revised: Iterable[CellKey],
    notes: Sequence[Note],
    coverage: Sequence[State],
    areas: Areas,
    catalogue: Sequence[Indicator],
    pins: Mapping[str, Any],
    told: Iterable[Statement] = (),
    salt: str = "",
    texts: Mapping[str, TextTable] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Every file of the package but the proof and the checksums, by name. The same values give the same bytes.

    ``salt``: a keyed text, gone with a package that is withdrawn, so that nobody can try out what stood in it against the
    checksum that the ledger keeps.
    """
    tables = (
        _observations(cells, classification),
        _revisions(revised),
        _disclosures(told),
        _notes(notes),
        _coverage(coverage),
        _areas(areas),
        _indicators(catalogue),
        *(resource_of(file, table) for file, table in texts.items()),
    )
    synthetic = classification is Classification.SYNTHETIC
    title = f"{HERE.title}, release {release}"
    warning = "Every figure is invented, to show how the site works. " if synthetic else ""
    descriptor = describe(
        f"{HERE.short}-{str(release).lower()}",
        f"{title} (illustrative)" if synthetic else title,
        f"{warning}Counts by {HERE.levels}, made safe to publish. Published {day_in_words(published_on)}.",
        classification,
        tables,
        created=f"{published_on.isoformat()}T00:00:00Z",
        version=f"1.0.{release.correction}",
        keywords=[HERE.people, HERE.name, HERE.subject],
        **{"lsb:release": str(release), "lsb:pins": dict(pins), "lsb:formats": {"package": 1}, "lsb:salt": salt},
    )
    return {
        DESCRIPTOR: descriptor,
        **{table.path: table.data for table in tables},
        "structure.json": structure.to_bytes(),
        "policy.json": policy.to_bytes(),
        "README.md": _readme(title, warning, published_on),
        "LICENCE.txt": f"{OGL['title']}\n{OGL['path']}\n".encode(),
    }


def _observations(cells: PublicCells, classification: Classification) -> Resource:
    names = [f["name"] for f in _OBSERVATION_FIELDS]
    rows = ((classification.value, *cell.key, cell.value, cell.withheld, cell.obs_status) for cell in cells)
    return Resource(
        "observations", "observations.csv", "Observations", "One row a printed or withheld count.",
        _OBSERVATION_FIELDS, KEY, csv_bytes(names, rows),
    )  # fmt: skip


def _revisions(revised: Iterable[CellKey]) -> Resource:
    return Resource(
        "revisions", "revisions.csv", "Revisions", "Counts that differ from the release before, hidden ones included.",
        _KEY_FIELDS, KEY, csv_bytes(KEY, sorted(revised)),
    )  # fmt: skip


def _disclosures(told: Iterable[Statement]) -> Resource:
    end = "{} that the counts, each times its weight, add up to; empty when there is no such bound."
    fields = (
        field("statement", "string", "Statement", "One figure; all rows of the same name belong to it.", required=True),
        field("source", "string", "Source", "Who printed it.", required=True),
        *_KEY_FIELDS,
        field("weight", "integer", "Weight", "What the count is multiplied by.", required=True),
        field("least", "integer", "Least", end.format("The least")),
        field("most", "integer", "Most", end.format("The most")),
    )
    return Resource(
        "disclosures", DISCLOSURES, "Figures of others", "Figures that others printed of the same counts, as the proof "
        "takes them.", fields, IDENTITY, to_bytes(told),
    )  # fmt: skip


def _notes(notes: Sequence[Note]) -> Resource:
    fields = (
        _AREA,
        _INDICATOR,
        _PERIOD,
        field("note", "string", "Note", f"The {HERE.area}'s own words.", required=True),
    )
    return Resource(
        "notes", "notes.csv", "Notes", "Words beside figures; none beside a hidden one.", fields,
        ("area", "indicator", "period", "note"), csv_bytes([f["name"] for f in fields], sorted(set(notes))),
    )  # fmt: skip


def _coverage(coverage: Sequence[State]) -> Resource:
    fields = (_AREA, _INDICATOR, _PERIOD, field("state", "string", "State", "Whether the figure came.", required=True))
    return Resource(
        "coverage", "coverage.csv", "Coverage", f"Which {HERE.areas}' figures came, and why others did not.", fields,
        ("area", "indicator", "period"), csv_bytes([f["name"] for f in fields], sorted(set(coverage))),
    )  # fmt: skip


def _areas(areas: Areas) -> Resource:
    fields = (
        _AREA,
        field("name", "string", "Name", "Name of the place.", required=True),
        field("level", "string", "Level", "Geographic level.", required=True),
        field("region", "string", "Region", f"Of {HERE.an_area}: code of Inner or Outer {HERE.name}."),
    )
    rows = [(a.code, a.name, a.level.value, a.region) for a in areas.all]
    return Resource(
        "areas", "areas.csv", "Areas", "The places of the observations.", fields, ("area",),
        csv_bytes([f["name"] for f in fields], rows),
    )  # fmt: skip


def _indicators(catalogue: Sequence[Indicator]) -> Resource:
    fields = (
        _INDICATOR,
        field("definition_version", "integer", "Version", "Version of the definition.", required=True, minimum=1),
        field("title", "string", "Title", "Name of the indicator.", required=True),
        field("kind", "string", "Kind", "What the value is made of.", required=True),
        field("unit", "string", "Unit", "Unit of the value.", required=True),
        field("multiplier", "integer", "Multiplier", "What numerator by denominator is multiplied by.", required=True),
        field("numerator", "string", "Numerator", "What is counted.", required=True),
        field("denominator", "string", "Denominator", "What it is divided by."),
        field("polarity", "string", "Polarity", "Which way is good, where a source says so.", required=True),
        field(
            "provenance", "string", "Provenance", "How much of the wording is known from the sources.", required=True
        ),
    )
    rows = (
        (
            i.code, i.version, i.title, i.measure.kind.value, i.measure.unit, i.measure.multiplier, i.measure.numerator,
            i.measure.denominator, i.polarity.value, i.provenance.value,
        )
        for i in catalogue
    )  # fmt: skip
    return Resource(
        "indicators", "indicators.csv", "Indicators", "The catalogue as it stood.", fields,
        ("indicator",), csv_bytes([f["name"] for f in fields], rows),
    )  # fmt: skip


def _readme(title: str, warning: str, published_on: date) -> bytes:
    return f"""# {title}

{warning}Published {day_in_words(published_on)}. Software version {__version__}.

- `observations.csv`: every count, or the mark that stands for it. `c` means: hidden to protect {HERE.people}.
- `structure.json`: how the counts add up. `policy.json`: which counts are hidden. `revisions.csv`: what was revised.
- `disclosures.csv`: figures that others printed of the same counts; a reader is taken to know them.
- `certificate.json`, `witnesses.csv.gz`: the proof that no hidden count can be worked out from anything published.
- `coverage.csv`: whose figures came. `notes.csv`: words beside figures. `areas.csv`, `indicators.csv`: what the codes mean.
- `SHA256SUMS`: run `sha256sum -c SHA256SUMS` here to check the files.

To repeat the attack on this and all earlier releases: `site-builder audit`, with the folder of releases.
Licence: Open Government Licence v3.0.
""".encode()
