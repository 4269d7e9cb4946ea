"""Pipelines, the public ones and those of a returns repository: least permission, pinned actions, no logic of their own.

Each rule is a function that says what a workflow does against it, and each is shown to find a planted violation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from site_builder.cli.app import app

ROOT = Path(__file__).parents[2]
PUBLIC = ROOT / ".github"
PRIVATE = ROOT / "templates/returns-repository/.github"
WORKFLOWS = {
    f"{where}/{path.stem}": path
    for where, folder in (("public", PUBLIC), ("private", PRIVATE))
    for path in sorted((folder / "workflows").iterdir())
}
NAMES = {
    "public/check-return", "public/publish", "public/test", "public/verify-release",
    "private/check-return", "private/hook", "private/release",
}  # fmt: skip
MAKEFILES = {"public": ROOT / "Makefile", "private": PRIVATE.parent / "Makefile"}
PERMISSIONS = {"contents": {"read"}, "pages": {"write"}, "id-token": {"write"}}
Flow = dict[Any, Any]
Rule = Callable[[Flow, str], Iterator[str]]


def _jobs(flow: Flow) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from flow["jobs"].items()


def _steps(flow: Flow) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in _jobs(flow):
        for step in job["steps"]:
            yield name, step


def _triggers(flow: Flow) -> set[str]:
    on = flow[True]  # YAML reads a bare `on` as true
    return {on} if isinstance(on, str) else set(on)


def no_permission_at_the_top(flow: Flow, text: str) -> Iterator[str]:
    if flow.get("permissions") != {}:
        yield "top-level permissions are not empty"


def least_permission_in_each_job(flow: Flow, text: str) -> Iterator[str]:
    for name, job in _jobs(flow):
        given = job.get("permissions")
        if not isinstance(given, dict) or not given:
            yield f"{name}: no permissions of its own"
            continue
        if any(level not in PERMISSIONS.get(scope, set()) for scope, level in given.items()):
            yield f"{name}: more permission than any job needs"
        writes = [scope for scope, level in given.items() if level == "write"]
        if writes and name != "deploy":
            yield f"{name}: a right to write outside of the deployment"


def each_permission_with_its_reason(flow: Flow, text: str) -> Iterator[str]:
    for line in re.findall(r"^ +(?:contents|pages|id-token): (?:read|write).*$", text, re.MULTILINE):
        if not re.search(r" # \w", line):
            yield "a permission without its reason"


def only_triggers_that_lend_no_rights(flow: Flow, text: str) -> Iterator[str]:
    if _triggers(flow) - {"push", "pull_request", "workflow_dispatch"}:
        yield "a trigger that lends rights to strangers, or that nobody agreed"


def actions_by_full_commit(flow: Flow, text: str) -> Iterator[str]:
    for name, step in _steps(flow):
        if "uses" in step and not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]):
            yield f"{name}: an action that is not pinned by its full commit"


def versions_beside_commits(flow: Flow, text: str) -> Iterator[str]:
    for line in re.findall(r"uses:.*", text):
        if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line):
            yield "a pin without its version"


def credentials_are_not_kept(flow: Flow, text: str) -> Iterator[str]:
    for name, step in _steps(flow):
        if "checkout" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") is not False:
            yield f"{name}: credentials are left on disk"


def a_limit_of_time(flow: Flow, text: str) -> Iterator[str]:
    for name, job in _jobs(flow):
        if not 0 < job.get("timeout-minutes", 0) <= 60:
            yield f"{name}: no limit of time, or a long one"


def one_at_a_time(flow: Flow, text: str) -> Iterator[str]:
    if not isinstance(flow.get("concurrency"), dict) or "group" not in flow["concurrency"]:
        yield "no concurrency group"


def a_pinned_runner(flow: Flow, text: str) -> Iterator[str]:
    for name, job in _jobs(flow):
        if job["runs-on"] != "ubuntu-24.04":
            yield f"{name}: an unpinned runner"


def commands_of_the_project_alone(flow: Flow, text: str) -> Iterator[str]:
    """Steps call make, and nothing of an event, an input or a secret stands in a command: they come by ``env``."""
    for name, step in _steps(flow):
        if "run" in step and not re.fullmatch(r"(make|bash \.ci/run|site-builder)(?: [\w./-]+)*", step["run"].strip()):
            yield f"{name}: logic in a pipeline"
        if "${{" in step.get("run", ""):
            yield f"{name}: an event's text inside a command"


def installed_by_hash(flow: Flow, text: str) -> Iterator[str]:
    """The program comes from make alone, whose installs are locked; no action brings another or a cache of one."""
    for name, step in _steps(flow):
        if re.search(r"\bpip\b|\bnpm\b|\bcurl\b|\buv\b", str(step)):
            yield f"{name}: something is installed beside the lock file"
        if "cache" in step.get("with", {}) or "actions/cache" in step.get("uses", ""):
            yield f"{name}: a cache that a proposal could fill"


def no_secret_for_proposals(flow: Flow, text: str) -> Iterator[str]:
    if "pull_request" in _triggers(flow) and re.search(r"\bsecrets\b|github\.token|GITHUB_TOKEN", text):
        yield "a secret in a workflow for pull requests"


def secrets_in_a_reviewed_environment(flow: Flow, text: str) -> Iterator[str]:
    for name, job in _jobs(flow):
        if "secrets." in str(job) and "environment" not in job:
            yield f"{name}: a secret without a reviewed environment"


def nothing_confidential_is_uploaded(flow: Flow, text: str) -> Iterator[str]:
    """An upload names the folder of a built site, and no other."""
    for name, step in _steps(flow):
        if "upload" in step.get("uses", "") and step["with"]["path"] not in ("build", "base/build"):
            yield f"{name}: something besides a built site is uploaded"
        if "upload-artifact" in step.get("uses", "") and not 0 < step["with"].get("retention-days", 90) <= 7:
            yield f"{name}: an artefact that is kept longer than a week"


RULES: tuple[Rule, ...] = (
    no_permission_at_the_top,
    least_permission_in_each_job,
    each_permission_with_its_reason,
    only_triggers_that_lend_no_rights,
    actions_by_full_commit,
    versions_beside_commits,
    credentials_are_not_kept,
    a_limit_of_time,
    one_at_a_time,
    a_pinned_runner,
    commands_of_the_project_alone,
    installed_by_hash,
    no_secret_for_proposals,
    secrets_in_a_reviewed_environment,
    nothing_confidential_is_uploaded,
)


def problems(text: str) -> list[str]:
    """What a workflow does that it may not, in words."""
    flow = yaml.safe_load(text)
    return [problem for rule in RULES for problem in rule(flow, text)]


def test_every_workflow_is_looked_at() -> None:
    assert set(WORKFLOWS) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_workflow_keeps_the_rules(name: str) -> None:
    assert problems(WORKFLOWS[name].read_text(encoding="utf-8")) == []


CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8"
PLANTS: dict[tuple[Rule, str], tuple[str, str, str]] = {
    (no_permission_at_the_top, "written"): ("public/test", "permissions: {}", "permissions:\n  contents: write"),
    (no_permission_at_the_top, "absent"): ("public/test", "permissions: {}\n", ""),
    (least_permission_in_each_job, "absent"): (
        "public/test", "    permissions:\n      contents: read # to fetch the code\n", ""),
    (least_permission_in_each_job, "unheard of"): ("private/check-return", "contents: read", "actions: read"),
    (least_permission_in_each_job, "write"): ("public/check-return", "contents: read", "contents: write"),
    (least_permission_in_each_job, "outside of deploy"): ("public/publish", "contents: read", "pages: write"),
    (each_permission_with_its_reason, ""): ("public/publish", "pages: write # to put the site in place", "pages: write"),
    (only_triggers_that_lend_no_rights, "target"): ("public/check-return", "pull_request:", "pull_request_target:"),
    (only_triggers_that_lend_no_rights, "run"): (
        "private/hook", "  pull_request:\n", "  workflow_run:\n    workflows: [Test]\n  pull_request:\n"),
    (actions_by_full_commit, "tag"): ("public/test", f"{CHECKOUT} # v5.0.0", "actions/checkout@v5"),
    (actions_by_full_commit, "short"): ("private/release", CHECKOUT, CHECKOUT[:-4]),
    (versions_beside_commits, ""): ("private/release", " # v5.0.0", ""),
    (credentials_are_not_kept, "kept"): ("private/hook", "persist-credentials: false", "persist-credentials: true"),
    (credentials_are_not_kept, "unsaid"): (
        "public/test", "        with:\n          persist-credentials: false\n", ""),
    (a_limit_of_time, "absent"): ("public/test", "    timeout-minutes: 30\n", ""),
    (a_limit_of_time, "long"): ("public/test", "timeout-minutes: 30", "timeout-minutes: 360"),
    (one_at_a_time, ""): ("public/test", "concurrency:", "x-concurrency:"),
    (a_pinned_runner, ""): ("private/check-return", "ubuntu-24.04", "ubuntu-latest"),
    (commands_of_the_project_alone, "shell"): ("public/test", "run: bash .ci/run", "run: python -m pytest && echo"),
    (commands_of_the_project_alone, "lines"): ("public/test", "run: bash .ci/run", "run: |\n          make site\n          ls"),
    (commands_of_the_project_alone, "event"): (
        "public/check-return", "make -C base check-return", "make -C base A=${{ github.event.pull_request.title }}"),
    (commands_of_the_project_alone, "input"): ("private/release", "make release", "make release R=${{ inputs.release }}"),
    (installed_by_hash, "pip"): ("public/test", "run: bash .ci/run", "run: pip install x"),
    (installed_by_hash, "cache"): ("public/test", 'python-version: "3.11"', 'python-version: "3.11"\n          cache: pip'),
    (no_secret_for_proposals, ""): (
        "private/check-return", "          AUTHOR:", "          KEY: ${{ secrets.JITTER_KEY }}\n          AUTHOR:"),
    (secrets_in_a_reviewed_environment, ""): ("private/release", "    environment: release #", "    # none: release #"),
    (nothing_confidential_is_uploaded, "returns"): (
        "private/check-return", "path: base/build", "path: head/datapackages/returns"),
    (nothing_confidential_is_uploaded, "cache"): ("public/publish", "path: build", "path: .cache"),
    (nothing_confidential_is_uploaded, "workbook"): ("private/check-return", "path: base/build", "path: '*.xlsx'"),
    (nothing_confidential_is_uploaded, "long"): ("private/check-return", "retention-days: 7", "retention-days: 90"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant[0].__name__} {plant[1]}".strip())
def test_a_planted_violation_is_found_by_its_rule(plant: tuple[Rule, str]) -> None:
    name, before, after = PLANTS[plant]
    text = WORKFLOWS[name].read_text(encoding="utf-8")
    assert before in text
    planted = text.replace(before, after)
    assert not list(plant[0](yaml.safe_load(text), text))
    assert list(plant[0](yaml.safe_load(planted), planted))


def test_each_rule_has_a_plant() -> None:
    assert {rule for rule, _ in PLANTS} == set(RULES)


@pytest.mark.parametrize("where", MAKEFILES)
def test_workflows_call_targets_that_exist(where: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILES[where].read_text(encoding="utf-8"), re.MULTILINE))
    called = {
        step["run"].split()[-1]
        for name, path in WORKFLOWS.items()
        for _, step in _steps(yaml.safe_load(path.read_text(encoding="utf-8")))
        if name.startswith(where) and step.get("run", "").startswith("make")
    }
    assert called
    assert called <= targets


@pytest.mark.parametrize("where", MAKEFILES)
def test_make_calls_verbs_and_options_that_exist(where: str) -> None:
    text = MAKEFILES[where].read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^\t.*?(?:\$\(BIN\)/site-builder|\$\(SITE_BUILDER\)) (.*)$", text, re.MULTILINE)
    group = typer.main.get_command(app)
    assert lines
    for line in lines:
        words = re.findall(r"(?<![\w-])--?[a-z][a-z-]*|(?<![\w/$(.:-])[a-z][a-z-]+", re.sub(r'"[^"]*"', "", line))
        verb = next(word for word in words if word in group.commands)  # type: ignore[attr-defined]  # a group of commands
        parameters = [*group.params, *group.commands[verb].params]  # type: ignore[attr-defined]
        known = {option for one in parameters for option in (*one.opts, *one.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_returns_are_judged_by_what_stood_before_the_proposal() -> None:
    for where in ("public", "private"):
        flow = yaml.safe_load(WORKFLOWS[f"{where}/check-return"].read_text(encoding="utf-8"))
        for name, job in _jobs(flow):
            checkouts = {step["with"]["path"]: step["with"]["ref"] for step in job["steps"] if "checkout" in str(step)}
            assert checkouts == {
                "base": "${{ github.event.pull_request.base.sha }}",
                "head": "${{ github.event.pull_request.head.sha }}",
            }
            assert all(step["run"].startswith("make -C base ") for step in job["steps"] if "run" in step), name


def test_owners_of_returns_are_the_boroughs_and_of_all_that_decides_the_maintainers() -> None:
    owners = dict(
        line.split()
        for line in (PUBLIC / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    team = "@london-safeguarding-benchmarks"
    returns = {path for path in owners if path.startswith("/datapackages/returns/")}
    slugs = {path.name for path in (ROOT / "datapackages/returns").iterdir() if path.is_dir()}
    assert {owners[path] for path in returns} == {f"{team}/{slug}" for slug in slugs}
    assert all(owners[path] == f"{team}/{path.split('/')[3]}" for path in returns)
    decides = {
        "/.github/",
        "/.ci/",
        "/Makefile",
        "/site_builder/",
        "/datapackages/reference/",
        "/datapackages/releases/",
    }
    assert {owners[path] for path in {*decides, "/templates/returns-repository/"}} == {f"{team}/maintainers"}


def test_nobody_can_open_a_blank_issue_and_a_worried_reader_is_sent_to_help() -> None:
    config = yaml.safe_load((PUBLIC / "ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))
    base = tomllib.loads((ROOT / "content/site.toml").read_text(encoding="utf-8"))["base_url"]
    assert config["blank_issues_enabled"] is False
    assert config["contact_links"][0]["url"] == f"{base}/about/help.html"
    assert all(link["url"].startswith(f"{base}/about/") for link in config["contact_links"])


@pytest.mark.parametrize("form", sorted((PUBLIC / "ISSUE_TEMPLATE").glob("[0-9]*.yml")), ids=lambda path: path.stem)
def test_a_form_that_could_be_filled_with_figures_asks_for_a_promise_first(form: Path) -> None:
    asked = yaml.safe_load(form.read_text(encoding="utf-8"))["body"]
    promises = [one for part in asked if part["type"] == "checkboxes" for one in part["attributes"]["options"]]
    assert bool(promises) is (form.stem[2:] in {"figure", "check"})
    assert all(one["required"] for one in promises)
