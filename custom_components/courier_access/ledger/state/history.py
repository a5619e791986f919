"""Whether anything was ever recorded, so that a set-up is known to work."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Final

from ..sql import Query

_NEW: Final = Query(
    """
    SELECT courier_id, max(decision = 'admitted'), max(seq) FROM entries
    WHERE seq > :read_to GROUP BY courier_id
    """,
    tuple[str, bool, int],
)
_HAS_SENT: Final = Query(
    """
    SELECT EXISTS (SELECT * FROM replies WHERE courier_id = :courier_id)
        OR EXISTS (SELECT * FROM grants WHERE courier_id = :courier_id)
    """,
    bool,
)


class History:
    """What was ever recorded; it stays true, so each entry is read once."""

    def __init__(self) -> None:
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
        new = _NEW.all(conn, read_to=self._read_to)
        found = self.couriers.union(courier_id for courier_id, _, _ in new)
        self.couriers = found.union(
            courier_id
            for courier_id in courier_ids
            if courier_id not in found and _HAS_SENT.one(conn, courier_id=courier_id)
        )
        self.ever_admitted |= any(entered for _, entered, _ in new)
        self._read_to = max((seq for _, _, seq in new), default=self._read_to)
