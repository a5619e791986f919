"""A building's doors at run time, and what is left to be done at them of entries from before."""

from collections.abc import Collection, Mapping

from homeassistant.core import Context, callback

from ..access.model import Door
from ..hass.host import Host
from ..ledger.state.entries import Relock
from .caretaker import LifecycleObserver, reports_of, unloaded_doors
from .driver import DoorDriver
from .lifecycle import Unfinished
from .openers import DoorSettings
from .repairs import OpenerWatch


class Doors:
    """Drives the doors of one building, and has its owner told where one can't be opened or doesn't lock.

    What is left to be done at a door when the building lets go of it is the caretaker's, until some building drives the
    same opener again. What happens meanwhile is reported to the follower of the building that is loaded next.
    """

    def __init__(
        self,
        host: Host,
        doors: Mapping[str, Door],
        settings: Mapping[str, DoorSettings],
        follower: LifecycleObserver,
    ) -> None:
        """Prepare the doors of this building."""
        self._host = host
        self._follower = follower
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
    def start(self, left: Collection[Relock], *, in_doubt: bool = False) -> None:
        """Begin to drive the doors, without unlocking one (docs/explanation/mechanisms.md#the-path-of-an-entry).

        `left` are the deadlines that the ledger knows. Where more is known of one, since Home Assistant has been running
        ever since, that counts; so does a deadline of which the ledger knows nothing, as when it was lost. `in_doubt`,
        when the ledger was re-created and deadlines may be lost with the earlier one, every door is locked.
        """
        self._reports.attach(self._follower)
        taken_back = self._take_back()
        for relock in left:
            if relock.entry_id not in taken_back:
                self._resume(relock)
        for driver in self.drivers.values() if in_doubt else ():
            driver.lock_in_doubt()
        self._opener_watch.start(self._unloaded_doors.openers_of(self._host.entry_id))

    @callback
    def start_without_ledger(self) -> None:
        """Begin to drive the doors without a ledger: only those are locked of which is known otherwise that they are to be."""
        self._take_back()

    @callback
    def stop(self) -> None:
        """Let go of the doors as they are. May be called again."""
        self._opener_watch.stop()
        for driver in self.drivers.values():
            self._unloaded_doors.take_over(
                self._host.entry_id, self._host.title, driver
            )
        self._reports.attach(None)

    def _take_back(self) -> set[str | None]:
        """Begin to drive the doors, and go on with what the caretaker did; return the entries."""
        taken_back: set[str | None] = set()
        for driver in self.drivers.values():
            unfinished = self._unloaded_doors.take_back(driver.settings.opener)
            driver.start()
            for left in unfinished:
                driver.resume(left)
                taken_back.add(left.entry_id)
        return taken_back

    def _resume(self, relock: Relock) -> None:
        """Take up a deadline from before Home Assistant was started."""
        if self._unloaded_doors.drives(relock.entry_id) or not self._follower.follows(
            relock.entry_id
        ):
            return
        if (driver := self.drivers.get(relock.door_id)) is None:
            self._follower.drop(relock.entry_id)
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
