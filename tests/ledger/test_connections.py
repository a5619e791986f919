"""Test that compiled statements are cached for all ledgers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.sql.compiler import SQLCompiler

from custom_components.courier_access.ledger import connections
from custom_components.courier_access.ledger.connections import _COMPILED
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.state.grants import find_grant
from custom_components.courier_access.ledger.state.rules import load_rules
from tests.ledger.claims_house import house
from tests.ledger.parts import KEY


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Start with an empty cache; return it."""
    seen: list[str] = []
    prepare = SQLCompiler.__init__

    def compiling(self: SQLCompiler, *args: Any, **more: Any) -> None:
        prepare(self, *args, **more)
        # SQLAlchemy doesn't cache table creation, upserts, or savepoints.
        if isinstance(self.statement, Select):
            seen.append(self.string)

    monkeypatch.setattr(SQLCompiler, "__init__", compiling)
    _COMPILED.clear()
    yield seen
    _COMPILED.clear()


async def live(path: Path) -> None:
    """Open a ledger, use it, and close it."""
    ledger = Ledger(path)
    await ledger.open()
    await ledger.write(house)
    assert await ledger.read(lambda conn: find_grant(conn, KEY)) is not None
    assert len(await ledger.read_apart(load_rules)) == 2
    await ledger.close()


async def test_compiled_statements_are_shared_and_survive_reopening(
    compiled: list[str], tmp_path: Path
) -> None:
    await live(tmp_path / "a.db")
    assert len(compiled) > 5
    compiled.clear()

    await live(tmp_path / "b.db")
    assert compiled == []


async def test_cache_is_limited(
    compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_COMPILED", 5)
    await live(tmp_path / "a.db")

    assert len(compiled) > 5
    assert len(_COMPILED) <= 5
