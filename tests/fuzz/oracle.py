"""What a return that was sent says, read with other means than the check's, and what follows from it.

**Harmless**: everything that was said is the same: the values of the description, the header, the cells of each table,
rows in any order. A byte order mark, other line ends, quotation marks that need not be there, the order of keys and the
spaces between them change nothing that is said.

**A valid change**: the same keys, and every cell or free part of the description that differs holds a value that it
may hold. Anything else has to be found.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, REQUIRED_FILES, RETURN
from tests.confidential.house import LONDON_CHILDREN
from tests.fuzz.sent import CHALLENGES, COMMENTARY, OPTIONAL, Sent

FILLED = {"reported", "provisional", "estimated", "unreliable"}
BLANK = {"not_collected", "not_yet_available", "not_applicable", "withheld"}
NOTED = {"estimated", "unreliable", "withheld"}
HELP = {"title", "description", "in_words"}
FREE = {"contact_role", "signed_off_by_role", "collection", "correction"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FILLING = re.compile("FILLER|VARIATION SELECTOR|GRAPHEME JOINER")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-Q[1-4])?)?\b")


class Said(NamedTuple):
    """What the files say; rows with how often they stand there."""

    description: Any
    tables: Mapping[str, tuple[tuple[str, ...], Counter[tuple[str, ...]]]]


def read(sent: Sent) -> Said | None:
    """What a folder says; None when it cannot be read as a return at all."""
    files = {name: data for name, data in sent.items() if isinstance(data, bytes)}
    if not {*REQUIRED_FILES} <= set(sent) <= {*REQUIRED_FILES, *OPTIONAL} or set(files) != set(sent):
        return None
    try:
        description = json.loads(files[DESCRIPTOR].decode(), object_pairs_hook=_once)
        tables = {name: _table(data) for name, data in files.items() if name != DESCRIPTOR}
    except (ValueError, RecursionError, csv.Error, IndexError):
        return None
    return Said(description, tables)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _table(data: bytes) -> tuple[tuple[str, ...], Counter[tuple[str, ...]]]:
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    return rows[0], Counter(rows[1:])


def harmless(good: Said, said: Said) -> bool:
    """Whether two folders say the same. Numbers of different kinds (1, 1.0, true) are not the same."""
    return _typed(good.description) == _typed(said.description) and good.tables == said.tables


def _typed(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def valid_change(good: Said, said: Said) -> bool:
    """Whether all that differs is a value that may stand there."""
    return (
        _valid_description(good.description, said.description)
        and good.tables[RETURN][0] == said.tables[RETURN][0]
        and good.tables[EXPLANATIONS][0] == said.tables[EXPLANATIONS][0]
        and all(_valid_texts(name, good, said) for name in OPTIONAL if name in said.tables)
        and _valid_figures(good.tables[RETURN][1], said.tables[RETURN][1])
        and all(_valid_answer(row) for row in said.tables[EXPLANATIONS][1])
    )


def _valid_description(good: Any, said: Any) -> bool:
    if not isinstance(said, dict):
        return False
    fixed = [{key: value for key, value in one.items() if key not in FREE} for one in (good, said)]
    if _typed(_without_help(fixed[0])) != _typed(_without_help(fixed[1])):
        return False
    roles = all(_is_role(said.get(key)) for key in ("contact_role", "signed_off_by_role"))
    version = isinstance(said.get("collection"), str) and re.fullmatch(r"\d{4}-\d\d\.\d{1,3}", said["collection"], re.A)
    return roles and bool(version) and ("correction" not in said or _is_correction(said["correction"]))


def _without_help(value: Any) -> Any:
    """A description without the words in it that are for people alone."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if key not in HELP or not isinstance(one, str)}
        return {key: _without_help(one) for key, one in kept.items()}
    return [_without_help(one) for one in value] if isinstance(value, list) else value


def _is_role(value: object) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= 80:
        return False
    return all(c.isalpha() or c in " ,'’&()/-" for c in value)


def _is_correction(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"indicators", "reason", "release"} and is_text(value["reason"])


def _valid_figures(good: Counter[tuple[str, ...]], said: Counter[tuple[str, ...]]) -> bool:
    if any(len(row) != 8 for row in said):
        return False
    if Counter(row[:4] for row in good.elements()) != Counter(row[:4] for row in said.elements()):
        return False
    return all(_valid_row(row) for row in said)


def _valid_row(row: tuple[str, ...]) -> bool:
    numerator, denominator, status, note = row[4:]
    counts = [cell for cell in (numerator, denominator) if cell]
    filled = bool(numerator) if status in FILLED else status in BLANK and not counts
    noted = is_text(note) if note else status not in NOTED
    return filled and noted and all(is_count(cell) for cell in counts)


def is_count(cell: str) -> bool:
    """Whether a cell is a count in its one plain form, no larger than there are children."""
    return cell.isascii() and cell.isdigit() and str(int(cell)) == cell and int(cell) <= LONDON_CHILDREN


def is_text(words: object) -> bool:
    """Whether a text is one that may be printed: everything can be seen, no formula, no number but a year or a period."""
    if not isinstance(words, str) or len(words) > 500 or words.strip()[:1] in {*"=+-@"}:
        return False
    seen = not any(unicodedata.category(c) in _UNSEEN or _FILLING.search(unicodedata.name(c, "")) for c in words)
    return seen and not any(unicodedata.category(c) in {"Nd", "No", "Nl"} for c in _YEAR.sub("", words))


def _valid_texts(name: str, good: Said, said: Said) -> bool:
    """Whether an optional file is one that may be sent: no key twice, every row as its columns ask."""
    header, rows = said.tables[name]
    key = {COMMENTARY: 1, CHALLENGES: 3}[name]
    keys = [tuple(cell.strip() for cell in row[:key]) for row in rows.elements()]
    fits = _valid_comment if name == COMMENTARY else _valid_challenge
    return header == good.tables[name][0] and len(set(keys)) == len(keys) and all(fits(row) for row in rows)


def _valid_comment(row: tuple[str, ...]) -> bool:
    return len(row) == 3 and _is_due(row[0]) and bool(row[1].strip()) and is_text(row[1]) and is_text(row[2])


def _valid_challenge(row: tuple[str, ...]) -> bool:
    if len(row) != 6 or not _is_code(row[1]) or row[5] not in ("open", "in-hand", "closed"):
        return False
    said = bool(row[2].strip()) and is_text(row[2]) and is_text(row[3]) and _is_role(row[4])
    return said and re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", row[0]) is not None


def _is_due(cell: str) -> bool:
    return re.fullmatch(r"SG(0[1-4]|06|08|1[0-24]|18)|P2a", cell) is not None


def _is_code(cell: str) -> bool:
    return re.fullmatch(r"SG(0[1-4]|06|08|1[0-24-8]|31)|P2[ag]", cell) is not None


def _valid_answer(row: tuple[str, ...]) -> bool:
    return (
        len(row) == 5
        and re.fullmatch(r"[KVTXD][0-9]{3}", row[0]) is not None
        and row[1] == "E09000092"
        and row[3] == "total"
        and len(row[4].strip()) >= 20
        and is_text(row[4])
    )
