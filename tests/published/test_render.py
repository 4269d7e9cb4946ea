"""Rendering: rows escape, values print in one way, articles fill their holes, assets carry fingerprints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from site_builder.published.articles import render_article, render_inline
from site_builder.published.pages_parts import HIDDEN, Value
from site_builder.published.render import Renderer, rows
from site_builder.vocabulary.refusals import ConfigurationError

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
RENDERER = Renderer(TEMPLATES)
HOSTILE = "<&\"'%s %(x)d%"


def _spoken(value: Value) -> Markup:
    return Markup("<i>") + str(value) + Markup("</i>")


def _patterns() -> list[str]:
    literal = re.compile(r"rows\([^']*'([^']*)'(?: ~ '([^']*)')?")
    texts = (file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.rglob("*.html")))
    return ["".join(parts) for text in texts for parts in literal.findall(text)]


def test_there_are_patterns_to_check() -> None:
    assert len(_patterns()) >= 6


@pytest.mark.parametrize("pattern", sorted(set(_patterns())))
def test_rows_do_what_a_plain_loop_does(pattern: str) -> None:
    columns = pattern.count("%s")
    cells = [HOSTILE, Markup("<b>kept</b>"), "plain", ""]
    records = [tuple(cells[(line + column) % 4] for column in range(columns)) for line in range(5)]
    slow = "".join(pattern % tuple(str(escape(cell)) for cell in record) for record in records)
    assert rows(records, pattern, _spoken) == slow


def test_rows_print_values_and_refuse_a_nul() -> None:
    made = rows([("a", Value("reported", "41.7")), ("b", HIDDEN)], "<td>%s</td><td>%s</td>", _spoken)
    assert made == "<td>a</td><td>41.7</td><td>b</td><td><i>[c]</i></td>"
    with pytest.raises(ValueError, match="NUL"):
        rows([("a\0b",)], "%s", _spoken)
    with pytest.raises(TypeError):
        rows([("a", "b")], "%s", _spoken)
    assert rows([], "%s", _spoken) == ""


@pytest.mark.parametrize(
    ("value", "plain", "spoken", "held"),
    [
        (Value("reported", "41.7"), "41.7", "41.7", ""),
        (Value("zero", "0"), "0", "0", ""),
        (Value("reported", "41.7", marks="p"), "41.7 [p]", "41.7 [p]", ""),
        (Value("reported", "41.7", caution=True), "41.7†", "41.7†", ""),
        (HIDDEN, "[c]", "[c] Hidden to protect children", "Hidden to protect children"),
        (Value("x", reason="No return received"), "[x]", "[x] No return received", "No return received"),
        (Value("z", reason="Does not apply"), "[z]", "[z] Does not apply", "Does not apply"),
        (Value("low", reason="Above zero, but rounds to zero"), "[low]", "[low] Above zero, but rounds to zero", "Above zero, but rounds to zero"),
        (Value("u", reason="Too unreliable to show"), "[u]", "[u] Too unreliable to show", "Too unreliable to show"),
    ],
)  # fmt: skip
def test_every_state_of_a_value_prints_in_one_way(value: Value, plain: str, spoken: str, held: str) -> None:
    macros = RENDERER.environment.get_template("parts/value.html").module

    def words(markup: str) -> str:
        return re.sub(r"<[^>]+>", "", markup).strip()

    assert words(macros.value(value)) == plain  # type: ignore[attr-defined]  # a macro of the template
    assert words(macros.spoken(value)) == spoken  # type: ignore[attr-defined]
    if held:
        assert words(macros.held(value)) == held  # type: ignore[attr-defined]
    assert "data-" not in macros.held(HIDDEN)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "q", "text": "1"}, {"state": "reported"}, {"state": "c", "text": "4"}, {"state": "x"},
        {"state": "c", "reason": "Too small"}, {"state": "c", "reason": "Hidden to protect children", "marks": "p"},
        {"state": "reported", "text": "1", "reason": "Hidden to protect children"},
    ],
)  # fmt: skip
def test_a_value_that_says_two_things_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="value"):
        Value(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_an_unknown_name_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.environment.from_string("{{ nothing.here }}").render()


def test_assets_carry_the_fingerprint_of_their_bytes(tmp_path: Path) -> None:
    assert re.fullmatch(r"assets/site\.[0-9a-f]{10}\.css", RENDERER.assets["site.css"])
    assert re.fullmatch(r"assets/compare\.[0-9a-f]{10}\.js", RENDERER.assets["compare.js"])
    assert len(RENDERER.files[RENDERER.assets["site.css"]]) <= 24 * 1024
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.css").write_text("a{b:c}", encoding="utf-8")
    assert Renderer(tmp_path).assets["site.css"] != RENDERER.assets["site.css"]


def test_an_article_fills_placeholders_and_shifts_headings() -> None:
    made = render_article(
        "# Top\n\nUnder {{ policy threshold }}.\n\n## Next & last\n\n{{mark}}\n",
        {"policy threshold": "<5", "mark": Markup("<b>x</b>")},
        "a.md",
    )
    assert "Under &lt;5." in made.body
    assert '<h2 id="top">Top</h2>' in made.body
    assert "<h3 id=" in made.body
    assert "<b>x</b>" in made.body
    assert made.contents == (("Top", "#top"),)


def test_headings_of_the_second_level_stay() -> None:
    made = render_article("## How & why\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", {}, "a.md")
    assert made.contents == (("How & why", "#how-why"),)
    assert "<table>" in made.body


@pytest.mark.parametrize("text", ["{{nobody knows}}", "{{ config.items() }}", "{% for x in y %}", "}} stray"])
def test_a_placeholder_that_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        render_article(text, {}, "content/about/a.md")
    assert caught.value.findings[0].where.file == "content/about/a.md"


def test_what_is_filled_in_is_not_read_for_placeholders_again() -> None:
    assert "{{other}}" in render_article("{{one}}", {"one": "{{other}}", "other": "x"}, "a.md").body


def test_inline_prose_is_paragraphs() -> None:
    assert render_inline("One *word*.\n\nTwo.") == "<p>One <em>word</em>.</p>\n<p>Two.</p>"
