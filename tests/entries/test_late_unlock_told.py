"""A door that unlocks for a courier after all, only late: everybody who read otherwise is told."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.entries.test_admission_faults import break_ledger, mend_ledger
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import Sender, build, courier, door, pass_time, resident, until


async def test_whoever_was_told_that_a_door_did_not_open_is_told_when_it_does(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    bolt.obeys = False
    opener = await install_bolt(hass, bolt)
    house = await build(
        hass,
        door(opener=opener),
        courier(),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
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


@pytest.mark.parametrize(
    "first_seen",
    [
        "after a reload",
        "after an outage",
        "while nothing can be written",
        "while nothing can be written before a reload",
    ],
)
async def test_a_late_unlock_takes_its_use_again_and_is_told_once_however_it_is_first_seen(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    first_seen: str,
) -> None:
    bolt = Bolt()
    bolt.obeys = False
    opener = await install_bolt(hass, bolt)
    house = await build(hass, door(opener=opener), courier(), resident())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    await pass_time(hass, freezer, 8)
    assert (await entering).body["entries_left"] == 1
    await house.settle()
    house.told.clear()

    match first_seen:
        case "after a reload":
            assert await hass.config_entries.async_unload(house.entry.entry_id)
            bolt.move(locked=False)
            for _ in range(2):
                assert await hass.config_entries.async_setup(house.entry.entry_id)
                assert await hass.config_entries.async_unload(house.entry.entry_id)
            assert await hass.config_entries.async_setup(house.entry.entry_id)
        case "after an outage":
            bolt.reachable(False)
            await pass_time(hass, freezer, 80)
            bolt._attr_is_locked = False
            bolt.reachable(True)
        case _:
            await break_ledger(house, "INSERT ON records")
            bolt.move(locked=False)
            await house.settle()
            bolt.move(locked=True)
            await house.settle()
            assert house.told == []
            assert (await sender.enter()).problem == "ledger_unavailable"
            if first_seen.endswith("reload"):
                assert await hass.config_entries.async_unload(house.entry.entry_id)
            await mend_ledger(house)
            if first_seen.endswith("reload"):
                assert await hass.config_entries.async_setup(house.entry.entry_id)
    bolt.obeys = True
    await pass_time(hass, freezer, 15)
    await house.settle()
    again = await sender.enter()
    await house.settle()

    late = [
        text
        for _, text in house.told
        if text.startswith("Lobby unlocked late for Parcel Post")
    ]
    assert len(late) == 1
    assert again.body["reason"] == "entries_exhausted"
    assert bolt._attr_is_locked
    assert (await house.building.ledger.verify()).intact
