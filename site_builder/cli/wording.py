"""What several formats share: places and counts in words, what is shown of many findings, text that nothing obeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from site_builder.vocabulary.findings import Finding, Location, Severity

MOST_ALIKE = 20  # shown of one rule in one file
MOST_REMARKS = 20  # shown when several returns were checked: nobody need act on one, and hundreds bury what matters
ELSEWHERE = ""  # findings that are in no folder of returns
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.QUERY: ("open query", "open queries"),
    Severity.INFO: ("remark", "remarks"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """What a command looked at, beside what it found. ``packages``: the folders of returns that it checked, clean ones
    included; empty when it checked none. ``site``: the address of the site, which has a page for every rule, without a
    slash at its end; empty when it is not known."""

    packages: tuple[str, ...] = ()
    site: str = ""


def place(where: Location) -> str:
    """A location in words: file, then what ``within`` says."""
    return ", ".join([printable(where.file), *within(where)])


def within(where: Location) -> list[str]:
    """A location inside its file: the cell of a workbook, the row, the column or the character."""
    parts = []
    if where.cell is not None:
        parts.append(f"cell {printable(where.cell)}")
    if where.row is not None:
        parts.append(f"row {where.row}")
    if where.field is not None:
        parts.append(f"column {printable(where.field)}")
    elif where.column is not None:
        parts.append(f"character {where.column}")
    return parts


def printable(text: str) -> str:
    """Text with everything outside printable ASCII written as an escape, so that no terminal obeys it."""
    return "".join(c if " " <= c <= "~" and c != "\\" else _escaped(c) for c in text)


def cleaned(words: str) -> str:
    """Our own words on one line; anything a terminal could obey is written as an escape, letters are kept."""
    return "".join(c if c.isprintable() else _escaped(c) for c in words)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


def how_many(findings: Iterable[Finding], severity: Severity) -> str:
    """How many findings there are of a severity, with the noun: "3 open queries"."""
    return counted(sum(finding.severity is severity for finding in findings), *_NOUNS[severity])


def verdict(findings: Iterable[Finding]) -> str:
    """What stands in the way: "1 error and 2 open queries", or that nothing does."""
    some = tuple(findings)
    blocking = [s for s in (Severity.ERROR, Severity.QUERY) if any(finding.severity is s for finding in some)]
    return " and ".join(how_many(some, s) for s in blocking) or "no error and no open query"


def remarks_in_words(findings: Sequence[Finding], run: Run) -> str:
    """A sentence on the remarks, and how to read them when they are kept back; empty when there is none."""
    number = sum(finding.severity is Severity.INFO for finding in findings)
    if not number:
        return ""
    words = f"{how_many(findings, Severity.INFO)} {'needs' if number == 1 else 'need'} nothing from you"
    kept_back = len(shown(findings, run)) < len(findings)
    return f"{words}; they are shown when one return is checked alone." if kept_back else f"{words}."


def shown(findings: Sequence[Finding], run: Run) -> tuple[Finding, ...]:
    """The findings that people are shown: all, or no remark when there are many and several returns were checked."""
    rest = tuple(finding for finding in findings if finding.severity is not Severity.INFO)
    many = len(run.packages) > 1 and len(findings) - len(rest) > MOST_REMARKS
    return rest if many else tuple(findings)


def grouped(findings: Iterable[Finding], most: int = MOST_ALIKE) -> Iterator[tuple[Finding, int]]:
    """Findings in their order, at most ``most`` of one rule and file; with the last one the number left out."""
    ordered = tuple(findings)
    totals = Counter((f.where.file, f.rule) for f in ordered)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in ordered:
        key = (finding.where.file, finding.rule)
        seen[key] += 1
        if seen[key] <= most:
            yield finding, totals[key] - most if seen[key] == most else 0


def more(left_out: int) -> str:
    """How many findings like the one above are not shown."""
    return f"and {left_out} more like {'this' if left_out == 1 else 'these'}"


def spread(findings: Iterable[Finding]) -> list[Finding]:
    """The first finding of every rule and file, then the others: what a cap leaves is then of every kind."""
    seen: set[tuple[str, str]] = set()
    first: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        key = (finding.where.file, finding.rule)
        (rest if key in seen else first).append(finding)
        seen.add(key)
    return first + rest


def by_package(findings: Iterable[Finding], packages: Iterable[str]) -> dict[str, list[Finding]]:
    """The findings of each folder that was checked, clean ones included; last, under ``ELSEWHERE``, all others."""
    found: dict[str, list[Finding]] = {package: [] for package in (*sorted(set(packages)), ELSEWHERE)}
    for finding in findings:
        file = finding.where.file
        inside = [file, *(file[:at] for at, c in enumerate(file) if c == "/")]
        found[next((part for part in inside if part in found), ELSEWHERE)].append(finding)
    return found


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
