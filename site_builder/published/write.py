"""Put a site on disk: compare, stage what differs, rename it into place, remove strays. Never wipes a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.published.links import LinkCheck
from site_builder.published.settings import FILE
from site_builder.release.package import checksums_of, sha256
from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import rule

Site = Mapping[str, Callable[[], bytes]]  # every path of the site, and a function that gives its bytes
MANIFEST = "MANIFEST.sha256"


@dataclass(frozen=True, slots=True)
class WriteReport:
    """How many files were written, left alone and removed, and how many bytes the site has."""

    written: int
    unchanged: int
    removed: int
    size: int


@rule("A301", Severity.ERROR, "a link leads nowhere")
def link_leads_nowhere(page: str, target: str) -> Finding:
    """What it checks: every link inside the site leads to a file, and to an anchor that this file has.

    Why it matters: a reader who follows a dead link cannot check a figure, and an address once given must keep working.

    Example: a page links to sg99.html, and there is no such indicator.

    How to fix: mend the link in the content file or template, or add what it points at.
    """
    return Finding("A301", Severity.ERROR, Location(page), f"A link leads nowhere: {target}.", "Mend the link.")


@rule("A302", Severity.ERROR, "the output folder holds other files")
def folder_is_not_ours(folder: str) -> Finding:
    """What it checks: the folder that a build writes to is empty, or was written by a build before.

    Why it matters: a build removes what does not belong to the site. In another folder that would be your own files.

    Example: a build told to write into a folder of letters.

    How to fix: name an empty folder, or one that a build made. The builder never removes files of others.
    """
    problem = "The folder holds files that no build put there, and would be changed."
    return Finding(
        "A302", Severity.ERROR, Location(folder), problem, "Name an empty folder, or clear this one yourself."
    )


RULES = (link_leads_nowhere, folder_is_not_ours)


def write_site(site: Site, out: Path, check_links: bool = True, budget: int | None = None) -> WriteReport:
    """Make ``out`` hold exactly the site and its manifest. Nothing in it changes until every file has been made.

    ``budget``: the most bytes that the site may have. Raises ConfigurationError when it has more, when the folder holds
    something that no build of ours put there, or (A301) when a link of a page leads nowhere.
    """
    _refuse_foreign(out)
    staging = out.with_name(out.name + ".next")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        staged, digests, size = _stage(site, out, staging, LinkCheck(site) if check_links else None)
        _refuse_heavy(size, budget)
        for path, part in staged.items():
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
        removed = _remove_strays(out, {*digests, MANIFEST})
        manifest = checksums_of(digests)
        (staging / "manifest").write_bytes(manifest)
        (staging / "manifest").replace(out / MANIFEST)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return WriteReport(len(staged), len(digests) - len(staged), removed, size)


def _stage(
    site: Site, out: Path, staging: Path, links: LinkCheck | None
) -> tuple[dict[str, Path], dict[str, str], int]:
    staged: dict[str, Path] = {}
    digests: dict[str, str] = {}
    size = 0
    for path in sorted(site):
        data = site[path]()
        size += len(data)
        digests[path] = sha256(data)
        if links is not None:
            links.add(path, data)
        if not _same(out / _inside(path), data):
            part = staging / str(len(staged))
            part.write_bytes(data)
            staged[path] = part
    if links is not None and (broken := links.broken()):
        raise ConfigurationError(*(link_leads_nowhere(page, target) for page, target in broken))
    return staged, digests, size


def _refuse_heavy(size: int, budget: int | None) -> None:
    """A host takes a site only up to some size: better to know before it is there."""
    if budget is not None and size > budget:
        problem = f"The site would have {size / 1e6:.1f} MB, and size_budget_mb allows {budget / 1e6:.1f}."
        raise mistake(FILE, problem, "Raise it if the host takes as much; else archive the pages of old releases.")


def _same(target: Path, data: bytes) -> bool:
    return target.is_file() and target.stat().st_size == len(data) and target.read_bytes() == data


def _refuse_foreign(out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise ConfigurationError(folder_is_not_ours(out.name))


def _remove_strays(out: Path, wanted: set[str]) -> int:
    removed = 0
    for path in sorted(_files(out), reverse=True):
        if path.relative_to(out).as_posix() not in wanted:
            path.unlink()
            removed += 1
    for folder in sorted((p for p in out.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return removed


def _files(out: Path) -> Iterator[Path]:
    return (path for path in out.rglob("*") if path.is_file() or path.is_symlink())


def _inside(path: str) -> PurePosixPath:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise ValueError("a path of the site must stay inside it")
    return pure
