"""What refuses a delivery, as those who live in the home read it and nobody else does."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    utc,
)
from tests.support.people import People
from tests.support.wires import Wire, Wires

NOW = utc(2026, 11, 24, 12)
DENIED = "Somebody in your home denies this courier."


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, freezer: FrozenDateTimeFactory
) -> House:
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("UTC")
    house = await build(
        hass,
        door(),
        courier(),
        *await people.homes(Ada="Flat 1", Cleo="Flat 2", Abe="Flat 1"),
    )
    await people.consent(house, "Ada", "Cleo")
    await people.confirm(house, "Abe", "Ada")
    await house.settle()
    house.told.clear()
    house.announced.clear()
    return house


async def set_rules(house: House, people: People, who: str, **rules: Any) -> None:
    subject = f"resident-{who.lower()}"
    await do(house, "set_rules", people.acting(who), subject, **rules)
    await house.settle()


async def expected(wire: Wire) -> dict[str, Any]:
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    [delivery] = building["expected"]
    return dict(delivery)


async def test_denial_by_a_flatmate_is_named_to_its_home_alone(
    house: House, people: People, sender: Sender, wires: Wires, owner: Wire
) -> None:
    both = ("Flat 1", "Flat 2")
    await sender.grant(units=both)
    await set_rules(house, people, "Cleo", windows={})
    await set_rules(house, people, "Abe", couriers={"Parcel Post": "deny"})
    house.told.clear()

    refused = await sender.enter()
    await house.settle()

    assert refused.body["reason"] == "not_accepting"
    read = dict(house.told)
    assert DENIED in read["Ada"]
    assert DENIED in read["Abe"]
    assert "You have no hours on Tue" in read["Cleo"]
    assert {name for name, text in house.told if DENIED in text} == {"Ada", "Abe"}
    for name in ("Ada", "Abe"):
        shown = await expected(await wires(name))
        assert shown["refused"] == {"layer": "denied", "until": None}
    shown = await expected(await wires("Cleo"))
    assert shown["refused"] == {"layer": "outside_hours", "until": None}
    assert "refused" not in await expected(owner)


async def test_pause_of_the_home_is_named_with_its_end_to_its_home_alone(
    house: House, sender: Sender, wires: Wires, owner: Wire
) -> None:
    until = (NOW + timedelta(hours=1, minutes=9)).isoformat()
    ada, cleo = await wires("Ada"), await wires("Cleo")
    await sender.grant(units=("Flat 1",))
    assert "refused" not in await expected(ada)
    await ada.result("pause", unit="Flat 1", until=until)
    house.told.clear()

    await sender.enter()
    await house.settle()

    read = dict(house.told)
    assert "Your home is paused until today 1:09 PM: you can resume it." in read["Ada"]
    assert {name for name, text in house.told if "is paused" in text} == {"Ada", "Abe"}
    assert (await expected(ada))["refused"] == {"layer": "unit_paused", "until": until}
    for other in (cleo, owner):
        assert "refused" not in await expected(other)
    await ada.result("pause", until=until)
    assert (await expected(ada))["refused"] == {
        "layer": "building_paused",
        "until": until,
    }


async def test_courier_and_scripts_read_the_same_for_every_reason_of_a_home(
    house: House, people: People, sender: Sender, wires: Wires
) -> None:
    """The courier's messages, states, and actions: byte for byte."""
    ada = people.acting("Ada")
    await sender.grant(units=("Flat 1",))
    grants = await ask(house, "get_grants", None, ada)

    async def refused() -> list[str]:
        answer = await sender.enter()
        await house.settle()
        states = sorted(
            str(sorted(state.attributes.items(), key=str))
            for state in house.hass.states.async_all("event")
        )
        read = await ask(house, "get_entries", None, ada, limit=1)
        [entry] = read["entries"]
        assert (answer.status, entry["reason"]) == (200, "not_accepting")
        assert await ask(house, "get_grants", None, ada) == grants
        del entry["repeats"]
        return [str(answer.body), *states, str(entry)]

    await set_rules(house, people, "Ada", windows={})
    outside = await refused()
    await set_rules(house, people, "Ada", windows=ALWAYS)
    await set_rules(house, people, "Abe", couriers={"Parcel Post": "deny"})
    assert (await expected(await wires("Ada")))["refused"]["layer"] == "denied"
    assert await refused() == outside
    assert len(outside) > 2
    for word in ("denied", "outside_hours", DENIED):
        assert word not in str(outside)


async def test_delivery_of_later_is_not_refused_by_a_pause_that_ends_before(
    house: House, sender: Sender, wires: Wires
) -> None:
    ada = await wires("Ada")
    later: list[datetime] = [dt_util.utcnow() + timedelta(hours=h) for h in (3, 5)]
    await sender.grant(
        units=("Flat 1",),
        starts_at=later[0].isoformat(),
        ends_at=later[1].isoformat(),
    )
    await ada.result(
        "pause", unit="Flat 1", until=(NOW + timedelta(hours=2)).isoformat()
    )
    assert "refused" not in await expected(ada)
    until = (NOW + timedelta(hours=4)).isoformat()
    await ada.result("pause", unit="Flat 1", until=until)
    assert (await expected(ada))["refused"] == {"layer": "unit_paused", "until": until}
