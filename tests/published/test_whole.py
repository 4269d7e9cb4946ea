"""The archive of a release: it holds what the site does, says what it leaves out, and its checksums hold once unpacked."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from site_builder.published.downloads.places import DERIVED, FROZEN
from site_builder.published.downloads.whole import EVERY, SCHEMAS, held, whole_zip
from site_builder.release.package import CHECKSUMS, read_checksums

MADE_HERE = {"README.txt", EVERY}
FILES = {"observations.csv": b"1\n", "csv/illustrative-sg09.csv": b"2\n", "xlsx/illustrative-sg09.xlsx": b"PK"}


@pytest.fixture(scope="module")
def archives(built_site: Path) -> dict[Path, bytes]:
    """The archive of every release by its folder."""
    found = {path.parent: path.read_bytes() for path in built_site.glob("releases/*/*all.zip")}
    assert set(found) == {path.parent for path in built_site.glob("releases/*/datapackage.json")}
    return found


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert names == sorted(set(names))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in names}


def test_an_archive_holds_every_file_of_its_release_but_pages_and_pictures(archives: dict[Path, bytes]) -> None:
    for folder, data in archives.items():
        inside = unpacked(data)
        stands = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        left = {name for name in stands if name.endswith((".html", ".png", "all.zip"))} | {DERIVED}
        schemas = {name for name in inside if name.startswith(SCHEMAS)}
        assert set(inside) - MADE_HERE - schemas == set(stands) - left
        assert schemas == {
            path.relative_to(folder.parents[1]).as_posix() for path in folder.parents[1].glob(f"{SCHEMAS}*")
        }
        for name in set(inside) - MADE_HERE:
            assert inside[name] == (folder.parents[1] / name if name in schemas else stands[name]).read_bytes(), name
        kinds = {Path(name).suffix for name in inside}
        assert kinds >= {".csv", ".json", ".xlsx", ".parquet", ".svg", ".sha256", ".bib", ".gz", ".cff"}
        # a picture that is left out is drawn from what is there
        assert {name.removesuffix(".png") + ".svg" for name in left if name.endswith(".png")} <= set(inside)


def test_its_checksums_hold_where_it_is_unpacked(archives: dict[Path, bytes], tmp_path: Path) -> None:
    for folder, data in archives.items():
        (place := tmp_path / folder.name).mkdir()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(place)
        for name in (EVERY, CHECKSUMS, FROZEN):
            done = subprocess.run(
                ["sha256sum", "--strict", "-c", name], cwd=place, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
        assert set(read_checksums((place / EVERY).read_bytes())) == set(unpacked(data)) - {EVERY}
    changed = place / "observations.csv"
    changed.write_bytes(changed.read_bytes().replace(b"1", b"2", 1))
    done = subprocess.run(["sha256sum", "-c", EVERY], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "observations.csv: FAILED" in done.stdout


def test_its_readme_names_every_folder_and_list(archives: dict[Path, bytes]) -> None:
    for data in archives.values():
        inside = unpacked(data)
        readme = inside["README.txt"].decode()
        folders = {f"{name.partition('/')[0]}/" for name in inside if "/" in name}
        assert {line.split()[0] for line in readme.splitlines() if line.startswith("  ")} == {*folders, "sha256sum"}
        assert all(f"sha256sum -c {name} " in readme for name in (EVERY, CHECKSUMS, FROZEN))
        assert "Every figure is invented" in readme
        assert max(map(len, readme.splitlines())) <= 120


def test_the_same_files_give_the_same_bytes() -> None:
    made = whole_zip(FILES, "Title", "https://example.org/releases/x/", "disclosure-controlled")
    assert made == whole_zip(
        dict(reversed(FILES.items())), "Title", "https://example.org/releases/x/", "disclosure-controlled"
    )
    assert made != whole_zip(
        {**FILES, "observations.csv": b"3\n"}, "Title", "https://example.org/releases/x/", "published"
    )
    inside = unpacked(made)
    assert {name: inside[name] for name in FILES} == FILES
    assert b"invented" not in inside["README.txt"]


def test_a_folder_that_no_line_explains_is_refused() -> None:
    with pytest.raises(KeyError):
        whole_zip({"new/a.csv": b""}, "Title", "https://example.org/", "published")


def test_what_is_left_out() -> None:
    names = ("a.csv", "charts/a.png", "charts/a.svg", "index.html", DERIVED, FROZEN, "illustrative-all.zip")
    assert held(names) == ("a.csv", "charts/a.svg", FROZEN)
