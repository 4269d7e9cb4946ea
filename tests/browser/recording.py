"""Keeps what axe found on each kind of page, to be written into the site on request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from site_builder.published.accessibility import FILE, BrowserRun, KindRun, design_of, written
from tests.browser.checks import Found
from tests.browser.kinds import KINDS

UNTESTED = (
    "screen readers",
    "Safari and Firefox",
    "speech control and screen magnifiers",
    "people with a disability at work on the site",
    "contrast of text in drawings (the colours themselves are tested)",
)


class Record:
    """Findings of one run. ``day``: the date typed by the person who records it, or None."""

    def __init__(self, day: date | None) -> None:
        self.day = day
        self.version = ""
        self._kinds: dict[str, KindRun] = {}
        self._settings: tuple[str, ...] = ()

    @property
    def wanted(self) -> bool:
        """Whether this run is to be recorded."""
        return self.day is not None

    def add(self, kind: str, page: str, found: Sequence[Found]) -> None:
        """What axe found on the page of a kind."""
        rules = sorted({rule for one in found for rule in one.undecided})
        most = {rule: max(one.undecided.get(rule, 0) for one in found) for rule in rules}
        violations = tuple(f"{one.setting} {words}" for one in found for words in one.violations)
        self._kinds[kind] = KindRun(kind, page, violations, most)
        self._settings = tuple(str(one.setting) for one in found)

    def write(self, root: Path, tools: dict[str, str], passed: int, failed: int) -> Path:
        """Write the record into a checkout. Raises ValueError when a kind of page was not tested."""
        if missing := sorted(set(KINDS) - set(self._kinds)):
            raise ValueError(f"nothing is recorded: these kinds were not tested: {', '.join(missing)}")
        assert self.day is not None
        kinds = tuple(self._kinds[kind] for kind in sorted(self._kinds))
        design = design_of(root / "templates")
        tested = BrowserRun(self.day, design, tools, self._settings, passed, failed, kinds, UNTESTED)
        path = root / FILE
        path.write_text(written(tested), encoding="utf-8")
        return path
