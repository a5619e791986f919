"""Requests for entry that drivers' forms make: each once, however often it is sent."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
import time
from typing import Final

from homeassistant.util.json import JsonObjectType

REMEMBERED_SECONDS: Final = 600
MOST_ATTEMPTS: Final = 1_024


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one form asked for, and what becomes of it."""

    asks: tuple[str, str] = field(repr=False)
    until: float
    task: asyncio.Task[JsonObjectType]

    async def answer(self, seconds: float) -> JsonObjectType | None:
        """Return the answer, or None if there is none within this time."""
        await asyncio.wait([self.task], timeout=seconds)
        return self.task.result() if self.task.done() else None


class Attempts:
    """The latest attempts, by their page and the form's own random `once`."""

    def __init__(self) -> None:
        """Begin with none."""
        self._attempts: OrderedDict[tuple[str, str], Attempt] = OrderedDict()

    def __len__(self) -> int:
        return len(self._attempts)

    def start(
        self,
        page: str,
        once: str,
        asks: tuple[str, str],
        work: Callable[[], asyncio.Task[JsonObjectType]],
    ) -> bool:
        """Start what a form asks for, unless it was started.

        Return False if the same form asked for something else before: its answer isn't
        the answer to this.
        """
        if (before := self.find(page, once)) is not None:
            return before.asks == asks
        until = time.monotonic() + REMEMBERED_SECONDS
        self._attempts[page, once] = Attempt(asks, until, work())
        if len(self._attempts) > MOST_ATTEMPTS:
            self._attempts.popitem(last=False)
        return True

    def find(self, page: str, once: str) -> Attempt | None:
        """Return what a page's form asked for, for as long as it is remembered."""
        now = time.monotonic()
        while self._attempts and next(iter(self._attempts.values())).until <= now:
            self._attempts.popitem(last=False)
        return self._attempts.get((page, once))
