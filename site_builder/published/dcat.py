"""The catalogue of data sets in DCAT's terms (W3C, *Data Catalog Vocabulary, version 3*; profile DCAT-AP 3), as JSON-LD
that brings its context along. Invented releases and drafts are not in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

from site_builder.published import addresses
from site_builder.published.compose.release_changes import summary
from site_builder.published.datasets import (
    ABOUT_RELEASE,
    ABOUT_SITE,
    KEYWORDS,
    LICENCE,
    OBSERVATIONS,
    Thing,
    about_package,
    covered,
    package_path,
    periods_of,
    release_name,
)
from site_builder.published.downloads.places import archive_file, parquet_file
from site_builder.published.downloads.whole import LEFT_OUT
from site_builder.published.inputs import Inputs
from site_builder.published.listed import day_of, listed
from site_builder.published.settings import Settings
from site_builder.release.cells import PublicCells
from site_builder.release.package import DESCRIPTOR, PROFILE, sha256
from site_builder.release.releases import NationalPackage, Release
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE

_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT: Mapping[str, object] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@id": name, "@language": "en"} for name in ("dct:title", "dct:description", "adms:versionNotes")},
    **{name: {"@id": name, "@language": "en"} for name in ("dcat:keyword", "rdfs:label", "foaf:name", "vcard:fn")},
    **{
        name: {"@id": name, "@type": "xsd:date"}
        for name in ("dct:issued", "dct:modified", "dcat:startDate", "dcat:endDate")
    },
    **{
        name: {"@id": name, "@type": "@id"}
        for name in (
            "dct:license", "dct:language", "foaf:homepage", "dcat:theme", "dcat:themeTaxonomy", "dct:accrualPeriodicity",
            "dcat:landingPage", "dcat:downloadURL", "dcat:accessURL", "dcat:mediaType", "dct:format", "dcat:inSeries",
            "dcat:previousVersion", "dcat:prev", "vcard:hasEmail", "spdx:algorithm",
        )
    },
    "dcat:byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "spdx:checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
}  # fmt: skip
_ENGLISH = f"{_EU}/language/ENG"
_THEMES = f"{_EU}/data-theme"
_SHA = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_TABULAR = "https://datapackage.org/profiles/2.0/tableschema.json"
_PLACE: Thing = {
    "@id": f"http://statistics.data.gov.uk/id/statistical-geography/{LONDON}",
    "@type": "dct:Location",
    "dct:identifier": LONDON,
    "rdfs:label": HERE.name,
}


class Form(NamedTuple):
    """One form of a data set. ``path``: on the site; ``media``: as registered; ``kind``: in the authority's list of file
    types; ``standard``: what it keeps to, an address or empty."""

    path: str
    title: str
    media: str
    kind: str
    standard: str


def catalogue_json(
    settings: Settings, inputs: Inputs, file: Callable[[str], bytes], versions: Mapping[str, str]
) -> bytes:
    """The catalogue. ``file``: what stands at a path of the site; ``versions``: a release to its number, where there is one."""
    ours, base = listed(inputs), settings.base_url
    previous = {str(new.id): old for old, new in pairwise(ours)}
    sets = [_of_release(settings, inputs, one, previous.get(str(one.id)), file, versions) for one in reversed(ours)]
    sets += [_of_package(settings, package, file) for package in inputs.nationals]
    series = [_series(settings)] if ours else []
    table = {
        "@context": _CONTEXT,
        "@id": f"{base}/{addresses.CATALOG}",
        "@type": "dcat:Catalog",
        "dct:title": settings.title,
        "dct:description": ABOUT_SITE,
        "dct:publisher": _agent(settings),
        "dct:language": _ENGLISH,
        "dct:license": LICENCE,
        "dct:spatial": _PLACE,
        "foaf:homepage": f"{base}/{addresses.HOME}",
        "dcat:themeTaxonomy": _THEMES,
        **({"dct:modified": ours[-1].published_on.isoformat()} if ours else {}),
        "dcat:dataset": [*series, *sets],
    }
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def forms_of_release(one: Release) -> tuple[Form, ...]:
    """The forms of a whole release."""
    name = str(one.id)
    made = (
        *_packaged(lambda file: addresses.release_file(name, file)),
        Form(parquet_file(one), "Every count as Parquet", "application/vnd.apache.parquet", "PARQUET", ""),
    )  # fmt: skip
    whole = Form(archive_file(one), f"In one archive: {LEFT_OUT}", "application/zip", "ZIP", "")
    return (*made, whole)


def forms_of_package(package: NationalPackage) -> tuple[Form, ...]:
    """The forms of a whole national package."""
    return _packaged(lambda file: addresses.national_file(package.source, package.release, file))


def _packaged(place: Callable[[str], str]) -> tuple[Form, ...]:
    return (
        Form(place(OBSERVATIONS), "Every count as a table", "text/csv", "CSV", _TABULAR),
        Form(place(DESCRIPTOR), "The description of the package", "application/json", "JSON", PROFILE),
    )


def _series(settings: Settings) -> Thing:
    return {
        "@id": _series_id(settings),
        "@type": "dcat:DatasetSeries",
        "dct:title": f"{settings.title}, all releases",
        "dct:description": "Each release holds every period from the first, and never changes. A correction is a new release.",
        "dct:publisher": _agent(settings),
        "dct:license": LICENCE,
        "dct:spatial": _PLACE,
        "dct:accrualPeriodicity": f"{_EU}/frequency/QUARTERLY",
        "dcat:contactPoint": _contact(settings),
        "dcat:theme": f"{_THEMES}/SOCI",
        "dcat:landingPage": _series_id(settings),
    }


def _series_id(settings: Settings) -> str:
    return f"{settings.base_url}/{addresses.RELEASES}"


def _of_release(
    settings: Settings,
    inputs: Inputs,
    one: Release,
    previous: Release | None,
    file: Callable[[str], bytes],
    versions: Mapping[str, str],
) -> Thing:
    base, name, day = settings.base_url, str(one.id), one.published_on.isoformat()
    page = f"{base}/{addresses.release(name)}"
    older = f"{base}/{addresses.release(str(previous.id))}" if previous else ""
    follows = {"dcat:previousVersion": older, "dcat:prev": older, "adms:versionNotes": summary(inputs, one)}
    return {
        **_common(settings, page, release_name(settings, one), ABOUT_RELEASE, one.cells),
        "dct:identifier": name,
        "dct:issued": day,
        "dct:modified": day,
        "dct:accrualPeriodicity": f"{_EU}/frequency/NEVER",
        "dcat:version": versions.get(name, name),
        "dcat:inSeries": _series_id(settings),
        **(follows if previous else {}),
        "dcat:distribution": [_distribution(base, page, form, file) for form in forms_of_release(one)],
    }


def _of_package(settings: Settings, package: NationalPackage, file: Callable[[str], bytes]) -> Thing:
    page, day = f"{settings.base_url}/{package_path(package)}", day_of(package)
    dated = {"dct:issued": day.isoformat(), "dct:modified": day.isoformat()} if day else {}
    return {
        **_common(settings, page, package.title, about_package(package), package.cells),
        "dct:identifier": f"{package.source}-{package.release}",
        "dct:creator": {"@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": package.publisher},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": " ".join(package.attribution)},
        **dated,
        "dct:accrualPeriodicity": f"{_EU}/frequency/NEVER",
        "dcat:version": package.release,
        "dcat:distribution": [_distribution(settings.base_url, page, form, file) for form in forms_of_package(package)],
    }


def _common(settings: Settings, page: str, title: str, about: str, cells: PublicCells) -> dict[str, object]:
    start, end = covered(periods_of(cells))
    return {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": about,
        "dct:publisher": _agent(settings),
        "dct:language": _ENGLISH,
        "dct:license": LICENCE,
        "dct:spatial": _PLACE,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": start.isoformat(),
            "dcat:endDate": end.isoformat(),
        },
        "dcat:theme": f"{_THEMES}/SOCI",
        "dcat:keyword": list(KEYWORDS),
        "dcat:contactPoint": _contact(settings),
        "dcat:landingPage": page,
    }


def _distribution(base: str, page: str, form: Form, file: Callable[[str], bytes]) -> Thing:
    """A file, with its size and checksum. It names no other file, so that nothing states a checksum of itself."""
    data, address = file(form.path), f"{base}/{form.path}"
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": form.title,
        "dcat:accessURL": page,
        "dcat:downloadURL": address,
        "dcat:mediaType": f"https://www.iana.org/assignments/media-types/{form.media}",
        "dct:format": f"{_EU}/file-type/{form.kind}",
        "dct:license": LICENCE,
        "dcat:byteSize": str(len(data)),
        "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": _SHA, "spdx:checksumValue": sha256(data)},
        **({"dct:conformsTo": {"@id": form.standard, "@type": "dct:Standard"}} if form.standard else {}),
    }


def _agent(settings: Settings) -> Thing:
    home = f"{settings.base_url}/{addresses.HOME}"
    return {
        "@id": f"{home}#publisher",
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": settings.publisher,
        "foaf:homepage": home,
    }


def _contact(settings: Settings) -> Thing:
    return {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.publisher,
        "vcard:hasEmail": f"mailto:{settings.contact}",
    }
