"""Give, change, withdraw, and show standing orders."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
from homeassistant.util.ulid import ulid_now
import voluptuous as vol

from ..access.model import Courier, Resident
from ..access.standing_orders import (
    DEFAULT_MOST_PER_DAY,
    MOST_PER_DAY,
    MOST_SOURCES,
    Fate,
    Prospect,
    StandingOrder,
)
from ..building.building import Building
from ..grants.parcel_sources import Reader, SourceReport, list_of, reader_of
from ..grants.standing_orders import TooManyOrders
from ..home_assistant.callbacks import entity_id_of, name_of, reference_of
from ..ledger.ledger import LedgerUnavailable
from .access_log import instant_view
from .commands import finish_in_turn
from .lookup import invalid, named_courier
from .permissions import Actor, Permission

ORDER_FIELDS: Final[VolDictType] = {
    vol.Optional("order"): str,
    vol.Exclusive("sensors", "source"): vol.All(
        cv.ensure_list, [cv.entity_id], vol.Length(1, MOST_SOURCES), vol.Unique()
    ),
    # What versions before 2 name: a list of the account takes its place.
    vol.Exclusive("device", "source"): str,
    vol.Exclusive("sensor", "source"): cv.entity_id,
    vol.Optional("courier"): str,
    vol.Optional("door"): str,
    vol.Optional("most_per_day"): vol.All(int, vol.Range(1, MOST_PER_DAY)),
    vol.Optional("paused"): bool,
}
"""Give an order with sources and a courier, or change those, the limit, or the pause."""


async def async_set_order(
    building: Building, actor: Actor, resident: Resident, given: Mapping[str, Any]
) -> JsonObjectType:
    """Give a standing order, or change one; only the resident may loosen it."""
    actor.check(Permission.RESTRICT_RULES, resident)
    try:
        # In turn: no consent may be withdrawn while its order is written.
        order = await finish_in_turn(building, _set(building, actor, resident, given))
    except TooManyOrders:
        raise invalid("too_many_orders") from None
    return _view(building, actor, order)


async def async_withdraw_order(building: Building, actor: Actor, order_id: str) -> None:
    """Withdraw a standing order and its open grants; leave one that is gone alone."""
    if (order := building.standing_orders.find(order_id)) is None:
        return
    actor.check(Permission.RESTRICT_RULES, building.residents[order.resident_id])
    # In turn: a change that is being written must not bring it back.
    await finish_in_turn(
        building, building.standing_orders.withdraw(order, actor.author)
    )


def get_orders(building: Building, actor: Actor) -> list[JsonValueType]:
    """Return the actor's own orders; to administrators, who may restrict them, all."""
    actor.check(Permission.READ_GRANTS)
    return [
        _view(building, actor, order)
        for order in building.standing_orders.all()
        if actor.may(Permission.RESTRICT_RULES, building.residents[order.resident_id])
    ]


async def async_get_prospects(
    building: Building, actor: Actor, unit: str | None
) -> JsonObjectType:
    """Return what becomes of what the sources of one's own orders list now.

    `parcels` is None if the ledger can't be read: the rest of a check doesn't need it.
    """
    actor.check(Permission.CHECK_ACCESS)
    orders = [
        order
        for order in building.standing_orders.all()
        if (resident := building.residents[order.resident_id]).unit in actor.units
        and unit in (None, resident.unit)
        and actor.may(Permission.READ_RULES, resident)
    ]
    parcels: list[JsonValueType] | None = None
    with suppress(LedgerUnavailable):
        # Without orders, the ledger isn't read.
        found = await building.standing_orders.prospects(orders) if orders else []
        parcels = [_prospect_view(building, each) for each in found]
    sources = dict.fromkeys(each for order in orders for each in order.sources)
    views = [_source_view(building, each) for each in sources]
    return {
        "parcels": parcels,
        "silent_sources": [each for each in views if each["is_silent"]],
    }


def _prospect_view(building: Building, prospect: Prospect) -> JsonObjectType:
    order, grant, is_forgeable = prospect.order, prospect.grant, prospect.is_forgeable
    view: JsonObjectType = {
        "order": order.id,
        "courier": _courier_name(building, prospect.courier_id),
        "unregistered_carrier": prospect.unregistered,
        "most_per_day": order.most_per_day,
        "parcel": prospect.barcode,
        "becomes": prospect.fate.value,
        "always_asks": is_forgeable if grant is None else grant.is_forgeable,
    }
    if grant is not None and prospect.fate is Fate.ANNOUNCED:
        view |= {
            "grant_id": grant.key.grant_id,
            "starts_at": grant.starts_at.isoformat(),
            "ends_at": grant.ends_at.isoformat(),
        }
    return view


def get_order_sources(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType:
    """Return what a resident may be offered as the source of an order.

    A source can be a neighbor's: no parcel of it is shown.
    """
    actor.check(Permission.LOOSEN_RULES, resident)
    hass, now = building.hass, dt_util.utcnow()
    offered = [
        (state.name, state.entity_id, reader)
        for state in hass.states.async_all(SENSOR)
        if (reader := reader_of(hass, state.entity_id)) is not None
    ]
    offered.sort(key=lambda each: (each[0].casefold(), each[1]))
    return {
        "sensors": [
            {
                "sensor": entity_id,
                "name": name,
                "notes": _notes(reader),
                **_report_view(SourceReport.read(building.host, entity_id, now)),
            }
            for name, entity_id, reader in offered
        ]
    }


def _notes(reader: Reader) -> list[JsonValueType]:
    applies = {
        "only_planned": not reader.tells_out_for_delivery,
        "strangers": reader.strangers_write,
    }
    return [note for note, is_so in applies.items() if is_so]


async def _set(
    building: Building, actor: Actor, resident: Resident, given: Mapping[str, Any]
) -> StandingOrder:
    most, is_paused = given.get("most_per_day"), given.get("paused")
    if (order_id := given.get("order")) is None:
        actor.check(Permission.LOOSEN_RULES, resident)
        order = _new(building, resident, given)
    else:
        earlier = building.standing_orders.find(order_id)
        if earlier is None or earlier.resident_id != resident.id:
            raise invalid("no_such_order")
        names_source = not given.keys().isdisjoint(_SOURCE_FIELDS)
        sources = _sources(building, given) if names_source else None
        order = earlier.changed(most_per_day=most, is_paused=is_paused, sources=sources)
        if order == earlier:
            return earlier
        if not order.restricts(earlier):
            actor.check(Permission.LOOSEN_RULES, resident)
            _check_consent(building, resident)
    await building.standing_orders.put(order, actor.author)
    return order


def _new(
    building: Building, resident: Resident, given: Mapping[str, Any]
) -> StandingOrder:
    _check_consent(building, resident)
    courier = named_courier(building, given.get("courier", ""))
    return StandingOrder(
        id=ulid_now(),
        resident_id=resident.id,
        sources=_sources(building, given),
        courier_id=courier.id,
        door_id=_door_id(courier, given.get("door")),
        most_per_day=given.get("most_per_day", DEFAULT_MOST_PER_DAY),
        is_paused=given.get("paused", False),
    )


def _check_consent(building: Building, resident: Resident) -> None:
    rulebook = building.rulebook
    consents = rulebook.consenting_unit(resident.id) is not None
    if not consents or not rulebook.keeps_orders(resident):
        raise invalid("consent_first")


_SOURCE_FIELDS: Final = ("sensors", "sensor", "device")


def _sources(building: Building, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lists that are named, or that of an account named as before."""
    hass = building.hass
    sensors = given.get("sensors", [])
    if any(reader_of(hass, each) is None for each in sensors):
        raise invalid("no_such_source")
    found = tuple(dict.fromkeys(reference_of(hass, each) for each in sensors))
    account = given.get("device", given.get("sensor"))
    if account is not None:
        found = list_of(hass, account) or ()
    if not found:
        raise invalid("no_such_source")
    return found


def _door_id(courier: Courier, door_id: str | None) -> str:
    """Return the courier's door with that ID, or its only one."""
    own = [each for each in courier.door_ids if door_id in (None, each)]
    if len(own) == 1:
        return own[0]
    if door_id is None:
        raise invalid("door_needed")
    raise invalid("no_such_door")


def _view(building: Building, actor: Actor, order: StandingOrder) -> JsonObjectType:
    """Return an order; without whose and from what to those who may only restrict it."""
    view: JsonObjectType = {
        "order": order.id,
        "courier_id": order.courier_id,
        "courier": _courier_name(building, order.courier_id),
        "is_paused": order.is_paused,
    }
    resident = building.residents[order.resident_id]
    if actor.may(Permission.READ_RULES, resident):
        door = building.directory.doors.get(order.door_id)
        sources: list[JsonValueType] = [
            _source_view(building, each) for each in order.sources
        ]
        view |= {
            "resident": resident.id,
            "door": None if door is None else door.name,
            "source": _names(building, order),
            "sources": sources,
            "most_per_day": order.most_per_day,
            "revision": order.revision,
        }
    return view


def _courier_name(building: Building, courier_id: str) -> str | None:
    courier = building.directory.couriers.get(courier_id)
    return None if courier is None else courier.name


def _names(building: Building, order: StandingOrder) -> str | None:
    hass = building.hass
    there = [each for each in order.sources if entity_id_of(hass, each) is not None]
    return ", ".join(name_of(hass, each) for each in there) or None


def _source_view(building: Building, reference: str) -> JsonObjectType:
    hass = building.hass
    report = SourceReport.read(building.host, reference, dt_util.utcnow())
    entry = er.async_get(hass).async_get(reference)
    missing = None
    # The sensor of a disabled integration keeps a state until the next start.
    if report.state is None or (entry is not None and entry.disabled):
        missing = "removed" if entry is None else "disabled"
    return {
        "sensor": entity_id_of(hass, reference),
        "name": None if missing == "removed" else name_of(hass, reference),
        "missing": missing,
        "last_parcel": report.last_parcel,
        **_report_view(report),
    }


def _report_view(report: SourceReport) -> JsonObjectType:
    """Return whether a source works, without any parcel of it."""
    state = report.state
    return {
        "changed_at": instant_view(None if state is None else state.last_updated),
        "is_silent": report.is_silent,
        "silent_since": instant_view(report.silent_since),
        "left_out": 0 if report.listing is None else report.listing.left_out,
    }
