"""A door that unlocks for a courier after all, only late: everybody who read otherwise is told."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.door_parts import Bolt, install_bolt
from tests.house import Sender, build, courier, door, pass_time, resident, until


async def test_whoever_was_told_that_a_door_did_not_open_is_told_when_it_does(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    bolt.obeys = False
    opener = await install_bolt(hass, bolt)
    house = await build(
        hass, door(opener=opener), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P-77")
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    await pass_time(hass, freezer, 8)
    assert (await entering).body["outcome"] == "unconfirmed"
    await house.settle()
    assert len(house.told) == 2

    house.told.clear()
    bolt.move(locked=False)
    await house.settle()

    told = dict(house.told)
    assert sorted(told) == ["Ada", "Cleo"]
    for text in told.values():
        assert text.startswith("Lobby unlocked late for Parcel Post: at ")
        assert "3B" not in text
        assert "P-77" not in text
    assert (await house.building.ledger.verify()).intact
    bolt.obeys = True
    await pass_time(hass, freezer, 6)
    await house.settle()
    assert len(house.told) == 2
