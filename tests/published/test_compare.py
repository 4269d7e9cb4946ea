"""Comparing boroughs: matrices, the start, and the figures behind the page of a few boroughs, from the committed packages."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import random
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import html5lib
import pytest

from site_builder.published import addresses
from site_builder.published.build import Builder
from site_builder.published.compose import compare
from site_builder.published.compose.compare_script import NAME, SAID, compare_script
from site_builder.published.compose.matrix import matrix_page, matrix_pages, size_words, tally_words
from site_builder.published.figures import HIDDEN_LONG, HIDDEN_SHORT, Figure, printed
from site_builder.published.inputs import Inputs
from site_builder.published.links import LinkCheck
from site_builder.published.matrix import TOGETHER, Tally, parts, period_of, tally
from site_builder.published.pages_compare import Matrix
from site_builder.published.render import named
from site_builder.published.statistics import IndicatorData
from site_builder.vocabulary.areas import ENGLAND, LONDON
from site_builder.vocabulary.methods import funnels
from tests.promises.test_words import BARRED

ROOT = Path(__file__).parents[2]
CODE = (ROOT / "templates/assets/compare.js").read_text(encoding="utf-8")
HIDDEN = Figure("", "", "c", None, HIDDEN_SHORT, HIDDEN_LONG["show"])


def matrices(builder: Builder) -> Iterator[tuple[str, Matrix]]:
    for path, (theme, held) in matrix_pages(builder.inputs).items():
        for one in matrix_page(builder.frames, builder.inputs, theme, path, held).matrices:
            yield path, one


def rows_of(builder: Builder, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(builder.site[path]().decode())))


def data_of(script: bytes) -> dict[str, Any]:
    match = re.fullmatch(rf"const {NAME}=Object\.freeze\((.*)\);\n", script.decode())
    assert match is not None
    held: dict[str, Any] = json.loads(match[1])
    return held


def with_figures(inputs: Inputs, changed: Mapping[str, IndicatorData]) -> Inputs:
    copy = dataclasses.replace(inputs)
    vars(copy)["figures"] = {**inputs.figures, **changed}
    return copy


# ---- the matrices


def test_every_theme_has_a_matrix_with_all_its_figures_in_tables_of_one_kind(builder: Builder) -> None:
    inputs = builder.inputs
    assert {addresses.matrix(code) for code in inputs.content.themes} <= set(matrix_pages(inputs))
    shown = [part for _, held in matrix_pages(inputs).values() for part in held]
    codes = [data.indicator.code for part in shown for data in part.figures]
    assert sorted(codes) == sorted(code for code, data in inputs.figures.items() if data.headline)
    for part in shown:
        assert {data.source.national for data in part.figures} == {part.national}
        assert {data.source.classification for data in part.figures} == {part.classification}
        assert {data.indicator.theme for data in part.figures} == {part.theme}


def test_a_theme_too_large_for_one_page_has_two(builder: Builder) -> None:
    inputs = builder.inputs
    for code in inputs.content.themes:
        held = parts(inputs, code)
        columns = sum(len(part.figures) for part in held)
        found = [
            path for path in matrix_pages(inputs) if re.fullmatch(rf"compare/{code.lower()}(-returns)?\.html", path)
        ]
        assert len(found) == (2 if columns > TOGETHER and len(held) == 2 else 1)


def test_boroughs_stand_a_to_z_beneath_london_and_england(builder: Builder) -> None:
    names = [area.name for area in builder.inputs.areas.boroughs]
    assert names == sorted(names)
    for _, one in matrices(builder):
        totals = ["London", "England"] if one.slug == "national" else ["London"]
        assert [row.name for row in one.rows] == totals + names
        assert all(len(row.cells) == len(one.heads) for row in one.rows)


def test_a_cell_is_the_figure_its_place_in_the_variation_and_the_way_to_its_page(builder: Builder) -> None:
    areas = {area.name: area for area in builder.inputs.areas.all}
    for path, (theme, held) in matrix_pages(builder.inputs).items():
        made = matrix_page(builder.frames, builder.inputs, theme, path, held).matrices
        for part, one in zip(held, made, strict=True):
            for row in one.rows:
                for data, cell in zip(part.figures, row.cells, strict=True):
                    point = data.points.get((areas[row.name].code, period_of(data)))
                    if point is None:
                        assert (row.kind, cell.value.state) == ("eng", "z")
                        continue
                    assert str(cell.value) == (point.value.text or f"[{point.value.state}]")
                    side = point.variation.rpartition("-")[2]
                    assert cell.variation.side == {"high": "higher", "low": "lower"}.get(side, "")
                    assert bool(cell.variation.word) is bool(point.variation)
                    assert bool(cell.href) is not bool(row.kind)
                    if cell.href:
                        target = addresses.borough_indicator(areas[row.name].slug, data.indicator.code)
                        assert cell.href == f"../{target}"


def test_pages_of_national_figures_alone_may_be_found_and_say_nothing_of_invented_ones(builder: Builder) -> None:
    alone = 0
    for path, (theme, held) in matrix_pages(builder.inputs).items():
        page = matrix_page(builder.frames, builder.inputs, theme, path, held)
        invented = any(part.classification == "synthetic" for part in held)
        assert page.frame.noindex is invented
        assert bool(page.frame.notices) is invented
        for part, one in zip(held, page.matrices, strict=True):
            marked = part.classification == "synthetic"
            assert bool(one.tag) is one.caption.startswith("Illustrative. ") is marked
            assert all(("/illustrative-" in f"/{file.href}") is marked for file in one.files)
        alone += bool(held) and not invented
        html5lib.HTMLParser(strict=True).parse(builder.renderer.render(page))
    assert alone


def test_the_table_of_a_matrix_is_its_download(builder: Builder) -> None:
    for path, one in matrices(builder):
        (file,) = one.files
        rows = rows_of(builder, f"compare/{file.href}")
        assert {row["classification"] for row in rows} == ({"synthetic"} if one.tag else {"published"})
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["area_name"], []).append(row["value"] or f"[{row['withheld']}]")
        for line in one.rows:
            shown = [
                str(cell.value).replace(",", "")
                for cell in line.cells
                if cell.value.reason != "Not held for this place"
            ]
            assert shown == found[line.name], (path, line.name)


def test_the_key_explains_every_letter_of_the_table(builder: Builder) -> None:
    states = set()
    for _, one in matrices(builder):
        letters = {str(cell.value) for row in one.rows if not row.kind for cell in row.cells if not cell.value.is_shown}
        assert {item.words.split()[0] for item in one.key if item.words.startswith("[")} == letters
        states |= letters
    assert {"[c]", "[x]", "[u]", "[z]"} <= states


def test_a_total_of_fewer_boroughs_says_how_many(builder: Builder) -> None:
    noted = [cell.note for _, one in matrices(builder) for cell in one.rows[0].cells if cell.note]
    assert noted
    assert all(re.fullmatch(r"\d\d of 33", note) and note != "33 of 33" for note in noted)
    assert not [cell for _, one in matrices(builder) for row in one.rows[1:] for cell in row.cells if cell.note]


# ---- how many comparisons


def test_comparisons_are_counted_as_the_downloads_label_them(builder: Builder) -> None:
    for code in builder.inputs.content.themes:
        for part in parts(builder.inputs, code):
            prefix = "illustrative-" if part.classification == "synthetic" else ""
            rows = rows_of(builder, f"compare/{prefix}{part.slug}-{code.lower()}.csv")
            labels = [row["variation"] for row in rows if row["variation"]]
            out = sum(label.startswith("out") for label in labels)
            edge = sum(label.startswith("edge") for label in labels)
            assert tally(part.figures) == Tally(len(labels), edge, out)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Tally(0, 0, 0), "None of these figures can be compared with the usual variation between boroughs."),
        (
            Tally(1, 0, 0),
            "1 figure is compared with the usual variation between boroughs. All lie within it. If every borough were an "
            "ordinary one, hardly any would lie beyond it and hardly any would stand out.",
        ),
        (
            Tally(31, 1, 0),
            "31 figures are compared with the usual variation between boroughs. One lies beyond it: one towards the edge, and "
            "none standing out. If every borough were an ordinary one, about three would lie beyond it and hardly any would "
            "stand out.",
        ),
        (
            Tally(1000, 60, 12),
            "1,000 figures are compared with the usual variation between boroughs. 72 lie beyond it: 60 towards the edge, and "
            "12 standing out. If every borough were an ordinary one, about 94 would lie beyond it and about 11 would stand "
            "out.",
        ),
    ],
)
def test_the_sentence_on_comparisons(made: Tally, words: str) -> None:
    assert tally_words(made) == words


def test_the_expected_shares_are_those_of_ordinary_areas() -> None:
    """Areas of one size whose level varies as the method supposes, normally on the square-root scale."""
    draws, n, made, edge, out = random.Random(20), 60_000, 0, 0, 0
    for _ in range(900):
        points = []
        for _ in range(33):
            level = 0.03 * (1 + draws.gauss(0, 0.12)) ** 2
            points.append((round((level * n) ** 0.5 + draws.gauss(0, 0.5)) ** 2, n))
        funnel = funnels.additive(points, 0.03, funnels.Transform.SQUARE_ROOT)
        assert isinstance(funnel, funnels.Funnel)
        labels = [funnel.label(*point).value for point in points]
        made += len(labels)
        edge += sum(label != "within" for label in labels)
        out += sum(label.startswith("out") for label in labels)
    assert edge / made == pytest.approx(float(funnels.CAUGHT_95), abs=0.005)
    assert out / made == pytest.approx(float(funnels.CAUGHT_998), abs=0.002)


def test_how_many_indicators_in_words(everything: Inputs) -> None:
    national, returned = parts(everything, "T4")
    assert size_words((national, returned)) == "One national indicator and one from borough returns (illustrative)"
    assert size_words((returned,)) == "One indicator from borough returns (illustrative)"
    assert size_words(()) == "No figures yet"


# ---- what is hidden


def hiding(inputs: Inputs, code: str, area: str, *, counted: bool, number: int) -> Inputs:
    """Inputs with one more hidden figure, through its numerator or its denominator: two reasons that must look alike.
    ``number``: what stands in the half that is printed."""
    data = inputs.figures[code]
    place = (area, period_of(data))
    point = dataclasses.replace(
        data.points[place],
        numerator=HIDDEN if counted else printed(str(number)),
        denominator=printed(str(number)) if counted else HIDDEN,
        value=HIDDEN,
        lower=HIDDEN,
        upper=HIDDEN,
        limits=None,
        variation="",
        variation_reason="no-value",
        compared="not-compared",
    )
    return with_figures(inputs, {code: dataclasses.replace(data, points={**data.points, place: point})})


@pytest.mark.parametrize("code", ["SG03", "N17"])
def test_a_hidden_figure_looks_the_same_whatever_it_is_and_why(builder: Builder, code: str) -> None:
    inputs, area = builder.inputs, builder.inputs.areas.boroughs[5].code
    made = set()
    for counted in (True, False):
        for number in (1, 30, 4000):
            held = hiding(inputs, code, area, counted=counted, number=number)
            path = addresses.matrix("T1", returns=code.startswith("SG"))
            theme, some = matrix_pages(held)[path]
            page = builder.renderer.render(matrix_page(builder.frames, held, theme, path, some))
            made.add((page, compare_script(held)))
    assert len(made) == 1
    page, script = made.pop()
    (row,) = re.findall(r'<tr><th scope="row"><a href="[^"]*">Camden</a></th>.*?</tr>', page.decode())
    cell = f'<td class="mn"><a href="../boroughs/camden/{code.lower()}.html"><span class="c">[c]</span>'
    assert f'{cell}<span class="vh"> Hidden to protect children</span></a></td>' in row
    assert "[c] Hidden to protect children|" in script.decode()


def test_hidden_cells_carry_nothing_but_the_one_wording(builder: Builder) -> None:
    cells = set()
    for path in matrix_pages(builder.inputs):
        text = builder.site[path]().decode()
        cells |= {
            re.sub(r'href="[^"]*"', "", cell) for cell in re.findall(r"<td[^>]*>(?:(?!</td>).)*\[c\].*?</td>", text)
        }
    assert len(cells) == 1


# ---- a few boroughs


def test_the_script_holds_the_figures_of_the_downloads_digit_for_digit(builder: Builder) -> None:
    inputs = builder.inputs
    held = data_of(compare_script(inputs))
    assert list(held["boroughs"]) == [area.slug for area in inputs.areas.boroughs]
    assert list(held["boroughs"].values()) == [area.name for area in inputs.areas.boroughs]
    codes = {f"../{addresses.indicator(code)}": code for code in inputs.figures}
    seen = 0
    for group in held["groups"]:
        for row in (row for theme in group["themes"] for row in theme["rows"]):
            data = inputs.figures[codes[row["href"]]]
            assert bool(group["tag"]) is (data.source.classification == "synthetic")
            rows = {row["area"]: row for row in table_of(builder, data)}
            cells = row["cells"].split("|")
            assert len(cells) == 34
            for code, cell in zip([LONDON, *(area.code for area in inputs.areas.boroughs)], cells, strict=True):
                same(cell, rows[code], held["labels"])
                seen += 1
    assert seen == 34 * len(inputs.figures)


def table_of(builder: Builder, data: IndicatorData) -> list[dict[str, str]]:
    """The rows of an indicator's own download, of the period that pages lead with."""
    (path,) = [
        path for path in builder.site
        if re.search(rf"/csv/(illustrative-)?{data.indicator.code.lower()}\.csv$", path)
        and f"/{data.source.release}/" in path
    ]  # fmt: skip
    return [row for row in rows_of(builder, path) if row["period"] == str(period_of(data))]


def same(cell: str, row: Mapping[str, str], labels: Mapping[str, str]) -> None:
    """One cell of the script against one row of the download."""
    if row["withheld"]:
        assert cell.startswith(f"[{row['withheld']}] ")
        assert not re.search(r"\d", cell)
        assert row["withheld"] != "c" or cell == "[c] Hidden to protect children"
        return
    number, lower, upper, key = cell.split(";")
    assert re.split(r"[† ]", number)[0].replace(",", "") == row["value"]
    assert re.findall(r"\[(.*)\]", number) == ([row["obs_status"]] if row["obs_status"] else [])
    assert (lower.replace(",", ""), upper.replace(",", "")) == (row["lower_95"], row["upper_95"])
    words = labels[key]
    if row["area"] == LONDON:
        assert words.endswith(row["coverage"] or "prints it")
    elif words == "Not compared":
        assert row["compared_with_london"] == "not-compared" or row["area_name"] == "City of London"
    else:
        assert words.lower().startswith(row["compared_with_london"].split("-")[0])
        side = row["variation"].split("-")
        expected = {"within": "within", "edge": "edge", "out": "stands out", "": "value only"}[side[0]]
        assert expected in words
        assert ({"high": "higher", "low": "lower"}[side[1]] if len(side) > 1 else "") in words.partition(";")[2]


def test_the_script_is_frozen_and_its_name_is_its_fingerprint(builder: Builder) -> None:
    script = compare_script(builder.inputs)
    assert builder.site[named("compare-data", "js", script)]() == script
    assert script == compare_script(builder.inputs)
    assert f"{NAME}=Object.freeze(".encode() in script


def test_before_the_first_release_the_script_speaks_of_national_figures_alone(everything: Inputs) -> None:
    before = dataclasses.replace(everything, releases=())
    vars(before)["figures"] = {code: data for code, data in everything.figures.items() if data.source.national}
    held = data_of(compare_script(before))
    assert [group["heading"] for group in held["groups"]] == ["National figures"]
    assert "llustrative" not in json.dumps(held)


def test_words_of_the_script_are_neutral_and_the_code_asks_for_nothing() -> None:
    assert not BARRED.findall(" ".join(SAID.values()))
    assert not BARRED.findall(CODE)
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|import|XMLHttp|http", CODE
    )
    assert not re.findall(r"localStorage|sessionStorage|cookie|\.style\b|setAttribute", CODE)


# ---- where to start, and the way there


def test_the_start_offers_pages_that_are_there_and_no_others(builder: Builder) -> None:
    frames, inputs = builder.frames, builder.inputs
    page = compare.start(frames, inputs, builder.site)
    assert all(one.link.href.removeprefix("../") in builder.site for one in page.onward)
    assert [one.link.href for one in compare.start(frames, inputs, {addresses.STANDS_OUT}).onward] == [
        "../stands-out.html"
    ]
    assert compare.start(frames, inputs, ()).onward == ()
    assert len(page.steps) == 3
    links = [link.href for line in page.matrices for link in line.links]
    assert [f"compare/{href}" for href in links] == list(matrix_pages(inputs))


def test_every_borough_leads_to_the_comparison_with_itself_chosen(builder: Builder) -> None:
    for area in builder.inputs.areas.boroughs:
        text = builder.site[addresses.borough(area.slug)]().decode()
        assert f'<a href="../compare/boroughs.html?with={area.slug}">Compare with others</a>' in text


def test_a_link_with_a_choice_leads_to_its_page() -> None:
    check = LinkCheck({"a.html", "b/c.html"})
    check.add("a.html", b'<a href="b/c.html?with=x"></a><a href="b/d.html?with=x"></a><a href="b/c.html?with=x#n"></a>')
    check.add("b/c.html", b'<p id="m"></p>')
    assert check.broken() == (("a.html", "b/c.html#n"), ("a.html", "b/d.html"))


def test_england_stands_only_where_its_figures_are_held(everything: Inputs) -> None:
    for code in everything.content.themes:
        for part in parts(everything, code):
            assert any(ENGLAND in data.areas for data in part.figures) is part.national


def test_expected_counts_follow_the_shares() -> None:
    assert Tally(500, 1, 2).beyond == 3
    assert Tally(500, 1, 2).expected == Fraction(47)
    assert Tally(500, 1, 2).expected_out == Fraction(11, 2)
