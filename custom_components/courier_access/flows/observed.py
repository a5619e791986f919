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
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..building.building import CourierAccessConfigEntry
from ..const import (
    CONF_CONTACT,
    CONF_COOL_DOWN,
    CONF_DOOR,
    CONF_EVENT_TYPES,
    CONF_NAME,
    CONF_SOURCE,
    DEFAULT_COOL_DOWN,
    DOMAIN,
    MAX_COOL_DOWN,
    MIN_COOL_DOWN,
    SubentryType,
)
from ..hass.entities import entity_id_of, reference_of
from .door import is_group, is_ours
from .forms import Answers, PartFlow, name_problem, whole_number

SOURCE_DOMAINS = (BINARY_SENSOR_DOMAIN, EVENT_DOMAIN)


class SourceProblem(StrEnum):
    """Reasons why an entity can't report other courier access; the error keys."""

    UNSUPPORTED = "source_unsupported"
    MISSING = "source_missing"
    OURS = "source_ours"
    GROUP = "source_group"
    CONTACT = "source_contact"


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


def doors_of(building: CourierAccessConfigEntry) -> dict[str, str]:
    """Return the building's door names by subentry ID."""
    return {
        door.subentry_id: door.title
        for door in building.get_subentries_of_type(SubentryType.DOOR)
    }


def source_fields(doors: Mapping[str, str]) -> dict[vol.Marker, object]:
    """Return the fields that choose a door and its source."""
    return {
        vol.Required(CONF_DOOR): SelectSelector(
            SelectSelectorConfig(
                options=[
                    SelectOptionDict(value=id_, label=name)
                    for id_, name in doors.items()
                ],
                mode=SelectSelectorMode.LIST,
            )
        ),
        vol.Required(CONF_SOURCE): EntitySelector(
            EntitySelectorConfig(filter={"domain": list(SOURCE_DOMAINS)})
        ),
    }


def event_types_schema(
    hass: HomeAssistant, entity_id: str, data: Mapping[str, Any]
) -> vol.Schema:
    """Return the form that chooses event types, with the current ones chosen.

    Of another source's, only those count that this one has, too.
    """
    state = hass.states.get(entity_id)
    name = EventEntityCapabilityAttribute.EVENT_TYPES
    own: list[str] = [] if state is None else state.attributes.get(name, [])
    is_same = entity_id_of(hass, data.get(CONF_SOURCE)) == entity_id
    chosen: list[str] = data.get(CONF_EVENT_TYPES, [])
    current = [one for one in chosen if is_same or one in own]
    return vol.Schema(
        {
            vol.Optional(
                CONF_EVENT_TYPES, description={"suggested_value": current}
            ): SelectSelector(
                SelectSelectorConfig(
                    options=list(dict.fromkeys([*own, *current])),
                    multiple=True,
                    mode=SelectSelectorMode.LIST,
                )
            )
        }
    )


def observed_data(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    door_id: str,
    entity_id: str,
    event_types: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the data with this door and source."""
    return {
        **data,
        CONF_DOOR: door_id,
        CONF_SOURCE: reference_of(hass, entity_id),
        CONF_EVENT_TYPES: list(event_types),
    }


class ObservedFlow(PartFlow):
    """Adds and changes other courier access."""

    _answers: dict[str, Any]
    _entity_id: str

    async def async_step_user(self, user_input: Answers = None) -> SubentryFlowResult:
        """Ask for the name, door, and source."""
        return await self._ask("user", user_input)

    async def async_step_reconfigure(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Change the name, door, and source."""
        return await self._ask("reconfigure", user_input)

    async def async_step_event_types(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask which types of events are uses."""
        if user_input is not None:
            return self._finish(user_input.get(CONF_EVENT_TYPES, ()))
        data = {} if self._changed is None else self._changed.data
        schema = event_types_schema(self.hass, self._entity_id, data)
        return self._form("event_types", schema, None)

    async def _ask(self, step_id: str, user_input: Answers) -> SubentryFlowResult:
        if not (doors := doors_of(self._get_entry())):
            return self.async_abort(reason="no_doors")
        errors: dict[str, str] = {}
        if user_input is not None:
            self._answers = {**user_input, CONF_NAME: user_input[CONF_NAME].strip()}
            errors = self._errors()
            if not errors and reports_events(self._entity_id):
                return await self.async_step_event_types()
            if not errors:
                return self._finish(())
        suggestions = user_input or self._suggestions(doors)
        return self._form(step_id, _schema(doors), suggestions, errors, last_step=False)

    def _errors(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        # Events show both kinds of names as couriers'.
        others = [
            *self._others(SubentryType.OBSERVED),
            *self._others(SubentryType.COURIER),
        ]
        names = (other.title for other in others)
        if problem := name_problem(self._answers[CONF_NAME], names):
            errors[CONF_NAME] = problem
        entity_id = entity_id_of(self.hass, self._answers[CONF_SOURCE])
        if source := source_problem(self.hass, entity_id):
            errors[CONF_SOURCE] = source
        self._entity_id = entity_id or ""
        return errors

    def _finish(self, event_types: Iterable[str]) -> SubentryFlowResult:
        answers = self._answers
        data = observed_data(
            self.hass,
            {CONF_COOL_DOWN: answers[CONF_COOL_DOWN]},
            answers[CONF_DOOR],
            self._entity_id,
            event_types,
        )
        return self._save(answers[CONF_NAME], data)

    def _suggestions(self, doors: Mapping[str, str]) -> dict[str, Any]:
        """Return the current settings, or the only door."""
        if (part := self._changed) is None:
            return {CONF_DOOR: next(iter(doors))} if len(doors) == 1 else {}
        door_id = part.data[CONF_DOOR]
        current = {
            CONF_NAME: part.title,
            CONF_COOL_DOWN: part.data[CONF_COOL_DOWN],
            CONF_DOOR: door_id if door_id in doors else None,
            CONF_SOURCE: entity_id_of(self.hass, part.data[CONF_SOURCE]),
        }
        return {name: value for name, value in current.items() if value is not None}


def _schema(doors: Mapping[str, str]) -> vol.Schema:
    return vol.Schema(
        {
            vol.Required(CONF_NAME): TextSelector(),
            **source_fields(doors),
            vol.Required(CONF_COOL_DOWN, default=DEFAULT_COOL_DOWN): whole_number(
                MIN_COOL_DOWN, MAX_COOL_DOWN, UnitOfTime.SECONDS
            ),
        }
    )
