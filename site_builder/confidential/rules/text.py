"""Personal data and figures in words: what may not stand in a text that will be published.

The match itself is never given back, only the kind of thing that was found.
"""

from __future__ import annotations

import re

_LONGEST = 2000  # a longer text is refused for its length; searching all of it could take for ever
_LONGEST_ROLE = 80
_ROLE = re.compile(r"[^\W\d_][^\W\d_ ,'’&()/-]*(?:[ ,'’&()/-]+[^\W\d_]+)*\)?\Z")
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|twins?|triplets|siblings?"
_CHILD_WORDS = r"child(?:ren)?|cases?|famil(?:y|ies)|siblings?|plans?|referrals?|deaths?"
_ABBREVIATIONS = "CP|CLA|LAC|CIN|ICPC|RCPC|SEN|SEND|EHCP|YOT|YOS|CAF|CAMHS|LADO|LA|QA|IT|NI|SG|UK|EU|HR|GP|DV|PF|TA"

_NHS = re.compile(r"(?<![0-9])([0-9]{3})[ -]?([0-9]{3})[ -]?([0-9]{4})(?![0-9])", re.ASCII)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a unique pupil number", re.compile(r"\b[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]\b", re.I | re.A)),
    (
        "a National Insurance number",
        re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:[0-9]{2} ?){3}[A-D]\b", re.I | re.A),
    ),
    ("an e-mail address", re.compile(r"[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}", re.I)),
    ("a telephone number", re.compile(r"(?<![0-9])(?:\+44 ?|0)(?:[0-9] ?){9,10}(?![0-9])", re.A)),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", re.I | re.A)),
    (
        "a date of birth",
        re.compile(
            r"(?<![0-9])[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9])"
            r"|(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
            r"|\b(?:dob|d\.o\.b\.?|date of birth|born (?:on|in))(?!\w)",
            re.I | re.A,
        ),
    ),
    (
        "initials with an age",
        re.compile(rf"\b(?!(?:{_ABBREVIATIONS})\b)[A-Z][A-Z],? ?\(?(?:1[0-7]|[1-9])\b(?![0-9/-])"),
    ),
    ("a person's name", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Master|Dr)\.? [A-Z][a-z]+")),
    ("a person's name", re.compile(r"\b[Cc]hild [A-Z]\b")),
)
_ALLOWED = re.compile(
    r"\b(?:ay)?(?:19|20)[0-9]{2}(?:[-/](?:19|20)?[0-9]{2})?(?:[- ]?[QH][1-4])?\b"  # years and period ids
    r"|\b[QH][1-4]\b|\bquarters? (?:[1-4]|one|two|three|four)\b"
    rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})\b"
    r"|\bSG[0-9]{2}\b|\bP2[a-z][0-9]?\b|\bN[0-9]{2}[a-z]?\b"  # codes of the catalogue
    r"|\bsections? [0-9]{1,3}[a-z]?\b|\bs\.? ?[0-9]{2,3}\b"  # of an Act
    r"|\b(?:under|over|aged?|below|above) (?:[0-9]{1,2}(?: (?:to|and|or) [0-9]{1,2}|-[0-9]{1,2})?)(?:s\b|\b)(?! (?:%|per|child|case|famil|plan|referral|death))"
    r"|\b(?:[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2} (?:to|and) [0-9]{1,2}) year olds\b|\b[0-9]{1,2}(?:-| )year(?:-| )olds?\b"
    r"|\b(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]"
    r"(?:working[ -])?(?:days?|weeks?|months?|quarters?|years?)\b",
    re.I | re.A,
)
_DIGIT = re.compile(r"\d|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u218b\u2460-\u249b]")
_COUNTED = re.compile(
    rf"\b(?:{_NUMBER_WORDS})\b(?:\W+\w+){{0,2}}?\W+(?:{_CHILD_WORDS})\b"
    rf"|\b(?:{_CHILD_WORDS})\b(?:\W+\w+){{0,2}}?\W+(?:{_NUMBER_WORDS})\b",
    re.I,
)


def personal_data(text: str) -> str | None:
    """The kind of personal data that a text seems to hold, such as ``a postcode``; None when there is none."""
    words = text[:_LONGEST]
    if _has_nhs_number(words):
        return "an NHS number"
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def is_role(text: str) -> bool:
    """Whether a text is the name of a role: words, no longer than 80 characters, without personal data."""
    return len(text) <= _LONGEST_ROLE and bool(_ROLE.match(text)) and personal_data(text) is None


def figure(text: str) -> bool:
    """Whether a text holds a number that is not a date, a code, an age band, a section of an Act or a length of
    time, in digits or, near words such as child or plan, in words."""
    rest = _ALLOWED.sub(" _ ", text[:_LONGEST])
    return bool(_DIGIT.search(rest) or _COUNTED.search(rest))


def upn_letter(digits: str) -> str:
    """The check letter of the twelve digits of a unique pupil number: the sum of digit times place (2 to 13), mod 23."""
    return _CHECK_LETTERS[sum(int(digit) * place for place, digit in enumerate(digits, 2)) % 23]


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the right check digit: weights 10 to 2, eleven less the sum mod 11; ten is invalid."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return left % 11 == int(digits[9]) and left != 10


def _has_nhs_number(text: str) -> bool:
    return any(is_nhs_number("".join(match.groups())) for match in _NHS.finditer(text))
