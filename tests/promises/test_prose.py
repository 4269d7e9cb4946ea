"""The prose can be read at thirteen: a grade, short sentences, active verbs, no typed figure, no paragraph used twice.

Every check is a function of a text, and each is shown a text that it must refuse.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from site_builder.published.method_words import placeholders
from site_builder.vocabulary.indicators import HEADINGS, Indicator, Kind, Status, parse_indicator
from site_builder.vocabulary.symbols import Polarity
from tests import prose

ROOT = Path(__file__).parents[2]
INDICATORS = sorted((ROOT / "content" / "indicators").glob("*.md"))
METHODS = sorted((ROOT / "content" / "about" / "methods").glob("*.md"))
ARTICLES = sorted((ROOT / "content" / "about").rglob("*.md")) + sorted((ROOT / "content" / "themes").glob("*.md"))
HUB = ROOT / "content" / "about" / "methods" / "index.md"
HIDDEN = ROOT / "content" / "about" / "methods" / "hidden-figures.md"
CATALOGUE = [parse_indicator(path.read_text(encoding="utf-8"), path.name) for path in INDICATORS]
DEFINED = (Status.AGREED, Status.NATIONAL)
MEASURED = (Kind.RATE, Kind.PROPORTION, Kind.RATIO, Kind.SURVEY)

HARDEST = 8.5  # grade, that is an age of about thirteen; most files lie near six
LONGEST, LIMIT = 30, 42  # words: most sentences stay under the first, none passes the second
MOST_PASSIVE = 0.35  # of the sentences of a file; on average under half of that
TERMS = {
    "assessment", "assessments", "authorities", "authority", "borough", "boroughs", "conference", "conferences",
    "denominator", "department", "education", "enquiries", "enquiry", "illustrative", "indicator", "indicators",
    "local", "national", "numerator", "protection", "referral", "referrals", "safeguarding", "social",
    "suppression", "deprivation",
}  # fmt: skip
TYPED = {  # examples with numbers of their own, which other tests count out, and what one types into a form
    "content/about/methods/hidden-figures.md": 30,
    "content/about/submitting/statuses.md": 1,
    "content/about/submitting/steps.md": 5,
}


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("+++\n")[2].partition("+++\n")[2]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def named(paths: list[Path]) -> list[ParameterSet]:
    return [pytest.param(path, id=name(path)) for path in paths]


every = pytest.mark.parametrize("path", named(INDICATORS + ARTICLES))
defined = pytest.mark.parametrize(
    "indicator", [one for one in CATALOGUE if one.status in DEFINED], ids=lambda one: one.code
)


# ---- the checks


def too_hard(text: str) -> list[str]:
    found = prose.grade(text, TERMS)
    return [f"grade {found:.1f}"] if found > HARDEST else []


def too_long(text: str) -> list[str]:
    long, spoken = prose.long_sentences(text, LONGEST), prose.sentences(text)
    many = long if len(long) > max(1, len(spoken) // 20) else []
    return many or prose.long_sentences(text, LIMIT)


def too_passive(text: str) -> list[str]:
    found, spoken = prose.passive(text), prose.sentences(text)
    return found if len(found) > max(3, MOST_PASSIVE * len(spoken)) else []


def repeated(texts: dict[str, str]) -> list[str]:
    """Paragraphs, and sentences of some length, that stand in more than one text."""
    spoken = Counter(
        said
        for text in texts.values()
        for said in {one for one in (*prose.paragraphs(text), *prose.sentences(text)) if len(one) > 60}
    )
    return [said for said, times in spoken.items() if times > 1]


def unexplained(indicator: Indicator) -> list[str]:
    """What the definition of an indicator lacks: one sentence first, then who is in, who is out, and an example."""
    parts = indicator.prose[HEADINGS[0]].split("\n\n")
    first = prose.sentences(parts[0])
    lacks = [] if len(first) == 1 and len(prose.words(first[0])) <= LONGEST else ["one sentence on what is counted"]
    wanted = ["In", "Out", *(["Example"] if indicator.measure.kind in MEASURED else [])]
    return lacks + [label for label in wanted if not any(part.startswith(f"**{label}:**") for part in parts)]


def opening(text: str) -> list[str]:
    """The sentences before the first heading's next paragraph: the answer that a page gives at once."""
    return prose.sentences(text.strip().partition("\n\n")[0])


# ---- shown what they must refuse

PLAIN = "A child needs a home. The council finds one. Ask who pays."
HARD = (
    "Multidisciplinary organisational accountability necessitates comprehensive institutional reconfiguration "
    "notwithstanding considerable administrative heterogeneity."
)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (too_hard, HARD),
        (too_long, "The council " + "and the police " * 20 + "meet."),
        (too_passive, "A plan was made. A child was seen. A form was completed. Nobody was told. It was lost."),
    ],
)
def test_each_check_refuses_what_it_should_and_lets_plain_prose_pass(check, text: str) -> None:  # type: ignore[no-untyped-def]
    assert check(text)
    assert check(PLAIN) == []


def test_a_paragraph_used_twice_is_found() -> None:
    shared = "The rate divides by all children aged 0 to 17 who live in the area, so that places can be compared."
    assert repeated({"a": f"One.\n\n{shared}", "b": f"{shared}\n\nTwo."}) == [shared]
    assert repeated({"a": shared, "b": "Another."}) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("There were 412 children.", True),
        ("At least {{method few}} children, and 20 more.", True),
        ("Rates rose by 7.5% in a year.", True),
        ("It covers ages 10 to 17, under 18, since 29 July 2008 (SG08, NI 65, 15 working days).", False),
        ("Below {{method few}} the counts stand alone, at 95%.", False),
    ],
)
def test_a_typed_figure_is_found_and_a_definition_is_not(text: str, *, typed: bool) -> None:
    assert bool(list(prose.typed_digits(text))) is typed


def test_syllables_and_sentences_are_counted_as_a_reader_would() -> None:
    said = {"child": 1, "children": 2, "made": 1, "needed": 2, "asked": 1, "social": 2, "safety": 3, "the": 1}
    assert {word: prose.syllables(word) for word in said} == said
    text = "One stands here. Does two? \n\n- a list item\n- another\n\n| a | table |\n\n## Heading\n\n[a link](x.html)."
    assert prose.sentences(text) == ["One stands here.", "Does two?", "a list item", "another", "a link."]


def test_a_definition_without_its_parts_is_found() -> None:
    whole = next(one for one in CATALOGUE if one.code == "N09c")
    assert unexplained(whole) == []
    head = (ROOT / "content/indicators/n09c-plans-at-31-march.md").read_text(encoding="utf-8")
    for label in ("In", "Out", "Example"):
        maimed = parse_indicator(head.replace(f"**{label}:**", "So"), "n09c-plans-at-31-march.md")
        assert unexplained(maimed) == [label]
    two = parse_indicator(head.replace("\n\nA plan is for", "\nA plan is for"), "n09c-plans-at-31-march.md")
    assert unexplained(two) == ["one sentence on what is counted"]


# ---- all that readers read


@every
def test_a_text_can_be_read_at_thirteen(path: Path) -> None:
    assert too_hard(body(path)) == []


@every
def test_sentences_are_short(path: Path) -> None:
    assert too_long(body(path)) == []


@every
def test_verbs_are_active(path: Path) -> None:
    assert too_passive(body(path)) == []


@every
def test_no_figure_is_typed_by_hand(path: Path) -> None:
    found = list(prose.typed_digits(body(path)))
    assert len(found) <= TYPED.get(name(path), 0), found


def test_on_average_prose_is_easy_and_active() -> None:
    texts = [body(path) for path in INDICATORS + ARTICLES]
    assert sum(prose.grade(text, TERMS) for text in texts) / len(texts) < 6.5
    shares = [len(prose.passive(text)) / max(1, len(prose.sentences(text))) for text in texts]
    assert sum(shares) / len(shares) < MOST_PASSIVE / 2


def test_no_paragraph_and_no_sentence_stands_in_two_indicators() -> None:
    assert repeated({name(path): body(path) for path in INDICATORS}) == []


def test_no_paragraph_stands_in_two_themes() -> None:
    assert repeated({name(path): body(path) for path in ARTICLES if path.parent.name == "themes"}) == []


@defined
def test_a_definition_says_what_is_counted_who_is_in_who_is_out_and_gives_an_example(indicator: Indicator) -> None:
    assert unexplained(indicator) == []


@pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda one: one.code)
def test_an_indicator_says_where_it_comes_from_and_why_it_has_a_direction(indicator: Indicator) -> None:
    assert indicator.provenance_note.endswith(".")
    assert indicator.polarity is Polarity.NO_JUDGEMENT or indicator.polarity_source
    assert all(indicator.prose[heading].strip() for heading in HEADINGS)


@pytest.mark.parametrize("path", named([path for path in METHODS if path != HUB]))
def test_a_page_on_a_method_answers_in_two_sentences_then_shows_an_example_and_its_limits(path: Path) -> None:
    text = body(path)
    assert len(opening(text)) == 2
    headings = re.findall(r"(?m)^## (.+)$", text)
    assert "A worked example with invented figures" in headings
    assert headings[-1] in ("What this does not promise", "What it cannot prevent")
    if path != HIDDEN:
        assert headings[0] == "A worked example with invented figures"
        assert re.search(r"\(.*\d{4}\)|[Ss]ource", text) or "## The formula" in text


def test_the_hub_leads_to_every_page_on_a_method() -> None:
    linked = set(re.findall(r"\]\(([a-z-]+)\.html", HUB.read_text(encoding="utf-8")))
    assert {path.stem for path in METHODS if path != HUB} <= linked


def test_every_number_of_a_method_and_every_example_stands_on_a_page() -> None:
    used = {key for path in METHODS for key in re.findall(r"\{\{\s*((?:method|example) .+?)\s*\}\}", body(path))}
    assert used == set(placeholders(CATALOGUE, 33))
