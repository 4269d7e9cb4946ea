"""An embed in a frame of another page, and an old address that leads on: from a disk, without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from site_builder.published.compose.embed import code
from tests.browser import samples
from tests.browser.checks import Setting, opened
from tests.browser.samples.embed import moved

pytestmark = pytest.mark.browser


@pytest.fixture
def host(sample_site: Path, tmp_path: Path) -> Path:
    """A page of somebody else, with what an embed offers to paste."""
    pasted = code((sample_site / "embed/sg08/trend.html").as_uri(), "Children on a plan: London over time", 800)
    (tmp_path / "host.html").write_text(
        f'<!DOCTYPE html><html lang="en"><title>A blog</title><h1>A blog</h1>{pasted}</html>', encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (375, "narrow")])
def test_an_embed_shows_its_chart_in_a_page_of_others(browser: Browser, host: Path, width: int, shown: str) -> None:
    with opened(browser, host, "host.html", Setting(width, "light")) as at:
        inside = at.page.frame_locator("iframe")
        assert inside.locator(f"svg.{shown}").is_visible()
        assert inside.locator("svg.chart:visible").count() == 1
        assert inside.get_by_text("Worried about a child?").is_visible()
        assert not inside.locator("table.data").is_visible()
        inside.locator("summary").first.click()
        assert inside.locator("table.data").is_visible()
        assert at.messages == []
        assert all(url.startswith("file:") for url in at.requests)


def test_a_link_of_an_embed_leaves_the_frame(browser: Browser, host: Path) -> None:
    with opened(browser, host, "host.html", Setting(1280, "light")) as at:
        at.page.frame_locator("iframe").get_by_role("link", name="The whole page").click()
        at.page.wait_for_url("**/indicators/sg08.html")
        assert at.page.locator("h1").inner_text() == "Children on a child protection plan"


def test_an_old_address_leads_on_by_itself(browser: Browser, sample_site: Path) -> None:
    (sample_site / "about/old.html").write_bytes(samples.RENDERER.render(moved()))
    with opened(browser, sample_site, "about/old.html", Setting(1280, "light")) as at:
        at.page.wait_for_url("**/about/methods/index.html")
        assert at.messages == []


def test_linked_data_is_read_and_not_run(browser: Browser, sample_site: Path) -> None:
    """A data block brings no message under the policy of the pages."""
    text = (sample_site / "about/gone.html").read_text(encoding="utf-8")
    block = '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[]}</script>'
    (sample_site / "about/linked.html").write_text(text.replace("</head>", f"{block}</head>"), encoding="utf-8")
    with opened(browser, sample_site, "about/linked.html", Setting(1280, "light"), script=True) as at:
        assert at.messages == []
        assert at.page.locator('script[type="application/ld+json"]').count() == 1
