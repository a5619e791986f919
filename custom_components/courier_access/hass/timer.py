"""Run an action after a delay."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later


class Timer:
    """Runs one action at a time, on the loop's monotonic clock."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def runs(self) -> bool:
        """Return whether an action is scheduled."""
        return self._cancel is not None

    @callback
    def start(self, seconds: float, action: Callable[[], None]) -> None:
        """Schedule the action in place of the previous one."""
        self.stop()

        @callback
        def run(_now: datetime) -> None:
            self._cancel = None
            action()

        self._cancel = async_call_later(self._hass, max(0.0, seconds), run)

    @callback
    def stop(self) -> None:
        """Cancel the action."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
