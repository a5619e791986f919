"""Whether a ledger's file is damaged: looked at only where something of it could not be read."""

from pathlib import Path

from sqlalchemy import Connection, select

from . import verification as account
from .connections import reader
from .errors import RAISED_BY_FILES, Cause, cause_of, unavailable
from .tables import metadata


def is_damaged(path: Path) -> bool:
    """Look through a ledger's whole file that nobody has open, which takes time with its size.

    It is damaged where SQLite says so, where a row holds what no row of ours can, and where the chain is broken. A
    file that can be read throughout is not damaged, whatever else could not be done with it.

    Raises:
        LedgerUnavailable: it can't be read, for another cause than damage.

    """
    engine = reader(path)
    try:
        with engine.connect() as conn:
            return not (_is_whole(conn) and _is_readable(conn) and account.verify(conn).intact)
    except (*RAISED_BY_FILES, OSError) as err:
        if cause_of(err) is Cause.DAMAGED:
            return True
        raise unavailable(err) from err
    finally:
        engine.dispose()


def _is_whole(conn: Connection) -> bool:
    checked = conn.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    astray = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    return bool(checked == "ok") and astray is None


def _is_readable(conn: Connection) -> bool:
    try:
        for table in metadata.sorted_tables:
            for _ in conn.execute(select(table)):
                pass
    except TypeError, ValueError, ArithmeticError:
        return False  # such as a text that is no JSON
    return True
