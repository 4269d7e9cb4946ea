"""Data sets in schema.org's terms, for programs that look for open data. Invented figures are in none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from site_builder.published import addresses, citing
from site_builder.published.downloads.places import Files
from site_builder.published.inputs import Inputs
from site_builder.published.listed import day_of, listed
from site_builder.published.settings import Settings
from site_builder.published.statistics import IndicatorData
from site_builder.release.cells import PublicCells
from site_builder.release.package import DESCRIPTOR, sha256
from site_builder.release.releases import NationalPackage, Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.planes import Classification

Thing: TypeAlias = Mapping[str, object]
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
KEYWORDS = (HERE.people, HERE.name, HERE.subject)
ABOUT_SITE = f"Benchmarks of {HERE.subject_of} {HERE.people} in {HERE.name}’s {HERE.areas}, as tables and packages."
ABOUT_RELEASE = (
    f"Counts that {HERE.name}’s {HERE.areas} returned about {HERE.subject}, with the proof that no hidden one "
    "can be worked out. A release never changes."
)
OBSERVATIONS = "observations.csv"
_FORMATS = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}
_PLACE: Thing = {"@type": "Place", "name": HERE.name, "identifier": LONDON}
_RETURNED = f"Counts sent by {HERE.name}’s {HERE.areas}, checked, added up and made safe to publish."
_AS_PUBLISHED = "As published: rounded and hidden by the publisher, in the form of this site."


def of_indicator(
    settings: Settings,
    inputs: Inputs,
    data: IndicatorData,
    files: Files,
    unit: str,
    cited: str,
    file: Callable[[str], bytes] | None = None,
) -> tuple[Thing, ...]:
    """The data set of an indicator's page; none when its figures are invented. ``unit``: of its value, in words;
    ``cited``: how to cite it; ``file``: what stands at a path of the site, for sizes and checksums, which are left out
    without it."""
    if data.source.classification == Classification.SYNTHETIC.value:
        return ()
    indicator = data.indicator
    description = (
        f"{indicator.title}: every {HERE.name} {HERE.area}, {HERE.name} and, where there is one, {HERE.country}’s figure, "
        "by period."
    )
    variable = {"@type": "PropertyValue", "name": indicator.title, "propertyID": indicator.code, "unitText": unit}
    return (
        {
            **_common(settings, addresses.indicator(indicator.code), data.periods),
            **_come_from(settings, inputs, data),
            "identifier": indicator.code,
            "name": f"{indicator.title} ({indicator.code})",
            "description": description,
            "version": data.source.release,
            "citation": cited,
            "variableMeasured": [variable],
            "distribution": [_file(settings, path, file and file(path)) for path in (files.csv, files.json)],
        },
    )


def of_release(settings: Settings, inputs: Inputs, one: Release) -> tuple[Thing, ...]:
    """The data set of a release; none when it is invented."""
    if one.classification is Classification.SYNTHETIC:
        return ()
    name = str(one.id)
    return (
        {
            **_common(settings, addresses.release(name), periods_of(one.cells)),
            **_by_us(settings, one),
            "identifier": name,
            "name": release_name(settings, one),
            "description": ABOUT_RELEASE,
            "version": inputs.revisions.versions[name],
            "citation": citing.of_release(settings, one),
            "variableMeasured": _variables(inputs, one.cells.indicators()),
            "distribution": [
                _file(settings, addresses.release_file(name, file), one.files[file])
                for file in (OBSERVATIONS, DESCRIPTOR)
            ],
        },
    )


def of_package(settings: Settings, inputs: Inputs, package: NationalPackage) -> Thing:
    """The data set of a publisher's release in our form; its page is the one of all data."""
    return {
        **_common(settings, package_path(package), periods_of(package.cells)),
        **_by_publisher(package),
        "identifier": f"{package.source}-{package.release}",
        "name": package.title,
        "description": about_package(package),
        "version": package.release,
        "variableMeasured": _variables(inputs, package.cells.indicators()),
        "distribution": [
            _file(settings, addresses.national_file(package.source, package.release, file), package.files[file])
            for file in (OBSERVATIONS, DESCRIPTOR)
        ],
    }


def catalogue(settings: Settings, inputs: Inputs) -> tuple[Thing, ...]:
    """All data sets of the site, for the page of downloads."""
    url = f"{settings.base_url}/{addresses.DATA}"
    ours = [one for release in reversed(listed(inputs)) for one in of_release(settings, inputs, release)]
    sets = [*ours, *(of_package(settings, inputs, package) for package in inputs.nationals)]
    named = {"@type": "DataCatalog", "@id": url, "url": url, "name": settings.title, "description": ABOUT_SITE}
    return ({**named, "license": LICENCE, "dataset": sets},)


def release_name(settings: Settings, one: Release) -> str:
    """What a release is called."""
    return f"{settings.title}, release {one.id}"


def package_path(package: NationalPackage) -> str:
    """What stands for a national package among the addresses of the site."""
    return f"{addresses.DATA}#{package.source}-{package.release}"


def about_package(package: NationalPackage) -> str:
    """What a national package is, in a sentence."""
    return (
        f"{package.title}: the publisher’s figures on {HERE.name}’s {HERE.areas} in the form of this site, unchanged and "
        "with their marks."
    )


def periods_of(cells: PublicCells) -> tuple[Period, ...]:
    """Every period that cells speak of."""
    return tuple(Period.parse(name) for name in sorted({cell.key.period for cell in cells}))


def covered(periods: Iterable[Period]) -> tuple[date, date]:
    """The first and the last day of periods. Raises ValueError when there is none."""
    known = list(periods)
    return min(period.start for period in known), max(period.end for period in known)


def _common(settings: Settings, path: str, periods: Iterable[Period]) -> dict[str, object]:
    url = f"{settings.base_url}/{path}"
    start, end = covered(periods)
    return {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "publisher": _organization(settings.publisher),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{settings.base_url}/{addresses.DATA}"},
        "temporalCoverage": f"{start.isoformat()}/{end.isoformat()}",
        "spatialCoverage": _PLACE,
    }


def _come_from(settings: Settings, inputs: Inputs, data: IndicatorData) -> dict[str, object]:
    if data.source.national:
        return _by_publisher(inputs.package_of[data.indicator.code])
    return _by_us(settings, next(one for one in inputs.releases if str(one.id) == data.source.release))


def _by_us(settings: Settings, one: Release) -> dict[str, object]:
    """Who made a release, when, how, and what it takes from others."""
    day, vintage = one.published_on.isoformat(), one.pins.get("populations")
    based = {"@type": "Dataset", "name": "Population estimates that rates divide by", "identifier": vintage}
    return {
        "creator": _organization(settings.publisher),
        "datePublished": day,
        "dateModified": day,
        "measurementTechnique": _RETURNED,
        **({"isBasedOn": [based]} if vintage else {}),
    }


def _by_publisher(package: NationalPackage) -> dict[str, object]:
    """Who made a national package, how, and when, where that is known."""
    day = day_of(package)
    creator = _organization(package.publisher)
    return {
        "creator": creator,
        "measurementTechnique": _AS_PUBLISHED,
        "isBasedOn": [{"@type": "Dataset", "name": package.title, "version": package.release, "creator": creator}],
        **({"datePublished": day.isoformat(), "dateModified": day.isoformat()} if day else {}),
    }


def _organization(name: str) -> Thing:
    return {"@type": "Organization", "name": name}


def _variables(inputs: Inputs, codes: Iterable[str]) -> list[Thing]:
    return [
        {"@type": "PropertyValue", "name": inputs.catalogue[code].title, "propertyID": code}
        for code in codes
        if code in inputs.catalogue
    ]


def _file(settings: Settings, path: str, data: bytes | None) -> Thing:
    """A download, with its size and checksum where its bytes are at hand."""
    found: dict[str, object] = {
        "@type": "DataDownload",
        "contentUrl": f"{settings.base_url}/{path}",
        "encodingFormat": _FORMATS[path.rpartition(".")[2]],
    }
    return found | ({"contentSize": f"{len(data)} B", "sha256": sha256(data)} if data is not None else {})
