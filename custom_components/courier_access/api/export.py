"""The ledger's records for download, and their verification (promise 5)."""

from collections.abc import Mapping
from pathlib import Path
import time
from typing import Final

from homeassistant.util.json import JsonObjectType, JsonValueType

from ..building.building import Building
from ..building.verification import AskedTooOften
from ..ledger.chain import Verification
from ..ledger.upkeep import export
from ..ledger.upkeep.export import ExportedRecord
from ..ledger.verification import RecordStatus
from ..ledger.verify_record import Witness, __file__ as verifier, witnesses_in
from .lookup import invalid, translated_ledger_errors
from .permissions import Actor, Permission

MOST_RECORDS: Final = 500
PAGES_PER_MINUTE: Final = 600
"""Export pages a person may read: enough to download many years at once."""
MOST_NOTIFICATION: Final = 4_096
"""Characters of a notification that are read; the longest one has fewer."""
VERIFIER: Final = Path(verifier)


async def async_export_records(
    building: Building, actor: Actor, after: int, limit: int = MOST_RECORDS
) -> JsonObjectType:
    """Return a page of records, counted against the actor's limit."""
    count_page(building, actor)
    return await async_records_view(building, actor, after, limit)


async def async_export_verifier(building: Building, actor: Actor) -> str:
    """Return the program that verifies an export, counted as a page."""
    count_page(building, actor)
    return await building.hass.async_add_executor_job(read_verifier)


async def async_records_view(
    building: Building, actor: Actor, after: int, limit: int = MOST_RECORDS
) -> JsonObjectType:
    """Return the records after a number: as they were hashed, with readable values.

    `head` is the newest record; its hash reveals later changes to earlier records.
    """
    actor.check(Permission.EXPORT)
    readers = [resident.id for resident in actor.residents]
    with translated_ledger_errors():
        async with building.reading_turn(actor.whose):
            page = await building.ledger.read_apart(
                lambda conn: export.page(conn, after, limit, readers, actor.units)
            )
    last = page.records[-1].seq if page.records else after
    return {
        "building": building.entry.title,
        "records": list[JsonValueType](
            [record_view(record) for record in page.records]
        ),
        "head": {"record": page.head_seq, "hash": page.head.hex()},
        "next": last if last < page.head_seq else None,
    }


def count_page(building: Building, actor: Actor) -> None:
    """Count a page of an export against the actor's limit."""
    actor.check(Permission.EXPORT)
    wait = building.export_rates.take(
        actor.whose, PAGES_PER_MINUTE, time.monotonic_ns()
    )
    if wait is not None:
        raise invalid("exported_too_often", seconds=str(wait))


def record_view(record: ExportedRecord) -> JsonObjectType:
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
        "records": found.records,
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
