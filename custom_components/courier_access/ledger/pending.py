"""Notification what a connection makes pending for the outbox."""

import sqlite3
from typing import Final

from .queue import NotificationKind

_FUNCTION: Final = "courier_access_pending"
_CAUSES: Final = (
    f"INSERT ON main.fanouts WHEN NEW.kind <> '{NotificationKind.ENTRY_ADMITTED}'",
    "UPDATE OF outcome ON main.entries",
)
"""An admitted entry is enqueued with its claim, but waits for its outcome."""


class Pending:
    """Whether a transaction made a notification pending."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Follow this connection, by triggers that aren't in the file."""
        self.is_any = False
        connection.create_function(_FUNCTION, 0, self._note)
        for number, cause in enumerate(_CAUSES):
            connection.execute(
                f"CREATE TEMP TRIGGER pending_{number} AFTER {cause}"
                f" BEGIN SELECT {_FUNCTION}(); END"
            )

    def _note(self) -> None:
        self.is_any = True
