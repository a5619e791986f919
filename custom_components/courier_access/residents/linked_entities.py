"""Read and follow the entities that residents link to their rules (docs/reference/actions.md#rules)."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from homeassistant.const import (
    STATE_HOME,
    STATE_NOT_HOME,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    HomeAssistant,
    State,
    callback,
    split_entity_id,
)

from ..access.model import EntityState
from ..hass.entities import FollowedEntity, entity_id_of

_SWITCHES: Final = MappingProxyType(
    {STATE_ON: EntityState.ON, STATE_OFF: EntityState.OFF}
)
_PRESENCES: Final = ("person", "device_tracker")

LINKABLE: Final = frozenset(
    {
        "binary_sensor",
        "calendar",
        "group",
        "input_boolean",
        "schedule",
        "switch",
        *_PRESENCES,
    }
)
"""Domains of entities that are on or off, or home or away."""


def states_of(
    hass: HomeAssistant, references: Iterable[str]
) -> Mapping[str, EntityState]:
    """Return each entity's state; UNKNOWN refuses couriers (promise 8)."""
    return {reference: _state(hass, reference) for reference in references}


class LinkedEntities:
    """Calls a listener when the state of a followed entity changes."""

    def __init__(self, hass: HomeAssistant, listener: Callable[[], None]) -> None:
        self._hass = hass
        self._listener = listener
        self._states: Mapping[str, EntityState] = {}
        self._stops: list[CALLBACK_TYPE] = []

    @callback
    def follow(self, references: Iterable[str]) -> None:
        """Follow these entities in place of the previous ones."""
        before, self._states = self._states, states_of(self._hass, references)
        if self._states.keys() == before.keys():
            return
        self._end()
        self._stops = [
            FollowedEntity(self._hass, reference).listen(self._reported)
            for reference in self._states
        ]

    @callback
    def stop(self) -> None:
        """Follow none anymore."""
        self._end()
        self._states = {}

    def _end(self) -> None:
        for stop in self._stops:
            stop()
        self._stops = []

    @callback
    def _reported(self, _state: State | None, _context: Context) -> None:
        states = states_of(self._hass, self._states)
        if states != self._states:
            self._states = states
            self._listener()


def _state(hass: HomeAssistant, reference: str) -> EntityState:
    entity_id = entity_id_of(hass, reference)
    state = None if entity_id is None else hass.states.get(entity_id)
    if entity_id is None or state is None:
        return EntityState.UNKNOWN
    domain = split_entity_id(entity_id)[0]
    if domain not in LINKABLE:
        return EntityState.UNKNOWN
    if domain in _PRESENCES or (
        domain == "group" and state.state in (STATE_HOME, STATE_NOT_HOME)
    ):
        return _presence(state.state)
    return _SWITCHES.get(state.state, EntityState.UNKNOWN)


def _presence(state: str) -> EntityState:
    if state in (STATE_UNKNOWN, STATE_UNAVAILABLE, ""):
        return EntityState.UNKNOWN
    return EntityState.ON if state == STATE_HOME else EntityState.OFF
