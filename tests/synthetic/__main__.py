"""Write the invented returns into a folder: ``python -m tests.synthetic OUT [--as-at RELEASE] [--seed KEY]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.confidential.standards import load_standards
from tests.synthetic.returns import KEY, children_of, returns_as_at, write
from tests.synthetic.story import RELEASES


def main() -> None:
    """Parse the words, make the returns, write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder that gets one folder a borough")
    parser.add_argument("--as-at", default=RELEASES[-1], choices=RELEASES, help="the release whose returns to write")
    parser.add_argument("--seed", default=KEY, help="key of the random numbers")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2], help="the checkout to read")
    words = parser.parse_args()
    files = returns_as_at(load_standards(words.root), children_of(words.root), words.as_at, words.seed)
    write(words.out, files)
    print(f"{len(files)} files below {words.out}")


main()
