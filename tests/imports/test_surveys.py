"""A look before an import: what files are, what would be read, what is refused and why. And the command's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from site_builder.cli.app import app
from site_builder.cli.exits import Exit
from site_builder.imports.registry import FORMS
from site_builder.imports.steps import import_release, survey, write_import
from site_builder.imports.surveys import Look
from site_builder.release.package import write_files
from tests.imports.test_fingertips import COLUMNS as FINGERTIPS
from tests.imports.test_open_sdg import DATA, META
from tests.imports.test_pairs import LONG, LONG_META
from tests.imports.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.run()
    return made


def looked(world: World, files: Mapping[str, str | bytes]) -> dict[str, Look]:
    folder = world.base / "look"
    write_files(folder, {name: data.encode() if isinstance(data, str) else data for name, data in files.items()})
    return {one.file: one for one in survey([folder], world.root)}


def codes(one: Look) -> list[str]:
    return [finding.rule for finding in one.findings]


@pytest.mark.parametrize(
    ("name", "data", "form", "found"),
    [
        ("plans.csv", LONG, "ees", ["I113"]),
        ("plans.meta.csv", LONG_META, "metadata", []),
        ("trees.csv", ",".join(FINGERTIPS) + "\n", "fingertips", ["I113"]),
        ("data/indicator_4-1-1.csv", DATA, "open-sdg", ["I113"]),
        ("meta/4-1-1.yml", META, "", []),
        ("book.xlsx", b"PK\x03\x04", "", ["I112"]),
        ("other.csv", "a,b\n1,2\n", "", ["I112"]),
        ("empty.csv", "", "", ["I110"]),
        ("old.csv", LONG.replace("England", "Ängland").encode("latin-1"), "", ["I110"]),
        ("short.csv", LONG + "2024\n", "", ["I110"]),
        ("illustrative_plans.csv", LONG, "", ["I114"]),
        ("illustrative-plans.csv", LONG, "", ["I114"]),
    ],
)
def test_each_file_is_told_or_refused(world: World, name: str, data: str | bytes, form: str, found: list[str]) -> None:
    one = looked(world, {name: data})[name]
    assert (one.form, codes(one)) == (form, found)


def test_a_file_that_is_almost_of_a_form_is_told_what_lacks(world: World) -> None:
    one = looked(world, {"plans.csv": LONG.replace("time_identifier", "time_ident")})["plans.csv"]
    assert codes(one) == ["I112"]
    assert "like ees" in one.findings[0].problem
    assert one.findings[0].problem.endswith("time_identifier.")
    assert "time_ident," not in one.findings[0].problem


def test_a_file_that_a_mapping_names_says_its_series(world: World) -> None:
    (one,) = survey([world.base / "downloads/plans.csv"], world.root)
    assert (one.form, one.would_read) == ("ees", "Table plans of dfe-cin 2023: series N09a, N17, N15.")
    assert one.findings == ()


def test_a_pair_says_how_much_is_in_it_and_what_is_wrong(world: World) -> None:
    files = {"a.csv": LONG, "a.meta.csv": LONG_META}
    assert looked(world, files)["a.csv"].would_read.startswith("4 figures of 1 places and 1 periods")
    assert codes(looked(world, files | {"a.csv": LONG.replace(",c,c", ",c,-")})["a.csv"]) == ["I201", "I113"]


def test_an_invented_figure_never_becomes_a_published_one(world: World) -> None:
    """A download of a demonstration, named in a mapping like any other file."""
    world.mapping = world.mapping.replace('file = "plans.csv"', 'file = "illustrative_plans.csv"')
    world.run()
    folder = world.base / "downloads"
    (folder / "plans.csv").rename(folder / "illustrative_plans.csv")
    result = import_release(world.mapping_path, [folder], world.root)
    assert [finding.rule for finding in result.findings] == ["I114"]
    assert not result.files


def call(world: World, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--root", str(world.root), "import", *words])
    return result.exit_code, result.output


def test_without_a_source_the_command_says_what_it_can_read(world: World) -> None:
    code, words = call(world)
    assert code == Exit.CLEAN
    for form in FORMS.values():
        assert form.name in words
        assert form.says in words


def test_the_list_tells_reads_and_refusals_with_their_exit_codes(world: World) -> None:
    write_files(world.base / "look", {"good.csv": LONG.encode(), "bad.csv": b"a,b\n1,2\n"})
    code, words = call(world, "--list", str(world.base / "look/good.csv"))
    assert code == Exit.CLEAN
    assert "good.csv: ees" in words
    code, words = call(world, "--list", str(world.base / "look"), str(world.base / "downloads"))
    assert code == Exit.BLOCKED
    assert "bad.csv: refused" in words
    assert "I112" in words
    assert "plans.csv: ees" in words
    assert call(world, "--list", str(world.base / "nowhere"))[0] == Exit.USAGE
    assert call(world, "dfe-cin", str(world.base / "look/good.csv"))[0] == Exit.USAGE  # and no mapping


def test_an_import_writes_or_says_why_not(world: World) -> None:
    paths = [str(world.base / "downloads" / name) for name in ("plans.csv", "missing.csv")]
    more = ["--mapping", str(world.mapping_path)]
    assert call(world, "ees", *paths, *more) == (Exit.CLEAN, "Wrote 3 files.\n")
    assert call(world, "dfe-cla", *paths, *more)[0] == Exit.USAGE
    code, words = call(world, "dfe-cin", paths[0], *more)
    assert code == Exit.BLOCKED
    assert "I102" in words


def test_a_program_reads_the_refusals_as_findings(world: World) -> None:
    write_files(world.base / "look", {"bad.csv": b"a,b\n1,2\n"})
    result = CliRunner().invoke(
        app, ["--root", str(world.root), "--format", "json", "import", "--list", str(world.base / "look")]
    )
    assert [finding["rule"] for finding in json.loads(result.stdout)["findings"]] == ["I112"]


@pytest.mark.national_files
def test_every_table_of_the_publishers_is_told(national_files: Path) -> None:
    """All but a list of files; what the mappings of this checkout name, and what nobody has mapped."""
    root = Path(__file__).resolve().parents[2]
    looks = [one for one in survey([national_files], root) if one.file.endswith(".csv")]
    told = [one for one in looks if one.form]
    assert sum(one.form == "ees" for one in told) >= 30
    assert all(codes(one) in ([], ["I113"]) for one in told)


def test_a_written_package_is_left_alone_by_a_look(world: World) -> None:
    write_import(world.run(), world.root)
    before = {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()}
    survey([world.base / "downloads"], world.root)
    assert {path: path.read_bytes() for path in world.root.rglob("*") if path.is_file()} == before
