"""Store a few named values about the ledger itself."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from .tables import about


def read(conn: Connection, name: str) -> str | None:
    """Return the value of this name, if any."""
    return conn.execute(
        select(about.c.value).where(about.c.name == name)
    ).scalar_one_or_none()


def put(conn: Connection, name: str, value: str) -> None:
    """Store a value under this name."""
    conn.execute(
        upsert(about)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def remove(conn: Connection, name: str) -> None:
    """Remove the value of this name, if any."""
    conn.execute(delete(about).where(about.c.name == name))
