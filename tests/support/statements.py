"""The statements of the package, and what is wrong with one on the tables of today."""

import ast
from collections.abc import Iterator, Mapping
from contextlib import closing
import importlib
import re
import sqlite3
from typing import Any, Final

from custom_components.courier_access.ledger import structure
from custom_components.courier_access.ledger.migrations import PRESENT
from custom_components.courier_access.ledger.sql import Command, Query
from tests.support.source_code import PACKAGE

_NO_VALUES: Final = re.compile(r"'[^']*'|--[^\n]*")
_PARAMETER: Final = re.compile(r"(?<!\w):(\w+)")
_RUN: Final = frozenset({"all", "each", "first", "one", "run"})

type Statement = Query[Any] | Command


class _Zeros(dict[str, int]):
    """A number for any parameter, whether it is an instant, a limit, or JSON."""

    def __missing__(self, name: str) -> int:
        return 0


def statements() -> Iterator[tuple[str, Statement]]:
    """Give each statement of the package, with its module and name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text()
        if re.search(r"\b(Query|Command)\(", source):
            parts = path.relative_to(PACKAGE.parents[1]).with_suffix("").parts
            module = importlib.import_module(".".join(parts))
            for name, value in vars(module).items():
                if isinstance(value, Query | Command) and f"{name}: Final" in source:
                    yield f"{path.relative_to(PACKAGE)}:{name}", value


def parameters(statement: Statement) -> set[str]:
    """Return the names of a statement's parameters."""
    return set(_PARAMETER.findall(_NO_VALUES.sub("", statement.text)))


def fault(statement: Statement) -> str | None:
    """Return what is wrong with a statement, or None if today's tables can run it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        structure.create(conn, PRESENT.sql(PRESENT.version))
        try:
            conn.execute(f"EXPLAIN {statement.text}", _Zeros())
            if isinstance(statement, Query):
                return _difference(conn, statement)
        except (sqlite3.Error, TypeError) as err:
            return str(err)
    return None


def read_whole(statement: Statement) -> set[str]:
    """Return the tables that a statement reads as a whole, or an index of all their rows.

    Partial indexes are left out: they don't grow with what is done.
    """
    with closing(structure.in_memory()) as conn:
        whole = dict(
            conn.execute(
                "SELECT rootpage, tbl_name FROM sqlite_schema"
                " WHERE type = 'table' OR coalesce(sql, '') NOT LIKE '% WHERE %'"
            )
        )
        opened: dict[int, str] = {}
        found: set[str] = set()
        for _, step, cursor, root, database, *_ in conn.execute(
            f"EXPLAIN {statement.text}", _Zeros()
        ):
            if step in ("OpenRead", "OpenWrite") and database == 0 and root in whole:
                opened[cursor] = whole[root]
            elif step in ("Rewind", "Last") and cursor in opened:
                found.add(opened[cursor])
        return found


def _difference(conn: sqlite3.Connection, query: Query[Any]) -> str | None:
    """Return how a query's columns differ from the fields of its rows."""
    # A row of zeros may be refused, and is not needed to know its columns.
    text = re.sub(r"\bINSERT INTO\b", "INSERT OR IGNORE INTO", query.text, count=1)
    cursor = conn.execute(text, _Zeros())
    found = [column[0] for column in cursor.description or ()]
    cursor.close()
    expected = query.columns
    if len(found) == len(expected) and all(
        name in (None, column) for name, column in zip(expected, found, strict=True)
    ):
        return None
    return f"{found} instead of {list(expected)}"


def runs(source: str) -> Iterator[tuple[str, set[str]]]:
    """Give each run of a constant in a module, with the names of its values."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=how),
                keywords=keywords,
            ) if how in _RUN and name.strip("_").isupper():
                names = {each.arg for each in keywords if each.arg is not None}
                if len(names) == len(keywords):
                    yield name, names


def built_apart(source: str) -> list[int]:
    """Return the lines on which a statement is made otherwise than as a constant."""
    tree = ast.parse(source)
    if not re.search(r"^from \.+(ledger\.)?sql import ", source, re.MULTILINE):
        return []
    constants = {
        id(node.value)
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and node.value is not None
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Query", "Command")
        and id(node) not in constants
    ]


def by_module(found: Mapping[str, Statement]) -> dict[str, dict[str, Statement]]:
    """Return statements by module and name."""
    modules: dict[str, dict[str, Statement]] = {}
    for where, statement in found.items():
        module, _, name = where.partition(":")
        modules.setdefault(module, {})[name] = statement
    return modules
