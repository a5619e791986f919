"""Fix flows of a building's issues."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import Context
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..api.permissions import Actor, Permission, async_acting
from ..building.building import Building, CourierAccessConfigEntry
from ..const import (
    CONF_COOL_DOWN,
    CONF_DEVICE,
    CONF_DOOR,
    CONF_EVENT_TYPES,
    CONF_OPENER,
    CONF_SOURCE,
    CONF_TRIGGER,
    DOMAIN,
)
from ..couriers.keys import CourierKeys
from ..hass.device_triggers import DeviceTrigger
from ..hass.entities import entity_id_of
from ..notifications.times import write_for_issue
from .door import OPENER_FIELDS, opened_by, opener_problem, openers_of_other_doors
from .forms import Answers, names_of_doors
from .observed import (
    SourceProblem,
    current_choice,
    device_fields,
    entity_data,
    entity_fields,
    event_types_fields,
    reports_events,
    source_problem,
    trigger_data,
    triggers_fields,
    usable_triggers,
)

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

type FixAction = Callable[[Building, Actor, str], Awaitable[None]]
"""Fixes a building's issue with that subject as an actor."""


@dataclass(frozen=True, slots=True)
class FixPlan:
    """A fix that only needs a confirmation, and the permission that it requires.

    `placeholders` returns details for the form, which only its owner reads. It raises
    AbortFlow if the subject was removed.
    """

    permission: Permission
    do: FixAction
    placeholders: Callable[[Building, str], Mapping[str, str]] = (
        lambda _building, _subject: _NOTHING
    )


class BuildingFix(RepairsFlow):
    """Fixes an issue of a building or of its part with the id `subject`."""

    def __init__(self, entry_id: str, subject: str) -> None:
        self._entry_id = entry_id
        self._subject = subject

    async def _acting(self, permission: Permission) -> tuple[Building, Actor]:
        """Return the building and the actor.

        Raises AbortFlow if the building isn't loaded or the actor isn't allowed.
        """
        entry: CourierAccessConfigEntry | None = (
            self.hass.config_entries.async_get_entry(self._entry_id)
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_loaded")
        building = entry.runtime_data
        actor = await async_acting(building, _caller())
        if not actor.may(permission):
            raise AbortFlow("not_allowed")
        return building, actor

    def _shown(self) -> dict[str, str]:
        """Return the placeholders of the issue, and its link to the documentation.

        The frontend shows the link only for issues that can't be fixed.
        """
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        if issue is None:
            return {}
        return {
            **(issue.translation_placeholders or {}),
            "learn_more": issue.learn_more_url or "",
        }


def _caller() -> Context:
    """Return the context of the current request; fix flows don't get one."""
    request = current_request.get()
    user = None if request is None else request.get(KEY_HASS_USER)
    return Context(user_id=None if user is None else user.id)


class ConfirmedFix(BuildingFix):
    """Runs a fix once it is confirmed."""

    def __init__(self, repair: FixPlan, entry_id: str, subject: str) -> None:
        super().__init__(entry_id, subject)
        self._repair = repair

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show the confirmation."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: Answers = None) -> RepairsFlowResult:
        """Run the fix if it is confirmed."""
        building, actor = await self._acting(self._repair.permission)
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._repair.do(building, actor, self._subject)
            except HomeAssistantError as err:
                errors["base"] = err.translation_key or "failed"
            else:
                return self.async_create_entry(data={})
        placeholders = self._repair.placeholders(building, self._subject)
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders={
                **self._shown(),
                "now": write_for_issue(dt_util.utcnow(), building.zone()),
                **placeholders,
            },
        )


class KeysFix(BuildingFix):
    """Asks what happens to a courier's old key."""

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show the menu."""
        await self._keys()
        return self.async_show_menu(
            step_id="init",
            menu_options=["prolong", "end"],
            description_placeholders=self._shown(),
        )

    async def async_step_prolong(self, user_input: Answers = None) -> RepairsFlowResult:
        """Accept the old key for another overlap."""
        return await self._keep((await self._keys()).prolong_old(dt_util.utcnow()))

    async def async_step_end(self, user_input: Answers = None) -> RepairsFlowResult:
        """End the old key."""
        return await self._keep((await self._keys()).end_old())

    async def _keys(self) -> CourierKeys:
        """Return the courier's two keys; raise AbortFlow if it has no old key."""
        building, _ = await self._acting(Permission.REPAIR)
        courier = building.entry.subentries.get(self._subject)
        keys = CourierKeys() if courier is None else CourierKeys.read(courier.data)
        if keys.old is None:
            raise AbortFlow("not_there")
        return keys

    async def _keep(self, keys: CourierKeys) -> RepairsFlowResult:
        building, _ = await self._acting(Permission.REPAIR)
        courier = building.entry.subentries[self._subject]
        self.hass.config_entries.async_update_subentry(
            building.entry, courier, data={**courier.data, **keys.to_data()}
        )
        return self.async_create_entry(data={})


class OpenerFix(BuildingFix):
    """Asks for another opener of a door."""

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show the form."""
        return await self.async_step_opener()

    async def async_step_opener(self, user_input: Answers = None) -> RepairsFlowResult:
        """Ask for the entity, with the same rules as for a new door."""
        building, _ = await self._acting(Permission.REPAIR)
        door = building.entry.subentries.get(self._subject)
        if door is None:
            return self.async_abort(reason="not_there")
        errors: dict[str, str] = {}
        if user_input is not None:
            opener = entity_id_of(self.hass, user_input[CONF_OPENER])
            taken = openers_of_other_doors(self.hass, self._subject)
            problem = opener_problem(self.hass, opener, taken)
            if opener is not None and problem is None:
                self.hass.config_entries.async_update_subentry(
                    building.entry, door, data=opened_by(self.hass, door.data, opener)
                )
                return self.async_create_entry(data={})
            errors = {} if problem is None else {CONF_OPENER: problem}
        return self.async_show_form(
            step_id="opener",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(OPENER_FIELDS), user_input
            ),
            errors=errors,
            description_placeholders=self._shown(),
        )


class SourceFix(BuildingFix):
    """Asks for another source or door of other courier access."""

    _door_id: str
    _entity_id: str
    _triggers: list[DeviceTrigger]

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Ask what reports it now."""
        await self._observed()
        return self.async_show_menu(
            step_id="init",
            menu_options=["entity", "device"],
            description_placeholders=self._shown(),
        )

    async def async_step_entity(self, user_input: Answers = None) -> RepairsFlowResult:
        """Ask for the door and the entity, with the rules of the subentry's form."""
        building, observed = await self._observed()
        errors: dict[str, str] = {}
        if user_input is not None:
            entity_id = entity_id_of(self.hass, user_input[CONF_SOURCE])
            problem = source_problem(self.hass, entity_id)
            if entity_id is not None and problem is None:
                self._door_id, self._entity_id = user_input[CONF_DOOR], entity_id
                if reports_events(entity_id):
                    return await self.async_step_event_types()
                return await self._save(entity_data(self.hass, entity_id))
            errors = {} if problem is None else {CONF_SOURCE: problem}
        schema = vol.Schema(entity_fields(names_of_doors(building.entry)))
        suggestions = user_input or current_choice(self.hass, observed.data)
        return self._form("entity", schema, suggestions, errors)

    async def async_step_event_types(
        self, user_input: Answers = None
    ) -> RepairsFlowResult:
        """Ask which types of events are uses."""
        if user_input is not None:
            event_types = user_input.get(CONF_EVENT_TYPES, ())
            return await self._save(
                entity_data(self.hass, self._entity_id, event_types)
            )
        _, observed = await self._observed()
        schema = vol.Schema(
            event_types_fields(self.hass, self._entity_id, observed.data)
        )
        return self._form("event_types", schema)

    async def async_step_device(self, user_input: Answers = None) -> RepairsFlowResult:
        """Ask for the door and the device, with the rules of the subentry's form."""
        building, observed = await self._observed()
        errors: dict[str, str] = {}
        if user_input is not None:
            triggers = await usable_triggers(self.hass, user_input[CONF_DEVICE])
            if isinstance(triggers, SourceProblem):
                errors[CONF_DEVICE] = triggers
            else:
                self._door_id, self._triggers = user_input[CONF_DOOR], triggers
                return await self.async_step_trigger()
        schema = vol.Schema(device_fields(names_of_doors(building.entry)))
        suggestions = user_input or current_choice(self.hass, observed.data)
        return self._form("device", schema, suggestions, errors)

    async def async_step_trigger(self, user_input: Answers = None) -> RepairsFlowResult:
        """Ask which of the device's triggers is a use."""
        if user_input is not None:
            return await self._save(trigger_data(user_input[CONF_TRIGGER]))
        _, observed = await self._observed()
        schema = vol.Schema(
            await triggers_fields(self.hass, self._triggers, observed.data)
        )
        return self._form("trigger", schema)

    def _form(
        self,
        step_id: str,
        schema: vol.Schema,
        suggestions: Answers = None,
        errors: dict[str, str] | None = None,
    ) -> RepairsFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, suggestions),
            errors=errors,
            description_placeholders=self._shown(),
        )

    async def _observed(self) -> tuple[Building, ConfigSubentry]:
        """Return the building and the subentry; raise AbortFlow if it was removed."""
        building, _ = await self._acting(Permission.REPAIR)
        observed = building.entry.subentries.get(self._subject)
        if observed is None or not names_of_doors(building.entry):
            raise AbortFlow("not_there")
        return building, observed

    async def _save(self, reporter: Mapping[str, object]) -> RepairsFlowResult:
        building, observed = await self._observed()
        self.hass.config_entries.async_update_subentry(
            building.entry,
            observed,
            data={
                CONF_DOOR: self._door_id,
                CONF_COOL_DOWN: observed.data[CONF_COOL_DOWN],
                **reporter,
            },
        )
        return self.async_create_entry(data={})
