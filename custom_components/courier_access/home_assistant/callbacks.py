"""Call back: listeners, timers, and what entities and devices of other integrations report."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
import logging
from typing import Any, NamedTuple, Self

from homeassistant.components.device_automation import (
    DeviceAutomationType,
    async_get_device_automations,
)
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.const import (
    CONF_DEVICE_ID,
    CONF_DOMAIN,
    CONF_ENTITY_ID,
    CONF_TYPE,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    CoreState,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_point_in_utc_time,
    async_track_state_change_event,
    async_track_state_report_event,
)
from homeassistant.helpers.json import json_dumps_sorted
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.translation import async_get_translations
from homeassistant.helpers.trigger import (
    async_initialize_triggers,
    async_validate_trigger_config,
)
from homeassistant.util.json import json_loads_object

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

    def add(self, listener: Callable[P, None]) -> CALLBACK_TYPE:
        """Add a listener and return a function that removes it; it may be called again."""
        key = object()
        self._listeners[key] = listener

        def remove() -> None:
            self._listeners.pop(key, None)

        return remove

    def call_soon(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call all listeners in the loop's next turn, once for all calls until then.

        What is under way goes first: a command to a door waits for no state.
        """
        if self._is_due:
            return
        self._is_due = True

        def call() -> None:
            self._is_due = False
            self.call(*args, **kwargs)

        asyncio.get_running_loop().call_soon(call)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> None:
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

    def start(self, seconds: float, action: Callable[[], None]) -> None:
        """Schedule the action in place of the previous one."""
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._hass.loop.call_later(
            max(0.0, seconds), self._end, action
        ).cancel

    def start_at(self, instant: datetime | None, action: Callable[[], None]) -> None:
        """Schedule the action for that time, or none, in place of the previous one."""
        self.stop()
        if instant is not None:
            self._cancel = async_track_point_in_utc_time(
                self._hass, callback(lambda _now: self._end(action)), instant
            )

    def stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _end(self, action: Callable[[], None]) -> None:
        self._cancel = None
        action()


def listen_to_buildings(
    hass: HomeAssistant, listener: Callable[[ConfigEntryChange, ConfigEntry], None]
) -> CALLBACK_TYPE:
    """Call `listener` after a building's config entry has changed; return what stops it."""

    @callback
    def changed(change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN:
            listener(change, entry)

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


def reference_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the entity's registry id, or its entity id if it isn't registered."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str | None) -> str | None:
    """Return the current entity id of a reference, or None if it was removed."""
    return (
        er.async_resolve_entity_id(er.async_get(hass), reference) if reference else None
    )


def name_of(hass: HomeAssistant, reference: str) -> str:
    """Return an entity's name, or its entity id if it has no state."""
    entity_id = entity_id_of(hass, reference) or reference
    state = hass.states.get(entity_id)
    return entity_id if state is None else state.name


def integration_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the integration that registered an entity, if any did."""
    entry = er.async_get(hass).async_get(entity_id)
    return None if entry is None else entry.platform


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
        return entity_id_of(self._hass, self._reference)

    @property
    def is_lost(self) -> bool:
        """Whether it was removed or disabled."""
        entry = er.async_get(self._hass).async_get(self._reference)
        is_disabled = entry is not None and entry.disabled
        return is_disabled or self.entity_id is None

    @property
    def state(self) -> State | None:
        """Return the current state, if any."""
        entity_id = entity_id_of(self._hass, self._reference)
        return None if entity_id is None else self._hass.states.get(entity_id)

    def listen(self, on_report: StateListener) -> CALLBACK_TYPE:
        """Call `on_report` with every report, even if it repeats the state.

        That goes on when the entity gets another ID, and when it is removed and back.
        """
        hass, followed, stops = self._hass, self.entity_id, ExitStack()

        @callback
        def report(
            event: Event[EventStateChangedData] | Event[EventStateReportedData],
        ) -> None:
            on_report(event.data["new_state"], event.context)

        @callback
        def registry_updated(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
            nonlocal followed
            if self.entity_id != followed:
                followed = self.entity_id
                follow()
                on_report(self.state, event.context)

        def follow() -> None:
            stops.close()
            if followed is None:
                stops.callback(
                    hass.bus.async_listen(
                        er.EVENT_ENTITY_REGISTRY_UPDATED,
                        registry_updated,
                        _is_registration,
                    )
                )
                return
            stops.callback(async_track_state_change_event(hass, followed, report))
            stops.callback(async_track_state_report_event(hass, followed, report))
            stops.callback(
                async_track_entity_registry_updated_event(
                    hass, followed, registry_updated
                )
            )

        follow()
        return stops.close


def state_of(hass: HomeAssistant, reference: str | None) -> State | None:
    """Return the current state of an entity that may be none, if there is one."""
    return None if reference is None else FollowedEntity(hass, reference).state


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


_CATEGORY = "device_automation"
_METADATA = "metadata"
_SUBTYPE = "subtype"


@dataclass(frozen=True, slots=True)
class DeviceTrigger:
    """One trigger of a device, as the automation editor stores it in JSON."""

    key: str

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> Self:
        """Read a trigger's configuration, which a device or a subentry has."""
        kept = {name: value for name, value in config.items() if name != _METADATA}
        return cls(json_dumps_sorted(kept))

    @property
    def config(self) -> dict[str, Any]:
        return dict(json_loads_object(self.key))

    @property
    def device_id(self) -> str:
        return str(self.config[CONF_DEVICE_ID])

    @property
    def entity(self) -> str | None:
        """The reference of the entity that the trigger follows, if it is one."""
        return self.config.get(CONF_ENTITY_ID)


async def offered_triggers(hass: HomeAssistant, device_id: str) -> list[DeviceTrigger]:
    """Return the device's triggers that need no further settings."""
    try:
        found = await async_get_device_automations(
            hass, DeviceAutomationType.TRIGGER, [device_id]
        )
    except HomeAssistantError:
        return []
    triggers = map(DeviceTrigger.from_config, found.get(device_id, []))
    return [each for each in triggers if await _validated(hass, each) is not None]


async def trigger_labels(
    hass: HomeAssistant, triggers: Iterable[DeviceTrigger]
) -> dict[str, str]:
    """Return the triggers' labels by key, as the automation editor shows them."""
    configs = {each.key: each.config for each in triggers}
    domains = {config[CONF_DOMAIN] for config in configs.values()}
    texts = await async_get_translations(hass, hass.config.language, _CATEGORY, domains)
    return {key: _label(hass, config, texts) for key, config in configs.items()}


def _label(
    hass: HomeAssistant, config: Mapping[str, Any], texts: Mapping[str, str]
) -> str:
    kind, subtype = config.get(CONF_TYPE), config.get(_SUBTYPE, "")
    prefix = f"component.{config[CONF_DOMAIN]}.{_CATEGORY}."
    if (text := texts.get(f"{prefix}trigger_type.{kind}")) is None:
        return f'"{subtype}" {kind}' if subtype else str(kind)
    subtype = texts.get(f"{prefix}trigger_subtype.{subtype}", str(subtype))
    text = text.replace("{entity_name}", name_of(hass, config.get(CONF_ENTITY_ID, "")))
    return text.replace("{subtype}", subtype)


async def _validated(
    hass: HomeAssistant, trigger: DeviceTrigger
) -> list[dict[str, Any]] | None:
    """Return the trigger as its integration wants it, or None if that refuses it."""
    try:
        return await async_validate_trigger_config(hass, [trigger.config])
    except Exception as err:  # noqa: BLE001 - another integration's code raises anything
        _LOGGER.info("%s refuses a trigger: %r", trigger.config[CONF_DOMAIN], err)
        return None


class _Footing(NamedTuple):
    """What an attachment depends on."""

    entity_id: str | None
    is_loaded: bool
    is_started: bool


class FollowedTrigger:
    """A device trigger that stays attached while its device is there.

    It is attached again when its device comes back, when the device's integration
    has loaded, and when its entity got another ID. `changes` tells if `is_lost` did.
    """

    is_lost: bool | None = None
    """Whether the trigger can't fire; None until that is known."""

    def __init__(
        self, hass: HomeAssistant, trigger: DeviceTrigger, on_fire: Callable[[], None]
    ) -> None:
        self.changes: Listeners[[]] = Listeners()
        self._hass = hass
        self._trigger = trigger
        self._on_fire = on_fire
        self._footing: _Footing | None = None
        self._detach: CALLBACK_TYPE | None = None
        self._stops: list[CALLBACK_TYPE] = []

    def start(self) -> None:
        """Attach the trigger; may be called again."""
        if self._stops:
            return
        hass = self._hass
        self._stops = [
            hass.bus.async_listen(
                dr.EVENT_DEVICE_REGISTRY_UPDATED, self._device_changed, self._is_own
            ),
            hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._check),
            async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._check),
        ]
        self._check()
        self._stops.append(async_at_started(hass, self._check))

    def stop(self) -> None:
        """Detach the trigger."""
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()
        self._footing = None
        self._replace(None)

    @callback
    def _is_own(self, data: dr.EventDeviceRegistryUpdatedData) -> bool:
        return data["device_id"] == self._trigger.device_id

    @callback
    def _device_changed(self, _: object) -> None:
        if self.is_lost:
            self._footing = None
        self._check()

    @callback
    def _check(self, *_: object) -> None:
        footing = self._read_footing()
        if footing is None:
            self._footing = None
            self._replace(None)
            self._set_lost(is_lost=True)
        elif footing != self._footing:
            self._footing = footing
            # While its integration reloads, a trigger stays as it is.
            if footing.is_loaded or (footing.is_started and self._detach is None):
                self._hass.async_create_background_task(
                    self._attach(footing), f"{DOMAIN} device trigger"
                )

    def _read_footing(self) -> _Footing | None:
        """Return what the trigger depends on, or None if some of it was removed."""
        hass, trigger = self._hass, self._trigger
        device = dr.async_get(hass).async_get(trigger.device_id)
        entity_id = entity_id_of(hass, trigger.entity)
        if device is None or (trigger.entity and entity_id is None):
            return None
        entry = hass.config_entries.async_get_entry(device.config_entry_id)
        return _Footing(
            entity_id,
            is_loaded=entry is not None and entry.state is ConfigEntryState.LOADED,
            is_started=hass.state is CoreState.running,
        )

    async def _attach(self, footing: _Footing) -> None:
        detach: CALLBACK_TYPE | None = None
        if (configs := await _validated(self._hass, self._trigger)) is not None:
            detach = await async_initialize_triggers(
                self._hass,
                configs,
                self._fired,
                DOMAIN,
                self._trigger.device_id,
                self._log,
            )
        if self._footing is not footing:  # something changed meanwhile
            _detach(detach)
            return
        self._replace(detach)
        self._set_lost(is_lost=detach is None)

    def _log(
        self, level: int, message: str, *, exc_info: BaseException | None = None
    ) -> None:
        device_id = self._trigger.device_id
        _LOGGER.log(level, "%s device %s", message, device_id, exc_info=exc_info)

    @callback
    def _fired(self, _: Mapping[str, Any], _context: Context | None = None) -> None:
        self._on_fire()

    def _replace(self, detach: CALLBACK_TYPE | None) -> None:
        before, self._detach = self._detach, detach
        _detach(before)

    def _set_lost(self, *, is_lost: bool) -> None:
        if self.is_lost is not is_lost:
            self.is_lost = is_lost
            self.changes.call()


def _detach(detach: CALLBACK_TYPE | None) -> None:
    if detach is None:
        return
    try:
        detach()
    except Exception:
        _LOGGER.exception("A device trigger could not be detached")
