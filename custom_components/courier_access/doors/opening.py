"""A courier's command to an opener, and what came of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
import logging

from homeassistant.core import Context, HomeAssistant, callback

from ..access.model import Outcome, Reason
from ..hass.timer import Timer
from .openers import Opener, Position
from .relock import CONFIRM_WITHIN

_LOGGER = logging.getLogger(__name__)


class Stopped(Exception):
    """A veto, a revocation, or a pause came before the command was sent (docs/architecture.md#the-path-of-an-entry)."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class DoorUnavailable(Exception):
    """The opener can't be reached; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What came of a courier's command.

    `confirmed`: the door was seen to unlock. `unlocked_until`: when it is locked again, or when an
    opener without a state stops showing unlocked; None where neither is to happen. `reads_locked`:
    afterwards the door was positively seen locked.
    """

    outcome: Outcome
    confirmed: bool
    unlocked_until: datetime | None
    reads_locked: bool


class Command:
    """A courier's command, from when it is sent until it is known what came of it.

    A report that the door is unlocked confirms it, also one that repeats the state before, if it
    comes after the command was sent. An opener that can't be seen is never confirmed: its command
    is concluded when it was taken. One that went away meanwhile confirms nothing either: it may come
    back with what it said before. `concluded` is called once, perhaps while the command is sent.
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
        """Send it, without a pause; return the call, which may take longer than what came of it.

        One that goes on after 8 s is not cancelled: it could not be taken back, and half a command
        leaves the opener in a state that nobody knows.
        """
        self._timer.start(CONFIRM_WITHIN, lambda: self.conclude(Outcome.UNCONFIRMED))
        call = self._hass.async_create_task(
            self._opener.open(context), f"courier_access open {self._door_name}"
        )
        call.add_done_callback(self._answered)
        return call

    @callback
    def opener_reads(self, position: Position) -> None:
        """Take in a report of the opener."""
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
        """Say what came of it, unless that was said before."""
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
