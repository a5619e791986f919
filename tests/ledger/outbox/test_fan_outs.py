"""Test notifications that aren't about entries: audience and content."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.due import (
    FOR_OTHERS,
    Notification,
    next_due,
)
from custom_components.courier_access.ledger.outbox.expand import (
    abandon_notifications,
    expand_fanouts,
    note_sent,
)
from custom_components.courier_access.ledger.outbox.status import (
    NotificationContext,
    find_by_token,
)
from custom_components.courier_access.ledger.queue import (
    BATCH_INTERVAL,
    OWNER,
    REFUSAL_INTERVAL,
    FanOut,
    NotificationKind,
    enqueue_fan_out,
    enqueue_grant_refusal,
    enqueue_pause,
)
from tests.ledger.filled import NOON, owed_entry, residents

from .parts import MINUTE, SECOND, due, expanded, owed_to

KEY = GrantKey("courier-1", "grant-1")
UNITS = {"3b": "3B", "4a": "4 A"}
DETAILS = {"courier": "Swift Parcels", "door": "Front door", "name": "Dora"}


def telling(
    transaction: Transaction,
    kind: NotificationKind,
    at: datetime = NOON,
    *,
    parcel_ref: str | None = None,
    **more: Any,
) -> FanOut:
    """Return a fan-out about a new record."""
    record = transaction.append("told", at, {}, {"parcel_ref": parcel_ref})
    return FanOut(kind, record.seq, 1, at, **more)


def tell(
    transaction: Transaction, kind: NotificationKind, at: datetime = NOON, **more: Any
) -> None:
    """Append a record and enqueue a fan-out about it."""
    enqueue_fan_out(transaction.conn, telling(transaction, kind, at, **more))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (NotificationKind.ACCESS_PAUSED, ["anna", "bo", "cleo", "new"]),
        (NotificationKind.DELIVERY_ANNOUNCED, ["anna", "bo"]),
        (NotificationKind.CONSENT_WITHDRAWN, ["anna", "bo", OWNER]),
        (NotificationKind.CONSENT_INVITED, ["cleo"]),
        (NotificationKind.LEDGER_RESTORED, ["anna", "bo", "cleo", "new", OWNER]),
    ],
)
async def test_each_kind_reaches_its_audience(
    ledger: Ledger, kind: NotificationKind, told: list[str]
) -> None:
    """A pending resident gets what everybody gets, as nobody's recipient."""
    members = (("anna", "3b"), ("bo", "3b"), ("cleo", "4a"), ("new", ""))
    await ledger.write(partial(residents, members=members, revision=2))

    def enqueue(transaction: Transaction) -> None:
        owed = telling(transaction, kind, units={"3b": "3B"}, resident_id="cleo")
        enqueue_fan_out(transaction.conn, replace(owed, set_revision=2))

    await ledger.write(enqueue)
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    assert await owed_to(ledger) == told


async def test_recipients_get_their_own_unit_and_the_parcel(ledger: Ledger) -> None:
    await ledger.write(
        partial(
            tell,
            kind=NotificationKind.DELIVERY_ANNOUNCED,
            units=UNITS,
            details=DETAILS,
            parcel_ref="PKT-7",
        )
    )

    notifications_due = await expanded(ledger)

    assert {key: one.unit for key, one in notifications_due.items()} == {
        "anna": "3B",
        "bo": "3B",
        "cleo": "4 A",
    }
    for notification in notifications_due.values():
        assert (notification.parcel_ref, notification.details, notification.entry) == (
            "PKT-7",
            DETAILS,
            None,
        )


@pytest.mark.parametrize(
    ("kind", "reader"),
    [(NotificationKind.GRANT_REFUSED, OWNER), (NotificationKind.ACCESS_PAUSED, "cleo")],
)
async def test_others_get_no_unit_parcel_or_name(
    ledger: Ledger, kind: NotificationKind, reader: str
) -> None:
    details = DETAILS | dict.fromkeys(FOR_OTHERS, "told")
    await ledger.write(
        partial(
            tell,
            kind=kind,
            units={"3b": "3B"},
            details=details,
            parcel_ref="PKT-7",
            key=KEY,
        )
    )

    notification = (await expanded(ledger))[reader]

    assert (notification.recipient, notification.unit, notification.parcel_ref) == (
        False,
        None,
        None,
    )
    assert notification.details == dict.fromkeys(FOR_OTHERS, "told")


async def test_notification_to_one_resident_needs_no_place_in_the_set(
    ledger: Ledger,
) -> None:
    former: Mapping[str, object] = {"targets": []}
    await ledger.write(
        partial(
            tell,
            kind=NotificationKind.RESIDENT_REMOVED,
            resident_id="gone",
            addressed=former,
        )
    )

    notifications_due = await expanded(ledger)

    assert set(notifications_due) == {"gone"}
    assert (notifications_due["gone"].unit, notifications_due["gone"].addressed) == (
        None,
        former,
    )


async def test_former_targets_and_owner_are_notified_of_former_residents(
    ledger: Ledger,
) -> None:
    await ledger.write(
        partial(
            tell,
            kind=NotificationKind.RESIDENT_REMOVED,
            resident_id="gone",
            addressed={"a": 1},
        )
    )
    await ledger.write(
        partial(tell, kind=NotificationKind.CONSENT_WITHDRAWN, units={"3b": "3B"})
    )
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    await ledger.read(lambda conn: abandon_notifications(conn, ["bo"]))

    assert [one.resident_id for one in await due(ledger)] == ["gone", "bo", OWNER]


async def test_entries_are_due_first_then_deliveries_then_the_rest(
    ledger: Ledger,
) -> None:
    units = {"4a": "4 A"}
    await ledger.write(
        partial(tell, kind=NotificationKind.CONSENT_INVITED, resident_id="bo")
    )
    await ledger.write(
        partial(tell, kind=NotificationKind.DELIVERY_ANNOUNCED, units=units, key=KEY)
    )
    await ledger.write(owed_entry)
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    kinds = list(dict.fromkeys(one.kind for one in await due(ledger)))

    assert kinds == [
        NotificationKind.ENTRY_ADMITTED,
        NotificationKind.DELIVERY_ANNOUNCED,
        NotificationKind.CONSENT_INVITED,
    ]


async def test_refused_grant_is_enqueued_once_in_ten_minutes(ledger: Ledger) -> None:
    def refuse(transaction: Transaction, at: datetime, key: GrantKey = KEY) -> None:
        enqueue_grant_refusal(
            transaction.conn,
            telling(
                transaction,
                NotificationKind.GRANT_REFUSED,
                at,
                units={"4a": "4 A"},
                key=key,
            ),
        )

    later = NOON + REFUSAL_INTERVAL + SECOND
    for at in (NOON, NOON + REFUSAL_INTERVAL, later):
        await ledger.write(partial(refuse, at=at))
    await ledger.write(partial(refuse, at=later, key=GrantKey("courier-2", "grant-1")))
    await ledger.read(lambda conn: expand_fanouts(conn, later))

    assert await owed_to(ledger) == ["cleo", OWNER] * 3


async def paused(ledger: Ledger, at: datetime, until: timedelta | None) -> None:
    """Enqueue that the building is paused until then, or resumed."""

    def enqueue(transaction: Transaction) -> None:
        kind = (
            NotificationKind.ACCESS_RESUMED
            if until is None
            else NotificationKind.ACCESS_PAUSED
        )
        details = {} if until is None else {"until": (NOON + until).isoformat()}
        enqueue_pause(transaction.conn, telling(transaction, kind, at, details=details))

    await ledger.write(enqueue)


async def told_of_pause(
    ledger: Ledger, at: datetime
) -> set[tuple[NotificationKind, str | None]]:
    """Return and take the new notifications at that time."""
    await ledger.read(lambda conn: expand_fanouts(conn, at))
    notifications_due = await due(ledger, at - NOON)
    for notification in notifications_due:
        await ledger.read(
            partial(
                note_sent,
                notification_id=notification.id,
                over=["a"],
                at=at,
                next_at=None,
            )
        )
    return {(one.kind, one.details.get("until")) for one in notifications_due}


async def test_pause_is_sent_at_once_and_later_changes_combined(ledger: Ledger) -> None:
    hour = timedelta(hours=1)
    until = (NOON + 2 * hour).isoformat()
    await paused(ledger, NOON, hour)
    assert await told_of_pause(ledger, NOON) == {
        (NotificationKind.ACCESS_PAUSED, (NOON + hour).isoformat())
    }

    await paused(ledger, NOON + MINUTE, None)
    await paused(ledger, NOON + 2 * MINUTE, 2 * hour)
    assert await told_of_pause(ledger, NOON + 2 * MINUTE) == set()
    soon = NOON + BATCH_INTERVAL
    assert await ledger.read(lambda conn: next_due(conn, NOON + 2 * MINUTE)) == soon
    assert await told_of_pause(ledger, soon) == {
        (NotificationKind.ACCESS_PAUSED, until)
    }

    await paused(ledger, soon + BATCH_INTERVAL, None)
    later = soon + BATCH_INTERVAL
    assert await told_of_pause(ledger, later) == {
        (NotificationKind.ACCESS_RESUMED, None)
    }


async def test_pause_that_nobody_was_notified_of_ends_silently(ledger: Ledger) -> None:
    await paused(ledger, NOON, timedelta(hours=1))
    await paused(ledger, NOON, None)
    assert await told_of_pause(ledger, NOON) == set()

    # Notifications of an earlier pause may have been purged.
    await paused(ledger, NOON, None)
    assert await told_of_pause(ledger, NOON) == {
        (NotificationKind.ACCESS_RESUMED, None)
    }


async def test_state_equal_to_the_last_notification_is_not_sent(ledger: Ledger) -> None:
    hour = timedelta(hours=1)
    await paused(ledger, NOON, hour)
    await told_of_pause(ledger, NOON)

    await paused(ledger, NOON + SECOND, None)
    await paused(ledger, NOON + 2 * SECOND, hour)

    assert await told_of_pause(ledger, NOON + BATCH_INTERVAL) == set()


async def test_held_back_change_is_overdue_from_its_own_time(ledger: Ledger) -> None:
    await paused(ledger, NOON, timedelta(hours=1))
    await told_of_pause(ledger, NOON)
    await paused(ledger, NOON + SECOND, timedelta(hours=2))
    at = NOON + BATCH_INTERVAL

    await ledger.read(lambda conn: expand_fanouts(conn, at))

    assert {one.due_at for one in await due(ledger, BATCH_INTERVAL)} == {at}


async def test_token_leads_to_the_content_of_its_notification(ledger: Ledger) -> None:
    await ledger.write(
        partial(
            tell,
            kind=NotificationKind.DELIVERY_ANNOUNCED,
            units={"4a": "4 A"},
            details=DETAILS,
            key=KEY,
        )
    )
    await ledger.write(
        partial(
            tell,
            kind=NotificationKind.RESIDENT_REMOVED,
            resident_id="gone",
            addressed={},
        )
    )
    notifications_due = await expanded(ledger)

    async def found(notification: Notification) -> NotificationContext | None:
        return await ledger.read(lambda conn: find_by_token(conn, notification.token))

    assert await found(notifications_due["cleo"]) == NotificationContext(
        NotificationKind.DELIVERY_ANNOUNCED,
        "cleo",
        DETAILS,
        "4a",
        {KEY: "4a"},
        is_present=True,
    )
    assert await found(notifications_due["gone"]) == NotificationContext(
        NotificationKind.RESIDENT_REMOVED, "gone", {}, "", {}, is_present=True
    )


async def test_unknown_or_entry_token_leads_nowhere(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    [*tokens] = [one.token for one in (await expanded(ledger)).values()]

    for token in ("", "guessed", *tokens):
        assert await ledger.read(partial(find_by_token, token=token)) is None
