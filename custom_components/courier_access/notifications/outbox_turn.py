"""Process one turn of the outbox in one transaction."""

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ..ledger.ledger import Transaction
from ..ledger.outbox import digest as held, redirected
from ..ledger.outbox.due import Notification, due, next_due
from ..ledger.outbox.expand import abandon_notifications, expand_fanouts
from ..ledger.outbox.status import unreachable_residents
from ..ledger.upkeep import statistics as figures


@dataclass(frozen=True, slots=True)
class Note:
    """Hold a result to store; its notification isn't sent again before."""

    write: Callable[[Connection], object]
    notification_id: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold what to send now, and when to look again."""

    due: Sequence[Notification]
    is_more: bool
    next_at: datetime | None
    unreachable: Mapping[str, datetime]
    pending: int


def write_down(notes: Sequence[Note], transaction: Transaction) -> None:
    """Store the results of sends."""
    for note in notes:
        note.write(transaction.conn)


def work_off(
    transaction: Transaction,
    notes: Sequence[Note],
    residents: frozenset[str],
    under_way: AbstractSet[int],
    busy: Mapping[str, int],
    digests: Mapping[str, datetime],
    limit: int,
    now: datetime,
) -> Turn:
    """Store results and return what to send, except what is `under_way`."""
    conn = transaction.conn
    write_down(notes, transaction)
    noted = {note.notification_id for note in notes if note.notification_id is not None}
    is_more = expand_fanouts(conn, now, digests)
    redirected.readdress(conn)
    redirected.supersede(conn, under_way)
    abandon_notifications(conn, residents)
    is_more |= held.gather(conn, now)
    return Turn(
        due=due(conn, now, limit, noted | under_way, busy),
        is_more=is_more,
        next_at=next_due(conn, now),
        unreachable=unreachable_residents(conn, now),
        pending=figures.pending(conn),
    )
