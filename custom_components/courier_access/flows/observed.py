"""Subentry flow of other courier access: what reports it, and at which door."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from homeassistant.components.binary_sensor.const import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    EventEntityCapabilityAttribute,
)
from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import (
    DeviceSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..const import (
    CONF_CONTACT,
    CONF_COOL_DOWN,
    CONF_DEVICE,
    CONF_DOOR,
    CONF_EVENT_TYPES,
    CONF_NAME,
    CONF_SOURCE,
    CONF_TRIGGER,
    DEFAULT_COOL_DOWN,
    DOMAIN,
    MAX_COOL_DOWN,
    MIN_COOL_DOWN,
    SubentryType,
)
from ..hass.device_triggers import DeviceTrigger, offered_triggers, trigger_labels
from ..hass.entities import entity_id_of, reference_of
from .door import is_group, is_ours, openers_of_other_doors
from .forms import Answers, PartFlow, named_choice, whole_number

SOURCE_DOMAINS = (BINARY_SENSOR_DOMAIN, EVENT_DOMAIN)


class SourceProblem(StrEnum):
    """Reasons why other courier access can't be reported this way; the error keys."""

    UNSUPPORTED = "source_unsupported"
    MISSING = "source_missing"
    OURS = "source_ours"
    GROUP = "source_group"
    CONTACT = "source_contact"
    DEVICE_MISSING = "device_missing"
    DEVICE_OURS = "device_ours"
    NO_TRIGGERS = "device_no_triggers"


def source_problem(hass: HomeAssistant, entity_id: str | None) -> SourceProblem | None:
    """Return why the entity can't report other courier access.

    A door's contact sensor would record residents' comings and goings (promise 6).
    """
    if entity_id is None or (state := hass.states.get(entity_id)) is None:
        return SourceProblem.MISSING
    if state.domain not in SOURCE_DOMAINS:
        return SourceProblem.UNSUPPORTED
    if is_ours(hass, entity_id):
        return SourceProblem.OURS
    if is_group(hass, state):
        return SourceProblem.GROUP
    if entity_id in _contacts(hass):
        return SourceProblem.CONTACT
    return None


async def usable_triggers(
    hass: HomeAssistant, device_id: str
) -> list[DeviceTrigger] | SourceProblem:
    """Return the device's triggers, without those that residents surely cause, too.

    A door's opener and its contact sensor would record their comings and goings
    (promise 6). If there are none, return why the device can't report other courier
    access.
    """
    if (device := dr.async_get(hass).async_get(device_id)) is None:
        return SourceProblem.DEVICE_MISSING
    entry = hass.config_entries.async_get_entry(device.config_entry_id)
    if entry is not None and entry.domain == DOMAIN:
        return SourceProblem.DEVICE_OURS
    refused = _contacts(hass) | openers_of_other_doors(hass, None)
    usable = [
        trigger
        for trigger in await offered_triggers(hass, device_id)
        if (entity_id := entity_id_of(hass, trigger.entity)) is None
        or not (entity_id in refused or is_ours(hass, entity_id))
    ]
    return usable or SourceProblem.NO_TRIGGERS


def _contacts(hass: HomeAssistant) -> set[str | None]:
    """Return the contact sensors of all doors in any building."""
    return {
        entity_id_of(hass, door.data.get(CONF_CONTACT))
        for building in hass.config_entries.async_entries(DOMAIN)
        for door in building.get_subentries_of_type(SubentryType.DOOR)
    }


def reports_events(entity_id: str) -> bool:
    """Return whether the entity is an event entity, whose types can be chosen."""
    return split_entity_id(entity_id)[0] == EVENT_DOMAIN


def entity_fields(doors: Mapping[str, str]) -> dict[vol.Marker, object]:
    """Return the fields that choose a door and the entity that reports."""
    source = EntitySelectorConfig(filter={"domain": list(SOURCE_DOMAINS)})
    return {
        vol.Required(CONF_DOOR): named_choice(doors),
        vol.Required(CONF_SOURCE): EntitySelector(source),
    }


def device_fields(doors: Mapping[str, str]) -> dict[vol.Marker, object]:
    """Return the fields that choose a door and the device that reports."""
    return {
        vol.Required(CONF_DOOR): named_choice(doors),
        vol.Required(CONF_DEVICE): DeviceSelector(),
    }


def event_types_fields(
    hass: HomeAssistant, entity_id: str, data: Mapping[str, Any]
) -> dict[vol.Marker, object]:
    """Return the field that chooses event types, with the current ones chosen.

    Of another source's, only those count that this one has, too.
    """
    state = hass.states.get(entity_id)
    name = EventEntityCapabilityAttribute.EVENT_TYPES
    own: list[str] = [] if state is None else state.attributes.get(name, [])
    is_same = entity_id_of(hass, data.get(CONF_SOURCE)) == entity_id
    chosen: list[str] = data.get(CONF_EVENT_TYPES, [])
    current = [one for one in chosen if is_same or one in own]
    types = SelectSelectorConfig(
        options=list(dict.fromkeys([*own, *current])),
        multiple=True,
        mode=SelectSelectorMode.LIST,
    )
    field = vol.Optional(CONF_EVENT_TYPES, description={"suggested_value": current})
    return {field: SelectSelector(types)}


async def triggers_fields(
    hass: HomeAssistant, triggers: Iterable[DeviceTrigger], data: Mapping[str, Any]
) -> dict[vol.Marker, object]:
    """Return the field that chooses a device's trigger, with the current one chosen."""
    labels = await trigger_labels(hass, triggers)
    current = current_trigger(data)
    suggestion = current.key if current and current.key in labels else None
    field = vol.Required(CONF_TRIGGER, description={"suggested_value": suggestion})
    return {field: named_choice(labels)}


def current_trigger(data: Mapping[str, Any]) -> DeviceTrigger | None:
    """Return the device trigger that reports now, if one does."""
    config = data.get(CONF_TRIGGER)
    return None if config is None else DeviceTrigger.from_config(config)


def current_choice(hass: HomeAssistant, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the current door, and the entity or device, to suggest them."""
    trigger = current_trigger(data)
    choice = {
        CONF_DOOR: data[CONF_DOOR],
        CONF_SOURCE: entity_id_of(hass, data.get(CONF_SOURCE)),
        CONF_DEVICE: None if trigger is None else trigger.device_id,
    }
    return {name: value for name, value in choice.items() if value is not None}


def entity_data(
    hass: HomeAssistant, entity_id: str, event_types: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the data of an entity that reports."""
    return {
        CONF_SOURCE: reference_of(hass, entity_id),
        CONF_EVENT_TYPES: list(event_types),
    }


def trigger_data(key: str) -> dict[str, Any]:
    """Return the data of a device trigger that reports."""
    return {CONF_TRIGGER: DeviceTrigger(key).config}


class ObservedFlow(PartFlow):
    """Adds and changes other courier access."""

    _answers: dict[str, Any]
    _entity_id: str
    _triggers: list[DeviceTrigger]

    async def async_step_user(self, user_input: Answers = None) -> SubentryFlowResult:
        """Ask what reports it."""
        return self._ask_what_reports("user")

    async def async_step_reconfigure(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask what reports it from now on."""
        return self._ask_what_reports("reconfigure")

    async def async_step_entity(self, user_input: Answers = None) -> SubentryFlowResult:
        """Ask for the name, door, and entity."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._answers = user_input
            errors = self._courier_name_errors(user_input)
            entity_id = entity_id_of(self.hass, user_input[CONF_SOURCE])
            if problem := source_problem(self.hass, entity_id):
                errors[CONF_SOURCE] = problem
            elif entity_id is not None and not errors:
                self._entity_id = entity_id
                if reports_events(entity_id):
                    return await self.async_step_event_types()
                return self._finish(entity_data(self.hass, entity_id))
        return self._ask("entity", entity_fields(self._doors), user_input, errors)

    async def async_step_event_types(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask which types of events are uses."""
        if user_input is not None:
            event_types = user_input.get(CONF_EVENT_TYPES, ())
            return self._finish(entity_data(self.hass, self._entity_id, event_types))
        fields = event_types_fields(self.hass, self._entity_id, self._current)
        return self._form("event_types", fields)

    async def async_step_device(self, user_input: Answers = None) -> SubentryFlowResult:
        """Ask for the name, door, and device."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._answers = user_input
            errors = self._courier_name_errors(user_input)
            triggers = await usable_triggers(self.hass, user_input[CONF_DEVICE])
            if isinstance(triggers, SourceProblem):
                errors[CONF_DEVICE] = triggers
            elif not errors:
                self._triggers = triggers
                return await self.async_step_trigger()
        return self._ask("device", device_fields(self._doors), user_input, errors)

    async def async_step_trigger(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask which of the device's triggers is a use."""
        if user_input is not None:
            return self._finish(trigger_data(user_input[CONF_TRIGGER]))
        fields = await triggers_fields(self.hass, self._triggers, self._current)
        return self._form("trigger", fields)

    def _ask_what_reports(self, step_id: str) -> SubentryFlowResult:
        if not self._doors:
            return self.async_abort(reason="no_doors")
        return self._menu(step_id, "entity", "device")

    def _ask(
        self,
        step_id: str,
        fields: Mapping[vol.Marker, object],
        user_input: Answers,
        errors: Mapping[str, str],
    ) -> SubentryFlowResult:
        cool_down = whole_number(MIN_COOL_DOWN, MAX_COOL_DOWN, UnitOfTime.SECONDS)
        all_fields = {
            vol.Required(CONF_NAME): TextSelector(),
            **fields,
            vol.Required(CONF_COOL_DOWN, default=DEFAULT_COOL_DOWN): cool_down,
        }
        suggestions = user_input or self._suggestions()
        return self._form(step_id, all_fields, suggestions, errors, last_step=False)

    def _finish(self, reporter: Mapping[str, Any]) -> SubentryFlowResult:
        kept = (CONF_NAME, CONF_DOOR, CONF_COOL_DOWN)
        return self._save({name: self._answers[name] for name in kept} | dict(reporter))

    def _suggestions(self) -> dict[str, Any]:
        """Return the current settings, or the only door."""
        doors = self._doors
        if self._changed is None:
            return {CONF_DOOR: next(iter(doors))} if len(doors) == 1 else {}
        current = current_choice(self.hass, self._current)
        if current[CONF_DOOR] not in doors:
            del current[CONF_DOOR]
        kept = (CONF_NAME, CONF_COOL_DOWN)
        return {name: self._current[name] for name in kept} | current
