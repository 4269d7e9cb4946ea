"""Promise 1: no unsuppressed count leaves the confidential zone. Kept by zones, imports and absent returns."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLANTS = {
    "published reads returns": ("published/figures.py", "import site_builder.confidential.observations"),
    "published solves": ("published/figures.py", "import site_builder.release.attack"),
    "published validates": ("published/figures.py", "import frictionless"),
    "imports reads returns": ("imports/steps.py", "import site_builder.confidential.observations"),
    "the seam draws": ("release/cells.py", "import altair"),
    "confidential speaks": ("confidential/tabulate.py", "import rich"),
    "vocabulary uses pandas": ("vocabulary/periods.py", "import pandas"),
    "a module fetches": ("release/package.py", "import http.client"),
    "a module without a place": ("misc.py", "x = 1"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_code(to: Path) -> Path:
    shutil.copytree(ROOT / "site_builder", to / "site_builder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def test_every_import_contract_is_kept(tmp_path: Path) -> None:
    result = lint(copy_of_the_code(tmp_path))
    assert "0 broken" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_import_breaks_a_contract(tmp_path: Path, plant: str) -> None:
    file, line = PLANTS[plant]
    target = copy_of_the_code(tmp_path) / "site_builder" / file
    target.write_text((target.read_text() if target.exists() else "") + f"\n{line}\n")
    result = lint(tmp_path)
    assert result.returncode == 1, plant
    assert " broken" in result.stdout or "exhaustive" in result.stdout.lower() or "not listed" in result.stdout.lower()


def modules_after(verb: list[str]) -> set[str]:
    """The modules a verb leaves loaded, in a process of its own."""
    code = (
        "import json, sys\n"
        "from site_builder.cli.app import app\n"
        f"sys.argv = ['site-builder', *{verb!r}]\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return set(json.loads(done.stdout.rsplit("\n", 2)[-2]))


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after(["--help"])
    assert not loaded & {"pandas", "frictionless", "altair", "jinja2", "highspy", "vl_convert", "markdown"}


def test_a_build_loads_no_confidential_code_no_validator_and_no_solver(tmp_path: Path) -> None:
    loaded = modules_after(["build", "--out", str(tmp_path / "build")])
    assert not {name for name in loaded if name.startswith("site_builder.confidential")}
    assert not loaded & {"frictionless", "highspy", "site_builder.release.attack"}


def test_checking_returns_loads_neither_frames_nor_pages() -> None:
    loaded = modules_after(["check"])
    assert not loaded & {"pandas", "jinja2", "altair"}
    assert not {name for name in loaded if name.startswith("site_builder.published")}
