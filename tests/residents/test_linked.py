"""Test linked entities: an unknown state admits nobody (promise 8)."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import EntityState
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.residents.rulebook import states_of
from tests.support.house import Sender, build

ON, OFF, UNKNOWN = EntityState.ON, EntityState.OFF, EntityState.UNKNOWN


async def test_entity_state_is_on_off_or_unknown(hass: HomeAssistant) -> None:
    for domains, state, expected in (
        ("calendar schedule binary_sensor", "on", ON),
        ("input_boolean switch group", "off", OFF),
        ("person device_tracker group", "home", ON),
        ("person group", "not_home", OFF),
        ("person", "Office", OFF),
        ("device_tracker", "on", OFF),
        ("switch person group", "unavailable", UNKNOWN),
        ("calendar device_tracker", "unknown", UNKNOWN),
        ("person", "", UNKNOWN),
        ("binary_sensor", "home", UNKNOWN),
        ("switch", "ON", UNKNOWN),
        ("sensor lock", "on", UNKNOWN),
        ("light", "off", UNKNOWN),
    ):
        for domain in domains.split():
            entity_id = f"{domain}.one"
            hass.states.async_set(entity_id, state)
            read = states_of(hass, [entity_id])
            assert read == {entity_id: expected}, (entity_id, state)
    for reference in ("binary_sensor.gone", "0" * 32, "", "not an entity"):
        assert states_of(hass, [reference]) == {reference: UNKNOWN}, reference


async def test_renamed_entity_is_followed(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "test", "porter")
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.doorman")
    hass.states.async_set("binary_sensor.doorman", "on")

    assert states_of(hass, [entry.id]) == {entry.id: ON}


async def test_courier_enters_only_while_linked_entities_allow_it(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    ada = house.building.residents["resident-ada"]
    rules = replace(
        house.building.rulebook.of(ada.id),
        only_while=("schedule.porter",),
        never_while=("binary_sensor.alarm",),
    )
    await house.building.rulebook.change(ada, rules, Author())
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant(max_entries=10)).body["decision"] == "accepted"

    for porter, alarm, reason in (
        ("on", "off", "ok"),
        ("off", "off", "not_accepting"),
        ("on", "on", "not_accepting"),
        ("unavailable", "off", "not_accepting"),
        ("on", "unknown", "not_accepting"),
        (None, "off", "not_accepting"),
        ("on", None, "not_accepting"),
    ):
        for entity_id, state in (
            ("schedule.porter", porter),
            ("binary_sensor.alarm", alarm),
        ):
            if state is None:
                hass.states.async_remove(entity_id)
            else:
                hass.states.async_set(entity_id, state)
        entered = await sender.enter()
        assert entered.body["reason"] == reason, (porter, alarm)
