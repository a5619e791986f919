"""The record as a resident takes it home, and whether it stands as it was written (promise 5)."""

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
from .commands import check, invalid, ledger_faults_told
from .permissions import Actor, Permission

MOST_RECORDS: Final = 500
PAGES_PER_MINUTE: Final = 600
"""How many pages of exports one person may ask for: so many that the record of many years is taken home in one go."""
MOST_NOTICE: Final = 4_096
"""How many letters of a notice are read; the longest that is written has fewer."""
VERIFIER: Final = Path(verifier)


async def async_records_view(
    building: Building, actor: Actor, after: int, limit: int = MOST_RECORDS
) -> JsonObjectType:
    """Return the records after a number: what was hashed, word for word, and what the actor may know of the rest.

    `head` is the newest record then: whoever keeps its hash finds out later whether anything before it was altered.

    Raises:
        ServiceValidationError: the actor may take nothing home.
        HomeAssistantError: the ledger can't be read.

    """
    check(actor, Permission.EXPORT)
    readers = [resident.id for resident in actor.residents]
    with ledger_faults_told():
        async with building.reading_turns.of(actor.whose):
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


def take_page(building: Building, actor: Actor) -> None:
    """Take in that an actor asks for a page of an export.

    Raises:
        ServiceValidationError: the actor may export nothing, or asked for too many pages lately.

    """
    check(actor, Permission.EXPORT)
    wait = building.export_rates.take(
        actor.whose, PAGES_PER_MINUTE, time.monotonic_ns()
    )
    if wait is not None:
        raise invalid("exported_too_often", seconds=str(wait))


def record_view(record: ExportedRecord) -> JsonObjectType:
    """Tell of a record: `hash` is SHA-256(0x00, the hash before, `body`), and each opened value's is in `body`."""
    return {
        "record": record.seq,
        "hash": record.hash.hex(),
        "body": record.body,
        "opened": {
            name: {"value": opened.value, "salt": opened.salt.hex()}
            for name, opened in record.opened.items()
        },
    }


async def async_checked(
    building: Building, actor: Actor, notice: str | None
) -> tuple[Verification, Mapping[Witness, RecordStatus]]:
    """Check the whole record here and now, also the parts of it that the actor may not read.

    `notice` is what the reader was told earlier, or the part of it with the record's number and hash: whether that
    record still stands is checked, too (`verify_record.witnesses_in`).

    Raises:
        ServiceValidationError: the actor may not, or nothing in the notice witnesses a record.
        AskedTooOften: the actor has to wait.
        HomeAssistantError: the ledger can't be read.

    """
    check(actor, Permission.EXPORT)
    witnesses = () if notice is None else witnesses_in(notice)
    if notice is not None and not witnesses:
        raise invalid("no_witness")
    with ledger_faults_told():
        return await building.verifications.check(actor.whose, witnesses)


async def async_verified(
    building: Building, actor: Actor, notice: str | None
) -> JsonObjectType:
    """Tell what a check of the record found, as `async_checked` does.

    Raises:
        ServiceValidationError: the actor may not, or has to wait, or nothing in the notice witnesses a record.
        HomeAssistantError: the ledger can't be read.

    """
    try:
        found, standing = await async_checked(building, actor, notice)
    except AskedTooOften as often:
        raise invalid("checked_too_often", seconds=str(often.seconds)) from None
    told: JsonObjectType = {
        "intact": found.intact,
        "records": found.records,
        "head": found.head.hex(),
        "broken_at": found.broken_at,
    }
    if notice is not None:
        told["notices"] = [
            {"record": witness.record, "hash": witness.hash, "standing": each.value}
            for witness, each in standing.items()
        ]
    return told


def read_verifier() -> str:
    """Return the program that checks an export anywhere: one file, which needs nothing but Python."""
    return VERIFIER.read_text("utf-8")
