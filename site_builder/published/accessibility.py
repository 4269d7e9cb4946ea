"""What the last recorded run of the browser tests found, in words for the page on accessibility.

The record is ``content/about/accessibility.json``. It holds a checksum of the templates and style sheets that were
tested, so that the page can say when they have changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.periods import day_in_words

FILE = "content/about/accessibility.json"
PLACEHOLDER = "accessibility record"
UNRECORDED = "No run of the browser tests has been recorded yet."
CHANGED = "**Not retested since the last change of design.**"


class KindRun(NamedTuple):
    """A kind of page and the page that stood for it. ``violations``: setting, rule and first place of each.
    ``undecided``: by rule, the largest number of places in one setting that could not be judged."""

    kind: str
    page: str
    violations: tuple[str, ...]
    undecided: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BrowserRun:
    """One run. ``design``: checksum of what was tested. ``tools``: names to versions. ``settings``: width and scheme.
    ``passed``, ``failed``: how many tests of the browser did."""

    day: date
    design: str
    tools: Mapping[str, str]
    settings: tuple[str, ...]
    passed: int
    failed: int
    kinds: tuple[KindRun, ...]
    untested: tuple[str, ...]


def design_of(templates: Path) -> str:
    """The checksum (SHA-256) of every template and style sheet of pages, by name and content."""
    total = hashlib.sha256()
    for folder in ("assets", "layouts", "pages", "parts"):
        for path in sorted((templates / folder).iterdir()):
            if path.suffix in (".html", ".css"):
                inside = hashlib.sha256(path.read_bytes()).hexdigest()
                total.update(f"{folder}/{path.name} {inside}\n".encode())
    return total.hexdigest()


def written(tested: BrowserRun) -> str:
    """The record as its file. The opposite of ``read_record``."""
    kinds = [kind._asdict() for kind in tested.kinds]
    return (
        json.dumps({**asdict(tested), "day": tested.day.isoformat(), "kinds": kinds}, indent=1, ensure_ascii=False)
        + "\n"
    )


def read_record(root: Path) -> BrowserRun | None:
    """The record of a checkout; None where there is none. Raises ConfigurationError (A101) when it cannot be used."""
    path = root / FILE
    if not path.is_file():
        return None
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        kinds = tuple(
            KindRun(k["kind"], k["page"], tuple(k["violations"]), dict(k["undecided"])) for k in table["kinds"]
        )
        return BrowserRun(
            date.fromisoformat(table["day"]), table["design"], dict(table["tools"]), tuple(table["settings"]),
            int(table["passed"]), int(table["failed"]), kinds, tuple(table["untested"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise mistake(FILE, "The record of the browser tests cannot be read.", "Record it again.") from error


def placeholders(tested: BrowserRun | None, design: str) -> Mapping[str, Markup]:
    """What stands for the record in prose, as Markdown. ``design``: the checksum of today's templates."""
    return {PLACEHOLDER: Markup("\n".join(_lines(tested, design)) if tested else UNRECORDED)}  # noqa: S704 - escaped below


def _lines(tested: BrowserRun, design: str) -> Iterator[str]:
    if tested.design != design:
        yield f"{CHANGED}\n"
    tools = ", ".join(f"{name} {version}" for name, version in tested.tools.items())
    settings = ", ".join(tested.settings)
    yield (
        f"Last recorded on {day_in_words(tested.day)}, with {escape(tools)}. One page of each of {len(tested.kinds)} kinds "
        f"was opened in {len(tested.settings)} settings ({escape(settings)}: width of the window, colour scheme), "
        f"with everything folded out. {tested.passed} tests passed and {tested.failed} failed.\n"
    )
    yield "| Kind of page | Page | Violations | Places that could not be judged |\n|---|---|---|---|"
    for kind in tested.kinds:
        undecided = ", ".join(f"{rule}: {number}" for rule, number in sorted(kind.undecided.items())) or "none"
        found = "; ".join(kind.violations) or "none"
        yield f"| {escape(kind.kind.replace('_', ' '))} | {escape(kind.page)} | {escape(found)} | {escape(undecided)} |"
    yield "\nNot part of the run: " + escape("; ".join(tested.untested)) + "."
