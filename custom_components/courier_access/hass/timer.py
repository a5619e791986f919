"""Run an action after a delay, or at a time."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import (
    async_call_later,
    async_track_point_in_utc_time,
)


class Timer:
    """Runs one action at a time; delays are on the loop's monotonic clock."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def runs(self) -> bool:
        return self._cancel is not None

    @callback
    def start(self, seconds: float, action: Callable[[], None]) -> None:
        """Schedule the action in place of the previous one."""
        self.stop()
        self._cancel = async_call_later(
            self._hass, max(0.0, seconds), self._once(action)
        )

    @callback
    def start_at(self, instant: datetime | None, action: Callable[[], None]) -> None:
        """Schedule the action for that time, or none, in place of the previous one."""
        self.stop()
        if instant is not None:
            self._cancel = async_track_point_in_utc_time(
                self._hass, self._once(action), instant
            )

    @callback
    def stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _once(self, action: Callable[[], None]) -> Callable[[datetime], None]:
        @callback
        def run(_now: datetime) -> None:
            self._cancel = None
            action()

        return run
