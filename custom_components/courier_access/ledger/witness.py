"""The record checked against what residents' phones hold of it: the number and the hash in an earlier notice.

The chain alone can't show that its end was cut off, or that all of it was written anew: a notice can (promise 5).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, LargeBinary, cast, select

from . import binding, chain, verification as account
from .chain import Verification
from .tables import records
from .verify_record import Witness


class Standing(StrEnum):
    """What became of the record that a notice was of.

    UNCHANGED also says that nothing before it was changed. ALTERED: its text, or a record before it, is no longer
    what its hash was made of. ANOTHER: it was replaced, or one before it. MISSING: it was left out, or cut off.
    """

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    ANOTHER = "another"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole record found, and what became of each record that a notice was of."""

    found: Verification
    standing: Mapping[Witness, Standing]


def check(conn: Connection, witnesses: Collection[Witness]) -> Checked:
    """Check the whole chain, that entries and state are as it says, and that these records are in it."""
    found = chain.verify(conn)
    standing = {witness: _standing(conn, found, witness) for witness in witnesses}
    if found.intact:
        found = replace(found, broken_at=account.first_otherwise(conn))
    if found.intact and not binding.fits(conn):
        found = replace(found, broken_at=found.records, state_differs=True)
    return Checked(found, standing)


def _standing(conn: Connection, found: Verification, witness: Witness) -> Standing:
    kept: bytes | None = conn.execute(
        select(cast(records.c.hash, LargeBinary)).where(records.c.seq == witness.record)
    ).scalar_one_or_none()
    if kept is None:
        return Standing.MISSING
    if not kept.hex().startswith(witness.hash):
        return Standing.ANOTHER
    is_whole = found.broken_at is None or witness.record < found.broken_at
    return Standing.UNCHANGED if is_whole else Standing.ALTERED
