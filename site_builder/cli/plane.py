"""Which plane is this checkout? Private only on clear evidence; anything unsure is public."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from site_builder.cli.git import Repository
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import ConfigurationError

SETTINGS = Path("content/site.toml")
_EVENT = "GITHUB_EVENT_PATH"  # the only variable that is believed, and only where the file it names says private


def visibility(root: Path, returns: Iterable[Path] = (), environ: Mapping[str, str] | None = None) -> Visibility:
    """Private only if ``content/site.toml`` says so and nothing speaks against it.

    In a pipeline the event must say that the repository is private; elsewhere every git remote of the checkout, and of
    every repository that holds a folder of ``returns``, must be listed in ``private_remotes``, and none of these
    repositories may call itself anything but private. No network is asked, and no flag changes the answer.
    """
    said = site_settings(root)
    if said.get("visibility") != "private":
        return Visibility.PUBLIC
    tops = [_top(place) for place in (root, *returns)]
    if any(top is not None and (top / SETTINGS).exists() and not _says_private(top) for top in tops):
        return Visibility.UNKNOWN
    event = _event(environ)
    if event is not None:
        return Visibility.PRIVATE if _repository_of(event).get("visibility") == "private" else Visibility.UNKNOWN
    listed = private_remotes(said)
    private = all(top is not None and set(Repository(top).remotes()) <= listed for top in tops)
    return Visibility.PRIVATE if private else Visibility.UNKNOWN


def held_by(*targets: Path | None) -> list[Path]:
    """Folders of repositories into which something is written: for each target the nearest folder that is there, where
    it lies in a repository. What is written beside every repository is nobody's to publish."""
    parents = [next(one for one in (t.absolute(), *t.absolute().parents) if one.is_dir()) for t in targets if t]
    return [folder for folder in parents if _top(folder) is not None]


def site_settings(root: Path) -> Mapping[str, Any]:
    """What ``content/site.toml`` says, unchecked; nothing when it cannot be read."""
    try:
        return tomllib.loads((root / SETTINGS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # a file that cannot be read is no evidence of privacy


def private_remotes(said: Mapping[str, Any]) -> frozenset[str]:
    """The addresses that the settings list as private; none when the setting is no list of words."""
    listed = said.get("private_remotes")
    return frozenset(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else frozenset()


def day_of_event(environ: Mapping[str, str] | None = None) -> date | None:
    """The day on which the pull request of a pipeline's event was last changed; None when there is none."""
    request = (_event(environ) or {}).get("pull_request")
    try:
        return date.fromisoformat(str(request["updated_at"])[:10]) if isinstance(request, dict) else None
    except (KeyError, ValueError):
        return None


def _says_private(top: Path) -> bool:
    return site_settings(top).get("visibility") == "private"


def _top(place: Path) -> Path | None:
    try:
        return Repository.of(place).top
    except ConfigurationError:
        return None


def _event(environ: Mapping[str, str] | None) -> Mapping[str, Any] | None:
    """The event that a pipeline answers; empty when it cannot be read, None outside of pipelines."""
    path = (os.environ if environ is None else environ).get(_EVENT)
    if not path:
        return None
    try:
        payload = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, RecursionError, ValueError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _repository_of(event: Mapping[str, Any]) -> Mapping[str, Any]:
    repository = event.get("repository")
    return repository if isinstance(repository, dict) else {}
