"""An entity of somebody else, followed through renames, removal and return."""

from collections.abc import Callable, Iterable

from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
    async_track_state_report_event,
)

from ..const import DOMAIN


def reference_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the entity's registry id, or its entity id where it isn't registered."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str | None) -> str | None:
    """Return the entity id that a reference stands for now; None where there is none any more."""
    return (
        er.async_resolve_entity_id(er.async_get(hass), reference) if reference else None
    )


def is_registered(hass: HomeAssistant, reference: str) -> bool:
    """Whether the entity is in the registry, with or without a state."""
    return er.async_get(hass).async_get(reference) is not None


type StateListener = Callable[[State | None, Context], None]
"""Is handed each state that is reported, None where there is none, and the report's context."""


class FollowedEntity:
    """The entity that a registry id (or, where it has no registry entry, an entity id) means."""

    def __init__(self, hass: HomeAssistant, reference: str) -> None:
        self._hass = hass
        self._reference = reference

    @property
    def entity_id(self) -> str | None:
        """Its entity id now; None while it is not registered."""
        return entity_id_of(self._hass, self._reference)

    @property
    def state(self) -> State | None:
        """Its state now; None where it has none."""
        entity_id = self.entity_id
        return None if entity_id is None else self._hass.states.get(entity_id)

    @callback
    def listen(self, on_report: StateListener) -> CALLBACK_TYPE:
        """Hand over every report of its state, also one that repeats the state before it."""
        subscription = _Subscription(self._hass, self, on_report)
        subscription.follow()
        return subscription.stop


class _Subscription:
    """One listener's subscription to an entity whose id may change."""

    def __init__(
        self, hass: HomeAssistant, entity: FollowedEntity, on_report: StateListener
    ) -> None:
        self._hass = hass
        self._entity = entity
        self._on_report = on_report
        self._entity_id: str | None = None
        self._stops: list[CALLBACK_TYPE] = []

    @callback
    def follow(self) -> None:
        """Listen to the id that the entity has now, or wait until it is registered again, maybe under another one."""
        self.stop()
        self._entity_id = entity_id = self._entity.entity_id
        if entity_id is None:
            self._stops = [
                self._hass.bus.async_listen(
                    er.EVENT_ENTITY_REGISTRY_UPDATED,
                    self._registry_updated,
                    _is_registration,
                )
            ]
        else:
            self._stops = [
                async_track_state_change_event(self._hass, entity_id, self._changed),
                async_track_state_report_event(self._hass, entity_id, self._repeated),
                async_track_entity_registry_updated_event(
                    self._hass, entity_id, self._registry_updated
                ),
            ]

    @callback
    def stop(self) -> None:
        """End it."""
        for stop in self._stops:
            stop()
        self._stops = []

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        self._on_report(event.data["new_state"], event.context)

    @callback
    def _repeated(self, event: Event[EventStateReportedData]) -> None:
        self._on_report(event.data["new_state"], event.context)

    @callback
    def _registry_updated(
        self, event: Event[er.EventEntityRegistryUpdatedData]
    ) -> None:
        if self._entity.entity_id != self._entity_id:
            self.follow()
            self._on_report(self._entity.state, event.context)


@callback
def _is_registration(data: er.EventEntityRegistryUpdatedData) -> bool:
    return data["action"] == "create"


def entities_with_key(
    hass: HomeAssistant, entities: Iterable[str], key: str
) -> set[str]:
    """Return those of the entities that are a building's of that key: the key that names them, whatever their ids."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id)) is not None
        and (entry.platform, entry.translation_key) == (DOMAIN, key)
    }
