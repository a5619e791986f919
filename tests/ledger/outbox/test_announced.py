"""One grant that changes again and again: told at once, then every five minutes as it stands (promise 3)."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update

from custom_components.courier_access.access.model import GrantKey, UnitPart
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import announcements as announced
from custom_components.courier_access.ledger.outbox.announcements import (
    HELD_AT_LEAST,
    TOLD_EVERY,
)
from custom_components.courier_access.ledger.outbox.due import next_due
from custom_components.courier_access.ledger.outbox.expand import hasten_notifications
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.grants import remove_unit
from custom_components.courier_access.ledger.tables import fanouts, notices
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import ANNA, CLEO, KEY, decide

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
    assert await street.told(TOLD_EVERY - SECOND) == []
    assert (
        await street.ledger.read(partial(next_due, now=NOON + 2 * MINUTE))
        == NOON + TOLD_EVERY
    )
    assert await street.told(TOLD_EVERY) == [["C"]]

    await street.announce(2 * TOLD_EVERY, door="D")
    assert await street.told(2 * TOLD_EVERY) == [["D"]]


async def test_what_reads_again_as_it_was_told_is_not_told_again(
    street: Street,
) -> None:
    await street.announce(NOW, door="A", parcel_ref="P-1")
    await street.told(NOW)

    await street.announce(MINUTE, door="B", parcel_ref="P-1")
    await street.announce(2 * MINUTE, door="A", parcel_ref="P-1")
    assert await street.told(TOLD_EVERY) == []
    # Of what nobody is told nothing is kept either.
    assert await count(street.ledger) == 2
    fanouts_left = select(func.count()).select_from(fanouts)
    assert (
        await street.ledger.read(lambda conn: conn.execute(fanouts_left).scalar_one())
        == 1
    )

    await street.announce(TOLD_EVERY - SECOND, door="A", parcel_ref="P-2")
    assert await street.told(TOLD_EVERY) == [["A"]]


async def test_each_unit_waits_for_itself(street: Street) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="B", units=("3b", "4a"))

    assert await street.told(MINUTE, "cleo") == [["B"]]
    assert await street.told(TOLD_EVERY) == [["B"]]


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

    assert await street.told(TOLD_EVERY - SECOND) == []
    assert await street.told(TOLD_EVERY) == [["B"]]


async def test_what_is_held_is_told_at_once_when_the_courier_is_at_the_door(
    street: Street,
) -> None:
    for grant_id in ("grant-1", "grant-2"):
        await street.announce(NOW, grant_id, door="A")
    await street.told(NOW)
    await street.announce(MINUTE, door="B")

    async def is_at_the_door(grant_id: str) -> None:
        key = GrantKey("courier-1", grant_id)
        await street.ledger.read(
            partial(announced.tell_now, key=key, now=NOON + MINUTE)
        )

    await is_at_the_door("grant-2")
    assert await street.told(MINUTE) == []
    await is_at_the_door("grant-1")
    assert await street.told(MINUTE) == [["B"]]
    assert await street.told(TOLD_EVERY) == []


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

    assert await street.told(TOLD_EVERY) == []
    assert await street.told(TOLD_EVERY, "cleo") == []  # she was told with Anna
    assert (
        await count(street.ledger) == 3 + 1
    )  # Anna, Bo and Cleo at first, and Cleo of the change


async def test_what_was_revoked_is_not_told_to_come(street: Street) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)
    await street.announce(MINUTE, door="B")
    await street.told(MINUTE)

    await street.revoke(2 * MINUTE)

    assert await street.told(TOLD_EVERY) == []


async def test_who_was_told_to_expect_it_is_told_that_it_does_not_come(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    assert await street.told(NOW) == [["A"]]

    await street.announce(MINUTE, door="A", kind=CALLED_OFF)
    assert await street.told(MINUTE) == []
    assert await street.told(TOLD_EVERY) == [["not A"]]

    await street.announce(TOLD_EVERY + MINUTE, door="A")
    assert await street.told(TOLD_EVERY + MINUTE) == []
    assert await street.told(2 * TOLD_EVERY) == [["A"]]


async def test_what_nobody_was_told_is_not_called_off(street: Street) -> None:
    await street.announce(NOW, door="A", units=("4a",))
    await street.told(NOW)

    await street.announce(MINUTE, door="A", units=("3b", "4a"), kind=CALLED_OFF)
    await street.announce(2 * MINUTE, "never-seen", kind=CALLED_OFF)

    assert await street.told(TOLD_EVERY) == []
    assert await street.told(TOLD_EVERY, "cleo") == []
    assert await count(street.ledger) == 2


async def test_what_comes_and_goes_and_comes_within_five_minutes_is_told_once(
    street: Street,
) -> None:
    await street.announce(NOW, door="A")
    await street.told(NOW)

    await street.announce(MINUTE, door="A", kind=CALLED_OFF)
    await street.announce(2 * MINUTE, door="A")

    assert await street.told(TOLD_EVERY) == []


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

    assert await street.told(TOLD_EVERY) == [["A"]]


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
    assert await street.told(TOLD_EVERY) == [["B"]]


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
    assert await street.told(TOLD_EVERY, "resident-149") == [["D"]]


async def test_former_targets_are_told_apart(street: Street) -> None:
    """Who was put in another's place does not read what was announced to the one before."""
    for grant_id, door in (("grant-1", "A"), ("grant-2", "B")):
        await street.announce(NOW, grant_id, door=door)
    await street.told(NOW)
    for grant_id, door in (("grant-1", "C"), ("grant-2", "D")):
        await street.announce(MINUTE, grant_id, door=door)
    await street.told(MINUTE)
    of_the_first = select(fanouts.c.id).where(fanouts.c.grant_id == "grant-1")
    former = update(notices).where(
        notices.c.held, notices.c.fanout_id.in_(of_the_first)
    )
    await street.ledger.read(
        lambda conn: conn.execute(former.values(addressed={"targets": []}))
    )

    assert await street.told(TOLD_EVERY) == [["C"], ["D"]]
