"""Doors opened by couriers whose building was unloaded or changed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.doors.doors import door_drivers
from tests.support.door_parts import CONTACT, Bolt, install_bolt, install_template, turn
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    lose_ledger,
    pass_time,
    resident,
    spoil_ledger,
    until,
)
from tests.support.rows import bodies
from tests.support.verified import verified

OTHER_STATE = "{{ 'unlocked' if is_state('input_boolean.bolt', 'on') else 'locked' }}"


@dataclass(slots=True)
class Left:
    """A door whose building stops driving it, and a spare lock."""

    house: House
    sender: Sender
    bolt: Bolt
    other: str
    freezer: FrozenDateTimeFactory

    @property
    def hass(self) -> HomeAssistant:
        return self.house.hass

    @property
    def entry_id(self) -> str:
        return self.house.entry.entry_id

    @property
    def repairs(self) -> list[Mapping[str, str] | None]:
        """Return the placeholders of the issues for unlocked doors."""
        return [
            issue.translation_placeholders
            for issue in ir.async_get(self.hass).issues.values()
            if issue.translation_key == "door_not_locked"
        ]

    async def unload(self, why: str) -> None:
        """Make the building stop driving its door."""
        entries = self.hass.config_entries
        lobby = self.house.entry.subentries["door-lobby"]
        match why:
            case "its ledger is damaged":
                await spoil_ledger(self.house)
                await self.sender.enter()
            case "its ledger is deleted":
                path = ledger_path(self.hass, self.entry_id)
                await self.hass.async_add_executor_job(path.unlink)
                await self.sender.enter()
            case "its ledger is out of reach":
                await lose_ledger(self.house)
                assert self.house.building.fault is not None
            case "the door has another opener":
                data = {**lobby.data, "opener": self.other}
                entries.async_update_subentry(self.house.entry, lobby, data=data)
            case "the door is removed":
                entries.async_remove_subentry(self.house.entry, "door-lobby")
            case "the building is disabled":
                await entries.async_set_disabled_by(
                    self.entry_id, ConfigEntryDisabler.USER
                )
            case "the building is removed":
                await entries.async_remove(self.entry_id)
        await self.house.settle()

    async def enable(self) -> None:
        await self.hass.config_entries.async_set_disabled_by(self.entry_id, None)
        await self.house.settle()

    async def wait(self, seconds: int) -> None:
        await pass_time(self.hass, self.freezer, seconds)


@pytest.fixture
async def left(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Left:
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    other = {"state": OTHER_STATE, "lock": turn("off"), "unlock": turn("on")}
    other_opener = await install_template(hass, "lock", other)
    hass.states.async_set(CONTACT, "off")
    house = await build(
        hass, door(opener=opener, contact=CONTACT), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P", max_entries=2)
    return Left(house, sender, bolt, other_opener, freezer)


DOOR_REASONS = ["the door has another opener", "the door is removed"]
BUILDING_REASONS = ["the building is disabled", "the building is removed"]
LEDGER_REASONS = [
    "its ledger is damaged",
    "its ledger is deleted",
    "its ledger is out of reach",
]


@pytest.mark.parametrize("why", [*DOOR_REASONS, *BUILDING_REASONS, *LEDGER_REASONS])
async def test_unloaded_door_is_locked_at_deadline(left: Left, why: str) -> None:
    assert (await left.sender.enter()).body["outcome"] == "opened"
    await left.hass.services.async_call(
        "lock", "unlock", {"entity_id": "lock.front"}, blocking=True
    )
    await left.unload(why)
    await left.wait(4)
    assert left.bolt.names == ["unlock"]
    await left.wait(1)
    assert left.bolt.names == ["unlock", "lock"]
    await left.wait(300)
    assert left.bolt.names == ["unlock", "lock"]
    assert left.hass.states.is_state(
        "lock.front", "unlocked"
    )  # no courier opened that one
    assert left.repairs == []


@pytest.mark.parametrize("why", ["the door has another opener", *BUILDING_REASONS])
async def test_unloaded_door_that_does_not_lock_has_issue(left: Left, why: str) -> None:
    await left.sender.enter()
    left.bolt.obeys = False
    await left.wait(66)
    await left.unload(why)
    await left.wait(60)
    assert left.repairs == [{"door": "Lobby", "building": "12 Elm Street"}]
    left.bolt.move(locked=True)
    await left.house.settle()
    assert left.repairs == []


async def test_unloaded_door_used_manually_is_not_locked(
    left: Left,
) -> None:
    await left.sender.enter()
    await left.unload("the building is disabled")
    left.bolt.move(locked=True, context=Context())
    await left.house.settle()
    left.bolt.move(locked=False, context=Context())
    await left.wait(60)
    await left.enable()
    await left.wait(60)
    assert left.bolt.names == ["unlock"]
    [entry] = await entries_of(left.house.building, 1)
    assert entry.completed_at is not None


@pytest.mark.parametrize(
    "why", ["the door has another opener", "the building is disabled"]
)
async def test_lifecycle_is_recorded_after_unload(left: Left, why: str) -> None:
    await left.sender.enter()
    await left.unload(why)
    left.hass.states.async_set(CONTACT, "on")
    left.hass.states.async_set(CONTACT, "off")
    await left.wait(5)
    if "disabled" in why:
        await left.enable()
    await left.house.settle()
    [body] = await bodies(left.house.building.ledger, "entry.completed")
    assert all(
        step in body for step in ("contact_opened", "contact_closed", "relocked")
    )
    assert (await verified(left.house.building.ledger)).intact


async def test_building_starts_although_a_door_to_lock_was_removed(
    left: Left,
) -> None:
    await left.sender.enter()
    await left.house.go_down()
    left.hass.config_entries.async_remove_subentry(left.house.entry, "door-lobby")
    assert await left.hass.config_entries.async_setup(left.entry_id)
    assert left.house.building.host.answers_couriers


async def test_reload_loses_nothing_of_an_entrys_record(left: Left) -> None:
    await left.sender.enter()
    left.hass.states.async_set(CONTACT, "on")
    await left.hass.config_entries.async_reload(left.entry_id)
    left.hass.states.async_set(CONTACT, "off")
    await left.wait(5)
    await left.house.settle()
    [body] = await bodies(left.house.building.ledger, "entry.completed")
    steps = ["contact_opened", "contact_closed", "relocked", "completed"]
    assert [step for step in steps if step in json.loads(body)] == steps


async def test_opener_given_to_another_building_goes_on_for_the_first(
    left: Left,
) -> None:
    await left.sender.enter()
    opener = left.house.entry.subentries["door-lobby"].data["opener"]
    await left.unload("the door has another opener")
    second = await build(
        left.hass, door("Gate", "gate", opener=opener), title="3 Oak Lane"
    )
    lock = left.hass.states.get("lock.gate")
    assert lock is not None
    assert (lock.state, lock.attributes.get("changed_by")) == ("unlocked", None)
    await left.wait(5)
    await left.house.settle()
    assert left.bolt.names == ["unlock", "lock"]
    [entry] = await entries_of(left.house.building, 1)
    assert entry.completed_at is not None
    assert await entries_of(second.building, 1) == []


async def test_unloaded_door_that_is_open_is_not_locked(left: Left) -> None:
    await left.sender.enter()
    left.hass.states.async_set(CONTACT, "on")
    await left.unload("the building is disabled")
    await left.wait(30)
    assert left.bolt.names == ["unlock"]
    left.hass.states.async_set(CONTACT, "off")
    await left.wait(1)
    assert left.bolt.names == ["unlock", "lock"]


async def test_late_unlock_while_unloaded_is_locked_and_recorded(
    left: Left,
) -> None:
    left.bolt.obeys = False
    entering = asyncio.create_task(left.sender.enter())
    await until(lambda: bool(left.bolt.commands))
    await left.wait(8)
    assert (await entering).body["outcome"] == "unconfirmed"
    await left.unload("the building is disabled")
    left.bolt.obeys = True
    await left.wait(30)
    left.bolt.move(locked=False)
    await left.wait(5)
    assert left.bolt.names == ["unlock", "lock"]
    left.house.told.clear()
    await left.enable()
    assert [text for _, text in left.house.told if "unlocked late" in text]


@pytest.mark.parametrize("why", [*DOOR_REASONS, *BUILDING_REASONS])
async def test_door_that_nobody_needs_is_followed_until_it_is_locked(
    left: Left, why: str
) -> None:
    drivers = door_drivers(left.hass)
    left.bolt.obeys = False
    entering = asyncio.create_task(left.sender.enter())
    await until(lambda: bool(left.bolt.commands))
    await left.wait(8)
    assert (await entering).body["outcome"] == "unconfirmed"
    left.bolt.move(locked=False)
    await left.unload(why)
    needed = 1 if why == "the door has another opener" else 0
    for _ in range(5):
        await left.wait(60)
        assert len(drivers) == needed + 1
    assert left.repairs != []

    left.bolt.move(locked=True)
    await left.wait(60)
    assert len(drivers) == needed
    assert left.repairs == []


@pytest.mark.parametrize("why", BUILDING_REASONS)
async def test_doors_of_a_building_that_is_gone_are_followed_no_more(
    left: Left, why: str
) -> None:
    assert len(door_drivers(left.hass)) == 1
    await left.unload(why)
    assert len(door_drivers(left.hass)) == 0

    if "disabled" in why:
        await left.enable()
        assert (await left.sender.enter()).body["outcome"] == "opened"
        await left.wait(5)
        assert left.bolt.names == ["unlock", "lock"]


async def test_disabled_building_that_is_enabled_again_keeps_its_doors(
    left: Left,
) -> None:
    await left.sender.enter()
    await left.unload("the building is disabled")
    await left.enable()
    for _ in range(3):
        await left.wait(60)
    assert len(door_drivers(left.hass)) == 1
    assert left.bolt.names == ["unlock", "lock"]
