"""The integration's actions, each addressed by the device it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson
import voluptuous as vol

from .access.model import (
    Consent,
    Courier,
    Decision,
    Door,
    Grant,
    GrantKey,
    Resident,
    Rules,
    UnitPart,
    normal_unit,
)
from .access.policy import EntryRequest, decide
from .access.schedule import InvalidSchedule, WeekSchedule
from .addressing import building_of, door_of, resident_of
from .building import Building
from .const import CONF_CONSENT, CONF_UNIT, CONF_WINDOWS, DOMAIN
from .ledger.entries import EntryRow
from .ledger.owed import FanoutKind
from .ledger.told import Told
from .permissions import Actor, Deed
from .residents import async_acting, async_caller, async_change_rules, ledger_faults_told

ATTR_SHARE_HOURS: Final = "share_hours"
ATTR_AT: Final = "at"
ATTR_LIMIT: Final = "limit"
ATTR_BEFORE: Final = "before"
MOST_ENTRIES: Final = 500

_END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)


def _instant(value: object) -> datetime:
    """Read a time; one without a zone is one on Home Assistant's clock."""
    try:
        return dt_util.as_utc(cv.datetime(value))
    except (OverflowError, ValueError) as err:
        raise vol.Invalid("must be a time in the years 1 to 9999") from err


_DEVICE = {vol.Required(ATTR_DEVICE_ID): cv.string}
SET_RULES = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(CONF_CONSENT): cv.boolean,
        vol.Optional(CONF_WINDOWS): dict,
        vol.Optional(ATTR_SHARE_HOURS): cv.boolean,
    }
)
GET_RULES = vol.Schema(_DEVICE)
CHECK_ACCESS = vol.Schema(
    {**_DEVICE, vol.Optional(CONF_UNIT): cv.string, vol.Optional(ATTR_AT): _instant}
)
GET_ENTRIES = vol.Schema(
    {
        **_DEVICE,
        vol.Optional(ATTR_LIMIT, default=50): vol.All(vol.Coerce(int), vol.Range(1, MOST_ENTRIES)),
        vol.Optional(ATTR_BEFORE): _instant,
    }
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


async def _set_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    windows = call.data.get(CONF_WINDOWS)
    schedule = None if windows is None else _schedule(windows)
    consent, share = call.data.get(CONF_CONSENT), call.data.get(ATTR_SHARE_HOURS)

    def change(rules: Rules) -> Rules:
        if consent is not None:
            rules = replace(rules, consent=Consent.GIVEN if consent else Consent.WITHDRAWN)
        if schedule is not None:
            rules = replace(rules, schedule=schedule)
        return rules if share is None else replace(rules, share_hours=share)

    actor = await async_acting(building, call.context)
    changed = await async_change_rules(building, actor, resident, change)
    return _told_rules(resident, changed) if call.return_response else None


async def _get_rules(call: ServiceCall) -> ServiceResponse:
    building, resident = resident_of(call)
    await async_caller(building, call.context, Deed.READ_RULES, resident)
    return _told_rules(resident, building.rulebook.of(resident.id))


async def _check_access(call: ServiceCall) -> ServiceResponse:
    """Say what couriers would be answered for a unit, without anything happening."""
    building, door = door_of(call)
    actor = await async_caller(building, call.context, Deed.CHECK_ACCESS)
    at = call.data.get(ATTR_AT) or dt_util.utcnow()
    units = _units_to_check(building, actor, call.data.get(CONF_UNIT))
    return {
        "at": at.isoformat(),
        "door": door.name,
        "checks": [
            _check(building, door, courier, unit, label, at)
            for unit, label in units.items()
            for courier in building.directory.couriers.values()
            if door.id in courier.door_ids
        ],
    }


async def _get_entries(call: ServiceCall) -> ServiceResponse:
    building, door = building_of(call)
    actor = await async_caller(building, call.context, Deed.READ_ENTRIES)
    with ledger_faults_told():
        rows = await building.entries(
            call.data[ATTR_LIMIT],
            call.data.get(ATTR_BEFORE),
            None if door is None else door.id,
        )
        notices = await building.told([row.entry_id for row in rows])
    told = [_told_entry(row, notices[row.entry_id], actor) for row in rows]
    if actor.may(Deed.READ_NOTICES):
        for entry, row in zip(told, rows, strict=True):
            entry["notices"] = _told_notices(building, notices[row.entry_id])
    return {"entries": list[JsonValueType](told)}


def _schedule(windows: Mapping[str, object]) -> WeekSchedule:
    try:
        return WeekSchedule.from_mapping(windows)
    except InvalidSchedule as invalid:
        fault = invalid.faults[0]
        window = "" if fault.index is None else str(fault.index + 1)
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=f"schedule_{fault.problem}",
            translation_placeholders={
                "day": fault.day,
                "window": window,
                "place": f"{fault.day} {window}".strip(),
            },
        ) from None


def _units_to_check(building: Building, actor: Actor, asked: str | None) -> dict[str, str]:
    """Return the units to check with their names: one's own, or for the owner any."""
    labels = {resident.unit: resident.unit_label for resident in building.residents.values()}
    allowed = {
        unit: label for unit, label in labels.items() if actor.is_owner or unit in actor.units
    }
    if asked is None:
        return allowed
    unit = normal_unit(asked)
    if unit not in allowed:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_your_unit")
    return {unit: allowed[unit]}


def _check(
    building: Building, door: Door, courier: Courier, unit: str, label: str, at: datetime
) -> dict[str, JsonValueType]:
    grant = Grant(
        key=GrantKey(courier.id, ""),
        revision=1,
        door_id=door.id,
        starts_at=at,
        ends_at=_END_OF_TIME,
        max_entries=1,
        units={unit: UnitPart.ACCEPTED},
    )
    verdict = decide(EntryRequest(grant), building.rulebook.facts(courier), at)
    return {
        "courier": courier.name,
        "unit": label,
        "admitted": verdict.decision is Decision.ADMITTED,
        "reason": verdict.reason.value,
    }


def _told_rules(resident: Resident, rules: Rules) -> ServiceResponse:
    return {
        "unit": resident.unit_label,
        "revision": rules.revision,
        CONF_CONSENT: rules.consent.value,
        CONF_WINDOWS: cast("JsonObjectType", rules.schedule.to_mapping()),
        ATTR_SHARE_HOURS: rules.share_hours,
    }


def _told_entry(row: EntryRow, notices: Sequence[Told], actor: Actor) -> dict[str, JsonValueType]:
    """Tell of an entry: of unit and parcel to its recipients only (promise 2).

    Those are the residents who were told so then; whoever lives in the unit later is none.
    """
    told: dict[str, JsonValueType] = {
        "entry_id": row.entry_id,
        "record": row.seq,
        "at": row.at.isoformat(),
        "courier": row.courier_name,
        "door": row.door_name,
        "decision": row.decision.value,
        "reason": row.reason.value,
        "outcome": None if row.outcome is None else row.outcome.value,
        "lock_confirmed": row.lock_confirmed,
        "unlocked_until": None if row.unlocked_until is None else row.unlocked_until.isoformat(),
        "completed_at": None if row.completed_at is None else row.completed_at.isoformat(),
        "repeats": row.repeats,
    }
    units = orjson.loads(row.personal.get("unit_labels", "{}"))
    own = {unit: label for unit, label in units.items() if unit in actor.units}
    callers = {resident.id for resident in actor.residents}
    if own and any(notice.recipient and notice.resident_id in callers for notice in notices):
        told["units"] = list(own.values())
        told["parcel_ref"] = row.personal.get("parcel_ref")
        told["driver_ref"] = row.personal.get("driver_ref")
    return told


def _told_notices(building: Building, notices: Sequence[Told]) -> list[JsonValueType]:
    """Tell the owner how far each resident has been told.

    Only recipients are told of a refused entry, and who they are is not for others.
    """
    return [
        {
            "resident": building.residents[notice.resident_id].name
            if notice.resident_id in building.residents
            else None,
            "state": notice.state.value,
            "over": list(notice.over),
            "attempts": notice.attempts,
            "handed_over_at": None
            if notice.handed_over_at is None
            else notice.handed_over_at.isoformat(),
            "confirmed_at": None
            if notice.confirmed_at is None
            else notice.confirmed_at.isoformat(),
        }
        for notice in notices
        if notice.kind is FanoutKind.ENTRY_ADMITTED
    ]
