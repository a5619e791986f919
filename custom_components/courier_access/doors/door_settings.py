"""How the owner set a door up."""

from dataclasses import dataclass
from typing import Self

from homeassistant.config_entries import ConfigSubentry

from ..const import (
    CONF_CLOSE_COVER,
    CONF_CONTACT,
    CONF_OPENER,
    CONF_OPENER_KIND,
    CONF_OPERATION,
    CONF_UNLOCK_SECONDS,
    DEFAULT_UNLOCK_SECONDS,
    OpenerKind,
    Operation,
)


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """A door's opener, contact sensor and times.

    `opener` and `contact` are ids of the entity registry, or entity ids where an entity has no
    registry entry. Without an opener it is the demo door.
    """

    opener: str | None = None
    operation: Operation = Operation.UNLOCK
    unlock_seconds: int = DEFAULT_UNLOCK_SECONDS
    contact: str | None = None
    close_cover: bool = False

    @classmethod
    def from_subentry(cls, subentry: ConfigSubentry) -> Self:
        """Return the settings that a door's subentry holds."""
        data = subentry.data
        demo = data[CONF_OPENER_KIND] == OpenerKind.DEMO
        return cls(
            opener=None if demo else data[CONF_OPENER],
            operation=Operation(data.get(CONF_OPERATION, Operation.UNLOCK)),
            unlock_seconds=int(data.get(CONF_UNLOCK_SECONDS, DEFAULT_UNLOCK_SECONDS)),
            contact=data.get(CONF_CONTACT),
            close_cover=data.get(CONF_CLOSE_COVER, False),
        )
