"""How an owner set a building up, told by kinds and numbers: nothing that they named, and nothing secret."""

from collections import Counter
from collections.abc import Iterable

from homeassistant.const import (
    ATTR_ASSUMED_STATE,
    ATTR_DEVICE_CLASS,
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.json import JsonObjectType, JsonValueType

from .access.hours import ALWAYS_OPEN
from .api.entries_view import told_instant
from .building.building import CourierAccessConfigEntry
from .const import CONF_ENDS_AT, CONF_KEY, CONF_KEYS, CONF_RATE_PER_MINUTE
from .contract.signature import parse_key
from .couriers.activity import couriers_heard
from .doors.openers import DoorSettings
from .hass.addresses import link_url
from .hass.entities import FollowedEntity
from .notifications.targets import routes
from .residents.directory import Directory
from .residents.recipients import Addressee


def told_set_up(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> JsonObjectType:
    """Return how a building is set up, whether or not it is loaded."""
    directory = Directory.read(hass, entry)
    addressees = directory.addressees.values()
    ways = [told_ways(hass, addressee) for addressee in addressees]
    return {
        "version": f"{entry.version}.{entry.minor_version}",
        "household": directory.household.value,
        "has_building_hours": directory.building_hours != ALWAYS_OPEN,
        "retention_days": directory.retention_days,
        "is_reachable_from_outside": link_url(hass, "") is not None,
        "doors": [told_door(hass, settings) for settings in directory.door_settings.values()],
        "couriers": [_told_courier(hass, entry, directory, id_) for id_ in directory.couriers],
        "residents": {
            "enrolled": len(addressees),
            "units": len({each.resident.unit for each in addressees}),
            "with_person": sum(each.resident.person is not None for each in addressees),
            "with_login": sum(each.resident.user_id is not None for each in addressees),
            "with_paper": len(directory.papers),
            "targets": counted(target.kind.value for each in addressees for target in each.targets),
            "without_a_way": sum(not each["lead_to"] for each in ways),
        },
    }


def told_door(hass: HomeAssistant, settings: DoorSettings) -> JsonObjectType:
    """Return what opens a door and how, by kind."""
    return {
        "opener": None if settings.opener is None else _told_entity(hass, settings.opener),
        "operation": settings.operation.value,
        "unlock_seconds": settings.unlock_seconds,
        "closes_cover": settings.close_cover,
        "contact": None if settings.contact is None else _told_entity(hass, settings.contact),
    }


def told_ways(hass: HomeAssistant, addressee: Addressee) -> JsonObjectType:
    """Return over what kinds of targets a resident is told, and where these lead now."""
    return {
        "targets": counted(target.kind.value for target in addressee.targets),
        "lead_to": counted(route.kind.value for route in routes(hass, addressee)),
    }


def counted(values: Iterable[str]) -> JsonObjectType:
    """Return how often each value is there."""
    return dict[str, JsonValueType](Counter(values))


def _told_courier(
    hass: HomeAssistant, entry: CourierAccessConfigEntry, directory: Directory, courier_id: str
) -> JsonObjectType:
    courier, data = directory.couriers[courier_id], entry.subentries[courier_id].data
    heard = couriers_heard(hass).of(courier_id)
    return {
        "enabled": courier.enabled,
        "doors": len(courier.door_ids & directory.doors.keys()),
        "longest_grant_hours": int(courier.longest_grant.total_seconds() // 3600),
        "rate_per_minute": data[CONF_RATE_PER_MINUTE],
        "keys": [
            {"version": parse_key(key[CONF_KEY]).version.value, "ends_at": key[CONF_ENDS_AT]}
            for key in data[CONF_KEYS]
        ],
        "signed_last_at": told_instant(heard.at),
        "answered_by_status": {str(status): times for status, times in heard.answers.items()},
    }


def _told_entity(hass: HomeAssistant, reference: str) -> JsonObjectType:
    """Tell of an entity by its domain and its integration; of its state no more than whether there is one.

    That of a button, say, is when somebody pressed it last.
    """
    entity = FollowedEntity(hass, reference)
    entity_id, state = entity.entity_id, entity.state
    registered = er.async_get(hass).async_get(reference)
    return {
        "domain": None if entity_id is None else entity_id.partition(".")[0],
        "integration": None if registered is None else registered.platform,
        "is_there": state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN),
        "device_class": None if state is None else state.attributes.get(ATTR_DEVICE_CLASS),
        "features": None if state is None else state.attributes.get(ATTR_SUPPORTED_FEATURES),
        "is_assumed": state is not None and bool(state.attributes.get(ATTR_ASSUMED_STATE)),
    }
