"""One spoilt return through the check: what must hold of any, and how it came out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.cli.exits import of_findings
from site_builder.confidential.checking import check_by
from site_builder.confidential.standards import Standards
from site_builder.vocabulary.findings import Finding, Severity
from site_builder.vocabulary.planes import Visibility
from tests.confidential.house import LONDON_CHILDREN, OWN, QUARTER
from tests.fuzz import oracle
from tests.fuzz.sent import Sent, good, lay

UNCHANGED, HARMLESS, VALID, SLIPPED = "unchanged", "harmless", "valid change", "SLIPPED THROUGH"
WORDS = ("Zyxomma", "Qwghlm")  # planted in cells; they stand in no message
_PLACE = f"returns/{OWN}/{QUARTER}"
_NUMBER = re.compile(r"[0-9]{5,}")


class Outcome(NamedTuple):
    """``how``: unchanged, harmless, a valid change, or the first code that stops it; ``faults``: what must never be;
    ``lines``: the lines of what was sent that are not those of the good return."""

    how: str
    faults: tuple[str, ...]
    seconds: float
    lines: str


class Desk:
    """The invented house with a good return, the quarter before and a neighbour, so that every stage has its say."""

    def __init__(self, standards: Standards, root: Path) -> None:
        self.standards, self.root = standards, root
        self.good = good(standards)
        self._said = oracle.read(self.good)
        self._returns = root / "returns"
        self._own = self._returns / OWN / QUARTER
        lay(self._returns / OWN / "2024-25-Q1", good(standards, OWN, "2024-25-Q1"))
        lay(self._returns / "eastmere" / QUARTER, good(standards, "eastmere"))

    def examine(self, sent: Sent) -> Outcome:
        """Send a return and see."""
        lay(self._own, sent)
        start = time.process_time()
        result = check_by(self.standards, self.root, [self._returns], Visibility.PUBLIC, packages=[self._own])
        seconds = time.process_time() - start
        code = of_findings(result.findings)
        how = self._how(sent, result.findings)
        faults = [*_misplaced(result.findings, sent), *echoes(result.findings, sent)]
        faults += [f"exit code {code}"] if code not in (0, 1, 3) else []
        faults += ["nothing was said of it"] if how == SLIPPED else []
        return Outcome(how, tuple(faults), seconds, _other_lines(self.good, sent))

    def _how(self, sent: Sent, findings: Iterable[Finding]) -> str:
        if sent == self.good:
            return UNCHANGED
        said = oracle.read(sent)
        stopping = sorted({finding.rule for finding in findings if finding.severity is not Severity.INFO})
        if said is not None and self._said is not None and oracle.harmless(self._said, said):
            return " ".join([HARMLESS, *(f"but {code}" for code in stopping[:1])])
        if stopping:
            return f"caught by {stopping[0]}"
        is_valid = said is not None and self._said is not None and oracle.valid_change(self._said, said)
        return VALID if is_valid else SLIPPED


def _other_lines(good: Mapping[str, bytes], sent: Sent) -> str:
    some = {name: data.split(b"\n") if isinstance(data, bytes) else [data] for name, data in sent.items()}
    return repr(
        [line for name, lines in some.items() for line in lines if line not in good.get(name, b"").split(b"\n")]
    )[:600]


def _misplaced(findings: Iterable[Finding], sent: Sent) -> Iterable[str]:
    """Findings whose place does not exist."""
    for finding in findings:
        file = finding.where.file.removeprefix(_PLACE).removeprefix("/")
        data = sent.get(file)
        if file and data is None and finding.rule != "F212":  # a missing file
            yield f"{finding.rule} is about a file that is not there"
        row = finding.where.row
        if row is not None and not (isinstance(data, bytes) and 1 <= row <= _lines(data)):
            yield f"{finding.rule} names row {row}, which is not there"


def _lines(data: bytes) -> int:
    return len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))


def echoes(findings: Iterable[Finding], sent: Sent) -> Iterable[str]:
    """Findings that repeat a number of five digits or more, or a planted word, of what was sent."""
    data = "\n".join(one.decode("latin-1") for one in sent.values() if isinstance(one, bytes))
    numbers = set(_NUMBER.findall(data))
    for finding in findings:
        words = f"{finding.problem} {finding.fix} {finding.where.field} {finding.where.cell}"
        bare = re.sub(r"E[0-9]{8}", "", words.replace(f"{LONDON_CHILDREN:,}", "")).replace(",", "")
        if numbers.intersection(_NUMBER.findall(bare)) or any(word in words for word in WORDS):
            yield f"{finding.rule} repeats what was sent"
