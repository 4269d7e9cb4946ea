"""A small country of invented authorities, in the shape of the DfE's files: a repository, a release, its two files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.imports.steps import ImportResult, import_release
from site_builder.release.package import Resource, describe, write_files
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.rounding import half_up, half_up_to

ENGLAND, REGION = "E92000001", "E12000901"
PLACES = {
    "E09000901": ("Alderham", "901", 900_000),
    "E09000902": ("Birchford", "902", 1_100_000),
    "E06000903": ("Cedar, Vale of", "903", 1_400_000),
}
YEARS = (2021, 2022, 2023)
IDENTITY = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,old_la_code,new_la_code,la_name"
)
AUTHORITIES = """\
area_code,name,kind,level,dfe_code,region,first_year,last_year,stands_for,members,succeeded_by
E06000903,"Cedar, Vale of",authority,Local authority,903,E12000901,,,,,
E06000909,"Cedar, Vale of",alias,Local authority,903,E12000901,2021,2021,E06000903,,
E09000901,Alderham,authority,Local authority,901,E12000901,,,,,
E09000901 / E09000902,Alderham with Birchford,composite,Local authority,901 / 902,E12000901,,,,E09000901 E09000902,
E09000902,Birchford,authority,Local authority,902,E12000901,,,,,
E09000908,Oldtown,authority,Local authority,908,E12000901,,2021,,,E09000902
E12000901,Northshire,region,Regional,999,E92000001,,,,,
E92000001,England,nation,National,970,,,,,,
"""

WIDE_HEAD = f"{IDENTITY},category,Start,Start_rate,Second,Second_percent,Short,Long"
LONG_HEAD = f"{IDENTITY.replace('new_la_code,la_name', 'la_name,new_la_code')},Group,number"
MAPPING = """\
source = "dfe-cin"
release = "2023"
mapping_version = 1
population = "mye-a"
publisher = "Department of Trees"
title = "Trees in need, reporting year 2023"
published_on = "unknown"
licence = "OGL-UK-3.0"
attribution = ["Department of Trees, reporting year 2023."]
same = [["plans.start", "missing.start"]]

[symbols]
c = "c"
x = "x"
z = "z"
k = "low"

[[table]]
name = "plans"
file = "plans.csv"
sha256 = "{plans}"
repository = "trees/open"
path = "data/plans.csv"
commit = "0000000000000000000000000000000000000000"
time = "reporting-year"
years = [2021, 2023]
ignore = ["category"]
percentages = ["start_rate", "second_percent"]
[table.columns]
start = "Start"
start_rate = "Start_rate"
second = "Second"
second_percent = "Second_percent"
short = "Short"
long = "Long"
[[table.parts]]
whole = "start"
parts = ["short", "long"]
[[table.series]]
id = "N09a"
numerator = ["start"]
denominator = "population"
published = "start_rate"
period = "year"
[[table.series]]
id = "N17"
numerator = ["second"]
denominator = "start"
published = "second_percent"
period = "snapshot-31-march"
zero_query = true
[[table.series]]
id = "N15"
numerator = ["short", "long"]
denominator = "start"
period = "year"

[[table]]
name = "missing"
file = "missing.csv"
sha256 = "{missing}"
repository = "trees/open"
path = "data/missing.csv"
commit = "0000000000000000000000000000000000000000"
time = "reporting-year"
years = [2021, 2023]
filters = ["Group"]
skip = [["Trees, other"]]
[[table.cell]]
name = "start"
column = "number"
where = ["Trees started"]
[[table.cell]]
name = "lost"
column = "number"
where = ["Trees lost"]
[[table.series]]
id = "N25b"
numerator = ["lost"]
denominator = "start"
period = "year"
"""


def start(place: int, year: int) -> int:
    """Invented: trees started in a place."""
    return 100 + 37 * place + 7 * (year - 2020)


def population(code: str, year: int) -> int:
    """Invented: trees of all ages at the middle of a year."""
    if code in PLACES:
        return PLACES[code][2] + 13 * (year - 2020)
    return sum(population(place, year) for place in PLACES)


def _identity(year: int, level: str, code: str = "", *, long: bool = False) -> str:
    region = f"{REGION},Northshire" if level != "National" else ","
    name, number = (f'"{PLACES[code][0]}"', PLACES[code][1]) if code else ("", "")
    tail = f"{number},{name},{code}" if long else f"{number},{code},{name}"
    return f"{year},Reporting year,{level},{ENGLAND},England,{region},{tail}"


def _wide_row(year: int, level: str, code: str, starts: int, area: str) -> str:
    shown = starts if level == "Local authority" else half_up_to(starts, 10)
    second = shown // 3
    rate = half_up(starts, population(area, year - 1), 10_000, 1)
    share = half_up(second, shown, 100, 1)
    short = shown // 2
    return f"{_identity(year, level, code)},Trees,{shown},{rate},{second},{share},{short},{shown - short}"


def plans() -> list[str]:
    """The wide file, line by line."""
    lines = [WIDE_HEAD]
    for year in YEARS:
        starts = {code: start(index, year) for index, code in enumerate(PLACES)}
        total = sum(starts.values())
        lines.append(_wide_row(year, "National", "", total, ENGLAND))
        lines.append(_wide_row(year, "Regional", "", total, REGION))
        lines += [_wide_row(year, "Local authority", code, count, code) for code, count in starts.items()]
    return lines


def missing() -> list[str]:
    """The long file, line by line."""
    lines = [LONG_HEAD]
    for year in YEARS:
        starts = {code: start(index, year) for index, code in enumerate(PLACES)}
        total = half_up_to(sum(starts.values()), 10)
        rows = [("National", "", total), ("Regional", "", total)]
        rows += [("Local authority", code, count) for code, count in starts.items()]
        for level, code, count in rows:
            head = _identity(year, level, code, long=True)
            lines += [f"{head},Trees started,{count}", f"{head},Trees lost,{count // 4}", f'{head},"Trees, other",c']
    return lines


@dataclass
class World:
    """A repository with reference data and one mapping, and a folder of downloads beside it. Change lines, then run."""

    base: Path
    mapping: str = MAPPING
    plans: list[str] = field(default_factory=plans)
    missing: list[str] = field(default_factory=missing)
    line_end: str = "\r\n"
    prefix: bytes = b""
    raw_plans: bytes | None = None
    keep_checksums: bool = True
    downloads: str = "downloads"
    given: tuple[str, ...] = ("plans.csv", "missing.csv")
    vintages: dict[str, int] = field(default_factory=lambda: {"mye-a": 0, "mye-b": 400_000})

    @property
    def root(self) -> Path:
        return self.base / "repository"

    @property
    def mapping_path(self) -> Path:
        return self.root / "datapackages/national/dfe-cin/2023/mapping.toml"

    def run(self) -> ImportResult:
        """Write everything and import it."""
        self._reference()
        folder = (self.base / self.downloads).resolve()
        files = {"plans.csv": self._bytes(self.plans), "missing.csv": self._bytes(self.missing)}
        if self.raw_plans is not None:
            files["plans.csv"] = self.raw_plans
        write_files(folder, files)
        digests = {name.removesuffix(".csv"): hashlib.sha256(data).hexdigest() for name, data in files.items()}
        if not self.keep_checksums:
            digests["plans"] = "0" * 64
        self.mapping_path.parent.mkdir(parents=True, exist_ok=True)
        text = self.mapping.replace("{plans}", digests["plans"]).replace("{missing}", digests["missing"])
        self.mapping_path.write_text(text, encoding="utf-8")
        return import_release(self.mapping_path, [folder / name for name in self.given], self.root)

    def codes(self) -> set[str]:
        """The codes of the findings of a run."""
        return {finding.rule for finding in self.run().findings}

    def change(self, table: str, line: int, old: str, new: str) -> None:
        """Put other text into one line of a file; the old text must be there."""
        lines: list[str] = getattr(self, table)
        assert old in lines[line], "the fixture has changed"
        lines[line] = lines[line].replace(old, new, 1)

    def remap(self, old: str, new: str) -> None:
        """Put other text into the mapping; the old text must be there."""
        assert old in self.mapping, "the fixture has changed"
        self.mapping = self.mapping.replace(old, new, 1)

    def _bytes(self, lines: list[str]) -> bytes:
        return self.prefix + "".join(line + self.line_end for line in lines).encode()

    def _reference(self) -> None:
        areas = AUTHORITIES.encode()
        write_package(self.root / "datapackages/reference/areas", "areas", "authorities.csv", areas)
        for vintage, more in self.vintages.items():
            rows = [
                (code, year, "0-17", population(code, year) + more)
                for code in (*PLACES, REGION, ENGLAND)
                for year in range(2019, 2024)
            ]
            data = csv_bytes(("area_code", "year", "ages", "population"), rows)
            write_package(self.root / "datapackages/reference/populations" / vintage, vintage, "populations.csv", data)


def write_package(folder: Path, name: str, path: str, data: bytes) -> None:
    """A package with one table of bytes."""
    resource = Resource(name, path, name, name, (), (), data)
    descriptor = describe(name, name, name, Classification.PUBLISHED, [resource])
    write_files(folder, {"datapackage.json": descriptor, path: data})
