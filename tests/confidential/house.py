"""An invented house for tests of returns: four boroughs, a small catalogue, and returns full of distinctive primes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from site_builder.confidential.newreturn import Particulars, new_return
from site_builder.confidential.standards import RETURN, Standards, counts_of, load_standards
from site_builder.release import package
from site_builder.release.package import Resource
from site_builder.release.tables import csv_bytes, field
from site_builder.vocabulary.indicators import YEAR_TO_DATE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification

REPOSITORY = Path(__file__).parents[2]
QUARTER, YEAR = "2024-25-Q2", "2023-24"
OWN = "northwick"
LONDON_CHILDREN = 400_009
BOROUGH_CHILDREN = 90_007
BOROUGHS = {
    "eastmere": ("E09000091", "Eastmere", "E13000001"),
    "northwick": ("E09000092", "Northwick", "E13000002"),
    "southmarsh": ("E09000093", "Southmarsh", "E13000001"),
    "westholt": ("E09000094", "Westholt", "E13000002"),
}
_TOTALS = (
    ("E12000007", "London", "london", "Regional"),
    ("E13000001", "Inner London", "inner-london", "Regional"),
    ("E13000002", "Outer London", "outer-london", "Regional"),
    ("E92000001", "England", "england", "National"),
)
# code: kind, source, kind of period, collected, reported, risk of small numbers
_INDICATORS = {
    "P2a": ("rate", "borough", "financial-quarter", "monthly", "quarterly", ""),
    "P2g": ("proportion", "borough", "financial-year", "annual", "annual", ""),
    "SG01": ("rate", "borough", "financial-quarter", "monthly", "quarterly", ""),
    "SG02": ("proportion", "borough", "financial-quarter", "monthly", "quarterly", ""),
    "SG03": ("proportion", "borough", "financial-quarter", "quarterly", "quarterly", ""),
    "SG04": ("proportion", "borough", "financial-quarter", "monthly", "quarterly", ""),
    "SG06": ("rate", "borough", "financial-quarter", "monthly", "quarterly", ""),
    "SG08": ("rate", "borough", "snapshot", "monthly", "quarterly", ""),
    "SG10": ("proportion", "borough", "financial-quarter", "quarterly", "quarterly", "high"),
    "SG11": ("proportion", "borough", "snapshot", "quarterly", "quarterly", ""),
    "SG12": ("count", "borough", "financial-quarter", "quarterly", "quarterly", "high"),
    "SG14": ("rate", "borough", "financial-quarter", "quarterly", "quarterly", ""),
    "SG15": ("rate", "supplier:police", "financial-quarter", "monthly", "quarterly", ""),
    "SG16": ("proportion", "supplier:police", "financial-quarter", "monthly", "quarterly", ""),
    "SG18": ("count", "borough", "financial-quarter", "quarterly", "quarterly", "since-april"),
    "SG17": ("ratio", "borough", "financial-year", "annual", "annual", ""),
    "SG31": ("proportion", "supplier:schools", "academic-year", "termly", "annual", ""),
}
_TIES = """
[[within]]
part = { indicator = "SG11", column = "denominator" }
whole = { indicator = "SG08", column = "numerator" }
[[same]]
cells = [{ indicator = "SG12", column = "numerator" }, { indicator = "SG14", column = "numerator" }]
"""
_SUBMITTERS = """
[suppliers.police]
name = "Invented Police"
without = ["E09000094"]
accounts = ["police-data"]
[suppliers.schools]
name = "Invented Schools"
[boroughs.northwick]
accounts = ["northwick-data"]
"""
_PRIMES = [n for n in range(1009, 9000) if all(n % d for d in range(2, 95))]


CROWD = {f"crowd-{n:02d}": (f"E090001{n:02d}", f"Crowd {n:02d}", "E13000001") for n in range(20)}


def build_house(root: Path, *, crowd: bool = False) -> Standards:
    """Write the invented house below ``root``, with the real table schemas, and load it. ``crowd`` adds boroughs enough
    for a funnel."""
    reference = root / "datapackages/reference"
    _write_areas(reference / "areas", {**BOROUGHS, **(CROWD if crowd else {})})
    _write_populations(reference / "populations/mid-2023")
    for source in sorted((REPOSITORY / "datapackages/reference").glob("*.schema.json")):
        (reference / source.name).write_bytes(source.read_bytes())
    (reference / "ties.toml").write_text(_TIES)
    (reference / "submitters.toml").write_text(_SUBMITTERS)
    (reference / "collection.toml").write_text(
        'version = "2024-25.1"\n[[rounds]]\nperiod = "2024-25-Q2"\nopens = 2024-10-01\ndue = 2024-11-15\n'
        "publishes = 2025-01-16\n"
    )
    content = root / "content/indicators"
    content.mkdir(parents=True)
    for code in _INDICATORS:
        (content / f"{code.lower()}-invented.md").write_text(_indicator(code))
    return load_standards(root)


def particulars(standards: Standards, slug: str = OWN, period: str = QUARTER) -> Particulars:
    """The particulars of an invented return."""
    return Particulars(
        standards.submitters[slug],
        Period.parse(period),
        Classification.SYNTHETIC,
        standards.collection.version,
        "Performance team",
        "Director of children's services",
    )


def good_return(
    standards: Standards, slug: str = OWN, period: str = QUARTER, *, shift: int | None = None
) -> dict[str, bytes]:
    """A return with nothing to find, its counts primes that occur nowhere else. ``shift`` chooses among the primes."""
    files = new_return(standards, particulars(standards, slug, period))
    rows = table(files[RETURN])
    senders = [*sorted(BOROUGHS), *sorted(CROWD), "police", "schools"]
    order = 3 * senders.index(slug) + Period.parse(period).part if shift is None else shift
    for number, row in enumerate(rows[1:]):
        columns = counts_of(standards.catalogue[row[2]])
        row[4] = str(_PRIMES[(20 * number + order) % 500])
        row[5] = str(_PRIMES[(600 + 20 * number + order) % len(_PRIMES)]) if "denominator" in columns else ""
        row[6] = "reported"
    if "-Q" in period and standards.submitters[slug].area is not None:
        _fit_part(rows)
        _fit_same(rows)
    return {**files, RETURN: csv_bytes(rows[0], rows[1:])}


def table(data: bytes) -> list[list[str]]:
    """The rows of a table, its header first."""
    return list(csv.reader(io.StringIO(data.decode())))


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a return's files into a folder that may exist, and give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def _fit_part(rows: list[list[str]]) -> None:
    """The plans reviewed are some of all plans: give the whole the larger count."""
    by_code = {row[2]: row for row in rows[1:]}
    whole, part = by_code["SG08"], by_code["SG11"]
    if int(part[5]) > int(whole[4]):
        whole[4] = str(next(p for p in _PRIMES if p > int(part[5]) + 500))


def _fit_same(rows: list[list[str]]) -> None:
    """In this house two indicators hold one count."""
    by_code = {row[2]: row for row in rows[1:]}
    by_code["SG14"][4] = by_code["SG12"][4]


def _write_areas(folder: Path, boroughs: dict[str, tuple[str, str, str]]) -> None:
    header = ["area_code", "name", "slug", "level", "dfe_code", "region", "official_name", "funnel", "tile_x", "tile_y"]
    rows = [
        [code, name, slug, "Local authority", "", region, name, "true", "", ""]
        for slug, (code, name, region) in boroughs.items()
    ]
    rows += [[code, name, slug, level, "", "", name, "false", "", ""] for code, name, slug, level in _TOTALS]
    _write_package(folder, "areas", header, rows)


def _write_populations(folder: Path) -> None:
    rows = [["E12000007", "2023", "0-17", str(LONDON_CHILDREN)]]
    rows += [[code, "2023", "0-17", str(BOROUGH_CHILDREN)] for code, _, _ in BOROUGHS.values()]
    _write_package(folder, "populations", ["area_code", "year", "ages", "population"], rows)


def _write_package(folder: Path, name: str, header: list[str], rows: list[list[str]]) -> None:
    data = csv_bytes(header, rows)
    fields = tuple(field(column, "string", column, column) for column in header)
    resource = Resource(name, f"{name}.csv", name, name, fields, (header[0],), data)
    description = package.describe(name, name, "Invented.", Classification.SYNTHETIC, [resource])
    package.write_files(folder, {f"{name}.csv": data, "datapackage.json": description})


def _indicator(code: str) -> str:
    kind, source, period, collected, reported, risk = _INDICATORS[code]
    window = "none"
    if risk == "since-april":
        window, risk = YEAR_TO_DATE, ""
    denominator = 'denominator_series = "ons-mye/0-17"' if kind == "rate" else 'denominator = "All"'
    return f"""+++
code = "{code}"
title = "Invented series {code}"
theme = "T1"
agency = "invented"
stage = "protection"
tier = "outcome"
question = "needs"
status = "agreed"
provenance = "reconstructed"
provenance_note = "Invented for tests."
source = "{source}"
polarity = "no-judgement"
polarity_source = "none"
collection_group = "invented"
[measure]
kind = "{kind}"
numerator = "Some"
{denominator}
multiplier = 1
unit = "children"
[period]
kind = "{period}"
collected = "{collected}"
reported = "{reported}"
window = "{window}"
[disclosure]
small_number_risk = "{risk}"
[[versions]]
number = 1
from = 2008-04-01
text = "Invented."
comparability = "full"
+++
## What it measures
Invented.
## Why it matters
Invented.
## What it cannot tell you
Invented.
## Questions to ask
Invented.
"""
