"""Read-only tools that let an assistant answer questions about couriers."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, override
from zoneinfo import ZoneInfo

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, State, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from .api.access_log import async_read_entries, entry_view
from .api.overview import get_grants, is_visible, resident_view
from .api.permissions import Actor, async_acting
from .building.building import Building
from .const import DOMAIN
from .home_assistant.clock import home_assistants_zone
from .ledger.state.entries import EntryFilter
from .notifications.targets import MOBILE_APP

ATTR_HOURS: Final = "hours"
MAX_HOURS: Final = 31 * 24
MAX_ENTRIES: Final = 50

# No more than an answer needs: the model may run in a cloud.
_ENTRY_FIELDS: Final = ("at", "courier", "door", "decision", "reason", "outcome")
_GRANT_FIELDS: Final = ("courier", "door", "starts_at", "ends_at")
_RESIDENT_FIELDS: Final = ("accepting", "shut", "next_change")
_STATE_FIELDS: Final = (
    "event_type",
    "courier",
    "door",
    "reason",
    "outcome",
    "cause",
    "message",
    "start_time",
    "end_time",
    "paused_until",
    "next_change",
)
_TIME_FIELDS: Final = frozenset(
    {
        "at",
        "starts_at",
        "ends_at",
        "next_change",
        "start_time",
        "end_time",
        "paused_until",
    }
)


def _exposed_entities(
    hass: HomeAssistant, building: Building, assistant: str
) -> list[er.RegistryEntry]:
    entries = er.async_entries_for_config_entry(
        er.async_get(hass), building.entry.entry_id
    )
    return [
        entry
        for entry in entries
        if entry.disabled_by is None
        and async_should_expose(hass, assistant, entry.entity_id)
    ]


def _speaker(hass: HomeAssistant, llm_context: LLMContext) -> Context:
    """Return the user's context.

    A device in a room speaks for nobody: its context is that of its last user.
    """
    if llm_context.device_id is not None:
        device = dr.async_get(hass).async_get(llm_context.device_id)
        entry = device and hass.config_entries.async_get_entry(device.config_entry_id)
        if not entry or entry.domain != MOBILE_APP:
            return Context()
    return llm_context.context or Context()


def _states_view(
    building: Building, exposed: Sequence[er.RegistryEntry], keys: Collection[str]
) -> JsonObjectType:
    """Return the states of exposed entities, which every user can read."""
    hass = building.hass
    states = (
        hass.states.get(each.entity_id)
        for each in exposed
        if each.translation_key in keys
    )
    zone = building.zone()
    # Home Assistant writes calendars' times in its own zone, without an offset.
    own = home_assistants_zone(hass)
    return {
        "entities": [
            _state_view(state, zone, own) for state in states if state is not None
        ]
    }


def _state_view(state: State, zone: ZoneInfo, own: ZoneInfo) -> JsonObjectType:
    attributes = {
        name: _local_time(value, own) if name in _TIME_FIELDS else value
        for name, value in state.attributes.items()
    }
    data = _picked(attributes, _STATE_FIELDS, zone)
    # That of an event entity is when it happened last.
    is_time = state.domain == Platform.EVENT
    shown = _local_time(state.state, zone) if is_time else state.state
    return {"name": state.name, "state": shown, **data}


def _picked(
    data: Mapping[str, Any], names: Collection[str], zone: ZoneInfo
) -> JsonObjectType:
    return {
        name: _local_time(value, zone) if name in _TIME_FIELDS else value
        for name, value in data.items()
        if name in names
    }


def _delivery_view(
    data: Mapping[str, Any], names: Collection[str], zone: ZoneInfo
) -> JsonObjectType:
    """Return a visit or delivery, and whether it is for the user, without their unit."""
    return {**_picked(data, names, zone), "for_user": "units" in data}


def _local_time(value: Any, zone: ZoneInfo) -> JsonValueType:
    read = dt_util.parse_datetime(value) if isinstance(value, str) else value
    if not isinstance(read, datetime):
        shown: JsonValueType = value
        return shown
    instant = read.replace(tzinfo=zone) if read.tzinfo is None else read
    return instant.astimezone(zone).isoformat(timespec="seconds")


class CourierTool(Tool):
    """A tool that answers for each exposed building."""

    states: tuple[str, ...]
    """The entities that say the same to a user who may not read the building's data."""
    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        arguments = self.parameters(tool_input.tool_args)
        data: list[JsonValueType] = []
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            building: Building = entry.runtime_data
            exposed = _exposed_entities(hass, building, llm_context.assistant)
            if not exposed or building.fault is not None:
                continue
            actor = await async_acting(building, _speaker(hass, llm_context))
            view = (
                await self._building_data(building, actor, arguments)
                if is_visible(actor)
                else _states_view(building, exposed, self.states)
            )
            data.append({"building": entry.title, **view})
        return ToolResult(data={"buildings": data})

    @abstractmethod
    async def _building_data(
        self, building: Building, actor: Actor, arguments: JsonObjectType
    ) -> JsonObjectType:
        """Return the data of one building."""


class GetVisits(CourierTool):
    """Returns couriers' visits."""

    states = ("courier",)
    name = f"{DOMAIN}__get_visits"
    title = "Get couriers' visits"
    description = (
        "Returns which couriers came to the building's doors, when, and whether they "
        "were let in or why not, newest first. Use it for questions such as 'Has a "
        "courier been here today?'. 'for_user' says whether the delivery was for the "
        "user. If 'more' is true, there were older visits in this time that are "
        "left out."
    )
    parameters = vol.Schema(
        {
            vol.Optional(
                ATTR_HOURS, default=24, description="How many hours to look back"
            ): vol.All(vol.Coerce(int), vol.Range(1, MAX_HOURS))
        }
    )

    @override
    async def _building_data(
        self, building: Building, actor: Actor, arguments: JsonObjectType
    ) -> JsonObjectType:
        hours = arguments[ATTR_HOURS]
        assert isinstance(hours, int)
        since = dt_util.utcnow() - timedelta(hours=hours)
        newer = [
            entry
            for entry in await async_read_entries(
                building, actor, EntryFilter(MAX_ENTRIES + 1)
            )
            if entry.row.at >= since
        ]
        zone = building.zone()
        return {
            "entries": [
                _delivery_view(entry_view(entry), _ENTRY_FIELDS, zone)
                for entry in newer[:MAX_ENTRIES]
            ],
            "more": len(newer) > MAX_ENTRIES,
        }


class GetExpectedDeliveries(CourierTool):
    """Returns expected deliveries."""

    states = ("expected_deliveries", "delivery_expected")
    name = f"{DOMAIN}__get_expected_deliveries"
    title = "Get expected deliveries"
    description = (
        "Returns which deliveries are expected, at which door, and in which time "
        "window. Use it for questions such as 'Is a delivery coming today?'. 'for_user' "
        "says whether it is for the user. If 'more' is true, later deliveries are left "
        "out."
    )

    @override
    async def _building_data(
        self, building: Building, actor: Actor, arguments: JsonObjectType
    ) -> JsonObjectType:
        found, zone = get_grants(building, actor), building.zone()
        grants = found["grants"]
        assert isinstance(grants, list)
        return {
            "deliveries": [
                _delivery_view(each, _GRANT_FIELDS, zone)
                for each in grants
                if isinstance(each, dict)
            ],
            "more": found["more"],
        }


class GetAcceptance(CourierTool):
    """Returns whether couriers are accepted."""

    states = ("courier_access", "problem", "accepting_deliveries")
    name = f"{DOMAIN}__get_acceptance"
    title = "Get whether couriers are accepted"
    description = (
        "Returns whether couriers may come in now: for the building, whether all "
        "access is paused, and for each home of the user, whether the user's own rules "
        "are open (accepting), when that changes, and why no courier is let in for the "
        "home (shut; null if couriers may come). Use it for questions such as 'Are we "
        "accepting deliveries?'."
    )

    @override
    async def _building_data(
        self, building: Building, actor: Actor, arguments: JsonObjectType
    ) -> JsonObjectType:
        until, zone = building.rulebook.pauses.until(), building.zone()
        # One home needs no name.
        named = ("unit",) if len(actor.residents) > 1 else ()
        fields = (*named, *_RESIDENT_FIELDS)
        return {
            "building_paused_until": _local_time(until, zone),
            "own_homes": [
                _picked(resident_view(building, actor, each), fields, zone)
                for each in actor.residents
            ],
        }


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools if any entity is exposed to the assistant."""
    is_exposed = any(
        _exposed_entities(hass, entry.runtime_data, llm_context.assistant)
        for entry in hass.config_entries.async_loaded_entries(DOMAIN)
    )
    if api_id != LLM_API_ASSIST or not is_exposed:
        return None
    return LLMTools(tools=[GetVisits(), GetExpectedDeliveries(), GetAcceptance()])
