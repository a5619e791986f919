"""Test what a failing door means for the courier, the residents, and the uses left."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from tests.support.door_parts import CONTACT, Bolt
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    until,
    watch,
)
from tests.support.nuki import NukiOpener


@dataclass(frozen=True, slots=True)
class Faulty:
    """A building whose door fails, with a recipient and somebody else, and a courier with one use."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    bolt: Bolt
    house: House
    sender: Sender

    async def enter_while(self, happens: Callable[[], None]) -> Answer:
        """Ask to enter, let something happen once the lock got the command to unlock, and wait for the answer."""
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
        """Whether the recipient and the other resident were notified once, both of this, the unit to the recipient only."""
        texts = dict(self.house.told)
        return (
            sorted(name for name, _ in self.house.told) == ["Ada", "Cleo"]
            and all(said in text for text in texts.values())
            and ("3B" in texts["Ada"], "3B" in texts["Cleo"]) == (True, False)
        )


@pytest.fixture
async def faulty(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> Faulty:
    await sender.grant()
    await house.settle()
    return Faulty(hass, freezer, bolt, house, sender)


def came_of(answer: Answer) -> tuple[object, object, object]:
    return answer.status, answer.body.get("outcome"), answer.body.get("entries_left")


async def test_lock_that_moves_within_8_seconds_has_opened(faulty: Faulty) -> None:
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


@pytest.mark.parametrize(
    ("fault", "outcome", "entries_left", "said"),
    [
        ("ignores", "unconfirmed", 1, "the opening is not confirmed"),
        ("disappears", "unconfirmed", 0, "the opening is not confirmed"),
        ("jams", "failed", 0, "the door's opener reported an error"),
    ],
)
async def test_lock_that_does_not_open_costs_a_use_unless_it_still_reads_locked(
    faulty: Faulty, fault: str, outcome: str, entries_left: int, said: str
) -> None:
    bolt = faulty.bolt
    bolt.obeys = False
    happens: dict[str, Callable[[], None]] = {
        "ignores": lambda: None,
        "disappears": lambda: bolt.reachable(False),
        "jams": lambda: bolt.move(jammed=True),
    }
    answer = await faulty.enter_while(happens[fault])
    assert came_of(answer) == (200, outcome, entries_left)
    assert faulty.all_read(said)
    if fault == "jams":
        assert faulty.house.door_state() == "jammed"
    bolt.reachable(True)
    bolt.move(locked=True)
    await faulty.house.settle()


async def test_latch_that_opens_unseen_costs_its_use(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory, bolt: Bolt
) -> None:
    """A pass for one entry opens the door once, even if its lock reads locked throughout."""
    nuki = NukiOpener(hass)
    opener = door(opener=await nuki.install(hass), operation="open")
    people = resident("Ada", "3B"), resident("Cleo", "4A")
    house = await build(hass, opener, courier(rate_per_minute=6000), *people)
    faulty = Faulty(hass, freezer, bolt, house, sender)
    await sender.grant()
    entering = asyncio.create_task(sender.enter())
    await until(lambda: nuki.device.done == ["buzz"])
    for _ in range(4):
        await faulty.pass_time(2)
    assert came_of(await entering) == (200, "unconfirmed", 0)
    await house.settle()
    assert faulty.all_read("the opening is not confirmed")
    await faulty.pass_time(68)
    assert (await sender.enter()).body["reason"] == "entries_exhausted"
    assert nuki.device.done == ["buzz"]
    await house.settle()


async def test_flapping_contact_is_notified_once_and_the_door_is_locked_when_it_rests(
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


async def test_door_unlocked_before_is_left_unlocked(faulty: Faulty) -> None:
    faulty.bolt.move(locked=False)
    answer = await faulty.sender.enter()
    assert came_of(answer) == (200, "opened", 0)
    assert "unlocked_until" not in answer.body
    await faulty.pass_time(60)
    await faulty.house.settle()
    assert faulty.bolt.names == ["unlock"]


async def test_door_left_unlocked_by_a_restart_is_locked(faulty: Faulty) -> None:
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
