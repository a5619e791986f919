"""Provide couriers' webhook addresses, local and through Home Assistant Cloud.

The cloud integration is neither a dependency nor imported: that would delay the
couriers' addresses during startup.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from enum import StrEnum
import logging
from typing import Any, Final, NamedTuple, Protocol, Self, cast

from homeassistant.components import webhook
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.helpers.start import async_at_started
from homeassistant.loader import async_get_loaded_integration
from homeassistant.util.hass_dict import HassKey
from yarl import URL

from ..const import CONF_CLOUDHOOK_URL, CONF_WEBHOOK_ID, DOMAIN
from ..home_assistant.host import external_url
from ..home_assistant.issues import IssueKind, Issues
from ..residents.directory import Directory

CLOUD: Final = "cloud"

_LOGGER = logging.getLogger(__name__)
_LOCK: HassKey[asyncio.Lock] = HassKey(f"{DOMAIN}_cloudhooks")


class _Cloud(Protocol):
    """Describe the functions used from the cloud integration."""

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
    """Return whether messages arrive through Home Assistant Cloud now."""
    cloud = _cloud(hass)
    return (
        cloud is not None
        and not is_out_of_service(hass)
        and cloud.async_is_connected(hass)
    )


def is_out_of_service(hass: HomeAssistant) -> bool:
    """Return whether Home Assistant Cloud needs more than a reconnect."""
    cloud = _cloud(hass)
    return cloud is None or not cloud.async_active_subscription(hass)


async def async_cloudhook(hass: HomeAssistant, webhook_id: str) -> str | None:
    """Return a webhook's cloud address, created if needed; None if unavailable."""
    cloud = _cloud(hass)
    if cloud is None or not is_connected(hass):
        return None
    # Two concurrent requests would create two addresses, one of them dead.
    async with hass.data.setdefault(_LOCK, asyncio.Lock()):
        try:
            return await cloud.async_get_or_create_cloudhook(hass, webhook_id)
        except Exception as err:  # noqa: BLE001 - its errors can't be imported where it isn't installed
            _LOGGER.warning(
                "Home Assistant Cloud gave no address: %s", type(err).__name__
            )
            return None


def forget_cloudhook(hass: HomeAssistant, webhook_id: str) -> None:
    """Delete a webhook's cloud address, even while disconnected."""
    if (cloud := _cloud(hass)) is not None:
        hass.async_create_task(_delete(cloud, hass, webhook_id), f"{DOMAIN} cloudhook")


async def _delete(cloud: _Cloud, hass: HomeAssistant, webhook_id: str) -> None:
    try:
        await cloud.async_delete_cloudhook(hass, webhook_id)
    except ValueError:
        pass  # there was none
    except Exception as err:  # noqa: BLE001 - its errors can't be imported where it isn't installed
        _LOGGER.warning(
            "An address at Home Assistant Cloud is left over: %s", type(err).__name__
        )


def listen_to_cloud(
    hass: HomeAssistant, on_change: Callable[[], None]
) -> CALLBACK_TYPE:
    """Call `on_change` when Home Assistant Cloud connects or disconnects."""
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
    """List how couriers reach this Home Assistant."""

    HTTPS = "https"
    CLOUD = "cloud"
    CLOUD_GONE = "cloud_gone"
    NOT_HTTPS = "not_https"
    NOTHING = "nothing"


def reach(hass: HomeAssistant) -> Reach:
    """Return how any courier reaches Home Assistant now."""
    if (address := external_url(hass, "")) is None:
        return Reach.CLOUD if is_connected(hass) else Reach.NOTHING
    return Reach.HTTPS if URL(address).scheme == "https" else Reach.NOT_HTTPS


def reach_of(hass: HomeAssistant, courier: Mapping[str, Any]) -> Reach:
    """Return how a courier with this data reaches Home Assistant."""
    if CONF_CLOUDHOOK_URL in courier:
        return Reach.CLOUD_GONE if is_out_of_service(hass) else Reach.CLOUD
    own = reach(hass)
    return Reach.CLOUD if own is Reach.NOT_HTTPS and is_connected(hass) else own


def address_of(hass: HomeAssistant, courier: Mapping[str, Any]) -> str | None:
    """Return where a courier with this data sends its messages; None without https."""
    if (cloud := courier.get(CONF_CLOUDHOOK_URL)) is not None:
        return str(cloud)
    own = external_url(hass, webhook.async_generate_path(courier[CONF_WEBHOOK_ID]))
    return own if own is not None and URL(own).scheme == "https" else None


class AddressProblem(StrEnum):
    """List problems with an address; the error keys."""

    NOT_HTTPS = "address_not_https"
    PATH = "address_path"


class Addresses(NamedTuple):
    """The addresses that a courier may get: Home Assistant's and the cloud's.

    Home Assistant's own is left out if it has a problem and the cloud has one.
    """

    own: str | None
    cloud: str | None
    problem: AddressProblem | None = None
    """The problem of the only address, if it has one."""

    @classmethod
    async def of_webhook(cls, hass: HomeAssistant, webhook_id: str) -> Self:
        """Return the current addresses; create the cloud address if possible."""
        problem: AddressProblem | None = None
        try:
            own = webhook.async_generate_url(hass, webhook_id)
        except NoURLAvailableError:
            own = webhook.async_generate_path(webhook_id)
            problem = AddressProblem.PATH
        else:
            if URL(own).scheme != "https":
                problem = AddressProblem.NOT_HTTPS
        cloud = await async_cloudhook(hass, webhook_id)
        if problem is not None and cloud is not None:
            return cls(None, cloud)
        return cls(own, cloud, problem)

    @property
    def text(self) -> str:
        return "\n\n".join(f"`{each}`" for each in (self.own, self.cloud) if each)


_CHECK_EVERY: Final = timedelta(hours=1)
"""Home Assistant Cloud fires no event when, for example, a subscription ends."""


def watch_addresses(
    issues: Issues, entry: ConfigEntry[Any], directory: Directory, stops: ExitStack
) -> None:
    """Show each courier whose cloud address no longer works.

    A lost connection isn't shown, because it comes back by itself. The cloud is loaded
    once Home Assistant has started.
    """
    hass, couriers = issues.hass, directory.couriers
    data = {id_: entry.subentries[id_].data for id_ in couriers}
    given: dict[str, tuple[str, str]] = {
        courier_id: (each[CONF_WEBHOOK_ID], each[CONF_CLOUDHOOK_URL])
        for courier_id, each in data.items()
        if CONF_CLOUDHOOK_URL in each
    }

    def show(courier_id: str) -> None:
        placeholders = {"courier": couriers[courier_id].name}
        issues.show(IssueKind.CLOUD_ADDRESS_GONE, courier_id, placeholders)

    async def compare() -> None:
        for courier_id, (webhook_id, url) in given.items():
            present = await async_cloudhook(hass, webhook_id)
            if present == url:
                issues.clear(IssueKind.CLOUD_ADDRESS_GONE, courier_id)
            elif present is not None:
                show(courier_id)

    @callback
    def check(_: object = None) -> None:
        if is_out_of_service(hass):
            for courier_id in given:
                show(courier_id)
            return
        name = f"{DOMAIN} cloud addresses"
        entry.async_create_background_task(hass, compare(), name)

    @callback
    def started(_: HomeAssistant) -> None:
        stops.callback(listen_to_cloud(hass, check))
        stops.callback(async_track_time_interval(hass, check, _CHECK_EVERY))
        check()

    issues.clear_except(IssueKind.CLOUD_ADDRESS_GONE, given)
    if given:
        stops.callback(async_at_started(hass, started))
