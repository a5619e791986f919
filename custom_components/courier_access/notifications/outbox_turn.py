"""One turn of the outbox, in one transaction: write down what was sent, return what is to be sent."""

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ..ledger.ledger import Transaction
from ..ledger.outbox import digest as held, redirected
from ..ledger.outbox.due import Notice, due, next_due
from ..ledger.outbox.expand import abandon_notifications, expand_fanouts
from ..ledger.outbox.status import unreachable_residents
from ..ledger.upkeep import statistics as figures


@dataclass(frozen=True, slots=True)
class Note:
    """What to write down next; the notification with that ID isn't sent again before."""

    write: Callable[[Connection], object]
    notice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What the ledger says is to be done."""

    due: Sequence[Notice]
    is_more: bool
    next_at: datetime | None
    unreachable: Mapping[str, datetime]
    owed: int


def write_down(notes: Sequence[Note], transaction: Transaction) -> None:
    """Write down what became of notifications."""
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
    """Write these notes, and return what to send now; notifications that are `under_way` are being sent."""
    conn = transaction.conn
    write_down(notes, transaction)
    noted = {note.notice_id for note in notes if note.notice_id is not None}
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
        owed=figures.pending(conn),
    )
