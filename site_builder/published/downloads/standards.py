"""Names, words and values that the department asks of every data file: what a column may be called, and what no cell may say.

Restated from its published guidance and from what its own check of files refuses. Facts alone; ``screen`` asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

# Parts of a name of an indicator that say who is counted: that belongs in a filter. They are found inside words too.
GROUPS_OF_PEOPLE = (
    "male", "female", "boys", "girls", "asian", "chinese", "indian", "pakistani", "bangladeshi", "black", "african",
    "caribbean", "white", "mixed", "roma", "irish", "english", "british", "scottish", "welsh", "arab",
)  # fmt: skip
NULL_WORDS = frozenset({"NULL", "Null", "null", "NA", "na"})  # in either file
OLD_SYMBOLS = frozenset({"N/A", "n/a", ".", "..", "-", ":", "~"})  # in the data
WHOLE = frozenset({"Total", "total", "All", "all"})  # of a filter, and never of a place or a time
_STANDARD = {
    "sen_": ("sen_status", "sen_primary_need", "sen_secondary_need", "sen_provision"),
    "primary_need": ("sen_primary_need",),
    "secondary_need": ("sen_secondary_need",),
    "establishment_type": ("establishment_type", "establishment_type_group"),
    "school_type": ("establishment_type", "establishment_type_group"),
    "provider_type": ("provider_type",),
    "phase": ("education_phase",),
    "ethnic": ("ethnicity_major", "ethnicity_minor", "ethnicity_detailed", "minority_ethnic"),
}
_NAMES = frozenset(name for some in _STANDARD.values() for name in some)
MAJOR_GROUPS = frozenset(
    {
        "Total", "Unknown", "White", "Mixed / Multiple ethnic groups", "Asian / Asian British",
        "Black / African / Caribbean / Black British", "Other ethnic group",
    }
)  # fmt: skip
_KINDS_OF_PLACE = (
    "sch", "prov", "inst", "estab", "reg", "la", "local", "rsc", "pfa", "pcon", "lep", "mca", "oa", "ward", "mat",
)  # fmt: skip
_IDENTIFIERS = ("name", "code", "urn", "ukprn", "number", "upin", "id")
_ALONE = (
    "laestab", "school", "schools", "provider", "providers", "institution", "institutions", "region", "lad",
    *_KINDS_OF_PLACE, *_IDENTIFIERS,
)  # fmt: skip
_PLACE = re.compile(f"(?:(?:{'|'.join(_KINDS_OF_PLACE)}).*(?:{'|'.join(_IDENTIFIERS)})|{'|'.join(_ALONE)})\\Z", re.I)


def says_who(name: str) -> bool:
    """Whether the name of an indicator holds a word of a group of people."""
    return any(word in name.lower() for word in GROUPS_OF_PEOPLE)


def is_called_otherwise(name: str) -> bool:
    """Whether a column is about what has a standard name, and has another."""
    return name not in _NAMES and any(part in name.lower() for part in _STANDARD)


def looks_like_a_place(name: str) -> bool:
    """Whether a filter is called like the name or code of a place, school or provider."""
    return bool(_PLACE.match(name))


def same_without_signs(levels: Collection[str]) -> bool:
    """Whether two levels are one when all but letters and digits is left out."""
    return len({re.sub(r"[^0-9A-Za-z]", "", level) for level in levels}) < len(set(levels))
