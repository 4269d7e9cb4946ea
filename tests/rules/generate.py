"""Writes the folders ``tests/rules/<CODE>/<case>/``: what differs from a good return, and what the check must say.

Run it with ``python -m tests.rules.generate`` after a change here. A test compares the folders with this table, byte
for byte. Files of a case lie over the good return of the invented house; ``earlier/`` and ``neighbour/`` over those of
the quarter before and of another authority; ``case.toml`` says what no committed file can.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.confidential.newreturn import new_return
from site_builder.confidential.standards import DESCRIPTOR, EXPLANATIONS, RETURN, Standards
from site_builder.release.package import json_bytes
from site_builder.release.tables import csv_bytes
from site_builder.vocabulary.methods.funnels import Funnel, Label, Transform, additive
from tests.confidential.house import BOROUGHS, CROWD, QUARTER, YEAR, build_house, good_return, particulars, table

HERE = Path(__file__).parent
RECIPE = "workbook.json"  # of a case: what is done to the form of the return before it is converted
EARLIER = "2024-25-Q1"
PLACES = {"": ("northwick", QUARTER), "earlier": ("northwick", EARLIER), "neighbour": ("southmarsh", QUARTER)}
AREA, PERIOD, INDICATOR, BREAKDOWN, NUMERATOR, DENOMINATOR, STATUS, NOTE = range(8)


@dataclass
class Case:
    """One folder: its files, its settings, and the lines of expected.txt."""

    code: str
    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    settings: str = ""
    fixed: dict[str, bytes] | None = None
    fixed_settings: str = ""
    fixed_expected: list[str] = field(default_factory=list)


class Maker:
    """Makes cases out of the good return of the invented house."""

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self.good = good_return(standards)
        self.before = good_return(standards, period=EARLIER)
        self.beside = good_return(standards, "southmarsh")

    def rows(self) -> list[list[str]]:
        """The good rows, header first, to be changed."""
        return table(self.good[RETURN])

    def edited(self, change: Callable[[list[list[str]]], None], base: bytes | None = None) -> bytes:
        """A table after a change of its rows."""
        rows = table(self.good[RETURN] if base is None else base)
        change(rows)
        return csv_bytes(rows[0], rows[1:])

    def cell(self, code: str, name: str, row: int, column: int, value: str, *columns: str) -> Case:
        """One cell of the return changed: the code is expected there."""
        field_name = columns[0] if columns else self.rows()[0][column]
        severity = columns[1] if len(columns) > 1 else "error"

        def change(rows: list[list[str]]) -> None:
            rows[row - 1][column] = value

        return self.case(
            code, name, {RETURN: self.edited(change)}, f"{severity} {code} return.csv row {row} {field_name}"
        )

    def case(self, code: str, name: str, files: dict[str, bytes], *expected: str, settings: str = "") -> Case:
        """A case whose twin is the good form of the same files."""
        good = {path: self._good(path) for path in files}
        fixed = {path: data for path, data in good.items() if data is not None}
        return Case(code, name, files, list(expected), settings, fixed)

    def _good(self, path: str) -> bytes | None:
        place, _, name = path.rpartition("/")
        return {"": self.good, "earlier": self.before, "neighbour": self.beside}[place].get(name)

    def descriptor(self, change: Callable[[dict[str, object]], None]) -> bytes:
        """The good description after a change."""
        value = json.loads(self.good[DESCRIPTOR])
        change(value)
        return json_bytes(value)

    def explanation(self, *rows: list[str]) -> bytes:
        """A table of explanations."""
        return csv_bytes(table(self.good[EXPLANATIONS])[0], rows)


def cases(standards: Standards) -> Iterator[Case]:
    """Every case of every rule."""
    make = Maker(standards)
    for some in (
        _scope,
        _bytes,
        _lines,
        _header,
        _workbooks,
        _counts,
        _words,
        _keys,
        _explanations,
        _values,
        _time,
        _boroughs,
        _disclosure,
        _suppliers,
        _optional,
        _among_all,
    ):
        yield from some(make)


def _scope(make: Maker) -> Iterator[Case]:
    folder = "datapackages/returns/northwick/2024-25-Q2"
    own = '[scope]\nown = "northwick"\non = 2024-11-01\n'

    def change(path: str, status: str = "M", more: str = "") -> str:
        return f'[[scope.changes]]\npath = "{path}"\nstatus = "{status}"\n{more}'

    good = own + change(f"{folder}/return.csv")
    other = "datapackages/returns/southmarsh/2024-25-Q2/return.csv"
    for code, name, bad, where in (
        ("S101", "other-folder", good + change(other), other),
        (
            "S102",
            "code-in-a-return",
            good + change("site_builder/confidential/gate.py"),
            "site_builder/confidential/gate.py",
        ),
        ("S102", "return-from-a-developer", good.replace('own = "northwick"\n', ""), f"{folder}/return.csv"),
        ("S103", "two-periods", good + change("datapackages/returns/northwick/2023-24/return.csv"), folder),
        ("S104", "closed", good.replace("2024-11-01", "2024-11-16"), folder),
        ("S104", "released", good + '[scope.released]\n"2024-25-Q2" = "2024-25-Q2"\n', folder),
        ("S105", "workbook-committed", good + change(f"{folder}/return.xlsx", "A"), f"{folder}/return.xlsx"),
        (
            "S106",
            "link-committed",
            good + change(f"{folder}/explanations.csv", "T", 'mode = "120000"\n'),
            f"{folder}/explanations.csv",
        ),
        (
            "S106",
            "program",
            good + change(f"{folder}/explanations.csv", "M", 'mode = "100755"\n'),
            f"{folder}/explanations.csv",
        ),
        ("S107", "large-commit", good.replace("path =", "size = 1_000_001\npath ="), f"{folder}/return.csv"),
        ("S109", "too-early", good.replace("2024-11-01", "2024-09-30"), folder),
        ("S110", "deleted", good + change(f"{folder}/explanations.csv", "D"), f"{folder}/explanations.csv"),
    ):
        shown = where.removeprefix(f"{folder}/")
        yield Case(code, name, {}, [f"error {code} {shown}"], bad, {}, good)
    yield Case("S105", "workbook", {"figures.xlsx": b"not a workbook\n"}, ["error S105 figures.xlsx"], fixed={})
    yield Case("S105", "litter", {"~$return.csv": b"x\n"}, ["error S105 ~$return.csv"], fixed={})
    yield Case("S106", "capital", {"Return.csv": b"x\n"}, ["error S106 Return.csv"], fixed={})
    yield Case("S106", "link", {}, ["error S106 return.csv"], 'link = "return.csv"\n', {})
    yield Case("S107", "too-large", {}, ["error S107 return.csv"], 'fill = "return.csv"\n', {})

    def retype(value: dict[str, object]) -> None:
        resources = value["resources"]
        assert isinstance(resources, list)
        resources[0]["schema"]["fields"][4]["type"] = "string"

    def more(value: dict[str, object]) -> None:
        value["sources"] = []

    def another(value: dict[str, object]) -> None:
        value["contact_role"] = "team@example.org"

    yield make.case("S108", "type-changed", {DESCRIPTOR: make.descriptor(retype)}, "error S108 datapackage.json")
    yield make.case("S108", "key-added", {DESCRIPTOR: make.descriptor(more)}, "error S108 datapackage.json")
    yield make.case("S108", "address-as-role", {DESCRIPTOR: make.descriptor(another)}, "error S108 datapackage.json")


def _bytes(make: Maker) -> Iterator[Case]:
    good = make.good[RETURN]
    noted = make.edited(lambda rows: rows[1].__setitem__(NOTE, "Costs in pounds"))
    yield make.case("F201", "empty", {RETURN: b""}, "error F201 return.csv")
    yield make.case("F201", "blank-lines", {RETURN: b"\n\n"}, "error F201 return.csv")
    yield make.case("F202", "utf-16", {RETURN: good.decode().encode("utf-16")}, "error F202 return.csv")
    yield make.case("F202", "utf-16-unmarked", {RETURN: good.decode().encode("utf-16-le")}, "error F202 return.csv")
    yield make.case(
        "F203", "pound-sign", {RETURN: noted.replace(b"in pounds", b"in \xa3")}, "error F203 return.csv row 2"
    )
    yield make.case(
        "F204", "saved-by-excel", {RETURN: b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n")}, "info F204 return.csv"
    )
    yield make.case("F204", "old-mac", {RETURN: good.replace(b"\n", b"\r")}, "info F204 return.csv")
    yield make.case("F206", "workbook", {RETURN: b"PK\x03\x04 and more"}, "error F206 return.csv")
    yield make.case("F206", "web-page", {RETURN: b"<html></html>\n"}, "error F206 return.csv")
    yield make.case(
        "F211",
        "lost-comma",
        {DESCRIPTOR: b'{\n "period": "2024-25-Q2"\n "name": ""}'},
        "error F211 datapackage.json row 3",
    )
    yield make.case("F211", "key-twice", {DESCRIPTOR: b'{"a": 1, "a": 2}\n'}, "error F211 datapackage.json")
    yield make.case("F211", "list", {DESCRIPTOR: b"[]\n"}, "error F211 datapackage.json")
    yield make.case("F211", "deep", {DESCRIPTOR: b"[" * 90_000}, "error F211 datapackage.json")
    for name in (DESCRIPTOR, EXPLANATIONS, RETURN):
        yield Case("F212", f"no-{name.partition('.')[0]}", {}, [f"error F212 {name}"], f'remove = "{name}"\n', {})
    lines = range(2, len(make.rows()) + 1)
    yield Case(
        "F299", "schema-asks-more", {}, [f"error F299 return.csv row {n}" for n in lines], 'stricter = "period"\n', {}
    )


def _lines(make: Maker) -> Iterator[Case]:
    good = make.good[RETURN]
    first = good.split(b"\n")
    yield make.case("F205", "semicolons", {RETURN: good.replace(b",", b";")}, "error F205 return.csv row 1")
    yield make.case("F205", "tabs", {RETURN: good.replace(b",", b"\t")}, "error F205 return.csv row 1")
    yield make.case(
        "F207", "zero-width", {RETURN: good.replace(b"SG03", "SG03\u200b".encode())}, "error F207 return.csv row 4"
    )
    yield make.case("F207", "nul", {RETURN: good.replace(b"SG03", b"SG03\x00")}, "error F207 return.csv row 4")
    yield make.case(
        "F207", "right-to-left", {RETURN: good.replace(b"SG03", "\u202eSG03".encode())}, "error F207 return.csv row 4"
    )
    for name, unseen in (("not-assigned", "\U00051dc9"), ("filler", "\u3164"), ("selector", "\ufe0f")):
        noted = good.replace(first[3], first[3] + f"A new{unseen} team".encode())
        yield make.case("F207", name, {RETURN: noted}, "error F207 return.csv row 4")
    quoted = b"\n".join([*first[:3], first[3] + b'"Not closed', *first[4:]])
    yield make.case("F208", "not-closed", {RETURN: quoted}, "error F208 return.csv row 4")
    yield make.case("F208", "stray", {RETURN: good.replace(b"SG03", b'SG"03')}, "error F208 return.csv row 4")
    broken = b"\n".join([*first[:3], first[3] + b'"Two\nlines"', *first[4:]])
    yield make.case(
        "F208", "line-break", {RETURN: broken}, "error F208 return.csv row 4", "error F208 return.csv row 5"
    )
    merged = b"\n".join([*first[:3], b"<<<<<<< HEAD", first[3], b"=======", first[3], b">>>>>>> other", *first[4:]])
    yield make.case("F209", "unfinished-merge", {RETURN: merged}, "error F209 return.csv row 4")
    yield make.case("F210", "header-only", {RETURN: first[0] + b"\n"}, "error F210 return.csv row 1")


def _header(make: Maker) -> Iterator[Case]:
    good = make.good[RETURN]

    def reorder(rows: list[list[str]]) -> None:
        for row in rows:
            row[NUMERATOR], row[DENOMINATOR] = row[DENOMINATOR], row[NUMERATOR]

    def drop(rows: list[list[str]]) -> None:
        for row in rows:
            del row[DENOMINATOR]

    yield make.case(
        "H301", "title-above", {RETURN: b"Return of Northwick,,,,,,,\n,,,,,,,\n" + good}, "error H301 return.csv row 3"
    )
    yield make.case("H302", "reordered", {RETURN: make.edited(reorder)}, "error H302 return.csv row 1 numerator")
    yield make.case("H302", "left-out", {RETURN: make.edited(drop)}, "error H302 return.csv row 1 denominator")
    yield make.case(
        "H302", "renamed", {RETURN: good.replace(b"numerator", b"count", 1)}, "error H302 return.csv row 1 numerator"
    )
    yield make.case("H302", "no-header", {RETURN: good.split(b"\n", 1)[1]}, "error H302 return.csv row 1 area_code")
    yield make.case(
        "H303",
        "capitals",
        {RETURN: good.replace(b"area_code", b"Area Code", 1)},
        "error H303 return.csv row 1 area_code",
    )
    unquoted = good.replace(b"SG03,total,", b"SG03,total,1,")
    yield make.case("H304", "thousands-comma", {RETURN: unquoted}, "error H304 return.csv row 4")
    yield make.case(
        "H304",
        "cut-off",
        {RETURN: good.rstrip(b"\n").rsplit(b",", 3)[0] + b"\n"},
        f"error H304 return.csv row {len(make.rows())}",
    )


def _counts(make: Maker) -> Iterator[Case]:
    for code, name, value in (
        ("C401", "comma", "1,301"),
        ("C401", "space", "1 301"),
        ("C402", "percent", "45%"),
        ("C402", "decimal", "0.45"),
        ("C403", "less-than", "<5"),
        ("C403", "range", "1-5"),
        ("C403", "letter", "c"),
        ("C404", "dash", "-"),
        ("C404", "word", "n/a"),
        ("C407", "decimal-point", "1301.0"),
        ("C407", "scientific", "1.3E+03"),
        ("C407", "underscore", "1_301"),
        ("C407", "plus", "+1301"),
        ("C407", "leading-zero", "01301"),
        ("C407", "full-width", "１３０１"),
        ("C407", "padded", " 1301"),
        ("C407", "only-a-space", " "),
        ("C408", "minus", "-1301"),
        ("C408", "true-minus", "\u22121301"),
        ("C409", "error", "#REF!"),
        ("C409", "narrow", "########"),
        ("C409", "formula", "=A1/B1"),
        ("C410", "digit-twice", "400013"),
        ("C410", "twenty-digits", "13011301130113011301"),
    ):
        if code == "C410" and len(value) < 9:
            yield make.cell(code, name, 2, NUMERATOR, value)
        else:
            yield make.cell(code, name, 4, NUMERATOR, value)
    yield make.cell("C405", "blank", 4, NUMERATOR, "")
    yield make.cell("C405", "blank-below", 4, DENOMINATOR, "")
    yield make.cell("C406", "population", 2, DENOMINATOR, "90001")
    yield make.cell("V603", "another-population", 2, DENOMINATOR, "88001")

    def both(rows: list[list[str]]) -> None:
        rows[3][STATUS] = "not_collected"
        rows[3][DENOMINATOR] = ""

    yield make.case("C406", "status-says-none", {RETURN: make.edited(both)}, "error C406 return.csv row 4 numerator")


def _words(make: Maker) -> Iterator[Case]:
    for code, name, value in (
        ("C411", "month", "Sep-24"),
        ("C411", "date", "2024-09-30"),
        ("C411", "serial", "45748"),
        ("C411", "other-order", "Q2 24/25"),
    ):
        yield make.cell(code, name, 4, PERIOD, value)
    for code, name, value in (
        ("C412", "dash", "- a new team started"),
        ("C412", "formula", "=HYPERLINK(A)"),
        ("C413", "postcode", "The family moved to SE15 3QN."),
        ("C413", "pupil-number", "See H801200001001."),
        ("C413", "nhs-number", "See 943 476 5919."),
        ("C413", "insurance-number", "See AB 12 34 56 C."),
        ("C413", "birth-date", "Born 01/04/2015."),
        ("C413", "e-mail", "Ask someone@example.org."),
        ("C413", "telephone", "Ring 020 7946 0000."),
        ("C413", "initials-and-age", "JS, 14, moved away."),
        ("C413", "title-and-name", "Mrs Example left."),
        ("C413", "pseudonym", "This is about child B."),
        ("C415", "digits", "There were 4 more."),
        ("C415", "words", "Two siblings account for the rise."),
        ("C415", "percent", "A rise by 20%."),
        ("C418", "too-long", "Words and more words. " * 24),
    ):
        yield make.cell(code, name, 4, NOTE, value)
    yield make.cell("C416", "unknown", 4, STATUS, "final")
    yield make.cell("C417", "space-behind", 4, INDICATOR, "SG03 ")
    yield make.cell("C417", "no-break-space", 4, STATUS, "reported\u00a0")
    yield make.cell("C418", "missing", 4, STATUS, "estimated", "note")
    personal = make.explanation(["V605", "E09000092", "*", "total", "The reviewer at 020 7946 0000 will explain it."])
    yield make.case(
        "C413", "in-an-explanation", {EXPLANATIONS: personal}, "error C413 explanations.csv row 2 explanation"
    )


def _keys(make: Maker) -> Iterator[Case]:
    good = make.good[RETURN]
    yield make.cell("K501", "wrong-borough", 4, AREA, "E09000093")
    yield make.cell("K502", "name", 4, AREA, "Northwick")
    yield make.cell("K503", "last-quarter", 4, PERIOD, "2024-25-Q1")
    again = good + b"\n".join(good.split(b"\n")[3:4]) + b"\n"
    last = len(make.rows()) + 1
    yield make.case("K504", "twice", {RETURN: again}, f"error K504 return.csv row {last} indicator")
    yield make.case("K505", "total", {RETURN: good + b"Total,,,,40037,,,\n"}, f"error K505 return.csv row {last}")
    yield make.case("K505", "blank", {RETURN: good + b",,,,,,,\n"}, f"error K505 return.csv row {last}")
    yield make.case("K505", "blank-line", {RETURN: good + b"\n"}, f"error K505 return.csv row {last}")
    yield make.case(
        "K506", "missing", {RETURN: make.edited(lambda rows: rows.__delitem__(3))}, "error K506 return.csv indicator"
    )
    yearly = good + b"E09000092,2024-25-Q2,P2g,total,1301,2003,reported,\n"
    yield make.case("K507", "yearly", {RETURN: yearly}, f"error K507 return.csv row {last} indicator")
    yield make.cell("K507", "lower-case", 4, INDICATOR, "sg03")
    police = good + b"E09000092,2024-25-Q2,SG15,total,1301,,reported,\n"
    yield make.case("K510", "police", {RETURN: police}, f"error K510 return.csv row {last} indicator")
    yield make.cell("K509", "girls", 4, BREAKDOWN, "girls")
    fresh = new_return(make.standards, particulars(make.standards))
    told = make.explanation(["K508", "E09000092", "*", "total", "A new system; the figures follow in winter."])
    yield Case(
        "K508", "fresh", {RETURN: fresh[RETURN]}, ["query K508 return.csv"],
        fixed={RETURN: fresh[RETURN], EXPLANATIONS: told}, fixed_expected=["info K508 return.csv"],
    )  # fmt: skip


def _explanations(make: Maker) -> Iterator[Case]:
    words = "A new front door was opened in summer."
    good = ["T704", "E09000092", "SG01", "total", words]
    for name, column, value, where in (
        ("no-code", 0, "X", "code"),
        ("other-area", 1, "E09000093", "area_code"),
        ("not-due", 2, "P2g", "indicator"),
        ("no-breakdown", 3, "", "breakdown"),
    ):
        row = [*good[:column], value, *good[column + 1 :]]
        yield make.case(
            "K512", name, {EXPLANATIONS: make.explanation(row)}, f"error K512 explanations.csv row 2 {where}"
        )
    for name, text in (("short", "As discussed."), ("placeholder", "To follow in the next weeks")):
        row = [*good[:4], text]
        yield make.case(
            "K513", name, {EXPLANATIONS: make.explanation(row)}, "error K513 explanations.csv row 2 explanation"
        )
    twice = make.explanation(good, ["T704", "E09000092", "SG02", "total", words])
    yield make.case("K513", "same-words", {EXPLANATIONS: twice}, "error K513 explanations.csv row 3 explanation")
    row = ["V605", *good[1:]]
    yield make.case("K514", "not-asked", {EXPLANATIONS: make.explanation(row)}, "info K514 explanations.csv row 2 code")


def _values(make: Maker) -> Iterator[Case]:
    def swap(rows: list[list[str]]) -> None:
        rows[3][NUMERATOR], rows[3][DENOMINATOR] = rows[3][DENOMINATOR], rows[3][NUMERATOR]

    def few(rows: list[list[str]]) -> None:
        rows[7][NUMERATOR], rows[7][DENOMINATOR] = "7", "19"

    def everyone(rows: list[list[str]]) -> None:
        rows[3][NUMERATOR] = rows[3][DENOMINATOR]

    def rounded(rows: list[list[str]]) -> None:
        for row in rows[1:]:
            for column in (NUMERATOR, DENOMINATOR):
                row[column] = row[column] and row[column][:-1] + "0"

    def filled(rows: list[list[str]]) -> None:
        for row in rows[2:6]:
            row[NUMERATOR] = rows[1][NUMERATOR]

    def outside(rows: list[list[str]]) -> None:
        whole = next(row for row in rows if row[INDICATOR] == "SG08")
        whole[NUMERATOR] = "2003"

    yield make.case("V601", "exchanged", {RETURN: make.edited(swap)}, "error V601 return.csv row 4 numerator")
    yield make.cell("V602", "out-of-none", 4, DENOMINATOR, "0")
    all_of_them = make.edited(everyone)
    told = make.explanation(["V605", "E09000092", "SG03", "total", "Every referral of the quarter had come before."])
    yield Case(
        "V605", "all", {RETURN: all_of_them}, ["query V605 return.csv row 4 numerator"],
        fixed={RETURN: all_of_them, EXPLANATIONS: told}, fixed_expected=["info V605 return.csv row 4 numerator"],
    )  # fmt: skip
    yield make.cell("V605", "none", 4, NUMERATOR, "0", "numerator", "query")
    yield make.case("V605", "rounded", {RETURN: make.edited(rounded)}, "query V605 return.csv")
    yield make.case(
        "V606", "more-reviewed-than-open", {RETURN: make.edited(outside)}, "error V606 return.csv row 9 denominator"
    )
    yield make.case("V607", "filled-down", {RETURN: make.edited(filled)}, "query V607 return.csv row 2 numerator")
    yield make.case("V608", "two-figures", {RETURN: make.edited(_other)}, "error V608 return.csv row 11 numerator")
    yield make.case("V609", "few", {RETURN: make.edited(few)}, "info V609 return.csv row 8 denominator")


def _other(rows: list[list[str]]) -> None:
    (row,) = (row for row in rows if row[INDICATOR] == "SG14")
    row[NUMERATOR] = str(int(row[NUMERATOR]) + 2)


def _time(make: Maker) -> Iterator[Case]:
    before, now = make.before[RETURN], make.rows()

    def same(rows: list[list[str]], several: slice, columns: slice) -> None:
        for row, current in zip(rows[several], now[several], strict=True):
            row[columns] = current[columns]

    def first(rows: list[list[str]], value: str) -> None:
        rows[1][NUMERATOR] = value

    def quarter_of_sum(rows: list[list[str]]) -> None:
        for row in rows[1:]:
            if row[INDICATOR] != "SG08":  # the whole of a part
                row[NUMERATOR] = str(int(row[NUMERATOR]) // 2 + 1)

    everything, counts = slice(1, None), slice(NUMERATOR, STATUS)
    copied = make.edited(lambda rows: same(rows, everything, counts), before)
    half = make.edited(lambda rows: same(rows, slice(1, 6), slice(NUMERATOR, DENOMINATOR)), before)
    doubled = make.edited(lambda rows: first(rows, "503"), before)
    tenfold = make.edited(lambda rows: first(rows, "103"), before)
    summed = make.edited(quarter_of_sum, before)
    yield Case("T700", "first", {}, ["info T700 return.csv"], fixed={"earlier/return.csv": before})
    for code, name, earlier, expected in (
        ("T701", "copied", copied, "error T701 return.csv"),
        ("T702", "half-refreshed", half, "query T702 return.csv"),
        ("T703", "since-april", summed, "query T703 return.csv"),
        ("T704", "doubled", doubled, "query T704 return.csv row 2 numerator"),
        ("T705", "ten-times", tenfold, "query T705 return.csv row 2 numerator"),
    ):
        yield make.case(code, name, {"earlier/return.csv": earlier}, expected)
    told = make.explanation(["T704", "E09000092", "SG01", "total", "A new front door was opened in summer."])
    where = "T704 return.csv row 2 numerator"
    both = {"earlier/return.csv": doubled, EXPLANATIONS: told}
    yield Case(
        "T704", "explained", {"earlier/return.csv": doubled}, [f"query {where}"], "", both, "", [f"info {where}"]
    )
    yield _correction(make)


def _correction(make: Maker) -> Case:
    def corrected(reason: str) -> bytes:
        block = {"release": "2024-25-Q2", "reason": reason, "indicators": ["SG01"]}
        return make.descriptor(lambda value: value.__setitem__("correction", block))

    right = corrected("Figures of a new team had been left out.")
    return Case(
        "T706",
        "no-reason",
        {DESCRIPTOR: corrected("Mistake.")},
        ["query T706 datapackage.json"],
        fixed={DESCRIPTOR: right},
    )


def _workbooks(make: Maker) -> Iterator[Case]:
    for code, name, recipe, expected in (
        ("C414", "merged", {"merge": ["H5:H6"]}, "error C414 workbook.xlsx row 5 status"),
        ("C414", "hidden-row", {"hide_rows": [7]}, "error C414 workbook.xlsx row 7"),
        ("C414", "hidden-column", {"hide_columns": ["G"]}, "error C414 workbook.xlsx row 3 denominator"),
        ("H305", "capital", {"rename": {"F3": "Numerator"}}, "info H305 workbook.xlsx row 3 numerator"),
    ):
        untouched = {RECIPE: json_bytes({})}
        yield Case(code, name, {RECIPE: json_bytes(recipe)}, [expected], fixed=untouched)


def _boroughs(make: Maker) -> Iterator[Case]:
    def same(rows: list[list[str]]) -> None:
        for row, current in zip(rows[1:], make.rows()[1:], strict=True):
            row[NUMERATOR:STATUS] = current[NUMERATOR:STATUS]

    yield Case("X800", "alone", {}, ["info X800 return.csv"], fixed={"neighbour/return.csv": make.beside[RETURN]})
    copied = {"neighbour/return.csv": make.edited(same, make.beside[RETURN])}
    yield make.case("X802", "other-file", copied, "error X802 return.csv")


def _disclosure(make: Maker) -> Iterator[Case]:
    def real(value: dict[str, object]) -> None:
        value["classification"] = "confidential"

    def unsaid(value: dict[str, object]) -> None:
        value["classification"] = "secret"

    def missing(value: dict[str, object]) -> None:
        del value["classification"]

    where = "error D901 datapackage.json"
    kept = {DESCRIPTOR: make.descriptor(real)}
    yield Case("D901", "public", kept, [where], 'visibility = "public"\n', kept, 'visibility = "private"\n')
    yield Case("D901", "unknown", kept, [where], 'visibility = "unknown"\n', kept, 'visibility = "private"\n')
    births = make.good[RETURN].replace(b"breakdown", b"DOB", 1)
    yield make.case("D903", "birth-dates", {RETURN: births}, "error D903 return.csv row 1")
    long = make.good[RETURN] + b"E09000092,2024-25-Q2,SG01,total,1301,,reported,\n" * 200
    yield make.case("D903", "many-rows", {RETURN: long}, "error D903 return.csv")
    yield make.case("D905", "unknown-word", {DESCRIPTOR: make.descriptor(unsaid)}, "error D905 datapackage.json")
    yield make.case("D905", "missing", {DESCRIPTOR: make.descriptor(missing)}, "error D905 datapackage.json")
    beside = json.loads(make.beside[DESCRIPTOR])
    beside["classification"] = "confidential"
    mixed = {"neighbour/datapackage.json": json_bytes(beside)}
    yield make.case("D906", "mixed", mixed, "error D906 returns", settings='visibility = "private"\n')


def _suppliers(make: Maker) -> Iterator[Case]:
    good = good_return(make.standards, "police")[RETURN]
    ours = 'submitter = "police"\n'

    def left_out(rows: list[list[str]]) -> None:
        del rows[2]

    def uncovered(rows: list[list[str]]) -> None:
        rows.append(["E09000094", QUARTER, "SG15", "total", "1301", "", "reported", ""])

    def boroughs_own(rows: list[list[str]]) -> None:
        rows.append(["E09000091", QUARTER, "SG01", "total", "1301", "", "reported", ""])

    last = len(table(good)) + 1
    for code, name, change, expected in (
        ("K511", "area-left-out", left_out, "error K511 return.csv area_code"),
        ("K501", "area-not-covered", uncovered, f"error K501 return.csv row {last} area_code"),
        ("K510", "boroughs-own", boroughs_own, f"error K510 return.csv row {last} indicator"),
    ):
        yield Case(code, name, {RETURN: make.edited(change, good)}, [expected], ours, {RETURN: good}, ours)
    commentary = csv_bytes(make.standards.schemas["commentary.csv"].columns, [["SG15", "A new unit was formed.", ""]])
    yield Case(
        "S106", "board-of-a-supplier", {"commentary.csv": commentary}, ["error S106 commentary.csv"], ours, {}, ours
    )
    twice = ["error X804 datapackages/returns/northwick/2024-25-Q2"]
    yield Case("X804", "two-places", {}, twice, "again = true\n", {})


def _optional(make: Maker) -> Iterator[Case]:
    def text(file: str, *rows: list[str]) -> bytes:
        return csv_bytes(make.standards.schemas[file].columns, rows)

    ready = ["E09000092", "SG01", "3", "2", "2", "", "1", "0", "The old system is still read for a part."]
    hard = ["2024-07-15", "SG01", "Two teams count in their own ways.", "One form for both.", "Data manager", "open"]
    said = ["SG01", "More families came forward in summer.", "Waiting has become shorter."]
    todo = ["return-interviews", "SG01", "Offer every child a talk.", "Head of service", "2024-07-15", "2024-12-31",
            "open", ""]  # fmt: skip
    heard = ["T1", "children", "A group of care leavers", "They want one worker to stay with them.", ""]
    told = [
        "What has changed?",
        "Children keep the same worker for longer.",
        "https://example.org/report",
        "2024-10-01",
    ]
    for name, file, good, column, value in (
        ("mark-out-of-range", "readiness.csv", ready, "owner", "4"),
        ("another-area", "readiness.csv", ready, "area_code", "E09000093"),
        ("state-in-other-words", "challenges.csv", hard, "state", "ongoing"),
        ("day-in-other-form", "challenges.csv", hard, "raised", "15/07/2024"),
        ("address-of-a-person", "challenges.csv", hard, "owner_role", "someone@example.org"),
        ("unknown-indicator", "commentary.csv", said, "indicator", "SG99"),
        ("nothing-said", "commentary.csv", said, "commentary", ""),
        ("name-with-spaces", "actions.csv", todo, "id", "Return interviews"),
        ("unknown-theme", "voice.csv", heard, "theme", "T9"),
        ("not-an-address", "answers.csv", told, "evidence_url", "see our report"),
    ):
        place = make.standards.schemas[file].columns.index(column)
        bad = [*good[:place], value, *good[place + 1 :]]
        yield Case(
            "K515", name, {file: text(file, bad)}, [f"error K515 {file} row 2 {column}"], fixed={file: text(file, good)}
        )
    again = [*said[:1], "Another sentence about it.", ""]
    yield Case(
        "K515", "twice", {"commentary.csv": text("commentary.csv", said, again)}, ["error K515 commentary.csv row 3"],
        fixed={"commentary.csv": text("commentary.csv", said)},
    )  # fmt: skip
    for code, name, words in (
        ("C412", "in-commentary", "=SUM(A)"),
        ("C413", "in-commentary", "Mrs Example left."),
        ("C415", "in-commentary", "There were 4 more."),
        ("C418", "in-commentary", "Words and more words. " * 24),
    ):
        yield Case(
            code, name, {"commentary.csv": text("commentary.csv", [said[0], words, ""])},
            [f"error {code} commentary.csv row 2 commentary"], fixed={"commentary.csv": text("commentary.csv", said)},
        )  # fmt: skip
    padded = text("actions.csv", [todo[0] + " ", *todo[1:]])
    yield Case(
        "C417", "in-actions", {"actions.csv": padded},
        ["error C417 actions.csv row 2 id", "error K515 actions.csv row 2 id"],
        fixed={"actions.csv": text("actions.csv", todo)},
    )  # fmt: skip


def _among_all(make: Maker) -> Iterator[Case]:
    year, before = (
        good_return(make.standards, period=YEAR)[RETURN],
        good_return(make.standards, period="2022-23")[RETURN],
    )

    def turned(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[INDICATOR] == "SG17")
        row[NUMERATOR], row[DENOMINATOR] = "40037", "1009"

    def then(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[INDICATOR] == "SG17")
        row[NUMERATOR], row[DENOMINATOR] = "1013", "40039"

    line = next(number for number, row in enumerate(table(year), 1) if row[INDICATOR] == "SG17")
    yearly = f'period = "{YEAR}"\n'
    yield Case(
        "V604", "exchanged-since",
        {RETURN: make.edited(turned, year), "earlier/return.csv": make.edited(then, before)},
        [f"query V604 return.csv row {line} numerator"],
        yearly, {RETURN: year, "earlier/return.csv": before}, yearly,
    )  # fmt: skip

    def since_april(rows: list[list[str]]) -> None:
        row = next(row for row in rows if row[INDICATOR] == "SG18")
        row[NUMERATOR] = str(int(row[NUMERATOR]) * 2)

    line = next(number for number, row in enumerate(make.rows(), 1) if row[INDICATOR] == "SG18")
    larger = make.edited(since_april, make.before[RETURN])
    yield make.case(
        "T707", "less-than-before", {"earlier/return.csv": larger}, f"query T707 return.csv row {line} numerator"
    )
    plans = [table(good_return(make.standards, slug)[RETURN]) for slug in BOROUGHS]
    total = sum(int(row[NUMERATOR]) for rows in plans for row in rows if row[INDICATOR] == "SG08")
    settings = 'everyone = true\nvisibility = "private"\nknown = """{}"""\n'
    header = "indicator,area,period,measure,form,printed,of,source,published_on\n"
    fact = "SG08,E12000007,2024-09-30,numerator,exact,{},,An invented report,2024-11-01\n"
    yield Case(
        "X803", "published-sum", {}, ["query X803 return.csv numerator"],
        settings.format(header + fact.format(total + 11)), {}, settings.format(header + fact.format(total)),
    )  # fmt: skip
    yield _outlier(make)


def _outlier(make: Maker) -> Case:
    """A share just beyond the limits of the crowd's usual variation, that was inside the inner ones a quarter ago."""
    with tempfile.TemporaryDirectory() as root:
        standards = build_house(Path(root), crowd=True)
        crowd = {
            when: [table(good_return(standards, slug, when)[RETURN]) for slug in CROWD] for when in (EARLIER, QUARTER)
        }

    def at_the_edge(own: bytes, others: list[list[list[str]]], *, out: bool) -> bytes:
        rows = table(own)
        line = next(n for n, row in enumerate(rows) if row[INDICATOR] == "SG03")
        shares = [(int(r[line][NUMERATOR]), int(r[line][DENOMINATOR])) for r in others]
        for numerator in range(int(rows[line][NUMERATOR]), int(rows[line][DENOMINATOR])):
            own_share = (numerator, int(rows[line][DENOMINATOR]))
            funnel = additive([*shares, own_share], None, Transform.ARCSINE)
            if isinstance(funnel, Funnel) and funnel.label(*own_share) is (Label.OUT_HIGH if out else Label.EDGE_HIGH):
                rows[line][NUMERATOR] = str(numerator if out else numerator - 2)
                return csv_bytes(rows[0], rows[1:])
        raise ValueError("no share lies outside")

    now = at_the_edge(make.good[RETURN], crowd[QUARTER], out=True)
    before = at_the_edge(make.before[RETURN], crowd[EARLIER], out=False)
    line = next(number for number, row in enumerate(make.rows(), 1) if row[INDICATOR] == "SG03")
    files = {RETURN: now, "earlier/return.csv": before}
    return Case(
        "X801", "newly-outside", files, [f"query X801 return.csv row {line} numerator"], "crowd = true\n",
        {**files, RETURN: at_the_edge(make.good[RETURN], crowd[QUARTER], out=False)}, "crowd = true\n",
    )  # fmt: skip


def files(standards: Standards) -> dict[str, bytes]:
    """Every file of every case, by its path below this folder."""
    made: dict[str, bytes] = {}
    for case in cases(standards):
        _put(made, f"{case.code}/{case.name}", case.files, case.settings, case.expected)
        if case.fixed is not None:
            _put(made, f"{case.code}/{case.name}-fixed", case.fixed, case.fixed_settings, case.fixed_expected)
    return made


def _put(made: dict[str, bytes], folder: str, some: dict[str, bytes], settings: str, expected: list[str]) -> None:
    if f"{folder}/expected.txt" in made:
        raise ValueError(f"two cases are called {folder}")
    made[f"{folder}/expected.txt"] = "".join(line + "\n" for line in expected).encode()
    if settings:
        made[f"{folder}/case.toml"] = settings.encode()
    made.update({f"{folder}/{path}": data for path, data in some.items()})


def main() -> None:
    """Write the folders anew."""
    with tempfile.TemporaryDirectory() as root:
        made = files(build_house(Path(root)))
    for folder in HERE.iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            shutil.rmtree(folder)
    for path, data in sorted(made.items()):
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
