"""What administrators and neighbours try against residents, and what is taken away while a courier waits."""

import asyncio
from collections.abc import Callable

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.service import async_get_all_descriptions
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, GrantKey
from custom_components.courier_access.const import DOMAIN
from tests.flows.front_end import FrontEnd
from tests.support.door_parts import Bolt, install_bolt
from tests.support.enqueued import edit, move_in
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
    until,
)
from tests.support.people import People, acting, user

KEY = GrantKey("courier-parcel-post", "G1")


async def bolted(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        resident("Ada", "3B"),
    )


def change_courier(house: House, **changes: object) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, **changes}
    )


def disable(house: House) -> None:
    change_courier(house, enabled=False)


def forbid(house: House) -> None:
    change_courier(house, doors=[])


def remove_courier(house: House) -> None:
    house.hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")


def remove_resident(house: House) -> None:
    house.hass.config_entries.async_remove_subentry(house.entry, "resident-ada")


@pytest.mark.parametrize(
    ("take_away", "why"),
    [
        (disable, "courier_disabled"),
        # Nobody is left to whom it could be said.
        (remove_courier, "not_ready"),
        (forbid, "door_not_allowed"),
        (remove_resident, "not_accepting"),
    ],
)
async def test_what_the_administrator_takes_away_counts_for_a_courier_who_waits_at_the_door(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    take_away: Callable[[House], None],
    why: str,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=3)
    await sender.enter()
    await house.settle()
    bolt.hangs = asyncio.Event()
    freezer.tick(6)
    async_fire_time_changed(hass)
    await until(lambda: "lock" in bolt.names)
    building = house.building
    entering = asyncio.create_task(sender.enter())
    await until(
        lambda: (grant := building.grants.live(KEY)) is not None and grant.uses == 2
    )

    take_away(house)
    await until(lambda: not building.host.is_open)
    bolt.hangs.set()
    answer = await entering
    await house.settle()

    assert answer.body.get("reason", answer.problem) == why
    assert answer.body.get("decision") in ("refused", None)
    assert bolt.names.count("unlock") == 1


async def test_a_courier_disabled_while_waiting_for_its_turn_does_not_get_it(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    bolt.hangs = asyncio.Event()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=3)
    building = house.building
    first = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    second = asyncio.create_task(sender.enter())
    await until(lambda: building.drivers["door-lobby"].turn.is_awaited)

    disable(house)
    await until(lambda: not building.host.is_open)
    bolt.hangs.set()
    assert (await first).body["outcome"] == "opened"
    assert (await second).body["reason"] == "courier_disabled"
    await house.settle()
    assert bolt.names.count("unlock") == 1


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def adas(hass: HomeAssistant, people: People) -> House:
    """A house where Ada, who logs in, consented."""
    ada = resident("Ada", "3B", None, person=people.person("Ada"))
    house = await build(hass, door(), courier(), ada)
    context = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", context, consent=True, windows=ALWAYS)
    return house


async def test_a_paper_does_not_override_what_a_resident_said_with_their_account(
    hass: HomeAssistant, people: People, adas: House
) -> None:
    ada = acting(people["Ada"])
    await ask(adas, "set_rules", "resident-ada", ada, consent=False)
    hass.states.async_set("person.ada", "home", {})
    await adas.settle()
    paper = {"id": "p", "decided_on": "2026-01-02", "consent": True, "windows": ALWAYS}

    await edit(adas, "resident-ada", paper=paper)

    assert adas.building.rulebook.of("resident-ada").consent is Consent.WITHDRAWN


async def test_the_next_account_of_a_resident_is_asked_for_consent(
    hass: HomeAssistant, people: People, adas: House
) -> None:
    hass.states.async_set("person.ada", "home", {"user_id": people["Cleo"].id})
    await adas.settle()

    assert adas.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN


async def test_a_pause_applies_to_every_unit_of_the_resident_who_paused(
    hass: HomeAssistant, people: People
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Bea", "5C", None, person=people.person("Ada")),
        resident("Cleo", "4A", None, person=people.person("Cleo")),
    )

    async def switch(turn: str, who: str) -> None:
        await hass.services.async_call(
            "switch",
            f"turn_{turn}",
            {"entity_id": "switch.12_elm_street_courier_access"},
            blocking=True,
            context=acting(people[who]),
        )

    await switch("off", "Ada")
    await switch("on", "Cleo")

    over = house.building.rulebook.pauses.over
    assert {unit for unit in ("3b", "5c", "4a") if over(unit)} == {"3b", "5c"}


async def test_who_moves_in_later_reads_nothing_of_an_earlier_tenants_parcels(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Newby")
    house = await build(hass, door(), courier(), resident("Ada", "3B"))
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P-77")
    await sender.enter()
    await house.settle()

    hass.config_entries.async_remove_subentry(house.entry, "resident-ada")
    newby = resident("Newby", "3B", None, person=people.person("Newby"))
    await move_in(house, newby)
    told = await ask(house, "get_entries", "door-lobby", acting(people["Newby"]))

    [entry] = told["entries"]
    assert "P-77" not in str(entry)
    assert "units" not in entry


async def test_the_administrator_does_not_learn_which_unit_a_refused_delivery_was_for(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    owner = await user(hass, "Owner", admin=True)
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter(door="nowhere")
    await house.settle()

    told = await ask(house, "get_entries", "door-lobby", acting(owner))

    assert house.told
    [entry] = told["entries"]
    assert "Ada" not in str(entry)


async def test_neighbours_who_come_later_see_nothing_of_a_household_by_name(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier(), resident("Ada"), household="one")
    assert "ada" in str(hass.states.async_entity_ids())

    flow = FrontEnd(hass, None, "")
    screen = await flow.change_building(house.entry)
    await flow.submit(await flow.submit(screen, household="several"), unit="3B")
    await house.settle()

    assert "ada" not in str(hass.states.async_entity_ids())
    ours = er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
    residents = [entry for entry in ours if entry.config_subentry_id == "resident-ada"]
    assert residents
    assert all(entry.disabled for entry in residents)
    assert house.device("resident-ada").name == "Unit 3B"


async def test_an_action_offers_the_devices_that_it_takes(hass: HomeAssistant) -> None:
    house = await build(hass)
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    ours = dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)
    for action, models in {
        "set_rules": {"Resident"},
        "get_rules": {"Resident"},
        "check_access": {"Door"},
        "get_entries": {"Building", "Door"},
    }.items():
        shown = described[action]["fields"]["device_id"]["selector"]["device"]
        assert {each["model"] for each in shown["filter"]} == models, action
        assert models <= {device.model for device in ours}, action
