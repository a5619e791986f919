"""Addresses through Home Assistant Cloud, over which couriers' messages come without a way in from outside.

The cloud integration is asked where it is loaded, and neither depended on nor imported: either would have the couriers'
own addresses wait for it while Home Assistant starts.
"""

import asyncio
from collections.abc import Awaitable, Callable
import logging
from typing import Final, Protocol, cast

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.loader import async_get_loaded_integration
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

CLOUD: Final = "cloud"

_LOGGER = logging.getLogger(__name__)
_LOCK: HassKey[asyncio.Lock] = HassKey(f"{DOMAIN}_cloudhooks")


class _Cloud(Protocol):
    """What is used of the cloud integration."""

    def async_is_connected(self, hass: HomeAssistant) -> bool: ...
    def async_active_subscription(self, hass: HomeAssistant) -> bool: ...
    async def async_get_or_create_cloudhook(self, hass: HomeAssistant, webhook_id: str) -> str: ...
    async def async_delete_cloudhook(self, hass: HomeAssistant, webhook_id: str) -> None: ...
    def async_listen_connection_change(
        self, hass: HomeAssistant, target: Callable[[object], Awaitable[None] | None]
    ) -> CALLBACK_TYPE: ...


def is_connected(hass: HomeAssistant) -> bool:
    """Whether messages come through Home Assistant Cloud now."""
    cloud = _cloud(hass)
    return cloud is not None and not is_out_of_service(hass) and cloud.async_is_connected(hass)


def is_out_of_service(hass: HomeAssistant) -> bool:
    """Whether nothing comes through Home Assistant Cloud until the owner sees to it: it may also be just disconnected."""
    cloud = _cloud(hass)
    return cloud is None or not cloud.async_active_subscription(hass)


async def async_cloudhook(hass: HomeAssistant, webhook_id: str) -> str | None:
    """Return a webhook's address through Home Assistant Cloud, which is made where there is none yet.

    None where it can't be asked for one now.
    """
    cloud = _cloud(hass)
    if cloud is None or not is_connected(hass):
        return None
    # Two who ask at once would be given two addresses, of which one leads nowhere.
    async with hass.data.setdefault(_LOCK, asyncio.Lock()):
        try:
            return await cloud.async_get_or_create_cloudhook(hass, webhook_id)
        except Exception as err:  # noqa: BLE001 -- whatever the service raises, other addresses work
            _LOGGER.warning("Home Assistant Cloud gave no address: %s", type(err).__name__)
            return None


@callback
def forget_cloudhook(hass: HomeAssistant, webhook_id: str) -> None:
    """Give a webhook's address through Home Assistant Cloud back, if it has one; also while it is disconnected."""
    if (cloud := _cloud(hass)) is not None:
        hass.async_create_task(_delete(cloud, hass, webhook_id), f"{DOMAIN} cloudhook")


async def _delete(cloud: _Cloud, hass: HomeAssistant, webhook_id: str) -> None:
    try:
        await cloud.async_delete_cloudhook(hass, webhook_id)
    except ValueError:
        pass  # it has none
    except Exception as err:  # noqa: BLE001 -- it leads to no webhook any more
        _LOGGER.warning("An address at Home Assistant Cloud is left over: %s", type(err).__name__)


@callback
def listen_to_cloud(hass: HomeAssistant, on_change: Callable[[], None]) -> CALLBACK_TYPE:
    """Call `on_change` when Home Assistant Cloud is connected or no longer, until the returned function is called."""
    if (cloud := _cloud(hass)) is None:
        return lambda: None

    @callback
    def changed(_state: object) -> None:
        on_change()

    return cloud.async_listen_connection_change(hass, changed)


def _cloud(hass: HomeAssistant) -> _Cloud | None:
    if CLOUD not in hass.config.components:
        return None
    return cast("_Cloud", async_get_loaded_integration(hass, CLOUD).get_component())
