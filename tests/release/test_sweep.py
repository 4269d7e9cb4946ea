"""The sweep of a built site: what is planted in any kind of file is found, and said without its number."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from site_builder.release.cells import Cell, CellKey, PublicCells
from site_builder.release.package import checksums
from site_builder.release.sweep.known import Known
from site_builder.release.sweep.opened import opened
from site_builder.release.sweep.sweep import MANIFEST, sweep

SECRET = "4"
NAME, CODE, A, B = "2024-25-Q1", "SG12", "E09000001", "E09000002"
CSV = f"releases/{NAME}/csv/illustrative-sg12.csv"
JSON = f"releases/{NAME}/api/sg12.json"
CHART = f"releases/{NAME}/charts/illustrative-sg12.vl.json"
PAGE = "indicators/sg12.html"
DRAWING = f"releases/{NAME}/charts/illustrative-sg12.svg"
DATA = "assets/held-data.x.js"
INDEX = "assets/search-index.x.js"
LONG = f"releases/{NAME}/observations.csv"
HEADER = "release,indicator,area,period,numerator,numerator_withheld,value,withheld"


LINKED = json.dumps(
    {
        "@id": "https://example.org/2024/4.html",
        "name": "Seen within 5 days",
        "version": NAME,
        "isAccessibleForFree": True,
        "temporalCoverage": "2024-04-01/2024-06-30",
        "itemListElement": [{"position": 4}],
        "distribution": [{"contentSize": "444 B", "sha256": "4" * 64}],
    }
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><subtitle>All</subtitle><entry><id>tag:a,2024:releases/x</id>'
    "<title>Revised</title><content>One, on 4 June 2024: 17 became 17.</content></entry><entry><id>tag:a,2024:decisions/1</id>"
    "<title>To count 4 more</title><content>4 of them</content></entry></feed>"
)
DAYS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:due-quarterly-2023-24-q1-kingston@example.org\r\n"
    "DTSTART;VALUE=DATE:20230815\r\nSUMMARY:Last day: April to June 2023\r\nDESCRIPTION:As at 4 June 2024. SG12 Seen wit\r\n"
    " hin 5 days\\; 17\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def key(area: str) -> CellKey:
    return CellKey(CODE, 1, area, NAME, "total", "numerator", "all")


KNOWN_CELLS = PublicCells.of([Cell(key(A), "", "c", ""), Cell(key(B), "17", "", "")])
GONE = "2019-20-Q1"
KNOWN = Known([(NAME, KNOWN_CELLS)], ["Seen within 5 days"], withdrawn=[GONE])


def clean() -> dict[str, bytes]:
    """A small site with one hidden and one shown figure."""
    table = f"{HEADER}\n{NAME},{CODE},{A},{NAME},,c,,c\n{NAME},{CODE},{B},{NAME},17,,17,\n"
    series = [
        {"area": A, "period": NAME, "numerator": None, "numerator_withheld": "c", "value": None, "withheld": "c"},
        {"area": B, "period": NAME, "numerator": 17, "numerator_withheld": None, "value": 17, "withheld": None},
    ]
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>Seen within 5 days</title></head><body><table>'
        f'<tr><th>City</th><td>[c]</td></tr><tr><th>Other</th><td class="rate"><b>17</b></td></tr></table>'
        f'<a href="../{CSV}">Table</a> <svg aria-label="2 of 33 boroughs, 17"><text>0</text></svg></body></html>'
    )
    chart = {"datasets": {"grid": [{"y": 20.0}], "london": [{"x": 1, "y": 17.0}]}}
    long = f"indicator,area,period,measure,value,withheld\n{CODE},{A},{NAME},numerator,,c\n{CODE},{B},{NAME},numerator,17,\n"
    return {
        "index.html": b"<!DOCTYPE html><title>Home</title>",
        CSV: table.encode(),
        JSON: json.dumps({"release": NAME, "indicator": CODE, "series": series}).encode(),
        CHART: json.dumps(chart).encode(),
        PAGE: page.encode(),
        DRAWING: b'<svg xmlns="http://www.w3.org/2000/svg"><title>17 in one borough</title><text>20</text></svg>',
        LONG: long.encode(),
        DATA: b'const held=Object.freeze({"a":["17;;","[c] Hidden"],"per 10,000":"2 of 33 boroughs"});\n',
        INDEX: b'const index=Object.freeze({"kinds":[["Glossary",["Primary suppression","0007","within 15 days"]]]});\n',
        "assets/code.js": b"const most = 4, text = `up to ${most}`; // 4 at most\n",
        "about/data.html": f'<title>Data</title><script type="application/ld+json">{LINKED}</script>'.encode(),
        "feeds/all.atom": ATOM.encode(),
        "calendar.ics": DAYS.encode(),
        "releases/index.html": b"<title>Releases</title><table><tr><td>1.1.0</td><td>Counts revised: 5. New periods: 1.</td>"
        b"<td>Lower 95</td><td>higher-998</td><td>Fewer than 10 events: the range is wide.</td><td>4,321 KB</td><td>6.2 MB</td><td>54% (31 boroughs)</td></tr></table>",
        "proposals/one.html": b"<title>Proposal 0004: 2 of 33 boroughs</title>",
        "feed.xml": b"<feed><title>News</title><entry><title>One figure is 17</title></entry></feed>",
    }


def swept(folder: Path, files: dict[str, bytes], *, listed: dict[str, bytes] | None = None) -> list[tuple[str, str]]:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / MANIFEST).write_bytes(checksums(listed if listed is not None else files))
    return [(finding.where.file, finding.problem) for finding in sweep(folder, KNOWN, pictured)]


def pictured(svg: bytes) -> bytes:
    """The picture of the drawing of this site; another drawing has another."""
    if svg == clean()[DRAWING]:
        return PLAIN
    if b"<title>" not in svg:
        raise ValueError("no drawing")
    return picture(b"IHDR", b"pHYs", b"IDAT", b"IEND")


def zipped(name: str, data: bytes) -> bytes:
    return packed({name: data})


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture(*kinds: bytes) -> bytes:
    """A PNG of empty parts."""
    parts = (b"\0\0\0\0" + kind + b"\0\0\0\0" for kind in kinds)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PICTURE = DRAWING.replace(".svg", ".png")
PLAIN = picture(b"IHDR", b"IDAT", b"IEND")


def test_a_picture_beside_its_drawing_is_clean(tmp_path: Path) -> None:
    assert swept(tmp_path, {**clean(), PICTURE: PLAIN}) == []


def test_a_clean_site_has_nothing_to_say(tmp_path: Path) -> None:
    assert swept(tmp_path, clean()) == []


def test_what_an_archive_holds_of_the_files_beside_it_comes_once(tmp_path: Path) -> None:
    """A workbook is held against the table beside it, which an archive names in its own way."""
    files = {**clean(), BOOK: written()}
    inside = f"releases/{NAME}/"
    held = {path.removeprefix(inside): data for path, data in files.items() if path.startswith(inside)}
    assert len(held) > 4
    archive = packed({**held, "README.txt": b"Read me.\n"})
    assert swept(tmp_path, {**files, f"{inside}all.zip": archive}) == []
    names = [one.name for one in opened(tmp_path)]
    assert [name for name in names if "!" in name] == [f"{inside}all.zip!README.txt"]
    assert {*files} <= {*names}


def test_what_stands_outside_a_folder_or_past_a_link_is_not_beside_an_archive(tmp_path: Path) -> None:
    (site := tmp_path / "site").mkdir()
    (tmp_path / "a.csv").write_bytes(LEAK)
    (site / "link").symlink_to(tmp_path)
    for name in ("../a.csv", "link/a.csv", str(tmp_path / "a.csv")):
        (site / "all.zip").write_bytes(zipped(name, LEAK))
        assert f"all.zip!{name.removeprefix('/')}" in [one.name.replace("!/", "!") for one in opened(site)]


def edited(path: str, old: str, new: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        assert old.encode() in files[path]
        return {**files, path: files[path].replace(old.encode(), new.encode(), 1)}

    return edit


def added(path: str, data: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, path: data}


LEAK = f"{HEADER}\n{NAME},{CODE},{A},{NAME},{SECRET},,,c\n".encode()
SHEET = f"<worksheet><c><f>1+3</f><v>x</v></c><t><title>{SECRET}</title></t></worksheet>".encode()
BOOK = f"releases/{NAME}/xlsx/illustrative-sg12.xlsx"


def written(
    *, numerator: object = 17, hidden: object = "[c]", words: str = "Hidden to protect children", more: str = ""
) -> bytes:
    """A workbook of the two figures. ``more``: something that a plain one lacks."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = datetime.combine(date(2024, 8, 1), time())
    book.set_properties({"created": day})
    sheet = book.add_worksheet("All periods")
    sheet.write(0, 0, words)
    columns = [{"header": name} for name in ("Area", "Indicator", "Period", "Numerator\n[note 1]", "Value")]
    table = [[A, CODE, NAME, hidden, hidden], [B, CODE, NAME, numerator, numerator]]
    sheet.add_table(1, 0, 3, 4, {"columns": columns, "data": table, "autofilter": False})
    if more == "comment":
        sheet.write_comment(2, 3, SECRET)
    elif more == "hidden sheet":
        book.add_worksheet("Other").hide()
    elif more == "hidden row":
        sheet.set_row(3, None, None, {"hidden": True})
    elif more == "name":
        book.define_name("held", f"={SECRET}")
    elif more == "formula":
        sheet.write_formula(3, 4, "=8+9", None, 17)
    elif more == "beside the table":
        sheet.write(3, 9, 17)
    elif more == "properties":
        book.set_properties({"created": day, "comments": f"There were {SECRET}321 cases"})
    book.close()
    return out.getvalue()


def column_table(value: float | None) -> bytes:
    """Two counts as Parquet."""
    out = io.BytesIO()
    rows = {"indicator": [CODE] * 2, "area": [A, B], "period": [NAME] * 2, "measure": ["numerator"] * 2}
    pq.write_table(pa.table({**rows, "value": [value, 17.0], "withheld": [None if value else "c", None]}), out)
    return out.getvalue()


PARQUET = f"releases/{NAME}/parquet/observations.parquet"


def test_a_workbook_and_a_table_of_columns_with_the_figures_of_the_release_are_clean(tmp_path: Path) -> None:
    assert swept(tmp_path, {**clean(), BOOK: written(), PARQUET: column_table(None)}) == []


BOOKS = {
    f"{name} of a workbook": added(BOOK, data)
    for name, data in {
        "cell": written(hidden=4),
        "another number": written(numerator=18),
        "mark": written(hidden="[x]"),
        "words": written(words=f"There were {SECRET}321 cases"),
        "reason": written(words="primary suppression"),
        **{more: written(more=more) for more in ("comment", "hidden sheet", "hidden row", "name", "formula")},
        **{more: written(more=more) for more in ("beside the table", "properties")},
    }.items()
}
PLANTS = {
    **BOOKS,
    "count in a table of columns": added(PARQUET, column_table(4.0)),
    "table": edited(CSV, ",,c,,c", f",{SECRET},,,c"),
    "table, mark kept": edited(CSV, ",,c,,c", f",{SECRET},c,,c"),
    "rate beside a hidden count": edited(CSV, ",,c,,c", ",,c,0.6,"),
    "mark taken away": edited(CSV, ",,c,,c", ",,c,,"),
    "tree": edited(JSON, '"numerator": null', f'"numerator": {SECRET}'),
    "long table": edited(LONG, "numerator,,c", f"numerator,{SECRET},"),
    "another value": edited(LONG, "numerator,17,", "numerator,18,"),
    "cell of a page": edited(PAGE, "[c]", SECRET),
    "number of a version with a figure behind it": edited("releases/index.html", "1.1.0", f"1.1.0 {SECRET}"),
    "bound that no method has": edited("releases/index.html", "than 10", f"than {SECRET}"),
    "count that is not of changes": edited("releases/index.html", "New periods: 1", f"Camden: {SECRET}"),
    "number beside a size": edited("releases/index.html", "6.2 MB", f"{SECRET}, 6.2 MB"),
    "share that is not of places": edited("releases/index.html", "54% (31 boroughs)", f"54% ({SECRET} children)"),
    "figure of a withdrawn release": added(
        "data/a.csv", f"release,indicator,area,period,measure,value\n{GONE},{CODE},{B},p,numerator,17\n".encode()
    ),
    "change since a withdrawn release": added(
        "data/a.csv",
        f"release,follows,indicator,area,period,measure,old_value,new_value\n{NAME},{GONE},{CODE},{B},{NAME},numerator,1,17\n".encode(),
    ),
    "two precisions": edited(PAGE, "<b>17</b>", "<b>17.0</b>"),
    "attribute": edited(PAGE, "<td>", f'<td data-n="{SECRET}">'),
    "comment": edited(PAGE, "<table>", f"<!-- {SECRET} --><table>"),
    "description": edited(PAGE, "</title>", f'</title><meta name="description" content="There were {SECRET} cases">'),
    "words of a drawing": edited(PAGE, "boroughs, 17", f"boroughs, {SECRET}"),
    "script": edited(PAGE, "</body>", f'<script type="application/ld+json">{{"n": {SECRET}}}</script></body>'),
    "words in linked data": edited("about/data.html", "Seen within", f"{SECRET} were seen within"),
    "number in linked data": edited("about/data.html", "true", SECRET),
    "size of what is no file": edited("about/data.html", '"name": "Seen within 5 days"', f'"name": "{SECRET} B"'),
    "entry of a feed": edited("feeds/all.atom", "17 became", f"{SECRET} became"),
    "title of an entry": edited("feeds/all.atom", "Revised", f"Revised: {SECRET}"),
    "head of a feed": edited("feeds/all.atom", "All", f"All {SECRET}"),
    "feed that is none": added("feeds/b.atom", b"<feed"),
    "words in a calendar": edited("calendar.ics", "Last day", f"{SECRET} days"),
    "number across lines of a calendar": edited("calendar.ics", "wit\r\n hin", "4\r\n 321"),
    "line of a calendar that is not known": edited("calendar.ics", "END:VEVENT", f"X-N:{SECRET}\r\nEND:VEVENT"),
    "name of a day": edited("calendar.ics", "kingston@", f"kingston{SECRET}@"),
    "share of children in a page": edited("proposals/one.html", "2 of 33", f"{SECRET} of 345"),
    "share of a thousand": edited("proposals/one.html", "2 of 33", f"{SECRET} of 3,345"),
    "data script": edited(DATA, "17;;", f"17;{SECRET};"),
    "name in a data script": edited(DATA, '"a"', f'"a {SECRET}"'),
    "bare number in a data script": edited(DATA, '["17', f'[{SECRET},"17'),
    "reason in a data script": edited(DATA, '"a"', '"primary-suppressed"'),
    "code in a data script": edited(DATA, "const", "let"),
    "number in the index of the search": edited(INDEX, "15 days", "4321 days"),
    "code in the index of the search": edited(INDEX, "const", "let"),
    "number in code": edited("assets/code.js", "4 at", "4321 at"),
    "title of a drawing": edited(DRAWING, "17 in", f"{SECRET} in"),
    "height in a chart": edited(CHART, "17.0", f"{SECRET}.0"),
    "feed": edited("feed.xml", "is 17", f"is {SECRET}"),
    "inside a zip": added(f"releases/{NAME}/all.zip", zipped("csv/a.csv", LEAK)),
    "inside a zip, by the name of a file beside it": added(
        f"releases/{NAME}/all.zip", zipped("csv/illustrative-sg12.csv", LEAK)
    ),
    "inside a gz": added(f"releases/{NAME}/a.csv.gz", gzip.compress(LEAK, mtime=0)),
    "inside a workbook": added(f"releases/{NAME}/a.xlsx", zipped("xl/worksheets/sheet1.xml", SHEET)),
    "kind that is not known": added("a.parquet", b"PAR1"),
    "archive that cannot be opened": added("a.zip", b"PK no"),
    "table that cannot be read": added("a.csv", b"a,b\n1\n"),
    "words in a picture": added(PICTURE, picture(b"IHDR", b"tEXt", b"IDAT", b"IEND")),
    "picture that goes on": added(PICTURE, PLAIN + LEAK),
    "picture that is none": added(PICTURE, LEAK),
    "picture of another drawing": added(PICTURE, picture(b"IHDR", b"pHYs", b"IDAT", b"IEND")),
    "picture of a drawing that was edited": lambda files: {
        **edited(DRAWING, "<text>20", "<text>30")(files),
        PICTURE: PLAIN,
    },
    "picture of what cannot be drawn": lambda files: {**files, DRAWING: b"<svg></svg>", PICTURE: PLAIN},
    "picture without a drawing": added("indicators/a.png", PLAIN),
    "limit beside a hidden count": added(
        f"releases/{NAME}/csv/sg12-funnel.csv",
        f"release,indicator,area,period,numerator,numerator_withheld,funnel_lower_95\n{NAME},{CODE},{A},{NAME},,c,0.6\n".encode(),
    ),
    "column with the reason": edited(CSV, "numerator_withheld", "primary_suppressed"),
    "class with the reason": edited(PAGE, 'class="rate"', 'class="secondary-hidden"'),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_plant_is_found_and_its_number_is_not_said(tmp_path: Path, plant: str) -> None:
    found = swept(tmp_path, PLANTS[plant](clean()))
    assert found
    said = (
        " ".join(words for pair in found for words in pair)
        .replace(NAME, "")
        .replace(CODE, "")
        .replace(A, "")
        .replace(B, "")
    )
    assert not re.search(r"\d", said.replace("sg12", "").replace("sheet1", "")), said


def test_a_file_that_is_not_listed_or_is_another_one_is_found(tmp_path: Path) -> None:
    files = clean()
    assert [file for file, _ in swept(tmp_path / "a", files, listed={**files, "gone.txt": b""})] == ["gone.txt"]
    assert [file for file, _ in swept(tmp_path / "b", {**files, "stray.txt": b"x"}, listed=files)] == ["stray.txt"]
    other = {**files, "index.html": b"<!DOCTYPE html><title>Other</title>"}
    assert [file for file, _ in swept(tmp_path / "c", other, listed=files)] == ["index.html"]


def test_a_link_that_leads_out_of_the_site_is_found(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/out.csv").symlink_to(tmp_path / "secret.csv")
    assert "out.csv" in {file for file, _ in swept(tmp_path / "site", clean())}


# ---- files that tell of several releases

LATER = "2024-25-Q2"
BOTH = Known(
    [
        (NAME, PublicCells.of([Cell(key(A), "12", "", ""), Cell(key(B), "17", "", "")])),
        (LATER, PublicCells.of([Cell(key(A), "", "c", ""), Cell(key(B), "19", "", "")])),
    ],
    [],
)
COLUMNS = "release,indicator,area,period,measure,value,withheld,kind"
TRIANGLE = {
    "hidden, at first": f"{NAME},{CODE},{A},{NAME},numerator,,c,added",
    "hidden, since": f"{LATER},{CODE},{A},{NAME},numerator,,c,now-withheld",
    "shown, at first": f"{NAME},{CODE},{B},{NAME},numerator,17,,added",
    "shown, since": f"{LATER},{CODE},{B},{NAME},numerator,19,,revised",
    "gone": f"{LATER},{CODE},{B},{NAME},numerator,,,removed",
}
CHANGE = "follows,release,indicator,area,period,measure,old_value,new_value,old_withheld,new_withheld,kind"


def of_later(folder: Path, name: str, table: str) -> list[str]:
    """What the sweep says of a file of the later release."""
    path = f"releases/{LATER}/illustrative-{name}.csv"
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(table)
    (folder / MANIFEST).write_bytes(checksums({path: table.encode()}))
    return [finding.problem for finding in sweep(folder, BOTH, pictured)]


def test_a_triangle_is_held_against_each_of_its_releases(tmp_path: Path) -> None:
    table = "\n".join((COLUMNS, *TRIANGLE.values(), ""))
    assert of_later(tmp_path / "clean", "triangle", table) == []
    for at, (name, old, new) in enumerate(
        (
            ("hidden, at first", ",,c,", ",12,,"),
            ("hidden, since", ",,c,", ",12,,"),
            ("shown, at first", "17", "19"),
            ("shown, since", "19", "17"),
            ("gone", "removed", "revised"),
        )
    ):
        spoilt = TRIANGLE | {name: TRIANGLE[name].replace(old, new)}
        assert spoilt != TRIANGLE
        assert of_later(tmp_path / str(at), "triangle", "\n".join((COLUMNS, *spoilt.values(), ""))), name


@pytest.mark.parametrize(
    ("row", "clean"),
    [
        (f"{NAME},{LATER},{CODE},{B},{NAME},numerator,17,19,,,revised", True),
        (f"{NAME},{LATER},{CODE},{A},{NAME},numerator,,,,c,now-withheld", True),
        (f"{NAME},{LATER},{CODE},{A},{NAME},numerator,12,,,c,now-withheld", False),
        (f"{NAME},{LATER},{CODE},{B},{NAME},numerator,19,17,,,revised", False),
        (f"{NAME},{LATER},{CODE},{B},{NAME},numerator,17,,,,revised", False),
    ],
)
def test_a_change_is_held_against_both_of_its_releases(tmp_path: Path, row: str, *, clean: bool) -> None:
    assert (of_later(tmp_path, "changes", f"{CHANGE}\n{row}\n") == []) is clean


# ---- words that people wrote

PROSE = "about/limits.html"
WRITTEN = Known(
    [(NAME, KNOWN_CELLS)],
    [],
    [
        "Answer within 45 working days of the referral, or say why.",
        "Steering group minutes, 29 July 2008, 4.9 a",
        "Reviewed within 45 working days of the referral, or within 5.",
        "They took 1,312 working days of the year, or 312",
        "Seen in the first 45",
    ],
    {PROSE: "<table><tr><td>450</td></tr></table><p><img alt='A bar of 61 units'></p>"},
)


@pytest.mark.parametrize(
    ("page", "body", "is_clean"),
    [
        (PROSE, "<td>450</td>", True),
        (PROSE, "<td>451</td>", False),
        (PROSE, "<td>450 and 4</td>", False),
        (PROSE, '<img alt="A bar of 61 units">', True),
        (PROSE, '<img alt="A bar of 62 units">', False),
        ("about/other.html", "<td>450</td>", False),
        ("about/other.html", "<td>Answer within 45 working days</td>", True),
        ("about/other.html", "<td>within 45</td>", False),
        ("about/other.html", "<td>Answer within 46 working days of the referral</td>", False),
        ("about/other.html", "<td>Decided. <b>Steering group minutes, 29 July 2008, 4.9 a</b> Closed</td>", True),
        ("about/other.html", "<td>Decided. steering group minutes, 29 July 2008, 4.9 A, 45</td>", False),
        ("about/other.html", "<td>45</td>", False),
        ("about/other.html", "<td>5 working days of the referral</td>", False),
        ("about/other.html", "<td>312 working days of the year</td>", False),
        ("about/other.html", "<td>Seen in the first 45.9 days</td>", False),
        ("about/other.html", "<td>Seen in the first 45,312 days</td>", False),
        ("about/other.html", "<td>Seen in the first 45, or later</td>", True),
        ("about/other.html", "<td>As at 2024-03-31</td>", True),
        ("about/other.html", "<td>As at 2024-03-311</td>", False),
    ],
)
def test_numbers_in_words_that_people_wrote_are_no_figures(
    tmp_path: Path, page: str, body: str, *, is_clean: bool
) -> None:
    data = f"<!DOCTYPE html><title>T</title><table><tr>{body}</tr></table>".encode()
    (tmp_path / page).parent.mkdir()
    (tmp_path / page).write_bytes(data)
    (tmp_path / MANIFEST).write_bytes(checksums({page: data}))
    assert (sweep(tmp_path, WRITTEN, pictured) == ()) is is_clean


def test_a_page_of_figures_is_held_against_its_tables_whatever_was_written(tmp_path: Path) -> None:
    body = f'<table><tr><td>450</td></tr></table><a href="../{CSV}">Table</a>'
    files = {**clean(), "about/limits.html": f"<title>T</title>{body}".replace("450", "44").encode()}
    assert [file for file, _ in swept(tmp_path, files)] == ["about/limits.html"]
