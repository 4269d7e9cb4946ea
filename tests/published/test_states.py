"""Each state of a value on a page: its mark, its words, what it is left out of."""

from __future__ import annotations

import re
from html import unescape

import pytest

from site_builder.published.write import Site
from tests.published.states import SCHOOL_YEARS, site

HIDDEN = "Hidden to protect children: this figure is small, or a small figure could be worked out from it."


@pytest.fixture(scope="module")
def made() -> Site:
    return site()


def words(made: Site, path: str) -> str:
    """The page's text without its markup."""
    main = made[path]().decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def row(made: Site, name: str) -> str:
    """The row of a borough in the table of the indicator's page."""
    page = made["indicators/n17.html"]().decode()
    (found,) = re.findall(rf"<tr[^>]*>(?:(?!</tr>).)*?>{name}</a>.*?</tr>", page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Barking and Dagenham", "0.0 0.0 to 2.1 0"),
        ("Barnet", "Above zero, but rounds to zero. [low]"),
        ("Bexley", "Too unreliable to show [u]"),
        ("Brent", "Hidden to protect children [c]"),
        ("Bromley", "22.2†"),
        ("Croydon", "Does not apply [z]"),
        ("Ealing", "24.8 [p]"),
        ("Enfield", "22.9 [r]"),
        ("Hackney", "Not available [x]"),
        ("Kingston upon Thames", "Not available [x]"),
    ],
)
def test_each_state_has_its_mark_and_words_in_the_table(made: Site, name: str, said: str) -> None:
    assert said in re.sub(r" (?=†)", "", row(made, name))


@pytest.mark.parametrize("name", ["Barnet", "Bexley", "Brent", "Croydon", "Hackney", "Kingston upon Thames"])
def test_what_is_not_shown_is_neither_compared_nor_given_a_range(made: Site, name: str) -> None:
    assert not re.search(r"Usual|edge|Stands out|\d+\.\d", row(made, name))


def test_a_zero_is_a_figure_like_any_other(made: Site) -> None:
    assert "Stands out , lower" in row(made, "Barking and Dagenham")


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("brent", HIDDEN),
        ("hackney", "Not available: Hackney sent no figure for this year."),
        ("richmond-upon-thames", "For Kingston upon Thames and Richmond upon Thames together: 21.6%."),
        ("kingston-upon-thames", "For Kingston upon Thames and Richmond upon Thames together: 21.6%."),
        ("bromley", "† Based on very few children; read with care."),
        ("ealing", "[p] Provisional: it may still change."),
        ("enfield", "[r] Revised since it was first published."),
        ("barking-and-dagenham", "stood at 0.0% in Barking and Dagenham (0 of 180)"),
    ],
)
def test_a_borough_s_page_says_why_in_words(made: Site, slug: str, said: str) -> None:
    assert said in words(made, f"boroughs/{slug}/n17.html")


def test_a_total_with_a_carried_figure_says_so(made: Site) -> None:
    page = words(made, "indicators/n17.html")
    assert "Estimated: includes an earlier figure for Hackney, which sent none." in page
    assert "22.9 [e]" in page


def test_nothing_is_said_across_a_break(made: Site) -> None:
    for path in ("indicators/sg33.html", "boroughs/camden/sg33.html"):
        page = words(made, path)
        assert "Definition changed, 2008" in made[path]().decode()
        sentences = re.sub(r"\| .*", "", page)
        for first in SCHOOL_YEARS[:3]:
            for last in SCHOOL_YEARS[3:]:
                assert not re.search(rf"school year {first}.{{0,40}}school year {last}", sentences), path
        assert not re.search(r"improving|worsening|increasing|decreasing", page)
