"""What programs read of a page: shared words and pictures, linked data, headers of a host, the map of the site."""

from __future__ import annotations

import dataclasses
import json
import re
import struct
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.published import addresses, datasets, social
from site_builder.published.build import CHARTS
from site_builder.published.charts.caption import wrapped
from site_builder.published.charts.draw import picture
from site_builder.published.compose import data as data_page
from site_builder.published.compose.releases import release as release_page
from site_builder.published.downloads.lists import sitemap
from site_builder.published.frames import ILLUSTRATIVE
from site_builder.published.head import linked
from site_builder.published.headers import PATH, POLICY, headers
from site_builder.published.inputs import Inputs
from site_builder.published.tokens import read_tokens
from site_builder.published.write import Site
from site_builder.release.package import sha256
from site_builder.vocabulary.planes import Classification
from tests.published.held import RENDERER, ROOT, as_real, everything, frames_of, national, numbers

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')
TITLES = re.compile("|".join(re.escape(one.title) for one in everything().catalogue.values()))
# What Google asks of a Dataset, restated: a name, and 50 to 5,000 characters that describe it; the rest it recommends.
REQUIRED = ("@id", "url", "name", "description", "identifier", "version", "license", "isAccessibleForFree", "creator",
            "temporalCoverage", "spatialCoverage", "variableMeasured", "distribution", "publisher", "keywords",
            "includedInDataCatalog", "isBasedOn", "measurementTechnique")  # fmt: skip
LIGHT = read_tokens((ROOT / "templates/assets/site.css").read_text(encoding="utf-8")).light


def pages(site: Path) -> list[tuple[str, str]]:
    return [(path.relative_to(site).as_posix(), path.read_text()) for path in sorted(site.rglob("*.html"))]


def graph(text: str) -> list[dict[str, Any]]:
    """The things of the one data block of a page; none without a block."""
    blocks = BLOCK.findall(text)
    assert len(blocks) <= 1
    if not blocks:
        return []
    tree = json.loads(blocks[0])
    assert tree["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = tree["@graph"]
    return things


def check_dataset(one: dict[str, Any], site: Path | None) -> None:
    """Raises AssertionError when a data set is not described as it should be, or a file of it is not there."""
    assert [name for name in REQUIRED if not one.get(name)] == []
    assert 50 <= len(one["description"]) <= 5000
    assert not numbers(one["description"].replace(one["name"].partition(" (")[0], ""))
    assert one["isAccessibleForFree"] is True
    assert one["creator"]["@type"] == "Organization"
    assert one["license"].startswith("https://")
    start, end = one["temporalCoverage"].split("/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", start)
    assert start < end
    assert one["spatialCoverage"] == {"@type": "Place", "name": "London", "identifier": "E12000007"}
    assert all(each["@type"] == "PropertyValue" and each["name"] for each in one["variableMeasured"])
    for file in one["distribution"]:
        assert file["@type"] == "DataDownload"
        assert re.fullmatch(r"(text|application)/[a-z]+", file["encodingFormat"])
        if site is not None:
            there = (site / urlsplit(file["contentUrl"]).path.lstrip("/")).read_bytes()
            assert file["contentSize"] == f"{len(there)} B"
            assert file["sha256"] == sha256(there)


def test_every_page_describes_itself_and_an_invented_one_is_not_shared(built_site: Path) -> None:
    shared = 0
    for path, text in pages(built_site):
        meta = dict(META.findall(text))
        assert meta["description"].strip()
        told = TITLES.sub("", unescape(meta["description"]))
        assert path.startswith("about/") or not numbers(told), path  # prose has no figures
        if meta.get("robots") == "noindex":
            assert not [name for name in meta if name.startswith(("og:", "twitter:"))], path
            assert not BLOCK.search(text), path
            continue
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', text)
        assert meta["og:url"] == canonical
        assert meta["og:description"] == meta["description"]
        assert meta["twitter:card"] == "summary_large_image"
        assert meta["og:type"] == "website"
        assert (built_site / urlsplit(meta["og:image"]).path.lstrip("/")).is_file(), path
        assert not numbers(meta["og:image:alt"])
        shared += 1
    assert shared > 1000


def test_the_way_to_a_page_is_the_one_that_it_shows(built_site: Path) -> None:
    seen = 0
    for path, text in pages(built_site):
        trail = [one for one in graph(text) if one["@type"] == "BreadcrumbList"]
        shown = re.search(r'aria-label="Breadcrumb"><ol>(.*?)</ol>', text)
        if not trail:
            assert "noindex" in text or shown is None or path.endswith("-by-rate.html"), path
            continue
        assert shown
        steps = trail[0]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        names = [unescape(name) for name in re.findall(r">([^<]+)</a>", shown[1])]
        assert [step["name"] for step in steps[:-1]] == names, path
        for step in steps[:-1]:
            assert (built_site / urlsplit(step["item"]).path.lstrip("/")).is_file()
        assert steps[-1]["name"] == unescape(re.findall(r"<title>(.*?) – ", text)[0])
        seen += 1
    assert seen > 1000


def test_each_national_indicator_and_the_data_page_describe_their_data(built_site: Path) -> None:
    catalogue = everything().catalogue
    for code, one in everything().figures.items():
        found = [x for x in graph((built_site / addresses.indicator(code)).read_text()) if x["@type"] == "Dataset"]
        assert len(found) == one.source.national
        for each in found:
            check_dataset(each, built_site)
            assert each["identifier"] == code
            assert each["name"].startswith(catalogue[code].title)
    (whole,) = [x for x in graph((built_site / addresses.DATA).read_text()) if x["@type"] == "DataCatalog"]
    assert len(whole["dataset"]) == len(everything().nationals)
    for each in whole["dataset"]:
        check_dataset(each, built_site)


def test_a_release_that_is_not_invented_is_described_and_an_invented_one_is_not() -> None:
    inputs = everything()
    assert inputs.latest
    settings = inputs.content.settings
    assert datasets.of_release(settings, inputs, inputs.latest) == ()
    real = dataclasses.replace(inputs.latest, classification=Classification.DISCLOSURE_CONTROLLED)
    (thing,) = datasets.of_release(settings, inputs, real)
    one: dict[str, Any] = dict(thing)
    check_dataset(one, None)
    assert one["datePublished"] == one["dateModified"] == real.published_on.isoformat()
    assert one["citation"].endswith(f"/releases/{real.id}/index.html")
    for file in one["distribution"]:
        name = file["contentUrl"].rpartition("/")[2]
        assert (file["contentSize"], file["sha256"]) == (f"{len(real.files[name])} B", sha256(real.files[name]))
    page = release_page(frames_of(inputs), inputs, real)
    (found,) = [x for x in graph(RENDERER.render(page).decode()) if x["@type"] == "Dataset"]
    assert found == json.loads(json.dumps(one))


def test_a_draft_is_not_shared() -> None:
    frames = dataclasses.replace(frames_of(national()), draft=True)
    text = RENDERER.render(data_page.data_page(frames, national(), {}, lambda path: b"")).decode()
    assert "og:" not in text
    assert not BLOCK.search(text)


@given(st.text(max_size=40))
def test_no_words_end_a_data_block(words: str) -> None:
    made = str(linked(({"name": words, "more": f"</script><!--{words}&"},)))
    assert made.count("<") == 2
    assert made.count("</script>") == 1
    assert json.loads(BLOCK.findall(made)[0])["@graph"][0]["name"] == words
    assert linked(()) == ""


def test_a_page_names_its_data_and_what_describes_them(built_site: Path) -> None:
    """Each kind of page with figures: its table, the same for programs, and the description of the package."""
    asked = re.compile(r'<link rel="(alternate|describedby)" type="([^"]+)" href="([^"]+)">')
    kinds = ("indicators/sg08.html", "indicators/n06.html", "boroughs/camden.html", "boroughs/camden/sg08.html",
             "releases/2024-25-Q4/index.html")  # fmt: skip
    for page in kinds:
        found = asked.findall((built_site / page).read_text())
        assert {(rel, media) for rel, media, _ in found} == {
            ("alternate", "text/csv"), ("alternate", "application/json"), ("describedby", "application/json")
        }, page  # fmt: skip
        for rel, _, href in found:
            target = (built_site / page).parent / href
            assert target.is_file(), (page, href)
            assert (target.name == "datapackage.json") is (rel == "describedby")
    (described,) = (one for one in asked.findall((built_site / addresses.DATA).read_text()) if one[0] == "describedby")
    assert described[1:] == ("application/ld+json", "../catalog.jsonld")


# ---- pictures


@pytest.mark.parametrize("kind", social.KINDS)
def test_a_picture_has_the_size_that_sites_ask_for_and_no_figure(kind: str) -> None:
    frames = frames_of(national())
    svg = social.card(frames.mark, frames.settings.title, kind, LIGHT)
    assert svg == social.card(frames.mark, frames.settings.title, kind, LIGHT)
    assert not re.search(r">[^<]*\d[^<]*<", svg.decode())
    assert svg.decode().count(LIGHT["london"]) == 1
    made = picture(svg, ROOT / CHARTS)
    assert struct.unpack(">II", made[16:24]) == (1200, 630)
    assert len(made) < 60_000


def test_words_of_a_picture_stay_inside_it() -> None:
    for words in (*social.KINDS.values(), everything().content.settings.title):
        assert all(len(line) * 46 * 0.58 < social.WIDTH for line in wrapped(words, 424, 46))


def test_every_page_has_a_kind(built_site: Path) -> None:
    found = {social.kind_of(path) for path, _ in pages(built_site)}
    assert found == set(social.KINDS)
    assert (social.kind_of("stands-out.html"), social.kind_of("about/methods/index.html")) == ("london", "methods")


# ---- the map of the site, robots, headers


def test_the_map_of_the_site_has_each_page_that_search_engines_may_keep_and_no_other(built_site: Path) -> None:
    base = everything().content.settings.base_url
    listed = set(re.findall(r"<loc>(.*?)</loc>", (built_site / "sitemap.xml").read_text()))
    kept = {
        f"{base}/{path}"
        for path, text in pages(built_site)
        if 'content="noindex"' not in text and f'rel="canonical" href="{base}/{path}"' in text
    }
    assert listed == kept
    assert not [address for address in listed if "/embed/" in address or address.endswith("-by-rate.html")]
    assert f"Sitemap: {base}/sitemap.xml" in (built_site / "robots.txt").read_text().splitlines()


def test_the_map_says_of_each_page_the_day_of_its_release(built_site: Path) -> None:
    """An invented release gives no day, and its pages are not listed at all."""
    assert "<lastmod>" not in (built_site / "sitemap.xml").read_text()
    real, base = as_real(), "https://example.org"
    own = [addresses.release(str(one.id)) for one in real.releases]
    others = [
        addresses.HOME,
        addresses.DATA,
        addresses.RELEASES,
        addresses.indicator("SG07"),
        addresses.borough("camden"),
    ]
    made = sitemap(real, [*own, *others], base).decode()
    days = dict(re.findall(r"<loc>([^<]+)</loc><lastmod>([^<]+)</lastmod>", made))
    assert len(days) == made.count("<loc>") == len(own) + len(others)
    for one, path in zip(real.releases, own, strict=True):
        assert days[f"{base}/{path}"] == one.published_on.isoformat()
    assert {days[f"{base}/{path}"] for path in others} == {real.releases[-1].published_on.isoformat()}
    draft = sitemap(dataclasses.replace(real, draft=True), [addresses.HOME], base).decode()
    assert f"<lastmod>{real.releases[-2].published_on}</lastmod>" in draft


def test_an_indicator_of_a_real_release_describes_its_files(real_inputs: Inputs, real_site: Site) -> None:
    (latest,) = real_inputs.releases
    (one,) = [x for x in graph(real_site["indicators/sg07.html"]().decode()) if x["@type"] == "Dataset"]
    check_dataset(one, None)
    assert one["dateModified"] == latest.published_on.isoformat()
    assert one["citation"].endswith(f"/releases/{latest.id}/indicators/sg07.html")
    for file in one["distribution"]:
        data = real_site[urlsplit(file["contentUrl"]).path.lstrip("/")]()
        assert (file["contentSize"], file["sha256"]) == (f"{len(data)} B", sha256(data))


def rules(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules of a file of headers, strictly: a pattern in the first column, indented names with values below."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, []))
        else:
            named = re.fullmatch(r"  ([A-Z][A-Za-z-]+): (\S.*)", line)
            assert named, line
            found[-1][1].append((named[1], named[2]))
    return found


def said(text: str, path: str) -> dict[str, list[str]]:
    """What a host says with a path: the values of every rule that fits, by name."""
    values: dict[str, list[str]] = {}
    for pattern, given_ in rules(text):
        shape = re.escape(pattern).replace(r"\*", ".*")
        if re.fullmatch(re.sub(r":\w+", "[^/]+", shape), path):
            for name, value in given_:
                values.setdefault(name, []).append(value)
    return values


def test_headers_of_a_host(built_site: Path) -> None:
    text = (built_site / PATH).read_text()
    assert len(rules(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000
    for path, page in pages(built_site):
        told = said(text, f"/{path}")
        framed = "*" if re.match(r"(releases/[^/]+/)?embed/", path) else "'none'"
        assert told["Content-Security-Policy"] == [POLICY, f"frame-ancestors {framed}"], path
        assert told["X-Content-Type-Options"] == ["nosniff"]
        assert told["Referrer-Policy"] == ["no-referrer"]
        assert set(re.findall(r"=\((.*?)\)", told["Permissions-Policy"][0])) == {""}
        assert "Cache-Control" not in told, path
        assert "frame-ancestors" not in page
    assert said(text, "/")["Content-Security-Policy"][-1] == "frame-ancestors 'none'"
    assert said(text, "/releases/2024-25-Q4/")["Content-Security-Policy"][-1] == "frame-ancestors 'none'"
    assert said(text, "/stands-out")["Content-Security-Policy"][-1] == "frame-ancestors 'none'"


def test_only_what_never_changes_is_kept_for_long(built_site: Path) -> None:
    text = (built_site / PATH).read_text()
    inputs = everything()
    frozen = {addresses.release_file(str(one.id), name) for one in inputs.releases for name in one.files}
    frozen |= {addresses.national_file(one.source, one.release, n) for one in inputs.nationals for n in one.files}
    for path in (p.relative_to(built_site).as_posix() for p in built_site.rglob("*") if p.is_file()):
        kept = said(text, f"/{path}").get("Cache-Control", [])
        assert kept == (["public, max-age=31536000, immutable"] if path in frozen or path.startswith("assets/") else [])


def test_headers_are_made_of_the_pages_that_are_there() -> None:
    made = headers(["new.html", "embed/a/b.html", "a/b.csv"], ["releases/:release/a.csv"]).decode()
    assert [pattern for pattern, _ in rules(made)] == [
        "/*",
        "/",
        "/embed/*",
        "/new*",
        "/assets/*",
        "/releases/:release/a.csv",
    ]


def test_an_indicator_that_was_not_taken_in_keeps_its_page(built_site: Path) -> None:
    for code in ("p2h", "p2i"):
        text = (built_site / f"indicators/{code}.html").read_text()
        assert "Not included." in text
        assert "noindex" not in text


def test_an_illustrative_frame_has_no_shared_words() -> None:
    frame = frames_of(national()).frame("indicators/x.html", "X", "A page.", notices=(ILLUSTRATIVE,))
    assert (frame.head.picture, frame.head.linked) == ("", "")
