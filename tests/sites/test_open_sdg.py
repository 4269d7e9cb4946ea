"""A folder in the layout of Open SDG becomes part of the second instance: by two commands, and with the very same figures."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import html5lib
import openpyxl
import pytest

from tests.building import site_builder
from tests.sites.test_second_instance import FOREIGN, INSTANCE, read, run

FOLDER = Path(__file__).parent / "open-sdg"
PACKAGE = "datapackages/national/sdg-norreland/2024"
MADE = "build/national/sdg-norreland/2024"
WHOLE = "W92000104"
HTML = "{http://www.w3.org/1999/xhtml}"
MARK = re.compile(r"\[(x|z)\].*")
# What other files of the site may say in the words of the format itself, which are the same everywhere.
FORMAL = re.compile(r"charts/[^/]*\.vl\.json$|policy\.json$|indicators/catalogue\.csv$")


class Key(NamedTuple):
    """``measure``: ``numerator`` or ``value``."""

    indicator: str
    measure: str
    area: str
    year: str


Figures = dict[Key, str]


def sent() -> Figures:
    """The figures of the folder that the mapping takes up, read from its files: digits, or the letter of a reason."""
    said = (
        ("N361", "numerator", "3-6-1", {"Units": "Number", "Road user": ""}),
        ("N361", "value", "3-6-1", {"Units": "Rate per 10,000", "Road user": ""}),
        ("N911", "numerator", "9-1-1", {"Units": "Number"}),
        ("N911", "value", "9-1-1", {"Units": "Number"}),
        ("N931", "value", "9-3-1", {"Units": "Percentage", "Sex": ""}),
    )
    found: Figures = {}
    for code, measure, name, group in said:
        for row in table(FOLDER / f"data/indicator_{name}.csv"):
            if all(row[column] == held for column, held in group.items()):
                key = Key(code, measure, row["GeoCode"] or WHOLE, row["Year"])
                assert key not in found
                found[key] = {":": "x", "": "z"}.get(row["Value"]) or number(row["Value"])
    return found


def number(text: str) -> str:
    """A number without the noughts at its end, which a publisher may leave out."""
    return f"{Decimal(text).normalize():f}"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance after import, release and build. The folder lies outside it, as publishers' files do."""
    base = tmp_path_factory.mktemp("sdg")
    root, folder = base / "root", base / "folder"
    shutil.copytree(INSTANCE, root)
    shutil.copytree(FOLDER, folder)
    mapping = root / PACKAGE / "mapping.toml"
    mapping.parent.mkdir(parents=True)
    (folder / "mapping.toml").rename(mapping)
    assert "Wrote 6 files." in run(root, "import", "open-sdg", str(folder), "--mapping", str(mapping), "--catalogue")
    run(root, "release")
    run(root, "build", "--out", str(root / "build"))
    return root


@pytest.fixture(scope="module")
def wanted() -> Figures:
    found = sent()
    assert len(found) == 2 * 7 * 3 + 2 * 7 * 5 + 7 * 5
    assert sorted(set(found.values()) & {"x", "z"}) == ["x", "z"]
    return found


def test_the_definitions_stand_among_the_indicators(place: Path) -> None:
    names = {path.name for path in (place / "content/indicators").glob("n*.md")}
    assert names == {
        "n361-residents-hurt-on-the-roads.md",
        "n911-libraries-that-are-open.md",
        "n931-residents-who-visited-a-library.md",
    }
    assert not (place / PACKAGE / "definitions").exists()
    assert "Every figure of it is invented." in read(place / "build/indicators/n361.html")
    assert 'href="n361.html"' in (place / "build/indicators/index.html").read_text(encoding="utf-8")


def test_a_definition_that_was_edited_stays(place: Path, tmp_path: Path) -> None:
    root, folder = tmp_path / "root", tmp_path / "folder"
    shutil.copytree(place, root, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(FOLDER, folder)
    edited = root / "content/indicators/n911-libraries-that-are-open.md"
    edited.write_text(edited.read_text().replace("How long they are open.", "How many books they hold."))
    before = edited.read_bytes()
    words = ("import", "open-sdg", str(folder), "--mapping", str(root / PACKAGE / "mapping.toml"), "--catalogue")
    done = site_builder("--root", str(root), *words)
    assert done.returncode == 1
    assert "content/indicators/n911-libraries-that-are-open.md" in done.stdout + done.stderr
    assert edited.read_bytes() == before


def test_every_figure_is_in_the_tables(place: Path, wanted: Figures) -> None:
    found: Figures = {}
    for code in ("N361", "N911", "N931"):
        for row in table(place / MADE / f"csv/{code.lower()}.csv"):
            found |= both(code, row)
    assert taken(found, wanted) == wanted


def test_every_figure_is_in_the_files_for_programs(place: Path, wanted: Figures) -> None:
    found: Figures = {}
    for code in ("N361", "N911", "N931"):
        tree = json.loads((place / MADE / f"api/indicators/{code.lower()}.json").read_text(), parse_float=str)
        for one in tree["series"]:
            found |= both(code, {name: "" if held is None else str(held) for name, held in one.items()})
    assert taken(found, wanted) == wanted


def both(code: str, row: Mapping[str, str]) -> Figures:
    """The two figures of a record."""
    marks = {"numerator": "numerator_withheld", "value": "withheld"}
    return {
        Key(code, measure, row["area"], row["period"]): number(row[measure]) if row[measure] else row[mark]
        for measure, mark in marks.items()
    }


def taken(found: Figures, wanted: Figures) -> Figures:
    """Those that the folder gives; of the rest there is none that it does not."""
    assert {found[key] for key in found.keys() - wanted.keys()} <= {"x", "z"}
    return {key: found[key] for key in found.keys() & wanted.keys()}


def test_every_figure_is_in_the_workbooks(place: Path, wanted: Figures) -> None:
    found: Figures = {}
    for code in ("N361", "N911", "N931"):
        book = openpyxl.load_workbook(place / MADE / f"xlsx/{code.lower()}.xlsx", read_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in book["All periods"].values]
        head = next(place for place, row in enumerate(rows) if row[0].startswith("Area"))
        names = [name.partition("\n")[0].strip().lower() for name in rows[head]]
        for row in rows[head + 1 :]:
            one = dict(zip(names, row, strict=True))
            for measure in {"numerator", "value"} & one.keys():
                found[Key(code, measure, one["area"], one["period"])] = shown(one[measure])
    assert taken(found, wanted) == wanted


def shown(text: str) -> str:
    """A figure as a reader sees it: digits, or the letter in brackets."""
    mark = MARK.fullmatch(text)
    return mark[1] if mark else number(text.replace(",", ""))


def test_every_value_stands_on_the_pages(place: Path, wanted: Figures) -> None:
    slugs = {row["area_code"]: row["slug"] for row in table(place / "datapackages/reference/areas/areas.csv")}
    found: Figures = {}
    for code, area in sorted({(key.indicator, key.area) for key in wanted}):
        folder = "indicators" if area == WHOLE else f"counties/{slugs[area]}"
        for head, *cells in rows_of(place / "build" / folder / f"{code.lower()}.html"):
            if re.fullmatch(r"20\d\d", head):
                found[Key(code, "value", area, head)] = shown(cells[0])
    assert found == {key: text for key, text in wanted.items() if key.measure == "value"}


def rows_of(page: Path) -> Iterator[list[str]]:
    """The rows of the tables of a page, as words."""
    for row in html5lib.parse(page.read_text(encoding="utf-8")).iter(f"{HTML}tr"):
        yield [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in (f"{HTML}td", f"{HTML}th")]


def test_nothing_speaks_of_the_first_instance(place: Path) -> None:
    build = place / "build"
    texts = {path: read(path) for path in sorted(build.rglob("*.html"))}
    plain = (".csv", ".json", ".jsonld", ".xml", ".atom", ".ics", ".md", ".txt", ".bib", ".cff")
    texts |= {path: path.read_text(encoding="utf-8") for path in sorted(build.rglob("*")) if path.suffix in plain}
    for path in sorted(build.rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        texts[path] = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    found = {path.relative_to(build).as_posix(): sorted(set(FOREIGN.findall(text))) for path, text in texts.items()}
    assert len(found) > 300
    assert {name: words for name, words in found.items() if words and not FORMAL.search(name)} == {}


def test_every_file_is_swept_and_every_link_holds(place: Path) -> None:
    """The build refuses a link that leads nowhere; so does this, for the files on the disk."""
    build = place / "build"
    assert "Every file was opened" in run(place, "audit", "--site", str(build))
    broken = [
        (page.relative_to(build).as_posix(), link)
        for page in sorted(build.rglob("*.html"))
        for link in re.findall(r'(?:href|src)="([^"#?:]+)(?:[#?][^"]*)?"', page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []
