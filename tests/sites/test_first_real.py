"""The first real site: returns that are marked real go through the whole chain, in a small place without other publishers.

The figures are invented and only marked real. Real returns lie in a private folder; what is public gets the packages alone.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.building import site_builder
from tests.sites.test_second_instance import INSTANCE

FIRST, SECOND, THIRD = "2024-25-Q1", "2024-25-Q2", "2024-25-Q2.1"
BASE = "https://norreland.example/"
RETURNS, RELEASES = "datapackages/returns", "datapackages/releases"
COLUMN = "whether the figures are invented or made safe"  # what the column with the classification says
ATOM = "{http://www.w3.org/2005/Atom}"


def run(root: Path, *words: str) -> str:
    done = site_builder("--root", str(root), *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def private(folder: Path) -> Path:
    """A private copy of the instance whose returns are marked real."""
    shutil.copytree(INSTANCE, folder)
    settings = folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('visibility = "public"', 'visibility = "private"'))
    for path in (folder / RETURNS).glob("*/*/datapackage.json"):
        path.write_text(path.read_text().replace('"classification": "synthetic"', '"classification": "confidential"'))
    (folder / "datapackages/decisions").mkdir()
    (folder / "datapackages/decisions/jitter.key").write_bytes(b"only for tests")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def correct(root: Path) -> None:
    """One county puts one count of a closed quarter right."""
    folder = root / RETURNS / "aldmoor" / SECOND
    said = json.loads((folder / "datapackage.json").read_text())
    said["correction"] = {
        "indicators": ["LB1"],
        "reason": "Cards of one closed branch were left out.",
        "release": SECOND,
    }
    (folder / "datapackage.json").write_text(json.dumps(said, indent=2, sort_keys=True) + "\n")
    with (folder / "return.csv").open(newline="") as file:
        header, *rows = list(csv.reader(file))
    place = header.index("numerator")
    for row in rows:
        if row[header.index("indicator")] == "LB1":
            row[place] = str(int(row[place]) + 40)
    with (folder / "return.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public side after two releases and a correction: checked, released, recorded and built."""
    place = tmp_path_factory.mktemp("first-real")
    root, public = private(place / "private"), place / "public"
    shutil.copytree(INSTANCE, public)
    shutil.rmtree(public / RETURNS)
    assert "no error and no open query" in run(root, "check")
    assert run(root, "release").count("made and proved") == 2
    correct(root)
    assert "made and proved" in run(root, "release", THIRD, "--on", "2025-02-20")
    shutil.copytree(root / RELEASES, public / RELEASES)
    assert "Commit it with the release" in run(public, "build", "--record", THIRD, "--out", str(public / "build"))
    return public


def text(public: Path, file: str) -> str:
    return (public / "build" / file).read_text(encoding="utf-8")


def test_it_is_proved_and_every_file_is_swept(public: Path) -> None:
    assert run(public, "audit").count("proved") >= 3
    assert "Every file was opened" in run(public, "audit", "--site", str(public / "build"))


def test_a_build_without_returns_changes_nothing(public: Path) -> None:
    said = run(public, "build", "--out", str(public / "build"))
    assert re.match(r"0 files written, \d+ left as they were, 0 removed", said)
    assert "Nothing to release" in run(public, "release"), "as a whole run of make does on the public side"


def test_nothing_is_called_invented_or_illustrative(public: Path) -> None:
    build = public / "build"
    assert not [path for path in build.rglob("*") if "illustrative" in path.name]
    for path in sorted(build.rglob("*")):
        if path.suffix in (".html", ".csv", ".json", ".jsonld", ".md", ".txt", ".bib", ".cff", ".atom", ".svg"):
            told = path.read_text(encoding="utf-8").lower().replace("synthetic: invented; published", "")
            assert "illustrative" not in told, path
            assert "figures are invented" not in told.replace(COLUMN, ""), path
            assert "invented figures" not in told, path


def test_releases_and_their_numbers_are_told(public: Path) -> None:
    told = json.loads(text(public, "releases/versions.json"))
    rows = [(one["id"], one["version"], one["status"], one["classification"]) for one in told["releases"]]
    real = "disclosure-controlled"
    assert rows == [
        (THIRD, "1.1.1", "current", real), (SECOND, "1.1.0", "superseded", real), (FIRST, "1.0.0", "superseded", real),
    ]  # fmt: skip
    assert json.loads(text(public, "data/latest.json"))["id"] == THIRD


def test_feeds_name_each_release_and_the_revision(public: Path) -> None:
    for file, number in (("feeds/releases.atom", 3), ("feeds/revisions.atom", 1)):
        feed = ElementTree.fromstring(text(public, file))
        links = [link.get("href", "") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
        assert len(links) == number, file
        for link in links:
            assert (public / "build" / link.removeprefix(BASE).partition("#")[0]).is_file(), link


def test_the_map_of_the_site_leads_to_pages_that_may_be_found(public: Path) -> None:
    places = re.findall(r"<loc>([^<]*)</loc>", text(public, "sitemap.xml"))
    assert f"{BASE}index.html" in places
    assert f"{BASE}indicators/lb1.html" in places
    assert f"{BASE}releases/{THIRD}/index.html" in places
    for place in places:
        assert place.startswith(BASE)
        assert 'content="noindex"' not in text(public, place.removeprefix(BASE)), place


def test_the_catalogue_lists_files_with_their_size_and_checksum(public: Path) -> None:
    catalogue = json.loads(text(public, "catalog.jsonld"))
    found = [one for one in _objects(catalogue) if isinstance(one.get("dcat:downloadURL"), str)]
    assert len(found) > 10
    for one in found:
        data = (public / "build" / str(one["dcat:downloadURL"]).removeprefix(BASE)).read_bytes()
        assert int(one["dcat:byteSize"]) == len(data)
        assert one["spdx:checksum"]["spdx:checksumValue"] == hashlib.sha256(data).hexdigest()


def test_linked_data_describes_the_data_and_its_files(public: Path) -> None:
    for page in ("data/index.html", f"releases/{THIRD}/index.html", "indicators/lb1.html"):
        (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(public, page), re.DOTALL)
        objects = list(_objects(json.loads(told)))
        sets = [one for one in objects if one.get("@type") == "Dataset" and "url" in one]
        assert sets, page
        for one in sets:
            assert 50 <= len(one["description"]) <= 5000
            assert "for of" not in one["description"]
        for one in objects:
            if "contentUrl" in one:
                data = (public / "build" / str(one["contentUrl"]).removeprefix(BASE)).read_bytes()
                assert one["sha256"] == hashlib.sha256(data).hexdigest()
                assert one["contentSize"] == f"{len(data)} B"


def test_pages_say_what_others_show_of_them(public: Path) -> None:
    for page in ("index.html", "indicators/lb1.html", "counties/aldmoor.html", f"releases/{THIRD}/index.html"):
        told = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', text(public, page)))
        assert {"og:title", "og:description", "og:url", "og:image"} <= told.keys(), page
        assert (public / "build" / told["og:image"].removeprefix(BASE)).is_file()
        assert (public / "build" / told["og:url"].removeprefix(BASE)).is_file()


def _objects(tree: object) -> list[dict[str, Any]]:
    """Every object of a tree."""
    if isinstance(tree, dict):
        return [tree, *(one for value in tree.values() for one in _objects(value))]
    return [one for value in tree for one in _objects(value)] if isinstance(tree, list) else []
