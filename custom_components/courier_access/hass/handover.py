"""Bring changed settings into effect; until then, their building lets no courier in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

WITHIN: Final = 2.0
"""Seconds for which a request waits for changed settings to be in effect."""


@dataclass(eq=False, slots=True)
class HandOver:
    """A building that is being handed over to one with the present settings."""

    over: asyncio.Future[None]
    is_due: bool = True
    """Whether something changed that the new building hasn't read."""


type HandOverWork = Callable[[str, HandOver], Awaitable[None]]
"""Hands over the building with this entry ID as long as that is due."""

_HAND_OVER: HassKey[HandOverWork] = HassKey(f"{DOMAIN}_carry")
_UNDER_WAY: HassKey[dict[str, HandOver]] = HassKey(f"{DOMAIN}_handovers")


@callback
def async_setup_handovers(hass: HomeAssistant, work: HandOverWork) -> None:
    hass.data[_HAND_OVER], hass.data[_UNDER_WAY] = work, {}


@callback
def hand_over_soon(hass: HomeAssistant, entry_id: str) -> None:
    """Let no courier in from now on until the present settings are in effect.

    All changes of one loop iteration take effect together.
    """
    under_way = hass.data[_UNDER_WAY]
    if (current := under_way.get(entry_id)) is not None:
        current.is_due = True
        return
    begun = under_way[entry_id] = HandOver(hass.loop.create_future())

    async def run() -> None:
        try:
            await hass.data[_HAND_OVER](entry_id, begun)
        finally:
            del under_way[entry_id]
            begun.over.set_result(None)

    hass.async_create_task(run(), f"{DOMAIN} hand-over {entry_id}", eager_start=False)


@callback
def is_changing(hass: HomeAssistant, entry_id: str) -> bool:
    """Return whether settings of a building changed that aren't in effect yet."""
    return entry_id in hass.data.get(_UNDER_WAY, {})


async def settings_in_effect(hass: HomeAssistant, entry_id: str | None = None) -> None:
    """Wait until the settings of one or all buildings are in effect, at most 2 seconds."""
    under_way = hass.data.get(_UNDER_WAY, {}).items()
    if over := [each.over for key, each in under_way if entry_id in (None, key)]:
        await asyncio.wait(over, timeout=WITHIN)
