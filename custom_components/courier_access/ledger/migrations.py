"""The file's schema brought up to date: forward only, one step at a time, each whole or not at all.

A step is a transaction of its own, which holds the new version's number, too: whatever interrupts it leaves the file as
the version before wrote it. No copy is made first: it would keep what is to be erased (promise 7), and need
the disk space that may be lacking.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from .connections import raw
from .errors import Cause, LedgerTooNew, LedgerUnavailable
from .tables import metadata

type Step = Callable[[Connection], None]

STEPS: Final[Mapping[int, Step]] = MappingProxyType({})
"""What leads from each released version of the schema to the one after it, by the version that it starts from.

A step names tables and columns as they were, in SQL of its own: `tables` says how they are now.
"""


def bring_up_to_date(conn: Connection, version: int, steps: Mapping[int, Step]) -> None:
    """Make the tables of an empty file, or lead a file of an earlier version to this one.

    Raises:
        LedgerTooNew: a newer version wrote the file.
        LedgerUnavailable: no step leads on from the file's version, or one would break what belongs together.

    """
    with conn.begin():
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
    # A table can only be made anew while nothing asks what refers to it; that is looked at before each commit.
    connection = raw(conn)
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for version in versions:
            with conn.begin():
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
