"""Sentences on what is actual and what is predicted, each a pure function of a model. None of them judges or sets a
target: they say how a figure lies beside what one covariate alone would lead one to expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.published import predictions as p
from site_builder.published.figures import FEW
from site_builder.published.phrases import boroughs, capital, count_word, listed, noun_of, united, when
from site_builder.published.predictions import Borough, Expected, Model
from site_builder.published.sentences import in_sentence, possessive
from site_builder.release.reference import Covariate
from site_builder.vocabulary.areas import Area
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.rounding import half_up_float

_LEFT_OUT = {
    p.HIDDEN: f"figure hidden to protect {HERE.people}",
    p.MISSING: "no figure",
    p.NOTHING: "does not apply there",
    p.NO_PEOPLE: "no population estimate",
    p.NO_COVARIATE: "newer than the measure of {noun}",
}
_NOT_EXPECTED = {
    p.HIDDEN: f"the figure is hidden to protect {HERE.people}",
    p.MISSING: "there is no figure",
    p.NOTHING: "it does not apply there",
    p.NO_PEOPLE: "there is no population estimate",
    p.NO_COVARIATE: "there is no measure of {noun} for this place",
    p.FEW_CASES: f"the figure rests on fewer than {FEW}",
    p.SMALL_PLACE: "it is too small to be compared",
}
SHORT = {
    p.NOTHING: "Does not apply",
    p.NO_PEOPLE: "No population estimate",
    p.NO_COVARIATE: "No measure to go by",
    p.FEW_CASES: f"Rests on fewer than {FEW}",
    p.SMALL_PLACE: "Too small to be compared",
}  # in the place of a bar, beside a figure that is shown


CHANCE = "In any such comparison about one place in twenty lies outside."


def expectation(covariate: Covariate) -> str:
    """``what deprivation alone would lead one to expect``."""
    return f"what {covariate.noun} alone would lead one to expect"


def standing(one: Expected, covariate: Covariate) -> str:
    """``higher than what deprivation alone would lead one to expect``; ``within`` and ``lower than`` likewise."""
    than = "" if one.standing == p.WITHIN else " than"
    return f"{one.standing}{than} {expectation(covariate)}"


def heading(model: Model) -> str:
    """The conclusion about the boroughs of one indicator."""
    given = f"Given {model.covariate.noun} alone,"
    if not model.is_shown:
        return f"{capital(model.covariate.noun)} alone says too little to expect anything"
    high, low = _many(model, p.HIGHER), _many(model, p.LOWER)
    if high and low:
        return f"{given} {_boroughs(high)} higher and {count_word(low)} lower than expected"
    if high or low:
        return f"{given} {_boroughs(high or low)} {p.HIGHER if high else p.LOWER} than expected"
    return f"{given} no {HERE.area} is higher or lower than expected"


def _boroughs(number: int) -> str:
    return f"{count_word(number)} {f'{HERE.area} is' if number == 1 else f'{HERE.areas} are'}"


def _many(model: Model, which: str) -> int:
    return sum(one.expected is not None and one.expected.standing == which for one in model.boroughs.values())


def summary(model: Model, areas: Mapping[str, Area]) -> str:
    """Who lies outside, A to Z, how many within, and what chance alone would do."""
    outside = [
        f"{capital(which)} than {expectation(model.covariate)}: {listed(names)}."
        for which in (p.HIGHER, p.LOWER)
        if (names := _names(model, which, areas))
    ]
    within, compared = _many(model, p.WITHIN), sum(one.expected is not None for one in model.boroughs.values())
    many = "All" if within == compared else f"{within} of"
    lie = "lies" if within == 1 and compared > 1 else "lie"
    where = "within it" if outside else f"within {expectation(model.covariate)}"
    return " ".join((*outside, f"{many} the {boroughs(compared)} compared {lie} {where}.", CHANCE))


def _names(model: Model, which: str, areas: Mapping[str, Area]) -> list[str]:
    found = (code for code, one in model.boroughs.items() if one.expected and one.expected.standing == which)
    return sorted(in_sentence(areas[code]) for code in found)


def sentence(area: Area, model: Model) -> str:
    """One borough in one sentence: observed, expected, interval and how they lie; or why nothing is expected."""
    one, name = model.boroughs[area.code], in_sentence(area)
    if one.expected is None:
        return f"We do not say {expectation(model.covariate)} of {name}: {why(one, model)}."
    indicator, expected = model.data.indicator, one.expected
    return (
        f"{capital(possessive(name))} {noun_of(indicator)} {when(model.period)} was "
        f"{united(one.observed.text, indicator)}: {standing(expected, model.covariate)} "
        f"({united(expected.value.text, indicator)}, 95% interval {expected.lower.text} to {expected.upper.text})."
    )


def why(one: Borough, model: Model) -> str:
    """Why nothing is expected of a borough, inside a sentence."""
    if one.reason == p.MODEL:
        return reasons(model)
    return _NOT_EXPECTED[one.reason].format(noun=model.covariate.noun)


def reasons(model: Model) -> str:
    """Why a model shows nothing, inside a sentence."""
    noun, found = model.covariate.noun, []
    if p.TOO_FEW_AREAS in model.reasons:
        found.append(f"only {model.areas} authorities have a figure, and we ask for {p.LEAST_AREAS}")
    if p.NOT_SETTLED in model.reasons:
        found.append("no line could be fitted")
    if p.TOO_LITTLE in model.reasons and model.fit is not None:
        share = half_up_float(100 * model.fit.explained, 1)
        found.append(
            f"{noun} explains {share}% of the differences between authorities, and we ask for "
            f"{half_up_float(100 * p.LEAST_EXPLAINED, 0)}%"
        )
    if p.UNCLEAR in model.reasons:
        found.append(f"it is not clear whether the figure rises or falls with {noun}")
    return "; ".join(found)


def left_out(model: Model, names: Mapping[str, str]) -> str:
    """Which authorities are not in the fit and why; empty when all are."""
    told = [
        f"{listed(sorted(names[code] for code in some))} ({_LEFT_OUT[reason].format(noun=model.covariate.noun)})"
        for reason, some in model.left_out.items()
    ]
    return "; ".join(told)


def covered(model: Model) -> str:
    """How many of England's authorities the intervals hold: about 95 in 100 when the method does what it says."""
    share = half_up_float(100 * model.inside / model.areas, 1)
    return f"{model.inside} of {model.areas} English authorities ({share}%) lie within their intervals."


def by_size(model: Model) -> str:
    """The same for the smaller, middle and larger third of authorities."""
    third = -(-len(model.residuals) // 3)
    thirds: Sequence[Sequence[p.Residual]] = [
        model.residuals[start : start + third] for start in range(0, len(model.residuals), third)
    ]
    told = [
        f"{sum(one.is_inside for one in some)} of {len(some)} {which}"
        for which, some in zip(("small", "middling", "large"), thirds, strict=False)
    ]
    return f"By size, these are {listed(told)} ones."
