"""Lend doors to the buildings: they outlive them.

`DoorDrivers` owns a driver per opener for as long as Home Assistant runs. A building
borrows those of its doors when it is loaded, and returns them when it is unloaded. A
driver goes on all the same: it follows its opener and contact sensor, locks at its
deadline, and watches for a late unlock. So a door is locked even if its building is
reloaded, disabled, or removed, has lost its ledger, or has given the door another
opener. What entries report meanwhile is kept until their building is loaded again.
A driver that no building needs anymore is dropped once nothing is left to do at its door.

When Home Assistant stops, all doors are locked together, before any building stops.
"""

import asyncio
from collections.abc import Collection, Mapping
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..access.model import Door
from ..const import DOMAIN
from ..hass.host import Host
from ..hass.timer import Timer
from ..ledger.state.entries import Relock
from .driver import DoorDriver, LifecycleObserver, Reports, opener_id
from .events import DoorEvents
from .openers import DoorSettings
from .repairs import LockWatch, OpenerWatch

LOCK_UP_WITHIN: Final = 8.0
"""Seconds for locking all doors when Home Assistant stops.

It waits 20 for all integrations, and notifications take up to 5.
"""
LOOK_EVERY: Final = 60.0
"""Seconds between two looks whether a driver that no building needs can be dropped."""

_DOOR_DRIVERS: HassKey[DoorDrivers] = HassKey(f"{DOMAIN}_door_drivers")


class DoorDrivers:
    """The drivers of all openers, with what entries at them report."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._drivers: dict[str, DoorDriver] = {}
        self._lock_watches: dict[str, LockWatch] = {}
        self._reports: dict[str, Reports] = {}
        self._needs: dict[str, set[str]] = {}
        self._look_later = Timer(hass)

    def __len__(self) -> int:
        """Return the number of openers that have a driver."""
        return len(self._drivers)

    @callback
    def borrow(self, host: Host, door: Door, settings: DoorSettings) -> DoorDriver:
        """Return the driver of a door's opener, for a building that is being loaded."""
        reports = self.reports_of(host.entry_id)
        opener = opener_id(door, settings)
        if (driver := self._drivers.get(opener)) is not None:
            self._lock_watches[opener].stop()
            driver.configure(door, settings, reports)
        else:
            driver = DoorDriver(self._hass, door, settings, reports)
            self._drivers[opener] = driver
            driver.start()
        names = {"building": host.title, "door": door.name}
        watch = LockWatch(self._hass, host.issues, driver, names)
        self._lock_watches[opener] = watch
        watch.start()
        return driver

    @callback
    def take_back(self, entry_id: str) -> None:
        """Let a building's doors go on by themselves, and keep their reports."""
        reports = self.reports_of(entry_id)
        for driver in self._drivers.values():
            driver.cut_short(reports)
        reports.attach(None)

    def reports_of(self, entry_id: str) -> Reports:
        """Return a building's reports, which survive a reload."""
        return self._reports.setdefault(entry_id, Reports())

    def follows(self, courier_entry_id: str) -> bool:
        """Return whether a courier's entry isn't completed at its door."""
        return any(
            driver.follows(courier_entry_id) for driver in self._drivers.values()
        )

    @callback
    def release(self, entry_id: str, but: Collection[str] = ()) -> None:
        """Drop the openers that a building doesn't need, which are all `but` these.

        A driver that no building needs is dropped once nothing is left to do at its
        door.
        """
        self._needs[entry_id] = set(but)
        self._drop_unneeded()

    @callback
    def forget(self, entry_id: str) -> None:
        """Drop the reports of a removed building; its doors are locked all the same."""
        self._reports.pop(entry_id, None)
        self.release(entry_id)
        del self._needs[entry_id]

    @callback
    def _drop_unneeded(self) -> None:
        unneeded = self._drivers.keys() - set().union(*self._needs.values())
        for opener in unneeded:
            if self._drivers[opener].is_at_rest:
                self._drop(opener)
        if unneeded & self._drivers.keys():
            self._look_later.start(LOOK_EVERY, self._drop_unneeded)

    def _drop(self, opener: str) -> None:
        self._lock_watches.pop(opener).stop()
        self._drivers.pop(opener).stop()

    async def async_lock_up(self) -> None:
        """Lock all doors that couriers unlocked, within 8 seconds, then stop.

        A door that stands open is waited for. Somebody who uses a door by hand keeps it.
        """
        changed, time_up = asyncio.Event(), Timer(self._hass)
        time_up.start(LOCK_UP_WITHIN, changed.set)
        for driver in self._drivers.values():
            driver.listen(lambda _context: changed.set())
            driver.lock_up()
        while time_up.runs and any(
            driver.is_lock_pending for driver in self._drivers.values()
        ):
            changed.clear()
            await changed.wait()
        time_up.stop()
        self.stop()

    @callback
    def stop(self) -> None:
        """Stop; the next start reads the deadlines from the ledgers."""
        self._look_later.stop()
        for opener in list(self._drivers):
            self._drop(opener)
        self._needs.clear()
        self._reports.clear()


@callback
def door_drivers(hass: HomeAssistant) -> DoorDrivers:
    """Return the drivers that all buildings share."""
    if _DOOR_DRIVERS not in hass.data:
        hass.data[_DOOR_DRIVERS] = DoorDrivers(hass)
    return hass.data[_DOOR_DRIVERS]


class Doors:
    """The doors of one loaded building, with repair issues for their openers."""

    def __init__(
        self,
        host: Host,
        doors: Mapping[str, Door],
        settings: Mapping[str, DoorSettings],
    ) -> None:
        self._host = host
        self._doors = doors
        self._settings = settings
        self._all_drivers = door_drivers(host.hass)
        self.events = DoorEvents()
        self.drivers: dict[str, DoorDriver] = {}
        """The borrowed drivers, by door."""
        self._opener_watch = OpenerWatch(host.hass, host.issues, self.drivers)

    @callback
    def start(
        self,
        follower: LifecycleObserver,
        left: Collection[Relock],
        *,
        in_doubt: bool = False,
    ) -> None:
        """Borrow the drivers without unlocking a door.

        `left` are the ledger's deadlines; those that a driver knows go on already.
        `in_doubt`, every door is locked: a re-created ledger may have lost deadlines.
        """
        self._borrow()
        self._all_drivers.reports_of(self._host.entry_id).attach(follower)
        for relock in left:
            if follower.follows(relock.entry_id):
                self._resume(relock, follower)
        for driver in self.drivers.values() if in_doubt else ():
            driver.lock_in_doubt()
        self._opener_watch.start()

    @callback
    def start_without_ledger(self) -> None:
        """Borrow the drivers for manual use; what entries report is kept."""
        self._borrow()

    @callback
    def stop(self) -> None:
        """Return the drivers; may be called again."""
        self._opener_watch.stop()
        self._all_drivers.take_back(self._host.entry_id)

    def _borrow(self) -> None:
        for door_id, door in self._doors.items():
            driver = self._all_drivers.borrow(self._host, door, self._settings[door_id])
            self.drivers[door_id] = driver
        openers = [driver.opener_id for driver in self.drivers.values()]
        self._all_drivers.release(self._host.entry_id, but=openers)

    def _resume(self, relock: Relock, follower: LifecycleObserver) -> None:
        """Resume a deadline from before Home Assistant started."""
        if self._all_drivers.follows(relock.entry_id):
            return
        if (driver := self.drivers.get(relock.door_id)) is None:
            follower.drop(relock.entry_id)
            return
        driver.resume(
            relock.entry_id,
            relock.deadline,
            Context(id=relock.context_id),
            confirmed=relock.confirmed,
            cut_off=relock.cut_off,
        )
