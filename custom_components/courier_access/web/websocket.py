"""The panel's WebSocket commands, from the table of commands."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import (
    ERR_HOME_ASSISTANT_ERROR,
    ERR_INVALID_FORMAT,
    ERR_NOT_FOUND,
    ERR_UNAUTHORIZED,
    WebSocketCommandHandler,
)
from homeassistant.components.websocket_api.decorators import (
    async_response,
    websocket_command,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ..api.lookup import loaded_building, present_building
from ..api.overview import async_overview
from ..api.schemas import InvalidRules
from ..api.subscriptions import Changes
from ..const import DOMAIN
from ..home_assistant.host import settings_in_effect
from .command_table import COMMANDS, Command, Handler, Of, async_call

NOT_FOUND: Final = frozenset(
    {
        "no_grant_for_pass",
        "no_such_building",
        "no_such_courier",
        "no_such_door",
        "no_such_order",
        "no_such_question",
        "no_such_resident",
        "nothing_to_revise",
        "nothing_to_revoke",
        "nothing_to_veto",
    }
)
"""Errors about something that doesn't exist."""

INVALID: Final = frozenset({"no_witness", "pause_in_the_past", "pause_too_long"})
_NOT_ALLOWED: Final = ("not_allowed_", "not_your_unit")
_NAMED: Final[Mapping[Of, VolDictType]] = {
    of: {vol.Required(of.value): str} for of in (Of.DOOR, Of.RESIDENT)
}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register the commands."""
    commands = [_for_panel(*each) for each in COMMANDS.items() if each[1].panel]
    for handler in (_overview, _subscribe, *commands):
        websocket_api.async_register_command(hass, handler)


@websocket_command({vol.Required("type"): f"{DOMAIN}/overview"})
@async_response
async def _overview(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    overview = await async_overview(hass, connection.context(msg))
    connection.send_result(msg["id"], overview)


@websocket_command({vol.Required("type"): f"{DOMAIN}/subscribe"})
@async_response
async def _subscribe(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the overview, then which parts of it change, until unsubscribed."""
    changes = Changes(
        hass,
        connection.context(msg),
        lambda event: connection.send_event(msg["id"], event),
    )
    connection.subscriptions[msg["id"]] = changes.stop
    connection.send_result(msg["id"])
    await changes.async_start()


def _for_panel(handler: Handler, command: Command) -> WebSocketCommandHandler:
    find = loaded_building if command.needs_ledger else present_building

    @websocket_command(
        {
            vol.Required("type"): f"{DOMAIN}/{command.panel}",
            vol.Required("building"): str,
            **_NAMED.get(command.of, {}),
            **command.fields,
        }
    )
    @async_response
    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
    ) -> None:
        try:
            await settings_in_effect(hass, msg["building"])
            building = find(hass, msg["building"])
            context = connection.context(msg)
            result = await async_call(handler, building, msg, context)
        except HomeAssistantError as err:
            connection.send_error(
                msg["id"],
                _code(err),
                str(err),
                translation_key=err.translation_key,
                translation_domain=err.translation_domain,
                translation_placeholders=err.translation_placeholders,
            )
        else:
            connection.send_result(msg["id"], result)

    return answer


def _code(err: HomeAssistantError) -> str:
    key = err.translation_key or ""
    if key.startswith(_NOT_ALLOWED):
        return ERR_UNAUTHORIZED
    if key in NOT_FOUND:
        return ERR_NOT_FOUND
    if isinstance(err, InvalidRules) or key in INVALID:
        return ERR_INVALID_FORMAT
    return ERR_HOME_ASSISTANT_ERROR
