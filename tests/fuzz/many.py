"""Thousands of spoilt returns through the check: ``python -m tests.fuzz.many --count 20000 --workers 2``.

Prints how many of each kind came out how, and the slowest; ends with 1 when anything slipped through, broke or took
longer than it may. A module of ``tests/fuzz/sets`` adds kinds: ``KINDS``, names of its own, and ``examined``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.confidential.house import build_house
from tests.fuzz.examine import Desk, Outcome
from tests.fuzz.sent import Draw

LONGEST = 2.0  # seconds that one return may take
_BATCH = 400
Examined = Callable[[Desk, str, Draw], Outcome]


def kinds() -> Mapping[tuple[str, str], Examined]:
    """Every kind of every set, by directory scan."""
    found: dict[tuple[str, str], Examined] = {}
    for module in iter_modules([str(Path(__file__).with_name("sets"))]):
        loaded = import_module(f"tests.fuzz.sets.{module.name}")
        found |= {(module.name, kind): loaded.examined for kind in loaded.KINDS}
    return found


@dataclass
class Tally:
    """How examples came out, by kind; what must not have happened; the slowest of each kind."""

    outcomes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    faults: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    slowest: dict[tuple[str, str], float] = field(default_factory=dict)
    samples: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def add(self, kind: tuple[str, str], outcome: Outcome) -> None:
        """Note one example."""
        self.outcomes[(*kind, outcome.how)] += 1
        self.slowest[kind] = max(outcome.seconds, self.slowest.get(kind, 0.0))
        for fault in (*outcome.faults, *("took too long" for _ in range(outcome.seconds > LONGEST))):
            self.faults[(*kind, fault)] += 1
            self.samples.setdefault((*kind, fault), outcome.lines)

    def join(self, other: Tally) -> None:
        """Take in what another process found."""
        self.outcomes += other.outcomes
        self.faults += other.faults
        self.samples = {**other.samples, **self.samples}
        for kind, seconds in other.slowest.items():
            self.slowest[kind] = max(seconds, self.slowest.get(kind, 0.0))


def tally(count: int, first: int) -> Tally:
    """``count`` examples, drawn anew in each batch from seeds that begin with ``first``."""
    made, every = Tally(), kinds()
    with tempfile.TemporaryDirectory() as root:
        desk = Desk(build_house(Path(root)), Path(root))
        number = first
        while made.outcomes.total() < count:
            _batch(desk, every, made, min(_BATCH, count - made.outcomes.total()), number)
            number += 1
    return made


def _batch(desk: Desk, every: Mapping[tuple[str, str], Examined], made: Tally, size: int, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=size,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def one(data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(sorted(every)))
        made.add(kind, every[kind](desk, kind[1], data.draw))

    one()


def report(made: Tally) -> str:
    """Counts by kind and outcome, the slowest, and the faults."""
    lines = []
    for kind in sorted(made.slowest):
        some = {how: n for (*whose, how), n in made.outcomes.items() if tuple(whose) == kind}
        told = ", ".join(f"{how} {n}" for how, n in sorted(some.items(), key=lambda item: (-item[1], item[0])))
        lines.append(f"{' / '.join(kind)}: {sum(some.values())} ({1000 * made.slowest[kind]:.0f} ms at most): {told}")
    total: Counter[str] = Counter()
    for (*_, how), n in made.outcomes.items():
        total[how.split(" by ")[0].split(" but ")[0]] += n
    lines.append(f"{total.total()} in all: {', '.join(f'{how} {n}' for how, n in total.most_common())}")
    lines += [f"FAULT {' / '.join(what)}: {n}, such as {made.samples[what]}" for what, n in sorted(made.faults.items())]
    return "\n".join([*lines, f"{made.faults.total()} faults"])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    said = parser.parse_args()
    start, made = time.perf_counter(), Tally()
    share = -(-said.count // said.workers)
    with ProcessPoolExecutor(said.workers, multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(tally, share, said.seed + worker * 1_000_000) for worker in range(said.workers)]
        for job in jobs:
            made.join(job.result())
    print(report(made))
    print(f"{time.perf_counter() - start:.0f} s")
    return int(bool(made.faults))


if __name__ == "__main__":
    sys.exit(main())
