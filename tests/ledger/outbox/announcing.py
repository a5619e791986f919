"""What the tests of announcements have in common: a courier that announces, and what a resident reads of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from custom_components.courier_access.access.model import GrantKey, UnitPart
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox import digest as held, due
from custom_components.courier_access.ledger.outbox.due import Notification
from custom_components.courier_access.ledger.outbox.expand import (
    expand_fanouts,
    note_sent,
)
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.state.grants import put_grant, revoke_grant
from tests.ledger.filled import NOON
from tests.ledger.parts import GRANT

ANNOUNCED, CALLED_OFF = (
    NotificationKind.DELIVERY_ANNOUNCED,
    NotificationKind.DELIVERY_CALLED_OFF,
)
LABELS = {"3b": "3B", "4a": "4 A"}


@dataclass(slots=True)
class Street:
    """A ledger whose residents are told of what comes down the street."""

    ledger: Ledger

    async def announce(
        self, after: timedelta, grant_id: str = "grant-1", **more: Any
    ) -> None:
        """Owe something to be told, and let the outbox take it in."""
        await self.enqueue(after, grant_id, **more)
        await self.due(after)

    async def enqueue(
        self,
        after: timedelta,
        grant_id: str = "grant-1",
        *,
        door: str = "Lobby",
        kind: NotificationKind = ANNOUNCED,
        courier_id: str = "courier-1",
        units: Sequence[str] = ("3b",),
        starts: timedelta = timedelta(hours=1),
        parcel_ref: str | None = None,
        revision: int = 1,
    ) -> None:
        """Put a grant that these units accept, or call it off, and owe them to be told.

        `door` is what changes.
        """
        at = NOON + after
        key = GrantKey(courier_id, grant_id)

        def write(transaction: Transaction) -> None:
            part = UnitPart.ACCEPTED if kind is ANNOUNCED else UnitPart.NOT_ACCEPTING
            grant = replace(
                GRANT,
                key=key,
                ends_at=NOON + timedelta(hours=9),
                units=dict.fromkeys(units, part),
                unit_labels={unit: LABELS[unit] for unit in units},
            )
            put_grant(transaction, grant, at)
            record = transaction.append("told", at, {}, {"parcel_ref": parcel_ref})
            details = {
                "courier": "Swift",
                "door": door,
                "starts_at": (NOON + starts).isoformat(),
            }
            told = {unit: LABELS[unit] for unit in units}
            enqueue_fan_out(
                transaction.conn,
                FanOut(kind, record.seq, revision, at, told, key=key, details=details),
            )

        await self.ledger.write(write)

    async def revoke(self, after: timedelta, grant_id: str = "grant-1") -> None:
        """Revoke a grant of which nobody is owed to be told."""
        key = GrantKey("courier-1", grant_id)
        await self.ledger.write(
            lambda transaction: revoke_grant(transaction, key, NOON + after)
        )

    async def due(self, after: timedelta) -> list[Notification]:
        """Return all that is to be sent then."""
        at = NOON + after

        def turn(transaction: Transaction) -> list[Notification]:
            while expand_fanouts(transaction.conn, at):
                pass
            while held.gather(transaction.conn, at):
                pass
            return due.due(transaction.conn, at, 1000)

        found = await self.ledger.write(turn)
        return sorted(found, key=lambda notification: notification.id)

    async def told(self, after: timedelta, who: str = "anna") -> list[list[str]]:
        """Let everybody be told what is due, and return what one reads, message by message."""
        read: list[list[str]] = []
        while notifications := await self.due(after):
            for notification in notifications:
                await self.take(notification, NOON + after)
            read += [
                _read(notification)
                for notification in notifications
                if notification.resident_id == who
            ]
        return read

    async def take(self, notification: Notification, at: datetime) -> None:
        """Take a message, with nothing to follow."""
        await self.ledger.read(
            lambda conn: note_sent(conn, notification.id, ["notify.a"], at, None)
        )


def _read(notification: Notification) -> list[str]:
    return [
        one.details["door"] if one.kind is ANNOUNCED else f"not {one.details['door']}"
        for one in (notification, *notification.others)
    ]
