"""Test the delivery status, and which residents are unreachable."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.due import next_due
from custom_components.courier_access.ledger.outbox.expand import (
    UNREACHABLE_AFTER,
    note_postponed,
    note_sent,
    note_settled,
)
from custom_components.courier_access.ledger.outbox.status import (
    notification_status,
    unreachable_residents,
)
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from tests.ledger.filled import NOON, owed_entry

from .parts import MINUTE, SECOND, expanded


async def test_resident_without_success_for_an_hour_is_unreachable(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    notifications_due = await expanded(ledger)
    await ledger.read(
        lambda conn: note_postponed(
            conn, notifications_due["anna"].id, NOON + 2 * UNREACHABLE_AFTER
        )
    )

    async def unreachable_after(wait: timedelta) -> Mapping[str, datetime]:
        return await ledger.read(lambda conn: unreachable_residents(conn, NOON + wait))

    assert await unreachable_after(UNREACHABLE_AFTER - SECOND) == {}
    assert (
        await ledger.read(lambda conn: next_due(conn, NOON + SECOND))
        == NOON + UNREACHABLE_AFTER
    )
    assert await unreachable_after(UNREACHABLE_AFTER) == {"anna": NOON}


async def test_undelivered_notification_makes_unreachable_until_a_later_one_is_sent(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    first = (await expanded(ledger))["anna"]
    await ledger.read(lambda conn: note_settled(conn, first.id))
    assert await ledger.read(lambda conn: unreachable_residents(conn, NOON)) == {
        "anna": NOON
    }

    await ledger.write(partial(owed_entry, entry_id="entry-2", at=NOON + MINUTE))
    second = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: note_sent(conn, second.id, ["notify.a"], NOON + MINUTE, None)
    )

    assert (
        await ledger.read(lambda conn: unreachable_residents(conn, NOON + MINUTE)) == {}
    )


async def test_unexpanded_entry_has_no_status(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    by_entry = await ledger.read(
        lambda conn: notification_status(conn, ["entry-1", "entry-2"])
    )

    assert by_entry == {"entry-1": (), "entry-2": ()}


async def test_owner_and_former_targets_make_nobody_unreachable(ledger: Ledger) -> None:
    def enqueue(transaction: Transaction) -> None:
        seq = transaction.append("told", NOON, {}).seq
        enqueue_fan_out(
            transaction.conn,
            FanOut(
                NotificationKind.RESIDENT_CHANGED,
                seq,
                1,
                NOON,
                resident_id="anna",
                addressed={},
            ),
        )
        enqueue_fan_out(
            transaction.conn, FanOut(NotificationKind.CONSENT_WITHDRAWN, seq, 1, NOON)
        )

    await ledger.write(enqueue)
    for notification in (await expanded(ledger)).values():
        await ledger.read(partial(note_settled, notification_id=notification.id))

    assert (
        await ledger.read(lambda conn: unreachable_residents(conn, NOON + MINUTE)) == {}
    )
