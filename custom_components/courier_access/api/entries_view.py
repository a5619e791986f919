"""Entries as they are told to those who may read them: to each what is theirs to know (promises 2 and 5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeassistant.util.json import JsonValueType
import orjson
from sqlalchemy import Connection

from ..access.model import Decision
from ..building.building import Building
from ..ledger.outbox.status import NotificationStatus, notification_status
from ..ledger.queue import NotificationKind
from ..ledger.state.entries import EntryRow, latest_entries
from .commands import check, ledger_faults_told
from .permissions import Actor, Permission

MOST_ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are asked for; the newest `limit` of those that fit whatever is given.

    `before` is an instant, `before_record` the number of an entry's record, to go on where a list ended.
    """

    limit: int
    before: datetime | None = None
    before_record: int | None = None
    door_id: str | None = None
    courier_id: str | None = None
    decision: Decision | None = None


async def async_entries_view(
    building: Building, actor: Actor, wanted: EntryFilter
) -> list[dict[str, JsonValueType]]:
    """Return entries, newest first, as the actor may know them; with how they were told, where the table says so.

    Raises:
        ServiceValidationError: the actor may read none.
        HomeAssistantError: the ledger can't be read.

    """
    check(actor, Permission.READ_ENTRIES)
    callers = [resident.id for resident in actor.residents]
    readers = None if actor.may(Permission.READ_NOTICES) else callers

    def read(
        conn: Connection,
    ) -> tuple[list[EntryRow], Mapping[str, tuple[NotificationStatus, ...]]]:
        rows = latest_entries(
            conn,
            wanted.limit,
            wanted.before,
            wanted.door_id,
            wanted.before_record,
            courier_id=wanted.courier_id,
            decision=wanted.decision,
        )
        return rows, notification_status(conn, [row.entry_id for row in rows], readers)

    with ledger_faults_told():
        async with building.reading_turns.of(actor.whose):
            rows, notices = await building.ledger.read_apart(read)
    told = [_entry_view(row, notices[row.entry_id], actor) for row in rows]
    if actor.may(Permission.READ_NOTICES):
        for entry, row in zip(told, rows, strict=True):
            entry["notices"] = _notifications_view(building, notices[row.entry_id])
    return told


def _entry_view(
    row: EntryRow, notices: Iterable[NotificationStatus], actor: Actor
) -> dict[str, JsonValueType]:
    """Tell of an entry: of unit and parcel to its recipients only (promise 2).

    Those are the residents who were told so then; whoever lives in the unit later is none.
    """
    told: dict[str, JsonValueType] = {
        "entry_id": row.entry_id,
        "record": row.seq,
        "at": row.at.isoformat(),
        "courier": row.courier_name,
        "door": row.door_name,
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
        notice.recipient and notice.resident_id in callers for notice in notices
    ):
        told["units"] = list(own.values())
        told["parcel_ref"] = row.personal.get("parcel_ref")
        told["driver_ref"] = row.personal.get("driver_ref")
    return told


def instant_view(instant: datetime | None) -> str | None:
    """Return an instant as it is told: ISO 8601 with its offset."""
    return None if instant is None else instant.isoformat()


def _notifications_view(
    building: Building, notices: Sequence[NotificationStatus]
) -> list[JsonValueType]:
    """Tell the owner how far each resident has been told.

    Only recipients are told of a refused entry, and who they are is not for others.
    """
    return [
        {
            "resident": building.residents[notice.resident_id].name
            if notice.resident_id in building.residents
            else None,
            "state": notice.state.value,
            "over": list(notice.over),
            "attempts": notice.attempts,
            "sent_at": instant_view(notice.sent_at),
            "delivered_at": instant_view(notice.delivered_at),
        }
        for notice in notices
        if notice.kind is NotificationKind.ENTRY_ADMITTED
    ]
