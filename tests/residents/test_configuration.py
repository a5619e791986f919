"""What an administrator changes is recorded and notified to everybody before it takes effect."""

import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.configured import (
    ConfiguredKind,
    load_configured,
    put_configured,
)
from tests.ledger.claims_house import said
from tests.support.administrator import add, change, remove, rename
from tests.support.enqueued import enqueued
from tests.support.house import (
    House,
    build,
    courier,
    door,
    observed,
    pass_time,
    resident,
)
from tests.support.rows import kinds as all_kinds, plant

CHANGED = NotificationKind.CONFIGURATION_CHANGED
DOOR, SOURCE = ConfiguredKind.DOOR, ConfiguredKind.SOURCE
LOBBY, POST, KEY = "door-lobby", "courier-parcel-post", "observed-amazon-key"


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """Return a building where Ada and Cleo live, whose lobby is opened by a lock."""
    add_opener(hass, "front")
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    lobby = door(opener=reference(hass, "front"))
    return await build(hass, lobby, courier(), observed(), *residents)


def add_opener(
    hass: HomeAssistant, name: str, device: str = "device", domain: str = "lock"
) -> None:
    """Register an entity of a device."""
    entry = MockConfigEntry(domain="test", entry_id="maker")
    if hass.config_entries.async_get_entry("maker") is None:
        entry.add_to_hass(hass)
    on_device = dr.async_get(hass).async_get_or_create(
        config_entry_id="maker", identifiers={("test", device)}
    )
    registry = er.async_get(hass)
    registry.async_get_or_create(
        domain,
        "test",
        name,
        config_entry=entry,
        device_id=on_device.id,
        suggested_object_id=name,
    )
    hass.states.async_set(f"{domain}.{name}", "locked")


def reference(hass: HomeAssistant, name: str, domain: str = "lock") -> str:
    entry = er.async_get(hass).async_get(f"{domain}.{name}")
    assert entry is not None
    return entry.id


async def changes(house: House) -> list[list[dict[str, str]]]:
    """Return the changes of each fan-out about the configuration."""
    return [
        json.loads(each.details["changes"]) for each in await enqueued(house, CHANGED)
    ]


async def kinds(house: House) -> list[str]:
    """Return the kinds of the records about the configuration, after the first."""
    found = await all_kinds(house.building.ledger)
    first = found.index("configuration.recorded")
    named = ("configuration.", "courier.", "door.", "source.", "state.")
    return [kind for kind in found[first + 1 :] if kind.startswith(named)]


async def test_first_configuration_is_recorded_and_not_notified(house: House) -> None:
    assert await changes(house) == []
    assert await kinds(house) == []
    before = house.building.ledger.newest
    await house.reload()
    assert house.building.ledger.newest == before


NAMES: dict[str, tuple[str, list[str], dict[str, str], str]] = {
    "courier": (
        POST,
        ["courier.renamed"],
        {"what": "courier_renamed", "name": "Parcel Post", "now": "Swift"},
        "the courier “Parcel Post” is now called “Swift”",
    ),
    "door": (
        LOBBY,
        ["door.renamed"],
        {"what": "door_renamed", "name": "Lobby", "now": "Swift"},
        "the door “Lobby” is now called “Swift”",
    ),
    "source": (
        KEY,
        ["source.changed"],
        {"what": "source_changed", "name": "Swift"},
        "the other courier access “Swift” was changed",
    ),
}


@pytest.mark.parametrize("part", NAMES)
async def test_new_name_is_recorded_and_notified_to_everybody(
    house: House, part: str
) -> None:
    part_id, recorded, changed, text = NAMES[part]
    await rename(house, part_id, "Swift")

    assert await kinds(house) == recorded
    assert await changes(house) == [[changed]]
    assert sorted(name for name, message in house.told if text in message) == [
        "Ada",
        "Cleo",
    ]


async def test_other_courier_access_is_notified_when_added_changed_and_removed(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    hourly = 3600
    await add(house, observed("UniFi", "event.reader"), "unifi")
    await pass_time(house.hass, freezer, hourly)
    await change(house, "unifi", source="event.other")
    await pass_time(house.hass, freezer, hourly)
    await remove(house, "unifi")

    assert await kinds(house) == ["source.added", "source.changed", "source.removed"]
    what = [change["what"] for each in await changes(house) for change in each]
    assert what == ["source_added", "source_changed", "source_removed"]


async def test_other_cool_down_of_other_courier_access_is_notified(
    house: House,
) -> None:
    """Uses within it aren't recorded, so a longer one hides visits."""
    await change(house, KEY, cool_down=3600)

    assert await kinds(house) == ["source.changed"]
    assert await changes(house) == [[{"what": "source_changed", "name": "Amazon Key"}]]
    [recorded] = await said(house.building.ledger, "source.changed")
    assert recorded["cool_down"] == 3600
    changed = "the other courier access “Amazon Key” was changed"
    told = [name for name, message in house.told if changed in message]
    assert told == ["Ada", "Cleo"]


async def test_cool_down_from_before_it_was_recorded_is_recorded_once(
    house: House,
) -> None:
    def forget(transaction: Transaction) -> None:
        [(source_id, value)] = load_configured(transaction.conn, SOURCE).items()
        assert value.pop("cool_down") == 30
        put_configured(transaction.conn, SOURCE, source_id, value)

    await house.building.ledger.write(forget)
    await house.reload()

    assert await kinds(house) == ["state.changed"] * 2
    assert await changes(house) == []
    await house.reload()
    assert await kinds(house) == ["state.changed"] * 2
    await change(house, KEY, cool_down=60)
    assert await changes(house) == [[{"what": "source_changed", "name": "Amazon Key"}]]


async def test_new_name_is_notified_with_a_cool_down_from_before_it_was_recorded(
    house: House,
) -> None:
    def forget(transaction: Transaction) -> None:
        [(source_id, value)] = load_configured(transaction.conn, SOURCE).items()
        del value["cool_down"]
        earlier = {**value, "name": "Earlier"}
        put_configured(transaction.conn, SOURCE, source_id, earlier)

    await house.building.ledger.write(forget)
    await house.reload()

    assert await changes(house) == [[{"what": "source_changed", "name": "Amazon Key"}]]


async def test_removed_door_and_changed_keys_are_recorded_alone(house: House) -> None:
    await add(house, door("Cellar", "cellar"), "door-cellar")
    await remove(house, "door-cellar")
    await change(house, POST, keys=[])
    await change(house, POST, doors=[])

    assert await kinds(house) == [
        "door.added",
        "door.removed",
        "courier.keys_changed",
        "courier.doors_changed",
    ]
    assert await changes(house) == [[{"what": "door_added", "name": "Cellar"}]]
    [changed] = await said(house.building.ledger, "courier.doors_changed")
    assert (changed["courier"], changed["doors"]) == (POST, [])


async def test_other_opener_is_notified(hass: HomeAssistant, house: House) -> None:
    add_opener(hass, "cellar", "other device")

    await change(house, LOBBY, opener=reference(hass, "cellar"))

    assert await kinds(house) == ["door.opener_changed"]
    assert await changes(house) == [[{"what": "door_opener", "name": "Lobby"}]]


async def test_other_operation_of_the_opener_is_notified(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    await change(house, LOBBY, operation="open")
    await pass_time(hass, freezer, 301)
    await change(house, LOBBY, operation="unlock")

    assert await kinds(house) == ["door.operation_changed"] * 2
    assert await changes(house) == [
        [{"what": "door_open", "name": "Lobby"}],
        [{"what": "door_unlock", "name": "Lobby"}],
    ]
    opens = "the latch of the door “Lobby” is now opened for couriers, too"
    assert [name for name, message in house.told if opens in message] == ["Ada", "Cleo"]


async def test_operation_of_another_opener_is_notified_as_that_opener(
    hass: HomeAssistant, house: House
) -> None:
    add_opener(hass, "cellar", "other device")

    await change(house, LOBBY, opener=reference(hass, "cellar"), operation="open")

    assert await changes(house) == [[{"what": "door_opener", "name": "Lobby"}]]


async def test_operation_of_a_door_from_before_it_was_recorded_is_recorded_once(
    house: House,
) -> None:
    def forget(transaction: Transaction) -> None:
        [(door_id, value)] = load_configured(transaction.conn, DOOR).items()
        assert value.pop("operation") == "unlock"
        put_configured(transaction.conn, DOOR, door_id, value)

    await house.building.ledger.write(forget)
    await house.reload()

    assert await kinds(house) == ["state.changed"] * 2
    assert await changes(house) == []
    await change(house, LOBBY, operation="open")
    assert await changes(house) == [[{"what": "door_open", "name": "Lobby"}]]


async def test_other_entity_of_the_same_device_is_notified(
    hass: HomeAssistant, house: House
) -> None:
    add_opener(hass, "back")

    await change(house, LOBBY, opener=reference(hass, "back"))

    assert await kinds(house) == ["door.opener_changed"]


async def test_renamed_entity_is_no_change(hass: HomeAssistant, house: House) -> None:
    registry = er.async_get(hass)
    registry.async_update_entity("lock.front", new_entity_id="lock.main")
    await house.reload()

    assert await kinds(house) == []
    assert await changes(house) == []


async def test_opener_that_is_created_again_on_its_device_is_no_change(
    hass: HomeAssistant, house: House
) -> None:
    er.async_get(hass).async_remove("lock.front")
    await house.reload()
    assert await kinds(house) == []
    add_opener(hass, "again")

    await change(house, LOBBY, opener=reference(hass, "again"))

    assert await kinds(house) == ["state.changed"]
    assert await changes(house) == []


async def test_opener_beside_a_disabled_one_is_replaced_by_a_notified_one(
    hass: HomeAssistant, house: House
) -> None:
    registry = er.async_get(hass)
    add_opener(hass, "back")
    registry.async_update_entity(
        "lock.back", disabled_by=er.RegistryEntryDisabler.INTEGRATION
    )
    await change(house, LOBBY, opener_kind="demo")
    await change(house, LOBBY, opener_kind="entity")
    registry.async_update_entity("lock.back", disabled_by=None)
    registry.async_remove("lock.front")

    await change(house, LOBBY, opener=reference(hass, "back"))

    assert await kinds(house) == ["door.opener_changed"] * 3


async def test_opener_that_stays_away_is_replaced_by_a_notified_one(
    hass: HomeAssistant, house: House
) -> None:
    er.async_get(hass).async_remove("lock.front")
    hass.states.async_set("switch.gate", "off")

    await change(house, LOBBY, opener="switch.gate")
    await change(house, LOBBY, opener_kind="demo")

    assert await kinds(house) == ["door.opener_changed"] * 2


async def test_first_change_is_notified_at_once_and_later_ones_together(
    house: House, freezer: FrozenDateTimeFactory
) -> None:
    for name in ("One", "Two", "Three"):
        await rename(house, LOBBY, name)
    assert len(house.told) == 2

    await pass_time(house.hass, freezer, 299)
    await house.settle()
    assert len(house.told) == 2
    await pass_time(house.hass, freezer, 2)
    await house.settle()

    assert len(house.told) == 4
    assert "“One” is now called “Two”; the door “Two”" in house.told[-1][1]
    assert len(await changes(house)) == 2


async def test_change_among_many_is_named(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
) -> None:
    """An administrator could hide another opener behind harmless changes."""
    add_opener(hass, "back", "another device")
    await rename(house, LOBBY, "0")
    for number in range(1, 18):
        await rename(house, LOBBY, str(number))
    await change(house, LOBBY, opener=reference(hass, "back"))
    await pass_time(house.hass, freezer, 301)
    await house.settle()

    read = [message for name, message in house.told if name == "Ada"]
    for number in range(17):
        named = f"the door “{number}” is now called “{number + 1}”"
        assert len([message for message in read if named in message]) == 1
    opener = "another device opens the door “17” now"
    assert len([message for message in read if opener in message]) == 1
    assert "more" not in "".join(read)
    assert [len(each) for each in await changes(house)] == [1, 8, 8, 2]


async def test_long_name_does_not_keep_a_notification_from_arriving(
    house: House,
) -> None:
    await rename(house, LOBBY, "x" * 5_000)

    assert len(house.told[-1][1]) < 400
    assert f"“{'x' * 64}…”" in house.told[-1][1]


async def test_change_is_notified_by_itself_while_another_one_is_being_notified(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """The first residents of a large building have the earlier notification already."""
    many = [resident(f"R{number}", f"{number}") for number in range(70)]
    house = await build(hass, door(), courier(), *many)
    await rename(house, LOBBY, "One")

    def unfinished(transaction: Transaction) -> None:
        transaction.conn.execute("UPDATE fanouts SET expanded_at = NULL")

    await house.building.ledger.write(unfinished)
    await rename(house, LOBBY, "Two")

    assert [len(each) for each in await changes(house)] == [1, 1]


async def test_building_from_an_earlier_version_is_recorded_once_without_notifications(
    house: House,
) -> None:
    def forget(transaction: Transaction) -> None:
        """Leave what such a ledger has: couriers by name."""
        plant(transaction.conn, "DELETE FROM configured")
        put_configured(
            transaction.conn, ConfiguredKind.COURIER, POST, {"name": "Parcel Post"}
        )

    await house.building.ledger.write(forget)
    await house.reload()

    assert await changes(house) == []
    assert await enqueued(house, NotificationKind.COURIER_ADMITTED) != []
    assert await kinds(house) == ["state.changed", "configuration.recorded"]
    couriers: dict[str, Any] = await house.building.ledger.read(
        lambda conn: load_configured(conn, ConfiguredKind.COURIER)
    )
    assert couriers[POST]["doors"] == [LOBBY]
    assert len(couriers[POST]["keys"]) == 1
