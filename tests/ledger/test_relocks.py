"""Test re-lock deadlines: one per entry, until its door is locked (promise 8)."""

from copy import replace
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter

import pytest

from custom_components.courier_access.access.model import Opening, Outcome
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import entries
from custom_components.courier_access.ledger.state.entries import (
    Relock,
    clear_relock,
    load_relocks,
)
from tests.ledger.claims_house import house
from tests.ledger.filled import NOON
from tests.ledger.parts import KEY, claim, ended
from tests.support.verified import verified

SOON, LATER = NOON + timedelta(seconds=5), NOON + timedelta(minutes=1)


def deadline(entry_id: str, at: datetime = SOON, door_id: str = "door-1") -> Relock:
    context = f"context of {entry_id}"
    return Relock(
        door_id,
        entry_id,
        at,
        "Swift Parcels",
        "Front door",
        context,
        KEY,
        confirmed=False,
        cut_off=False,
    )


async def test_each_entry_at_a_door_has_its_own_deadline(ledger: Ledger) -> None:
    async def left() -> list[Relock]:
        found = await ledger.read(load_relocks)
        return sorted(found, key=attrgetter("entry_id"))

    await ledger.write(house)
    assert await left() == []
    await ledger.write(partial(entries.claim, request=claim("entry-1", deadline=SOON)))
    assert await left() == [deadline("entry-1")]
    await ledger.write(partial(entries.claim, request=claim("entry-2", deadline=SOON)))
    # It can be extended.
    ending = ended(Outcome.OPENED, until=LATER)
    await ledger.write(
        lambda transaction: entries.finish(
            transaction, claim("entry-1"), ending, "{}", NOON
        )
    )
    seen = replace(deadline("entry-1", LATER), confirmed=True)
    assert await left() == [seen, deadline("entry-2")]
    await ledger.read(partial(clear_relock, entry_id="entry-1"))
    assert await left() == [deadline("entry-2")]


async def test_completed_entry_has_no_deadline(ledger: Ledger) -> None:
    await ledger.write(house)
    for entry_id in ("entry-1", "entry-2"):
        asked = claim(entry_id, deadline=SOON)
        await ledger.write(partial(entries.claim, request=asked))

    await ledger.write(
        partial(entries.complete_entry, entry_id="entry-1", at=NOON, story={})
    )

    assert await ledger.read(load_relocks) == [deadline("entry-2")]
    assert (await verified(ledger)).intact


@pytest.mark.parametrize(
    "seen", ["not seen", "seen in time", "taken for unlocked", "seen late"]
)
async def test_deadline_shows_whether_the_door_unlocked(
    ledger: Ledger, seen: str
) -> None:
    until = SOON if seen == "taken for unlocked" else None
    in_time = seen == "seen in time"

    def enter(transaction: Transaction) -> None:
        asked = claim("entry-3")
        assert isinstance(entries.claim(transaction, asked), entries.Claim)
        ending = Opening(Outcome.UNCONFIRMED, in_time, until, reads_locked=False)
        entries.finish(transaction, asked, ending, "{}", NOON)
        if seen == "seen late":
            entries.record_late_unlock(transaction, "entry-3", NOON)

    await ledger.write(house)
    await ledger.write(enter)

    [left] = await ledger.read(load_relocks)
    assert left.confirmed is (seen != "not seen")
    assert left.cut_off is False
