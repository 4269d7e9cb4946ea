"""The files of the folder: missing, empty, huge, of another kind, or too many."""

from __future__ import annotations

from hypothesis import strategies as st

from site_builder.confidential.standards import EXPLANATIONS, RETURN
from tests.fuzz.hand import BIG, Files, pick, rows_of, written
from tests.fuzz.sent import Directory, Draw, Link, Sent


def missing_file(draw: Draw, files: Files) -> Sent:
    """One file or more are not there."""
    kept = draw(st.sets(st.sampled_from(sorted(files)), max_size=len(files) - 1))
    return {name: data for name, data in files.items() if name in kept}


def empty_file(draw: Draw, files: Files) -> Sent:
    """A file of no bytes, of blanks, or of a mark alone."""
    nothing = (b"", b"\n", b" ", b"\xef\xbb\xbf", b"\r\n\r\n", b"\0", b'""', b",")
    return {**files, pick(draw): draw(st.sampled_from(nothing))}


def huge_file(draw: Draw, files: Files) -> Sent:
    """A file of a million bytes, or one more: much of one thing, which may be hard to read."""
    name = pick(draw)
    size = draw(st.sampled_from((BIG, BIG + 1, 200_000)))
    head = draw(st.sampled_from((b"", files[name], files[name].split(b"\n")[0] + b"\n")))
    pieces = (
        *(
            b"x",
            b",",
            b'"',
            b'""',
            b'"a",',
            b"a,",
            b"\n",
            b"1",
            b"=",
            b" ",
            b"\r",
            b"\0",
            b"<",
            b"a b ",
            b"[",
            b"{",
            b"07 ",
        ),
        *(b"E09000092,2024-25-Q2,SG01,total,10007,,reported,\n", "é".encode(), b"one case ", b"a@a."),
    )
    piece = draw(st.sampled_from(pieces))
    return {**files, name: (head + piece * (size // len(piece)))[:size]}


def long_note(draw: Draw, files: Files) -> Sent:
    """Notes of a hundred thousand characters that patterns find hard."""
    rows = rows_of(files, RETURN)
    piece = draw(
        st.sampled_from(
            ("a@a.", "child a ", "one case ", "07 ", "1 ", "AB 12 ", "ABCDEFG", "\u0661 ", "9-", "Mr ", " ")
        )
    )
    for row in rows[1 : draw(st.integers(2, 8))]:
        row[7] = piece * (draw(st.sampled_from((600, 100_000))) // len(piece))
    return {**files, RETURN: written(rows)}


def more_files(draw: Draw, files: Files) -> Sent:
    """Files that are no part of a return."""
    names = (
        *(
            "Zyxomma.txt",
            "return.xlsx",
            "~$return.xlsx",
            ".DS_Store",
            "RETURN.CSV",
            "return.csv.bak",
            "return .csv",
            "a\nb",
        ),
        *("::error::", "%0A", "retu\u0301rn.csv", ".hidden", "datapackage.yaml", "schema.json", "x" * 200),
    )
    name = draw(st.sampled_from(names))
    other = draw(st.sampled_from((b"", b"Zyxomma 104729", Directory(), Link("return.csv"))))
    return {**files, name: other}


def other_kind_of_file(draw: Draw, files: Files) -> Sent:
    """A file is a link, a folder, or has another name."""
    name = pick(draw)
    rest = {other: data for other, data in files.items() if other != name}
    kinds: tuple[Sent, ...] = (
        {**rest, name: Directory()},
        {**rest, name: Link("/etc/hostname")},
        {**rest, name: Link(name)},
        {**rest, name: Link("nowhere")},
        {**rest, name: Link(".")},
        {**rest, name: Link(EXPLANATIONS)},
        {**rest, name.upper(): files[name]},
        {**rest, name.title(): files[name]},
        {**rest, f"{name} ": files[name]},
    )
    sent: Sent = draw(st.sampled_from(kinds))
    return sent


def exchanged_files(draw: Draw, files: Files) -> Sent:
    """One file stands under the name of another."""
    first, second = draw(st.permutations(sorted(files)))[:2]
    return {**files, first: files[second], second: draw(st.sampled_from((files[first], files[second])))}


WAYS = (missing_file, empty_file, huge_file, long_note, more_files, other_kind_of_file, exchanged_files)
