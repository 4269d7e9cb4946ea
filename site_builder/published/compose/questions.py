"""The bank of questions as a page, with the answers of boroughs. Answers are shown and never scored."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.published import addresses, phrases
from site_builder.published.compose.enquiry import asked_of
from site_builder.published.compose.values import release_tag
from site_builder.published.enquiry.answers import Answer, answers_of, latest, others
from site_builder.published.enquiry.bank import Question
from site_builder.published.enquiry.loading import STANDING
from site_builder.published.enquiry.registry import TRIGGERS
from site_builder.published.frames import PARTLY_ILLUSTRATIVE, Frames
from site_builder.published.inputs import Inputs
from site_builder.published.pages_enquiry import AnswerLine, BankQuestion, QuestionsPage, QuestionTheme
from site_builder.published.pages_parts import Link, Row
from site_builder.vocabulary.here import HERE
from site_builder.vocabulary.periods import day_in_words

UNANSWERED = "Unanswered."


def questions_page(frames: Frames, inputs: Inputs) -> QuestionsPage:
    """Every question by theme, when it is asked, and who has answered."""
    path = addresses.QUESTIONS
    answers = answers_of(inputs.latest)
    themes = tuple(_theme(inputs, code, answers, path) for code in inputs.content.settings.themes)
    return QuestionsPage(
        frame=frames.frame(
            path, "Questions", f"What to ask about each indicator, when it is asked, and what {HERE.areas} answered.",
            section="indicators", notices=(PARTLY_ILLUSTRATIVE,) if answers and release_tag(inputs) else (),
        ),
        heading="Questions",
        lead=f"{len(inputs.bank.questions)} questions about {len(inputs.catalogue)} indicators, in our own words. A figure "
        "answers none of them. It brings some of them up, and low figures as well as high ones. "
        f"{len(inputs.bank.local)} are standing local questions, which {HERE.an_area} may answer with its return.",
        local=tuple(Link(theme.heading, f"#{theme.slug}") for theme in themes),
        themes=themes,
        general_heading="Asked about every indicator",
        general=tuple(bank_question(inputs, one, (), path) for one in inputs.bank.general),
        triggers_heading="What brings a question up",
        triggers=tuple(Row(phrases.capital(one.short), f"When {one.told}.") for one in TRIGGERS.values()),
        others_heading="Answers to questions in other words",
        others=tuple((one.question, answer_line(inputs, one)) for one in others(answers, inputs.bank)),
    )  # fmt: skip


def _theme(inputs: Inputs, code: str, answers: Sequence[Answer], path: str) -> QuestionTheme:
    return QuestionTheme(
        code.lower(),
        inputs.content.themes[code].title,
        addresses.relative(path, addresses.theme(code)),
        tuple(bank_question(inputs, one, latest(answers, one), path) for one in inputs.bank.of_theme(code)),
    )


def bank_question(inputs: Inputs, one: Question, answers: Sequence[Answer], path: str) -> BankQuestion:
    """A question with its answers. ``path``: the page that it stands on."""
    return BankQuestion(
        slug=one.id,
        text=one.text,
        local=one.local,
        asks=asked_of(one.asks),
        when="Asked whatever the figure says."
        if STANDING in one.when
        else f"Asked about {_any([TRIGGERS[w].short for w in one.when])}.",
        indicators=tuple(Link(code, addresses.relative(path, addresses.indicator(code))) for code in one.indicators),
        answers=tuple(answer_line(inputs, answer) for answer in answers),
        unanswered=_unanswered(inputs, answers) if one.local else "",
    )


def _any(names: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def answer_line(inputs: Inputs, answer: Answer) -> AnswerLine:
    """An answer with the name of its borough."""
    return AnswerLine(
        inputs.areas.by_code[answer.area].name,
        answer.text,
        day_in_words(answer.day),
        Link("Evidence", answer.evidence) if answer.evidence else None,
        release_tag(inputs),
    )


def _unanswered(inputs: Inputs, answers: Sequence[Answer]) -> str:
    left = len(inputs.areas.boroughs) - len(answers)
    if not answers:
        return UNANSWERED
    return f"Unanswered by the other {phrases.count_word(left)}." if left else ""


def asked_in_theme(inputs: Inputs, code: str, path: str) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The questions of a theme with links to what they are about; standing local ones first."""
    some = sorted(inputs.bank.of_theme(code), key=lambda one: not one.local)
    return tuple(
        (one.text, tuple(Link(c, addresses.relative(path, addresses.indicator(c))) for c in one.indicators))
        for one in some
    )
