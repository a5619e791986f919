"""Give a writing job the connection and the one way to append a record."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection

from . import binding, chain
from .binding import NOTHING, Sum
from .chain import Recorded, Value

STATE_CHANGED: Final = "state.changed"
"""The record of changed bound rows without another record."""


class Transaction:
    """A running transaction of the ledger."""

    def __init__(self, conn: Connection, head: Recorded | None, bound: Sum) -> None:
        """Start after the record `head`."""
        self.conn = conn
        self.head = head
        self.bound = bound
        bound.total = self._recorded

    @property
    def next_seq(self) -> int:
        """Return the number of the next record."""
        return chain.next_seq(self.head)

    def append(
        self,
        kind: str,
        at: datetime,
        fields: Mapping[str, Value],
        personal: Mapping[str, str | None] | None = None,
    ) -> Recorded:
        """Append a record of what happens in this transaction."""
        self.head = chain.append(
            self.conn, self.head, kind, at, fields, personal or {}, self.bound.total
        )
        return self.head

    def bind_all(self) -> None:
        """Bind the next record to all rows as they are."""
        self.bound.total = binding.total(self.conn)

    def settle(self) -> None:
        """Append a record if bound rows changed without one, for example in a purge."""
        if self.bound.total != self._recorded:
            self.append(
                STATE_CHANGED,
                datetime.now(UTC) if self.head is None else self.head.at,
                {},
            )

    @property
    def _recorded(self) -> int:
        return NOTHING if self.head is None else self.head.bound
