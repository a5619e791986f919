"""Test that a statement isn't run without all its values."""

import sqlite3

import pytest
from sqlalchemy import insert

from custom_components.courier_access.ledger.statements import Statement
from custom_components.courier_access.ledger.tables import pauses


def test_missing_value_is_an_error() -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE pauses (unit, at, until)")
    put = Statement.of(insert(pauses), "unit", "at", "until")
    with pytest.raises(sqlite3.Error):
        put.run(conn, unit="3b", at=1)
    assert conn.execute("SELECT * FROM pauses").fetchall() == []
    conn.close()
