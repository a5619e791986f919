"""Record that a building is disabled or removed, and return what is still to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..ledger import Transaction
from ..queue import BATCH_INTERVAL, FanOut, NotificationKind, enqueue_fan_out
from ..sql import Command
from ..state.residents import load_residences
from ..state.rules import newest_set
from .due import Notification, pending_notifications
from .expand import expand_fanouts


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is still to be sent when a building is removed.

    `addressed` has the notification settings of each resident, as of the last load.
    """

    pending: tuple[Notification, ...]
    addressed: Mapping[str, Mapping[str, object]]


def record_disabled(transaction: Transaction, at: datetime) -> None:
    """Record that the building is disabled, and enqueue a notification to everybody."""
    seq = transaction.append("building.disabled", at, {}).seq
    _enqueue(transaction, NotificationKind.BUILDING_DISABLED, seq, at)


_HASTEN: Final = Command("UPDATE fanouts SET ready_at = NULL")


def record_removed(transaction: Transaction, at: datetime) -> Farewell:
    """Record that the building is removed; return all that isn't sent yet, this last."""
    conn = transaction.conn
    seq = transaction.append("building.removed", at, {}).seq
    _enqueue(transaction, NotificationKind.BUILDING_REMOVED, seq, at)
    _HASTEN.run(conn)
    # Nothing waits any more: neither for an outcome nor to be combined.
    while expand_fanouts(conn, at + BATCH_INTERVAL):
        pass
    addressed = {
        resident_id: each.addressed
        for resident_id, each in load_residences(conn).items()
    }
    return Farewell(tuple(pending_notifications(conn)), addressed)


def _enqueue(
    transaction: Transaction, kind: NotificationKind, seq: int, at: datetime
) -> None:
    """Enqueue a fan-out to the newest set of residents, if there ever were any."""
    conn = transaction.conn
    if (newest := newest_set(conn)) is not None:
        enqueue_fan_out(conn, FanOut(kind, seq, newest, at))
