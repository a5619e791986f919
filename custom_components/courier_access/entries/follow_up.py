"""Record what becomes of an admitted entry at the door, and fire its events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
import logging

from homeassistant.core import callback

from ..access.model import GrantKey, Reason
from ..doors.doors import DoorEvent, DoorEvents, DoorEventType
from ..doors.driver import LifecycleEvent, LifecycleStep
from ..grants.grants import Grants
from ..hass.host import Host
from ..hass.late_writes import LateWrites
from ..ledger.ledger import LedgerUnavailable, Transaction
from ..ledger.state import entries
from ..ledger.state.entries import Relock, clear_relock, complete_entry

_LOGGER = logging.getLogger(__name__)

_EVENTS = {
    LifecycleStep.NEVER_OPENED: DoorEventType.NEVER_OPENED,
    LifecycleStep.LEFT_OPEN: DoorEventType.DOOR_LEFT_OPEN,
    LifecycleStep.COMPLETED: DoorEventType.ENTRY_COMPLETED,
}


@dataclass(slots=True)
class _Followed:
    """An entry whose door is watched; steps wait until its outcome is on the disk."""

    entry_id: str
    courier_name: str
    door_name: str
    key: GrantKey | None
    outcome_recorded: bool
    waiting: list[Callable[[], None]] = field(default_factory=list)


class FollowUp:
    """Follow admitted entries until their lifecycle is over."""

    def __init__(
        self,
        host: Host,
        late_writes: LateWrites,
        grants: Grants,
        events: DoorEvents,
    ) -> None:
        self._host = host
        self._late_writes = late_writes
        self._grants = grants
        self._events = events
        self._followed: dict[str, _Followed] = {}

    @callback
    def follow(
        self,
        entry_id: str,
        courier_name: str,
        door_name: str,
        key: GrantKey | None = None,
        *,
        outcome_recorded: bool = False,
    ) -> None:
        """Follow an entry from its claim on."""
        self._followed[entry_id] = _Followed(
            entry_id, courier_name, door_name, key, outcome_recorded
        )

    @callback
    def resume(self, left: Iterable[Relock]) -> None:
        """Follow entries from before a restart whose doors may be unlocked."""
        for relock in left:
            self.follow(
                relock.entry_id,
                relock.courier_name,
                relock.door_name,
                relock.key,
                outcome_recorded=True,
            )

    def follows(self, entry_id: str) -> bool:
        return entry_id in self._followed

    @callback
    def outcome_recorded(self, entry_id: str) -> None:
        """Handle what happened while the entry's outcome was being written."""
        if (followed := self._followed.get(entry_id)) is not None:
            followed.outcome_recorded = True
            waiting, followed.waiting = followed.waiting, []
            for go_on in waiting:
                go_on()

    @callback
    def forget(self, entry_id: str) -> None:
        """Forget an entry whose door was never touched."""
        self._followed.pop(entry_id, None)

    @callback
    def handle(self, event: LifecycleEvent) -> None:
        if (followed := self._followed.get(event.entry_id)) is not None:
            self._in_turn(followed, lambda: self._handle(followed, event))

    @callback
    def deadline_done(self, entry_id: str) -> None:
        """Clear the re-lock deadline of a door that is locked, or that we don't lock."""
        if (followed := self._followed.get(entry_id)) is not None:
            self._in_turn(
                followed,
                lambda: self._write(
                    entry_id,
                    lambda transaction: clear_relock(transaction.conn, entry_id),
                ),
            )

    def _in_turn(self, followed: _Followed, go_on: Callable[[], None]) -> None:
        if followed.outcome_recorded:
            go_on()
        else:
            followed.waiting.append(go_on)

    def _handle(self, followed: _Followed, event: LifecycleEvent) -> None:
        if event.kind is LifecycleStep.LATE_UNLOCK:
            self._consume_refund(followed, event.at)
        if event.kind is LifecycleStep.LEFT_UNLOCKED:
            self._write(
                event.entry_id,
                lambda transaction: entries.record_left_unlocked(
                    transaction, event.entry_id, event.at
                ),
            )
        if event.kind is LifecycleStep.COMPLETED:
            del self._followed[event.entry_id]
            story = {kind.value: at.isoformat() for kind, at in event.steps.items()}
            self._write(
                event.entry_id,
                lambda transaction: complete_entry(
                    transaction, event.entry_id, event.at, story
                ),
            )
        if (kind := _EVENTS.get(event.kind)) is not None:
            attributes = {
                "courier": followed.courier_name,
                "door": followed.door_name,
                "reason": Reason.OK,
                "entry_id": event.entry_id,
            }
            self._events.fire(
                DoorEvent(kind, event.door_id, dict(attributes), event.context)
            )

    def _consume_refund(self, followed: _Followed, at: datetime) -> None:
        def counted(uses: int | None) -> None:
            if uses is not None and followed.key is not None:
                self._grants.count_use(followed.key, uses)

        self._write(
            followed.entry_id,
            lambda transaction: entries.record_late_unlock(
                transaction, followed.entry_id, at
            ),
            counted,
        )

    def _write[T](
        self,
        entry_id: str,
        work: Callable[[Transaction], T],
        then: Callable[[T], None] = lambda _: None,
    ) -> None:
        async def write() -> None:
            try:
                await self._late_writes.write(entry_id, work, then)
            except LedgerUnavailable as err:
                _LOGGER.error(
                    "What became of entry %s can't be recorded yet: %s", entry_id, err
                )

        self._host.spawn(write(), "courier_access aftermath")
