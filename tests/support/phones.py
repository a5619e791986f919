"""Residents' phones with the real app integration, their mailboxes and other services that take notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.components.notify import NotifyEntity
from homeassistant.components.notify.const import DATA_COMPONENT, NOTIFY_SERVICE_SCHEMA
from homeassistant.components.notify.legacy import BaseNotificationService
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

RECEIVED = "mobile_app_notification_received"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone whose app is registered with Home Assistant."""

    entry_id: str
    webhook_id: str
    push_url: str

    def pushes(self, aioclient_mock: AiohttpClientMocker) -> list[dict[str, Any]]:
        """Return what was pushed to this phone so far."""
        return [
            body
            for _, url, body, _ in aioclient_mock.mock_calls
            if str(url) == self.push_url
        ]

    async def fire(
        self, client: TestClient[Any, Any], event_type: str, data: Mapping[str, Any]
    ) -> None:
        """Fire an event as the app does."""
        response = await client.post(
            f"/api/webhook/{self.webhook_id}",
            json={
                "type": "fire_event",
                "data": {"event_type": event_type, "event_data": data},
            },
        )
        assert response.status == 200

    async def confirm(
        self, client: TestClient[Any, Any], push: Mapping[str, Any]
    ) -> None:
        """Send the receipt of a push: its data, flat and as text."""
        assert push["data"]["confirmation"] is True
        flat = {
            "message": push["message"],
            **{key: str(value).lower() for key, value in push["data"].items()},
        }
        await self.fire(client, RECEIVED, flat)


async def register_phone(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    user_id: str,
    name: str,
    *,
    push_status: int = 201,
    app_data: Mapping[str, Any] | None = None,
    device_id: str | None = None,
) -> Phone:
    """Register a phone's app for a user; its push service answers with `push_status`."""
    assert await async_setup_component(hass, "mobile_app", {})
    await hass.async_block_till_done()
    own_id = f"device-{len(hass.config_entries.async_entries('mobile_app'))}"
    push_url = f"https://push.example/{own_id}"
    aioclient_mock.post(  # type: ignore[no-untyped-call]  # the harness's mocker has no types
        push_url, status=push_status, json={}
    )
    result = await hass.config_entries.flow.async_init(
        "mobile_app",
        context={"source": "registration"},
        data={
            "app_data": {"push_token": "token", "push_url": push_url}
            if app_data is None
            else app_data,
            "app_id": "app" if device_id is None else "another app",
            "app_name": "App",
            "app_version": "1",
            "device_id": device_id or own_id,
            "device_name": name,
            "manufacturer": "Maker",
            "model": "Model",
            "os_name": "OS",
            "os_version": "1",
            "supports_encryption": False,
            "user_id": user_id,
            "webhook_id": f"webhook-{own_id}",
        },
    )
    await hass.async_block_till_done()
    return Phone(result["result"].entry_id, f"webhook-{own_id}", push_url)


async def add_person(hass: HomeAssistant, persons: Mapping[str, str]) -> dict[str, str]:
    """Set up persons by name with their users' ids; return the registry ids of their entities."""
    assert await async_setup_component(
        hass,
        "person",
        {
            "person": [
                {"id": name.lower(), "name": name, "user_id": user_id}
                for name, user_id in persons.items()
            ]
        },
    )
    registry = er.async_get(hass)
    ids = {}
    for name in persons:
        entry = registry.async_get(f"person.{name.lower()}")
        assert entry is not None
        ids[name] = entry.id
    return ids


class Mailbox(NotifyEntity):
    """A notify entity that keeps what it gets, or refuses it."""

    def __init__(self, name: str) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self.received: list[tuple[str | None, str]] = []
        self.is_broken = False

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        if self.is_broken:
            raise HomeAssistantError("the mailbox is full")
        self.received.append((title, message))

    def set_available(self, is_available: bool) -> None:
        """Let the mailbox be there, or not."""
        self._attr_available = is_available
        self.async_write_ha_state()


async def add_mailbox(hass: HomeAssistant, name: str) -> Mailbox:
    """Set up a notify entity."""
    assert await async_setup_component(hass, "notify", {})
    mailbox = Mailbox(name)
    await hass.data[DATA_COMPONENT].async_add_entities([mailbox])
    await hass.async_block_till_done()
    return mailbox


@dataclass(slots=True)
class Letters:
    """A notify action that keeps what it gets, or raises."""

    received: list[dict[str, Any]] = field(default_factory=list)
    error: Exception | None = None


def add_letters(hass: HomeAssistant, name: str) -> Letters:
    """Register a notify action."""
    letters = Letters()

    async def take(call: ServiceCall) -> None:
        if letters.error is not None:
            raise letters.error
        letters.received.append(dict(call.data))

    hass.services.async_register("notify", name, take, schema=NOTIFY_SERVICE_SCHEMA)
    return letters


class Browsers(BaseNotificationService):
    """A legacy service that knows its receivers by name, and keeps to whom it was to send."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self.sent_to: list[list[str]] = []

    @property
    def targets(self) -> Mapping[str, str]:
        return {name: name for name in self._names}

    async def async_send_message(self, message: str, **kwargs: Any) -> None:
        self.sent_to.append(kwargs.get("target") or list(self._names))


async def add_browsers(hass: HomeAssistant, name: str, *receivers: str) -> Browsers:
    """Set up a legacy service with an action for each of its receivers, and one for all of them."""
    assert await async_setup_component(hass, "notify", {})
    browsers = Browsers(*receivers)
    await browsers.async_setup(hass, name, name)
    await browsers.async_register_services()
    return browsers
