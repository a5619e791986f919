"""Test that values may be missing only after a timely recorded purge (promise 7)."""

from datetime import timedelta
from sqlite3 import Connection

import pytest

from custom_components.courier_access.ledger import chain
from custom_components.courier_access.ledger.chain import Recorded, append, verify
from tests.ledger.filled import NOON
from tests.ledger.test_chain import chained, conn
from tests.support.rows import plant

__all__ = ["chained", "conn"]


@pytest.mark.parametrize(
    ("purged_after", "up_to"),
    [(timedelta(days=7), timedelta(seconds=-1)), (timedelta(days=6), timedelta())],
    ids=["up to a moment before", "before the shortest retention"],
)
def test_purge_may_not_erase_a_value_too_early(
    conn: Connection, chained: list[Recorded], purged_after: timedelta, up_to: timedelta
) -> None:
    plant(conn, "DELETE FROM personal")
    last = chained[-1].at
    append(
        conn,
        chained[-1],
        chain.PERSONAL_ERASED,
        last + purged_after,
        {"up_to": (last + up_to).isoformat()},
        {},
    )

    assert verify(conn).broken_at == (4 if up_to else 1)


def test_value_from_a_clock_that_was_ahead_may_go_once_the_clock_is_right(
    conn: Connection,
) -> None:
    ahead = append(conn, None, "test", NOON + timedelta(days=400), {}, {"unit": "3B"})
    right = append(conn, ahead, chain.CLOCK_ACCEPTED, NOON, {}, {})
    plant(conn, "DELETE FROM personal")
    assert verify(conn).broken_at == 1

    up_to = {"up_to": NOON.isoformat()}
    append(conn, right, chain.PERSONAL_ERASED, NOON + timedelta(days=7), up_to, {})
    assert verify(conn).intact
