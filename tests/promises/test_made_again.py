"""Promises 5 and 6: every committed release, made again from the invented returns, has the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

from site_builder.release.releases import RECORD
from tests.synthetic.releases import make_all

ROOT = Path(__file__).parents[2]


def tree(folder: Path) -> dict[str, bytes]:
    """Packages and the ledger; records of downloads are written by a build."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(RECORD)
    }


def test_all_releases_and_their_ledger_made_from_nothing_are_those_that_are_committed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "datapackages/reference", tmp_path / "datapackages/reference")
    shutil.copytree(ROOT / "content/indicators", tmp_path / "content/indicators")
    make_all(tmp_path)
    made, committed = (tree(root / "datapackages/releases") for root in (tmp_path, ROOT))
    assert sorted(made) == sorted(committed)
    assert [path for path in made if made[path] != committed[path]] == []
