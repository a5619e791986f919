"""Test messages passed on about an entry: recipients, number, and time limit."""

from datetime import datetime, timedelta
from functools import partial

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.outbox import due
from custom_components.courier_access.ledger.outbox.fanout import (
    MAX_MESSAGES_PER_ENTRY,
    RECENT,
    Message,
    NotPassedOn,
    pass_on,
)
from custom_components.courier_access.ledger.outbox.status import notification_status
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from tests.ledger.filled import NOON

from .parts import MINUTE, SECOND, Outbox

SHELF = Message("It is on the shelf.")


async def passed_on(
    outbox: Outbox,
    message: Message = SHELF,
    *,
    entry_id: str = "entry-1",
    door_id: str | None = None,
    at: datetime = NOON,
) -> NotPassedOn | None:
    return await outbox.ledger.write(
        partial(
            pass_on,
            entry_id=entry_id,
            door_id=door_id,
            message=message,
            set_revision=1,
            at=at,
        )
    )


async def readers(outbox: Outbox) -> list[str]:
    """Expand everything; return the residents who get messages."""
    await outbox.expand(MINUTE)
    messages = """
        SELECT n.resident_id FROM notifications n JOIN fanouts f ON f.id = fanout_id
        WHERE kind = 'message_passed_on' ORDER BY n.resident_id
    """
    return await outbox.rows(messages, str)


async def test_message_goes_only_to_recipients_of_the_entry(outbox: Outbox) -> None:
    await outbox.enter()

    assert (
        await passed_on(outbox, Message("Here.", "Post", "/media/local/a.jpg")) is None
    )

    assert await readers(outbox) == ["anna", "bo"]
    notification = next(
        one
        for one in await outbox.due(MINUTE)
        if one.kind is NotificationKind.MESSAGE_PASSED_ON
    )
    assert notification.details == {
        "message": "Here.",
        "title": "Post",
        "image": "/media/local/a.jpg",
    }
    assert notification.entry is not None
    assert notification.seq == 1
    by_entry = await outbox.do(notification_status, ["entry-1"])
    images = {(one.resident_id, one.kind): one.image for one in by_entry["entry-1"]}
    assert {about: image for about, image in images.items() if image} == dict.fromkeys(
        [(name, NotificationKind.MESSAGE_PASSED_ON) for name in ("anna", "bo")],
        "/media/local/a.jpg",
    )


async def test_message_waits_for_the_outcome_so_nobody_is_left_out(
    outbox: Outbox,
) -> None:
    await outbox.enter(outcome=None)
    await passed_on(outbox)
    await outbox.expand(SECOND)
    assert await outbox.due(SECOND) == []

    assert await readers(outbox) == ["anna", "bo"]


async def test_message_about_a_refused_entry_goes_to_residents_who_read_of_it(
    outbox: Outbox,
) -> None:
    for entry_id, units in (
        ("entry-1", {"4a": "4A"}),
        ("entry-2", {"4a": "4A", "3b": "3B"}),
    ):
        await outbox.enter(entry_id, reason=Reason.PAUSED, units=units)

    await passed_on(outbox, entry_id="entry-2")

    # Cleo read of the first one, and within ten minutes not of another.
    assert await readers(outbox) == ["anna", "bo"]


async def test_resident_in_anothers_place_is_no_recipient(outbox: Outbox) -> None:
    await outbox.enter()
    await outbox.plant(
        """
        INSERT INTO residences (
            resident_id, unit, login, is_confirmed, since, since_seq, addressed
        ) VALUES ('bo', '3b', 'none', TRUE, :since, 2, '{}')
        """,
        since=NOON,
    )

    await passed_on(outbox)

    assert await readers(outbox) == ["anna"]


async def test_resident_who_leaves_gets_it_through_former_targets(
    outbox: Outbox,
) -> None:
    await outbox.enter()
    await passed_on(outbox)
    await readers(outbox)

    removed = FanOut(
        NotificationKind.RESIDENT_REMOVED,
        1,
        1,
        NOON,
        resident_id="bo",
        addressed={"name": "Bo"},
    )
    await outbox.do(enqueue_fan_out, removed)
    await outbox.do(due.readdress)

    addressed = {
        notification.resident_id: notification.addressed
        for notification in await outbox.due(MINUTE)
        if notification.kind is NotificationKind.MESSAGE_PASSED_ON
    }
    assert addressed == {"anna": None, "bo": {"name": "Bo"}}


async def test_number_of_messages_is_limited_even_without_recipients(
    outbox: Outbox,
) -> None:
    await outbox.enter()
    await outbox.enter("entry-2", units={"9z": "9Z"})
    await outbox.enter("entry-3", reason=Reason.PAUSED, units={})

    for entry_id in ("entry-1", "entry-2", "entry-3"):
        answers = [
            await passed_on(outbox, entry_id=entry_id)
            for _ in range(MAX_MESSAGES_PER_ENTRY + 1)
        ]
        assert answers == [*[None] * MAX_MESSAGES_PER_ENTRY, NotPassedOn.TOO_MANY]

    assert (
        await readers(outbox)
        == ["anna"] * MAX_MESSAGES_PER_ENTRY + ["bo"] * MAX_MESSAGES_PER_ENTRY
    )


async def test_message_must_match_a_recent_entry_and_its_door(outbox: Outbox) -> None:
    await outbox.enter()

    assert await passed_on(outbox, door_id="door-1") is None
    assert await passed_on(outbox, door_id="door-2") is NotPassedOn.NO_SUCH_ENTRY
    assert await passed_on(outbox, entry_id="entry-9") is NotPassedOn.NO_SUCH_ENTRY
    assert await passed_on(outbox, at=NOON + RECENT) is None
    late = NOON + RECENT + timedelta(microseconds=1)
    assert await passed_on(outbox, at=late) is NotPassedOn.TOO_OLD
