"""What git says of a repository: its remotes, what changed since a commit, and the bytes of a file in a commit.

Git is run with fixed words, and without the variables that would point it at another repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from site_builder.vocabulary.frontmatter import mistake

SUBMODULE = "160000"
_NOTHING = frozenset("0")  # an object's name that stands for none is all noughts
_RAW = ("-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none")
_WAY_OUT = "Give the name of a commit that is in this copy, such as origin/main; fetch it first."


class Touched(NamedTuple):
    """A path that differs. ``status``: A, M, D or T; ``mode`` and ``oid``: what kind of file it is now, and its object."""

    path: str
    status: str
    mode: str
    oid: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A working copy; ``top`` is its outermost folder."""

    top: Path

    @staticmethod
    def of(folder: Path) -> Repository:
        """The repository that holds a folder. Raises ConfigurationError when none does."""
        said = run(folder, "rev-parse", "--show-toplevel") if folder.is_dir() else None
        if said is None:
            raise mistake(
                "check",
                "The folder of returns is in no git repository.",
                "Name a folder that is in one with --returns.",
            )
        return Repository(Path(os.fsdecode(said.removesuffix(b"\n"))))

    def commit(self, name: str) -> str:
        """The full name of a commit. Raises ConfigurationError when there is none of this name."""
        plain = name and not name.startswith("-") and "\0" not in name
        said = run(self.top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") if plain else None
        if said is None:
            raise mistake("check", "No commit has the name that was given.", _WAY_OUT)
        return said.decode().strip()

    def parting(self, since: str) -> str:
        """The commit at which this copy parted from another one. Raises ConfigurationError when they share none."""
        said = run(self.top, "merge-base", self.commit(since), self.commit("HEAD"))
        if said is None:
            raise mistake("check", "The two commits have no history in common here.", "Fetch the whole history first.")
        return said.decode().strip()

    def changes(self, first: str) -> tuple[Touched, ...]:
        """Every path that differs between a commit and the present one."""
        return parse_raw(self._must("diff-tree", *_RAW, first, self.commit("HEAD"), "--"))

    def sizes(self, oids: Iterable[str]) -> Mapping[str, int]:
        """The size in bytes of each object that is here."""
        wanted = "".join(f"{oid}\n" for oid in sorted(set(oids)))
        said = self._must("cat-file", "--batch-check=%(objectname) %(objectsize)", given=wanted.encode())
        rows = [line.split(" ") for line in said.decode().splitlines()]
        return {name: int(size) for name, size in rows if size != "missing"}

    def file(self, commit: str, path: str) -> bytes | None:
        """A file as it is in a commit; None when it is not there."""
        return run(self.top, "cat-file", "blob", f"{commit}:{path}")

    def blob(self, oid: str) -> bytes | None:
        """The bytes of a file by the name of its object; None when it is not here."""
        return run(self.top, "cat-file", "blob", oid)

    def remotes(self) -> tuple[str, ...]:
        """The addresses of every remote, for fetching and for pushing."""
        lines = os.fsdecode(self._must("remote", "-v")).splitlines()
        return tuple(line.partition("\t")[2].rpartition(" (")[0] for line in lines)

    def leaving(self, commit: str, known: str) -> tuple[str, ...]:
        """The commits that a push of ``commit`` sends to a remote which has ``known`` already, the oldest first."""
        there = [] if is_nothing(known) or run(self.top, "cat-file", "-e", known) is None else [f"^{known}"]
        return tuple(self._must("rev-list", "--reverse", commit, *there, "--").decode().split())

    def touched(self, commit: str) -> tuple[Touched, ...]:
        """Every path that a commit changed beside any of its parents; in the first one, every path."""
        return parse_raw(self._must("diff-tree", "-m", "--root", "--no-commit-id", *_RAW, commit, "--"))

    def _must(self, *words: str, given: bytes = b"") -> bytes:
        said = run(self.top, *words, given=given)
        if said is None:
            raise mistake("check", "Git cannot read this repository.", "Run git fsck, or clone it anew.")
        return said


def parse_raw(listed: bytes) -> tuple[Touched, ...]:
    """Changes from ``--raw -z``: ``:mode mode object object status``, NUL, path, NUL.

    A path may hold anything but NUL; bytes that are no text are written as escapes. A copy or a renaming has two paths:
    the second counts as new, and the first of a renaming as deleted. Raises ValueError for a list of another form.
    """
    found: list[Touched] = []
    fields = iter(listed.removesuffix(b"\0").split(b"\0") if listed else [])
    for head in fields:
        _, mode, _, oid, status = head.decode("ascii").removeprefix(":").split(" ")
        path = _text(fields)
        if status[0] == "R":
            found.append(Touched(path, "D", "000000", oid))
        if status[0] in "RC":
            path, status = _text(fields), "A"
        found.append(Touched(path, status[0], mode, oid))
    return tuple(found)


def is_nothing(oid: str) -> bool:
    """Whether the name of an object stands for none."""
    return set(oid) == _NOTHING


def run(folder: Path, *words: str, given: bytes = b"") -> bytes | None:
    """What git answers in a folder; None when it is not installed or cannot do it."""
    git = shutil.which("git")
    if git is None:
        return None
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked = [git, "--no-replace-objects", "-C", str(folder), *words]  # what would be sent, not what stands in for it
    answer = subprocess.run(asked, input=given, env=environ, capture_output=True, check=False)  # noqa: S603
    return None if answer.returncode else answer.stdout


def _text(fields: Iterator[bytes]) -> str:
    path = next(fields, None)
    if path is None:
        raise ValueError("a change without a path")
    return path.decode("utf-8", "backslashreplace")
