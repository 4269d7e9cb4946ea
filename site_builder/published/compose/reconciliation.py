"""The page that sets our figures beside a publisher's: what agrees, what does not, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from site_builder.published import addresses, sentences
from site_builder.published.agreements import ADDED_UP, RECOMPUTED, RETURNED, Outcome
from site_builder.published.agreements import Row as Compared
from site_builder.published.compose.data import size
from site_builder.published.compose.values import value
from site_builder.published.downloads.reconciliation import ROWS, SUMMARY
from site_builder.published.figures import printed
from site_builder.published.frames import Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_parts import DataTable, File, Row, Value
from site_builder.published.pages_reconciliation import CheckBlock, ReconciliationPage
from site_builder.published.phrases import capital, listed
from site_builder.published.reconciliation import Group, Reconciliation
from site_builder.published.returned import twins_of
from site_builder.vocabulary.areas import LONDON
from site_builder.vocabulary.here import HERE

_Cell = str | Markup | Value
_MEANINGS = (
    (Outcome.EQUAL, "The two are the same, within what rounding allows."),
    (
        Outcome.CARRIED,
        f"{HERE.an_area_head} sent nothing. With its figure of at most two years before, the {HERE.areas} make the printed total.",
    ),
    (Outcome.MISSING, f"{HERE.an_area_head} sent nothing, and no earlier figure of it explains the printed total."),
    (
        Outcome.HIDDEN,
        "Not compared: a figure is hidden. Neither a sum nor a difference is printed, because it would say something about "
        "the hidden one.",
    ),
    (
        Outcome.ROUNDING,
        "They are one printed unit apart, as can happen when parts were rounded before they were added.",
    ),
    (Outcome.VINTAGE, "The rate fits the population estimates of another publication."),
    (Outcome.DEFINITION, "The two were counted by different definitions."),
    (Outcome.EXPLAINED, "Somebody has looked into the difference; the reason is given."),
    (Outcome.UNEXPLAINED, "None of these: a question to ask."),
)
_WORDS = {
    Outcome.CARRIED: "With an earlier figure", Outcome.MISSING: f"{HERE.an_area_head} is missing", Outcome.ROUNDING: "One unit apart",
}  # fmt: skip
_MEASURES = {"numerator": "counted", "denominator": "out of"}


def reconciliation(
    frames: Frames, inputs: Inputs, made: Reconciliation, sizes: Mapping[str, int]
) -> ReconciliationPage:
    """All three comparisons. ``sizes``: bytes of the two tables by path."""
    path = addresses.RECONCILIATION
    lines = sorted({line for package in inputs.nationals for line in package.attribution})
    return ReconciliationPage(
        frame=frames.frame(
            path,
            "Reconciliation",
            "Our figures beside those that the publisher prints.",
            "data",
            (("Data", addresses.DATA),),
        ),
        heading="Do the figures agree?",
        lead="We work out again what the Department for Education prints, from its own counts. Where the two differ, this "
        "page says by how much and why.",
        checks=(_recomputed(inputs, made, path), _added_up(inputs, made, path), _returned(inputs, made, path)),
        outcomes=tuple(Row(_word(outcome), words) for outcome, words in _MEANINGS),
        files=(
            File(
                f"Comparisons of {HERE.name}, its {HERE.areas} and {HERE.country}, CSV",
                addresses.relative(path, ROWS),
                size(sizes[ROWS]),
            ),
            File("How many came out how, CSV", addresses.relative(path, SUMMARY), size(sizes[SUMMARY])),
        ),
        source=" ".join(("Free to reuse under the Open Government Licence v3.0.", *lines)),
    )


def _word(outcome: Outcome) -> str:
    return _WORDS.get(outcome, capital(outcome.value))


def _number(text: str | int) -> Value | str:
    """A printed number; a dash where none may be printed."""
    return value(printed(str(text))) if str(text) else "–"


def _linked(inputs: Inputs, code: str, path: str) -> Markup:
    href = addresses.relative(path, addresses.indicator(code))
    return Markup('<a href="{}">{}</a> {}').format(href, code, inputs.catalogue[code].title)


def _outcomes(groups: Sequence[Group], made: Reconciliation) -> tuple[Outcome, ...]:
    """The outcomes that occur, in their order; equal always."""
    met = {outcome for group in groups for outcome, number in made.tally[group].items() if number}
    return tuple(outcome for outcome in Outcome if outcome in met or outcome is Outcome.EQUAL)


def _total(made: Reconciliation, groups: Sequence[Group], outcome: Outcome | None = None) -> str:
    counts = (made.tally[group] for group in groups)
    return printed(str(sum(some[outcome] if outcome else some.total() for some in counts))).text


def _said(made: Reconciliation, groups: Sequence[Group], what: str) -> str:
    if not groups:
        return "There are no national figures here to compare."
    differing = sum(n for group in groups for outcome, n in made.tally[group].items() if outcome.differs)
    return (
        f"Of {_total(made, groups)} {what}, {_total(made, groups, Outcome.EQUAL)} are equal, "
        f"{printed(str(differing)).text if differing else 'none'} {'differs' if differing < 2 else 'differ'}, and "
        f"{_total(made, groups, Outcome.HIDDEN)} are not compared, because a figure is hidden."
    )


# ---- R1


def _recomputed(inputs: Inputs, made: Reconciliation, path: str) -> CheckBlock:
    groups = [group for group in made.tally if group.check == RECOMPUTED]
    exact = [group for group in groups if group.places == "authorities"]
    outcomes = _outcomes(groups, made)
    columns = [(place, outcome) for place in ("authorities", "regions") for outcome in outcomes]
    heads = [f"{'Authorities' if p == 'authorities' else 'Regions, England'}: {_word(o).lower()}" for p, o in columns]
    rows = [
        (
            _linked(inputs, group.indicator, path),
            *(_number(made.tally[group._replace(places=place)][outcome]) for place, outcome in columns),
        )
        for group in exact
    ]
    return CheckBlock(
        "rates",
        "Rates and percentages, worked out again",
        "From the printed count and the population or base behind it, rounded half-up as the last step. Counts of "
        f"authorities are exact, so the result must be the printed one. Counts of regions and of {HERE.country} are printed to the "
        "nearest ten: there the result must lie within what that leaves open.",
        _said(made, exact, f"values of authorities in {HERE.country}"),
        DataTable("Rates and percentages worked out again, by series", ("Series", *heads), tuple(rows))
        if rows
        else None,
        _differing(inputs, made, RECOMPUTED, path),
    )


# ---- R2


def _added_up(inputs: Inputs, made: Reconciliation, path: str) -> CheckBlock:
    groups = [group for group in made.tally if group.check == ADDED_UP and group.places == LONDON]
    outcomes = _outcomes(groups, made)
    rows = [
        (
            _linked(inputs, group.indicator, path) + f", {_MEASURES[group.measure]}",
            *(_number(made.tally[group][outcome]) for outcome in outcomes),
        )
        for group in groups
    ]
    return CheckBlock(
        "totals",
        f"{HERE.name}, added up again",
        f"The sum of the 33 {HERE.areas}’ counts against the {HERE.name} row that the department prints to the nearest ten. It puts "
        f"in an earlier figure for {HERE.an_area} that sent none; we leave such {HERE.an_area} out above and below the line, so our "
        f"rate is over the {HERE.areas} that sent a figure.",
        f"{_said(made, groups, 'years of London totals')} Totals of {HERE.parts_name} are in the tables to download.",
        DataTable(f"Years of {HERE.name} totals, by series", ("Series", *map(_word, outcomes)), tuple(rows))
        if rows
        else None,
        _differing(inputs, made, ADDED_UP, path),
    )


# ---- R3


def _returned(inputs: Inputs, made: Reconciliation, path: str) -> CheckBlock:
    text = f"{HERE.an_area_head}’s return and the department’s figure for the same {HERE.area}, year and definition."
    heading = "Returns beside the department’s figures"
    pairs = [data for data in inputs.figures.values() if twins_of(inputs.figures, data)]
    invented = [data.indicator.code for data in pairs if data.source.classification == "synthetic"]
    groups = [group for group in made.tally if group.check == RETURNED]
    if invented:
        said = f"Returns are invented for now, so they are not compared with real figures: {listed(invented)}."
    elif groups:
        said = f"Of {_total(made, groups)} figures, {_total(made, groups, Outcome.EQUAL)} are equal."
    else:
        said = "There is no figure of a return to compare yet."
    return CheckBlock("returns", heading, text, said, None, _differing(inputs, made, RETURNED, path))


# ---- what differs


def _differing(inputs: Inputs, made: Reconciliation, check: str, path: str) -> DataTable | None:
    """The rows that differ; of totals London's alone, the others are in the download."""
    rows = [row for row in made.differing() if row.check == check and (check != ADDED_UP or row.area == LONDON)]
    if not rows:
        return None
    if check == ADDED_UP:
        caption = f"{HERE.name} totals that differ from the sum"
        columns: tuple[str, ...] = (
            "Year",
            f"Sum of {HERE.areas}",
            "Sum, to the nearest ten",
            "Printed",
            "Difference",
            "Our rate",
            "Printed rate",
            "Why",
        )
    else:
        caption = "Figures that differ"
        columns = ("Place", "Period", "Ours", "Printed", "Difference", "Why")
    told = tuple(_row(inputs, row, path) for row in rows)
    return DataTable(caption, ("Series", *columns), told)


def _row(inputs: Inputs, row: Compared, path: str) -> tuple[_Cell, ...]:
    series = _linked(inputs, row.indicator, path)
    if row.measure in _MEASURES:
        series = series + f", {_MEASURES[row.measure]}"
    place = () if row.check == ADDED_UP else (_name(inputs, row.area),)
    rates = (_number(row.our_rate), _number(row.their_rate)) if row.check == ADDED_UP else ()
    rounded = (_number(row.rounded),) if row.check == ADDED_UP else ()
    figures = (_number(row.ours), *rounded, _number(row.theirs), _number(row.difference))
    return (series, *place, sentences.short_period(row.period), *figures, *rates, _why(inputs, row))


def _why(inputs: Inputs, row: Compared) -> str:
    if row.outcome is Outcome.CARRIED:
        told = (f"{sentences.possessive(_name(inputs, code))} figure of {year}" for code, year, _ in row.carried)
        return f"It includes {listed(tuple(told))}"
    return row.reason or _word(row.outcome)


def _name(inputs: Inputs, code: str) -> str:
    area = inputs.areas.by_code.get(code)
    return area.name if area else inputs.authorities.get(code, code)
