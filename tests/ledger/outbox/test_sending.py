"""Test the life of a notification until it is done."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import due as module
from custom_components.courier_access.ledger.outbox.due import (
    MAX_SENDS_PER_RESIDENT,
    next_due,
)
from custom_components.courier_access.ledger.outbox.expand import (
    NotificationState,
    abandon_notifications,
    expand_fanouts,
    hasten_notifications,
    note_delivered,
    note_postponed,
    note_sent,
    note_settled,
)
from custom_components.courier_access.ledger.outbox.status import NotificationStatus
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.ledger.filled import NOON, owed_entry

from .parts import MINUTE, SECOND, due, expanded, status


async def test_due_notifications_are_limited_and_exclude_those_being_sent(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    first, second, third = (await expanded(ledger)).values()

    assert await due(ledger, limit=2) == [first, second]
    assert await ledger.read(
        lambda conn: module.due(conn, NOON, 2, {first.id, third.id})
    ) == [second]
    assert await due(ledger, limit=0) == []


async def test_admitted_entries_are_due_before_refused_ones(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.EXPIRED))
    await ledger.write(partial(owed_entry, entry_id="entry-2", at=NOON + SECOND))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    assert [(one.resident_id, one.kind) for one in await due(ledger, SECOND)] == [
        ("anna", NotificationKind.ENTRY_ADMITTED),
        ("bo", NotificationKind.ENTRY_ADMITTED),
        ("cleo", NotificationKind.ENTRY_ADMITTED),
        ("owner", NotificationKind.ENTRY_REFUSED),
        ("anna", NotificationKind.ENTRY_REFUSED),
        ("bo", NotificationKind.ENTRY_REFUSED),
    ]


async def test_sends_per_resident_are_limited(ledger: Ledger) -> None:
    for number in range(MAX_SENDS_PER_RESIDENT + 1):
        await ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))
    by_turn = await due(ledger)

    assert [one.resident_id for one in by_turn] == [
        "anna",
        "bo",
        "cleo",
    ] * MAX_SENDS_PER_RESIDENT
    first = by_turn[0]
    busy = {"anna": 1, "bo": MAX_SENDS_PER_RESIDENT}
    left = await ledger.read(lambda conn: module.due(conn, NOON, 100, {first.id}, busy))
    assert [one.resident_id for one in left] == ["cleo", "anna", "cleo"]


async def test_sent_notification_is_not_due_again(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]

    await ledger.read(
        lambda conn: note_sent(
            conn, notification.id, ["notify.letter"], NOON + SECOND, None
        )
    )

    assert notification.id not in {
        one.id for one in await due(ledger, timedelta(days=2))
    }
    assert await status(ledger, "anna") == NotificationStatus(
        kind=NotificationKind.ENTRY_ADMITTED,
        resident_id="anna",
        recipient=True,
        state=NotificationState.SENT,
        over=("notify.letter",),
        attempts=1,
        enqueued_at=NOON,
        sent_at=NOON + SECOND,
        delivered_at=None,
    )


async def test_unconfirmed_notification_is_due_again_with_its_targets(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: note_sent(
            conn, notification.id, ["notify.app"], NOON, NOON + 2 * MINUTE
        )
    )
    assert notification.id not in {
        one.id for one in await due(ledger, 2 * MINUTE - SECOND)
    }

    [again] = [
        one for one in await due(ledger, 2 * MINUTE) if one.id == notification.id
    ]
    assert (again.state, again.over, again.tag) == (
        NotificationState.SENT,
        ("notify.app",),
        notification.tag,
    )

    await ledger.read(
        lambda conn: note_sent(
            conn, notification.id, ["notify.b"], NOON + 2 * MINUTE, None
        )
    )
    assert (await status(ledger, "anna")).over == ("notify.app", "notify.b")


async def test_confirmed_notification_is_done(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: note_sent(
            conn, notification.id, ["notify.app"], NOON, NOON + 2 * MINUTE
        )
    )

    assert await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, ["anna"], NOON + SECOND)
    )

    found = await status(ledger, "anna")
    assert (found.state, found.sent_at, found.delivered_at) == (
        NotificationState.DELIVERED,
        NOON,
        NOON + SECOND,
    )
    assert notification.id not in {
        one.id for one in await due(ledger, timedelta(days=2))
    }


@pytest.mark.parametrize("residents_who_may", [["bo"], []])
async def test_receipt_of_another_resident_confirms_nothing(
    ledger: Ledger, residents_who_may: list[str]
) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]

    assert not await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, residents_who_may, NOON)
    )
    assert not await ledger.read(
        lambda conn: note_delivered(conn, "guessed", ["anna"], NOON)
    )
    assert (await status(ledger, "anna")).state is NotificationState.PENDING


async def test_second_receipt_changes_nothing(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, ["anna"], NOON)
    )

    assert not await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, ["anna"], NOON + MINUTE)
    )
    assert (await status(ledger, "anna")).delivered_at == NOON


@pytest.mark.parametrize("next_at", [None, NOON + 2 * MINUTE])
async def test_receipt_may_come_before_the_sending_is_noted(
    ledger: Ledger, next_at: datetime | None
) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]

    await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, ["anna"], NOON)
    )
    assert (await status(ledger, "anna")).sent_at == NOON
    await ledger.read(
        lambda conn: note_sent(
            conn, notification.id, ["notify.app"], NOON + SECOND, next_at
        )
    )

    found = await status(ledger, "anna")
    assert (found.state, found.over) == (NotificationState.DELIVERED, ("notify.app",))
    assert notification.id not in {
        one.id for one in await due(ledger, timedelta(days=2))
    }


async def test_postponed_notification_waits_for_its_time(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    for notification in (await expanded(ledger)).values():
        await ledger.read(
            partial(
                note_postponed,
                notification_id=notification.id,
                next_at=NOON + 10 * SECOND,
            )
        )

    assert await due(ledger, 9 * SECOND) == []
    assert await ledger.read(lambda conn: next_due(conn, NOON)) == NOON + 10 * SECOND
    assert [one.attempts for one in await due(ledger, 10 * SECOND)] == [1, 1, 1]


async def test_confirmed_notification_can_not_be_postponed(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notification = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: note_delivered(conn, notification.tag, ["anna"], NOON)
    )

    await ledger.read(lambda conn: note_postponed(conn, notification.id, NOON))

    assert notification.id not in {one.id for one in await due(ledger)}


async def test_start_retries_pending_ones_but_awaits_confirmations(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    notifications_due = await expanded(ledger)
    await ledger.read(
        lambda conn: note_postponed(
            conn, notifications_due["anna"].id, NOON + 10 * MINUTE
        )
    )
    await ledger.read(
        lambda conn: note_sent(
            conn, notifications_due["bo"].id, ["notify.app"], NOON, NOON + 2 * MINUTE
        )
    )

    await ledger.read(lambda conn: hasten_notifications(conn, NOON + SECOND))

    assert {one.resident_id for one in await due(ledger, SECOND)} == {"anna", "cleo"}


async def test_abandoning_fails_only_unsent_notifications(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notifications_due = await expanded(ledger)
    await ledger.read(
        lambda conn: note_sent(
            conn, notifications_due["bo"].id, ["notify.app"], NOON, NOON + 2 * MINUTE
        )
    )

    for notification in notifications_due.values():
        await ledger.read(partial(note_settled, notification_id=notification.id))

    assert (await status(ledger, "anna")).state is NotificationState.UNDELIVERABLE
    assert (await status(ledger, "bo")).state is NotificationState.SENT
    assert await due(ledger, timedelta(days=2)) == []


async def test_notifications_of_former_residents_are_abandoned(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notifications_due = await expanded(ledger)
    await ledger.read(
        lambda conn: note_sent(
            conn, notifications_due["cleo"].id, ["notify.c"], NOON, None
        )
    )

    await ledger.read(lambda conn: abandon_notifications(conn, {"bo"}))

    assert (await status(ledger, "anna")).state is NotificationState.UNDELIVERABLE
    assert (await status(ledger, "bo")).state is NotificationState.PENDING
    assert (await status(ledger, "cleo")).state is NotificationState.SENT
    assert {one.resident_id for one in await due(ledger)} == {"bo"}


async def test_without_residents_everything_is_abandoned(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await expanded(ledger)

    await ledger.read(lambda conn: abandon_notifications(conn, ()))

    assert await due(ledger) == []
