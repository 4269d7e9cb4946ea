"""What is plausible for each indicator: how many cases, out of how many, and how much boroughs differ.

The levels are round figures of our own, near what England's published series show; they describe no borough.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """``per_10k`` is the mean of the numerator (of the denominator where there is a ``share``) for each 10,000
    children in one period, ``fixed`` a mean that does not grow with the borough. ``spread`` is how much boroughs
    differ, ``share`` the mean of numerator over denominator, ``same_as`` the indicator whose numerator the
    denominator is, ``within`` the one whose numerator it lies inside, with that part's share."""

    per_10k: float = 0.0
    fixed: float = 0.0
    spread: float = 0.2
    share: float | None = None
    same_as: str = ""
    within: str = ""
    part: float = 1.0
    seasonal: bool = True
    ratio: bool = False


PROFILES: dict[str, Profile] = {
    "SG01": Profile(per_10k=130),
    "SG02": Profile(share=0.62, same_as="SG01"),
    "SG03": Profile(share=0.17, same_as="SG01"),
    "SG04": Profile(per_10k=80, share=0.78),
    "SG05": Profile(per_10k=55, share=0.76),
    "SG06": Profile(per_10k=48, spread=0.25),
    "SG07": Profile(per_10k=16, share=0.76),
    "SG08": Profile(per_10k=40, spread=0.25, seasonal=False),
    "SG09": Profile(per_10k=12, share=0.21),
    "SG10": Profile(per_10k=11.5, share=0.045),
    "SG11": Profile(share=0.86, within="SG08", part=0.72, seasonal=False),
    "SG12": Profile(per_10k=5.5, spread=0.3),
    "SG13": Profile(per_10k=49, share=0.13, spread=0.25, seasonal=False),
    "SG14": Profile(per_10k=0.38, spread=0.45),
    "SG17": Profile(per_10k=14, share=0.9, ratio=True, seasonal=False),
    "SG18": Profile(per_10k=9, spread=0.3, seasonal=False),
    "SG35": Profile(per_10k=5600, share=0.06, spread=0.1, seasonal=False),
    "P2a": Profile(per_10k=9, spread=0.3),
    "P2b": Profile(per_10k=90, share=0.7),
    "P2c": Profile(per_10k=60, share=0.55, seasonal=False),
    "P2d": Profile(per_10k=35, share=0.72),
    "P2g": Profile(fixed=45, share=0.72, seasonal=False),
}
SEASONS = (1.02, 0.95, 1.03, 1.0)  # summer holidays empty the schools, from which most referrals come
