"""Findings as Markdown, for the summary of a pipeline or a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from site_builder.cli.explain import capital, every_rule, page, titled
from site_builder.cli.wording import (
    ELSEWHERE,
    Run,
    by_package,
    cleaned,
    counted,
    grouped,
    more,
    printable,
    remarks_in_words,
    shown,
    verdict,
    within,
)
from site_builder.vocabulary.findings import Finding, Severity, in_order

MOST_BYTES = 900 * 1024  # the platform drops a summary above 1,024 KiB
_SEVERITY = {Severity.ERROR: "Error", Severity.QUERY: "Query", Severity.INFO: "Remark"}
_HEAD = ("| Where | Which rule | What was found | How to put it right |", "|---|---|---|---|")
_CUT = "The rest does not fit here. Run the check on your own machine to read all of it."
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*\Z")


def render(findings: Iterable[Finding], run: Run = Run()) -> str:
    """A verdict, a table for each folder with a finding, and how to run the same check oneself."""
    ordered = in_order(findings)
    found = verdict(ordered)
    lines = [f"## {capital(found)}", ""]
    if run.packages:
        lines += [f"Checked {counted(len(run.packages), 'return', 'returns')}.", ""]
    if remarks := remarks_in_words(ordered, run):
        lines += [remarks, ""]
    folders = {name: some for name, some in by_package(shown(ordered, run), run.packages).items() if some}
    for name, some in folders.items():
        heading = _code(name) if name != ELSEWHERE else "Elsewhere" if run.packages else "Findings"
        lines += [f"### {heading}", "", *_HEAD, *_rows(some, name, run), ""]
    return "\n".join(_cut([*lines, *_own_machine(folders, run)])) + "\n"


def _rows(findings: Sequence[Finding], folder: str, run: Run) -> Iterator[str]:
    for finding, left_out in grouped(findings):
        where = [_code(finding.where.file.removeprefix(f"{folder}/")), *map(inert, within(finding.where))]
        rule = f"{_SEVERITY[finding.severity]} {_rule(finding.rule, run)}"
        yield f"| {', '.join(where)} | {rule} | {inert(finding.problem)} | {inert(finding.fix)} |"
        if left_out > 0:
            yield f"| {where[0]} | {_rule(finding.rule, run)} | {more(left_out)} | |"


def _rule(code: str, run: Run) -> str:
    """A rule with its title, and a link to its page where it has one and the address of the site is known."""
    words = inert(titled(code))
    return f"[{words}]({page(code, run.site)})" if run.site and code in every_rule() else words


def _own_machine(folders: Iterable[str], run: Run) -> list[str]:
    """The command that says the same, for the one folder with findings where its name is harmless."""
    names = list(folders)
    only = f" {names[0]}" if len(names) == 1 and names[0] in run.packages and _PLAIN_PATH.match(names[0]) else ""
    if not run.packages:
        return ["`site-builder explain CODE` says more about a rule."]
    return [
        "### Check on your own machine",
        "",
        f"`site-builder check{only}` says the same, and `site-builder explain CODE` says more about a rule.",
    ]


def _cut(lines: Sequence[str]) -> Sequence[str]:
    """All lines, or as many as fit, with a word that some are missing."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line.encode()) + 1
        if size > MOST_BYTES:
            return [*lines[:number], "", _CUT]
    return lines


def _code(path: str) -> str:
    """A path in a code span, where nothing is a link, a tag or somebody's name. What would end the span or the cell of
    the table is written as an escape."""
    return "`" + (printable(path).replace("`", "\\x60").replace("|", "\\x7c") or " ") + "`"


def inert(words: str) -> str:
    """Words in which nothing is markup: neither a tag, an emphasis or a link, nor an address that becomes one."""
    return "<br>".join(_MARKUP.sub(r"\\\g<0>", cleaned(line)) for line in words.splitlines()).replace("@", "`@`")
