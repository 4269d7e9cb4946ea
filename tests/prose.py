"""How hard prose is to read: sentences, grade, passive voice, digits typed by hand. Reads Markdown, knows no page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_BLOCK = re.compile(r"(?s)<(pre|code)\b.*?</\1>|<[^>]+>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"[*_`>]|\{:?#[^}]*\}")
_ITEM = re.compile(r"^(?:[-*]|\d+\.)\s+")
_END = re.compile(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z0-9\[{])")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouy]+")
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s+(?:(?:not|never|also|often|only|always|then|once|still|\w+ly)\s+)?"
    r"(?:\w{2,}ed|held|made|taken|given|known|shown|seen|told|found|kept|left|drawn|written|sent|hidden|hurt|met|said|"
    r"brought|read|set|put|chosen|lost|led|built|born)\b",
    re.IGNORECASE,
)
_NOT_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:need|indeed|hundred|kindred|wicked)\b"
)

# What may be typed: definitions and names, which no figure can contradict.
DEFINITIONS = (
    r"\b(?:1[89]|20)\d\d(?:-\d\d)?(?:-Q\d(?:\.\d)?)?\b",  # years, and periods named by them
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"\b(?:ages?|aged|under|over|older than|of|between|turn|at least)\s+\d{1,2}(?:\s+(?:to|and|or)\s+\d{1,2})?\b",
    r"\b\d{1,2} to \d{1,2}\b",  # ages
    r"\b\d{1,2} (?:working days|days|months|weeks|hours)\b",
    r"\b[Ss]ection \d+\b|\bVAT \d+\b|\bT[1-8]\b|\bWCAG \d(?:\.\d)?\b|\bGuidelines \d\.\d\b|\bv\d\.\d\b|\bA4\b",
    r"\b(?:SG\d\d|N\d\d[a-c]?|P2[a-m]\d?|NI \d+|[A-Z]\d{3}|Q\d|item \d+)\b",
    r"\bnumbers? \d+(?: and \d+)?\b|\bnumber \d+\b|\bThe list of \d\d\b",
    r"\b(?:95|99\.8)\s?%|\b95 (?:times )?in 100\b|\b998 in 1,000\b",  # the levels that the methods are named by
    r"\bfrom 0 for\b|\bto 3 for\b|\bstep from 1 to 2\b|\bone from 2 to 3\b",  # marks of the self-assessment
    r"\bLicence v?3\.0\b|\b999\b|\b2\.66\b",
)
_DEFINITION = re.compile("|".join(DEFINITIONS))
_PLACEHOLDER = re.compile(r"\{\{[^}]*\}\}")


def paragraphs(markdown: str) -> list[str]:
    """Running prose: headings, tables, code and markup left out, one string for each paragraph and each list item."""
    found: list[list[str]] = []
    text = _LINK.sub(r"\1", _BLOCK.sub(" ", markdown))
    for block in re.split(r"\n\s*\n", text):
        begun = False
        for line in block.splitlines():
            if not line.strip() or line.lstrip().startswith(("#", "|", "![")):
                continue
            if _ITEM.match(line.strip()) or not begun:
                found.append([])
                begun = True
            found[-1].append(_ITEM.sub("", line.strip()))
    return [" ".join(_MARK.sub("", " ".join(lines)).split()) for lines in found]


def sentences(markdown: str) -> list[str]:
    """Sentences of the prose, list items taken as sentences of their own."""
    return [one for paragraph in paragraphs(markdown) for one in _END.split(paragraph) if _WORD.search(one)]


def words(text: str) -> list[str]:
    return _WORD.findall(_PLACEHOLDER.sub(" number ", text))


def syllables(word: str) -> int:
    """By groups of vowels, a silent ending taken off; at least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if len(plain) > 3:
        plain = _SILENT.sub(lambda match: match[0][0], plain)
    return max(1, len(_VOWELS.findall(plain)))


def grade(markdown: str, terms: Collection[str] = ()) -> float:
    """The reading grade of Kincaid and others (1975): years of school; about grade + 5 is an age.

    Words in ``terms``, terms of art in lower case, count as one syllable: the page explains them or the glossary does.
    """
    spoken = [words(one) for one in sentences(markdown)]
    spoken = [some for some in spoken if some]
    every = [word for some in spoken for word in some]
    if not every:
        return 0.0
    beats = sum(1 if word.lower() in terms else syllables(word) for word in every)
    return 0.39 * len(every) / len(spoken) + 11.8 * beats / len(every) - 15.59


def long_sentences(markdown: str, most: int) -> list[str]:
    return [one for one in sentences(markdown) if len(words(one)) > most]


def passive(markdown: str) -> list[str]:
    """Sentences that look passive: a form of *be* and a participle."""
    return [one for one in sentences(markdown) if _PASSIVE.search(_NOT_PASSIVE.sub(" ", one))]


def typed_digits(markdown: str) -> Iterator[str]:
    """Digits that stand in the prose without being a placeholder or a definition, with what surrounds them."""
    for one in paragraphs(markdown):
        left = _DEFINITION.sub(" ", _PLACEHOLDER.sub(" ", one))
        for match in re.finditer(r"\d[\d,.]*", left):
            yield left[max(0, match.start() - 25) : match.end() + 15]
