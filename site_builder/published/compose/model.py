"""How the indicators hang together: four tiers in a drawing of ours, and the same as a list."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_london import Chip, ModelPage, TierBand, TierList
from site_builder.published.pages_parts import Link
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.indicators import Indicator

_PATH = addresses.MODEL
TIERS = (
    ("environment", "Environment", f"What {HERE.people} and families live with, and what brings them to services."),
    ("capability", "Capability", "What services have to work with: people, training and agreed ways of working."),
    ("efficiency", "Efficiency", "How the work runs: whether it is done in time, and as often as was agreed."),
    ("outcome", "Outcomes", f"What becomes of {HERE.people}."),
)
_WIDE, _COLUMNS, _PITCH, _ROW = 760, 13, 58, 34  # units of the drawing
_HEAD, _BETWEEN = 34, 26


def model_page(frames: Frames, inputs: Inputs) -> ModelPage:
    """Every indicator of the catalogue once in the drawing, and once in the list."""
    held = {key: [one for one in inputs.catalogue.values() if one.tier == key] for key, *_ in TIERS}
    bands, high = _bands(held)
    return ModelPage(
        frame=frames.frame(
            _PATH,
            "How the indicators hang together",
            "The indicators in four tiers: environment, capability, efficiency and outcomes.",
            "indicators",
            (("Indicators", addresses.INDICATORS),),
        ),
        heading="How the indicators hang together",
        lead=f"The project’s first papers put indicators into four tiers. What {HERE.people} live with leads to what services can do, "
        f"how they do it, and what becomes of {HERE.people}.",
        wide=str(_WIDE),
        high=str(high),
        desc="Four bands, one below the other: environment, capability, efficiency and outcomes. Each holds the codes of its "
        "indicators; the list below names them.",
        bands=bands,
        tiers=tuple(TierList(key, title, text, tuple(map(_link, held[key]))) for key, title, text in TIERS),
    )


def _bands(held: dict[str, list[Indicator]]) -> tuple[tuple[TierBand, ...], int]:
    """The tiers one below the other, and how high they are together."""
    made, y = [], 0
    for number, (key, title, _) in enumerate(TIERS):
        some = held[key]
        rows = -(-len(some) // _COLUMNS)
        end = y + _HEAD + rows * _ROW
        arrow = f"M{_WIDE // 2} {end + 2}v{_BETWEEN - 10}m-5 -6l5 7 5 -7" if number + 1 < len(TIERS) else ""
        made.append(TierBand(title, f"M0 {y + 1}H{_WIDE}", str(y + 23), arrow, _chips(some, y + _HEAD)))
        y = end + _BETWEEN
    return tuple(made), y - _BETWEEN


def _chips(some: Sequence[Indicator], top: int) -> tuple[Chip, ...]:
    return tuple(
        Chip(
            one.code,
            f"{one.code} {one.title}",
            addresses.indicator(one.code),
            one.is_national,
            str(place % _COLUMNS * _PITCH + 1),
            str(top + place // _COLUMNS * _ROW),
        )
        for place, one in enumerate(some)
    )


def _link(one: Indicator) -> Link:
    return Link(f"{one.code} {one.title}", addresses.indicator(one.code))
