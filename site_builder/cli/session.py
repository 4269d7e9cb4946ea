"""What every verb shares: which checkout, which format, where the output goes, and how a command ends."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import typer
from typer.core import TyperGroup

from site_builder.cli import exits, terminal
from site_builder.cli.plane import SETTINGS, site_settings
from site_builder.cli.reports import formats, renderer
from site_builder.cli.wording import Run
from site_builder.vocabulary.findings import Finding, in_order
from site_builder.vocabulary.refusals import Refusal

PLAIN = "text"  # the format for people; only it is printed among other words


class Report(NamedTuple):
    """A file that gets the findings in a format of its own, beside what is printed."""

    format: str
    file: Path


@dataclass(slots=True)
class Session:
    """The checkout a command works on, and how it answers. ``reports`` are added by the verbs that take them."""

    root: Path
    format: str
    output: Path | None
    reports: Sequence[Report] = ()

    def say(self, words: str) -> None:
        """Write the result: to the output file when one is named, else to standard output."""
        ended = words if words.endswith("\n") or not words else words + "\n"
        if self.output is None:
            terminal.show(ended)
        else:
            self.output.write_text(ended, encoding="utf-8")

    def finish(self, findings: Iterable[Finding], words: str = "", packages: Sequence[str] = ()) -> NoReturn:
        """Answer with words and findings, write the reports, and end with the exit code that the findings call for.
        ``packages``: the folders of returns that were checked."""
        found = tuple(findings)
        self._answer(found, words, packages)
        raise typer.Exit(exits.of_findings(found))

    def refuse(self, refusal: Refusal) -> NoReturn:
        """Answer with the findings of a refusal, and end with its exit code."""
        self._answer(refusal.findings, "", ())
        raise typer.Exit(exits.of_refusal(refusal))

    def _answer(self, findings: Iterable[Finding], words: str, packages: Sequence[str]) -> None:
        """Words and findings together in the plain format; in others the findings alone, so that a program can read
        them, and the words on standard error."""
        address = str(site_settings(self.root).get("base_url", "")).rstrip("/")
        found, run = in_order(findings), Run(tuple(packages), address)
        for report in self.reports:
            report.file.write_text(renderer(report.format)(found, run), encoding="utf-8", newline="\n")
        if self.format != PLAIN:
            self.say(renderer(self.format)(found, run))
            sys.stderr.write(f"{words}\n" if words else "")
        else:
            rendered = renderer(PLAIN)(found, run) if found or packages else ""
            self.say("\n\n".join(part for part in (words, rendered) if part))


class Verbs(TyperGroup):
    """The verbs. A refusal in any of them is answered in the format that was asked for, reports included."""

    def invoke(self, ctx: Any) -> Any:
        """Run a verb."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            session: Session = ctx.obj
            session.refuse(refusal)


def format_named(name: str) -> str:
    """A format by its name. Raises BadParameter, with the names there are, for any other."""
    if name not in formats():
        raise typer.BadParameter(f"the formats are {', '.join(formats())}.")
    return name


def report_to(words: str) -> Report:
    """A report from ``FORMAT:FILE``. Raises BadParameter for an unknown format or a folder that is not there, before
    any work is done."""
    form, colon, file = words.partition(":")
    if not colon or not file:
        raise typer.BadParameter("write it as FORMAT:FILE, such as markdown:summary.md.")
    return Report(format_named(form), file_to_write(file))


def file_to_write(words: str) -> Path:
    """The path of a file to write. Raises BadParameter for a folder, or for a folder that is not there."""
    path = Path(words)
    if path.is_dir() or not path.parent.is_dir():
        raise typer.BadParameter("the file must be in a folder that exists.")
    return path


def find_root(given: Path | None) -> Path:
    """The checkout: the folder given, else the nearest parent with ``content/site.toml``, else the present one."""
    if given is not None:
        return given
    here = Path.cwd()
    return next((folder for folder in [here, *here.parents] if (folder / SETTINGS).is_file()), here)


def run(command: Callable[[], None]) -> None:
    """Run a command; a bug becomes exit code 70 without a value shown."""
    try:
        command()
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


def explain_failure(error: Exception) -> str:
    """What a preview says when a half-saved file cannot be built: the findings, or the crash."""
    return renderer(PLAIN)(error.findings, Run()) if isinstance(error, Refusal) else crash_report(error)


def as_json(value: object) -> str:
    """A result for machines."""
    return json.dumps(value, indent=2, sort_keys=True)
