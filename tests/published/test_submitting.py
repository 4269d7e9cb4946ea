"""Columns in words, and drawings in articles: what is printed, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from site_builder.published.articles import render_article
from site_builder.published.dictionary import form, load_dictionary
from site_builder.published.pictures import MOST_BYTES, checked, drawn
from site_builder.vocabulary.refusals import ConfigurationError

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10">\n<title>A box</title>\n'
    '<desc>One box.</desc>\n<rect class="ho" width="9" height="9"/>\n</svg>\n'
)
ARTICLE = "content/about/a/page.md"
DRAWINGS = {"content/about/a/pictures/box.svg": SVG}


def put(markdown: str) -> Markup:
    return drawn(render_article(markdown, {}, ARTICLE).body, ARTICLE, DRAWINGS)


def schema(root: Path, stem: str, **fields: Any) -> None:
    folder = root / "datapackages/reference"
    folder.mkdir(parents=True, exist_ok=True)
    made = {"description": f"About {stem}.", "fields": [{"name": name, **said} for name, said in fields.items()]}
    (folder / f"{stem}.schema.json").write_text(json.dumps(made))


# ---- drawings


def test_a_drawing_becomes_part_of_the_page_with_its_alternative_text() -> None:
    made = put('Before.\n\n![A box & "lid"](pictures/box.svg "Below")\n\nAfter.')
    assert '<svg role="img" aria-label="A box &amp; &quot;lid&quot;" xmlns=' in made
    assert "<figcaption><p>Below</p></figcaption></figure>" in made
    assert "<title>" not in made
    assert "<img" not in made


@pytest.mark.parametrize(
    "markdown",
    [
        "![](pictures/box.svg)",
        "![A box](pictures/other.svg)",
        "Inside ![a box](pictures/box.svg) a line.",
        "![A](x.png)",
    ],
)
def test_an_image_without_words_without_a_file_or_in_a_line_is_refused(markdown: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        put(markdown)
    assert refused.value.findings[0].where.file == ARTICLE


@pytest.mark.parametrize(
    "svg",
    [
        SVG.replace("<title>A box</title>", ""),
        SVG.replace("One box.", ""),
        SVG.replace('width="10"', 'width="12"'),
        SVG.replace("<rect", "<script>x</script><rect"),
        SVG.replace("<rect", '<image href="a.png"/><rect'),
        SVG.replace('class="ho"', 'style="fill:red"'),
        SVG.replace('class="ho"', 'onclick="x"'),
        SVG.replace('class="ho"', 'id="x"'),
        SVG.replace("<rect", "<rect " + "x" * MOST_BYTES),
    ],
)
def test_a_drawing_that_is_large_silent_or_more_than_shapes_is_refused(svg: str) -> None:
    assert checked(SVG, "box.svg") == SVG
    with pytest.raises(ConfigurationError) as refused:
        checked(svg, "box.svg")
    assert refused.value.findings[0].where.file == "box.svg"


# ---- columns in words


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"type": "integer", "constraints": {"minimum": 0}}, "A whole number. May be blank."),
        ({"type": "string", "constraints": {"required": True, "pattern": "[A-Z]"}}, "A code. Always filled."),
        ({"type": "string", "constraints": {"enum": ["open", "closed"]}}, "One of these: open, closed. May be blank."),
        (
            {"type": "string", "constraints": {"minLength": 2, "maxLength": 9}},
            "Text of 2 to 9 characters. May be blank.",
        ),
        ({"type": "string"}, "Text. May be blank."),
        ({"type": "integer", "constraints": {"minimum": 0, "maximum": 3}}, "A whole number from 0 to 3. May be blank."),
        ({"type": "string", "in_words": "an address", "constraints": {"pattern": "h"}}, "An address. May be blank."),
        ({"type": "date"}, "A date, year first. May be blank."),
    ],
)
def test_a_column_says_how_a_cell_is_written(field: dict[str, Any], words: str) -> None:
    assert form(field) == words


def test_a_new_file_is_printed_after_the_return_and_the_explanations(tmp_path: Path) -> None:
    for stem in ("actions", "return", "explanations"):
        schema(tmp_path, stem, one={"type": "string", "description": "A word."})
    tables = load_dictionary(tmp_path)
    assert [table.file for table in tables] == ["return.csv", "explanations.csv", "actions.csv"]
    assert [table.is_required for table in tables] == [True, True, False]
    assert tables[2].text == "About actions."


@pytest.mark.parametrize("said", [{"type": "string"}, {"type": "geopoint", "description": "A place."}])
def test_a_column_that_cannot_be_told_is_an_error_that_names_the_file(tmp_path: Path, said: dict[str, str]) -> None:
    schema(tmp_path, "return", one=said)
    with pytest.raises(ConfigurationError) as refused:
        load_dictionary(tmp_path)
    assert refused.value.findings[0].where.file == "datapackages/reference/return.schema.json"
