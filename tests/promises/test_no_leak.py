"""Promises 3 and 4: nothing leaks by another door, and no message shows a confidential number.

Canaries: large prime counts are planted in returns, some of which must be hidden because a small count stands beside
them in a sum. Every byte of the release, the built site and the output of commands is searched for the hidden ones,
inside archives too, in every way that a number or its rate may be written. Primes that are shown prove that the search
can see.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.confidential.standards import load_standards
from site_builder.release.reference import load_areas, load_populations
from site_builder.vocabulary.periods import Period
from site_builder.vocabulary.rounding import half_up_fraction
from tests.building import ROOT, few_indicators, site_builder
from tests.synthetic import story
from tests.synthetic.returns import VINTAGE, children_of, returns_as_at, write

RELEASE = "2023-24-Q4"
CANARIES = {"SG06": 70_020, "SG12": 50_020}  # where the primes begin; SG06 is a rate of children, SG12 a count
MULTIPLIER = 10_000
SMALL = {"city-of-london": "3", "kingston-upon-thames": "4"}
KEPT = ("SG06", "SG12", "N01")


class Planted(NamedTuple):
    """A checkout with canaries, what its commands said, and every planted count by (indicator, slug, period)."""

    root: Path
    said: str
    counts: dict[tuple[str, str, str], str]


def primes(start: int) -> Iterator[int]:
    """Primes from a number upwards, none of them halfway between two others: a median of shown counts is none of them."""
    number, taken = start, set[int]()
    while True:
        number += 1
        is_prime = all(number % k for k in range(2, int(number**0.5) + 1))
        if is_prime and not any(2 * one - number in taken for one in taken):
            taken.add(number)
            yield number


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """Two indicators whose counts are distinctive, released and built."""
    root = tmp_path_factory.mktemp("canaries")
    few_indicators(root, KEPT, "SG12")
    files = returns_as_at(load_standards(root), children_of(root), RELEASE)
    distinct, counts = {code: primes(start) for code, start in CANARIES.items()}, {}
    for path in sorted(files):
        slug, period, name = path.split("/")
        if name == "return.csv" and "Q" in period:
            for code in CANARIES:
                count = SMALL.get(slug, str(next(distinct[code])))
                files[path], counts[code, slug, period] = _with_canary(files[path], code, count)
    write(root / "datapackages/returns", files)
    said = ""
    for words, expected in COMMANDS:
        done = site_builder("--root", str(root), *words)
        said += done.stdout + done.stderr
        assert done.returncode == expected, said[-3000:]
    return Planted(root, said, {key: count for key, count in counts.items() if count})


COMMANDS = (  # and how they end: a borough can work out another one's figure where two are hidden
    (["check"], 0),
    (["--format", "github", "check"], 0),
    (["release", RELEASE], 0),
    (["audit"], 0),
    (["audit", "--insiders"], 1),
    (["--format", "github", "audit", "--insiders"], 1),
    (["build"], 0),
)


def _with_canary(data: bytes, code: str, count: str) -> tuple[bytes, str]:
    rows = list(csv.reader(io.StringIO(data.decode())))
    planted = ""
    for row in rows:
        if row[2] == code and row[6] == "reported":
            row[4] = planted = count
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(), planted


class Canary(NamedTuple):
    """A planted count of five digits, whether the release hides it, and its rate where it has one."""

    digits: str
    hidden: bool
    rate: Fraction | None


def canaries(planted: Planted) -> list[Canary]:
    """Every planted count but the small ones."""
    slugs = {row["slug"]: row["area_code"] for row in _rows(planted.root / "datapackages/reference/areas/areas.csv")}
    children = load_populations(planted.root, VINTAGE)
    cells = {
        (row["indicator"], row["area"], row["period"]): row["withheld"] == "c"
        for row in _rows(planted.root / "datapackages/releases" / RELEASE / "observations.csv")
    }
    found = []
    for (code, slug, period), count in planted.counts.items():
        estimate = children.at(slugs[slug], Period.parse(period).population_year, "0-17")
        assert estimate is not None
        rate = Fraction(int(count) * MULTIPLIER, estimate[0]) if code == "SG06" else None
        if len(count) == 5:
            found.append(Canary(count, cells[code, slugs[slug], period], rate))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text())))


def everything(planted: Planted) -> Iterator[tuple[str, bytes]]:
    """Every published byte, archives unpacked, and what the commands said."""
    yield "output", planted.said.encode()
    for folder in ("build", f"datapackages/releases/{RELEASE}"):
        for path in sorted((planted.root / folder).rglob("*")):
            if path.is_file():
                yield from unpacked(path.relative_to(planted.root).as_posix(), path.read_bytes())


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and, when it is an archive, what is in it."""
    if data[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}!", gzip.decompress(data))
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}!{member}", archive.read(member))
    else:
        yield name, data


_GAP = rb"(?:,|_|'|[ ]|\xc2\xa0|\xe2\x80[\x89\xaf]|&(?:nbsp|thinsp|#160|#8201|#8239);|\\u(?:00a0|2009|202f))?"
_NUMBER = re.compile(
    rb"(?<![0-9A-Za-z.,])([0-9]{1,3}(?:"
    + _GAP
    + rb"[0-9]{3})+|[0-9]+)(\.[0-9]+)?(?:[eE]\+?([0-9]{1,2}))?(?![0-9A-Za-z])"
)


def numbers_in(data: bytes) -> set[str]:
    """Every number of a text in one way of writing: no gaps, no power of ten, no zeros at the end of its decimals. A comma
    is read as a gap between thousands, and as the end of a cell too."""
    found = set()
    for whole, decimals, power in (*_NUMBER.findall(data), *_NUMBER.findall(data.replace(b",", b";"))):
        digits = re.sub(rb"[^0-9]|(?:#160|#8201|#8239|u00a0|u2009|u202f)", b"", _bare(whole)).decode()
        found.add(_plain(digits, decimals.decode(), int(power or 0)))
    return found


def _bare(whole: bytes) -> bytes:
    """A number without the names of the gaps in it, which hold digits themselves."""
    return re.sub(rb"&#?[a-z0-9]+;|\\u[0-9a-f]{4}", b"", whole)


def _plain(digits: str, decimals: str, power: int) -> str:
    value = Decimal(digits + decimals).scaleb(power)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(canary: Canary) -> set[str]:
    """A canary as a count and, with one to four decimals, as a rate."""
    if canary.rate is None:
        return {canary.digits}
    rates = {_plain(half_up_fraction(canary.rate, places), "", 0) for places in (1, 2, 3, 4)}
    return {canary.digits, *(rate for rate in rates if "." in rate)}


def test_the_search_reads_numbers_however_they_are_written() -> None:
    ways = (
        "50021", "50,021", "50 021", "50_021", "50'021", "50\u00a0021", "50\u2009021", "50\u202f021", "50&nbsp;021",
        "50&#8239;021", "50\\u00a0021", "50021.0", "50021.00", "5.0021e4", "5.0021E+04", "<td>50021</td>", "v=50021;",
        "all,50021,,", "7,50021\n", "[1,50021]",
    )  # fmt: skip
    for way in ways:
        assert "50021" in numbers_in(way.encode()), way
    for other in ("150021", "50021.5", "500210", "a50021", "0.50021", "50,0215"):
        assert "50021" not in numbers_in(other.encode()), other
    assert "8336.9" in numbers_in(b"a rate of 8,336.90 per 10,000")


def test_no_hidden_canary_stands_in_any_published_byte(planted: Planted) -> None:
    some = canaries(planted)
    hidden = {text: one for one in some if one.hidden for text in written(one)}
    shown = {one.digits for one in some if not one.hidden}
    assert len({one.digits for one in hidden.values() if one.rate is None}) >= 4, "small counts must have hidden others"
    assert len({one.digits for one in hidden.values() if one.rate is not None}) >= 4
    rates = [written(one) for one in some if not one.hidden and one.rate is not None]
    witnesses = (
        "witnesses.csv.gz"  # whole tables that agree with what is printed: the true one may be among them by chance
    )
    seen: set[str] = set()
    for name, data in everything(planted):
        numbers = numbers_in(data)
        found = set() if witnesses in name else numbers & hidden.keys()
        assert not found, f"a hidden figure stands in {name}"
        seen |= numbers
    assert shown <= seen, "the search must find what is shown"
    assert all(seen & one for one in rates), "and the rates of what is shown"


def test_no_message_shows_what_was_sent(planted: Planted, tmp_path: Path) -> None:
    """Every planted count is damaged in one way or another; what the check says of it is searched in both forms."""
    ways = ("{}.5", "-{}", "{}x", "{},", '"{}"', "={}", "1{}", "{} 000", "{}e9", "0{}", "{}0", "{0}{0}", "7", "{}")
    for place, path in enumerate(sorted((planted.root / "datapackages/returns").glob("*/*Q*/return.csv"))):
        text = path.read_text()
        slug, period = path.parts[-3:-1]
        for code in CANARIES:
            count = planted.counts.get((code, slug, period), "")
            if len(count) == 5:
                text = text.replace(f",{count},", f",{ways[place % len(ways)].format(count)},")
        if place % len(ways) == len(ways) - 1:
            text += text.splitlines()[1] + "\n"  # a row twice
        shutil.copytree(path.parent, tmp_path / "returns" / slug / period)
        (tmp_path / "returns" / slug / period / "return.csv").write_text(text)
    said = ""
    for form in ("text", "github"):
        for words in (["check", "--returns"], ["release", "2024-25-Q2", "--on", "2025-01-16", "--returns"]):
            out = tmp_path / "said.txt"
            done = site_builder(
                "--root", str(planted.root), "--format", form, "--output", str(out), *words, str(tmp_path / "returns")
            )
            assert done.returncode == 1, done.stdout + done.stderr
            said += done.stdout + done.stderr + out.read_text()
    assert len(set(re.findall(r"\b[A-Z][0-9]{3}\b", said))) > 5, "many rules must have spoken"
    counts = {one.digits for one in canaries(planted)}
    assert not counts & set(re.findall(r"(?=([0-9]{5}))", said))


def test_no_digest_of_a_return_is_published(planted: Planted) -> None:
    returns = sorted((planted.root / "datapackages/returns").rglob("return.csv"))
    digests = {
        hashlib.new(name, path.read_bytes()).hexdigest() for path in returns for name in ("md5", "sha1", "sha256")
    }
    assert len(digests) == 3 * len(returns) > 300
    for name, data in everything(planted):
        assert not digests & {found.decode() for found in re.findall(rb"[0-9a-f]{32,64}", data)}, name


def test_every_hidden_figure_of_the_pages_has_the_one_wording(planted: Planted) -> None:
    page = (planted.root / "build/indicators/sg12.html").read_text()
    assert "[c]" in page
    for held in re.findall(r'<span class="none">.*?</svg><span>(.*?)</span>', page):
        assert held in ("Hidden to protect children", "Not available", "No return received"), held
    assert "suppress" not in page.lower()
    assert "fewer than" not in page.lower()


def test_a_crash_says_where_and_never_what(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder.cli.session import crash_report

    try:
        int(next(iter(planted.counts.values())) + "x")
    except ValueError as error:
        said = crash_report(error)
    assert "ValueError" in said
    assert not numbers_in(said.encode()) & {count for count in planted.counts.values() if len(count) == 5}


def test_words_about_a_hidden_figure_stay_behind() -> None:
    """Of the texts that the invented returns hold, those about a figure which the release hides are in none of its
    files; those about a printed one are."""
    release = ROOT / "datapackages/releases/2024-25-Q4"
    with (release / "observations.csv").open(newline="") as file:
        hidden = {
            (row["area"], row["indicator"], row["period"]) for row in csv.DictReader(file) if row["withheld"] == "c"
        }
    said = "\n".join(path.read_text() for path in sorted(release.glob("*.csv")))
    codes = {area.slug: area.code for area in load_areas(ROOT).all}
    kept = 0
    for slug, period, name, rows in story.TEXTS:
        if name in ("commentary.csv", "actions.csv"):
            at = 0 if name == "commentary.csv" else 1
            for row in rows:
                is_hidden = (codes[slug], row[at], period) in hidden
                assert (row[at + 1] in said) is not is_hidden, (slug, row[at])
                kept += is_hidden
    assert kept >= 2, "the story has words about hidden figures"
