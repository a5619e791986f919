"""Reloading a building once for simultaneous changes."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.hass.host import async_reload_soon
from tests.support.house import build, courier, door, resident
from tests.support.owing import count_loads, members, move_in, move_out
from tests.support.people import People

FORTY = [resident(f"R{number}", f"{number}") for number in range(40)]


async def test_forty_simultaneous_changes_reload_once(hass: HomeAssistant) -> None:
    house = await build(hass)
    loads = count_loads(house)

    await move_in(house, *FORTY)
    assert len(loads) == 1
    assert len(await members(house)) == len(house.building.residents) == 41

    await move_out(house, *(each["subentry_id"] for each in FORTY))
    assert len(loads) == 2
    assert (
        set(await members(house)) == set(house.building.residents) == {"resident-ada"}
    )


async def test_simultaneous_login_changes_reload_once(hass: HomeAssistant) -> None:
    people = People(hass)
    await people.move_in("Ada", "Ben", "Cleo")
    house = await build(
        hass,
        door(),
        courier(),
        *(
            resident(name, unit, None, person=people.person(name))
            for name, unit in (("Ada", "1"), ("Ben", "2"), ("Cleo", "3"))
        ),
    )
    loads = count_loads(house)

    for name in ("Ada", "Ben", "Cleo"):
        hass.states.async_set(f"person.{name.lower()}", "home", {"user_id": None})
    await house.settle()

    assert len(loads) == 1
    assert list(house.building.directory.users.values()) == [None] * 3


async def test_removed_building_is_not_reloaded_and_leaves_nothing_in_memory(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    asked_before, asked_while, asked_after = [
        (await build(hass, title=title)).entry.entry_id
        for title in ("Elm", "Oak", "Ash")
    ]

    async_reload_soon(hass, asked_before)
    await hass.config_entries.async_remove(asked_before)
    removing = hass.async_create_task(hass.config_entries.async_remove(asked_while))
    async_reload_soon(hass, asked_while)
    await removing
    await hass.config_entries.async_remove(asked_after)
    async_reload_soon(hass, asked_after)
    await hass.async_block_till_done()

    assert "UnknownEntry" not in caplog.text
    remembered = {
        str(key): value for key, value in hass.data.items() if DOMAIN in str(key)
    }
    for entry_id in (asked_before, asked_while, asked_after):
        assert [
            key for key, value in remembered.items() if entry_id in repr(value)
        ] == []
