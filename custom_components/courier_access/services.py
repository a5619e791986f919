"""The integration's actions: schemas, parsing, and responses.

`api/` holds the handlers. An action targets the device or entity that it concerns.
"""

from functools import partial
from typing import Final

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service, target
from homeassistant.helpers.entity_platform import async_get_platforms
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .access.model import Decision, Proof, normal_unit
from .api.acceptance import CHECK_FIELDS, check_access
from .api.commands import (
    async_confirm_resident,
    async_issue_grant,
    async_notify_recipients,
    async_renew_link,
    async_revoke_grant,
    async_revoke_link,
    async_set_rules,
    async_veto_grant,
    get_rules,
)
from .api.delivery_schema import DELIVERY_FIELDS, read_delivery
from .api.entries_view import MOST_ENTRIES, async_get_entries
from .api.errors import invalid
from .api.export import (
    MOST_NOTIFICATION,
    MOST_RECORDS,
    async_export_records,
    async_verify,
)
from .api.lookup import LANGUAGE, building_of, door_of, instant, resident_of
from .api.overview import get_grants, issue_view
from .api.passes import async_request_entry
from .api.rules_schema import RULES_FIELDS
from .api.spreadsheet import async_export_entries
from .const import CONF_UNIT, DOMAIN, RESIDENT_LANGUAGES
from .entries.unsigned import TYPED, Shown
from .ledger.outbox.expand import Message
from .switch import CourierAccess

ATTR_LIMIT: Final = "limit"
ATTR_BEFORE: Final = "before"
ATTR_UNTIL: Final = "until"
ATTR_COURIER: Final = "courier"
ATTR_GRANT_ID: Final = "grant_id"
ATTR_FORMAT: Final = "format"
ATTR_PAGE: Final = "page"
ATTR_LANGUAGE: Final = "language"
ATTR_NOTIFICATION: Final = "notification"
ATTR_ENTRY_ID: Final = "entry_id"
ATTR_MESSAGE: Final = "message"
ATTR_TITLE: Final = "title"
ATTR_IMAGE: Final = "image"

CSV: Final = "csv"
JSON: Final = "json"
MOST_MESSAGE: Final = 500
MOST_TITLE: Final = 100
"""Maximum number of characters: a phone shows no more."""

_DEVICE = {vol.Required(ATTR_DEVICE_ID): cv.string}
_UNIT = {vol.Optional(CONF_UNIT): cv.string}
_GRANT = {vol.Required(ATTR_COURIER): cv.string, vol.Required(ATTR_GRANT_ID): cv.string}
SET_RULES = vol.Schema({**_DEVICE, **RULES_FIELDS})
ONLY_DEVICE = vol.Schema(_DEVICE)
CHECK_ACCESS = vol.Schema({**_DEVICE, **CHECK_FIELDS})
GET_ENTRIES = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_LIMIT, default=50): vol.All(
            vol.Coerce(int), vol.Range(1, MOST_ENTRIES)
        ),
        vol.Optional(ATTR_BEFORE): instant,
    }
)
NOTIFY_RECIPIENTS = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_ENTRY_ID): cv.string,
        vol.Required(ATTR_MESSAGE): vol.All(
            cv.string, str.strip, vol.Length(1, MOST_MESSAGE)
        ),
        vol.Optional(ATTR_TITLE): vol.All(
            cv.string, str.strip, vol.Length(max=MOST_TITLE)
        ),
        vol.Optional(ATTR_IMAGE): cv.string,
    }
)
ISSUE_GRANT = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_COURIER): cv.string,
        **DELIVERY_FIELDS,
    }
)
REVOKE_GRANT = vol.Schema({**_DEVICE, **_GRANT})
PROOFS: Final = {
    "pin": frozenset({Proof.PASS, Proof.ADDRESS_CODE}),
    "address_code": frozenset({Proof.ADDRESS_CODE}),
    "parcel_number": frozenset({Proof.PARCEL_NUMBER}),
}
"""The fields for a typed code, and what each may be; a keypad can't tell PINs apart."""
MOST_CODE: Final = 64
REQUEST_ENTRY = vol.Schema(
    {
        **_DEVICE,
        **{
            vol.Exclusive(field, "shown"): vol.All(cv.string, vol.Length(1, MOST_CODE))
            for field in PROOFS
        },
        vol.Exclusive("ring", "shown"): vol.All(cv.boolean, vol.In([True])),
        vol.Optional(ATTR_COURIER): cv.string,
        vol.Optional(ATTR_IMAGE): cv.string,
        vol.Optional(ATTR_LANGUAGE): vol.In(RESIDENT_LANGUAGES),
    }
)
EXPORT_ENTRIES = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_FORMAT, default=CSV): vol.In([CSV, JSON]),
        vol.Optional(ATTR_PAGE): vol.All(vol.Coerce(int), vol.Range(min=1)),
        vol.Optional(ATTR_LIMIT, default=MOST_RECORDS): vol.All(
            vol.Coerce(int), vol.Range(1, MOST_RECORDS)
        ),
        vol.Optional(ATTR_LANGUAGE): LANGUAGE,
    }
)
PAUSE: Final[VolDictType] = {**_UNIT, vol.Optional(ATTR_UNTIL): instant}
RESUME: Final[VolDictType] = {**_UNIT}
VETO_GRANT = vol.Schema({**_DEVICE, **_GRANT, vol.Required(CONF_UNIT): cv.string})
VERIFY_LEDGER = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_NOTIFICATION): vol.All(
            cv.string, vol.Length(max=MOST_NOTIFICATION)
        ),
    }
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    register = partial(hass.services.async_register, DOMAIN)
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    register("set_rules", _set_rules, SET_RULES, supports_response=optional)
    register("get_rules", _get_rules, ONLY_DEVICE, supports_response=only)
    register("check_access", _check_access, CHECK_ACCESS, supports_response=only)
    register("get_entries", _get_entries, GET_ENTRIES, supports_response=only)
    register("export_entries", _export_entries, EXPORT_ENTRIES, supports_response=only)
    register("get_grants", _get_grants, ONLY_DEVICE, supports_response=only)
    register("issue_grant", _issue_grant, ISSUE_GRANT, supports_response=optional)
    register("revoke_grant", _revoke_grant, REVOKE_GRANT)
    register(
        "request_entry",
        _request_entry,
        vol.All(REQUEST_ENTRY, cv.has_at_least_one_key(*PROOFS, "ring")),
        supports_response=optional,
    )
    register("notify_recipients", _notify_recipients, NOTIFY_RECIPIENTS)
    register("veto_grant", _veto_grant, VETO_GRANT)
    register("confirm_resident", _confirm_resident, ONLY_DEVICE)
    register("renew_link", _renew_link, ONLY_DEVICE)
    register("revoke_link", _revoke_link, ONLY_DEVICE)
    register("verify_ledger", _verify_ledger, VERIFY_LEDGER, supports_response=only)
    register("pause", _on_switches, cv.make_entity_service_schema(PAUSE))
    register("resume", _on_switches, cv.make_entity_service_schema(RESUME))


async def _set_rules(call: ServiceCall) -> ServiceResponse:
    building, actor, resident = await resident_of(call)
    changed = await async_set_rules(building, actor, resident, call.data)
    return changed if call.return_response else None


async def _get_rules(call: ServiceCall) -> ServiceResponse:
    return get_rules(*await resident_of(call))


async def _check_access(call: ServiceCall) -> ServiceResponse:
    building, actor, door = await door_of(call)
    return check_access(building, actor, door.id, call.data)


async def _get_entries(call: ServiceCall) -> ServiceResponse:
    building, actor, door = await building_of(call)
    page = await async_get_entries(
        building,
        actor,
        call.data[ATTR_LIMIT],
        before=call.data.get(ATTR_BEFORE),
        door_id=None if door is None else door.id,
    )
    return {"entries": page["entries"], "more": page["next"] is not None}


async def _export_entries(call: ServiceCall) -> ServiceResponse:
    """Return a page of the entries as CSV, or of the ledger's records as JSON."""
    building, actor, _ = await building_of(call)
    page: int | None = call.data.get(ATTR_PAGE)
    limit: int = call.data[ATTR_LIMIT]
    if call.data[ATTR_FORMAT] == JSON:
        return await async_export_records(building, actor, page or 0, limit)
    language = call.data.get(ATTR_LANGUAGE)
    return await async_export_entries(building, actor, limit, page, language)


async def _get_grants(call: ServiceCall) -> ServiceResponse:
    return get_grants(*await building_of(call))


async def _issue_grant(call: ServiceCall) -> ServiceResponse:
    """Issue a grant; without a response, report a refusal as an error."""
    building, actor, door = await door_of(call)
    courier, delivery = call.data[ATTR_COURIER], read_delivery(building, call.data)
    issue = await async_issue_grant(building, actor, courier, door, delivery)
    if call.return_response:
        return issue_view(issue)
    if issue.verdict.decision is Decision.REFUSED:
        raise invalid("grant_refused", reason=issue.verdict.reason)
    return None


async def _request_entry(call: ServiceCall) -> ServiceResponse:
    building, _, door = await door_of(call)
    code, proofs = next(
        ((call.data[field], PROOFS[field]) for field in PROOFS if field in call.data),
        (None, TYPED),
    )
    shown = Shown(
        code,
        proofs,
        courier_id=call.data.get(ATTR_COURIER),
        image=call.data.get(ATTR_IMAGE) or None,
    )
    language = call.data.get(ATTR_LANGUAGE)
    return await async_request_entry(building, door, shown, language, call.context)


async def _revoke_grant(call: ServiceCall) -> None:
    building, actor, _ = await building_of(call)
    courier, grant_id = call.data[ATTR_COURIER], call.data[ATTR_GRANT_ID]
    await async_revoke_grant(building, actor, courier, grant_id)


async def _notify_recipients(call: ServiceCall) -> None:
    building, actor, door = await building_of(call)
    message = Message(
        call.data[ATTR_MESSAGE],
        call.data.get(ATTR_TITLE) or None,
        call.data.get(ATTR_IMAGE) or None,
    )
    await async_notify_recipients(
        building, actor, call.data[ATTR_ENTRY_ID], door, message
    )


async def _on_switches(call: ServiceCall) -> None:
    """Call the **Courier access** switches that an entity action targets.

    Home Assistant's helper succeeds without any entity: a pause that didn't happen must
    be an error.
    """
    selected = target.async_extract_referenced_entity_ids(
        call.hass, target.TargetSelection(call.data)
    )
    wanted = selected.referenced | selected.indirectly_referenced
    switches = {
        entity_id: entity
        for platform in async_get_platforms(call.hass, DOMAIN)
        for entity_id, entity in platform.entities.items()
        if entity_id in wanted and isinstance(entity, CourierAccess)
    }
    if not switches or not selected.referenced <= switches.keys():
        raise invalid("no_pause_switch")
    data = service.remove_entity_service_fields(call) | {ATTR_ENTITY_ID: list(switches)}
    await service.entity_service_call(
        call.hass,
        switches,
        f"async_{call.service}",
        ServiceCall(call.hass, DOMAIN, call.service, data, context=call.context),
    )


async def _veto_grant(call: ServiceCall) -> None:
    building, actor, _ = await building_of(call)
    courier, grant_id = call.data[ATTR_COURIER], call.data[ATTR_GRANT_ID]
    unit = normal_unit(call.data[CONF_UNIT])
    await async_veto_grant(building, actor, courier, grant_id, unit)


async def _confirm_resident(call: ServiceCall) -> None:
    await async_confirm_resident(*await resident_of(call))


async def _renew_link(call: ServiceCall) -> None:
    await async_renew_link(*await resident_of(call))


async def _revoke_link(call: ServiceCall) -> None:
    await async_revoke_link(*await resident_of(call))


async def _verify_ledger(call: ServiceCall) -> ServiceResponse:
    building, actor, _ = await building_of(call)
    return await async_verify(building, actor, call.data.get(ATTR_NOTIFICATION) or None)
