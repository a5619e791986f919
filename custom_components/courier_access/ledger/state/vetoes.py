"""Vetoes on the disk: what takes a unit out of a grant for good (promise 3)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import GrantKey, GrantState, UnitPart
from ..ledger import Transaction
from ..queue import ANNOUNCEMENTS
from ..tables import fanouts, grant_units
from .grants import find
from .rules import Author


class VetoOutcome(StrEnum):
    """What a veto came to."""

    VETOED = "vetoed"
    ALREADY_VETOED = "already_vetoed"
    NOT_CONCERNED = "not_concerned"
    OVER = "over"
    UNKNOWN = "unknown"


STANDS: Final = frozenset({VetoOutcome.VETOED, VetoOutcome.ALREADY_VETOED})
"""The outcomes after which the unit is out of the grant for good."""


def put(
    transaction: Transaction, key: GrantKey, unit: str, author: Author, at: datetime
) -> VetoOutcome:
    """Take a unit out of a grant for good and record who decided it, where the grant can still be used.

    It counts whatever the unit's part is now: a later revision could change that. It also counts where the grant was
    announced to the unit and names it no more, lest the revision after it brings it back.
    """
    conn = transaction.conn
    grant = find(conn, key)
    if grant is None:
        return VetoOutcome.UNKNOWN
    if grant.state is GrantState.REVOKED or grant.ends_at <= at:
        return VetoOutcome.OVER
    if grant.units.get(unit) is UnitPart.VETOED:
        return VetoOutcome.ALREADY_VETOED
    if unit not in grant.units and not _was_announced(conn, key, unit):
        return VetoOutcome.NOT_CONCERNED
    conn.execute(
        upsert(grant_units)
        .values(
            courier_id=key.courier_id,
            grant_id=key.grant_id,
            unit=unit,
            position=len(grant.units),
            part=UnitPart.VETOED,
        )
        .on_conflict_do_update(
            index_elements=["courier_id", "grant_id", "unit"], set_={"part": UnitPart.VETOED}
        )
    )
    transaction.append(
        "grant.vetoed",
        at,
        {"courier": key.courier_id, "revision": grant.revision},
        {"grant_id": key.grant_id, "unit": unit, "decided_by": author.decided_by},
    )
    return VetoOutcome.VETOED


def _was_announced(conn: Connection, key: GrantKey, unit: str) -> bool:
    told = conn.execute(
        select(fanouts.c.units).where(
            fanouts.c.kind.in_(ANNOUNCEMENTS),
            fanouts.c.courier_id == key.courier_id,
            fanouts.c.grant_id == key.grant_id,
        )
    )
    return any(unit in units for units in told.scalars())
