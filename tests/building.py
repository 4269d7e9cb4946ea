"""The committed site, built once for all tests that look at it, and shared between test processes."""

from __future__ import annotations

import csv
import fcntl
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Collection
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


def few_indicators(root: Path, codes: Collection[str], front: str) -> Path:
    """A checkout with a few indicators and what a site of them needs: no return, release, proposal or report. Duties,
    score cards and the register of sources keep the rows that are left. ``front``: the one indicator of the first page."""
    for folder in ("datapackages/reference", "templates", "content/about", "content/decisions", "content/themes"):
        shutil.copytree(ROOT / folder, root / folder)
    for folder in ("indicators", "questions", "scorecards"):
        (root / "content" / folder).mkdir()
    for code in codes:
        (file,) = (ROOT / "content/indicators").glob(f"{code.lower()}-*.md")
        shutil.copy(file, root / "content/indicators")
    shutil.copy(ROOT / "content/questions/general.toml", root / "content/questions")
    (root / "content/questions/pairs.toml").touch()
    shutil.copy(ROOT / "content/redirects.csv", root / "content")
    shutil.copy(ROOT / "GLOSSARY.md", root)
    settings = (ROOT / "content/site.toml").read_text()
    (root / "content/site.toml").write_text(re.sub(r"front_page = .*", f'front_page = ["{front}"]', settings))
    _keep(root, codes)
    return root


def _keep(root: Path, codes: Collection[str]) -> None:
    """Duties, score cards and the register of sources, of a few indicators."""
    sources = root / "datapackages/reference/sources/sources.csv"
    heads = [path.read_text() for path in sorted((root / "content/indicators").glob("*.md"))]
    agencies = {tomllib.loads(head.split("+++")[1])["agency"] for head in heads}
    first, *rows = csv.reader(io.StringIO(sources.read_text()))
    kept = [row for row in rows if row[first.index("agency")] in agencies]
    with sources.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([first, *kept])
    duties = root / "content/about/duties.toml"
    others = re.compile(rf'"(?!(?:{"|".join(codes)})")[A-Z]+\d+[a-z]?\d?"(?:, )?')
    lines = (
        others.sub("", line) if line.startswith("indicators") else line for line in duties.read_text().splitlines()
    )
    duties.write_text("\n".join(lines) + "\n")
    for path in sorted((ROOT / "content/scorecards").glob("*.toml")):
        head, *blocks = path.read_text().split("[[rows]]")
        left = [one for one in blocks if any(f'indicator = "{code}"' in one for code in codes)]
        if left or not blocks:
            (root / "content/scorecards" / path.name).write_text("[[rows]]".join([head, *left]))
