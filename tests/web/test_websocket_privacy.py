"""What a neighbor reads over the WebSocket commands, with real people connected."""

from collections.abc import Mapping
import json
from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.house import (
    House,
    Sender,
)
from tests.support.people import People
from tests.support.two_buildings import house, people
from tests.support.wires import connect

__all__ = ["house", "people"]

PARCEL: dict[str, Any] = {"courier": "Parcel Post", "grant_id": "G1", "unit": "Flat 1"}
DOOR: Mapping[str, Any] = {"door": "door-lobby"}


@pytest.fixture(autouse=True)
async def entered(house: House, hass_client_no_auth: ClientSessionGenerator) -> None:
    """Announce two deliveries to Flat 1; one courier has entered."""
    sender = Sender(await hass_client_no_auth())
    for grant_id in ("G1", "G2"):
        await sender.grant(
            grant_id,
            units=("Flat 1",),
            parcel_ref="PKT-77",
            driver_ref="D-5",
            max_entries=2,
        )
    await sender.enter("G2", driver_ref="D-5")
    await house.settle()


def person(people: People, name: str) -> User:
    return people[name.title()]


async def test_neighbor_reads_no_unit_parcel_or_name(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    result = {}
    for name in ("ada", "cleo", "otto", "zoe", "dan"):
        wire = await connect(hass, house, hass_ws_client, person(people, name))
        answers = [
            await wire.ask_anywhere("overview"),
            await wire.ask("grants"),
            await wire.ask("entries"),
            await wire.ask("export"),
            await wire.ask("export/entries"),
            await wire.ask("check_access", **DOOR),
            await wire.ask("veto_grant", **PARCEL | {"unit": "Flat 3"}),
        ]
        result[name] = json.dumps(answers)

    for secret in ("PKT-77", "D-5", "Flat 1", "flat 1"):
        assert secret in result["ada"]
    for secret in (
        "PKT-77",
        "D-5",
        "Flat 1",
        "flat 1",
        "Ada",
        "Abe",
        "Nia",
        "Ben",
        "Flat 3",
    ):
        for name in ("cleo", "zoe", "dan"):
            assert secret not in result[name], (name, secret)
    # The owner reads residents' names with notifications, but never parcels.
    for secret in ("PKT-77", "D-5"):
        assert secret not in result["otto"]


async def test_user_sees_only_their_buildings(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    async def names(who: str) -> list[str]:
        wire = await connect(hass, house, hass_ws_client, person(people, who))
        result = (await wire.ask_anywhere("overview"))["result"]
        return [building["name"] for building in result["buildings"]]

    assert await names("ada") == ["12 Elm Street"]
    assert await names("zoe") == ["Across"]
    assert await names("otto") == ["12 Elm Street", "Across"]
    assert await names("dan") == await names("system") == []
