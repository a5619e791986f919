"""Store grants, their passes and address codes, and the standing orders that issue them.

Codes are kept as slow keyed hashes, and links as fast ones of 128 random bits.
"""

from collections.abc import Collection, Mapping
from copy import replace
from dataclasses import dataclass
from datetime import date, datetime, timedelta
import hashlib
from sqlite3 import Connection
from typing import Final

import orjson

from ...access.codes import Tries
from ...access.model import DETAILS, Grant, GrantKey, GrantState, Resident, UnitPart
from ...access.standing_orders import StandingOrder
from ..ledger import LedgerUnavailable, Transaction
from ..queue import Family, kinds_with
from ..sql import Command, Query, fields_of, listed
from .residents import HAS_CONSENTED, Author

_FINGERPRINT_PREFIX: Final = "~"
"""Marks the fingerprint of a grant's ID, kept instead of it; no courier's ID contains it."""

IS_FINGERPRINT: Final = f"grant_id LIKE '{_FINGERPRINT_PREFIX}%'"

REMEMBERED: Final = timedelta(days=7)
"""How long replies are kept after the message or grant (docs/courier-api/README.md)."""
OLDEST_MESSAGE: Final = timedelta(days=30)
"""Older grant messages are refused, which limits how long revocations are kept."""

OF_GRANT: Final = "WHERE courier_id = :courier_id AND grant_id = :grant_id"

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
        NULL AS revision, is_forgeable
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
    """Return the fingerprint kept for a grant whose ID is personal and not kept."""
    identity = f"{key.courier_id} {key.grant_id}"
    return _FINGERPRINT_PREFIX + hashlib.sha256(identity.encode()).hexdigest()


def live_grants(conn: Connection, now: datetime) -> list[Grant]:
    return _LIVE.all(conn, now=now)


class GrantConflict(LedgerUnavailable):
    """A message or a resident changed the basis of a decision, so decide again."""


_DETAIL_VALUES: Final = ", ".join(f":{name}" for name in DETAILS)
_NEW_DETAILS: Final = ", ".join(f"{name} = excluded.{name}" for name in DETAILS)
_PUT: Final = Command(f"""
    INSERT INTO grants (
        courier_id, grant_id, revision, state, door_id, starts_at, ends_at, max_entries,
        uses, returned, {_DETAILS}, content, issuer_kind, issuer_id, is_forgeable,
        keep_until
    ) VALUES (
        :courier_id, :grant_id, :revision, :state, :door_id, :starts_at, :ends_at,
        :max_entries, :uses, :returned, {_DETAIL_VALUES}, :content,
        :issuer_kind, :issuer_id, :is_forgeable, :keep_until
    )
    -- Only claims change the uses, so a revision can't undo a concurrent one.
    ON CONFLICT (courier_id, grant_id) DO UPDATE
    SET revision = excluded.revision, state = excluded.state,
        door_id = excluded.door_id, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, max_entries = excluded.max_entries,
        {_NEW_DETAILS},
        content = excluded.content, issuer_kind = excluded.issuer_kind,
        issuer_id = excluded.issuer_id, is_forgeable = excluded.is_forgeable,
        keep_until = excluded.keep_until
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
    conn, key = transaction.conn, fields_of(_stored_key(transaction.conn, grant))
    keep_until = max(at, grant.ends_at) + REMEMBERED
    if earlier is not None:
        _DROP_UNITS.run(conn, **key)
        _KEEP_PASSES.run(conn, **key, keep_until=keep_until)
    issuer = grant.issuer
    _PUT.run(
        conn,
        **{
            **fields_of(grant),
            **key,
            "revision": grant.revision,  # the issuer may have one, too
            "issuer_kind": None if issuer is None else issuer.kind,
            "issuer_id": None if issuer is None else issuer.id,
            "is_forgeable": None if issuer is None else issuer.is_forgeable,
            "keep_until": keep_until,
        },
    )
    for position, (unit, part) in enumerate(grant.units.items()):
        label = grant.unit_labels.get(unit)
        _PUT_UNIT.run(conn, **key, unit=unit, position=position, label=label, part=part)
    if _HAS_UNCONSENTED.one(conn, **key):
        raise GrantConflict("a unit's consent ended first")
    return earlier


_IS_STORED: Final = Query(f"SELECT EXISTS (SELECT * FROM grants {OF_GRANT})", bool)
_NAME: Final = Command("""
    UPDATE grants SET grant_id = :grant_id
    WHERE courier_id = :courier_id AND grant_id = :fingerprint
""")


def _stored_key(conn: Connection, grant: Grant) -> GrantKey:
    """Return the key of a grant's row: without homes to name, only the fingerprint.

    A row that once named a home keeps its key, by which vetoes and passes know it.
    """
    key, hidden = grant.key, fingerprint(grant.key)
    if grant.is_unnamed and not grant.units:
        if not _IS_STORED.one(conn, **fields_of(key)):
            return GrantKey(key.courier_id, hidden)
    else:
        _NAME.run(conn, **fields_of(key), fingerprint=hidden)
    return key


_REVOKE_HIDDEN: Final = Command(
    f"UPDATE grants SET state = 'revoked', keep_until = :keep_until {OF_GRANT}"
)
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
    conn, hidden = transaction.conn, GrantKey(key.courier_id, fingerprint(key))
    keep_until = at + OLDEST_MESSAGE + REMEMBERED
    if not _REVOKE_HIDDEN.run(conn, **fields_of(hidden), keep_until=keep_until):
        _REVOKE.run(conn, **fields_of(key), at=at, keep_until=keep_until)


_CALL_OFF: Final = Command(
    f"UPDATE grants SET state = 'called_off' {OF_GRANT} AND state = 'open'"
)
_IS_ASKED: Final = Query(
    f"SELECT EXISTS (SELECT * FROM asks {OF_GRANT} AND at > :since)", bool
)


def call_off_grant(
    transaction: Transaction,
    key: GrantKey,
    at: datetime,
    *,
    by: str | None,
    to: GrantState = GrantState.REVOKED,
) -> bool:
    """End a grant from inside the building; return whether there was one to end."""
    grant = find_grant(transaction.conn, key)
    if grant is None or grant.is_over(at):
        return False
    if to is GrantState.REVOKED:
        revoke_grant(transaction, key, at)
    else:
        _CALL_OFF.run(transaction.conn, **fields_of(key))
    transaction.append(
        "grant.revoked",
        at,
        {"courier": key.courier_id, "by_courier": False},
        {
            "grant_id": None if grant.is_unnamed else key.grant_id,
            "decided_by": by or "",
        },
    )
    return True


def call_off_unlisted(
    transaction: Transaction, key: GrantKey, at: datetime, asked_since: datetime
) -> bool:
    """Call off a grant whose parcel doesn't come; return whether that was done.

    It isn't if the grant was used or its driver asked for an entry since then.
    """
    grant = find_grant(transaction.conn, key)
    if grant is None or grant.uses:
        return False
    if _IS_ASKED.one(transaction.conn, **fields_of(key), since=asked_since):
        return False
    return call_off_grant(transaction, key, at, by=None, to=GrantState.CALLED_OFF)


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
) -> bool:
    """Remove a unit from a usable grant for good, and record who decided.

    Return whether it is removed: not from a grant that is unknown or over, or never
    concerned it.

    This includes units that don't accept the grant now, or that a revision left out: a
    later revision could bring them back.
    """
    conn = transaction.conn
    grant = find_grant(conn, key)
    if grant is None or grant.state is GrantState.REVOKED or grant.ends_at <= at:
        return False
    if grant.units.get(unit) is UnitPart.VETOED:
        return True
    place = {**fields_of(key), "unit": unit}
    if unit not in grant.units and not _WAS_ANNOUNCED.one(conn, **place):
        return False
    _VETO.run(conn, **place, position=len(grant.units))
    transaction.append(
        "grant.vetoed",
        at,
        {"courier": key.courier_id},
        {
            "grant_id": key.grant_id,
            "revision": str(grant.revision),
            "unit": unit,
            "decided_by": author.decided_by or "",
        },
    )
    return True


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
_REVOKE_PASS: Final = Command(
    "UPDATE passes SET is_revoked = 1 WHERE pass_id = :pass_id AND NOT is_revoked"
)


def load_passes(conn: Connection) -> list[Pass]:
    return _PASSES.all(conn)


def put_pass(transaction: Transaction, new: Pass, unit: str, author: Author) -> None:
    """Write a pass, and record who made it for which unit."""
    _PUT_PASS.run(transaction.conn, **fields_of(new))
    transaction.append(
        "pass.made",
        new.at,
        {"courier": new.key.courier_id},
        {
            "pass": new.id,
            "grant_id": new.key.grant_id,
            "unit": unit,
            "decided_by": author.decided_by or "",
        },
    )


def revoke_pass(
    transaction: Transaction, pass_id: str, author: Author, at: datetime
) -> bool:
    """Revoke a pass for good; return whether it wasn't revoked before."""
    if not _REVOKE_PASS.run(transaction.conn, pass_id=pass_id):
        return False
    transaction.append(
        "pass.revoked", at, {}, {"pass": pass_id, "decided_by": author.decided_by or ""}
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
        {"unit": new.unit, "decided_by": author.decided_by or ""},
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
    """End the passes and the address code of a resident who left or said no."""
    _REVOKE_ALL.run(conn, resident_id=resident_id)
    _END_ADDRESS_CODE.run(conn, resident_id=resident_id)


def end_orphaned_codes(conn: Connection) -> None:
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


NOBODY: Final = Author()
"""Ends orders by what happens to their residents, not by a decision about them."""


class OrderRefused(Exception):
    """The order is withdrawn, paused, or changed, or has issued enough today."""


FULL_TODAY: Final = "it has issued as many grants as it may today"


class LimitReached(OrderRefused):
    """The order has issued enough today."""


_ORDERS: Final = Query(
    """
    SELECT order_id AS id, resident_id, sources, courier_id, door_id, most_per_day,
        is_paused, revision, account
    FROM orders ORDER BY order_id
    """,
    StandingOrder,
)
_PUT_ORDER: Final = Command("""
    INSERT INTO orders (
        order_id, seq, resident_id, sources, account, courier_id, door_id,
        most_per_day, is_paused, revision, issued
    ) VALUES (
        :order_id, :seq, :resident_id, :sources, :account, :courier_id, :door_id,
        :most_per_day, :is_paused, :revision, 0
    )
    ON CONFLICT (order_id) DO UPDATE
    SET seq = excluded.seq, resident_id = excluded.resident_id,
        sources = excluded.sources, account = excluded.account,
        courier_id = excluded.courier_id, door_id = excluded.door_id,
        most_per_day = excluded.most_per_day, is_paused = excluded.is_paused,
        revision = excluded.revision
""")


def load_orders(conn: Connection) -> list[StandingOrder]:
    return _ORDERS.all(conn)


def put_order(
    transaction: Transaction,
    order: StandingOrder,
    unit: str,
    author: Author,
    at: datetime,
) -> None:
    """Write a given or changed order, and record who decided."""
    terms = {
        "sources": order.sources,
        "account": order.account,
        "courier_id": order.courier_id,
        "door_id": order.door_id,
        "most_per_day": order.most_per_day,
        "is_paused": order.is_paused,
    }
    _PUT_ORDER.run(
        transaction.conn,
        order_id=order.id,
        seq=transaction.next_seq,
        resident_id=order.resident_id,
        revision=order.revision,
        **terms,
    )
    transaction.append(
        "order.given" if order.revision == 1 else "order.changed",
        at,
        {},
        # Neighbors can export whatever isn't personal, and which fields there are.
        {
            "order": order.id,
            "revision": str(order.revision),
            "resident": order.resident_id,
            "unit": unit,
            "decided_by": author.decided_by or "",
            "terms": orjson.dumps(terms, option=orjson.OPT_SORT_KEYS).decode(),
        },
    )


_END: Final = Query(
    """
    DELETE FROM orders
    WHERE (:order_id IS NULL OR order_id = :order_id)
        AND (
            :residents IS NULL OR resident_id IN (SELECT value FROM json_each(:residents))
        )
    RETURNING order_id, revision, resident_id
    """,
    tuple[str, int, str],
)


def end_orders(
    transaction: Transaction,
    why: str,
    at: datetime,
    author: Author = NOBODY,
    *,
    order_id: str | None = None,
    residents: Collection[str] | None = None,
) -> bool:
    """End one order, those of residents, or all; return whether there were any.

    Each is recorded with the reason.
    """
    ended = _END.all(transaction.conn, order_id=order_id, residents=residents)
    for each_id, revision, resident_id in sorted(ended):
        transaction.append(
            "order.withdrawn",
            at,
            {},
            {
                "order": each_id,
                "revision": str(revision),
                "resident": resident_id,
                "why": why,
                "decided_by": author.decided_by or "",
            },
        )
    return bool(ended)


_ISSUED: Final = Query(
    """
    SELECT CASE WHEN day = :day THEN issued ELSE 0 END, most_per_day FROM orders
    WHERE order_id = :order_id AND revision = :revision AND NOT is_paused
    """,
    tuple[int, int],
)
_COUNT: Final = Command(
    "UPDATE orders SET day = :day, issued = :issued WHERE order_id = :order_id"
)


_FULL: Final = Query(
    "SELECT order_id FROM orders WHERE day = :day AND issued >= most_per_day", str
)


def full_orders(conn: Connection, day: date) -> list[str]:
    return _FULL.all(conn, day=day.isoformat())


def count_grant(
    transaction: Transaction, order: StandingOrder, day: date, *, is_new: bool = True
) -> None:
    """Count a grant that is issued under this revision of an order on this day.

    A grant that is revised was counted before. Raise OrderRefused if the order isn't in
    effect, or has issued enough for a new grant.
    """
    conn, today = transaction.conn, day.isoformat()
    found = _ISSUED.first(conn, order_id=order.id, revision=order.revision, day=today)
    if found is None:
        raise OrderRefused("it isn't in effect")
    if not is_new:
        return
    issued, most = found
    if issued >= most:
        raise LimitReached(FULL_TODAY)
    _COUNT.run(conn, order_id=order.id, day=today, issued=issued + 1)


_LET_IN_MORE: Final = Query(
    """
    UPDATE orders SET issued = issued - :count
    WHERE order_id = :order_id AND resident_id = :resident_id AND day = :day
    RETURNING revision
    """,
    int,
)


def note_left_out(
    transaction: Transaction, order: StandingOrder, unit: str, why: str, at: datetime
) -> None:
    transaction.append(
        "order.left_out",
        at,
        {},
        {
            "order": order.id,
            "revision": str(order.revision),
            "resident": order.resident_id,
            "unit": unit,
            "why": why,
        },
    )


def let_in_more(
    transaction: Transaction,
    order_id: str,
    resident: Resident,
    count: int,
    day: date,
    author: Author,
    at: datetime,
) -> bool:
    """Let an order of a resident issue so many more grants on the day of its count.

    Return whether there is such an order.
    """
    revision = _LET_IN_MORE.first(
        transaction.conn,
        order_id=order_id,
        resident_id=resident.id,
        count=count,
        day=day.isoformat(),
    )
    if revision is None:
        return False
    transaction.append(
        "order.limit_raised",
        at,
        {},
        {
            "order": order_id,
            "revision": str(revision),
            "resident": resident.id,
            "unit": resident.unit,
            "decided_by": author.decided_by or "",
            "count": str(count),
        },
    )
    return True


WITHOUT_CONSENT: Final = "without_consent"
"""Marks a record of a refusal that names no home, because none of them consents."""

_WITHOUT_CONSENT: Final = Query(
    f"""
    SELECT body ->> 'courier', at FROM records
    WHERE at >= :since AND kind IN ('grant.refused', 'entry.refused')
        AND iif(json_valid(body), body ->> '{WITHOUT_CONSENT}', NULL)
    ORDER BY seq
    """,
    tuple[str, datetime],
)


def refused_without_consent(
    conn: Connection, since: datetime
) -> list[tuple[str, datetime]]:
    """Return the couriers and times of refusals for homes without consent."""
    return _WITHOUT_CONSENT.all(conn, since=since)


_BY_ORDERS: Final = Query(
    f"""
    {_GRANT}
    WHERE issuer_kind = 'order' AND (
        ends_at > :since OR parcel_ref IN (SELECT value FROM json_each(:barcodes))
    )
    ORDER BY starts_at, courier_id, grant_id
    """,
    Grant,
)
_KEEP_LISTED: Final = Command("""
    UPDATE grants
    SET keep_until = max(
        keep_until, iif(state = 'revoked', :revoked_until, :keep_until)
    )
    WHERE issuer_kind = 'order'
        AND parcel_ref IN (SELECT value FROM json_each(:barcodes))
""")


def grants_by_orders(
    conn: Connection, barcodes: Collection[str], since: datetime
) -> list[Grant]:
    """Return what standing orders issued that ends after `since`, or for these parcels."""
    return _BY_ORDERS.all(conn, barcodes=barcodes, since=since)


def keep_listed(
    transaction: Transaction, barcodes: Collection[str], at: datetime
) -> None:
    """Remember the grants of parcels that are still listed, as if they ended now."""
    _KEEP_LISTED.run(
        transaction.conn,
        barcodes=barcodes,
        keep_until=at + REMEMBERED,
        revoked_until=at + OLDEST_MESSAGE + REMEMBERED,
    )
