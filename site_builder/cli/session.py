"""What every verb shares: which checkout, which format, where the output goes, and how a command ends."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer

from site_builder.cli import exits
from site_builder.cli.reports import github, text
from site_builder.vocabulary.findings import Finding, Severity, blocks
from site_builder.vocabulary.refusals import Refusal

MARK_OF_A_CHECKOUT = Path("content/site.toml")


class Format(StrEnum):
    """How findings are written on standard output."""

    TEXT = "text"
    GITHUB = "github"


RENDERERS: dict[Format, Callable[[Iterable[Finding]], str]] = {Format.TEXT: text.render, Format.GITHUB: github.render}


@dataclass(frozen=True, slots=True)
class Session:
    """The checkout a command works on, and how it answers."""

    root: Path
    format: Format
    output: Path | None

    def say(self, words: str) -> None:
        """Write the result: to the output file when one is named, else to standard output."""
        if self.output is None:
            sys.stdout.write(words if words.endswith("\n") else words + "\n")
        else:
            self.output.write_text(words if words.endswith("\n") else words + "\n", encoding="utf-8")

    def finish(self, findings: Iterable[Finding], thanks: str = "") -> NoReturn:
        """Say the findings, or the thanks when nothing blocks, and end with the exit code they call for."""
        found = tuple(findings)
        if found:
            self.say(RENDERERS[self.format](found))
        if thanks and not blocks(found):
            self.say(thanks)
        raise typer.Exit(exits.of_findings(found))


def find_root(given: Path | None) -> Path:
    """The checkout: the folder given, else the nearest parent with ``content/site.toml``, else the present one."""
    if given is not None:
        return given
    here = Path.cwd()
    return next((folder for folder in [here, *here.parents] if (folder / MARK_OF_A_CHECKOUT).is_file()), here)


def run(command: Callable[[], None], session: Session | None = None) -> None:
    """Run a command; a refusal is said and becomes its exit code, a bug becomes 70 without a value shown."""
    try:
        command()
    except Refusal as refusal:
        form = session.format if session else Format.TEXT
        sys.stdout.write(RENDERERS[form](refusal.findings))
        sys.exit(exits.of_refusal(refusal))
    except Exception as error:  # noqa: BLE001  (the last resort: Python's own message could echo a cell)
        sys.stderr.write(crash_report(error))
        sys.exit(exits.Exit.BUG)


def crash_report(error: BaseException) -> str:
    """Type, module and line of a crash: no message and no locals, since both may hold a count."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "".join(f"  {Path(frame.filename).name}, line {frame.lineno}, in {frame.name}\n" for frame in frames[-6:])
    return (
        f"site-builder stopped because of a mistake of its own: {type(error).__name__}.\n{where}"
        "Please report these lines to the maintainers. They hold no figure.\n"
    )


def told(findings: Iterable[Finding], checked: int, *, all_of_them: bool) -> tuple[tuple[Finding, ...], str]:
    """The findings to say, and the closing sentence. A check of everything keeps remarks back: nobody need act on them,
    and hundreds would bury what matters."""
    found = tuple(findings)
    said = tuple(f for f in found if f.severity is not Severity.INFO) if all_of_them else found
    kept = len(found) - len(said)
    remarks = f" {kept} {'remark' if kept == 1 else 'remarks'} kept back: name a folder to read them." if kept else ""
    noun = "return" if checked == 1 else "returns"
    return said, f"Checked {checked} {noun}: no error and no open query.{remarks}"


def explain_failure(error: Exception) -> str:
    """What a preview says when a half-saved file cannot be built: the findings, or the crash."""
    return RENDERERS[Format.TEXT](error.findings) if isinstance(error, Refusal) else crash_report(error)


def as_json(value: object) -> str:
    """A result for machines."""
    return json.dumps(value, indent=2, sort_keys=True)
