"""Shared test data: a ledger in which a courier may enter, and its stored claims."""

from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, func, select

from custom_components.courier_access.access.model import Grant, Reason
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import claims, replies
from custom_components.courier_access.ledger.state.claims import Claim, Claimed
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    EntryRow,
    Relock,
    latest_entries,
    load_relocks,
)
from custom_components.courier_access.ledger.state.grants import find_grant, put_grant
from custom_components.courier_access.ledger.state.rules import enroll_residents
from custom_components.courier_access.ledger.tables import fanouts, records
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, GRANT, KEY, decide


def house(transaction: Transaction) -> None:
    """Let three residents of two consenting units expect two parcels."""
    enroll_residents(transaction, [ANNA, BO, CLEO], NOON)
    decide(transaction, ANNA)
    decide(transaction, CLEO)
    put_grant(transaction, GRANT, NOON)


async def claimed(ledger: Ledger, asked: Claim) -> Claimed:
    """Claim an available use."""
    result = await ledger.write(lambda transaction: claims.claim(transaction, asked))
    assert isinstance(result, Claimed)
    return result


async def refused(ledger: Ledger, asked: Claim) -> Reason:
    """Claim a use and return why it is refused."""
    result = await ledger.write(lambda transaction: claims.claim(transaction, asked))
    assert isinstance(result, Reason)
    return result


async def stop(
    ledger: Ledger, asked: Claim, reason: Reason | None, at: datetime, reply: str
) -> Recorded:
    """Claim a use, and stop before the door; return the record of the claim."""
    record = (await claimed(ledger, asked)).record
    await ledger.write(
        lambda transaction: claims.stop(transaction, asked, record, reason, reply, at)
    )
    return record


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What entries left in the ledger."""

    grant: Grant
    entries: list[EntryRow]
    kinds: list[str]
    pending: list[tuple[str, str]]
    replies: dict[str, str]
    relocks: list[Relock]


async def on_disk(ledger: Ledger) -> OnDisk:
    """Read what entries left; messages are named after entries 1 to 3."""

    def read(conn: Connection) -> OnDisk:
        grant = find_grant(conn, KEY)
        assert grant is not None
        messages = [f"message of entry-{number}" for number in (1, 2, 3)]
        kept = {
            message: replies.find(conn, "courier-1", message) for message in messages
        }
        return OnDisk(
            grant=grant,
            entries=latest_entries(conn, EntryFilter(100)),
            kinds=[
                kind
                for kind in conn.execute(
                    select(records.c.kind).order_by(records.c.seq)
                ).scalars()
                if kind.startswith("entry.")
            ],
            pending=[
                (row.kind, row.entry_id)
                for row in conn.execute(select(fanouts).order_by(fanouts.c.id))
            ],
            replies={
                message: reply.reply
                for message, reply in kept.items()
                if reply is not None
            },
            relocks=load_relocks(conn),
        )

    return await ledger.read(read)


async def said(ledger: Ledger, kind: str) -> list[dict[str, object]]:
    """Return the bodies of records of one kind, in order."""
    query = select(records.c.body).where(records.c.kind == kind).order_by(records.c.seq)
    bodies = await ledger.read(lambda conn: list(conn.execute(query).scalars()))
    return [orjson.loads(body) for body in bodies]


async def count_records(ledger: Ledger) -> int:
    return await ledger.read(
        lambda conn: conn.execute(
            select(func.count()).select_from(records)
        ).scalar_one()
    )
