"""What the parts of a site are made from, and the shape of what they give."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from site_builder.published.compose.values import Drawn
from site_builder.published.downloads.table import Row
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages import Page
from site_builder.published.trees import Tree
from site_builder.release.policy import DisclosurePolicy

Pages: TypeAlias = Mapping[str, Callable[[], Page]]  # by path; each is made when asked for
Files: TypeAlias = Mapping[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class Making:
    """What every part is given: frames of pages, the inputs, the policy that texts take constants from, what drawing a
    chart needs, and ``design``, the checksum of the templates and style sheets.

    ``trees``: every release as it stands for good, oldest first. ``rows``:
    the rows of an indicator's table by area. ``paths`` says, once all parts have told theirs, where pages stand; ``file`` gives what stands at a path of the
    finished site and raises KeyError for one that it lacks."""

    frames: Frames
    inputs: Inputs
    policy: DisclosurePolicy
    drawn: Drawn
    design: str
    trees: tuple[Tree, ...]
    rows: Callable[[str], Mapping[str, tuple[Row, ...]]]
    paths: Callable[[], Container[str]]
    file: Callable[[str], bytes]
