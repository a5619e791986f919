"""Store drivers' passes, units' address codes, and wrong codes.

Codes are kept as slow keyed hashes, and links as fast ones of 128 random bits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Final

from ...access.codes import Tries
from ...access.model import GrantKey
from ..ledger import Transaction
from ..sql import Command, Query, fields_of
from .residents import Author


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


_PASSES: Final = Query(
    """
    SELECT pass_id AS id, courier_id, grant_id, resident_id, pin, short_code, link, at,
        keep_until, digits, is_used, is_revoked
    FROM passes WHERE NOT is_revoked ORDER BY pass_id
    """,
    Pass,
)
_PUT_PASS: Final = Command("""
    INSERT INTO passes (
        pass_id, courier_id, grant_id, resident_id, pin, short_code, link, at,
        keep_until, digits, is_used, is_revoked
    ) VALUES (
        :id, :courier_id, :grant_id, :resident_id, :pin, :short_code, :link, :at,
        :keep_until, :digits, :is_used, :is_revoked
    )
""")
_REVOKE: Final = Command(
    "UPDATE passes SET is_revoked = 1 WHERE pass_id = :pass_id AND NOT is_revoked"
)


def load_passes(conn: Connection) -> list[Pass]:
    """Return the passes that aren't revoked."""
    return _PASSES.all(conn)


def put_pass(transaction: Transaction, new: Pass, unit: str, author: Author) -> None:
    """Write a pass, and record who made it for which unit."""
    _PUT_PASS.run(transaction.conn, **fields_of(new))
    transaction.append(
        "pass.made",
        new.at,
        {"pass": new.id, "courier": new.key.courier_id},
        {"grant_id": new.key.grant_id, "unit": unit, "decided_by": author.decided_by},
    )


def revoke_pass(
    transaction: Transaction, pass_id: str, author: Author, at: datetime
) -> bool:
    """Revoke a pass for good; return whether it wasn't revoked before."""
    if not _REVOKE.run(transaction.conn, pass_id=pass_id):
        return False
    transaction.append(
        "pass.revoked", at, {"pass": pass_id}, {"decided_by": author.decided_by}
    )
    return True


_USED: Final = Query("SELECT pass_id FROM passes WHERE is_used AND NOT is_revoked", str)


def used_passes(conn: Connection) -> frozenset[str]:
    return frozenset(_USED.each(conn))


_COUNT_USE: Final = Command("""
    UPDATE passes SET is_used = EXISTS (
        SELECT * FROM entries
        WHERE entries.pass_id = passes.pass_id AND decision = 'admitted'
            AND NOT use_returned
    )
    WHERE pass_id = (SELECT pass_id FROM entries WHERE entry_id = :entry_id)
""")


def count_pass_use(conn: Connection, entry_id: str) -> None:
    """Set whether the pass that an entry showed is used by it or by another one."""
    _COUNT_USE.run(conn, entry_id=entry_id)


@dataclass(frozen=True, slots=True)
class AddressCode:
    """A unit's standing code, in effect while who made it lives there."""

    code: bytes
    unit: str
    resident_id: str


_ADDRESS_CODES: Final = Query(
    "SELECT code, unit, resident_id FROM address_codes", AddressCode
)
_PUT_ADDRESS_CODE: Final = Command("""
    INSERT INTO address_codes (unit, resident_id, code, at)
    VALUES (:unit, :resident_id, :code, :at)
    ON CONFLICT (unit) DO UPDATE
    SET resident_id = excluded.resident_id, code = excluded.code, at = excluded.at
""")


def load_address_codes(conn: Connection) -> list[AddressCode]:
    return _ADDRESS_CODES.all(conn)


def put_address_code(
    transaction: Transaction, new: AddressCode, author: Author, at: datetime
) -> None:
    """Replace a unit's address code."""
    _PUT_ADDRESS_CODE.run(transaction.conn, **fields_of(new), at=at)
    transaction.append(
        "address_code.renewed",
        at,
        {},
        {"unit": new.unit, "decided_by": author.decided_by},
    )


_REVOKE_ALL: Final = Command(
    "UPDATE passes SET is_revoked = 1 WHERE resident_id = :resident_id"
)
_END_ADDRESS_CODE: Final = Command(
    "DELETE FROM address_codes WHERE resident_id = :resident_id"
)
_END_ORPHANED: Final = Command("""
    DELETE FROM address_codes WHERE NOT EXISTS (
        SELECT * FROM residences
        WHERE residences.resident_id = address_codes.resident_id
            AND residences.unit = address_codes.unit
    )
""")


def end_codes(conn: Connection, resident_id: str) -> None:
    """End the passes and the address code of a resident who left."""
    _REVOKE_ALL.run(conn, resident_id=resident_id)
    _END_ADDRESS_CODE.run(conn, resident_id=resident_id)


def end_orphaned_codes(conn: Connection) -> None:
    """End the address codes whose makers no longer live in their units."""
    _END_ORPHANED.run(conn)


_TRIES: Final = Query(
    "SELECT door_id, hours, notified_at FROM code_tries",
    tuple[str, tuple[tuple[int, int, int], ...], datetime | None],
)
_PUT_TRIES: Final = Command("""
    INSERT INTO code_tries (door_id, hours, notified_at)
    VALUES (:door_id, :hours, :notified_at)
    ON CONFLICT (door_id) DO UPDATE
    SET hours = excluded.hours, notified_at = excluded.notified_at
""")


def load_tries(conn: Connection) -> Mapping[str, Tries]:
    return {
        door_id: Tries(
            {hour: (pages, keypads) for hour, pages, keypads in hours}, notified_at
        )
        for door_id, hours, notified_at in _TRIES.each(conn)
    }


def put_tries(conn: Connection, door_id: str, tries: Tries) -> None:
    """Keep the wrong codes of a door."""
    hours = [[hour, *wrong] for hour, wrong in tries.hours.items()]
    _PUT_TRIES.run(conn, door_id=door_id, hours=hours, notified_at=tries.notified_at)
