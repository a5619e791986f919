"""Test that every statement of the package fits today's tables and its own rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import pytest

from custom_components.courier_access.ledger.sql import Command, Query
from tests.support.source_code import PACKAGE
from tests.support.statements import (
    built_apart,
    by_module,
    fault,
    parameters,
    read_whole,
    runs,
    statements,
)

STATEMENTS = dict(statements())
GROWING = ("notifications", "fanouts")
READ_WHOLE = {
    "ledger/outbox/fanout.py:_HASTEN",  # when a building is removed
    "ledger/outbox/status.py:_ROWS",  # for diagnostics
    "ledger/outbox/status.py:_STATES",  # for diagnostics
    "ledger/upkeep/purge.py:_DELETE_SETS",  # once a day
}
"""The statements that may read all of these."""


class Door(NamedTuple):
    door_id: str
    door_name: str


@dataclass(frozen=True, slots=True)
class Entry:
    entry_id: str
    door: Door
    at: datetime


def test_statements_are_found() -> None:
    assert "ledger/state/entries.py:_FIND_REPLY" in STATEMENTS


@pytest.mark.parametrize("where", STATEMENTS)
def test_statement_fits_the_tables_and_its_rows(where: str) -> None:
    assert fault(STATEMENTS[where]) is None


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (Command("DELETE FROM entry"), "no such table: entry"),
        (Command("UPDATE entries SET rea = :reason"), "no such column: rea"),
        (Command("DELETE FROM entries WHERE"), "incomplete input"),
        (Command("SELECT now() FROM entries"), "no such function: now"),
        (
            Query("SELECT entry_id, door_id, door_name, last_at FROM entries", Entry),
            "'last_at'] instead of",
        ),
        (Query("SELECT entry_id, door_id, door_name FROM entries", Entry), "instead"),
        (Query("SELECT door_name, door_id FROM entries", Door), "instead of"),
        (Query("SELECT seq, at FROM entries", int), "instead of"),
        (Query("SELECT seq FROM entries", tuple[int, datetime]), "instead of"),
        (Query("SELECT seq FROM entries", complex), "can't be read"),
        (Query("DELETE FROM entries", int), "instead of"),
        (Query("INSERT INTO links VALUES (1, 2, 3) RETURNING since AS at", Door), "["),
    ],
)
def test_wrong_statement_is_noticed(statement: Query[Any] | Command, why: str) -> None:
    assert why in str(fault(statement))


@pytest.mark.parametrize(
    "where",
    [
        where
        for where, statement in STATEMENTS.items()
        if any(table in statement.text for table in GROWING)
    ],
)
def test_cost_does_not_grow_with_notifications_that_are_done(where: str) -> None:
    is_whole_read = not read_whole(STATEMENTS[where]).isdisjoint(GROWING)
    assert is_whole_read == (where in READ_WHOLE)


def test_statement_without_the_condition_of_its_index_is_noticed() -> None:
    pending = "SELECT id FROM notifications WHERE state = 'pending'"
    assert read_whole(Query(pending, int)) == {"notifications"}
    assert not read_whole(Query(f"{pending} AND next_at IS NOT NULL", int))


def test_right_statement_is_no_fault() -> None:
    for right in (
        Command("UPDATE entries SET reason = :reason WHERE seq = :seq"),
        Query("SELECT entry_id, door_id, door_name, at FROM entries", Entry),
        Query("SELECT max(at) FROM entries LIMIT :most", datetime | None),
        Query("INSERT INTO links VALUES (:a, :b, :c) RETURNING since", datetime),
    ):
        assert fault(right) is None


def test_statements_are_run_with_their_parameters() -> None:
    wrong = [
        f"{module}: {name} is given {sorted(given)}, has {sorted(parameters(found))}"
        for module, named in by_module(STATEMENTS).items()
        for name, given in runs((PACKAGE / module).read_text())
        if (found := named.get(name)) is not None and parameters(found) != given
    ]
    assert not wrong


def test_statements_are_constants() -> None:
    assert not [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in PACKAGE.rglob("*.py")
        for line in built_apart(path.read_text())
    ]


def test_other_statements_and_values_are_noticed() -> None:
    source = """
from ..sql import Command, Query
A: Final = Query("SELECT seq FROM entries WHERE at = :at AND kind = ':no' -- :no", int)
def f(conn):
    A.one(conn, att=1)
    A.one(conn, **values)
    Command(f"DELETE FROM {table}").run(conn)
"""
    assert list(runs(source)) == [("A", {"att"})]
    assert built_apart(source) == [7]
    text = "SELECT seq FROM entries WHERE at = :at AND kind = ':no' -- :no"
    assert parameters(Command(text)) == {"at"}
