"""The files of a private returns repository: a fresh one, and the standards of a standing one taken anew.

Nothing here is secret: the files are those of the public checkout, and of the template beside its pages. A returns
repository carries all that a check, a release and a preview read, so that they work without a network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from site_builder.confidential.newfolder import RETURNS
from site_builder.release.releases import RELEASES, sealed_packages
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.frontmatter import mistake
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.planes import Classification

TEMPLATE = "templates/returns-repository"
SETTINGS = "content/site.toml"
PIN = "builder.toml"
SUBMITTERS = "datapackages/reference/submitters.toml"
STANDARDS = ("GLOSSARY.md", "content", "datapackages/national", "datapackages/reference", "templates")
OWN = (SETTINGS, SUBMITTERS)  # among the standards, yet each returns repository has its own
EXECUTABLE = (".githooks/pre-push", ".githooks/try")
# Templates with places to fill; all others are copied as they are.
_FILLED = (PIN, ".github/CODEOWNERS", ".github/pull_request_template.md", "README.md", "RUNBOOK.md")
_AREA = f"{RETURNS}/borough/README.md"
_ACCOUNTS = "[boroughs."  # how the file begins the accounts of each area, whatever an area is called
_ORGANISATION = re.sub(r"[^a-z]+", "-", HERE.title.lower())
_WORDS = {
    "place": HERE.name, "area": HERE.area, "areas": HERE.areas, "people": HERE.people, "person": HERE.person,
    "a_person": HERE.a_person, "subject": HERE.subject, "organisation": _ORGANISATION,
}  # fmt: skip


def fresh(
    root: Path,
    tracked: Iterable[str],
    template: Mapping[str, bytes],
    boroughs: Sequence[Area],
    remote: str | None,
    commit: str,
    version: str,
) -> dict[str, bytes]:
    """The files of a new returns repository by path.

    ``tracked``: the files of the checkout at ``root`` that git knows; ``template``: the files of the program that every
    such repository begins with; ``commit``: of the program, which is pinned together with its ``version``. Raises
    ConfigurationError when the address of the remote holds a password, or the checkout holds releases of invented and of
    real returns together.
    """
    names = tuple(tracked)
    parts = {
        **_WORDS,
        "example": boroughs[0].slug,
        "commit": commit,
        "version": version,
        "folders": "\n".join(f"/{RETURNS}/{area.slug}/ @{_ORGANISATION}/{area.slug}" for area in boroughs),
    }
    files = standards(root, names)
    for path, data in template.items():
        files[path] = _filled(data, parts) if path in _FILLED else data
    card = files.pop(_AREA)
    for area in boroughs:
        files[f"{RETURNS}/{area.slug}/README.md"] = _filled(card, {**parts, "name": area.name, "slug": area.slug})
    files[SETTINGS] = private_settings((root / SETTINGS).read_text(encoding="utf-8"), remote).encode()
    files[SUBMITTERS] = submitters((root / SUBMITTERS).read_text(encoding="utf-8"), boroughs).encode()
    return {**files, **earlier_releases(root, names)}


def template_of(program: Path, tracked: Iterable[str]) -> dict[str, bytes]:
    """What every returns repository begins with, by path in it. ``tracked``: the files of the program that git knows."""
    return {name.removeprefix(f"{TEMPLATE}/"): (program / name).read_bytes() for name in _below(tracked, TEMPLATE)}


def standards(root: Path, tracked: Iterable[str]) -> dict[str, bytes]:
    """What judges returns and what a preview is built from, by path: the files of the checkout as they are."""
    names = [name for part in STANDARDS for name in _below(tracked, part)]
    kept_out = {*OWN, *_below(names, TEMPLATE)}
    return {name: (root / name).read_bytes() for name in names if name not in kept_out}


def pinned_anew(pin: str, commit: str, version: str) -> str:
    """``builder.toml`` with another commit and version. Raises ConfigurationError when it names none."""
    return _with_lines(PIN, pin, {"commit": json.dumps(commit), "version": json.dumps(version)})


def private_settings(settings: str, remote: str | None) -> str:
    """``content/site.toml`` of a returns repository: the public one, but private, and with its only remote.

    Raises ConfigurationError when the address of the remote holds a password, or a line is missing.
    """
    if remote is not None and ("@" in urlsplit(remote).netloc.removeprefix("git@") or not remote.isprintable()):
        raise mistake(SETTINGS, "The address of the remote holds an account.", "Give the address without it.")
    remotes = json.dumps([remote] if remote else [], ensure_ascii=False)
    return _with_lines(SETTINGS, settings, {"visibility": '"private"', "private_remotes": remotes})


def submitters(public: str, boroughs: Iterable[Area]) -> str:
    """``submitters.toml`` of a returns repository: the suppliers of the public one, the boroughs that are meant, and a
    place for the accounts of each, which is empty."""
    suppliers = re.sub(r"^accounts = .*$", "accounts = []", public.partition(_ACCOUNTS)[0], flags=re.MULTILINE)
    return suppliers + "\n".join(f"{_ACCOUNTS}{area.slug}]\naccounts = []\n" for area in boroughs)


def earlier_releases(root: Path, tracked: Iterable[str]) -> dict[str, bytes]:
    """The files of releases of real returns, which every later one must know; nothing where the checkout's are invented.

    Raises ConfigurationError when the ledger holds both."""
    kinds = {json.loads(one.files["datapackage.json"])["classification"] for one in sealed_packages(root / RELEASES)}
    if kinds <= {Classification.SYNTHETIC.value}:
        return {}
    if Classification.SYNTHETIC.value in kinds:
        raise mistake(
            RELEASES, "Releases of invented and of real returns stand together.", "Take the invented ones out first."
        )
    return {name: (root / name).read_bytes() for name in _below(tracked, RELEASES)}


def _with_lines(file: str, text: str, values: Mapping[str, str]) -> str:
    """The text of a TOML file with other values on the lines of some keys, all else as it was."""
    for key, value in values.items():
        parts = re.split(rf"^{key} = .*$", text, flags=re.MULTILINE)
        if len(parts) != 2:
            raise mistake(file, f"There is not one line for {key}.", "Write one, as CONTRIBUTING says.")
        text = f"{key} = {value}".join(parts)
    return text


def _below(names: Iterable[str], part: str) -> list[str]:
    return [name for name in names if name == part or name.startswith(f"{part}/")]


def _filled(data: bytes, parts: Mapping[str, str]) -> bytes:
    return Template(data.decode()).substitute(parts).encode()
