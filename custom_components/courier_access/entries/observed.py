"""Record each entry through other courier access, and fire the door's event."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
import logging

from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..access.model import Door
from ..doors.doors import DoorEvents, DoorEventType
from ..doors.observed import Source, source_watches
from ..home_assistant.host import Host
from ..ledger.chain import Recorded
from ..ledger.ledger import LedgerUnavailable, Transaction
from ..ledger.state.entries import Observation, record_observed
from ..notifications.late_writes import LateWrites
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook

_LOGGER = logging.getLogger(__name__)


class ObservedEntries:
    """Watch the sources of a building's doors while it is loaded."""

    def __init__(
        self,
        host: Host,
        late_writes: LateWrites,
        directory: Directory,
        rulebook: Rulebook,
        events: DoorEvents,
    ) -> None:
        self._host = host
        self._late_writes = late_writes
        self._rulebook = rulebook
        self._events = events
        self._doors: Mapping[str, Door] = directory.doors
        self.watches = source_watches(
            host.hass,
            host.entry_id,
            [
                source
                for source in directory.sources.values()
                if source.door_id in directory.doors
            ],
        )
        self._until_stopped = ExitStack()

    def start(self) -> None:
        for watch in self.watches:
            self._until_stopped.callback(watch.start(self._used))

    def stop(self) -> None:
        self._until_stopped.close()

    def _used(self, source: Source, at: datetime) -> None:
        door = self._doors[source.door_id]
        observed = Observation(
            ulid_now(), at, source.id, source.name, door.id, door.name
        )
        self._host.spawn(self._record(observed), "courier_access observed entry")

    async def _record(self, observed: Observation) -> None:
        """Write an entry, or leave it to be written later; then fire its event."""
        residents = list(self._rulebook.residents.values())

        def write(transaction: Transaction) -> Recorded:
            return record_observed(transaction, observed, residents, dt_util.utcnow())

        try:
            await self._late_writes.write(None, write, lambda _: self._fire(observed))
        except LedgerUnavailable as err:
            _LOGGER.error(
                "Entry %s, which was observed, can't be recorded yet: %s",
                observed.entry_id,
                err,
            )

    def _fire(self, observed: Observation) -> None:
        self._events.fire(
            DoorEventType.ENTRY_OBSERVED,
            observed.door_id,
            courier=observed.source_name,
            door=observed.door_name,
            entry_id=observed.entry_id,
        )
