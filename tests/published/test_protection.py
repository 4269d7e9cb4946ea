"""The policy in words: read from the policy in force, the catalogue and the release, never typed. And the commands of the
page do what it says."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.cli.auditing import audit_in_words, table
from site_builder.published.articles import render_article
from site_builder.published.build import Builder
from site_builder.published.downloads.package import readme_of, series_zip
from site_builder.published.inputs import Inputs
from site_builder.published.protection import placeholders, sentence
from site_builder.release.cells import PublicCells
from site_builder.release.policy import DisclosurePolicy, EffectivePolicy, load_policy
from site_builder.release.structure import Form
from site_builder.vocabulary.areas import LONDON
from tests.factories import BARKING, BARNET, CITY, ROOT, cell, releases

PAGE = (ROOT / "content/about/methods/hidden-figures.md").read_text(encoding="utf-8")
POLICY = load_policy(ROOT)
CELLS = PublicCells.of([cell(BARNET, "2023-24", "40")])
FIELDS = {
    "threshold", "zeros", "hide_complement", "hide_small_denominator", "symbol", "min_hidden_per_line", "version",
    "sensitive_min_hidden_per_line", "max_hidden_share", "coarsen",
}  # fmt: skip


# ---- the rules


def rows_of(text: str) -> list[list[str]]:
    """The cells of the rows of a table in Markdown, without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]


def stricter(policy: DisclosurePolicy, inputs: Inputs) -> dict[str, list[str]]:
    found = rows_of(placeholders(policy, inputs.catalogue, inputs.latest)["policy stricter"])
    return {match[1]: row[1:] for row in found if (match := re.match(r"\[(\S+) ", row[0]))}


def test_every_rule_of_the_policy_stands_on_the_page_as_a_placeholder(everything: Inputs) -> None:
    named = set(re.findall(r"\{\{policy (\w+)\}\}", PAGE))
    assert named == {*FIELDS, "stricter"}
    section = PAGE.partition("## The rules")[2].partition("###")[0]
    typed = re.sub(r"\{\{.*?\}\}", "", section)
    assert set(re.findall(r"\d+", typed)) == {"1"}  # a count is small from one on, whatever the policy


def test_the_table_follows_the_policy(everything: Inputs) -> None:
    other = replace(
        POLICY, version="9", threshold=7, zeros="hide", min_hidden_per_line=3, sensitive_min_hidden_per_line=4,
        max_hidden_share=0.25, coarsen=("london",),
    )  # fmt: skip
    words = placeholders(other, everything.catalogue, everything.latest)
    assert [words[f"policy {name}"] for name in sorted(FIELDS)] == [
        "for London only", "always", "always", "25%", "3", "4", "[c]", "7", "9", "hidden like a small count",
    ]  # fmt: skip
    assert placeholders(POLICY, everything.catalogue, None)["policy zeros"] == "printed as 0"


def test_stricter_indicators_are_those_whose_files_or_release_say_so(everything: Inputs) -> None:
    """Read again from the heads of the files and from the structure in the package."""
    found = stricter(POLICY, everything)
    latest = everything.latest
    assert latest is not None
    expected = {code for code, form in latest.structure.indicators.items() if form.grain == "year-of-quarters"}
    for file in sorted((ROOT / "content/indicators").glob("*.md")):
        head = file.read_text(encoding="utf-8").split("+++")[1]
        asks = r'(?m)^(sensitive = true|threshold = |zeros = "hide"|floor = "(london|inner-outer)"|window = "[rp])'
        code = re.search(r'(?m)^code = "(.*)"', head)
        assert code
        if re.search(asks, head) and not code[1].startswith("N"):
            expected.add(code[1])
        if "sensitive = true" in head and not code[1].startswith("N"):
            assert found[code[1]][:2] == [f"0 to {POLICY.threshold}", str(POLICY.sensitive_min_hidden_per_line)]
    assert set(found) == expected
    for name, row in found.items():
        assert row[3] == ("in the release" if name in latest.structure.indicators else "none yet")


def test_a_rule_that_came_after_the_release_is_told(everything: Inputs) -> None:
    """A stricter policy holds from the next release on; the release shown was made under the one before."""
    row = stricter(replace(POLICY, threshold=7), everything)["P2a"]
    assert row == ["0 to 7", "3", "as for others", "in the release, under an earlier rule"]
    assert stricter(POLICY, replace(everything, releases=()))["P2a"][3] == "none yet"


def test_the_table_leads_to_the_indicators(everything: Inputs) -> None:
    words = placeholders(POLICY, everything.catalogue, everything.latest)
    body = render_article(PAGE, words, "page").body
    assert 'href="../../indicators/p2a.html">P2a ' in body
    assert "<pre tabindex" in body


def test_archives_are_links_once_there_is_a_release(everything: Inputs, builder: Builder) -> None:
    """Before the first one there is nothing to lead to."""
    words = placeholders(POLICY, everything.catalogue, everything.latest)
    for name in ("release files", "release packages"):
        target = re.search(r"\]\(\.\./\.\./(.*)\)", words[name])
        assert target
        assert target[1] in builder.site
        assert target[1].endswith((words["release archive"], words["release series"]))
        assert "](" not in placeholders(POLICY, everything.catalogue, None)[name]


@pytest.mark.parametrize(
    ("policy", "grain", "words"),
    [
        (
            EffectivePolicy(5, "show", 2),
            "year",
            "Counts from 1 to 5 are hidden, and others where a small one could be worked out; a zero is printed as 0.",
        ),
        (
            EffectivePolicy(7, "hide", 3),
            "year-of-quarters",
            "Counts from 1 to 7 are hidden, and others where a small one could be worked out; a zero is hidden too; "
            "it is published by year only, though sent by quarter.",
        ),
    ],
)
def test_an_indicator_says_its_policy_in_one_sentence(policy: EffectivePolicy, grain: str, words: str) -> None:
    assert sentence(Form("count", 1, grain, policy), CELLS) == words
    assert words.count(".") == 1


# ---- the certificate, in words


def test_the_certificate_is_explained_in_exactly_five_sentences() -> None:
    (section,) = re.findall(r"## The certificate in five sentences\n\n(.*?)\n\n##", PAGE, re.DOTALL)
    assert "\n\n" not in section
    assert len(re.findall(r"[.!?](?=\s|$)", section)) == 5


# ---- check it yourself


def test_the_archive_of_packages_is_all_that_the_audit_needs(tmp_path: Path) -> None:
    shown = [cell(place, "2024-06-30", count) for place, count in ((CITY, "40"), (BARKING, "c"), (BARNET, "c"))]
    made = releases(tmp_path / "made", ([*shown, cell(LONDON, "2024-06-30", "60")], ()))
    packages = {str(one.id): one.files for one in made}
    data = series_zip(
        packages, {"ledger.csv": (tmp_path / "made/ledger.csv").read_bytes()}, readme_of("A", "B.", "synthetic")
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "taken")
        assert "Every figure is invented" in archive.read("README.txt").decode()
    words, findings = audit_in_words(tmp_path / "nowhere", [str(tmp_path / "taken/releases"), str(made[0].id)])
    assert findings == ()
    assert re.search(r"result +proved", words)


def test_the_page_explains_every_line_of_the_audit() -> None:
    _, *lines = table(()).partition("\n\n")[0].splitlines()
    (rows,) = [t for t in re.findall(r"(?m)(?:^\|.*\n)+", PAGE.partition("### The proof")[2]) if "| Line |" in t]
    explained = [name for row in rows_of(rows) for name in re.split(r", figures (?=hidden)", row[0])]
    assert [line.strip() for line in lines] == ["figures printed", "figures hidden", *explained[2:]]
    assert explained[:2] == ["figures printed", "hidden"]
    assert "NOT PROVED" in PAGE


def test_the_tenth_column_of_the_counts_is_the_mark(everything: Inputs) -> None:
    assert "cut -d, -f10 observations.csv | grep -c -x c" in PAGE
    for one in everything.releases:
        lines = one.files["observations.csv"].decode().splitlines()
        assert lines[0].split(",")[9] == "withheld"
        assert '"' not in "".join(lines)
        assert sum(line.split(",")[9] == "c" for line in lines) == sum(c.withheld == "c" for c in one.cells)
