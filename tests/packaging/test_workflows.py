"""What is for GitHub, and can't run here, is of its schemas; workflows call what is there and do no more than they need."""

from importlib.resources import files
import json
import os
from pathlib import Path
import re
from typing import Any

from jsonschema import Draft7Validator
import pytest
import yaml

from scripts.lab.places import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
# These two are made to be used as they are at the moment.
UNRELEASED = {"home-assistant/actions/hassfest@master", "hacs/action@main"}
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def schema(name: str) -> Draft7Validator:
    """Return one of GitHub's schemas."""
    schemas = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return Draft7Validator(json.loads((schemas / f"github-{name}.json").read_text()))


def read(path: Path) -> dict[str, Any]:
    """Read a workflow as GitHub does, to which `on` is a word."""
    workflow: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return workflow


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


@each_workflow
def test_it_is_of_githubs_schema(path: Path) -> None:
    loaded = yaml.safe_load(path.read_text("utf-8"))
    # YAML 1.1 takes the word for a truth value.
    schema("workflows").validate(
        {"on" if key is True else key: value for key, value in loaded.items()}
    )


@pytest.mark.parametrize(
    ("form", "kind"), [("fault.yml", "issue-forms"), ("config.yml", "issue-config")]
)
def test_forms_for_issues_are_of_githubs_schema(form: str, kind: str) -> None:
    schema(kind).validate(yaml.safe_load((FORMS / form).read_text("utf-8")))


@each_workflow
def test_it_runs_what_is_there(path: Path) -> None:
    workflow = read(path)
    for command in re.findall(r"\bscripts/[a-z]+\b", path.read_text("utf-8")):
        assert os.access(ROOT / command, os.X_OK), command
    for job in workflow["jobs"].values():
        if "uses" in job:
            called = ROOT / job["uses"]
            assert "workflow_call" in read(called)["on"]
        assert set(job.get("needs", ())) <= workflow["jobs"].keys()


@each_workflow
def test_it_may_do_no_more_than_it_needs_and_ends(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert "uses" in job or int(job["timeout-minutes"]) <= 60
        assert "write-all" not in str(job.get("permissions", ""))
    for step in steps(workflow):
        if (action := step.get("uses")) and action not in UNRELEASED:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", action), action
        if action and action.startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": "false"}
        # What comes from outside is data: it gets into a shell by its environment only.
        assert "${{" not in step.get("run", "")


def test_what_is_released_was_tested_validated_and_packed_as_tagged() -> None:
    release = read(ROOT / ".github" / "workflows" / "release.yml")
    assert set(release["jobs"]["release"]["needs"]) == {"test", "validate"}
    commands = [step["run"] for step in steps(release) if "run" in step]
    packing, publishing = commands
    assert packing == 'scripts/release --tag "$GITHUB_REF_NAME"'
    assert "dist/courier_access.zip" in publishing
