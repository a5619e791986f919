"""Simultaneous changes take effect together."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.host import hand_over_soon
from tests.support.enqueued import count_loads, members, move_in, move_out
from tests.support.house import (
    RELAY,
    Sender,
    build,
    courier,
    door,
    observed,
    resident,
)
from tests.support.people import People

FORTY = [resident(f"R{number}", f"{number}") for number in range(40)]


async def test_forty_simultaneous_changes_take_effect_together(
    hass: HomeAssistant,
) -> None:
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


async def test_simultaneous_account_changes_take_effect_together(
    hass: HomeAssistant,
) -> None:
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


def remembered_of(hass: HomeAssistant, entry_id: str) -> set[str]:
    """Return the keys of our data in memory that holds something of a building."""
    return {
        str(key)
        for key, value in hass.data.items()
        if DOMAIN in str(key) and entry_id in repr(getattr(value, "__dict__", value))
    }


async def test_removed_building_is_not_handed_over_and_leaves_nothing_in_memory(
    hass: HomeAssistant,
    caplog: pytest.LogCaptureFixture,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    hass.states.async_set(RELAY, "off")
    asked_before, asked_while, asked_after = [
        (
            await build(
                hass,
                door(),
                courier(webhook_id=f"webhook-of-{title}"),
                observed(),
                resident(),
                title=title,
            )
        ).entry.entry_id
        for title in ("Elm", "Oak", "Ash")
    ]
    sender = Sender(await hass_client_no_auth(), webhook_id="webhook-of-Ash")
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"
    hass.states.async_set(RELAY, "on")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert {f"{DOMAIN}_door_drivers", f"{DOMAIN}_observed_watches"} <= remembered_of(
        hass, asked_after
    )

    hand_over_soon(hass, asked_before)
    await hass.config_entries.async_remove(asked_before)
    removing = hass.async_create_task(hass.config_entries.async_remove(asked_while))
    hand_over_soon(hass, asked_while)
    await removing
    await hass.config_entries.async_remove(asked_after)
    hand_over_soon(hass, asked_after)
    await hass.async_block_till_done()

    assert "UnknownEntry" not in caplog.text
    for entry_id in (asked_before, asked_while, asked_after):
        assert remembered_of(hass, entry_id) == set()
