"""The pages for data officers are true: what is due, when, which columns, which rules; and plain: no machine's words."""

from __future__ import annotations

import json
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import html5lib
import pytest

from site_builder.confidential.rules.text import figure, personal_data
from site_builder.confidential.standards import counts_of, load_standards
from site_builder.confidential.tabulate import _STATES, _WITHHELD
from site_builder.published.compose.submitting import LOOKS
from site_builder.published.content import RULES_FILE
from site_builder.vocabulary.indicators import Status
from site_builder.vocabulary.periods import Period, day_in_words, financial_year, quarter
from site_builder.vocabulary.rules import PARTS
from tests.promises.test_words import MACHINE_WORDS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "datapackages/reference"
PROSE = ROOT / "content/about/submitting"
RULES = json.loads((ROOT / RULES_FILE).read_text())["rules"]
QUARTER, YEAR = quarter(2024, 1), financial_year(2024)


def page(site: Path, name: str) -> ElementTree.Element:
    text = (site / "about/submitting" / name).read_text(encoding="utf-8")
    tree: ElementTree.Element = html5lib.parse(text, namespaceHTMLElements=False)
    return tree


def main(site: Path, name: str) -> ElementTree.Element:
    found = page(site, name).find(".//main")
    assert found is not None
    return found


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def after(tree: ElementTree.Element, heading: str) -> list[ElementTree.Element]:
    """What stands between a heading and the next one of its level or a higher one."""
    body = tree.find(".//div[@class='prose']")
    assert body is not None
    parts = list(body)
    start = next(place for place, part in enumerate(parts) if words(part) == heading)
    level = parts[start].tag
    ends = (
        place for place, part in enumerate(parts) if place > start and re.match(r"h\d", part.tag) and part.tag <= level
    )
    return parts[start + 1 : next(ends, len(parts))]


def codes(parts: list[ElementTree.Element]) -> list[str]:
    """Codes of the indicators that some parts of a page link to."""
    links = [link.get("href", "") for part in parts for link in part.iter("a")]
    return [match[1].upper() for link in links if (match := re.search(r"indicators/(\w+)\.html", link))]


def terms(tree: ElementTree.Element) -> list[tuple[str, str]]:
    return [(words(row[0]), words(row[1])) for row in tree.findall(".//dl[@class='rows']/div")]


def test_the_calendar_has_every_round_and_no_other(built_site: Path) -> None:
    rounds = tomllib.loads((REFERENCE / "collection.toml").read_text())["rounds"]

    def told(one: dict[str, date | str]) -> tuple[str, str]:
        period = Period.parse(str(one["period"]))
        opens, due = (day_in_words(one[key]) for key in ("opens", "due"))  # type: ignore[arg-type]
        day = one.get("publishes")
        released = f"Released {day_in_words(day)}." if day else "From partner agencies; not released yet."  # type: ignore[arg-type]
        return (
            period.label,
            f"Send from {opens} to {due}. {released} Folder {period.id}.",
        )

    assert sorted(terms(main(built_site, "index.html"))) == sorted(map(told, rounds))


@pytest.mark.parametrize(("heading", "period"), [("Every quarter", QUARTER), ("Once a year", YEAR)])
def test_what_is_due_is_what_a_return_is_checked_for(built_site: Path, heading: str, period: Period) -> None:
    due = load_standards(ROOT).due(period)
    parts = after(main(built_site, "index.html"), heading)
    assert codes(parts) == [indicator.code.upper() for indicator in due]
    (table,) = (found for part in parts for found in part.iter("table"))
    asked = [words(row[1]) for row in table.findall("tbody/tr")]
    assert asked == ["numerator and denominator" if len(counts_of(one)) == 2 else "numerator alone" for one in due]


def test_each_agreed_indicator_has_one_sender(built_site: Path) -> None:
    tree = main(built_site, "index.html")
    sent = [
        code
        for heading in ("Every quarter", "Once a year", "From partner agencies")
        for code in codes(after(tree, heading))
    ]
    agreed = [one.code.upper() for one in load_standards(ROOT).catalogue.values() if one.status is Status.AGREED]
    assert sorted(sent) == sorted(agreed)


def test_what_is_not_asked_and_what_looks_alike_follow_the_catalogue(built_site: Path) -> None:
    tree, catalogue = main(built_site, "why.html"), load_standards(ROOT).catalogue
    national = [one.code.upper() for one in catalogue.values() if one.status is Status.NATIONAL]
    assert codes(after(tree, "What we do not ask")) == national
    twins = [
        code.upper()
        for one in catalogue.values()
        if one.is_collected and one.national
        for code in (one.code, *(twin.series for twin in one.national))
    ]
    assert codes(after(tree, "What looks like asking twice")) == twins


def test_the_columns_of_every_file_are_those_of_its_schema(built_site: Path) -> None:
    schemas = sorted(REFERENCE.glob("*.schema.json"))
    told = [*terms(main(built_site, "columns.html")), *terms(main(built_site, "further-files.html"))]
    columns = [field for path in schemas for field in json.loads(path.read_text())["fields"]]
    assert sorted(name for name, _ in told) == sorted(field["name"] for field in columns)
    for field in columns:
        assert any(name == field["name"] and text.startswith(field["description"]) for name, text in told)
    returned = [name for name, _ in terms(main(built_site, "columns.html"))][:8]
    fields = json.loads((REFERENCE / "return.schema.json").read_text())["fields"]
    assert returned == [field["name"] for field in fields]


def test_every_status_is_told_as_the_check_and_the_release_treat_it(built_site: Path) -> None:
    statuses = json.loads((REFERENCE / "return.schema.json").read_text())["statuses"]
    tree = main(built_site, "statuses.html")
    told = {name: re.fullmatch(r"On the site: (.+?)(?=Needs)Needs (.+)", said) for name, said in terms(tree)}
    rows = [(name, said[2], said[1]) for name, said in told.items() if said]
    assert len(rows) == len(told)
    needs = {
        name: ("numbers" if asked["counts"] == "filled" else "no numbers")
        + (", and a note" if asked["note"] == "required" else "")
        for name, asked in statuses.items()
    }
    assert {name: need for name, need, _ in rows} == needs
    assert {words(code) for code in tree.findall(".//li/code")} >= set(statuses)
    for name, _, look in rows:
        letter = _WITHHELD.get(_STATES[name], "x")
        assert look.startswith(f"[{letter}] ") if letter else look.startswith("The figure"), name
    assert set(LOOKS) == set(statuses)


def test_the_list_leads_to_every_rule_by_stage_with_its_weight(built_site: Path) -> None:
    tree = main(built_site, "rules/index.html")
    linked = [link.get("href") for link in tree.findall(".//th/a")]
    assert sorted(linked) == sorted(f"{rule['code'].lower()}.html" for rule in RULES)  # type: ignore[type-var]
    weights = {words(row[0]).split()[0]: words(row[1]) for row in tree.findall(".//tbody/tr")}
    begins = {"error": "Error", "query": "Query", "info": "Remark"}
    assert all(weights[rule["code"]].startswith(begins[rule["severity"]]) for rule in RULES)
    headings = [words(heading).casefold() for heading in tree.iter("h2")]
    assert set(headings) == {rule["stage"] for rule in RULES}
    assert headings[0] == "scope"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["code"])
def test_p09_a_rule_has_its_four_parts_and_leads_to_its_neighbours(built_site: Path, rule: dict[str, str]) -> None:
    tree = main(built_site, f"rules/{rule['code'].lower()}.html")
    headings = [words(heading) for heading in tree.iter("h2")]
    assert headings[:4] == [*PARTS[:3], "How to fix it"]
    prose = tree.find(".//div[@class='prose']")
    assert prose is not None
    assert all(words(part) for part in prose.findall("p"))
    assert len(prose.findall("p")) == len(prose.findall("h2"))
    leads = {link.get("href") for link in tree.iter("a")}
    others = {f"{one['code'].lower()}.html" for one in RULES if one["stage"] == rule["stage"]}
    assert leads == others - {f"{rule['code'].lower()}.html"} | {"index.html"}


def officers_pages(site: Path) -> Iterator[Path]:
    found = sorted((site / "about/submitting").rglob("*.html"))
    assert len(found) > len(RULES)
    yield from found


def test_p09_no_page_for_officers_speaks_the_machine_s_language(built_site: Path) -> None:
    for path in officers_pages(built_site):
        name = path.relative_to(built_site / "about/submitting").as_posix()
        assert MACHINE_WORDS.findall(words(main(built_site, name))) == [], name


def test_commands_stand_apart_for_those_who_have_the_program(built_site: Path) -> None:
    seen = 0
    for path in officers_pages(built_site):
        text = words(main(built_site, path.relative_to(built_site / "about/submitting").as_posix()))
        before, found, apart = text.rpartition("If you have the program")
        assert "site-builder" not in (before if found else apart), path.name
        seen += "site-builder" in apart
    assert seen > 1


def test_the_examples_of_explanations_are_judged_as_the_page_says() -> None:
    text = " ".join((PROSE / "explaining.md").read_text(encoding="utf-8").split())
    helps, _, others = text.partition("## Examples that help a reader")[2].partition("## Examples that do not")
    quoted = re.findall(r'- "([^"]+)"', helps)
    assert len(quoted) == 4
    assert [words for words in quoted if figure(words) or personal_data(words) or len(words) < 20] == []
    assert figure("Two siblings account for the rise.")
    assert '"Two siblings account for the rise."' in others
    for allowed in ("1 April", "under 5", "15 working days"):
        assert allowed in text
        assert not figure(allowed)


def test_every_drawing_is_used_small_and_says_what_it_shows(built_site: Path) -> None:
    files = sorted((PROSE / "pictures").glob("*.svg"))
    used = re.findall(r"!\[([^\]]+)\]\((pictures/[^ )]+)", "".join(p.read_text() for p in PROSE.glob("*.md")))
    assert {name for _, name in used} == {f"pictures/{path.name}" for path in files}
    for path in files:
        svg = ElementTree.fromstring(path.read_bytes())
        assert svg.findtext("{*}title")
        assert svg.findtext("{*}desc")
    drawn = [svg for svg in main(built_site, "steps.html").findall(".//{*}svg") if svg.get("role") == "img"]
    assert [svg.get("aria-label") for svg in drawn] == [alternative for alternative, _ in used]
