"""Helpers for door flow tests."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .front_end import FrontEnd, Screen

CONTACT_ATTRIBUTES = {"device_class": "door"}


def lock(
    hass: HomeAssistant, name: str = "front", **attributes: Any
) -> er.RegistryEntry:
    """Add a registered lock with a state."""
    entry = er.async_get(hass).async_get_or_create(
        "lock", "bolts", name, suggested_object_id=name
    )
    attributes = {"friendly_name": "Front lock", "supported_features": 0} | attributes
    hass.states.async_set(entry.entity_id, "locked", attributes)
    return entry


async def choose_opener(flow: FrontEnd, opener: str) -> Screen:
    await flow.add()
    return await flow.submit(await flow.choose("opener"), opener=opener)
