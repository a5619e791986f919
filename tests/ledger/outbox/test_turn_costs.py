"""Test that costs don't grow with notifications that are done."""

from collections.abc import Callable
from functools import partial
from sqlite3 import Connection

from custom_components.courier_access.ledger.outbox import due, expand
from custom_components.courier_access.ledger.outbox.due import abandon_notifications
from custom_components.courier_access.ledger.outbox.expand import expand_fanouts
from custom_components.courier_access.ledger.outbox.status import (
    notification_status,
    unreachable_residents,
)
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, KEY, decide

from .parts import HOUR, MINUTE, NOW, Outbox

NOT_TABLES = ("CONSTANT ROW", "(subquery-", "json_each", "known", "placed")
PARTIAL = ("notifications_open", "notifications_held", "notifications_led")


async def test_turn_reads_only_open_notifications(outbox: Outbox) -> None:
    await outbox.enter()
    await outbox.ledger.write(partial(decide, resident=ANNA))
    await outbox.announce(NOW, door="A")
    await outbox.announce(MINUTE, door="B")
    await outbox.enqueue(2 * MINUTE, door="C")
    plans = await outbox.do(_plans_of_a_turn)

    scans = [step.removeprefix("SCAN ") for step in plans if step.startswith("SCAN ")]
    walks = [step for step in scans if not step.startswith(NOT_TABLES)]
    assert [step for step in walks if not any(index in step for index in PARTIAL)] == []
    assert not any(
        "SEARCH fanouts USING INDEX fanouts_by_kind" in each for each in plans
    )
    assert any("notifications_open" in step for step in plans)
    assert any(
        "notifications_of_couriers (courier_id=? AND resident_id=? AND due_at" in step
        for step in plans
    )


async def test_page_is_read_by_its_entries_only(outbox: Outbox) -> None:
    await outbox.enter()
    mine = await outbox.do(
        lambda conn: _plans_of(
            conn, lambda: notification_status(conn, ["entry-1"], ["anna"])
        )
    )

    assert any(
        "notifications_by_fanout (fanout_id=? AND resident_id=?" in step
        for step in mine
    )
    assert any("USING INDEX fanouts_of_entries" in step for step in mine)
    assert not any("notifications_sent" in step for step in mine)


def _plans_of_a_turn(conn: Connection) -> list[str]:
    """Return SQLite's plan of each statement of a turn."""
    now = NOON + 2 * HOUR

    def turn() -> None:
        expand.send_waiting(conn, KEY, now)
        expand_fanouts(conn, now)
        due.readdress(conn)
        due.supersede(conn)
        abandon_notifications(conn, ["anna"])
        expand.combine_waiting(conn, now)
        due.due(conn, now, 16, [1], {"bo": 1})
        due.next_due(conn, now)
        unreachable_residents(conn, now)

    return _plans_of(conn, turn)


def _plans_of(conn: Connection, work: Callable[[], object]) -> list[str]:
    """Return SQLite's plan of each statement of some work."""
    executed: list[str] = []
    conn.set_trace_callback(executed.append)
    work()
    conn.set_trace_callback(None)
    return [
        detail
        for statement in executed
        # SQLite comments what triggers do.
        if not statement.lstrip().startswith(("INSERT", "--"))
        for *_, detail in conn.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
