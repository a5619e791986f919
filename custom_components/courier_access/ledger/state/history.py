"""Whether anything was ever recorded, so that a set-up is known to work."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select

from ...access.model import EntryDecision
from ..tables import entries, grants, replies


def was_ever_admitted(conn: Connection) -> bool:
    """Return whether a courier was ever admitted."""
    admitted = entries.c.decision == EntryDecision.ADMITTED.value
    return bool(conn.execute(select(exists().where(admitted))).scalar_one())


def ever_heard(conn: Connection, courier_ids: Iterable[str]) -> frozenset[str]:
    """Return those couriers of which the ledger has anything.

    Entries come last: they have no index on the courier.
    """
    return frozenset(
        courier_id
        for courier_id in courier_ids
        if any(
            conn.execute(
                select(exists().where(table.c.courier_id == courier_id))
            ).scalar_one()
            for table in (replies, grants, entries)
        )
    )
