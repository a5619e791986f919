"""Helpers for resident flow tests."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .front_end import FrontEnd, Screen


def person(
    hass: HomeAssistant, name: str = "ada", user_id: str | None = "u-1"
) -> er.RegistryEntry:
    """Add a registered person; without a user id, they can't log in."""
    entry = er.async_get(hass).async_get_or_create(
        "person", "person", name, suggested_object_id=name
    )
    hass.states.async_set(
        entry.entity_id, "home", {"user_id": user_id} if user_id else {}
    )
    return entry


async def up_to_targets(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(
        await flow.add(), **{"name": "Ada", "unit": "3B"} | answers
    )


async def up_to_decision(flow: FrontEnd, **answers: Any) -> Screen:
    screen = await up_to_targets(flow, **answers)
    return await flow.submit(screen, notify_actions=["notify.ada"])
