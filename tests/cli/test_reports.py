"""Renderers: words, order, caps, golden files, and hostile paths that come through inert."""

from __future__ import annotations

import importlib.metadata
import json
import os
import random
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import html5lib
import jsonschema  # type: ignore[import-untyped]
import marko
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli import reports, wording
from site_builder.cli.reports import formats, github, junit, markdown, renderer, sarif, text
from site_builder.cli.reports import json as json_report
from site_builder.cli.wording import Run
from site_builder.vocabulary.findings import Finding, Location, Severity, in_order
from tests.cli.hostile import PACKAGE, PACKAGES, PATHS, RETURN, SITE, TOLD, WORDS, finding, hostile

HERE = Path(__file__).parent
RUN = Run(PACKAGES, SITE)
ERROR = Finding(
    "V601",
    Severity.ERROR,
    Location(RETURN, 14, "numerator"),
    "The numerator is larger than the denominator.",
    "Are the two exchanged?",
)
QUERY = Finding("K508", Severity.QUERY, Location(RETURN), "More than half is missing.", "Say why.")
INFO = Finding("F204", Severity.INFO, Location(RETURN, None, None, 7), "Accepted.", "Do nothing.")
ALPHABET = st.characters()  # surrogates included: a file name may be no UTF-8
LOCATIONS = st.builds(
    Location,
    st.text(max_size=20) | st.sampled_from(PATHS),
    st.none() | st.integers(1, 10**6),
    st.none() | st.text(max_size=9),
    st.none() | st.integers(1, 10**6),
    st.none() | st.text(max_size=9),
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["V601", "K508", "F204", "D901", "V999"]),
        st.sampled_from(Severity),
        LOCATIONS,
        st.text(max_size=40) | st.just(WORDS),
        st.text(max_size=40) | st.just(WORDS),
    ),
    max_size=8,
)


def schema(path: Path) -> jsonschema.protocols.Validator:
    """A validator by a committed schema."""
    read = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(read)
    kind.check_schema(read)
    return kind(read)


FINDINGS_SCHEMA = schema(Path(str(json_report.__file__)).with_name("findings.schema.json"))
SARIF_SCHEMA = schema(HERE / "schemas/sarif-2.1.0.json")


# ---- all formats


def test_there_are_six_formats_and_a_new_file_is_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert formats() == ("github", "json", "junit", "markdown", "sarif", "text")
    (tmp_path / "shouted.py").write_text("def render(findings, run):\n    return f'{len(findings)}!'\n")
    monkeypatch.setattr(reports, "__path__", [*reports.__path__, str(tmp_path)])
    assert "shouted" in formats()
    assert renderer("shouted")([ERROR, QUERY], RUN) == "2!"


@pytest.mark.parametrize("form", formats())
def test_hostile_findings_as_expected(form: str, request: pytest.FixtureRequest) -> None:
    made, golden = renderer(form)(hostile(), RUN), HERE / "golden" / f"{form}.txt"
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI"), "expectations are written by hand, never by a pipeline"
        golden.write_text(made, encoding="utf-8", newline="\n")
    assert made == golden.read_bytes().decode("utf-8")


@pytest.mark.parametrize("form", formats())
def test_nothing_that_does_not_print_comes_through(form: str) -> None:
    made = renderer(form)(hostile(), RUN)
    assert all(c.isprintable() for c in made.replace("\n", "")), "no escape, no mark that turns the writing"
    assert made.encode("utf-8")


@pytest.mark.parametrize("form", formats())
def test_every_format_tells_the_same_number(form: str) -> None:
    many = [finding(f"{PACKAGE}/{name}.csv", s, row=n) for n in range(1, 61) for name in "ab" for s in Severity]
    for some in ([], [ERROR], [INFO, QUERY, QUERY], hostile(), many):
        assert TOLD[form](renderer(form)(some, RUN)) == len(some)


@pytest.mark.parametrize("form", formats())
@given(some=FINDINGS)
def test_any_findings_can_be_written_in_any_order(form: str, some: list[Finding]) -> None:
    made = renderer(form)(some, RUN)
    assert all(c.isprintable() for c in made.replace("\n", ""))
    assert TOLD[form](made) == len(some)
    shuffled = random.Random(0).sample(some, len(some))
    if len({(f.where.file, f.where.row, f.where.field, f.rule, f.problem) for f in some}) == len(some):
        assert renderer(form)(shuffled, RUN) == made


# ---- text


def test_text_says_place_problem_and_remedy() -> None:
    assert text.render([INFO, QUERY, ERROR], Run((PACKAGE,))) == (
        f"QUERY K508  {RETURN}\n"
        "  More than half is missing.\n"
        "  To fix: Say why.\n"
        "  More: site-builder explain K508\n"
        "\n"
        f"ERROR V601  {RETURN}, row 14, column numerator\n"
        "  The numerator is larger than the denominator.\n"
        "  To fix: Are the two exchanged?\n"
        "  More: site-builder explain V601\n"
        "\n"
        f"REMARK F204  {RETURN}, character 7\n"
        "  Accepted.\n"
        "  Do nothing.\n"
        "  More: site-builder explain F204\n"
        "\n"
        "Checked 1 return: 1 error and 1 open query. 1 remark needs nothing from you.\n"
        "Put each error right. Answer each query: correct the figure, or add a line with its code to explanations.csv "
        "that says why. Then check again.\n"
    )


def test_text_tells_only_what_is_to_be_done() -> None:
    assert text.render([finding("2024-25-Q2")]).endswith("\n\nFound: 1 error.\n"), "a release is not checked again"
    assert "Answer" not in text.render([ERROR], RUN)
    assert "Put each" not in text.render([QUERY], RUN)


def test_text_explains_a_rule_once() -> None:
    shown = text.render([ERROR, finding(row=3), QUERY])
    assert re.findall(r"More: site-builder explain (\w+)", shown) == ["K508", "V601"]


def test_text_thanks_when_nothing_stands_in_the_way() -> None:
    clean = "Checked 2 returns: no error and no open query.\nNothing stands in the way. Thank you"
    assert text.render([], RUN).startswith(clean)
    assert "no open query. 1 remark needs nothing from you.\nNothing stands" in text.render([INFO], RUN)
    assert "Thank you" not in text.render([QUERY], RUN)


@pytest.mark.parametrize(
    ("number", "run", "kept_back"), [(20, RUN, False), (21, RUN, True), (40, Run((PACKAGE,)), False)]
)
def test_many_remarks_on_several_returns_are_counted_and_not_shown(number: int, run: Run, kept_back: bool) -> None:
    remarks = [finding(f"{PACKAGE}/{n}.csv", Severity.INFO) for n in range(number)]
    shown = text.render([ERROR, *remarks], run)
    assert f"{number} remarks need nothing from you" in shown
    assert ("they are shown when one return is checked alone" in shown) == kept_back
    assert shown.count("REMARK") == (0 if kept_back else number)
    assert github.render([ERROR, *remarks], run).count("::notice file=") == (0 if kept_back else 9)


def test_place_names_a_cell_of_a_workbook() -> None:
    assert wording.place(Location("a.xlsx", None, None, None, "Return!F9")) == "a.xlsx, cell Return!F9"
    assert wording.place(Location("a.csv", 3, None, 9)) == "a.csv, row 3, character 9"


@pytest.mark.parametrize(
    ("number", "words"), [(20, None), (21, "and 1 more like this"), (5000, "and 4980 more like these")]
)
def test_people_are_shown_twenty_of_a_kind(number: int, words: str | None) -> None:
    some = [finding("a.csv", row=row) for row in range(1, number + 1)]
    for shown, head in ((text.render(some), "ERROR V601"), (markdown.render(some), "| Error V601")):
        assert shown.count(head) == 20
        assert ("more like" in shown) == (words is not None)
        assert words is None or words in shown
        assert f"{number} errors" in shown


@pytest.mark.parametrize("path", PATHS)
def test_hostile_paths_are_inert_in_text_and_annotations(path: str) -> None:
    shown = text.render([finding(path)])
    assert shown.isascii()
    assert len(shown.splitlines()) == 6
    (line,) = github.render([finding(path)]).splitlines()
    assert line.count("::") == 2


# ---- annotations


def test_github_annotations_exactly() -> None:
    assert github.render([INFO, QUERY, ERROR]) == (
        f"::error file={RETURN},line=14,title=V601 Numerator above denominator::The numerator is larger than the "
        "denominator. Are the two exchanged? (column numerator)\n"
        f"::warning file={RETURN},title=K508 More than half is missing::More than half is missing. Say why.\n"
        f"::notice file={RETURN},col=7,title=F204 Line ends or opening mark of another system::Accepted. Do nothing.\n"
    )
    assert github.render([]) == ""


def test_github_keeps_nine_of_each_level_and_spreads_them() -> None:
    many = [finding("a.csv", row=row) for row in range(1, 5001)] + [finding("z.csv", rule="V602")]
    lines = github.render([*many, finding("b.csv", Severity.QUERY)]).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 10 + ["::warning"]
    assert "file=z.csv" in lines[1], "one of every rule and file comes first"
    assert lines[9] == "::error title=And more::+4992 more of this level, see the summary"


@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, max_size=30))
def test_each_finding_is_one_command(path: str, words: str) -> None:
    made = Finding("V601", Severity.ERROR, Location(path, 2), words, "Mend it.")
    shown = github.render([made])
    assert shown.count("\n") == 1
    assert all(c.isprintable() for c in shown[:-1])
    properties = shown.removeprefix("::error ").split("::")[0]
    assert properties.count(",") == 2


# ---- Markdown


def page_of(source: str) -> ET.Element:
    """What a platform makes of Markdown, as a tree."""
    html = marko.Markdown(extensions=["gfm"]).convert(source)
    tree: ET.Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def body_rows(page: ET.Element) -> list[list[ET.Element]]:
    return [list(row) for body in page.iter("tbody") for row in body.iter("tr")]


def check_markdown(some: list[Finding] | tuple[Finding, ...]) -> None:
    page = page_of(markdown.render(some, RUN))
    tags = Counter(node.tag for node in page.iter())
    assert not set(tags) & {"script", "img", "iframe", "form", "em", "strong", "del", "input", "blockquote"}
    assert {a.get("href", "").rsplit("/", 1)[0] for a in page.iter("a")} <= {f"{SITE}/about/submitting/rules"}
    rows = body_rows(page)
    assert len(rows) == len(some)
    assert all(len(row) == 4 for row in rows)
    outside = [part for node in page.iter() if node.tag != "code" for part in (node.text, node.tail)]
    outside += [node.tail for node in page.iter("code")]
    assert not any("@" in part for part in outside if part), "nobody is called"


def test_markdown_holds_a_table_for_each_folder_and_how_to_run_it_oneself() -> None:
    shown = markdown.render([ERROR, QUERY], Run(PACKAGES))
    assert shown == (
        "## 1 error and 1 open query\n"
        "\n"
        "Checked 2 returns.\n"
        "\n"
        f"### `{PACKAGE}`\n"
        "\n"
        "| Where | Which rule | What was found | How to put it right |\n"
        "|---|---|---|---|\n"
        "| `return.csv` | Query K508 More than half is missing | More than half is missing. | Say why. |\n"
        "| `return.csv`, row 14, column numerator | Error V601 Numerator above denominator | The numerator is larger "
        "than the denominator. | Are the two exchanged? |\n"
        "\n"
        "### Check on your own machine\n"
        "\n"
        f"`site-builder check {PACKAGE}` says the same, and `site-builder explain CODE` says more about a rule.\n"
    )


def test_markdown_is_safe_with_hostile_findings() -> None:
    check_markdown(hostile())
    words = "".join(page_of(markdown.render(hostile(), RUN)).itertext())
    assert "<script>alert(1)</script>" in words, "what was tried can be read"
    assert "![x](http://evil.example) | `x` *bold* {0}" in words


@given(some=FINDINGS)
def test_markdown_is_safe_with_any_findings(some: list[Finding]) -> None:
    check_markdown([finding for finding in some if finding.severity is not Severity.INFO])


def test_a_command_never_holds_a_path_that_a_shell_would_obey() -> None:
    for package in ("x; rm -rf .", "$(x)", "`x`", "-x"):
        shown = markdown.render([finding(f"{package}/return.csv")], Run((package,)))
        assert "`site-builder check` says the same" in shown


def test_a_summary_that_is_too_long_is_cut_between_rows() -> None:
    some = [finding(f"{number}/{'x' * 900}.csv") for number in range(1000)]
    shown = markdown.render(some)
    assert len(shown.encode()) <= markdown.MOST_BYTES + 200
    assert shown.endswith("\n\nThe rest does not fit here. Run the check on your own machine to read all of it.\n")
    assert all(line.endswith(" |") for line in shown.splitlines() if line.startswith("|") and "---" not in line)
    assert shown.startswith("## 1000 errors")


# ---- for machines


@given(some=FINDINGS)
def test_findings_come_back_from_json(some: list[Finding]) -> None:
    made = json_report.render(some, RUN)
    assert made.isascii()
    report = json.loads(made)
    FINDINGS_SCHEMA.validate(report)
    back = [
        Finding(
            one["rule"],
            Severity(one["severity"]),
            Location(one["file"], one["row"], one["field"], one["column"], one["cell"]),
            one["problem"],
            one["fix"],
        )
        for one in report["findings"]
    ]
    assert tuple(back) == in_order(some)


def test_json_says_of_each_folder_whether_it_may_pass() -> None:
    report = json.loads(json_report.render([ERROR, finding(f"{PACKAGES[1]}/return.csv", Severity.INFO)], RUN))
    assert report["packages"] == [{"path": PACKAGE, "ok": False}, {"path": PACKAGES[1], "ok": True}]
    assert report["builder"] == importlib.metadata.version("london-safeguarding-benchmarks")


@given(some=FINDINGS)
def test_sarif_keeps_to_the_standard_and_gives_rule_level_path_and_row_back(some: list[Finding]) -> None:
    log = json.loads(sarif.render(some, RUN))
    SARIF_SCHEMA.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    back = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        file = unquote(place["artifactLocation"]["uri"].removeprefix("file://"), errors="surrogateescape")
        back.append((result["ruleId"], result["level"], file, place["region"]["startLine"]))
        assert result["ruleId"] == "V999" or rules[result["ruleIndex"]]["id"] == result["ruleId"]
    levels = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.INFO: "note"}
    assert back == [(f.rule, levels[f.severity], f.where.file, f.where.row or 1) for f in in_order(some)]


def test_sarif_names_the_page_of_a_rule_only_where_it_is_known() -> None:
    (known,) = json.loads(sarif.render([ERROR], RUN))["runs"][0]["tool"]["driver"]["rules"]
    assert known["helpUri"] == f"{SITE}/about/submitting/rules/v601.html"
    assert "How to fix" in known["help"]["text"]
    (unknown,) = json.loads(sarif.render([ERROR], Run()))["runs"][0]["tool"]["driver"]["rules"]
    assert "helpUri" not in unknown


def test_sarif_fingerprints_are_one_a_finding_and_stay_when_rows_move() -> None:
    def prints(some: list[Finding]) -> list[str]:
        (run,) = json.loads(sarif.render(some, RUN))["runs"]
        return [result["partialFingerprints"]["findingPlace/v1"] for result in run["results"]]

    some = [finding(row=3), finding(row=9), ERROR, finding(row=3, rule="V602"), finding("b.csv")]
    assert len(set(prints(some))) == len(some)
    assert prints([finding(row=3), finding(row=9)]) == prints([finding(row=4), finding(row=10)])


def test_sarif_keeps_five_thousand_of_every_rule_and_the_gravest_first() -> None:
    some = [finding(row=n) for n in range(1, 5001)] + [finding("z.csv", rule="V602"), QUERY, INFO]
    log = json.loads(sarif.render(some, RUN))
    SARIF_SCHEMA.validate(log)
    (run,) = log["runs"]
    assert len(run["results"]) == sarif.MOST_RESULTS
    assert {result["ruleId"] for result in run["results"]} == {"V601", "V602"}
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("3 more findings are left out")


def cases(some: list[Finding], run: Run = RUN) -> dict[tuple[str, str], ET.Element]:
    """Every case by suite and code, the counts compared with what is there."""
    root = ET.fromstring(junit.render(some, run))
    for element in (root, *root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert int(element.get(name, "")) == len(list(element.iter(tag)))
    return {(suite.get("name", ""), case.get("name", "").split()[0]): case for suite in root for case in suite}


def test_junit_has_a_case_for_every_rule_of_every_folder() -> None:
    found = cases([ERROR, finding(row=2), QUERY, INFO])
    failure = found[PACKAGE, "V601"].find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("error", "2 errors")
    assert (failure.text or "").splitlines()[1] == (
        f"{RETURN}, row 14, column numerator: {ERROR.problem} To fix: {ERROR.fix}"
    )
    query = found[PACKAGE, "K508"].find("failure")
    assert query is not None
    assert query.get("type") == "query"
    assert [child.tag for child in found[PACKAGE, "F204"]] == ["system-out"], "a remark is no failure"
    assert list(found[PACKAGES[1], "V601"]) == []
    assert {code[0] for _, code in found} == set("FHCKVTXD")


@pytest.mark.parametrize(
    ("rule", "reached"), [("F201", "FD"), ("H302", "FHD"), ("D901", "D"), ("V601", "FHCKVD"), ("T701", "FHCKVTXD")]
)
def test_junit_skips_the_stages_that_were_not_reached(rule: str, reached: str) -> None:
    found = cases([finding(rule=rule)], Run((PACKAGE,)))
    run = {code[0] for (_, code), case in found.items() if case.find("skipped") is None and code != rule}
    assert run == set(reached) - ({"F"} if rule == "F201" else set())


def test_junit_skips_comparisons_that_had_nothing_to_compare() -> None:
    found = cases([finding(severity=Severity.INFO, rule=rule, row=None) for rule in ("T700", "X800")], Run((PACKAGE,)))
    skipped = {code for (_, code), case in found.items() if case.find("skipped") is not None}
    assert {code[0] for code in skipped} == {"T", "X"}
    assert not {"T700", "X800"} & skipped


def test_junit_of_no_returns_holds_what_was_found() -> None:
    assert list(cases([finding("2024-25-Q2", rule="D911")], Run())) == [("elsewhere", "D911")]
    assert cases([], Run()) == {}
