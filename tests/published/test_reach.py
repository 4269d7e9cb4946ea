"""How far reporting reaches: three levels, and the word changes when an agency's rows are taken away."""

from __future__ import annotations

import pytest

from site_builder.published.charts.squares import KINDS, squares
from site_builder.published.reach import agencies_of, level, reach
from site_builder.published.sentences import covered
from site_builder.release.reference import load_catalogue
from tests.building import ROOT

CATALOGUE = load_catalogue(ROOT)
SOCIAL = ("SG01", "SG12", "P2b")
CHILDREN = (*SOCIAL, "P2c")
PARTNERS = (*CHILDREN, "SG06", "SG35", "P2d")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [((), ""), (SOCIAL, "social care"), (CHILDREN, "children’s services"), (PARTNERS, "partnership")],
)
def test_three_levels(codes: tuple[str, ...], expected: str) -> None:
    came = [CATALOGUE[code] for code in codes]
    assert level(frozenset(one for indicator in came for one in agencies_of(indicator))) == expected
    said = reach(came, invented=False)
    assert said.startswith(f"Breadth of reporting: {expected}, with figures of ") if codes else said == ""


@pytest.mark.parametrize("gone", ["SG35", "P2d", "SG06"])
def test_without_one_agency_it_is_a_partnership_no_more(gone: str) -> None:
    came = [CATALOGUE[code] for code in PARTNERS if code != gone]
    assert "children’s services, with figures of social care, education and two agencies" in reach(came, invented=True)
    assert reach(came, invented=True).startswith("Illustrative: ")


def test_an_agency_alone_is_named_and_has_no_level() -> None:
    said = reach([CATALOGUE["SG35"]], invented=False)
    assert said == "Breadth of reporting: other agencies, with figures of one agency (housing)."


def test_names_with_an_and_are_one_agency() -> None:
    assert agencies_of(CATALOGUE["P2d"]) == {"child and adolescent mental health services"}
    assert agencies_of(CATALOGUE["SG06"]) == {"children's social care", "police"}


def test_each_figure_has_one_square_of_its_kind() -> None:
    states = [*KINDS] * 10
    drawn = squares(states)
    counted = [path.count("M") for path in (drawn.shown, drawn.hidden, drawn.missing, drawn.none)]
    assert counted == [30, 10, 20, 10]
    corners = [part for path in (drawn.shown, drawn.hidden, drawn.missing, drawn.none) for part in path.split("M")[1:]]
    assert len({corner.partition("h")[0] for corner in corners}) == len(states)
    assert squares([]).shown == ""


def test_coverage_in_words_leaves_out_what_is_nought() -> None:
    assert covered("national figures", ["reported", "zero"]) == "National figures: 2 of 2 are shown."
    assert covered("figures from returns", ["c", "low", "x", "z", "u", "c"]) == (
        "Figures from returns: 1 of 6 are shown; two are hidden to protect children; one is not available; one is too "
        "unreliable to show; one does not apply here."
    )
