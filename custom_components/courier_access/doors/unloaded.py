"""Lock doors that a courier opened after their building stopped driving them."""

from collections.abc import Callable, Iterable
from typing import Protocol

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..hass.issues import Issues
from .driver import DoorDriver
from .lifecycle import LifecycleEvent, Unfinished
from .repairs import LockWatch

REPORTS: HassKey[dict[str, Reports]] = HassKey(f"{DOMAIN}_reports")
_UNLOADED_DOORS: HassKey[UnloadedDoors] = HassKey(f"{DOMAIN}_unloaded_doors")


class LifecycleObserver(Protocol):
    """Follows what happens to entries at the doors."""

    def tell(self, event: LifecycleEvent) -> None:
        """Handle a lifecycle event."""

    def deadline_done(self, entry_id: str) -> None:
        """Handle that a door is locked or no longer needs locking."""

    def follows(self, entry_id: str) -> bool:
        """Return whether an entry's lifecycle isn't completed."""

    def drop(self, entry_id: str) -> None:
        """Forget an entry whose door no longer exists."""


class Reports:
    """Pass events to the observer in order, and queue them while there is none."""

    def __init__(self) -> None:
        self._observer: LifecycleObserver | None = None
        self._pending: list[Callable[[LifecycleObserver], None]] = []

    @callback
    def attach(self, observer: LifecycleObserver | None) -> None:
        """Set the observer and pass the queued events to it; None queues them again."""
        self._observer = observer
        if observer is not None:
            pending, self._pending = self._pending, []
            for report in pending:
                report(observer)

    @callback
    def tell(self, event: LifecycleEvent) -> None:
        """Report a lifecycle event."""
        self._deliver(lambda observer: observer.tell(event))

    @callback
    def deadline_done(self, entry_id: str) -> None:
        """Report that a door is locked or no longer needs locking."""
        self._deliver(lambda observer: observer.deadline_done(entry_id))

    def _deliver(self, report: Callable[[LifecycleObserver], None]) -> None:
        if self._observer is None:
            self._pending.append(report)
        else:
            report(self._observer)


@callback
def reports_of(hass: HomeAssistant, entry_id: str) -> Reports:
    """Return a building's reports, which survive a reload."""
    return hass.data.setdefault(REPORTS, {}).setdefault(entry_id, Reports())


class UnloadedDoors:
    """Drive openers that no loaded building drives.

    A building stops driving an opener if it is unloaded, removed, or without a ledger,
    or if the door is removed or gets another opener. The opener is driven here until
    nothing is left to do or a building takes it back.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._doors: dict[str, _UnloadedDoor] = {}
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stop)

    @callback
    def take_over(self, entry_id: str, building: str, driver: DoorDriver) -> None:
        """Stop a building's driver and finish what it leaves.

        If Home Assistant is stopping, the next start reads the deadlines from the
        ledger.
        """
        unfinished = driver.stop()
        if not unfinished or driver.settings.opener is None or self._hass.is_stopping:
            return
        opener = driver.settings.opener
        if (door := self._doors.get(opener)) is None:
            door = self._doors[opener] = _UnloadedDoor(
                self._hass, entry_id, building, driver, lambda: self._remove(opener)
            )
        door.take_up(unfinished)

    @callback
    def take_back(self, opener: str | None) -> list[Unfinished]:
        """Stop driving an opener and return what is left to do."""
        if opener is None or (door := self._doors.pop(opener, None)) is None:
            return []
        return door.stop()

    def openers_of(self, entry_id: str) -> list[str]:
        """Return the openers driven in place of a building."""
        return [
            opener for opener, door in self._doors.items() if door.entry_id == entry_id
        ]

    def drives(self, courier_entry_id: str) -> bool:
        """Return whether the door of a courier's entry is driven here."""
        return any(
            courier_entry_id in door.courier_entries for door in self._doors.values()
        )

    @callback
    def _remove(self, opener: str) -> None:
        del self._doors[opener]

    @callback
    def _stop(self, _: Event) -> None:
        for door in self._doors.values():
            door.stop()
        self._doors.clear()


class _UnloadedDoor:
    """Drives one opener that no building drives."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        building: str,
        left: DoorDriver,
        finished: Callable[[], None],
    ) -> None:
        self.entry_id = entry_id
        self.courier_entries: set[str | None] = set()
        self._hass = hass
        self._finished = finished
        self._is_stopped = False
        self._reports = reports_of(hass, entry_id)
        self.driver = DoorDriver(
            hass, left.door, left.settings, self._reports.tell, self._deadline_done
        )
        self._lock_watch = LockWatch(
            hass,
            Issues(hass, entry_id),
            self.driver,
            {"building": building, "door": left.door.name},
        )
        self.driver.start()
        self.driver.listen(self._check_soon)

    @callback
    def take_up(self, unfinished: Iterable[Unfinished]) -> None:
        self._lock_watch.stop()
        for each in unfinished:
            self.courier_entries.add(each.entry_id)
            self.driver.resume(each)
        self._lock_watch.start()

    @callback
    def stop(self) -> list[Unfinished]:
        self._is_stopped = True
        self._lock_watch.stop()
        return self.driver.stop()

    @callback
    def _deadline_done(self, entry_id: str) -> None:
        self._reports.deadline_done(entry_id)
        self._check_soon()

    @callback
    def _check_soon(self, _context: Context | None = None) -> None:
        # The driver hasn't finished its update yet.
        self._hass.loop.call_soon(self._check)

    @callback
    def _check(self) -> None:
        if not self._is_stopped and not self.driver.unfinished:
            self.stop()
            self._finished()


@callback
def unloaded_doors(hass: HomeAssistant) -> UnloadedDoors:
    """Return the one instance that all buildings share."""
    if _UNLOADED_DOORS not in hass.data:
        hass.data[_UNLOADED_DOORS] = UnloadedDoors(hass)
    return hass.data[_UNLOADED_DOORS]
