"""Findings whose paths and words try to be markup, commands, colours and addresses; and how many a rendering tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from site_builder.vocabulary.findings import Finding, Location, Severity

PACKAGE = "datapackages/returns/northwick/2024-25-Q2"
RETURN = f"{PACKAGE}/return.csv"
PACKAGES = (PACKAGE, "datapackages/returns/westholt/2024-25-Q2")
SITE = "https://site.example"
PATHS = [
    "%0A::error::x",
    "a|b",
    "a\\|b",
    "[red]x",
    "\x1b[31mx",
    "\u202egnp.x",
    "a]]>b",
    "\U0001f600",
    "a\nb",
    "a\r\n::error::b",
    "\udcff",
    "`@everyone`",
    "<script>alert(1)</script>",
    "[x](http://evil.example)",
    "http://evil.example/www.evil.example",
    "Straße/été.csv",
    " ",
    "",
]
WORDS = (
    "Undo <script>alert(1)</script> and ![x](http://evil.example) | `x` *bold* {0} @everyone www.evil.example &lt; "
    "\x1b[31m]]>\n::error::x % é"
)


def finding(
    file: str = RETURN, severity: Severity = Severity.ERROR, rule: str = "V601", row: int | None = 1
) -> Finding:
    """A plain finding in some file."""
    return Finding(rule, severity, Location(file, row), "A problem.", "Mend it.")


def hostile() -> tuple[Finding, ...]:
    """One finding for every hostile path, some in a folder that was checked; hostile words; each kind of place."""
    kinds = ((Severity.ERROR, "V601"), (Severity.QUERY, "K508"), (Severity.INFO, "F204"))
    odd = [finding(path, *kinds[number % 3], row=number + 1) for number, path in enumerate(PATHS)]
    inside = [finding(f"{PACKAGE}/{path}", *kinds[number % 3]) for number, path in enumerate(PATHS[:4])]
    return (
        *odd,
        *inside,
        Finding("V601", Severity.ERROR, Location(RETURN, 14, "numerator"), WORDS, WORDS),
        Finding("C409", Severity.ERROR, Location("form.xlsx", None, None, None, "Return!F9"), "A formula.", "Type it."),
        Finding("F207", Severity.ERROR, Location(RETURN, 3, None, 9), "Invisible.", "Delete it."),
        Finding("V999", Severity.QUERY, Location("audit: SG07, Eastmere"), "A code of no rule.", "Ask."),
    )


def _of_text(said: str) -> int:
    last = said[said.rindex("Checked ") if "Checked " in said else said.rindex("Found: ") :]
    return sum(int(number) for number in re.findall(r"(\d+) (?:error|open quer|remark)", last))


def _of_github(said: str) -> int:
    left = [
        int(number)
        for number in re.findall(r"::\+(\d+) more|::(\d+) remarks? that", said)
        for number in number
        if number
    ]
    return sum(left) + len(re.findall(r"^::\w+ file=", said, re.MULTILINE))


def _of_markdown(said: str) -> int:
    head = said.split("\n| Where")[0].split("\n### ")[0]
    return sum(int(number) for number in re.findall(r"(\d+) (?:error|open quer|remark)", head))


def _of_junit(said: str) -> int:
    root = ET.fromstring(said)
    return sum(len((node.text or "").splitlines()) for tag in ("failure", "system-out") for node in root.iter(tag))


def _of_sarif(said: str) -> int:
    (run,) = json.loads(said)["runs"]
    notes = run["invocations"][0].get("toolExecutionNotifications", [])
    return len(run["results"]) + sum(int(note["message"]["text"].split()[0]) for note in notes)


TOLD: dict[str, Callable[[str], int]] = {
    "text": _of_text,
    "github": _of_github,
    "markdown": _of_markdown,
    "json": lambda said: len(json.loads(said)["findings"]),
    "junit": _of_junit,
    "sarif": _of_sarif,
}
