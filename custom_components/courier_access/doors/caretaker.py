"""Doors that couriers opened and that no building drives any more: locked all the same, or told of (promise 8)."""

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


class LifecycleObserver(Protocol):
    """Whoever takes in what becomes of entries at the doors."""

    def tell(self, event: LifecycleEvent) -> None:
        """Take in what happened."""

    def deadline_done(self, entry_id: str) -> None:
        """Take in that a door is locked again, or no longer ours to lock."""

    def follows(self, entry_id: str) -> bool:
        """Whether an entry's lifecycle isn't over."""

    def drop(self, entry_id: str) -> None:
        """Forget an entry whose door no longer exists."""


class Reports:
    """Hands on what is told in its order, now or once there is a follower."""

    def __init__(self) -> None:
        self._follower: LifecycleObserver | None = None
        self._pending: list[Callable[[LifecycleObserver], None]] = []

    @callback
    def attach(self, follower: LifecycleObserver | None) -> None:
        """Hand what was kept, and all that is told from now on, to this follower; to nobody, and it is kept."""
        self._follower = follower
        if follower is not None:
            pending, self._pending = self._pending, []
            for report in pending:
                report(follower)

    @callback
    def tell(self, event: LifecycleEvent) -> None:
        """Tell what happened."""
        self._deliver(lambda follower: follower.tell(event))

    @callback
    def deadline_done(self, entry_id: str) -> None:
        """Tell that a door is locked again, or no longer ours to lock."""
        self._deliver(lambda follower: follower.deadline_done(entry_id))

    def _deliver(self, report: Callable[[LifecycleObserver], None]) -> None:
        if self._follower is None:
            self._pending.append(report)
        else:
            report(self._follower)


REPORTS: HassKey[dict[str, Reports]] = HassKey(f"{DOMAIN}_reports")


@callback
def reports_of(hass: HomeAssistant, entry_id: str) -> Reports:
    """Return the reports of the building with that config entry, which outlive its being loaded anew."""
    return hass.data.setdefault(REPORTS, {}).setdefault(entry_id, Reports())


class UnloadedDoors:
    """Drives what opened a door in place of the building that let go of it.

    Be it that the building is being loaded anew, is disabled, removed or without its ledger, or that the door is gone or
    has another opener: until nothing is left to be done, or a building drives the same opener again and takes it back.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._doors: dict[str, _UnloadedDoor] = {}
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stop)

    @callback
    def take_over(self, entry_id: str, building: str, driver: DoorDriver) -> None:
        """Stop a driver of the building with that config entry and name, and do what it leaves unfinished.

        Not while Home Assistant stops: the next start takes it up from the disk.
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
        """Let go of an opener that a building is about to drive; return what is left to be done with it."""
        if opener is None or (door := self._doors.pop(opener, None)) is None:
            return []
        return door.stop()

    def openers_of(self, entry_id: str) -> list[str]:
        """Return the openers that are seen to in place of the building with that config entry."""
        return [
            opener for opener, door in self._doors.items() if door.entry_id == entry_id
        ]

    def drives(self, courier_entry_id: str) -> bool:
        """Whether the door of that entry of a courier is seen to here."""
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
    """One opener that no building drives, with a driver of its own."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        building: str,
        left: DoorDriver,
        over: Callable[[], None],
    ) -> None:
        self.entry_id = entry_id
        self.courier_entries: set[str | None] = set()
        self._hass = hass
        self._finished = over
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
        # Not at once: the driver is in the midst of it.
        self._hass.loop.call_soon(self._check)

    @callback
    def _check(self) -> None:
        if not self._is_stopped and not self.driver.unfinished:
            self.stop()
            self._finished()


_UNLOADED_DOORS: HassKey[UnloadedDoors] = HassKey(f"{DOMAIN}_unloaded_doors")


@callback
def unloaded_doors(hass: HomeAssistant) -> UnloadedDoors:
    """Return the one caretaker of all buildings."""
    if _UNLOADED_DOORS not in hass.data:
        hass.data[_UNLOADED_DOORS] = UnloadedDoors(hass)
    return hass.data[_UNLOADED_DOORS]
