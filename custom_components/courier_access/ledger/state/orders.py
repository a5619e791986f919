"""Store residents' standing orders, and what they issued today."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

import orjson
from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ...access.model import Grant, GrantKey, IssuerKind
from ...access.standing_orders import Source, SourceKind, StandingOrder
from ..ledger import Transaction
from ..tables import grants, orders
from .grants import find_grant
from .rules import Author

NOBODY: Final = Author()
"""Ends orders by what happens to their residents, not by a decision about them."""


class OrderRefused(Exception):
    """The order is withdrawn, paused, or changed, or has issued enough today."""


def load_orders(conn: Connection) -> list[StandingOrder]:
    """Return the standing orders, oldest first."""
    return [
        StandingOrder(
            id=row.order_id,
            resident_id=row.resident_id,
            source=Source(SourceKind(row.source_kind), row.source),
            courier_id=row.courier_id,
            door_id=row.door_id,
            most_per_day=row.most_per_day,
            is_paused=row.is_paused,
            revision=row.revision,
        )
        for row in conn.execute(select(orders).order_by(orders.c.order_id))
    ]


def put_order(
    transaction: Transaction,
    order: StandingOrder,
    unit: str,
    author: Author,
    at: datetime,
) -> None:
    """Write a given or changed order, and record who decided."""
    terms = {
        "source_kind": order.source.kind.value,
        "source": order.source.reference,
        "courier_id": order.courier_id,
        "door_id": order.door_id,
        "most_per_day": order.most_per_day,
        "is_paused": order.is_paused,
    }
    values = {
        "seq": transaction.next_seq,
        "resident_id": order.resident_id,
        **terms,
        "revision": order.revision,
    }
    transaction.conn.execute(
        upsert(orders)
        .values(order_id=order.id, **values)
        .on_conflict_do_update(index_elements=["order_id"], set_=values)
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


def end_orders(
    transaction: Transaction,
    ended: ColumnElement[bool],
    why: str,
    at: datetime,
    author: Author = NOBODY,
) -> bool:
    """End these orders, and record why; return whether there were any."""
    conn = transaction.conn
    rows = conn.execute(select(orders).where(ended).order_by(orders.c.order_id)).all()
    for row in rows:
        conn.execute(delete(orders).where(orders.c.order_id == row.order_id))
        transaction.append(
            "order.withdrawn",
            at,
            {"revision": row.revision, "why": why},
            {
                "order": row.order_id,
                "resident": row.resident_id,
                "decided_by": author.decided_by,
            },
        )
    return bool(rows)


def is_order(order_id: str) -> ColumnElement[bool]:
    """Return the SQL condition that an order is this one."""
    return orders.c.order_id == order_id


def of_residents(residents: Collection[str]) -> ColumnElement[bool]:
    """Return the SQL condition that an order is one of these residents'."""
    return orders.c.resident_id.in_(residents)


def count_grant(transaction: Transaction, order: StandingOrder, day: date) -> None:
    """Count a grant that is issued under this revision of an order on this day.

    Raises:
        OrderRefused: the order isn't in effect, or has issued enough.

    """
    conn, today = transaction.conn, day.isoformat()
    row = conn.execute(
        select(orders).where(
            orders.c.order_id == order.id,
            orders.c.revision == order.revision,
            ~orders.c.is_paused,
        )
    ).one_or_none()
    if row is None:
        raise OrderRefused("it isn't in effect")
    issued = row.issued if row.day == today else 0
    if issued >= row.most_per_day:
        raise OrderRefused("it has issued as many grants as it may today")
    conn.execute(
        update(orders)
        .where(orders.c.order_id == order.id)
        .values(day=today, issued=issued + 1)
    )


def grants_for_parcel(
    conn: Connection, order_id: str, barcode: str | None
) -> list[Grant]:
    """Return what an order has issued for a parcel, as far as it is remembered."""
    keys = conn.execute(
        select(grants.c.courier_id, grants.c.grant_id).where(
            grants.c.issuer_kind == IssuerKind.ORDER.value,
            grants.c.issuer_id == order_id,
            grants.c.parcel_ref.is_(barcode)
            if barcode is None
            else grants.c.parcel_ref == barcode,
        )
    )
    found = (find_grant(conn, GrantKey(*key)) for key in keys.all())
    return [grant for grant in found if grant is not None]
