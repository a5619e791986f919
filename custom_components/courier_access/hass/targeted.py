"""Which entities of a target a trigger or a condition looks at."""

from collections.abc import Iterable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN


def ours(hass: HomeAssistant, entities: Iterable[str], key: str) -> set[str]:
    """Return those of the entities that are a building's of that key: the key that names them, whatever their ids."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entry := registry.async_get(entity_id)) is not None
        and (entry.platform, entry.translation_key) == (DOMAIN, key)
    }
