"""Ids, names, devices, and categories of entities."""

from functools import partial

from homeassistant.const import EntityCategory
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import async_get_platforms
import pytest

from custom_components.courier_access.const import DOMAIN
from tests.flows.front_end import FrontEnd
from tests.support.enqueued import move_in
from tests.support.house import House, build, courier, door, resident

OF_ADA = ("binary_sensor.unit_3b_accepting_deliveries", "switch.unit_3b_deliveries")


async def build_household(hass: HomeAssistant, household: str) -> House:
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "3b"),
        resident("Cleo", "4A"),
        household=household,
    )


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building of one household."""
    return await build_household(hass, "one")


def registered(hass: HomeAssistant, house: House) -> dict[str, er.RegistryEntry]:
    registry = er.async_get(hass)
    return {
        entry.entity_id: entry
        for entry in er.async_entries_for_config_entry(registry, house.entry.entry_id)
    }


def ids(hass: HomeAssistant, house: House) -> dict[str, str]:
    """Return entity ids by unique id."""
    entries = registered(hass, house).values()
    return {entry.unique_id: entry.entity_id for entry in entries}


async def enable_all(hass: HomeAssistant, house: House) -> None:
    """Enable all entities."""
    for entity_id in registered(hass, house):
        er.async_get(hass).async_update_entity(entity_id, disabled_by=None)
    await house.reload()


async def test_unique_id_is_subentry_and_key(hass: HomeAssistant, house: House) -> None:
    entry_id = house.entry.entry_id

    for entity_id, name in (
        ("switch.ada_deliveries", "Ada Deliveries"),
        ("binary_sensor.cleo_accepting_deliveries", "Cleo Accepting deliveries"),
    ):
        state = house.hass.states.get(entity_id)
        assert state is not None
        assert state.name == name
    assert {
        (entry.domain, entry.unique_id): entry.config_subentry_id
        for entry in registered(hass, house).values()
    } == {
        ("lock", "door-lobby_door"): "door-lobby",
        ("event", "door-lobby_courier"): "door-lobby",
        ("binary_sensor", "door-lobby_delivery_expected"): "door-lobby",
        ("binary_sensor", f"{entry_id}_problem"): None,
        ("calendar", f"{entry_id}_expected_deliveries"): None,
        ("sensor", f"{entry_id}_last_courier_contact"): None,
        ("sensor", f"{entry_id}_notifications_pending"): None,
        ("switch", f"{entry_id}_courier_access"): None,
        ("switch", "resident-ada_deliveries"): "resident-ada",
        ("switch", "resident-ben_deliveries"): "resident-ben",
        ("switch", "resident-cleo_deliveries"): "resident-cleo",
        ("binary_sensor", "resident-ada_accepting_deliveries"): "resident-ada",
        ("binary_sensor", "resident-ben_accepting_deliveries"): "resident-ben",
        ("binary_sensor", "resident-cleo_accepting_deliveries"): "resident-cleo",
    }


async def test_ids_and_chosen_names_survive_reloads_and_renames(
    hass: HomeAssistant, house: House
) -> None:
    before = ids(hass, house)
    lobby = house.entry.subentries["door-lobby"]

    hass.config_entries.async_update_subentry(house.entry, lobby, title="Front door")
    hass.config_entries.async_update_entry(house.entry, title="14 Elm Street")
    await house.settle()

    assert house.device().name == "14 Elm Street"
    assert ids(hass, house) == before
    state = hass.states.get("lock.lobby")
    assert state is not None
    assert state.name == "Front door"


async def test_renamed_entities_keep_following_and_are_renamed_in_place(
    hass: HomeAssistant, house: House
) -> None:
    registry = er.async_get(hass)
    await enable_all(hass, house)
    removed: list[str] = []
    renamed: dict[str, str] = {}
    for platform in async_get_platforms(hass, DOMAIN):
        for entity_id, entity in list(platform.entities.items()):
            renamed[entity_id] = f"{entity_id}_2"
            entity.async_on_remove(partial(removed.append, entity_id))

    for old, new in renamed.items():
        registry.async_update_entity(old, new_entity_id=new)
    await house.settle()

    # Home Assistant 2026.10 removes and re-adds a renamed entity.
    in_place = hasattr(Entity, "async_entity_id_changed")
    assert sorted(removed) == ([] if in_place else sorted(renamed))
    assert all(hass.states.get(old) is None for old in renamed)
    states = {new: hass.states.get(new) for new in renamed.values()}
    assert len(states) == 14
    assert not [
        new
        for new, state in states.items()
        if state is None or state.state == "unavailable"
    ]
    assert house.door_state("lock.lobby_2") == "locked"
    await house.building.drivers["door-lobby"].unlock_manually(Context())
    await house.settle()
    assert house.door_state("lock.lobby_2") == "unlocked"


async def test_several_households_have_disabled_entities_named_by_unit(
    hass: HomeAssistant,
) -> None:
    house = await build_household(hass, "several")
    entries = registered(hass, house)

    residents = {key: entry for key, entry in entries.items() if ".unit_" in key}
    assert set(residents) == {
        *OF_ADA,
        "binary_sensor.unit_3b_2_accepting_deliveries",
        "switch.unit_3b_2_deliveries",
        "binary_sensor.unit_4a_accepting_deliveries",
        "switch.unit_4a_deliveries",
    }
    for entity_id, entry in residents.items():
        assert entry.disabled_by is er.RegistryEntryDisabler.INTEGRATION
        assert hass.states.get(entity_id) is None
    others = {
        key
        for key, entry in entries.items()
        if key not in residents and entry.disabled_by
    }
    assert others == {
        "sensor.12_elm_street_last_courier_contact",
        "sensor.12_elm_street_pending_notifications",
    }


async def test_no_public_data_names_a_resident_among_neighbors(
    hass: HomeAssistant,
) -> None:
    house = await build_household(hass, "several")
    await enable_all(hass, house)

    readable = [
        f"{state.entity_id} {state.state} {dict(state.attributes)}"
        for state in hass.states.async_all()
    ]
    readable += [
        f"{device.name} {device.model} {device.manufacturer}"
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), house.entry.entry_id
        )
    ]
    readable += [
        f"{entry.original_name} {entry.entity_id}"
        for entry in registered(hass, house).values()
    ]
    assert hass.states.get("switch.unit_3b_deliveries") is not None
    for name in ("Ada", "Ben", "Cleo"):
        assert not [text for text in readable if name.lower() in text.lower()]


async def test_settings_and_diagnostics_have_entity_categories(
    hass: HomeAssistant, house: House
) -> None:

    categories = {
        (entry.domain, entry.translation_key): entry.entity_category
        for entry in registered(hass, house).values()
    }
    assert {
        key: category for key, category in categories.items() if category is not None
    } == {
        ("switch", "deliveries"): EntityCategory.CONFIG,
        ("binary_sensor", "problem"): EntityCategory.DIAGNOSTIC,
        ("sensor", "last_courier_contact"): EntityCategory.DIAGNOSTIC,
        ("sensor", "notifications_pending"): EntityCategory.DIAGNOSTIC,
    }


@pytest.mark.parametrize("household", ["one", "several"])
async def test_doors_and_residents_are_under_building_device(
    hass: HomeAssistant, household: str
) -> None:
    house = await build_household(hass, household)
    building = house.device()
    assert (building.name, building.via_device_id) == ("12 Elm Street", None)
    assert building.entry_type is dr.DeviceEntryType.SERVICE

    for subentry_id in ("door-lobby", "resident-ada", "resident-cleo"):
        device = house.device(subentry_id)
        assert device.via_device_id == building.id
        assert device.config_subentry_id == subentry_id
    assert house.device("resident-ada").name == (
        "Ada" if household == "one" else "Unit 3B"
    )


async def test_added_subentry_gets_device_and_entities(
    hass: HomeAssistant, house: House
) -> None:
    before = registered(hass, house).keys()

    await move_in(house, door("Garage", "garage"), resident("Dora", "5C"))

    assert house.device("door-garage").name == "Garage"
    assert house.device("resident-dora").name == "Dora"
    added = registered(hass, house).keys() - before
    assert added == {
        "lock.garage",
        "event.garage_courier",
        "binary_sensor.garage_delivery_expected",
        "switch.dora_deliveries",
        "binary_sensor.dora_accepting_deliveries",
    }
    assert all(hass.states.get(entity_id) is not None for entity_id in added)


async def test_change_to_several_households_disables_entities_once(
    hass: HomeAssistant, house: House
) -> None:
    registry = er.async_get(hass)
    registry.async_update_entity(
        "switch.ben_deliveries", disabled_by=er.RegistryEntryDisabler.USER
    )
    before = ids(hass, house)

    async def set_household(household: str) -> None:
        flow = FrontEnd(hass, None, "")
        screen = await flow.submit(
            await flow.change_building(house.entry), household=household
        )
        if screen.type is FlowResultType.FORM:
            assert screen.step == "first_home"
            screen = await flow.submit(screen)
        assert screen.reason == "reconfigure_successful"
        await house.settle()

    await set_household("several")
    entries = registered(hass, house)
    assert ids(hass, house) == before
    assert {
        entry.disabled_by for key, entry in entries.items() if "deliver" in key
    } == {
        None,  # the building's and the door's
        er.RegistryEntryDisabler.INTEGRATION,
        er.RegistryEntryDisabler.USER,
    }
    assert hass.states.get("switch.ada_deliveries") is None
    assert hass.states.get("lock.lobby") is not None

    registry.async_update_entity("switch.ada_deliveries", disabled_by=None)
    await set_household("several")
    await house.reload()
    state = hass.states.get("switch.ada_deliveries")
    assert state is not None
    assert state.name == "Unit 3B Deliveries"


async def test_reload_keeps_enabled_entity_of_resident_named_like_unit(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier(), resident("Unit 3B", "3B"))
    registry = er.async_get(hass)
    registry.async_update_entity(
        OF_ADA[1], disabled_by=None, new_entity_id="switch.parcels_upstairs"
    )

    await house.reload()

    assert hass.states.get("switch.parcels_upstairs") is not None
