"""Serves a disk in memory as a file system: `python -m scripts.lab.audit.power.mount FOLDER BACKING`.

The content of the folder BACKING is on the disk to begin with, and what a power cut leaves is written there.
Attributes that are set on the mounted folder are its switches.
"""

import errno
import os
from pathlib import Path
from random import Random
import shutil
import stat
import sys
import time
import traceback

import mfusepy

from .disk import CUT, WRITE_BACK, Disk, Node


class Files(mfusepy.Operations):
    """The operations of the file system, on one thread."""

    use_ns = True

    def __init__(self, backing: Path) -> None:
        """Serve what is in a folder."""
        self._backing = backing
        self._disk = Disk()
        self._disk.load(backing)
        self._open: dict[int, Node] = {}
        self._last = 0

    def setxattr(
        self, path: str, name: str, value: bytes, options: int, position: int = 0
    ) -> int:
        """Do what a switch says."""
        if name == WRITE_BACK:
            self._disk.write_back(value.decode())
            return 0
        if name != CUT:
            raise OSError(errno.ENOTSUP, name)
        # The process that cut the power gets no answer, either.
        os._exit(self._cut(value.decode()))

    def _cut(self, seed: str) -> int:
        try:
            self._disk.lose(Random(seed) if seed else None)
            shutil.rmtree(self._backing)
            self._backing.mkdir()
            self._disk.save(self._backing)
        except OSError, LookupError, ValueError, RecursionError:
            traceback.print_exc()
            return 1
        return 0

    def _node(self, path: str | None, fh: int | None = None) -> Node:
        # A file that is open can be read by nobody else once it has no name.
        return self._open[fh] if fh else self._disk.find(path or "/")

    def _handle(self, node: Node) -> int:
        self._last += 1
        self._open[self._last] = node
        return self._last

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """Return what `stat` shows."""
        node = self._node(path, fh)
        return {
            "st_mode": node.mode,
            "st_nlink": 2 if node.is_folder else 1,
            "st_size": len(node.data),
            "st_blocks": -(-len(node.data) // 512),
            "st_mtime": node.changed_at,
            "st_ctime": node.changed_at,
            "st_atime": node.changed_at,
            "st_uid": os.getuid(),
            "st_gid": os.getgid(),
        }

    def readdir(self, path: str, fh: int) -> list[str]:
        """Return the names in a folder."""
        return [".", "..", *self._disk.find(path).names]

    def mkdir(self, path: str, mode: int) -> int:
        """Make a folder."""
        self._disk.add(path, stat.S_IFDIR | mode)
        return 0

    def create(self, path: str, mode: int, flags: int) -> int:
        """Make a file, and open it."""
        return self._handle(self._disk.add(path, stat.S_IFREG | mode))

    def symlink(self, target: str, source: str) -> int:
        """Make a symbolic link; the arguments are in the order of this library."""
        link = self._disk.add(target, stat.S_IFLNK | 0o777)
        link.write(os.fsencode(source), 0)
        # It is on the disk with its name.
        link.sync_data()
        return 0

    def readlink(self, path: str) -> str:
        """Return what a symbolic link leads to."""
        return os.fsdecode(bytes(self._disk.find(path).data))

    def unlink(self, path: str) -> int:
        """Remove a file."""
        self._disk.remove(path)
        return 0

    def rmdir(self, path: str) -> int:
        """Remove a folder."""
        self._disk.remove(path)
        return 0

    def rename(self, old: str, new: str) -> int:
        """Give something another name."""
        self._disk.rename(old, new)
        return 0

    def chmod(self, path: str, mode: int) -> int:
        """Change permissions, at once."""
        node = self._disk.find(path)
        node.mode = stat.S_IFMT(node.mode) | mode
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        """Leave the administrator as it is."""
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        """Change the time of the last change."""
        self._disk.find(path).changed_at = times[1] if times else time.time_ns()
        return 0

    def open(self, path: str, flags: int) -> int:
        """Open a file."""
        node = self._disk.find(path)
        if flags & os.O_TRUNC:
            node.truncate(0)
        return self._handle(node)

    def release(self, path: str, fh: int) -> int:
        """Close a file."""
        del self._open[fh]
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        """Read a file."""
        return bytes(self._node(path, fh).data[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        """Write into a file."""
        self._node(path, fh).write(data, offset)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        """Change a file's length."""
        self._node(path, fh).truncate(length)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """Put a file's data on the disk, and not its name."""
        self._node(path, fh).sync_data()
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        """Put the names in a folder on the disk."""
        self._disk.find(path).sync_names()
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        """Return that there is room."""
        return {
            "f_bsize": 4096,
            "f_frsize": 4096,
            "f_blocks": 1 << 20,
            "f_bfree": 1 << 19,
            "f_bavail": 1 << 19,
        }


def main() -> None:
    """Serve until the power is cut."""
    folder, backing = sys.argv[1:]
    mfusepy.FUSE(
        Files(Path(backing)),
        folder,
        foreground=True,
        nothreads=True,
        hard_remove=True,
        fsname="courier-power",
    )


if __name__ == "__main__":
    main()
