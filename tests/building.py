"""The committed site, built once for all tests that look at it, and shared between test processes."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def site_builder(*words: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "site_builder", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def build(out: Path, root: Path = ROOT, **environ: str) -> Path:
    """Build a checkout into a folder. Raises AssertionError with what the command said when it fails."""
    done = site_builder("--root", str(root), "build", "--out", str(out), cwd=ROOT, **environ)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def build_once(shared: Path) -> Path:
    """The built site in a folder that several test processes share; the first to come builds it."""
    out = shared / "built-site"
    with (shared / "built-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            build(shared / "built-site.making").rename(out)
    return out
