"""A check of access shows which rules decide, only to people who may read them."""

from typing import Any

from homeassistant.core import Context, HomeAssistant
import pytest

from tests.support.house import ALWAYS, House, ask, build, courier, door, resident
from tests.support.people import People, acting, user


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Abe", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    hass.states.async_set("binary_sensor.porter", "off")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "Flat 1", None, person=people.person("Ada")),
        resident("Abe", "Flat 1", None, person=people.person("Abe")),
        resident("Ben", "Flat 1", {}),
        resident("Cleo", "Flat 2", None, person=people.person("Cleo")),
    )
    for pending in ("resident-abe", "resident-ben"):
        await hass.services.async_call(
            "courier_access",
            "confirm_resident",
            {"device_id": house.device(pending).id},
            blocking=True,
            context=acting(people["Ada"]),
        )
    for name, more in (
        ("Ada", {"windows": ALWAYS, "only_while": ["binary_sensor.porter"]}),
        ("Cleo", {"windows": ALWAYS}),
    ):
        subject = f"resident-{name.lower()}"
        await ask(
            house, "set_rules", subject, acting(people[name]), consent=True, **more
        )
    return house


async def because(
    house: House, context: Context, unit: str = "Flat 1"
) -> tuple[str, list[dict[str, Any]]]:
    result = await ask(house, "check_access", "door-lobby", context, unit=unit)
    [check] = result["checks"]
    return check["reason"], check["because"]


async def test_resident_reads_all_findings_of_their_unit(
    house: House, people: People
) -> None:
    expected = (
        "not_accepting",
        [
            {
                "layer": "entity",
                "says": "no",
                "resident": "Ada",
                "entity": "binary_sensor.porter",
                "state": "off",
            },
            {"layer": "not_consenting", "says": "no", "resident": "Abe"},
            {"layer": "outside_hours", "says": "no", "resident": "Ben"},
        ],
    )

    assert await because(house, acting(people["Ada"])) == expected
    assert await because(house, acting(people["Abe"])) == expected


async def test_owner_reads_the_decision_and_the_findings_for_all_units(
    hass: HomeAssistant, house: House, people: People
) -> None:
    owner = acting(await user(hass, "Owner", admin=True))

    reason, result = await because(house, owner)
    # The owner recorded Ben's paper consent.
    assert (reason, result) == (
        "not_accepting",
        [{"layer": "outside_hours", "says": "no", "resident": "Ben"}],
    )
    assert await because(house, owner, "Flat 2") == ("ok", [])

    await hass.services.async_call(
        "courier_access",
        "pause",
        {"device_id": house.device().id},
        blocking=True,
        context=owner,
    )
    assert await because(house, owner, "Flat 2") == (
        "paused",
        [{"layer": "building_paused", "says": "no"}],
    )


async def test_unit_pause_is_shown_to_the_unit_only(
    hass: HomeAssistant, house: House, people: People
) -> None:
    owner, cleo = acting(await user(hass, "Owner", admin=True)), acting(people["Cleo"])
    await hass.services.async_call(
        "courier_access",
        "pause",
        {"device_id": house.device().id, "unit": "Flat 2"},
        blocking=True,
        context=cleo,
    )

    assert await because(house, owner, "Flat 2") == ("paused", [])
    reason, result = await because(house, cleo, "Flat 2")
    assert (reason, result[0]) == ("paused", {"layer": "unit_paused", "says": "no"})
    assert {"layer": "allows", "says": "yes", "resident": "Cleo"} in result
