"""Test what is still to be sent when a building is removed."""

from functools import partial
from pathlib import Path

from custom_components.courier_access.ledger.outbox.fanout import (
    Farewell,
    record_disabled,
    record_removed,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.ledger.filled import NOON
from tests.ledger.parts import opened

from .parts import Outbox


async def test_removal_of_a_building_that_was_never_loaded_notifies_nobody(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "empty.db") as ledger:
        await ledger.write(partial(record_disabled, at=NOON, unlocked=()))
        farewell = await ledger.write(partial(record_removed, at=NOON, unlocked=()))

    assert farewell == Farewell((), {})


async def test_all_that_waits_is_returned_with_the_farewell_last(
    outbox: Outbox,
) -> None:
    """More than a step expands, and entries without an outcome."""
    entries = [f"entry-{number}" for number in range(9)]
    await outbox.enter(*entries)

    farewell = await outbox.ledger.write(partial(record_removed, at=NOON, unlocked=()))

    of_anna = [one for one in farewell.pending if one.resident_id == "anna"]
    assert [one.entry.entry_id for one in of_anna if one.entry is not None] == entries
    assert of_anna[-1].kind is NotificationKind.BUILDING_REMOVED
