"""The program needs none of its oracles: without them every module loads, and every vector still agrees."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ORACLES = ("scipy", "statsmodels", "mpmath")
PROGRAM = """
import importlib, pkgutil, sys
for name in {oracles!r}:
    sys.modules[name] = None  # an import of it fails from here on
import pytest, tests, site_builder  # the tests settle the place
loaded = [importlib.import_module(found.name).__name__
          for found in pkgutil.walk_packages(site_builder.__path__, "site_builder.") if "__main__" not in found.name]
assert len(loaded) > 100, loaded
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--deselect", {itself!r}, "tests/vectors"]))
"""


def test_without_the_oracles_all_modules_load_and_all_vectors_agree() -> None:
    itself = Path(__file__).relative_to(ROOT).as_posix()
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(oracles=ORACLES, itself=itself)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_an_oracle_is_missed_there() -> None:
    """The block works: a module that asks for an oracle fails."""
    program = (
        "import sys; sys.modules['scipy'] = None\ntry:\n    import scipy.stats\nexcept ImportError:\n    sys.exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 7
