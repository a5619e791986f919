"""What is for GitHub, and can't run here, is of its schemas; workflows call what is there and do no more than they need."""

from importlib.resources import files
import json
import os
from pathlib import Path
import re
from typing import Any

from jsonschema import Draft7Validator
import yaml

from scripts.lab.places import INTEGRATION, ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
# These two are made to be used as they are at the moment.
UNRELEASED = {"home-assistant/actions/hassfest@master", "hacs/action@main"}


def schema(name: str) -> Draft7Validator:
    """Return one of the published schemas."""
    schemas = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return Draft7Validator(json.loads((schemas / f"{name}.json").read_text()))


def read(path: Path) -> dict[str, Any]:
    """Read a workflow as GitHub does, to which `on` is a word."""
    workflow: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return workflow


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def test_workflows_forms_and_update_settings_match_their_schemas() -> None:
    github = FORMS.parent
    schemas = {
        **dict.fromkeys(WORKFLOWS, "github-workflows"),
        FORMS / "bug.yml": "github-issue-forms",
        FORMS / "feature.yml": "github-issue-forms",
        FORMS / "config.yml": "github-issue-config",
        github / "dependabot.yml": "dependabot",
    }
    wrong = {}
    for path, name in schemas.items():
        loaded = yaml.safe_load(path.read_text("utf-8"))
        # YAML 1.1 takes a workflow's `on` for a truth value.
        read = {"on" if key is True else key: loaded[key] for key in loaded}
        wrong[path.name] = [each.message for each in schema(name).iter_errors(read)]
    assert not any(wrong.values()), wrong
    assert {path for path in schemas if path.parent == FORMS} == set(FORMS.iterdir())


def test_container_and_commit_hook_run_scripts_that_exist() -> None:
    container = json.loads(
        (ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    )
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    entries = [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    commands = re.findall(
        r"scripts/[a-z]+", " ".join([container["postCreateCommand"], *entries])
    )
    assert set(commands) == {"scripts/demo", "scripts/lint", "scripts/test"}
    assert all(os.access(ROOT / command, os.X_OK) for command in commands)


def test_changelog_describes_the_version_in_the_manifest() -> None:
    version = json.loads((INTEGRATION / "manifest.json").read_text("utf-8"))["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(
        rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$", changelog, re.MULTILINE
    )
    assert f"\n[{version}]: " in changelog


def test_workflows_run_what_is_there() -> None:
    for path in WORKFLOWS:
        workflow = read(path)
        for command in re.findall(r"\bscripts/[a-z]+\b", path.read_text("utf-8")):
            assert os.access(ROOT / command, os.X_OK), (path.name, command)
        for name, job in workflow["jobs"].items():
            if "uses" in job:
                assert "workflow_call" in read(ROOT / job["uses"])["on"], name
            assert set(job.get("needs", ())) <= workflow["jobs"].keys(), name


def test_workflows_may_do_no_more_than_they_need_and_end() -> None:
    workflows = [read(path) for path in WORKFLOWS]
    for path, workflow in zip(WORKFLOWS, workflows, strict=True):
        assert workflow["permissions"] == {"contents": "read"}, path.name
        for name, job in workflow["jobs"].items():
            assert "uses" in job or int(job["timeout-minutes"]) <= 60, name
            assert "write-all" not in str(job.get("permissions", "")), name
    for step in (step for workflow in workflows for step in steps(workflow)):
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
