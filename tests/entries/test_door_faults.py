"""Doors that fail: what the courier is answered, what residents are told, and whether it costs a use."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.door_parts import BOLT, CONTACT, Bolt, install_bolt
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
    until,
    watch,
)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A building whose door fails, with a recipient and somebody else, and a courier with one use."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    bolt: Bolt
    house: House
    sender: Sender

    async def enter_while(self, happens: Callable[[], None]) -> Answer:
        """Ask to enter, let something happen once the lock was told to unlock, and wait for the answer."""
        entering = asyncio.create_task(self.sender.enter())
        await until(lambda: self.bolt.names[-1:] == ["unlock"])
        happens()
        for _ in range(4):
            await self.pass_time(2)
        answer = await entering
        await self.house.settle()
        return answer

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, without waiting for a courier who waits for the door."""
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        for _ in range(50):
            await asyncio.sleep(0)

    def all_read(self, said: str) -> bool:
        """Whether the recipient and the other resident were told once, both this, the unit to the recipient only."""
        texts = dict(self.house.told)
        return (
            sorted(name for name, _ in self.house.told) == ["Ada", "Cleo"]
            and all(said in text for text in texts.values())
            and ("3B" in texts["Ada"], "3B" in texts["Cleo"]) == (True, False)
        )


@pytest.fixture
async def faulty(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Faulty:
    bolt = Bolt()
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, bolt)
    house = await build(
        hass,
        door(opener=opener, contact=CONTACT),
        courier(),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await house.settle()
    return Faulty(hass, freezer, bolt, house, sender)


def came_of(answer: Answer) -> tuple[object, object, object]:
    return answer.status, answer.body.get("outcome"), answer.body.get("entries_left")


async def test_a_slow_lock_that_moves_within_8_seconds_has_opened(
    faulty: Faulty,
) -> None:
    faulty.bolt.obeys = False
    entering = asyncio.create_task(faulty.sender.enter())
    await until(lambda: faulty.bolt.names == ["unlock"])
    await faulty.pass_time(7)
    faulty.bolt.move(locked=False)
    assert came_of(await entering) == (200, "opened", 0)
    await faulty.house.settle()
    assert faulty.all_read("was let in")
    faulty.bolt.obeys = True
    await faulty.pass_time(5)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock", "lock"]


async def test_a_lock_that_ignores_the_command_costs_no_use(faulty: Faulty) -> None:
    faulty.bolt.obeys = False
    answer = await faulty.enter_while(lambda: None)
    assert came_of(answer) == (200, "unconfirmed", 1)
    assert faulty.all_read("the door did not confirm that it opened")


async def test_a_jammed_lock_has_failed_and_costs_the_use(faulty: Faulty) -> None:
    faulty.bolt.obeys = False
    answer = await faulty.enter_while(lambda: faulty.bolt.move(jammed=True))
    assert came_of(answer) == (200, "failed", 0)
    assert faulty.all_read("but the door did not open")
    assert faulty.house.door_state() == "jammed"
    faulty.bolt.move(locked=True)
    await faulty.house.settle()


async def test_a_lock_that_goes_away_after_the_command_is_unconfirmed_and_costs_the_use(
    faulty: Faulty,
) -> None:
    faulty.bolt.obeys = False
    answer = await faulty.enter_while(lambda: faulty.bolt.reachable(False))
    assert came_of(answer) == (200, "unconfirmed", 0)
    assert faulty.all_read("the door did not confirm that it opened")
    faulty.bolt.reachable(True)
    await faulty.house.settle()


async def test_a_removed_opener_costs_nothing_and_lets_in_once_there_is_one_again(
    faulty: Faulty,
) -> None:
    hass, registry = faulty.hass, er.async_get(faulty.hass)
    registry.async_remove(BOLT)
    await faulty.house.settle()
    assert faulty.house.door_state() == "unavailable"
    refused = await faulty.sender.enter(message_id="msg_1")
    assert (refused.status, refused.problem) == (503, "door_unavailable")
    assert await entries_of(faulty.house.building, 10) == []
    assert faulty.house.told == []

    back = registry.async_get_or_create(
        "lock", "test", "bolt", suggested_object_id="again"
    )
    hass.states.async_set(back.entity_id, "locked")
    commands: list[str] = []

    async def take(call: ServiceCall) -> None:
        commands.append(call.service)
        hass.states.async_set(back.entity_id, f"{call.service}ed")

    for command in ("unlock", "lock"):
        hass.services.async_register("lock", command, take)
    assert came_of(await faulty.sender.enter(message_id="msg_1")) == (200, "opened", 0)
    await faulty.house.settle()
    assert faulty.all_read("was let in")
    await faulty.pass_time(5)
    await faulty.house.settle()
    assert commands == ["unlock", "lock"]


async def test_a_renamed_opener_keeps_letting_in_and_is_locked_again(
    faulty: Faulty,
) -> None:
    er.async_get(faulty.hass).async_update_entity(
        BOLT, new_entity_id="lock.of_the_hall"
    )
    await faulty.house.settle()
    assert came_of(await faulty.sender.enter()) == (200, "opened", 0)
    await faulty.pass_time(5)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock", "lock"]
    assert faulty.house.door_state() == "locked"


async def test_a_contact_that_flaps_is_told_once_and_the_door_is_locked_when_it_rests(
    faulty: Faulty,
) -> None:
    events = watch(faulty.hass, "event.lobby_courier")
    assert came_of(await faulty.sender.enter()) == (200, "opened", 0)
    for _ in range(10):
        faulty.hass.states.async_set(CONTACT, "on")
        faulty.hass.states.async_set(CONTACT, "off")
    await faulty.pass_time(4)
    faulty.hass.states.async_set(CONTACT, "on")
    await faulty.pass_time(1)
    for state in ("off", "on", "off", "on"):
        faulty.hass.states.async_set(CONTACT, state)
    await faulty.pass_time(1)
    assert faulty.bolt.names == ["unlock"]
    faulty.hass.states.async_set(CONTACT, "off")
    await faulty.pass_time(1)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock", "lock"]
    kinds = [event.attributes["event_type"] for event in events]
    assert kinds == ["entry_admitted", "entry_completed"]
    assert faulty.all_read("was let in")


async def test_a_contact_that_returns_open_is_no_opening_and_nobody_is_said_not_to_have_come(
    faulty: Faulty,
) -> None:
    events = watch(faulty.hass, "event.lobby_courier")
    assert came_of(await faulty.sender.enter()) == (200, "opened", 0)
    for state in ("unavailable", "on", "off"):
        faulty.hass.states.async_set(CONTACT, state)
    await faulty.pass_time(5)
    await faulty.pass_time(1)
    await faulty.house.settle()
    kinds = [event.attributes["event_type"] for event in events]
    assert kinds == ["entry_admitted", "entry_completed"]
    assert faulty.bolt.names == ["unlock", "lock"]


async def test_a_door_that_stood_unlocked_is_opened_and_left_as_it_was(
    faulty: Faulty,
) -> None:
    faulty.bolt.move(locked=False)
    answer = await faulty.sender.enter()
    assert came_of(answer) == (200, "opened", 0)
    assert "unlocked_until" not in answer.body
    await faulty.pass_time(60)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock"]


async def test_a_door_that_a_restart_left_unlocked_is_locked_and_not_opened_again(
    faulty: Faulty,
) -> None:
    assert came_of(await faulty.sender.enter()) == (200, "opened", 0)
    await faulty.house.settle()
    await faulty.house.go_down()
    await faulty.pass_time(600)
    assert faulty.bolt.names == ["unlock"]
    assert await faulty.hass.config_entries.async_setup(faulty.house.entry.entry_id)
    await faulty.pass_time(0)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock", "lock"]
    assert faulty.all_read("was let in")
