"""Entries as each caller may read them (promises 2 and 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Final

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson

from ..access.details import DeliveryDetails
from ..access.model import EntryDecision
from ..building.building import Building
from ..ledger.outbox.status import NotificationStatus, notification_status
from ..ledger.queue import Rank
from ..ledger.state.entries import (
    EntryFilter,
    EntryRow,
    latest_entries,
    visits_by_quarter,
)
from .lookup import named_courier, named_door, on_wall_clock, translated_ledger_errors
from .permissions import Actor, Permission

MOST_ENTRIES: Final = 500

_FILES: Final = ("/local/", "/media/")
"""Where pictures of visits are; a camera's path shows what the camera sees now."""


async def async_get_entries(
    building: Building,
    actor: Actor,
    limit: int,
    *,
    before: datetime | int | None = None,
    door_id: str | None = None,
    courier: str | None = None,
    decision: EntryDecision | None = None,
    with_notifications: bool = False,
) -> JsonObjectType:
    """Return entries, newest first, and the record to continue before.

    Notifications of a page are many, and only for the owner.
    """
    actor.check(Permission.READ_ENTRIES)
    wanted = EntryFilter(
        limit + 1,  # one more shows whether there is another page
        before=(
            on_wall_clock(building, before) if isinstance(before, datetime) else None
        ),
        before_seq=before if isinstance(before, int) else None,
        door_id=None if door_id is None else named_door(building, door_id).id,
        courier_id=None if courier is None else named_courier(building, courier).id,
        decision=decision,
    )
    entries = await async_entries_view(building, actor, wanted)
    page = entries[:limit]
    if with_notifications and actor.may(Permission.READ_NOTIFICATIONS):
        ids = [str(each["entry_id"]) for each in page]
        found = await async_get_notifications(building, actor, ids)
        page = [
            {**each, "notifications": found[id_]}
            for id_, each in zip(ids, page, strict=True)
        ]
    return {
        "entries": list[JsonValueType](page),
        "next": page[-1]["record"] if len(entries) > limit else None,
    }


async def async_get_notifications(
    building: Building, actor: Actor, entry_ids: Sequence[str]
) -> JsonObjectType:
    """Return the notification status of each resident, by entry.

    A refused entry has none: only its recipients know who they are.
    """
    actor.check(Permission.READ_NOTIFICATIONS)
    with translated_ledger_errors():
        async with building.reading_turn(actor.whose):
            found = await building.ledger.read_apart(
                lambda conn: notification_status(conn, entry_ids)
            )
    return {
        entry_id: [
            _notification_view(building, each)
            for each in notifications
            if each.kind.traits.rank is Rank.ENTRY
        ]
        for entry_id, notifications in found.items()
    }


async def async_count_visits(building: Building, actor: Actor) -> JsonObjectType:
    """Return visits by weekday, from Monday, and hour of the building's clock.

    A visit is an entry that was admitted or observed within the retention time. Entries
    are couriers' only, so nothing shows when residents come and go (promise 6).
    """
    actor.check(Permission.READ_ENTRIES)
    days = building.directory.retention_days
    since = dt_util.utcnow() - timedelta(days=days)
    with translated_ledger_errors():
        async with building.reading_turn(actor.whose):
            quarters = await building.ledger.read_apart(
                lambda conn: visits_by_quarter(conn, since)
            )
    zone = building.zone()
    visits = [[0] * 24 for _ in range(7)]
    for quarter, count in quarters:
        local = quarter.astimezone(zone)
        visits[local.weekday()][local.hour] += count
    return {"days": days, "visits": [list[JsonValueType](each) for each in visits]}


async def async_entries_view(
    building: Building, actor: Actor, wanted: EntryFilter
) -> list[dict[str, JsonValueType]]:
    """Return entries, newest first."""
    return [
        _entry_view(entry)
        for entry in await async_read_entries(building, actor, wanted)
    ]


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as an actor may read it (promise 2).

    Unit, parcel, driver, and picture are for its recipients: the residents at that time,
    not the unit's later residents.
    """

    row: EntryRow
    units: tuple[str, ...] = ()
    delivery: DeliveryDetails = DeliveryDetails()
    picture: str | None = None


async def async_read_entries(
    building: Building, actor: Actor, wanted: EntryFilter
) -> list[ReadEntry]:
    """Return entries as the actor may read them, newest first."""
    actor.check(Permission.READ_ENTRIES)
    callers = [resident.id for resident in actor.residents]

    def read(conn: Connection) -> list[ReadEntry]:
        rows = latest_entries(conn, wanted)
        received = notification_status(conn, [row.entry_id for row in rows], callers)
        return [_as_read(row, received[row.entry_id], actor) for row in rows]

    with translated_ledger_errors():
        async with building.reading_turn(actor.whose):
            return await building.ledger.read_apart(read)


def _as_read(
    row: EntryRow, notifications: Iterable[NotificationStatus], actor: Actor
) -> ReadEntry:
    """Return an entry with what the actor's own notifications of it allow."""
    units = orjson.loads(row.personal.get("unit_labels", "{}"))
    own = tuple(label for unit, label in units.items() if unit in actor.units)
    received = [each for each in notifications if each.recipient]
    if not own or not received:
        return ReadEntry(row)
    return ReadEntry(
        row,
        own,
        DeliveryDetails.read(row.personal),
        _newest_picture(received),
    )


def _newest_picture(received: Sequence[NotificationStatus]) -> str | None:
    """Return the newest file among the pictures that automations passed on."""
    images = (notification.image for notification in reversed(received))
    return next((image for image in images if image and image.startswith(_FILES)), None)


def _entry_view(entry: ReadEntry) -> dict[str, JsonValueType]:
    row = entry.row
    view: dict[str, JsonValueType] = {
        "entry_id": row.entry_id,
        "record": row.seq,
        "at": row.at.isoformat(),
        "courier": row.courier_name,
        "door": row.door_name,
        "proof": None if row.proof is None else row.proof.value,
        "decision": row.decision.value,
        "reason": None if row.reason is None else row.reason.value,
        "outcome": None if row.outcome is None else row.outcome.value,
        "lock_confirmed": row.lock_confirmed,
        "unlocked_until": instant_view(row.unlocked_until),
        "completed_at": instant_view(row.completed_at),
        "repeats": row.repeats,
        "details_erased": row.is_erased,
    }
    if entry.units:
        view["units"] = list(entry.units)
        view |= entry.delivery.as_dict()
        view["picture"] = entry.picture
    return view


def instant_view(instant: datetime | None) -> str | None:
    """Return an instant in ISO 8601 with its offset."""
    return None if instant is None else instant.isoformat()


def _notification_view(
    building: Building, notification: NotificationStatus
) -> JsonObjectType:
    resident = building.residents.get(notification.resident_id)
    return {
        "resident": None if resident is None else resident.name,
        "state": notification.state.value,
        "over": list(notification.over),
        "attempts": notification.attempts,
        "sent_at": instant_view(notification.sent_at),
        "delivered_at": instant_view(notification.delivered_at),
    }
