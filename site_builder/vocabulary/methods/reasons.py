"""Why a method gives no result. A result is a value or one of these, never NaN and never silently absent."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The reasons of all methods: the machine codes of downloads."""

    TOO_FEW_AREAS = "too-few-areas"
    TOO_FEW_NEIGHBOURS = "too-few-neighbours"
    TOO_FEW_POINTS = "too-few-points"
    TOO_FEW_VALUES = "too-few-values"
    ALL_EQUAL = "all-equal"
    CENTRE_AT_THE_END = "centre-at-the-end"
    NO_POLARITY = "no-polarity"
    SMALL_BASES = "small-bases"
    SMALL_EARLIER_COUNT = "small-earlier-count"
