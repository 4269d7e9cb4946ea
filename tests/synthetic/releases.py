"""``python -m tests.synthetic.releases [ROOT]``: the invented returns and the committed releases, made from nothing.

Each release is made from the returns as they stood on its day, so that the ledger meets a late return and a correction.
Releases that stand in ROOT already are refused, as they are by the command.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from site_builder.confidential.standards import load_standards
from site_builder.confidential.steps import make_release
from site_builder.vocabulary.planes import Visibility
from tests.synthetic import story
from tests.synthetic.returns import children_of, returns_as_at, write


def make_all(root: Path) -> None:
    """Make the releases of the story below ``root``, in order. Raises a Refusal when one cannot be made."""
    standards, children = load_standards(root), children_of(root)
    for release in story.RELEASES:
        with tempfile.TemporaryDirectory() as place:
            write(Path(place), returns_as_at(standards, children, release))
            day = date.fromisoformat(story.PUBLISHED_ON[release])
            made = make_release(root, [Path(place)], release, day, Visibility.PUBLIC)
        if made.folder is None:
            raise ValueError(f"{release}: the returns have open findings")


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd())
