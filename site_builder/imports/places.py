"""The places of England as publishers code them: authorities with their years, regions, aliases and composites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.release.package import Package
from site_builder.release.reconciliation import JOINT
from site_builder.release.tables import Row
from site_builder.vocabulary.areas import ENGLAND, Level


@dataclass(frozen=True, slots=True)
class Place:
    """One row of ``authorities.csv``. Years are reporting years (ending 31 March), 0 when open.

    ``kind`` is authority, region, nation, alias or composite. An alias stands for ``stands_for`` in its years; a
    composite is one figure for several ``members``.
    """

    code: str
    name: str
    kind: str
    level: Level
    dfe_code: str = ""
    region: str = ""
    first_year: int = 0
    last_year: int = 0
    stands_for: str = ""
    members: tuple[str, ...] = ()

    def exists_in(self, year: int) -> bool:
        """Whether the place reports in this reporting year."""
        return self.first_year <= year and (not self.last_year or year <= self.last_year)


@dataclass(frozen=True, slots=True)
class Located:
    """What a row's code and name stand for. ``problem`` is I301 or I302 and then ``code`` is empty; ``note`` is I303
    for an alias and I304 for a composite."""

    code: str = ""
    members: tuple[str, ...] = ()
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """All places, by code."""

    by_code: Mapping[str, Place]
    composites_by_name: Mapping[str, Place] = field(repr=False)
    by_dfe_code: Mapping[str, tuple[Place, ...]] = field(repr=False)

    @staticmethod
    def of(rows: Iterable[Row]) -> Places:
        """The places of the rows of ``authorities.csv``."""
        places = [_place(row) for row in rows]
        dfe: dict[str, list[Place]] = {}
        for place in places:
            if place.kind == "authority":
                dfe.setdefault(place.dfe_code, []).append(place)
        return Places(
            {place.code: place for place in places},
            {place.name: place for place in places if place.kind == "composite"},
            {code: tuple(some) for code, some in dfe.items()},
        )

    def locate(self, code: str, name: str, year: int) -> Located:
        """The place of an authority's GSS code and printed name in a reporting year."""
        if JOINT in code:
            parts = tuple(sorted(part.strip() for part in code.split("/")))
            known = all(self._is_authority(part) for part in parts)
            return Located(JOINT.join(parts), parts, note="I304") if known else Located(problem="I301")
        if not code and name in self.composites_by_name:
            composite = self.composites_by_name[name]
            return Located(composite.code, composite.members, note="I304")
        place = self.by_code.get(code)
        if place is None or place.kind not in ("authority", "alias"):
            return Located(problem="I301")
        if place.name != name:
            return Located(problem="I302")
        if place.kind == "alias":
            return Located(place.stands_for, note="I303") if place.exists_in(year) else Located(problem="I301")
        return Located(code)

    def name_of(self, code: str) -> str:
        """The name of a place; empty for a code that is not known."""
        return self.by_code[code].name if code in self.by_code else ""

    def locate_total(self, level: Level, country: str, region: str) -> Located:
        """The place of a region's or England's row."""
        code = country if level is Level.NATIONAL else region
        place = self.by_code.get(code)
        wanted = "nation" if level is Level.NATIONAL else "region"
        return Located(code) if place is not None and place.kind == wanted else Located(problem="I301")

    def of_dfe_code(self, dfe_code: str, year: int) -> str:
        """The GSS code of a three-digit code in a reporting year; empty when there is none."""
        return next((p.code for p in self.by_dfe_code.get(dfe_code, ()) if p.exists_in(year)), "")

    def is_exact(self, code: str) -> bool:
        """Whether counts of the place are exact: those of regions and England are to the nearest 10."""
        return code not in self.by_code or self.by_code[code].level is Level.LOCAL_AUTHORITY

    def _is_authority(self, code: str) -> bool:
        return code in self.by_code and self.by_code[code].kind == "authority"


def _place(row: Row) -> Place:
    return Place(
        code=row["area_code"],
        name=row["name"],
        kind=row["kind"],
        level=Level(row["level"]),
        dfe_code=row["dfe_code"],
        region=row["region"],
        first_year=int(row["first_year"] or 0),
        last_year=int(row["last_year"] or 0),
        stands_for=row["stands_for"],
        members=tuple(row["members"].split()),
    )


def level_fits(level: Level, country: str, region: str, code: str) -> bool:
    """Whether the filled columns are those of the level: an authority has region and code, a region only its own."""
    filled = (country == ENGLAND, bool(region), bool(code))
    match level:
        case Level.NATIONAL:
            return filled == (True, False, False)
        case Level.REGIONAL:
            return filled == (True, True, False)
        case Level.LOCAL_AUTHORITY:
            return filled == (True, True, True)


def places_of(areas: Package) -> Places:
    """The places of an areas package: its list of authorities, and those of its own areas that are not in that."""
    rows = areas.rows("authorities.csv") if "authorities.csv" in areas.files else []
    own = areas.rows("areas.csv") if "areas.csv" in areas.files else []
    known = {row["area_code"] for row in rows}
    return Places.of([*rows, *own_rows(row for row in own if row["area_code"] not in known)])


def own_rows(areas: Iterable[Row]) -> list[Row]:
    """Rows of an instance's own ``areas.csv`` as rows of a list of authorities."""
    return [_own(row) for row in areas]


def _own(row: Row) -> Row:
    level = Level(row["level"])
    kind = {Level.NATIONAL: "nation", Level.REGIONAL: "region", Level.LOCAL_AUTHORITY: "authority"}[level]
    blank = dict.fromkeys(("dfe_code", "region", "first_year", "last_year", "stands_for", "members"), "")
    return {**blank, **row, "kind": kind}
