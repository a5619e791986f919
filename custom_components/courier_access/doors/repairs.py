"""Show repair issues for openers that are offline, removed, or don't lock, and for sources."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, override

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.issues import Fix, IssueKind, Issues, RepairWatch
from ..hass.timer import Timer
from .driver import DoorDriver
from .observed import Source, SourceWatch

NOT_LOCKED_AFTER: Final = 60.0
"""Seconds after its deadline at which an unlocked door is an issue."""

OFFLINE_AFTER: Final = 3600.0
"""Seconds after which an unavailable opener is an issue."""


class LockWatch(RepairWatch):
    """Shows an issue while a door isn't locked in time, its building loaded or not.

    The issue is the opener's: the door may get another one meanwhile.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        driver: DoorDriver,
        placeholders: Mapping[str, str],
    ) -> None:
        super().__init__(hass, issues)
        self.driver = driver
        self._placeholders = placeholders
        self._timer = Timer(hass)

    @override
    @callback
    def start(self) -> None:
        self.until_stopped(self.driver.listen(self._check_lock), self._timer.stop)
        self._check_lock()

    @callback
    def _check_lock(self, _context: Context | None = None) -> None:
        subject = self.driver.opener_id
        if (deadline := self.driver.lock_due) is None:
            self._timer.stop()
            self.issues.clear(IssueKind.DOOR_NOT_LOCKED, subject)
            return
        left = (deadline - dt_util.utcnow()).total_seconds() + NOT_LOCKED_AFTER
        # A door that is held open has an event of its own, and is locked once closed.
        if left <= 0.0 and not self.driver.held_open:
            self.issues.show(IssueKind.DOOR_NOT_LOCKED, subject, self._placeholders)
        self._timer.start(left if left > 0.0 else NOT_LOCKED_AFTER, self._check_lock)


class _DoorWatch(RepairWatch):
    """Shows the issues of one door's opener."""

    def __init__(self, hass: HomeAssistant, issues: Issues, driver: DoorDriver) -> None:
        super().__init__(hass, issues)
        self.driver = driver
        self.id = driver.door.id
        self._name = driver.door.name
        self._offline = Timer(hass)

    @override
    @callback
    def start(self) -> None:
        self.until_stopped(self.driver.listen(self._check_opener), self._offline.stop)
        self._check_opener()

    @callback
    def _check_opener(self, _context: Context | None = None) -> None:
        if self.driver.available:
            self._offline.stop()
            self.issues.clear(IssueKind.OPENER_OFFLINE, self.id)
            self.issues.clear(IssueKind.OPENER_REMOVED, self.id)
        elif self.driver.opener_removed:
            self._offline.stop()
            self.issues.clear(IssueKind.OPENER_OFFLINE, self.id)
            self._show(IssueKind.OPENER_REMOVED, Fix.CHOOSE_OPENER)
        else:
            self.issues.clear(IssueKind.OPENER_REMOVED, self.id)
            if not self._offline.runs:
                self._offline.start(
                    OFFLINE_AFTER, lambda: self._show(IssueKind.OPENER_OFFLINE)
                )

    def _show(self, kind: IssueKind, fix: Fix | None = None) -> None:
        self.issues.show(kind, self.id, {"door": self._name}, fix=fix)


class OpenerWatch(RepairWatch):
    """Shows the issues of the openers of a building's doors.

    A removed opener is an issue at once, because it doesn't return by itself.
    """

    def __init__(
        self, hass: HomeAssistant, issues: Issues, drivers: Mapping[str, DoorDriver]
    ) -> None:
        super().__init__(hass, issues)
        self._drivers = drivers

    @override
    @callback
    def start(self) -> None:
        for kind in (IssueKind.OPENER_OFFLINE, IssueKind.OPENER_REMOVED):
            self.issues.keep(kind, self._drivers)
        for driver in self._drivers.values():
            door = _DoorWatch(self.hass, self.issues, driver)
            door.start()
            self.until_stopped(door.stop)


class SourceRepairs(RepairWatch):
    """Shows an issue while other courier access has lost its source or its door.

    A source without its door isn't watched.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        issues: Issues,
        sources: Mapping[str, Source],
        watches: Iterable[SourceWatch],
    ) -> None:
        super().__init__(hass, issues)
        self._sources = sources
        self._watches = {watch.source.id: watch for watch in watches}

    @override
    @callback
    def start(self) -> None:
        self.issues.keep(IssueKind.OBSERVED_LOST, self._sources)
        for source in self._sources.values():
            watch = self._watches.get(source.id)
            if watch is None:
                self._show(source)
                continue
            check = partial(self._check, watch)
            self.until_stopped(watch.listen(check))
            check()

    @callback
    def _check(self, watch: SourceWatch) -> None:
        if watch.is_lost:
            self._show(watch.source)
        elif watch.is_lost is False:
            self.issues.clear(IssueKind.OBSERVED_LOST, watch.source.id)

    def _show(self, source: Source) -> None:
        self.issues.show(
            IssueKind.OBSERVED_LOST,
            source.id,
            {"courier": source.name},
            fix=Fix.CHOOSE_SOURCE,
        )
