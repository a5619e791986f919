"""Shared helper: an outbox at work. Times are how long after noon."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from custom_components.courier_access.access.model import GrantKey, Reason, UnitPart
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.outbox import due, expand, status
from custom_components.courier_access.ledger.outbox.due import Notification
from custom_components.courier_access.ledger.outbox.status import NotificationStatus
from custom_components.courier_access.ledger.queue import (
    FanOut,
    NotificationKind,
    enqueue_fan_out,
)
from custom_components.courier_access.ledger.sql import Storable
from custom_components.courier_access.ledger.state.grants import put_grant, revoke_grant
from tests.ledger.filled import NOON, owed_entry, residents
from tests.ledger.parts import GRANT
from tests.support.rows import plant, rows

if TYPE_CHECKING:
    from typing_extensions import TypeForm

NOW = timedelta()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ANNOUNCED, CALLED_OFF = (
    NotificationKind.DELIVERY_ANNOUNCED,
    NotificationKind.DELIVERY_CALLED_OFF,
)
LABELS = {"3b": "3B", "4a": "4 A"}


@dataclass(frozen=True, slots=True)
class Outbox:
    """A ledger with residents: what happens, what is due, and what becomes of it."""

    ledger: Ledger

    async def do[T](self, work: Callable[..., T], *args: Any, **more: Any) -> T:
        """Return what a function of a connection or a transaction returns."""

        def run(transaction: Transaction) -> T:
            return work(transaction.conn, *args, **more)

        return await self.ledger.write(run)

    async def enroll(self, number: int) -> list[str]:
        """Enroll this many residents of 3b as the second set."""
        members = tuple((f"resident-{each:03}", "3b") for each in range(number))
        await self.ledger.write(partial(residents, members=members, revision=2))
        return [member for member, _ in members]

    async def enter(
        self, *entry_ids: str, reason: Reason = Reason.OK, **more: Any
    ) -> None:
        """Enqueue entries, or an entry that is refused for a reason."""
        for entry_id in entry_ids or ("entry-1",):
            enter = partial(owed_entry, entry_id=entry_id, reason=reason, **more)
            await self.ledger.write(enter)

    async def expand(
        self, after: timedelta = NOW, digests: Mapping[str, datetime] | None = None
    ) -> int:
        """Expand all fan-outs; return the number of steps."""
        steps = 1
        while await self.do(expand.expand_fanouts, NOON + after, digests or {}):
            steps += 1
        return steps

    async def expanded(self) -> dict[str, Notification]:
        """Expand fan-outs and return what is due, by resident."""
        await self.expand()
        return {one.resident_id: one for one in await self.due()}

    async def due(
        self, after: timedelta = NOW, limit: int = 100, *busy: Any
    ) -> list[Notification]:
        return await self.do(due.due, NOON + after, limit, *busy)

    async def next_due(self, after: timedelta = NOW) -> timedelta | None:
        at = await self.do(due.next_due, NOON + after)
        return None if at is None else at - NOON

    async def turn(self, after: timedelta) -> list[Notification]:
        """Expand and gather everything; return all that is to be sent then."""

        def turn(conn: Connection) -> list[Notification]:
            while expand.expand_fanouts(conn, NOON + after):
                pass
            while expand.combine_waiting(conn, NOON + after):
                pass
            return due.due(conn, NOON + after, 1000)

        return sorted(await self.do(turn), key=lambda notification: notification.id)

    async def send(
        self,
        notification: Notification,
        after: timedelta = NOW,
        again: timedelta | None = None,
        target: str = "notify.app",
    ) -> None:
        """Note a notification as sent, to be sent `again` unless it is delivered."""
        at, next_at = NOON + after, None if again is None else NOON + again
        await self.do(due.note_attempt, notification.id, [target], at, next_at)

    async def deliver(
        self, tag: str, after: timedelta = NOW, by: Sequence[str] = ("anna",)
    ) -> bool:
        return await self.do(due.note_delivered, tag, by, NOON + after)

    async def postpone(self, notification: Notification, until: timedelta) -> None:
        await self.do(due.note_attempt, notification.id, (), NOON, NOON + until)

    async def settle(self, *settled: Notification) -> None:
        for notification in settled:
            await self.do(due.note_attempt, notification.id, (), NOON, None)

    async def status(
        self, resident_id: str, entry_id: str = "entry-1"
    ) -> NotificationStatus:
        by_entry = await self.do(status.notification_status, [entry_id])
        [found] = [one for one in by_entry[entry_id] if one.resident_id == resident_id]
        return found

    async def unreachable(self, after: timedelta = NOW) -> dict[str, datetime]:
        return dict(await self.do(status.unreachable_residents, NOON + after))

    async def rows[T](
        self, text: str, kind: TypeForm[T], **values: Storable
    ) -> list[T]:
        return await self.do(lambda conn: rows(conn, text, kind, **values))

    async def plant(self, text: str, **values: Storable) -> None:
        await self.do(plant, text, **values)

    async def count(self) -> int:
        return len(await self.readers())

    async def readers(self) -> list[str]:
        return await self.rows("SELECT resident_id FROM notifications ORDER BY id", str)

    async def fan_outs(self, grant_id: str = "grant-1") -> int:
        """Return how many fan-outs about a grant are kept."""
        of_grant = "SELECT id FROM fanouts WHERE grant_id = :grant_id"
        return len(await self.rows(of_grant, int, grant_id=grant_id))

    async def announce(
        self, after: timedelta, grant_id: str = "grant-1", **more: Any
    ) -> None:
        """Enqueue an announcement, and let the outbox take it in."""
        await self.enqueue(after, grant_id, **more)
        await self.turn(after)

    async def enqueue(
        self,
        after: timedelta,
        grant_id: str = "grant-1",
        *,
        door: str = "Lobby",
        kind: NotificationKind = ANNOUNCED,
        courier_id: str = "courier-1",
        units: Sequence[str] = ("3b",),
        starts: timedelta = HOUR,
        parcel_ref: str | None = None,
        revision: int = 1,
    ) -> None:
        """Enqueue a grant that these units accept, or its end; `door` is what changes."""
        at, key = NOON + after, GrantKey(courier_id, grant_id)
        labels = {unit: LABELS[unit] for unit in units}

        def write(transaction: Transaction) -> None:
            part = UnitPart.ACCEPTED if kind is ANNOUNCED else UnitPart.NOT_ACCEPTING
            ends_at, parts = NOON + 9 * HOUR, dict.fromkeys(units, part)
            grant = replace(
                GRANT, key=key, ends_at=ends_at, units=parts, unit_labels=labels
            )
            put_grant(transaction, grant, at)
            record = transaction.append("test", at, {}, {"parcel_ref": parcel_ref})
            starts_at = (NOON + starts).isoformat()
            details = {"courier": "Swift", "door": door, "starts_at": starts_at}
            enqueue_fan_out(
                transaction.conn,
                FanOut(
                    kind, record.seq, revision, at, labels, key=key, details=details
                ),
            )

        await self.ledger.write(write)

    async def revoke(self, after: timedelta, grant_id: str) -> None:
        """Revoke a grant without a notification."""
        key = GrantKey("courier-1", grant_id)
        await self.ledger.write(partial(revoke_grant, key=key, at=NOON + after))

    async def read(self, after: timedelta, by: str = "anna") -> list[list[str]]:
        """Send everything that is due; return one resident's messages."""
        messages: list[list[str]] = []
        while found := await self.turn(after):
            for notification in found:
                await self.send(notification, after)
            messages += [_news(one) for one in found if one.resident_id == by]
        return messages


def _news(message: Notification) -> list[str]:
    return [
        one.details["door"] if one.kind is ANNOUNCED else f"not {one.details['door']}"
        for one in (message, *message.others)
    ]
