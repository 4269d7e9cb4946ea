"""The lists of the static interface for programs: what a release or national package holds, and where each file is.

A program begins with the index. Nothing in these lists is a figure of a place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from site_builder.published import addresses
from site_builder.published.downloads.json import SCHEMA, document
from site_builder.published.downloads.places import program_file
from site_builder.published.inputs import Inputs
from site_builder.published.listed import day_of
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import LONDON, Area, Areas

INDEX = "api/index.json"
LISTS = {name: f"api/{name}.json" for name in ("indicators", "areas", "periods")}


@dataclass(frozen=True, slots=True)
class Holding:
    """A release or national package, for programs. ``title``: its name; ``published_on``: a day, or empty where it is not
    known; ``folder``: its path on the site with a slash at the end; ``figures``: its indicators; ``places``: the areas
    that have a file of their own."""

    release: str
    classification: str
    title: str
    published_on: str
    folder: str
    figures: Mapping[str, IndicatorData]
    places: tuple[Area, ...]

    def file(self, group: str, name: str) -> str:
        """A file of figures, below the folder."""
        return program_file(group, name, self.classification)


def holdings(inputs: Inputs) -> Iterator[Holding]:
    """What programs may ask for: the latest release, then each national package."""
    places = (inputs.areas.by_code[LONDON], *inputs.areas.boroughs)
    if (latest := inputs.latest) is not None:
        name, kind = str(latest.id), latest.classification.value
        ours = {code: one for code, one in inputs.figures.items() if not one.source.national}
        title = f"{inputs.content.settings.title}, release {name}"
        day = latest.published_on.isoformat()
        yield Holding(name, kind, title, day, addresses.release_file(name, ""), ours, places)
    for package in inputs.nationals:
        theirs = {code: one for code, one in inputs.figures.items() if inputs.package_of.get(code) is package}
        folder = addresses.national_file(package.source, package.release, "")
        known = day_of(package)
        day = known.isoformat() if known else ""
        yield Holding(package.release, "published", package.title, day, folder, theirs, places)


def index_json(held: Holding, base_url: str) -> bytes:
    """Everything there is, as paths below ``base``. ``base_url``: of the site, without a slash at the end."""
    table = {
        **_head(held, "index"),
        "title": held.title,
        "published_on": held.published_on or None,
        "base": f"{base_url}/{held.folder}",
        "schema_url": f"{base_url}/{schema_path()}",
        "descriptor": "datapackage.json",
        "lists": LISTS,
        "files": {code: held.file("indicators", code) for code in held.figures},
        "latest": {code: held.file("latest", code) for code in held.figures},
        "areas": {area.slug: held.file("areas", area.slug) for area in held.places},
    }
    return (json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def indicators_json(held: Holding) -> bytes:
    """What each indicator means and which periods it has, in order of the catalogue."""
    return document(_head(held, "indicators"), (_indicator(held, one) for one in held.figures.values()), "indicators")


def areas_json(held: Holding, areas: Areas) -> bytes:
    """Every place that a figure is given for, in order of code."""
    codes = sorted({code for one in held.figures.values() for code in one.areas})
    slugs = {area.slug for area in held.places}
    records = (_area(held, areas.by_code[code], areas.by_code[code].slug in slugs) for code in codes)
    return document(_head(held, "areas"), records, "areas")


def periods_json(held: Holding) -> bytes:
    """Every period that a figure is given for, the oldest first."""
    periods = sorted({period for one in held.figures.values() for period in one.periods})
    records = (
        {
            "period": str(period),
            "kind": period.kind.value,
            "label": period.label,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        }
        for period in periods
    )
    return document(_head(held, "periods"), records, "periods")


def schema_path() -> str:
    """Where the schema of all these files stands."""
    return f"schemas/{SCHEMA.replace('/', '-')}.json"


def files_of_holding(held: Holding, areas: Areas, base_url: str) -> Mapping[str, Callable[[], bytes]]:
    """The index and the three lists by path below the folder."""
    return {
        INDEX: partial(index_json, held, base_url),
        LISTS["indicators"]: partial(indicators_json, held),
        LISTS["areas"]: partial(areas_json, held, areas),
        LISTS["periods"]: partial(periods_json, held),
    }


def _head(held: Holding, kind: str) -> dict[str, Any]:
    return {"schema": SCHEMA, "kind": kind, "release": held.release, "classification": held.classification}


def _indicator(held: Holding, data: IndicatorData) -> dict[str, Any]:
    one = data.indicator
    return {
        "indicator": one.code,
        "title": one.title,
        "theme": one.theme,
        "agency": one.agency,
        "definition_version": one.version,
        "value_kind": one.measure.kind.value,
        "numerator_counts": one.measure.numerator,
        "denominator_counts": one.measure.denominator or one.measure.denominator_series,
        "unit": one.measure.unit,
        "multiplier": one.measure.multiplier,
        "dp": one.measure.dp,
        "polarity": one.polarity.value,
        "periods": [str(period) for period in data.periods],
        "latest_period": str(data.headline) if data.headline else None,
        "file": held.file("indicators", one.code),
    }


def _area(held: Holding, area: Area, has_file: bool) -> dict[str, Any]:
    return {
        "area": area.code,
        "area_name": area.name,
        "slug": area.slug,
        "level": area.level.value,
        "region": area.region or None,
        "file": held.file("areas", area.slug) if has_file else None,
    }
