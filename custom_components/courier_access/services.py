"""The integration's actions, each addressed by the device or entity it concerns."""

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
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType
import voluptuous as vol

from .access.model import Decision, GrantKey, normal_unit
from .api.acceptance import checks_view
from .api.commands import (
    async_acting,
    async_confirm_resident,
    async_issue_grant,
    async_notify_recipients,
    async_renew_link,
    async_revoke_grant,
    async_revoke_link,
    async_veto_grant,
    check,
    invalid,
)
from .api.entries_view import MOST_ENTRIES, EntryFilter, async_entries_view
from .api.export import (
    MOST_NOTICE,
    MOST_RECORDS,
    async_records_view,
    async_verified,
    take_page,
)
from .api.lookup import building_of, door_of, instant, named_courier, resident_of
from .api.overview import grants_view, issue_view
from .api.permissions import Permission
from .api.rules_schema import RULES_FIELDS, async_set_rules, change_view, rules_view
from .api.spreadsheet import async_sheet
from .const import CONF_UNIT, DOMAIN
from .contract.messages import ENTRIES, REFERENCE, UNITS
from .grants.by_residents import Delivery
from .ledger.outbox.expand import Message
from .notifications.text import texts
from .switch import CourierAccess

ATTR_AT: Final = "at"
ATTR_LIMIT: Final = "limit"
ATTR_BEFORE: Final = "before"
ATTR_UNTIL: Final = "until"
ATTR_COURIER: Final = "courier"
ATTR_GRANT_ID: Final = "grant_id"
ATTR_FORMAT: Final = "format"
ATTR_PAGE: Final = "page"
ATTR_LANGUAGE: Final = "language"
ATTR_UNITS: Final = "units"
ATTR_STARTS_AT: Final = "starts_at"
ATTR_ENDS_AT: Final = "ends_at"
ATTR_MAX_ENTRIES: Final = "max_entries"
ATTR_PARCEL_REF: Final = "parcel_ref"
ATTR_NOTICE: Final = "notice"
ATTR_ENTRY_ID: Final = "entry_id"
ATTR_MESSAGE: Final = "message"
ATTR_TITLE: Final = "title"
ATTR_IMAGE: Final = "image"

CSV: Final = "csv"
JSON: Final = "json"
MOST_MESSAGE: Final = 500
MOST_TITLE: Final = 100
"""How many characters are passed on at the most: a phone shows no more."""

_DEVICE = {vol.Required(ATTR_DEVICE_ID): cv.string}
_UNIT = {vol.Optional(CONF_UNIT): cv.string}
SET_RULES = vol.Schema({**_DEVICE, **RULES_FIELDS})
GET_RULES = vol.Schema(_DEVICE)
CHECK_ACCESS = vol.Schema({**_DEVICE, **_UNIT, vol.Optional(ATTR_AT): instant})
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
GET_GRANTS = vol.Schema(_DEVICE)
ISSUE_GRANT = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_COURIER): cv.string,
        vol.Required(ATTR_UNITS): vol.All(cv.ensure_list, UNITS),
        vol.Optional(ATTR_STARTS_AT): instant,
        vol.Required(ATTR_ENDS_AT): instant,
        vol.Optional(ATTR_MAX_ENTRIES, default=1): vol.All(vol.Coerce(int), ENTRIES),
        vol.Optional(ATTR_PARCEL_REF): vol.All(cv.string, str.strip, REFERENCE),
    }
)
REVOKE_GRANT = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_COURIER): cv.string,
        vol.Required(ATTR_GRANT_ID): cv.string,
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
        vol.Optional(ATTR_LANGUAGE): cv.string,
    }
)
PAUSE: Final[VolDictType] = {**_UNIT, vol.Optional(ATTR_UNTIL): instant}
RESUME: Final[VolDictType] = {**_UNIT}
VETO_GRANT = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_COURIER): cv.string,
        vol.Required(ATTR_GRANT_ID): cv.string,
        vol.Required(CONF_UNIT): cv.string,
    }
)
CONFIRM_RESIDENT = vol.Schema(_DEVICE)
RENEW_LINK = vol.Schema(_DEVICE)
REVOKE_LINK = vol.Schema(_DEVICE)
VERIFY_LEDGER = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_NOTICE): vol.All(cv.string, vol.Length(max=MOST_NOTICE)),
    }
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    register = hass.services.async_register
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    register(DOMAIN, "set_rules", _set_rules, SET_RULES, supports_response=optional)
    register(DOMAIN, "get_rules", _get_rules, GET_RULES, supports_response=only)
    register(
        DOMAIN, "check_access", _check_access, CHECK_ACCESS, supports_response=only
    )
    register(DOMAIN, "get_entries", _get_entries, GET_ENTRIES, supports_response=only)
    register(
        DOMAIN,
        "export_entries",
        _export_entries,
        EXPORT_ENTRIES,
        supports_response=only,
    )
    register(DOMAIN, "get_grants", _get_grants, GET_GRANTS, supports_response=only)
    register(
        DOMAIN, "issue_grant", _issue_grant, ISSUE_GRANT, supports_response=optional
    )
    register(DOMAIN, "revoke_grant", _revoke_grant, REVOKE_GRANT)
    register(DOMAIN, "notify_recipients", _notify_recipients, NOTIFY_RECIPIENTS)
    register(DOMAIN, "veto_grant", _veto_grant, VETO_GRANT)
    register(DOMAIN, "confirm_resident", _confirm_resident, CONFIRM_RESIDENT)
    register(DOMAIN, "renew_link", _renew_link, RENEW_LINK)
    register(DOMAIN, "revoke_link", _revoke_link, REVOKE_LINK)
    register(
        DOMAIN, "verify_ledger", _verify_ledger, VERIFY_LEDGER, supports_response=only
    )
    register(DOMAIN, "pause", _on_switches, cv.make_entity_service_schema(PAUSE))
    register(DOMAIN, "resume", _on_switches, cv.make_entity_service_schema(RESUME))


async def _set_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    actor = await async_acting(building, call.context)
    changed = await async_set_rules(building, actor, resident, call.data)
    return (
        change_view(building, actor, resident, changed)
        if call.return_response
        else None
    )


async def _get_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    check(await async_acting(building, call.context), Permission.READ_RULES, resident)
    return rules_view(call.hass, resident, building.rulebook.of(resident.id))


async def _check_access(call: ServiceCall) -> ServiceResponse:
    """Say what couriers would be answered for a unit, without anything happening."""
    building, door = door_of(call)
    actor = await async_acting(building, call.context)
    at = call.data.get(ATTR_AT) or dt_util.utcnow()
    return checks_view(building, actor, door, at, call.data.get(CONF_UNIT))


async def _get_entries(call: ServiceCall) -> ServiceResponse:
    building, door = building_of(call)
    wanted = EntryFilter(
        call.data[ATTR_LIMIT],
        before=call.data.get(ATTR_BEFORE),
        door_id=None if door is None else door.id,
    )
    actor = await async_acting(building, call.context)
    told = await async_entries_view(building, actor, wanted)
    return {"entries": list[JsonValueType](told)}


async def _export_entries(call: ServiceCall) -> ServiceResponse:
    """Hand over a page of the entries as a table, or of the whole record as it was sealed."""
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    take_page(building, actor)
    page: int | None = call.data.get(ATTR_PAGE)
    limit: int = call.data[ATTR_LIMIT]
    if call.data[ATTR_FORMAT] == JSON:
        return await async_records_view(building, actor, page or 0, limit)
    said = await texts(call.hass, call.data.get(ATTR_LANGUAGE))
    sheet = await async_sheet(
        building, actor, said, EntryFilter(limit, before_record=page)
    )
    return {"csv": sheet.written, "next": sheet.next}


async def _get_grants(call: ServiceCall) -> ServiceResponse:
    building, door = building_of(call)
    return grants_view(building, await async_acting(building, call.context), door)


async def _issue_grant(call: ServiceCall) -> ServiceResponse:
    """Issue a grant in a courier's name; where nobody reads the response, one that is refused is an error."""
    building, door = door_of(call)
    actor = await async_acting(building, call.context)
    delivery = Delivery(
        units=call.data[ATTR_UNITS],
        starts_at=call.data.get(ATTR_STARTS_AT) or dt_util.utcnow(),
        ends_at=call.data[ATTR_ENDS_AT],
        max_entries=call.data[ATTR_MAX_ENTRIES],
        parcel_ref=call.data.get(ATTR_PARCEL_REF) or None,
    )
    courier = named_courier(building, call.data[ATTR_COURIER])
    issue = await async_issue_grant(building, actor, courier, door, delivery)
    if call.return_response:
        return issue_view(issue)
    if issue.verdict.decision is Decision.REFUSED:
        raise invalid("grant_refused", reason=issue.verdict.reason)
    return None


async def _revoke_grant(call: ServiceCall) -> None:
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    courier = named_courier(building, call.data[ATTR_COURIER])
    await async_revoke_grant(
        building, actor, GrantKey(courier.id, call.data[ATTR_GRANT_ID])
    )


async def _notify_recipients(call: ServiceCall) -> None:
    """Pass an automation's message on to those whom an entry was for; it is not told who they are."""
    building, door = building_of(call)
    actor = await async_acting(building, call.context)
    message = Message(
        call.data[ATTR_MESSAGE],
        call.data.get(ATTR_TITLE) or None,
        call.data.get(ATTR_IMAGE) or None,
    )
    await async_notify_recipients(
        building, actor, call.data[ATTR_ENTRY_ID], door, message
    )


async def _on_switches(call: ServiceCall) -> None:
    """Pass an entity action on to the switches *Courier access* that it targets.

    Home Assistant's own helper leaves config entities out of devices and areas, and does nothing without an error if no
    entity is left: a pause that didn't happen must not look like one.
    """
    selected = target.async_extract_referenced_entity_ids(
        call.hass, target.TargetSelection(call.data), primary_entities_only=False
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
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    unit = normal_unit(call.data[CONF_UNIT])
    check(actor, Permission.VETO_GRANT, unit=unit)
    courier = named_courier(building, call.data[ATTR_COURIER])
    key = GrantKey(courier.id, call.data[ATTR_GRANT_ID])
    await async_veto_grant(building, actor, key, unit)


async def _confirm_resident(call: ServiceCall) -> None:
    building, resident = resident_of(call)
    actor = await async_acting(building, call.context)
    await async_confirm_resident(building, actor, resident)


async def _renew_link(call: ServiceCall) -> None:
    """Renew a personal link, which is told to the resident alone."""
    building, resident = resident_of(call)
    await async_renew_link(
        building, await async_acting(building, call.context), resident
    )


async def _revoke_link(call: ServiceCall) -> None:
    building, resident = resident_of(call)
    await async_revoke_link(
        building, await async_acting(building, call.context), resident
    )


async def _verify_ledger(call: ServiceCall) -> ServiceResponse:
    """Check the whole record, and whether the record that an earlier notice was of is still in it."""
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    return await async_verified(building, actor, call.data.get(ATTR_NOTICE) or None)
