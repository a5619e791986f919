"""A courier's request at a door, and its result."""

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from homeassistant.core import Context

from ..access.model import Courier, Decision, Grant, GrantKey, Outcome, Proof, Reason
from ..contract import replies
from ..contract.replies import Problem, Reply
from ..doors.driver import DoorDriver
from ..ledger.state.entries import Attempt
from ..ledger.state.replies import MessageKey


class Restored(Protocol):
    """What must be known about a restored ledger before anyone is answered."""

    at: datetime | None
    """When the ledger was last restored."""
    couriers_wait: bool
    """Whether the owner must confirm the couriers and their keys first."""


SEEN_WITHIN: Final = 10.0
"""Seconds before the command in which a page must have been fetched."""


class At(StrEnum):
    """Where an answer is waited for."""

    SENDER = "sender"
    KEYPAD = "keypad"
    BELL = "bell"
    PAGE = "page"


WAITS: Final[Mapping[At, float]] = MappingProxyType(
    {At.SENDER: 12.0, At.KEYPAD: 12.0, At.BELL: 45.0, At.PAGE: 120.0}
)
"""Seconds for which an answer is waited for."""


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass(slots=True, eq=False)
class Waiting:
    """Somebody who may wait for an answer, and at a page stays who they are.

    A page that rings again is the same one. It is there while it is fetched: only then
    does somebody stand at the door.
    """

    at: At = At.SENDER
    network: str | None = None
    since: float = field(default_factory=_now)
    seen: float = field(default_factory=_now)
    entered: EntryResult | None = None
    """The entry that let in everybody who waited for the same yes."""
    has_rung: bool = False
    """Whether it ever waited for an answer."""
    is_opening: bool = False
    """Whether somebody who waited for the same yes is being let in."""
    leaves: list[Callable[[], None]] = field(default_factory=list)
    """Called if the wait is ended before its time."""
    _fetches: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def until(self) -> float:
        """When the wait is over, on the loop's clock."""
        return self.since + WAITS[self.at]

    @property
    def is_there(self) -> bool:
        """Whether somebody can still be at the door."""
        return self.at is not At.PAGE or _now() - self.seen <= SEEN_WITHIN

    def begin(self) -> None:
        """Begin to wait, or begin again."""
        self.leaves.clear()
        self.since = self.seen = _now()
        self.has_rung = True

    def look(self) -> None:
        """Take note that somebody is at the page."""
        self.seen = _now()

    @contextmanager
    def fetching(self) -> Generator[None]:
        """Mark the page as there while it is fetched."""
        self.look()
        self._fetches += 1
        self._news.set()
        try:
            yield
        finally:
            self._fetches -= 1

    async def come(self) -> bool:
        """Wait until the page is fetched; return whether it is in time."""
        if self.at is not At.PAGE:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.until):
                while not self._is_fetched and self.until > _now():
                    self._news.clear()
                    await self._news.wait()
        return self._is_fetched

    @property
    def _is_fetched(self) -> bool:
        return self._fetches > 0 or self.entered is not None

    def let_in(self, entered: EntryResult) -> None:
        """Let a page read that the door is open."""
        self.entered = entered
        self._news.set()

    def end(self) -> None:
        """End the wait before its time."""
        self.since = -WAITS[self.at]
        self._news.set()
        leaves, self.leaves = self.leaves, []
        for leave in leaves:
            leave()


@dataclass(frozen=True, slots=True)
class Request:
    """One entry that a courier asks for, by what it shows.

    `couriers` has the grants that it may be for, each with its courier: the first one
    that admits counts. `door` is the key of the door, if one is named. A `message` is
    answered once. `may_ask` is called before residents are asked, and only then: it
    returns false if too many wait already. `waiting` is who waits for their answer.
    Only the unit `of_unit` decides, if what is shown is that unit's own.
    `is_still_shown` is false once what was shown is revoked. After `open_by`, on the
    loop's clock, it opens no door.
    """

    couriers: Mapping[GrantKey, Courier]
    proof: Proof
    door: str | None
    open_by: float
    driver_ref: str | None = None
    pass_id: str | None = None
    of_unit: str | None = None
    is_still_shown: Callable[[], bool] = lambda: True
    may_ask: Callable[[], bool] = lambda: True
    waiting: Waiting = field(default_factory=Waiting)
    image: str | None = None
    message: MessageKey | None = None
    stale: bool = False
    context: Context = field(default_factory=Context)

    @property
    def key(self) -> GrantKey:
        """The grant that it names, or the first of several."""
        return next(iter(self.couriers))

    @property
    def is_too_late(self) -> bool:
        """Whether it opens no door anymore."""
        return _now() > self.open_by or not self.waiting.is_there


@dataclass(frozen=True, slots=True)
class EntryResult:
    """A decided entry; `entry_id` is the one that its record has."""

    decision: Decision
    reason: Reason
    key: GrantKey
    proof: Proof
    door: str | None
    entry_id: str
    entries_left: int | None
    outcome: Outcome | None = None
    lock_confirmed: bool | None = None
    unlocked_until: datetime | None = None

    def reply(self) -> Reply:
        """Return the reply to a courier's message."""
        return replies.entry(
            self.decision,
            self.reason,
            grant_id=self.key.grant_id,
            door=self.door,
            entry_id=self.entry_id,
            proof=self.proof,
            outcome=self.outcome,
            lock_confirmed=self.lock_confirmed,
            unlocked_until=self.unlocked_until,
            entries_left=self.entries_left,
        )


def admitted(
    grant: Grant,
    attempt: Attempt,
    driver: DoorDriver,
    outcome: Outcome,
    *,
    uses: int,
    confirmed: bool = False,
    unlocked_until: datetime | None = None,
) -> EntryResult:
    """Return the result of an entry that is admitted."""
    return EntryResult(
        Decision.ADMITTED,
        Reason.OK,
        grant.key,
        attempt.proof,
        driver.door.key,
        attempt.entry_id,
        max(0, grant.max_entries - uses),
        outcome,
        lock_confirmed=confirmed,
        unlocked_until=unlocked_until,
    )


class NotNow(Exception):
    """A request can't be answered now; the courier may ask again."""

    def __init__(self, problem: Problem, retry_after: int | None = None) -> None:
        """Prepare the reply; `retry_after` is in seconds."""
        super().__init__(problem)
        self.problem = problem
        self.reply = replies.problem(problem, retry_after=retry_after)
