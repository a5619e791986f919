"""Test that personal data is purged in time, except pending ones and evidence."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise

import pytest

from custom_components.courier_access.access.model import (
    Answer,
    Consent,
    DeliveryDetails,
    GrantKey,
    Issuer,
    IssuerKind,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox.due import note_attempt
from custom_components.courier_access.ledger.outbox.expand import (
    NOTIFICATIONS_PER_STEP,
    expand_fanouts,
)
from custom_components.courier_access.ledger.outbox.status import unreachable_residents
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state import (
    questions as asks,
)
from custom_components.courier_access.ledger.state.entries import (
    MessageKey,
    store_reply,
)
from custom_components.courier_access.ledger.state.grants import (
    REMEMBERED,
    GrantConflict,
    find_grant,
    put_grant,
    revoke_grant,
)
from custom_components.courier_access.ledger.state.residents import (
    LoginState,
    end_pauses,
    put_pause,
    put_residence,
)
from custom_components.courier_access.ledger.upkeep import purge
from custom_components.courier_access.ledger.upkeep.purge import Limits
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.parts import ANNA, GRANT, KEY, note
from tests.ledger.purging import DAY, MONTH, SECOND, count, kept, run, said
from tests.support.rows import row, rows
from tests.support.verified import verified


async def send_all(ledger: Ledger, at: datetime) -> None:
    """Send everybody what is pending, through one target."""

    def send(transaction: Transaction) -> None:
        conn = transaction.conn
        while expand_fanouts(conn, at):
            pass
        for notification_id in rows(conn, "SELECT id FROM notifications", int):
            note_attempt(conn, notification_id, ["phone"], at, None)

    await ledger.write(send)


async def test_value_and_salt_are_erased_exactly_in_time(ledger: Ledger) -> None:
    await ledger.write(partial(note, secret="3b"))

    await run(ledger, NOON + MONTH - SECOND)
    assert kept(ledger) == [("test", "secret")]

    await run(ledger, NOON + MONTH)
    assert kept(ledger) == []
    found = await verified(ledger)
    # The second one records the purge itself.
    assert (found.intact, found.records) == (True, 2)


async def test_long_log_is_erased_in_small_steps(ledger: Ledger) -> None:
    def fill(transaction: Transaction) -> None:
        for number in range(2 * purge.STEP + 1):
            note(transaction, secret=str(number))

    await ledger.write(fill)

    assert await run(ledger, NOON + MONTH) == len(purge.JOBS) + 2
    assert kept(ledger) == []


async def test_sent_entry_is_purged_with_its_notifications(ledger: Ledger) -> None:
    await ledger.write(residents)
    await ledger.write(owed_entry)

    await run(ledger, NOON + MONTH)
    assert count(ledger, "fanouts") == 1
    assert ("entry.admitted", "units") in kept(ledger)

    await ledger.write(
        lambda transaction: expand_fanouts(transaction.conn, NOON + MONTH)
    )
    await run(ledger, NOON + MONTH)
    assert count(ledger, "notifications") == 3
    assert ("entry.admitted", "units") in kept(ledger)

    await send_all(ledger, NOON + MONTH)
    await run(ledger, NOON + MONTH)
    assert (count(ledger, "notifications"), count(ledger, "fanouts")) == (0, 0)
    assert kept(ledger) == []


@pytest.mark.parametrize("more", [-1, 0, 1])
async def test_many_notifications_are_purged_in_small_steps(
    ledger: Ledger, more: int
) -> None:
    many = 2 * NOTIFICATIONS_PER_STEP + more
    members = tuple((f"resident-{number}", "3b") for number in range(many))
    await ledger.write(lambda transaction: residents(transaction, members))
    await ledger.write(owed_entry)
    await send_all(ledger, NOON)

    left, limits = [many], Limits(NOON + MONTH, MONTH, MONTH)
    after: int | None = 0
    while after is not None:
        went_on = partial(
            purge.step, job=purge.sent_fanouts, limits=limits, after=after
        )
        after = await ledger.write(went_on)
        left.append(count(ledger, "notifications"))

    assert max(before - now for before, now in pairwise(left)) <= NOTIFICATIONS_PER_STEP
    assert (left[-1], count(ledger, "fanouts")) == (0, 0)


async def test_unreachable_resident_stays_known_without_content(ledger: Ledger) -> None:
    def fail(transaction: Transaction) -> None:
        conn = transaction.conn
        put_residence(conn, ANNA, LoginState.LINKED, NOON, 1, {})
        expand_fanouts(conn, NOON)
        for notification_id in rows(conn, "SELECT id FROM notifications", int):
            note_attempt(conn, notification_id, [], NOON, None)

    def pause(transaction: Transaction) -> None:
        kind, units = NotificationKind.ACCESS_PAUSED, {"3b": "3B"}
        paused = FanOut(kind, 1, 1, NOON, units=units, details={"until": "then"})
        enqueue_fan_out(transaction.conn, paused)

    await ledger.write(residents)
    for work in (owed_entry, partial(owed_entry, entry_id="entry-2"), pause, fail):
        await ledger.write(work)
    await ledger.write(partial(residents, members=(("anna", "4a"),), revision=2))

    now = NOON + MONTH
    await run(ledger, now)

    unreachable = await ledger.read(partial(unreachable_residents, now=now))
    assert unreachable.keys() == {"anna"}
    assert count(ledger, "notifications") == 1
    left = "SELECT units, details, addressed, set_revision FROM fanouts"
    kind = tuple[str, str, str | None, int]
    assert row(ledger.path, left, kind) == ("{}", "{}", None, 2)
    assert count(ledger, "resident_sets") == 1


async def test_announcement_stays_while_it_can_be_vetoed(ledger: Ledger) -> None:
    end = NOON + 20 * DAY

    def announce(transaction: Transaction) -> None:
        put_grant(transaction, replace(GRANT, units={}, ends_at=end), NOON)
        note(transaction)
        kind, units = NotificationKind.DELIVERY_ANNOUNCED, {"3b": "3B"}
        announced = FanOut(kind, 1, 1, NOON, units=units, key=KEY)
        enqueue_fan_out(transaction.conn, announced)

    await ledger.write(residents)
    await ledger.write(announce)
    await send_all(ledger, NOON)

    for now, left in ((end - SECOND, 1), (end, 0)):
        await run(ledger, now, 7 * DAY)
        assert count(ledger, "fanouts") == left


async def test_grant_is_deleted_seven_days_after_its_end_with_its_questions(
    ledger: Ledger,
) -> None:
    def write(transaction: Transaction) -> None:
        put_grant(transaction, replace(GRANT, units={}), NOON)
        asked = {"digest": asks.Asked("anna", "3b")}
        ask_id = asks.begin(transaction, KEY, "door-1", Proof.SIGNED, asked, NOON)
        assert ask_id is not None
        given = asks.Answered(asked["digest"], Answer.APPROVED, NOON)
        assert asks.answer(transaction, ask_id, KEY, given, "user-anna")

    await ledger.write(write)
    await run(ledger, NOON + DAY)
    assert count(ledger, "answers") == 0
    assert row(ledger.path, "SELECT tokens FROM asks", str) == "{}"

    over = GRANT.ends_at + REMEMBERED
    for now, left in ((over - SECOND, 1), (over, 0)):
        await run(ledger, now)
        for table in ("grants", "asks"):
            assert count(ledger, table) == left
    assert count(ledger, "grant_units") == 0


async def test_revoked_grant_keeps_only_its_revocation(ledger: Ledger) -> None:
    def write(transaction: Transaction) -> None:
        said(transaction, NOON, Consent.GIVEN)
        put_residence(transaction.conn, ANNA, LoginState.LINKED, NOON, 1, {})
        units = {"3b": GRANT.units["3b"]}
        issuer = Issuer(IssuerKind.OWNER, "user-olga")
        grant = replace(
            GRANT, units=units, delivery=DeliveryDetails("PKT-7", "d-9"), issuer=issuer
        )
        put_grant(transaction, grant, NOON)
        revoke_grant(transaction, KEY, NOON)
        revoke_grant(transaction, GrantKey("courier-1", "never seen"), NOON)

    await ledger.write(write)

    await run(ledger, NOON + 7 * DAY, 7 * DAY)
    assert count(ledger, "grant_units") == 1
    await run(ledger, GRANT.ends_at + 7 * DAY, 7 * DAY)
    left = await ledger.read(lambda conn: find_grant(conn, KEY))
    assert left is not None
    assert (left.state, left.units, left.content) == ("revoked", {}, "")
    assert (left.delivery, left.issuer) == (DeliveryDetails(), None)
    ids = rows(ledger.path, "SELECT grant_id FROM grants", str)
    assert len(ids) == 2
    assert not {KEY.grant_id, "never seen"} & set(ids)

    # It stays revoked: no revision brings it back, and a second revocation adds
    # nothing.
    revised = replace(GRANT, revision=9)
    with pytest.raises(GrantConflict):
        await ledger.write(partial(put_grant, grant=revised, at=NOON))
    await ledger.write(partial(revoke_grant, key=KEY, at=NOON))
    assert count(ledger, "grants") == 2
    assert (await verified(ledger)).intact
    await run(ledger, NOON + 37 * DAY, 7 * DAY)
    assert count(ledger, "grants") == 0


async def test_replies_are_deleted_when_no_longer_replayed(ledger: Ledger) -> None:
    def store(transaction: Transaction) -> None:
        for number in range(purge.STEP + 1):
            message = MessageKey("courier-1", f"message-{number}", b"body" * 8)
            store_reply(transaction, message, "{}", NOON + DAY)

    await ledger.write(store)

    for now, left in ((NOON + DAY - SECOND, purge.STEP + 1), (NOON + DAY, 0)):
        await run(ledger, now)
        assert count(ledger, "replies") == left


async def test_ended_pauses_are_deleted_and_ids_not_reused(ledger: Ledger) -> None:
    def pause(transaction: Transaction, until: datetime = NOON + DAY) -> int:
        return put_pause(transaction, NOON, until, unit="3b").id

    def resumed(transaction: Transaction) -> None:
        end_pauses(transaction, [put_pause(transaction, NOON, NOON + 99 * DAY)], NOON)

    first = await ledger.write(pause)
    await ledger.write(resumed)

    await run(ledger, NOON + MONTH)
    assert count(ledger, "pauses") == 1
    await run(ledger, NOON + DAY + MONTH)
    assert count(ledger, "pauses") == 0
    assert await ledger.write(pause) > first + 1


async def test_old_resident_sets_are_deleted_unless_needed(ledger: Ledger) -> None:
    for members in ((("bo", "3b"),), (("anna", "3b"),), ()):
        revision = count(ledger, "resident_sets") + 1
        await ledger.write(partial(residents, members=members, revision=revision))
    await ledger.write(partial(owed_entry, reason=Reason.VETOED))

    await run(ledger, NOON + MONTH)

    query = "SELECT revision FROM resident_sets ORDER BY revision"
    assert rows(ledger.path, query, int) == [1, 3]
