"""The record as a resident takes it home, and whether it stands as it was written (promise 5)."""

from typing import Final

from homeassistant.util.json import JsonObjectType, JsonValueType

from .building import Building
from .ledger import export
from .ledger.export import ExportedRecord
from .permissions import Actor, Deed
from .residents import check, ledger_faults_told

MOST_RECORDS: Final = 500


async def async_told_records(
    building: Building, actor: Actor, after: int, limit: int = MOST_RECORDS
) -> JsonObjectType:
    """Return the records after a number: what was hashed, word for word, and what the actor may know of the rest.

    `head` is the newest record then: whoever keeps its hash finds out later whether anything before it was altered.

    Raises:
        ServiceValidationError: the actor may take nothing home.
        HomeAssistantError: the ledger can't be read.

    """
    check(actor, Deed.EXPORT)
    readers = [resident.id for resident in actor.residents]
    with ledger_faults_told():
        page = await building.ledger.read_apart(
            lambda conn: export.page(conn, after, limit, readers, actor.units)
        )
    last = page.records[-1].seq if page.records else after
    return {
        "building": building.entry.title,
        "records": list[JsonValueType]([told_record(record) for record in page.records]),
        "head": {"record": page.head_seq, "hash": page.head.hex()},
        "next": last if last < page.head_seq else None,
    }


def told_record(record: ExportedRecord) -> JsonObjectType:
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


async def async_verified(building: Building, actor: Actor) -> JsonObjectType:
    """Check the whole record here and now, also the parts of it that the actor may not read.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be read.

    """
    check(actor, Deed.EXPORT)
    with ledger_faults_told():
        found = await building.ledger.verify()
    return {
        "intact": found.intact,
        "records": found.records,
        "head": found.head.hex(),
        "broken_at": found.broken_at,
    }
