"""The integration's source and documents, as tests look through them."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
import json
from pathlib import Path
import re
import sys
from typing import Any

import homeassistant
import yaml

from custom_components.courier_access.const import DOMAIN

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / DOMAIN
MANIFEST: dict[str, Any] = json.loads((PACKAGE / "manifest.json").read_text("utf-8"))
CORE = Path(homeassistant.__file__).parent / "components"
README = "README.md"


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module's syntax tree, which many tests look through."""
    return ast.parse(path.read_text("utf-8"))


def trees(paths: list[Path] | None = None) -> Iterator[tuple[Path, ast.Module]]:
    """Return the syntax trees of the integration's modules, or of these."""
    for path in sorted(PACKAGE.rglob("*.py")) if paths is None else paths:
        yield path, tree_of(path)


def calls(name: str, tree: ast.AST) -> list[ast.Call]:
    """Return the calls of a function with this name."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    ]


@cache
def source() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))


@cache
def documents() -> str:
    paths = [ROOT / README, *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(path.read_text("utf-8") for path in paths)


def imported() -> set[str]:
    """Return the top-level packages that the integration imports, but for Python's own and its own.

    What only the type checker reads isn't imported.
    """
    names: set[str] = set()
    for _, tree in trees():
        for_types = {
            id(node)
            for block in ast.walk(tree)
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
            for node in ast.walk(block)
        }
        for node in ast.walk(tree):
            if id(node) in for_types:
                continue
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module))
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names


def shipped() -> set[str]:
    """Return what comes with Home Assistant: itself, its core's packages, and its components'."""
    required = metadata.requires("homeassistant") or []
    recorder = json.loads((CORE / "recorder" / "manifest.json").read_text("utf-8"))
    names = [
        re.split(r"[=<>;\[ ]", each)[0].lower()
        for each in required + recorder["requirements"]
    ]
    # aiohttp brings yarl and multidict; probatio stands in for voluptuous.
    return {"homeassistant", "multidict", "voluptuous", *names}


def held_by(*names: str) -> Callable[[], None]:
    """Return a check that these tests exist, each written as `file.py::test`."""

    def look() -> None:
        for name in names:
            file, _, test = name.partition("::")
            assert f"def {test}(" in (ROOT / "tests" / file).read_text("utf-8"), name

    return look


def written(document: str, *words: str) -> Callable[[], None]:
    """Return a check that a document has these words."""

    def look() -> None:
        text = (ROOT / document).read_text("utf-8")
        for each in words:
            assert each in text, each

    return look


def described_in(file: str) -> Callable[[], None]:
    """Return a check that the documents name each action, trigger, or condition of this file."""

    def look() -> None:
        described = yaml.safe_load((PACKAGE / file).read_text("utf-8"))
        names = [name for name in described if not name.startswith(".")]
        assert names
        text = documents()
        assert [name for name in names if f"`{DOMAIN}.{name}`" not in text] == []

    return look
