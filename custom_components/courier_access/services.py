"""The integration's actions, each addressed by the device it concerns."""

from typing import Final

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType
import voluptuous as vol

from .access.model import GrantKey, normal_unit
from .addressing import building_of, door_of, instant, named_courier, resident_of
from .checks import told_checks
from .const import CONF_UNIT, DOMAIN
from .ledger.passed_on import Message
from .permissions import Deed
from .readings import MOST_ENTRIES, Wanted, async_told_entries
from .residents import (
    async_acting,
    async_confirm_resident,
    async_notify_recipients,
    async_pause,
    async_renew_link,
    async_resume,
    async_revoke_link,
    async_veto_grant,
    check,
)
from .rules_form import RULES_FIELDS, async_set_rules, told_change, told_rules
from .taking_home import MOST_NOTICE, async_verified

ATTR_AT: Final = "at"
ATTR_LIMIT: Final = "limit"
ATTR_BEFORE: Final = "before"
ATTR_UNTIL: Final = "until"
ATTR_COURIER: Final = "courier"
ATTR_GRANT_ID: Final = "grant_id"
ATTR_NOTICE: Final = "notice"
ATTR_ENTRY_ID: Final = "entry_id"
ATTR_MESSAGE: Final = "message"
ATTR_TITLE: Final = "title"
ATTR_IMAGE: Final = "image"

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
        vol.Optional(ATTR_LIMIT, default=50): vol.All(vol.Coerce(int), vol.Range(1, MOST_ENTRIES)),
        vol.Optional(ATTR_BEFORE): instant,
    }
)
NOTIFY_RECIPIENTS = vol.Schema(
    {
        **_DEVICE,
        vol.Required(ATTR_ENTRY_ID): cv.string,
        vol.Required(ATTR_MESSAGE): vol.All(cv.string, str.strip, vol.Length(1, MOST_MESSAGE)),
        vol.Optional(ATTR_TITLE): vol.All(cv.string, str.strip, vol.Length(max=MOST_TITLE)),
        vol.Optional(ATTR_IMAGE): cv.string,
    }
)
PAUSE = vol.Schema({**_DEVICE, **_UNIT, vol.Optional(ATTR_UNTIL): instant})
RESUME = vol.Schema({**_DEVICE, **_UNIT})
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
    {**_DEVICE, vol.Optional(ATTR_NOTICE): vol.All(cv.string, vol.Length(max=MOST_NOTICE))}
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    register = hass.services.async_register
    optional, only = SupportsResponse.OPTIONAL, SupportsResponse.ONLY
    register(DOMAIN, "set_rules", _set_rules, SET_RULES, supports_response=optional)
    register(DOMAIN, "get_rules", _get_rules, GET_RULES, supports_response=only)
    register(DOMAIN, "check_access", _check_access, CHECK_ACCESS, supports_response=only)
    register(DOMAIN, "get_entries", _get_entries, GET_ENTRIES, supports_response=only)
    register(DOMAIN, "notify_recipients", _notify_recipients, NOTIFY_RECIPIENTS)
    register(DOMAIN, "pause", _pause, PAUSE)
    register(DOMAIN, "resume", _resume, RESUME)
    register(DOMAIN, "veto_grant", _veto_grant, VETO_GRANT)
    register(DOMAIN, "confirm_resident", _confirm_resident, CONFIRM_RESIDENT)
    register(DOMAIN, "renew_link", _renew_link, RENEW_LINK)
    register(DOMAIN, "revoke_link", _revoke_link, REVOKE_LINK)
    register(DOMAIN, "verify_ledger", _verify_ledger, VERIFY_LEDGER, supports_response=only)


async def _set_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    actor = await async_acting(building, call.context)
    changed = await async_set_rules(building, actor, resident, call.data)
    return told_change(building, actor, resident, changed) if call.return_response else None


async def _get_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    check(await async_acting(building, call.context), Deed.READ_RULES, resident)
    return told_rules(call.hass, resident, building.rulebook.of(resident.id))


async def _check_access(call: ServiceCall) -> ServiceResponse:
    """Say what couriers would be answered for a unit, without anything happening."""
    building, door = door_of(call)
    actor = await async_acting(building, call.context)
    at = call.data.get(ATTR_AT) or dt_util.utcnow()
    return told_checks(building, actor, door, at, call.data.get(CONF_UNIT))


async def _get_entries(call: ServiceCall) -> ServiceResponse:
    building, door = building_of(call)
    wanted = Wanted(
        call.data[ATTR_LIMIT],
        before=call.data.get(ATTR_BEFORE),
        door_id=None if door is None else door.id,
    )
    actor = await async_acting(building, call.context)
    told = await async_told_entries(building, actor, wanted)
    return {"entries": list[JsonValueType](told)}


async def _notify_recipients(call: ServiceCall) -> None:
    """Pass an automation's message on to those whom an entry was for; it is not told who they are."""
    building, door = building_of(call)
    actor = await async_acting(building, call.context)
    message = Message(
        call.data[ATTR_MESSAGE],
        call.data.get(ATTR_TITLE) or None,
        call.data.get(ATTR_IMAGE) or None,
    )
    await async_notify_recipients(building, actor, call.data[ATTR_ENTRY_ID], door, message)


async def _pause(call: ServiceCall) -> None:
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    await async_pause(building, actor, _unit(call), call.data.get(ATTR_UNTIL))


async def _resume(call: ServiceCall) -> None:
    building, _ = building_of(call)
    await async_resume(building, await async_acting(building, call.context), _unit(call))


async def _veto_grant(call: ServiceCall) -> None:
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    unit = normal_unit(call.data[CONF_UNIT])
    check(actor, Deed.VETO_GRANT, unit=unit)
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
    await async_renew_link(building, await async_acting(building, call.context), resident)


async def _revoke_link(call: ServiceCall) -> None:
    building, resident = resident_of(call)
    await async_revoke_link(building, await async_acting(building, call.context), resident)


async def _verify_ledger(call: ServiceCall) -> ServiceResponse:
    """Check the whole record, and whether the record that an earlier notice was of is still in it."""
    building, _ = building_of(call)
    actor = await async_acting(building, call.context)
    return await async_verified(building, actor, call.data.get(ATTR_NOTICE) or None)


def _unit(call: ServiceCall) -> str | None:
    """Return the unit that an action names, None for the whole building."""
    named: str | None = call.data.get(CONF_UNIT)
    return None if named is None else normal_unit(named)
