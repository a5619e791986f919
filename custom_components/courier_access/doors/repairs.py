"""Doors whose opener can't be reached, is gone or doesn't lock: told to the owner for as long as that lasts."""

from collections.abc import Collection, Mapping
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.issues import Fix, IssueKind, Issues
from ..hass.timer import Timer
from .driver import DoorDriver

NOT_LOCKED_AFTER: Final = 60.0
"""Seconds after its deadline at which a door that is not locked yet is told of."""


class LockWatch:
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
        self._stop_listening = self._driver.listen(self._check)
        self._check()

    @callback
    def stop(self) -> None:
        """Look no longer; what is shown stays."""
        self._timer.stop()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    @callback
    def _check(self, _context: Context | None = None) -> None:
        subject = self._driver.opener_id
        if (deadline := self._driver.lock_due) is None:
            self._timer.stop()
            self._issues.clear(IssueKind.DOOR_NOT_LOCKED, subject)
            return
        left = (deadline - dt_util.utcnow()).total_seconds() + NOT_LOCKED_AFTER
        if left <= 0.0 and not self._driver.held_open:
            # Where somebody holds it open, that is told otherwise, and it is locked when it is shut.
            self._issues.show(IssueKind.DOOR_NOT_LOCKED, subject, self._placeholders)
        self._timer.start(left if left > 0.0 else NOT_LOCKED_AFTER, self._check)


OFFLINE_AFTER: Final = 3600.0
"""Seconds for which an opener can't be reached before its owner is told."""


class OpenerWatch:
    """The openers of a building's doors.

    A removed opener is told of at once, since it does not come back by itself. What is shown stays while the
    building is loaded anew, and goes when what it tells of is over.
    """

    def __init__(
        self, hass: HomeAssistant, issues: Issues, drivers: Collection[DoorDriver]
    ) -> None:
        self._issues = issues
        self._doors = [_WatchedDoor(hass, issues, driver) for driver in drivers]

    @callback
    def start(self, left: Collection[str]) -> None:
        """Begin, once the doors are being followed and old deadlines are taken up.

        What is shown of the openers that are `left` is for others to see to.
        """
        doors = [door.id for door in self._doors]
        for kind in (IssueKind.OPENER_OFFLINE, IssueKind.OPENER_REMOVED):
            self._issues.keep(kind, doors)
        openers = [door.opener_id for door in self._doors]
        self._issues.keep(IssueKind.DOOR_NOT_LOCKED, [*openers, *left])
        for door in self._doors:
            door.start()

    @callback
    def stop(self) -> None:
        """Look no longer; what is shown stays."""
        for door in self._doors:
            door.stop()


class _WatchedDoor:
    def __init__(self, hass: HomeAssistant, issues: Issues, driver: DoorDriver) -> None:
        self.id = driver.door.id
        self.opener_id = driver.opener_id
        self._issues = issues
        self._driver = driver
        self._offline = Timer(hass)
        self._lock_watch = LockWatch(hass, issues, driver, {"door": driver.door.name})
        self._stop_listening: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        self._stop_listening = self._driver.listen(self._check)
        self._check()
        self._lock_watch.start()

    @callback
    def stop(self) -> None:
        self._offline.stop()
        self._lock_watch.stop()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None

    @callback
    def _check(self, _context: Context | None = None) -> None:
        if self._driver.available:
            self._offline.stop()
            self._issues.clear(IssueKind.OPENER_OFFLINE, self.id)
            self._issues.clear(IssueKind.OPENER_REMOVED, self.id)
        elif self._driver.opener_removed:
            self._offline.stop()
            self._issues.clear(IssueKind.OPENER_OFFLINE, self.id)
            self._show(IssueKind.OPENER_REMOVED, Fix.CHOOSE_OPENER)
        else:
            self._issues.clear(IssueKind.OPENER_REMOVED, self.id)
            if not self._offline.runs:
                self._offline.start(
                    OFFLINE_AFTER, lambda: self._show(IssueKind.OPENER_OFFLINE)
                )

    def _show(self, kind: IssueKind, fix: Fix | None = None) -> None:
        self._issues.show(kind, self.id, {"door": self._driver.door.name}, fix=fix)
