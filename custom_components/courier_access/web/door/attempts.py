"""Requests for entry that drivers' forms make: each once, however often it is sent."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
import time
from typing import Final

from ...api.passes import PageAnswer
from ...entries.request import Waiting
from .forms import Sent

REMEMBERED_SECONDS: Final = 600
MOST_ATTEMPTS: Final = 1_024


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form sent, and who waits; `shows` is of the page's first form."""

    sent: Sent
    shows: Sent
    waiting: Waiting


@dataclass(slots=True)
class Attempt:
    """What one form asked for, and what becomes of it."""

    asked: Asked = field(repr=False)
    until: float
    task: asyncio.Task[PageAnswer]
    is_read: bool = False
    """Whether somebody read the answer: until then, looking is waiting."""

    @property
    def worth(self) -> int:
        """Return how much it matters to a driver that it isn't forgotten."""
        if not self.task.done():
            return 2
        return int(self.asked.waiting.has_rung)

    async def answer(self, seconds: float) -> PageAnswer | None:
        """Return the answer, or None if there is none within this time."""
        with self.asked.waiting.fetching():
            await asyncio.wait([self.task], timeout=seconds)
        self.is_read = self.task.done()
        return self.task.result() if self.is_read else None


class Attempts:
    """The latest attempts, by their page and the form's own random `once`."""

    def __init__(self) -> None:
        """Begin with none."""
        self._attempts: OrderedDict[tuple[str, str], Attempt] = OrderedDict()

    def __len__(self) -> int:
        return len(self._attempts)

    def start(
        self, page: str, asked: Asked, work: Callable[[], asyncio.Task[PageAnswer]]
    ) -> bool:
        """Start what a form asks for, unless it was started.

        Return False if the same form asked for something else before: its answer isn't
        the answer to this.
        """
        once = asked.sent.once
        if (before := self.find(page, once)) is not None:
            return before.asked.sent == asked.sent
        until = time.monotonic() + REMEMBERED_SECONDS
        self._attempts[page, once] = Attempt(asked, until, work())
        if len(self._attempts) > MOST_ATTEMPTS:
            self._drop_one()
        return True

    def find(self, page: str, once: str) -> Attempt | None:
        """Return what a page's form asked for, for as long as it is remembered."""
        now = time.monotonic()
        while self._attempts and next(iter(self._attempts.values())).until <= now:
            self._attempts.popitem(last=False)
        return self._attempts.get((page, once))

    def _drop_one(self) -> None:
        """Drop the oldest attempt, but rather none that waits or may ring again."""
        del self._attempts[
            min(self._attempts, key=lambda key: self._attempts[key].worth)
        ]
