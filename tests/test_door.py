"""A courier at a door: let in, seen, locked behind, told; against real entities."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st
import pytest

from custom_components.courier_access.access.model import Outcome, Reason
from custom_components.courier_access.const import Operation
from custom_components.courier_access.door import (
    DoorSettings,
    DoorUnavailable,
    Opening,
    Position,
    Stopped,
    Story,
)
from custom_components.courier_access.openers import OpenerUnavailable
from custom_components.courier_access.story import Phase
from tests.door_parts import (
    BOLT,
    CONTACT,
    Bolt,
    FrontDoor,
    install_bolt,
    install_template,
    turn,
)


@pytest.fixture
def bolt() -> Bolt:
    return Bolt()


type MakeDoor = Callable[..., Awaitable[FrontDoor]]


@pytest.fixture
async def make_door(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[MakeDoor]:
    """Make a door of the settings given, the bolt's if no opener is."""
    made: list[FrontDoor] = []

    async def make(bolt: Bolt | None = None, **settings: Any) -> FrontDoor:
        if bolt is not None:
            settings["opener"] = await install_bolt(hass, bolt)
        made.append(FrontDoor(hass, freezer, DoorSettings(**settings)))
        await made[-1].driver.async_start()
        return made[-1]

    yield make
    for door in made:
        await door.driver.async_stop()


@pytest.fixture
async def door(hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt) -> FrontDoor:
    """A door with a bolt and a contact sensor that reads shut."""
    hass.states.async_set(CONTACT, "off")
    return await make_door(bolt, contact=CONTACT)


@pytest.fixture
async def button_door(hass: HomeAssistant, make_door: MakeDoor) -> FrontDoor:
    """A door that a button opens."""
    return await make_door(
        opener=await install_template(hass, "button", {"press": turn("on")}), contact=CONTACT
    )


def seconds_from_now(seconds: float) -> Any:
    return dt_util.utcnow() + timedelta(seconds=seconds)


# ---------------------------------------------------------------- opening and confirming


async def test_a_door_that_is_seen_to_unlock_is_opened(door: FrontDoor, bolt: Bolt) -> None:
    context = Context()
    opening = await door.enter(context=context)
    assert opening == Opening(
        Outcome.OPENED,
        confirmed=True,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert bolt.commands == [("unlock", context)]
    assert door.driver.position is Position.UNLOCKED
    assert door.driver.changed_by == "UPS"
    assert door.hass.states.get(BOLT).context is context


async def test_a_template_lock_opens_and_locks_again(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    reference = await install_template(
        hass,
        "lock",
        {"state": "{{ is_state('input_boolean.bolt', 'off') }}"}
        | {"unlock": turn("on"), "lock": turn("off")},
    )
    door = await make_door(opener=reference)
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert hass.states.is_state("input_boolean.bolt", "on")
    await door.pass_time(5)
    assert hass.states.is_state("input_boolean.bolt", "off")
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_demo_door_opens_and_locks_again(hass: HomeAssistant, make_door: MakeDoor) -> None:
    door = await make_door(unlock_seconds=3)
    opening = await door.enter()
    assert opening.confirmed
    assert opening.unlocked_until == seconds_from_now(3)
    assert door.driver.position is Position.UNLOCKED
    await door.pass_time(3)
    assert door.driver.position is Position.LOCKED
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]


async def test_opening_the_latch_is_confirmed_by_open(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, operation=Operation.OPEN)
    assert door.driver.supports_open
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert bolt.names == ["open"]
    assert door.driver.position is Position.OPEN


async def test_the_answer_does_not_wait_for_a_command_that_goes_on(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = asyncio.Event()
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(locked=False)
    assert (await entering).outcome is Outcome.OPENED
    bolt.hangs.set()
    await door.settle()
    assert door.stories() == []


async def test_what_was_read_before_the_command_confirms_nothing(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    door = await make_door(bolt)
    bolt.report()
    bolt.obeys = False
    opening = await door.enter_in_vain()
    assert opening.outcome is Outcome.UNCONFIRMED
    assert not opening.confirmed
    assert not opening.reads_locked


async def test_a_repeated_report_after_the_command_confirms_it(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    door = await make_door(bolt)
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.report()
    assert (await entering).outcome is Outcome.OPENED


async def test_a_door_not_seen_to_unlock_is_unconfirmed_after_8_seconds(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    await door.pass_time(7)
    assert not entering.done()
    await door.pass_time(1)
    assert await entering == Opening(
        Outcome.UNCONFIRMED, confirmed=False, unlocked_until=None, reads_locked=True
    )
    assert door.driver.changed_by is None


async def test_a_command_that_hangs_takes_no_longer_than_8_seconds_and_is_not_cancelled(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = asyncio.Event()
    opening = await door.enter_in_vain()
    assert opening.outcome is Outcome.UNCONFIRMED
    assert bolt.cancelled == []
    bolt.hangs.set()
    await door.settle()
    assert door.stories() == [Story.LATE_UNLOCK]


async def test_a_command_that_raises_fails(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    bolt.raises = HomeAssistantError("no power")
    opening = await door.enter()
    assert opening == Opening(
        Outcome.FAILED, confirmed=False, unlocked_until=None, reads_locked=True
    )
    assert "Front door could not be opened: no power" in caplog.text


async def test_a_command_that_raises_after_the_door_was_seen_open_has_opened_it(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = asyncio.Event()
    bolt.raises = HomeAssistantError("timeout")
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(locked=False)
    bolt.hangs.set()
    assert (await entering).outcome is Outcome.OPENED
    await door.settle()
    assert door.stories() == []


async def test_a_jammed_door_fails(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(unlocking=True)
    bolt.move(jammed=True)
    assert await entering == Opening(
        Outcome.FAILED, confirmed=False, unlocked_until=None, reads_locked=False
    )


async def test_a_command_that_is_cancelled_from_outside_is_unconfirmed(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.raises = asyncio.CancelledError()  # as a stopping integration does
    opening = await door.enter_in_vain()
    assert opening.outcome is Outcome.UNCONFIRMED


# ---------------------------------------------------------------- nothing is sent


async def test_nothing_is_sent_to_an_unavailable_door(door: FrontDoor, bolt: Bolt) -> None:
    bolt.reachable(False)
    assert not door.driver.available
    with pytest.raises(DoorUnavailable):
        await door.enter()
    assert bolt.commands == []


async def test_a_veto_that_won_stops_the_command(door: FrontDoor, bolt: Bolt) -> None:
    with pytest.raises(Stopped) as stopped:
        await door.enter(still_allowed=lambda: Reason.VETOED)
    assert stopped.value.reason is Reason.VETOED
    assert bolt.commands == []
    assert door.told == []
    assert door.done == []


async def test_nothing_happens_between_the_last_look_and_the_command(
    door: FrontDoor, bolt: Bolt
) -> None:
    commands_at_the_next_step: list[list[str]] = []

    def still_allowed() -> Reason | None:
        door.hass.loop.call_soon(lambda: commands_at_the_next_step.append(bolt.names))
        return None

    await door.enter(still_allowed=still_allowed)
    await door.settle()
    assert commands_at_the_next_step == [["unlock"]]


# ---------------------------------------------------------------- openers that can't be seen


async def test_a_button_is_unconfirmed_at_once_and_shows_unlocked_for_the_unlock_time(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    shown: list[Position] = []
    door.driver.listen(lambda: shown.append(door.driver.position))
    assert door.driver.position is Position.LOCKED
    opening = await door.enter()
    assert opening == Opening(
        Outcome.UNCONFIRMED,
        confirmed=False,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert door.driver.position is Position.UNLOCKED
    assert door.driver.changed_by == "UPS"
    assert door.done == []
    await door.pass_time(5)
    assert door.driver.position is Position.LOCKED
    assert shown[-2:] == [Position.UNLOCKED, Position.LOCKED]
    assert door.stories() == [Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_button_that_is_unavailable_shows_so_in_the_unlock_time(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    await door.enter()
    hass.states.async_set("button.front", "unavailable")
    assert door.driver.position is Position.UNAVAILABLE
    await door.pass_time(5)
    assert door.stories() == [Story.COMPLETED]


async def test_a_script_is_unconfirmed_at_once(hass: HomeAssistant, make_door: MakeDoor) -> None:
    assert await async_setup_component(
        hass, "script", {"script": {"buzz": {"sequence": [{"delay": 30}]}}}
    )
    door = await make_door(opener="script.buzz")
    opening = await door.enter()
    assert opening.outcome is Outcome.UNCONFIRMED
    await door.pass_time(30)
    assert door.stories() == [Story.COMPLETED]


async def test_a_script_that_is_gone_when_the_command_comes_fails(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    hass.states.async_set("script.buzz", "off")
    door = await make_door(opener="script.buzz")
    opening = await door.enter()
    assert opening.outcome is Outcome.FAILED
    assert not opening.reads_locked
    assert door.driver.position is Position.LOCKED
    await door.pass_time(68)
    assert door.stories() == [Story.COMPLETED]


@pytest.fixture
async def assumed_door(make_door: MakeDoor, bolt: Bolt) -> FrontDoor:
    """A door whose bolt only assumes its state."""
    bolt._attr_assumed_state = True
    return await make_door(bolt)


async def test_an_assumed_state_never_confirms_but_the_door_is_locked_again(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door = assumed_door
    opening = await door.enter()
    assert opening == Opening(
        Outcome.UNCONFIRMED,
        confirmed=False,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert door.driver.changed_by == "UPS"
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]


async def test_an_assumed_state_that_does_not_even_move_is_locked_again_and_once(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door = assumed_door
    bolt.obeys = False
    opening = await door.enter()
    assert not opening.reads_locked
    bolt.report()  # still assumed locked: says nothing
    assert door.stories() == []
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_an_assumed_state_that_moves_later_is_not_taken_for_use_by_hand(
    assumed_door: FrontDoor, bolt: Bolt
) -> None:
    door = assumed_door
    bolt.obeys = False
    await door.enter()
    bolt.move(locked=False, context=Context())
    assert door.driver.changed_by == "UPS"
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]


# ---------------------------------------------------------------- locking again


async def test_the_door_is_locked_again_at_its_deadline_with_the_entrys_context(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    context = Context()
    await door.enter(context=context)
    await door.pass_time(4)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.commands == [("unlock", context), ("lock", context)]
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    assert all(event.context is context for event in door.told)
    assert all(event.door_id == "door-1" for event in door.told)
    assert {event.at for event in door.told} == {dt_util.utcnow()}
    assert door.done == ["e1"]
    assert door.driver.changed_by == "UPS"
    await door.pass_time(8)
    assert bolt.names == ["unlock", "lock"]
    assert "was not seen to lock" not in caplog.text


async def test_a_door_that_was_unlocked_before_is_not_locked_by_us(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert opening.unlocked_until is None
    assert door.done == ["e1"]  # so that no restart locks it either
    await door.pass_time(5)
    await door.pass_time(600)
    assert bolt.names == ["unlock"]
    assert door.stories() == [Story.NEVER_OPENED, Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_door_that_is_being_unlocked_by_hand_is_not_locked_by_us(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(unlocking=True)
    opening = await door.enter()
    assert opening.unlocked_until is None


async def test_a_door_locked_by_hand_while_the_command_is_under_way_is_ours_again(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(locked=True)
    bolt.move(locked=False)
    opening = await entering
    assert opening.unlocked_until == seconds_from_now(5)
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]


async def test_a_door_locked_by_anyone_before_its_deadline_needs_no_locking(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.move(locked=True)
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    assert door.done == ["e1"]
    assert door.driver.changed_by is None
    await door.pass_time(600)
    assert bolt.names == ["unlock"]


async def test_a_second_courier_puts_the_deadline_off(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    await door.pass_time(3)
    opening = await door.enter("e2", "DHL")
    assert opening.unlocked_until == seconds_from_now(5)
    assert door.driver.changed_by == "DHL"
    await door.pass_time(4)
    assert bolt.names == ["unlock", "unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "unlock", "lock"]
    for entry in ("e1", "e2"):
        assert door.stories(entry) == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    assert door.done == ["e1", "e2"]


async def test_a_second_entry_never_brings_the_deadline_forward(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.driver.resume("e0", seconds_from_now(20), Context())
    bolt.move(locked=False)
    opening = await door.enter()
    assert opening.unlocked_until == seconds_from_now(20)
    await door.pass_time(19)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_no_lock_command_crosses_a_couriers_command(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    await door.pass_time(3)
    bolt.obeys = False
    entering = door.begin_to_enter("e2", "DHL")
    await door.settle()
    await door.pass_time(3)  # e1's deadline passes meanwhile
    assert bolt.names == ["unlock", "unlock"]
    bolt.report()
    opening = await entering
    assert opening.unlocked_until == seconds_from_now(5)
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]
    assert door.stories("e1") == door.stories("e2")


async def test_an_unconfirmed_second_entry_at_an_unlocked_door_gets_its_unlock_time(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter("e1")
    bolt.obeys = False
    opening = await door.enter_in_vain("e2", "DHL")
    assert opening.outcome is Outcome.UNCONFIRMED
    assert opening.unlocked_until == seconds_from_now(5)
    assert not opening.reads_locked
    assert door.driver.changed_by == "UPS"
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock"]
    assert door.done == ["e1", "e2"]


async def test_a_courier_waits_for_a_lock_command_that_is_under_way(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter("e1")
    bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    entering = door.begin_to_enter("e2", "DHL")
    await door.settle()
    assert bolt.names == ["unlock", "lock"]
    bolt.hangs.set()
    assert (await entering).outcome is Outcome.OPENED
    assert bolt.names == ["unlock", "lock", "unlock"]
    assert door.stories("e1") == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    await door.pass_time(5)
    assert door.stories("e2") == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]


async def test_locking_is_tried_again_after_growing_pauses_until_it_is_seen(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.obeys = False
    await door.pass_time(5)
    for tries, pause in enumerate((5, 15, 60, 300, 300), start=1):
        assert bolt.names.count("lock") == tries
        await door.pass_time(8)
        assert f"{door.driver.door.name} was not seen to lock" in caplog.text
        await door.pass_time(pause - 1)
        assert bolt.names.count("lock") == tries
        await door.pass_time(1)
    assert bolt.names.count("lock") == 6
    assert door.stories() == []
    assert door.done == []
    bolt.move(locked=True, context=Context())
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    assert door.done == ["e1"]
    assert door.driver.changed_by == "UPS"
    await door.pass_time(600)
    assert bolt.names.count("lock") == 6


async def test_locking_that_raises_is_tried_again(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.raises = HomeAssistantError("no power")
    await door.pass_time(5)
    assert "Front door could not be locked: no power" in caplog.text
    bolt.raises = None
    await door.pass_time(4)
    assert bolt.names == ["unlock", "lock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock", "lock"]
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]


async def test_a_lock_command_that_hangs_gives_way_to_the_next(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    await door.pass_time(8)
    bolt.hangs = None
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock", "lock"]
    assert bolt.cancelled == ["lock"]
    assert door.stories()[0] is Story.RELOCKED


async def test_an_opener_that_goes_and_returns_is_not_told_twice_to_lock(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.obeys = False
    await door.pass_time(5)
    bolt.reachable(False)
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]


async def test_a_lock_command_that_raises_after_use_by_hand_is_not_repeated(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.hangs = asyncio.Event()
    await door.pass_time(5)
    bolt.raises = HomeAssistantError("timeout")
    hangs, bolt.hangs = bolt.hangs, None
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    hangs.set()
    await door.settle()
    bolt.raises = None
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_a_lock_command_that_raises_after_the_door_is_locked_changes_nothing(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.hangs = asyncio.Event()
    bolt.raises = HomeAssistantError("timeout")
    await door.pass_time(5)
    bolt.move(locked=True)
    bolt.hangs.set()
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories()[-1] is Story.COMPLETED
    assert "could not be locked" not in caplog.text


async def test_an_opener_that_goes_away_in_the_unlock_time_is_locked_when_it_returns(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    await door.enter()
    bolt.reachable(False)
    await door.pass_time(60)
    assert bolt.names == ["unlock"]
    assert "could not be locked" not in caplog.text
    assert door.done == []
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.done == ["e1"]


async def test_an_opener_that_returns_locked_needs_no_locking(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.reachable(False)
    await door.pass_time(60)
    bolt._attr_is_locked = True
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["unlock"]
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]


async def test_an_opener_that_returns_before_the_deadline_is_locked_at_it(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.reachable(False)
    await door.pass_time(2)
    bolt.reachable(True)
    await door.pass_time(2)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


async def test_a_cover_that_we_may_not_close_is_left_open(
    hass: HomeAssistant, make_door: MakeDoor
) -> None:
    reference = await install_template(
        hass,
        "cover",
        {"state": "{{ is_state('input_boolean.bolt', 'on') }}"}
        | {"open_cover": turn("on"), "close_cover": turn("off")},
    )
    door = await make_door(opener=reference)
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert opening.unlocked_until is None
    await door.pass_time(5)
    assert hass.states.is_state("input_boolean.bolt", "on")
    assert door.stories() == [Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_report_that_came_too_late_does_not_leave_the_door_unlocked(
    door: FrontDoor, bolt: Bolt
) -> None:
    context = Context()
    await door.enter(context=context)
    bolt.move(locked=True)  # what was polled before the bolt moved
    bolt.move(locked=False)
    assert bolt.names == ["unlock"]
    await door.pass_time(5)
    assert bolt.commands == [("unlock", context), ("lock", context)]
    assert door.stories().count(Story.COMPLETED) == 1


# ---------------------------------------------------------------- late unlocks


@pytest.mark.parametrize("after", [0, 59])
async def test_a_late_unlock_is_told_and_locked_again(
    door: FrontDoor, bolt: Bolt, after: int
) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(after)
    bolt.move(locked=False, context=Context())
    assert door.stories() == [Story.LATE_UNLOCK]
    assert door.driver.changed_by == "UPS"
    bolt.obeys = True
    await door.pass_time(4)
    assert bolt.names == ["unlock"]
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        Story.LATE_UNLOCK,
        Story.RELOCKED,
        Story.NEVER_OPENED,
        Story.COMPLETED,
    ]


async def test_a_failed_command_can_unlock_late_too(door: FrontDoor, bolt: Bolt) -> None:
    bolt.raises = HomeAssistantError("timeout")
    await door.enter()
    bolt.raises = None
    await door.pass_time(30)
    bolt.move(locked=False)
    await door.pass_time(5)
    assert door.stories() == [
        Story.LATE_UNLOCK,
        Story.RELOCKED,
        Story.NEVER_OPENED,
        Story.COMPLETED,
    ]


async def test_after_the_watch_an_unlock_is_not_the_couriers(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(59)
    assert door.stories() == []
    await door.pass_time(1)
    assert door.stories() == [Story.NEVER_OPENED, Story.COMPLETED]
    assert door.done == ["e1"]
    bolt.move(locked=False, context=Context())
    await door.pass_time(600)
    assert bolt.names == ["unlock"]
    assert door.driver.changed_by is None


async def test_a_long_unlock_time_is_watched_as_long(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt, unlock_seconds=90)
    bolt.obeys = False
    await door.enter_in_vain()
    await door.pass_time(89)
    bolt.move(locked=False)
    assert door.stories() == [Story.LATE_UNLOCK]


async def test_an_unlock_by_hand_is_no_late_unlock(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_in_vain()
    bolt.obeys = True
    await door.driver.by_hand_unlock(Context())
    assert door.stories() == [Story.COMPLETED]
    assert door.driver.changed_by is None
    await door.pass_time(600)
    assert bolt.names == ["unlock", "unlock"]


async def test_the_next_courier_takes_the_unlock_over(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_in_vain("e1")
    bolt.obeys = True
    await door.enter("e2", "DHL")
    assert door.stories("e1") == [Story.COMPLETED]
    assert door.stories("e2") == []
    await door.pass_time(60)
    assert door.stories("e2") == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]


async def test_a_stopped_courier_leaves_the_one_before_watched(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    await door.enter_in_vain("e1")
    with pytest.raises(Stopped):
        await door.enter("e2", still_allowed=lambda: Reason.PAUSED)
    bolt.move(locked=False)
    assert door.stories("e1") == [Story.LATE_UNLOCK]


@pytest.mark.parametrize("reads", [{"jammed": True}, {"locked": None}])
async def test_a_door_that_does_not_read_locked_in_the_end_is_locked_in_doubt(
    door: FrontDoor, bolt: Bolt, reads: dict[str, Any]
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    bolt.move(**reads)
    await door.pass_time(8)
    await entering
    bolt.obeys = True
    await door.pass_time(60)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert Story.RELOCKED in door.stories()
    assert door.stories()[-1] is Story.COMPLETED


async def test_a_failed_command_does_not_say_that_nobody_came(door: FrontDoor, bolt: Bolt) -> None:
    bolt.raises = HomeAssistantError("no power")
    await door.enter()
    await door.pass_time(68)
    assert door.stories() == [Story.COMPLETED]


async def test_who_comes_and_goes_after_a_failed_command_is_nobodys_business(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.raises = HomeAssistantError("no power")
    await door.enter()
    door.leaf("on")
    door.leaf("off")
    await door.pass_time(68)
    assert door.stories() == [Story.COMPLETED]


# ---------------------------------------------------------------- use by hand


@pytest.mark.parametrize("command", ["by_hand_unlock", "by_hand_open"])
async def test_use_by_hand_passes_through_and_ends_the_deadline(
    door: FrontDoor, bolt: Bolt, command: str
) -> None:
    await door.enter()
    context = Context()
    await getattr(door.driver, command)(context)
    assert bolt.commands[1] == (command.removeprefix("by_hand_"), context)
    assert door.driver.changed_by is None
    assert door.done == ["e1"]
    assert door.stories() == [Story.COMPLETED]
    await door.pass_time(600)
    assert "lock" not in bolt.names


async def test_locking_by_hand_passes_through_and_ends_the_deadline(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    context = Context()
    await door.driver.by_hand_lock(context)
    assert bolt.commands[1] == ("lock", context)
    assert door.driver.changed_by is None
    assert door.done == ["e1"]
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_use_by_hand_that_fails_leaves_the_deadline(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.raises = HomeAssistantError("no power")
    for command in (door.driver.by_hand_unlock, door.driver.by_hand_lock):
        with pytest.raises(HomeAssistantError, match="no power"):
            await command(Context())
    bolt.raises = None
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock", "lock"]
    assert door.stories()[0] is Story.RELOCKED


async def test_use_by_hand_without_a_courier_is_told_nobody(door: FrontDoor, bolt: Bolt) -> None:
    await door.driver.by_hand_unlock(Context())
    door.leaf("on")
    door.leaf("off")
    await door.driver.by_hand_lock(Context())
    await door.pass_time(600)
    assert door.told == []
    assert door.done == []
    assert bolt.names == ["unlock", "lock"]


async def test_an_unavailable_door_tells_whoever_uses_it_by_hand(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.reachable(False)
    for command in (
        door.driver.by_hand_lock,
        door.driver.by_hand_unlock,
        door.driver.by_hand_open,
    ):
        with pytest.raises(OpenerUnavailable):
            await command(Context())


async def test_unlocking_at_the_opener_itself_is_use_by_hand(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    await door.pass_time(5)
    assert door.driver.changed_by == "UPS"
    updates: list[str | None] = []
    door.driver.listen(lambda: updates.append(door.driver.changed_by))
    bolt.move(locked=False, context=Context())
    assert door.driver.changed_by is None
    assert updates == [None]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_a_button_pressed_by_hand_shows_unlocked_for_the_unlock_time(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    await door.driver.by_hand_unlock(Context())
    assert door.driver.position is Position.UNLOCKED
    assert door.driver.changed_by is None
    await door.pass_time(5)
    assert door.driver.position is Position.LOCKED
    assert door.told == []


async def test_what_can_not_be_locked_says_so_by_hand(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    with pytest.raises(ServiceValidationError) as error:
        await door.driver.by_hand_lock(Context())
    assert error.value.translation_key == "cannot_lock"


async def test_use_by_hand_during_a_couriers_command_leaves_the_command_its_answer(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    await door.driver.by_hand_unlock(Context())
    await door.pass_time(8)
    assert (await entering).outcome is Outcome.UNCONFIRMED
    await door.pass_time(60)
    assert door.stories() == [Story.NEVER_OPENED, Story.COMPLETED]


# ---------------------------------------------------------------- the contact sensor


async def test_a_leaf_that_opens_and_closes_is_told(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.leaf("on")
    assert door.stories() == [Story.CONTACT_OPENED]
    await door.pass_time(2)
    door.leaf("off")
    assert door.stories() == [Story.CONTACT_OPENED, Story.CONTACT_CLOSED]
    door.leaf("on")  # whoever it is, it is not told again
    door.leaf("off")
    await door.pass_time(3)
    assert door.stories() == [
        Story.CONTACT_OPENED,
        Story.CONTACT_CLOSED,
        Story.RELOCKED,
        Story.COMPLETED,
    ]


async def test_a_leaf_that_opens_before_the_bolt_reports_is_told(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    door.leaf("on")
    bolt.move(locked=False)
    await entering
    assert door.stories() == [Story.CONTACT_OPENED]


async def test_no_bolt_is_thrown_while_the_leaf_stands_open(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    await door.pass_time(50)
    assert bolt.names == ["unlock"]
    door.leaf("off")
    await door.pass_time(0)
    assert bolt.names == ["unlock"]  # the leaf comes to rest first
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        Story.CONTACT_OPENED,
        Story.CONTACT_CLOSED,
        Story.RELOCKED,
        Story.COMPLETED,
    ]


async def test_a_leaf_that_opens_again_at_once_is_waited_for_again(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    door.leaf("off")
    door.leaf("on")
    await door.pass_time(1)
    assert bolt.names == ["unlock"]
    door.leaf("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]


@pytest.mark.parametrize("state", ["unavailable", "unknown"])
async def test_a_contact_that_falls_silent_does_not_keep_the_door_unlocked(
    door: FrontDoor, bolt: Bolt, state: str
) -> None:
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    door.leaf(state)
    await door.pass_time(0)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [Story.CONTACT_OPENED, Story.RELOCKED, Story.COMPLETED]


async def test_a_contact_that_returns_is_no_opening(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    door.leaf("unavailable")
    door.leaf("on")
    assert door.stories() == []
    door.leaf("off")
    await door.pass_time(5)
    # Nobody knows what happened meanwhile: it is not said that the door was never opened.
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]


async def test_a_door_without_a_contact_is_never_said_not_to_have_been_opened(
    hass: HomeAssistant, make_door: MakeDoor, bolt: Bolt
) -> None:
    door = await make_door(bolt)
    await door.enter()
    await door.pass_time(5)
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]


async def test_a_leaf_that_stood_open_before_is_not_the_couriers_opening(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.leaf("on")
    await door.enter()
    door.leaf("off")
    await door.pass_time(5)
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]


async def test_a_leaf_that_stands_open_60_seconds_after_the_deadline_is_left_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    await door.pass_time(59)
    assert door.stories() == [Story.CONTACT_OPENED]
    await door.pass_time(1)
    assert door.stories() == [Story.CONTACT_OPENED, Story.LEFT_OPEN]
    await door.pass_time(3600)
    assert bolt.names == ["unlock"]
    door.leaf("off")
    await door.pass_time(1)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [
        Story.CONTACT_OPENED,
        Story.LEFT_OPEN,
        Story.CONTACT_CLOSED,
        Story.RELOCKED,
        Story.COMPLETED,
    ]


async def test_left_open_is_told_once_an_entry(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter("e1")
    door.leaf("on")
    await door.pass_time(5)
    await door.pass_time(60)
    await door.enter("e2", "DHL")
    await door.pass_time(5)
    await door.pass_time(60)
    assert door.stories("e1") == [Story.CONTACT_OPENED, Story.LEFT_OPEN]
    assert door.stories("e2") == [Story.LEFT_OPEN]


async def test_a_shut_leaf_is_not_left_open_when_locking_takes_long(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    bolt.obeys = False
    for _ in range(12):
        await door.pass_time(10)
    assert door.stories() == []


async def test_a_bolt_thrown_against_an_open_leaf_leaves_the_story_to_the_leaf(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    bolt.move(locked=True)
    assert door.done == ["e1"]
    assert door.stories() == [Story.CONTACT_OPENED, Story.RELOCKED]
    door.leaf("off")
    assert door.stories() == [
        Story.CONTACT_OPENED,
        Story.RELOCKED,
        Story.CONTACT_CLOSED,
        Story.COMPLETED,
    ]


async def test_a_leaf_that_still_stands_open_behind_a_thrown_bolt_is_left_open(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    bolt.move(locked=True)
    await door.pass_time(65)
    assert door.stories() == [
        Story.CONTACT_OPENED,
        Story.RELOCKED,
        Story.LEFT_OPEN,
        Story.COMPLETED,
    ]
    assert bolt.names == ["unlock"]


async def test_a_bolt_thrown_after_the_leaf_was_left_open_ends_the_story(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    await door.pass_time(60)
    bolt.move(locked=True)
    assert door.stories()[-3:] == [Story.LEFT_OPEN, Story.RELOCKED, Story.COMPLETED]


async def test_the_story_of_a_button_waits_for_the_leaf(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    door.leaf("off")
    await door.enter()
    door.leaf("on")
    await door.pass_time(5)
    assert door.stories() == [Story.CONTACT_OPENED]
    assert door.done == ["e1"]
    assert door.driver.position is Position.LOCKED
    door.leaf("off")
    assert door.stories() == [Story.CONTACT_OPENED, Story.CONTACT_CLOSED, Story.COMPLETED]


async def test_a_leaf_used_by_hand_afterwards_is_nobodys_business(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    bolt.move(locked=True)
    bolt.move(locked=False, context=Context())
    door.leaf("off")
    assert door.stories() == [Story.CONTACT_OPENED, Story.RELOCKED, Story.COMPLETED]


# ---------------------------------------------------------------- restarts


async def test_a_door_past_its_deadline_is_locked_at_start(door: FrontDoor, bolt: Bolt) -> None:
    bolt.move(locked=False)
    context = Context()
    door.driver.resume("e1", seconds_from_now(-3600), context)
    await door.pass_time(0)
    assert bolt.commands == [("lock", context)]
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_door_before_its_deadline_is_locked_at_it(door: FrontDoor, bolt: Bolt) -> None:
    bolt.move(locked=False)
    door.driver.resume("e1", seconds_from_now(4), Context())
    await door.pass_time(3)
    assert bolt.names == []
    await door.pass_time(1)
    assert bolt.names == ["lock"]


async def test_a_door_found_locked_after_a_restart_is_left_alone(
    door: FrontDoor, bolt: Bolt
) -> None:
    door.driver.resume("e1", seconds_from_now(-1), Context())
    await door.pass_time(0)
    assert bolt.names == []
    assert door.stories() == [Story.RELOCKED, Story.COMPLETED]
    assert door.done == ["e1"]


async def test_a_door_whose_opener_comes_up_later_is_locked_then(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    bolt.reachable(False)
    door.driver.resume("e1", seconds_from_now(-1), Context())
    await door.pass_time(30)
    assert door.done == []
    bolt.reachable(True)
    await door.pass_time(0)
    assert bolt.names == ["lock"]


async def test_a_report_does_not_hurry_the_next_try_after_a_restart(
    make_door: MakeDoor, bolt: Bolt
) -> None:
    bolt._attr_is_locked = False
    door = await make_door(bolt)
    bolt.obeys = False
    door.driver.resume("e1", seconds_from_now(-1), Context())
    await door.pass_time(0)
    await door.pass_time(8)
    bolt.report()
    await door.pass_time(0)
    assert bolt.names == ["lock"]
    await door.pass_time(5)
    assert bolt.names == ["lock", "lock"]


async def test_a_deadline_that_a_wrong_clock_set_is_brought_nearer(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.move(locked=False)
    door.driver.resume("e1", seconds_from_now(86400), Context())
    await door.pass_time(21)
    assert bolt.names == ["lock"]


async def test_an_open_leaf_is_waited_for_after_a_restart_too(door: FrontDoor, bolt: Bolt) -> None:
    bolt.move(locked=False)
    door.leaf("on")
    door.driver.resume("e1", seconds_from_now(-1), Context())
    await door.pass_time(60)
    assert bolt.names == []
    assert door.stories() == [Story.LEFT_OPEN]
    door.leaf("off")
    await door.pass_time(1)
    assert bolt.names == ["lock"]


async def test_a_button_has_nothing_to_lock_after_a_restart(
    hass: HomeAssistant, button_door: FrontDoor
) -> None:
    door = button_door
    door.driver.resume("e1", seconds_from_now(-1), Context())
    await door.pass_time(0)
    assert door.stories() == [Story.COMPLETED]
    assert door.done == ["e1"]
    assert hass.states.is_state("input_boolean.bolt", "off")


async def test_stopping_leaves_the_door_and_the_deadline_as_they_are(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.enter()
    door.leaf("on")
    await door.driver.async_stop()
    await door.pass_time(600)
    bolt.move(locked=True)
    door.leaf("off")
    assert bolt.names == ["unlock"]
    assert door.stories() == [Story.CONTACT_OPENED]
    assert door.done == []


async def test_stopping_answers_a_courier_whose_command_is_under_way(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    await door.driver.async_stop()
    assert (await entering).outcome is Outcome.UNCONFIRMED
    assert door.told == []
    await door.pass_time(600)
    assert door.told == []
    assert door.done == []


async def test_a_caller_that_goes_away_does_not_leave_the_door_unlocked(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    bolt.obeys = False
    entering = door.begin_to_enter()
    await door.settle()
    entering.cancel()
    await door.settle()
    bolt.move(locked=False)
    bolt.obeys = True
    await door.pass_time(5)
    assert bolt.names == ["unlock", "lock"]
    assert door.stories() == [Story.RELOCKED, Story.NEVER_OPENED, Story.COMPLETED]
    assert "InvalidStateError" not in caplog.text


# ---------------------------------------------------------------- what the lock entity shows


async def test_listeners_hear_of_every_report_until_they_are_gone(
    door: FrontDoor, bolt: Bolt
) -> None:
    shown: list[Position] = []
    stop = door.driver.listen(lambda: shown.append(door.driver.position))
    bolt.move(unlocking=True)
    bolt.move(locked=False)
    bolt.reachable(False)
    stop()
    bolt.reachable(True)
    assert shown == [Position.UNLOCKING, Position.UNLOCKED, Position.UNAVAILABLE]


def subentry(**data: Any) -> ConfigSubentry:
    return ConfigSubentry(
        data=MappingProxyType(data), subentry_type="door", title="Front", unique_id="front"
    )


def test_settings_are_read_from_a_subentry() -> None:
    assert DoorSettings.from_subentry(
        subentry(
            opener_kind="entity",
            opener="0" * 32,
            unlock_seconds=7.0,
            operation="open",
            contact="1" * 32,
            close_cover=True,
        )
    ) == DoorSettings("0" * 32, Operation.OPEN, 7, "1" * 32, True)
    assert DoorSettings.from_subentry(subentry(opener_kind="demo")) == DoorSettings()


# ---------------------------------------------------------------- whatever happens


class Evening:
    """An evening at a door: whatever may happen there, in any order."""

    def __init__(self, door: FrontDoor, bolt: Bolt) -> None:
        self.door = door
        self.bolt = bolt
        self.entries: list[str] = []
        self.entering: asyncio.Task[Opening] | None = None
        self.in_hands = False
        """Whether somebody else unlocked or jammed the door since it last read locked."""

    async def happen(self, what: str) -> None:
        match what:
            case "enter":
                await self.finish_entering()
                self.entries.append(f"e{len(self.entries)}")
                self.entering = self.door.begin_to_enter(self.entries[-1])
            case "obey" | "ignore":
                self.bolt.obeys = what == "obey"
                self.bolt.raises = None
            case "raise":
                self.bolt.raises = HomeAssistantError("no power")
            case "unlock late" if self.door.driver._in_phase(Phase.WATCHING):
                self.bolt.move(locked=False)
            case "report":
                self.bolt.report()
            case "jam":
                self.in_hands = True
                self.bolt.move(jammed=True)
            case "lock at the door":
                self.bolt.move(locked=True, context=Context())
            case "unlock at the door":
                self.in_hands = True
                self.bolt.move(locked=False, context=Context())
            case "lock by hand":
                await self.by_hand(self.door.driver.by_hand_lock)
            case "unlock by hand":
                self.in_hands = True
                await self.by_hand(self.door.driver.by_hand_unlock)
            case "leaf on" | "leaf off" | "leaf unknown":
                self.door.leaf(what.removeprefix("leaf "))
            case "lose opener" | "find opener":
                self.bolt.reachable(what == "find opener")
        await self.door.settle()
        self.in_hands &= self.door.driver.position is not Position.LOCKED

    async def by_hand(self, command: Callable[[Context], Awaitable[None]]) -> None:
        with suppress(HomeAssistantError):
            await command(Context())

    async def finish_entering(self) -> None:
        if self.entering is not None:
            await self.door.settle()
            if not self.entering.done():
                await self.door.pass_time(8)  # perhaps for a lock command that is under way
                await self.door.pass_time(8)
            try:
                await self.entering
            except DoorUnavailable:
                self.entries.pop()
            self.entering = None

    async def end(self) -> None:
        """Everything works again, and time enough passes."""
        await self.finish_entering()
        for what in ("obey", "find opener", "leaf off"):
            await self.happen(what)
        for _ in range(8):
            await self.door.pass_time(61)
        await self.door.driver.async_stop()


@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    happenings=st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "enter",
                    "obey",
                    "ignore",
                    "raise",
                    "unlock late",
                    "report",
                    "jam",
                    "lock at the door",
                    "unlock at the door",
                    "lock by hand",
                    "unlock by hand",
                    "leaf on",
                    "leaf off",
                    "leaf unknown",
                    "lose opener",
                    "find opener",
                )
            ),
            st.sampled_from((0, 1, 5, 9, 61)),
        ),
        max_size=15,
    )
)
async def test_whatever_happens_a_courier_leaves_no_door_unlocked_and_every_story_ends_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    door: FrontDoor,
    bolt: Bolt,
    happenings: list[tuple[str, int]],
) -> None:
    bolt.obeys, bolt.raises = True, None
    bolt.reachable(True)
    bolt.move(locked=True)
    reference = er.async_get(hass).async_get(BOLT).id
    fresh = FrontDoor(hass, freezer, DoorSettings(opener=reference, contact=CONTACT))
    fresh.leaf("off")
    await fresh.driver.async_start()
    evening = Evening(fresh, bolt)
    for what, then in happenings:
        await evening.happen(what)
        await fresh.pass_time(then)
    await evening.end()

    for entry in evening.entries:
        stories = fresh.stories(entry)
        assert stories[-1] is Story.COMPLETED
        assert len(stories) == len(set(stories))
    assert sorted(fresh.done) == sorted(evening.entries)
    assert evening.in_hands or fresh.driver.position is Position.LOCKED
