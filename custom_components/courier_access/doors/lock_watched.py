"""A door that is not locked in time: told to the owner for as long as that lasts."""

from collections.abc import Mapping
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.issues import IssueKind, Issues
from ..hass.timer import Timer
from .driver import DoorDriver

NOT_LOCKED_AFTER: Final = 60.0
"""Seconds after its deadline at which a door that is not locked yet is told of."""


class LockWatched:
    """Looks whether what a driver drives is locked in time.

    The issue is that of the opener, whoever drives it: a door may have been given another.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        driver: DoorDriver,
        placeholders: Mapping[str, str],
    ) -> None:
        self._issues = issues
        self._driver = driver
        self._placeholders = placeholders
        self._timer = Timer(hass)
        self._stop_listening: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        """Begin to look."""
        self._stop_listening = self._driver.listen(self._look)
        self._look()

    @callback
    def stop(self) -> None:
        """Look no longer; what is shown stays."""
        self._timer.stop()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    @callback
    def _look(self, _context: Context | None = None) -> None:
        subject = self._driver.opener_id
        if (deadline := self._driver.lock_due) is None:
            self._timer.stop()
            self._issues.clear(IssueKind.DOOR_NOT_LOCKED, subject)
            return
        left = (deadline - dt_util.utcnow()).total_seconds() + NOT_LOCKED_AFTER
        if left <= 0.0 and not self._driver.waits_for_leaf:
            # Where somebody holds it open, that is told otherwise, and it is locked when it is shut.
            self._issues.show(IssueKind.DOOR_NOT_LOCKED, subject, self._placeholders)
        self._timer.start(left if left > 0.0 else NOT_LOCKED_AFTER, self._look)
