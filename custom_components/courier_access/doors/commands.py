"""Command an opener: in turns, for a courier who enters, and to lock again."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
import logging
from typing import Final

from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util

from ..access.model import Outcome, Reason
from ..home_assistant.callbacks import Timer
from .openers import Contact, Opener, Position

_LOGGER = logging.getLogger(__name__)


class DoorTurn:
    """A lock that one entry holds at a time.

    The next turn goes to the courier whose last turn is longest ago, so a courier waits
    for at most one turn of each other courier.
    """

    is_held = False
    """Whether an entry has its turn."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[None], str] = {}
        """The entries that wait for their turns, with their couriers."""
        self._turns = count(1)
        self._last_turn: dict[str, int] = {}

    @property
    def is_awaited(self) -> bool:
        return bool(self._waiting)

    async def acquire(self, courier_id: str, within: float) -> None:
        """Wait for a turn for one of a courier's entries.

        Raise TimeoutError if others hold it for more than these seconds.
        """
        if not self.is_held:
            self.is_held = True
            self._last_turn[courier_id] = next(self._turns)
            return
        given = asyncio.get_running_loop().create_future()
        self._waiting[given] = courier_id
        try:
            async with asyncio.timeout(within):
                await given
        except asyncio.CancelledError, TimeoutError:
            if self._waiting.pop(given, None) is None:
                # The turn was given just before.
                self.release()
            raise

    def release(self) -> None:
        """End the turn and give the next one."""
        # A waiter that was just canceled is still listed.
        waiting = {each: who for each, who in self._waiting.items() if not each.done()}
        if not waiting:
            self.is_held = False
            return
        given = min(waiting, key=lambda each: self._last_turn.get(waiting[each], 0))
        self._last_turn[self._waiting.pop(given)] = next(self._turns)
        given.set_result(None)


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
        self._is_suspended = False
        self._ends = 0.0
        self._command: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._timer = Timer(hass)
        self._reset()

    @property
    def tried(self) -> bool:
        return self._tries > 0

    @property
    def is_pending(self) -> bool:
        """Return whether the door is to be locked, at the deadline or since then."""
        return self.deadline is not None and self._locks and self._opener.can_close

    async def idle(self) -> None:
        """Wait until no lock command is under way or it must have been seen."""
        await self._idle.wait()

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

    def put_off(self) -> None:
        """Give a returning opener the time to report its new state."""
        if self.deadline is not None:
            until = dt_util.utcnow() + timedelta(seconds=OPENER_SETTLES)
            self.extend(until, self.context, locks=self._locks)

    def cap(self, latest: datetime) -> None:
        """Move a later deadline there: the clock was set, or the unlock time changed."""
        if self.deadline is not None and self.deadline > latest:
            self.cancel()
            self.extend(latest, self.context, locks=self._locks)

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

    def cancel(self) -> None:
        """Forget the deadline; a running lock command isn't canceled."""
        self._reset()
        self.deadline = None

    def suspend(self) -> None:
        """Lock nothing while a courier's command is under way."""
        self._is_suspended = True

    def resume(self) -> None:
        """Allow locking again after the courier's command."""
        self._is_suspended = False
        self.reconsider()

    def reconsider(self, delay: float = 0.0) -> None:
        """Try again after `delay` seconds if the deadline has passed."""
        if self._reached and self._idle.is_set():
            self._timer.start(delay, self._try_lock)

    def _reset(self) -> None:
        self._timer.stop()
        self._reached = False
        self._tries = 0
        self._idle.set()

    def _deadline_reached(self) -> None:
        self._reached = True
        self._try_lock()

    @property
    def _may_lock(self) -> bool:
        is_blocked = self._is_suspended or self._contact.is_open
        return not is_blocked and self._opener.available

    def _try_lock(self) -> None:
        if self._is_suspended:
            return
        if not (self._locks and self._opener.can_close):
            self.cancel()
            self._finished()
        elif not self._may_lock:
            return
        elif self._opener.reads_locked:
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

    def _not_confirmed(self) -> None:
        _LOGGER.warning("%s was not seen to lock", self.door_name)
        self._retry()

    def _retry(self) -> None:
        self._idle.set()
        self._timer.start(
            RETRY_PAUSES[min(self._tries, len(RETRY_PAUSES)) - 1], self._try_lock
        )


LATE_SECONDS: Final = 60.0
"""Seconds in which an unlock counts as late, after the time to confirm.

No door's unlock time is longer.
"""


class Stopped(Exception):
    """A veto, revocation, or pause arrived before the command was sent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class DoorUnavailable(Exception):
    """The opener is unavailable; nothing was sent."""


class Command:
    """A courier's command, from sending it to its outcome.

    Only a report after sending confirms it, even one that repeats the state. An opener
    whose state can't be seen never confirms: its command is concluded when it was
    accepted. An opener that was unavailable meanwhile doesn't confirm either, because
    it may return with its old state. `concluded` is called once, perhaps while the
    command is being sent.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        door_name: str,
        opener: Opener,
        concluded: Callable[[Outcome], None],
    ) -> None:
        self._hass = hass
        self._door_name = door_name
        self._opener = opener
        self._concluded: Callable[[Outcome], None] | None = concluded
        self._timer = Timer(hass)
        self._went_away = False

    def send(self, context: Context) -> asyncio.Task[None]:
        """Send the command without awaiting, and return the call.

        A call that takes longer than 8 seconds isn't canceled: half a command would
        leave the opener in an unknown state.
        """
        self._timer.start(CONFIRM_WITHIN, lambda: self.conclude(Outcome.UNCONFIRMED))
        call = self._hass.async_create_task(
            self._opener.open(context), f"courier_access open {self._door_name}"
        )
        call.add_done_callback(self._answered)
        return call

    def opener_reads(self, position: Position) -> None:
        if position is Position.UNAVAILABLE:
            self._went_away = True
        elif self._went_away:
            return
        elif position is Position.JAMMED:
            self.conclude(Outcome.FAILED)
        elif position.lets_in and self._opener.is_seen:
            self.conclude(Outcome.OPENED)

    def conclude(self, outcome: Outcome) -> None:
        """Report the outcome, once."""
        self._timer.stop()
        concluded, self._concluded = self._concluded, None
        if concluded is not None:
            concluded(outcome)

    def _answered(self, call: asyncio.Task[None]) -> None:
        if call.cancelled():
            return
        if (error := call.exception()) is not None:
            _LOGGER.warning("%s could not be opened: %s", self._door_name, error)
            self.conclude(Outcome.FAILED)
        elif not self._opener.is_seen:
            self.conclude(Outcome.UNCONFIRMED)


class LateUnlockWatch:
    """Watches for a late unlock after a command.

    It lasts until 60 seconds after every command has returned, then calls `over`.
    """

    def __init__(self, hass: HomeAssistant, over: Callable[[], None]) -> None:
        self._hass = hass
        self._calls: set[asyncio.Task[None]] = set()
        self._finished = over
        self._ends = 0.0
        self._timer = Timer(hass)

    @property
    def call_under_way(self) -> bool:
        return any(not call.done() for call in self._calls)

    @property
    def is_active(self) -> bool:
        """Return whether an unlock may still be a courier's."""
        return self._timer.runs or self.call_under_way

    def stop(self) -> None:
        """Stop watching."""
        self._calls.clear()
        self._timer.stop()

    def extend(self, confirming: float) -> None:
        """Watch for the seconds to confirm and those for a late unlock, or longer."""
        seconds = confirming + LATE_SECONDS
        ends = self._hass.loop.time() + seconds
        if not self._timer.runs or ends > self._ends:
            self._ends = ends
            self._timer.start(seconds, self._check_ended)

    def follow(self, call: asyncio.Task[None]) -> None:
        """Watch until a call has returned, and 60 seconds more."""
        self._calls.add(call)
        call.add_done_callback(self._returned)

    def _returned(self, call: asyncio.Task[None]) -> None:
        if call in self._calls:
            self._calls.remove(call)
            self.extend(0)

    def _check_ended(self) -> None:
        if not self.is_active:
            self._finished()
