"""The phone app, as Home Assistant knows it: registered over its API, pushed to on 127.0.0.1, answering by webhook."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.notifications.actions import EVENT_ACTION
from tests.support.people import access_token


def live_camera(data: Mapping[str, Any]) -> str | None:
    """Return the camera of which a push shows a live picture, as the apps read its data.

    Both apps load the path `image` from Home Assistant with their own token, so a camera's
    path shows what it sees then. The app for iOS also streams the camera `entity_id` when
    the notification is opened (home-assistant/iOS,
    NotificationAttachmentParserCamera.swift). The app for Android ignores `entity_id`.
    """
    entity_id: str | None = data.get("entity_id")
    return entity_id if (entity_id or "").startswith("camera.") else None


@dataclass(frozen=True, slots=True)
class PhoneApp:
    """One phone with the app; `pushes` are what it has received, the oldest first."""

    client: TestClient[Any, Any]
    webhook_id: str
    pushes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def buttons(self) -> dict[str, str]:
        """The actions of all buttons that can be pressed on this phone, by their titles, the newest last."""
        return {
            button["title"]: button["action"]
            for push in self.pushes
            for button in push.get("data", {}).get("actions", [])
        }

    async def press(self, action: str) -> None:
        """Press a button: fire the event that the app fires."""
        await self.fire(EVENT_ACTION, {"action": action})

    async def fire(self, event_type: str, data: Mapping[str, Any]) -> None:
        """Fire any event, as an app may."""
        response = await self.client.post(
            f"/api/webhook/{self.webhook_id}",
            json={
                "type": "fire_event",
                "data": {"event_type": event_type, "event_data": data},
            },
        )
        assert response.status == 200


async def register_app(
    hass: HomeAssistant,
    client: TestClient[Any, Any],
    user: User,
    name: str,
    app_data: Mapping[str, str],
) -> str:
    """Register a phone of this user with Home Assistant, as its app does after logging in; return its webhook's id."""
    response = await client.post(
        "/api/mobile_app/registrations",
        headers={"Authorization": f"Bearer {await access_token(hass, user)}"},
        json={
            "app_data": dict(app_data),
            "app_id": "io.example.app",
            "app_name": "App",
            "app_version": "2026.11",
            "device_id": f"device of {name}",
            "device_name": name,
            "manufacturer": "Maker",
            "model": "Model",
            "os_name": "OS",
            "os_version": "1",
            "supports_encryption": False,
        },
    )
    assert response.status == 201
    webhook_id: str = (await response.json())["webhook_id"]
    await hass.async_block_till_done()
    return webhook_id


@dataclass(slots=True)
class PushService:
    """The service of the apps' maker, that hands pushes to phones; here on 127.0.0.1."""

    hass: HomeAssistant
    client: TestClient[Any, Any]
    _server: TestServer
    _phones: dict[str, PhoneApp] = field(default_factory=dict)

    async def register(self, user: User, name: str) -> PhoneApp:
        """Register a phone of this user with Home Assistant, as its app does after logging in."""
        token = f"push token of {name}"
        app = {"push_token": token, "push_url": str(self._server.make_url("/push"))}
        webhook_id = await register_app(self.hass, self.client, user, name, app)
        self._phones[token] = PhoneApp(self.client, webhook_id)
        return self._phones[token]

    async def take(self, request: web.Request) -> web.Response:
        """Hand a push to its phone."""
        push = await request.json()
        self._phones[push.pop("push_token")].pushes.append(push)
        return web.json_response({"target": "phone"}, status=201)


@asynccontextmanager
async def push_service(
    hass: HomeAssistant, new_client: ClientSessionGenerator
) -> AsyncGenerator[PushService]:
    """Run the service, and Home Assistant's own integration of the app; nothing else can be set up with views after."""
    assert await async_setup_component(hass, "mobile_app", {})
    await hass.async_block_till_done()
    app = web.Application()
    server = TestServer(app, host="127.0.0.1")
    service = PushService(hass, await new_client(), server)
    app.router.add_post("/push", service.take)
    await server.start_server()
    try:
        yield service
    finally:
        await server.close()
