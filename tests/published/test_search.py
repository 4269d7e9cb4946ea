"""What can be found: every entry leads to a page, in words of the content alone, and lay words lead somewhere."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from site_builder.published import addresses
from site_builder.published.build import Builder
from site_builder.published.inputs import Inputs
from site_builder.published.render import named
from site_builder.published.search import NAME, SAID, entries, search_script
from site_builder.published.topics import places, topics
from tests.promises.test_words import BARRED
from tests.published.finding import Index

ROOT = Path(__file__).parents[2]
CODE = {name: (ROOT / f"templates/assets/{name}.js").read_text(encoding="utf-8") for name in ("site", "search")}
LAY = {
    "runaway": "indicators/p2a.html",
    "running away": "indicators/p2a.html",
    "knife": "indicators/sg19.html",
    "knives": "indicators/sg19.html",
    "children's home": "indicators/sg13.html",
    "childrens home": "indicators/sg13.html",
    "section 47": "indicators/n08a.html",
    "s47": "indicators/sg06.html",
    "cafcass": "indicators/n10b.html",
    "family court": "indicators/n10b.html",
    "at risk register": "indicators/n09c.html",
    "teenage mum": "indicators/sg26.html",
    "B&B": "indicators/sg35.html",
    "A&E": "indicators/sg23.html",
    "gangs": "indicators/p2i.html",
    "child sexual exploitation": "indicators/p2h.html",
    "autism": "indicators/p2c.html",
    "social workers": "indicators/n22.html",
    "bunking off": "indicators/sg31.html",
    "asylum": "indicators/n10a.html",
    "domestic violence": "indicators/sg22.html",
    "SG08": "indicators/sg08.html",
    "n09c": "indicators/n09c.html",
    "LBHF": "boroughs/hammersmith-and-fulham.html",
    "kensington & chelsea": "boroughs/kensington-and-chelsea.html",
    "[c]": addresses.HIDDEN_FIGURES,
    "confidence interval": addresses.METHODS,
    "nspcc": addresses.HELP,
    "s104": addresses.rule("S104"),
    "primary suppression": f"{addresses.GLOSSARY}#primary-suppression",
    "two planes": addresses.decision("0001-two-planes"),
}


@pytest.fixture(scope="module")
def index(builder: Builder) -> Index:
    return Index(search_script(builder.inputs, builder.site))


def test_every_entry_and_every_pair_leads_to_a_page(builder: Builder, index: Index) -> None:
    assert {one.address.partition("#")[0] for one in index.entries} <= set(builder.site)
    boroughs = [area.slug for area in builder.inputs.areas.boroughs]
    for code in index.held["pairs"]:
        assert all(addresses.borough_indicator(slug, code) in builder.site for slug in boroughs)
    glossary = builder.site[addresses.GLOSSARY]().decode()
    for one in index.entries:
        if "#" in one.address:
            assert f'id="{one.address.partition("#")[2]}"' in glossary


def test_all_that_should_be_found_is_there(builder: Builder, everything: Inputs, index: Index) -> None:
    there = {one.address for one in index.entries}
    content = everything.content
    assert {addresses.indicator(code) for code in everything.catalogue} <= there
    assert {addresses.borough(area.slug) for area in everything.areas.boroughs} <= there
    assert {addresses.theme(code) for code in content.themes} <= there
    assert {one.path for one in content.articles} <= there
    assert {addresses.rule(one.code) for one in content.rules} <= there
    assert {addresses.decision(one.stem) for one in content.decisions} <= there
    assert len(there) == len(index.entries)
    assert [kind for kind, *_ in index.held["kinds"]][:2] == ["Indicator", "Borough"]


@pytest.mark.parametrize(("words", "address"), LAY.items(), ids=LAY)
def test_a_word_of_everyday_leads_to_its_page(index: Index, words: str, address: str) -> None:
    assert address in [one.address for one in index.find(words)[:4]]


def test_a_borough_with_a_subject_leads_to_its_page_first(index: Index) -> None:
    assert index.find("camden referrals")[0].address == "boroughs/camden/sg01.html"
    assert index.find("referrals Camden")[0].address == "boroughs/camden/sg01.html"
    assert index.find("kensington and chelsea sg08")[0].address == "boroughs/kensington-and-chelsea/sg08.html"
    assert not [one for one in index.find("drugs and alcohol") if one.address.startswith("boroughs/")]
    assert not [one for one in index.find("self har") if one.address.startswith("boroughs/")]
    assert index.find("camden")[0].address == "boroughs/camden.html"


def test_an_order_of_what_is_found(index: Index) -> None:
    assert index.find("private fostering")[0].title.startswith("Private fostering")
    assert index.find("glossary")[0].title == "Glossary"
    titles = [one.title for one in index.find("section 47")]
    assert titles[:2] == ["Section 47 enquiries started", "Section 47 enquiries"]
    assert index.find("!!!") == index.find("") == index.find("qqqq") == []


def test_a_topic_is_offered_only_where_its_page_stands(everything: Inputs) -> None:
    assert topics(()) == places(()) == ()
    assert [one.address for one in topics({"map.html", addresses.DATA})] == ["map.html"]
    assert [one.address for one in places({"map.html", addresses.DATA})] == [addresses.DATA]
    assert addresses.MAP in [one.address for one in entries(everything, {addresses.MAP})["Topic"]]
    assert addresses.report("runaways") in [one.address for one in entries(everything, ())["Topic"]]


def test_nothing_in_the_index_comes_from_a_figure(everything: Inputs, builder: Builder) -> None:
    """The index of a site whose figures are other ones is the same, as long as the same indicators have some."""
    other = dataclasses.replace(everything)
    codes = list(everything.figures)
    shuffled = {
        code: dataclasses.replace(data, points={}, trends={})
        for code, data in everything.figures.items()
        if code in codes
    }
    vars(other)["figures"] = shuffled
    assert search_script(other, builder.site) == search_script(everything, builder.site)


def test_the_index_is_frozen_and_its_name_is_its_fingerprint(builder: Builder) -> None:
    script = search_script(builder.inputs, builder.site)
    path = named("search-index", "js", script)
    assert builder.site[path]() == script
    assert script.startswith(f"const {NAME}=Object.freeze(".encode())
    assert path in builder.site[addresses.SEARCH]().decode()


@pytest.mark.parametrize("name", CODE)
def test_words_of_the_scripts_are_neutral_and_the_code_asks_for_nothing(name: str) -> None:
    assert not BARRED.findall(" ".join(SAID.values()))
    assert not BARRED.findall(CODE[name])
    asks = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\b|Function\(|fetch|import|XMLHttp|http|cookie|\.style\b"
    assert not re.findall(asks, CODE[name])
    assert ("localStorage" in CODE[name]) is (name == "site")


def test_without_script_the_search_is_the_a_to_z_and_its_form_leads_to_itself(builder: Builder) -> None:
    text = builder.site[addresses.SEARCH]().decode()
    assert 'action="index.html" method="get"' in text
    for code in builder.inputs.catalogue:
        assert f'href="../{addresses.indicator(code)}"' in text
    lost = builder.site[addresses.NOT_FOUND]().decode()
    base = builder.inputs.content.settings.base_url
    assert f'action="{base}/search/index.html" method="get"' in lost
    assert "Find your borough" in lost
    assert "Everything from A to Z" in lost
