"""Whether the building's wall clock can be trusted, and for how long it has run evenly (promise 8)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..ledger.ledger import Ledger
from .listeners import Listeners
from .timer import Timer

TOLERANCE: Final = timedelta(seconds=60)
"""How far our clock may be behind the newest record and still be trusted (docs/reliability.md#clock)."""

WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""This integration did not exist before: a clock that shows an earlier time has not been set yet."""

LOOK_EVERY: Final = timedelta(minutes=2)
DRIFT: Final = timedelta(seconds=3)
"""By how much the two clocks may part between two looks: one that is set right by and by moves slower than that."""

MOST_DRIFT: Final = timedelta(seconds=60)
"""By how much they may part altogether before the time in which they agreed begins anew."""


class ClockDoubt(StrEnum):
    """Why the wall clock can't be trusted."""

    NOT_SET = "not_set"
    BEHIND_RECORDS = "behind_records"


class ClockWatch:
    """Compares the wall clock with the newest record, and with the monotonic clock, which nobody sets.

    Nothing of it survives a restart, which the monotonic clock does not either.
    """

    def __init__(self, hass: HomeAssistant, ledger: Ledger) -> None:
        """Prepare to compare the clock with this ledger's newest record."""
        self._hass = hass
        self._ledger = ledger
        self._agreed_from: tuple[datetime, float] | None = None
        self._last = (dt_util.utcnow(), self._monotonic())
        self._looked = Listeners[[]]()
        self._stepped = Listeners[timedelta]()
        # Not at a time of the wall clock, which may be an hour away once that was set back.
        self._look_later = Timer(hass)

    @property
    def doubt(self) -> ClockDoubt | None:
        """Why the clock can't be trusted now; None where it can."""
        now, newest = dt_util.utcnow(), self._ledger.newest_at
        if now < WRITTEN:
            return ClockDoubt.NOT_SET
        if newest is not None and now < newest - TOLERANCE:
            return ClockDoubt.BEHIND_RECORDS
        return None

    @property
    def is_trusted(self) -> bool:
        """Whether couriers may be let in, and personal values erased, by this clock."""
        return self.doubt is None

    def agreed_for(self, now: datetime) -> timedelta:
        """Return for how long, up to `now` by the wall clock, both clocks have run alike since this was started."""
        if self._agreed_from is None or self._parted(now, self._monotonic()):
            return timedelta()
        return timedelta(seconds=self._monotonic() - self._agreed_from[1])

    @callback
    def async_start(self) -> None:
        """Begin to compare, at zero."""
        self._last = self._agreed_from = (dt_util.utcnow(), self._monotonic())
        self._look_later.start(LOOK_EVERY.total_seconds(), self._on_time)
        self._looked.tell()

    @callback
    def async_stop(self) -> None:
        """Compare no more. May be called again."""
        self._agreed_from = None
        self._look_later.stop()

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `listener` after each look at the clocks, until the returned function is called."""
        return self._looked.add(listener)

    @callback
    def listen_stepped(self, listener: Callable[[timedelta], None]) -> CALLBACK_TYPE:
        """Call `listener` with by how much the wall clock was set forward, or with less than zero back."""
        return self._stepped.add(listener)

    @callback
    def look(self) -> None:
        """Compare the clocks now."""
        if self._agreed_from is None:
            return
        wall, monotonic = dt_util.utcnow(), self._monotonic()
        step = _ahead(self._last, wall, monotonic)
        if self._parted(wall, monotonic):
            self._agreed_from = (wall, monotonic)
        self._last = (wall, monotonic)
        if abs(step) > DRIFT:
            self._stepped.tell(step)
        self._looked.tell()

    def _monotonic(self) -> float:
        return self._hass.loop.time()

    def _parted(self, wall: datetime, monotonic: float) -> bool:
        assert self._agreed_from is not None
        since_last = abs(_ahead(self._last, wall, monotonic))
        since_begun = abs(_ahead(self._agreed_from, wall, monotonic))
        return since_last > DRIFT or since_begun > MOST_DRIFT

    @callback
    def _on_time(self) -> None:
        self._look_later.start(LOOK_EVERY.total_seconds(), self._on_time)
        self.look()


def _ahead(
    since: tuple[datetime, float], wall: datetime, monotonic: float
) -> timedelta:
    """Return how much more the wall clock has moved than the monotonic one since both were read."""
    return (wall - since[0]) - timedelta(seconds=monotonic - since[1])
