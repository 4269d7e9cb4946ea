"""Stage S: what a return may touch. Works on lists of changed paths, so that any source of them will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from site_builder.confidential.rules.flaws import Flaw, listed
from site_builder.confidential.standards import DESCRIPTOR, OPTIONAL_FILES, REQUIRED_FILES
from site_builder.vocabulary.findings import Severity
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import Period, day_in_words
from site_builder.vocabulary.rules import rule

LARGEST = 1_000_000  # bytes; a return is about five thousand
RETURNS = "datapackages/returns"
_DEPTH = 4  # the parts of a folder such as datapackages/returns/barnet/2024-25-Q1
_ATTACHMENT = re.compile(
    r"(~\$.*|\.ds_store|thumbs\.db|desktop\.ini"
    r"|.*\.(xls[xmb]?|ods|numbers|docx?|pptx?|pdf|zip|7z|rar|gz|png|jpe?g|gif|heic|tiff?|msg|eml))\Z",
    re.IGNORECASE,
)


_ALL_FILES = (*REQUIRED_FILES, *OPTIONAL_FILES)


@dataclass(frozen=True, slots=True)
class Change:
    """One changed path. ``status`` is A added, M modified, D deleted or T type; ``mode`` is git's after the change."""

    path: str
    status: str
    mode: str = "100644"
    size: int = 0

    @property
    def folder(self) -> tuple[str, str] | None:
        """Submitter and period when the path lies in a return, else None. Capitals make no other folder: on most
        officers' disks they do not."""
        parts = PurePosixPath(self.path).parts
        above = tuple(part.casefold() for part in parts[:2])
        inside = above == tuple(RETURNS.split("/")) and len(parts) >= _DEPTH
        return (parts[2], parts[3]) if inside else None


@dataclass(frozen=True, slots=True)
class Scope:
    """A change set and what it is judged by. ``own`` is the slug that the author may submit for, None for developers.

    ``names`` maps every submitter's slug to its name; ``windows`` a period's id to its first and last day for
    returns; ``released`` a period's id to the release that holds it; ``late`` and ``corrections`` name folders
    ``(slug, period)`` that may still change; ``unfounded`` those that correct a period which no release holds.
    """

    changes: tuple[Change, ...]
    own: str | None
    names: Mapping[str, str]
    on: date
    windows: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    released: Mapping[str, str] = field(default_factory=dict)
    late: frozenset[tuple[str, str]] = frozenset()
    corrections: frozenset[tuple[str, str]] = frozenset()
    unfounded: frozenset[tuple[str, str]] = frozenset()

    @property
    def folders(self) -> tuple[tuple[str, str], ...]:
        """The folders of returns in which something is touched, in order."""
        inside = {change.folder for change in self.changes if len(PurePosixPath(change.path).parts) > _DEPTH}
        return tuple(sorted(folder for folder in inside if folder))


@rule("S101", Severity.ERROR, "Another submitter's folder is changed")
def other_folder(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether every changed return belongs to the submitter whose account sent the change.
    Why it matters: A figure is trusted because the authority itself has sent it.
    Example: An account that submits for Barnet changes a file in the folder of Camden.
    How to fix: Undo the change to the other folder. If you have moved to another authority, ask the maintainers to
    move your account.
    """
    for change in _of_submitter(scope):
        if change.folder and change.folder[0] != scope.own:
            other = scope.names.get(change.folder[0], "another submitter")
            own = scope.names.get(scope.own or "", "another authority")
            yield Flaw(
                f"This file is in the folder of {other}, but you send returns for {own}.",
                "Undo this change, or ask the maintainers to give you the other folder.",
                file=change.path,
            )


@rule("S102", Severity.ERROR, "A return changes something besides the return")
def beyond_returns(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether a pull request with a return touches nothing but that return. People who send no
    returns may change anything else, but no return.
    Why it matters: A return must not be able to change the rules that judge it.
    Example: A pull request with figures also edits a file of the catalogue.
    How to fix: Take the other files out of this pull request and send them in one of their own.
    """
    for change in scope.changes:
        if scope.own is not None and change.folder is None:
            yield Flaw(
                "A return may change only its own folder; this file lies outside it.",
                "Move this change to its own pull request.",
                file=change.path,
            )
        elif scope.own is None and change.folder is not None:
            yield Flaw(
                "This file belongs to a return, and your account does not send returns.",
                "Leave it out, or ask the maintainers to add your account to the submitters.",
                file=change.path,
            )


@rule("S103", Severity.ERROR, "Two returns in one pull request")
def two_returns(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether only one folder, of one submitter and one period, is changed.
    Why it matters: Each return is read, explained and accepted on its own.
    Example: The folders of two quarters are changed together.
    How to fix: Keep the first period in this pull request and open another one for the second.
    """
    own = [folder for folder in scope.folders if folder[0] == scope.own]
    if scope.own is not None and len(own) > 1:
        periods = [_known_period(period) for _, period in own]
        yield Flaw(
            f"This holds more than one return: {listed(sorted(set(periods)), 'and')}.",
            "Send one period at a time, each in its own pull request.",
            file=f"{RETURNS}/{own[1][0]}/{own[1][1]}",
        )


@rule("S104", Severity.ERROR, "The period is closed")
def closed_period(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether returns for the period are still taken: the last day has not passed, and no release
    holds the period. A correction, and a late return that was agreed, are let through.
    Why it matters: A published figure changes only in the open, with a reason, as a numbered correction.
    Example: The return of a quarter is edited after its release.
    How to fix: Follow the steps for corrections: put the release, the reason and the indicators in the correction
    block of datapackage.json. For a late return ask the maintainers for a later date.
    """
    for folder in scope.folders:
        _, last = scope.windows.get(folder[1], (scope.on, scope.on))
        release = scope.released.get(folder[1])
        if folder in scope.late or folder in scope.corrections or (release is None and scope.on <= last):
            continue
        already = f" and is in release {release}" if release else ""
        yield Flaw(
            f"The period {_known_period(folder[1])} is closed{already}.",
            "Use the steps for corrections, or ask the maintainers for a later date.",
            file=f"{RETURNS}/{folder[0]}/{folder[1]}",
        )


@rule("S105", Severity.ERROR, "A workbook or other attachment")
def attachment(name: str) -> Iterator[Flaw]:
    """What it checks: Whether a file is a workbook, a document, an archive, a picture or the litter of a program.
    Why it matters: Workbooks carry hidden sheets, comments and pivot caches, often with a row for each {person}.
    Example: The workbook from which the figures were taken lies beside return.csv.
    How to fix: Delete the file and send only the three files of a return. If it has been pushed already, tell the
    maintainers now: deleting it later does not remove it from the history.
    """
    if _ATTACHMENT.match(PurePosixPath(name).name):
        yield Flaw(
            f"Workbooks, documents and other attachments may not be sent: they can hold hidden rows about {HERE.people}.",
            "Delete this file and keep only the files of the return; tell the maintainers if it has been pushed.",
            file=name,
        )


@rule("S106", Severity.ERROR, "Not a file of a return")
def not_a_return_file(name: str, *, regular: bool) -> Iterator[Flaw]:
    """What it checks: Whether a file is an ordinary one, not a link or a program, and has one of the names that a
    return may hold, spelt exactly so.
    Why it matters: A link can point at any file of the machine that reads it; a misspelt name would be passed over.
    Example: The file is called Return.csv, with a capital.
    How to fix: Rename or delete the file. In a web browser: open the file, choose the pencil, and type the name.
    """
    if PurePosixPath(name).name not in _ALL_FILES or not regular:
        yield Flaw(
            "This name or kind of file is not part of a return.",
            f"Keep only these files, exactly so spelt: {listed(_ALL_FILES, 'and')}.",
            file=name,
        )


@rule("S107", Severity.ERROR, "The file is far too large")
def too_large(name: str, size: int) -> Iterator[Flaw]:
    """What it checks: Whether a file is larger than 1 MB.
    Why it matters: A return is a few kilobytes. A file two hundred times larger is likely to be about single {people}.
    Example: An extract from the case system was saved as return.csv.
    How to fix: Put the summed figures into a fresh return. If you have pushed the file, tell the maintainers now.
    """
    if size > LARGEST:
        yield Flaw(
            f"This file is over 1 MB; a return is about 5 KB. Is it about single {HERE.people}?",
            "Do not push it. If you have, tell the maintainers now.",
            file=name,
        )


@rule("S108", Severity.ERROR, "The description was changed")
def description_changed(pointer: str | None, command: str) -> Iterator[Flaw]:
    """What it checks: Whether datapackage.json is what the collection prescribes, apart from the few parts that
    may vary: classification, roles and a correction. Also, whether a workbook is the form of the present collection.
    Why it matters: The description says how the columns are read. A return must not say so for itself.
    Example: The type of a column was changed from whole number to text.
    How to fix: Ask the maintainers to write the description anew, or for the new form of a workbook; your figures stay
    as they are.
    With the program: `site-builder new {AREA} PERIOD --repair` does the same for the description. For a workbook run
    `site-builder template`, and copy the figures into the new form with Paste Special, Values.
    """
    if pointer is not None:
        yield Flaw(
            f"The description of a return is set by the collection, and this one differs at {pointer or '/'}.",
            f"Restore it: `{command} --repair`.",
            file=DESCRIPTOR,
        )


@rule("S109", Severity.ERROR, "The window is not open yet")
def not_open(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether the calendar has a round for the period, and its first day has come. Also, whether
    what a return says it corrects has been released.
    Why it matters: A period that has not ended cannot be counted yet, and what nobody has seen needs no correction.
    Example: The return of the last quarter is sent in February.
    How to fix: Keep the file and send it once the window is open; the calendar shows the day. Before the release put
    figures right without a correction block.
    """
    for submitter, period in scope.folders:
        if period not in scope.windows and _is_period(period):
            yield Flaw(
                f"The calendar has no round for {period}.",
                "Ask the maintainers to open one, and send it then.",
                file=f"{RETURNS}/{submitter}/{period}",
            )
        first, _ = scope.windows.get(period, (scope.on, scope.on))
        if scope.on < first:
            yield Flaw(
                f"Returns for {_known_period(period)} are taken from {day_in_words(first)}.",
                "Send it then.",
                file=f"{RETURNS}/{submitter}/{period}",
            )
        if (submitter, period) in scope.unfounded:
            yield Flaw(
                f"This corrects a release, but no release holds {_known_period(period)} yet.",
                "Take the correction block out of datapackage.json, and put the figures right as they are.",
                file=f"{RETURNS}/{submitter}/{period}/{DESCRIPTOR}",
            )


@rule("S110", Severity.ERROR, "An earlier return is deleted or renamed")
def deleted(scope: Scope) -> Iterator[Flaw]:
    """What it checks: Whether a file of a return disappears.
    Why it matters: What was sent must stay on record, so that a figure can be traced.
    Example: The folder of an old quarter is renamed to serve for the new one.
    How to fix: Bring the file back from the history. To withdraw a figure, use the steps for corrections.
    """
    for change in scope.changes:
        if change.status == "D" and change.folder is not None:
            yield Flaw(
                "A return is never deleted or renamed.",
                "Restore this file; to withdraw a figure use the steps for corrections.",
                file=change.path,
            )


def _of_submitter(scope: Scope) -> tuple[Change, ...]:
    return scope.changes if scope.own is not None else ()


def _known_period(text: str) -> str:
    """A period's id when it is one, else words: a folder's name is never repeated as it is."""
    return text if _is_period(text) else "of an unknown name"


def _is_period(text: str) -> bool:
    try:
        return Period.parse(text).id == text
    except ValueError:
        return False


SCOPE_RULES = (other_folder, beyond_returns, two_returns, closed_period, not_open, deleted)
FILE_RULES = (attachment, not_a_return_file, too_large)
RULES = (*SCOPE_RULES, *FILE_RULES, description_changed)
