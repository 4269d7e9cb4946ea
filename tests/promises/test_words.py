"""The words are neutral and plain: no praise or blame of places, no jargon for officers, no private contact details."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

ROOT = Path(__file__).parents[2]
TEXTS = sorted((ROOT / "content").rglob("*.md")) + sorted((ROOT / "content").rglob("*.toml"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ROOT_PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md")]
SUBMITTING = sorted((ROOT / "content" / "about" / "submitting").rglob("*.md"))
SITE = ROOT / "content" / "site.toml"
CONTACT = ROOT / "content" / "about" / "contact.md"

JUDGING = r"better|worse|best|worst|good|bad|failing|top|bottom|league"
DRAMATIC = r"slipped|plunged|plummet\w*|soar\w*|shocking|alarming"
LABELS = r"LACs?|absconders?|a runaway|failed plans?|(?:refused|failed) to submit"
UNTRUE_OF_HIDDEN = r"fewer than (?:six|6)|suppressed"
BARRED = re.compile(rf"\b(?:{JUDGING}|{DRAMATIC}|{LABELS}|{UNTRUE_OF_HIDDEN})\b", re.IGNORECASE)

# Words of the vocabulary that are codes, not prose.
CODES = re.compile(r"\b(?:high|low)-is-good\b")

# Quotations and official titles, word for word, by the file that may hold them.
QUOTATIONS: dict[str, tuple[str, ...]] = {}

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?<![\w.])(?:\+44 ?|0)\d{2,4}[ -]\d{3,4}(?:[ -]?\d{3,4})?(?![\w.])")
MACHINE_WORDS = re.compile(
    r"\b(?:python|pip|pytest|pandas|frictionless|terminal|shell|venv|virtual environment|traceback|exception|"
    r"stdout|stderr|regex|boolean|null|NoneType|integer|string|dataframe|dtype|enum|UTF-8 bytes|exit code|parse[rs]?|schema)\b",
    re.IGNORECASE,
)


def prose_of_template(text: str) -> str:
    """What a template may say: text between tags, and literals of several words inside its expressions."""
    text = re.sub(r"(?s)\{#.*?#\}|<!--.*?-->|<(script|style)\b.*?</\1>", " ", text)
    literals = [
        literal
        for expression in re.findall(r"(?s)\{[{%](.*?)[%}]\}", text)
        for literal in re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'', expression)
    ]
    spoken = [words for pair in literals for words in pair if " " in words]
    text = re.sub(r"(?s)\{[{%].*?[%}]\}|<[^>]*>", " ", text)
    return "\n".join([text, *spoken])


def barred_words(prose: str, quotations: tuple[str, ...] = ()) -> list[str]:
    for quotation in quotations:
        prose = prose.replace(quotation, " ")
    return BARRED.findall(CODES.sub(" ", prose))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def named(paths: list[Path]) -> list[ParameterSet]:
    return [pytest.param(path, id=name(path)) for path in paths]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Camden is the best borough", ["best"]),
        ("no child is worse off at the bottom", ["worse", "bottom"]),
        ("polarity = 'high-is-good'", []),
        ("the goods entrance, a topic, a badge", []),
        ("a runaway, an absconder, LAC", ["a runaway", "absconder", "LAC"]),
        ("Hidden: fewer than 6", ["fewer than 6"]),
    ],
)
def test_the_lint_finds_barred_words_and_nothing_else(sentence: str, found: list[str]) -> None:
    assert barred_words(sentence) == found


def test_the_lint_reads_templates_as_readers_do() -> None:
    template = '{# best #}<p class="top">Fine {{ note("The worst of all") }} {% if good %}bad{% endif %}</p>'
    assert barred_words(prose_of_template(template)) == ["bad", "worst"]


@pytest.mark.parametrize("path", named(TEXTS + ROOT_PAGES))
def test_no_text_praises_or_blames(path: Path) -> None:
    assert barred_words(path.read_text(encoding="utf-8"), QUOTATIONS.get(name(path), ())) == []


def test_every_quotation_that_is_let_through_is_still_there() -> None:
    for path, quotations in QUOTATIONS.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        assert [quotation for quotation in quotations if quotation not in text] == [], path


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_no_template_praises_or_blames(path: Path) -> None:
    assert barred_words(prose_of_template(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", named(SUBMITTING))
def test_officers_meet_no_word_of_the_machinery(path: Path) -> None:
    assert MACHINE_WORDS.findall(path.read_text(encoding="utf-8")) == []


def test_addresses_and_numbers_stand_in_the_settings_alone() -> None:
    settings = tomllib.loads(SITE.read_text(encoding="utf-8"))
    for path in TEXTS + TEMPLATES + ROOT_PAGES + sorted((ROOT / "LICENSES").rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        allowed = {settings["contact"]} if path in (SITE, CONTACT) else set()
        assert set(EMAIL.findall(text)) <= allowed, path
        assert path == SITE or not TELEPHONE.findall(text), path


def test_the_contact_page_gives_the_address_of_the_settings() -> None:
    settings = tomllib.loads(SITE.read_text(encoding="utf-8"))
    assert EMAIL.findall(CONTACT.read_text(encoding="utf-8")) == [settings["contact"]]


def test_the_search_for_numbers_finds_those_of_the_settings() -> None:
    signpost = tomllib.loads(SITE.read_text(encoding="utf-8"))["signpost"]
    found = set(TELEPHONE.findall(SITE.read_text(encoding="utf-8")))
    assert found == {signpost["adults"], signpost["children"]}


def test_decisions_are_numbered_without_a_gap_and_have_four_parts() -> None:
    paths = sorted((ROOT / "content" / "decisions").glob("*.md"))
    heads = [tomllib.loads(path.read_text(encoding="utf-8").split("+++\n")[1]) for path in paths]
    assert [head["number"] for head in heads] == list(range(1, len(paths) + 1))
    assert all(earlier["date"] <= later["date"] for earlier, later in pairwise(heads))
    for path, head in zip(paths, heads, strict=True):
        assert path.name.startswith(f"{head['number']:04d}-")
        assert head["status"] in {"proposed", "accepted", "superseded"}
        headings = re.findall(r"(?m)^## (.+)$", path.read_text(encoding="utf-8"))
        assert headings == ["Context", "Options", "Decision", "Consequences"], path.name


def test_the_glossary_runs_from_a_to_z_with_one_sentence_a_term() -> None:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    entries = [re.fullmatch(r"- \*\*(.+?)\*\*: (.+)", line) for line in lines if line.startswith("- ")]
    terms = [entry[1] for entry in entries if entry]
    assert len(terms) == len(entries) >= 50
    assert terms == sorted(terms, key=str.casefold)
    for entry in entries:
        assert entry
        assert re.findall(r"[.!?](?=\s|$)", entry[2]) == ["."], entry[1]


def test_the_words_for_a_hidden_figure_are_the_same_in_all_prose() -> None:
    wording = (
        "Hidden to protect children: this figure is small, or a small figure could be worked out from it. "
        "It does not mean zero."
    )
    page = (ROOT / "content" / "about" / "methods" / "hidden-figures.md").read_text(encoding="utf-8")
    assert wording in " ".join(page.split())
    for path in TEXTS + ROOT_PAGES:
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert text.count("Hidden to protect children:") == text.count(wording.split(" It does")[0]), path
