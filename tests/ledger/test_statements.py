"""Test that a statement isn't run without all its values."""

import sqlite3

import pytest
from sqlalchemy import insert

from custom_components.courier_access.ledger.statements import Statement
from custom_components.courier_access.ledger.tables import relocks


def test_missing_value_is_an_error() -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE relocks (entry_id, door_id, deadline)")
    put = Statement.of(insert(relocks), "door_id", "entry_id", "deadline")
    with pytest.raises(sqlite3.Error):
        put.run(conn, door_id="lobby", entry_id="e")
    assert conn.execute("SELECT * FROM relocks").fetchall() == []
    conn.close()
