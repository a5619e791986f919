"""Opening a door for a courier and confirming it."""

import asyncio
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.courier_access.access.model import Opening, Outcome, Reason
from custom_components.courier_access.const import Operation
from custom_components.courier_access.doors.commands import DoorUnavailable, Stopped
from custom_components.courier_access.doors.openers import DoorSettings, Position
from tests.support.door_parts import (
    BOLT,
    Bolt,
    FrontDoor,
    MakeDoor,
    install_template,
    seconds_from_now,
    turn,
)


async def test_unlock_report_confirms_opening(door: FrontDoor, bolt: Bolt) -> None:
    context = Context()
    opening = await door.enter(context=context)
    assert opening == Opening(
        Outcome.OPENED,
        confirmed=True,
        unlocked_until=seconds_from_now(5),
        reads_locked=False,
    )
    assert bolt.commands == [("unlock", context)]
    assert door.shows(Position.UNLOCKED)
    assert door.driver.changed_by == "UPS"
    state = door.hass.states.get(BOLT)
    assert state is not None
    assert state.context is context


async def test_template_lock_opens(hass: HomeAssistant, make_door: MakeDoor) -> None:
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
    assert door.steps() == ["relocked", "completed"]
    assert door.done == ["e1"]


async def test_demo_door_opens_and_locks(make_door: MakeDoor) -> None:
    door = await make_door(unlock_seconds=3)
    opening = await door.enter()
    assert opening.confirmed
    assert opening.unlocked_until == seconds_from_now(3)
    assert door.shows(Position.UNLOCKED)
    await door.pass_time(3)
    assert door.shows(Position.LOCKED)
    assert door.steps() == ["relocked", "completed"]


async def test_open_report_confirms_unlatching(make_door: MakeDoor, bolt: Bolt) -> None:
    door = await make_door(bolt, operation=Operation.OPEN)
    assert door.driver.opener.supports_open
    opening = await door.enter()
    assert opening.outcome is Outcome.OPENED
    assert bolt.names == ["open"]
    assert door.shows(Position.OPEN)


@pytest.mark.parametrize("then_fails", [False, True])
async def test_unlock_report_confirms_whatever_the_running_command_does(
    door: FrontDoor, bolt: Bolt, then_fails: bool
) -> None:
    bolt.hangs = asyncio.Event()
    bolt.raises = HomeAssistantError("timeout") if then_fails else None
    entering = door.start_entering()
    await door.settle()
    bolt.move(locked=False)
    assert (await entering).outcome is Outcome.OPENED
    bolt.hangs.set()
    await door.settle()
    assert door.steps() == []


@pytest.mark.parametrize("reports", ["before", "after"])
async def test_repeated_report_confirms_after_the_command_only(
    make_door: MakeDoor, bolt: Bolt, reports: str
) -> None:
    bolt._attr_is_locked = False
    door = await make_door(bolt)
    bolt.obeys = False
    if reports == "before":
        bolt.report()
        opening = await door.enter_unconfirmed()
        assert opening.outcome is Outcome.UNCONFIRMED
        assert not opening.confirmed
        assert not opening.reads_locked
    else:
        entering = door.start_entering()
        await door.settle()
        bolt.report()
        assert (await entering).outcome is Outcome.OPENED


async def test_no_report_is_unconfirmed_in_8_s(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    await door.pass_time(7)
    assert not entering.done()
    await door.pass_time(1)
    assert await entering == Opening(
        Outcome.UNCONFIRMED, confirmed=False, unlocked_until=None, reads_locked=True
    )
    assert door.driver.changed_by is None


async def test_hanging_command_is_unconfirmed_after_8_seconds_and_not_canceled(
    door: FrontDoor, bolt: Bolt
) -> None:
    bolt.hangs = asyncio.Event()
    opening = await door.enter_unconfirmed()
    assert opening.outcome is Outcome.UNCONFIRMED
    assert bolt.cancelled == []
    bolt.hangs.set()
    await door.settle()
    assert door.steps() == ["late_unlock"]


async def test_command_that_raises_fails(
    door: FrontDoor, bolt: Bolt, caplog: pytest.LogCaptureFixture
) -> None:
    bolt.raises = HomeAssistantError("no power")
    opening = await door.enter()
    assert opening == Opening(
        Outcome.FAILED, confirmed=False, unlocked_until=None, reads_locked=True
    )
    assert "Front door could not be opened: no power" in caplog.text


async def test_jammed_door_fails(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    bolt.move(unlocking=True)
    bolt.move(jammed=True)
    assert await entering == Opening(
        Outcome.FAILED, confirmed=False, unlocked_until=None, reads_locked=False
    )


async def test_canceled_command_is_unconfirmed(door: FrontDoor, bolt: Bolt) -> None:
    bolt.raises = asyncio.CancelledError()  # as a stopping integration does
    opening = await door.enter_unconfirmed()
    assert opening.outcome is Outcome.UNCONFIRMED


async def test_unavailable_door_gets_no_command(door: FrontDoor, bolt: Bolt) -> None:
    bolt.reachable(False)
    assert not door.driver.opener.available
    with pytest.raises(DoorUnavailable):
        await door.enter()
    assert bolt.commands == []


async def test_veto_stops_command(door: FrontDoor, bolt: Bolt) -> None:
    with pytest.raises(Stopped) as stopped:
        await door.enter(still_allowed=lambda: Reason.VETOED)
    assert stopped.value.reason is Reason.VETOED
    assert bolt.commands == []
    assert door.events == []
    assert door.done == []


async def test_final_check_and_command_are_one(door: FrontDoor, bolt: Bolt) -> None:
    commands_at_the_next_step: list[list[str]] = []

    def still_allowed() -> Reason | None:
        door.hass.loop.call_soon(lambda: commands_at_the_next_step.append(bolt.names))
        return None

    await door.enter(still_allowed=still_allowed)
    await door.settle()
    assert commands_at_the_next_step == [["unlock"]]


async def test_listeners_get_all_reports(door: FrontDoor, bolt: Bolt) -> None:
    shown: list[Position] = []
    stop = door.driver.listen(lambda _context: shown.append(door.driver.position))
    bolt.move(unlocking=True)
    bolt.move(locked=False)
    bolt.reachable(False)
    stop()
    bolt.reachable(True)
    assert shown == [Position.UNLOCKING, Position.UNLOCKED, Position.UNAVAILABLE]


def subentry(**data: Any) -> ConfigSubentry:
    return ConfigSubentry(
        data=MappingProxyType(data),
        subentry_type="door",
        title="Front",
        unique_id="front",
    )


def test_settings_are_read_from_subentry() -> None:
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


def what_is_shown(door: FrontDoor) -> list[tuple[Position, Context]]:
    """Collect the lock entity's positions with their contexts."""
    shown: list[tuple[Position, Context]] = []

    def update(context: Context) -> None:
        if not shown or shown[-1][0] is not door.driver.position:
            shown.append((door.driver.position, context))

    door.driver.listen(update)
    return shown


async def test_entry_keeps_its_context(door: FrontDoor, bolt: Bolt) -> None:
    shown = what_is_shown(door)
    context = Context()
    bolt.obeys = False
    entering = door.start_entering(context=context)
    await door.settle()
    bolt.move(locked=False, context=Context())
    await entering
    await door.pass_time(5)
    bolt.move(locked=True, context=Context())
    assert shown == [(Position.UNLOCKED, context), (Position.LOCKED, context)]


async def test_late_unlock_has_entrys_context(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering(context=(context := Context()))
    await door.settle()
    await door.pass_time(8)
    await entering
    shown = what_is_shown(door)
    bolt.move(locked=False, context=Context())
    assert shown == [(Position.UNLOCKED, context)]


async def test_button_shows_unlocked_in_entrys_context(button_door: FrontDoor) -> None:
    shown = what_is_shown(button_door)
    context = Context()
    await button_door.enter(context=context)
    await button_door.pass_time(5)
    assert shown[-2:] == [(Position.UNLOCKED, context), (Position.LOCKED, context)]


async def test_manual_use_has_users_context(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    shown = what_is_shown(door)
    theirs, ours = Context(), Context()
    bolt.move(locked=True, context=theirs)
    await door.driver.unlock_manually(ours)
    assert shown == [(Position.LOCKED, theirs), (Position.UNLOCKED, ours)]
