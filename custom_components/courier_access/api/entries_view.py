"""Entries as each caller may read them (promises 2 and 5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson
from sqlalchemy import Connection

from ..access.model import Decision
from ..building.building import Building
from ..ledger.outbox.status import NotificationStatus, notification_status
from ..ledger.queue import NotificationKind
from ..ledger.state.entries import EntryFilter, EntryRow, latest_entries
from .errors import translated_ledger_errors
from .lookup import named_courier, named_door
from .permissions import Actor, Permission

MOST_ENTRIES: Final = 500


async def async_get_entries(
    building: Building,
    actor: Actor,
    limit: int,
    *,
    before: datetime | int | None = None,
    door_id: str | None = None,
    courier: str | None = None,
    decision: Decision | None = None,
) -> JsonObjectType:
    """Return entries, newest first, and the record to continue before."""
    actor.check(Permission.READ_ENTRIES)
    wanted = EntryFilter(
        limit + 1,  # one more shows whether there is another page
        before=None if isinstance(before, int) else before,
        before_seq=before if isinstance(before, int) else None,
        door_id=None if door_id is None else named_door(building, door_id).id,
        courier_id=None if courier is None else named_courier(building, courier).id,
        decision=decision,
    )
    entries = await async_entries_view(building, actor, wanted)
    page = entries[:limit]
    return {
        "entries": list[JsonValueType](page),
        "next": page[-1]["record"] if len(entries) > limit else None,
    }


async def async_entries_view(
    building: Building, actor: Actor, wanted: EntryFilter
) -> list[dict[str, JsonValueType]]:
    """Return entries, newest first; for the owner, with their notifications."""
    actor.check(Permission.READ_ENTRIES)
    callers = [resident.id for resident in actor.residents]
    reads_all = actor.may(Permission.READ_NOTIFICATIONS)

    def read(
        conn: Connection,
    ) -> tuple[list[EntryRow], Mapping[str, tuple[NotificationStatus, ...]]]:
        rows = latest_entries(conn, wanted)
        ids = [row.entry_id for row in rows]
        return rows, notification_status(conn, ids, None if reads_all else callers)

    with translated_ledger_errors():
        async with building.reading_turns.of(actor.whose):
            rows, notifications = await building.ledger.read_apart(read)
    views = [_entry_view(row, notifications[row.entry_id], actor) for row in rows]
    if reads_all:
        for view, row in zip(views, rows, strict=True):
            view["notifications"] = _notifications_view(
                building, notifications[row.entry_id]
            )
    return views


def _entry_view(
    row: EntryRow, notifications: Iterable[NotificationStatus], actor: Actor
) -> dict[str, JsonValueType]:
    """Return an entry, with unit and parcel only for its recipients (promise 2).

    Recipients are the residents at that time, not the unit's later residents.
    """
    view: dict[str, JsonValueType] = {
        "entry_id": row.entry_id,
        "record": row.seq,
        "at": row.at.isoformat(),
        "courier": row.courier_name,
        "door": row.door_name,
        "proof": row.proof.value,
        "decision": row.decision.value,
        "reason": row.reason.value,
        "outcome": None if row.outcome is None else row.outcome.value,
        "lock_confirmed": row.lock_confirmed,
        "unlocked_until": instant_view(row.unlocked_until),
        "completed_at": instant_view(row.completed_at),
        "repeats": row.repeats,
        "details_erased": row.is_erased,
    }
    units = orjson.loads(row.personal.get("unit_labels", "{}"))
    own = {unit: label for unit, label in units.items() if unit in actor.units}
    callers = {resident.id for resident in actor.residents}
    if own and any(
        notification.recipient and notification.resident_id in callers
        for notification in notifications
    ):
        view["units"] = list(own.values())
        view["parcel_ref"] = row.personal.get("parcel_ref")
        view["driver_ref"] = row.personal.get("driver_ref")
    return view


def instant_view(instant: datetime | None) -> str | None:
    """Return an instant in ISO 8601 with its offset."""
    return None if instant is None else instant.isoformat()


def _notifications_view(
    building: Building, notifications: Sequence[NotificationStatus]
) -> list[JsonValueType]:
    """Return each resident's notification status of an admitted entry.

    A refused entry has none: only its recipients know who they are.
    """
    return [
        {
            "resident": building.residents[notification.resident_id].name
            if notification.resident_id in building.residents
            else None,
            "state": notification.state.value,
            "over": list(notification.over),
            "attempts": notification.attempts,
            "sent_at": instant_view(notification.sent_at),
            "delivered_at": instant_view(notification.delivered_at),
        }
        for notification in notifications
        if notification.kind is NotificationKind.ENTRY_ADMITTED
    ]
