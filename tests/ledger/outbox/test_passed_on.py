"""Test messages passed on about an entry: recipients, number, and time limit."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import insert, select

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import redirected
from custom_components.courier_access.ledger.outbox.expand import (
    MAX_MESSAGES_PER_ENTRY,
    RECENT,
    Message,
    NotPassedOn,
    expand_fanouts,
    pass_on,
)
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.tables import (
    fanouts,
    notifications,
    residences,
)
from tests.ledger.filled import NOON, owed_entry

from .parts import MINUTE, SECOND, due

SHELF = Message("It is on the shelf.")


async def passed_on(
    ledger: Ledger,
    message: Message = SHELF,
    *,
    entry_id: str = "entry-1",
    door_id: str | None = None,
    at: datetime = NOON,
) -> NotPassedOn | None:
    return await ledger.write(
        partial(
            pass_on,
            entry_id=entry_id,
            door_id=door_id,
            message=message,
            set_revision=1,
            at=at,
        )
    )


async def readers(ledger: Ledger) -> list[str]:
    """Expand everything, and return who gets messages."""
    while await ledger.read(lambda conn: expand_fanouts(conn, NOON + MINUTE)):
        pass
    messages = (
        select(notifications.c.resident_id)
        .join(fanouts, fanouts.c.id == notifications.c.fanout_id)
        .where(fanouts.c.kind == NotificationKind.MESSAGE_PASSED_ON)
    )
    return sorted(
        await ledger.read(lambda conn: list(conn.execute(messages).scalars()))
    )


async def test_message_goes_only_to_recipients_of_the_entry(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    assert (
        await passed_on(ledger, Message("Here.", "Post", "/media/local/a.jpg")) is None
    )

    assert await readers(ledger) == ["anna", "bo"]
    notification = next(
        one
        for one in await due(ledger, MINUTE)
        if one.kind is NotificationKind.MESSAGE_PASSED_ON
    )
    assert notification.details == {
        "message": "Here.",
        "title": "Post",
        "image": "/media/local/a.jpg",
    }
    assert notification.entry is not None
    assert notification.seq == 1


async def test_message_waits_for_the_outcome_so_nobody_is_left_out(
    ledger: Ledger,
) -> None:
    await ledger.write(partial(owed_entry, outcome=None))
    await passed_on(ledger)
    await ledger.read(lambda conn: expand_fanouts(conn, NOON + SECOND))
    assert await due(ledger, SECOND) == []

    assert await readers(ledger) == ["anna", "bo"]


async def test_message_about_a_refused_entry_goes_to_residents_who_read_of_it(
    ledger: Ledger,
) -> None:
    for entry_id, units in (
        ("entry-1", {"4a": "4A"}),
        ("entry-2", {"4a": "4A", "3b": "3B"}),
    ):
        await ledger.write(
            partial(owed_entry, entry_id=entry_id, reason=Reason.PAUSED, units=units)
        )

    await passed_on(ledger, entry_id="entry-2")

    # Cleo read of the first one, and within ten minutes not of another.
    assert await readers(ledger) == ["anna", "bo"]


async def test_resident_in_anothers_place_is_no_recipient(ledger: Ledger) -> None:
    await ledger.write(owed_entry)
    await ledger.read(
        lambda conn: conn.execute(
            insert(residences),
            {
                "resident_id": "bo",
                "unit": "3b",
                "login": "none",
                "is_confirmed": True,
                "since": NOON,
                "since_seq": 2,
                "addressed": {},
            },
        )
    )

    await passed_on(ledger)

    assert await readers(ledger) == ["anna"]


async def test_resident_who_leaves_gets_it_through_former_targets(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    await passed_on(ledger)
    await readers(ledger)

    removed = FanOut(
        NotificationKind.RESIDENT_REMOVED,
        1,
        1,
        NOON,
        resident_id="bo",
        addressed={"name": "Bo"},
    )
    await ledger.read(lambda conn: enqueue_fan_out(conn, removed))
    await ledger.read(redirected.readdress)

    addressed = {
        notification.resident_id: notification.addressed
        for notification in await due(ledger, MINUTE)
        if notification.kind is NotificationKind.MESSAGE_PASSED_ON
    }
    assert addressed == {"anna": None, "bo": {"name": "Bo"}}


async def test_number_of_messages_is_limited_even_without_recipients(
    ledger: Ledger,
) -> None:
    await ledger.write(owed_entry)
    await ledger.write(partial(owed_entry, entry_id="entry-2", units={"9z": "9Z"}))
    await ledger.write(
        partial(owed_entry, entry_id="entry-3", reason=Reason.PAUSED, units={})
    )

    for entry_id in ("entry-1", "entry-2", "entry-3"):
        answers = [
            await passed_on(ledger, entry_id=entry_id)
            for _ in range(MAX_MESSAGES_PER_ENTRY + 1)
        ]
        assert answers == [*[None] * MAX_MESSAGES_PER_ENTRY, NotPassedOn.TOO_MANY]

    assert (
        await readers(ledger)
        == ["anna"] * MAX_MESSAGES_PER_ENTRY + ["bo"] * MAX_MESSAGES_PER_ENTRY
    )


async def test_message_must_match_a_recent_entry_and_its_door(ledger: Ledger) -> None:
    await ledger.write(owed_entry)

    assert await passed_on(ledger, door_id="door-1") is None
    assert await passed_on(ledger, door_id="door-2") is NotPassedOn.NO_SUCH_ENTRY
    assert await passed_on(ledger, entry_id="entry-9") is NotPassedOn.NO_SUCH_ENTRY
    assert await passed_on(ledger, at=NOON + RECENT) is None
    late = NOON + RECENT + timedelta(microseconds=1)
    assert await passed_on(ledger, at=late) is NotPassedOn.TOO_OLD
