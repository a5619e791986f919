"""Test notifications that aren't about entries: audience and content."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.due import (
    FOR_OTHERS,
    abandon_notifications,
)
from custom_components.courier_access.ledger.outbox.expand import (
    NOTIFICATIONS_PER_STEP,
    expand_fanouts,
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
    Rank,
    enqueue_fan_out,
    kinds_with,
)
from tests.ledger.filled import NOON, residents
from tests.ledger.parts import KEY
from tests.support.rows import plant

from .parts import ANNOUNCED, HOUR, LABELS, MINUTE, NOW, SECOND, Outbox

PAUSED, RESUMED = NotificationKind.ACCESS_PAUSED, NotificationKind.ACCESS_RESUMED
REMOVED = NotificationKind.RESIDENT_REMOVED
DETAILS = {"courier": "Swift Parcels", "door": "Front door", "name": "Dora"}


def fan_out(
    transaction: Transaction,
    kind: NotificationKind,
    after: timedelta = NOW,
    *,
    parcel_ref: str | None = None,
    **more: Any,
) -> FanOut:
    """Return a fan-out about a new record."""
    at = NOON + after
    record = transaction.append("test", at, {}, {"parcel_ref": parcel_ref})
    return FanOut(kind, record.seq, 1, at, **more)


async def enqueue(outbox: Outbox, kind: NotificationKind, **more: Any) -> None:
    def write(transaction: Transaction) -> None:
        enqueue_fan_out(transaction.conn, fan_out(transaction, kind, **more))

    await outbox.ledger.write(write)


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        (PAUSED, ["anna", "bo", "cleo", "new"]),
        (ANNOUNCED, ["anna", "bo"]),
        (NotificationKind.CONSENT_WITHDRAWN, ["anna", "bo", OWNER]),
        (NotificationKind.CONSENT_OPTED_OUT, ["anna", "bo", OWNER]),
        (NotificationKind.CONSENT_INVITED, ["cleo"]),
        (NotificationKind.LEDGER_RESTORED, ["anna", "bo", "cleo", "new", OWNER]),
    ],
)
async def test_each_kind_reaches_its_audience(
    outbox: Outbox, kind: NotificationKind, readers: list[str]
) -> None:
    """A pending resident gets what everybody gets, as nobody's recipient."""
    members = (("anna", "3b"), ("bo", "3b"), ("cleo", "4a"), ("new", ""))
    await outbox.ledger.write(partial(residents, members=members, revision=2))

    def write(transaction: Transaction) -> None:
        made = fan_out(transaction, kind, units={"3b": "3B"}, resident_id="cleo")
        enqueue_fan_out(transaction.conn, replace(made, set_revision=2))

    await outbox.ledger.write(write)
    await outbox.expand()

    assert await outbox.readers() == readers


async def test_recipients_get_their_own_unit_and_the_parcel(outbox: Outbox) -> None:
    await enqueue(outbox, ANNOUNCED, units=LABELS, details=DETAILS, parcel_ref="PKT-7")

    found = await outbox.expanded()

    units = {key: one.unit for key, one in found.items()}
    assert units == {"anna": "3B", "bo": "3B", "cleo": "4 A"}
    for one in found.values():
        assert (one.delivery.parcel_ref, one.details, one.entry) == (
            "PKT-7",
            DETAILS,
            None,
        )


@pytest.mark.parametrize(
    ("kind", "reader"), [(NotificationKind.GRANT_REFUSED, OWNER), (PAUSED, "cleo")]
)
async def test_others_get_no_unit_parcel_or_name(
    outbox: Outbox, kind: NotificationKind, reader: str
) -> None:
    shown = dict.fromkeys(FOR_OTHERS, "shown")
    concerned: dict[str, Any] = {"units": {"3b": "3B"}, "parcel_ref": "PKT-7"}
    await enqueue(outbox, kind, details=DETAILS | shown, key=KEY, **concerned)

    one = (await outbox.expanded())[reader]

    assert (one.recipient, one.unit, one.delivery.parcel_ref) == (False, None, None)
    assert one.details == shown


async def test_former_targets_and_administrator_are_notified_of_former_residents(
    outbox: Outbox,
) -> None:
    former = {"targets": ["notify.gone"]}
    await enqueue(outbox, REMOVED, resident_id="gone", addressed=former)
    found = await outbox.expanded()
    assert (found["gone"].unit, found["gone"].addressed) == (None, former)

    await enqueue(outbox, NotificationKind.CONSENT_WITHDRAWN, units={"3b": "3B"})
    await outbox.expand()
    await outbox.do(abandon_notifications, ["bo"])

    assert [one.resident_id for one in await outbox.due()] == ["gone", "bo", OWNER]


async def test_door_that_may_be_unlocked_is_due_before_entries(outbox: Outbox) -> None:
    await outbox.enter()
    await enqueue(outbox, NotificationKind.LEFT_UNLOCKED)
    await outbox.expand()

    assert list(dict.fromkeys(one.kind for one in await outbox.due())) == [
        NotificationKind.LEFT_UNLOCKED,
        NotificationKind.ENTRY_ADMITTED,
    ]


async def test_entries_are_due_first_then_deliveries_then_the_rest(
    outbox: Outbox,
) -> None:
    await enqueue(outbox, NotificationKind.CONSENT_INVITED, resident_id="bo")
    await enqueue(outbox, ANNOUNCED, units={"4a": "4 A"}, key=KEY)
    await outbox.enter()
    await outbox.expand()

    assert list(dict.fromkeys(one.kind for one in await outbox.due())) == [
        NotificationKind.ENTRY_ADMITTED,
        ANNOUNCED,
        NotificationKind.CONSENT_INVITED,
    ]


def test_every_kind_has_its_turn() -> None:
    ranked = [kind for rank in Rank for kind in kinds_with(rank)]
    assert sorted(ranked) == sorted(NotificationKind)


async def test_refused_grant_is_enqueued_once_in_ten_minutes(outbox: Outbox) -> None:
    again = REFUSAL_INTERVAL + SECOND
    other = GrantKey("courier-2", "grant-1")

    def refuse(transaction: Transaction) -> None:
        for after, key in (
            (NOW, KEY),
            (REFUSAL_INTERVAL, KEY),
            (again, KEY),
            (again, other),
        ):
            kind, units = NotificationKind.GRANT_REFUSED, {"4a": "4 A"}
            made = fan_out(transaction, kind, after, units=units, key=key)
            enqueue_fan_out(transaction.conn, made)

    await outbox.ledger.write(refuse)
    await outbox.expand(again)

    assert await outbox.readers() == ["cleo", OWNER] * 3
    assert await outbox.rows("SELECT courier_id FROM fanouts ORDER BY id", str) == [
        "courier-1",
        "courier-1",
        "courier-2",
    ]


async def pause(
    outbox: Outbox, after: timedelta, until: timedelta | None, revision: int = 1
) -> None:
    """Enqueue that the building is paused until then, or resumed."""

    def write(transaction: Transaction) -> None:
        kind = RESUMED if until is None else PAUSED
        details = {} if until is None else {"until": (NOON + until).isoformat()}
        made = fan_out(transaction, kind, after, details=details)
        enqueue_fan_out(transaction.conn, replace(made, set_revision=revision))

    await outbox.ledger.write(write)


async def sent(
    outbox: Outbox, after: timedelta
) -> set[tuple[NotificationKind, timedelta | None]]:
    """Send the new notifications; return each kind with the end of the pause."""
    await outbox.expand(after)
    found = await outbox.due(after)
    for notification in found:
        await outbox.send(notification, after)
    ends = [one.details.get("until") for one in found]
    return {
        (one.kind, None if end is None else datetime.fromisoformat(end) - NOON)
        for one, end in zip(found, ends, strict=True)
    }


async def test_pause_is_sent_at_once_and_later_changes_combined(
    outbox: Outbox,
) -> None:
    await pause(outbox, NOW, HOUR)
    assert await sent(outbox, NOW) == {(PAUSED, HOUR)}

    await pause(outbox, MINUTE, None)
    await pause(outbox, 2 * MINUTE, 2 * HOUR)
    assert await sent(outbox, 2 * MINUTE) == set()
    assert await outbox.next_due(2 * MINUTE) == BATCH_INTERVAL
    assert await sent(outbox, BATCH_INTERVAL) == {(PAUSED, 2 * HOUR)}

    later = 2 * BATCH_INTERVAL
    await pause(outbox, later, None)
    assert await sent(outbox, later) == {(RESUMED, None)}


async def test_pause_that_nobody_was_notified_of_ends_silently(outbox: Outbox) -> None:
    await pause(outbox, NOW, HOUR)
    await pause(outbox, NOW, None)
    assert await sent(outbox, NOW) == set()

    # Notifications of an earlier pause may have been purged.
    await pause(outbox, NOW, None)
    assert await sent(outbox, NOW) == {(RESUMED, None)}


async def test_pause_that_some_were_notified_of_is_not_replaced(outbox: Outbox) -> None:
    await outbox.enroll(NOTIFICATIONS_PER_STEP + 1)
    await pause(outbox, NOW, HOUR, revision=2)
    assert await outbox.do(expand_fanouts, NOON)

    await pause(outbox, SECOND, None, revision=2)

    assert await sent(outbox, SECOND) == {(PAUSED, HOUR)}
    assert await sent(outbox, SECOND) == {(RESUMED, None)}


async def test_state_equal_to_the_last_notification_is_not_sent(outbox: Outbox) -> None:
    await pause(outbox, NOW, HOUR)
    await sent(outbox, NOW)

    await pause(outbox, SECOND, None)
    await pause(outbox, 2 * SECOND, HOUR)

    assert await sent(outbox, BATCH_INTERVAL) == set()


async def test_held_change_is_overdue_from_its_own_time(outbox: Outbox) -> None:
    await pause(outbox, NOW, HOUR)
    await sent(outbox, NOW)
    await pause(outbox, SECOND, 2 * HOUR)

    await outbox.expand(BATCH_INTERVAL)

    times = {one.due_at for one in await outbox.due(BATCH_INTERVAL)}
    assert times == {NOON + BATCH_INTERVAL}


async def test_token_leads_to_the_content_of_its_notification(outbox: Outbox) -> None:
    await enqueue(outbox, ANNOUNCED, units={"4a": "4 A"}, details=DETAILS, key=KEY)
    await enqueue(outbox, REMOVED, resident_id="gone", addressed={})
    found = await outbox.expanded()

    for resident, about, concerned in (
        ("cleo", (ANNOUNCED, "cleo", DETAILS), ("4a", {KEY: "4a"})),
        ("gone", (REMOVED, "gone", {}), ("", {})),
    ):
        unit, deliveries = concerned
        expected = NotificationContext(
            *about, is_present=True, unit=unit, deliveries=deliveries
        )
        assert await outbox.do(find_by_token, found[resident].token) == expected


async def test_notification_of_an_entry_has_no_token(outbox: Outbox) -> None:
    await outbox.enter()

    assert {one.token for one in (await outbox.expanded()).values()} == {None}


async def test_unknown_or_earlier_entry_token_leads_nowhere(outbox: Outbox) -> None:
    await outbox.enter()
    await outbox.expanded()
    # Earlier versions made one for each notification.
    await outbox.do(plant, "UPDATE notifications SET token = 'earlier ' || id")

    for token in ("", "guessed", "earlier 1"):
        assert await outbox.do(find_by_token, token) is None
