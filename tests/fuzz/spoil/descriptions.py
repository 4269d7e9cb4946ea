"""The description of a return: other values, other ways of writing, what is beyond all measure."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from site_builder.confidential.standards import DESCRIPTOR
from tests.fuzz.hand import BIG, HOSTILE, Files
from tests.fuzz.sent import Draw, Sent

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from((10**400, -0.0, 1e308, "confidential", "synthetic", *HOSTILE)),
)
VALUES = st.recursive(
    LEAVES, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3)
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every value stands, from the outside in."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, one in inside for found in _paths(one, (*path, key))]


def _described(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def described_otherwise(draw: Draw, files: Files) -> Sent:
    """A value of the description is another, is missing, or is a new one."""
    value = json.loads(files[DESCRIPTOR])
    *way, last = draw(st.sampled_from(_paths(value)))
    place = value
    for key in way:
        place = place[key]
    match draw(st.sampled_from(("other", "missing", "more"))):
        case "other":
            place[last] = draw(VALUES)
        case "missing":
            del place[last]
        case _ if isinstance(place, dict):
            place[
                draw(st.sampled_from(("$schema", "correction", "sources", "Zyxomma", "104729")) | st.text(max_size=5))
            ] = draw(VALUES)
        case _:
            place.insert(0, draw(VALUES))
    return {**files, DESCRIPTOR: _described(value)}


def free_parts(draw: Draw, files: Files) -> Sent:
    """The parts that may vary: as they may, and as they may not."""
    value = json.loads(files[DESCRIPTOR])
    reason = st.sampled_from(("A team had been left out of the figures.", "", "Zyxomma 104729", "x" * 600, 5))
    codes = st.lists(st.sampled_from(("SG01", "SG02", "P2g", "Zyxomma", 5)), max_size=3)
    release = st.sampled_from(("2024-25-Q2", "2024-25-Q2.1", "Zyxomma", "104729", 5))
    block = st.fixed_dictionaries({"release": release, "reason": reason, "indicators": codes})
    roles = st.sampled_from(
        ("Data officer", "Mr Zyxomma", "Zyxomma 104729", "", "Team (interim)", "a@b.example", "x" * 81)
    )
    match draw(st.sampled_from(("contact_role", "signed_off_by_role", "collection", "classification", "correction"))):
        case "collection":
            value["collection"] = draw(
                st.sampled_from(("2023-24.2", "latest", "2024-25.1\n", "２０２４-25.1", 2024.25))
            )
        case "classification":
            value["classification"] = draw(
                st.sampled_from(("confidential", "published", "Synthetic", "", None, ["synthetic"]))
            )
        case "correction":
            value["correction"] = draw(block | VALUES)
        case role:
            value[role] = draw(roles | VALUES)
    return {**files, DESCRIPTOR: _described(value)}


def written_otherwise(draw: Draw, files: Files) -> Sent:
    """The same description with other spaces, order, escapes; or with what JSON does not allow."""
    value = json.loads(files[DESCRIPTOR])
    items = draw(st.permutations(list(value.items())))
    text = json.dumps(dict(items), indent=draw(st.sampled_from((None, 0, 1, 7))), ensure_ascii=draw(st.booleans()))
    text = draw(
        st.sampled_from(("{}", "\ufeff{}", "{} ", "\n{}", "{}\0", "{}{{}}", "[{}]", "{},", "//x\n{}", "\u00a0{}"))
    ).format(text)
    text = text.replace(
        *draw(st.sampled_from((("", ""), ("name", "n\\u0061me"), ('"', "'"), (",", ",,"), (": ", ":  "))))
    )
    return {**files, DESCRIPTOR: text.encode()}


def keys_twice(draw: Draw, files: Files) -> Sent:
    """A key stands twice, with the same value or another, at any depth."""
    text = files[DESCRIPTOR].decode()
    at = draw(st.sampled_from([place for place, c in enumerate(text) if c == "{"]))
    end = text.index(":", at)
    value = draw(st.sampled_from(('"confidential"', "1", "null", "[]", "{}")))
    return {**files, DESCRIPTOR: (text[: at + 1] + text[at + 1 : end] + ": " + value + "," + text[at + 1 :]).encode()}


def beyond_measure(draw: Draw, files: Files) -> Sent:
    """Deep nests, and numbers and words of enormous size."""
    deep = draw(st.sampled_from((10, 500, 990, 1_010, 20_000, 400_000)))
    opened, closed = draw(st.sampled_from((("[", "]"), ('{"a":', "}"))))
    nest = (opened * deep + "1" + closed * deep)[:BIG]
    wild = draw(
        st.sampled_from(
            (
                nest,
                "1" * 5_000,
                "-1" + "0" * 400_000,
                "1e999999",
                "-1e-999999",
                '"' + "x" * 900_000 + '"',
                "NaN",
                "-Infinity",
                '"\\ud800"',
            )
        )
    )
    text = files[DESCRIPTOR].decode()
    key = draw(st.sampled_from(("classification", "contact_role", "resources", "correction", "period", "new", "")))
    if not key:
        return {**files, DESCRIPTOR: wild.encode()}
    value = json.loads(text)
    value[key] = "@@"
    return {**files, DESCRIPTOR: json.dumps(value).replace('"@@"', wild).encode()}


WAYS = (described_otherwise, free_parts, written_otherwise, keys_twice, beyond_measure)
