"""What a reader could work out about hidden counts, by trying every whole-number table that agrees with the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Sum = tuple[Sequence[str], int]  # names of unknown counts, and what they add up to


def tables(floors: Mapping[str, int], sums: Sequence[Sum], most: int) -> Iterator[dict[str, int]]:
    """Every table of the unknown counts, each from its floor to ``most``, that agrees with all sums."""
    names = sorted(floors)

    def extend(table: dict[str, int], rest: Sequence[str]) -> Iterator[dict[str, int]]:
        for members, total in sums:
            known = sum(table[name] for name in members if name in table)
            least = known + sum(floors[name] for name in members if name not in table)
            complete = all(name in table for name in members)
            if least > total or (complete and known != total):
                return
        if not rest:
            yield dict(table)
            return
        for value in range(floors[rest[0]], most + 1):
            yield from extend({**table, rest[0]: value}, rest[1:])

    yield from extend({}, names)


def possible(floors: Mapping[str, int], sums: Sequence[Sum], most: int) -> dict[str, set[int]]:
    """The values that each unknown count takes in some table."""
    found: dict[str, set[int]] = {name: set() for name in floors}
    for table in tables(floors, sums, most):
        for name, value in table.items():
            found[name].add(value)
    return found
