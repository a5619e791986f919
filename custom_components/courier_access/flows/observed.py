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
from ..home_assistant.callbacks import (
    DeviceTrigger,
    entity_id_of,
    offered_triggers,
    reference_of,
    trigger_labels,
)
from .door import is_group, is_ours, openers_of_other_doors
from .forms import (
    Answers,
    PartFlow,
    choice,
    entity_field,
    parts_everywhere,
    whole_number,
)

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
    doors = parts_everywhere(hass, SubentryType.DOOR)
    return {entity_id_of(hass, door.data.get(CONF_CONTACT)) for door in doors}


class ObservedFlow(PartFlow):
    """Adds and changes other courier access."""

    _answers: dict[str, Any]
    _entity_id: str
    _triggers: list[DeviceTrigger]

    async def async_step_user(self, _: Answers) -> SubentryFlowResult:
        """Ask what reports it."""
        if not self._doors:
            return self.async_abort(reason="no_doors")
        return self._menu(self._first_step, "entity", "device")

    async_step_reconfigure = async_step_user

    async def async_step_entity(self, user_input: Answers) -> SubentryFlowResult:
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
                if split_entity_id(entity_id)[0] == EVENT_DOMAIN:
                    return await self.async_step_event_types(None)
                return self._finish_with_entity(())
        field = {vol.Required(CONF_SOURCE): entity_field(*SOURCE_DOMAINS)}
        return self._ask("entity", field, user_input, errors)

    async def async_step_event_types(self, user_input: Answers) -> SubentryFlowResult:
        """Ask which types of events are uses; of another source's, common ones stay."""
        if user_input is not None:
            return self._finish_with_entity(user_input.get(CONF_EVENT_TYPES, ()))
        state = self.hass.states.get(self._entity_id)
        name = EventEntityCapabilityAttribute.EVENT_TYPES
        own: list[str] = [] if state is None else state.attributes.get(name, [])
        is_same = self._current_source == self._entity_id
        chosen: list[str] = self._current.get(CONF_EVENT_TYPES, [])
        kept = [one for one in chosen if is_same or one in own]
        types = list(dict.fromkeys([*own, *kept]))
        field = {vol.Optional(CONF_EVENT_TYPES): choice(types, multiple=True)}
        return self._form("event_types", field, {CONF_EVENT_TYPES: kept})

    async def async_step_device(self, user_input: Answers) -> SubentryFlowResult:
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
                return await self.async_step_trigger(None)
        field = {vol.Required(CONF_DEVICE): DeviceSelector()}
        return self._ask("device", field, user_input, errors)

    async def async_step_trigger(self, user_input: Answers) -> SubentryFlowResult:
        """Ask which of the device's triggers is a use."""
        if user_input is not None:
            trigger = DeviceTrigger(user_input[CONF_TRIGGER])
            return self._finish({CONF_TRIGGER: trigger.config})
        labels = await trigger_labels(self.hass, self._triggers)
        current = self._current_trigger
        kept = {CONF_TRIGGER: current.key} if current and current.key in labels else {}
        field = {vol.Required(CONF_TRIGGER): choice(labels)}
        return self._form("trigger", field, kept)

    @property
    def _current_source(self) -> str | None:
        return entity_id_of(self.hass, self._current.get(CONF_SOURCE))

    @property
    def _current_trigger(self) -> DeviceTrigger | None:
        config = self._current.get(CONF_TRIGGER)
        return None if config is None else DeviceTrigger.from_config(config)

    def _ask(
        self,
        step_id: str,
        field: Mapping[vol.Marker, object],
        user_input: Answers,
        errors: Mapping[str, str],
    ) -> SubentryFlowResult:
        cool_down = whole_number(MIN_COOL_DOWN, MAX_COOL_DOWN, UnitOfTime.SECONDS)
        fields = {
            vol.Required(CONF_NAME): TextSelector(),
            vol.Required(CONF_DOOR): choice(self._doors),
            **field,
            vol.Required(CONF_COOL_DOWN, default=DEFAULT_COOL_DOWN): cool_down,
        }
        suggestions = user_input or self._suggestions()
        return self._form(step_id, fields, suggestions, errors, last_step=False)

    def _finish_with_entity(self, event_types: Iterable[str]) -> SubentryFlowResult:
        source = reference_of(self.hass, self._entity_id)
        return self._finish({CONF_SOURCE: source, CONF_EVENT_TYPES: list(event_types)})

    def _finish(self, reporter: Mapping[str, Any]) -> SubentryFlowResult:
        kept = (CONF_NAME, CONF_DOOR, CONF_COOL_DOWN)
        return self._save({name: self._answers[name] for name in kept} | dict(reporter))

    def _suggestions(self) -> dict[str, Any]:
        doors = self._doors
        if self._changed is None:
            return {CONF_DOOR: next(iter(doors))} if len(doors) == 1 else {}
        door, trigger = self._current[CONF_DOOR], self._current_trigger
        current = {
            CONF_NAME: self._current[CONF_NAME],
            CONF_DOOR: door if door in doors else None,
            CONF_SOURCE: self._current_source,
            CONF_DEVICE: None if trigger is None else trigger.device_id,
            CONF_COOL_DOWN: self._current[CONF_COOL_DOWN],
        }
        return {name: value for name, value in current.items() if value is not None}
