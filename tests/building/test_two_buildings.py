"""Test that two buildings of forty units share nothing."""

from collections import Counter

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from tests.support.enqueued import count_loads
from tests.support.house import House, Sender, ask, build, courier, door, resident
from tests.support.people import People, acting

UNITS = 40


async def forty_units(
    hass: HomeAssistant, title: str, mark: str, people: People
) -> House:
    """Build forty units of two residents each: one with a decision on paper, one without; Ada or Bea is in the first."""
    login = "Ada" if mark == "a" else "Bea"
    return await build(
        hass,
        door("Front door", mark),
        courier(f"Post {mark}", (f"door-{mark}",)),
        resident(login, "0", None, person=people.person(login)),
        *(resident(f"{mark}{unit}p", f"{unit}") for unit in range(1, UNITS)),
        *(resident(f"{mark}{unit}n", f"{unit}", None) for unit in range(UNITS)),
        title=title,
    )


async def test_two_buildings_of_forty_units_have_nothing_in_common(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Bea")
    elm = await forty_units(hass, "12 Elm Street", "a", people)
    loads = count_loads(elm)
    oak = await forty_units(hass, "3 Oak Lane", "b", people)
    client = await hass_client_no_auth()
    ours, theirs = (
        Sender(client, "webhook-of-post-a"),
        Sender(client, "webhook-of-post-b"),
    )

    # Setting one up doesn't reload the other, but from then on both say which building a unit is of.
    assert loads == []
    devices = dr.async_get(hass)
    names = Counter(
        device.name
        for house in (elm, oak)
        for device in dr.async_entries_for_config_entry(devices, house.entry.entry_id)
    )
    assert {name: count for name, count in names.items() if count > 1} == {
        "Front door": 2
    }
    assert names["Unit 7, 12 Elm Street"] == names["Unit 7 (2), 3 Oak Lane"] == 1
    entities = er.async_get(hass)
    kept = [
        entity
        for house in (elm, oak)
        for entity in er.async_entries_for_config_entry(entities, house.entry.entry_id)
    ]
    assert len({entity.entity_id for entity in kept}) == len(kept)
    assert entities.async_get("switch.unit_7_3_oak_lane_deliveries") is not None

    for sender, title in ((ours, "12 Elm Street"), (theirs, "3 Oak Lane")):
        assert (await sender.send("ping", {})).body["building"] == title
    elm.told.clear()
    oak.told.clear()
    await ours.grant(units=("7",))
    assert (await theirs.enter()).body["reason"] == "unknown_grant"
    assert (await ours.enter()).body["decision"] == "admitted"
    await elm.settle()
    assert len(elm.told) == 2 * UNITS
    assert oak.told == []
    assert {name for name, message in elm.told if "Unit 7." in message} == {
        "a7p",
        "a7n",
    }
    assert elm.door_state("lock.front_door") == "unlocked"
    assert elm.door_state("lock.front_door_2") == "locked"

    ada = acting(people["Ada"])
    [entry] = (await ask(elm, "get_entries", "door-a", ada))["entries"]
    assert entry["courier"] == "Post a"
    for action, more in (
        ("get_entries", {}),
        ("pause", {}),
        ("check_access", {"unit": "7"}),
    ):
        with pytest.raises(ServiceValidationError):
            await hass.services.async_call(
                DOMAIN,
                action,
                {"device_id": oak.device("door-b").id, **more},
                blocking=True,
                return_response=action != "pause",
                context=ada,
            )

    # Nothing is left of a building that is removed.
    await hass.config_entries.async_remove(oak.entry.entry_id)
    await elm.settle()
    assert elm.device("resident-a7p").name == "Unit 7"
