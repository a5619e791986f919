"""List and follow the triggers that devices of other integrations offer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
import logging
from typing import Any, Self

from homeassistant.components.device_automation import (
    DeviceAutomationType,
    async_get_device_automations,
)
from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntryState
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
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.json import json_dumps_sorted
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.translation import async_get_translations
from homeassistant.helpers.trigger import (
    async_initialize_triggers,
    async_validate_trigger_config,
)
from homeassistant.util.json import json_loads_object

from ..const import DOMAIN
from .callbacks import Listeners, entity_id_of

_CATEGORY = "device_automation"
_LOGGER = logging.getLogger(__name__)
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
    entity_id = entity_id_of(hass, config.get(CONF_ENTITY_ID)) or ""
    state = hass.states.get(entity_id)
    subtype = texts.get(f"{prefix}trigger_subtype.{subtype}", str(subtype))
    text = text.replace("{entity_name}", entity_id if state is None else state.name)
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


@dataclass(frozen=True, slots=True)
class _Footing:
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

    @callback
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

    @callback
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
        detach = await self._attached()
        if self._footing is not footing:  # something changed meanwhile
            _detach(detach)
            return
        self._replace(detach)
        self._set_lost(is_lost=detach is None)

    async def _attached(self) -> CALLBACK_TYPE | None:
        if (configs := await _validated(self._hass, self._trigger)) is None:
            return None
        return await async_initialize_triggers(
            self._hass,
            configs,
            self._fired,
            DOMAIN,
            self._trigger.device_id,
            self._log,
        )

    @callback
    def _log(
        self, level: int, message: str, *, exc_info: BaseException | None = None
    ) -> None:
        device_id = self._trigger.device_id
        _LOGGER.log(level, "%s device %s", message, device_id, exc_info=exc_info)

    @callback
    def _fired(self, _: Mapping[str, Any], _context: Context | None = None) -> None:
        self._on_fire()

    @callback
    def _replace(self, detach: CALLBACK_TYPE | None) -> None:
        before, self._detach = self._detach, detach
        _detach(before)

    @callback
    def _set_lost(self, *, is_lost: bool) -> None:
        if self.is_lost is not is_lost:
            self.is_lost = is_lost
            self.changes.tell()


@callback
def _detach(detach: CALLBACK_TYPE | None) -> None:
    if detach is None:
        return
    try:
        detach()
    except Exception:
        _LOGGER.exception("A device trigger could not be detached")
