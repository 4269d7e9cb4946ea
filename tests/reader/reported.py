"""The forms of sentences of reports, and of what controls a document. A sentence of a report is the author's, with figures
in it that the author only named: each is looked up again in the packages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from tests.reader.reader import Place, Reader, form
from tests.reader.record import MONTHS, Record

_ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"\{\{fig (\w+) (\w+) ([\w-]+) ([\w-]+)\}\}")
_SPLIT = re.compile(r"(?<=[.?!]) (?=[A-Z“†\[0-9])")
_VALUE = r"(\d[\d,.]*\d%?|\d%?)(?: \[[bepr]+\])?"


def _sentences() -> dict[str, list[tuple[str, ...]]]:
    """The pattern of each sentence of a report that names figures, and what they are."""
    found = {}
    for path in sorted((_ROOT / "content/reports").glob("*.md")):
        for block in re.split(r"\n\s*\n|\n(?=- |\d\. )", path.read_text(encoding="utf-8").split("+++", 2)[2]):
            words = " ".join(re.sub(r"^(?:- |\d+\. )", "", block.strip()).replace("*", "").split())
            for sentence in _SPLIT.split(words):
                if named := _NAMED.findall(sentence):
                    parts = _NAMED.split(sentence)[::5]
                    found[_VALUE.join(re.escape(part) for part in parts)] = named
    return found


def _form_of(pattern: str, named: list[tuple[str, ...]]) -> None:
    @form(pattern)
    def _reported(r: Reader, at: Place, m: re.Match[str]) -> None:
        assert at.part == ""
        for printed, (code, measure, area, period) in zip(m.groups(), named, strict=True):
            place = next(key for key, row in r.record.areas.items() if row["slug"] == area)
            if measure == "value":
                assert printed == r.with_unit(code, r.record.value(code, place, period))
            else:
                assert printed == r.record.count(code, place, period, measure).said


for _pattern, _figures in _sentences().items():
    _form_of(_pattern, _figures)


def _day(words: str) -> str:
    number, month, year = words.split()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(number):02}"


def _published(record: Record, release: str) -> str:
    folder = record.root / "datapackages/releases" / release
    assert folder.is_dir(), release
    return str(json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["created"])[:10]


@form(
    r"(?:From release )?(?P<id>\d{4}-\d\d-Q\d(?:\.\d)?), published (?P<day>\d+ \w+ \d{4})(?:, the last of that year\.)?"
)
def _release(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert _published(r.record, m["id"]) == _day(m["day"])
    if m[0].startswith("From"):
        days = {
            path.name: _published(r.record, path.name) for path in (r.record.root / "datapackages/releases").glob("2*/")
        }
        assert max(day for day in days.values() if day[:4] == _day(m["day"])[:4]) == days[m["id"]]


@form(r"(?P<number>\d+) indicators; collection (?P<version>[\d.-]+)")
def _catalogue(r: Reader, at: Place, m: re.Match[str]) -> None:
    assert int(m["number"]) == len(r.record.catalogue)
    calendar = (r.record.root / "datapackages/reference/collection.toml").read_text(encoding="utf-8")
    assert m["version"] == tomllib.loads(calendar)["version"]


@form(r"(?:By|To be read again by) (?P<day>\d+ \w+ \d{4})\.?")
def _again(r: Reader, at: Place, m: re.Match[str]) -> None:
    heads = [
        path.read_text(encoding="utf-8").split("+++")[1] for path in (r.record.root / "content/reports").glob("*.md")
    ]
    assert _day(m["day"]) in [str(tomllib.loads(head)["review_date"]) for head in heads]


@form(r"Software version (?P<version>[\d.]+)")
def _software(r: Reader, at: Place, m: re.Match[str]) -> None:
    project = tomllib.loads((r.record.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert m["version"] == project["version"]
