"""Other people's deliveries told together once a day: held, told as one, never lost (promise 2)."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import datetime, timedelta
from functools import partial

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger import queue as owed
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import digest as held_notifications
from custom_components.courier_access.ledger.outbox.due import Notification, next_due
from custom_components.courier_access.ledger.outbox.expand import (
    MAX_DIGEST_DELAY,
    NotificationState,
    expand_fanouts,
    hasten_notifications,
    note_delivered,
    note_postponed,
    note_sent,
    note_settled,
)
from custom_components.courier_access.ledger.outbox.status import unreachable_residents
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.ledger.filled import NOON, owed_entry

from .parts import MINUTE, SECOND, count, due, status

HOUR = timedelta(hours=1)
EVENING = NOON + 8 * HOUR
DIGESTS = {"anna": EVENING, "cleo": EVENING}


async def held(
    ledger: Ledger, *entry_ids: str, digests: Mapping[str, datetime] = DIGESTS
) -> None:
    """Let these entries happen at noon and be owed."""
    for entry_id in entry_ids:
        await ledger.write(partial(owed_entry, entry_id=entry_id))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON, digests))


async def gathered(ledger: Ledger, at: datetime = EVENING) -> list[Notification]:
    """Return what of Cleo's is due at that time."""
    await ledger.read(lambda conn: held_notifications.gather(conn, at))
    return [one for one in await due(ledger, at - NOON) if one.resident_id == "cleo"]


async def states(
    ledger: Ledger, *entry_ids: str
) -> set[tuple[NotificationState, tuple[str, ...]]]:
    found = [await status(ledger, "cleo", entry_id) for entry_id in entry_ids]
    return {(one.state, one.over) for one in found}


async def test_deliveries_to_others_wait_and_ones_own_do_not(ledger: Ledger) -> None:
    await held(ledger, "first", "second")

    assert {one.resident_id for one in await due(ledger)} == {"anna", "bo"}
    assert await gathered(ledger, EVENING - SECOND) == []
    [together] = await gathered(ledger)
    assert [
        one.entry.entry_id for one in (together, *together.others) if one.entry
    ] == ["first", "second"]
    assert together.due_at == EVENING
    assert not any(one.recipient for one in (together, *together.others))


async def test_it_is_told_at_its_time_and_not_before(ledger: Ledger) -> None:
    await held(ledger, "first")
    for notification in await due(ledger):
        await ledger.read(partial(note_settled, notification_id=notification.id))

    assert await ledger.read(lambda conn: next_due(conn, NOON)) == EVENING
    await ledger.read(lambda conn: hasten_notifications(conn, NOON + MINUTE))
    assert await gathered(ledger, NOON + MINUTE) == []


async def test_nothing_is_held_for_more_than_a_day(ledger: Ledger) -> None:
    await held(ledger, "first", digests={"cleo": NOON + timedelta(days=9)})

    [notification] = await gathered(ledger, NOON + MAX_DIGEST_DELAY)

    assert notification.due_at == NOON + MAX_DIGEST_DELAY


async def test_refusals_are_not_held(ledger: Ledger) -> None:
    await ledger.write(partial(owed_entry, reason=Reason.EXPIRED, units={"4a": "4A"}))
    await ledger.read(lambda conn: expand_fanouts(conn, NOON, DIGESTS))

    assert "cleo" in {one.resident_id for one in await due(ledger)}


async def test_all_of_it_is_handed_over_and_confirmed_by_one_tag(
    ledger: Ledger,
) -> None:
    await held(ledger, "first", "second")
    [together] = await gathered(ledger)

    await ledger.read(
        lambda conn: note_sent(
            conn, together.id, ["notify.app"], EVENING, EVENING + 2 * MINUTE
        )
    )
    assert await states(ledger, "first", "second") == {
        (NotificationState.SENT, ("notify.app",))
    }
    [again] = await gathered(ledger, EVENING + 2 * MINUTE)
    assert (again.id, again.tag, len(again.others)) == (together.id, together.tag, 1)

    assert await ledger.read(
        lambda conn: note_delivered(conn, again.tag, ["cleo"], EVENING)
    )
    assert await states(ledger, "first", "second") == {
        (NotificationState.DELIVERED, ("notify.app",))
    }
    assert await gathered(ledger, EVENING + timedelta(days=2)) == []


async def test_all_of_it_is_tried_again_and_given_up_as_one(ledger: Ledger) -> None:
    await held(ledger, "first", "second")
    [together] = await gathered(ledger)
    await ledger.read(lambda conn: note_postponed(conn, together.id, EVENING + MINUTE))
    assert await gathered(ledger) == []

    # After a start at once, since its time has come.
    await ledger.read(lambda conn: hasten_notifications(conn, EVENING + SECOND))
    [again] = await gathered(ledger, EVENING + SECOND)
    assert (again.id, again.attempts, len(again.others)) == (together.id, 1, 1)

    await ledger.read(lambda conn: note_settled(conn, together.id))
    assert await states(ledger, "first", "second") == {
        (NotificationState.UNDELIVERABLE, ())
    }


async def test_what_comes_while_it_is_under_way_is_told_by_itself(
    ledger: Ledger,
) -> None:
    await held(ledger, "first")
    [sent] = await gathered(ledger)
    await held(ledger, "late")

    [_, late] = await gathered(ledger)
    await ledger.read(
        lambda conn: note_sent(conn, sent.id, ["notify.a"], EVENING, None)
    )

    assert (sent.others, late.others) == ((), ())
    assert await states(ledger, "first") == {(NotificationState.SENT, ("notify.a",))}
    assert await states(ledger, "late") == {(NotificationState.PENDING, ())}


async def test_what_was_held_goes_out_at_its_time_whatever_is_wanted_now(
    ledger: Ledger,
) -> None:
    await held(ledger, "first")
    await held(ledger, "second", digests={})
    await held(ledger, "third", digests={"cleo": NOON + HOUR})

    at_once = await gathered(ledger, NOON)
    assert [one.entry.entry_id for one in at_once if one.entry] == ["second"]
    await ledger.read(lambda conn: note_settled(conn, at_once[0].id))
    [sooner] = await gathered(ledger, NOON + HOUR)
    assert sooner.entry is not None
    assert sooner.entry.entry_id == "third"
    both = await gathered(ledger)
    assert {one.entry.entry_id for one in both if one.entry} == {"first", "third"}
    assert not any(one.others for one in both)


async def test_a_withdrawn_entry_takes_nothing_with_it(ledger: Ledger) -> None:
    await held(ledger, "first", "second", "third")
    await gathered(ledger)

    await ledger.read(
        lambda conn: owed.withdraw(conn, "first", NotificationKind.ENTRY_ADMITTED)
    )

    [together] = await gathered(ledger)
    assert together.entry is not None
    assert (together.entry.entry_id, len(together.others)) == ("second", 1)
    assert await count(ledger) == 6


async def test_nobody_is_unreachable_while_their_digest_is_held(ledger: Ledger) -> None:
    await held(ledger, "first", "second")
    [together] = await gathered(ledger)
    await ledger.read(
        lambda conn: note_postponed(conn, together.id, EVENING + 3 * HOUR)
    )

    async def unreachable(at: datetime) -> AbstractSet[str]:
        return (await ledger.read(lambda conn: unreachable_residents(conn, at))).keys()

    assert await unreachable(EVENING + HOUR - SECOND) == set()
    assert (
        await ledger.read(lambda conn: next_due(conn, EVENING + SECOND))
        == EVENING + HOUR
    )
    assert await unreachable(EVENING + HOUR) == {"cleo"}
