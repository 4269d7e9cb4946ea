"""Real returns are not released as long as the attack does not know national figures of the same counts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import make_release
from site_builder.vocabulary.planes import Visibility
from site_builder.vocabulary.refusals import DisclosureRefusal
from tests.synthetic.returns import children_of, returns_as_at, write

ROOT = Path(__file__).parents[2]


def test_a_real_return_is_refused_even_on_a_private_plane_and_nothing_is_written(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "datapackages/reference", tmp_path / "datapackages/reference")
    (tmp_path / "content/indicators").mkdir(parents=True)
    (file,) = (ROOT / "content/indicators").glob("sg12-*.md")
    shutil.copy(file, tmp_path / "content/indicators")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    files = returns_as_at(load_standards(tmp_path), children_of(tmp_path), "2023-24-Q4")
    real = {path: data.replace(b'"synthetic"', b'"confidential"') for path, data in files.items()}
    write(tmp_path / "returns", real)
    with pytest.raises(DisclosureRefusal) as refused:
        make_release(tmp_path, [tmp_path / "returns"], "2023-24-Q4", None, Visibility.PRIVATE)
    assert [finding.rule for finding in refused.value.findings] == ["D908"]
    assert not (tmp_path / "datapackages/releases").exists()
