"""The access log as each caller may read, download, and verify it (promises 2 and 5)."""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
import csv
from datetime import date, datetime, time, timedelta
import io
from pathlib import Path
import re
from sqlite3 import Connection
from time import monotonic_ns
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson

from ..access.model import DETAILS, DeliveryDetails, EntryDecision
from ..building.building import Building
from ..building.verification import AskedTooOften
from ..ledger.chain import RECORD_HASH, WITNESS_BYTES, Verification
from ..ledger.outbox.status import NotificationStatus, notification_status
from ..ledger.queue import Rank
from ..ledger.state.entries import (
    EntryFilter,
    EntryRow,
    latest_entries,
    visits_by_quarter,
    visits_of_driver,
)
from ..ledger.upkeep import export
from ..ledger.verification import RecordStatus
from ..ledger.verify_record import Witness, __file__ as verifier, witnesses_in
from ..notifications.text import texts
from .lookup import (
    invalid,
    named_courier,
    named_door,
    on_wall_clock,
    translated_ledger_errors,
)
from .permissions import Actor, Permission

MOST_ON_PAGE: Final = 500
"""Entries or records that one answer has."""

_FILES: Final = "/media/"
"""Where pictures of visits are; a camera's path shows what the camera sees now."""


async def async_get_entries(
    building: Building,
    actor: Actor,
    given: Mapping[str, Any],
    *,
    with_notifications: bool = False,
) -> JsonObjectType:
    """Return the given `limit` of entries, newest first, and the record to continue before.

    Notifications of a page are many, and only for the administrator.
    """
    actor.check(Permission.READ_ENTRIES)
    limit, before = given["limit"], given.get("before")
    door, courier = given.get("door"), given.get("courier")
    wanted = EntryFilter(
        limit + 1,  # one more shows whether there is another page
        before=(
            on_wall_clock(building, before) if isinstance(before, datetime) else None
        ),
        before_seq=before if isinstance(before, int) else None,
        door_id=None if door is None else named_door(building, door).id,
        courier_id=None if courier is None else named_courier(building, courier).id,
        decision=given.get("decision"),
    )
    entries = await async_read_entries(building, actor, wanted)
    page = [entry_view(entry) for entry in entries[:limit]]
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
    """Return whether each resident was reached, by entry.

    When a phone confirmed a notification is not for the administrator, and nor is through
    which target. A refused entry has none: only its recipients know who they are.
    """
    actor.check(Permission.READ_NOTIFICATIONS)
    found = await read_ledger(
        building, actor, lambda conn: notification_status(conn, entry_ids)
    )
    return {
        entry_id: [
            _notification_view(building, each)
            for each in notifications
            if each.kind.traits.rank is Rank.ENTRY
        ]
        for entry_id, notifications in found.items()
    }


async def async_get_driver_visits(
    building: Building, actor: Actor, courier: str, driver: str, day: date
) -> JsonObjectType:
    """Return what is stored of a driver's visits on a day of the building's clock.

    It answers a driver's request, so it names no home.
    """
    actor.check(Permission.READ_DRIVER)
    courier_id = named_courier(building, courier).id
    since, until = (
        on_wall_clock(building, datetime.combine(day, each))
        for each in (time.min, time.max)
    )
    visits = await read_ledger(
        building,
        actor,
        lambda conn: visits_of_driver(conn, courier_id, driver, since, until),
    )
    return {
        "visits": [
            {
                "at": each.at.astimezone(building.zone()).isoformat(),
                "door": each.door_name or None,
                "decision": each.decision.value,
                "outcome": None if each.outcome is None else each.outcome.value,
            }
            for each in visits
        ]
    }


async def async_count_visits(building: Building, actor: Actor) -> JsonObjectType:
    """Return visits by weekday, from Monday, and hour of the building's clock.

    A visit is an entry that was admitted or observed within the retention time. Entries
    are couriers' only, so nothing shows when residents come and go (promise 6).
    """
    actor.check(Permission.READ_ENTRIES)
    days = building.directory.retention_days
    since = dt_util.utcnow() - timedelta(days=days)
    quarters = await read_ledger(
        building, actor, lambda conn: visits_by_quarter(conn, since)
    )
    zone = building.zone()
    visits = [[0] * 24 for _ in range(7)]
    for quarter, count in quarters:
        local = quarter.astimezone(zone)
        visits[local.weekday()][local.hour] += count
    return {"days": days, "visits": [list[JsonValueType](each) for each in visits]}


async def async_entry_pages(
    building: Building, actor: Actor
) -> AsyncGenerator[list[ReadEntry]]:
    """Yield all entries, newest first, page by page."""
    wanted = EntryFilter(MOST_ON_PAGE)
    while True:
        entries = await async_read_entries(building, actor, wanted)
        yield entries
        if len(entries) < MOST_ON_PAGE:
            return
        wanted = EntryFilter(MOST_ON_PAGE, before_seq=entries[-1].row.seq)


class ReadEntry(NamedTuple):
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

    return await read_ledger(building, actor, read)


async def read_ledger[T](
    building: Building, actor: Actor, work: Callable[[Connection], T]
) -> T:
    """Read the ledger in the actor's turn: those who read much wait for others."""
    with translated_ledger_errors():
        async with building.reading_turn(actor.whose):
            return await building.ledger.read_apart(work)


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
    images = (notification.image for notification in reversed(received))
    return next((image for image in images if image and image.startswith(_FILES)), None)


class PrintedVisit(NamedTuple):
    """A visit as its reader may keep it, with the verification code of its record."""

    entry: ReadEntry
    code: str
    building: str
    is_one_home: bool
    log_months: int


async def async_visit(building: Building, actor: Actor, record: int) -> PrintedVisit:
    """Return the visit of a record; raise if the log has none that the actor may read."""
    wanted = EntryFilter(1, before_seq=record + 1)
    entries = await async_read_entries(building, actor, wanted)
    if not entries or entries[0].row.seq != record:
        raise invalid("no_such_visit")
    [found] = await read_ledger(
        building, actor, lambda conn: RECORD_HASH.all(conn, seq=record)
    )
    directory = building.directory
    return PrintedVisit(
        entries[0],
        found.hex()[: 2 * WITNESS_BYTES],
        building.entry.title,
        directory.is_one_home,
        directory.log_months,
    )


def entry_view(entry: ReadEntry) -> dict[str, JsonValueType]:
    """Return an entry for JSON."""
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
    return None if instant is None else instant.isoformat()


def _notification_view(
    building: Building, notification: NotificationStatus
) -> JsonObjectType:
    resident = building.residents.get(notification.resident_id)
    return {
        "resident": None if resident is None else resident.name,
        "reached": notification.is_reached,
    }


PAGES_PER_MINUTE: Final = 600
"""Export pages a person may read: enough to download many years at once."""
MOST_NOTIFICATION: Final = 4_096
"""Characters of a notification that are read; the longest one has fewer."""
VERIFIER: Final = Path(verifier)


async def async_export_records(
    building: Building, actor: Actor, after: int, limit: int
) -> JsonObjectType:
    """Return a page of records, counted against the actor's limit."""
    count_page(building, actor)
    return await async_records_view(building, actor, after, limit)


async def async_export_verifier(building: Building, actor: Actor) -> str:
    """Return the program that verifies an export, counted as a page."""
    count_page(building, actor)
    return await building.hass.async_add_executor_job(read_verifier)


async def async_records_view(
    building: Building, actor: Actor, after: int, limit: int = MOST_ON_PAGE
) -> JsonObjectType:
    """Return the records after a number: as they were hashed, with readable values.

    `head` is the newest record; its hash reveals later changes to earlier records. The
    records up to `sealed` are no longer in the log. If that number is another one on a later page,
    the export must begin again.
    """
    actor.check(Permission.EXPORT)
    readers = [resident.id for resident in actor.residents]
    page = await read_ledger(
        building,
        actor,
        lambda conn: export.page(
            conn, after, limit, readers, actor.units, actor.user_id
        ),
    )
    last = page.records[-1].seq if page.records else after
    return {
        "building": building.entry.title,
        "records": [record_view(record) for record in page.records],
        "head": {"record": page.head_seq, "hash": page.head.hex()},
        "sealed": page.sealed,
        "next": last if last < page.head_seq else None,
    }


def count_page(building: Building, actor: Actor) -> None:
    """Count a page of an export against the actor's limit."""
    actor.check(Permission.EXPORT)
    wait = building.export_rates.take(actor.whose, PAGES_PER_MINUTE, monotonic_ns())
    if wait is not None:
        raise invalid("exported_too_often", seconds=str(wait))


def record_view(record: export.ExportedRecord) -> JsonObjectType:
    """Return a record: `hash` is SHA-256(0x00, the previous hash, `body`).

    The hash of each opened value is in `body`.
    """
    return {
        "record": record.seq,
        "hash": record.hash.hex(),
        "body": record.body,
        "opened": {
            name: {"value": opened.value, "salt": opened.salt.hex()}
            for name, opened in record.opened.items()
        },
    }


async def async_verify_records(
    building: Building, actor: Actor, notification: str | None
) -> tuple[Verification, Mapping[Witness, RecordStatus]]:
    """Verify the whole ledger, and whether a notification's records are unchanged.

    `notification` is a notification, or the part of it with a record's number and hash.
    Raise AskedTooOften if the actor has to wait.
    """
    actor.check(Permission.EXPORT)
    witnesses = () if notification is None else witnesses_in(notification)
    if notification is not None and not witnesses:
        raise invalid("no_witness")
    with translated_ledger_errors():
        return await building.verifications.check(actor.whose, witnesses)


async def async_verify(
    building: Building, actor: Actor, notification: str | None
) -> JsonObjectType:
    """Return the result of `async_verify_records`."""
    try:
        found, standing = await async_verify_records(building, actor, notification)
    except AskedTooOften as often:
        raise invalid("checked_too_often", seconds=str(often.seconds)) from None
    view: JsonObjectType = {
        "intact": found.intact,
        "records": found.records - found.sealed,
        "head": found.head.hex(),
        "broken_at": found.broken_at,
    }
    if notification is not None:
        view["notifications"] = [
            {"record": witness.record, "hash": witness.hash, "standing": each.value}
            for witness, each in standing.items()
        ]
    return view


def read_verifier() -> str:
    """Return the program that verifies an export; it only needs Python."""
    return VERIFIER.read_text("utf-8")


BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Marks a file as UTF-8 for spreadsheet programs."""

COLUMNS: Final = (
    "record",
    "at",
    "courier",
    "door",
    "proof",
    "decision",
    "reason",
    "outcome",
    "repeats",
    "units",
    *(name.removesuffix("_ref") for name in DETAILS),
)
_FORMULA: Final = re.compile(r"(^|[;,|])([\s\"']*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


async def async_export_entries(
    building: Building,
    actor: Actor,
    limit: int,
    before: int | None,
    language: str | None,
) -> JsonObjectType:
    """Return a page of entries as CSV, counted against the actor's limit."""
    count_page(building, actor)
    translated = await texts(building.hass, language)
    wanted = EntryFilter(limit, before_seq=before)
    entries = await async_read_entries(building, actor, wanted)
    sheet = _sheet(translated, building.zone(), entries, has_header=before is None)
    more = len(entries) == limit
    return {"csv": sheet, "next": entries[-1].row.seq if more else None}


async def async_sheets(
    building: Building, actor: Actor, texts: Mapping[str, str]
) -> AsyncGenerator[bytes]:
    """Write all entries as a file, page by page."""
    mark = BYTE_ORDER_MARK
    async for entries in async_entry_pages(building, actor):
        sheet = _sheet(texts, building.zone(), entries, has_header=bool(mark))
        yield mark + sheet.encode()
        mark = b""


def _sheet(
    texts: Mapping[str, str],
    zone: ZoneInfo,
    entries: Iterable[ReadEntry],
    *,
    has_header: bool,
) -> str:
    header = [[texts[f"csv_{column}"] for column in COLUMNS]] if has_header else []
    return _csv([*header, *(_row(texts, zone, entry) for entry in entries)])


def _csv(rows: Iterable[Sequence[str]]) -> str:
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(
        [plain(cell) for cell in row] for row in rows
    )
    return table.getvalue()


def _row(texts: Mapping[str, str], zone: ZoneInfo, entry: ReadEntry) -> list[str]:
    row = entry.row
    refused = row.decision is EntryDecision.REFUSED
    return [
        str(row.seq),
        row.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
        row.courier_name,
        row.door_name,
        "" if row.proof is None else texts[f"csv_{row.proof}"],
        texts[f"csv_{row.decision}"],
        texts.get(f"notification_reason_{row.reason}", "") if refused else "",
        "" if row.outcome is None else texts[f"csv_{row.outcome}"],
        str(row.repeats or ""),
        ", ".join(entry.units),
        *(said or "" for said in entry.delivery.as_dict().values()),
    ]


def plain(cell: str) -> str:
    """Return a cell in one line that no spreadsheet reads as a formula."""
    return _FORMULA.sub(r"\1'\2", _CONTROLS.sub(" ", cell))
