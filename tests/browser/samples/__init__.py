"""A page of each kind with invented figures, built from the same types that the site is built from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from site_builder.published import pages as p
from site_builder.published import pages_api as pa
from site_builder.published import pages_borough as pb
from site_builder.published import pages_indicator as pi
from site_builder.published import pages_parts as pp
from site_builder.published import pages_prose as pr
from site_builder.published import pages_reconciliation as prec
from site_builder.published import pages_site as ps
from site_builder.published.articles import render_article
from site_builder.published.charts import geometry
from site_builder.published.downloads.recipes import Recipe
from tests.browser.samples import compare, london, papers, search
from tests.browser.samples.borough import borough, borough_indicator
from tests.browser.samples.documents import document
from tests.browser.samples.embed import embeds, gone
from tests.browser.samples.enquiry import challenge, questions
from tests.browser.samples.figures import ABOUT, AREAS, FACTS, QUESTIONS, RENDERER, TAG, finder, frame, shown
from tests.browser.samples.indicator import indicator, indicator_without_figures, lines, theme_table
from tests.browser.samples.predicted import predicted
from tests.browser.samples.standing import borough_journey, journey, profile, stands_out
from tests.browser.samples.unusual import ranks

__all__ = ["RENDERER", "borough_indicator", "indicator", "pages", "write"]


def home() -> p.HomePage:
    """The first page."""
    spark = geometry.sparkline([45.9, 45.6, 44.8, 43.9, 42.1], "From 45.9 in 2021 to 42.1 in 2025")
    assert spark is not None
    theme = pi.ThemeLine(
        "Safe from abuse and neglect",
        "themes/t1.html",
        "Who is protected, how quickly and for how long?",
        "12 indicators",
    )
    return p.HomePage(
        frame=frame("index.html", ""),
        heading="How London’s boroughs safeguard children, measured the same way",
        lead="66 indicators, 33 boroughs.",
        standing="Release 2024-25-Q4, published 17 July 2025; 32 of 33 boroughs sent a return.",
        finder=finder("boroughs/", values=False),
        boroughs=tuple(pp.Link(area.name, f"boroughs/{area.slug}.html") for area in AREAS.boroughs),
        themes=(theme,) * 8,
        moved_tag=TAG,
        moved=tuple(
            ps.MovedRow(
                title, "indicators/sg08.html", spark, shown(42.1), "31 March 2025", "decreasing", "from 45.9 in 2021"
            )
            for title in ("Children on a child protection plan", "Referrals")
        ),
        moved_empty="Nothing moved clearly.",
        caution_heading="Read this first",
        caution="A high or low figure is not a judgement. Use it to decide what to ask next.",
        panels=(
            ps.Panel(
                "For boroughs",
                "The next return is due on 31 January.",
                (pp.Link("Submit a return", "about/help.html"),),
            ),
            ps.Panel("For analysts", "Everything in one file.", (pp.Link("Get the data", "data/index.html"),)),
        ),
    )


def change_group() -> ps.ChangeGroup:
    """Corrections of one release."""
    return ps.ChangeGroup(
        "c1",
        "Corrected in 2024-25-Q2.1",
        "Published 20 February 2025.",
        (
            ps.ChangeRow(
                "Camden",
                pp.Link("Referrals", "../indicators/sg01.html"),
                "2024-25 Q1",
                shown(120.1),
                shown(118.4),
                "Double counting",
            ),
        ),
        "Nothing changed.",
        "Version 1.1.1, a patch change: it is a correction; one count is revised.",
        (pp.File("Every change, CSV", "illustrative-changes.csv", ""),),
    )


def reconciliation() -> p.ReconciliationPage:
    """Comparisons with a publisher's figures."""
    summary = pp.DataTable("By series", ("Series", "Equal", "Hidden"), (("N06", shown(10), shown(2)),))
    differing = pp.DataTable(
        "Totals that differ",
        ("Series", "Year", "Ours", "Why"),
        (("N06", "31 Mar 2021", shown(354.8), "One sent none"),),
    )
    return p.ReconciliationPage(
        frame=frame("reconciliation.html", "Reconciliation", "data", illustrative=False),
        heading="Do the figures agree?",
        lead="We work out again what the publisher prints.",
        checks=(
            prec.CheckBlock("totals", "London, added up again", "Sums.", "Ten are equal.", summary, differing),
            prec.CheckBlock("returns", "Returns", "Returns beside twins.", "Invented: not compared.", None, None),
        ),
        outcomes=(pp.Row("Equal", "The two are the same."),),
        files=(pp.File("Comparisons, CSV", "reconciliation.csv", "1 KB"),),
        source="Open Government Licence v3.0.",
    )


@cache
def pages() -> Mapping[str, p.Page]:
    """A page of each kind by its path."""
    words = pp.DataTable(
        "Columns of every table",
        ("Column", "What it holds"),
        (("area", "Code of the place"), ("value", "The number, or empty")),
    )
    article = render_article(
        "## How\n\nFigures under {{threshold}} are hidden.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## Why\n\nSmall numbers.\n",
        {"threshold": "five"},
        "sample.md",
    )
    hidden = ps.HiddenBlock(
        "Of 36 figures 3 are hidden and 33 are printed.",
        "A figure is one count here.",
        pp.DataTable("Hidden and printed figures", ("Indicator", "Boroughs, hidden"), (("SG08", shown(3)),)),
        ("Published by year only, though sent by quarter: SG09.",),
        pp.Link("How we hide figures", "../../about/methods/index.html"),
        (pp.File("What is hidden, CSV", "csv/what-is-hidden.csv", "1 KB"),),
    )
    decision = pr.DecisionRow(
        "1 May 2025",
        pp.Link("SG08", "../../indicators/sg08.html"),
        "Counted at the end of the quarter.",
        "Boroughs hold it so.",
        "Steering group",
        "Minutes",
    )
    line = pi.ThemeLine("Safe from abuse and neglect", "t1.html", "Who is protected?", "12 indicators")
    full = indicator()
    by_rate = dataclasses.replace(
        full,
        ranks=ranks(),
        multiples=None,
        frame=dataclasses.replace(full.frame, title="Children on a child protection plan, by rate"),
    )
    return {
        "index.html": home(),
        "indicators/index.html": p.IndicatorsPage(frame("indicators/index.html", "Indicators", "indicators", crumbs=()), "Indicators", "66 indicators in eight themes.", (pp.Filter("Stage", (("o1", "Protection"), ("o2", "Early help"))),), lines(), (pp.Link("The catalogue, CSV", "catalogue.csv"),)),
        "indicators/sg08.html": full,
        "indicators/sg08-by-rate.html": by_rate,
        "indicators/sg19.html": indicator_without_figures(),
        "themes/index.html": p.ThemesPage(frame("themes/index.html", "Themes", "indicators"), "Themes", "Eight themes.", (line,) * 8),
        "themes/t1.html": p.ThemePage(frame("themes/t1.html", "Safe from abuse and neglect", "indicators"), "Theme", "Safe from abuse and neglect", "What is counted.", Markup("<p>Read the steps together.</p>"), (("Concerns about children are heard", (pp.Link("SG08", "../indicators/sg08.html"),)),), pp.Link("Compare every borough on this theme", "../compare/t1.html"), (theme_table(),), lines()[0], ((QUESTIONS[0], (pp.Link("SG08", "../indicators/sg08.html"),)),), pp.Link("All questions", "../questions.html#t1")),
        "predicted.html": predicted(),
        "compare/index.html": compare.start(),
        "compare/t1.html": compare.matrix(),
        "compare/boroughs.html": compare.boroughs(),
        "boroughs/index.html": p.BoroughsPage(frame("boroughs/index.html", "Boroughs", "boroughs"), "Boroughs", "33 boroughs.", finder("", values=False), tuple(pb.BoroughLine(area.name, f"{area.slug}.html", "Inner London", "22 of 22 indicators") for area in AREAS.boroughs)),
        "boroughs/camden.html": borough(),
        "boroughs/camden/sg08.html": borough_indicator(),
        "boroughs/camden/profile.html": profile(),
        "boroughs/camden/journey.html": borough_journey(),
        "journey.html": journey(),
        "stands-out.html": stands_out(),
        "boroughs/camden/challenge.html": challenge(),
        "boroughs/camden/scorecards/neglect.html": papers.scorecard(),
        "boroughs/camden/boards/operational.html": papers.operational(),
        "boroughs/camden/boards/leadership.html": papers.leadership(),
        "boroughs/camden/pack.html": papers.pack(),
        "questions.html": questions(),
        "map.html": london.london_map(),
        "coverage.html": london.coverage(),
        "calendar.html": london.calendar(),
        "readiness.html": london.readiness(),
        "challenges.html": london.challenges(),
        "model.html": london.model(),
        "data/index.html": p.DataPage(frame("data/index.html", "Data", "data"), "Data", "All of it, free to reuse.", "Invented rows say so.", (pp.Link("All releases", "../releases/index.html"),), (ps.DataSet("Release 2024-25-Q4", "../releases/2024-25-Q4/index.html", (pp.File("Everything (ZIP)", "all.zip", "1.2 MB"),)),), "0a1b  all.zip", (ps.DataGroup("From returns", "DfE: two files.", (ps.DataRow("SG08", "Children on a child protection plan", "../indicators/sg08.html", (pp.Link("CSV", "t.csv"), pp.Link("JSON", "t.json"))),)),), (pp.File("The child’s journey, CSV", "journey.csv", ""),), (words,), words, (Recipe("Python", 'import pandas\npandas.read_csv("all.csv", dtype={"area": str}, keep_default_na=False)'),), "Open Government Licence v3.0.", "London Safeguarding Benchmarks, release 2024-25-Q4.", "Addresses stay."),
        "releases/index.html": p.ReleasesPage(frame("releases/index.html", "Releases", "data"), "Releases", "Four so far.", (ps.ReleaseLine("2024-25-Q4", True, "January to March 2025", "2024-25-Q4/index.html", "17 July 2025", "Release", "1.2.0", "Four new quarters."),), (pp.Link("Every change", "changes.html"),), (pp.File("Ledger", "ledger.csv", "1 KB"),), (pp.File("Releases, a feed", "../feeds/releases.atom", ""),)),
        "releases/2024-25-Q4/index.html": p.ReleasePage(frame("releases/2024-25-Q4/index.html", "Release 2024-25-Q4", "data"), "Release 2024-25-Q4", "Published 17 July 2025.", FACTS, change_group(), ABOUT.rows, hidden, words, (ps.PackageFile("observations.csv", "Every count.", "1.2 MB"),), "Open Government Licence v3.0", (pp.File("Every count, Parquet", "parquet/observations.parquet", ""),), (pp.Link("SG08 Children on a child protection plan", "indicators/sg08.html"),), "Boroughs in this release", (pp.Link("Camden", "boroughs/camden.html"),), "London Safeguarding Benchmarks, release 2024-25-Q4", (pp.Link("BibTeX", "citation.bib"), pp.Link("CSL-JSON", "citation.json"))),
        "data/api.html": pa.ApiPage(
            frame("data/api.html", "Data for programs", "data"),
            "Data for programs",
            "Every figure here is also in small JSON files.",
            pp.DataTable("Files", ("File", "What it holds"), (("api/index.json", "Links to all that follows."),)),
            (pp.Row("Fields are only added", "Ignore fields that you do not know."),),
            "The file of London alone.",
            (Recipe("The file", '{"area": "E12000007",\n "value": null}'),),
            pp.DataTable("Fields", ("Field", "Kind", "What it holds"), (("value", "number or null", "As printed."),)),
            (pp.File("Schema", "../schemas/lsb-1.json", ""),),
        ),
        "reconciliation.html": reconciliation(),
        "releases/changes.html": p.ChangesPage(frame("releases/changes.html", "Changes", "data"), "Changes", "Every correction.", (change_group(), ps.ChangeGroup("c2", "2024-25-Q2", "", (), "Nothing changed.")), (pp.Link("SG01 Referrals", "../indicators/sg01-revisions.html"),)),
        "reports/runaways.html": document(change_group()),
        "search/index.html": p.SearchPage(frame("search/index.html", "Search", "search", illustrative=False), "Find a page", "A to Z.", search.DATA, search.BOX, (ps.SearchGroup("indicators", "Indicators", ((pp.Link("Children on a child protection plan", "../indicators/sg08.html"), "SG08, CPP"),)), ps.SearchGroup("boroughs", "Boroughs", tuple((pp.Link(area.name, f"../boroughs/{area.slug}.html"), "") for area in AREAS.boroughs)))),
        "404.html": p.NotFoundPage(frame("404.html", "Page not found", illustrative=False), "Page not found", "The address may be old.", search.BOX._replace(action="search/index.html"), (pp.Link("Search", "search/index.html"),), finder("boroughs/", values=False)),
        "about/methods/index.html": p.ArticlePage(frame("about/methods/index.html", "Methods", illustrative=False, crumbs=("About",)), "Methods", "How figures are made.", article.contents, article.body),
        "about/decisions/index.html": p.DecisionsPage(frame("about/decisions/index.html", "Decisions", illustrative=False), "Decisions", "What was decided, when and why.", (decision,), "Not settled yet", (decision,)),
        "about/rules/index.html": p.RulesPage(frame("about/rules/index.html", "Rules", illustrative=False), "Rules", "What a return is checked against.", (pp.Link("S: Shape of the file", "#shape"),), (pr.RuleGroup("shape", "Shape of the file", "Whether all columns are there.", (pr.RuleLine("S104", "s104.html", "A column is missing", Markup("Each column is there."), "Error: put it right"),)),)),
        "about/rules/s104.html": p.RulePage(frame("about/rules/s104.html", "S104", illustrative=False, crumbs=("Rules",)), "Rule S104", "A column is missing", "Error", Markup("Each column is there."), Markup("A missing column loses figures."), Markup("A file without the column period."), Markup("Add the column."), Markup("<code>site-builder new</code> adds it."), "Other rules of the stage", (pp.Link("S104 A column is missing", "s104.html"),), pp.Link("All rules", "index.html")),
        "about/glossary.html": p.GlossaryPage(frame("about/glossary.html", "Glossary", illustrative=False), "Glossary", "Words used here.", (pr.Entry("rate", "Rate", "A count divided by a population."),)),
        **embeds(),
        "about/gone.html": gone(),
    }  # fmt: skip


def write(folder: Path) -> Path:
    """The sample pages and their assets as files of a folder."""
    files = {**{path: RENDERER.render(page) for path, page in pages().items()}, **RENDERER.files}
    files |= {compare.DATA: compare.data(), search.DATA: search.data()}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
