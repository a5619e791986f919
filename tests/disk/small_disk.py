"""A small disk for a ledger that can be filled and made read-only."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import subprocess

SIZE: int = 2 * 1024 * 1024


def _as_root(*command: str) -> None:
    """Run a command as root; other users need sudo without a password."""
    subprocess.run(["sudo", "-n", *command][2 * (os.geteuid() == 0) :], check=True)


class SmallDisk:
    """A mounted file system in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._filler = place / "filler"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filler.open("wb", buffering=0) as filler:
            size = 65_536
            while size:
                try:
                    filler.write(bytes(size))
                except OSError:
                    size //= 2

    def make_room(self) -> None:
        """Remove the filler."""
        self._filler.unlink()

    def make_read_only(self) -> None:
        """Mount the disk for reading only; nothing may be open for writing."""
        _as_root("mount", "-o", "remount,ro", str(self.place))

    def make_writable(self) -> None:
        """Mount the disk for writing again."""
        _as_root("mount", "-o", "remount,rw", str(self.place))


@contextmanager
def small_disk(place: Path) -> Iterator[SmallDisk]:
    """Mount a small disk meanwhile."""
    place.mkdir()
    owner = f"uid={os.getuid()},gid={os.getgid()}"
    _as_root(
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={SIZE},mode=700,{owner}",
        "tmpfs",
        str(place),
    )
    try:
        yield SmallDisk(place)
    finally:
        _as_root("umount", "-l", str(place))
