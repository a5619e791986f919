"""Record what the administrator configured, before the building acts on it."""

from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from ..tables import configured


class ConfiguredKind(StrEnum):
    """The kinds of configuration that residents' consent rests on."""

    ZONE = "zone"


def load_configured(conn: Connection, kind: str) -> dict[str, Any]:
    """Return the JSON values of a kind by ID, as they were last recorded."""
    rows = conn.execute(select(configured).where(configured.c.kind == kind))
    return {row.id: orjson.loads(row.value) for row in rows}


def put_configured(conn: Connection, kind: str, id_: str, value: object) -> None:
    """Store a JSON value; the caller appends its record in the same transaction."""
    written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    kept = upsert(configured).values(kind=kind, id=id_, value=written)
    # An unchanged row must keep its salt, or each start would be a change.
    conn.execute(
        kept.on_conflict_do_update(
            index_elements=["kind", "id"], set_={"value": kept.excluded.value}
        )
    )
