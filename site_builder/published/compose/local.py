"""The standing local questions on a borough's page: what it answered, and how many wait."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.published import addresses
from site_builder.published.compose.questions import answer_line
from site_builder.published.enquiry.answers import answers_of, latest
from site_builder.published.inputs import Inputs
from site_builder.published.pages_borough import TodoBlock
from site_builder.published.phrases import capital, count_word
from site_builder.vocabulary.areas import Area


def local_questions(inputs: Inputs, area: Area, path: str) -> TodoBlock:
    """Answers with their questions, then how many questions are unanswered. ``path``: the page that it stands on."""
    own = [one for one in answers_of(inputs.latest) if one.area == area.code]
    answered = [(question, one) for question in inputs.bank.local for one in latest(own, question)]
    items = []
    for question, one in answered:
        line = answer_line(inputs, one)
        tag = Markup(' <span class="tag">{}</span>').format(line.tag) if line.tag else Markup("")
        items.append(Markup("{} {} ({}){}").format(question.text, line.text, line.day, tag))
    left = len(inputs.bank.local) - len(answered)
    if left:
        href = f"{addresses.relative(path, addresses.challenge(area.slug))}#standing"
        words = f"{capital(count_word(left))} standing question{'' if left == 1 else 's'}: unanswered"
        items.append(Markup('<a href="{}">{}</a>').format(href, words))
    return TodoBlock("Local questions", tuple(items), "There are no standing questions.")
