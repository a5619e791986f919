"""Watch a door's other ways in for couriers, which the building doesn't decide.

A source only reports. Nothing here commands a door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
import time
from typing import Self

from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    EventEntityStateAttribute,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import (
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.util.hass_dict import HassKey

from ..const import (
    CONF_COOL_DOWN,
    CONF_DOOR,
    CONF_EVENT_TYPES,
    CONF_SOURCE,
    DOMAIN,
)
from ..hass.entities import FollowedEntity


@dataclass(frozen=True, slots=True)
class Source:
    """An entity that reports each use of a door's other way in.

    Only these `event_types` of an event entity are uses; without any, all are.
    """

    id: str
    name: str
    door_id: str
    entity: str
    event_types: frozenset[str]
    cool_down: float

    @classmethod
    def from_subentry(cls, subentry: ConfigSubentry) -> Self:
        """Read what the owner configured."""
        data = subentry.data
        return cls(
            subentry.subentry_id,
            subentry.title,
            data[CONF_DOOR],
            data[CONF_SOURCE],
            frozenset(data[CONF_EVENT_TYPES]),
            data[CONF_COOL_DOWN],
        )


class Uses:
    """Tell uses of a source from its other states.

    The first state that is read is no use: it may be from before a restart. Neither is
    a state that repeats the last one after a time without any. Uses within `cool_down`
    seconds of the last one that counted are the same entry.
    """

    def __init__(self, cool_down: float) -> None:
        self.cool_down = cool_down
        self._last_read: str | None = None
        self._counted_at: float | None = None

    def read(self, value: str | None, now: float, *, is_use: bool) -> bool:
        """Read a state, None if it isn't known; return whether it is a new entry."""
        if value is None:
            return False
        before, self._last_read = self._last_read, value
        if not is_use or before is None or value == before:
            return False
        if self._counted_at is not None and now - self._counted_at < self.cool_down:
            return False
        self._counted_at = now
        return True


_USES: HassKey[dict[str, dict[tuple[str, str], Uses]]] = HassKey(
    f"{DOMAIN}_observed_uses"
)


def forget_uses(hass: HomeAssistant, entry_id: str) -> None:
    """Forget what the sources of a removed building showed last."""
    hass.data.get(_USES, {}).pop(entry_id, None)


class SourceWatch:
    """Watch one source, and call `used` for each entry through it, with its time.

    What the source showed last is kept through reloads of the building, so that an
    entry meanwhile isn't missed.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        source: Source,
        used: Callable[[Source, datetime], None],
    ) -> None:
        self._source = source
        self._used = used
        self._entity = FollowedEntity(hass, source.entity)
        kept = hass.data.setdefault(_USES, {}).setdefault(entry_id, {})
        self._uses = kept.setdefault((source.id, source.entity), Uses(source.cool_down))
        self._uses.cool_down = source.cool_down

    @callback
    def start(self) -> CALLBACK_TYPE:
        """Start to watch; return a function to stop."""
        self._read(self._entity.state)
        return self._entity.listen(self._read)

    @callback
    def _read(self, state: State | None, _context: Context | None = None) -> None:
        if state is None:
            return
        value, is_use = self._meaning(state)
        if self._uses.read(value, time.monotonic(), is_use=is_use):
            self._used(self._source, state.last_changed)

    def _meaning(self, state: State) -> tuple[str | None, bool]:
        """Return what a state says, None if nothing, and whether it may be a use."""
        if state.state == STATE_UNAVAILABLE:
            return None, False
        if state.domain == EVENT_DOMAIN:
            # Until its first event, an event entity's state is unknown.
            is_use = state.state != STATE_UNKNOWN and self._is_wanted(state)
            return state.state, is_use
        is_known = state.state in (STATE_ON, STATE_OFF)
        return state.state if is_known else None, state.state == STATE_ON

    def _is_wanted(self, state: State) -> bool:
        wanted = self._source.event_types
        return (
            not wanted
            or state.attributes.get(EventEntityStateAttribute.EVENT_TYPE) in wanted
        )
