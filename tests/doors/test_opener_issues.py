"""Repair issues for openers that are offline, removed, or don't lock."""

import logging

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.issues import IssueKind
from tests.support.door_parts import BOLT, CONTACT, Bolt, install_bolt
from tests.support.house import House, Sender, build, courier, door, pass_time, resident

HOUR = 3600
OF_DOORS = {
    IssueKind.OPENER_OFFLINE,
    IssueKind.OPENER_REMOVED,
    IssueKind.DOOR_NOT_LOCKED,
}


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, bolt: Bolt
) -> House:
    opener = await install_bolt(hass, bolt)
    hass.states.async_set(CONTACT, "off")
    return await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )


def repairs(hass: HomeAssistant) -> list[str | None]:
    """Return the issues of doors; each names the door and the building."""
    issues = [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.translation_key in OF_DOORS
    ]
    for issue in issues:
        assert issue.translation_placeholders == {
            "door": "Lobby",
            "building": "12 Elm Street",
        }
    return [issue.translation_key for issue in issues]


@pytest.fixture
async def entered(house: House, hass_client_no_auth: ClientSessionGenerator) -> None:
    """Let a courier in."""
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()


async def test_opener_offline_for_an_uninterrupted_hour_has_issue_until_it_returns(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    for _ in range(2):
        bolt.reachable(False)
        await pass_time(hass, freezer, HOUR - 1)
        assert repairs(hass) == []
        bolt.reachable(True)
    bolt.reachable(False)
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == ["opener_offline"]
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert repairs(hass) == ["opener_offline"]
    bolt.reachable(True)
    assert repairs(hass) == []
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == []


async def test_unavailable_opener_is_logged_once_and_once_when_back(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    bolt: Bolt,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def logged() -> list[tuple[int, str]]:
        return [
            (record.levelno, record.getMessage())
            for record in caplog.records
            if record.name.startswith(f"custom_components.{DOMAIN}.doors")
        ]

    away = (
        logging.WARNING,
        "Lobby can't be opened: its opener is unavailable",
    )
    back = (logging.INFO, "Lobby can be opened again")
    await sender.grant()
    for times in (1, 2):
        bolt.reachable(False)
        await sender.enter()
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        await sender.enter()
        assert logged() == [away, back] * (times - 1) + [away]
        bolt.reachable(True)
        await hass.async_block_till_done()
        assert logged() == [away, back] * times


async def test_opener_that_never_existed_has_issue_after_an_hour(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await build(hass, door(opener="lock.somewhere"), courier(), resident())
    assert repairs(hass) == []
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == ["opener_offline"]


async def test_removed_opener_has_issue_until_it_returns(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    registry = er.async_get(hass)
    former = registry.async_get(BOLT)
    assert former is not None
    bolt.reachable(False)
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == ["opener_offline"]
    registry.async_remove(BOLT)
    await hass.async_block_till_done()
    assert repairs(hass) == ["opener_removed"]
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == ["opener_removed"]

    back = registry.async_get_or_create(
        "lock", "test", "bolt", suggested_object_id="came_back"
    )
    assert back.id == former.id
    await hass.async_block_till_done()
    assert repairs(hass) == []
    hass.states.async_set(back.entity_id, "locked")
    await hass.async_block_till_done()
    assert house.door_state() == "locked"


async def test_removed_opener_that_returned_while_unloaded_has_no_issue(
    hass: HomeAssistant, house: House
) -> None:
    registry = er.async_get(hass)
    registry.async_remove(BOLT)
    await hass.async_block_till_done()
    assert repairs(hass) == ["opener_removed"]
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    back = registry.async_get_or_create("lock", "test", "bolt")
    hass.states.async_set(back.entity_id, "locked")
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    assert house.door_state() == "locked"
    assert repairs(hass) == []


async def test_removing_door_clears_issue(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    bolt.reachable(False)
    await pass_time(hass, freezer, HOUR)
    hass.config_entries.async_remove_subentry(house.entry, "door-lobby")
    await house.settle()
    assert repairs(hass) == []


async def test_unloaded_building_shows_no_new_issues(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    bolt.reachable(False)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await pass_time(hass, freezer, HOUR)
    assert repairs(hass) == []


@pytest.mark.usefixtures("entered")
async def test_door_that_does_not_lock_has_issue_until_it_does(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    bolt.obeys = False
    await pass_time(hass, freezer, 5)
    await pass_time(hass, freezer, 59)
    assert repairs(hass) == []
    await pass_time(hass, freezer, 1)
    assert repairs(hass) == ["door_not_locked"]

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    bolt.obeys = True
    for _ in range(4):
        await pass_time(hass, freezer, 61)
    assert house.door_state() == "locked"
    assert repairs(hass) == []


@pytest.mark.usefixtures("entered")
async def test_door_unavailable_at_deadline_has_issue_within_a_minute(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    bolt.reachable(False)
    await pass_time(hass, freezer, 65)
    assert repairs(hass) == ["door_not_locked"]

    bolt.reachable(True)
    await pass_time(hass, freezer, 0)
    await house.settle()
    assert (house.door_state(), repairs(hass)) == ("locked", [])


@pytest.mark.usefixtures("entered")
async def test_door_held_open_has_no_issue_until_locking_fails(
    hass: HomeAssistant, house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(CONTACT, "on")
    for _ in range(3):
        await pass_time(hass, freezer, 65)
    assert repairs(hass) == []

    bolt.obeys = False
    hass.states.async_set(CONTACT, "off")
    for _ in range(2):
        await pass_time(hass, freezer, 60)
    assert repairs(hass) == ["door_not_locked"]
    bolt.move(locked=True)
    await house.settle()
    assert repairs(hass) == []


async def test_door_keeps_its_issue_when_another_one_is_locked(
    hass: HomeAssistant, sender: Sender, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    both = courier(doors=("door-lobby", "door-garage"))
    lobby = door(opener=await install_bolt(hass, bolt))
    house = await build(hass, lobby, door("Garage", "garage"), both, resident())
    await sender.grant(door="lobby")
    await sender.enter()
    bolt.obeys = False
    await pass_time(hass, freezer, 5)
    await pass_time(hass, freezer, 60)
    assert repairs(hass) == ["door_not_locked"]

    await sender.grant("G2", door="garage")
    await sender.enter("G2")
    await pass_time(hass, freezer, 5)
    await house.settle()
    assert house.door_state("lock.garage") == "locked"
    assert repairs(hass) == ["door_not_locked"]


async def test_lasting_jam_has_issue(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    bolt.raises = RuntimeError("stuck")
    bolt.move(jammed=True)
    assert (await sender.enter()).body["outcome"] == "failed"
    await house.settle()
    await pass_time(hass, freezer, 68)
    assert repairs(hass) == []
    await pass_time(hass, freezer, 60)
    assert repairs(hass) == ["door_not_locked"]
    bolt.move(locked=True)
    await house.settle()
    assert repairs(hass) == []


async def test_switch_that_stays_on_is_retried_and_has_issue(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    switched_off: list[ServiceCall] = []

    async def turn_on(_call: ServiceCall) -> None:
        hass.states.async_set("switch.strike", "on")

    async def turn_off(call: ServiceCall) -> None:
        switched_off.append(call)

    hass.states.async_set("switch.strike", "off")
    house = await build(hass, door(opener="switch.strike"), courier(), resident())
    hass.services.async_register("switch", "turn_on", turn_on)
    hass.services.async_register("switch", "turn_off", turn_off)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"
    for seconds in (5, 8, 5, 8, 15, 8, 20):
        await pass_time(hass, freezer, seconds)
    await house.settle()

    assert len(switched_off) == 3
    assert repairs(hass) == ["door_not_locked"]
    assert house.door_state() == "unlocked"
    hass.states.async_set("switch.strike", "off")
    await house.settle()
    assert repairs(hass) == []
