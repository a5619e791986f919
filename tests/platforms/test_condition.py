"""Conditions."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    condition,
    device_registry as dr,
    entity_registry as er,
)

from tests.support.automations import Automations, Config, asks
from tests.support.house import (
    NEVER,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)

TICK = "input_button.tick"
ACCESS = "switch.12_elm_street_courier_access"
EXPECTED = "binary_sensor.lobby_delivery_expected"
ADAS = "binary_sensor.ada_accepting_deliveries"
CLEOS = "binary_sensor.cleo_accepting_deliveries"
BENS = "binary_sensor.ben_accepting_deliveries"
PARTS = (door(), courier(), resident("Ada", "3B"), resident("Ben", "4A", NEVER))


async def living(hass: HomeAssistant, *parts: ConfigSubentryDataWithId) -> House:
    return await build(hass, *(parts or PARTS), household="one")


async def holds(hass: HomeAssistant, asked: Config) -> bool:
    """Evaluate the condition."""
    config = await condition.async_validate_condition_config(hass, dict(asked))
    checker = await condition.async_from_config(hass, config)
    try:
        return bool(checker.async_check(variables={}))
    finally:
        checker.async_unload()


async def test_conditions_gate_automations(hass: HomeAssistant, sender: Sender) -> None:
    house = await living(hass)
    begin = {"trigger": "state", "entity_id": TICK}
    automations = await Automations.set_up(
        hass, {"went on": begin}, asks("is_delivery_expected", {"entity_id": EXPECTED})
    )
    hass.states.async_set(TICK, "1")
    await hass.async_block_till_done()
    assert automations.take() == []

    await sender.grant()
    await house.settle()
    hass.states.async_set(TICK, "2")
    await hass.async_block_till_done()
    assert automations.take() == ["went on"]


async def test_acceptance_follows_each_residents_rules(hass: HomeAssistant) -> None:
    house = await living(hass)
    ada = {"device_id": house.device("resident-ada").id}
    both = {"entity_id": [ADAS, BENS]}

    assert await holds(hass, asks("is_accepting_deliveries", ada))
    assert not await holds(hass, asks("is_accepting_deliveries", {"entity_id": BENS}))
    assert await holds(hass, asks("is_accepting_deliveries", both, behavior="any"))
    assert not await holds(hass, asks("is_accepting_deliveries", both, behavior="all"))
    # This sensor is on, but it isn't one for acceptance.
    hass.states.async_set(EXPECTED, "on")
    assert not await holds(
        hass, asks("is_accepting_deliveries", {"entity_id": EXPECTED})
    )


async def test_all_accepting_needs_state_of_every_resident(hass: HomeAssistant) -> None:
    """Residents' entities are disabled by default in a building of several households."""
    house = await living(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    lobby = ar.async_get(hass).async_create("Lobby").id
    for each in ("resident-ada", "resident-cleo"):
        dr.async_get(hass).async_update_device(house.device(each).id, area_id=lobby)
    targets = ({"entity_id": [ADAS, CLEOS]}, {"area_id": lobby})

    for target in targets:
        everyone = asks("is_accepting_deliveries", target, behavior="all")
        assert await holds(hass, everyone)
    er.async_get(hass).async_update_entity(
        CLEOS, disabled_by=er.RegistryEntryDisabler.INTEGRATION
    )
    await house.settle()
    assert hass.states.get(CLEOS) is None
    for target in targets:
        everyone = asks("is_accepting_deliveries", target, behavior="all")
        assert not await holds(hass, everyone)
        assert await holds(
            hass, asks("is_accepting_deliveries", target, behavior="any")
        )


async def test_paused_condition_follows_building_switch(hass: HomeAssistant) -> None:
    house = await living(hass)
    paused = asks("is_courier_access_paused", {"device_id": house.device().id})
    assert not await holds(hass, paused)

    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": ACCESS}, blocking=True
    )
    assert await holds(hass, paused)
    consent = {"entity_id": "switch.ben_deliveries"}
    await hass.services.async_call("switch", "turn_off", consent, blocking=True)
    assert not await holds(hass, asks("is_courier_access_paused", consent))


async def test_condition_holds_for_duration(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await living(hass)
    target = {"entity_id": ACCESS}
    a_while = asks("is_courier_access_paused", target, **{"for": {"minutes": 5}})
    await hass.services.async_call("switch", "turn_off", target, blocking=True)
    assert not await holds(hass, a_while)

    await pass_time(hass, freezer, timedelta(minutes=6).total_seconds())
    assert await holds(hass, a_while)


async def test_conditions_are_false_for_unloaded_building(hass: HomeAssistant) -> None:
    house = await living(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    for asked, entity_id in (
        ("is_accepting_deliveries", ADAS),
        ("is_delivery_expected", EXPECTED),
        ("is_courier_access_paused", ACCESS),
    ):
        for behavior in ("any", "all"):
            target = {"entity_id": entity_id}
            assert not await holds(hass, asks(asked, target, behavior=behavior)), asked
