"""People who are connected to Home Assistant's WebSocket API, each logged in as themselves."""

from dataclasses import dataclass
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from tests.support.house import House
from tests.support.people import People, access_token


@dataclass(slots=True)
class Wire:
    """One person's connection."""

    client: MockHAClientWebSocket
    house: House

    async def ask(self, command: str, **data: Any) -> dict[str, Any]:
        """Send a command of ours to the building; return the answer as it comes."""
        return await self.ask_anywhere(
            command, building=self.house.entry.entry_id, **data
        )

    async def ask_anywhere(self, command: str, **data: Any) -> dict[str, Any]:
        """Send a command of ours that names no building, or another."""
        await self.client.send_json_auto_id(
            {"type": f"courier_access/{command}", **data}
        )
        answer: dict[str, Any] = await self.client.receive_json()
        return answer

    async def result(self, command: str, **data: Any) -> Any:
        """Send a command that succeeds; return its result.

        As in the panel, the text of a consent is read before a yes.
        """
        if command == "rules/set" and data.get("consent") in (True, "given"):
            resident = data["resident"]
            text = await self.result("consent/text", resident=resident, language="en")
            read = {name: text[name] for name in ("hash", "language")}
            data = {"text": read, **data}
        answer = await self.ask(command, **data)
        assert answer["success"], answer
        return answer["result"]

    async def refusal(self, command: str, **data: Any) -> tuple[str, str]:
        """Send a command that fails; return the error's code and which text describes it."""
        answer = await self.ask(command, **data)
        assert not answer["success"], answer
        error = answer["error"]
        assert error["translation_domain"] == "courier_access"
        assert error["message"] not in ("", error["translation_key"])
        return error["code"], error["translation_key"]

    async def event(self) -> Any:
        """Return the next event of a subscription."""
        message = await self.client.receive_json()
        assert message["type"] == "event", message
        return message["event"]


async def connect(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator, someone: User
) -> Wire:
    """Connect somebody."""
    return Wire(await hass_ws_client(hass, await access_token(hass, someone)), house)


@dataclass(slots=True)
class Wires:
    """Connects people to a building."""

    house: House
    people: People
    new: WebSocketGenerator

    async def __call__(self, someone: str | User) -> Wire:
        """Connect somebody, by their name or as this user."""
        user = self.people[someone] if isinstance(someone, str) else someone
        return await connect(self.house.hass, self.house, self.new, user)
