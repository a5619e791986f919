"""Read what a building reports to its fleet, and note whether its residents know that both differ."""

from collections.abc import Collection
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final, NamedTuple

from .. import chain
from ..ledger import Transaction, put_value, read_value, remove_value
from ..outbox.due import NotificationState
from ..outbox.status import outbox_figures
from ..sql import Query

_NAME: Final = "fleet_differs"
"""The value that says when residents were notified that the log may differ from the fleet's."""

_ONCE_IN: Final = timedelta(days=1)
"""How often residents are notified at most, whatever the fleet says."""


class Head(NamedTuple):
    """The number and the hash of a record."""

    seq: int
    hash: bytes


class Figures(NamedTuple):
    """A ledger as a report shows it; without `known`, it has no record of that number."""

    known: Head | None
    head: Head | None
    pending: int
    undelivered: int
    silent: frozenset[str]


# A reply is kept for at least 7 days.
_IS_SILENT: Final = Query(
    "SELECT NOT EXISTS (SELECT * FROM replies WHERE courier_id = :courier_id)", bool
)


def read_figures(
    conn: Connection, cursor: int | None, couriers: Collection[str]
) -> Figures:
    """Read a report for the fleet's cursor; of these couriers, name the silent ones."""
    known = None if cursor is None else chain.RECORD_HASH.first(conn, seq=cursor)
    newest = chain.NEWEST_HASH.first(conn)
    states, unexpanded, _ = outbox_figures(conn)
    return Figures(
        None if cursor is None or known is None else Head(cursor, known),
        None if newest is None else Head(*newest),
        states[NotificationState.PENDING] + unexpanded,
        states[NotificationState.UNDELIVERABLE],
        frozenset(each for each in couriers if _IS_SILENT.one(conn, courier_id=each)),
    )


def note_difference(transaction: Transaction, at: datetime, line: int) -> int | None:
    """Record that the log differs from the fleet's copy; return the record's number.

    Return None if the residents know it already, also from the notification of a restore.
    """
    if read_value(transaction.conn, _NAME) is not None:
        return None
    note_restore_may_differ(transaction, at)
    return transaction.append("fleet.differs", at, {"line": line}).seq


def note_restore_may_differ(transaction: Transaction, at: datetime) -> None:
    """Note that residents were notified of what lets the log differ from the fleet's copy."""
    put_value(transaction.conn, _NAME, at.isoformat())


def is_difference_over(conn: Connection, at: datetime) -> bool:
    """Whether a difference that residents know of is over, and was long enough ago."""
    noted = read_value(conn, _NAME)
    return noted is not None and at - datetime.fromisoformat(noted) >= _ONCE_IN


def forget_difference(transaction: Transaction) -> None:
    remove_value(transaction.conn, _NAME)
