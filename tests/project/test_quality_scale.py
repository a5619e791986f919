"""Home Assistant's Integration Quality Scale: every rule is answered, and each answer is compared with the code."""

import ast
from collections.abc import Callable
from importlib import import_module, metadata
import inspect
import json
import re
import textwrap
import tomllib
from typing import Any, Final

from homeassistant.config_entries import SOURCE_RECONFIGURE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import async_get_platforms
import pytest
import yaml

from custom_components.courier_access import PLATFORMS, config_flow, diagnostics
from custom_components.courier_access.const import DOMAIN, SubentryType
from custom_components.courier_access.entity import BuildingEntity
from tests.support.house import (
    RELAY,
    House,
    build,
    courier,
    door,
    observed,
    resident,
)
from tests.support.source_code import (
    CORE,
    MANIFEST,
    PACKAGE,
    README,
    ROOT,
    calls,
    described_in,
    documents,
    held_by,
    imported,
    shipped,
    source,
    trees,
    written,
)

EN: dict[str, Any] = json.loads(
    (PACKAGE / "translations" / "en.json").read_text("utf-8")
)
RULES: dict[str, Any] = yaml.safe_load(
    (PACKAGE / "quality_scale.yaml").read_text("utf-8")
)["rules"]
STATUS = {
    rule: said if isinstance(said, str) else said["status"]
    for rule, said in RULES.items()
}
PLATFORM_MODULES = sorted(PACKAGE / f"{platform}.py" for platform in PLATFORMS)
SET_UP = "docs/how-to/set-up.md"
PROBLEMS = "docs/how-to/problems.md"
ENTITIES = "docs/reference/entities.md"
LIMITS = "docs/reference/limits.md"


def look_at_brands() -> None:
    assert {"icon.png", "icon@2x.png", "logo.png"} <= {
        path.name for path in (PACKAGE / "brand").iterdir()
    }


def look_at_config_flow() -> None:
    """Every field of every form says what it is for; the flows' tests show that forms ask for nothing else."""
    assert MANIFEST["config_flow"] is True
    fixes = [
        issue["fix_flow"] for issue in EN["issues"].values() if "fix_flow" in issue
    ]
    forms = [
        step
        for flow in (
            EN["config"],
            EN["options"],
            *EN["config_subentries"].values(),
            *fixes,
        )
        for step in flow["step"].values()
        if "data" in step
    ]
    assert len(forms) > 25
    for step in forms:
        assert step["data_description"].keys() == step["data"].keys(), step["title"]


def look_at_config_flow_test_coverage() -> None:
    """No branch of a flow may go untested."""
    command = (ROOT / "scripts" / "test").read_text("utf-8")
    (flows,) = [report for report in command.split("report ") if "/flows/*" in report]
    assert flows.startswith("--fail-under=100")
    assert "/config_flow.py" in flows


def look_at_docs_examples() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", documents(), re.DOTALL)
    assert len([block for block in blocks if "triggers:" in block]) >= 2


def look_at_entity_event_setup() -> None:
    """No entity listens before it is added, nor goes on listening once it is removed."""
    for path, tree in trees([*PLATFORM_MODULES, PACKAGE / "entity.py"]):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                assert not re.search(
                    r"listen\(|async_track|follow_", ast.unparse(node)
                ), path
    held_by("building/test_init.py::test_unloading_leaves_the_ledger")()


def look_at_dependencies() -> None:
    """Each package is pinned, locked with its hashes for tests and demo, open source, and used."""
    for requirement in MANIFEST["requirements"]:
        name, version = requirement.split("==")
        for lock in ("harness", "demo"):
            locked = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
            assert re.search(
                rf"^{name}=={re.escape(version)} \\\n    --hash=", locked, re.MULTILINE
            )
        about = metadata.metadata(name)
        assert about["Version"] == version
        licenses = [
            each for each in about.get_all("Classifier", []) if "License ::" in each
        ]
        assert all("OSI Approved" in each for each in licenses)
        assert licenses
    own = {requirement.split("==")[0] for requirement in MANIFEST["requirements"]}
    assert imported() - shipped() == own


def look_at_unique_config_entry() -> None:
    """Each way to a name is checked: adding, reconfiguring, and renaming in the front end."""
    for step in ("_first_errors", "async_step_reconfigure"):
        (tree,) = ast.parse(
            textwrap.dedent(inspect.getsource(getattr(config_flow.BuildingFlow, step)))
        ).body
        assert calls("_name_errors", tree)
    held_by(
        "flows/test_config_flow.py::test_building_names_are_unique",
        "flows/test_config_flow.py::test_reconfigured_building_can_keep_its_name_but_not_take_anothers",
        "building/test_renaming.py::test_no_two_buildings_have_the_same_name",
        "flows/test_door.py::test_opener_of_another_door_is_refused_in_any_building",
    )()


def look_at_runtime_data() -> None:
    assert "type CourierAccessConfigEntry = ConfigEntry[Building]" in source()
    assert "hass.data[DOMAIN]" not in source()


def look_at_test_coverage() -> None:
    command = (ROOT / "scripts" / "test").read_text("utf-8")
    least = [int(number) for number in re.findall(r"--fail-under=(\d+)", command)]
    assert least
    assert all(number >= 95 for number in least)


def look_at_diagnostics() -> None:
    assert callable(diagnostics.async_get_config_entry_diagnostics)
    held_by(
        "platforms/test_diagnostics.py::test_diagnostics_hold_nothing_secret_or_personal"
    )()


def look_at_exception_translations() -> None:
    """What a caller can read is translated; `targets` raises for its own log only."""
    for path, tree in trees():
        if path.name == "targets.py":
            continue
        for name in (
            "HomeAssistantError",
            "ServiceValidationError",
            "ConfigEntryError",
        ):
            for call in calls(name, tree):
                given = {keyword.arg for keyword in call.keywords}
                assert {"translation_domain", "translation_key"} <= given, (
                    path,
                    call.lineno,
                )
    held_by(
        "project/test_translations.py::test_every_exception_has_its_words_and_none_is_left_over"
    )()


def look_at_injected_websession() -> None:
    """What asks on the web asks over Home Assistant's own session, or without its cookies."""
    assert "async_get_clientsession(" in source()
    assert source().count("async_create_clientsession(") == 1
    assert "DummyCookieJar()" in source()
    for name in ("ClientSession(", "httpx", "urlopen"):
        assert name not in source()


def look_at_strict_typing() -> None:
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert mypy["strict"] is True
    assert not any(DOMAIN in str(each["module"]) for each in mypy["overrides"])
    assert "custom_components" in (ROOT / "scripts" / "lint").read_text("utf-8")
    (setup,) = (
        node
        for path, tree in trees()
        for node in ast.walk(tree)
        if path.name == "entity.py"
        and isinstance(node, ast.AsyncFunctionDef)
        and node.name == "async_setup_entry"
    )
    annotation = setup.args.args[1].annotation
    assert annotation is not None
    assert ast.unparse(annotation) == "CourierAccessConfigEntry"
    untyped = {
        path.name
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        and node.annotation is not None
        and re.search(r"\bConfigEntry\b", ast.unparse(node.annotation))
    }
    # Folders before building/ don't know its type; the others look at entries of any integration.
    assert untyped == {
        "addresses.py",
        "consent.py",
        "callbacks.py",
        "directory.py",
        "doors.py",
        "fleet.py",
        "host.py",
        "keys.py",
        "targets.py",
    }


OF_ENTITIES = held_by(
    "project/test_quality_scale.py::test_every_entity_shares_its_base_and_pushes_its_state"
)
EVIDENCE: Final[dict[str, Callable[[], None]]] = {
    "action-setup": held_by(
        "building/test_init.py::test_without_a_building_there_are_actions_only"
    ),
    "brands": look_at_brands,
    "common-modules": OF_ENTITIES,
    "config-flow-test-coverage": look_at_config_flow_test_coverage,
    "config-flow": look_at_config_flow,
    "dependency-transparency": look_at_dependencies,
    "docs-actions": described_in("services.yaml"),
    "docs-conditions": described_in("conditions.yaml"),
    "docs-high-level-description": written(
        README, "is a custom integration for Home Assistant"
    ),
    "docs-installation-instructions": written(
        README, "## Install\n", "Add integration**"
    ),
    "docs-removal-instructions": written(PROBLEMS, "## Remove the integration\n"),
    "docs-triggers": described_in("triggers.yaml"),
    "entity-event-setup": look_at_entity_event_setup,
    "entity-unique-id": held_by(
        "platforms/test_entity.py::test_unique_id_is_subentry_and_key"
    ),
    "has-entity-name": OF_ENTITIES,
    "runtime-data": look_at_runtime_data,
    "test-before-setup": held_by(
        "disk/test_at_start.py::test_read_only_or_full_disk",
        "disk/test_at_start.py::test_file_locked_by_another_program",
        "disk/test_at_start.py::test_disk_that_fills_up_while_a_backup_begins_during_setup",
        "building/test_setting_up.py::test_late_failure_leaves_no_entity_and_is_tried_again",
    ),
    "unique-config-entry": look_at_unique_config_entry,
    "action-exceptions": held_by(
        "api/test_services.py::test_unwritable_ledger_is_reported",
        "api/test_services.py::test_device_of_another_kind_is_refused",
    ),
    "config-entry-unloading": held_by(
        "building/test_init.py::test_unloading_leaves_the_ledger",
        "building/test_init.py::test_unloading_ends_what_the_building_follows_and_keeps_open",
        "building/test_init.py::test_building_that_cannot_be_unloaded_admits_nobody",
        "building/test_init.py::test_reload_keeps_grants_rules_and_pauses",
    ),
    "docs-configuration-parameters": written(
        SET_UP,
        "Set the building's hours",
        "Set how long data is kept",
        "**Short name.**",
    ),
    "docs-installation-parameters": written(SET_UP, "## Set up, step by step\n"),
    "entity-unavailable": held_by(
        "platforms/test_lock.py::test_lock_is_unavailable_while_opener_is",
        "disk/test_at_start.py::doors_only",
    ),
    "log-when-unavailable": held_by(
        "disk/test_at_start.py::test_file_unusable_at_start_is_logged_once_and_once_when_back",
        "disk/test_while_running.py::test_file_locked_by_another_program_is_logged_once_and_once_when_back",
        "doors/test_opener_issues.py::test_unavailable_opener_is_logged_once_and_once_when_back",
    ),
    "parallel-updates": OF_ENTITIES,
    "test-coverage": look_at_test_coverage,
    "devices": held_by(
        "platforms/test_entity.py::test_doors_and_residents_are_under_building_device"
    ),
    "diagnostics": look_at_diagnostics,
    "docs-data-update": written(ENTITIES, "Nothing is polled"),
    "docs-examples": look_at_docs_examples,
    "docs-known-limitations": written(LIMITS, "# Limits\n"),
    "docs-supported-devices": written(
        SET_UP, "The *opener* is the entity", "- **Lock**"
    ),
    "docs-supported-functions": written(ENTITIES, "# Entities\n"),
    "docs-troubleshooting": written(PROBLEMS, "can list repairs", "## Ask for help\n"),
    "docs-use-cases": written(README, "## Who it is for"),
    "dynamic-devices": held_by(
        "platforms/test_entity.py::test_added_subentry_gets_device_and_entities"
    ),
    "entity-category": held_by(
        "platforms/test_entity.py::test_settings_and_diagnostics_have_entity_categories"
    ),
    "entity-device-class": held_by(
        "platforms/test_sensor.py::test_untrusted_clock_is_problem_until_corrected"
    ),
    "entity-disabled-by-default": held_by(
        "platforms/test_entity.py::test_several_households_have_disabled_entities_named_by_unit"
    ),
    "entity-translations": held_by(
        "project/test_translations.py::test_every_entity_has_its_name_and_its_icon_and_nothing_is_left_over"
    ),
    "exception-translations": look_at_exception_translations,
    "icon-translations": held_by(
        "project/test_translations.py::test_every_entity_has_its_name_and_its_icon_and_nothing_is_left_over"
    ),
    "reconfiguration-flow": held_by(
        "project/test_quality_scale.py::test_a_building_and_each_of_its_parts_can_be_reconfigured"
    ),
    "repair-issues": held_by(
        "project/test_translations.py::test_every_issue_has_its_words_and_none_is_left_over"
    ),
    "stale-devices": held_by(
        "building/test_init.py::test_removed_door_and_resident_leave_no_entities_and_open_nothing"
    ),
    "inject-websession": look_at_injected_websession,
    "strict-typing": look_at_strict_typing,
}


def look_at_no_asynchronous_work() -> None:
    """Only the drawing of a code uses the one dependency, and that outside of the event loop."""
    assert [requirement.split("==")[0] for requirement in MANIFEST["requirements"]] == [
        "segno"
    ]
    uses = {
        (path.name, ast.unparse(node))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "segno"
    }
    assert uses == {("html.py", "segno.make_qr")}
    assert source().count("async_add_executor_job(QrCode.of, ") == 1
    assert "QrCode.of(" not in source()


def look_at_nothing_to_test_before_configuring() -> None:
    """Adding a building waits for nothing, so there is nothing that could be tested first."""
    source_of_step = inspect.getsource(config_flow.BuildingFlow.async_step_user)
    (step,) = ast.parse(textwrap.dedent(source_of_step)).body
    assert not [node for node in ast.walk(step) if isinstance(node, ast.Await)]


def look_at_no_discovery() -> None:
    ways = {"bluetooth", "dhcp", "homekit", "mqtt", "ssdp", "usb", "zeroconf"}
    assert ways.isdisjoint(MANIFEST)


def look_at_no_login() -> None:
    for name in ("CONF_PASSWORD", "CONF_USERNAME", "ConfigEntryAuthFailed"):
        assert name not in source()
    # Only a building of a fleet sends a token, with reports that nothing waits for.
    senders = {
        path.name
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and "Authorization" in str(node.value)
    }
    assert senders == {"fleet.py"}


EXEMPTIONS: Final[dict[str, Callable[[], None]]] = {
    "appropriate-polling": OF_ENTITIES,
    "test-before-configure": look_at_nothing_to_test_before_configuring,
    "reauthentication-flow": look_at_no_login,
    "discovery-update-info": look_at_no_discovery,
    "discovery": look_at_no_discovery,
    "async-dependency": look_at_no_asynchronous_work,
}


def look_at_placeholder_owner() -> None:
    """The manifest names a code owner of the project's own name; a real one makes this rule done."""
    assert MANIFEST["codeowners"] == ["@" + DOMAIN.replace("_", "-")]


LEFT: Final[dict[str, Callable[[], None]]] = {
    "integration-owner": look_at_placeholder_owner
}


def test_every_rule_of_the_scale_is_answered_in_the_order_of_its_tiers() -> None:
    of_core = (
        yaml.safe_load(path.read_text("utf-8"))
        for path in CORE.glob("*/quality_scale.yaml")
    )
    names = {rule for answers in of_core for rule in answers["rules"]}
    assert len(names) > 50
    assert RULES.keys() == names
    assert [rule for rule, status in STATUS.items() if status == "done"] == list(
        EVIDENCE
    )
    assert [rule for rule, status in STATUS.items() if status == "exempt"] == list(
        EXEMPTIONS
    )
    assert [rule for rule, status in STATUS.items() if status == "todo"] == list(LEFT)
    assert set(STATUS.values()) == {"done", "exempt", "todo"}
    for said in RULES.values():
        assert said == "done" or said["comment"].endswith(".")


def test_what_is_done_exempt_or_left_is_so() -> None:
    wrong = {}
    for rule, look in (EVIDENCE | EXEMPTIONS | LEFT).items():
        try:
            look()
        except AssertionError as error:
            wrong[rule] = str(error)
    assert wrong == {}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Set up a building with a part of every kind, and all entities enabled."""
    hass.states.async_set(RELAY, "off")
    house = await build(hass, door(), courier(), resident(), observed())
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, house.entry.entry_id):
        registry.async_update_entity(entity.entity_id, disabled_by=None)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    return house


async def test_every_entity_shares_its_base_and_pushes_its_state(
    hass: HomeAssistant, house: House
) -> None:
    platforms = [
        each
        for each in async_get_platforms(hass, DOMAIN)
        if each.config_entry is house.entry
    ]
    assert sorted(each.domain for each in platforms) == sorted(PLATFORMS)
    for platform in platforms:
        assert platform.entities, platform.domain
        module = import_module(f"custom_components.{DOMAIN}.{platform.domain}")
        assert module.PARALLEL_UPDATES == 0
        for entity in platform.entities.values():
            assert isinstance(entity, BuildingEntity)
            assert entity.has_entity_name, entity.entity_id
            assert entity.unique_id, entity.entity_id
            assert not entity.should_poll, entity.entity_id
            assert entity.registry_entry is not None
            assert entity.registry_entry.device_id is not None, entity.entity_id


async def test_a_building_and_each_of_its_parts_can_be_reconfigured(
    hass: HomeAssistant, house: House
) -> None:
    flows = hass.config_entries
    shown = await flows.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_RECONFIGURE, "entry_id": house.entry.entry_id},
    )
    assert shown["type"] is FlowResultType.FORM
    kinds = set()
    for part_id, part in house.entry.subentries.items():
        kinds.add(part.subentry_type)
        step = await flows.subentries.async_init(
            (house.entry.entry_id, part.subentry_type),
            context={"source": SOURCE_RECONFIGURE, "subentry_id": part_id},
        )
        assert step["type"] in (FlowResultType.FORM, FlowResultType.MENU)
        assert step["step_id"].startswith("reconfigure"), part.subentry_type
    assert kinds == set(SubentryType)
