"""Many deliveries of one courier: told one by one at first, then together every five minutes (promise 3)."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from custom_components.courier_access.access.model import GrantKey, UnitPart
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox.announcements import (
    HELD_AT_LEAST,
    LATELY,
    ONE_BY_ONE,
    TOLD_EVERY,
)
from custom_components.courier_access.ledger.outbox.digest import LOTS_A_STEP, gather
from custom_components.courier_access.ledger.outbox.expand import (
    NotificationState,
    note_delivered,
)
from custom_components.courier_access.ledger.outbox.status import find_by_token
from custom_components.courier_access.ledger.state.grants import (
    VetoOutcome,
    put_grant,
    put_veto,
    remove_unit,
)
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.ledger.tables import fanouts, notices
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import ANNA, CLEO, GRANT, decide

from .announcing import CALLED_OFF, Street
from .parts import MINUTE, SECOND

NOW = timedelta()
ONE_EACH = [[f"door {number}"] for number in range(ONE_BY_ONE)]


@pytest.fixture
async def street(ledger: Ledger) -> Street:
    for resident in (ANNA, CLEO):
        await ledger.write(partial(decide, resident=resident))
    return Street(ledger)


async def flood(
    street: Street, first: int, count: int, after: timedelta = NOW, **more: Any
) -> list[list[str]]:
    """Announce some grants, one after the other, and return what is read of them at once."""
    read: list[list[str]] = []
    for number in range(first, first + count):
        await street.announce(after, f"grant-{number}", door=f"door {number}", **more)
        read += await street.told(after)
    return read


async def crowd(street: Street, after: timedelta = NOW) -> None:
    """Let a resident be told as much as is told one by one."""
    assert await flood(street, 0, ONE_BY_ONE, after) == ONE_EACH


async def test_what_comes_after_six_is_told_together_after_five_minutes(
    street: Street,
) -> None:
    await crowd(street)

    assert await flood(street, 6, 3, MINUTE) == []
    assert await flood(street, 9, 2, 3 * MINUTE) == []

    assert await street.told(MINUTE + TOLD_EVERY - SECOND) == []
    assert await street.told(MINUTE + TOLD_EVERY) == [
        [f"door {number}" for number in range(6, 11)]
    ]
    assert await street.told(3 * TOLD_EVERY) == []


async def test_it_goes_on_together_until_ten_minutes_are_quieter(
    street: Street,
) -> None:
    await crowd(street)
    told: list[list[str]] = []
    for minute in range(1, 13):
        told += await flood(street, 100 * minute, 2, minute * MINUTE)

    assert [len(together) for together in told] == [
        11,
        10,
    ]  # after 6 and after 11 minutes
    assert await street.told(16 * MINUTE) == [["door 1101", "door 1200", "door 1201"]]
    quiet = 16 * MINUTE + LATELY
    assert await flood(street, 1, 1, quiet) == [["door 1"]]


async def test_other_couriers_and_other_residents_are_told_as_ever(
    street: Street,
) -> None:
    await crowd(street)

    await street.announce(MINUTE, "of another", door="X", courier_id="courier-2")
    assert await street.told(MINUTE) == [["X"]]
    await street.announce(MINUTE, "for both", door="Y", units=("3b", "4a"))
    assert await street.told(MINUTE, "cleo") == [["Y"]]
    assert await street.told(MINUTE + TOLD_EVERY) == [["Y"]]


async def test_what_is_told_together_is_told_when_the_first_window_starts(
    street: Street,
) -> None:
    await crowd(street)

    await flood(street, 6, 1, MINUTE)
    await flood(street, 7, 1, MINUTE, starts=4 * MINUTE)

    assert await street.told(4 * MINUTE - SECOND) == []
    assert await street.told(4 * MINUTE) == [["door 6", "door 7"]]


async def test_windows_that_start_at_once_ring_no_more_than_once_a_minute(
    street: Street,
) -> None:
    await crowd(street)

    told = 0
    for second in range(0, 181, 10):
        after = second * SECOND
        told += len(await flood(street, 1000 + second, 1, after, starts=after + SECOND))

    assert 1 < told <= 180 * SECOND // HELD_AT_LEAST


async def test_a_grant_that_waits_is_not_put_off_by_its_revisions(
    street: Street,
) -> None:
    await crowd(street)

    for second in range(0, 300, 20):
        assert await flood(street, 6, 1, MINUTE + second * SECOND) == []

    assert await street.told(MINUTE + TOLD_EVERY) == [["door 6"]]


async def test_of_what_was_called_off_before_it_was_told_nobody_reads(
    street: Street,
) -> None:
    await crowd(street)
    await flood(street, 6, 3, MINUTE)

    await street.announce(2 * MINUTE, "grant-6", door="door 6", kind=CALLED_OFF)
    await street.revoke(2 * MINUTE, "grant-7")

    assert await street.told(MINUTE + TOLD_EVERY) == [["door 8"]]


async def test_a_unit_that_was_left_out_before_it_was_told_may_veto_all_the_same(
    street: Street,
) -> None:
    """Who saw it expected on their page, lest the revision after that brings the unit back."""
    await crowd(street)
    key = GrantKey("courier-1", "grant-6")
    await flood(street, 6, 1, MINUTE)
    for _ in range(3):
        await street.announce(2 * MINUTE, "grant-6", kind=CALLED_OFF)
    query = select(func.count()).where(fanouts.c.grant_id == "grant-6")
    assert await street.ledger.read(lambda conn: conn.execute(query).scalar_one()) == 1
    other = replace(
        GRANT, key=key, ends_at=NOON + timedelta(hours=9), units={}, unit_labels={}
    )
    await street.ledger.write(partial(put_grant, grant=other, at=NOON))

    veto = partial(put_veto, key=key, unit="3b", author=Author(), at=NOON + 3 * MINUTE)

    assert await street.ledger.write(veto) is VetoOutcome.VETOED


async def test_what_is_called_off_is_told_together_too(street: Street) -> None:
    await crowd(street)
    for number in range(ONE_BY_ONE):
        await street.announce(
            MINUTE, f"grant-{number}", door=f"door {number}", kind=CALLED_OFF
        )
    await flood(street, 6, 1, 2 * MINUTE)

    assert await street.told(MINUTE + TOLD_EVERY - SECOND) == []
    [together] = await street.told(MINUTE + TOLD_EVERY)
    assert together == [
        *(f"not door {number}" for number in range(ONE_BY_ONE)),
        "door 6",
    ]


async def test_where_only_what_is_off_was_due_the_rest_waits_for_its_time(
    street: Street,
) -> None:
    for number in range(2):
        await flood(street, number, 1, number * MINUTE)
        await street.announce(
            2 * MINUTE, f"grant-{number}", door=f"other door {number}"
        )
    await street.revoke(3 * MINUTE, "grant-0")

    assert await street.told(TOLD_EVERY) == []
    assert await street.told(TOLD_EVERY + MINUTE) == [["other door 1"]]


async def test_all_of_it_is_handed_over_and_confirmed_by_one_tag(
    street: Street,
) -> None:
    await crowd(street)
    await flood(street, 6, 3, MINUTE)
    at = NOON + MINUTE + TOLD_EVERY
    [together] = [
        one
        for one in await street.due(MINUTE + TOLD_EVERY)
        if one.resident_id == "anna"
    ]
    await street.take(together, at)

    await street.ledger.read(
        partial(note_delivered, tag=together.tag, residents=["anna"], at=at)
    )

    states = select(notices.c.state).where(
        notices.c.resident_id == "anna", notices.c.held, notices.c.led_by == together.id
    )
    found = await street.ledger.read(lambda conn: conn.execute(states).scalars().all())
    assert found == [NotificationState.DELIVERED] * 3


async def test_one_token_leads_to_all_that_the_message_tells_of_and_no_more(
    street: Street,
) -> None:
    await crowd(street)
    await street.announce(MINUTE, "grant-0", door="door 0", kind=CALLED_OFF)
    await flood(street, 6, 3, MINUTE)
    [together] = [
        one
        for one in await street.due(MINUTE + TOLD_EVERY)
        if one.resident_id == "anna"
    ]
    await street.take(together, NOON + MINUTE + TOLD_EVERY)
    await flood(street, 9, 1, MINUTE + TOLD_EVERY)

    found = await street.ledger.read(partial(find_by_token, token=together.token))

    assert found is not None
    assert found.deliveries == {
        GrantKey("courier-1", f"grant-{number}"): "3b" for number in (6, 7, 8)
    }
    assert (found.kind, found.unit) == (CALLED_OFF, "3b")


async def test_a_veto_of_one_leaves_the_others(street: Street) -> None:
    await crowd(street)
    await flood(street, 6, 3, MINUTE)
    key = GrantKey("courier-1", "grant-7")
    await street.ledger.write(
        partial(remove_unit, units=["3b"], now=NOON, to=UnitPart.VETOED, key=key)
    )

    assert await street.told(MINUTE + TOLD_EVERY) == [["door 6", "door 8"]]


async def test_lots_are_gathered_in_steps(street: Street) -> None:
    """However many residents they are for: an entry may wait for the transaction."""
    many = 2 * LOTS_A_STEP
    members = tuple((f"resident-{number:02}", "3b") for number in range(many))
    await street.ledger.write(partial(residents, members=members, revision=2))
    await flood(street, 0, ONE_BY_ONE, revision=2)
    await flood(street, 6, 2, MINUTE, revision=2)
    at = NOON + MINUTE + TOLD_EVERY

    assert await street.ledger.read(partial(gather, now=at))

    found = await street.due(MINUTE + TOLD_EVERY)
    assert [len(one.others) for one in found] == [1] * many
