"""One WebSocket command to one building: who calls is found out, and what can't be done is told in words."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import (
    ERR_HOME_ASSISTANT_ERROR,
    ERR_INVALID_FORMAT,
    ERR_NOT_FOUND,
    ERR_UNAUTHORIZED,
    WebSocketCommandHandler,
)
from homeassistant.components.websocket_api.decorators import async_response, websocket_command
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonValueType
import voluptuous as vol

from ..access.model import Resident, normal_unit
from ..api.commands import async_acting
from ..api.lookup import loaded_building, named_resident, present_building
from ..api.permissions import Actor
from ..api.rules_schema import InvalidRules
from ..building.building import Building
from ..const import DOMAIN

NOT_FOUND: Final = frozenset(
    {
        "no_such_building",
        "no_such_courier",
        "no_such_door",
        "no_such_resident",
        "nothing_to_veto",
    }
)
"""What is said of something that isn't there."""

INVALID: Final = frozenset({"no_witness", "pause_in_the_past", "pause_too_long"})
_NOT_ALLOWED: Final = ("not_allowed_", "not_your_unit")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command, to one building."""

    building: Building
    actor: Actor
    message: Mapping[str, Any]

    @property
    def resident(self) -> Resident:
        """The resident that is named."""
        return named_resident(self.building, self.message["resident"])

    @property
    def unit(self) -> str | None:
        """The unit that is named, None for the whole building."""
        named: str | None = self.message.get("unit")
        return None if named is None else normal_unit(named)


type Handler = Callable[[Call], Awaitable[JsonValueType]]


def command(
    name: str, fields: VolDictType, *, needs_ledger: bool = True
) -> Callable[[Handler], WebSocketCommandHandler]:
    """Make a command to one building, by its config entry's id, of a function that answers.

    One that needs no ledger is answered by a building that is without, too.
    """
    find = loaded_building if needs_ledger else present_building

    def decorate(handler: Handler) -> WebSocketCommandHandler:
        @websocket_command(
            {vol.Required("type"): f"{DOMAIN}/{name}", vol.Required("building"): str, **fields}
        )
        @async_response
        async def answer(
            hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
        ) -> None:
            try:
                building = find(hass, msg["building"])
                actor = await async_acting(building, connection.context(msg))
                told = await handler(Call(building, actor, msg))
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
                connection.send_result(msg["id"], told)

        return answer

    return decorate


def _code(err: HomeAssistantError) -> str:
    key = err.translation_key or ""
    if key.startswith(_NOT_ALLOWED):
        return ERR_UNAUTHORIZED
    if key in NOT_FOUND:
        return ERR_NOT_FOUND
    if isinstance(err, InvalidRules) or key in INVALID:
        return ERR_INVALID_FORMAT
    return ERR_HOME_ASSISTANT_ERROR
