"""Store drivers' passes, units' address codes, and wrong codes.

Codes are kept as slow keyed hashes, and links as fast ones of 128 random bits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.codes import Tries
from ...access.model import Decision, GrantKey
from ..ledger import Transaction
from ..tables import address_codes, code_tries, entries, passes, residences
from .rules import Author


@dataclass(frozen=True, slots=True)
class Pass:
    """One driver's way in, for one entry on a grant."""

    id: str
    key: GrantKey
    resident_id: str
    pin: bytes
    short_code: bytes
    link: bytes
    at: datetime
    keep_until: datetime
    digits: int
    """How long its PIN is."""
    is_used: bool = False
    is_revoked: bool = False


def load_passes(conn: Connection) -> list[Pass]:
    """Return the passes that aren't revoked."""
    return [
        Pass(
            row.pass_id,
            GrantKey(row.courier_id, row.grant_id),
            row.resident_id,
            row.pin,
            row.short_code,
            row.link,
            row.at,
            row.keep_until,
            row.digits,
            is_used=row.is_used,
        )
        for row in conn.execute(
            select(passes).where(~passes.c.is_revoked).order_by(passes.c.pass_id)
        )
    ]


def put_pass(transaction: Transaction, new: Pass, unit: str, author: Author) -> None:
    """Write a pass, and record who made it for which unit."""
    transaction.conn.execute(
        insert(passes),
        {
            "pass_id": new.id,
            "courier_id": new.key.courier_id,
            "grant_id": new.key.grant_id,
            "resident_id": new.resident_id,
            "pin": new.pin,
            "short_code": new.short_code,
            "link": new.link,
            "at": new.at,
            "keep_until": new.keep_until,
            "digits": new.digits,
        },
    )
    transaction.append(
        "pass.made",
        new.at,
        {"pass": new.id, "courier": new.key.courier_id},
        {
            "grant_id": new.key.grant_id,
            "unit": unit,
            "decided_by": author.decided_by,
        },
    )


def revoke_pass(
    transaction: Transaction, pass_id: str, author: Author, at: datetime
) -> bool:
    """Revoke a pass for good; return whether it wasn't revoked before."""
    revoked = transaction.conn.execute(
        update(passes)
        .where(passes.c.pass_id == pass_id, ~passes.c.is_revoked)
        .values(is_revoked=True)
    )
    if revoked.rowcount == 0:
        return False
    transaction.append(
        "pass.revoked", at, {"pass": pass_id}, {"decided_by": author.decided_by}
    )
    return True


def used_passes(conn: Connection) -> frozenset[str]:
    """Return the passes that are used."""
    used = select(passes.c.pass_id).where(passes.c.is_used, ~passes.c.is_revoked)
    return frozenset(conn.execute(used).scalars())


def count_pass_use(conn: Connection, entry_id: str) -> None:
    """Set whether the pass that an entry showed is used by it or by another one."""
    shown = select(entries.c.pass_id).where(entries.c.entry_id == entry_id)
    is_used = exists().where(
        entries.c.pass_id == passes.c.pass_id,
        entries.c.decision == Decision.ADMITTED,
        ~entries.c.use_returned,
    )
    conn.execute(
        update(passes)
        .where(passes.c.pass_id == shown.scalar_subquery())
        .values(is_used=is_used)
    )


@dataclass(frozen=True, slots=True)
class AddressCode:
    """A unit's standing code, in effect while who made it lives there."""

    code: bytes
    unit: str
    resident_id: str


def load_address_codes(conn: Connection) -> list[AddressCode]:
    """Return the units' address codes."""
    return [
        AddressCode(row.code, row.unit, row.resident_id)
        for row in conn.execute(select(address_codes))
    ]


def put_address_code(
    transaction: Transaction, new: AddressCode, author: Author, at: datetime
) -> None:
    """Replace a unit's address code."""
    values = {"resident_id": new.resident_id, "code": new.code, "at": at}
    transaction.conn.execute(
        upsert(address_codes)
        .values(unit=new.unit, **values)
        .on_conflict_do_update(index_elements=["unit"], set_=values)
    )
    transaction.append(
        "address_code.renewed",
        at,
        {},
        {"unit": new.unit, "decided_by": author.decided_by},
    )


def end_codes(conn: Connection, resident_id: str) -> None:
    """End the passes and the address code of a resident who left."""
    conn.execute(
        update(passes)
        .where(passes.c.resident_id == resident_id)
        .values(is_revoked=True)
    )
    conn.execute(
        delete(address_codes).where(address_codes.c.resident_id == resident_id)
    )


def end_orphaned_codes(conn: Connection) -> None:
    """End the address codes whose makers no longer live in their units."""
    lives_there = exists().where(
        residences.c.resident_id == address_codes.c.resident_id,
        residences.c.unit == address_codes.c.unit,
    )
    conn.execute(delete(address_codes).where(~lives_there))


def load_tries(conn: Connection) -> Mapping[str, Tries]:
    """Return the wrong codes of each door."""
    return {
        row.door_id: Tries(
            {hour: (pages, keypads) for hour, pages, keypads in row.hours},
            row.notified_at,
        )
        for row in conn.execute(select(code_tries))
    }


def put_tries(conn: Connection, door_id: str, tries: Tries) -> None:
    """Keep the wrong codes of a door."""
    hours = [[hour, *wrong] for hour, wrong in tries.hours.items()]
    values = {"hours": hours, "notified_at": tries.notified_at}
    conn.execute(
        upsert(code_tries)
        .values(door_id=door_id, **values)
        .on_conflict_do_update(index_elements=["door_id"], set_=values)
    )
