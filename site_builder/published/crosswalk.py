"""The names that an indicator has in other lists, and whether we know the list that each belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

# lists that identifiers belong to: how one is written, and the name of the list
_LISTS = (
    (re.compile(r"NI (\d{1,3})(?: \(.+\))?"), "National indicator set of 2008"),
    (re.compile(r"LAIT \S.*"), "Local Authority Interactive Tool, Department for Education"),
    (re.compile(r"Fingertips \d+"), "Fingertips public health profiles"),
    (re.compile(r"Census 20\d\d .+"), "Census of population, Office for National Statistics"),
)
_OURS = re.compile(r"(?:DfE )?([A-Z]{1,2}\d+[a-z]?\d?)")
_LAST_NI = 198  # the set ended with this number


class Crossing(NamedTuple):
    """An identifier of another list. ``code``: our own indicator that it names, or empty. ``listed``: the list it belongs
    to, empty when we know of none, so that it is unverified."""

    name: str
    code: str
    listed: str

    @property
    def is_verified(self) -> bool:
        """Whether it names one of our indicators or belongs to a list that we know."""
        return bool(self.code or self.listed)


def crossing(name: str, codes: Collection[str]) -> Crossing:
    """What an identifier of the catalogue's ``crosswalk`` is. ``codes``: of the catalogue."""
    if (ours := _OURS.fullmatch(name)) and ours[1] in codes:
        return Crossing(name, ours[1], "This catalogue")
    for pattern, listed in _LISTS:
        if found := pattern.fullmatch(name):
            beyond = name.startswith("NI ") and int(found[1]) > _LAST_NI
            return Crossing(name, "", "" if beyond else listed)
    return Crossing(name, "", "")
