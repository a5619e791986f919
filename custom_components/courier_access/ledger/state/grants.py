"""Store, find, and revoke grants, and remove units from them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
import hashlib
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Row,
    RowMapping,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import Grant, GrantKey, GrantState, Issuer, IssuerKind, UnitPart
from ..ledger import LedgerUnavailable, Transaction
from ..queue import ANNOUNCEMENTS
from ..statements import Statement, microseconds
from ..tables import fanouts, grant_units, grants, of_grant, of_same_grant, passes
from .rules import Author, has_consented

_FINGERPRINT_PREFIX: Final = "~"
"""Marks the fingerprint of a revoked grant's ID; no courier's ID contains it."""

IS_FINGERPRINT: Final = f"grant_id LIKE '{_FINGERPRINT_PREFIX}%'"
"""The condition that a grant is known by a fingerprint only."""

REMEMBERED: Final = timedelta(days=7)
"""How long replies are kept after the message or grant (docs/courier-api/README.md)."""
OLDEST_MESSAGE: Final = timedelta(days=30)
"""Older grant messages are refused, which limits how long revocations are kept."""

_KEY: Final = ("courier_id", "grant_id")
_COLUMNS: Final = (
    *_KEY,
    "revision",
    "state",
    "door_id",
    "starts_at",
    "ends_at",
    "max_entries",
    "uses",
    "returned",
    "parcel_ref",
    "driver_ref",
    "content",
    "issuer_kind",
    "issuer_id",
    "keep_until",
)
_UPSERT: Final = upsert(grants)
_PUT: Final = Statement.of(
    _UPSERT.on_conflict_do_update(
        index_elements=_KEY,
        # Only claims change the uses, so a revision can't undo a concurrent one.
        set_={
            name: _UPSERT.excluded[name]
            for name in _COLUMNS
            if name not in (*_KEY, "uses", "returned")
        },
    ),
    *_COLUMNS,
)
_PUT_UNIT: Final = Statement.of(
    insert(grant_units), *_KEY, "unit", "position", "label", "part"
)
_UNCONSENTED: Final = Statement.of(
    select(grant_units.c.unit).where(
        grant_units.c.courier_id == bindparam("courier_id"),
        grant_units.c.grant_id == bindparam("grant_id"),
        grant_units.c.part == UnitPart.ACCEPTED,
        ~has_consented(grant_units.c.unit),
    )
)
_OF_GRANT: Final = of_same_grant(grants, grant_units)
_UNITS: Final = select(grant_units).order_by(grant_units.c.position)


def find_grant(conn: Connection, key: GrantKey) -> Grant | None:
    """Return the grant, even if revoked or expired, or None if it is unknown."""
    row = (
        conn.execute(
            select(grants).where(
                grants.c.courier_id == key.courier_id,
                grants.c.grant_id.in_((key.grant_id, fingerprint(key))),
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return None
    units = conn.execute(_UNITS.where(of_grant(grant_units, key)))
    return _grant(key, row, units.all())


def fingerprint(key: GrantKey) -> str:
    """Return the fingerprint kept for a revoked grant, whose ID is personal."""
    identity = f"{key.courier_id} {key.grant_id}"
    return _FINGERPRINT_PREFIX + hashlib.sha256(identity.encode()).hexdigest()


def live_grants(conn: Connection, now: datetime) -> list[Grant]:
    """Return the grants that at least one unit lets the courier use, now or later."""
    usable = (
        grants.c.ends_at > now,
        grants.c.state == GrantState.OPEN,
        exists()
        .where(_OF_GRANT, grant_units.c.part == UnitPart.ACCEPTED)
        .correlate(grants),
    )
    units: defaultdict[GrantKey, list[Row[Any]]] = defaultdict(list)
    for unit in conn.execute(_UNITS.join(grants, _OF_GRANT).where(*usable)):
        units[GrantKey(unit.courier_id, unit.grant_id)].append(unit)
    rows = conn.execute(
        select(grants).where(*usable).order_by(grants.c.courier_id, grants.c.grant_id)
    ).mappings()
    keys = ((GrantKey(row["courier_id"], row["grant_id"]), row) for row in rows)
    return [_grant(key, row, units[key]) for key, row in keys]


class GrantConflict(LedgerUnavailable):
    """A message or a resident changed the basis of a decision, so decide again."""


def put_grant(transaction: Transaction, grant: Grant, at: datetime) -> Grant | None:
    """Replace any earlier revision of a grant, and return it; its uses are kept.

    Raise GrantConflict if it was revoked, vetoed, or revised further, or a consent
    ended.
    """
    earlier = find_grant(transaction.conn, grant.key)
    if earlier is not None and (
        earlier.state is GrantState.REVOKED
        or earlier.revision > grant.revision
        or any(
            part is UnitPart.VETOED and grant.units.get(unit) is not UnitPart.VETOED
            for unit, part in earlier.units.items()
        )
    ):
        raise GrantConflict("another message or a veto came first")
    keep_until = max(at, grant.ends_at) + REMEMBERED
    if earlier is not None:
        _make_room(transaction.conn, grant.key, keep_until)
    key = {"courier_id": grant.key.courier_id, "grant_id": grant.key.grant_id}
    _PUT.run(
        transaction.raw,
        **key,
        revision=grant.revision,
        state=grant.state,
        door_id=grant.door_id,
        starts_at=microseconds(grant.starts_at),
        ends_at=microseconds(grant.ends_at),
        max_entries=grant.max_entries,
        uses=grant.uses,
        returned=grant.returned,
        parcel_ref=grant.parcel_ref,
        driver_ref=grant.driver_ref,
        content=grant.content,
        issuer_kind=None if grant.issuer is None else grant.issuer.kind,
        issuer_id=None if grant.issuer is None else grant.issuer.id,
        keep_until=microseconds(keep_until),
    )
    for position, (unit, part) in enumerate(grant.units.items()):
        _PUT_UNIT.run(
            transaction.raw,
            **key,
            unit=unit,
            position=position,
            label=grant.unit_labels.get(unit),
            part=part,
        )
    if _UNCONSENTED.run(transaction.raw, **key).fetchone():
        raise GrantConflict("a unit's consent ended first")
    return earlier


def _make_room(conn: Connection, key: GrantKey, keep_until: datetime) -> None:
    """Delete the units of an earlier revision, and keep its passes as long."""
    conn.execute(delete(grant_units).where(of_grant(grant_units, key)))
    conn.execute(
        update(passes).where(of_grant(passes, key)).values(keep_until=keep_until)
    )


def revoke_grant(transaction: Transaction, key: GrantKey, at: datetime) -> None:
    """Revoke a grant for good, even before it arrives."""
    keep_until = at + OLDEST_MESSAGE + REMEMBERED
    former = GrantKey(key.courier_id, fingerprint(key))
    transaction.conn.execute(delete(grants).where(of_grant(grants, former)))
    mark = upsert(grants).values(
        courier_id=key.courier_id,
        grant_id=key.grant_id,
        revision=0,
        state=GrantState.REVOKED,
        door_id="",
        starts_at=at,
        ends_at=at,
        max_entries=0,
        content="",
        keep_until=keep_until,
    )
    transaction.conn.execute(
        mark.on_conflict_do_update(
            index_elements=["courier_id", "grant_id"],
            set_={"state": GrantState.REVOKED, "keep_until": keep_until},
        )
    )


def call_off_grant(
    transaction: Transaction, key: GrantKey, at: datetime, *, by: str | None
) -> bool:
    """Revoke a grant from inside the building; return whether there was one to revoke."""
    grant = find_grant(transaction.conn, key)
    if grant is None or grant.is_over(at):
        return False
    revoke_grant(transaction, key, at)
    transaction.append(
        "grant.revoked",
        at,
        {"courier": key.courier_id, "by_courier": False},
        {"grant_id": key.grant_id, "decided_by": by},
    )
    return True


def remove_unit(
    transaction: Transaction,
    units: Collection[str],
    now: datetime,
    to: UnitPart,
    key: GrantKey | None = None,
) -> list[GrantKey]:
    """Remove units from all open grants or from one; return the changed grants."""
    conn = transaction.conn
    touched = (
        select(grant_units.c.courier_id, grant_units.c.grant_id)
        .join(grants, _OF_GRANT)
        .where(
            grant_units.c.unit.in_(units),
            grant_units.c.part == UnitPart.ACCEPTED,
            grants.c.ends_at > now,
        )
        .distinct()
    )
    if key is not None:
        touched = touched.where(of_grant(grants, key))
    keys = [GrantKey(row.courier_id, row.grant_id) for row in conn.execute(touched)]
    for found in keys:
        conn.execute(
            update(grant_units)
            .where(
                of_grant(grant_units, found),
                grant_units.c.unit.in_(units),
                grant_units.c.part == UnitPart.ACCEPTED,
            )
            .values(part=to)
        )
    return keys


def _grant(key: GrantKey, row: RowMapping, units: Sequence[Row[Any]]) -> Grant:
    return Grant(
        key=key,
        revision=row["revision"],
        door_id=row["door_id"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        max_entries=row["max_entries"],
        units={unit.unit: UnitPart(unit.part) for unit in units},
        uses=row["uses"],
        returned=row["returned"],
        state=GrantState(row["state"]),
        # A unit without a label isn't in this revision; only its veto is remembered.
        unit_labels={unit.unit: unit.label for unit in units if unit.label is not None},
        parcel_ref=row["parcel_ref"],
        driver_ref=row["driver_ref"],
        content=row["content"],
        issuer=None
        if row["issuer_kind"] is None
        else Issuer(IssuerKind(row["issuer_kind"]), row["issuer_id"]),
    )


class VetoOutcome(StrEnum):
    """The result of a veto."""

    VETOED = "vetoed"
    ALREADY_VETOED = "already_vetoed"
    NOT_CONCERNED = "not_concerned"
    OVER = "over"
    UNKNOWN = "unknown"


VETO_APPLIED: Final = frozenset({VetoOutcome.VETOED, VetoOutcome.ALREADY_VETOED})
"""The outcomes after which the unit is removed for good."""


def put_veto(
    transaction: Transaction, key: GrantKey, unit: str, author: Author, at: datetime
) -> VetoOutcome:
    """Remove a unit from a usable grant for good, and record who decided.

    This includes units that don't accept the grant now, or that a revision left out: a
    later revision could bring them back.
    """
    conn = transaction.conn
    grant = find_grant(conn, key)
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
            index_elements=["courier_id", "grant_id", "unit"],
            set_={"part": UnitPart.VETOED},
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
    announced = conn.execute(
        select(fanouts.c.units).where(
            fanouts.c.kind.in_(ANNOUNCEMENTS), of_grant(fanouts, key)
        )
    )
    return any(unit in units for units in announced.scalars())
