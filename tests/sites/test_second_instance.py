"""A second instance, of another country and other subjects, is checked, released, built and swept by the same code."""

from __future__ import annotations

import ast
import csv
import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.building import ROOT, site_builder

INSTANCE = Path(__file__).parent / "norreland"
PATHS = INSTANCE / "paths.txt"
LATEST = "2024-25-Q2"
# Words, codes and sources of the first instance.
FOREIGN = re.compile(
    r"london|borough|child|safeguard|england|nspcc|\bE\d{8}\b|\bDfE\b|department for education|after the flood",
    re.IGNORECASE,
)
_MARKUP = {"class", "data-kind", "id", "aria-labelledby", "for", "stroke", "fill"}


def run(root: Path, *words: str) -> str:
    done = site_builder("--root", str(root), *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance after check, release and build."""
    root = tmp_path_factory.mktemp("second") / "root"
    shutil.copytree(INSTANCE, root)
    assert "no error and no open query" in run(root, "check")
    assert run(root, "release").count("made and proved") == 2
    run(root, "build", "--out", str(root / "build"))
    return root


class _Read(HTMLParser):
    """What a reader or a machine reads of a page: its text, and attributes that are not for the style alone."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for name, value in attrs if name not in _MARKUP]


def read(page: Path) -> str:
    parser = _Read()
    parser.feed(page.read_text(encoding="utf-8"))
    return "\n".join(parser.said)


def pages(place: Path) -> list[Path]:
    found = sorted((place / "build").rglob("*.html"))
    assert len(found) > 80
    return found


def test_every_path_is_expected(place: Path, request: pytest.FixtureRequest) -> None:
    build = place / "build"
    found = sorted(path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file())
    kept = [name for name in found if not name.startswith("assets/")]
    if request.config.getoption("--update-golden"):
        PATHS.write_text("".join(f"{name}\n" for name in kept), encoding="utf-8")
    assert kept == PATHS.read_text(encoding="utf-8").splitlines()


def test_no_page_speaks_of_the_first_instance(place: Path) -> None:
    found = {
        page.relative_to(place / "build").as_posix(): sorted(set(FOREIGN.findall(read(page)))) for page in pages(place)
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_the_reader_of_pages_sees_foreign_words(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p class="london" title="A borough">Fine</p>', encoding="utf-8")
    assert FOREIGN.findall(read(page)) == ["borough"]


def test_words_come_from_the_settings(place: Path) -> None:
    home, area = read(place / "build/index.html"), read(place / "build/counties/aldmoor.html")
    assert "How Norreland’s counties run libraries and roads, measured the same way" in home
    assert "A danger on the road?" in home
    assert "Norreland road line" in home
    assert "residents of all ages live in" in area
    assert "ALD" in home, "letters of a square stand in the settings"
    assert "FEN" in home, "and are the first of the name where they do not"


def test_its_proofs_hold_and_every_file_is_swept(place: Path) -> None:
    assert run(place, "audit").count("proved") >= 2
    assert "Every file was opened" in run(place, "audit", "--site", str(place / "build"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def downloads(place: Path) -> Iterator[tuple[str, dict[str, str]]]:
    folder = place / "build/releases" / LATEST / "csv"
    for code in ("LB1", "LB2", "RS1"):
        for row in rows(folder / f"illustrative-{code.lower()}.csv"):
            yield code, row


def test_the_figures_of_a_download_are_those_of_the_release(place: Path) -> None:
    released = {
        (row["indicator"], row["area"], row["period"]): row["value"]
        for row in rows(place / "datapackages/releases" / LATEST / "observations.csv")
        if row["measure"] == "numerator"
    }
    compared = 0
    for code, row in downloads(place):
        assert row["numerator"] == released[code, row["area"], row["period"]], (code, row["area"], row["period"])
        compared += 1
    assert compared == 3 * 7 * 2


def test_what_is_small_stays_hidden(place: Path) -> None:
    sent = {
        (row["indicator"], row["area_code"], row["period"]): row["numerator"]
        for path in (place / "datapackages/returns").glob("*/*/return.csv")
        for row in rows(path)
    }
    hidden = [(code, row) for code, row in downloads(place) if row["withheld"] == "c"]
    small = {key for key, count in sent.items() if key[0] == "RS1" and 1 <= int(count) <= 5}
    assert len(small) == 2
    assert small < {(code, row["area"], row["period"]) for code, row in hidden}, "and others, that guard these"
    assert all(not row["numerator"] and not row["value"] for _, row in hidden)


# ---- what else is printed than pages

TEXTS = {".csv", ".json", ".jsonld", ".atom", ".xml", ".ics", ".txt", ".md", ".bib", ".cff", ".svg", ".sha256"}
# Words of files' own grammar, not for readers.
GRAMMAR = {
    "policy.json": {"borough", "london"},  # steps of the policy
    "indicators/catalogue.csv": {"borough"},  # who sends, and the finest area
    ".vl.json": {"london", "england"},  # sets of data of a drawing
}


def foreign(words: str) -> set[str]:
    return {found.lower() for found in FOREIGN.findall(words)}


def strings(path: Path) -> str:
    """The words of a download; of a workbook, those of its cells and properties."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if "sharedStrings" in n or "docProps" in n)


def test_no_download_speaks_of_the_first_instance(place: Path) -> None:
    found: dict[str, set[str]] = {}
    looked = 0
    for path in sorted((place / "build").rglob("*")):
        name = path.relative_to(place / "build").as_posix()
        if path.suffix in (*TEXTS, ".xlsx") and not name.startswith("assets/"):
            looked += 1
            grammar = {word for ending, words in GRAMMAR.items() if name.endswith(ending) for word in words}
            found |= {name: words} if (words := foreign(strings(path)) - grammar) else {}
    assert looked > 100
    assert found == {}


def test_rules_explain_themselves_in_words_of_the_place(place: Path) -> None:
    said = run(place, "explain", "--all")
    assert "All areas" not in said
    assert "residents" in said
    assert "counties" in said
    assert foreign(said) == set()
    assert not re.search(r"\{[a-z_]+\}", said)


def test_messages_of_a_check_are_in_words_of_the_place(place: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(INSTANCE, root)
    sent = root / "datapackages/returns/carrow/2024-25-Q2/return.csv"
    header, first, second, *_ = sent.read_text().splitlines()
    spoilt = [
        first.replace("W06", "X06"),
        second.replace("LB2,total,", "LB2,total,99999999"),
        first.replace("LB1", "ZZ1"),
    ]
    sent.write_text("\n".join((header, *spoilt, "")))
    formats = ("github", "markdown", "json", "junit", "sarif")
    words = [f"--report={one}:{tmp_path / one}" for one in formats]
    done = site_builder("--root", str(root), "check", *words)
    assert done.returncode == 1, done.stdout + done.stderr
    told = {one: (tmp_path / one).read_text() for one in formats} | {"text": done.stdout}
    for one, said in told.items():
        assert len(set(re.findall(r"\b[FKVC]\d{3}\b", said))) >= 3, one
        assert foreign(said.replace(str(tmp_path), "")) == set(), one


def test_a_returns_repository_is_in_words_of_the_place(tmp_path: Path) -> None:
    root, made = tmp_path / "root", tmp_path / "made"
    shutil.copytree(INSTANCE, root)
    shutil.copytree(ROOT / "templates", root / "templates")
    for words in (
        ("init", "-q"),
        ("add", "--all"),
        ("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "One"),
    ):
        subprocess.run(["git", "-C", str(root), *words], check=True)
    run(root, "init-returns", str(made), "--areas", "aldmoor,carrow")
    kept = {"content", "datapackages/reference", "templates"}
    files = [
        path
        for path in sorted(made.rglob("*"))
        if path.is_file() and path.suffix != ".key" and not any(path.is_relative_to(made / one) for one in kept)
    ]
    assert {path.name for path in files} >= {"README.md", "RUNBOOK.md", "CODEOWNERS", "pull_request_template.md"}
    named = {path.relative_to(made).as_posix(): foreign(path.read_text(encoding="utf-8")) for path in files}
    assert {name: found for name, found in named.items() if found} == {"builder.toml": {"london", "safeguard"}}
    assert "counties" in (made / "README.md").read_text()
    run(made, "new", "aldmoor", "2024-25-Q2")
    said = json.loads((made / "datapackages/returns/aldmoor/2024-25-Q2/datapackage.json").read_text())
    assert said["submitter"].pop("kind") == "borough", "a word of the file’s own grammar"
    assert foreign(json.dumps(said)) == set()
    assert said["signed_off_by_role"] == "Head of public services"
    assert set(tomllib.loads((made / "datapackages/reference/submitters.toml").read_text())["boroughs"]) == {
        "aldmoor", "carrow",
    }  # fmt: skip


# ---- nothing is hard-wired

# Places that may name the first instance or its country, and why.
ALLOWED = {
    "published/predictions.py": "the model of deprivation is one of English authorities",
    "published/compose/predicted.py": "the page of that model; an instance without it does not offer the page",
    "published/compose/reconciliation.py": "compares with series of the Department for Education; optional",
    "published/reconciliation.py": "compares with series of the Department for Education; optional",
    "published/downloads/ees.py": "the form of that department's open data, with the code of its country; optional",
    "published/downloads/screen.py": "the rules of that form; optional",
    "imports/packages.py": "describes packages made from English publishers' files",
    "confidential/instance.py": "the team of the software's own host",
    "cli/app.py": "the help of the command, which stands before any checkout is known",
}
_NAMED = re.compile(r"\bLondon\b|\bE(?:09|12|13)\b|\bE\d{8}\b|\bNSPCC\b|\bBoroughs?\b|\bboroughs? | boroughs?\b")


def literals(module: Path) -> Iterator[str]:
    """The strings of a module but for those that describe it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def test_no_module_names_the_first_instance() -> None:
    zone = ROOT / "site_builder"
    found = {
        module.relative_to(zone).as_posix(): [text for text in literals(module) if _NAMED.search(text)]
        for module in sorted(zone.rglob("*.py"))
    }
    named = {name: texts for name, texts in found.items() if texts}
    assert {name: texts for name, texts in named.items() if name not in ALLOWED} == {}


def test_no_template_names_the_first_instance() -> None:
    said = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>|/\*.*?\*/", re.DOTALL)
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "templates").glob("[!r]*/*")):
        if path.suffix in (".html", ".js"):
            words = _NAMED.findall(said.sub(" ", path.read_text(encoding="utf-8")))
            found |= {path.name: words} if words else {}
    assert found == {}
