"""What stands out: the published vectors, both sides alike, chance counted, nothing that rests on a hidden figure."""

from __future__ import annotations

import csv
import io
import math
import random
import re
from collections import Counter
from fractions import Fraction

import pytest

from site_builder.published import standing_words as words
from site_builder.published.compose.journey import borough_journey, london_journey
from site_builder.published.compose.profile import profile
from site_builder.published.compose.stands_out import stands_out
from site_builder.published.downloads.standing_out import comparisons_csv, comparisons_file
from site_builder.published.inputs import Inputs
from site_builder.published.pages import Page
from site_builder.published.standing_out import CAUGHT, CHANCE, Subject, Tally, expected, subjects, tally
from site_builder.published.statistics import IndicatorData, indicator_data
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.methods.funnels import Funnel, Transform, additive
from site_builder.vocabulary.rounding import significant
from tests.factories import BOROUGHS, CITY, areas, counts, figures, indicator
from tests.published.held import JUDGING, RENDERER, everything, frames_of, national, numbers, with_figures, words_of

ORDINARY = BOROUGHS[1:]


def of_kind(inputs: Inputs, *, is_national: bool) -> tuple[Subject, ...]:
    return subjects((d for d in inputs.figures.values() if d.source.national is is_national), inputs.areas)


def shares(table: dict[str, tuple[int, int]], period: str = "2024-25-Q1") -> IndicatorData:
    """An invented percentage of boroughs, London their sum."""
    whole = (sum(x for x, _ in table.values()), sum(n for _, n in table.values()))
    cells = {area: (str(x), str(n)) for area, (x, n) in {**table, LONDON: whole}.items()}
    return figures(counts(period, cells))


# ---- vectors


@pytest.mark.parametrize(
    ("code", "phi", "beyond_95", "beyond_998"),
    [
        ("N06", "85.5", 3, 0), ("N07", "118.3", 4, 0), ("N08a", "29.3", 4, 3), ("N08b", "20.5", 2, 1),
        ("N09c", "5.7", 4, 2), ("N13", "16.9", 6, 0), ("N17", "2.7", 6, 0), ("N19", "9.9", 4, 0),
    ],
)  # fmt: skip
def test_p40_published_series_stand_as_measured(code: str, phi: str, beyond_95: int, beyond_998: int) -> None:
    (subject,) = subjects([everything().figures[code]], everything().areas)
    assert isinstance(subject.funnel, Funnel)
    assert subject.funnel.areas == len(subject.made) == 32
    assert words.phi(subject.funnel) == phi
    assert len(subject.beyond) == beyond_95 == sum(abs(one.adjusted) > 1.959963984540054 for one in subject.made)
    assert sum(one.label.startswith("out") for one in subject.made) == beyond_998
    assert sum(abs(one.adjusted) > 3.090232306167813 for one in subject.made) == beyond_998


def test_both_sides_are_told_alike() -> None:
    chance = random.Random(4)
    sizes = {area: chance.randrange(200, 900) for area in ORDINARY}
    table = {area: (int(n * chance.uniform(0.3, 0.7)), n) for area, n in sizes.items()}
    table[BOROUGHS[5]] = (sizes[BOROUGHS[5]] - 2, sizes[BOROUGHS[5]])
    mirrored = {area: (n - x, n) for area, (x, n) in table.items()}
    (one,), (other,) = (subjects([shares(some)], areas()) for some in (table, mirrored))
    assert one.beyond
    assert [c.area for c in one.made] == [c.area for c in other.made]
    for left, right in zip(one.made, other.made, strict=True):
        assert left.adjusted == pytest.approx(-right.adjusted, abs=1e-9)
        assert (left.label == right.label) is (left.label == "within")
        assert left.label.partition("-")[0] == right.label.partition("-")[0]


# ---- what can be compared


@pytest.mark.parametrize("is_national", [True, False])
def test_every_borough_is_compared_or_has_a_reason(is_national: bool) -> None:
    held = of_kind(everything(), is_national=is_national)
    for subject in held:
        places = [one.area for one in subject.made] + [area for some in subject.unmade.values() for area in some]
        assert Counter(places) == Counter(everything().areas.boroughs)
        assert all(one.area.funnel for one in subject.made)
    counted = tally(held)
    assert counted.made + sum(counted.unmade.values()) == 33 * len(held)
    assert counted.out <= counted.beyond < counted.made


@pytest.mark.parametrize(("mark", "reason"), [("c", "c"), ("x", "x"), ("z", "z"), ("u", "u"), ("low", "low")])
def test_a_figure_that_is_not_shown_is_not_compared_and_says_why(mark: str, reason: str) -> None:
    table = {area: ("30" if number % 3 else "40", "100") for number, area in enumerate(ORDINARY)}
    cells = counts("2024-25-Q1", {**table, BOROUGHS[7]: (mark, "100"), LONDON: ("1000", "3100"), CITY: ("3", "30")})
    (subject,) = subjects([figures(cells)], areas())
    assert {key: [area.code for area in some] for key, some in subject.unmade.items()} == {
        reason: [BOROUGHS[7]],
        "too-small": [CITY],
    }


@pytest.mark.parametrize("places", [19, 20])
def test_nothing_is_compared_with_fewer_than_twenty(places: int) -> None:
    table = {area: (30 + number, 100) for number, area in enumerate(ORDINARY[:places])}
    (subject,) = subjects([shares(table)], areas())
    assert bool(subject.made) is (places == 20)
    assert (words.nothing(subject) == "Not compared: fewer than 20 boroughs have a figure.") is (places == 19)


def test_nothing_stands_out_is_said() -> None:
    table = {area: (30 + number % 2, 100) for number, area in enumerate(ORDINARY)}
    (subject,) = subjects([shares(table)], areas())
    assert words.nothing(subject) == "Nothing stands out: all 32 compared are within the usual variation."
    assert words.found(tally([subject])).endswith("None lies beyond the 95% limit: nothing stands out.")


# ---- since when


def history(marks: list[str], **options: object) -> tuple[str, bool]:
    """Since when the last of a run of quarters is beyond the limit; ``marks``: high, usual or a letter, oldest first."""
    cells = []
    for number, mark in enumerate(marks):
        table = {area: (str(30 + place % 4), "100") for place, area in enumerate(ORDINARY)}
        table[BOROUGHS[9]] = ({"high": "70", "usual": "31", "low-side": "3"}.get(mark, mark), "100")
        cells += counts(f"20{20 + number // 4}-{21 + number // 4}-Q{number % 4 + 1}", table)
    (subject,) = subjects([figures(cells, **options)], areas())  # type: ignore[arg-type]  # options of the maker
    (one,) = [one for one in subject.beyond if one.area.code == BOROUGHS[9]]
    return str(one.since), one.known_before


@pytest.mark.parametrize(
    ("marks", "expected_since", "before"),
    [
        (["high"], "2020-21-Q1", False),
        (["high", "high"], "2020-21-Q1", True),
        (["usual", "high", "high"], "2020-21-Q2", False),
        (["high", "c", "high"], "2020-21-Q3", False),
        (["high", "x", "high", "high"], "2020-21-Q3", False),
        (["low-side", "high"], "2020-21-Q2", False),
    ],
)
def test_a_run_ends_at_a_gap_or_on_the_other_side(marks: list[str], expected_since: str, before: bool) -> None:
    assert history(marks) == (expected_since, before)


def test_a_run_begins_anew_with_a_definition() -> None:
    of = indicator(versions=[("2020-10-01", "none")])
    assert history(["high"] * 4, of=of) == ("2020-21-Q3", True)


# ---- chance


def test_the_share_of_ordinary_boroughs_beyond_each_limit_is_as_stated() -> None:
    chance, found, rounds = random.Random(11), Counter[str](), 1500
    size = 10_000
    for _ in range(rounds):
        angles = [math.pi / 4 + chance.gauss(0, 0.05) for _ in range(33)]
        points = [(round(size * math.sin(angle) ** 2), size) for angle in angles]
        funnel = additive(points, 0.5, Transform.ARCSINE)
        assert isinstance(funnel, Funnel)
        for x, n in points:
            z = abs(funnel.adjusted_z(x, n))
            found["95"] += z > 1.959963984540054
            found["998"] += z > 3.090232306167813
    for level, margin in (("95", 0.006), ("998", 0.003)):
        assert found[level] / (33 * rounds) == pytest.approx(float(CAUGHT[level]), abs=margin)


@pytest.mark.parametrize(
    ("made", "told"), [(0, ("0", "0")), (1083, ("54", "2")), (594, ("30", "1")), (99999, ("5,000", "200"))]
)
def test_chance_is_counted_on_the_comparisons_made(made: int, told: tuple[str, str]) -> None:
    assert (expected(made, CHANCE["95"]), expected(made, CHANCE["998"])) == told


@pytest.mark.parametrize(
    "of",
    [
        Tally(35, 1083, 112, 17, {"c": 35, "x": 1, "too-small": 35, "count": 33}),
        Tally(1, 20, 1, 1, {"z": 2}),
        Tally(2, 60, 3, 0, {}),
        Tally(12, 400, 0, 0, {"u": 4, "low": 5, "no-counts": 6, "too-few-areas": 33, "all-equal": 7}),
    ],
)
def test_sentences_can_be_read_back(of: Tally) -> None:
    spelled = {word: str(number) for number, word in enumerate(("one", "two", "three"), 1)}

    def read(sentence: str) -> list[str]:
        return numbers(" ".join(spelled.get(w.lower().strip(".,;"), w) for w in sentence.split()))

    shown = [
        f"{number:d}"
        for number in (of.made, of.indicators, *((of.beyond,) if of.beyond else ()), *((of.out,) if of.out else ()))
    ]
    assert [n for n in read(words.found(of).replace("95%", "").replace("99.8%", "")) if n] == shown
    first, second = words.by_chance(of)
    bare = [n for n in numbers(first.replace("95%", "").replace("99.8%", ""))]
    assert bare == [expected(of.made, CHANCE["95"]), str(of.made), expected(of.made, CHANCE["998"])]
    assert [expected(of.made, CAUGHT[level]).replace(",", "") for level in ("95", "998")] == numbers(
        second.partition("comes to")[2]
    )[:2]
    assert "9.4%" in second
    assert "1.1%" in second
    total = sum(of.unmade.values())
    told = numbers(words.not_made(of))
    assert told == ([str(total), *told[1:]] if total else [])
    assert sorted(map(int, told[1:])) == sorted(of.unmade.values())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.012345, "0.01235"),
        (1234.56, "1235"),
        (0.00009999600, "0.0001000"),
        (9.99951, "10.00"),
        (0.00035, "0.0003500"),
    ],
)
def test_four_significant_figures(value: float, text: str) -> None:
    assert significant(value, 4) == text


# ---- the page and its downloads


def test_p40_the_page_lists_everything_beyond_a_limit_and_nothing_else() -> None:
    page = stands_out(frames_of(everything()), everything())
    assert [kind.slug for kind in page.kinds] == ["national", "returns"]
    for kind in page.kinds:
        held = of_kind(everything(), is_national=kind.slug == "national")
        listed = [
            (subject.code, row.name, f"{row.variation.word}, {row.variation.side}")
            for theme in kind.themes
            for subject in theme.subjects
            for row in subject.rows
        ]
        side = {
            "edge-high": "Edge, higher",
            "edge-low": "Edge, lower",
            "out-high": "Stands out, higher",
            "out-low": "Stands out, lower",
        }
        assert Counter(listed) == Counter(
            (s.data.indicator.code, c.area.name, side[c.label]) for s in held for c in s.beyond
        )
        assert bool(kind.tag) is (kind.slug == "returns")
        assert len(kind.places) == 33
        for theme in kind.themes:
            codes = [subject.code for subject in theme.subjects]
            assert codes == [code for code in everything().catalogue if code in codes]
            assert bool(kind.tag) is theme.caption.startswith("Illustrative")
            for subject in theme.subjects:
                names = [row.name for row in subject.rows]
                assert names == sorted(names)


def test_p40_the_download_holds_every_comparison_and_what_the_page_prints() -> None:
    page = stands_out(frames_of(everything()), everything())
    for kind in page.kinds:
        held = of_kind(everything(), is_national=kind.slug == "national")
        rows = list(csv.DictReader(io.StringIO(comparisons_csv(held).decode())))
        assert len(rows) == tally(held).made
        assert {found["classification"] for found in rows} == (
            {"published"} if kind.slug == "national" else {"synthetic"}
        )
        name = comparisons_file(held[0].data.source).rpartition("/")[2]
        assert name.startswith("illustrative-") is (kind.slug == "returns")
        assert kind.file.href.endswith(name)
        known = {(found["indicator"], found["area_name"]): found for found in rows}
        for subject in (subject for theme in kind.themes for subject in theme.subjects):
            for row in subject.rows:
                there = known[subject.code, row.name]
                printed = (row.value.text, row.counted.text, row.out_of.text, row.z.replace("−", "-"))
                expected_row = (there["value"], there["numerator"], there["denominator"], there["z_adjusted"])
                assert tuple(text.replace(",", "") for text in printed) == expected_row
                assert f"Phi {there['phi']}," in subject.about
                partial = re.search(r"\((\d+ of \d+ boroughs)\)", subject.about)
                lacking = there["london_coverage"].startswith("without ")
                assert lacking or not partial or there["london_coverage"].startswith(partial[1])
                assert lacking is ("The centre is the boroughs compared" in subject.about)
        assert not any({"nan", "inf", "-0.00"} & set(found.values()) for found in rows)
        for found in rows:
            beyond = abs(Fraction(found["z_adjusted"]))
            assert (found["variation"] == "within") is (beyond <= Fraction("1.96")) or beyond == Fraction("1.96")


def test_p40_without_figures_the_page_says_so() -> None:
    page = stands_out(frames_of(everything()), with_figures(everything(), {}))
    assert page.kinds == ()
    assert page.empty in words_of(RENDERER.render(page))


def pages_of(inputs: Inputs) -> list[bytes]:
    """Every page of this subject."""
    frames = frames_of(inputs)
    made: list[Page] = [stands_out(frames, inputs), london_journey(frames, inputs)]
    made += [profile(frames, inputs, area) for area in inputs.areas.boroughs]
    made += [borough_journey(frames, inputs, area) for area in inputs.areas.boroughs]
    return [RENDERER.render(page) for page in made]


def planted(inputs: Inputs, code: str) -> IndicatorData:
    """The statistics of a national series whose hidden counts hold a number, as no package may."""
    package = inputs.package_of[code]
    cells = package.cells.of_indicator(code)
    frame = cells._frame
    hidden = (frame["withheld"] == "c") & frame["measure"].isin(["numerator", "denominator"])
    frame.loc[hidden, "value"] = [str(700 + number) for number in range(int(hidden.sum()))]
    source = inputs.figures[code].source
    people, outside = inputs.populations[package.population_vintage], inputs.figures[code].outside
    names = {area: place.name for (area, _), place in outside.items()}
    return indicator_data(cells, inputs.catalogue[code], inputs.areas, people, source, names)


def test_no_page_changes_when_only_hidden_values_change() -> None:
    inputs = national()
    other = with_figures(inputs, {code: planted(inputs, code) for code in inputs.figures})
    assert sum(p.value.state == "c" for d in other.figures.values() for p in d.points.values()) > 100
    assert pages_of(other) == pages_of(inputs)


def test_p34_no_page_judges() -> None:
    for html in pages_of(everything()):
        said = words_of(html)
        assert JUDGING.findall(said) == []
        assert "nan" not in said.lower().split()
        assert b"met" not in b" ".join(part.partition(b'"')[0] for part in html.split(b'class="')[1:]).split()
