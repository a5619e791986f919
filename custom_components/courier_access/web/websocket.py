"""The WebSocket commands of residents and owner, each authorised for the person who is connected."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
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
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.model import Decision, GrantKey, Resident, normal_unit
from ..api.acceptance import checks_view
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
from ..api.courier_test import async_try_courier
from ..api.entries_view import MOST_ENTRIES, EntryFilter, async_entries_view
from ..api.export import (
    MOST_NOTICE,
    MOST_RECORDS,
    VERIFIER,
    async_records_view,
    async_verified,
    read_verifier,
    take_page,
)
from ..api.lookup import (
    instant,
    loaded_building,
    named_courier,
    named_door,
    named_resident,
    present_building,
)
from ..api.overview import buildings_view, grants_view, seen_by
from ..api.owner_view import async_building_view, hours_view
from ..api.permissions import Actor, Permission
from ..api.rules_schema import (
    RULES_FIELDS,
    InvalidRules,
    async_rules_faults,
    async_set_rules,
    change_view,
    read_week,
    rules_view,
)
from ..api.spreadsheet import async_sheet
from ..api.subscriptions import Changes
from ..building.building import Building
from ..const import CONF_WINDOWS, DOMAIN
from ..notifications.text import texts
from ..residents.directory import with_hours

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
            {
                vol.Required("type"): f"{DOMAIN}/{name}",
                vol.Required("building"): str,
                **fields,
            }
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


@command("building", {}, needs_ledger=False)
async def _building(call: Call) -> JsonValueType:
    return await async_building_view(call.building, call.actor)


@command("couriers/test", {vol.Required("courier"): str}, needs_ledger=False)
async def _test_courier(call: Call) -> JsonValueType:
    """Send a ping to a courier's address as the courier would, and say what came of it."""
    check(call.actor, Permission.TEST_COURIER)
    courier = named_courier(call.building, call.message["courier"])
    tried = await async_try_courier(call.building, call.actor, courier)
    return {"found": tried.found.value, "why": tried.why}


@command("hours/set", {vol.Required(CONF_WINDOWS): dict}, needs_ledger=False)
async def _set_hours(call: Call) -> JsonValueType:
    """Set the building's own hours, by which it is loaded anew; without any windows it has none."""
    check(call.actor, Permission.SET_HOURS)
    week = read_week(call.message[CONF_WINDOWS])
    entry = call.building.entry
    call.building.hass.config_entries.async_update_entry(
        entry, options=with_hours(entry.options, week)
    )
    return {"hours": hours_view(entry)}


OWNERS_COMMANDS: Final = (_building, _test_courier, _set_hours)


_RESIDENT: Final[VolDictType] = {vol.Required("resident"): str}
_UNIT: Final[VolDictType] = {vol.Optional("unit"): str}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register the commands."""
    for handler in (_overview, _subscribe, *COMMANDS, *OWNERS_COMMANDS):
        websocket_api.async_register_command(hass, handler)


@websocket_command({vol.Required("type"): f"{DOMAIN}/overview"})
@async_response
async def _overview(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Tell of all buildings that the user has to do with; a stranger has none."""
    seen: list[JsonObjectType] = []
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        building: Building = entry.runtime_data
        actor = await async_acting(building, connection.context(msg))
        if (glance := seen_by(building, actor)) is not None:
            seen.append(glance)
    connection.send_result(msg["id"], buildings_view(hass, seen))


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
    check(call.actor, Permission.READ_RULES, resident)
    return rules_view(
        call.building.hass, resident, call.building.rulebook.of(resident.id)
    )


@command("rules/set", {**_RESIDENT, **RULES_FIELDS})
async def _set_rules(call: Call) -> JsonValueType:
    resident = call.resident
    changed = await async_set_rules(call.building, call.actor, resident, call.message)
    return change_view(call.building, call.actor, resident, changed)


@command(
    "rules/check",
    {**_RESIDENT, **RULES_FIELDS, vol.Optional("language", default="en"): str},
)
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
        vol.Optional("decision"): vol.In(
            [Decision.ADMITTED.value, Decision.REFUSED.value]
        ),
    },
)
async def _entries(call: Call) -> JsonValueType:
    """Tell of the newest entries; `before` is the number of a record or a time."""
    building, asked = call.building, call.message
    check(call.actor, Permission.READ_ENTRIES)
    before = asked.get("before")
    door, courier = asked.get("door"), asked.get("courier")
    limit = asked["limit"]
    wanted = EntryFilter(
        limit + 1,  # one more says whether there is another page
        before=None if isinstance(before, int) else before,
        before_record=before if isinstance(before, int) else None,
        door_id=None if door is None else named_door(building, door).id,
        courier_id=None if courier is None else named_courier(building, courier).id,
        decision=None if "decision" not in asked else Decision(asked["decision"]),
    )
    told = await async_entries_view(building, call.actor, wanted)
    page = told[:limit]
    return {
        "entries": list[JsonValueType](page),
        "next": page[-1]["record"] if len(told) > limit else None,
    }


@command("grants", {})
async def _grants(call: Call) -> JsonValueType:
    return grants_view(call.building, call.actor)


@command(
    "check_access", {vol.Required("door"): str, **_UNIT, vol.Optional("at"): instant}
)
async def _check_access(call: Call) -> JsonValueType:
    check(call.actor, Permission.CHECK_ACCESS)
    door = named_door(call.building, call.message["door"])
    at = call.message.get("at") or dt_util.utcnow()
    return checks_view(call.building, call.actor, door, at, call.unit)


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
    check(call.actor, Permission.VETO_GRANT, unit=unit)
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
        vol.Optional("limit", default=MOST_RECORDS): vol.All(
            int, vol.Range(1, MOST_RECORDS)
        ),
    },
)
async def _export(call: Call) -> JsonValueType:
    take_page(call.building, call.actor)
    return await async_records_view(
        call.building, call.actor, call.message["after"], call.message["limit"]
    )


@command(
    "export/entries",
    {
        vol.Optional("before"): vol.All(int, vol.Range(min=1)),
        vol.Optional("limit", default=MOST_ENTRIES): vol.All(
            int, vol.Range(1, MOST_ENTRIES)
        ),
        vol.Optional("language", default="en"): str,
    },
)
async def _export_entries(call: Call) -> JsonValueType:
    """Write entries as CSV, page by page."""
    take_page(call.building, call.actor)
    wanted = EntryFilter(
        call.message["limit"], before_record=call.message.get("before")
    )
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
