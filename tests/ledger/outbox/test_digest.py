"""Test the daily digest of other residents' deliveries (promise 2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger import queue
from custom_components.courier_access.ledger.outbox import due, expand
from custom_components.courier_access.ledger.outbox.due import (
    Notification,
    NotificationState,
)
from custom_components.courier_access.ledger.outbox.expand import MAX_DIGEST_DELAY
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.ledger.filled import NOON

from .parts import DAY, HOUR, MINUTE, NOW, SECOND, Outbox

EVENING = 8 * HOUR
DIGESTS = {"anna": NOON + EVENING, "cleo": NOON + EVENING}


async def hold(
    outbox: Outbox, *entry_ids: str, digests: Mapping[str, datetime] = DIGESTS
) -> None:
    """Let these entries happen at noon, for a digest."""
    await outbox.enter(*entry_ids)
    await outbox.expand(digests=digests)


async def gathered(outbox: Outbox, after: timedelta = EVENING) -> list[Notification]:
    """Return Cleo's notifications that are due at that time."""
    await outbox.do(expand.combine_waiting, NOON + after)
    return [one for one in await outbox.due(after) if one.resident_id == "cleo"]


def entries_in(*found: Notification) -> list[str]:
    every = [one for each in found for one in (each, *each.others)]
    return [one.entry.entry_id for one in every if one.entry is not None]


async def states(
    outbox: Outbox, *entry_ids: str
) -> set[tuple[NotificationState, tuple[str, ...]]]:
    found = [await outbox.status("cleo", entry_id) for entry_id in entry_ids]
    return {(one.state, one.over) for one in found}


async def test_only_deliveries_to_others_wait_for_the_digest(outbox: Outbox) -> None:
    await hold(outbox, "first", "second")

    assert {one.resident_id for one in await outbox.due()} == {"anna", "bo"}
    assert await gathered(outbox, EVENING - SECOND) == []
    [together] = await gathered(outbox)
    assert entries_in(together) == ["first", "second"]
    assert together.due_at == NOON + EVENING
    assert not any(one.recipient for one in (together, *together.others))


async def test_digest_is_sent_at_its_time_even_after_a_start(outbox: Outbox) -> None:
    await hold(outbox, "first")
    await outbox.settle(*await outbox.due())

    assert await outbox.next_due() == EVENING
    await outbox.do(due.hasten_notifications, NOON + MINUTE)
    assert await gathered(outbox, MINUTE) == []


async def test_nothing_is_held_for_more_than_a_day(outbox: Outbox) -> None:
    await hold(outbox, "first", digests={"cleo": NOON + 9 * DAY})

    [notification] = await gathered(outbox, MAX_DIGEST_DELAY)

    assert notification.due_at == NOON + MAX_DIGEST_DELAY


async def test_refusals_are_not_held(outbox: Outbox) -> None:
    await outbox.enter(reason=Reason.EXPIRED, units={"4a": "4A"})
    await outbox.expand(digests=DIGESTS)

    assert "cleo" in {one.resident_id for one in await outbox.due()}


async def test_whole_digest_is_sent_and_confirmed_by_one_tag(outbox: Outbox) -> None:
    await hold(outbox, "first", "second")
    [together] = await gathered(outbox)

    await outbox.send(together, EVENING, EVENING + 2 * MINUTE)
    assert await states(outbox, "first", "second") == {
        (NotificationState.SENT, ("notify.app",))
    }
    [again] = await gathered(outbox, EVENING + 2 * MINUTE)
    assert (again.id, again.tag, len(again.others)) == (together.id, together.tag, 1)

    assert await outbox.deliver(again.tag, EVENING, ["cleo"])
    assert await states(outbox, "first", "second") == {
        (NotificationState.DELIVERED, ("notify.app",))
    }
    assert await gathered(outbox, EVENING + 2 * DAY) == []


async def test_whole_digest_is_retried_and_abandoned_together(outbox: Outbox) -> None:
    await hold(outbox, "first", "second")
    [together] = await gathered(outbox)
    await outbox.postpone(together, EVENING + MINUTE)
    assert await gathered(outbox) == []

    # After a start at once, since its time has come.
    await outbox.do(due.hasten_notifications, NOON + EVENING + SECOND)
    [again] = await gathered(outbox, EVENING + SECOND)
    assert (again.id, again.attempts, len(again.others)) == (together.id, 1, 1)

    await outbox.settle(together)
    assert await states(outbox, "first", "second") == {
        (NotificationState.UNDELIVERABLE, ())
    }


async def test_entry_that_comes_during_the_sending_is_sent_by_itself(
    outbox: Outbox,
) -> None:
    await hold(outbox, "first")
    [sent] = await gathered(outbox)
    await hold(outbox, "late")

    [_, late] = await gathered(outbox)
    await outbox.send(sent, EVENING)

    assert (sent.others, late.others) == ((), ())
    assert await states(outbox, "first") == {(NotificationState.SENT, ("notify.app",))}
    assert await states(outbox, "late") == {(NotificationState.PENDING, ())}


async def test_held_notification_keeps_its_time_when_the_digest_time_changes(
    outbox: Outbox,
) -> None:
    await hold(outbox, "first")
    await hold(outbox, "second", digests={})
    await hold(outbox, "third", digests={"cleo": NOON + HOUR})

    at_once = await gathered(outbox, NOW)
    assert entries_in(*at_once) == ["second"]
    await outbox.settle(*at_once)
    assert entries_in(*await gathered(outbox, HOUR)) == ["third"]
    both = await gathered(outbox)
    assert sorted(entries_in(*both)) == ["first", "third"]
    assert not any(one.others for one in both)


async def test_withdrawn_entry_takes_nothing_with_it(outbox: Outbox) -> None:
    await hold(outbox, "first", "second", "third")
    await gathered(outbox)

    await outbox.do(queue.withdraw, "first", NotificationKind.ENTRY_ADMITTED)

    [together] = await gathered(outbox)
    assert entries_in(together) == ["second", "third"]
    assert await outbox.count() == 6


async def test_nobody_is_unreachable_while_their_digest_is_held(outbox: Outbox) -> None:
    await hold(outbox, "first", "second")
    [together] = await gathered(outbox)
    await outbox.postpone(together, EVENING + 3 * HOUR)

    assert await outbox.unreachable(EVENING + HOUR - SECOND) == {}
    assert await outbox.next_due(EVENING + SECOND) == EVENING + HOUR
    assert (await outbox.unreachable(EVENING + HOUR)).keys() == {"cleo"}
