"""Test which residents are unreachable."""

from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.due import UNREACHABLE_AFTER
from custom_components.courier_access.ledger.outbox.status import notification_status
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from tests.ledger.filled import NOON

from .parts import MINUTE, SECOND, Outbox


async def test_resident_without_success_for_an_hour_is_unreachable(
    outbox: Outbox,
) -> None:
    await outbox.enter()
    await outbox.postpone((await outbox.expanded())["anna"], 2 * UNREACHABLE_AFTER)

    assert await outbox.unreachable(UNREACHABLE_AFTER - SECOND) == {}
    assert await outbox.next_due(SECOND) == UNREACHABLE_AFTER
    assert await outbox.unreachable(UNREACHABLE_AFTER) == {"anna": NOON}


async def test_undelivered_notification_makes_unreachable_until_a_later_one_is_sent(
    outbox: Outbox,
) -> None:
    await outbox.enter()
    await outbox.settle((await outbox.expanded())["anna"])
    assert await outbox.unreachable() == {"anna": NOON}

    await outbox.enter("entry-2", at=NOON + MINUTE)
    await outbox.send((await outbox.expanded())["anna"], MINUTE)

    assert await outbox.unreachable(MINUTE) == {}


async def test_unexpanded_entry_has_no_status(outbox: Outbox) -> None:
    await outbox.enter()

    by_entry = await outbox.do(notification_status, ["entry-1", "entry-2"])

    assert by_entry == {"entry-1": (), "entry-2": ()}


async def test_administrator_and_former_targets_make_nobody_unreachable(
    outbox: Outbox,
) -> None:
    def enqueue(transaction: Transaction) -> None:
        seq = transaction.append("test", NOON, {}).seq
        changed, withdrawn = (
            NotificationKind.RESIDENT_CHANGED,
            NotificationKind.CONSENT_WITHDRAWN,
        )
        for fan_out in (
            FanOut(changed, seq, 1, NOON, resident_id="anna", addressed={}),
            FanOut(withdrawn, seq, 1, NOON),
        ):
            enqueue_fan_out(transaction.conn, fan_out)

    await outbox.ledger.write(enqueue)
    await outbox.settle(*(await outbox.expanded()).values())

    assert await outbox.unreachable(MINUTE) == {}
