"""Lend doors to the buildings: they outlive them.

`DoorDrivers` owns a driver per opener for as long as Home Assistant runs. A building
borrows those of its doors when it is loaded, and returns them when it is unloaded. A
driver goes on all the same: it follows its opener and contact sensor, locks at its
deadline, and watches for a late unlock. So a door is locked even if its building is
reloaded, disabled, or removed, has lost its ledger, or has given the door another
opener. What entries report meanwhile is kept until their building is loaded again.
"""

from collections.abc import Collection, Mapping

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..access.model import Door
from ..const import DOMAIN
from ..hass.host import Host
from ..ledger.state.entries import Relock
from .driver import DoorDriver, opener_id
from .events import DoorEvents
from .lifecycle import LifecycleObserver, Reports
from .openers import DoorSettings
from .repairs import LockWatch, OpenerWatch

_DOOR_DRIVERS: HassKey[DoorDrivers] = HassKey(f"{DOMAIN}_door_drivers")


class DoorDrivers:
    """The drivers of all openers, with what entries at them report."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._drivers: dict[str, DoorDriver] = {}
        self._lock_watches: dict[str, LockWatch] = {}
        self._reports: dict[str, Reports] = {}
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self.stop)

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
    def forget(self, entry_id: str) -> None:
        """Drop the reports of a removed building; its doors are locked all the same."""
        self._reports.pop(entry_id, None)

    @callback
    def stop(self, _: Event | None = None) -> None:
        """Stop; the next start reads the deadlines from the ledgers."""
        for opener, driver in self._drivers.items():
            self._lock_watches[opener].stop()
            driver.stop()
        self._drivers.clear()
        self._lock_watches.clear()
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
