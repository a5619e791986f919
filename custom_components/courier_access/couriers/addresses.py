"""Addresses through Home Assistant Cloud, over which couriers' messages come without a way in from outside.

The cloud integration is asked where it is loaded, and neither depended on nor imported: either would have the couriers'
own addresses wait for it while Home Assistant starts.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
import logging
from typing import Any, Final, Protocol, Self, cast

from homeassistant.components import webhook
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError, get_url
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig
from homeassistant.loader import async_get_loaded_integration
from homeassistant.util.hass_dict import HassKey
import voluptuous as vol
from yarl import URL

from ..const import CONF_CLOUDHOOK_URL, DOMAIN

CLOUD: Final = "cloud"

_LOGGER = logging.getLogger(__name__)
_LOCK: HassKey[asyncio.Lock] = HassKey(f"{DOMAIN}_cloudhooks")


class _Cloud(Protocol):
    """What is used of the cloud integration."""

    def async_is_connected(self, hass: HomeAssistant) -> bool: ...
    def async_active_subscription(self, hass: HomeAssistant) -> bool: ...
    async def async_get_or_create_cloudhook(
        self, hass: HomeAssistant, webhook_id: str
    ) -> str: ...
    async def async_delete_cloudhook(
        self, hass: HomeAssistant, webhook_id: str
    ) -> None: ...
    def async_listen_connection_change(
        self, hass: HomeAssistant, target: Callable[[object], Awaitable[None] | None]
    ) -> CALLBACK_TYPE: ...


def is_connected(hass: HomeAssistant) -> bool:
    """Whether messages come through Home Assistant Cloud now."""
    cloud = _cloud(hass)
    return (
        cloud is not None
        and not is_out_of_service(hass)
        and cloud.async_is_connected(hass)
    )


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
            _LOGGER.warning(
                "Home Assistant Cloud gave no address: %s", type(err).__name__
            )
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
        _LOGGER.warning(
            "An address at Home Assistant Cloud is left over: %s", type(err).__name__
        )


@callback
def listen_to_cloud(
    hass: HomeAssistant, on_change: Callable[[], None]
) -> CALLBACK_TYPE:
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


class Reach(StrEnum):
    """What leads here: an address of its own, as good as it is, or Home Assistant Cloud."""

    HTTPS = "https"
    CLOUD = "cloud"
    CLOUD_GONE = "cloud_gone"
    NOT_HTTPS = "not_https"
    NOTHING = "nothing"


def reach(hass: HomeAssistant) -> Reach:
    """Return over what any courier reaches Home Assistant now."""
    try:
        address = get_url(hass, allow_internal=False, prefer_external=True)
    except NoURLAvailableError:
        return Reach.CLOUD if is_connected(hass) else Reach.NOTHING
    return Reach.HTTPS if URL(address).scheme == "https" else Reach.NOT_HTTPS


def reach_of(hass: HomeAssistant, courier: Mapping[str, Any]) -> Reach:
    """Return over what a courier with this data reaches Home Assistant: it may have been given a Cloud's address only."""
    if CONF_CLOUDHOOK_URL in courier:
        return Reach.CLOUD_GONE if is_out_of_service(hass) else Reach.CLOUD
    own = reach(hass)
    return Reach.CLOUD if own is Reach.NOT_HTTPS and is_connected(hass) else own


FIELD_CLOUD = "webhook_url_cloud"
FIELD_HTTPS = "webhook_url"
FIELD_NOT_HTTPS = "webhook_url_not_https"
FIELD_PATH = "webhook_path"


@dataclass(frozen=True, slots=True)
class Address:
    """A webhook's address as outsiders reach it, and the name of the field that shows it.

    The field's name says what the address is worth, so that its label and description warn in the
    reader's language: not https, or only a path where Home Assistant knows no address of its own.
    """

    text: str
    field_name: str

    @classmethod
    def of_webhook(cls, hass: HomeAssistant, webhook_id: str) -> Self:
        """Return the address as Home Assistant knows it now."""
        try:
            address = webhook.async_generate_url(hass, webhook_id)
        except NoURLAvailableError:
            return cls(webhook.async_generate_path(webhook_id), FIELD_PATH)
        return cls(
            address, FIELD_HTTPS if URL(address).scheme == "https" else FIELD_NOT_HTTPS
        )


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a courier may be given: Home Assistant's own address, and the one through Home Assistant Cloud.

    The own one is left out where it is not https and the other can be had.
    """

    shown: tuple[Address, ...]

    @classmethod
    async def of_webhook(cls, hass: HomeAssistant, webhook_id: str) -> Self:
        """Return the addresses that there are now; one through Home Assistant Cloud is made for it."""
        own = Address.of_webhook(hass, webhook_id)
        if (url := await async_cloudhook(hass, webhook_id)) is None:
            return cls((own,))
        cloud = Address(url, FIELD_CLOUD)
        return cls((own, cloud) if own.field_name == FIELD_HTTPS else (cloud,))

    @property
    def text(self) -> str:
        """All of them, as they stand in a step's text."""
        return "\n\n".join(f"`{address.text}`" for address in self.shown)

    @property
    def fields(self) -> dict[vol.Marker, object]:
        """The read-only fields that show them."""
        read_only = TextSelector(TextSelectorConfig(read_only=True))
        return {
            vol.Optional(address.field_name, default=address.text): read_only
            for address in self.shown
        }

    @property
    def has_own(self) -> bool:
        """Whether Home Assistant's own address can be given out."""
        return any(address.field_name == FIELD_HTTPS for address in self.shown)

    @property
    def only_through_cloud(self) -> str | None:
        """The address through Home Assistant Cloud, where no other was shown."""
        return next(
            (
                each.text
                for each in self.shown
                if each.field_name == FIELD_CLOUD and not self.has_own
            ),
            None,
        )
