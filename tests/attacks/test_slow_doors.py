"""Doors that take their time: whenever a courier's command has its effect, the door is locked again."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)

KEY = GrantKey("courier-parcel-post", "G1")


class Slow:
    """A building with a slow bolt, a courier before it, and the time."""

    def __init__(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        bolt: Bolt,
        house: House,
        sender: Sender,
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.bolt = bolt
        self.house = house
        self.sender = sender
        self.hanging = asyncio.Event()

    def hang(self) -> None:
        """Let commands from now on hang."""
        self.bolt.hangs = self.hanging

    def release(self) -> None:
        """Let commands go on, those that hang too."""
        self.bolt.hangs = None
        self.hanging.set()

    async def enter_in_vain(self, *, reads_unlocking: bool = False) -> Answer:
        """Ask to enter, and see nothing come of it in the time for confirming."""
        sent = self.bolt.names.count("unlock") + 1
        entering = asyncio.create_task(self.sender.enter())
        await until(lambda: self.bolt.names.count("unlock") == sent)
        if reads_unlocking:
            self.bolt.move(locked=True, unlocking=True)
        await self.pass_time(9)
        return await entering

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, in steps and without waiting for a command that hangs."""
        while seconds > 0:
            self.freezer.tick(step := min(seconds, 10))
            async_fire_time_changed(self.hass)
            for _ in range(50):
                await asyncio.sleep(0)
            seconds -= step

    async def reload(self) -> None:
        """Load the building again."""
        assert await self.hass.config_entries.async_reload(self.house.entry.entry_id)

    async def end_up_locked(self, *, uses: int) -> None:
        """The door is locked in the end, and the grant has so many uses taken."""
        for _ in range(10):
            await pass_time(self.hass, self.freezer, 30)
        await self.house.settle()
        assert self.bolt.names[-1] == "lock"
        assert self.house.door_state() == "locked"
        assert self.uses == uses

    @property
    def uses(self) -> int:
        """The uses taken of the grant, as the building has it."""
        grant = self.house.building.grants.live(KEY)
        assert grant is not None
        return grant.uses


@pytest.fixture
async def slow(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Slow:
    bolt = Bolt()
    opener = await install_bolt(hass, bolt)
    house = await build(hass, door(opener=opener), courier(), resident())
    at_the_door = Slow(hass, freezer, bolt, house, Sender(await hass_client_no_auth()))
    await at_the_door.sender.grant(max_entries=3)
    return at_the_door


async def test_a_second_entry_while_the_bolt_still_moves_leaves_the_first_ones_relock_in_force(
    slow: Slow,
) -> None:
    slow.bolt.obeys = False
    first = await slow.enter_in_vain(reads_unlocking=True)
    assert first.body["outcome"] == "unconfirmed"

    second = asyncio.create_task(slow.sender.enter())
    await until(lambda: slow.bolt.names == ["unlock", "unlock"])
    slow.bolt.move(locked=False)

    assert (await second).body["outcome"] == "opened"
    assert (await second).body["unlocked_until"] is not None
    slow.bolt.obeys = True
    await slow.end_up_locked(uses=2)


async def test_a_slow_garage_door_is_closed_after_two_entries(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    commands: list[str] = []

    async def begin_to_open(_call: ServiceCall) -> None:
        commands.append("open")
        hass.states.async_set("cover.garage", "opening")

    async def close(_call: ServiceCall) -> None:
        commands.append("close")
        hass.states.async_set("cover.garage", "closed")

    cover = er.async_get(hass).async_get_or_create(
        "cover", "test", "garage", suggested_object_id="garage"
    )
    hass.states.async_set("cover.garage", "closed")
    hass.services.async_register("cover", "open_cover", begin_to_open)
    hass.services.async_register("cover", "close_cover", close)
    await build(hass, door(opener=cover.id, close_cover=True), courier(), resident())
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)
    first = asyncio.create_task(sender.enter())
    await until(lambda: commands == ["open"])
    await pass_time(hass, freezer, 9)
    assert (await first).body["outcome"] == "unconfirmed"

    second = asyncio.create_task(sender.enter())
    await until(lambda: commands == ["open", "open"])
    hass.states.async_set("cover.garage", "open")

    assert (await second).body["outcome"] == "opened"
    for _ in range(3):
        await pass_time(hass, freezer, 30)
    assert commands == ["open", "open", "close"]


@pytest.mark.parametrize("hangs_for", [61, 80, 600])
async def test_a_command_that_lands_long_after_the_answer_is_still_the_couriers(
    slow: Slow, hangs_for: int
) -> None:
    slow.hang()
    assert (await slow.enter_in_vain()).body["outcome"] == "unconfirmed"
    assert slow.uses == 0
    await slow.pass_time(hangs_for)
    slow.release()

    await slow.end_up_locked(uses=1)


async def test_an_unlock_that_follows_the_end_of_a_long_command_is_still_the_couriers(
    slow: Slow,
) -> None:
    slow.bolt.obeys = False
    slow.hang()
    await slow.enter_in_vain()
    await slow.pass_time(200)
    slow.release()
    await slow.pass_time(59)
    slow.bolt.move(locked=False)
    slow.bolt.obeys = True

    await slow.end_up_locked(uses=1)


async def test_a_command_that_lands_after_the_next_courier_has_left_is_locked_behind(
    slow: Slow,
) -> None:
    slow.hang()
    await slow.enter_in_vain()
    slow.bolt.hangs = None
    assert (await slow.sender.enter()).body["outcome"] == "opened"
    await slow.pass_time(20)
    assert slow.bolt.names == ["unlock", "unlock", "lock"]
    slow.release()
    await slow.pass_time(1)
    assert slow.house.door_state() == "unlocked"

    await slow.end_up_locked(uses=1)


@pytest.mark.parametrize("after", [0, 20, 58])
async def test_a_reload_does_not_shorten_the_watch_for_a_late_unlock(
    slow: Slow, after: int
) -> None:
    slow.bolt.obeys = False
    await slow.enter_in_vain()
    assert slow.uses == 0
    await slow.reload()
    await slow.pass_time(after)
    slow.bolt.move(locked=False)
    slow.bolt.obeys = True

    await slow.end_up_locked(uses=1)


@pytest.mark.parametrize(
    ("before", "after", "later"), [(1, 200, 0), (200, 1, 0), (200, 200, 59)]
)
async def test_a_command_still_under_way_at_a_reload_is_watched_to_its_end(
    slow: Slow, before: int, after: int, later: int
) -> None:
    slow.bolt.obeys = False
    slow.hang()
    await slow.enter_in_vain()
    await slow.pass_time(before)
    await slow.reload()
    await slow.pass_time(after)
    slow.release()
    await slow.pass_time(later)
    slow.bolt.move(locked=False)
    slow.bolt.obeys = True

    await slow.end_up_locked(uses=1)


async def test_a_reload_just_after_a_long_command_came_back_does_not_end_the_watch(
    slow: Slow,
) -> None:
    slow.bolt.obeys = False
    slow.hang()
    await slow.enter_in_vain()
    await slow.pass_time(200)
    slow.release()
    await slow.pass_time(10)
    await slow.reload()
    await slow.pass_time(49)
    slow.bolt.move(locked=False)
    slow.bolt.obeys = True

    await slow.end_up_locked(uses=1)


async def test_after_the_watch_an_unlock_is_a_residents_also_after_a_reload(
    slow: Slow,
) -> None:
    slow.bolt.obeys = False
    await slow.enter_in_vain()
    await slow.reload()
    await slow.pass_time(80)
    slow.bolt.move(locked=False)
    slow.bolt.obeys = True

    for _ in range(4):
        await slow.pass_time(30)
    assert slow.bolt.names == ["unlock"]
    assert slow.uses == 0
