"""The doorbells of a door, as the administrator chooses them in its form."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access.const import DOMAIN, RESIDENT_LANGUAGES

from .front_end import Screen, translations
from .parts import PartFlow

DING: dict[str, Any] = {"device_class": "doorbell", "event_types": ["ring"]}


def bell(
    hass: HomeAssistant,
    name: str,
    integration: str = "ring",
    domain: str = "event",
    **attributes: Any,
) -> er.RegistryEntry:
    """Add a registered entity with a state, by default a doorbell."""
    entry = er.async_get(hass).async_get_or_create(
        domain, integration, name, suggested_object_id=name
    )
    hass.states.async_set(entry.entity_id, "unknown", attributes or DING)
    return entry


async def form(flow: PartFlow) -> Screen:
    """Open the form of the only door."""
    await flow.change(flow.only().subentry_id)
    return await flow.choose("demo")


async def chosen(flow: PartFlow, *bells: dict[str, Any]) -> Screen:
    """Choose doorbells in the form of the only door."""
    return await flow.submit(await form(flow), doorbells=list(bells))


def fields_of(screen: Screen) -> dict[str, Any]:
    """Return the fields of a doorbell."""
    config: dict[str, Any] = screen.fields["doorbells"]["selector"]["object"]["fields"]
    return config


async def test_doorbells_are_stored_by_registry_id_and_shown_again(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door()
    for unit in ("3B", "4A"):
        door_flow.add_resident(name=unit, unit=unit)
    ding = bell(hass, "ding")
    visitor = "binary_sensor.visitor"
    hass.states.async_set(visitor, "off")
    given: list[dict[str, Any]] = [
        {"entity": ding.entity_id},
        {"entity": visitor, "units": ["3B"]},
    ]
    screen = await chosen(door_flow, *given)
    assert screen.reason == "reconfigure_successful"
    assert door_flow.only().data["doorbells"] == [
        {"entity": ding.id, "units": []},
        {"entity": visitor, "units": ["3B"]},
    ]
    er.async_get(hass).async_update_entity(ding.entity_id, new_entity_id="event.front")
    hass.states.async_set("event.front", "unknown", DING)
    screen = await form(door_flow)
    assert screen.value("doorbells") == [{"entity": "event.front"}, given[1]]
    await door_flow.submit(screen, doorbells=None)
    assert "doorbells" not in door_flow.only().data


async def test_doorbell_that_was_removed_is_not_shown_again(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door()
    ding = bell(hass, "ding")
    await chosen(door_flow, {"entity": ding.entity_id})
    er.async_get(hass).async_remove(ding.entity_id)
    await door_flow.submit(await form(door_flow))
    assert "doorbells" not in door_flow.only().data


async def test_units_can_be_chosen_if_there_are_several_or_some_were(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door()
    ding = bell(hass, "ding").entity_id
    assert fields_of(await form(door_flow)).keys() == {"entity"}
    ada = door_flow.add_resident(unit="3B")
    door_flow.add_resident(name="Ben", unit="3b ")
    assert fields_of(await form(door_flow)).keys() == {"entity"}
    door_flow.add_resident(name="Cleo", unit="4A")
    units = fields_of(await form(door_flow))["units"]["selector"]["select"]
    assert units["options"] == ["3b ", "4A"]
    await chosen(door_flow, {"entity": ding, "units": ["4A"]})
    for part in door_flow.building.get_subentries_of_type("resident"):
        hass.config_entries.async_remove_subentry(door_flow.building, part.subentry_id)
    assert ada.subentry_id not in door_flow.building.subentries
    await door_flow.submit(await form(door_flow))
    [stored] = door_flow.only().data["doorbells"]
    assert stored["units"] == ["4A"]


async def test_entities_that_are_no_doorbells_are_refused(
    hass: HomeAssistant, door_flow: PartFlow
) -> None:
    door_flow.add_door()
    refused = {
        bell(hass, "no_class", event_types=["ring"]).entity_id,
        bell(hass, "never_rings", **DING | {"event_types": ["pressed"]}).entity_id,
        bell(hass, "all", "group", "binary_sensor", device_class=None).entity_id,
        *(
            bell(hass, kind, "zha", "binary_sensor", device_class=kind).entity_id
            for kind in ("door", "window", "motion", "presence", "lock")
        ),
    }
    for entity_id in refused:
        screen = await chosen(door_flow, {"entity": entity_id})
        assert screen.errors == {"doorbells": "doorbell_unsupported"}, entity_id
    ding = {"entity": bell(hass, "ding").entity_id}
    screen = await chosen(door_flow, ding, {"entity": "binary_sensor.nowhere"})
    assert screen.errors == {"doorbells": "doorbell_missing"}
    assert screen.value("doorbells")[0] == ding
    screen = await chosen(door_flow, ding, ding)
    assert screen.errors == {"doorbells": "doorbell_twice"}
    screen = await door_flow.submit(screen, doorbells=[ding])
    assert screen.type is FlowResultType.ABORT


@pytest.mark.parametrize("integration", ["mobile_app", DOMAIN])
@pytest.mark.parametrize("domain", ["event", "binary_sensor"])
async def test_what_a_phone_or_courier_access_writes_is_not_offered_and_not_accepted(
    hass: HomeAssistant, door_flow: PartFlow, integration: str, domain: str
) -> None:
    door_flow.add_door()
    ding = bell(hass, "ding", integration, domain, **DING)
    screen = await form(door_flow)
    offered = fields_of(screen)["entity"]["selector"]["entity"]
    assert offered["exclude_entities"] == [ding.entity_id]
    with pytest.raises(InvalidData):
        await door_flow.submit(screen, doorbells=[{"entity": ding.entity_id}])
    screen = await chosen(door_flow, {"entity": ding.id})
    assert screen.errors == {"doorbells": "doorbell_unsupported"}


def test_form_says_that_everybody_who_rings_can_cause_a_question() -> None:
    fields = translations("en")["selector"]["doorbells"]["fields"]
    says = "While a delivery is expected, everybody who rings can cause a question."
    assert says in fields["entity"]["description"]


def test_fields_of_a_doorbell_have_names_in_every_language() -> None:
    for language in RESIDENT_LANGUAGES:
        fields = translations(language)["selector"]["doorbells"]["fields"]
        assert fields.keys() == {"entity", "units"}
        for field in fields.values():
            assert field["name"].strip()
            assert field["description"].strip()
