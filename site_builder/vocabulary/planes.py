"""Who may see what: classifications of packages, visibility of a checkout, and which pairs are allowed."""

from __future__ import annotations

from enum import Enum


class Classification(Enum):
    """What a package holds. A lone file still says it in its ``classification`` column or key."""

    SYNTHETIC = "synthetic"
    PUBLISHED = "published"
    DISCLOSURE_CONTROLLED = "disclosure-controlled"
    CONFIDENTIAL = "confidential"


class Visibility(Enum):
    """Who can see a checkout. Anything unsure counts as public."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "unknown"


def may_open(classification: Classification, visibility: Visibility) -> bool:
    """Whether a package of this classification may be opened in a checkout of this visibility."""
    return classification is not Classification.CONFIDENTIAL or visibility is Visibility.PRIVATE
