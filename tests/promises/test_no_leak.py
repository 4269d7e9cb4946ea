"""Promises 3 and 4: nothing leaks by another door, and no message shows a confidential number.

Canaries: large prime counts are planted in returns, some of which must be hidden because a small count stands beside
them in a sum. Every byte of the release, the built site and the output of commands is searched for the hidden ones,
inside archives too. Primes that are shown prove that the search can see.
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
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from site_builder.confidential.standards import load_standards
from tests.building import ROOT, site_builder
from tests.synthetic.returns import children_of, returns_as_at, write

RELEASE = "2023-24-Q4"
INDICATOR = "SG12"
SMALL = {"city-of-london": "3", "kingston-upon-thames": "4"}
KEPT = ("sg06-*.md", "sg12-*.md", "n01-*.md")


class Planted(NamedTuple):
    """A checkout with canaries, what its commands said, and every planted count by (slug, period)."""

    root: Path
    said: str
    counts: dict[tuple[str, str], str]


def primes(start: int) -> Iterator[int]:
    """Primes from a number upwards."""
    number = start
    while True:
        number += 1
        if all(number % k for k in range(2, int(number**0.5) + 1)):
            yield number


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """One indicator whose counts are distinctive, released and built."""
    root = tmp_path_factory.mktemp("canaries")
    _copy_what_a_site_needs(root)
    files = returns_as_at(load_standards(root), children_of(root), RELEASE)
    distinct, counts = islice(primes(50_020), 0, None, 29), {}  # far apart, or a median of two may be a third
    for path in sorted(files):
        slug, period, name = path.split("/")
        if name == "return.csv" and "Q" in period:
            files[path], counts[slug, period] = _with_canary(files[path], SMALL.get(slug, str(next(distinct))))
    write(root / "datapackages/returns", files)
    said = ""
    for verb in (["check"], ["release", RELEASE], ["audit"], ["build"]):
        done = site_builder("--root", str(root), *verb)
        said += done.stdout + done.stderr
        assert done.returncode == 0, said[-3000:]
    return Planted(root, said, {key: count for key, count in counts.items() if count})


def _copy_what_a_site_needs(root: Path) -> None:
    for folder in ("datapackages/reference", "templates", "content/about", "content/decisions", "content/themes"):
        shutil.copytree(ROOT / folder, root / folder)
    (root / "content/indicators").mkdir()
    for pattern in KEPT:
        for path in (ROOT / "content/indicators").glob(pattern):
            shutil.copy(path, root / "content/indicators")
    shutil.copy(ROOT / "GLOSSARY.md", root)
    settings = (ROOT / "content/site.toml").read_text()
    (root / "content/site.toml").write_text(re.sub(r"front_page = .*", 'front_page = ["SG12"]', settings))


def _with_canary(data: bytes, count: str) -> tuple[bytes, str]:
    rows = list(csv.reader(io.StringIO(data.decode())))
    planted = ""
    for row in rows:
        if row[2] == INDICATOR and row[6] == "reported":
            row[4] = planted = count
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(), planted


def hidden_counts(planted: Planted) -> dict[str, bool]:
    """Each planted count and whether the release hides it."""
    slugs = {row["slug"]: row["area_code"] for row in _rows(planted.root / "datapackages/reference/areas/areas.csv")}
    cells = {
        (row["area"], row["period"]): row["withheld"] == "c"
        for row in _rows(planted.root / "datapackages/releases" / RELEASE / "observations.csv")
        if row["indicator"] == INDICATOR
    }
    return {count: cells[slugs[slug], period] for (slug, period), count in planted.counts.items()}


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


def standing(count: str) -> re.Pattern[bytes]:
    """A count with or without its comma, where it stands as a number of its own."""
    digits = f"{count[:-3]},?{count[-3:]}"
    return re.compile(rf"(?<![0-9A-Za-z.,]){digits}(?:\.0+)?(?![0-9A-Za-z])".encode())


def test_no_hidden_canary_stands_in_any_published_byte(planted: Planted) -> None:
    hidden = {count for count, is_hidden in hidden_counts(planted).items() if is_hidden and len(count) == 5}
    shown = {count for count, is_hidden in hidden_counts(planted).items() if not is_hidden}
    assert len(hidden) >= 4, "the small counts must have made others be hidden"
    witnesses = (
        "witnesses.csv.gz"  # whole tables that agree with what is printed: the true one may be among them by chance
    )
    seen: set[str] = set()
    for name, data in everything(planted):
        for count in hidden:
            assert witnesses in name or not standing(count).search(data), f"a hidden count stands in {name}"
        seen |= {count for count in shown if standing(count).search(data)}
    assert seen == shown, "the search must find what is shown"


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
    assert not any(standing(count).search(said.encode()) for count in planted.counts.values() if len(count) == 5)
