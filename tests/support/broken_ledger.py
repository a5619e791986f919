"""A ledger in which one kind of write fails, as on a faulty disk."""

import sqlite3

from custom_components.courier_access.building.building import ledger_path

from .house import House


async def break_ledger(house: House, what: str) -> None:
    """Make one kind of write fail."""
    await _execute(
        house,
        f"CREATE TRIGGER broken BEFORE {what} BEGIN SELECT RAISE(FAIL, 'broken'); END",
    )


async def repair_ledger(house: House) -> None:
    """Let all writes succeed again."""
    await _execute(house, "DROP TRIGGER broken")


async def _execute(house: House, statement: str) -> None:
    def execute() -> None:
        connection = sqlite3.connect(ledger_path(house.hass, house.entry.entry_id))
        connection.execute(statement)
        connection.close()

    await house.hass.async_add_executor_job(execute)
