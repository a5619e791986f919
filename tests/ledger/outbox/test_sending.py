"""Test the life of a notification until it is done."""

from datetime import timedelta

import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.outbox import due
from custom_components.courier_access.ledger.outbox.due import (
    MAX_SENDS_PER_RESIDENT,
    Notification,
    NotificationState,
)
from custom_components.courier_access.ledger.outbox.status import NotificationStatus
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.ledger.filled import NOON

from .parts import DAY, MINUTE, NOW, SECOND, Outbox


@pytest.fixture
async def notified(outbox: Outbox) -> dict[str, Notification]:
    """Return the notifications of an entry, by resident."""
    await outbox.enter()
    return await outbox.expanded()


async def due_to(outbox: Outbox, after: timedelta = 2 * DAY) -> set[str]:
    return {one.resident_id for one in await outbox.due(after)}


async def test_due_notifications_are_limited_and_exclude_those_being_sent(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    first, second, third = notified.values()

    assert await outbox.due(limit=2) == [first, second]
    assert await outbox.due(NOW, 2, {first.id, third.id}) == [second]
    assert await outbox.due(limit=0) == []


async def test_admitted_entries_are_due_before_refused_ones(outbox: Outbox) -> None:
    await outbox.enter(reason=Reason.EXPIRED)
    await outbox.enter("entry-2", at=NOON + SECOND)
    await outbox.expand()

    kinds = NotificationKind.ENTRY_ADMITTED, NotificationKind.ENTRY_REFUSED
    assert [(one.resident_id, one.kind) for one in await outbox.due(SECOND)] == [
        *((resident, kinds[0]) for resident in ("anna", "bo", "cleo")),
        *((reader, kinds[1]) for reader in ("owner", "anna", "bo")),
    ]


async def test_sends_per_resident_are_limited(outbox: Outbox) -> None:
    await outbox.enter(
        *(f"entry-{number}" for number in range(MAX_SENDS_PER_RESIDENT + 1))
    )
    await outbox.expand()
    in_turn = await outbox.due()

    residents = ["anna", "bo", "cleo"]
    assert [one.resident_id for one in in_turn] == residents * MAX_SENDS_PER_RESIDENT
    busy = {"anna": 1, "bo": MAX_SENDS_PER_RESIDENT}
    left = await outbox.due(NOW, 100, {in_turn[0].id}, busy)
    assert [one.resident_id for one in left] == ["cleo", "anna", "cleo"]


async def test_sent_notification_is_not_due_again(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    await outbox.send(notified["anna"], SECOND, target="notify.letter")

    assert await due_to(outbox) == {"bo", "cleo"}
    assert await outbox.status("anna") == NotificationStatus(
        kind=NotificationKind.ENTRY_ADMITTED,
        resident_id="anna",
        recipient=True,
        state=NotificationState.SENT,
        over=("notify.letter",),
        attempts=1,
        sent_at=NOON + SECOND,
        delivered_at=None,
        image=None,
    )


async def test_unconfirmed_notification_is_due_again_with_its_targets(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    first = notified["anna"]
    await outbox.send(first, again=2 * MINUTE)
    assert await due_to(outbox, 2 * MINUTE - SECOND) == {"bo", "cleo"}

    [again] = [one for one in await outbox.due(2 * MINUTE) if one.id == first.id]
    assert (again.state, again.tag) == (NotificationState.SENT, first.tag)
    assert again.over == ("notify.app",)
    await outbox.send(first, 2 * MINUTE, target="notify.b")
    assert (await outbox.status("anna")).over == ("notify.app", "notify.b")


async def test_confirmed_notification_is_done(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    tag = notified["anna"].tag
    await outbox.send(notified["anna"], again=2 * MINUTE)

    assert await outbox.deliver(tag, SECOND)
    assert not await outbox.deliver(tag, MINUTE)

    found = await outbox.status("anna")
    assert found.state is NotificationState.DELIVERED
    assert (found.sent_at, found.delivered_at) == (NOON, NOON + SECOND)
    await outbox.postpone(notified["anna"], SECOND)
    assert await due_to(outbox) == {"bo", "cleo"}


async def test_receipt_of_another_resident_confirms_nothing(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    tag = notified["anna"].tag

    for guessed, by in ((tag, ["bo"]), (tag, []), ("guessed", ["anna"])):
        assert not await outbox.deliver(guessed, by=by)
    assert (await outbox.status("anna")).state is NotificationState.PENDING


@pytest.mark.parametrize("again", [None, 2 * MINUTE])
async def test_receipt_may_come_before_the_sending_is_noted(
    outbox: Outbox, notified: dict[str, Notification], again: timedelta | None
) -> None:
    await outbox.deliver(notified["anna"].tag)
    assert (await outbox.status("anna")).sent_at == NOON

    await outbox.send(notified["anna"], SECOND, again)

    found = await outbox.status("anna")
    assert (found.state, found.over) == (NotificationState.DELIVERED, ("notify.app",))
    assert await due_to(outbox) == {"bo", "cleo"}


async def test_postponed_notification_waits_for_its_time(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    for notification in notified.values():
        await outbox.postpone(notification, 10 * SECOND)

    assert await outbox.due(9 * SECOND) == []
    assert await outbox.next_due() == 10 * SECOND
    assert [one.attempts for one in await outbox.due(10 * SECOND)] == [1, 1, 1]


async def test_start_retries_pending_ones_but_awaits_confirmations(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    await outbox.postpone(notified["anna"], 10 * MINUTE)
    await outbox.send(notified["bo"], again=2 * MINUTE)

    await outbox.do(due.hasten_notifications, NOON + SECOND)

    assert await due_to(outbox, SECOND) == {"anna", "cleo"}


async def test_abandoning_fails_only_unsent_notifications(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    await outbox.send(notified["bo"], again=2 * MINUTE)

    await outbox.settle(*notified.values())

    assert (await outbox.status("anna")).state is NotificationState.UNDELIVERABLE
    assert (await outbox.status("bo")).state is NotificationState.SENT
    assert await outbox.due(2 * DAY) == []


async def test_notifications_of_former_residents_are_abandoned(
    outbox: Outbox, notified: dict[str, Notification]
) -> None:
    await outbox.send(notified["cleo"])

    await outbox.do(due.abandon_notifications, {"bo"})

    for resident, state in (
        ("anna", NotificationState.UNDELIVERABLE),
        ("bo", NotificationState.PENDING),
        ("cleo", NotificationState.SENT),
    ):
        assert (await outbox.status(resident)).state is state
    assert await due_to(outbox) == {"bo"}
    await outbox.do(due.abandon_notifications, ())
    assert await due_to(outbox) == set()
