"""Test observed entries: their record, and their notification to every resident."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import EntryDecision, Resident
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox.due import due
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    Observation,
    latest_entries,
    record_observed,
)
from tests.ledger.filled import NOON, owed_entry, residents
from tests.support.verified import verified

HOUR = timedelta(hours=1)
OBSERVED = Observation(
    "observed-1", NOON, "observed-key", "Amazon Key", "door-1", "Front door"
)
THEN = (
    Resident("anna", "Anna", "3b", "3B"),
    Resident("dora", "Dora", "5c", "5C", is_confirmed=False),
)


async def notified(ledger: Ledger) -> list[tuple[str, bool]]:
    """Expand everything at once; return who is notified, and whether as a recipient."""
    await ledger.read(lambda conn: expand_fanouts(conn, NOON + HOUR))
    rows = await ledger.read(lambda conn: due(conn, NOON + HOUR, 100))
    return [(row.resident_id, row.recipient) for row in rows]


@pytest.mark.parametrize(
    ("members", "everybody"),
    [(True, ["anna", "bo", "cleo"]), (False, ["anna", "dora"])],
    ids=["known", "re-created"],
)
async def test_every_resident_is_notified_and_nobody_is_a_recipient(
    ledger: Ledger, members: bool, everybody: Collection[str]
) -> None:
    """Home Assistant names the residents for a ledger that knows none so far."""
    if members:
        await ledger.write(residents)
    await ledger.write(
        partial(record_observed, observed=OBSERVED, residents=THEN, now=NOON + HOUR)
    )
    assert await notified(ledger) == [(each, False) for each in everybody]
    assert (await verified(ledger)).intact


async def test_late_entry_keeps_its_time_and_is_due_from_now(ledger: Ledger) -> None:
    await ledger.write(residents)
    await ledger.write(
        partial(record_observed, observed=OBSERVED, residents=THEN, now=NOON + HOUR)
    )
    [entry] = await ledger.read(lambda conn: latest_entries(conn, EntryFilter(10)))
    assert (entry.at, entry.decision) == (NOON, EntryDecision.OBSERVED)
    await notified(ledger)
    rows = await ledger.read(lambda conn: due(conn, NOON + HOUR, 100))
    assert {row.due_at for row in rows} == {NOON + HOUR}
    assert {row.entry.at for row in rows if row.entry} == {NOON}


async def test_entries_of_both_kinds_are_sent_in_their_order(ledger: Ledger) -> None:
    await ledger.write(residents)
    await ledger.write(
        partial(record_observed, observed=OBSERVED, residents=THEN, now=NOON)
    )
    await ledger.write(owed_entry)
    await notified(ledger)
    rows = await ledger.read(lambda conn: due(conn, NOON + HOUR, 100))
    assert [row.kind for row in rows if row.resident_id == "cleo"] == [
        NotificationKind.ENTRY_OBSERVED,
        NotificationKind.ENTRY_ADMITTED,
    ]
