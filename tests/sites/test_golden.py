"""Whole sites, file by file, against what is expected: ``pytest tests/sites --update-golden`` writes it anew.

A case is a folder with ``datapackages/releases`` and ``content/`` (indicators and settings); reference data, templates
and prose are those of the repository. The release is made anew too when the expectation is. All paths are compared, and the bytes of the files that lie in ``expected/``.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

import pytest

from site_builder.confidential.standards import load_standards
from tests.building import build, few_indicators, site_builder
from tests.synthetic.returns import children_of, returns_as_at, write

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected"))
WHOLE = (
    "index.html",
    "indicators/index.html",
    "indicators/sg07.html",
    "indicators/sg12.html",
    "indicators/p2f.html",
    "boroughs/camden.html",
    "boroughs/camden/sg07.html",
    "boroughs/city-of-london/sg07.html",
    "releases/2023-24-Q4/index.html",
    "releases/2023-24-Q4/csv/areas/illustrative-camden.csv",
    "releases/2023-24-Q4/api/areas/illustrative-camden.json",
    "releases/2023-24-Q4/charts/illustrative-sg12.vl.json",
    "releases/2023-24-Q4/charts/illustrative-sg12.svg",
    "sitemap.xml",
)
PATHS = "PATHS.txt"


def checkout(case: Path, to: Path) -> Path:
    """The case as a checkout that can be built."""
    files = sorted((case / "content/indicators").glob("*.md"))
    codes = [tomllib.loads(path.read_text().split("+++")[1])["code"] for path in files]
    few_indicators(to, codes, codes[0])
    shutil.copytree(case / "datapackages", to / "datapackages", dirs_exist_ok=True)
    shutil.copytree(case / "content", to / "content", dirs_exist_ok=True)
    return to


def release_anew(case: Path, place: Path) -> None:
    """Make the case's release again from the invented returns, as the software makes releases now."""
    kept = case / "datapackages/releases"
    (name,) = (path.name for path in kept.iterdir() if path.is_dir())
    root = checkout(case, place / "anew")
    shutil.rmtree(root / "datapackages/releases")
    write(root / "datapackages/returns", returns_as_at(load_standards(root), children_of(root), name))
    done = site_builder("--root", str(root), "release", name)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(kept)
    shutil.copytree(root / "datapackages/releases", kept)


def made(site: Path) -> dict[str, bytes]:
    """What is compared: chosen files, and the list of all paths but those of prose and of named assets."""
    files = {name: (site / name).read_bytes() for name in WHOLE}
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    kept = [path for path in paths if not path.startswith(("about/", "assets/"))]
    return {**files, PATHS: ("\n".join(kept) + "\n").encode()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_site_is_as_expected(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI"), "expectations are written by hand, never by a pipeline"
        release_anew(case, tmp_path)
    found = made(build(tmp_path / "build", checkout(case, tmp_path / "root")))
    expected = case / "expected"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, data in found.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(data)
    stored = {p.relative_to(expected).as_posix(): p.read_bytes() for p in expected.rglob("*") if p.is_file()}
    assert sorted(stored) == sorted(found), "files are missing or unexpected"
    assert [name for name in sorted(found) if found[name] != stored[name]] == []
