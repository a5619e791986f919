"""The WebSocket commands of residents and owner, each authorised for the person who is connected."""

from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import async_response, websocket_command
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.model import Decision, GrantKey, normal_unit
from ..api.acceptance import told_checks
from ..api.commands import (
    async_acting,
    async_confirm_resident,
    async_pause,
    async_renew_link,
    async_resume,
    async_revoke_link,
    async_veto_grant,
    check,
)
from ..api.entries_view import MOST_ENTRIES, Wanted, async_told_entries
from ..api.export import (
    MOST_NOTICE,
    MOST_RECORDS,
    VERIFIER,
    async_told_records,
    async_verified,
    read_verifier,
    take_page,
)
from ..api.lookup import instant, named_courier, named_door
from ..api.overview import seen_by, told_grants, told_together
from ..api.permissions import Deed
from ..api.rules_schema import (
    RULES_FIELDS,
    async_rules_faults,
    async_set_rules,
    told_change,
    told_rules,
)
from ..api.spreadsheet import async_sheet
from ..api.subscriptions import Changes
from ..building.building import Building
from ..const import DOMAIN
from ..notifications.text import texts
from .commands import Call, command
from .owners_commands import OWNERS_COMMANDS

_RESIDENT: Final[VolDictType] = {vol.Required("resident"): str}
_UNIT: Final[VolDictType] = {vol.Optional("unit"): str}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register the commands."""
    for handler in (_overview, _subscribe, *COMMANDS, *OWNERS_COMMANDS):
        websocket_api.async_register_command(hass, handler)


@websocket_command({vol.Required("type"): f"{DOMAIN}/overview"})
@async_response
async def _overview(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Tell of all buildings that the user has to do with; a stranger has none."""
    seen: list[JsonObjectType] = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        building: Building = entry.runtime_data
        actor = await async_acting(building, connection.context(msg))
        if (glance := seen_by(building, actor)) is not None:
            seen.append(glance)
    connection.send_result(msg["id"], told_together(hass, seen))


@websocket_command({vol.Required("type"): f"{DOMAIN}/subscribe"})
@async_response
async def _subscribe(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the overview, and from then on which parts of it change, until unsubscribed."""
    changes = Changes(
        hass,
        connection.context(msg),
        lambda event: connection.send_event(msg["id"], event),
    )
    connection.subscriptions[msg["id"]] = changes.stop
    connection.send_result(msg["id"])
    await changes.async_start()


@command("rules/get", _RESIDENT)
async def _get_rules(call: Call) -> JsonValueType:
    resident = call.resident
    check(call.actor, Deed.READ_RULES, resident)
    return told_rules(call.building.hass, resident, call.building.rulebook.of(resident.id))


@command("rules/set", {**_RESIDENT, **RULES_FIELDS})
async def _set_rules(call: Call) -> JsonValueType:
    resident = call.resident
    changed = await async_set_rules(call.building, call.actor, resident, call.message)
    return told_change(call.building, call.actor, resident, changed)


@command("rules/check", {**_RESIDENT, **RULES_FIELDS, vol.Optional("language", default="en"): str})
async def _check_rules(call: Call) -> JsonValueType:
    """Say all that is wrong with rules, without setting any."""
    faults = await async_rules_faults(
        call.building, call.actor, call.resident, call.message, call.message["language"]
    )
    return {"faults": list[JsonValueType](faults)}


@command(
    "entries",
    {
        vol.Optional("limit", default=50): vol.All(int, vol.Range(1, MOST_ENTRIES)),
        vol.Optional("before"): vol.Any(vol.All(int, vol.Range(min=1)), instant),
        vol.Optional("door"): str,
        vol.Optional("courier"): str,
        vol.Optional("decision"): vol.In([Decision.ADMITTED.value, Decision.REFUSED.value]),
    },
)
async def _entries(call: Call) -> JsonValueType:
    """Tell of the newest entries; `before` is the number of a record or a time."""
    building, asked = call.building, call.message
    check(call.actor, Deed.READ_ENTRIES)
    before = asked.get("before")
    door, courier = asked.get("door"), asked.get("courier")
    limit = asked["limit"]
    wanted = Wanted(
        limit + 1,  # one more says whether there is another page
        before=None if isinstance(before, int) else before,
        before_record=before if isinstance(before, int) else None,
        door_id=None if door is None else named_door(building, door).id,
        courier_id=None if courier is None else named_courier(building, courier).id,
        decision=None if "decision" not in asked else Decision(asked["decision"]),
    )
    told = await async_told_entries(building, call.actor, wanted)
    page = told[:limit]
    return {
        "entries": list[JsonValueType](page),
        "next": page[-1]["record"] if len(told) > limit else None,
    }


@command("grants", {})
async def _grants(call: Call) -> JsonValueType:
    return told_grants(call.building, call.actor)


@command("check_access", {vol.Required("door"): str, **_UNIT, vol.Optional("at"): instant})
async def _check_access(call: Call) -> JsonValueType:
    check(call.actor, Deed.CHECK_ACCESS)
    door = named_door(call.building, call.message["door"])
    at = call.message.get("at") or dt_util.utcnow()
    return told_checks(call.building, call.actor, door, at, call.unit)


@command(
    "veto_grant",
    {
        vol.Required("courier"): str,
        vol.Required("grant_id"): str,
        vol.Required("unit"): str,
    },
)
async def _veto_grant(call: Call) -> JsonValueType:
    unit = normal_unit(call.message["unit"])
    check(call.actor, Deed.VETO_GRANT, unit=unit)
    courier = named_courier(call.building, call.message["courier"])
    key = GrantKey(courier.id, call.message["grant_id"])
    await async_veto_grant(call.building, call.actor, key, unit)
    return None


@command("pause", {**_UNIT, vol.Optional("until"): instant})
async def _pause(call: Call) -> JsonValueType:
    await async_pause(call.building, call.actor, call.unit, call.message.get("until"))
    return None


@command("resume", _UNIT)
async def _resume(call: Call) -> JsonValueType:
    await async_resume(call.building, call.actor, call.unit)
    return None


@command("residents/confirm", _RESIDENT)
async def _confirm(call: Call) -> JsonValueType:
    await async_confirm_resident(call.building, call.actor, call.resident)
    return None


@command("link/renew", _RESIDENT)
async def _renew_link(call: Call) -> JsonValueType:
    """Renew a personal link; it goes to the resident, never to whoever had it renewed."""
    await async_renew_link(call.building, call.actor, call.resident)
    return None


@command("link/revoke", _RESIDENT)
async def _revoke_link(call: Call) -> JsonValueType:
    await async_revoke_link(call.building, call.actor, call.resident)
    return None


@command(
    "export",
    {
        vol.Optional("after", default=0): vol.All(int, vol.Range(min=0)),
        vol.Optional("limit", default=MOST_RECORDS): vol.All(int, vol.Range(1, MOST_RECORDS)),
    },
)
async def _export(call: Call) -> JsonValueType:
    take_page(call.building, call.actor)
    return await async_told_records(
        call.building, call.actor, call.message["after"], call.message["limit"]
    )


@command(
    "export/entries",
    {
        vol.Optional("before"): vol.All(int, vol.Range(min=1)),
        vol.Optional("limit", default=MOST_ENTRIES): vol.All(int, vol.Range(1, MOST_ENTRIES)),
        vol.Optional("language", default="en"): str,
    },
)
async def _export_entries(call: Call) -> JsonValueType:
    """Write entries as CSV, page by page."""
    take_page(call.building, call.actor)
    wanted = Wanted(call.message["limit"], before_record=call.message.get("before"))
    said = await texts(call.building.hass, call.message["language"])
    sheet = await async_sheet(call.building, call.actor, said, wanted)
    return {"csv": sheet.written, "next": sheet.next}


@command("export/verifier", {})
async def _export_verifier(call: Call) -> JsonValueType:
    """Hand over the program that checks an export anywhere."""
    take_page(call.building, call.actor)
    written = await call.building.hass.async_add_executor_job(read_verifier)
    return {"name": VERIFIER.name, "program": written}


@command("verify", {vol.Optional("notice"): vol.All(str, vol.Length(max=MOST_NOTICE))})
async def _verify(call: Call) -> JsonValueType:
    return await async_verified(call.building, call.actor, call.message.get("notice"))


COMMANDS: Final = (
    _get_rules,
    _set_rules,
    _check_rules,
    _entries,
    _grants,
    _check_access,
    _veto_grant,
    _pause,
    _resume,
    _confirm,
    _renew_link,
    _revoke_link,
    _export,
    _export_entries,
    _export_verifier,
    _verify,
)
