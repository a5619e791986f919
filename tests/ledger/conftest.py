"""A ledger of its own for each test."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from custom_components.courier_access.ledger import connections
from custom_components.courier_access.ledger.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the building's ledger is kept."""
    return tmp_path / "building.db"


@pytest.fixture
async def ledger(path: Path) -> AsyncGenerator[Ledger]:
    """An open ledger with nothing in it."""
    made = Ledger(path)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for other users of the file for a moment only."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
