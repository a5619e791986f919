"""Migrate the schema forward, one transaction per step.

Each step also sets the new version, so an interrupted step leaves the file as it was.
No copy is made first: it would keep values that must be erased (promise 7) and need
disk space that may be lacking.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from .connections import raw, transaction
from .errors import Cause, LedgerTooNew, LedgerUnavailable
from .tables import metadata

type Step = Callable[[Connection], None]

STEPS: Final[Mapping[int, Step]] = MappingProxyType({})
"""The migration from each released schema version to the next.

A step names tables and columns in its own SQL, because `tables` may change later.
"""


def bring_up_to_date(conn: Connection, version: int, steps: Mapping[int, Step]) -> None:
    """Create the tables of an empty file, or migrate an older one.

    Raises:
        LedgerTooNew: A newer version wrote the file.
        LedgerUnavailable: A step is missing, or breaks a foreign key.
    """
    with transaction(conn):
        found = _version(conn)
        if found > version:
            raise LedgerTooNew(f"schema {found}, this version knows {version}")
        if found == 0:
            metadata.create_all(conn)
            _set_version(conn, version)
            return
    if found < version:
        _migrate(conn, range(found, version), steps)


def _migrate(conn: Connection, versions: range, steps: Mapping[int, Step]) -> None:
    # A table can be rebuilt only without enforcement, so each step is checked.
    connection = raw(conn)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for version in versions:
            with transaction(conn):
                if (step := steps.get(version)) is None:
                    raise LedgerUnavailable(
                        f"nothing leads on from schema {version}", Cause.OTHER
                    )
                step(conn)
                if conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise LedgerUnavailable(
                        f"after schema {version} records are missing that others refer to",
                        Cause.DAMAGED,
                    )
                _set_version(conn, version + 1)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _version(conn: Connection) -> int:
    return int(conn.exec_driver_sql("PRAGMA user_version").scalar_one())


def _set_version(conn: Connection, version: int) -> None:
    conn.exec_driver_sql(f"PRAGMA user_version = {version}")
