"""Lists that a reader narrows down without script: the choices, and the classes that keep a row.

The style sheet ``filters.css`` has one rule for each number of a choice: while it is chosen, rows without its class go.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from site_builder.published.pages_parts import Filter

CHOICES = 80  # rules in the style sheet; one for each choice of a page
Key = TypeVar("Key", bound=Hashable)


def narrowed(
    labels: Sequence[str], held: Mapping[Key, Sequence[Sequence[str]]], ordered: Sequence[str] = ()
) -> tuple[tuple[Filter, ...], Mapping[Key, str]]:
    """The choices, and for each row its classes. ``held``: the words of a row for each label; ``ordered``: words that
    stand first, in this order, the others A to Z. Raises ValueError when there are more choices than rules."""
    options: list[tuple[int, str]] = []
    for place in range(len(labels)):
        found = {word for facets in held.values() for word in facets[place]}
        first = [word for word in ordered if word in found]
        options += [(place, word) for word in [*first, *sorted(found - set(first))]]
    if len(options) > CHOICES:
        raise ValueError("the style sheet of filters has too few rules")
    marks = {option: f"o{number}" for number, option in enumerate(options, start=1)}
    filters = tuple(
        Filter(label, tuple((marks[place, word], word) for at, word in options if at == place))
        for place, label in enumerate(labels)
    )
    kept = {
        key: " ".join(["f", *(marks[place, word] for place, words in enumerate(facets) for word in words)])
        for key, facets in held.items()
    }
    return filters, kept
