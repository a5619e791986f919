"""Bring a file to the present version, in one transaction.

An interrupted migration leaves the file as it was. No copy is made first: it would keep
values that must be erased (promise 7) and need disk space that may be lacking.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import logging
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

import orjson

from . import chain, structure, version_1, version_2
from .errors import Cause, LedgerTooNew, LedgerUnavailable
from .sql import columns, transaction
from .structure import SCHEMA_VERSION, Fill

type Step = Callable[[Connection], Fill]
"""Converts values in an older file, and returns what its rows have in new columns.

Then the file gets the next version's structure.
"""

MIGRATED: Final = "ledger.migrated"

BROKEN_FOUND: Final = "broken_found"
"""The value about a ledger by which it is found altered when it is next used."""

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schema:
    """The versions that this code knows: the present one, and the steps that lead to it."""

    version: int
    steps: Mapping[int, Step]
    sql: Callable[[int], str] = structure.schema


PRESENT: Final = Schema(
    SCHEMA_VERSION,
    MappingProxyType({1: version_1.convert, 2: version_2.convert}),
)


def has_present_structure(conn: Connection) -> bool:
    """Return whether a file consists of what the present version creates, and nothing else."""
    return not structure.differences(conn, PRESENT.sql(PRESENT.version))


def bring_up_to_date(conn: Connection, schema: Schema) -> int:
    """Create the tables of an empty file, or migrate an older one; return its version before.

    A file that was changed by hand gets the structure of its version again, and is
    marked as altered.

    Raises:
        LedgerTooNew: A newer version wrote the file.
        LedgerUnavailable: A step is missing or fails, or breaks a reference, or a bound
            table is damaged.
    """
    with _without_references(conn), transaction(conn):
        found = _version(conn)
        if found > schema.version:
            raise LedgerTooNew(found, schema.version)
        if found == 0 and not structure.objects(conn):
            structure.create(conn, schema.sql(schema.version))
            _set_version(conn, schema.version)
            return schema.version
        if not columns(conn, "records"):
            raise LedgerUnavailable("the file is no ledger", Cause.UNFIT)
        begun = max(found, _recorded_version(conn))
        if begun > schema.version:
            raise LedgerTooNew(begun, schema.version)
        if is_altered := begun != found or not _is_as_recorded(conn, begun, schema):
            _undo_by_hand(conn, begun, schema)
        for version in range(begun, schema.version):
            _go_on(conn, version, schema)
        if not structure.is_whole(conn, chain.BOUND):
            raise LedgerUnavailable("a table or index is damaged", Cause.DAMAGED)
        if is_altered:
            _mark_altered(conn)
        if begun < schema.version:
            _record(conn, begun, schema.version)
        if found != schema.version:
            _set_version(conn, schema.version)
        return found


@contextmanager
def _without_references(conn: Connection) -> Iterator[None]:
    """Let tables be rebuilt that others refer to; the references are checked after."""
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("PRAGMA legacy_alter_table = ON")
    try:
        yield
    finally:
        conn.execute("PRAGMA legacy_alter_table = OFF")
        conn.execute("PRAGMA foreign_keys = ON")


def _is_as_recorded(conn: Connection, version: int, schema: Schema) -> bool:
    """Return whether a file has its version's structure and, to migrate, its newest record's rows."""
    if version < version_1.NEXT:
        return version_1.fits(conn)
    if foreign := structure.differences(conn, schema.sql(version)):
        _LOGGER.warning("The ledger's structure was changed by hand: %r", foreign)
        return False
    # The rows of a present file are compared when it is taken into use.
    return version == schema.version or chain.state_fits(conn)


def _undo_by_hand(conn: Connection, version: int, schema: Schema) -> None:
    """Give a file the structure of its version again, before a step trips over another."""
    if version >= version_1.NEXT:
        structure.rebuild(conn, schema.sql(version))


def _go_on(conn: Connection, version: int, schema: Schema) -> None:
    if (step := schema.steps.get(version)) is None:
        raise LedgerUnavailable(f"nothing leads on from schema {version}", Cause.UNFIT)
    fill = step(conn)
    structure.rebuild(conn, schema.sql(version + 1), fill)
    if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise LedgerUnavailable(
            f"after schema {version} records are missing that others refer to",
            Cause.DAMAGED,
        )


def _record(conn: Connection, version: int, to: int) -> None:
    """Record a migration, with the sum over the bound rows of the new version."""
    if (newest := chain.head(conn)) is not None:
        # Nobody has checked the clock yet, so the record has the time of the last one.
        chain.append(
            conn,
            newest,
            MIGRATED,
            newest.at,
            {"from": version, "to": to},
            {},
            chain.bound_total(conn),
        )


def _recorded_version(conn: Connection) -> int:
    """Return the version to which the file was migrated last, or 0."""
    row = conn.execute(
        "SELECT CAST(body AS BLOB) FROM records WHERE kind = ? ORDER BY seq DESC LIMIT 1",
        (MIGRATED,),
    ).fetchone()
    try:
        return 0 if row is None else int(orjson.loads(row[0])["to"])
    except LookupError, TypeError, ValueError:
        return 0  # not our record, as the chain shows


def _mark_altered(conn: Connection) -> None:
    newest = chain.head(conn)
    conn.execute(
        "INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)",
        (BROKEN_FOUND, str(1 if newest is None else newest.seq)),
    )


def _version(conn: Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _set_version(conn: Connection, version: int) -> None:
    conn.execute(f"PRAGMA user_version = {version}")
