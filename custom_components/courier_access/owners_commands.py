"""The WebSocket commands of a building's owner; a building that is without its ledger answers them, too."""

from typing import Final

from homeassistant.util.json import JsonValueType

from .commands import Call, command
from .owners_view import async_told_building


@command("building", {}, needs_ledger=False)
async def _building(call: Call) -> JsonValueType:
    return await async_told_building(call.building, call.actor)


OWNERS_COMMANDS: Final = (_building,)
