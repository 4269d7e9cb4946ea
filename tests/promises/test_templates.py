"""A page is its dataclass and its template, and the two agree; templates hold no style, no script, no colour."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from site_builder.published.pages import PAGES, Page
from site_builder.published.render import Renderer
from site_builder.published.tokens import contrast, read_tokens

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
RENDERER = Renderer(TEMPLATES)
ENVIRONMENT = RENDERER.environment
SCRIPTS = TEMPLATES / "parts/script.html"  # the one part that names a script
CSS = (TEMPLATES / "assets/site.css").read_text(encoding="utf-8")


def _trees(name: str) -> Iterator[nodes.Template]:
    """A template and those it extends."""
    tree = ENVIRONMENT.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    yield tree
    for parent in tree.find_all(nodes.Extends):
        assert isinstance(parent.template, nodes.Const)
        yield from _trees(parent.template.value)


def _asked(name: str) -> set[str]:
    """Names that a template takes from its page: all that it uses, without macros and functions of ours."""
    asked: set[str] = set()
    for tree in _trees(name):
        asked |= meta.find_undeclared_variables(tree) - _imported(tree)
    return asked - set(ENVIRONMENT.globals) - {"page_kind"}  # given to every page by the renderer


def _imported(tree: nodes.Template) -> set[str]:
    names = (name for node in tree.find_all(nodes.FromImport) for name in node.names)
    return {name[1] if isinstance(name, tuple) else name for name in names}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_macro_does_not_hide_a_field(page: type[Page]) -> None:
    fields = {field.name for field in dataclasses.fields(page)}
    for tree in _trees(f"pages/{page.template}.html"):
        assert not _imported(tree) & fields


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_has_exactly_the_fields_its_template_uses(page: type[Page]) -> None:
    assert _asked(f"pages/{page.template}.html") == {field.name for field in dataclasses.fields(page)}


def test_every_template_of_a_page_has_one_dataclass() -> None:
    named = [page.template for page in PAGES]
    assert sorted(named) == sorted(file.stem for file in (TEMPLATES / "pages").glob("*.html"))
    assert len(named) == len(set(named))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.template)
def test_a_page_is_frozen_slotted_and_says_what_it_is(page: type[Page]) -> None:
    assert page.__dataclass_params__.frozen  # type: ignore[union-attr]  # every dataclass has it
    assert "__slots__" in vars(page)
    assert page.__doc__
    assert not page.__doc__.startswith(f"{page.__name__}(")


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_a_template_holds_no_style_no_script_and_no_colour(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    if file == SCRIPTS:
        text = text.replace('<script defer src="{{ address }}"></script>', "")
    assert not re.search(r"\sstyle=|<script|<style|\son[a-z]+=|\|\s*safe\b|integrity=", text)
    if file.parent.name != "layouts":
        assert not re.search(r"#[0-9a-fA-F]{6}\b", text)


def test_every_page_has_one_script_and_two_kinds_have_one_more() -> None:
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert (f"parts/{SCRIPTS.name}" in text) is (
            file.name in ("base.html", "compare_boroughs.html", "search.html")
        ), file
        assert ("script-src" in text) is (file.name == "base.html"), file


def test_a_control_that_needs_script_is_made_by_script() -> None:
    """A template holds a button in the one form that works without; choices in a block that a script shows, and where
    the style sheet obeys them."""
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert ("<button" in text) is (file.name == "searchbox.html"), file
        assert ("<select" in text) is (file.name in ("compare_boroughs.html", "filters.html")), file


@pytest.mark.parametrize("file", sorted((TEMPLATES / "pages").glob("*.html")), ids=lambda file: file.name)
def test_a_page_has_one_first_heading(file: Path) -> None:
    assert file.read_text(encoding="utf-8").count("<h1>") == 1


def test_every_part_is_used_and_does_not_stand_twice() -> None:
    texts = {file: file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html")}
    imported = "\n".join(texts.values())
    unused = [file.name for file in (TEMPLATES / "parts").glob("*.html") if f'"parts/{file.name}"' not in imported]
    assert unused == []
    macros = re.findall(r"\{% macro (\w+)\(.*?%\}", imported)
    assert {name for name in macros if macros.count(name) > 1} <= {"drawing"}


PAIRS = [
    ("ink", "paper", 4.5), ("ink", "stone", 4.5), ("ink", "mark", 4.5), ("ink-2", "paper", 4.5), ("ink-2", "stone", 4.5),
    ("ink-2", "band", 4.5), ("link", "paper", 4.5), ("link", "stone", 4.5), ("visited", "paper", 4.5),
    ("visited", "stone", 4.5), ("london", "paper", 4.5), ("on-tile", "tile-usual", 4.5), ("on-tile", "tile-edge", 4.5),
    ("on-out", "out", 4.5), ("paper", "ink", 4.5), ("usual", "paper", 3), ("edge", "paper", 3), ("out", "paper", 3),
    ("rule-2", "paper", 3), ("edge", "band", 3), ("out", "band", 3), ("halo", "out", 3),
    ("london", "halo", 3), ("london", "stone", 4.5), ("london", "mark", 4.5), ("london", "tile-usual", 4.5),
    ("london", "band", 4.5), ("ink-2", "mark", 4.5), ("link", "mark", 4.5), ("visited", "mark", 4.5), ("ink", "tile-usual", 4.5),
    ("ink", "tile-edge", 4.5), ("link", "band", 4.5),
]  # fmt: skip
RAISED = {
    "usual": 4.5,
    "edge": 4.5,
    "out": 4.5,
    "rule": 4.5,
    "ink-2": 7,
    "ink": 7,
    "london": 4.5,
    "link": 7,
    "visited": 7,
}
_RAISE = {
    "light": r"^@media \(prefers-contrast:more\)\{:root\{(.*?)\}\}",
    "dark": r"^@media screen and \(prefers-contrast:more\) and \(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}",
}


def raised(scheme: str) -> dict[str, str]:
    """The tokens of a reader who asks for more contrast: those of the scheme, changed by what is said for light, and in
    dark by what is said for dark."""
    tokens = dict(getattr(read_tokens(CSS), scheme))
    for named in dict.fromkeys(("light", scheme)):
        found = re.search(_RAISE[named], CSS, re.MULTILINE)
        assert found is not None, named
        for name, value in re.findall(r"--([\w-]+):([^;}]+)", found[1]):
            tokens[name] = tokens[value[6:-1]] if value.startswith("var(") else value
    return tokens


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_is_more(scheme: str) -> None:
    before, after = getattr(read_tokens(CSS), scheme), raised(scheme)
    for name, floor in RAISED.items():
        assert contrast(after[name], after["paper"]) >= max(floor, contrast(before[name], before["paper"])), name
    for front, ground, floor in PAIRS:
        assert contrast(after[front], after[ground]) >= floor, (front, ground)


@pytest.mark.parametrize(("front", "ground", "floor"), PAIRS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_from_their_ground(scheme: str, front: str, ground: str, floor: float) -> None:
    tokens = getattr(read_tokens(CSS), scheme)
    assert contrast(tokens[front], tokens[ground]) >= floor


@pytest.mark.parametrize("shade", ["usual", "edge", "out"])
def test_a_tick_can_be_told_from_the_band_that_it_stands_on(shade: str) -> None:
    stroke = re.search(rf"\.tk\.{shade}\{{stroke:var\(--([\w-]+)\)", CSS)
    assert stroke is not None
    for tokens in (*read_tokens(CSS), raised("light"), raised("dark")):
        assert contrast(tokens[stroke[1]], tokens["band"]) >= 3


def test_colours_stand_in_tokens_and_london_alone_is_red() -> None:
    body = re.sub(
        r"^(@media[^{]*\{)?:root\{.*?^\}+|^@media \(prefers-contrast.*$|^@media screen and \(prefers-contrast.*$",
        "",
        CSS,
        flags=re.DOTALL | re.MULTILINE,
    )
    printed = body.partition("@media print")[0]
    assert not re.findall(r"#[0-9a-f]{3,6}\b(?!:)", re.sub(r"#more", "", printed))
    for scheme in read_tokens(CSS):
        channels = {
            name: [int(colour[place : place + 2], 16) for place in (1, 3, 5)] for name, colour in scheme.items()
        }
        reds = {name for name, (red, green, blue) in channels.items() if red > 1.6 * max(green, blue)}
        assert reds == {"london"}


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
