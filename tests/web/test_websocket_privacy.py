"""What a neighbor reads over the WebSocket commands, with real people connected."""

from collections.abc import Mapping
import json
from typing import Any

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    across_the_street,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting
from tests.support.wires import connect

# Ada, Abe, and Nia live in Flat 1; Nia is pending. Ben has no login. Lea lives in Flat 4
# and owns the building, Otto only owns it. Zoe lives across the street, Dan nowhere.
PARCEL: dict[str, Any] = {"courier": "Parcel Post", "grant_id": "G1", "unit": "Flat 1"}
DOOR: Mapping[str, Any] = {"door": "door-lobby"}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Otto", "Lea", "Ada", "Abe", "Nia", "Cleo", "Dan", "Zoe")
    for owner in ("Otto", "Lea"):
        await hass.auth.async_update_user(people[owner], group_ids=[GROUP_ID_ADMIN])
    people.users["System"] = await hass.auth.async_create_system_user(
        "Voice", group_ids=[GROUP_ID_ADMIN]
    )
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> House:
    assert await async_setup_component(hass, "websocket_api", {})

    def lives(name: str, unit: str) -> Any:
        return resident(name, unit, None, person=people.person(name))

    house = await build(
        hass,
        door(),
        courier(),
        lives("Ada", "Flat 1"),
        lives("Abe", "Flat 1"),
        lives("Nia", "Flat 1"),
        lives("Cleo", "Flat 2"),
        resident("Ben", "Flat 3"),
        lives("Lea", "Flat 4"),
    )
    gate, post, zoe = across_the_street()
    street = MockConfigEntry(
        domain="courier_access",
        title="Across",
        data={"household": "several"},
        subentries_data=[
            gate,
            post,
            {
                **zoe,
                "data": {**zoe["data"], "person": people.person("Zoe"), "paper": None},
            },
        ],
    )
    street.add_to_hass(hass)
    assert await hass.config_entries.async_setup(street.entry_id)
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await hass.services.async_call(
        "courier_access",
        "confirm_resident",
        {"device_id": house.device("resident-abe").id},
        blocking=True,
        context=ada,
    )
    client = await hass_client_no_auth()
    await hass.config.async_update(internal_url=f"http://127.0.0.1:{client.port}")
    sender = Sender(client)
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
    return house


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
