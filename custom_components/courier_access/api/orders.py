"""Give, change, withdraw, and show standing orders."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.core import split_entity_id
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType, JsonValueType
from homeassistant.util.ulid import ulid_now
import voluptuous as vol

from ..access.model import Consent, Courier, Resident
from ..access.standing_orders import (
    DEFAULT_MOST_PER_DAY,
    MOST_PER_DAY,
    Source,
    SourceKind,
    StandingOrder,
)
from ..building.building import Building
from ..const import DOMAIN
from ..grants.standing_orders import TooManyOrders, is_feed
from ..home_assistant.callbacks import (
    entity_id_of,
    integration_of,
    name_of,
    reference_of,
)
from .commands import finish_in_turn
from .lookup import invalid, named_courier
from .permissions import Actor, Permission

ORDER_FIELDS: Final[VolDictType] = {
    vol.Optional("order"): str,
    vol.Exclusive("device", "source"): str,
    vol.Exclusive("sensor", "source"): cv.entity_id,
    vol.Optional("courier"): str,
    vol.Optional("door"): str,
    vol.Optional("most_per_day"): vol.All(int, vol.Range(1, MOST_PER_DAY)),
    vol.Optional("paused"): bool,
}
"""Give an order with a source and a courier, or change the limit and pause of one."""


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
    """Return one's own orders, and to the owner, who may restrict them, the others'."""
    actor.check(Permission.READ_GRANTS)
    return [
        _view(building, actor, order)
        for order in building.standing_orders.all()
        if actor.may(Permission.RESTRICT_RULES, building.residents[order.resident_id])
    ]


def get_order_sources(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType:
    """Return what a resident may be offered as the source of an order."""
    actor.check(Permission.LOOSEN_RULES, resident)
    registry = dr.async_get(building.hass)
    devices = [
        device
        for entry in building.hass.config_entries.async_entries()
        if is_feed(entry.domain)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if device.disabled_by is None
    ]
    names = {
        state.entity_id: state.name
        for state in building.hass.states.async_all(SENSOR)
        if integration_of(building.hass, state.entity_id) != DOMAIN
    }
    by_name = sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    return {
        "devices": [
            {"device": each.id, "name": _name_of(each)}
            for each in sorted(devices, key=lambda each: _name_of(each).casefold())
        ],
        "sensors": [{"sensor": entity_id, "name": name} for entity_id, name in by_name],
    }


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
        order = earlier.changed(most_per_day=most, is_paused=is_paused)
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
        source=_source(building, given),
        courier_id=courier.id,
        door_id=_door_id(courier, given.get("door")),
        most_per_day=given.get("most_per_day", DEFAULT_MOST_PER_DAY),
        is_paused=given.get("paused", False),
    )


def _check_consent(building: Building, resident: Resident) -> None:
    rulebook = building.rulebook
    has_consented = rulebook.in_effect(resident).consent is Consent.GIVEN
    is_closed = any(
        rules.consent is Consent.WITHDRAWN for rules in rulebook.of_unit(resident.unit)
    )
    if not resident.is_confirmed or not has_consented or is_closed:
        raise invalid("consent_first")


def _source(building: Building, given: Mapping[str, Any]) -> Source:
    hass = building.hass
    if (device_id := given.get("device")) is not None:
        if dr.async_get(hass).async_get(device_id) is not None:
            return Source(SourceKind.DEVICE, device_id)
    elif (sensor := given.get("sensor")) is not None and (
        split_entity_id(sensor)[0] == SENSOR
        and integration_of(hass, sensor) != DOMAIN
        and hass.states.get(sensor) is not None
    ):
        return Source(SourceKind.SENSOR, reference_of(hass, sensor))
    raise invalid("no_such_source")


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
    courier = building.directory.couriers.get(order.courier_id)
    view: JsonObjectType = {
        "order": order.id,
        "courier_id": order.courier_id,
        "courier": None if courier is None else courier.name,
        "is_paused": order.is_paused,
    }
    resident = building.residents[order.resident_id]
    if actor.may(Permission.READ_RULES, resident):
        door = building.directory.doors.get(order.door_id)
        view |= {
            "resident": resident.id,
            "door": None if door is None else door.name,
            "source": _source_name(building, order.source),
            "most_per_day": order.most_per_day,
            "revision": order.revision,
        }
    return view


def _source_name(building: Building, source: Source) -> str | None:
    hass, reference = building.hass, source.reference
    if source.kind is SourceKind.DEVICE:
        device = dr.async_get(hass).async_get(reference)
        return None if device is None else _name_of(device)
    return None if entity_id_of(hass, reference) is None else name_of(hass, reference)


def _name_of(device: dr.BaseDeviceEntry) -> str:
    return device.name_by_user or device.name or device.id
