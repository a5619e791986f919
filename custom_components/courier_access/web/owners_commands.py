"""The WebSocket commands of a building's owner; a building that is without its ledger answers them, too."""

from typing import Final

from homeassistant.util.json import JsonValueType
import voluptuous as vol

from ..api.commands import check
from ..api.courier_test import async_try_courier
from ..api.lookup import named_courier
from ..api.owner_view import async_told_building, told_hours
from ..api.permissions import Deed
from ..api.rules_schema import read_week
from ..const import CONF_WINDOWS
from ..residents.directory import with_hours
from .commands import Call, command


@command("building", {}, needs_ledger=False)
async def _building(call: Call) -> JsonValueType:
    return await async_told_building(call.building, call.actor)


@command("couriers/test", {vol.Required("courier"): str}, needs_ledger=False)
async def _test_courier(call: Call) -> JsonValueType:
    """Send a ping to a courier's address as the courier would, and say what came of it."""
    check(call.actor, Deed.TEST_COURIER)
    courier = named_courier(call.building, call.message["courier"])
    tried = await async_try_courier(call.building, call.actor, courier)
    return {"found": tried.found.value, "why": tried.why}


@command("hours/set", {vol.Required(CONF_WINDOWS): dict}, needs_ledger=False)
async def _set_hours(call: Call) -> JsonValueType:
    """Set the building's own hours, by which it is loaded anew; without any windows it has none."""
    check(call.actor, Deed.SET_HOURS)
    week = read_week(call.message[CONF_WINDOWS])
    entry = call.building.entry
    call.building.hass.config_entries.async_update_entry(
        entry, options=with_hours(entry.options, week)
    )
    return {"hours": told_hours(entry)}


OWNERS_COMMANDS: Final = (_building, _test_courier, _set_hours)
