"""Test announcements: the first at once, the next five minutes as one (promise 3)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import expand
from custom_components.courier_access.ledger.outbox.due import hasten_notifications
from custom_components.courier_access.ledger.outbox.expand import (
    MESSAGES_PER_STEP,
    WAITS_AT_LEAST,
)
from custom_components.courier_access.ledger.outbox.status import find_by_token
from custom_components.courier_access.ledger.queue import (
    BATCH_INTERVAL,
    NotificationKind,
)
from custom_components.courier_access.ledger.state.grants import (
    put_grant,
    put_veto,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, CLEO, GRANT, KEY, decide

from .parts import CALLED_OFF, HOUR, MINUTE, NOW, SECOND, Outbox


@pytest.fixture(autouse=True)
async def consents(ledger: Ledger) -> None:
    for resident in (ANNA, CLEO):
        await ledger.write(partial(decide, resident=resident))


async def announced(outbox: Outbox, door: str = "A", **more: Any) -> None:
    """Announce a delivery at noon, and send it."""
    await outbox.announce(NOW, door=door, **more)
    await outbox.read(NOW)


async def test_first_announcement_is_immediate_and_changes_follow_in_five_minutes(
    outbox: Outbox,
) -> None:
    await outbox.announce(NOW, door="A")
    assert await outbox.read(NOW) == [["A"]]

    await outbox.announce(MINUTE, door="B")
    await outbox.announce(2 * MINUTE, door="C")
    assert await outbox.read(BATCH_INTERVAL - SECOND) == []
    assert await outbox.next_due(2 * MINUTE) == BATCH_INTERVAL
    assert await outbox.read(BATCH_INTERVAL) == [["C"]]

    await outbox.announce(2 * BATCH_INTERVAL, door="D")
    assert await outbox.read(2 * BATCH_INTERVAL) == [["D"]]


async def test_change_that_is_undone_is_not_sent(
    outbox: Outbox,
) -> None:
    await announced(outbox, parcel_ref="P-1")

    await outbox.announce(MINUTE, door="B", parcel_ref="P-1")
    await outbox.announce(2 * MINUTE, door="A", parcel_ref="P-1")
    assert await outbox.read(BATCH_INTERVAL) == []
    assert (await outbox.count(), await outbox.fan_outs()) == (2, 1)

    await outbox.announce(BATCH_INTERVAL - SECOND, door="A", parcel_ref="P-2")
    assert await outbox.read(BATCH_INTERVAL) == [["A"]]


async def test_each_unit_waits_separately(outbox: Outbox) -> None:
    await announced(outbox)

    await outbox.announce(MINUTE, door="B", units=("3b", "4a"))

    assert await outbox.read(MINUTE, "cleo") == [["B"]]
    assert await outbox.read(BATCH_INTERVAL) == [["B"]]


async def test_held_change_is_sent_when_its_window_starts(
    outbox: Outbox,
) -> None:
    await announced(outbox)

    await outbox.announce(MINUTE, door="B", starts=3 * MINUTE)

    assert await outbox.read(3 * MINUTE - SECOND) == []
    assert await outbox.read(3 * MINUTE) == [["B"]]


async def test_windows_that_start_at_once_do_not_flood_a_phone(
    outbox: Outbox,
) -> None:
    """The start is the courier's to choose."""
    await announced(outbox)

    messages = 0
    for second in range(5, 186, 5):
        after = second * SECOND
        await outbox.announce(after, door=f"at {second}", starts=after + SECOND)
        messages += len(await outbox.read(after))

    assert 1 < messages <= 180 * SECOND // WAITS_AT_LEAST


async def test_window_that_has_begun_does_not_hasten_a_change(outbox: Outbox) -> None:
    await announced(outbox, starts=NOW)

    await outbox.announce(MINUTE, door="B", starts=NOW)

    assert await outbox.read(BATCH_INTERVAL - SECOND) == []
    assert await outbox.read(BATCH_INTERVAL) == [["B"]]


async def test_held_changes_are_sent_when_the_courier_is_at_the_door(
    outbox: Outbox,
) -> None:
    await outbox.announce(NOW, "grant-1", door="A")
    await outbox.read(NOW)
    await outbox.announce(MINUTE, "grant-1", door="B")
    await outbox.announce(MINUTE, "grant-2", door="C")

    async def is_at_the_door(grant_id: str) -> None:
        key = GrantKey("courier-1", grant_id)
        await outbox.do(expand.send_waiting, key, NOON + MINUTE)

    await is_at_the_door("grant-3")
    assert await outbox.read(MINUTE) == []
    await is_at_the_door("grant-1")
    assert await outbox.read(MINUTE) == [["B", "C"]]
    assert await outbox.read(BATCH_INTERVAL) == []


async def test_vetoed_delivery_is_not_announced(
    outbox: Outbox,
) -> None:
    units = ("3b", "4a")
    await announced(outbox, units=units)
    await outbox.announce(MINUTE, door="B", units=units)
    vetoed = partial(put_veto, key=KEY, unit="3b", author=Author(), at=NOON)
    await outbox.read(MINUTE)
    await outbox.ledger.write(vetoed)

    assert await outbox.read(BATCH_INTERVAL) == []
    assert await outbox.read(BATCH_INTERVAL, "cleo") == []
    assert (
        await outbox.count() == 3 + 1
    )  # Anna, Bo and Cleo at first, and Cleo of the change


async def test_revoked_delivery_is_not_announced(outbox: Outbox) -> None:
    await announced(outbox)
    await outbox.announce(MINUTE, door="B")
    await outbox.read(MINUTE)

    await outbox.revoke(2 * MINUTE, "grant-1")

    assert await outbox.read(BATCH_INTERVAL) == []


async def test_announced_delivery_is_called_off(
    outbox: Outbox,
) -> None:
    await outbox.announce(NOW, door="A")
    assert await outbox.read(NOW) == [["A"]]

    await outbox.announce(MINUTE, door="A", kind=CALLED_OFF)
    assert await outbox.read(MINUTE) == []
    assert await outbox.read(BATCH_INTERVAL) == [["not A"]]

    await outbox.announce(BATCH_INTERVAL + MINUTE, door="A")
    assert await outbox.read(BATCH_INTERVAL + MINUTE) == []
    assert await outbox.read(2 * BATCH_INTERVAL) == [["A"]]


async def test_unannounced_delivery_is_not_called_off(outbox: Outbox) -> None:
    await announced(outbox, units=("4a",))

    await outbox.announce(MINUTE, door="A", units=("3b", "4a"), kind=CALLED_OFF)
    await outbox.announce(2 * MINUTE, "never-seen", kind=CALLED_OFF)

    assert await outbox.read(BATCH_INTERVAL) == []
    assert await outbox.read(BATCH_INTERVAL, "cleo") == []
    assert await outbox.count() == 2


async def test_delivery_that_returns_within_five_minutes_is_announced_once(
    outbox: Outbox,
) -> None:
    await announced(outbox)

    await outbox.announce(MINUTE, door="A", kind=CALLED_OFF)
    await outbox.announce(2 * MINUTE, door="A")

    assert await outbox.read(BATCH_INTERVAL) == []


async def test_delivery_accepted_after_a_refusal_is_announced(
    outbox: Outbox,
) -> None:
    await announced(outbox)

    await outbox.announce(MINUTE, door="A", kind=NotificationKind.GRANT_REFUSED)
    assert await outbox.read(MINUTE) == [["not A"]]
    await outbox.announce(MINUTE, door="A", kind=CALLED_OFF)
    assert await outbox.read(MINUTE) == []
    await outbox.announce(2 * MINUTE, door="A")

    assert await outbox.read(BATCH_INTERVAL) == [["A"]]


async def test_announcement_does_not_wait_for_one_by_a_clock_that_was_ahead(
    outbox: Outbox,
) -> None:
    ahead = timedelta(days=1800)
    await outbox.announce(ahead, door="A")
    await outbox.read(ahead)

    await outbox.announce(NOW, door="B")

    assert await outbox.read(NOW) == [["B"]]


async def test_start_sends_changes_held_by_a_clock_that_was_ahead(
    outbox: Outbox,
) -> None:
    ahead = timedelta(hours=3)
    await outbox.announce(ahead, door="A")
    await outbox.read(ahead)
    await outbox.announce(ahead + MINUTE, door="B")
    await outbox.read(ahead + MINUTE)

    await outbox.do(hasten_notifications, NOON)

    assert await outbox.read(NOW) == [["B"]]


async def test_start_does_not_hasten_held_changes(outbox: Outbox) -> None:
    await announced(outbox)
    await outbox.announce(MINUTE, door="B")
    await outbox.read(MINUTE)

    await outbox.do(hasten_notifications, NOON + 2 * MINUTE)

    assert await outbox.read(2 * MINUTE) == []
    assert await outbox.read(BATCH_INTERVAL) == [["B"]]


async def test_fanout_in_several_steps_replaces_the_held_changes_of_all_residents(
    outbox: Outbox,
) -> None:
    await outbox.enroll(150)
    await announced(outbox, revision=2)

    for minute, door in enumerate("BCD", start=1):
        await outbox.announce(minute * MINUTE, door=door, revision=2)
        await outbox.read(minute * MINUTE)

    assert await outbox.count() == 2 * 150
    assert await outbox.read(BATCH_INTERVAL, "resident-149") == [["D"]]


async def test_former_targets_get_separate_messages(outbox: Outbox) -> None:
    """A replacement resident doesn't read what was announced to the one before."""
    await outbox.announce(NOW, "grant-1", door="A")
    await outbox.read(NOW)
    for grant_id, door in (("grant-1", "C"), ("grant-2", "D")):
        await outbox.announce(MINUTE, grant_id, door=door)
    await outbox.read(MINUTE)
    await outbox.plant(
        """
        UPDATE notifications SET addressed = :former WHERE held AND fanout_id IN (
            SELECT id FROM fanouts WHERE grant_id = 'grant-1'
        )
        """,
        former={"targets": []},
    )

    assert await outbox.read(BATCH_INTERVAL) == [["C"], ["D"]]


async def announce_many(
    outbox: Outbox, first: int, count: int, after: timedelta = NOW, **more: Any
) -> list[list[str]]:
    """Announce grants one after the other; return the messages that are read at once."""
    read: list[list[str]] = []
    for number in range(first, first + count):
        await outbox.announce(after, f"grant-{number}", door=f"door {number}", **more)
        read += await outbox.read(after)
    return read


async def test_later_announcements_are_combined_every_five_minutes(
    outbox: Outbox,
) -> None:
    assert await announce_many(outbox, 0, 1) == [["door 0"]]

    assert await announce_many(outbox, 1, 3, MINUTE) == []
    assert await announce_many(outbox, 4, 2, 3 * MINUTE) == []
    assert await outbox.read(BATCH_INTERVAL - SECOND) == []
    assert await outbox.read(BATCH_INTERVAL) == [
        [f"door {number}" for number in range(1, 6)]
    ]

    assert await announce_many(outbox, 6, 2, 9 * MINUTE) == []
    assert await outbox.read(2 * BATCH_INTERVAL) == [["door 6", "door 7"]]
    assert await outbox.read(3 * BATCH_INTERVAL) == []
    assert await announce_many(outbox, 8, 1, 3 * BATCH_INTERVAL) == [["door 8"]]


async def test_other_couriers_and_residents_do_not_wait(outbox: Outbox) -> None:
    await announce_many(outbox, 0, 1)

    await outbox.announce(MINUTE, "of another", door="X", courier_id="courier-2")
    assert await outbox.read(MINUTE) == [["X"]]
    await outbox.announce(MINUTE, "for both", door="Y", units=("3b", "4a"))
    assert await outbox.read(MINUTE, "cleo") == [["Y"]]
    assert await outbox.read(BATCH_INTERVAL) == [["Y"]]


async def test_combined_announcements_are_sent_when_the_first_window_starts(
    outbox: Outbox,
) -> None:
    await announce_many(outbox, 0, 1)

    await announce_many(outbox, 1, 1, MINUTE)
    await announce_many(outbox, 2, 1, MINUTE, starts=4 * MINUTE)
    assert await outbox.read(4 * MINUTE - SECOND) == []
    assert await outbox.read(4 * MINUTE) == [["door 1", "door 2"]]

    # A delivery whose window has started already is announced a minute later.
    await announce_many(outbox, 3, 1, 5 * MINUTE, starts=4 * MINUTE)
    assert await outbox.read(6 * MINUTE - SECOND) == []
    assert await outbox.read(6 * MINUTE) == [["door 3"]]


async def test_delivery_called_off_before_it_was_sent_is_left_out(
    outbox: Outbox,
) -> None:
    await announce_many(outbox, 0, 4)

    await outbox.announce(MINUTE, "grant-1", door="door 1", kind=CALLED_OFF)
    await outbox.revoke(MINUTE, "grant-2")

    assert await outbox.read(BATCH_INTERVAL) == [["door 3"]]


async def test_unit_left_out_before_its_announcement_can_veto(
    outbox: Outbox,
) -> None:
    """Its residents saw it expected on their page, and a revision may bring it back."""
    key = GrantKey("courier-1", "grant-1")
    await announce_many(outbox, 0, 2)
    for _ in range(3):
        await outbox.announce(MINUTE, "grant-1", kind=CALLED_OFF)
    assert await outbox.fan_outs() == 1
    other = replace(GRANT, key=key, ends_at=NOON + 9 * HOUR, units={}, unit_labels={})
    await outbox.ledger.write(partial(put_grant, grant=other, at=NOON))

    veto = partial(put_veto, key=key, unit="3b", author=Author(), at=NOON + 3 * MINUTE)
    assert await outbox.ledger.write(veto)


async def test_revoked_window_does_not_hasten_the_rest(
    outbox: Outbox,
) -> None:
    await announce_many(outbox, 0, 2)
    await announce_many(outbox, 2, 1, MINUTE, starts=3 * MINUTE)
    await outbox.revoke(2 * MINUTE, "grant-2")

    assert await outbox.read(3 * MINUTE) == []
    assert await outbox.read(BATCH_INTERVAL) == [["door 1"]]


async def test_token_and_tag_lead_to_the_deliveries_of_their_message(
    outbox: Outbox,
) -> None:
    await announce_many(outbox, 0, 1)
    await outbox.announce(MINUTE, "grant-0", door="door 0", kind=CALLED_OFF)
    await announce_many(outbox, 1, 4, MINUTE)
    vetoed = GrantKey("courier-1", "grant-4")
    veto = partial(put_veto, key=vetoed, unit="3b", author=Author(), at=NOON)
    await outbox.ledger.write(veto)
    found = await outbox.turn(BATCH_INTERVAL)
    [together] = [one for one in found if one.resident_id == "anna"]
    await outbox.send(together, BATCH_INTERVAL)
    await announce_many(outbox, 5, 1, BATCH_INTERVAL)

    context = await outbox.do(find_by_token, together.token)
    assert context is not None
    assert context.deliveries == {
        GrantKey("courier-1", f"grant-{number}"): "3b" for number in (1, 2, 3)
    }
    assert (context.kind, context.unit) == (CALLED_OFF, "3b")

    await outbox.deliver(together.tag, BATCH_INTERVAL)
    states = "SELECT state FROM notifications WHERE led_by = :id"
    assert await outbox.rows(states, str, id=together.id) == ["delivered"] * 4


async def test_announcements_are_gathered_in_steps(outbox: Outbox) -> None:
    """An entry may wait for the transaction, however many residents it is for."""
    members = await outbox.enroll(2 * MESSAGES_PER_STEP)
    await announce_many(outbox, 0, 3, revision=2)

    assert await outbox.do(expand.combine_waiting, NOON + BATCH_INTERVAL)

    found = await outbox.turn(BATCH_INTERVAL)
    assert [len(one.others) for one in found] == [1] * len(members)
