"""The rules of the house: who may import whom, how long a file may be, and what opens a door."""

import ast
import json
from pathlib import Path

from homeassistant.const import Platform
from homeassistant.loader import BASE_PRELOAD_PLATFORMS
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "custom_components" / "courier_access"
MOST_LINES = 400

# From the ground up; a module imports its own floor and the floors below it.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"const", "access", "verify_record"}),
    frozenset({"contract", "ledger"}),
    frozenset(
        {
            "addressees",
            "app_links",
            "bodies",
            "building_hours",
            "by_hand",
            "caretaker",
            "clock",
            "cloudhooks",
            "contact",
            "copying",
            "couriers_heard",
            "door",
            "door_settings",
            "events",
            "followed",
            "issues",
            "linked",
            "listeners",
            "load_anew",
            "lock_watched",
            "notice_text",
            "notices",
            "openers",
            "openers_watched",
            "opening",
            "page_address",
            "phone_actions",
            "presses",
            "rates",
            "seen",
            "questions",
            "references",
            "relock",
            "reports",
            "sends",
            "stories",
            "story",
            "ledger_health",
            "targets",
            "timer",
            "watch",
        }
    ),
    frozenset(
        {
            "admission",
            "aftermath",
            "announcing",
            "anew",
            "answers",
            "asking",
            "catching_up",
            "confirming",
            "correspondence",
            "digest",
            "directory",
            "doors",
            "grants",
            "house_grants",
            "issuing",
            "links",
            "loading",
            "moving",
            "pauses",
            "patience",
            "quotas",
            "refusing",
            "restore",
            "retention",
            "rules",
            "telling",
            "verifying",
            "vetoes",
        }
    ),
    frozenset({"starting", "building", "permissions"}),
    frozenset(
        {
            "__init__",
            "accepting",
            "addressing",
            "assist",
            "backup",
            "binary_sensor",
            "calendar",
            "changes",
            "checks",
            "clock_doubts",
            "commands",
            "cloud_addresses",
            "condition",
            "config_flow",
            "consents_missing",
            "couriers_address",
            "diagnostics",
            "entity",
            "event",
            "fixes",
            "flows",
            "kept_out",
            "keys_ending",
            "llm",
            "lobby",
            "lock",
            "logins",
            "mending",
            "neighbours",
            "overview",
            "owners_commands",
            "owners_pages",
            "owners_view",
            "page",
            "panel",
            "personal_deeds",
            "personal_download",
            "personal_page",
            "personal_reading",
            "public_pages",
            "reachable",
            "readings",
            "repairs",
            "residents",
            "residents_list",
            "rules_form",
            "sensor",
            "services",
            "set_up_told",
            "spreadsheet",
            "switch",
            "system_health",
            "taking_home",
            "targeted",
            "trials",
            "trigger",
            "webhook",
            "websocket_api",
        }
    ),
)
PURE = frozenset({"access", "contract", "ledger"})
EDGES_WITHOUT_LEDGER = frozenset(
    {
        "binary_sensor",
        "calendar",
        "event",
        "lock",
        "sensor",
        "switch",
        "entity",
        "config_flow",
        "flows",
    }
)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def imports(path: Path) -> set[str]:
    """Return what a module imports: ours as `.room`, others by their full names."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ImportFrom(level=level, module=module, names=names) if level == depth:
                tops = [module.partition(".")[0]] if module else [alias.name for alias in names]
                found |= {f".{top}" for top in tops}
            case ast.ImportFrom(level=0, module=str(module)):
                found.add(module)
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_imports_one_above_it(path: Path) -> None:
    own = floor(room(path))
    above = {name for name in imports(path) if name[0] == "." and floor(name[1:]) > own}
    assert above == set()


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room(path) in PURE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_the_inner_rooms_do_not_know_home_assistant(path: Path) -> None:
    assert not [name for name in imports(path) if name.partition(".")[0] == "homeassistant"]


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room(path) in ("access", "contract")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_rules_and_contract_are_pure(path: Path) -> None:
    inputs_and_outputs = {
        "asyncio",
        "io",
        "os",
        "pathlib",
        "socket",
        "sqlite3",
        "sqlalchemy",
        "threading",
    }
    assert inputs_and_outputs.isdisjoint(name.partition(".")[0] for name in imports(path))
    source = path.read_text()
    for clock in ("datetime.now(", "utcnow(", "time.time(", "monotonic("):
        assert clock not in source


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room(path) in EDGES_WITHOUT_LEDGER],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_platforms_and_flows_do_not_reach_for_the_ledger(path: Path) -> None:
    assert ".ledger" not in imports(path)


def test_only_admission_opens_a_door_for_a_courier() -> None:
    openers = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and "driver" in ast.unparse(node.func.value)
    }
    assert openers == {"admission.py"}


def test_home_assistant_cloud_is_neither_imported_nor_waited_for() -> None:
    """Couriers' addresses would come to be only after it, while Home Assistant answers already."""
    assert not [path for path in modules() if "homeassistant.components.cloud" in imports(path)]
    manifest = json.loads((PACKAGE / "manifest.json").read_text())
    assert "after_dependencies" not in manifest
    assert "cloud" not in manifest["dependencies"]


@pytest.mark.parametrize(
    "path",
    [
        *modules(),
        *sorted((ROOT / "tests").rglob("*.py")),
        *sorted((ROOT / "scripts").rglob("*.py")),
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_file_grows_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


def test_every_module_has_its_floor() -> None:
    assert {room(path) for path in modules()} == frozenset().union(*FLOORS)


def test_what_home_assistant_asks_for_by_name_is_imported_with_the_rest() -> None:
    """Whatever is not would be imported while Home Assistant waits, since that is done in its loop."""
    asked_for = {*BASE_PRELOAD_PLATFORMS, *Platform, "llm"}
    there = {f".{room(path)}" for path in modules() if room(path) in asked_for}
    assert there - imports(PACKAGE / "__init__.py") == set()
