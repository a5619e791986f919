"""Drive the doors of one building."""

from collections.abc import Collection, Mapping

from homeassistant.core import Context, callback

from ..access.model import Door
from ..hass.host import Host
from ..ledger.state.entries import Relock
from .driver import DoorDriver
from .events import DoorEvents
from .lifecycle import Unfinished
from .openers import DoorSettings
from .repairs import OpenerWatch
from .unloaded import LifecycleObserver, reports_of, unloaded_doors


class Doors:
    """Drives a building's doors and shows repair issues for their openers.

    At an unload, `UnloadedDoors` finishes what is left to do. Events of that time are
    queued for the building's next setup.
    """

    def __init__(
        self,
        host: Host,
        doors: Mapping[str, Door],
        settings: Mapping[str, DoorSettings],
    ) -> None:
        self._host = host
        self.events = DoorEvents()
        self._unloaded_doors = unloaded_doors(host.hass)
        self._reports = reports = reports_of(host.hass, host.entry_id)
        self.drivers = {
            door_id: DoorDriver(
                host.hass, door, settings[door_id], reports.tell, reports.deadline_done
            )
            for door_id, door in doors.items()
        }
        self._opener_watch = OpenerWatch(host.hass, host.issues, self.drivers.values())

    @callback
    def start(
        self,
        follower: LifecycleObserver,
        left: Collection[Relock],
        *,
        in_doubt: bool = False,
    ) -> None:
        """Start to drive the doors without unlocking any.

        `left` are the ledger's deadlines; deadlines known in memory take precedence.
        `in_doubt`, every door is locked: a re-created ledger may have lost deadlines.
        """
        self._reports.attach(follower)
        taken_back = self._take_back()
        for relock in left:
            if relock.entry_id not in taken_back:
                self._resume(relock, follower)
        for driver in self.drivers.values() if in_doubt else ():
            driver.lock_in_doubt()
        openers = self._unloaded_doors.openers_of(self._host.entry_id)
        self._opener_watch.clear_others(openers)
        self._opener_watch.start()

    @callback
    def start_without_ledger(self) -> None:
        """Start to drive the doors with only the deadlines in memory."""
        self._take_back()

    @callback
    def stop(self) -> None:
        """Stop driving the doors; may be called again."""
        self._opener_watch.stop()
        for driver in self.drivers.values():
            self._unloaded_doors.take_over(
                self._host.entry_id, self._host.title, driver
            )
        self._reports.attach(None)

    def _take_back(self) -> set[str | None]:
        """Start the drivers, resume deadlines in memory, and return their entries."""
        taken_back: set[str | None] = set()
        for driver in self.drivers.values():
            unfinished = self._unloaded_doors.take_back(driver.settings.opener)
            driver.start()
            for left in unfinished:
                driver.resume(left)
                taken_back.add(left.entry_id)
        return taken_back

    def _resume(self, relock: Relock, follower: LifecycleObserver) -> None:
        """Resume a deadline from before Home Assistant started."""
        if self._unloaded_doors.drives(relock.entry_id) or not follower.follows(
            relock.entry_id
        ):
            return
        if (driver := self.drivers.get(relock.door_id)) is None:
            follower.drop(relock.entry_id)
            return
        driver.resume(
            Unfinished(
                relock.entry_id,
                relock.deadline,
                Context(id=relock.context_id),
                relock.confirmed,
                relock.cut_off,
            )
        )
