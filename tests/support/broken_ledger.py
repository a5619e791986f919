"""A ledger in which one kind of write fails, as on a faulty disk."""

from contextlib import suppress
import sqlite3

from homeassistant.config_entries import ConfigEntryState
from sqlalchemy import Engine, event

from custom_components.courier_access.building.building import ledger_path

from .house import House

_REPAIRED = "DROP TRIGGER IF EXISTS temp.broken"


async def break_ledger(house: House, what: str) -> None:
    """Make one kind of write fail, also after a reload.

    The trigger is one of each connection, since those that a file has are off.
    """
    broken = (
        f"CREATE TEMP TRIGGER broken BEFORE {what.replace(' ON ', ' ON main.')}"
        " BEGIN SELECT RAISE(FAIL, 'broken'); END"
    )
    path = str(ledger_path(house.hass, house.entry.entry_id))

    def break_too(connection: sqlite3.Connection, _: object) -> None:
        files = [row[2] for row in connection.execute("PRAGMA database_list")]
        if path in files and path in _BROKEN:
            # A later change of it would drop the trigger.
            connection.execute("PRAGMA temp_store = MEMORY")
            with suppress(sqlite3.OperationalError):  # It's another file, and empty.
                connection.execute(broken)

    if path not in _BROKEN:
        _BROKEN.add(path)
        event.listen(Engine, "connect", break_too)
    await _execute(house, broken)


async def repair_ledger(house: House) -> None:
    """Let all writes succeed again."""
    _BROKEN.discard(str(ledger_path(house.hass, house.entry.entry_id)))
    if house.entry.state is ConfigEntryState.LOADED:
        await _execute(house, _REPAIRED)


_BROKEN: set[str] = set()


async def _execute(house: House, statement: str) -> None:
    await house.building.ledger.read(lambda conn: conn.exec_driver_sql(statement))
