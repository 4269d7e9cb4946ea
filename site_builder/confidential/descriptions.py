"""What a submitted description says of its free parts, and where it differs from the canonical one.

A description is read only for these few parts. It never decides how the figures are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn

from site_builder.confidential.newreturn import Correction, Particulars
from site_builder.confidential.rules.text import is_role
from site_builder.vocabulary.planes import Classification
from site_builder.vocabulary.releaseid import ReleaseId

_HELP = {"title", "description", "in_words"}
_COLLECTION = re.compile(r"[0-9]{4}-[0-9]{2}\.[0-9]{1,3}\Z")


def strict_json(data: bytes) -> Any:
    """The value of JSON in UTF-8. Raises ValueError for anything else, a key that stands twice included, and
    RecursionError when it is nested too deeply."""
    return json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_constant)


def difference(expected: object, given: object, pointer: str = "") -> str | None:
    """The JSON pointer of the first difference, None when there is none. Only keys that were expected are named.

    Help for people is not compared: it has no part in how a return is read, and a return of last year must stay right
    when a sentence of it is reworded.
    """
    if isinstance(expected, Mapping) and isinstance(given, Mapping):
        if any(not isinstance(given.get(key, ""), str) for key in _HELP):
            return pointer or "/"
        for key in sorted(set(expected) - _HELP):
            below = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key not in given:
                return below
            found = difference(expected[key], given[key], below)
            if found is not None:
                return found
        return pointer or "/" if set(given) - set(expected) - _HELP else None
    if isinstance(expected, list) and isinstance(given, list) and len(expected) == len(given):
        pairs = enumerate(zip(expected, given, strict=True))
        return next((d for i, (e, g) in pairs if (d := difference(e, g, f"{pointer}/{i}")) is not None), None)
    return None if type(expected) is type(given) and expected == given else pointer or "/"


def classification_of(submitted: Mapping[str, Any] | None) -> Classification | None:
    """The classification, None when it is missing or not a word of ours."""
    try:
        return Classification((submitted or {}).get("classification"))
    except ValueError:
        return None


def wrong_free_part(submitted: Mapping[str, Any]) -> str | None:
    """The pointer of a free part that is not as it may be, None when all are."""
    for key in ("contact_role", "signed_off_by_role", "collection"):
        if not _fits(key, submitted.get(key)):
            return f"/{key}"
    return "/correction" if "correction" in submitted and correction_of(submitted["correction"]) is None else None


def _fits(key: str, value: object) -> bool:
    """Whether a role is words without a name or address, and a collection a version."""
    if not isinstance(value, str):
        return False
    if key == "collection":
        return bool(_COLLECTION.match(value))
    return is_role(value)


def correction_of(value: object) -> Correction | None:
    """A correction block; None when it is not one."""
    if not isinstance(value, dict) or set(value) != {"indicators", "reason", "release"}:
        return None
    indicators, reason, release = value["indicators"], value["reason"], value["release"]
    if not (isinstance(reason, str) and isinstance(release, str) and isinstance(indicators, list)):
        return None
    if not all(isinstance(code, str) for code in indicators):
        return None
    try:
        ReleaseId.parse(release)
    except ValueError:
        return None
    return Correction(release, reason, tuple(indicators))


def particulars_said(fallback: Particulars, said: Mapping[str, Any]) -> Particulars:
    """The fallback with every free part that the description still says rightly.

    A return that does not say what it is stays confidential: a repair never makes a real return an invented one.
    """
    kept: dict[str, Any] = {
        key: said[key] for key in ("contact_role", "signed_off_by_role", "collection") if _fits(key, said.get(key))
    }
    return replace(
        fallback,
        classification=classification_of(said) or Classification.CONFIDENTIAL,
        correction=correction_of(said.get("correction")),
        **kept,
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")
