"""Bring a file to the present version, in one transaction.

An interrupted migration leaves the file as it was. No copy is made first: it would keep
values that must be erased (promise 7) and need disk space that may be lacking.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
import logging
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple

import orjson

from . import chain, seals, structure
from .errors import Cause, LedgerUnavailable
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


class Schema(NamedTuple):
    """The versions that this code knows: the present one, and the steps that lead to it."""

    version: int
    steps: Mapping[int, Step]
    sql: Callable[[int], str] = structure.schema


def has_present_structure(conn: Connection) -> bool:
    """Return whether a file consists of what the present version creates, and nothing else."""
    return not structure.differences(conn, PRESENT.sql(PRESENT.version))


def bring_up_to_date(conn: Connection, schema: Schema) -> int:
    """Create the tables of an empty file, or migrate an older one; return its version before.

    A file that was changed by hand gets the structure of its version again, and is
    marked as altered.

    Raises:
        LedgerUnavailable: A newer version wrote the file, a step is missing or fails, or
            breaks a reference, or a bound table is damaged.
    """
    with _without_references(conn), transaction(conn):
        found = _version(conn)
        _check_known(found, schema)
        if found == 0 and not structure.objects(conn):
            structure.create(conn, schema.sql(schema.version))
            _set_version(conn, schema.version)
            return schema.version
        if not columns(conn, "records"):
            raise LedgerUnavailable("the file is no ledger", Cause.UNFIT)
        begun = max(found, _recorded_version(conn))
        _check_known(begun, schema)
        is_altered = begun != found or not _is_as_recorded(conn, begun, schema)
        if is_altered and begun >= _FIRST_OF_ONE_SHAPE:
            structure.rebuild(conn, schema.sql(begun))
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


def _check_known(found: int, schema: Schema) -> None:
    if found > schema.version:
        why = f"the file has schema {found}, and this version knows {schema.version}"
        raise LedgerUnavailable(why, Cause.TOO_NEW)


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
    if version < _FIRST_OF_ONE_SHAPE:
        return _fits_version_1(conn)
    if foreign := structure.differences(conn, schema.sql(version)):
        _LOGGER.warning("The ledger's structure was changed by hand: %r", foreign)
        return False
    # The rows of a present file are compared when it is taken into use.
    return version == schema.version or chain.state_fits(conn)


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
    """Return the version to which the file was migrated last, or 0.

    A seal, after which that record may be gone, names the file's version, too.
    """
    return max(_named(conn, MIGRATED, "to"), _named(conn, seals.SEALED, "schema"))


def _named(conn: Connection, kind: str, field: str) -> int:
    row = conn.execute(
        "SELECT CAST(body AS BLOB) FROM records WHERE kind = ? ORDER BY seq DESC LIMIT 1",
        (kind,),
    ).fetchone()
    try:
        return 0 if row is None else int(orjson.loads(row[0])[field])
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


_FIRST_OF_ONE_SHAPE: Final = 2
"""The first version that has a schema: version 1 changed its tables until its end.

Its sum bound some columns only, and read a text up to its first NUL.
"""

_GONE_IN_2: Final = ("notices", "relocks", "sqlite_sequence")
_GRANTS_1: Final = (
    "courier_id grant_id revision state door_id starts_at ends_at max_entries uses"
    " returned"
)
_PASSES_1: Final = "pass_id courier_id grant_id pin short_code link is_used is_revoked"
_BOUND_1: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "residences": (
            "resident_id unit counts",
            "resident_id unit is_confirmed",
            "resident_id unit person user_id login is_confirmed",
        ),
        "grants": (_GRANTS_1, f"{_GRANTS_1} parcel_ref"),
        "grant_units": ("courier_id grant_id unit part",),
        "pauses": ("id unit until ended_at",),
        "passes": (
            _PASSES_1,
            f"{_PASSES_1} resident_id",
            f"{_PASSES_1} resident_id entry_id",
        ),
        "address_codes": ("unit resident_id code",),
        "answers": ("ask_id unit resident_id answer at entry_id",),
    }
)
"""The columns that were bound at one time or another; all of rules and orders were."""

_TYPES_1: Final[Mapping[str, str]] = MappingProxyType(
    {
        "INTEGER": "integer",
        "BIGINT": "integer",
        "BOOLEAN": "integer",
        "VARCHAR": "text",
        "TEXT": "text",
        "JSON": "text",
        "BLOB": "blob",
    }
)
_STATES_1: Final[Mapping[str, str]] = MappingProxyType(
    {
        "owed": "pending",
        "handed_over": "sent",
        "confirmed": "delivered",
        "failed": "undeliverable",
    }
)
_KINDS_1: Final[Mapping[str, str]] = MappingProxyType(
    {
        "resident_counted": "resident_confirmed",
        "ledger_begun_anew": "ledger_recreated",
        "entry_carried_over": "ledger_recreated",
    }
)
_FILL_1: Final[Fill] = MappingProxyType(
    {
        ("asks", "proof"): "'signed'",
        # Nothing but signed messages could ask for an entry before there were proofs.
        ("entries", "proof"): "'signed'",
        ("notifications", "sent_at"): "handed_over_at",
        ("notifications", "delivered_at"): "confirmed_at",
        ("residences", "is_confirmed"): "counts",
        ("residences", "login"): "iif(user_id IS NULL, 'none', 'linked')",
        ("rules", "default_proof"): "'pass'",
        ("rules", "proofs"): "'{}'",
    }
)


def _from_version_1(conn: Connection) -> Fill:
    if columns(conn, "notices"):
        conn.execute("ALTER TABLE notices RENAME TO notifications")
    _rename(conn, "notifications", "state", _STATES_1)
    _rename(conn, "fanouts", "kind", _KINDS_1)
    conn.execute(
        "INSERT OR REPLACE INTO about SELECT 'recreated', json_object("
        "'loss', value ->> 'loss', 'file', value ->> 'file',"
        " 'is_announced', json(iif(value ->> 'is_told', 'true', 'false')),"
        " 'is_seen', json(iif(value ->> 'is_seen', 'true', 'false')))"
        " FROM about WHERE name = 'begun_anew'"
    )
    conn.execute("DELETE FROM about WHERE name = 'begun_anew'")
    if "entry_id" in columns(conn, "passes"):
        conn.execute("ALTER TABLE entries ADD COLUMN pass_id VARCHAR")
        conn.execute(
            "UPDATE entries SET pass_id = (SELECT pass_id FROM passes"
            " WHERE passes.entry_id = entries.entry_id)"
        )
    fill = dict(_FILL_1)
    if columns(conn, "relocks"):
        fill["entries", "relock_by"] = (
            "(SELECT deadline FROM relocks WHERE relocks.entry_id = entries.entry_id)"
        )
    return fill


def _fits_version_1(conn: Connection) -> bool:
    """Return whether nothing was planted, and the bound rows match the newest record."""
    known = {*structure.tables(2), *_GONE_IN_2}
    for kind, name in structure.objects(conn):
        if kind in ("trigger", "view") or (kind == "table" and name not in known):
            return False
    bound = _newest_sum(conn)
    return bound is None or (bound in _sums(conn) and not _hides_something(conn))


def _newest_sum(conn: Connection) -> int | None:
    """Return the sum of the newest record; the first ones had none."""
    row = conn.execute(
        "SELECT CAST(body AS BLOB) FROM records ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return 0
    try:
        body = orjson.loads(row[0])
        return int(body["bound"], 16) if "bound" in body else None
    except TypeError, ValueError:
        return -1  # not our record, so it binds nothing


def _sums(conn: Connection) -> Iterator[int]:
    """Yield the sum over the bound rows for each set of columns that may be bound."""
    by_table = [
        [_sum(conn, table, bound) for bound in choices]
        for table, choices in _choices(conn)
    ]
    for sums in product(*by_table):
        yield sum(sums) % (1 << 256)


def _choices(conn: Connection) -> Iterator[tuple[str, list[list[str]]]]:
    for table in ("rules", "orders"):
        if bound := [name for name in columns(conn, table) if name != "salt"]:
            if table == "orders":
                bound.remove("seq")
            yield table, [bound]
    for table, choices in _BOUND_1.items():
        there = {"salt", *columns(conn, table)}
        if "salt" in columns(conn, table):
            lists = [choice.split() for choice in choices]
            yield table, [bound for bound in lists if there.issuperset(bound)]


def _sum(conn: Connection, table: str, bound: list[str]) -> int:
    values = " || ',' || ".join(f"quote({name})" for name in ("salt", *bound))
    rows = conn.execute(f"SELECT CAST('{table} ' || {values} AS BLOB) FROM {table}")
    return sum(chain.number(row) for (row,) in rows)


def _hides_something(conn: Connection) -> bool:
    """Return whether a bound value has a NUL, after which the sum read nothing."""
    for table, choices in _choices(conn):
        types = dict(
            conn.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        )
        for name in {name for bound in choices for name in bound}:
            kind = _TYPES_1[types[name].partition("(")[0]]
            if conn.execute(
                f"SELECT EXISTS (SELECT * FROM {table} WHERE {name} IS NOT NULL"
                f" AND (typeof({name}) <> '{kind}' OR (typeof({name}) = 'text'"
                f" AND instr(CAST({name} AS BLOB), x'00'))))"
            ).fetchone()[0]:
                return True
    return False


def _rename(
    conn: Connection, table: str, column: str, names: Mapping[str, str]
) -> None:
    for old, new in names.items():
        conn.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))


_CONFIGURED_2 = """
CREATE TABLE configured (
    kind VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    value TEXT NOT NULL,
    salt BLOB DEFAULT (randomblob(16)) NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID
"""
_COURIERS_2 = """
INSERT INTO configured (kind, id, value)
SELECT 'courier', courier_id, json_object('name', name) FROM couriers
"""
_FILL_2: Final[Fill] = MappingProxyType(
    {
        # The shortest PINs that were made: wrong codes are limited as if all were.
        ("passes", "digits"): "6",
        ("code_tries", "hours"): "'[]'",
    }
)


def _from_version_2(conn: Connection) -> Fill:
    """Keep the couriers as what is configured: version 2 knew them by their names only.

    The next start of the building records the rest. Wrong codes are counted from then on.
    """
    conn.execute(_CONFIGURED_2)
    conn.execute(_COURIERS_2)
    return _FILL_2


_FILL_3: Final[Fill] = MappingProxyType(
    {
        ("grants", "is_forgeable"): "iif(issuer_kind IS NULL, NULL, 0)",
        ("orders", "sources"): "'[]'",
        ("orders", "account"): "source",
    }
)


def _from_version_3(_: Connection) -> Fill:
    """Keep what orders named as their source, in whose place its list comes.

    Only Home Assistant knows the lists of an account, so its next start finds them.
    """
    return _FILL_3


def _from_version_4(_: Connection) -> Fill:
    """Keep all rows: version 5 has other indexes."""
    return {}


def _from_version_5(_: Connection) -> Fill:
    """Keep all rows: in version 6, records may be sealed."""
    return {}


def _from_version_6(_: Connection) -> Fill:
    """Keep all rows: version 7 also keeps the texts that residents consent to."""
    return {}


PRESENT: Final = Schema(
    SCHEMA_VERSION,
    MappingProxyType(
        {
            1: _from_version_1,
            2: _from_version_2,
            3: _from_version_3,
            4: _from_version_4,
            5: _from_version_5,
            6: _from_version_6,
        }
    ),
)
