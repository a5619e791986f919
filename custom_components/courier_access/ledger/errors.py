"""Why the ledger can't be used: a closed set, read from what SQLite and the operating system say."""

from enum import StrEnum
import errno
import sqlite3
from types import MappingProxyType
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class Cause(StrEnum):
    """What is wrong with the file; each asks something else of the owner."""

    FULL = "full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    IO_ERROR = "io_error"
    DAMAGED = "damaged"
    MOVED = "moved"
    """The file that is open is not the one at its place any more: deleted, or replaced by another."""

    TOO_NEW = "too_new"
    OTHER = "other"


class LedgerUnavailable(Exception):
    """The record can't be read or written now; whatever was asked for did not happen.

    `cause` is None where the file is not to blame, such as for work that breaks a rule of the tables.
    """

    def __init__(self, message: str = "", cause: Cause | None = None) -> None:
        """Say what happened, and what of the file it is owed to."""
        super().__init__(message)
        self.cause = cause


class LedgerTooNew(LedgerUnavailable):
    """The file was written by a newer version of this integration."""

    def __init__(self, message: str) -> None:
        """Say which version."""
        super().__init__(message, Cause.TOO_NEW)


RAISED_BY_FILES: Final = (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError)
"""What the use of a database raises; the last where SQLite quotes damaged bytes in what it says is wrong."""

_PRIMARY: Final = 0xFF
"""SQLite's extended codes hold the primary one in their lowest byte (https://sqlite.org/rescode.html)."""

_EXTENDED: Final = MappingProxyType(
    {
        # The index of the write-ahead log did not fit on the disk.
        sqlite3.SQLITE_IOERR_SHMSIZE: Cause.FULL,
        sqlite3.SQLITE_READONLY_DBMOVED: Cause.MOVED,
    }
)
_BY_CODE: Final = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: Cause.FULL,
        sqlite3.SQLITE_READONLY: Cause.READ_ONLY,
        sqlite3.SQLITE_PERM: Cause.READ_ONLY,
        sqlite3.SQLITE_AUTH: Cause.READ_ONLY,
        sqlite3.SQLITE_BUSY: Cause.LOCKED,
        sqlite3.SQLITE_LOCKED: Cause.LOCKED,
        sqlite3.SQLITE_PROTOCOL: Cause.LOCKED,
        sqlite3.SQLITE_IOERR: Cause.IO_ERROR,
        sqlite3.SQLITE_CORRUPT: Cause.DAMAGED,
        sqlite3.SQLITE_NOTADB: Cause.DAMAGED,
        sqlite3.SQLITE_CANTOPEN: Cause.OTHER,
        sqlite3.SQLITE_NOMEM: Cause.OTHER,
    }
)
_BY_ERRNO: Final = MappingProxyType(
    {
        errno.ENOSPC: Cause.FULL,
        errno.EDQUOT: Cause.FULL,
        errno.EROFS: Cause.READ_ONLY,
        errno.EACCES: Cause.READ_ONLY,
        errno.EPERM: Cause.READ_ONLY,
        errno.EIO: Cause.IO_ERROR,
    }
)


def cause_of(error: BaseException) -> Cause | None:
    """Return what of the file an error is owed to, None where it is owed to what was asked of it."""
    match error:
        case LedgerUnavailable(cause=cause):
            return cause
        case DBAPIError(orig=sqlite3.Error() as original):
            return cause_of(original)
        case sqlite3.Error(sqlite_errorcode=code):
            return _EXTENDED.get(code) or _BY_CODE.get(code & _PRIMARY)
        case sqlite3.OperationalError() if "decode to UTF-8" in str(error):
            return (
                Cause.DAMAGED
            )  # the driver's own, without a code: a text that is none
        case UnicodeDecodeError():
            return Cause.DAMAGED
        case OSError(errno=int(number)):
            return _BY_ERRNO.get(number, Cause.OTHER)
        case _:
            return None


def unavailable(error: BaseException) -> LedgerUnavailable:
    """Return what those who wait for the ledger are told of an error.

    What the driver or a reader of rows says by itself may quote a resident's value, so of those only the kind is
    told (promise 6); SQLite and the operating system name tables and files.
    """
    return LedgerUnavailable(_said_of(error), cause_of(error))


def _said_of(error: BaseException) -> str:
    match error:
        case LedgerUnavailable() | OSError():
            return str(error)
        case DBAPIError(orig=sqlite3.Error() as original):
            return _said_of(original)
        case sqlite3.Error(sqlite_errorcode=int()):
            return str(error)
        case _:
            return type(error).__name__
