"""Home Assistant Cloud for tests: the real integration, cut off at what it asks of its service on the internet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from typing import Any

from hass_nabucasa import Cloud
from hass_nabucasa.cloudhooks import Cloudhooks
from hass_nabucasa.const import STATE_CONNECTED, STATE_DISCONNECTED
from homeassistant.components.cloud.const import DATA_CLOUD
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import jwt
import pytest

from tests.support.house import Answer

SERVICE = "https://hooks.example/"


@dataclass(slots=True)
class HomeCloud:
    """A Home Assistant that is logged in to its cloud, or not."""

    hass: HomeAssistant
    made: list[str] = field(default_factory=list)
    """The addresses that the service made, the oldest first."""
    fault: Exception | None = None
    """What the service raises instead."""

    @classmethod
    async def set_up(
        cls, hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
    ) -> HomeCloud:
        """Set the integration up; nobody is logged in."""
        home = cls(hass)

        async def generate(_: Cloudhooks) -> dict[str, str]:
            if home.fault is not None:
                raise home.fault
            cloudhook_id = f"hook-{len(home.made) + 1}"
            home.made.append(SERVICE + cloudhook_id)
            return {"cloudhook_id": cloudhook_id, "url": home.made[-1]}

        async def send(*_args: object, **_kwargs: object) -> None: ...

        # Its voices are none of ours, and take longer than all else.
        monkeypatch.setattr("homeassistant.components.cloud.async_load_platform", send)
        assert await async_setup_component(hass, "http", {})
        assert await async_setup_component(hass, "cloud", {})
        await hass.async_block_till_done()
        monkeypatch.setattr(Cloudhooks, "generate", generate)
        monkeypatch.setattr(home.cloud.iot, "async_send_message", send)
        # What else of the house it would connect.
        monkeypatch.setattr(home.cloud.client, "cloud_connected", send)
        return home

    @property
    def cloud(self) -> Cloud[Any]:
        """The integration's own client."""
        return self.hass.data[DATA_CLOUD]

    @property
    def hooks(self) -> Mapping[str, str]:
        """The addresses that are known to lead somewhere, by the webhook."""
        hooks = self.cloud.client.cloudhooks
        return {
            webhook_id: str(hook["cloudhook_url"]) for webhook_id, hook in hooks.items()
        }

    async def log_in(self, *, until: str = "2099-01-01") -> None:
        """Log in, with a subscription until that day, and connect."""
        claims = {"cognito:username": "otto", "custom:sub-exp": until}
        self.cloud.id_token = jwt.encode(
            claims, "a key that is long enough to be none of ours"
        )
        await self.connect()

    async def connect(self) -> None:
        """Let the connection come up, also again."""
        if self.is_connected:
            await self.disconnect()
        await self.cloud.iot._connected()
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def disconnect(self) -> None:
        """Let the connection go away."""
        self.cloud.iot.state = STATE_DISCONNECTED
        await self.cloud.iot._disconnected()
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def log_out(self) -> None:
        """Log out as the administrator does, which ends the connection."""
        await self.cloud.logout()
        await self.disconnect()

    @property
    def is_connected(self) -> bool:
        """Whether the connection is up."""
        return self.cloud.iot.state == STATE_CONNECTED

    async def deliver(
        self, address: str, body: str, headers: Mapping[str, str]
    ) -> Answer:
        """Hand over what somebody posted to an address, as the service does over the connection."""
        answer = await self.cloud.client.async_webhook_message(
            {
                "cloudhook_id": address.removeprefix(SERVICE),
                "body": body,
                "headers": dict(headers),
                "method": "POST",
                "query": "",
            }
        )
        text = answer.get("body")
        return Answer(
            answer["status"],
            json.loads(text) if text else {},
            answer.get("headers", {}),
        )
