"""Data sets in schema.org's terms, for programs that look for open data. Invented figures are in none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from site_builder.published import addresses
from site_builder.published.downloads.places import Files
from site_builder.published.inputs import Inputs
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
_FORMATS = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}
_PLACE: Thing = {"@type": "Place", "name": HERE.name, "identifier": LONDON}
_OBSERVATIONS = "observations.csv"


def of_indicator(settings: Settings, inputs: Inputs, data: IndicatorData, files: Files, unit: str) -> tuple[Thing, ...]:
    """The data set of an indicator's page; none when its figures are invented. ``unit``: of its value, in words."""
    if data.source.classification == Classification.SYNTHETIC.value:
        return ()
    indicator = data.indicator
    creator = inputs.package_of[indicator.code].publisher if data.source.national else settings.publisher
    description = f"{indicator.title}: every {HERE.name} {HERE.area}, {HERE.name} and, where there is one, {HERE.country}’s figure, by period."
    return (
        {
            **_common(settings, addresses.indicator(indicator.code), creator, data.periods),
            "identifier": indicator.code,
            "name": f"{indicator.title} ({indicator.code})",
            "description": description,
            "version": data.source.release,
            "variableMeasured": [{"@type": "PropertyValue", "name": indicator.title, "unitText": unit}],
            "distribution": [_file(settings, path) for path in (files.csv, files.json)],
        },
    )


def of_release(settings: Settings, inputs: Inputs, one: Release) -> tuple[Thing, ...]:
    """The data set of a release; none when it is invented."""
    if one.classification is Classification.SYNTHETIC:
        return ()
    name, codes = str(one.id), one.cells.indicators()
    periods = _periods(one.cells)
    return (
        {
            **_common(settings, addresses.release(name), settings.publisher, periods),
            "identifier": name,
            "name": f"{settings.title}, release {name}",
            "description": f"Counts that {HERE.name}’s {HERE.areas} returned on the safety of {HERE.people}, with the proof that no "
            "hidden one can be worked out. A release never changes.",
            "version": name,
            "datePublished": one.published_on.isoformat(),
            "dateModified": one.published_on.isoformat(),
            "variableMeasured": _variables(inputs, codes),
            "distribution": [
                _file(settings, addresses.release_file(name, file), one.files[file])
                for file in (_OBSERVATIONS, DESCRIPTOR)
            ],
        },
    )


def of_package(settings: Settings, inputs: Inputs, package: NationalPackage) -> Thing:
    """The data set of a publisher's release in our form; its page is the one of all data."""
    name = f"{package.source}-{package.release}"
    periods = _periods(package.cells)
    return {
        **_common(settings, f"{addresses.DATA}#{name}", package.publisher, periods),
        "identifier": name,
        "name": package.title,
        "description": f"{package.title}: the publisher’s figures on {HERE.name}’s {HERE.areas} in the form of this site, unchanged "
        "and with their marks.",
        "version": package.release,
        "variableMeasured": _variables(inputs, package.cells.indicators()),
        "distribution": [
            _file(settings, addresses.national_file(package.source, package.release, file), package.files[file])
            for file in (_OBSERVATIONS, DESCRIPTOR)
        ],
    }


def catalogue(settings: Settings, inputs: Inputs) -> tuple[Thing, ...]:
    """All data sets of the site, for the page of downloads."""
    url = f"{settings.base_url}/{addresses.DATA}"
    ours = [of_release(settings, inputs, one) for one in reversed(inputs.releases) if not _is_draft(inputs, one)]
    sets = [*(one for some in ours for one in some), *(of_package(settings, inputs, p) for p in inputs.nationals)]
    about = f"Benchmarks of {HERE.subject_of} of {HERE.people} in {HERE.name}’s {HERE.areas}, as tables and packages."
    named = {"@type": "DataCatalog", "@id": url, "url": url, "name": settings.title, "description": about}
    return ({**named, "license": LICENCE, "dataset": sets},)


def _is_draft(inputs: Inputs, one: Release) -> bool:
    return inputs.draft and one is inputs.latest


def _periods(cells: PublicCells) -> list[Period]:
    return [Period.parse(name) for name in sorted({cell.key.period for cell in cells})]


def _common(settings: Settings, path: str, creator: str, periods: Iterable[Period]) -> dict[str, object]:
    url, known = f"{settings.base_url}/{path}", list(periods)
    start, end = min(period.start for period in known), max(period.end for period in known)
    return {
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": creator},
        "publisher": {"@type": "Organization", "name": settings.publisher},
        "temporalCoverage": f"{start.isoformat()}/{end.isoformat()}",
        "spatialCoverage": _PLACE,
    }


def _variables(inputs: Inputs, codes: Iterable[str]) -> list[Thing]:
    return [
        {"@type": "PropertyValue", "name": inputs.catalogue[code].title, "propertyID": code}
        for code in codes
        if code in inputs.catalogue
    ]


def _file(settings: Settings, path: str, data: bytes | None = None) -> Thing:
    """A download; with its size and checksum where its bytes are at hand."""
    found: dict[str, object] = {
        "@type": "DataDownload",
        "contentUrl": f"{settings.base_url}/{path}",
        "encodingFormat": _FORMATS[path.rpartition(".")[2]],
    }
    return found | ({"contentSize": f"{len(data)} B", "sha256": sha256(data)} if data is not None else {})
