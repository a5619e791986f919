"""Starts Home Assistant within a second: by a process that forks one that has everything imported."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import signal
import subprocess
import threading

from .answers import number, parsed, record
from .places import ROOT

PYTHON = ROOT / ".venv-demo" / "bin" / "python"
PROGRAM = Path(__file__).with_name("prefork.py")
NAMES = ROOT / ".tools" / "imported-by-home-assistant"
START_SECONDS = 60


@dataclass(slots=True)
class Forked:
    """A process that another one waits for, in the form of `subprocess.Popen`."""

    pid: int
    returncode: int | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    def poll(self) -> int | None:
        """Return its exit status, None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends."""
        if not self._ended.wait(timeout):
            assert timeout is not None
            raise subprocess.TimeoutExpired("homeassistant", timeout)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            # It may have ended, which `end` hears of a moment later.
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def end(self, status: int) -> None:
        """Take note of its end."""
        self.returncode = status
        self._ended.set()


class Forks:
    """The process that forks. All that it forked ends with it."""

    def __init__(self) -> None:
        """Start it."""
        NAMES.parent.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [PYTHON, "-P", PROGRAM, ROOT, NAMES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._running: dict[int, Forked] = {}
        self._started: list[Forked] = []
        self._changed = threading.Condition()
        self._starting = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Forks]:
        """Have one for some time."""
        forks = cls()
        try:
            yield forks
        finally:
            forks.close()

    def start(self, folder: Path, log: Path, environment: Mapping[str, str]) -> Forked:
        """Start a Home Assistant in this folder."""
        asked = {"folder": str(folder), "log": str(log), "environment": environment}
        assert self._process.stdin is not None
        with self._starting:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
            with self._changed:
                assert self._changed.wait_for(lambda: self._started, START_SECONDS)
                return self._started.pop()

    def close(self) -> None:
        """End it, and all that it forked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said: Mapping[str, object] = record(parsed(line))
            with self._changed:
                if "started" in said:
                    forked = Forked(int(number(said, "started")))
                    self._running[forked.pid] = forked
                    self._started.append(forked)
                else:
                    forked = self._running.pop(int(number(said, "ended")))
                    forked.end(int(number(said, "status")))
                self._changed.notify_all()
        for left in self._running.values():
            left.end(-signal.SIGKILL)
