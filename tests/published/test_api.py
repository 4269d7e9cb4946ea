"""The static interface for programs: every file keeps to the schema that is published, and has the numbers of its table."""

from __future__ import annotations

import copy
import csv
import dataclasses
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    FormatChecker,
    ValidationError,
)

from site_builder.published import addresses
from site_builder.published.downloads.lists import latest_json, versions_json
from site_builder.published.downloads.schemas import REASONS, figures_schema, versions_schema
from site_builder.release.package import sha256
from tests.published.held import as_real, everything, national

BASE = "https://example.org"
KINDS = {"index", "indicators", "areas", "periods", "indicator", "latest", "area"}
FREE = (
    "area",
    "area_name",
    "period",
    "indicator",
    "caution",
    "coverage",
    "text",
)  # words without a list; areas have one
# Every field that was ever published, by kind: it is not taken away, and stays required. New ones are added here.
PUBLISHED = Path(__file__).with_name("lsb-1.txt")


def strict(schema: Any) -> Any:
    """The schema where a field that it does not name is a fault: so that nothing is published without being documented."""
    if isinstance(schema, dict):
        made = {key: strict(one) for key, one in schema.items()}
        if "properties" in made and made.get("type") == "object" and "oneOf" not in made:
            made["additionalProperties"] = False
        return made
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


@cache
def validator(data: bytes, kind: str = "") -> Draft202012Validator:
    """Of one kind of file, so that a fault names the field; of all when no kind is named."""
    schema = strict(json.loads(data))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema["$defs"][kind] if kind else schema, format_checker=FormatChecker())


def trees(site: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted([*site.glob("releases/*/api/**/*.json"), *site.glob("national/*/*/api/**/*.json")]):
        yield path, json.loads(path.read_bytes())


def shape(kind: str, record: dict[str, Any]) -> tuple[object, ...]:
    """What a schema sees of a record: names and types, and the words where a list of words is given."""
    return kind, *(
        (name, type(one), None if name in FREE or not isinstance(one, str) else one) for name, one in record.items()
    )


def test_every_file_keeps_to_the_published_schema(built_site: Path) -> None:
    """Of records that a schema cannot tell apart, since only free numbers and words differ, one a kind is looked at."""
    published = (built_site / "schemas/lsb-1.json").read_bytes()
    seen: set[str] = set()
    known: set[tuple[object, ...]] = set()
    for path, tree in trees(built_site):
        seen.add(tree["kind"])
        if "series" in tree:
            shapes = {shape(tree["kind"], one): one for one in tree["series"]}
            tree["series"] = [one for like, one in shapes.items() if like not in known]
            known |= shapes.keys()
        faults = [error.message[:200] for error in validator(published, tree["kind"]).iter_errors(tree)]
        assert faults == [], path
        assert tree["schema"] == "lsb/1"
    assert seen == KINDS


def test_the_whole_schema_takes_one_file_of_each_kind_and_refuses_another_kind(built_site: Path) -> None:
    whole = validator((built_site / "schemas/lsb-1.json").read_bytes())
    done = set()
    for _, tree in trees(built_site):
        if tree["kind"] not in done and len(tree.get("series", ())) < 600:
            done.add(tree["kind"])
            whole.validate(tree)
            with pytest.raises(ValidationError):
                whole.validate({**tree, "kind": "index" if tree["kind"] != "index" else "area"})
    assert done == KINDS


def test_a_null_without_a_reason_is_refused(built_site: Path) -> None:
    tree = json.loads((built_site / "releases/2024-25-Q4/api/latest/illustrative-sg09.json").read_bytes())
    check = validator((built_site / "schemas/lsb-1.json").read_bytes(), "latest")
    states = {one["withheld"] for one in tree["series"]}
    assert {None, "c"} <= states
    for number, reason in REASONS.items():
        for place, one in enumerate(tree["series"]):
            spoilt = copy.deepcopy(tree)
            spoilt["series"][place][reason] = None if one[number] is None else "c"
            assert not check.is_valid(spoilt), (number, place)


def test_programs_read_the_numbers_of_the_table_cell_by_cell(built_site: Path) -> None:
    compared = 0
    for path, tree in trees(built_site):
        if tree["kind"] not in ("indicator", "latest", "area"):
            continue
        folder = "areas/" if tree["kind"] == "area" else ""
        table = path.parents[2] / "csv" / folder / f"{path.stem}.csv"
        with table.open(newline="") as opened:
            rows = {(row["indicator"], row["area"], row["period"]): row for row in csv.DictReader(opened)}
        keys = []
        for one in tree["series"]:
            key = (tree.get("indicator") or one["indicator"], one["area"], one["period"])
            keys.append(key)
            row = rows[key]
            for name in set(one) & set(row):
                assert _same(one[name], row[name]) or (name, one[name]) == ("denominator_withheld", "z"), (path, key)
                compared += 1
            assert one["text"] == (row["value"] or f"[{row['withheld']}]"), (path, key)
        wanted = [key for key in rows if tree["kind"] != "latest" or key[2] == tree["period"]]
        assert keys == wanted, path
    assert compared > 100_000


def _same(value: object, text: str) -> bool:
    """A number of JSON has no zeros at its end: ``text`` keeps the digits as printed."""
    if isinstance(value, (int, float)):
        return text != "" and Decimal(repr(value)) == Decimal(text)
    return (value or "") == text


def test_the_index_leads_to_every_file_and_to_its_schema(built_site: Path) -> None:
    for folder in (*built_site.glob("releases/2024-25-Q4"), *built_site.glob("national/*/*")):
        index = json.loads((folder / "api/index.json").read_bytes())
        named = [
            *index["lists"].values(),
            *index["files"].values(),
            *index["latest"].values(),
            *index["areas"].values(),
        ]
        there = {path.relative_to(folder).as_posix() for path in folder.glob("api/**/*.json")}
        assert sorted([*named, "api/index.json"]) == sorted(there)
        assert (built_site / urlsplit(index["schema_url"]).path.lstrip("/")).is_file()
        assert built_site / urlsplit(index["base"]).path.strip("/") == folder
        assert (folder / index["descriptor"]).is_file()
        for name, path in index["lists"].items():
            listed = json.loads((folder / path).read_bytes())[name]
            assert listed
            assert all((folder / one["file"]).is_file() for one in listed if one.get("file"))
        codes = [one["indicator"] for one in json.loads((folder / "api/indicators.json").read_bytes())["indicators"]]
        assert set(codes) == set(index["files"]) == set(index["latest"])


def test_the_lists_hold_every_place_and_period_of_the_figures(built_site: Path) -> None:
    for index in (*built_site.glob("releases/2024-25-Q4/api"), *built_site.glob("national/*/*/api")):
        areas, periods = set(), set()
        for path in index.glob("indicators/*.json"):
            for one in json.loads(path.read_bytes())["series"]:
                areas.add((one["area"], one["area_name"]))
                periods.add(one["period"])
        listed = json.loads((index / "areas.json").read_bytes())["areas"]
        assert {(one["area"], one["area_name"]) for one in listed} == areas
        in_order = json.loads((index / "periods.json").read_bytes())["periods"]
        assert {one["period"] for one in in_order} == periods
        ends = [(one["end"], one["start"]) for one in in_order]
        assert [end for end, _ in ends] == sorted(end for end, _ in ends)
        assert all(start <= end for end, start in ends)


def fields(schema: bytes) -> set[str]:
    """Every field of a schema with its type, by kind: ``indicator series[] value number|null``."""
    found = set()

    def walk(place: str, one: dict[str, Any]) -> None:
        for name, inner in one.get("properties", {}).items():
            assert name in one["required"], (place, name)
            kind = inner.get("type", "const" if "const" in inner else "enum")
            found.add(f"{place} {name} {'|'.join([kind] if isinstance(kind, str) else kind)}")
            walk(f"{place} {name}", inner)
            walk(f"{place} {name}[]", inner.get("items", {}))

    for kind, one in json.loads(schema)["$defs"].items():
        walk(kind, one)
    return found


def test_fields_are_only_added() -> None:
    """A line that is missing here breaks somebody's program: make another schema instead. New lines are added by hand."""
    known = set(PUBLISHED.read_text().splitlines())
    assert len(known) > 100
    assert fields(figures_schema(BASE)) == known


# ---- the list of releases


@pytest.mark.parametrize("inputs", [everything(), national(), as_real()], ids=["all", "none", "real"])
def test_the_list_and_the_pointer_keep_to_their_schema(inputs: Any) -> None:
    check = validator(versions_schema(BASE))
    numbers = {str(one.id): f"1.{place}.0" for place, one in enumerate(inputs.releases)}
    for given in ({}, numbers):
        table = json.loads(versions_json(inputs, BASE, given))
        check.validate(table)
        assert [one["version"] for one in table["releases"]] == [given.get(one["id"]) for one in table["releases"]]
    pointer = json.loads(latest_json(inputs, BASE))
    check.validate(pointer)
    first = table["releases"][0] if table["releases"] else {}
    for name in ("id", "url", "datapackage_sha256", "published_on"):
        assert pointer[name] == first.get(name)
    with pytest.raises(ValidationError):
        check.validate({**table, "latest": 1})


def test_the_pointer_of_the_site_names_the_latest_package(built_site: Path) -> None:
    pointer = json.loads((built_site / addresses.LATEST).read_bytes())
    page = built_site / urlsplit(pointer["url"]).path.lstrip("/")
    assert page.is_file()
    assert sha256((page.parent / "datapackage.json").read_bytes()) == pointer["datapackage_sha256"]


def test_a_draft_is_in_no_list() -> None:
    whole = everything()
    draft = dataclasses.replace(whole, draft=True)
    names = [one["id"] for one in json.loads(versions_json(draft, BASE))["releases"]]
    assert names == [str(one.id) for one in whole.releases[-2::-1]]
    assert json.loads(versions_json(draft, BASE))["releases"][0]["status"] == "current"


# ---- the page


def test_the_page_documents_every_field_and_shows_a_file_as_it_is(built_site: Path) -> None:
    text = (built_site / addresses.API).read_text()
    assert 'href="api.html"' in (built_site / addresses.DATA).read_text()
    assert "Fields are only added" in text
    (example,) = re.findall(r"<h3>The file</h3><pre[^>]*><code>(.*?)</code>", text, re.DOTALL)
    shown = json.loads(unescape(example))
    place = re.search(r"The file (\S+), with", text)
    assert place
    real = json.loads((built_site / place[1]).read_bytes())
    assert shown == {**real, "series": [one for one in real["series"] if one["area"] == "E12000007"]}
    described = set(re.findall(r'<tr><th scope="row">(\w+)</th>', text))
    assert set(shown["series"][0]) <= described
