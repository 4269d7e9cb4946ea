"""``audit --insiders`` from the command line: who and where, never how many; and not where real returns must not be."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import make_release
from site_builder.vocabulary.planes import Visibility
from tests.building import ROOT, site_builder
from tests.synthetic.returns import children_of, returns_as_at, write

RELEASE = "2023-24-Q4"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with one indicator, its invented returns and a release of them."""
    made = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "datapackages/reference", made / "datapackages/reference")
    (made / "content/indicators").mkdir(parents=True)
    (file,) = (ROOT / "content/indicators").glob("sg07-*.md")
    shutil.copy(file, made / "content/indicators")
    write(made / "datapackages/returns", returns_as_at(load_standards(made), children_of(made), RELEASE))
    assert make_release(made, [made / "datapackages/returns"], RELEASE, None, Visibility.PUBLIC).folder is not None
    return made


def files_of(root: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_who_could_work_out_whose_figure_is_said_without_a_number(root: Path) -> None:
    before = files_of(root)
    done = site_builder("--root", str(root), "audit", "--insiders", "--pairs")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"^SG07 +no +[1-9][0-9]* +[0-9]+ +-$", done.stdout, re.MULTILINE)
    places = re.findall(
        r"^QUERY D915  2023-24-Q4: SG07, ([A-Za-z ]+), 20[0-9-]+(?:Q[1-4])?$", done.stdout, re.MULTILINE
    )
    assert places
    messages = re.findall(r"^  (.* can work out .*)$", done.stdout, re.MULTILINE)
    assert len(messages) == len(places)
    assert not any(re.search("[0-9]", message) for message in messages)
    assert files_of(root) == before, "nothing of it is written down"


def test_real_returns_in_a_public_place_are_not_opened(root: Path, tmp_path: Path) -> None:
    for path, data in files_of(root / "datapackages/returns").items():
        target = tmp_path / Path(path).relative_to(root / "datapackages/returns")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.replace(b'"synthetic"', b'"confidential"'))
    done = site_builder("--root", str(root), "audit", "--insiders", "--returns", str(tmp_path))
    assert done.returncode == 3
    assert "D901" in done.stdout
    assert "D915" not in done.stdout
    assert "SG07" not in done.stdout


@pytest.mark.parametrize(
    "words", [["audit", "--pairs"], ["audit", "--returns", "x"], ["audit", "2001-02-Q1", "--insiders"]]
)
def test_what_makes_no_sense_is_refused(root: Path, words: list[str]) -> None:
    assert site_builder("--root", str(root), *words).returncode == 2
