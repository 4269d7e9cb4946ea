"""Pipelines: least permission, pinned actions, and no logic of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def problems(text: str) -> list[str]:
    """What a workflow does that it may not, in words."""
    flow: dict[Any, Any] = yaml.safe_load(text)
    triggers = flow[True]  # YAML reads a bare `on` as true
    found = []
    if flow.get("permissions") != {}:
        found.append("top-level permissions are not empty")
    if "pull_request_target" in triggers or "workflow_run" in triggers:
        found.append("a trigger that lends rights to strangers")
    if "concurrency" not in flow:
        found.append("no concurrency group")
    if re.search(r"run:.*\$\{\{\s*github\.event", text):
        found.append("an event's text inside a command")
    if re.search(r"datapackages/returns|\.cache|\.xlsx", "".join(re.findall(r"path:.*", text))):
        found.append("returns or caches are uploaded")
    for name, job in flow["jobs"].items():
        found += _job_problems(name, job, "pull_request" in triggers)
    return found


def _job_problems(name: str, job: dict[str, Any], for_pull_requests: bool) -> list[str]:
    found = []
    if "timeout-minutes" not in job or "permissions" not in job:
        found.append(f"{name}: no time limit or no permissions of its own")
    if job["runs-on"] != "ubuntu-24.04":
        found.append(f"{name}: an unpinned runner")
    for step in job["steps"]:
        if "uses" in step and not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]):
            found.append(f"{name}: an action that is not pinned by its full commit")
        if "checkout" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") is not False:
            found.append(f"{name}: credentials are left on disk")
        if "run" in step and not re.fullmatch(r"(make|bash \.ci/run|site-builder)[ \w./-]*", step["run"]):
            found.append(f"{name}: logic in a pipeline")
        if for_pull_requests and "secrets." in str(step):
            found.append(f"{name}: a secret in a job for pull requests")
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_keeps_the_rules(path: Path) -> None:
    assert problems(path.read_text()) == []


PLANTS = {
    "top-level permissions are not empty": ("permissions: {}", "permissions:\n  contents: write"),
    "a trigger that lends rights to strangers": ("pull_request:", "pull_request_target:"),
    "no concurrency group": ("concurrency:", "concurrent:"),
    "test: no time limit or no permissions of its own": ("    timeout-minutes: 30\n", ""),
    "test: an unpinned runner": ("ubuntu-24.04", "ubuntu-latest"),
    "test: an action that is not pinned by its full commit": ("@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "@v5"),
    "test: credentials are left on disk": ("persist-credentials: false", "persist-credentials: true"),
    "test: logic in a pipeline": ("run: bash .ci/run", "run: pip install x && pytest"),
}


@pytest.mark.parametrize("problem", PLANTS)
def test_a_planted_violation_is_found(problem: str) -> None:
    before, after = PLANTS[problem]
    text = (ROOT / ".github/workflows/test.yml").read_text()
    assert before in text
    assert problem in problems(text.replace(before, after))
