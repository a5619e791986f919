"""Classify why the ledger can't be used, from SQLite's and the system's errors."""

from enum import StrEnum
import errno
import sqlite3
from types import MappingProxyType
from typing import Final


class Cause(StrEnum):
    """What is wrong with the file; each cause needs a different action."""

    FULL = "full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    IO_ERROR = "io_error"
    DAMAGED = "damaged"
    MOVED = "moved"
    """The open file was deleted or replaced, or its structure was changed."""

    TOO_NEW = "too_new"
    """A newer version of this integration wrote the file."""

    UNFIT = "unfit"
    """This version can't use what the file holds, although the file isn't damaged."""

    OTHER = "other"


class LedgerUnavailable(Exception):
    """The ledger can't be read or written now; nothing of the request happened.

    `cause` is None if the file isn't to blame, for example for a violated constraint.
    """

    def __init__(self, message: str = "", cause: Cause | None = None) -> None:
        super().__init__(message)
        self.cause = cause


RAISED_BY_FILES: Final = (sqlite3.Error, UnicodeDecodeError)
"""What using a database raises; UnicodeDecodeError if SQLite quotes damaged bytes."""

_PRIMARY: Final = 0xFF
"""The byte of an extended code with the primary one (sqlite.org/rescode.html)."""

_BY_CODE: Final = MappingProxyType(
    {
        # The index of the write-ahead log didn't fit on the disk.
        sqlite3.SQLITE_IOERR_SHMSIZE: Cause.FULL,
        sqlite3.SQLITE_READONLY_DBMOVED: Cause.MOVED,
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
    """Return the file's problem behind an error, or None if there is none."""
    match error:
        case LedgerUnavailable(cause=cause):
            return cause
        case sqlite3.Error(sqlite_errorcode=code):
            return _BY_CODE.get(code) or _BY_CODE.get(code & _PRIMARY)
        case sqlite3.OperationalError() if "decode to UTF-8" in str(error):
            # It is the driver's own error for text that isn't UTF-8, without a code.
            return Cause.DAMAGED
        case UnicodeDecodeError():
            return Cause.DAMAGED
        case OSError(errno=int(number)):
            return _BY_ERRNO.get(number, Cause.OTHER)
        case _:
            return None


def unavailable(error: BaseException) -> LedgerUnavailable:
    """Return the error for callers of the ledger.

    The driver's own messages may quote personal values, so only their type is shown
    (promise 6). SQLite and the operating system name only tables and files.
    """
    match error:
        case LedgerUnavailable() | OSError() | sqlite3.Error(sqlite_errorcode=int()):
            message = str(error)
        case _:
            message = type(error).__name__
    return LedgerUnavailable(message, cause_of(error))
