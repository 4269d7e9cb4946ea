"""Style sheets and scripts without what only their writers read: comments, indents, spaces beside signs.

Both are our own and small; whatever these functions would not understand is kept out of the sources by a test.
"""

from __future__ import annotations

import re

# Of a script: a comment, a string, a template, a pattern (which stands behind an opening sign), or a space.
_PART = re.compile(
    r"""(?P<comment>/\*.*?\*/)|(?P<kept>"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`"""
    r"""|(?:(?<=[(,=:>])|(?<=[(,=:>] ))/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/[a-z]*)|(?P<space>\s+)""",
    re.DOTALL,
)


def style(css: str) -> str:
    """A style sheet without comments, indents and line ends. Our own has no string or address that these could hurt."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(line.strip() for line in bare.splitlines()).replace(";}", "}") + "\n"


def script(code: str) -> str:
    """A script without comments, and with a space only between two words.

    Strings, templates and patterns stay as they are. It asks of its source: every statement ends in a semicolon or a brace,
    no line begins with a bracket that could go with the line before, strings stand in double quotes, no template
    stands in another, no ``a + +b``.
    """
    bare = _PART.sub(lambda part: part["kept"] or (" " if part["space"] else ""), code)
    short = _PART.sub(lambda part: part["kept"] or (" " if _between_words(bare, part) else ""), bare)
    return re.sub(r"(?<![\w$)\]])\((\w+)\)=>", r"\1=>", short).replace(";}", "}") + "\n"


def _between_words(code: str, part: re.Match[str]) -> bool:
    return re.fullmatch(r"[\w$] +[\w$]", code[max(part.start() - 1, 0) : part.end() + 1]) is not None
