"""A building's doors at run time, and what is left to be done at them of entries from before."""

from collections.abc import Collection, Mapping

from homeassistant.core import Context, HomeAssistant, callback

from .access.model import Door
from .aftermath import Aftermath
from .door import DoorDriver
from .door_settings import DoorSettings
from .issues import Issues
from .ledger.relocks import Relock
from .openers_watched import OpenersWatched


class Doors:
    """Drives the doors of one building, and has its owner told where one can't be opened or doesn't lock."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        doors: Mapping[str, Door],
        settings: Mapping[str, DoorSettings],
        aftermath: Aftermath,
    ) -> None:
        """Prepare; what happens at the doors after an entry is told to its `aftermath`."""
        self._aftermath = aftermath
        self.drivers = {
            door_id: DoorDriver(
                hass, door, settings[door_id], aftermath.tell, aftermath.deadline_done
            )
            for door_id, door in doors.items()
        }
        self._openers_watched = OpenersWatched(hass, Issues(hass, entry_id), self.drivers.values())

    @callback
    def start(self, left: Collection[Relock]) -> None:
        """Begin to drive the doors, and to lock those that are `left`. Nothing is unlocked (design, *How an entry happens*)."""
        for driver in self.drivers.values():
            driver.start()
        for relock in left:
            self._resume(relock)
        self._openers_watched.start()

    @callback
    def start_by_hand(self) -> None:
        """Begin to drive the doors for use by hand only: none is locked, since no deadline is known."""
        for driver in self.drivers.values():
            driver.start()

    @callback
    def stop(self) -> None:
        """Let go of the doors as they are. May be called again."""
        self._openers_watched.stop()
        for driver in self.drivers.values():
            driver.stop()

    def _resume(self, relock: Relock) -> None:
        driver = self.drivers.get(relock.door_id)
        if driver is None:
            return
        self._aftermath.follow(
            relock.entry_id, relock.courier_name, driver.door.name, relock.key, outcome_kept=True
        )
        driver.resume(
            relock.entry_id,
            relock.deadline,
            Context(id=relock.context_id),
            confirmed=relock.confirmed,
            cut_off=relock.cut_off,
        )
