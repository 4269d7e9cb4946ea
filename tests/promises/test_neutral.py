"""Promise: a page of figures neither praises nor blames, in words or in colour: high and low look alike."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from site_builder.published.pages_parts import VARIATIONS
from site_builder.release.reference import load_catalogue
from tests.building import ROOT

PAGES = ("index.html", "indicators", "boroughs", "themes", "compare", "stands-out.html", "predicted.html",
         "reconciliation.html", "journey.html", "questions.html")  # fmt: skip
JUDGING = re.compile(
    r"\b(?:better|worse|best|worst|good|bad|fail(?:s|ed|ing|ure)?|poor(?:ly|er|est)?|top|bottom|leagues?|rank(?:ed|ing)? first|"
    r"winners?|losers?|alarming|shocking|significant(?:ly)?|perform(?:s|ed|ing|ance)?)\b",
    re.IGNORECASE,
)
JUDGED = re.compile(r"\b(?:improving|worsening)\b")
MEANT_OTHERWISE = re.compile(
    r"significant harm|poorer (?:streets|places|areas)|less poor than|poor (?:families|areas|housing|health|contact)"
)
STATUS = re.compile(r'class="[^"]*\b(?:met|missed|near|good|bad|red|green|amber)\b')


def pages_of(site: Path) -> list[Path]:
    """The pages that hold figures."""
    found = [site / name for name in PAGES]
    return [page for one in found for page in ([one] if one.is_file() else sorted(one.rglob("*.html")))]


def words_of(page: Path) -> str:
    """What a page says, its drawings' titles too, without terms of law and words about poverty."""
    main = page.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
    return MEANT_OTHERWISE.sub("", " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split()))


def test_no_page_of_figures_praises_or_blames(built_site: Path) -> None:
    pages = pages_of(built_site)
    assert len(pages) > 2000
    found = {
        (found[0], page.relative_to(built_site).as_posix())
        for page in pages
        for found in JUDGING.finditer(words_of(page))
    }
    assert not found, sorted(found)[:20]


def test_only_a_row_with_a_direction_is_called_better_or_worse_over_time(built_site: Path) -> None:
    catalogue = load_catalogue(ROOT)
    for code, indicator in catalogue.items():
        if indicator.polarity.value == "no-judgement":
            for page in (
                built_site / "indicators" / f"{code.lower()}.html",
                built_site / f"boroughs/camden/{code.lower()}.html",
            ):
                assert not page.exists() or not JUDGED.search(words_of(page)), page.name


def test_no_status_colour_stands_on_a_page_of_figures(built_site: Path) -> None:
    for page in pages_of(built_site):
        assert not STATUS.search(page.read_text(encoding="utf-8").partition("<main")[2]), page.name


def test_high_and_low_have_one_tone() -> None:
    for level in ("edge", "out"):
        high, low = VARIATIONS[f"{level}-high"], VARIATIONS[f"{level}-low"]
        assert high.shade == low.shade
        assert high.glyph != low.glyph
