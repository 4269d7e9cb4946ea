"""How a number is worded: digits, states, cautions. A reason never carries a number, and a zero is a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from site_builder.published.figures import (
    HIDDEN_SHORT,
    Figure,
    Wording,
    exact,
    from_counts,
    limit,
    no_limit,
    of_cell,
    padded,
    printed,
    read,
    thousands,
    withheld,
)
from site_builder.vocabulary.symbols import Withheld
from tests.factories import indicator

WORDS = Wording()
SHARE = indicator("proportion").measure
RATE = indicator("rate").measure
RATIO = indicator("ratio").measure
COUNT = indicator("count").measure


def share(numerator: str, denominator: str) -> Figure:
    return from_counts(printed(numerator), printed(denominator), SHARE, WORDS)


@pytest.mark.parametrize(
    ("plain", "text"),
    [("0", "0"), ("7", "7"), ("999", "999"), ("1000", "1,000"), ("1234567.50", "1,234,567.50"), ("-1234.5", "-1,234.5"),
     ("-0.5", "-0.5"), ("0.0", "0.0")],
)  # fmt: skip
def test_thousands_are_parted_and_places_kept(plain: str, text: str) -> None:
    assert thousands(plain) == text
    figure = printed(plain)
    assert (figure.text, figure.plain, figure.value) == (text, plain, Fraction(plain))


@pytest.mark.parametrize("text", ["", "1/2", "1e5", " 1", "1 ", "1_000", "nan", "inf", "1,000", "½", "١", "1.", ".5"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        read(text)


@pytest.mark.parametrize("text", ["-0.25", "12", "3.140", "0.05", "-7"])
def test_digits_are_read_exactly(text: str) -> None:
    assert read(text) == Fraction(text)


@pytest.mark.parametrize(("text", "dp", "expected"), [("94", 1, "94.0"), ("94.25", 1, "94.25"), ("94", 0, "94")])
def test_a_publishers_places_are_added_to_and_never_cut(text: str, dp: int, expected: str) -> None:
    assert padded(text, dp) == expected


@pytest.mark.parametrize("reason", list(Withheld))
def test_a_reason_has_words_and_no_digits(reason: Withheld) -> None:
    figure = withheld(reason, WORDS)
    assert figure.withheld is reason
    assert figure.mark == reason.value
    assert (figure.text, figure.plain, figure.value) == ("", "", None)
    assert figure.short
    assert not any(letter.isdigit() for letter in figure.short + figure.long)


def test_a_hidden_figure_says_nothing_else() -> None:
    figure = of_cell("", "c", "pr", Wording(zeros="hide"))
    assert figure.short == HIDDEN_SHORT
    assert figure.marks == ""
    assert figure.long.endswith("It may be zero.")
    assert of_cell("", "c", "", WORDS).long.endswith("It does not mean zero.")


def test_a_missing_figure_keeps_its_words_and_status() -> None:
    figure = of_cell("", "x", "r", Wording("show", "Return late", "Not available: invented."))
    assert (figure.short, figure.long, figure.marks) == ("Return late", "Not available: invented.", "r")


def test_a_share_is_rounded_half_up_and_a_true_zero_stays() -> None:
    assert share("1", "80").plain == "1.3"  # 1.25 goes up
    assert share("0", "80").is_zero
    assert share("0", "80").plain == "0.0"
    assert share("5", "80").value == Fraction(25, 4)


def test_no_cases_is_not_nought_per_cent() -> None:
    assert share("0", "0").state == "z"
    assert from_counts(printed("0"), printed("0"), RATIO, WORDS).state == "z"


@pytest.mark.parametrize(
    ("denominator", "state", "caution"),
    [("19", "u", ()), ("20", "reported", ("small-base",)), ("49", "reported", ("small-base",)), ("50", "reported", ())],
)
def test_a_share_of_few_is_not_printed(denominator: str, state: str, caution: tuple[str, ...]) -> None:
    figure = share("10", denominator)
    assert (figure.state, figure.caution) == (state, caution)
    assert figure.is_shown is (state == "reported")


@pytest.mark.parametrize(("events", "caution"), [("9", ("few-events",)), ("10", ())])
def test_a_rate_of_few_events_is_marked(events: str, caution: tuple[str, ...]) -> None:
    assert from_counts(printed(events), printed("5000"), RATE, WORDS).caution == caution


def test_a_value_that_rounds_to_nought_is_low() -> None:
    figure = share("1", "10000")
    assert (figure.state, figure.plain, figure.value) == ("low", "", None)
    assert exact(Fraction(-1, 1000), 1, WORDS).state == "low"
    assert exact(Fraction(0), 1, WORDS).plain == "0.0"


@pytest.mark.parametrize(
    ("numerator", "denominator", "state"),
    [("c", "60", "c"), ("12", "c", "c"), ("x", "c", "c"), ("c", "z", "z"), ("x", "60", "x"), ("u", "x", "u"), ("z", "x", "z")],
)  # fmt: skip
def test_a_derived_figure_takes_the_worst_state(numerator: str, denominator: str, state: str) -> None:
    def made(text: str) -> Figure:
        return printed(text) if text.isdigit() else of_cell("", text, "", WORDS)

    for measure in (SHARE, RATE, RATIO):
        figure = from_counts(made(numerator), made(denominator), measure, WORDS)
        assert figure.state == state
        assert figure.value is None


def test_marks_of_both_counts_are_joined_in_order() -> None:
    assert from_counts(printed("30", "r"), printed("60", "ep"), SHARE, WORDS).marks == "epr"
    hidden = from_counts(of_cell("", "c", "", WORDS), printed("60", "p"), SHARE, WORDS)
    assert hidden.marks == ""


def test_a_count_is_itself() -> None:
    count = printed("12", "p")
    assert from_counts(count, withheld(Withheld.NOT_APPLICABLE, WORDS), COUNT, WORDS) is count


def test_limits_have_the_places_of_the_value_and_share_its_reason() -> None:
    assert limit(0.04, 1).plain == "0.0"
    assert limit(1234.56, 1).text == "1,234.6"
    hidden = withheld(Withheld.CONFIDENTIAL, WORDS)
    assert no_limit(hidden) == hidden
    assert no_limit(printed("5")).state == "z"
