"""Names of releases: the period of the data, and a number for corrections."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.vocabulary.periods import Period


@dataclass(frozen=True, slots=True)
class ReleaseId:
    """``2024-25-Q2`` or, for its first correction, ``2024-25-Q2.1``."""

    period: Period
    correction: int = 0

    @staticmethod
    def parse(text: str) -> ReleaseId:
        """The release id of a text. Raises ValueError when it is none."""
        head, dot, tail = text.partition(".")
        if dot and not (tail.isascii() and tail.isdigit() and tail[0] != "0"):
            raise ValueError("not a release id")
        return ReleaseId(Period.parse(head), int(tail) if dot else 0)

    def __str__(self) -> str:
        return self.period.id + (f".{self.correction}" if self.correction else "")

    def __lt__(self, other: ReleaseId) -> bool:
        return (self.period, self.correction) < (other.period, other.correction)
