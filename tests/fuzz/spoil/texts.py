"""Bytes and ways of writing: encodings, line ends, quotation marks, separators."""

from __future__ import annotations

import csv

from hypothesis import strategies as st

from tests.fuzz.hand import TABLES, Files, pick, rows_of, written
from tests.fuzz.sent import Draw, Sent

# ---- bytes


def flipped(draw: Draw, files: Files) -> Sent:
    """One to three bytes changed."""
    name = pick(draw)
    data = bytearray(files[name])
    for _ in range(draw(st.integers(1, 3))):
        data[draw(st.integers(0, len(data) - 1))] ^= draw(st.integers(1, 255))
    return {**files, name: bytes(data)}


def inserted(draw: Draw, files: Files) -> Sent:
    """Some bytes put in."""
    name = pick(draw)
    at = draw(st.integers(0, len(files[name])))
    return {**files, name: files[name][:at] + draw(st.binary(min_size=1, max_size=6)) + files[name][at:]}


def deleted(draw: Draw, files: Files) -> Sent:
    """Some bytes left out."""
    name = pick(draw)
    at = draw(st.integers(0, len(files[name]) - 1))
    return {**files, name: files[name][:at] + files[name][at + draw(st.integers(1, 60)) :]}


def truncated(draw: Draw, files: Files) -> Sent:
    """The file cut off."""
    name = pick(draw)
    return {**files, name: files[name][: draw(st.integers(0, len(files[name]) - 1))]}


def doubled(draw: Draw, files: Files) -> Sent:
    """A piece of the file twice."""
    name = pick(draw)
    data = files[name]
    first = draw(st.integers(0, len(data) - 1))
    return {**files, name: data[: first + draw(st.integers(1, 400))] + data[first:]}


# ---- ways of writing


def encoded(draw: Draw, files: Files) -> Sent:
    """Another encoding, or an opening mark."""
    name = pick(draw)
    text = files[name].decode().replace("A new", draw(st.sampled_from(("A new", "A näw £"))))
    codings = (
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-7",
        "cp1252",
        "cp037",
        "mac-roman",
    )
    data = text.encode(draw(st.sampled_from(codings)), "replace")
    return {**files, name: b"\xef\xbb\xbf" + data if draw(st.integers(0, 9)) == 0 else data}


def line_ends(draw: Draw, files: Files) -> Sent:
    """Other line ends: all of them, or some; or none at the end."""
    name = pick(draw)
    lines = files[name].decode().split("\n")
    ends = st.sampled_from(
        ("\r\n", "\r", "\n", "\n", "\r\r\n", "\n\r", "\n\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
    )
    end = draw(ends)
    some = [draw(ends) for _ in lines] if draw(st.booleans()) else [end] * len(lines)
    text = "".join(line + end for line, end in zip(lines[:-1], some, strict=False))
    return {**files, name: (text if draw(st.booleans()) else text.rstrip("\r\n")).encode()}


def quoted(draw: Draw, files: Files) -> Sent:
    """Quotation marks around all cells, some cells, or in the wrong places."""
    name = pick(draw, TABLES)
    rows = rows_of(files, name)
    if draw(st.booleans()):
        return {**files, name: written(rows, draw(st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC))))}
    wrongs = st.sampled_from(('"{}"', '"{}', '{}"', ' "{}"', '"{}" ', "'{}'", '"""{}"""', "“{}”", '""{}'))
    row, column = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = draw(wrongs).format(rows[row][column].replace(",", ""))
    return {**files, name: "".join(",".join(cells) + "\n" for cells in rows).encode()}


def separated(draw: Draw, files: Files) -> Sent:
    """Other characters between the cells."""
    name = pick(draw, TABLES)
    mark = draw(st.sampled_from((";", "\t", "|", ", ", " ,", ",,", "，", ";;", "\x1f", " ")))
    return {**files, name: b"\n".join(line.replace(b",", mark.encode()) for line in files[name].split(b"\n"))}


WAYS = (flipped, inserted, deleted, truncated, doubled, encoded, line_ends, quoted, separated)
