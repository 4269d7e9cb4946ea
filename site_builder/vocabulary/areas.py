"""Places: the authorities of the whole, their totals, the whole's neighbours elsewhere, and the country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from site_builder.vocabulary.here import HERE

ENGLAND = HERE.country_code  # the country that the whole is compared with
LONDON = HERE.code  # the whole
PARTS = HERE.parts  # between the whole and its areas
TOTALS = HERE.totals


class Level(Enum):
    """Geographic level, in the words of the DfE's open data."""

    LOCAL_AUTHORITY = "Local authority"
    REGIONAL = "Regional"
    NATIONAL = "National"


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """One place. ``code`` is the GSS code, ``dfe_code`` the three digits of the DfE (a string, empty for totals)."""

    code: str
    name: str
    slug: str
    level: Level
    dfe_code: str = ""
    region: str = ""  # of an authority: one of PARTS, or the whole
    official_name: str = ""
    funnel: bool = True  # False for one that is too small to set the scale for all
    tile: tuple[int, int] | None = None  # column and row on the map of squares

    @property
    def is_borough(self) -> bool:
        """Whether this is one of the authorities that send figures."""
        return self.level is Level.LOCAL_AUTHORITY


@dataclass(frozen=True, slots=True)
class Areas:
    """The places of a reference package, looked up by code or slug."""

    all: tuple[Area, ...]
    by_code: dict[str, Area]
    by_slug: dict[str, Area]

    @staticmethod
    def of(areas: Iterable[Area]) -> Areas:
        """Areas in order of code. Raises ValueError when a code or slug stands twice."""
        ordered = tuple(sorted(areas, key=lambda area: area.code))
        by_code = {area.code: area for area in ordered}
        by_slug = {area.slug: area for area in ordered}
        if len(by_code) < len(ordered) or len(by_slug) < len(ordered):
            raise ValueError("an area code or slug stands twice in the areas package")
        return Areas(ordered, by_code, by_slug)

    @property
    def boroughs(self) -> tuple[Area, ...]:
        """The authorities that send figures, A to Z by name."""
        return tuple(sorted((a for a in self.all if a.is_borough), key=lambda area: area.name))

    def members(self, total: str) -> tuple[str, ...]:
        """Codes of the authorities inside the whole or one of its parts, in order. Raises KeyError otherwise."""
        if total == LONDON:
            return tuple(a.code for a in self.all if a.is_borough)
        if total in PARTS:
            return tuple(a.code for a in self.all if a.is_borough and a.region == total)
        raise KeyError(total)
