"""Who sends returns, and for which areas, as ``datapackages/reference/submitters.toml`` says it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from site_builder.vocabulary.areas import Area, Areas
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator, Status

FILE = "datapackages/reference/submitters.toml"
_SUPPLIER_KEYS = {"name", "without", "accounts"}
_BOROUGH_KEYS = {"accounts"}


class SubmitterKind(Enum):
    """A borough sends its own figures; a supplier, such as the police, those of many boroughs at once."""

    BOROUGH = "borough"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Submitter:
    """One that sends returns. ``areas``: whom its figures are about, in order of code. ``accounts``: who may change its
    folder, as the host of the repository names them."""

    slug: str
    name: str
    kind: SubmitterKind
    areas: tuple[Area, ...]
    accounts: tuple[str, ...] = ()

    @property
    def area(self) -> Area | None:
        """The area of a borough; None for a supplier."""
        return self.areas[0] if self.kind is SubmitterKind.BOROUGH else None

    def speaks_for(self, code: str) -> bool:
        """Whether an area code is one of its areas."""
        return any(area.code == code for area in self.areas)

    def sends(self, indicator: Indicator, area: Area, suppliers: Mapping[str, Submitter]) -> bool:
        """Whether it is the one source of this indicator for this area: the supplier that the catalogue names where that
        one covers the area, else the borough itself."""
        if indicator.status is not Status.AGREED or not self.speaks_for(area.code):
            return False
        slug = supplier_slug(indicator)
        if slug is None:
            return indicator.is_collected and self.kind is SubmitterKind.BOROUGH
        supplier = suppliers.get(slug)
        if supplier is None:
            return False
        return self.slug == slug or (self.kind is SubmitterKind.BOROUGH and not supplier.speaks_for(area.code))


def supplier_slug(indicator: Indicator) -> str | None:
    """The supplier that the catalogue names as the source of an indicator, None for any other source."""
    kind, _, slug = indicator.source.partition(":")
    return slug if kind == "supplier" else None


def borough_submitter(area: Area, accounts: Sequence[str] = ()) -> Submitter:
    """A borough as the sender of its own return."""
    return Submitter(area.slug, area.name, SubmitterKind.BOROUGH, (area,), tuple(accounts))


def load_submitters(root: Path, areas: Areas) -> dict[str, Submitter]:
    """Everyone who may send a return, by slug: all boroughs, and the suppliers of the file.

    Raises ConfigurationError when the file is not as it should be, or gives one account to two; without a file there are boroughs alone.
    """
    path = root / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        told = table.pop("boroughs", {})
        suppliers = [_supplier(slug, entry, areas) for slug, entry in table.pop("suppliers", {}).items()]
        if table or not set(told) <= {area.slug for area in areas.boroughs}:
            raise ValueError("a name that is not known")
        boroughs = [borough_submitter(area, _accounts(told.get(area.slug, {}))) for area in areas.boroughs]
        accounts = [account.lower() for one in (*boroughs, *suppliers) for account in one.accounts]
        if len(set(accounts)) < len(accounts):
            raise ValueError("an account of two submitters")
        return {one.slug: one for one in (*boroughs, *suppliers)}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise mistake(path.name, "The list of submitters cannot be read.", "Mend it; see its head.") from error


def sender(submitters: Mapping[str, Submitter], account: str) -> str | None:
    """The slug of the submitter that an account sends for; None for anybody else. Capitals make no other account."""
    return next((slug for slug, one in submitters.items() if account.lower() in map(str.lower, one.accounts)), None)


def _supplier(slug: str, entry: Mapping[str, Any], areas: Areas) -> Submitter:
    without = set(entry.get("without", ()))
    known = {area.code for area in areas.boroughs}
    if set(entry) - _SUPPLIER_KEYS or not without <= known or slug in areas.by_slug:
        raise ValueError("not a supplier")
    covered = tuple(area for area in sorted(areas.boroughs, key=lambda a: a.code) if area.code not in without)
    return Submitter(slug, str(entry["name"]), SubmitterKind.SUPPLIER, covered, _listed(entry))


def _accounts(entry: Mapping[str, Any]) -> tuple[str, ...]:
    if set(entry) - _BOROUGH_KEYS:
        raise ValueError(f"not {HERE.an_area}")
    return _listed(entry)


def _listed(entry: Mapping[str, Any]) -> tuple[str, ...]:
    accounts = entry.get("accounts", [])
    if not isinstance(accounts, list) or not all(isinstance(one, str) and one for one in accounts):
        raise ValueError("not a list of accounts")
    return tuple(accounts)
