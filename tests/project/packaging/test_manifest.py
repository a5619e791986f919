"""The manifest is one that Home Assistant, its own checks and the Marketplace take."""

import ast
import tomllib
from typing import Any

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_integration
import pytest
import voluptuous as vol
from yarl import URL

from custom_components.courier_access.const import DOMAIN
from scripts.lab.places import INTEGRATION, ROOT
from tests.support.source_code import trees

from .files import read_json, taken

MANIFEST = read_json(INTEGRATION / "manifest.json")


def web_page(value: str) -> str:
    address = URL(value)
    if address.scheme != "https" or not address.host or address.query_string:
        raise vol.Invalid("is no page on the web")
    return value


def version(value: str) -> str:
    if AwesomeVersion(value).strategy is not AwesomeVersionStrategy.SEMVER:
        raise vol.Invalid("is no version as 1.2.3")
    return value


SCHEMA = vol.Schema(
    {
        vol.Required("domain"): DOMAIN,
        vol.Required("name"): vol.All(str, vol.Length(min=1)),
        vol.Optional("after_dependencies"): [str],
        vol.Required("codeowners"): vol.All(
            [vol.Match(r"^@[A-Za-z0-9-]+$")], vol.Length(min=1)
        ),
        vol.Required("config_flow"): True,
        vol.Required("dependencies"): [str],
        vol.Required("documentation"): web_page,
        vol.Optional("import_executor"): bool,
        vol.Required("integration_type"): "hub",
        vol.Required("iot_class"): "local_push",
        vol.Required("issue_tracker"): web_page,
        vol.Optional("quality_scale"): vol.In(["bronze", "silver", "gold", "platinum"]),
        vol.Required("requirements"): [
            vol.Match(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^=\s]+$")
        ],
        vol.Optional("single_config_entry"): bool,
        vol.Required("version"): version,
    }
)


def test_it_says_what_has_to_be_said_and_nothing_that_nobody_knows() -> None:
    SCHEMA(MANIFEST)


WRONG: list[dict[str, Any]] = [
    {"version": "one"},
    {"codeowners": ["courier-access"]},
    {"documentation": "http://example.com"},
    {"requirements": ["aiohttp"]},
    {"iot_class": "cloud_polling"},
    {"homeassistant": "2026.10.0"},
]


def test_what_is_wrong_would_be_seen() -> None:
    assert taken(SCHEMA, [MANIFEST | each for each in WRONG]) == []


def test_domain_and_name_come_first_and_the_rest_by_the_alphabet() -> None:
    first, second, *others = MANIFEST
    assert (first, second) == ("domain", "name")
    assert others == sorted(others)
    assert sorted(MANIFEST["dependencies"]) == MANIFEST["dependencies"]


def test_the_project_is_of_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == MANIFEST["version"]


def test_the_issues_are_those_of_the_documented_repository() -> None:
    assert MANIFEST["issue_tracker"] == f"{MANIFEST['documentation']}/issues"


async def test_home_assistant_loads_it_and_all_it_depends_on(
    hass: HomeAssistant,
) -> None:
    integration = await async_get_integration(hass, DOMAIN)
    assert integration.version == MANIFEST["version"]
    assert await integration.resolve_dependencies() is not None
    for name in MANIFEST.get("after_dependencies", []):
        assert await async_get_integration(hass, name)


HASSFEST_ALLOWS = {
    *(platform.value for platform in Platform),
    "alert",
    "automation",
    "conversation",
    "default_config",
    "device_automation",
    "frontend",
    "group",
    "homeassistant",
    "input_boolean",
    "input_button",
    "input_datetime",
    "input_number",
    "input_select",
    "input_text",
    "media_source",
    "mjpeg",
    "onboarding",
    "panel_custom",
    "persistent_notification",
    "person",
    "script",
    "shopping_list",
    "stream",
    "sun",
    "system_health",
    "system_log",
    "timer",
    "webhook",
    "websocket_api",
    "zone",
}
"""The components that hassfest lets everybody import: ALLOWED_USED_COMPONENTS."""


def components(tree: ast.AST) -> set[str]:
    """Return the components that a module imports, as hassfest reads it."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.ImportFrom(
                module="homeassistant.components.http.auth",
                names=[ast.alias(name="async_sign_path")],
            ):
                continue
            case ast.ImportFrom(module="homeassistant.components", names=names):
                modules = [f"homeassistant.components.{each.name}" for each in names]
            case ast.ImportFrom(module=str(module)):
                modules = [module]
            case ast.Import(names=names):
                modules = [each.name for each in names]
            case _:
                found |= components(node)
                continue
        found |= {
            module.split(".")[2]
            for module in modules
            if module.startswith("homeassistant.components.")
        }
    return found


def test_every_imported_component_is_one_that_hassfest_allows() -> None:
    allowed = {
        *HASSFEST_ALLOWS,
        *MANIFEST["dependencies"],
        *MANIFEST.get("after_dependencies", []),
        # The integration has a platform for these.
        *(path.stem for path in INTEGRATION.glob("*.py")),
        *(path.name for path in INTEGRATION.iterdir() if path.is_dir()),
    }
    imported = {path: components(tree) for path, tree in trees()}

    assert "http" in set().union(*imported.values())
    assert {
        path: found - allowed for path, found in imported.items() if found - allowed
    } == {}


@pytest.mark.parametrize(
    ("line", "component"),
    [
        ("import homeassistant.components.logbook.const as logbook", {"logbook"}),
        ("from homeassistant.components.logbook import const", {"logbook"}),
        ("def f():\n    from homeassistant.components import logbook", {"logbook"}),
        ("from homeassistant.components.http.auth import async_sign_path", set()),
        ("if TYPE_CHECKING:\n    from homeassistant.components import logbook", set()),
        ("from homeassistant.helpers import template", set()),
    ],
)
def test_imports_are_read_as_hassfest_reads_them(
    line: str, component: set[str]
) -> None:
    assert components(ast.parse(line)) == component
