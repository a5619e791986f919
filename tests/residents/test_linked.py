"""Test linked entities: an unknown state admits nobody (promise 8)."""

from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import EntityState
from custom_components.courier_access.ledger.state.rules import Author
from custom_components.courier_access.residents.linked_entities import states_of
from tests.support.house import House, Sender, build

ON, OFF, UNKNOWN = EntityState.ON, EntityState.OFF, EntityState.UNKNOWN


@pytest.mark.parametrize(
    ("entity_id", "state", "expected"),
    [
        *(
            (f"{domain}.one", "on", ON)
            for domain in ("calendar", "schedule", "binary_sensor")
        ),
        *(
            (f"{domain}.one", "off", OFF)
            for domain in ("input_boolean", "switch", "group")
        ),
        ("person.one", "home", ON),
        ("person.one", "not_home", OFF),
        ("person.one", "Office", OFF),
        ("device_tracker.one", "home", ON),
        ("device_tracker.one", "on", OFF),
        ("group.family", "home", ON),
        ("group.family", "not_home", OFF),
        *(
            (f"{domain}.one", "unavailable", UNKNOWN)
            for domain in ("switch", "person", "group")
        ),
        *(
            (f"{domain}.one", "unknown", UNKNOWN)
            for domain in ("calendar", "device_tracker")
        ),
        ("person.one", "", UNKNOWN),
        ("binary_sensor.one", "home", UNKNOWN),
        ("switch.one", "ON", UNKNOWN),
        ("sensor.one", "on", UNKNOWN),
        ("light.one", "off", UNKNOWN),
        ("lock.one", "on", UNKNOWN),
    ],
)
async def test_entity_state_is_on_off_or_unknown(
    hass: HomeAssistant, entity_id: str, state: str, expected: EntityState
) -> None:
    hass.states.async_set(entity_id, state)

    assert states_of(hass, [entity_id]) == {entity_id: expected}


@pytest.mark.parametrize(
    "reference", ["binary_sensor.gone", "0" * 32, "", "not an entity"]
)
async def test_missing_entity_is_unknown(hass: HomeAssistant, reference: str) -> None:
    assert states_of(hass, [reference]) == {reference: UNKNOWN}


async def test_renamed_entity_is_followed(
    hass: HomeAssistant,
) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "test", "porter")
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.doorman")
    hass.states.async_set("binary_sensor.doorman", "on")

    assert states_of(hass, [entry.id]) == {entry.id: ON}


async def link(house: House, **changes: tuple[str, ...]) -> None:
    ada = house.building.residents["resident-ada"]
    rules = replace(house.building.rulebook.of(ada.id), **changes)  # type: ignore[arg-type]  # only the links are given
    await house.building.rulebook.change(ada, rules, Author())


@pytest.mark.parametrize(
    ("porter", "alarm", "decision"),
    [
        ("on", "off", "admitted"),
        ("off", "off", "refused"),
        ("on", "on", "refused"),
        ("unavailable", "off", "refused"),
        ("on", "unknown", "refused"),
        (None, "off", "refused"),
        ("on", None, "refused"),
    ],
)
async def test_courier_enters_only_while_linked_entities_allow_it(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    porter: str | None,
    alarm: str | None,
    decision: str,
) -> None:
    house = await build(hass)
    await link(
        house, only_while=("schedule.porter",), never_while=("binary_sensor.alarm",)
    )
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant()).body["decision"] == "accepted"

    for entity_id, state in (
        ("schedule.porter", porter),
        ("binary_sensor.alarm", alarm),
    ):
        if state is not None:
            hass.states.async_set(entity_id, state)
    entered = await sender.enter()

    assert entered.body["decision"] == decision
    assert entered.body["reason"] == (
        "ok" if decision == "admitted" else "not_accepting"
    )
