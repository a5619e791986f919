"""The order of the folders, and what only one module may do."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re

from scripts.lab.size import tags
from tests.support.source_code import tree_of

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "courier_access"
MOST_LINES = 900
MOST_LINES_OF_FUNCTION = 50
MOST_ROOT_FILES = 20
MOST_FOLDERS = 15
MOST_CALLABLES = 25
"""The most callables that the constructors of the package take as parameters."""

ORDER = (
    "const",
    "access",
    "contract",
    "ledger",
    "home_assistant",
    "doors",
    "residents",
    "notifications",
    "grants",
    "entries",
    "couriers",
    "building",
    "api",
    "web",
    "flows",
)
"""A module imports its own folder and those before it; the root comes after all."""
LEDGER_ORDER = ("state", "outbox", "upkeep")
"""The same inside `ledger/`, after its own files."""


def modules(*folders: str) -> list[Path]:
    """Return the modules of the package, or of some of its folders."""
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if not folders or path.relative_to(PACKAGE).parts[0] in folders
    )


def name_of(path: Path) -> str:
    """Return a module's name below the package, with dots."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Give what a module imports, with the line: ours as `.folder.module`, others by their full names."""
    package = list(path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.ImportFrom(level=0, module=str(module)):
                yield module, node.lineno
            case ast.Import(names=names):
                for alias in names:
                    yield alias.name, node.lineno
            case ast.ImportFrom(level=level, module=module, names=names):
                base = [
                    *package[: len(package) - level + 1],
                    *(module or "").split("."),
                ]
                whole = "." + ".".join(part for part in base if part)
                for alias in names:
                    below = PACKAGE.joinpath(*whole.split("."), alias.name)
                    is_module = below.is_dir() or below.with_suffix(".py").exists()
                    yield (
                        (f"{whole.rstrip('.')}.{alias.name}" if is_module else whole),
                        node.lineno,
                    )


def place(name: str) -> int:
    """Return where in the order a module of ours stands."""
    top = name.strip(".").split(".", maxsplit=1)[0]
    return ORDER.index(top) if top in ORDER else len(ORDER)


def test_modules_import_only_folders_before_theirs() -> None:
    assert not [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in modules()
        for name, line in imports(path)
        if name.startswith(".") and place(name) > place(name_of(path))
    ]


def test_ledger_modules_import_only_folders_before_theirs() -> None:
    def rank(name: str) -> int:
        part = name.strip(".").split(".")[1]
        return LEDGER_ORDER.index(part) + 1 if part in LEDGER_ORDER else 0

    assert not [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in modules("ledger")
        if name_of(path) != "ledger"
        for name, line in imports(path)
        if name.startswith(".ledger.") and rank(name) > rank(name_of(path))
    ]


def test_modules_form_no_cycle() -> None:
    names = {name_of(path) for path in modules()}
    graph = {
        name_of(path): {
            name[1:]
            for name, _ in imports(path)
            if name.startswith(".") and name[1:] in names
        }
        for path in modules()
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join([*path[path.index(name) :], name])
        if name not in done:
            for imported in sorted(graph[name] - {name}):
                visit(imported, (*path, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


def test_access_contract_and_ledger_do_not_import_home_assistant() -> None:
    assert not [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in modules("access", "contract", "ledger")
        for name, line in imports(path)
        if name.partition(".")[0] == "homeassistant"
    ]


def test_access_and_contract_do_no_io_and_read_no_clock() -> None:
    io = {
        "asyncio",
        "io",
        "os",
        "pathlib",
        "socket",
        "sqlite3",
        "sqlalchemy",
        "threading",
    }
    clocks = ("datetime.now(", "utcnow(", "time.time(", "monotonic(")
    assert not [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in modules("access", "contract")
        for name, line in imports(path)
        if name.partition(".")[0] in io
    ]
    assert not [
        f"{path.relative_to(PACKAGE)} reads {clock}"
        for path in modules("access", "contract")
        for clock in clocks
        if clock in path.read_text()
    ]


def test_platforms_and_flows_do_not_import_the_ledger() -> None:
    platforms = (
        "binary_sensor",
        "calendar",
        "event",
        "lock",
        "sensor",
        "switch",
        "entity",
    )
    edges = [*(f"{name}.py" for name in platforms), "config_flow.py", "flows"]
    assert not [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in modules(*edges)
        for name, line in imports(path)
        if name.startswith(".ledger")
    ]


def test_only_admission_opens_a_door_for_a_courier() -> None:
    openers = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and "driver" in ast.unparse(node.func.value)
    }
    assert openers == {"entries/admission.py"}


def test_home_assistant_cloud_is_neither_imported_nor_waited_for() -> None:
    """Couriers' addresses must exist before the cloud integration is set up."""
    assert not [
        path
        for path in modules()
        if "homeassistant.components.cloud" in {name for name, _ in imports(path)}
    ]
    manifest = json.loads((PACKAGE / "manifest.json").read_text())
    assert "after_dependencies" not in manifest
    assert "cloud" not in manifest["dependencies"]


def private_names(tree: ast.Module) -> list[str]:
    """Return the private names of other packages that a module uses."""
    others, found = set(), []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) | ast.ImportFrom(level=0, names=names):
                others |= {alias.asname or alias.name.split(".")[0] for alias in names}
                found += [alias.name for alias in names if alias.name.startswith("_")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match(r"_[^_]", node.attr):
            owner = ast.unparse(node.value)
            if owner.split(".")[0] in others:
                found.append(f"{owner}.{node.attr}")
    return found


def test_no_private_name_of_another_package_is_used() -> None:
    """Private methods that are overridden are tested on both releases (scripts/test)."""
    assert private_names(ast.parse("import a as b; b.c._d")) == ["b.c._d"]
    assert private_names(ast.parse("from a import _b")) == ["_b"]
    assert {
        path: found for path in modules() if (found := private_names(tree_of(path)))
    } == {}


def test_markup_is_only_in_templates() -> None:
    """Templates escape all that they are given; strings that are joined don't."""

    def markup(tree: ast.Module) -> list[str]:
        return [
            found
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            for found in tags(node.value)
        ]

    assert markup(ast.parse("f'<a href={b}>{c}</a>'")) == ["<a", "</a"]
    assert markup(ast.parse("'a < b', r'(?P<c>d)', '<!e'")) == []
    assert {path: found for path in modules() if (found := markup(tree_of(path)))} == {}
    for path in modules():
        assert "Markup" not in path.read_text(), path
    for path in (PACKAGE / "web" / "templates").glob("*.j2"):
        assert not re.search(r"\|\s*safe|autoescape", path.read_text()), path


def test_no_file_is_too_long() -> None:
    assert not [
        f"{path.relative_to(ROOT)}: {lines}"
        for folder in (PACKAGE, ROOT / "tests", ROOT / "scripts")
        for path in sorted(folder.rglob("*.py"))
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]


def test_no_function_is_too_long() -> None:
    assert not [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}: {lines}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and (lines := node.end_lineno - node.lineno + 1) > MOST_LINES_OF_FUNCTION
    ]


def test_public_functions_of_several_statements_are_described() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for part in (tree_of(path), *ast.walk(tree_of(path)))
        if isinstance(part, ast.Module)
        or (isinstance(part, ast.ClassDef) and not part.name.startswith("_"))
        for node in part.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and len(node.body) > 1
        and ast.get_docstring(node) is None
        and not any("override" in ast.unparse(each) for each in node.decorator_list)
    ]
    assert not bare, "\n".join(bare)


def test_package_has_few_folders_and_its_root_few_files() -> None:
    root_files = sorted(path.name for path in PACKAGE.glob("*.py"))
    assert len(root_files) <= MOST_ROOT_FILES, root_files
    folders = sorted({path.parent.name for path in PACKAGE.glob("*/*.py")})
    assert len(folders) <= MOST_FOLDERS, folders


def test_constructors_take_few_callables() -> None:
    """A part that knows the next one by its type can be followed by reading."""
    taken = [
        f"{path.relative_to(PACKAGE)}:{parameter.lineno} {parameter.arg}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
        for parameter in (*node.args.args, *node.args.kwonlyargs)
        if parameter.annotation is not None
        and "Callable" in ast.unparse(parameter.annotation)
    ]
    assert len(taken) <= MOST_CALLABLES, taken


def test_only_one_module_reads_home_assistants_time_zone() -> None:
    """Residents' hours must not move when Home Assistant's zone is changed."""
    forbidden = {
        "DEFAULT_TIME_ZONE",
        "as_local",
        "as_utc",
        "async_track_time_change",
        "get_default_time_zone",
        "naive_now",
        "start_of_local_day",
        "time_zone",
    }

    def names(node: ast.AST) -> list[str]:
        match node:
            case ast.Attribute(value=ast.Name(id="dt_util"), attr="now"):
                return ["time_zone"]
            case ast.Attribute(attr=name) | ast.Name(id=name):
                return [name]
            case ast.ImportFrom(names=aliases):
                return [alias.name for alias in aliases]
            case _:
                return []

    assert {
        str(path.relative_to(PACKAGE))
        for path in modules()
        for node in ast.walk(tree_of(path))
        if not forbidden.isdisjoint(names(node))
    } == {"home_assistant/clock.py"}
