"""Tell whether the wall clock can be trusted (promise 8), and which time zone it has."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import CONF_TIME_ZONE
from ..ledger.ledger import Ledger
from ..ledger.state.configured import zone_named
from .callbacks import Listeners

TOLERANCE: Final = timedelta(seconds=60)
"""How far a trusted clock may be behind the newest record.

See docs/explanation/reliability.md#clock.
"""

WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier time hasn't been set: the integration is newer."""

CHECK_EVERY: Final = timedelta(minutes=2)
DRIFT: Final = timedelta(seconds=3)
"""How far the clocks may part between two looks; NTP corrects more slowly."""

MOST_DRIFT: Final = timedelta(seconds=60)
"""How far they may part in all before their agreement starts over."""


class ClockDoubt(StrEnum):
    """Why the wall clock can't be trusted."""

    NOT_SET = "not_set"
    BEHIND_RECORDS = "behind_records"


class ClockWatch:
    """Compare the wall clock with the newest record and with the monotonic clock.

    Nothing survives a restart: neither does the monotonic clock.
    """

    def __init__(self, hass: HomeAssistant, ledger: Ledger) -> None:
        self._hass = hass
        self._ledger = ledger
        self._agreed_from: tuple[datetime, float] | None = None
        self.last_look = (dt_util.utcnow(), self._monotonic())
        """What both clocks showed; a hand-over goes on from the former building's."""
        self.changes = Listeners[[]]()
        """Called after each look that finds another doubt, or none anymore."""
        self._last_doubt: ClockDoubt | None = None
        self.steps = Listeners[timedelta]()
        """Called with each step of the clock."""
        self._until_stopped = ExitStack()

    @property
    def doubt(self) -> ClockDoubt | None:
        """Why the clock can't be trusted now, if it can't."""
        now, newest = dt_util.utcnow(), self._ledger.newest_at
        if now < WRITTEN:
            return ClockDoubt.NOT_SET
        if newest is not None and now < newest - TOLERANCE:
            return ClockDoubt.BEHIND_RECORDS
        return None

    @property
    def is_trusted(self) -> bool:
        """Whether this clock may admit couriers and purge personal values."""
        return self.doubt is None

    @property
    def earliest_now(self) -> datetime:
        """The time by the wall clock, or if it weren't set forward since the last look."""
        wall, monotonic = self.last_look
        unset = wall + timedelta(seconds=self._monotonic() - monotonic)
        return min(unset, dt_util.utcnow())

    def agreed_for(self, now: datetime) -> timedelta:
        """Return how long, up to `now`, both clocks have agreed since the start."""
        if self._agreed_from is None or self._parted(now, self._monotonic()):
            return timedelta()
        return timedelta(seconds=self._monotonic() - self._agreed_from[1])

    def async_start(self) -> None:
        """Begin to compare."""
        self._agreed_from = (dt_util.utcnow(), self._monotonic())
        # Its intervals are measured by the monotonic clock.
        self._until_stopped.callback(
            async_track_time_interval(self._hass, self.check, CHECK_EVERY)
        )
        self._last_doubt = self.doubt
        self.changes.call()

    def async_stop(self) -> None:
        """Stop comparing. May be called again."""
        self._agreed_from = None
        self._until_stopped.close()

    @callback
    def check(self, _now: datetime | None = None) -> None:
        """Compare the clocks now."""
        if self._agreed_from is None:
            return
        wall, monotonic = dt_util.utcnow(), self._monotonic()
        step = _ahead(self.last_look, wall, monotonic)
        if self._parted(wall, monotonic):
            self._agreed_from = (wall, monotonic)
        self.last_look = (wall, monotonic)
        if abs(step) > DRIFT:
            self.steps.call(step)
        if self.doubt is not self._last_doubt:
            self._last_doubt = self.doubt
            self.changes.call()

    def _monotonic(self) -> float:
        return self._hass.loop.time()

    def _parted(self, wall: datetime, monotonic: float) -> bool:
        assert self._agreed_from is not None
        since_last = abs(_ahead(self.last_look, wall, monotonic))
        since_begun = abs(_ahead(self._agreed_from, wall, monotonic))
        return since_last > DRIFT or since_begun > MOST_DRIFT


def _ahead(
    since: tuple[datetime, float], wall: datetime, monotonic: float
) -> timedelta:
    return (wall - since[0]) - timedelta(seconds=monotonic - since[1])


def home_assistants_zone(hass: HomeAssistant) -> ZoneInfo:
    """Return the zone that Home Assistant has loaded for itself.

    An administrator can change it at any time. Residents' hours must not move with it.
    """
    return ZoneInfo(hass.config.time_zone)


async def async_configured_zone(
    hass: HomeAssistant, options: Mapping[str, Any]
) -> ZoneInfo:
    """Return the zone in a building's options, or Home Assistant's."""
    chosen: str | None = options.get(CONF_TIME_ZONE)
    zone = await hass.async_add_executor_job(zone_named, chosen)
    return zone or home_assistants_zone(hass)
