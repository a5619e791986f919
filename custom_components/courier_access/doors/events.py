"""Publish each door's events."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from homeassistant.core import CALLBACK_TYPE, Context, callback

from ..access.model import Outcome, Reason
from ..hass.listeners import Listeners
from ..ledger.state.entries import Attempt


class DoorEventType(StrEnum):
    """The event types of a door."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"
    ENTRY_OBSERVED = "entry_observed"
    ENTRY_COMPLETED = "entry_completed"
    DOOR_LEFT_OPEN = "door_left_open"
    NEVER_OPENED = "never_opened"
    DELIVERY_ANNOUNCED = "delivery_announced"


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """An event of a door; every user can read it, so it never names recipients."""

    type: DoorEventType
    door_id: str
    attributes: dict[str, str | bool | None]
    context: Context = field(default_factory=Context)


class DoorEvents:
    """Passes each door's events to its listeners."""

    def __init__(self) -> None:
        self._listeners: dict[str, Listeners[[DoorEvent]]] = {}

    @callback
    def listen(
        self, door_id: str, listener: Callable[[DoorEvent], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` with each event of the door."""
        return self._listeners.setdefault(door_id, Listeners()).add(listener)

    @callback
    def fire_decided(
        self,
        kind: DoorEventType,
        attempt: Attempt,
        context: Context,
        *,
        reason: Reason,
        outcome: Outcome | None = None,
    ) -> None:
        """Fire the event of an entry that was decided."""
        attributes: dict[str, str | bool | None] = {
            "courier": attempt.courier_name,
            "door": attempt.door_name,
            "reason": reason,
            "proof": attempt.proof,
            "entry_id": attempt.entry_id,
        }
        if outcome is not None:
            attributes["outcome"] = outcome
        self.fire(DoorEvent(kind, attempt.door_id, attributes, context))

    @callback
    def fire(self, event: DoorEvent) -> None:
        """Pass an event to the door's listeners."""
        if (listeners := self._listeners.get(event.door_id)) is not None:
            listeners.tell(event)
