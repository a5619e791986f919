"""What happens at a door, as automations are told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from homeassistant.core import CALLBACK_TYPE, Context, callback

from ..hass.listeners import Listeners


class DoorEventType(StrEnum):
    """The events of a door."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"
    ENTRY_COMPLETED = "entry_completed"
    DOOR_LEFT_OPEN = "door_left_open"
    NEVER_OPENED = "never_opened"
    DELIVERY_ANNOUNCED = "delivery_announced"


@dataclass(frozen=True, slots=True)
class DoorEvent:
    """One event of a door. Every user can read its attributes, so they never name recipients."""

    type: DoorEventType
    door_id: str
    attributes: dict[str, str | bool | None]
    context: Context = field(default_factory=Context)


class DoorEvents:
    """Hands each door's events to whoever listens to that door."""

    def __init__(self) -> None:
        """Begin with no listeners."""
        self._listeners: dict[str, Listeners[[DoorEvent]]] = {}

    @callback
    def listen(
        self, door_id: str, listener: Callable[[DoorEvent], None]
    ) -> CALLBACK_TYPE:
        """Call `listener` with each event of the door, until the returned function is called."""
        return self._listeners.setdefault(door_id, Listeners()).add(listener)

    @callback
    def fire(self, event: DoorEvent) -> None:
        """Tell of an event."""
        if (listeners := self._listeners.get(event.door_id)) is not None:
            listeners.tell(event)
