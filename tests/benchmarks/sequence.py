"""``python -m tests.benchmarks.sequence``: releases that remember what was printed, beside releases that do not.

Four quarters, the year with the last of them, a late return and a correction are released one after the other, once with
a ledger and once each by itself. The same attack then reads all releases of a kind together. Prints a table.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import make_release
from site_builder.release.attack import attack
from site_builder.release.bases import HIDDEN, Edition
from site_builder.release.releases import edition_of, package_bytes
from site_builder.vocabulary.planes import Visibility
from tests.synthetic.returns import children_of, returns_as_at, write

ROOT = Path(__file__).parents[2]
SEQUENCE = ("2023-24-Q1", "2023-24-Q2", "2023-24-Q3", "2023-24-Q4", "2024-25-Q2", "2024-25-Q2.1")
_FIRST_DAY = date(2023, 10, 1)


def checkout(place: Path, indicators: Sequence[str] = ("*",)) -> Path:
    """A checkout without releases, with the indicators whose file names match."""
    shutil.copytree(ROOT / "datapackages/reference", place / "datapackages/reference")
    (place / "content/indicators").mkdir(parents=True)
    for pattern in indicators:
        for path in (ROOT / "content/indicators").glob(f"{pattern}.md"):
            shutil.copy(path, place / "content/indicators")
    return place


def release(root: Path, name: str, called: str = "") -> Edition:
    """Make one release from the invented returns as they stood at ``name``, and read what it printed."""
    files = returns_as_at(load_standards(root), children_of(root), name)
    day = _FIRST_DAY.replace(month=1 + SEQUENCE.index(name), year=2024)
    with tempfile.TemporaryDirectory() as returns:
        write(Path(returns), files)
        made = make_release(root, [Path(returns)], called or name, day, Visibility.PUBLIC)
    if made.folder is None:
        raise ValueError(f"{name}: the returns have open findings")
    return edition_of(package_bytes(made.folder))


def remembering(root: Path, names: Sequence[str] = SEQUENCE) -> list[Edition]:
    """Releases one after the other, each with those before it in the ledger."""
    return [release(root, name) for name in names]


def forgetting(place: Path, names: Sequence[str], indicators: Sequence[str] = ("*",)) -> list[Edition]:
    """The same releases, each as if it were the first."""
    return [release(checkout(place / name, indicators), name, name.partition(".")[0]) for name in names]


def opened(editions: Sequence[Edition], revised: Sequence[Edition]) -> Counter[str]:
    """What the attack on all editions together opens, by code. ``revised``: releases that declare what was revised."""
    told = [one._replace(revised=other.revised) for one, other in zip(editions, revised, strict=True)]
    return Counter(weakness.code for weakness in attack(told).weaknesses)


def hidden(editions: Sequence[Edition]) -> list[int]:
    """Hidden cells of each edition."""
    return [sum(cell.withheld == HIDDEN for cell in edition.cells) for edition in editions]


def main(indicators: Sequence[str]) -> None:
    """Run both, and print what they hide and what is opened."""
    patterns = indicators or ("*",)
    with tempfile.TemporaryDirectory() as place:
        start = time.process_time()
        one = remembering(checkout(Path(place) / "ledger", patterns))
        between = time.process_time()
        other = forgetting(Path(place) / "alone", SEQUENCE, patterns)
        sys.stdout.write(f"{'':34}{'  '.join(SEQUENCE)}\n")
        for words, editions in (("hidden cells, with a ledger", one), ("hidden cells, each by itself", other)):
            sys.stdout.write(
                f"{words:34}{'  '.join(f'{n:>{len(x)}}' for n, x in zip(hidden(editions), SEQUENCE, strict=True))}\n"
            )
        for words, editions in (("with a ledger", one), ("each by itself", other)):
            found = opened(editions, one)
            sys.stdout.write(
                f"opened by all together, {words}: {found['D911']} worked out, {found['D904']} narrowed, "
                f"{found['D912'] + found['D902']} contradictions or small counts shown\n"
            )
        sys.stdout.write(f"CPU seconds of the six releases with a ledger: {between - start:.0f}, without the proofs\n")


if __name__ == "__main__":
    main(sys.argv[1:])
