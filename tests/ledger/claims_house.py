"""Shared test data: a ledger in which a courier may enter, and its stored claims."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

import orjson

from custom_components.courier_access.access.model import Grant, Reason
from custom_components.courier_access.ledger.ledger import Ledger, Transaction
from custom_components.courier_access.ledger.state import entries
from custom_components.courier_access.ledger.state.entries import (
    Claim,
    EntryFilter,
    EntryRow,
    Relock,
    find_reply,
    latest_entries,
    load_relocks,
)
from custom_components.courier_access.ledger.state.grants import find_grant, put_grant
from custom_components.courier_access.ledger.state.residents import enroll_residents
from tests.ledger.filled import NOON
from tests.ledger.parts import ANNA, BO, CLEO, GRANT, KEY, decide
from tests.support.rows import bodies, row, rows


def house(transaction: Transaction) -> None:
    """Let three residents of two consenting units expect two parcels."""
    enroll_residents(transaction, [ANNA, BO, CLEO], NOON)
    decide(transaction, ANNA)
    decide(transaction, CLEO)
    put_grant(transaction, GRANT, NOON)


async def claimed(ledger: Ledger, asked: Claim) -> Claim:
    """Claim an available use."""
    result = await ledger.write(lambda transaction: entries.claim(transaction, asked))
    assert isinstance(result, Claim)
    return result


async def refused(ledger: Ledger, asked: Claim) -> Reason:
    """Claim a use and return why it is refused."""
    result = await ledger.write(lambda transaction: entries.claim(transaction, asked))
    assert isinstance(result, Reason)
    return result


async def stop(
    ledger: Ledger, asked: Claim, reason: Reason | None, at: datetime, reply: str
) -> None:
    """Claim a use, and stop before the door."""
    held = await claimed(ledger, asked)
    await ledger.write(
        lambda transaction: entries.stop(transaction, held, reason, reply, at)
    )


async def seq_of(ledger: Ledger, entry_id: str) -> int:
    """Return the number of an entry's record."""
    query = "SELECT seq FROM entries WHERE entry_id = :entry_id"
    return await ledger.read(lambda conn: row(conn, query, int, entry_id=entry_id))


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
        kept = {message: find_reply(conn, "courier-1", message) for message in messages}
        return OnDisk(
            grant=grant,
            entries=latest_entries(conn, EntryFilter(100)),
            kinds=[
                kind
                for kind in rows(conn, "SELECT kind FROM records ORDER BY seq", str)
                if kind.startswith("entry.")
            ],
            pending=rows(
                conn,
                "SELECT kind, entry_id FROM fanouts ORDER BY id",
                tuple[str, str],
            ),
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
    return [orjson.loads(body) for body in await bodies(ledger, kind)]


async def count_records(ledger: Ledger) -> int:
    return await ledger.read(
        lambda conn: row(conn, "SELECT count(*) FROM records", int)
    )
