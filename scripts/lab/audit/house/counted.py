"""Counts what SQLite writes and syncs, below everything else that this process does with a file.

The functions of SQLite's own VFS that write and sync are wrapped: each call of `xSync` is one fsync or fdatasync of a
file. Python's `os.fsync` and `os.fdatasync` are counted, too. What SQLite syncs of a folder, when it makes or deletes a
file, is not; that of the folder after a new mark is.
"""

from collections.abc import Callable
import ctypes
import ctypes.util
from dataclasses import dataclass, field
import os
from pathlib import Path

_OK = 0
_FILE = ctypes.c_void_p
_METHODS = 18
_WRITE, _SYNC = 2, 4
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    _FILE,
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_int),
)
_WRITES = ctypes.CFUNCTYPE(
    ctypes.c_int, _FILE, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_SYNCS = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        ("size", ctypes.c_int),
        ("longest", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
    )


class _Methods(ctypes.Structure):
    _fields_ = (("version", ctypes.c_int), ("calls", ctypes.c_void_p * _METHODS))


@dataclass(slots=True)
class Counted:
    """How much was written and synced of the files whose name has a prefix."""

    prefix: str
    written: int = 0
    """Bytes that SQLite handed to the system, for the file and its write-ahead log."""
    syncs: int = 0
    by_file: dict[str, int] = field(default_factory=dict)
    """The syncs of each file, by the end of its name."""
    logged: int = 0
    """Bytes that were written to write-ahead logs."""
    is_full: bool = False
    """Whether the disk is full: nothing can be written."""
    _names: dict[int, str] = field(default_factory=dict)
    _methods: dict[int, _Methods] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def watch(self) -> None:
        """Count from now on, in all connections that are opened after this."""
        import _sqlite3  # noqa: PLC0415 - its file leads to the library that Python uses

        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        opens = _OPEN(vfs.open)

        def open_counted(
            own: int, name: int | None, file: int, flags: int, out: object
        ) -> int:
            result = int(opens(own, name, file, flags, out))
            if result == _OK:
                path = b"" if name is None else ctypes.string_at(name)
                self._opened(file, Path(os.fsdecode(path)).name)
            return result

        opening = _OPEN(open_counted)
        self._kept += [opens, opening]
        vfs.open = ctypes.cast(opening, ctypes.c_void_p).value
        for syncing in ("fsync", "fdatasync"):
            self._count_calls(syncing)

    def _count_calls(self, name: str) -> None:
        plain: Callable[[int], None] = getattr(os, name)

        def counted(fd: int) -> None:
            plain(fd)
            path = Path(f"/proc/self/fd/{fd}").readlink()
            is_folder = path.is_dir() and any(path.glob(f"{self.prefix}*"))
            self._synced(f"{self.prefix}folder" if is_folder else path.name)

        setattr(os, name, counted)

    def _synced(self, name: str) -> None:
        if name.startswith(self.prefix):
            self.syncs += 1
            end = name.removeprefix(self.prefix)
            self.by_file[end] = self.by_file.get(end, 0) + 1

    def _opened(self, file: int, name: str) -> None:
        self._names[file] = name
        place = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        plain = place[0]
        if not plain:
            return
        if plain not in self._methods:
            self._methods[plain] = self._wrapped(plain)
        place[0] = ctypes.addressof(self._methods[plain])

    def _wrapped(self, plain: int) -> _Methods:
        methods = _Methods()
        ctypes.memmove(ctypes.byref(methods), plain, ctypes.sizeof(_Methods))
        writes, syncs = _WRITES(methods.calls[_WRITE]), _SYNCS(methods.calls[_SYNC])

        def write_counted(file: int, data: int, size: int, at: int) -> int:
            is_ours = self._names.get(file, "").startswith(self.prefix)
            if is_ours and self.is_full:
                return 13  # SQLITE_FULL
            result = int(writes(file, data, size, at))
            if is_ours:
                self.written += size
                self.logged += size if self._names[file].endswith("-wal") else 0
            return result

        def sync_counted(file: int, flags: int) -> int:
            result = int(syncs(file, flags))
            self._synced(self._names.get(file, ""))
            return result

        writing, syncing = _WRITES(write_counted), _SYNCS(sync_counted)
        self._kept += [writes, syncs, writing, syncing]
        methods.calls[_WRITE] = ctypes.cast(writing, ctypes.c_void_p).value
        methods.calls[_SYNC] = ctypes.cast(syncing, ctypes.c_void_p).value
        return methods
