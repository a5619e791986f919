"""Lock a door at the end of its unlock time, and retry until it is locked."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.timer import Timer
from .contact import Contact, ContactState
from .openers import Opener, Position

_LOGGER = logging.getLogger(__name__)

CONFIRM_WITHIN: Final = 8.0
"""Seconds within which a command's effect must be seen."""

RETRY_PAUSES: Final = (5.0, 15.0, 60.0, 300.0)
"""Seconds between lock commands without effect; the last one repeats."""

CONTACT_SETTLES: Final = 1.0
"""Seconds after the door closes, so the bolt doesn't hit the frame."""

OPENER_SETTLES: Final = 5.0
"""Seconds in which a returning opener may still report an old state."""


class Relock:
    """Locks a door at its deadline and retries until it reads locked.

    It waits while the door stands open, a courier's command is under way, or the opener
    is unavailable. `locked` is called if an opener without a visible state accepted the
    command or nothing is left to lock; otherwise the door cancels when it reads locked.
    `over` is called at a deadline that locks nothing.
    """

    context: Context
    """The context of the entry or manual use that set the deadline."""

    deadline: datetime | None = None
    """When the unlock time ends; kept until the door is locked."""

    def __init__(
        self,
        hass: HomeAssistant,
        door_name: str,
        opener: Opener,
        contact: Contact,
        *,
        locked: Callable[[], None],
        over: Callable[[], None],
    ) -> None:
        self.door_name = door_name
        self._hass = hass
        self._opener = opener
        self._contact = contact
        self._locked = locked
        self._finished = over
        self.context = Context()
        self._locks = False
        self._held = False
        self._ends = 0.0
        self._command: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._timer = Timer(hass)
        self._reset()

    @property
    def tried(self) -> bool:
        """Return whether a lock command was sent since the deadline was set."""
        return self._tries > 0

    @property
    def is_pending(self) -> bool:
        """Return whether the door is to be locked, at the deadline or since then."""
        return self.deadline is not None and self._locks and self._opener.can_close

    async def idle(self) -> None:
        """Wait until no lock command is under way or it must have been seen."""
        await self._idle.wait()

    @callback
    def extend(self, deadline: datetime, context: Context, *, locks: bool) -> None:
        """Set or extend the deadline; an earlier one changes nothing.

        `context` is the lock command's. Without `locks` only the unlock time ends then.
        """
        self._locks = locks
        self.context = context
        seconds = (deadline - dt_util.utcnow()).total_seconds()
        # The wall clock may have been changed since the current deadline was set.
        ends = self._hass.loop.time() + seconds
        if self.deadline is not None and ends <= self._ends:
            return
        self._reset()
        self.deadline = deadline
        self._ends = ends
        self._timer.start(seconds, self._deadline_reached)

    @callback
    def put_off(self, seconds: float) -> None:
        """Move the deadline, if any, to at least `seconds` from now."""
        if self.deadline is not None:
            until = dt_util.utcnow() + timedelta(seconds=seconds)
            self.extend(until, self.context, locks=self._locks)

    @callback
    def cap(self, latest: datetime) -> None:
        """Move a later deadline there: the clock was set, or the unlock time changed."""
        if self.deadline is not None and self.deadline > latest:
            self.cancel()
            self.extend(latest, self.context, locks=self._locks)

    @callback
    def hasten(self) -> None:
        """Lock an unlocked door now, as soon as it can be locked.

        One that reads locked gets the command, too: that may be old, or not last.
        """
        if not self.is_pending:
            return
        self.deadline, self._ends = dt_util.utcnow(), self._hass.loop.time()
        self._reached = True
        if self._may_lock and self._idle.is_set():
            self._lock()

    @callback
    def cancel(self) -> None:
        """Forget the deadline; a running lock command isn't canceled."""
        self._reset()
        self.deadline = None

    @callback
    def hold(self) -> None:
        """Lock nothing while a courier's command is under way."""
        self._held = True

    @callback
    def release(self) -> None:
        """Allow locking again after the courier's command."""
        self._held = False
        self.reconsider()

    @callback
    def reconsider(self, delay: float = 0.0) -> None:
        """Try again after `delay` seconds if the deadline has passed."""
        if self._reached and self._idle.is_set():
            self._timer.start(delay, self._try_lock)

    def _reset(self) -> None:
        self._timer.stop()
        self._reached = False
        self._tries = 0
        self._idle.set()

    @callback
    def _deadline_reached(self) -> None:
        self._reached = True
        self._try_lock()

    @property
    def _may_lock(self) -> bool:
        is_open = self._contact.state is ContactState.OPEN
        return not self._held and not is_open and self._opener.available

    @callback
    def _try_lock(self) -> None:
        if self._held:
            return
        if not (self._locks and self._opener.can_close):
            self.cancel()
            self._finished()
        elif not self._may_lock:
            return
        elif self._opener.is_seen and self._opener.position is Position.LOCKED:
            self._locked()
        else:
            self._lock()

    def _lock(self) -> None:
        """Send a lock command in place of one that hangs."""
        self._tries += 1
        self._idle.clear()
        if self._command is not None:
            self._command.cancel()
        # Started later: its effect may be seen at once and must find the timer.
        self._command = self._hass.async_create_task(
            self._opener.close(self.context),
            f"courier_access lock {self.door_name}",
            eager_start=False,
        )
        self._command.add_done_callback(self._answered)
        self._timer.start(CONFIRM_WITHIN, self._not_confirmed)

    @callback
    def _answered(self, command: asyncio.Task[None]) -> None:
        if command.cancelled():
            return
        error = command.exception()
        if command is not self._command or self._idle.is_set():
            return
        if error is not None:
            _LOGGER.warning("%s could not be locked: %s", self.door_name, error)
            self._retry()
        elif not self._opener.is_seen or self._opener.position is Position.LOCKED:
            self._locked()

    @callback
    def _not_confirmed(self) -> None:
        _LOGGER.warning("%s was not seen to lock", self.door_name)
        self._retry()

    def _retry(self) -> None:
        self._idle.set()
        self._timer.start(
            RETRY_PAUSES[min(self._tries, len(RETRY_PAUSES)) - 1], self._try_lock
        )
