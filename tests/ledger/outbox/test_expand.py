"""Test who is notified of an entry, and with what content."""

from datetime import datetime
from functools import partial

from sqlalchemy import delete, select, update

from custom_components.courier_access.access.model import (
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger import queue as owed
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.due import EntryDetails, next_due
from custom_components.courier_access.ledger.outbox.expand import (
    FANOUTS_PER_STEP,
    NOTIFICATIONS_PER_STEP,
    OUTCOME_WITHIN,
    TAG_PREFIX,
    NotificationState,
    expand_fanouts,
    note_sent,
)
from custom_components.courier_access.ledger.outbox.status import notification_status
from custom_components.courier_access.ledger.queue import (
    OWNER,
    REFUSAL_INTERVAL,
    NotificationKind,
)
from custom_components.courier_access.ledger.tables import entries, fanouts, personal
from tests.ledger.filled import NOON, entry, owed_entry, residents

from .parts import SECOND, count, due, expanded, owed_to


async def test_admitted_entry_is_enqueued_for_every_resident(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    notifications_due = await expanded(ledger)

    assert set(notifications_due) == {"anna", "bo", "cleo"}
    assert {notification.state for notification in notifications_due.values()} == {
        NotificationState.PENDING
    }


async def test_refused_entry_is_enqueued_for_recipients_and_owner(
    ledger: Ledger,
) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.EXPIRED))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    assert await owed_to(ledger) == ["anna", "bo", OWNER]


async def test_refused_entry_without_units_is_enqueued_for_the_owner_only(
    ledger: Ledger,
) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.UNKNOWN_GRANT, units={}))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    assert await owed_to(ledger) == [OWNER]


async def test_entry_takes_one_row_however_many_residents(ledger: Ledger) -> None:
    many = tuple((f"resident-{number}", "3b") for number in range(200))
    await ledger.write(lambda transaction: residents(transaction, many, revision=2))
    await ledger.write(partial(owed_entry, revision=2))

    assert await count(ledger) == 0
    while await ledger.read(lambda conn: expand_fanouts(conn, NOON)):
        pass
    assert await count(ledger) == 200


async def test_only_recipients_get_unit_and_parcel(ledger: Ledger) -> None:
    recorded = await ledger.write(owed_entry)

    notifications_due = await expanded(ledger)

    recipient, neighbour = notifications_due["anna"], notifications_due["cleo"]
    assert (recipient.recipient, recipient.unit, recipient.parcel_ref) == (
        True,
        "3B",
        "PKT-7",
    )
    assert (neighbour.recipient, neighbour.unit, neighbour.parcel_ref) == (
        False,
        None,
        None,
    )
    for notification in (recipient, neighbour):
        assert notification.kind is NotificationKind.ENTRY_ADMITTED
        assert notification.due_at == NOON
        assert notification.entry == EntryDetails(
            "entry-1",
            NOON,
            "Swift Parcels",
            "Front door",
            Proof.SIGNED,
            Outcome.OPENED,
            Reason.OK,
        )
        assert (notification.seq, notification.witness) == (
            recorded.seq,
            recorded.witness,
        )


async def test_recipient_gets_only_their_own_unit(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, units={"3b": "3B", "4a": "4 A"}))
    await ledger.write(
        lambda transaction: transaction.conn.execute(
            update(personal)
            .where(personal.c.field == "unit_labels")
            .values(value='{"3b": "3B", "4a": "4 A"}')
        )
    )

    notifications_due = await expanded(ledger)

    assert notifications_due["anna"].unit == "3B"
    assert notifications_due["cleo"].unit == "4 A"


async def test_erased_fields_are_not_sent(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))
    await ledger.read(lambda conn: conn.execute(delete(personal)))

    [notification] = [one for one in await due(ledger) if one.resident_id == "anna"]

    assert notification.recipient
    assert notification.unit is None
    assert notification.parcel_ref is None


async def test_entry_without_units_has_no_recipients(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.read(lambda conn: conn.execute(delete(personal)))

    notifications_due = await expanded(ledger)

    assert len(notifications_due) == 3
    assert not any(
        notification.recipient for notification in notifications_due.values()
    )


async def test_expanding_again_adds_nothing(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    for _ in range(2):
        assert not await ledger.read(lambda conn: expand_fanouts(conn, NOON))
    assert await count(ledger) == 3


async def test_fanouts_are_expanded_in_bounded_steps(ledger: Ledger) -> None:
    for number in range(FANOUTS_PER_STEP + 1):
        await ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))

    steps = [
        await ledger.read(lambda conn: expand_fanouts(conn, NOON)) for _ in range(3)
    ]

    assert steps == [True, False, False]
    assert await count(ledger) == 3 * (FANOUTS_PER_STEP + 1)


async def test_fanout_to_many_residents_is_expanded_in_bounded_steps(
    ledger: Ledger,
) -> None:
    members = tuple(
        (f"resident-{number}", "3b") for number in range(2 * NOTIFICATIONS_PER_STEP)
    )
    await ledger.write(lambda transaction: residents(transaction, members, revision=2))
    await ledger.write(partial(owed_entry, entry_id="entry-0", revision=2))
    await ledger.write(owed_entry)

    counts = []
    while await ledger.read(lambda conn: expand_fanouts(conn, NOON)):
        counts.append(await count(ledger))

    assert counts == [NOTIFICATIONS_PER_STEP, 2 * NOTIFICATIONS_PER_STEP]
    assert await owed_to(ledger) == [
        *(member for member, _ in members),
        "anna",
        "bo",
        "cleo",
    ]


async def test_refusal_reaches_each_of_many_residents(ledger: Ledger) -> None:
    members = tuple(
        (f"resident-{number}", "3b") for number in range(NOTIFICATIONS_PER_STEP + 1)
    )
    await ledger.write(lambda transaction: residents(transaction, members, revision=2))
    await ledger.write(partial(owed_entry, reason=Reason.EXPIRED, revision=2))

    while await ledger.read(lambda conn: expand_fanouts(conn, NOON)):
        pass

    assert await owed_to(ledger) == [*(member for member, _ in members), "owner"]


async def test_fanout_reaches_the_residents_of_its_revision(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.write(
        lambda transaction: residents(transaction, (("new", "3b"),), revision=2)
    )

    assert set(await expanded(ledger)) == {"anna", "bo", "cleo"}


async def test_every_notification_has_its_own_tag(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    tags = {notification.tag for notification in (await expanded(ledger)).values()}

    assert len(tags) == 3
    assert all(len(tag) == len(TAG_PREFIX) + 32 for tag in tags)


async def test_admitted_entry_waits_for_its_outcome(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, outcome=None))

    assert await expanded(ledger) == {}
    assert (
        await ledger.read(lambda conn: next_due(conn, NOON + SECOND))
        == NOON + OUTCOME_WITHIN
    )

    await ledger.read(
        lambda conn: conn.execute(update(entries).values(outcome=Outcome.FAILED))
    )
    assert await outcomes(ledger) == {Outcome.FAILED}


async def outcomes(ledger: Ledger) -> set[Outcome | None]:
    notifications_due = (await expanded(ledger)).values()
    return {
        notification.entry.outcome
        for notification in notifications_due
        if notification.entry is not None
    }


async def test_missing_outcome_is_not_awaited_forever(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, outcome=None))
    later = NOON + OUTCOME_WITHIN

    assert await ledger.read(lambda conn: next_due(conn, later)) is None
    assert await ledger.read(lambda conn: expand_fanouts(conn, later)) is False
    assert {
        one.entry.outcome for one in await due(ledger, OUTCOME_WITHIN) if one.entry
    } == {None}


async def test_withdrawn_fanout_leaves_nothing_pending(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notifications_due = await expanded(ledger)
    await ledger.write(partial(owed_entry, entry_id="entry-2"))

    await ledger.read(
        lambda conn: owed.withdraw(conn, "entry-1", NotificationKind.ENTRY_REFUSED)
    )
    assert await count(ledger) == 3
    await ledger.read(
        lambda conn: owed.withdraw(conn, "entry-1", NotificationKind.ENTRY_ADMITTED)
    )

    assert await count(ledger) == 0
    left = await ledger.read(
        lambda conn: conn.execute(select(fanouts.c.entry_id)).scalars().all()
    )
    assert left == ["entry-2"]
    # One of them was being sent.
    await ledger.read(
        lambda conn: note_sent(
            conn, notifications_due["anna"].id, ["notify.a"], NOON, None
        )
    )
    assert await count(ledger) == 0


async def test_refusals_of_a_grant_are_enqueued_once_in_ten_minutes(
    ledger: Ledger,
) -> None:
    def refuse(transaction: Transaction, entry_id: str, at: datetime) -> None:
        refused = entry(transaction, entry_id, at, reason=Reason.EXPIRED)
        key = GrantKey("courier-1", "grant-1")
        owed.enqueue_refusal(transaction.conn, key, refused.seq, entry_id, 1, at)

    for number, at in enumerate(
        (NOON, NOON + REFUSAL_INTERVAL, NOON + REFUSAL_INTERVAL + SECOND)
    ):
        await ledger.write(partial(refuse, entry_id=f"entry-{number}", at=at))

    kept = await ledger.read(
        lambda conn: conn.execute(select(fanouts.c.entry_id)).scalars().all()
    )
    assert kept == ["entry-0", "entry-2"]


async def test_refusals_of_other_grants_are_still_enqueued(ledger: Ledger) -> None:
    keys = [
        GrantKey("courier-1", "grant-1"),
        GrantKey("courier-1", "grant-2"),
        GrantKey("courier-2", "grant-1"),
        GrantKey("courier-1", "grant-1"),
    ]

    def refuse(transaction: Transaction) -> None:
        for number, key in enumerate(keys):
            refused = entry(transaction, f"entry-{number}", reason=Reason.EXPIRED)
            owed.enqueue_refusal(
                transaction.conn, key, refused.seq, f"entry-{number}", 1, NOON
            )

    await ledger.write(refuse)

    told_of = await ledger.read(
        lambda conn: conn.execute(select(fanouts.c.entry_id)).scalars()
    )
    assert list(told_of) == ["entry-0", "entry-1", "entry-2"]


async def test_resident_is_notified_of_a_couriers_refusals_once_in_ten_minutes(
    ledger: Ledger,
) -> None:
    """A courier can invent grants, and other units beside a resident's own."""
    refused = partial(owed_entry, reason=Reason.EXPIRED)
    both = {"4a": "4A", "3b": "3B"}
    soon, later = NOON + REFUSAL_INTERVAL, NOON + REFUSAL_INTERVAL + SECOND
    await ledger.write(partial(refused, entry_id="first"))
    await ledger.write(
        partial(refused, entry_id="again", units={"3b": "3B", "9z": "9Z"})
    )
    await ledger.write(partial(refused, entry_id="wider", units=both, at=soon))
    await ledger.write(
        partial(refused, entry_id="rival", courier_id="courier-2", at=soon)
    )
    await ledger.write(partial(refused, entry_id="later", units=both, at=later))
    for _ in range(2):
        await ledger.read(lambda conn: expand_fanouts(conn, later))

    by_entry = await ledger.read(
        lambda conn: notification_status(
            conn, ["first", "again", "wider", "rival", "later"]
        )
    )
    assert {
        key: [one.resident_id for one in every] for key, every in by_entry.items()
    } == {
        "first": ["anna", "bo", OWNER],
        "again": [],
        "wider": ["cleo"],
        "rival": ["anna", "bo", OWNER],
        "later": ["anna", "bo", OWNER],
    }


async def test_admitted_entries_are_sent_despite_earlier_notifications(
    ledger: Ledger,
) -> None:
    await ledger.write(partial(owed_entry, entry_id="refused", reason=Reason.EXPIRED))
    await ledger.write(owed_entry)
    await ledger.write(partial(owed_entry, entry_id="entry-2"))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON))

    assert await count(ledger) == 3 + 3 + 3
