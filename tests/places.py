"""The parts of this checkout's place, by the names that tests know them by."""

from __future__ import annotations

from site_builder.vocabulary.areas import PARTS

INNER_LONDON, OUTER_LONDON = PARTS
