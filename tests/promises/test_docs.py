"""Promise 10: the words are true. Verbs, exit codes, rules, settings and commands are documented, and nothing else is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from site_builder.cli.app import app
from site_builder.cli.exits import Exit
from site_builder.cli.explain import every_rule, for_machines, in_words
from site_builder.vocabulary.rules import PARTS

ROOT = Path(__file__).parents[2]
README, CONTRIBUTING = (ROOT / "README.md").read_text(), (ROOT / "CONTRIBUTING.md").read_text()
COMMAND = typer.main.get_command(app)
VERBS = sorted(COMMAND.commands)  # type: ignore[attr-defined]  # a group of commands


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_stands_in_readme_and_contributing(verb: str) -> None:
    assert COMMAND.commands[verb].help  # type: ignore[attr-defined]
    assert f"`{verb}`" in README
    assert f"site-builder {verb}" in CONTRIBUTING or f"`{verb}`" in CONTRIBUTING


@pytest.mark.parametrize("document", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_the_documents_name_no_verb_and_no_command_that_does_not_exist(document: str) -> None:
    named = set(re.findall(r"site-builder ([a-z]+(?:-[a-z]+)*)\b", document))
    assert named <= {*VERBS}, named - {*VERBS}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    made = set(re.findall(r"`make ([a-z-]+)|^make ([a-z-]+)", document, re.MULTILINE))
    made = {target for pair in made for target in pair if target}
    assert made <= targets, made - targets


@pytest.mark.parametrize("code", list(Exit), ids=lambda code: code.name)
def test_every_exit_code_is_explained_in_contributing(code: Exit) -> None:
    assert re.search(rf"^\|\s*{code.value}\s*\|", CONTRIBUTING, re.MULTILINE)


def test_the_promises_of_the_readme_name_tests_that_exist() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", README))
    assert named
    assert named <= {path.name for path in (ROOT / "tests/promises").glob("test_*.py")}


@pytest.mark.parametrize("code", every_rule())
def test_every_rule_explains_itself_in_four_parts(code: str) -> None:
    rule = every_rule()[code]
    assert list(rule.parts) == list(PARTS)
    assert all(rule.parts.values())
    assert in_words(rule).startswith(code)


def test_the_rules_on_the_site_are_the_rules_of_the_program() -> None:
    written = json.loads((ROOT / "content/about/submitting/rules.json").read_text())
    assert written == for_machines(), "stale: site-builder --output content/about/submitting/rules.json explain --json"


def test_every_setting_is_described() -> None:
    for file in (
        "content/site.toml",
        "datapackages/reference/disclosure.toml",
        "datapackages/reference/collection.toml",
    ):
        text = (ROOT / file).read_text()
        for key in tomllib.loads(text):
            assert key in CONTRIBUTING or re.search(rf"#.*\b{key}\b|^\s*\[*{key}.*#", text, re.MULTILINE), (
                f"{file}: {key}"
            )


def test_every_link_between_the_documents_leads_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / name).read_text()):
            assert (ROOT / target).exists(), f"{name}: {target}"
