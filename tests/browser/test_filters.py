"""The list of indicators is narrowed down by its choices alone: no script runs."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from site_builder.published.compose.narrowing import CHOICES
from tests.browser.checks import Setting, opened
from tests.building import ROOT

pytestmark = pytest.mark.browser


def test_the_sheet_has_a_rule_for_each_choice() -> None:
    sheet = (ROOT / "templates/assets/filters.css").read_text(encoding="utf-8")
    rules = [f":has(option.o{n}:checked) .f:not(.o{n}){{display:none}}" for n in range(1, CHOICES + 1)]
    assert [line for line in sheet.splitlines() if ":has" in line] == rules


def test_choices_keep_the_rows_that_meet_all_of_them(browser: Browser, built_site: Path) -> None:
    table = io.StringIO((built_site / "indicators/illustrative-latest.csv").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(table))
    with opened(browser, built_site, "indicators/index.html", Setting(1280, "light")) as at:
        lines = at.page.locator(".list tbody tr:visible .code")
        assert lines.all_inner_texts() == [row["indicator"] for row in sorted(rows, key=lambda row: row["theme"])]
        for label, column, word in (("Stage", "stage", "Early help"), ("Tier", "tier", "Outcome")):
            _choice(at.page, label).select_option(label=word)
            rows = [row for row in rows if row[column] == word.lower().replace(" ", "-")]
            assert sorted(lines.all_inner_texts()) == sorted(row["indicator"] for row in rows)
            assert rows
        _choice(at.page, "Stage").select_option(label="All")
        assert lines.count() > len(rows)


def _choice(page: Page, label: str) -> Locator:
    return page.locator(".filters label").filter(has_text=re.compile(f"^{label} ")).locator("select")
