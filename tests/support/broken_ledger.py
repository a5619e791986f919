"""A ledger in which one kind of write fails, as on a faulty disk."""

from collections.abc import Callable
from contextlib import suppress
import sqlite3
from typing import Any

from homeassistant.config_entries import ConfigEntryState
import pytest

from custom_components.courier_access.building.building import ledger_path

from .house import House
from .rows import plant

_REPAIRED = "DROP TRIGGER IF EXISTS temp.broken"


async def break_ledger(house: House, what: str) -> None:
    """Make one kind of write fail, also after a reload.

    The trigger is one of each connection, since those that a file has are off.
    """
    broken = (
        f"CREATE TEMP TRIGGER broken BEFORE {what.replace(' ON ', ' ON main.')}"
        " BEGIN SELECT RAISE(FAIL, 'broken'); END"
    )
    _BROKEN[str(ledger_path(house.hass, house.entry.entry_id))] = broken
    await _execute(house, broken)


async def repair_ledger(house: House) -> None:
    """Let all writes succeed again."""
    _BROKEN.pop(str(ledger_path(house.hass, house.entry.entry_id)), None)
    if house.entry.state is ConfigEntryState.LOADED:
        await _execute(house, _REPAIRED)


_BROKEN: dict[str, str] = {}
"""The trigger for each new connection to a file."""


def _also_break(connect: Callable[..., sqlite3.Connection]) -> Any:
    def connected(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        if _BROKEN:
            for _, _, path in connection.execute("PRAGMA database_list"):
                if broken := _BROKEN.get(path):
                    # A later change of it would drop the trigger.
                    connection.execute("PRAGMA temp_store = MEMORY")
                    with suppress(
                        sqlite3.OperationalError
                    ):  # It's another file, empty.
                        connection.execute(broken)
        return connection

    return connected


for _driver in (sqlite3, sqlite3.dbapi2):
    pytest.MonkeyPatch().setattr(_driver, "connect", _also_break(_driver.connect))


async def _execute(house: House, statement: str) -> None:
    await house.building.ledger.read(lambda conn: plant(conn, statement))
