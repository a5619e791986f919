"""A courier's first news goes out at once, and what follows within five minutes as one (promise 3)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select, update

from custom_components.courier_access.access.model import GrantKey, UnitPart
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import announcements as announced
from custom_components.courier_access.ledger.outbox.announcements import HELD_AT_LEAST
from custom_components.courier_access.ledger.outbox.digest import LOTS_A_STEP, gather
from custom_components.courier_access.ledger.outbox.due import next_due
from custom_components.courier_access.ledger.outbox.expand import (
    NotificationState,
    hasten_notifications,
    note_delivered,
)
from custom_components.courier_access.ledger.outbox.status import find_by_token
from custom_components.courier_access.ledger.queue import (
    BATCH_INTERVAL,
    NotificationKind,
)
from custom_components.courier_access.ledger.state.grants import (
    VetoOutcome,
    put_grant,
    put_veto,
    remove_unit,
)
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.ledger.tables import fanouts, notifications
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import ANNA, CLEO, GRANT, KEY, decide

from .announcing import CALLED_OFF, Street
from .parts import MINUTE, SECOND, count

NOW = timedelta()


@pytest.fixture
async def street(ledger: Ledger) -> Street:
    for resident in (ANNA, CLEO):
        await ledger.write(partial(decide, resident=resident))
    return Street(ledger)


async def test_a_grant_is_told_at_once_and_its_changes_as_they_stand_five_minutes_after(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    assert await street.told(NOW) == [["A"]]

    await street.announce(MINUTE, door="B")
    await street.announce(2 * MINUTE, door="C")
    assert await street.told(BATCH_INTERVAL - SECOND) == []
    assert (
        await street.ledger.read(partial(next_due, now=NOON + 2 * MINUTE))
        == NOON + BATCH_INTERVAL
    )
    assert await street.told(BATCH_INTERVAL) == [["C"]]

    await street.announce(2 * BATCH_INTERVAL, door="D")
    assert await street.told(2 * BATCH_INTERVAL) == [["D"]]


async def test_what_reads_again_as_it_was_told_is_not_told_again(
    street: Street,
) -> None:
    await street.announce(NOW, door="A", parcel_ref="P-1")
    await street.told(NOW)

    await street.announce(MINUTE, door="B", parcel_ref="P-1")
    await street.announce(2 * MINUTE, door="A", parcel_ref="P-1")
    assert await street.told(BATCH_INTERVAL) == []
    # Of what nobody is told nothing is kept either.
    assert await count(street.ledger) == 2
    fanouts_left = select(func.count()).select_from(fanouts)
    assert (
        await street.ledger.read(lambda conn: conn.execute(fanouts_left).scalar_one())
        == 1
    )

    await street.announce(BATCH_INTERVAL - SECOND, door="A", parcel_ref="P-2")
    assert await street.told(BATCH_INTERVAL) == [["A"]]


async def test_each_unit_waits_for_itself(street: Street) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="B", units=("3b", "4a"))

    assert await street.told(MINUTE, "cleo") == [["B"]]
    assert await street.told(BATCH_INTERVAL) == [["B"]]


async def test_what_was_known_before_its_window_is_told_when_that_starts(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="B", starts=3 * MINUTE)

    assert await street.told(3 * MINUTE - SECOND) == []
    assert await street.told(3 * MINUTE) == [["B"]]


async def test_a_window_that_starts_at_once_rings_no_phone_each_second(
    street: Street,
) -> None:
    """The start is the courier's to choose."""
    await street.announce(NOW, door="A")
    await street.told(NOW)

    told = 0
    for second in range(5, 186, 5):
        after = second * SECOND
        await street.announce(after, door=f"at {second}", starts=after + SECOND)
        told += len(await street.told(after))

    assert 1 < told <= 180 * SECOND // HELD_AT_LEAST


async def test_a_window_that_had_begun_is_no_reason_to_hurry(street: Street) -> None:
    await street.announce(NOW, door="A", starts=NOW)
    await street.told(NOW)

    await street.announce(MINUTE, door="B", starts=NOW)

    assert await street.told(BATCH_INTERVAL - SECOND) == []
    assert await street.told(BATCH_INTERVAL) == [["B"]]


async def test_what_waits_is_sent_at_once_when_the_courier_is_at_the_door(
    street: Street,
) -> None:
    await street.announce(NOW, "grant-1", door="A")
    await street.told(NOW)
    await street.announce(MINUTE, "grant-1", door="B")
    await street.announce(MINUTE, "grant-2", door="C")

    async def is_at_the_door(grant_id: str) -> None:
        key = GrantKey("courier-1", grant_id)
        await street.ledger.read(
            partial(announced.tell_now, key=key, now=NOON + MINUTE)
        )

    await is_at_the_door("grant-3")
    assert await street.told(MINUTE) == []
    await is_at_the_door("grant-1")
    assert await street.told(MINUTE) == [["B", "C"]]
    assert await street.told(BATCH_INTERVAL) == []


async def test_what_was_called_off_meanwhile_is_not_told_to_come(
    street: Street,
) -> None:
    units = ("3b", "4a")
    await street.announce(NOW, door="A", units=units)
    await street.told(NOW)
    await street.announce(MINUTE, door="B", units=units)
    vetoed = partial(remove_unit, units=["3b"], now=NOON, to=UnitPart.VETOED, key=KEY)
    await street.told(MINUTE)
    await street.ledger.write(vetoed)

    assert await street.told(BATCH_INTERVAL) == []
    assert await street.told(BATCH_INTERVAL, "cleo") == []  # she was told with Anna
    assert (
        await count(street.ledger) == 3 + 1
    )  # Anna, Bo and Cleo at first, and Cleo of the change


async def test_what_was_revoked_is_not_told_to_come(street: Street) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)
    await street.announce(MINUTE, door="B")
    await street.told(MINUTE)

    await street.revoke(2 * MINUTE)

    assert await street.told(BATCH_INTERVAL) == []


async def test_who_was_told_to_expect_it_is_told_that_it_does_not_come(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    assert await street.told(NOW) == [["A"]]

    await street.announce(MINUTE, door="A", kind=CALLED_OFF)
    assert await street.told(MINUTE) == []
    assert await street.told(BATCH_INTERVAL) == [["not A"]]

    await street.announce(BATCH_INTERVAL + MINUTE, door="A")
    assert await street.told(BATCH_INTERVAL + MINUTE) == []
    assert await street.told(2 * BATCH_INTERVAL) == [["A"]]


async def test_what_nobody_was_told_is_not_called_off(street: Street) -> None:
    await street.announce(NOW, door="A", units=("4a",))
    await street.told(NOW)

    await street.announce(MINUTE, door="A", units=("3b", "4a"), kind=CALLED_OFF)
    await street.announce(2 * MINUTE, "never-seen", kind=CALLED_OFF)

    assert await street.told(BATCH_INTERVAL) == []
    assert await street.told(BATCH_INTERVAL, "cleo") == []
    assert await count(street.ledger) == 2


async def test_what_comes_and_goes_and_comes_within_five_minutes_is_told_once(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="A", kind=CALLED_OFF)
    await street.announce(2 * MINUTE, door="A")

    assert await street.told(BATCH_INTERVAL) == []


async def test_who_read_of_a_refusal_reads_that_it_comes_after_all(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="A", kind=NotificationKind.GRANT_REFUSED)
    assert await street.told(MINUTE) == [["not A"]]
    await street.announce(MINUTE, door="A", kind=CALLED_OFF)
    assert await street.told(MINUTE) == []
    await street.announce(2 * MINUTE, door="A")

    assert await street.told(BATCH_INTERVAL) == [["A"]]


async def test_nothing_waits_for_what_a_clock_that_was_ahead_told(
    street: Street,
) -> None:
    ahead = timedelta(days=1800)
    await street.announce(ahead, door="A")
    await street.told(ahead)

    await street.announce(NOW, door="B")

    assert await street.told(NOW) == [["B"]]


async def test_what_is_held_by_a_clock_that_was_ahead_is_told_after_a_start(
    street: Street,
) -> None:
    ahead = timedelta(hours=3)
    await street.announce(ahead, door="A")
    await street.told(ahead)
    await street.announce(ahead + MINUTE, door="B")
    await street.told(ahead + MINUTE)

    await street.ledger.read(partial(hasten_notifications, now=NOON))

    assert await street.told(NOW) == [["B"]]


async def test_a_start_does_not_hurry_what_is_held(street: Street) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)
    await street.announce(MINUTE, door="B")
    await street.told(MINUTE)

    await street.ledger.read(partial(hasten_notifications, now=NOON + 2 * MINUTE))

    assert await street.told(2 * MINUTE) == []
    assert await street.told(BATCH_INTERVAL) == [["B"]]


async def test_a_fanout_that_takes_several_steps_replaces_what_was_held_for_all(
    street: Street,
) -> None:
    members = tuple((f"resident-{number}", "3b") for number in range(150))
    await street.ledger.write(partial(residents, members=members, revision=2))
    await street.announce(NOW, door="A", revision=2)
    await street.told(NOW)

    for minute, door in enumerate("BCD", start=1):
        await street.announce(minute * MINUTE, door=door, revision=2)
        await street.told(minute * MINUTE)

    assert await count(street.ledger) == 2 * 150
    assert await street.told(BATCH_INTERVAL, "resident-149") == [["D"]]


async def test_former_targets_are_told_apart(street: Street) -> None:
    """A replacement resident doesn't read what was announced to the one before."""
    await street.announce(NOW, "grant-1", door="A")
    await street.told(NOW)
    for grant_id, door in (("grant-1", "C"), ("grant-2", "D")):
        await street.announce(MINUTE, grant_id, door=door)
    await street.told(MINUTE)
    of_the_first = select(fanouts.c.id).where(fanouts.c.grant_id == "grant-1")
    former = update(notifications).where(
        notifications.c.held, notifications.c.fanout_id.in_(of_the_first)
    )
    await street.ledger.read(
        lambda conn: conn.execute(former.values(addressed={"targets": []}))
    )

    assert await street.told(BATCH_INTERVAL) == [["C"], ["D"]]


async def announce_many(
    street: Street, first: int, count: int, after: timedelta = NOW, **more: Any
) -> list[list[str]]:
    """Announce grants one after the other; return what is read of them at once."""
    read: list[list[str]] = []
    for number in range(first, first + count):
        await street.announce(after, f"grant-{number}", door=f"door {number}", **more)
        read += await street.told(after)
    return read


async def test_what_follows_the_first_comes_as_one_every_five_minutes(
    street: Street,
) -> None:
    assert await announce_many(street, 0, 1) == [["door 0"]]

    assert await announce_many(street, 1, 3, MINUTE) == []
    assert await announce_many(street, 4, 2, 3 * MINUTE) == []
    assert await street.told(BATCH_INTERVAL - SECOND) == []
    assert await street.told(BATCH_INTERVAL) == [
        [f"door {number}" for number in range(1, 6)]
    ]

    assert await announce_many(street, 6, 2, 9 * MINUTE) == []
    assert await street.told(2 * BATCH_INTERVAL) == [["door 6", "door 7"]]
    assert await street.told(3 * BATCH_INTERVAL) == []
    assert await announce_many(street, 8, 1, 3 * BATCH_INTERVAL) == [["door 8"]]


async def test_other_couriers_and_residents_do_not_wait(street: Street) -> None:
    await announce_many(street, 0, 1)

    await street.announce(MINUTE, "of another", door="X", courier_id="courier-2")
    assert await street.told(MINUTE) == [["X"]]
    await street.announce(MINUTE, "for both", door="Y", units=("3b", "4a"))
    assert await street.told(MINUTE, "cleo") == [["Y"]]
    assert await street.told(BATCH_INTERVAL) == [["Y"]]


async def test_what_waits_is_sent_when_the_first_window_starts(street: Street) -> None:
    await announce_many(street, 0, 1)

    await announce_many(street, 1, 1, MINUTE)
    await announce_many(street, 2, 1, MINUTE, starts=4 * MINUTE)
    assert await street.told(4 * MINUTE - SECOND) == []
    assert await street.told(4 * MINUTE) == [["door 1", "door 2"]]

    # A delivery whose window has started already is announced a minute later.
    await announce_many(street, 3, 1, 5 * MINUTE, starts=4 * MINUTE)
    assert await street.told(6 * MINUTE - SECOND) == []
    assert await street.told(6 * MINUTE) == [["door 3"]]


async def test_of_what_was_called_off_before_it_was_sent_nobody_reads(
    street: Street,
) -> None:
    await announce_many(street, 0, 4)

    await street.announce(MINUTE, "grant-1", door="door 1", kind=CALLED_OFF)
    await street.revoke(MINUTE, "grant-2")

    assert await street.told(BATCH_INTERVAL) == [["door 3"]]


async def test_a_unit_that_was_left_out_before_it_was_told_may_veto_all_the_same(
    street: Street,
) -> None:
    """Its residents saw it expected on their page, and a revision may bring it back."""
    key = GrantKey("courier-1", "grant-1")
    await announce_many(street, 0, 2)
    for _ in range(3):
        await street.announce(MINUTE, "grant-1", kind=CALLED_OFF)
    query = select(func.count()).where(fanouts.c.grant_id == "grant-1")
    assert await street.ledger.read(lambda conn: conn.execute(query).scalar_one()) == 1
    other = replace(
        GRANT, key=key, ends_at=NOON + timedelta(hours=9), units={}, unit_labels={}
    )
    await street.ledger.write(partial(put_grant, grant=other, at=NOON))

    veto = partial(put_veto, key=key, unit="3b", author=Author(), at=NOON + 3 * MINUTE)

    assert await street.ledger.write(veto) is VetoOutcome.VETOED


async def test_if_only_what_is_off_was_due_the_rest_waits_for_its_time(
    street: Street,
) -> None:
    await announce_many(street, 0, 2)
    await announce_many(street, 2, 1, MINUTE, starts=3 * MINUTE)
    await street.revoke(2 * MINUTE, "grant-2")

    assert await street.told(3 * MINUTE) == []
    assert await street.told(BATCH_INTERVAL) == [["door 1"]]


async def test_one_token_and_tag_lead_to_exactly_what_the_message_announces(
    street: Street,
) -> None:
    await announce_many(street, 0, 1)
    await street.announce(MINUTE, "grant-0", door="door 0", kind=CALLED_OFF)
    await announce_many(street, 1, 4, MINUTE)
    vetoed = GrantKey("courier-1", "grant-4")
    veto = partial(remove_unit, units=["3b"], now=NOON, to=UnitPart.VETOED, key=vetoed)
    await street.ledger.write(veto)
    at = NOON + BATCH_INTERVAL
    [together] = [
        one for one in await street.due(BATCH_INTERVAL) if one.resident_id == "anna"
    ]
    await street.take(together, at)
    await announce_many(street, 5, 1, BATCH_INTERVAL)

    found = await street.ledger.read(partial(find_by_token, token=together.token))
    assert found is not None
    assert found.deliveries == {
        GrantKey("courier-1", f"grant-{number}"): "3b" for number in (1, 2, 3)
    }
    assert (found.kind, found.unit) == (CALLED_OFF, "3b")

    await street.ledger.read(
        partial(note_delivered, tag=together.tag, residents=["anna"], at=at)
    )
    states = select(notifications.c.state).where(notifications.c.led_by == together.id)
    delivered = await street.ledger.read(
        lambda conn: conn.execute(states).scalars().all()
    )
    assert delivered == [NotificationState.DELIVERED] * 4


async def test_lots_are_gathered_in_steps(street: Street) -> None:
    """An entry may wait for the transaction, however many residents it is for."""
    many = 2 * LOTS_A_STEP
    members = tuple((f"resident-{number:02}", "3b") for number in range(many))
    await street.ledger.write(partial(residents, members=members, revision=2))
    await announce_many(street, 0, 3, revision=2)

    assert await street.ledger.read(partial(gather, now=NOON + BATCH_INTERVAL))

    found = await street.due(BATCH_INTERVAL)
    assert [len(one.others) for one in found] == [1] * many
