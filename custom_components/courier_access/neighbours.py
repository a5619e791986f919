"""What neighbours may see of one another, where a building of one household has become one of several."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .building import Building
from .const import DOMAIN


@callback
def async_hide_from_neighbours(hass: HomeAssistant, building: Building) -> None:
    """Disable residents' entities that were there under their names, and name them by unit.

    To be called before the devices get their new names: by the old ones it is known that the household
    changed. Who is disabled by default is looked at by Home Assistant when an entity is first registered only.
    """
    if not building.several:
        return
    entities = er.async_get(hass)
    for device in dr.async_entries_for_config_entry(dr.async_get(hass), building.entry.entry_id):
        subject = next((value for domain, value in device.identifiers if domain == DOMAIN), "")
        resident = building.residents.get(subject)
        if resident is None or device.name != resident.name:
            continue
        for entity in er.async_entries_for_device(
            entities, device.id, include_disabled_entities=True
        ):
            entities.async_update_entity(
                entity.entity_id,
                new_entity_id=entities.async_get_available_entity_id(
                    entity.domain, f"unit_{resident.unit_label}_{entity.translation_key}"
                ),
                disabled_by=entity.disabled_by or er.RegistryEntryDisabler.INTEGRATION,
            )
