"""Promise 5: same inputs, same bytes, whatever the hash seed, the folder, the caches, and with returns away."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.building import ROOT, build


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def checkout_without_returns(to: Path) -> Path:
    """What a build may need: content, templates and packages, but no return and no decision."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, to / name)
    shutil.copytree(ROOT / "datapackages", to / "datapackages", ignore=shutil.ignore_patterns("returns", "decisions"))
    shutil.copy(ROOT / "GLOSSARY.md", to)
    return to


def test_another_folder_another_hash_seed_no_cache_and_no_returns_give_the_same_bytes(
    built_site: Path, tmp_path: Path
) -> None:
    root = checkout_without_returns(tmp_path / "elsewhere")
    assert not (root / "datapackages/returns").exists()
    again = build(tmp_path / "build", root, PYTHONHASHSEED="4711")
    first, second = tree(built_site), tree(again)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
