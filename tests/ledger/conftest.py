"""Fixtures: an empty ledger for each test."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from custom_components.courier_access.ledger import sql
from custom_components.courier_access.ledger.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the building's ledger."""
    return tmp_path / "building.db"


@pytest.fixture
async def ledger(path: Path) -> AsyncGenerator[Ledger]:
    """Return an open, empty ledger."""
    made = Ledger(path)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait only briefly for other users of the file."""
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
