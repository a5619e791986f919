"""The rules of the house: who may import whom, how long a file may be, and what opens a door."""

import ast
from collections.abc import Container, Iterable
from functools import cache
import json
from pathlib import Path

from homeassistant.const import Platform
from homeassistant.loader import BASE_PRELOAD_PLATFORMS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "custom_components" / "courier_access"
MOST_LINES = 600

# From the ground up; a module imports its own floor and the floors below it.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"const", "access", "verify_record"}),
    frozenset({"contract", "ledger"}),
    frozenset(
        {
            "accounts",
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
            "door_turn",
            "events",
            "followed",
            "issues",
            "linked",
            "listeners",
            "load_anew",
            "lock_watched",
            "log_redaction",
            "markup",
            "notice_text",
            "notice_times",
            "notices",
            "openers",
            "openers_watched",
            "opening",
            "outbox_turn",
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
            "withdrawing",
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


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms(*names: str) -> list[Path]:
    """Return the modules of some rooms."""
    return [path for path in modules() if room(path) in names]


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imports(path: Path) -> frozenset[str]:
    """Return what a module imports: ours as `.room`, others by their full names."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(tree(path)):
        match node:
            case ast.ImportFrom(level=level, module=module, names=names) if level == depth:
                tops = [module.partition(".")[0]] if module else [alias.name for alias in names]
                found |= {f".{top}" for top in tops}
            case ast.ImportFrom(level=0, module=str(module)):
                found.add(module)
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
    return frozenset(found)


def check_not_imported(packages: Container[str], paths: Iterable[Path]) -> None:
    """Fail with every module that imports something of these packages."""
    found = {
        (str(path.relative_to(PACKAGE)), name)
        for path in paths
        for name in imports(path)
        if name in packages or name.partition(".")[0] in packages
    }
    assert not found, f"{found}"


def test_no_room_imports_one_above_it() -> None:
    above = {
        (str(path.relative_to(PACKAGE)), name)
        for path in modules()
        for name in imports(path)
        if name[0] == "." and floor(name[1:]) > floor(room(path))
    }
    assert not above, f"{above}"


def test_the_inner_rooms_do_not_know_home_assistant() -> None:
    paths = rooms(*PURE)
    assert {room(path) for path in paths} == PURE
    check_not_imported({"homeassistant"}, paths)


def test_rules_and_contract_are_pure() -> None:
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
    paths = rooms("access", "contract")
    assert {room(path) for path in paths} == {"access", "contract"}
    check_not_imported(inputs_and_outputs, paths)
    clocks = {
        (str(path.relative_to(PACKAGE)), clock)
        for path in paths
        for clock in ("datetime.now(", "utcnow(", "time.time(", "monotonic(")
        if clock in path.read_text()
    }
    assert not clocks, f"{clocks}"


def test_platforms_and_flows_do_not_reach_for_the_ledger() -> None:
    paths = rooms(*EDGES_WITHOUT_LEDGER)
    assert {room(path) for path in paths} == EDGES_WITHOUT_LEDGER
    check_not_imported({".ledger"}, paths)


def test_only_admission_opens_a_door_for_a_courier() -> None:
    openers = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and "driver" in ast.unparse(node.func.value)
    }
    assert openers == {"admission.py"}


def test_home_assistant_cloud_is_neither_imported_nor_waited_for() -> None:
    """Couriers' addresses would come to be only after it, while Home Assistant answers already."""
    check_not_imported({"homeassistant.components.cloud"}, modules())
    manifest = json.loads((PACKAGE / "manifest.json").read_text())
    assert "after_dependencies" not in manifest
    assert "cloud" not in manifest["dependencies"]


def test_no_file_grows_too_long() -> None:
    folders = (PACKAGE, ROOT / "tests", ROOT / "scripts")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for folder in folders
        for path in folder.rglob("*.py")
    }
    too_long = {path: lines for path, lines in lengths.items() if lines > MOST_LINES}
    assert not too_long, f"{too_long}"


def test_every_module_has_its_floor() -> None:
    assert {room(path) for path in modules()} == frozenset().union(*FLOORS)


def test_what_home_assistant_asks_for_by_name_is_imported_with_the_rest() -> None:
    """Whatever is not would be imported while Home Assistant waits, since that is done in its loop."""
    asked_for = {*BASE_PRELOAD_PLATFORMS, *Platform, "llm"}
    there = {f".{room(path)}" for path in modules() if room(path) in asked_for}
    assert there - imports(PACKAGE / "__init__.py") == set()
