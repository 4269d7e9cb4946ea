"""The record of the browser tests, and what the page on accessibility says of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder.published.accessibility import (
    CHANGED,
    FILE,
    PLACEHOLDER,
    UNRECORDED,
    BrowserRun,
    KindRun,
    design_of,
    placeholders,
    read_record,
    written,
)
from site_builder.published.articles import render_article
from site_builder.vocabulary.refusals import ConfigurationError
from tests.browser.checks import Found, Setting
from tests.browser.kinds import KINDS
from tests.browser.recording import Record

ROOT = Path(__file__).parents[2]
TESTED = BrowserRun(
    date(2001, 5, 1), "abc", {"axe-core": "1.0"}, ("1280-light", "375-dark"), 30, 1,
    (
        KindRun("home", "index.html", (), {}),
        KindRun("borough_indicator", "a.html", ("1280-light label: <input>",), {"color-contrast": 12}),
    ),
    ("screen readers", "Safari"),
)  # fmt: skip


def put(root: Path, text: str) -> Path:
    (root / FILE).parent.mkdir(parents=True)
    (root / FILE).write_text(text)
    return root


def said(tested: BrowserRun | None, design: str = "abc") -> str:
    return str(render_article(f"{{{{{PLACEHOLDER}}}}}", placeholders(tested, design), "a.md").body)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_record(put(tmp_path, written(TESTED))) == TESTED


def test_no_record_is_said(tmp_path: Path) -> None:
    assert read_record(tmp_path) is None
    assert UNRECORDED in said(None)


@pytest.mark.parametrize("text", ["", "{}", "[]", written(TESTED).replace("2001-05-01", "soon")])
def test_a_damaged_record_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError):
        read_record(put(tmp_path, text))


def test_the_page_says_what_was_found_and_what_was_not_tested() -> None:
    page = said(TESTED)
    for words in ("1 May 2001", "axe-core 1.0", "each of 2 kinds", "2 settings", "30 tests passed and 1 failed"):
        assert words in page
    assert "<td>borough indicator</td>" in page
    assert "1280-light label: &lt;input&gt;" in page
    assert "color-contrast: 12" in page
    assert "screen readers; Safari." in page
    assert '<caption class="vh">' in page


def test_a_changed_design_is_said() -> None:
    words = CHANGED.strip("*")
    assert words not in said(TESTED)
    assert words in said(replace(TESTED, design="other"))


def test_the_checksum_follows_templates_and_sheets_alone(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", folder)
    first = design_of(folder)
    (folder / "assets/icon.svg").write_text("<svg/>")
    assert design_of(folder) == first == design_of(ROOT / "templates")
    seen = {first}
    for changed in ("assets/site.css", "layouts/base.html", "pages/home.html", "parts/value.html"):
        (folder / changed).write_text((folder / changed).read_text() + "\n")
        seen.add(design_of(folder))
    assert len(seen) == 5


def test_a_run_is_recorded_only_when_every_kind_was_tested(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / FILE).parent.mkdir(parents=True)
    record = Record(date(2001, 5, 1))
    found = [
        Found(Setting(1280, "light"), ("label: <input>",), {"color-contrast": 3}),
        Found(Setting(375, "dark"), (), {}),
    ]
    record.add(KINDS[0], "index.html", found)
    with pytest.raises(ValueError, match="not tested"):
        record.write(tmp_path, {}, 1, 0)
    for kind in KINDS[1:]:
        record.add(kind, "index.html", found[1:])
    record.write(tmp_path, {"axe-core": "1.0"}, 9, 0)
    tested = read_record(tmp_path)
    assert tested is not None
    assert tested.design == design_of(tmp_path / "templates")
    first = next(kind for kind in tested.kinds if kind.kind == KINDS[0])
    assert first == KindRun(KINDS[0], "index.html", ("1280-light label: <input>",), {"color-contrast": 3})
    assert (tested.passed, len(tested.kinds)) == (9, len(KINDS))
