"""Moves all clocks of this process: time passes only while everything is at rest, from one timer to the next.

This must be imported, and `watch_threads` called, before anything that starts threads.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
import math
import queue
import selectors
import sys
import threading
import time
import traceback
from typing import cast

_STIRRED = 0.00005
"""How long, in real seconds, data may take through the kernel from one socket of this process to another."""
_PATIENCE = 120.0
"""For how many real seconds everything may hang before this gives up."""
_REAL = {"monotonic": time.monotonic}  # not a name that freezegun would find


def real_seconds() -> float:
    """Return real seconds, from whenever."""
    return _REAL["monotonic"]()


class Stuck(Exception):
    """Something waits for what never comes."""


def _look() -> None:
    """Let the loop look again whether everything is at rest."""


class Threads:
    """Knows whether a thread works: it took something from a queue, and did not come back for more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._own = threading.local()
        self._starting: set[int] = set()
        self.at_rest: Callable[[], None] = lambda: None
        """Called in the last thread that worked."""

    def __repr__(self) -> str:
        return f"{self._open} jobs are open, {self._starting} threads are starting"

    @property
    def are_busy(self) -> bool:
        """Return whether a thread works, or has something to do."""
        return self._open > 0 or bool(self._starting)

    def put(self) -> None:
        """Note that a thread has something more to do."""
        with self._lock:
            self._open += 1

    def returns(self) -> None:
        """Note that this thread is done with what it took."""
        with self._lock:
            was_busy = self.are_busy
            self._open -= getattr(self._own, "held", 0)
            self._starting.discard(threading.get_ident())
            rests = was_busy and not self.are_busy
        self._own.held = 0
        if rests:
            self.at_rest()

    def took(self) -> None:
        """Note that this thread took something."""
        self._own.held = getattr(self._own, "held", 0) + 1

    def watch(self) -> None:
        """Watch all queues and threads that are made from now on."""
        threads = self

        class Watched(queue.SimpleQueue[object]):
            def put(
                self, item: object, block: bool = True, timeout: float | None = None
            ) -> None:
                if item is not None:
                    threads.put()
                super().put(item, block, timeout)

            def put_nowait(self, item: object) -> None:
                self.put(item)

            def get(self, block: bool = True, timeout: float | None = None) -> object:
                threads.returns()
                item = super().get(block, timeout)
                if item is not None:
                    threads.took()
                return item

            def get_nowait(self) -> object:
                item = super().get_nowait()
                if item is not None:
                    threads.took()
                return item

        vars(queue)["SimpleQueue"] = Watched
        start = threading.Thread.start

        def starting(thread: threading.Thread) -> None:
            run = thread.run

            def running() -> None:
                with threads._lock:
                    threads._starting.discard(-id(thread))
                    threads._starting.add(threading.get_ident())
                try:
                    run()
                finally:
                    threads.returns()

            # Some threads have a `run` of their own.
            setattr(thread, "run", running)  # noqa: B010 - a method of an object
            with threads._lock:
                threads._starting.add(-id(thread))
            start(thread)

        setattr(threading.Thread, "start", starting)  # noqa: B010 - a method of a class


class _Selector(selectors.EpollSelector):
    """Lets time pass where a loop would sleep."""

    idle: Callable[[], bool]

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if found or timeout == 0:
            return found
        return super().select(self.wait_for())

    def wait_for(self) -> float:
        """Return for how long to sleep really."""
        raise NotImplementedError


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock stands still while anything is under way."""

    def __init__(self, threads: Threads, move: Callable[[timedelta], None]) -> None:
        self._threads = threads
        self._move = move
        self._now = 1000.0
        self._began = self._now
        self._waiting: tuple[float, asyncio.Future[None]] | None = None
        self._is_stirred = True
        self._still = 0.0
        self.advances = 0
        loop = self

        class Selector(_Selector):
            def select(
                self, timeout: float | None = None
            ) -> list[tuple[selectors.SelectorKey, int]]:
                found = super().select(timeout)
                if found:
                    loop._is_stirred, loop._still = True, 0.0
                return found

            def wait_for(self) -> float:
                return loop._rest()

        super().__init__(Selector())
        # Half a year is so many seconds that a billionth of one is none.
        vars(self)["_clock_resolution"] = 1e-6
        threads.at_rest = self._wake

    def _wake(self) -> None:
        if not self.is_closed():
            self.call_soon_threadsafe(_look)

    def time(self) -> float:
        """Return the seconds that this clock shows."""
        return self._now

    def _rest(self) -> float:
        """Let time pass if nothing else can happen; return for how long to sleep really."""
        if self._threads.are_busy or self._waiting is None:
            self._is_stirred = True
            return self._sleeping()
        if self._is_stirred:
            self._is_stirred = False
            time.sleep(_STIRRED)
            return 0.0
        self._still = 0.0
        target, future = self._waiting
        scheduled = cast("list[asyncio.TimerHandle]", vars(self)["_scheduled"])
        if scheduled and scheduled[0].when() <= target:
            self._advance(scheduled[0].when())
            return 0.0
        self._advance(target)
        self._waiting = None
        if not future.done():
            future.set_result(None)
        return 0.0

    def _sleeping(self) -> float:
        now = real_seconds()
        if not self._still:
            self._still = now
        if now - self._still > _PATIENCE:
            self._still = 0.0
            print(self._threads, self._waiting, file=sys.stderr)
            for ident, frame in sys._current_frames().items():  # noqa: SLF001 - Python's own
                print(
                    ident, "".join(traceback.format_stack(frame)[-2:]), file=sys.stderr
                )
            raise Stuck("everything waits for what never comes")
        return 0.05

    def _advance(self, to: float) -> None:
        if to > self._now:
            self.advances += 1
            self._now = to
            self._move(timedelta(microseconds=math.ceil((to - self._began) * 1e6)))

    async def until(self, target: float) -> None:
        """Let time pass until then; all that was due meanwhile has happened, and everything is at rest."""
        assert self._waiting is None, "only one waits for time"
        future: asyncio.Future[None] = self.create_future()
        self._still, self._waiting = 0.0, (max(target, self._now), future)
        try:
            await future
        finally:
            self._waiting = None

    async def within[T](self, seconds: float, work: Coroutine[object, object, T]) -> T:
        """Let time pass until something is done, which must be soon."""
        task = self.create_task(work)
        assert self._waiting is None, "only one waits for time"
        late: asyncio.Future[None] = self.create_future()
        self._still, self._waiting = 0.0, (self._now + seconds, late)
        both: set[asyncio.Future[T] | asyncio.Future[None]] = {task, late}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting = None
        if not task.done():
            task.print_stack()
            raise Stuck(f"it took more than {seconds} seconds")
        return task.result()


class Clocks:
    """The wall clock and the monotonic one, which move together unless the wall clock is set."""

    def __init__(self, begins: datetime) -> None:
        self._begins = begins.astimezone(UTC).replace(tzinfo=None)
        self._moved = timedelta()
        self._frozen: list[object] = []

    def freeze(self) -> None:
        """Stop all clocks that Python has, as the harness's own fixture does; import what is to stand still before."""
        from freezegun import api  # noqa: PLC0415 - it must not come before the queues are watched
        from pytest_homeassistant_custom_component import patch_time  # noqa: PLC0415 - it imports freezegun

        patched = vars(api)
        patched["FakeDate"] = patch_time.HAFakeDate
        patched["FakeDatetime"] = patch_time.HAFakeDatetime
        patched["datetime_to_fakedatetime"] = patch_time.ha_datetime_to_fakedatetime
        patched["_get_module_attributes"] = patch_time.ha_get_module_attributes
        patched["_get_module_attributes_hash"] = (
            patch_time.ha_get_module_attributes_hash
        )
        patched["_should_use_real_time"] = patch_time.ha_should_use_real_time
        patched["get_current_time"] = patch_time.ha_get_current_time
        factory = api.freeze_time(self._begins).start()
        patched["ignore_lists"][-1] = ()  # looking at who asks takes most of the time
        self._frozen.append(factory)

    def move(self, since: timedelta) -> None:
        """Show the time this long after the beginning."""
        self._moved = since
        for factory in self._frozen:
            setattr(factory, "time_to_freeze", self._begins + since)  # noqa: B010 - freezegun has no type for it

    @property
    def now(self) -> datetime:
        """The present time."""
        return (self._begins + self._moved).replace(tzinfo=UTC)
