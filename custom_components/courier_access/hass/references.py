"""How entities are named in an entry's data: by what survives a renaming, where there is such."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


def reference_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the entity's registry id, or its entity id where it isn't registered."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


def entity_id_of(hass: HomeAssistant, reference: str | None) -> str | None:
    """Return the entity id that a reference stands for now; None where there is none any more."""
    return er.async_resolve_entity_id(er.async_get(hass), reference) if reference else None


def is_registered(hass: HomeAssistant, reference: str) -> bool:
    """Whether the entity is in the registry, with or without a state."""
    return er.async_get(hass).async_get(reference) is not None
