"""The path of an entry, over real HTTP and a real ledger."""

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.house import Sender, build, courier, door, resident


async def test_a_granted_courier_is_let_in_and_everybody_is_told(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "3b"),
        resident("Cleo", "4A", None),
    )
    sender = Sender(await hass_client_no_auth())

    granted = await sender.grant(parcel_ref="P-77")
    entered = await sender.enter()
    await house.settle()

    assert (granted.status, granted.body["decision"], granted.body["units"]) == (
        200,
        "accepted",
        ["3B"],
    )
    assert entered.body["decision"] == "admitted", entered.body
    assert entered.body["outcome"] == "opened"
    assert entered.body["lock_confirmed"] is True
    assert entered.body["entries_left"] == 0
    assert house.door_state() == "unlocked"
    assert sorted(name for name, _ in house.told) == ["Ada", "Ben", "Cleo"]
    texts = dict(house.told)
    assert "3B" in texts["Ada"] and "P-77" in texts["Ada"]
    assert "3B" not in texts["Cleo"] and "P-77" not in texts["Cleo"]
    assert (await house.building.ledger.verify()).intact
