"""Test when late writes and pressed buttons are tried again."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
import threading

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.host import Host
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.queue import Button
from custom_components.courier_access.notifications.actions import (
    ButtonPress,
    PhoneActions,
    presses_of,
)
from custom_components.courier_access.notifications.late_writes import (
    TRY_AGAIN_AFTER,
    LateWrites,
)
from tests.ledger.parts import PATIENCE

TOKEN = "0123456789abcdef" * 2


class Presses:
    """A veto that can be pressed, and handled only while the ledger is there."""

    is_there = False
    tries = 0

    def __init__(self, host: Host) -> None:
        self.actions = PhoneActions(host)
        self.actions.handlers[Button.VETO] = self._veto
        self._pressed = presses_of(host.hass, host.entry_id)

    def press(self) -> None:
        self._pressed.add(ButtonPress(Button.VETO, TOKEN, "ada"))

    async def _veto(self, _token: str, _user_id: str) -> None:
        self.tries += 1
        if not self.is_there:
            raise LedgerUnavailable("closed", Cause.LOCKED)


async def test_pauses_between_tries_start_over_after_a_success(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    host = Host(hass, MockConfigEntry(domain=DOMAIN))
    presses = Presses(host)
    writes = LateWrites(host, Ledger(tmp_path / "building.db"), presses.actions)
    writes.listen()
    presses.press()
    for _ in TRY_AGAIN_AFTER:
        with pytest.raises(LedgerUnavailable):
            await writes.catch_up()
    presses.is_there = True
    await writes.catch_up()
    presses.is_there = False
    presses.press()
    with pytest.raises(LedgerUnavailable):
        await writes.catch_up()
    tries = presses.tries

    freezer.tick(timedelta(seconds=TRY_AGAIN_AFTER[0] + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    assert presses.tries == tries + 1
    presses.is_there = True
    await writes.async_stop()


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncGenerator[Ledger]:
    ledger = Ledger(tmp_path / "building.db")
    await ledger.open()
    yield ledger
    await ledger.close()


@pytest.fixture
def writes(hass: HomeAssistant, ledger: Ledger) -> LateWrites:
    host = Host(hass, MockConfigEntry(domain=DOMAIN))
    return LateWrites(host, ledger, PhoneActions(host))


async def test_write_is_done_once_even_if_its_caller_leaves(
    ledger: Ledger, writes: LateWrites
) -> None:
    done: list[str] = []
    go_on = threading.Event()
    busy = asyncio.create_task(
        ledger.read(lambda _: go_on.wait(PATIENCE)), eager_start=True
    )
    writing = asyncio.create_task(
        writes.write(
            None, lambda _: done.append("written"), lambda _: done.append("followed")
        ),
        eager_start=True,
    )

    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    await busy
    await writes.catch_up()

    assert done == ["written", "followed"]


async def test_pauses_start_over_once_all_is_written(
    hass: HomeAssistant,
    ledger: Ledger,
    writes: LateWrites,
    freezer: FrozenDateTimeFactory,
) -> None:
    done: list[str] = []

    async def fail(what: str) -> None:
        await ledger.close()
        with pytest.raises(LedgerUnavailable):
            await writes.write(None, lambda _: done.append(what), lambda _: None)

    writes.listen()
    await fail("first")
    with pytest.raises(LedgerUnavailable):
        await writes.catch_up()
    await ledger.open()
    await writes.write_left()
    await fail("second")
    await ledger.open()
    freezer.tick(timedelta(seconds=TRY_AGAIN_AFTER[0] + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert done == ["first", "second"]
    await writes.async_stop()


async def test_write_that_can_not_be_followed_is_not_done_again(
    writes: LateWrites,
) -> None:
    done: list[str] = []

    def fail(_: object) -> None:
        raise ArithmeticError("unforeseen")

    with pytest.raises(ArithmeticError):
        await writes.write(None, lambda _: done.append("first"), fail)
    await writes.write(None, lambda _: done.append("second"), lambda _: None)

    assert done == ["first", "second"]
