"""Test who is notified of an entry, and with what content."""

from datetime import timedelta
from functools import partial
from typing import Any

from custom_components.courier_access.access.model import (
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger import queue
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.outbox.due import (
    EntryDetails,
    NotificationState,
)
from custom_components.courier_access.ledger.outbox.expand import (
    FANOUTS_PER_STEP,
    NOTIFICATIONS_PER_STEP,
    OUTCOME_WITHIN,
    TAG_PREFIX,
    expand_fanouts,
)
from custom_components.courier_access.ledger.outbox.status import notification_status
from custom_components.courier_access.ledger.queue import (
    OWNER,
    REFUSAL_INTERVAL,
    NotificationKind,
)
from tests.ledger.filled import NOON, entry, owed_entry, residents

from .parts import LABELS, NOW, SECOND, Outbox

EVERYBODY = {"anna", "bo", "cleo"}
ENTRY_IDS = "SELECT entry_id FROM fanouts ORDER BY id"


async def test_admitted_entry_is_enqueued_for_every_resident(outbox: Outbox) -> None:
    await outbox.enter()

    found = await outbox.expanded()

    assert found.keys() == EVERYBODY
    assert {one.state for one in found.values()} == {NotificationState.PENDING}
    tags = {one.tag for one in found.values()}
    assert len(tags) == 3
    assert {len(tag) for tag in tags} == {len(TAG_PREFIX) + 32}
    # Expanding again adds nothing.
    assert await outbox.expand() == 1
    assert await outbox.count() == 3


async def test_refused_entry_is_enqueued_for_recipients_and_administrator(
    outbox: Outbox,
) -> None:
    await outbox.enter(reason=Reason.EXPIRED)
    unknown: dict[str, Any] = {"reason": Reason.UNKNOWN_GRANT, "units": {}}
    await outbox.enter("entry-2", courier_id="courier-2", **unknown)
    await outbox.expand()

    assert await outbox.readers() == ["anna", "bo", OWNER, OWNER]


async def test_only_recipients_get_unit_and_parcel(outbox: Outbox) -> None:
    recorded = await outbox.ledger.write(owed_entry)

    found = await outbox.expanded()

    for resident, is_recipient, unit, parcel_ref in (
        ("anna", True, "3B", "PKT-7"),
        ("cleo", False, None, None),
    ):
        one = found[resident]
        assert (one.recipient, one.unit, one.delivery.parcel_ref) == (
            is_recipient,
            unit,
            parcel_ref,
        )
        assert (one.kind, one.due_at) == (NotificationKind.ENTRY_ADMITTED, NOON)
        assert one.entry == EntryDetails(
            "entry-1",
            NOON,
            "Swift Parcels",
            "Front door",
            Proof.SIGNED,
            Outcome.OPENED,
            Reason.OK,
        )
        assert (one.seq, one.witness) == (recorded.seq, recorded.hash[:10].hex())


async def test_recipient_gets_only_their_own_unit(outbox: Outbox) -> None:
    await outbox.enter(units=LABELS)

    found = await outbox.expanded()

    assert (found["anna"].unit, found["cleo"].unit) == ("3B", "4 A")


async def test_erased_fields_are_not_sent(outbox: Outbox) -> None:
    await outbox.enter()
    await outbox.expand()
    await outbox.plant("DELETE FROM personal")

    [one] = [one for one in await outbox.due() if one.resident_id == "anna"]

    assert (one.recipient, one.unit, one.delivery.parcel_ref) == (True, None, None)


async def test_entry_without_units_has_no_recipients(outbox: Outbox) -> None:
    await outbox.enter()
    await outbox.plant("DELETE FROM personal")

    found = await outbox.expanded()

    assert [one.recipient for one in found.values()] == [False] * 3


async def test_fanouts_are_expanded_in_bounded_steps(outbox: Outbox) -> None:
    await outbox.enter(*(f"entry-{number}" for number in range(FANOUTS_PER_STEP + 1)))

    assert await outbox.expand() == 2
    assert await outbox.count() == 3 * (FANOUTS_PER_STEP + 1)


async def test_fanout_to_many_residents_is_one_row_until_expanded_in_steps(
    outbox: Outbox,
) -> None:
    members = await outbox.enroll(2 * NOTIFICATIONS_PER_STEP)
    await outbox.enter("entry-0", revision=2)
    await outbox.enter()
    assert await outbox.count() == 0

    counts = []
    while await outbox.do(expand_fanouts, NOON):
        counts.append(await outbox.count())

    assert counts == [NOTIFICATIONS_PER_STEP, 2 * NOTIFICATIONS_PER_STEP]
    assert await outbox.readers() == [*members, "anna", "bo", "cleo"]


async def test_refusal_reaches_each_of_many_residents(outbox: Outbox) -> None:
    members = await outbox.enroll(NOTIFICATIONS_PER_STEP + 1)
    await outbox.enter(reason=Reason.EXPIRED, revision=2)

    await outbox.expand()

    assert await outbox.readers() == [*members, OWNER]


async def test_fanout_reaches_the_residents_of_its_revision(outbox: Outbox) -> None:
    await outbox.enter()
    newer = partial(residents, members=(("new", "3b"),), revision=2)
    await outbox.ledger.write(newer)

    assert (await outbox.expanded()).keys() == EVERYBODY


async def test_admitted_entry_waits_for_its_outcome_but_not_forever(
    outbox: Outbox,
) -> None:
    async def outcomes(after: timedelta) -> set[Outcome | None]:
        await outbox.expand(after)
        return {one.entry.outcome for one in await outbox.due(after) if one.entry}

    await outbox.enter(outcome=None)
    assert await outcomes(NOW) == set()
    assert await outbox.next_due(SECOND) == OUTCOME_WITHIN
    await outbox.plant("UPDATE entries SET outcome = 'failed'")
    assert await outcomes(NOW) == {Outcome.FAILED}

    await outbox.enter("entry-2", outcome=None)
    assert await outcomes(OUTCOME_WITHIN) == {Outcome.FAILED, None}
    assert await outbox.count() == 6


async def test_withdrawn_fanout_leaves_nothing_pending(outbox: Outbox) -> None:
    await outbox.enter()
    found = await outbox.expanded()
    await outbox.enter("entry-2")

    for kind, left in (
        (NotificationKind.ENTRY_REFUSED, 3),
        (NotificationKind.ENTRY_ADMITTED, 0),
    ):
        await outbox.do(queue.withdraw, "entry-1", kind)
        assert await outbox.count() == left
    assert await outbox.rows(ENTRY_IDS, str) == ["entry-2"]
    # One of them was being sent.
    await outbox.send(found["anna"])
    assert await outbox.count() == 0


async def test_refusals_are_enqueued_once_a_grant_in_ten_minutes(
    outbox: Outbox,
) -> None:
    keys = [
        GrantKey("courier-1", "grant-1"),
        GrantKey("courier-1", "grant-2"),
        GrantKey("courier-2", "grant-1"),
    ]
    again = REFUSAL_INTERVAL + SECOND
    refusals = [*((key, NOW) for key in keys), (keys[0], REFUSAL_INTERVAL)]

    def refuse(transaction: Transaction) -> None:
        for number, (key, after) in enumerate([*refusals, (keys[0], again)]):
            at, entry_id = NOON + after, f"entry-{number}"
            refused = entry(transaction, entry_id, at, reason=Reason.EXPIRED)
            queue.enqueue_refusal(transaction.conn, key, refused.seq, entry_id, 1, at)

    await outbox.ledger.write(refuse)

    kept = [f"entry-{number}" for number in (0, 1, 2, 4)]
    assert await outbox.rows(ENTRY_IDS, str) == kept


async def test_resident_is_notified_of_a_couriers_refusals_once_in_ten_minutes(
    outbox: Outbox,
) -> None:
    """A courier can invent grants, and other units beside a resident's own."""
    refuse = partial(outbox.enter, reason=Reason.EXPIRED)
    both = {"4a": "4A", "3b": "3B"}
    soon, later = NOON + REFUSAL_INTERVAL, NOON + REFUSAL_INTERVAL + SECOND
    await refuse("first")
    await refuse("again", units={"3b": "3B", "9z": "9Z"})
    await refuse("wider", units=both, at=soon)
    await refuse("rival", courier_id="courier-2", at=soon)
    await refuse("later", units=both, at=later)
    for _ in range(2):
        await outbox.expand(REFUSAL_INTERVAL + SECOND)

    readers = {
        "first": ["anna", "bo", OWNER],
        "again": [],
        "wider": ["cleo"],
        "rival": ["anna", "bo", OWNER],
        "later": ["anna", "bo", OWNER],
    }
    by_entry = await outbox.do(notification_status, [*readers])
    found = {key: [one.resident_id for one in each] for key, each in by_entry.items()}
    assert found == readers


async def test_admitted_entries_are_sent_despite_earlier_notifications(
    outbox: Outbox,
) -> None:
    await outbox.enter("refused", reason=Reason.EXPIRED)
    await outbox.enter("entry-1", "entry-2")
    await outbox.expand()

    assert await outbox.count() == 3 + 3 + 3
