"""Test renaming in Home Assistant's own dialog, which changes only a subentry's title."""

import csv
import io

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.courier_access.api.lookup import named_courier
from custom_components.courier_access.const import DOMAIN
from tests.flows.front_end import FrontEnd
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import access_token, user
from tests.support.wires import Wire


async def rename(
    client: MockHAClientWebSocket, house: House, subentry_id: str, title: str
) -> None:
    """Rename a subentry as the front end does."""
    await client.send_json_auto_id(
        {
            "type": "config_entries/subentries/update",
            "entry_id": house.entry.entry_id,
            "subentry_id": subentry_id,
            "title": title,
        }
    )
    assert (await client.receive_json())["success"]
    await house.settle()


@pytest.fixture
async def client(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    """The administrator's browser."""
    # All that has addresses is there before the server starts.
    for component in ("config", DOMAIN):
        assert await async_setup_component(hass, component, {})
    owner = await user(hass, "Owner", admin=True)
    return await hass_ws_client(hass, await access_token(hass, owner))


async def test_new_title_is_the_name_everywhere(
    hass: HomeAssistant,
    client: MockHAClientWebSocket,
    hass_client: ClientSessionGenerator,
) -> None:
    house = await build(hass, household="one")
    for subentry_id, title in (
        ("door-lobby", "Main door"),
        ("courier-parcel-post", "Swift"),
        ("resident-ada", "Ada L."),
    ):
        await rename(client, house, subentry_id, title)

    assert [house.device(each).name for each in ("door-lobby", "resident-ada")] == [
        "Main door",
        "Ada L.",
    ]
    owned = await Wire(client, house).result("building")
    named = [
        each["name"]
        for kind in ("doors", "couriers", "residents")
        for each in owned[kind]
    ]
    assert named == ["Main door", "Swift", "Ada L."]

    http = await hass_client()
    sender = Sender(http)
    assert (await sender.send("ping", {})).body["doors"] == ["lobby"], (
        "the door's key stays"
    )
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    [message] = [each for _, each in house.told if "let in at Main door" in each]
    assert "Swift" in message

    entry_id = house.entry.entry_id
    notification = await (
        await http.get(f"/api/courier_access/residents/{entry_id}")
    ).text("utf-8-sig")
    assert [row["Name"] for row in csv.DictReader(io.StringIO(notification))] == [
        "Ada L."
    ]
    for kind, subentry_id, name in (
        ("door", "door-lobby", "Main door"),
        ("courier", "courier-parcel-post", "Swift"),
        ("resident", "resident-ada", "Ada L."),
    ):
        flow = FrontEnd(hass, house.entry, kind)
        screen = await flow.change(subentry_id)
        if kind != "resident":
            screen = await flow.choose("demo" if kind == "door" else "details")
        assert screen.value("name") == name
    assert all("name" not in each.data for each in house.entry.subentries.values())


async def test_couriers_with_one_name_are_known_by_their_ids(
    hass: HomeAssistant, client: MockHAClientWebSocket
) -> None:
    house = await build(hass, door(), courier(), courier("Night Owl"), resident())
    await rename(client, house, "courier-night-owl", "Parcel Post")

    with pytest.raises(ServiceValidationError) as refused:
        named_courier(house.building, "Parcel Post")
    assert refused.value.translation_key == "several_couriers"
    assert named_courier(house.building, "courier-night-owl").id == "courier-night-owl"

    flow = FrontEnd(hass, house.entry, "courier")
    await flow.change("courier-night-owl")
    screen = await flow.submit(await flow.choose("details"))
    assert screen.errors == {"name": "name_taken"}
    assert (
        await flow.submit(screen, name="Night Owl")
    ).reason == "reconfigure_successful"


async def test_equal_and_empty_names_break_nothing(
    hass: HomeAssistant,
    client: MockHAClientWebSocket,
    hass_client: ClientSessionGenerator,
) -> None:
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident("Ada", "3B"),
        resident("Ben", "3B"),
    )
    await rename(client, house, "door-garage", "Lobby")
    await rename(client, house, "resident-ben", "")

    sender = Sender(await hass_client())
    await sender.grant(door="garage")
    assert (await sender.enter(door="garage")).body["door"] == "garage"


async def test_no_two_buildings_have_the_same_name(
    hass: HomeAssistant, client: MockHAClientWebSocket
) -> None:
    house = await build(hass)
    other = await build(hass, *across_the_street(), title="14 Elm Street")

    async def rename_other(title: str) -> None:
        await client.send_json_auto_id(
            {
                "type": "config_entries/update",
                "entry_id": other.entry.entry_id,
                "title": title,
            }
        )
        assert (await client.receive_json())["success"]
        await other.settle()

    for _ in range(2):
        await rename_other(" 12 ELM street")
        assert other.entry.title == "12 ELM street (2)"
    assert other.device().name == "12 ELM street (2)"
    assert house.entry.title == "12 Elm Street"
    for taken in ("12 Elm Street", "12 Elm Street (2)"):
        flow = FrontEnd(hass, None, "")
        screen = await flow.submit(await flow.add(), name=taken, door="Front door")
        assert screen.errors == {"name": "name_taken"}

    assert await hass.config_entries.async_unload(other.entry.entry_id)
    await rename_other("12 Elm Street")
    assert await hass.config_entries.async_setup(other.entry.entry_id)
    assert other.entry.title == "12 Elm Street (2)"
