"""What is left out of style sheets and scripts is what only their writers read."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from site_builder.published.squeeze import script, style

SCRIPTS = sorted((Path(__file__).parents[2] / "templates/assets").glob("*.js"))


def test_a_squeezed_style_sheet_says_the_same() -> None:
    assert style("/* note */\na {b:c;}\n  @media x{\n d{e:f}\n}\n") == "a {b:c}@media x{d{e:f}}\n"


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("const a = 1; /* why */\n  const b = a;\n", "const a=1;const b=a;\n"),
        ('say("a  b /* c */", `d  ${ e } /* f */`);', 'say("a  b /* c */",`d  ${ e } /* f */`);\n'),
        ('say(text.replace(/[a-z ] \\/* "x/g, "y"));', 'say(text.replace(/[a-z ] \\/* "x/g,"y"));\n'),
        ("const is = (word) => /^a b/.test(word);", "const is=word=>/^a b/.test(word);\n"),
        ('const odd = /[/ "]{2} +/;\nreturn (one) => typeof one;', 'const odd=/[/ "]{2} +/;return(one)=>typeof one;\n'),
        ('const n = a / b; say("x / y");', 'const n=a/b;say("x / y");\n'),
        ("if (a) {\n  b();\n}\n", "if(a){b()}\n"),
        ('say("it\\"s  so");', 'say("it\\"s  so");\n'),
    ],
)
def test_a_squeezed_script_says_the_same(code: str, short: str) -> None:
    assert script(code) == short
    assert script(short) == short


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_are_written_as_the_squeeze_asks(file: Path) -> None:
    """A line ends where a statement or a part of one does, and begins with no sign that would go with the line before."""
    bare = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = [line.strip() for line in bare.splitlines() if line.strip()]
    assert lines[0].startswith("(()")
    assert lines[-1] == "})();"
    for line in lines[:-1]:
        assert line[-1] in "{;},(>:[" or line.endswith("})"), line
    for before, line in itertools.pairwise(lines):
        assert line[0] not in "([`+-/" or before[-1] in ";{", line
    assert "'" not in re.sub(r"\[[^\]\n]*'’\]", "", bare)
    assert not re.search(r"//|\+ \+|- -", bare)
    templates = [part for line in lines for part in line.split("`")[1::2]]
    assert all(line.count("`") % 2 == 0 for line in lines)
    assert all(part.count("${") == part.count("}") - part.count("({") for part in templates), "one template in another"
    assert script(script(bare)) == script(bare)
