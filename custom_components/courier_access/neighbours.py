"""What changes for residents' entities when a building of one household becomes one of several."""

from collections.abc import Iterator

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .access.model import Resident
from .building.building import Building, CourierAccessConfigEntry
from .const import DOMAIN, SubentryType
from .entity import unit_key, unit_placeholders


@callback
def async_hide_from_neighbours(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
    """Disable the residents' entities, once: the owner may enable them again. Their ids stay.

    Home Assistant applies *disabled by default* only when it first registers an entity.
    """
    residents = {each.subentry_id for each in entry.get_subentries_of_type(SubentryType.RESIDENT)}
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.config_subentry_id in residents and not entity.disabled:
            registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.INTEGRATION
            )


@callback
def async_follow_neighbors(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Rename the devices of a building's units in place when another building is added or removed."""
    key = unit_key(building)

    @callback
    def changed(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        nonlocal key
        if entry.domain != DOMAIN or unit_key(building) == key:
            return
        key = unit_key(building)
        for device, resident in _among_neighbors(hass, building):
            dr.async_get(hass).async_get_or_create(
                config_entry_id=building.entry.entry_id,
                config_subentry_id=resident.id,
                identifiers=device.identifiers,
                translation_key=key,
                translation_placeholders=unit_placeholders(building, resident),
            )

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


def _among_neighbors(
    hass: HomeAssistant, building: Building
) -> Iterator[tuple[dr.DeviceEntry, Resident]]:
    """Yield the devices that are named by unit, with their residents; none in a building of one household."""
    if not building.several:
        return
    for device in dr.async_entries_for_config_entry(dr.async_get(hass), building.entry.entry_id):
        subject = next((value for domain, value in device.identifiers if domain == DOMAIN), "")
        if (resident := building.residents.get(subject)) is not None:
            yield device, resident
