"""Runs tests in forks of a process that has everything imported, a few forks at a time."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
import contextlib
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import resource
import selectors
import shutil
import signal
import tempfile
from time import monotonic, process_time, time
import traceback
from typing import Final

from ...places import in_memory
from .running import Work

LEAST_LIMIT: Final = 30.0
"""Seconds that each test may take at least: other processes may keep the machine busy."""
LEAST_BUSY: Final = 4.0
"""Seconds of a processor's time that it may take at least."""
SLOWER: Final = 15
"""How many times longer than usual it may take."""
STARTING: Final = 120.0


@dataclass(slots=True)
class Fork[T]:
    """A fork that runs, and what it has said so far."""

    task: T
    pid: int
    pipe: int
    folder: Path
    began: float
    until: float
    said: list[dict[str, object]] = field(default_factory=list)
    rest: bytes = b""
    is_late: bool = False
    """It took too long, and was ended."""
    seconds: float = 0.0

    @property
    def ran(self) -> list[str]:
        """Return the tests that began."""
        return [str(each["test"]) for each in self.said if "test" in each]

    def last(self, key: str) -> object:
        """Return what it said last under a key."""
        for each in reversed(self.said):
            if key in each:
                return each[key]
        return None


class Forks[T]:
    """Forks this process for each task, which must have no thread and no loop."""

    def __init__(
        self,
        processes: int,
        seconds: dict[str, float],
        prepare: Callable[[T], Work],
        usual: float = 1.0,
    ) -> None:
        self._processes = processes
        self._seconds = seconds
        self._usual = usual
        """How long a test takes of which nothing is known."""
        self._prepare = prepare
        """Gives the work of a task's fork, once the task's turn comes."""
        self._selector = selectors.DefaultSelector()
        self._running: dict[int, Fork[T]] = {}
        self._waiting: deque[T] = deque()

    def add(self, task: T) -> None:
        """Have a fork for a task."""
        self._waiting.append(task)

    def first(self, task: T) -> None:
        """Have a fork for a task before all that wait."""
        self._waiting.appendleft(task)

    def ended(self, until: float | None = None) -> Iterator[Fork[T]]:
        """Yield each fork that ended, until none is left; more may be added meanwhile."""
        while self._waiting or self._running:
            if until is not None and time() > until:
                self._waiting.clear()
            while self._waiting and len(self._running) < self._processes:
                self._start(self._waiting.popleft())
            if self._running:
                yield from self._look()

    def _start(self, task: T) -> None:
        work = self._prepare(task)
        folder = Path(tempfile.mkdtemp(prefix="mutant-", dir=in_memory()))
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reading)
            _work(work, folder, writing, self._seconds, self._usual)
        os.close(writing)
        now = monotonic()
        fork = Fork(task, pid, reading, folder, now, now + STARTING)
        self._running[pid] = fork
        self._selector.register(reading, selectors.EVENT_READ, fork)

    def _look(self) -> Iterator[Fork[T]]:
        soonest = min(fork.until for fork in self._running.values())
        for key, _ in self._selector.select(max(0.01, soonest - monotonic())):
            fork: Fork[T] = key.data
            heard = os.read(fork.pipe, 1 << 16)
            if not heard:
                yield self._end(fork)
                continue
            *lines, fork.rest = (fork.rest + heard).split(b"\n")
            fork.said += [json.loads(line) for line in lines]
            if fork.ran:
                usual = self._seconds.get(fork.ran[-1], self._usual)
                fork.until = monotonic() + max(LEAST_LIMIT, SLOWER * usual)
        for fork in list(self._running.values()):
            if fork.until < monotonic():
                fork.is_late = True
                yield self._end(fork)

    def _end(self, fork: Fork[T]) -> Fork[T]:
        del self._running[fork.pid]
        fork.seconds = monotonic() - fork.began
        self._selector.unregister(fork.pipe)
        os.close(fork.pipe)
        # What a test started may still run.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(fork.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(fork.pid, signal.SIGKILL)
        _, status = os.waitpid(fork.pid, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            fork.is_late = True
        shutil.rmtree(fork.folder, ignore_errors=True)
        return fork


def _work(
    work: Work,
    folder: Path,
    pipe: int,
    seconds: Mapping[str, float],
    unknown: float,
) -> None:
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    if not os.environ.get("COURIER_ACCESS_SHOWN"):
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)

    def say(what: dict[str, object]) -> None:
        if "test" in what:
            usual = seconds.get(str(what["test"]), unknown)
            limit = process_time() + max(LEAST_BUSY, SLOWER * usual)
            resource.setrlimit(
                resource.RLIMIT_CPU, (int(limit) + 1, resource.RLIM_INFINITY)
            )
        os.write(pipe, json.dumps(what).encode() + b"\n")

    try:
        work(folder, say)
        say({"end": True})
    except BaseException:  # noqa: BLE001 - whatever it is, the parent has to hear of it
        say({"broken": traceback.format_exc()[-2000:]})
    os._exit(0)
