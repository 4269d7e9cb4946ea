"""``init-returns``: write a private returns repository, or give a standing one the standards of this checkout."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder import __version__
from site_builder.cli.git import run
from site_builder.confidential import instance
from site_builder.confidential.decisions import FOLDER
from site_builder.confidential.setting import KEY_FILE
from site_builder.published.build import templates_of
from site_builder.release.package import write_files
from site_builder.release.reference import load_areas
from site_builder.release.releases import RELEASES
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.place import load_place

EVERY = "all"
_VERB = "init-returns"
_KEY_LENGTH = 32


def start(root: Path, folder: Path, boroughs: str, remote: str | None) -> str:
    """Write a returns repository into an empty folder, and say what comes next. No remote is made or asked.

    Raises ConfigurationError when the folder holds anything or lies inside the checkout, a borough is not known, or the
    checkout is not one commit that can be pinned.
    """
    if folder.resolve().is_relative_to(root.resolve()):
        raise mistake(_VERB, "The folder lies inside this public checkout.", "Name a folder outside of it.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise mistake(_VERB, "The folder is not empty.", "Name a new one, or an empty one.")
    program, commit, tracked = _program(root)
    template = instance.template_of(program, tracked)
    files = instance.fresh(root, _committed(root)[1], template, _chosen(root, boroughs), remote, commit, __version__)
    write_files(folder, {**files, f"{FOLDER}/{KEY_FILE}": os.urandom(_KEY_LENGTH)})
    (folder / FOLDER / KEY_FILE).chmod(0o600)
    for name in instance.EXECUTABLE:
        (folder / name).chmod(0o755)
    return (
        f"{len(files)} files written to {folder}.\n"
        f"A secret key was drawn: {FOLDER}/{KEY_FILE}. Git leaves it out. Keep a copy in a safe place, and show it to "
        "nobody.\n"
        "Next: follow the part for maintainers of its README.md. Nothing was sent anywhere."
    )


def refresh(root: Path, folder: Path) -> str:
    """Give a standing returns repository the standards of this checkout, and pin its commit.

    Returns, releases, settings, submitters and workflows stay as they are. Raises ConfigurationError when the folder is
    no returns repository, or the checkout is not one commit that can be pinned.
    """
    pin = folder / instance.PIN
    if not pin.is_file():
        raise mistake(_VERB, "This is not a returns repository.", "Name the folder that holds builder.toml.")
    if load_place(folder) != load_place(root):
        raise mistake(_VERB, "This returns repository is of another place.", "Name its own checkout with --root.")
    commit = _program(root)[1]
    files = instance.standards(root, _committed(root)[1])
    files[instance.PIN] = instance.pinned_anew(pin.read_text(encoding="utf-8"), commit, __version__).encode()
    old = [path for part in instance.STANDARDS for path in sorted((folder / part).rglob("*")) if path.is_file()]
    gone = [path for path in old if path.relative_to(folder).as_posix() not in {*files, *instance.OWN}]
    write_files(folder, files)
    for path in gone:
        path.unlink()
    return f"{len(files)} files written, {len(gone)} removed. Look at them with git diff, then commit them."


def _program(root: Path) -> tuple[Path, str, tuple[str, ...]]:
    """The checkout that holds the program, which is ``root`` but for an instance without templates of its own; its commit
    and files."""
    program = templates_of(root).parent
    return (program, *_committed(program))


def _chosen(root: Path, boroughs: str) -> tuple[Area, ...]:
    known = {area.slug: area for area in load_areas(root).boroughs}
    names = list(known) if boroughs == EVERY else [name.strip() for name in boroughs.split(",")]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise mistake(
            _VERB,
            f"No authority has this name: {', '.join(unknown)}.",
            f"Write it as in addresses, such as {next(iter(known))}.",
        )
    return tuple(area for slug, area in known.items() if slug in names)


def _committed(root: Path) -> tuple[str, tuple[str, ...]]:
    """The commit that the checkout stands at, and its files that a returns repository may take, in order."""
    where = _git(root, "rev-parse", "--show-prefix", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    if where is None or changed is None or not where.startswith("\n"):
        raise mistake(_VERB, "The program cannot be pinned: this is not a git checkout.", "Run it in a clone.")
    if changed:
        raise mistake(_VERB, "The program cannot be pinned: files were changed.", "Commit or undo the changes first.")
    names = _git(root, "ls-files", "-z", "--", *instance.STANDARDS, RELEASES) or ""
    return where.strip(), tuple(sorted(name for name in names.split("\0") if name))


def _git(root: Path, *words: str) -> str | None:
    """What git answers; None when it cannot."""
    said = run(root, *words)
    return None if said is None else os.fsdecode(said)
