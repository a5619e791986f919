"""Call back: listeners, timers, and what entities of other integrations report."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
import logging

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
    async_call_later,
    async_track_entity_registry_updated_event,
    async_track_point_in_utc_time,
    async_track_state_change_event,
    async_track_state_report_event,
)

from ..const import DOMAIN

_LOGGER = logging.getLogger(__name__)


class Listeners[**P]:
    """Listeners that are called with the same arguments.

    A listener that raises is logged: a stored entry is answered and notified
    regardless.
    """

    def __init__(self) -> None:
        self._listeners: dict[object, Callable[P, None]] = {}
        self._is_due = False

    @callback
    def add(self, listener: Callable[P, None]) -> CALLBACK_TYPE:
        """Add a listener and return a function that removes it; it may be called again."""
        key = object()
        self._listeners[key] = listener

        def remove() -> None:
            self._listeners.pop(key, None)

        return remove

    @callback
    def tell_soon(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all listeners in the loop's next turn, once for all calls until then.

        What is under way goes first: a command to a door waits for no state.
        """
        if self._is_due:
            return
        self._is_due = True

        def tell() -> None:
            self._is_due = False
            self.tell(*args, **kwargs)

        asyncio.get_running_loop().call_soon(tell)

    @callback
    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for listener in list(self._listeners.values()):
            try:
                listener(*args, **kwargs)
            except Exception:
                _LOGGER.exception("A listener failed")


class Timer:
    """Runs one action at a time; delays are on the loop's monotonic clock."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def runs(self) -> bool:
        return self._cancel is not None

    @callback
    def start(self, seconds: float, action: Callable[[], None]) -> None:
        """Schedule the action in place of the previous one."""
        if self._cancel is not None:
            self._cancel()
        self._cancel = async_call_later(
            self._hass, max(0.0, seconds), self._once(action)
        )

    @callback
    def start_at(self, instant: datetime | None, action: Callable[[], None]) -> None:
        """Schedule the action for that time, or none, in place of the previous one."""
        self.stop()
        if instant is not None:
            self._cancel = async_track_point_in_utc_time(
                self._hass, self._once(action), instant
            )

    @callback
    def stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _once(self, action: Callable[[], None]) -> Callable[[datetime], None]:
        @callback
        def run(_now: datetime) -> None:
            self._cancel = None
            action()

        return run


def reference_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the entity's registry id, or its entity id if it isn't registered."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str | None) -> str | None:
    """Return the current entity id of a reference, or None if it was removed."""
    return (
        er.async_resolve_entity_id(er.async_get(hass), reference) if reference else None
    )


def is_registered(hass: HomeAssistant, reference: str) -> bool:
    return er.async_get(hass).async_get(reference) is not None


type StateListener = Callable[[State | None, Context], None]
"""Called with each reported state, None if there is none, and its context."""


class FollowedEntity:
    """An entity known by its registry id, or by its entity id if unregistered."""

    def __init__(self, hass: HomeAssistant, reference: str) -> None:
        self._hass = hass
        self._reference = reference

    @property
    def entity_id(self) -> str | None:
        """Return the current entity id, or None while unregistered."""
        return entity_id_of(self._hass, self._reference)

    @property
    def state(self) -> State | None:
        """Return the current state, if any."""
        entity_id = entity_id_of(self._hass, self._reference)
        return None if entity_id is None else self._hass.states.get(entity_id)

    @callback
    def listen(self, on_report: StateListener) -> CALLBACK_TYPE:
        """Call `on_report` with every report, even if it repeats the state."""
        subscription = _Subscription(self._hass, self, on_report)
        subscription.follow()
        return subscription.stop


class _Subscription:
    """A subscription to an entity whose id may change."""

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
        """Listen to the current entity id, or wait for the next registration."""
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
        """End the subscription."""
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
    """Return the entities that belong to this integration and have the key."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id)) is not None
        and (entry.platform, entry.translation_key) == (DOMAIN, key)
    }
