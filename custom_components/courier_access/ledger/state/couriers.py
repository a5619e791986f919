"""Store which couriers a building had when it was last loaded."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..ledger import Transaction
from ..tables import couriers


def record_couriers(
    transaction: Transaction, present: Mapping[str, str], at: datetime
) -> Iterator[str]:
    """Record added, renamed, and removed couriers; yield the name of each new one.

    A courier that was removed and added again is new: rules for its old ID are lost.
    """
    conn = transaction.conn
    known = {row.courier_id: row.name for row in conn.execute(select(couriers))}
    for courier_id in known.keys() - present.keys():
        transaction.append("courier.removed", at, {"courier": courier_id})
        conn.execute(delete(couriers).where(couriers.c.courier_id == courier_id))
    for courier_id, name in present.items():
        if known.get(courier_id) == name:
            continue
        kept = upsert(couriers).values(courier_id=courier_id, name=name)
        conn.execute(
            kept.on_conflict_do_update(
                index_elements=["courier_id"], set_={"name": name}
            )
        )
        transaction.append(
            "courier.renamed" if courier_id in known else "courier.admitted",
            at,
            {"courier": courier_id, "courier_name": name},
        )
        if courier_id not in known:
            yield name
