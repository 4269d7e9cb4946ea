"""Which plane is this checkout? Private only on clear evidence; anything unsure is public."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.vocabulary.planes import Visibility


def visibility(root: Path, environ: Mapping[str, str] | None = None) -> Visibility:
    """Private only if ``content/site.toml`` says so and nothing speaks against it.

    In a pipeline the event must say that the repository is private; elsewhere every git remote must be listed in
    ``private_remotes``. No network is asked, and no flag changes the answer.
    """
    said = site_settings(root)
    if said.get("visibility") != "private":
        return Visibility.PUBLIC
    event = (os.environ if environ is None else environ).get("GITHUB_EVENT_PATH")
    if event:
        return Visibility.PRIVATE if _event_says_private(Path(event)) else Visibility.UNKNOWN
    remotes = _remotes(root)
    if remotes is None or not set(remotes) <= set(said.get("private_remotes", [])):
        return Visibility.UNKNOWN
    return Visibility.PRIVATE


def site_settings(root: Path) -> Mapping[str, Any]:
    """What ``content/site.toml`` says, unchecked; nothing when it cannot be read."""
    try:
        return tomllib.loads((root / "content/site.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # a file that cannot be read is no evidence of privacy


def _event_says_private(event: Path) -> bool:
    try:
        payload = json.loads(event.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    repository = payload.get("repository") if isinstance(payload, dict) else None
    return isinstance(repository, dict) and repository.get("visibility") == "private"


def _remotes(root: Path) -> list[str] | None:
    """Addresses of the git remotes; None when git cannot say."""
    git = shutil.which("git")
    if git is None:
        return None
    answer = subprocess.run(  # noqa: S603  (fixed words; git itself found on the path)
        [git, "-C", str(root), "remote", "-v"], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        return None
    return [line.split()[1] for line in answer.stdout.splitlines()]
