"""Tools by which whoever talks to Assist asks about couriers: they read, and change nothing."""

from typing import Final, override

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from .assist import (
    Asked,
    async_asked,
    async_told_visits,
    is_exposed,
    told_acceptance,
    told_expected,
)
from .const import DOMAIN

ATTR_HOURS: Final = "hours"
MOST_HOURS: Final = 31 * 24


class CourierTool(Tool):
    """A tool that tells of every building what whoever is talking may know."""

    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Answer."""
        arguments = self.parameters(tool_input.tool_args)
        told: list[JsonValueType] = [
            {"building": asked.building.entry.title, **await self.tell(asked, arguments)}
            for asked in await async_asked(hass, llm_context)
        ]
        return ToolResult(data={"buildings": told})

    async def tell(self, asked: Asked, arguments: JsonObjectType) -> JsonObjectType:
        """Return what is told of one building."""
        raise NotImplementedError


class GetVisits(CourierTool):
    """Who has been here."""

    name = f"{DOMAIN}__get_visits"
    title = "Get couriers' visits"
    description = (
        "Tells which couriers came to the doors of the building, when, and whether they were let in or why not, the "
        "newest first. Use it for questions such as 'Has a courier been here today?'. Units are told only where the "
        "delivery was for the user."
    )
    parameters = vol.Schema(
        {
            vol.Optional(
                ATTR_HOURS, default=24, description="How many hours to look back"
            ): vol.All(vol.Coerce(int), vol.Range(1, MOST_HOURS))
        }
    )

    @override
    async def tell(self, asked: Asked, arguments: JsonObjectType) -> JsonObjectType:
        hours = arguments[ATTR_HOURS]
        assert isinstance(hours, int)
        return await async_told_visits(asked, hours)


class GetExpectedDeliveries(CourierTool):
    """What is expected."""

    name = f"{DOMAIN}__get_expected_deliveries"
    title = "Get expected deliveries"
    description = (
        "Tells which deliveries by couriers are expected, at which door and in which window of time. Use it for "
        "questions such as 'Is a delivery coming today?'."
    )

    @override
    async def tell(self, asked: Asked, arguments: JsonObjectType) -> JsonObjectType:
        return told_expected(asked)


class GetAcceptance(CourierTool):
    """Whether couriers may come."""

    name = f"{DOMAIN}__get_acceptance"
    title = "Get whether couriers are accepted"
    description = (
        "Tells whether couriers may come in now: for the building whether all access is paused, and for each unit of "
        "the user whether the user's own rules are open (accepting), when that changes, and why no courier comes in "
        "for the unit (shut, null if one may). Use it for questions such as 'Are we accepting deliveries?'."
    )

    @override
    async def tell(self, asked: Asked, arguments: JsonObjectType) -> JsonObjectType:
        return told_acceptance(asked)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools, where anything of a building is exposed to the assistant."""
    if api_id != LLM_API_ASSIST or not is_exposed(hass, llm_context.assistant):
        return None
    return LLMTools(tools=[GetVisits(), GetExpectedDeliveries(), GetAcceptance()])
