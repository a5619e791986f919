"""The WebSocket commands: schemas, parsing, and results. `api/` holds the handlers."""

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
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.model import EntryDecision, Resident, normal_unit
from ..api.acceptance import CHECK_FIELDS, check_access
from ..api.commands import (
    async_check_rules,
    async_confirm_resident,
    async_issue_grant,
    async_pause,
    async_renew_link,
    async_resume,
    async_revise_grant,
    async_revoke_grant,
    async_revoke_link,
    async_set_rules,
    async_veto_grant,
    get_rules,
    set_hours,
)
from ..api.courier_test import async_test_courier
from ..api.delivery_schema import DELIVERY_FIELDS, REVISION_FIELDS, read_delivery
from ..api.entries_view import MOST_ENTRIES, async_count_visits, async_get_entries
from ..api.export import (
    MOST_NOTIFICATION,
    MOST_RECORDS,
    VERIFIER,
    async_export_records,
    async_export_verifier,
    async_verify,
)
from ..api.lookup import (
    LANGUAGE,
    instant,
    loaded_building,
    named_door,
    named_resident,
    present_building,
)
from ..api.orders import (
    ORDER_FIELDS,
    async_set_order,
    async_withdraw_order,
    get_order_sources,
    get_orders,
)
from ..api.overview import async_overview, get_grants, issue_view
from ..api.owner_view import async_get_building, async_is_in_setup, hours_view
from ..api.passes import (
    async_make_pass,
    async_renew_address_code,
    async_revoke_pass,
    async_turn_codes_on,
    get_passes,
)
from ..api.permissions import Actor, async_acting
from ..api.questions import async_answer_question
from ..api.rules_schema import RULES_FIELDS, InvalidRules
from ..api.spreadsheet import async_export_entries
from ..api.subscriptions import Changes
from ..building.building import Building
from ..const import CONF_WINDOWS, DOMAIN
from .door.trial import async_trial_path
from .pages import LIST_PATH, NOTICE_PATH, async_owners_path
from .qr_code import QrCode

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


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a command for a building."""

    building: Building
    actor: Actor
    message: Mapping[str, Any]

    @property
    def resident(self) -> Resident:
        """The resident that the call names."""
        return named_resident(self.building, self.message["resident"])

    @property
    def unit(self) -> str | None:
        """The unit that the call names; None is the whole building."""
        named: str | None = self.message.get("unit")
        return None if named is None else normal_unit(named)


type Handler = Callable[[Call], Awaitable[JsonValueType]]

COMMANDS: Final[list[WebSocketCommandHandler]] = []
"""The commands for a building."""


def command(
    name: str, fields: VolDictType, *, needs_ledger: bool = True
) -> Callable[[Handler], None]:
    """Make a command for a building from a function that returns the result.

    A command that needs no ledger works for a building without its ledger, too.
    """
    find = loaded_building if needs_ledger else present_building

    def decorate(handler: Handler) -> None:
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
                result = await handler(Call(building, actor, msg))
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

        COMMANDS.append(answer)

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
    view = await async_get_building(call.building, call.actor)
    hass, entry = call.building.hass, call.building.entry
    links: JsonObjectType = {
        "notice": async_owners_path(hass, NOTICE_PATH, entry.entry_id),
        "residents": async_owners_path(hass, LIST_PATH, entry.entry_id),
    }
    return {**view, "links": links}


@command("couriers/test", {vol.Required("courier"): str}, needs_ledger=False)
async def _test_courier(call: Call) -> JsonValueType:
    courier = call.message["courier"]
    tried = await async_test_courier(call.building, call.actor, courier)
    return {"found": tried.found.value, "why": tried.why}


@command("hours/set", {vol.Required(CONF_WINDOWS): dict}, needs_ledger=False)
async def _set_hours(call: Call) -> JsonValueType:
    set_hours(call.building, call.actor, call.message[CONF_WINDOWS])
    return {"hours": hours_view(call.building.entry)}


_RESIDENT: Final[VolDictType] = {vol.Required("resident"): str}
_UNIT: Final[VolDictType] = {vol.Optional("unit"): str}


@callback
def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register the commands."""
    for handler in (_overview, _subscribe, *COMMANDS):
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


@command("rules/get", _RESIDENT)
async def _get_rules(call: Call) -> JsonValueType:
    return get_rules(call.building, call.actor, call.resident)


@command("rules/set", {**_RESIDENT, **RULES_FIELDS})
async def _set_rules(call: Call) -> JsonValueType:
    return await async_set_rules(call.building, call.actor, call.resident, call.message)


@command(
    "rules/check",
    {**_RESIDENT, **RULES_FIELDS, vol.Optional("language", default="en"): LANGUAGE},
)
async def _check_rules(call: Call) -> JsonValueType:
    faults = await async_check_rules(
        call.building, call.actor, call.resident, call.message, call.message["language"]
    )
    return {"faults": faults}


@command(
    "entries",
    {
        vol.Optional("limit", default=50): vol.All(int, vol.Range(1, MOST_ENTRIES)),
        vol.Optional("before"): vol.Any(vol.All(int, vol.Range(min=1)), instant),
        vol.Optional("door"): str,
        vol.Optional("courier"): str,
        vol.Optional("decision"): vol.In([each.value for each in EntryDecision]),
    },
)
async def _entries(call: Call) -> JsonValueType:
    """Return the newest entries; `before` is the number of a record or a time."""
    message = call.message
    decision = message.get("decision")
    return await async_get_entries(
        call.building,
        call.actor,
        message["limit"],
        before=message.get("before"),
        door_id=message.get("door"),
        courier=message.get("courier"),
        decision=None if decision is None else EntryDecision(decision),
    )


@command("entries/by_hour", {})
async def _entries_by_hour(call: Call) -> JsonValueType:
    return await async_count_visits(call.building, call.actor)


@command("grants", {})
async def _grants(call: Call) -> JsonValueType:
    return get_grants(call.building, call.actor)


@command("check_access", {vol.Required("door"): str, **CHECK_FIELDS})
async def _check_access(call: Call) -> JsonValueType:
    return check_access(call.building, call.actor, call.message["door"], call.message)


@command(
    "veto_grant",
    {
        vol.Required("courier"): str,
        vol.Required("grant_id"): str,
        vol.Required("unit"): str,
    },
)
async def _veto_grant(call: Call) -> None:
    courier, grant_id = call.message["courier"], call.message["grant_id"]
    unit = normal_unit(call.message["unit"])
    await async_veto_grant(call.building, call.actor, courier, grant_id, unit)


@command("pause", {**_UNIT, vol.Optional("until"): instant})
async def _pause(call: Call) -> None:
    await async_pause(call.building, call.actor, call.unit, call.message.get("until"))


@command("resume", _UNIT)
async def _resume(call: Call) -> None:
    await async_resume(call.building, call.actor, call.unit)


@command("residents/confirm", _RESIDENT)
async def _confirm(call: Call) -> None:
    await async_confirm_resident(call.building, call.actor, call.resident)


@command("link/renew", _RESIDENT)
async def _renew_link(call: Call) -> None:
    await async_renew_link(call.building, call.actor, call.resident)


@command("link/revoke", _RESIDENT)
async def _revoke_link(call: Call) -> None:
    await async_revoke_link(call.building, call.actor, call.resident)


@command(
    "grants/issue",
    {vol.Required("courier"): str, vol.Required("door"): str, **DELIVERY_FIELDS},
)
async def _issue_grant(call: Call) -> JsonValueType:
    courier, delivery = (
        call.message["courier"],
        read_delivery(call.building, call.message),
    )
    door = named_door(call.building, call.message["door"])
    return issue_view(
        await async_issue_grant(call.building, call.actor, courier, door, delivery)
    )


_GRANT: Final[VolDictType] = {
    vol.Required("courier"): str,
    vol.Required("grant_id"): str,
}


@command("grants/revise", {**_GRANT, vol.Optional("door"): str, **REVISION_FIELDS})
async def _revise_grant(call: Call) -> JsonValueType:
    courier, grant_id = call.message["courier"], call.message["grant_id"]
    named = call.message.get("door")
    door = None if named is None else named_door(call.building, named)
    return issue_view(
        await async_revise_grant(
            call.building, call.actor, courier, grant_id, call.message, door
        )
    )


@command("grants/revoke", _GRANT)
async def _revoke_grant(call: Call) -> None:
    courier, grant_id = call.message["courier"], call.message["grant_id"]
    await async_revoke_grant(call.building, call.actor, courier, grant_id)


@command("passes/make", _GRANT)
async def _make_pass(call: Call) -> JsonValueType:
    courier, grant_id = call.message["courier"], call.message["grant_id"]
    made = await async_make_pass(call.building, call.actor, courier, grant_id)
    hass, entry = call.building.hass, call.building.entry
    qr = await hass.async_add_executor_job(_qr_view, made["link"])
    trial = (
        async_trial_path(hass, entry, str(made["door_id"]))
        if await async_is_in_setup(call.building, call.actor)
        else None
    )
    return made | {"qr": qr, "trial": trial}


def _qr_view(link: JsonValueType) -> JsonValueType:
    """Return the QR code of a link for a front end that draws it."""
    if not isinstance(link, str):
        return None
    code = QrCode.of(link)
    return {"side": code.side, "path": code.path}


@command("passes", {})
async def _passes(call: Call) -> JsonValueType:
    return {"passes": get_passes(call.building, call.actor)}


@command("passes/revoke", {vol.Required("pass"): str})
async def _revoke_pass(call: Call) -> None:
    await async_revoke_pass(call.building, call.actor, call.message["pass"])


@command("address_code/renew", _RESIDENT)
async def _renew_address_code(call: Call) -> JsonValueType:
    return await async_renew_address_code(call.building, call.actor, call.resident)


@command("orders", {})
async def _orders(call: Call) -> JsonValueType:
    return {"orders": get_orders(call.building, call.actor)}


@command("orders/set", {**_RESIDENT, **ORDER_FIELDS})
async def _set_order(call: Call) -> JsonValueType:
    return await async_set_order(call.building, call.actor, call.resident, call.message)


@command("orders/withdraw", {vol.Required("order"): str})
async def _withdraw_order(call: Call) -> None:
    await async_withdraw_order(call.building, call.actor, call.message["order"])


@command("orders/sources", _RESIDENT)
async def _order_sources(call: Call) -> JsonValueType:
    return get_order_sources(call.building, call.actor, call.resident)


@command(
    "questions/answer",
    {vol.Required("question"): str, vol.Required("admit"): bool},
)
async def _answer_question(call: Call) -> None:
    question, admit = call.message["question"], call.message["admit"]
    await async_answer_question(call.building, call.actor, question, admit=admit)


@command("codes/turn_on", {vol.Required("door"): str})
async def _turn_codes_on(call: Call) -> None:
    door = named_door(call.building, call.message["door"])
    await async_turn_codes_on(call.building, call.actor, door)


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
    after, limit = call.message["after"], call.message["limit"]
    return await async_export_records(call.building, call.actor, after, limit)


@command(
    "export/entries",
    {
        vol.Optional("before"): vol.All(int, vol.Range(min=1)),
        vol.Optional("limit", default=MOST_ENTRIES): vol.All(
            int, vol.Range(1, MOST_ENTRIES)
        ),
        vol.Optional("language", default="en"): LANGUAGE,
    },
)
async def _export_entries(call: Call) -> JsonValueType:
    message = call.message
    limit, before, language = (
        message["limit"],
        message.get("before"),
        message["language"],
    )
    return await async_export_entries(
        call.building, call.actor, limit, before, language
    )


@command("export/verifier", {})
async def _export_verifier(call: Call) -> JsonValueType:
    program = await async_export_verifier(call.building, call.actor)
    return {"name": VERIFIER.name, "program": program}


@command(
    "verify",
    {vol.Optional("notification"): vol.All(str, vol.Length(max=MOST_NOTIFICATION))},
)
async def _verify(call: Call) -> JsonValueType:
    return await async_verify(
        call.building, call.actor, call.message.get("notification")
    )
