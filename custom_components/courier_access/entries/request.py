"""A courier's request at a door, and its result."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from homeassistant.core import Context

from ..access.model import Courier, Decision, GrantKey, Outcome, Proof, Reason
from ..contract import replies
from ..contract.replies import Problem, Reply
from ..ledger.state.replies import MessageKey


class Restored(Protocol):
    """What must be known about a restored ledger before anyone is answered."""

    at: datetime | None
    """When the ledger was last restored."""
    couriers_wait: bool
    """Whether the owner must confirm the couriers and their keys first."""


@dataclass(frozen=True, slots=True)
class Request:
    """One entry that a courier asks for, by what it shows.

    `couriers` has the grants that it may be for, each with its courier: the first one
    that admits counts. `door` is the key of the door, if one is named. A `message` is
    answered once. `may_ask` is called before residents are asked, and only then; it
    returns false if they were asked a moment ago.
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
        return asyncio.get_running_loop().time() > self.open_by


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


class NotNow(Exception):
    """A request can't be answered now; the courier may ask again."""

    def __init__(self, problem: Problem, retry_after: int | None = None) -> None:
        """Prepare the reply; `retry_after` is in seconds."""
        super().__init__(problem)
        self.problem = problem
        self.reply = replies.problem(problem, retry_after=retry_after)
