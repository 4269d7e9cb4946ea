"""Old addresses: each leads on in one step, or says why nothing is there."""

from __future__ import annotations

import re
from datetime import date

import html5lib
import pytest

from site_builder.published.compose.moved import moved, moved_pages
from site_builder.published.redirects import FILE, Redirect, findings, parse_redirects
from site_builder.vocabulary.refusals import ConfigurationError
from tests.published.held import RENDERER, ROOT, everything, frames_of, national

LIVE = {"index.html", "about/new.html", "data/a.csv"}
HEADER = "from,to,title,since,reason\n"
FRAMES = frames_of(national())


def one(old: str, new: str = "about/new.html") -> Redirect:
    return Redirect(old, new, "Old & <new>", date(2026, 1, 31), "It was renamed.")


def test_the_list_of_the_repository_can_be_used() -> None:
    assert everything().content.redirects == parse_redirects((ROOT / FILE).read_text(encoding="utf-8"))


def test_a_page_that_moved_leads_on_by_itself_and_by_a_link() -> None:
    text = RENDERER.render(moved(FRAMES, one("about/x/old.html", "about/new.html#part"))).decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert '<meta http-equiv="refresh" content="0; url=../new.html#part">' in text
    assert '<a href="../new.html#part">Old &amp; &lt;new&gt;</a>' in text
    assert f'<link rel="canonical" href="{FRAMES.settings.base_url}/about/new.html">' in text
    assert "noindex" not in text
    assert "stood here until 31 January 2026. It was renamed." in text


def test_a_page_that_is_gone_says_what_was_there_why_and_where_to_go() -> None:
    text = RENDERER.render(moved(FRAMES, one("about/old.html", ""))).decode()
    assert 'http-equiv="refresh"' not in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    assert "“Old &amp; &lt;new&gt;” stood here until 31 January 2026. It was renamed." in text
    assert len(re.findall(r'<ul class="plain">.*?</ul>', text)[0].split("<li>")) == 5


def test_pages_at_old_addresses() -> None:
    made = moved_pages(FRAMES, (one("about/old.html"), one("about/gone.html", "")), LIVE)
    assert sorted(made) == ["about/gone.html", "about/old.html"]
    assert made["about/old.html"]().target == "new.html"
    assert moved_pages(FRAMES, (), LIVE) == {}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ((one("a.html", "b.html"), one("b.html", "a.html")), "It leads to an address that is old too."),
        ((one("a.html", "a.html"),), "It leads to an address that is old too."),
        ((one("a.html", "b.html"), one("b.html")), "It leads to an address that is old too."),
        ((one("a.html", "nowhere.html"),), "It leads to a page that is not there."),
        ((one("a.html", "#part"),), "It leads to a page that is not there."),
        ((one("index.html"),), "The old address is a page of the site."),
        ((one("a.html"), one("a.html")), "The old address stands here twice."),
        ((one("../a.html"),), "The old address is no page in lower case."),
        ((one("A.html"),), "The old address is no page in lower case."),
        ((one("old.csv"),), "The old address is no page in lower case."),
    ],
)
def test_an_address_that_does_not_lead_on_is_refused(rows: tuple[Redirect, ...], problem: str) -> None:
    found = findings(rows, LIVE)
    assert problem in {finding.problem for finding in found}
    assert {finding.rule for finding in found} == {"A303"}
    assert all(finding.where.file == FILE and finding.where.row for finding in found)
    with pytest.raises(ConfigurationError):
        moved_pages(FRAMES, rows, LIVE)


def test_a_list_in_order_has_no_finding() -> None:
    assert findings((one("a.html"), one("b/c.html", ""), one("d.html", "index.html#top")), LIVE) == ()


@pytest.mark.parametrize(
    "text",
    [
        "from,to\na,b\n",
        "",
        f"{HEADER}a.html,index.html,Title,soon,Why.\n",
        f"{HEADER}a.html,index.html,,2026-01-31,Why.\n",
        f"{HEADER}a.html,index.html,Title,2026-01-31, \n",
        f"{HEADER}a.html,index.html,Title\n",
    ],
)
def test_a_row_that_lacks_something_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        parse_redirects(text)
    assert refused.value.findings[0].rule == "A101"


def test_a_row_is_read() -> None:
    (row,) = parse_redirects(f"{HEADER}about/old.html,index.html,Old,2026-01-31,Why.\n")
    assert row == Redirect("about/old.html", "index.html", "Old", date(2026, 1, 31), "Why.")
