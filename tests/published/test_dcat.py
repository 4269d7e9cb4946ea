"""The catalogue of data sets: RDF that parses, the properties that DCAT-AP 3 asks for, and files that are there."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from rdflib import DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from site_builder.published import addresses
from site_builder.published.dcat import catalogue_json
from site_builder.published.inputs import Inputs
from site_builder.published.write import Site
from site_builder.release.package import sha256
from site_builder.vocabulary.planes import Classification
from tests.published.held import as_real, everything, national

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib itself
Told: TypeAlias = tuple[Graph, Callable[[str], bytes]]
ADMS, DCAT, SPDX, VCARD = (
    Namespace("http://www.w3.org/ns/adms#"),
    Namespace("http://www.w3.org/ns/dcat#"),  # rdflib knows version 2
    Namespace("http://spdx.org/rdf/terms#"),
    Namespace("http://www.w3.org/2006/vcard/ns#"),
)
SETTINGS = everything().content.settings
BASE = SETTINGS.base_url
VERSION, IN_SERIES = DCAT["version"], DCAT["inSeries"]
# The shape of DCAT-AP 3, restated: class to property, whether at most one may stand there, and what its values are. All
# are asked for here, the recommended ones too: a language-tagged text, a typed literal, an address, or a thing of a class.
TEXT, ADDRESS = "text", "address"
SHAPE: Mapping[URIRef, tuple[tuple[URIRef, bool, object], ...]] = {
    DCAT.Catalog: (
        (DCTERMS.title, True, TEXT), (DCTERMS.description, True, TEXT), (DCTERMS.publisher, True, FOAF.Agent),
        (DCAT.dataset, False, ADDRESS), (FOAF.homepage, True, ADDRESS), (DCTERMS.language, True, ADDRESS),
        (DCTERMS.license, True, ADDRESS), (DCTERMS.spatial, True, DCTERMS.Location), (DCAT.themeTaxonomy, True, ADDRESS),
    ),
    DCAT.Dataset: (
        (DCTERMS.title, True, TEXT), (DCTERMS.description, True, TEXT), (DCTERMS.publisher, True, FOAF.Agent),
        (DCTERMS.identifier, True, XSD.string), (DCAT.distribution, False, DCAT.Distribution), (DCAT.keyword, False, TEXT),
        (DCAT.theme, True, ADDRESS), (DCAT.contactPoint, True, VCARD.Kind), (DCTERMS.spatial, True, DCTERMS.Location),
        (DCTERMS.temporal, True, DCTERMS.PeriodOfTime), (DCTERMS.accrualPeriodicity, True, ADDRESS),
        (DCTERMS.license, True, ADDRESS), (VERSION, True, XSD.string), (DCAT.landingPage, True, ADDRESS),
    ),
    DCAT.DatasetSeries: (
        (DCTERMS.title, True, TEXT), (DCTERMS.description, True, TEXT), (DCTERMS.publisher, True, FOAF.Agent),
        (DCTERMS.accrualPeriodicity, True, ADDRESS), (DCAT.contactPoint, True, VCARD.Kind),
    ),
    DCAT.Distribution: (
        (DCTERMS.title, True, TEXT), (DCAT.accessURL, True, ADDRESS), (DCAT.downloadURL, True, ADDRESS),
        (DCAT.mediaType, True, ADDRESS), (DCTERMS["format"], True, ADDRESS), (DCTERMS.license, True, ADDRESS),
        (DCAT.byteSize, True, XSD.nonNegativeInteger), (SPDX.checksum, True, SPDX.Checksum),
    ),
    SPDX.Checksum: ((SPDX.algorithm, True, ADDRESS), (SPDX.checksumValue, True, XSD.hexBinary)),
    DCTERMS.PeriodOfTime: ((DCAT.startDate, True, XSD.date), (DCAT.endDate, True, XSD.date)),
    FOAF.Agent: ((FOAF.name, True, TEXT),),
    VCARD.Kind: ((VCARD.fn, True, TEXT), (VCARD.hasEmail, True, ADDRESS)),
    DCTERMS.Location: ((DCTERMS.identifier, True, XSD.string), (RDFS.label, True, TEXT)),
}  # fmt: skip
REAL: tuple[tuple[URIRef, bool, object], ...] = (  # of a release, whose day is known
    (DCTERMS.issued, True, XSD.date), (DCTERMS.modified, True, XSD.date), (IN_SERIES, True, ADDRESS),
)  # fmt: skip


def faults(graph: Graph) -> list[str]:
    """What the graph lacks of the shape."""
    found = []
    for kind, asked in SHAPE.items():
        for thing in set(graph.subjects(RDF.type, kind)):
            release = DCAT.Dataset == kind and graph.value(thing, IN_SERIES) is not None
            for name, single, wanted in (*asked, *(REAL if release else ())):
                values = list(graph.objects(thing, name))
                if not values or (single and len(values) > 1):
                    found.append(f"{thing} {name}: {len(values)} values")
                found += [f"{thing} {name}: {value!r}" for value in values if not _is(graph, value, wanted)]
    return found


def _is(graph: Graph, value: Node, wanted: object) -> bool:
    if wanted == TEXT:
        return isinstance(value, Literal) and value.language == "en" and bool(value.strip())
    if wanted == ADDRESS:
        return isinstance(value, URIRef) and bool(urlsplit(value).scheme)
    if str(wanted).startswith(str(XSD)):
        return isinstance(value, Literal) and (value.datatype or XSD.string) == wanted and not value.ill_typed
    return any(kind == wanted for kind in graph.objects(value, RDF.type))


def parsed(data: bytes) -> Graph:
    return Graph().parse(data=data, format="json-ld")


@cache
def of_nationals() -> bytes:
    return catalogue_json(SETTINGS, national(), _of_national, {})


@pytest.fixture(params=["national", "real"])
def told(request: pytest.FixtureRequest, real_site: Site) -> Told:
    """The catalogue of national packages, and that of real releases; with what gives each file."""
    if request.param == "national":
        return parsed(of_nationals()), _of_national
    return parsed(real_site[addresses.CATALOG]()), lambda path: real_site[path]()


def _of_national(path: str) -> bytes:
    for package in national().nationals:
        start = addresses.national_file(package.source, package.release, "")
        if path.startswith(start):
            return package.files[path.removeprefix(start)]
    raise KeyError(path)


def test_the_catalogue_is_rdf_of_the_shape(told: Told) -> None:
    graph = told[0]
    assert faults(graph) == []
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    series = set(graph.subjects(RDF.type, DCAT.DatasetSeries))
    assert set(graph.objects(catalog, DCAT.dataset)) == sets | series
    releases = len(set(graph.subjects(IN_SERIES)))
    assert releases in (0, 1)
    assert len(series) == (releases > 0)
    assert len(sets) == releases or len(national().nationals)


def test_each_file_is_there_with_its_size_and_checksum(told: Told) -> None:
    graph, file = told
    looked = 0
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        path = str(graph.value(one, DCAT.downloadURL)).removeprefix(f"{BASE}/")
        data = file(path)
        assert int(str(graph.value(one, DCAT.byteSize))) == len(data), path
        checksum = graph.value(one, SPDX.checksum)
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(graph.value(checksum, SPDX.checksumValue)) == sha256(data), path
        assert str(graph.value(one, DCAT.accessURL)).partition("#")[0].endswith(".html")
        looked += 1
    assert looked >= 2 * len(list(graph.subjects(RDF.type, DCAT.Dataset)))


def test_releases_that_are_real_follow_one_another() -> None:
    graph = parsed(catalogue_json(SETTINGS, as_real(), lambda path: b"", {}))
    releases = as_real().releases
    names = {str(one.id): URIRef(f"{BASE}/{addresses.release(str(one.id))}") for one in releases}
    older = None
    for one in releases:
        thing = names[str(one.id)]
        assert str(graph.value(thing, DCTERMS.issued)) == one.published_on.isoformat()
        assert graph.value(thing, DCAT.previousVersion) == (names[older] if older else None)
        assert bool(graph.value(thing, ADMS.versionNotes)) is (older is not None)
        older = str(one.id)
    catalog = next(graph.subjects(RDF.type, DCAT.Catalog))
    assert str(graph.value(catalog, DCTERMS.modified)) == releases[-1].published_on.isoformat()


def test_the_number_of_a_version_is_told_where_there_is_one() -> None:
    name = str(as_real().releases[-1].id)
    data = catalogue_json(SETTINGS, as_real(), lambda path: b"", {name: "2.1.0"})
    graph = parsed(data)
    told = {
        str(graph.value(one, DCTERMS.identifier)): str(graph.value(one, VERSION)) for one in graph.subjects(IN_SERIES)
    }
    assert told[name] == "2.1.0"
    assert all(number == other for other, number in told.items() if other != name)


def test_invented_releases_and_drafts_are_not_in_it() -> None:
    def names_in(inputs: Inputs) -> set[str]:
        graph = parsed(catalogue_json(SETTINGS, inputs, lambda path: b"", {}))
        return {str(graph.value(one, DCTERMS.identifier)) for one in graph.subjects(IN_SERIES)}

    real = as_real()
    names = [str(one.id) for one in real.releases]
    assert names_in(everything()) == set()
    assert all(f"/releases/{name}/" not in of_nationals().decode() for name in names)
    assert names_in(real) == set(names)
    assert names_in(dataclasses.replace(real, draft=True)) == set(names[:-1])
    first = dataclasses.replace(real.releases[0], classification=Classification.SYNTHETIC)
    assert names_in(dataclasses.replace(real, releases=(first, *real.releases[1:]))) == set(names[1:])


def test_both_addresses_give_the_same(real_site: Site) -> None:
    assert real_site[addresses.CATALOG]() == real_site[addresses.DATA_JSON]()


@pytest.mark.parametrize("name", ["dct:title", "dct:publisher", "dcat:contactPoint", "dcat:distribution", "dcat:theme"])
def test_the_check_finds_what_is_missing(name: str) -> None:
    tree = json.loads(of_nationals())
    del tree["dcat:dataset"][0][name]
    assert faults(parsed(json.dumps(tree).encode()))


def test_the_check_finds_a_wrong_type() -> None:
    tree = json.loads(of_nationals())
    tree["dcat:dataset"][0]["dcat:distribution"][0]["dcat:byteSize"] = "many"
    assert [fault for fault in faults(parsed(json.dumps(tree).encode())) if "byteSize" in fault]
