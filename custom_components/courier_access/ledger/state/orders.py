"""Store residents' standing orders, and what they issued today."""

from collections.abc import Collection
from datetime import date, datetime
from sqlite3 import Connection
from typing import Final

import orjson

from ...access.model import Grant, GrantKey
from ...access.standing_orders import StandingOrder
from ..ledger import Transaction
from ..sql import Command, Query
from .grants import find_grant
from .residents import Author

NOBODY: Final = Author()
"""Ends orders by what happens to their residents, not by a decision about them."""


class OrderRefused(Exception):
    """The order is withdrawn, paused, or changed, or has issued enough today."""


_ORDERS: Final = Query(
    """
    SELECT order_id AS id, resident_id, source_kind AS kind, source AS reference,
        courier_id, door_id, most_per_day, is_paused, revision
    FROM orders ORDER BY order_id
    """,
    StandingOrder,
)
_PUT: Final = Command("""
    INSERT INTO orders (
        order_id, seq, resident_id, source_kind, source, courier_id, door_id,
        most_per_day, is_paused, revision, issued
    ) VALUES (
        :order_id, :seq, :resident_id, :source_kind, :source, :courier_id, :door_id,
        :most_per_day, :is_paused, :revision, 0
    )
    ON CONFLICT (order_id) DO UPDATE
    SET seq = excluded.seq, resident_id = excluded.resident_id,
        source_kind = excluded.source_kind, source = excluded.source,
        courier_id = excluded.courier_id, door_id = excluded.door_id,
        most_per_day = excluded.most_per_day, is_paused = excluded.is_paused,
        revision = excluded.revision
""")


def load_orders(conn: Connection) -> list[StandingOrder]:
    """Return the standing orders, oldest first."""
    return _ORDERS.all(conn)


def put_order(
    transaction: Transaction,
    order: StandingOrder,
    unit: str,
    author: Author,
    at: datetime,
) -> None:
    """Write a given or changed order, and record who decided."""
    terms: dict[str, str | int] = {
        "source_kind": order.source.kind.value,
        "source": order.source.reference,
        "courier_id": order.courier_id,
        "door_id": order.door_id,
        "most_per_day": order.most_per_day,
        "is_paused": order.is_paused,
    }
    _PUT.run(
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
        {"revision": order.revision},
        # Neighbors can export whatever isn't personal.
        {
            "order": order.id,
            "resident": order.resident_id,
            "unit": unit,
            "decided_by": author.decided_by,
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
            {"revision": revision, "why": why},
            {
                "order": each_id,
                "resident": resident_id,
                "decided_by": author.decided_by,
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
_FOR_PARCEL: Final = Query(
    """
    SELECT courier_id, grant_id FROM grants
    WHERE issuer_kind = 'order' AND issuer_id = :order_id AND parcel_ref IS :barcode
    """,
    GrantKey,
)


def count_grant(transaction: Transaction, order: StandingOrder, day: date) -> None:
    """Count a grant that is issued under this revision of an order on this day.

    Raises:
        OrderRefused: the order isn't in effect, or has issued enough.

    """
    conn, today = transaction.conn, day.isoformat()
    found = _ISSUED.first(conn, order_id=order.id, revision=order.revision, day=today)
    if found is None:
        raise OrderRefused("it isn't in effect")
    issued, most = found
    if issued >= most:
        raise OrderRefused("it has issued as many grants as it may today")
    _COUNT.run(conn, order_id=order.id, day=today, issued=issued + 1)


def grants_for_parcel(
    conn: Connection, order_id: str, barcode: str | None
) -> list[Grant]:
    """Return what an order has issued for a parcel, as far as it is remembered."""
    keys = _FOR_PARCEL.all(conn, order_id=order_id, barcode=barcode)
    found = (find_grant(conn, key) for key in keys)
    return [grant for grant in found if grant is not None]
