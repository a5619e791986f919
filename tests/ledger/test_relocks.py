"""Test re-lock deadlines: one per entry, until its door is locked (promise 8)."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import Decision, Outcome, Reason
from custom_components.courier_access.ledger.ledger import (
    Ledger,
    LedgerUnavailable,
    Transaction,
)
from custom_components.courier_access.ledger.state import claims
from custom_components.courier_access.ledger.state.claims import Ending
from custom_components.courier_access.ledger.state.entries import (
    Relock,
    clear_relock,
    load_relocks,
    put_relock,
    record_attempt,
)
from tests.ledger.claims_house import house
from tests.ledger.filled import NOON
from tests.ledger.parts import KEY, attempt, claim

SOON, LATER = NOON + timedelta(seconds=5), NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def two_entries(ledger: Ledger) -> None:
    def enter(transaction: Transaction) -> None:
        for entry_id in ("entry-1", "entry-2"):
            record_attempt(
                transaction, attempt(entry_id), Decision.ADMITTED, Reason.OK, {}
            )

    await ledger.write(enter)


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


async def put(
    ledger: Ledger, entry_id: str, at: datetime = SOON, door_id: str = "door-1"
) -> None:
    await ledger.write(
        lambda transaction: put_relock(transaction, door_id, entry_id, at)
    )


async def test_each_entry_at_a_door_has_its_own_deadline(ledger: Ledger) -> None:
    clear = partial(clear_relock, entry_id="entry-1")
    await ledger.read(clear)
    assert await ledger.read(load_relocks) == []
    await put(ledger, "entry-1")
    assert await ledger.read(load_relocks) == [deadline("entry-1")]
    # It can be extended.
    await put(ledger, "entry-1", LATER)
    assert await ledger.read(load_relocks) == [deadline("entry-1", LATER)]
    await put(ledger, "entry-2", LATER)
    await ledger.read(clear)
    assert await ledger.read(load_relocks) == [deadline("entry-2", LATER)]


async def test_unknown_entry_has_no_deadline(ledger: Ledger) -> None:
    with pytest.raises(LedgerUnavailable, match="FOREIGN KEY"):
        await put(ledger, "entry-9")


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
        assert isinstance(claims.claim(transaction, asked), claims.Claimed)
        ending = Ending(
            "entry-3", Outcome.UNCONFIRMED, in_time, until, SOON, use_returned=False
        )
        claims.finish(transaction, asked, ending, "{}", NOON)
        if seen == "seen late":
            claims.record_late_unlock(transaction, "entry-3", NOON)

    await ledger.write(house)
    await ledger.write(enter)

    [left] = await ledger.read(load_relocks)
    assert left.confirmed is (seen != "not seen")
    assert left.cut_off is False
