"""Send a courier's command to an opener and watch for a late unlock."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
import logging
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback

from ..access.model import Outcome, Reason
from ..hass.timer import Timer
from .openers import Opener, Position
from .relock import CONFIRM_WITHIN

_LOGGER = logging.getLogger(__name__)

MIN_LATE_SECONDS: Final = 60.0
"""Least seconds in which an unlock counts as late, after the time to confirm."""


class Stopped(Exception):
    """A veto, revocation, or pause arrived before the command was sent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class DoorUnavailable(Exception):
    """The opener is unavailable; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The result of a courier's command.

    `confirmed`: the door was seen to unlock. `unlocked_until`: when the door is locked
    again or an opener without a state stops showing unlocked; None if neither happens.
    `reads_locked`: the door was seen locked afterwards.
    """

    outcome: Outcome
    confirmed: bool
    unlocked_until: datetime | None
    reads_locked: bool


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

    @callback
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

    @callback
    def opener_reads(self, position: Position) -> None:
        """Handle a report of the opener."""
        if position is Position.UNAVAILABLE:
            self._went_away = True
        elif self._went_away:
            return
        elif position is Position.JAMMED:
            self.conclude(Outcome.FAILED)
        elif position.lets_in and self._opener.is_seen:
            self.conclude(Outcome.OPENED)

    @callback
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
        self._time = Timer(hass)
        self._after_return = Timer(hass)

    @property
    def call_under_way(self) -> bool:
        """Return whether a command hasn't returned."""
        return any(not call.done() for call in self._calls)

    @property
    def is_active(self) -> bool:
        """Return whether an unlock may still be a courier's."""
        return self._time.runs or self._after_return.runs or self.call_under_way

    @callback
    def stop(self) -> None:
        """Stop watching."""
        self._calls.clear()
        self._time.stop()
        self._after_return.stop()

    @callback
    def extend(self, confirming: float, unlock_seconds: float) -> None:
        """Watch for the seconds to confirm and those for a late unlock, or longer."""
        seconds = confirming + max(unlock_seconds, MIN_LATE_SECONDS)
        ends = self._hass.loop.time() + seconds
        if not self._time.runs or ends > self._ends:
            self._ends = ends
            self._time.start(seconds, self._check_ended)

    @callback
    def follow(self, call: asyncio.Task[None]) -> None:
        """Watch until a call has returned, and 60 seconds more."""
        self._calls.add(call)
        call.add_done_callback(self._returned)

    @callback
    def _returned(self, call: asyncio.Task[None]) -> None:
        if call in self._calls:
            self._calls.remove(call)
            self._after_return.start(MIN_LATE_SECONDS, self._check_ended)

    @callback
    def _check_ended(self) -> None:
        if not self.is_active:
            self._finished()
