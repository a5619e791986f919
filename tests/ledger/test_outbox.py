"""The outbox on the disk: who is owed what, and how far it came."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from custom_components.courier_access.access.model import Outcome, Reason
from custom_components.courier_access.ledger import outbox, told
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import (
    FANOUTS_A_STEP,
    OUTCOME_WITHIN,
    UNREACHABLE_AFTER,
    FanoutKind,
    Notice,
    NoticeState,
)
from custom_components.courier_access.ledger.tables import entries, fanouts, notices, personal
from custom_components.courier_access.ledger.told import Told
from tests.ledger.filled import NOON, entry, owed_entry, residents

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncGenerator[Ledger]:
    made = Ledger(tmp_path / "building.db")
    await made.open()
    await made.write(residents)
    yield made
    await made.close()


async def expanded(ledger: Ledger) -> dict[str, Notice]:
    """Expand what is owed and return what is due, by resident."""
    await ledger.read(lambda conn: outbox.expand(conn, NOON))
    return {notice.resident_id: notice for notice in await due(ledger)}


async def due(ledger: Ledger, after: timedelta = timedelta(), limit: int = 100) -> list[Notice]:
    return await ledger.read(lambda conn: outbox.due(conn, NOON + after, limit))


async def status(ledger: Ledger, resident_id: str, entry_id: str = "entry-1") -> Told:
    by_entry = await ledger.read(lambda conn: told.for_entries(conn, [entry_id]))
    [found] = [one for one in by_entry[entry_id] if one.resident_id == resident_id]
    return found


async def count(ledger: Ledger) -> int:
    return await ledger.read(
        lambda conn: conn.execute(select(func.count()).select_from(notices)).scalar_one()
    )


async def test_an_admitted_entry_is_owed_to_every_resident(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    notices_due = await expanded(ledger)

    assert set(notices_due) == {"anna", "bo", "cleo"}
    assert {notice.state for notice in notices_due.values()} == {NoticeState.OWED}


async def test_a_refusal_is_owed_to_its_recipients_only(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.EXPIRED))

    assert set(await expanded(ledger)) == {"anna", "bo"}


async def test_a_refusal_without_units_is_owed_to_nobody(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.UNKNOWN_GRANT, units={}))

    assert await expanded(ledger) == {}
    assert await ledger.read(lambda conn: outbox.next_due(conn, NOON)) is None


async def test_what_is_owed_costs_one_row_however_many_residents(ledger: Ledger) -> None:
    many = tuple((f"resident-{number}", "3b") for number in range(200))
    await ledger.write(lambda transaction: residents(transaction, many, revision=2))
    await ledger.write(partial(owed_entry, revision=2))

    assert await count(ledger) == 0
    await ledger.read(lambda conn: outbox.expand(conn, NOON))
    assert await count(ledger) == 200


async def test_only_recipients_get_unit_and_parcel(ledger: Ledger) -> None:
    recorded = await ledger.write(owed_entry)

    notices_due = await expanded(ledger)

    recipient, neighbour = notices_due["anna"], notices_due["cleo"]
    assert (recipient.recipient, recipient.unit, recipient.parcel_ref) == (True, "3B", "PKT-7")
    assert (neighbour.recipient, neighbour.unit, neighbour.parcel_ref) == (False, None, None)
    for notice in (recipient, neighbour):
        assert notice.courier_name == "Swift Parcels"
        assert notice.door_name == "Front door"
        assert notice.at == notice.owed_at == NOON
        assert notice.kind is FanoutKind.ENTRY_ADMITTED
        assert notice.outcome is Outcome.OPENED
        assert notice.entry_id == "entry-1"
        assert (notice.seq, notice.witness) == (recorded.seq, recorded.witness)


async def test_a_recipient_is_told_only_their_own_unit(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, units={"3b": "3B", "4a": "4 A"}))
    await ledger.write(
        lambda transaction: transaction.conn.execute(
            update(personal)
            .where(personal.c.field == "unit_labels")
            .values(value='{"3b": "3B", "4a": "4 A"}')
        )
    )

    notices_due = await expanded(ledger)

    assert notices_due["anna"].unit == "3B"
    assert notices_due["cleo"].unit == "4 A"


async def test_erased_fields_are_not_told(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.read(lambda conn: outbox.expand(conn, NOON))
    await ledger.read(lambda conn: conn.execute(delete(personal)))

    [notice] = [one for one in await due(ledger) if one.resident_id == "anna"]

    assert notice.recipient
    assert notice.unit is None
    assert notice.parcel_ref is None


async def test_without_its_units_an_entry_has_no_recipients(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.read(lambda conn: conn.execute(delete(personal)))

    notices_due = await expanded(ledger)

    assert len(notices_due) == 3
    assert not any(notice.recipient for notice in notices_due.values())


async def test_expanding_again_adds_nothing(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    assert await ledger.read(lambda conn: outbox.expand(conn, NOON)) == 1
    assert await ledger.read(lambda conn: outbox.expand(conn, NOON)) == 0
    assert await count(ledger) == 3


async def test_fanouts_are_expanded_in_bounded_steps(ledger: Ledger) -> None:
    for number in range(FANOUTS_A_STEP + 1):
        await ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))

    steps = [await ledger.read(lambda conn: outbox.expand(conn, NOON)) for _ in range(3)]

    assert steps == [FANOUTS_A_STEP, 1, 0]


async def test_a_fanout_tells_the_residents_of_its_own_revision(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.write(lambda transaction: residents(transaction, (("new", "3b"),), revision=2))

    assert set(await expanded(ledger)) == {"anna", "bo", "cleo"}


async def test_every_notice_has_a_tag_of_its_own(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    tags = {notice.tag for notice in (await expanded(ledger)).values()}

    assert len(tags) == 3
    assert all(len(tag) == len(outbox.TAG_PREFIX) + 32 for tag in tags)


async def test_an_admitted_entry_waits_for_its_outcome(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, outcome=None))

    assert await expanded(ledger) == {}
    assert (
        await ledger.read(lambda conn: outbox.next_due(conn, NOON + SECOND))
        == NOON + OUTCOME_WITHIN
    )

    await ledger.read(lambda conn: conn.execute(update(entries).values(outcome=Outcome.FAILED)))
    assert {notice.outcome for notice in (await expanded(ledger)).values()} == {Outcome.FAILED}


async def test_an_outcome_that_never_comes_is_not_waited_for(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, outcome=None))
    later = NOON + OUTCOME_WITHIN

    assert await ledger.read(lambda conn: outbox.next_due(conn, later)) is None
    assert await ledger.read(lambda conn: outbox.expand(conn, later)) == 1
    assert {notice.outcome for notice in await due(ledger, OUTCOME_WITHIN)} == {None}


async def test_a_withdrawn_fanout_leaves_nothing_owed(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notices_due = await expanded(ledger)
    await ledger.write(partial(owed_entry, entry_id="entry-2"))

    await ledger.read(lambda conn: outbox.withdraw(conn, "entry-1", FanoutKind.ENTRY_REFUSED))
    assert await count(ledger) == 3
    await ledger.read(lambda conn: outbox.withdraw(conn, "entry-1", FanoutKind.ENTRY_ADMITTED))

    assert await count(ledger) == 0
    left = await ledger.read(lambda conn: conn.execute(select(fanouts.c.entry_id)).scalars().all())
    assert left == ["entry-2"]
    # One of them was being sent.
    await ledger.read(
        lambda conn: outbox.handed_over(conn, notices_due["anna"].id, "notify.a", NOON, None)
    )
    assert await count(ledger) == 0


async def test_a_told_refusal_is_found_by_grant_and_time(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.write(
        partial(owed_entry, entry_id="entry-2", at=NOON + MINUTE, reason=Reason.EXPIRED)
    )

    def check(conn: Connection) -> list[bool]:
        return [
            outbox.refusal_told_since(conn, courier_id, grant_id, NOON + since * MINUTE)
            for courier_id, grant_id, since in (
                ("courier-1", "grant-1", 0),
                ("courier-1", "grant-1", 1),
                ("courier-1", "grant-1", 2),
                ("courier-1", "grant-2", 0),
                ("courier-2", "grant-1", 0),
            )
        ]

    assert await ledger.read(check) == [True, True, False, False, False]


async def test_an_untold_refusal_is_not_found(ledger: Ledger) -> None:
    await ledger.write(partial(entry, reason=Reason.EXPIRED))

    assert not await ledger.read(
        lambda conn: outbox.refusal_told_since(conn, "courier-1", "grant-1", NOON - MINUTE)
    )


async def test_what_is_due_is_limited_and_leaves_out_what_is_being_sent(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    first, second, third = (await expanded(ledger)).values()

    assert await due(ledger, limit=2) == [first, second]
    assert await ledger.read(lambda conn: outbox.due(conn, NOON, 2, {first.id, third.id})) == [
        second
    ]
    assert await due(ledger, limit=0) == []


async def test_a_notice_is_handed_over_for_good(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]

    await ledger.read(
        lambda conn: outbox.handed_over(conn, notice.id, "notify.letter", NOON + SECOND, None)
    )

    assert notice.id not in {one.id for one in await due(ledger, timedelta(days=2))}
    assert await status(ledger, "anna") == Told(
        kind=FanoutKind.ENTRY_ADMITTED,
        resident_id="anna",
        recipient=True,
        state=NoticeState.HANDED_OVER,
        over=("notify.letter",),
        attempts=1,
        owed_at=NOON,
        handed_over_at=NOON + SECOND,
        confirmed_at=None,
    )


async def test_an_unconfirmed_notice_comes_up_again_with_what_it_went_over(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: outbox.handed_over(conn, notice.id, "notify.app", NOON, NOON + 2 * MINUTE)
    )
    assert notice.id not in {one.id for one in await due(ledger, 2 * MINUTE - SECOND)}

    [again] = [one for one in await due(ledger, 2 * MINUTE) if one.id == notice.id]
    assert (again.state, again.over, again.tag) == (
        NoticeState.HANDED_OVER,
        ("notify.app",),
        notice.tag,
    )

    await ledger.read(
        lambda conn: outbox.handed_over(conn, notice.id, "notify.b", NOON + 2 * MINUTE, None)
    )
    assert (await status(ledger, "anna")).over == ("notify.app", "notify.b")


async def test_a_confirmed_notice_is_done(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: outbox.handed_over(conn, notice.id, "notify.app", NOON, NOON + 2 * MINUTE)
    )

    assert await ledger.read(
        lambda conn: outbox.confirmed(conn, notice.tag, ["anna"], NOON + SECOND)
    )

    found = await status(ledger, "anna")
    assert (found.state, found.handed_over_at, found.confirmed_at) == (
        NoticeState.CONFIRMED,
        NOON,
        NOON + SECOND,
    )
    assert notice.id not in {one.id for one in await due(ledger, timedelta(days=2))}


@pytest.mark.parametrize("residents_who_may", [["bo"], []])
async def test_a_receipt_of_somebody_else_confirms_nothing(
    ledger: Ledger, residents_who_may: list[str]
) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]

    assert not await ledger.read(
        lambda conn: outbox.confirmed(conn, notice.tag, residents_who_may, NOON)
    )
    assert not await ledger.read(lambda conn: outbox.confirmed(conn, "guessed", ["anna"], NOON))
    assert (await status(ledger, "anna")).state is NoticeState.OWED


async def test_a_second_receipt_changes_nothing(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]
    await ledger.read(lambda conn: outbox.confirmed(conn, notice.tag, ["anna"], NOON))

    assert not await ledger.read(
        lambda conn: outbox.confirmed(conn, notice.tag, ["anna"], NOON + MINUTE)
    )
    assert (await status(ledger, "anna")).confirmed_at == NOON


@pytest.mark.parametrize("next_at", [None, NOON + 2 * MINUTE])
async def test_a_receipt_may_come_before_the_hand_over_is_noted(
    ledger: Ledger, next_at: datetime | None
) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]

    await ledger.read(lambda conn: outbox.confirmed(conn, notice.tag, ["anna"], NOON))
    assert (await status(ledger, "anna")).handed_over_at == NOON
    await ledger.read(
        lambda conn: outbox.handed_over(conn, notice.id, "notify.app", NOON + SECOND, next_at)
    )

    found = await status(ledger, "anna")
    assert (found.state, found.over) == (NoticeState.CONFIRMED, ("notify.app",))
    assert notice.id not in {one.id for one in await due(ledger, timedelta(days=2))}


async def test_a_postponed_notice_waits_for_its_time(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    for notice in (await expanded(ledger)).values():
        await ledger.read(
            partial(outbox.postponed, notice_id=notice.id, next_at=NOON + 10 * SECOND)
        )

    assert await due(ledger, 9 * SECOND) == []
    assert await ledger.read(lambda conn: outbox.next_due(conn, NOON)) == NOON + 10 * SECOND
    assert [one.attempts for one in await due(ledger, 10 * SECOND)] == [1, 1, 1]


async def test_a_confirmed_notice_can_not_be_postponed(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notice = (await expanded(ledger))["anna"]
    await ledger.read(lambda conn: outbox.confirmed(conn, notice.tag, ["anna"], NOON))

    await ledger.read(lambda conn: outbox.postponed(conn, notice.id, NOON))

    assert notice.id not in {one.id for one in await due(ledger)}


async def test_a_start_tries_what_is_owed_at_once_but_waits_for_confirmations(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    notices_due = await expanded(ledger)
    await ledger.read(
        lambda conn: outbox.postponed(conn, notices_due["anna"].id, NOON + 10 * MINUTE)
    )
    await ledger.read(
        lambda conn: outbox.handed_over(
            conn, notices_due["bo"].id, "notify.app", NOON, NOON + 2 * MINUTE
        )
    )

    await ledger.read(lambda conn: outbox.hasten(conn, NOON + SECOND))

    assert {one.resident_id for one in await due(ledger, SECOND)} == {"anna", "cleo"}


async def test_giving_up_fails_only_what_nobody_took(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notices_due = await expanded(ledger)
    await ledger.read(
        lambda conn: outbox.handed_over(
            conn, notices_due["bo"].id, "notify.app", NOON, NOON + 2 * MINUTE
        )
    )

    for notice in notices_due.values():
        await ledger.read(partial(outbox.settled, notice_id=notice.id))

    assert (await status(ledger, "anna")).state is NoticeState.FAILED
    assert (await status(ledger, "bo")).state is NoticeState.HANDED_OVER
    assert await due(ledger, timedelta(days=2)) == []


async def test_notices_of_residents_who_are_gone_are_given_up(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notices_due = await expanded(ledger)
    await ledger.read(
        lambda conn: outbox.handed_over(conn, notices_due["cleo"].id, "notify.c", NOON, None)
    )

    await ledger.read(lambda conn: outbox.abandon(conn, {"bo"}))

    assert (await status(ledger, "anna")).state is NoticeState.FAILED
    assert (await status(ledger, "bo")).state is NoticeState.OWED
    assert (await status(ledger, "cleo")).state is NoticeState.HANDED_OVER
    assert {one.resident_id for one in await due(ledger)} == {"bo"}


async def test_where_nobody_is_left_everything_is_given_up(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await expanded(ledger)

    await ledger.read(lambda conn: outbox.abandon(conn, ()))

    assert await due(ledger) == []


async def test_whoever_was_tried_in_vain_for_an_hour_is_unreachable(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    notices_due = await expanded(ledger)
    await ledger.read(
        lambda conn: outbox.postponed(conn, notices_due["anna"].id, NOON + 2 * UNREACHABLE_AFTER)
    )

    async def unreachable_after(wait: timedelta) -> frozenset[str]:
        return await ledger.read(lambda conn: told.unreachable(conn, NOON + wait))

    assert await unreachable_after(UNREACHABLE_AFTER - SECOND) == set()
    assert (
        await ledger.read(lambda conn: outbox.next_due(conn, NOON + SECOND))
        == NOON + UNREACHABLE_AFTER
    )
    assert await unreachable_after(UNREACHABLE_AFTER) == {"anna"}


async def test_a_failed_notice_makes_unreachable_until_a_later_one_is_taken(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    first = (await expanded(ledger))["anna"]
    await ledger.read(lambda conn: outbox.settled(conn, first.id))
    assert await ledger.read(lambda conn: told.unreachable(conn, NOON)) == {"anna"}

    await ledger.write(partial(owed_entry, entry_id="entry-2", at=NOON + MINUTE))
    second = (await expanded(ledger))["anna"]
    await ledger.read(
        lambda conn: outbox.handed_over(conn, second.id, "notify.a", NOON + MINUTE, None)
    )

    assert await ledger.read(lambda conn: told.unreachable(conn, NOON + MINUTE)) == set()


async def test_an_entry_that_is_not_told_yet_reads_as_told_to_nobody(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    by_entry = await ledger.read(lambda conn: told.for_entries(conn, ["entry-1", "entry-2"]))

    assert by_entry == {"entry-1": (), "entry-2": ()}
