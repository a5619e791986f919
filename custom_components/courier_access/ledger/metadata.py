"""What a ledger knows of itself: a few values by name that are no record and nobody's own."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from .tables import about


def read(conn: Connection, name: str) -> str | None:
    """Return the value of this name, if there is one."""
    return conn.execute(
        select(about.c.value).where(about.c.name == name)
    ).scalar_one_or_none()


def put(conn: Connection, name: str, value: str) -> None:
    """Keep a value under this name, in the place of an earlier one."""
    conn.execute(
        upsert(about)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


def remove(conn: Connection, name: str) -> None:
    """Forget the value of this name, if there is one."""
    conn.execute(delete(about).where(about.c.name == name))
