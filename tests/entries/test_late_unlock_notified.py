"""Test that everybody is notified of a door that unlocks late for a courier."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.door_parts import Bolt
from tests.support.house import Answer, House, Sender, pass_time, until
from tests.support.verified import verified


@pytest.fixture
async def unconfirmed(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> Answer:
    """The answer to an entry that no opener confirmed, with a single use."""
    bolt.obeys = False
    await sender.grant(parcel_ref="P-77")
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    await pass_time(hass, freezer, 8)
    answer = await entering
    await house.settle()
    assert len(house.told) == 2
    house.told.clear()
    return answer


async def test_late_unlock_is_notified_to_everyone_and_uses_the_grant(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    unconfirmed: Answer,
    freezer: FrozenDateTimeFactory,
) -> None:
    expected = {"outcome": "unconfirmed", "lock_confirmed": False, "entries_left": 1}
    assert expected.items() <= unconfirmed.body.items()

    bolt.move(locked=False)
    await house.settle()

    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    for _, text in house.told:
        assert text.startswith("Lobby unlocked late for Parcel Post, today ")
        assert "3B" not in text
        assert "P-77" not in text
    assert (await sender.enter()).body["reason"] == "entries_exhausted"
    assert (await verified(house.building.ledger)).intact
    bolt.obeys = True
    await pass_time(hass, freezer, 6)
    await house.settle()
    assert bolt.names == ["unlock", "lock"]
    assert sum("unlocked late" in text for _, text in house.told) == 2


@pytest.mark.parametrize(
    "first_seen",
    [
        "after a reload",
        "after an outage",
        "while nothing can be written",
        "while nothing can be written before a reload",
    ],
)
async def test_late_unlock_uses_the_grant_and_is_notified_once(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    unconfirmed: Answer,
    freezer: FrozenDateTimeFactory,
    first_seen: str,
) -> None:
    entry_id = house.entry.entry_id
    match first_seen:
        case "after a reload":
            assert await hass.config_entries.async_unload(entry_id)
            bolt.move(locked=False)
            for _ in range(2):
                assert await hass.config_entries.async_setup(entry_id)
                assert await hass.config_entries.async_unload(entry_id)
            assert await hass.config_entries.async_setup(entry_id)
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
                assert await hass.config_entries.async_unload(entry_id)
            await repair_ledger(house)
            if first_seen.endswith("reload"):
                assert await hass.config_entries.async_setup(entry_id)
    bolt.obeys = True
    await pass_time(hass, freezer, 15)
    await house.settle()
    again = await sender.enter()
    await house.settle()

    late = [
        name
        for name, text in house.told
        if text.startswith("Lobby unlocked late for Parcel Post")
    ]
    assert sorted(late) == ["Ada", "Cleo"]
    assert again.body["reason"] == "entries_exhausted"
    assert bolt._attr_is_locked
    assert (await verified(house.building.ledger)).intact
