"""How long an unlock may still be the late effect of a courier's command (promise 8)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
import logging
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.model import Outcome, Reason
from ..const import DOMAIN
from ..hass.timer import Timer
from .openers import Opener, Position
from .relock import CONFIRM_WITHIN

_LOGGER = logging.getLogger(__name__)


class Stopped(Exception):
    """A veto, a revocation, or a pause came before the command was sent (docs/explanation/mechanisms.md#the-path-of-an-entry)."""

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


MIN_LATE_SECONDS: Final = 60.0
"""Seconds in which an unlock still counts, after those for confirming and after a command returned."""


@dataclass(slots=True)
class _Calls:
    """An opener's commands that have not returned; unloading doesn't end them."""

    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    last_return: datetime | None = None
    returned: Callable[[], None] | None = None


_CALLS: HassKey[dict[str, _Calls]] = HassKey(f"{DOMAIN}_calls")


class Watch:
    """Lasts for a time after a command, and at least until 60 s after every command has returned.

    `over` is called when it ends. A command still under way when the building is unloaded is waited
    for by the watch of the next set-up.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        opener_id: str,
        unlock_seconds: float,
        over: Callable[[], None],
    ) -> None:
        self._hass = hass
        self._calls = hass.data.setdefault(_CALLS, {}).setdefault(opener_id, _Calls())
        self._late_seconds = max(unlock_seconds, MIN_LATE_SECONDS)
        self._finished = over
        self._ends = 0.0
        self._time = Timer(hass)
        self._after_return = Timer(hass)

    @property
    def call_under_way(self) -> bool:
        """Whether a command has not returned yet."""
        return any(not call.done() for call in self._calls.under_way)

    @property
    def lasts(self) -> bool:
        """Whether an unlock may still be a courier's."""
        return self._time.runs or self._after_return.runs or self.call_under_way

    @property
    def confirming(self) -> float:
        """The seconds left for confirming, as `last` takes them; negative once it only watches for a late unlock."""
        left = self._ends - self._hass.loop.time() if self._time.runs else 0.0
        return left - self._late_seconds

    @callback
    def start(self) -> None:
        """Take up what was under way at the last stop."""
        self._calls.returned = self._returned
        if self._calls.last_return is not None:
            ago = (dt_util.utcnow() - self._calls.last_return).total_seconds()
            if 0.0 <= ago < MIN_LATE_SECONDS:
                self._after_return.start(MIN_LATE_SECONDS - ago, self._perhaps_over)

    @callback
    def stop(self) -> None:
        """Watch no longer."""
        self._calls.returned = None
        self._time.stop()
        self._after_return.stop()

    @callback
    def last(self, confirming: float) -> None:
        """Last for the seconds left for confirming, and those in which an unlock is late; or longer."""
        seconds = confirming + self._late_seconds
        ends = self._hass.loop.time() + seconds
        if not self._time.runs or ends > self._ends:
            self._ends = ends
            self._time.start(seconds, self._perhaps_over)

    @callback
    def follow(self, call: asyncio.Task[None]) -> None:
        """Last until a command that was sent has returned, and for 60 s more."""
        calls = self._calls

        def returned(call: asyncio.Task[None]) -> None:
            calls.under_way.discard(call)
            calls.last_return = dt_util.utcnow()
            if calls.returned is not None:
                calls.returned()

        calls.under_way.add(call)
        call.add_done_callback(returned)

    @callback
    def _returned(self) -> None:
        self._after_return.start(MIN_LATE_SECONDS, self._perhaps_over)

    @callback
    def _perhaps_over(self) -> None:
        if not self.lasts:
            self._finished()
