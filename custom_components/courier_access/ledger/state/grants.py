"""Store, find, and revoke grants, and remove units from them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
import hashlib
from sqlite3 import Connection
from typing import Final

from ...access.model import DETAILS, Grant, GrantKey, GrantState, UnitPart
from ..ledger import LedgerUnavailable, Transaction
from ..queue import Family, kinds_with
from ..sql import Command, Query, fields_of, listed
from .residents import HAS_CONSENTED, Author

_FINGERPRINT_PREFIX: Final = "~"
"""Marks the fingerprint of a revoked grant's ID; no courier's ID contains it."""

IS_FINGERPRINT: Final = f"grant_id LIKE '{_FINGERPRINT_PREFIX}%'"
"""The condition that a grant is known by a fingerprint only."""

REMEMBERED: Final = timedelta(days=7)
"""How long replies are kept after the message or grant (docs/courier-api/README.md)."""
OLDEST_MESSAGE: Final = timedelta(days=30)
"""Older grant messages are refused, which limits how long revocations are kept."""

OF_GRANT: Final = "WHERE courier_id = :courier_id AND grant_id = :grant_id"
"""The rows of a grant, by the fields of its key."""

_DETAILS: Final = ", ".join(DETAILS)
_OF_SAME_GRANT: Final = """
    (grant_units.courier_id, grant_units.grant_id) = (grants.courier_id, grants.grant_id)
"""
_UNITS: Final = f"SELECT * FROM grant_units WHERE {_OF_SAME_GRANT} ORDER BY position"
# A unit without a label isn't in this revision; only its veto is remembered.
_GRANT: Final = f"""
    SELECT courier_id, grant_id, grants.revision, door_id, starts_at, ends_at,
        max_entries, (SELECT json_group_object(unit, part) FROM ({_UNITS})) AS units,
        uses, returned, state, (
            SELECT json_group_object(unit, label) FILTER (WHERE label IS NOT NULL)
            FROM ({_UNITS})
        ) AS unit_labels,
        {_DETAILS}, content, issuer_kind AS kind, issuer_id AS id,
        NULL AS revision
    FROM grants
"""
_FIND: Final = Query(
    f"""
    {_GRANT}
    WHERE courier_id = :courier_id AND grant_id IN (:grant_id, :fingerprint)
    """,
    Grant,
)
_LIVE: Final = Query(
    f"""
    {_GRANT}
    WHERE ends_at > :now AND state = 'open' AND EXISTS (
        SELECT * FROM grant_units WHERE {_OF_SAME_GRANT} AND part = 'accepted'
    )
    ORDER BY courier_id, grant_id
    """,
    Grant,
)


def find_grant(conn: Connection, key: GrantKey) -> Grant | None:
    """Return the grant, even if revoked or expired, or None if it is unknown."""
    found = _FIND.first(conn, **fields_of(key), fingerprint=fingerprint(key))
    return None if found is None else replace(found, key=key)


def fingerprint(key: GrantKey) -> str:
    """Return the fingerprint kept for a revoked grant, whose ID is personal."""
    identity = f"{key.courier_id} {key.grant_id}"
    return _FINGERPRINT_PREFIX + hashlib.sha256(identity.encode()).hexdigest()


def live_grants(conn: Connection, now: datetime) -> list[Grant]:
    """Return the grants that at least one unit lets the courier use, now or later."""
    return _LIVE.all(conn, now=now)


class GrantConflict(LedgerUnavailable):
    """A message or a resident changed the basis of a decision, so decide again."""


_DETAIL_VALUES: Final = ", ".join(f":{name}" for name in DETAILS)
_NEW_DETAILS: Final = ", ".join(f"{name} = excluded.{name}" for name in DETAILS)
_PUT: Final = Command(f"""
    INSERT INTO grants (
        courier_id, grant_id, revision, state, door_id, starts_at, ends_at, max_entries,
        uses, returned, {_DETAILS}, content, issuer_kind, issuer_id,
        keep_until
    ) VALUES (
        :courier_id, :grant_id, :revision, :state, :door_id, :starts_at, :ends_at,
        :max_entries, :uses, :returned, {_DETAIL_VALUES}, :content,
        :issuer_kind, :issuer_id, :keep_until
    )
    -- Only claims change the uses, so a revision can't undo a concurrent one.
    ON CONFLICT (courier_id, grant_id) DO UPDATE
    SET revision = excluded.revision, state = excluded.state,
        door_id = excluded.door_id, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, max_entries = excluded.max_entries,
        {_NEW_DETAILS},
        content = excluded.content, issuer_kind = excluded.issuer_kind,
        issuer_id = excluded.issuer_id, keep_until = excluded.keep_until
""")
_PUT_UNIT: Final = Command("""
    INSERT INTO grant_units (courier_id, grant_id, unit, position, label, part)
    VALUES (:courier_id, :grant_id, :unit, :position, :label, :part)
""")
_DROP_UNITS: Final = Command(f"DELETE FROM grant_units {OF_GRANT}")
_KEEP_PASSES: Final = Command(f"UPDATE passes SET keep_until = :keep_until {OF_GRANT}")
_HAS_UNCONSENTED: Final = Query(
    f"""
    SELECT EXISTS (
        SELECT * FROM grant_units {OF_GRANT} AND part = 'accepted'
            AND NOT {HAS_CONSENTED}
    )
    """,
    bool,
)


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
    conn, key = transaction.conn, fields_of(grant.key)
    keep_until = max(at, grant.ends_at) + REMEMBERED
    if earlier is not None:
        _DROP_UNITS.run(conn, **key)
        _KEEP_PASSES.run(conn, **key, keep_until=keep_until)
    _PUT.run(
        conn,
        **key,
        revision=grant.revision,
        state=grant.state,
        door_id=grant.door_id,
        starts_at=grant.starts_at,
        ends_at=grant.ends_at,
        max_entries=grant.max_entries,
        uses=grant.uses,
        returned=grant.returned,
        **grant.delivery.as_dict(),
        content=grant.content,
        issuer_kind=None if grant.issuer is None else grant.issuer.kind,
        issuer_id=None if grant.issuer is None else grant.issuer.id,
        keep_until=keep_until,
    )
    for position, (unit, part) in enumerate(grant.units.items()):
        label = grant.unit_labels.get(unit)
        _PUT_UNIT.run(conn, **key, unit=unit, position=position, label=label, part=part)
    if _HAS_UNCONSENTED.one(conn, **key):
        raise GrantConflict("a unit's consent ended first")
    return earlier


_DROP: Final = Command(f"DELETE FROM grants {OF_GRANT}")
_REVOKE: Final = Command("""
    INSERT INTO grants (
        courier_id, grant_id, revision, state, door_id, starts_at, ends_at, max_entries,
        uses, returned, content, keep_until
    ) VALUES (
        :courier_id, :grant_id, 0, 'revoked', '', :at, :at, 0, 0, 0, '', :keep_until
    )
    ON CONFLICT (courier_id, grant_id) DO UPDATE
    SET state = excluded.state, keep_until = excluded.keep_until
""")


def revoke_grant(transaction: Transaction, key: GrantKey, at: datetime) -> None:
    """Revoke a grant for good, even before it arrives."""
    conn, courier_id = transaction.conn, key.courier_id
    _DROP.run(conn, courier_id=courier_id, grant_id=fingerprint(key))
    keep_until = at + OLDEST_MESSAGE + REMEMBERED
    _REVOKE.run(conn, **fields_of(key), at=at, keep_until=keep_until)


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


_REMOVE: Final = Query(
    f"""
    UPDATE grant_units SET part = :to
    WHERE unit IN (SELECT value FROM json_each(:units)) AND part = 'accepted'
        AND EXISTS (SELECT * FROM grants WHERE {_OF_SAME_GRANT} AND ends_at > :now)
    RETURNING courier_id, grant_id
    """,
    GrantKey,
)


def remove_unit(
    transaction: Transaction, units: Collection[str], now: datetime, to: UnitPart
) -> list[GrantKey]:
    """Remove units from all open grants; return the changed grants."""
    changed = _REMOVE.all(transaction.conn, units=units, now=now, to=to)
    return list(dict.fromkeys(changed))


class VetoOutcome(StrEnum):
    """The result of a veto."""

    VETOED = "vetoed"
    ALREADY_VETOED = "already_vetoed"
    NOT_CONCERNED = "not_concerned"
    OVER = "over"
    UNKNOWN = "unknown"


VETO_APPLIED: Final = frozenset({VetoOutcome.VETOED, VetoOutcome.ALREADY_VETOED})
"""The outcomes after which the unit is removed for good."""


_VETO: Final = Command("""
    INSERT INTO grant_units (courier_id, grant_id, unit, position, part)
    VALUES (:courier_id, :grant_id, :unit, :position, 'vetoed')
    ON CONFLICT (courier_id, grant_id, unit) DO UPDATE SET part = excluded.part
""")
_WAS_ANNOUNCED: Final = Query(
    f"""
    SELECT EXISTS (
        SELECT * FROM fanouts, json_each(units)
        {OF_GRANT} AND fanouts.kind IN {listed(kinds_with(Family.ANNOUNCEMENT))}
            AND json_each.key = :unit
    )
    """,
    bool,
)


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
    place = {**fields_of(key), "unit": unit}
    if unit not in grant.units and not _WAS_ANNOUNCED.one(conn, **place):
        return VetoOutcome.NOT_CONCERNED
    _VETO.run(conn, **place, position=len(grant.units))
    transaction.append(
        "grant.vetoed",
        at,
        {"courier": key.courier_id, "revision": grant.revision},
        {"grant_id": key.grant_id, "unit": unit, "decided_by": author.decided_by},
    )
    return VetoOutcome.VETOED
