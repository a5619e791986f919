"""The command `scripts/size`."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
import re

from .places import INTEGRATION, ROOT

WRITTEN = (".py", ".sql", ".j2", ".css")
"""Endings of what people write, and others have to read."""
TAG = re.compile(r"</?[a-z][a-z0-9-]*(?=[\s/>]|$)|<!doctype", re.IGNORECASE)
NAMED_GROUP = re.compile(r"\(\?P?<\w+>")
"""What looks like a tag in a regular expression."""


def written(folder: Path) -> list[Path]:
    """Return the files in a folder that people write."""
    return sorted(path for path in folder.rglob("*") if path.suffix in WRITTEN)


def lines(paths: Sequence[Path]) -> int:
    """Return how many lines the files have together."""
    return sum(len(path.read_text().splitlines()) for path in paths)


def imports_of(package: str, paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the modules that import a package."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            if any(name.partition(".")[0] == package for name in names):
                yield path
                break


def tags(text: str) -> list[str]:
    """Return the HTML tags in a string, as far as their names."""
    return TAG.findall(NAMED_GROUP.sub("", text))


def markup_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that have HTML tags, with their lines; docstrings aren't markup."""
    tree = ast.parse(path.read_text())
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
            and tags(node.value)
        ):
            yield node.lineno, node.value


def main() -> None:
    """Print the figures."""
    files = written(INTEGRATION)
    modules = [path for path in files if path.suffix == ".py"]
    markup = sum(len(list(markup_in(path))) for path in modules)
    print(f"bytes {sum(path.stat().st_size for path in files):,}")
    print(f"lines {lines(files):,}")
    print(f"modules {len(modules)}")
    print(
        f"modules that import SQLAlchemy {len(list(imports_of('sqlalchemy', modules)))}"
    )
    print(f"strings with HTML tags {markup}")
    print(f"lines of tests {lines(written(ROOT / 'tests')):,}")


if __name__ == "__main__":
    main()
