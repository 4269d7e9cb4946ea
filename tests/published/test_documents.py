"""Documents: reports whose figures come from packages, releases reported by the program, proposals, registers."""

from __future__ import annotations

import ast
import csv
import dataclasses
import io
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.challenges import Open, age_in_words, banded, open_challenges
from site_builder.published.collected import rounds
from site_builder.published.compose import common_ground, handbook, proposal, registers, release_report, report, review
from site_builder.published.compose.named_figures import filled
from site_builder.published.compose.values import Drawn
from site_builder.published.crosswalk import crossing
from site_builder.published.documents.loading import load_documents
from site_builder.published.documents.proposals import load_proposals
from site_builder.published.documents.registers import LocalIndicator, load_local, load_sources, measures
from site_builder.published.documents.reports import load_reports
from site_builder.published.documents.typed import typed
from site_builder.published.downloads.catalogue import catalogue_csv
from site_builder.published.downloads.coverage import coverage_csv
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import DocumentPage
from site_builder.published.tokens import read_tokens
from site_builder.release.releases import State
from site_builder.vocabulary.indicators import Status
from site_builder.vocabulary.periods import Period, day_in_words
from site_builder.vocabulary.refusals import ConfigurationError
from tests.published.held import RENDERER, ROOT, everything, national

HEAD = '+++\ntitle = "T"\nsummary = "S."\naliases = []\nreview_date = 2026-01-31\nstatus = "current"\n+++\n'
MISSING = {"2018-19": "2,180", "2019-20": "2,250", "2020-21": "1,840", "2021-22": "2,030", "2022-23": "2,120"}
INCIDENTS = {"2018-19": "15,340", "2019-20": "17,120", "2020-21": "14,640", "2021-22": "15,620", "2022-23": "15,620"}
FACTORS = ("2,900", "3,050", "3,160", "2,600", "2,690", "3,210", "3,200")


@pytest.fixture(scope="module")
def frames() -> Frames:
    inputs = everything()
    assert inputs.latest
    dated = (str(inputs.latest.id), inputs.latest.published_on)
    return Frames.of(inputs.content.settings, inputs.areas, RENDERER.assets, dated)


def text_of(page: DocumentPage) -> str:
    """What a reader sees, without markup."""
    return " ".join(Markup(RENDERER.render(page).decode().partition("<main")[2]).striptags().split())


def put(text: str, file: str = "content/reports/x.md") -> str:
    inputs = everything()
    return filled(text, inputs.figures, inputs.areas, file)


def refused(error: pytest.ExceptionInfo[ConfigurationError]) -> str:
    (finding, *_) = error.value.findings
    return f"{finding.rule} {finding.problem}"


# ---- reports


@pytest.mark.parametrize(("period", "figure"), MISSING.items())
def test_p20_children_who_went_missing_are_those_of_the_package(period: str, figure: str) -> None:
    assert put(f"{{{{fig N25a numerator london {period}}}}}") == figure


@pytest.mark.parametrize(("period", "figure"), INCIDENTS.items())
def test_p20_incidents_are_those_of_the_package(period: str, figure: str) -> None:
    assert put(f"{{{{fig N25c numerator london {period}}}}}") == figure


@pytest.mark.parametrize(("year", "figure"), list(enumerate(FACTORS, 2017)))
def test_p20_assessments_with_the_factor_are_those_of_the_package(year: int, figure: str) -> None:
    assert put(f"{{{{fig N11b numerator london {year}-{(year + 1) % 100}}}}}").removesuffix(" [e]") == figure


@pytest.fixture(scope="module")
def runaways(frames: Frames) -> DocumentPage:
    (one,) = everything().documents.reports
    return report.report(frames, everything(), drawn(), one)


def drawn() -> Drawn:
    """What a chart is drawn with."""
    light = read_tokens((ROOT / "templates/assets/site.css").read_text(encoding="utf-8")).light
    return Drawn(ROOT / ".cache/charts", light)


def test_p20_the_report_says_what_it_must(runaways: DocumentPage) -> None:
    text = text_of(runaways)
    for figure in (*MISSING.values(), *INCIDENTS.values(), *FACTORS):
        assert figure in text
    assert "Children who go missing from home are not counted in the figures on looked-after children." in text
    assert [one.number for one in runaways.sections] == [f"{place}." for place in range(1, len(runaways.sections) + 1)]
    assert not runaways.frame.notices  # every figure in it is real
    assert "P2a" in text
    assert "Invented, to show how the site works" in text
    assert sum(part.chart is not None for one in runaways.sections for part in one.parts) >= 2
    assert "Nothing stands in the register yet." in text
    assert [part.questions for one in runaways.sections for part in one.parts if part.questions]


def test_p19_a_borough_without_a_figure_shows_none(runaways: DocumentPage) -> None:
    """One borough sent nothing for 2020-21, where the publisher's file has noughts."""
    assert put("{{fig N25a numerator hackney 2020-21}}").startswith("[x] (")
    assert "Year to 31 March 2021: Hackney [x]" in text_of(runaways)


def test_a_hidden_figure_has_its_words_and_an_invented_one_its_tag() -> None:
    inputs = everything()
    data = inputs.figures["SG08"]
    hidden = next(
        (a, p) for (a, p), point in data.points.items() if point.numerator.state == "c" and a.startswith("E09")
    )
    slug = inputs.areas.by_code[hidden[0]].slug
    made = put(f"{{{{fig SG08 numerator {slug} {hidden[1]}}}}}")
    assert made == '[c] (Hidden to protect children) <span class="tag small">Illustrative</span>'
    assert "Illustrative" not in put("{{fig N25a value london 2022-23}}")


def test_a_series_of_the_catalogue_without_figures_is_told_of_and_no_mistake() -> None:
    inputs = everything()
    asked = "{{fig N25a value london 2022-23}}"
    assert filled(asked, {}, inputs.areas, "a.md", inputs.catalogue) == "[x] (no figures yet)"
    with pytest.raises(ConfigurationError):
        filled(asked, {}, inputs.areas, "a.md")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("fig N99 value london 2022-23", "no series with figures is called N99"),
        ("fig N25a value london 2030-31", "N25a has no period 2030-31"),
        ("fig N25a value atlantis 2022-23", "no area called atlantis"),
        ("fig N25a rate london 2022-23", "the measure is none of"),
        ("fig N25a london", "it needs a series"),
    ],
)
def test_a_figure_that_is_not_there_is_refused(asked: str, why: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        put(f"Of {{{{{asked}}}}} children")
    assert refused(error).startswith(f"A102 “{asked}”")
    assert why in refused(error)


@pytest.mark.parametrize(
    "line",
    ["12 children", "a rise of 3%", "4.5 per cent", "1,200 episodes", "20 incidents", "missing 3 times", "children 12"],
)
def test_a_typed_figure_is_found(line: str) -> None:
    (finding,) = typed(f"First line.\n{line}\n", "content/reports/x.md")
    assert (finding.rule, finding.where.row) == ("A103", 2)


@pytest.mark.parametrize(
    "line",
    [
        "In 2008 boroughs agreed on a figure.",
        "{{fig N25a numerator london 2022-23}} children",
        "Year to 31 March 2021",
        "sometimes 3",
    ],
)
def test_what_is_no_typed_figure_is_let_through(line: str) -> None:
    assert typed(line, "content/reports/x.md") == ()


def report_in(root: Path, text: str, **files: str) -> None:
    (root / "content/reports/x").mkdir(parents=True)
    (root / "content/reports/x.md").write_text(text, encoding="utf-8")
    for name, words in files.items():
        (root / "content/reports/x" / f"{name}.toml").write_text(words, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.replace("current", "famous"), "A101 The status is 'famous'"),
        (HEAD.replace("title", "titel"), "A101 The head lacks: title"),
        (HEAD.replace("+++\n", "+++\nauthor = 1\n", 1), "A101 The head has keys that are not known: author"),
        (HEAD.replace("2026-01-31", '"soon"'), "A101 review_date is not a day"),
        (HEAD + "There were 12 children.\n", "A103 A figure is typed: “12 children”"),
    ],
)
def test_a_report_is_read_strictly(tmp_path: Path, text: str, said: str) -> None:
    report_in(tmp_path, text)
    with pytest.raises(ConfigurationError) as error:
        load_reports(tmp_path, everything().areas)
    assert refused(error).startswith(said)


def test_services_and_studies_stand_in_the_report(tmp_path: Path, frames: Frames) -> None:
    service = 'service = "Talk"\nagency = "A charity"\nareas = ["camden"]\nkind = "Talks"\nsource = "Its page"\nchecked_on = 2025-01-02\n'
    report_in(tmp_path, HEAD + "\n## Provision\n\n{{provision}}\n\n{{practice}}\n", provision=f"[[service]]\n{service}")
    (tmp_path / "content/reports/x/cases").mkdir()
    case = '+++\ntitle = "One door"\nagency = "Camden"\nareas = ["camden"]\nsource = "A paper"\nchecked_on = 2025-01-02\n+++\nIt helped.\n'
    (tmp_path / "content/reports/x/cases/one.md").write_text(case, encoding="utf-8")
    (one,) = load_reports(tmp_path, everything().areas)
    text = text_of(report.report(frames, everything(), Drawn(None, {}), one))
    for words in ("Talk", "A charity", "Camden", "2 January 2025", "One door", "It helped."):
        assert words in text


def test_every_report_can_be_made_before_the_first_release(frames: Frames) -> None:
    for one in everything().documents.reports:
        made = report.report(frames, national(), drawn(), one)
        text = text_of(made)
        (codes,) = re.findall(r"\{\{sources ([^}]*)\}\}", one.text)
        waiting = [code for code in codes.split() if code not in national().figures]
        assert text.count("No figures yet") == len(waiting) > 0
        assert all(everything().catalogue[code].title in text for code in codes.split())


def test_a_report_offers_the_table_of_every_series_that_it_prints_by_borough(runaways: DocumentPage) -> None:
    (one,) = everything().documents.reports
    offered = [part for section in runaways.sections for part in section.parts if part.table and part.files]
    assert [[file.href.rpartition("/")[2] for file in part.files] for part in offered] == [
        [f"{code.lower()}.csv" for code in codes.split()] for codes in re.findall(r"\{\{boroughs ([^}]*)\}\}", one.text)
    ]
    assert offered


def test_the_report_of_an_older_release_has_the_order_of_the_catalogue() -> None:
    for release in everything().releases:
        held = list(everything().of_release(release))
        assert held == [code for code in everything().catalogue if code in held]


def test_a_block_that_is_not_known_is_refused(tmp_path: Path, frames: Frames) -> None:
    report_in(tmp_path, HEAD + "\n## One\n\n{{weather N25a}}\n")
    (one,) = load_reports(tmp_path, everything().areas)
    with pytest.raises(ConfigurationError) as error:
        report.report(frames, everything(), Drawn(None, {}), one)
    assert refused(error) == "A101 The block weather is not known."


# ---- the report of a release


def test_p21_every_release_has_a_report_without_a_typed_number(frames: Frames) -> None:
    for one in everything().releases:
        page = release_report.release_report(frames, everything(), one)
        names = [section.heading for section in page.sections]
        assert names == ["Coverage", "What changed", "Movements", "Barriers", "Next dates"]
        assert page.colophon[0].text == f"{one.id}, published {day_in_words(one.published_on)}"
        assert page.frame.noindex
    for module in ("compose/release_report.py", "challenges.py", "compose/movements.py"):
        tree = ast.parse((ROOT / "site_builder/published" / module).read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(n, clean=False)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        spoken = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        assert not [words for words in spoken if words not in docs and re.search(r"\d", words)]


def test_p21_coverage_counts_the_package(frames: Frames) -> None:
    inputs = everything()
    for one in inputs.releases:
        page = release_report.release_report(frames, inputs, one)
        with io.StringIO(one.files["coverage.csv"].decode()) as file:
            rows = list(csv.DictReader(file))
        table = page.sections[0].parts[-1].table
        if table is None:
            continue
        for label, sent, *counts in table.rows:
            period = next(p for p in {row["period"] for row in rows} if Period.parse(p).label == label)
            own = [row for row in rows if row["period"] == period]
            assert sum(int(str(number).replace(",", "")) for number in counts) == len(own)
            came = {row["area"] for row in own if row["state"] in ("reported", "withheld")}
            assert sent == f"{len(came)} of 33"


@pytest.mark.parametrize(
    ("raised", "on", "words"),
    [
        (date(2008, 7, 29), date(2025, 7, 17), "16 years"),
        (date(2008, 7, 29), date(2025, 7, 29), "17 years"),
        (date(2024, 10, 14), date(2025, 7, 17), "nine months"),
        (date(2024, 7, 17), date(2025, 7, 17), "one year"),
        (date(2025, 6, 18), date(2025, 7, 17), "less than a month"),
    ],
)
def test_p55_age_is_counted_to_the_release(raised: date, on: date, words: str) -> None:
    assert age_in_words(raised, on) == words


def test_p55_barriers_are_what_was_open_on_the_day(frames: Frames) -> None:
    inputs = everything()
    first, latest = inputs.releases[0], inputs.releases[-1]
    ours = sum(c.state == "open" for i in inputs.catalogue.values() for c in i.challenges)
    assert len(open_challenges(inputs.catalogue, first)) == ours
    assert len(open_challenges(inputs.catalogue, latest)) == ours + 1
    assert [one.raised for one in open_challenges(inputs.catalogue, latest)] == sorted(
        one.raised for one in open_challenges(inputs.catalogue, latest)
    )
    days = (date(2025, 1, 1), date(2023, 7, 17), date(2020, 7, 17))
    some = [Open(day, "SG01", "", "", "") for day in days]
    assert list(banded(some, date(2025, 7, 17)).values()) == [1, 1, 1]
    assert "Five years or more" in text_of(release_report.release_report(frames, inputs, latest))


def test_p55_what_was_settled_later_was_open_on_the_day() -> None:
    inputs = everything()
    first, latest = inputs.releases[0], inputs.releases[-1]
    one = next(i for i in inputs.catalogue.values() if any(c.state == "open" for c in i.challenges))
    kept = tuple(dataclasses.replace(c, state="closed", closed=latest.published_on) for c in one.challenges)
    catalogue = {one.code: dataclasses.replace(one, challenges=kept)}
    assert len([c for c in open_challenges(catalogue, first) if not c.area]) == len(kept)
    assert not [c for c in open_challenges(catalogue, latest) if not c.area]


def test_p02_a_report_says_who_answered_and_has_its_own_tables(frames: Frames) -> None:
    inputs = everything()
    for one in inputs.releases:
        page = release_report.release_report(frames, inputs, one)
        (section,) = [section for section in page.sections if section.slug == "coverage"]
        new = [row for part in section.parts for row in part.rows]
        assert all("of 33 responded" in str(row.text) for row in new)
        assert bool(new) is not bool(one.id.correction)
        assert {row.term for row in new} <= {period.label for period in rounds(inputs.of_release(one))}
        rows = coverage_csv(inputs, one).decode().splitlines()[1:]
        assert len(rows) == 33 * len({(s.indicator, s.period) for s in one.coverage})
        assert all(row.startswith(f"{one.id},") for row in rows)


def test_p50_next_dates_lie_after_the_release(frames: Frames) -> None:
    inputs = everything()
    page = release_report.release_report(frames, inputs, inputs.releases[0])
    table = page.sections[-1].parts[0].table
    assert table
    assert ("July to September 2024", "1 October 2024", "15 November 2024", "16 January 2025") in table.rows
    assert "January to March 2024" not in [row[0] for row in table.rows]


# ---- the handbook, the catalogue, the review


def test_p01_the_handbook_holds_the_whole_catalogue(frames: Frames) -> None:
    inputs = everything()
    page = handbook.handbook(frames, inputs)
    slugs = [part.slug.upper() for one in page.sections for part in one.parts if part.slug]
    assert sorted(slugs) == sorted(code.upper() for code in inputs.catalogue)
    assert [f"SG{number:02}" for number in range(1, 38)] == sorted(slug for slug in slugs if slug.startswith("SG"))
    for one in page.sections:
        for part in one.parts:
            terms = [row.term for row in part.rows]
            assert not part.slug or {"Counted", "Divided by", "Who is in", "Provenance", "Which way", "Versions"} <= {
                *terms
            }
    table = list(csv.DictReader(io.StringIO(catalogue_csv(inputs.catalogue).decode())))
    assert [row["indicator"] for row in table] == list(inputs.catalogue)
    assert {row["provenance"] for row in table} == {i.provenance.value for i in inputs.catalogue.values()}


@pytest.mark.parametrize(
    ("name", "code", "verified"),
    [
        ("NI 59", "", True),
        ("NI 199", "", False),
        ("NI 71 (form of a self-assessment)", "", True),
        ("DfE N25a", "N25a", True),
        ("P2a", "P2a", True),
        ("DfE N99", "", False),
        ("LAIT ChildPov", "", True),
        ("Some other list", "", False),
    ],
)
def test_p33_an_identifier_is_of_a_known_list_or_unverified(name: str, code: str, verified: bool) -> None:
    found = crossing(name, everything().catalogue)
    assert (found.code, found.is_verified) == (code, verified)


def test_p33_the_catalogue_names_only_lists_that_we_know() -> None:
    codes = everything().catalogue
    assert [name for i in codes.values() for name in i.crosswalk if not crossing(name, codes).is_verified] == []


def test_p32_there_is_a_review_for_each_year_with_releases(frames: Frames) -> None:
    inputs = everything()
    assert {year: str(one.id) for year, one in review.years(inputs).items()} == {2024: "2023-24-Q4", 2025: "2024-25-Q4"}
    for year in review.years(inputs):
        assert review.review(frames, inputs, year).frame.noindex


def without(inputs: Inputs, code: str, state: str) -> Inputs:
    """The inputs as if no borough had sent an indicator for the last release."""
    latest = inputs.releases[-1]
    told = tuple(State(*s[:3], state) if s.indicator == code else s for s in latest.coverage)
    return dataclasses.replace(inputs, releases=(*inputs.releases[:-1], dataclasses.replace(latest, coverage=told)))


def test_p32_what_no_borough_returns_for_four_quarters_is_a_candidate(frames: Frames) -> None:
    inputs = everything()
    assert review.candidates(inputs.catalogue.values(), inputs.releases[-1]) == []
    bare = without(inputs, "SG12", "not-returned")
    (found,) = review.candidates(bare.catalogue.values(), bare.releases[-1])
    assert found.code == "SG12"
    assert review.came(found, bare.releases[-1]).startswith("0% (0 of ")
    assert "SG12" in [row.term for part in review.review(frames, bare, 2025).sections[2].parts for row in part.rows]


def test_p32_the_share_that_came_is_of_the_last_four_quarters() -> None:
    inputs = everything()
    latest = inputs.releases[-1]
    rows = list(csv.DictReader(io.StringIO(latest.files["coverage.csv"].decode())))
    last = {"2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2024-25"}
    states = [
        r["state"] for r in rows if r["indicator"] == "SG01" and r["period"] in last and r["state"] != "not-applicable"
    ]
    came = sum(state in ("reported", "unreliable", "withheld") for state in states)
    assert review.came(inputs.catalogue["SG01"], latest).endswith(f"({came} of {len(states)})")


def test_p32_volatility_is_a_median_of_printed_figures() -> None:
    data = everything().figures["SG12"]
    now, then = data.series("E12000007")[-1].period, data.series("E12000007")[-2].period
    moves = []
    for area in data.boroughs:
        late, early = data.points[area, now].value, data.points[area, then].value
        if late.text and early.text and Fraction(early.plain):
            moves.append(abs(Fraction(late.plain) - Fraction(early.plain)) / Fraction(early.plain))
    said = review.volatility(data)
    if now.end.year - then.end.year == 1 and len(moves) >= 10:
        assert abs(float(said.partition("%")[0]) - float(100 * median(moves))) <= 0.5
        assert f"{len(moves)} boroughs" in said
    hidden = dataclasses.replace(data, points={k: v for k, v in data.points.items()}, boroughs=data.boroughs[:3])
    assert review.volatility(hidden).startswith("Too few figures")


# ---- registers


ROW = LocalIndicator("camden", "Young carers", "council", "yearly", "Young carers known", "", "2020", "young-carers")


def test_p17_rows_that_match_are_one_measure_of_two_boroughs(frames: Frames) -> None:
    local = (ROW, ROW._replace(area="barnet", title="Carers under eighteen"), ROW._replace(title="Others", matches=""))
    assert [len(rows) for rows in measures(local).values()] == [2, 1]
    inputs = everything()
    held = dataclasses.replace(inputs, documents=dataclasses.replace(inputs.documents, local=local))
    text = text_of(common_ground.common_ground(frames, held))
    assert "Two boroughs: Barnet and Camden" in text
    assert "One borough: Camden" in text
    assert "Propose it" in text


def test_p17_an_empty_register_says_how_to_add(frames: Frames) -> None:
    page = common_ground.common_ground(frames, everything())
    assert "The register is empty" in page.lead
    assert [one.heading for one in page.sections] == ["How to add one"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("atlantis,T,a,yearly,n,d,2020,", "It names areas that are not known: atlantis."),
        ("camden,T,a,yearly,n,d,2020,SG99", "It matches indicators that are not known: SG99."),
        ("camden,T,a", "A row has other columns than expected."),
    ],
)
def test_p17_the_register_is_read_strictly(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "datapackages/reference/local-indicators/local.csv"
    file.parent.mkdir(parents=True)
    file.write_text(",".join(LocalIndicator._fields) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_local(tmp_path, everything().areas, everything().catalogue)
    assert refused(error) == f"A101 {said}"


def test_p18_every_agency_of_the_catalogue_has_a_row() -> None:
    inputs = everything()
    agencies = {one.agency for one in inputs.catalogue.values()}
    assert {one.agency for one in inputs.documents.sources} == agencies
    said = registers.placeholders(inputs)["register sources"]
    assert said.count("<dt>") == len(agencies)
    with pytest.raises(ConfigurationError) as error:
        load_sources(ROOT, {*agencies, "another agency"})
    assert refused(error) == "A101 An agency of the catalogue has no row: another agency."


def test_p53_each_duty_has_one_of_each_or_says_nothing_yet() -> None:
    said = str(registers.placeholders(everything())["register duties"])
    rows = re.findall(r"<dd>(.*?)</dd>", said, re.DOTALL)
    assert len(rows) == len(everything().documents.duties) >= 9
    for row in rows:
        parts = dict(line.split(": ", 1) for line in row.split("<br>"))
        assert list(parts) == ["Indicators", "Score cards", "Questions"]
        assert all(parts.values())


def test_p22_each_decision_has_a_day_and_a_body() -> None:
    said = str(registers.placeholders(everything())["register meetings"])
    assert "<dt>29 July 2008</dt><dd>London datasets steering group: " in said
    made = [d for i in everything().catalogue.values() for d in i.decisions if d.date == date(2008, 7, 29)]
    for kind in {d.decided for d in made}:
        assert f"{sum(d.decided == kind for d in made)} {kind.replace('-', ' ')}" in said
    for indicator in everything().catalogue.values():
        assert all(made.body and made.date for made in indicator.decisions)


# ---- proposals

PROPOSAL = {
    "title": '"T"', "summary": '"S."', "kind": '"method"', "opens": "2025-01-01", "closes": "2025-03-01", "status": '"open"',
    "affects": '["SG08"]', "questions": '["Why?"]',
}  # fmt: skip
OUTCOME = (
    '{decided = "kept", on = 2025-04-01, body = "B", reason = "R.", decision = "0001-two-planes", commit = "abc1234"}'
)


def proposals_in(root: Path, name: str = "0001-x", **changed: str):  # type: ignore[no-untyped-def]
    lines = "\n".join(f"{key} = {value}" for key, value in {**PROPOSAL, **changed}.items() if value)
    (root / "content/proposals").mkdir(parents=True)
    (root / f"content/proposals/{name}.md").write_text(f"+++\n{lines}\n+++\n\n## What\n\nText.\n", encoding="utf-8")
    inputs = everything()
    decisions = [one.stem for one in inputs.content.decisions]
    return load_proposals(root, {*inputs.catalogue, *inputs.content.themes}, inputs.areas, decisions)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": '"wish"'}, "The kind is 'wish'"),
        ({"status": '"lost"'}, "The status is 'lost'"),
        ({"colour": '"red"'}, "The head has keys that are not known: colour"),
        ({"questions": ""}, "The head lacks: questions"),
        ({"questions": "[]"}, "It asks nothing"),
        ({"affects": '["SG99"]'}, "It affects indicators or themes that are not known: SG99"),
        ({"closes": '""'}, "It is open and lacks a day"),
        ({"closes": "2024-01-01"}, "It closes before it opens"),
        ({"status": '"decided"'}, "It is decided, which its outcome contradicts"),
        ({"outcome": OUTCOME}, "It is open, which its outcome contradicts"),
        ({"status": '"draft"', "responded": '["camden"]'}, "A draft has responses"),
        ({"responded": '["atlantis"]'}, "Boroughs responded that are not known: atlantis"),
        ({"responses": '[{from = "a person", said = "x", did = "y"}]'}, "A response is from is 'a person'"),
        (
            {"status": '"decided"', "outcome": OUTCOME.replace("0001-two", "9-two")},
            "The outcome names decision records",
        ),
        ({"name": "0002-x"}, "The numbers [2] have a gap"),
        ({"name": "x"}, "The name of the file has no number"),
    ],
)
def test_p06_a_proposal_is_read_strictly(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        proposals_in(tmp_path, **changed)
    assert refused(error).startswith(f"A101 {said}")


@pytest.mark.parametrize(("closes", "overdue"), [("2025-04-18", False), ("2025-04-17", True)])
def test_p06_a_proposal_closed_for_ninety_days_without_outcome_is_a_query(
    tmp_path: Path, frames: Frames, closes: str, overdue: bool
) -> None:
    (one,) = proposals_in(tmp_path, status='"closed"', closes=closes)
    assert one.is_overdue(date(2025, 7, 17)) is overdue
    assert (
        "Query: it closed more than 90 days before" in text_of(proposal.proposal(frames, everything(), one))
    ) is overdue


def test_p57_a_decided_proposal_says_what_was_said_and_links_its_record(tmp_path: Path, frames: Frames) -> None:
    said = '[{from = "borough", said = "Too many.", did = "Took two out."}, {from = "public", said = "Good idea", did = "Kept."}]'
    (one,) = proposals_in(
        tmp_path, status='"decided"', outcome=OUTCOME, responded='["camden", "barnet"]', responses=said
    )
    page = proposal.proposal(frames, everything(), one)
    text, html = text_of(page), RENDERER.render(page).decode()
    assert "Boroughs that responded: Camden and Barnet." in text
    assert "Responses by kind of organisation: borough: 1; public: 1." in text
    assert "Took two out." in text
    assert addresses.relative(addresses.proposal(one.stem), addresses.decision("0001-two-planes")) in html
    assert "abc1234" in text


def test_p06_committed_proposals_agree_with_the_release_that_is_shown(frames: Frames) -> None:
    inputs = everything()
    assert inputs.latest
    assert len(inputs.documents.proposals) >= 3
    for one in inputs.documents.proposals:
        assert not one.is_overdue(inputs.latest.published_on)
        assert not one.responses
        if one.status == "open":
            assert one.opens
            assert one.closes
            assert one.opens <= inputs.latest.published_on < one.closes
        assert proposal.proposal(frames, inputs, one).heading == one.title
    assert text_of(proposal.proposals(frames, inputs)).count("Not set") >= 1


def test_documents_of_a_bare_checkout_are_empty(tmp_path: Path) -> None:
    inputs = everything()
    bare = load_documents(tmp_path, inputs.content, inputs.areas, {})
    assert bare == type(bare)()


def test_agreed_indicators_of_other_agencies_are_listed_apart(frames: Frames) -> None:
    page = review.review(frames, everything(), 2025)
    told = {row.term for part in page.sections[3].parts for row in part.rows}
    apart = {
        i.code
        for i in everything().catalogue.values()
        if i.status is Status.AGREED and not i.is_national and i.source != "borough"
    }
    assert told == apart
