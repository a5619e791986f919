"""Whether anything was ever recorded, so that a set-up is known to work."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, func, select

from ...access.model import EntryDecision
from ..tables import entries, grants, replies


class History:
    """What was ever recorded; it stays true, so each entry is read once."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.ever_admitted = False
        """Whether a courier was ever admitted."""
        self.couriers: frozenset[str] = frozenset()
        """Couriers of which the ledger has anything, as far as it was read."""
        self._read_to = 0

    def is_known(self, courier_ids: Iterable[str]) -> bool:
        """Return whether reading on can't change anything about these couriers."""
        return self.ever_admitted and self.couriers.issuperset(courier_ids)

    def read_on(self, conn: Connection, courier_ids: Iterable[str]) -> None:
        """Read of these couriers, and the entries since the last time.

        For readers apart: there is one at a time, and it ends even if the caller left.
        """
        new = conn.execute(
            select(
                entries.c.courier_id,
                func.max(entries.c.decision == EntryDecision.ADMITTED).label("entered"),
                func.max(entries.c.seq).label("seq"),
            )
            .where(entries.c.seq > self._read_to)
            .group_by(entries.c.courier_id)
        ).all()
        found = self.couriers.union(row.courier_id for row in new)
        self.couriers = found.union(
            courier_id
            for courier_id in courier_ids
            if courier_id not in found and _has_sent(conn, courier_id)
        )
        self.ever_admitted |= any(row.entered for row in new)
        self._read_to = max((row.seq for row in new), default=self._read_to)


def _has_sent(conn: Connection, courier_id: str) -> bool:
    return any(
        conn.execute(
            select(exists().where(table.c.courier_id == courier_id))
        ).scalar_one()
        for table in (replies, grants)
    )
