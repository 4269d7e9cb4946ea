"""A TOML head between ``+++`` lines, then prose."""

from __future__ import annotations

import tomllib
from typing import Any

from site_builder.vocabulary.findings import Finding, Location, Severity
from site_builder.vocabulary.refusals import ConfigurationError
from site_builder.vocabulary.rules import rule


def split(text: str, file: str) -> tuple[dict[str, Any], str]:
    """The head as a mapping, and the prose below it. Raises ConfigurationError (A101) when there is no valid head."""
    lines = text.split("\n")
    if lines[0] != "+++" or "+++" not in lines[1:]:
        raise mistake(file, "There is no head between two lines of +++.", "Begin the file with +++, TOML, and +++.")
    end = lines.index("+++", 1)
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise mistake(
            file, f"The head is not valid TOML: {error}.", "Mend the head; compare it with a neighbour."
        ) from error
    return head, "\n".join(lines[end + 1 :]).strip() + "\n"


def sections(prose: str) -> dict[str, str]:
    """Text under each ``## heading``, in order; text before the first heading is under the empty string."""
    found: dict[str, list[str]] = {"": []}
    current = found[""]
    for line in prose.splitlines():
        if line.startswith("## "):
            current = found.setdefault(line[3:].strip(), [])
        else:
            current.append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


@rule("A101", Severity.ERROR, "a file of ours cannot be used as it is")
def mistake(file: str, problem: str, fix: str) -> ConfigurationError:
    """What it checks: files that maintainers write (indicators, themes, settings, reference tables, mappings) have the
    keys and values that the builder knows.

    Why it matters: a word that nobody reads is a promise that nobody keeps; a typing mistake must not pass in silence.

    Example: an indicator file with the key polarty instead of polarity.

    How to fix: open the file that the message names, put right what it says, and compare with a neighbouring file.
    """
    return ConfigurationError(Finding("A101", Severity.ERROR, Location(file), problem, fix))


RULES = (mistake,)
