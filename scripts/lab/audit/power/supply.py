"""Mounts the disk whose power can be cut, cuts it, and mounts what is left."""

from contextlib import suppress
import os
from pathlib import Path
import subprocess
import sys
from time import monotonic, sleep

from ...instance import StartError
from ...places import ROOT
from .disk import CUT, WRITE_BACK

MOUNT_SECONDS = 60


class Supply:
    """A mounted disk."""

    def __init__(self, folder: Path) -> None:
        """Mount an empty disk below this folder."""
        self.mounted, self._backing = folder / "mounted", folder / "disk"
        self.mounted.mkdir(parents=True)
        self._backing.mkdir()
        self.cuts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.restore()

    def restore(self) -> None:
        """Mount what is on the disk."""
        module = f"{__package__}.mount"
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", module, self.mounted, self._backing],
            cwd=ROOT,
            start_new_session=True,
        )
        until = monotonic() + MOUNT_SECONDS
        while not self.mounted.is_mount():
            if process.poll() is not None or monotonic() > until:
                raise StartError("the file system can't be mounted")
            sleep(0.01)

    def cut(self, seed: str | None) -> None:
        """Lose what isn't synced, but for a part that the seed chooses; then it isn't mounted."""
        assert self._process is not None
        with suppress(OSError):
            os.setxattr(self.mounted, CUT, (seed or "").encode())
        if self._process.wait() != 0:
            raise StartError("the power can't be cut")
        self.cuts += 1
        self._unmount()

    def write_back(self, but: str) -> None:
        """Write all to the disk, but what begins with this."""
        os.setxattr(self.mounted, WRITE_BACK, but.encode())

    def close(self) -> None:
        """Unmount it."""
        self._unmount()
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _unmount(self) -> None:
        # Even if somebody still holds a file, or the process that serves it is gone.
        command = ["fusermount3", "-u", "-z", str(self.mounted)]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
