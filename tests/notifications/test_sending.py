"""Test that notifications are sent in parallel, each once, and none blocks others."""

import asyncio
from functools import partial
import threading

from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.courier_access.ledger.outbox.due import (
    MAX_SENDS_PER_RESIDENT,
    NotificationState,
)
from custom_components.courier_access.ledger.outbox.expand import FANOUTS_PER_STEP
from custom_components.courier_access.notifications.dispatcher import (
    MAX_SENDS,
    PLACE_SECONDS,
)
from tests.ledger.filled import owed_entry
from tests.support.house import until
from tests.support.phones import add_letters
from tests.support.rows import commits

from .parts import SECOND, House, action


async def test_running_send_is_not_repeated(house: House) -> None:
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        is_sending.set()
        await may_go_on.wait()

    house.on_mail(take)
    await house.start()
    await house.ledger.write(owed_entry)
    house.notifications.wake()
    await is_sending.wait()

    house.notifications.wake()
    await asyncio.sleep(0)
    assert (await house.status_of("anna")).state is NotificationState.PENDING
    may_go_on.set()
    await house.settle()

    assert taken == 1


async def give_way() -> None:
    """Let other tasks take some steps."""
    for _ in range(20):
        await asyncio.sleep(0)


class TwoSends:
    """Two residents who are sent notifications; Bo's is taken before Cleo's."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.slow_one_may_end = asyncio.Event()
        self._are_under_way = asyncio.Barrier(3)
        house.enroll("bo", "3b", action("bo"))
        house.enroll("cleo", "4a", action("cleo"))
        house.hass.services.async_register("notify", "bo", self._take)
        house.hass.services.async_register("notify", "cleo", self._take_later)

    async def begin(self) -> None:
        """Begin both, and run what follows Bo's."""
        await self.house.start()
        await self.house.ledger.write(owed_entry)
        self.house.notifications.wake()
        await self._are_under_way.wait()
        await self.go_on()

    async def go_on(self) -> None:
        """Run all that needs no time."""
        for _ in range(20):
            await self.house.ledger.read(lambda _: None)

    async def states(self) -> list[NotificationState]:
        return [(await self.house.status_of(name)).state for name in ("bo", "cleo")]

    async def commits(self) -> int:
        return await asyncio.to_thread(commits, self.house.ledger.path)

    async def _take(self, call: ServiceCall) -> None:
        await self._are_under_way.wait()

    async def _take_later(self, call: ServiceCall) -> None:
        await self._are_under_way.wait()
        await self.slow_one_may_end.wait()


async def test_results_of_sends_at_one_time_are_stored_in_one_commit(
    house: House,
) -> None:
    sends = TwoSends(house)
    await sends.begin()
    states, before = await sends.states(), await sends.commits()

    sends.slow_one_may_end.set()
    await house.settle()

    assert states == [NotificationState.PENDING, NotificationState.PENDING]
    assert await sends.states() == [NotificationState.SENT, NotificationState.SENT]
    assert await sends.commits() == before + 1


async def test_result_waits_for_a_slow_send_for_a_second(house: House) -> None:
    sends = TwoSends(house)
    await sends.begin()

    house.freezer.tick(PLACE_SECONDS)
    async_fire_time_changed(house.hass)
    await sends.go_on()
    states = await sends.states()
    sends.slow_one_may_end.set()
    await house.settle()

    assert states == [NotificationState.SENT, NotificationState.PENDING]
    assert await sends.states() == [NotificationState.SENT, NotificationState.SENT]


async def test_sends_that_end_during_a_turn_make_room_at_once(
    hass: HomeAssistant, house: House
) -> None:
    under_way: list[asyncio.Event] = []
    is_free, may_end = threading.Event(), asyncio.Event()

    async def take(call: ServiceCall) -> None:
        under_way.append(asyncio.Event())
        await under_way[-1].wait()

    async def take_slowly(call: ServiceCall) -> None:
        await may_end.wait()

    house.on_mail(take)
    house.enroll("bo", "3b", action("slow"))
    hass.services.async_register("notify", "slow", take_slowly)
    await house.start()
    for number in range(MAX_SENDS_PER_RESIDENT + 2):
        await house.ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))
    house.notifications.wake()
    await until(lambda: len(under_way) == MAX_SENDS_PER_RESIDENT)

    for _ in range(5):  # until no turn is wanted
        await house.ledger.write(lambda _: None)
        await give_way()
    # The turn that begins when the first ends is over only after the second has ended.
    busy = asyncio.create_task(house.ledger.write(lambda _: is_free.wait()))
    for ended in under_way.copy():
        await give_way()
        ended.set()
    await give_way()
    is_free.set()
    await busy

    # All but the slow one have room, although the turn counted one that has ended.
    await until(lambda: len(under_way) == MAX_SENDS_PER_RESIDENT + 2)
    may_end.set()
    for ended in under_way:
        ended.set()
    await house.settle()


async def test_many_notifications_are_all_sent_some_at_a_time(
    hass: HomeAssistant, house: House
) -> None:
    at_once = most_at_once = taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal at_once, most_at_once, taken
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        taken += 1

    hass.services.async_register("notify", "all", take)
    for number in range(2 * MAX_SENDS + 1):
        house.enroll(f"resident-{number}", "3b", action("all"))
    await house.start()
    for number in range(FANOUTS_PER_STEP + 1):
        await house.ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))

    house.notifications.wake()
    await house.settle()

    assert taken == (2 * MAX_SENDS + 1) * (FANOUTS_PER_STEP + 1)
    assert most_at_once == MAX_SENDS


async def test_notification_without_text_is_retried(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"), language="\0")
    await house.start()
    await house.enter()
    assert letters.received == []
    assert "A notification could not be sent" in caplog.text

    house.enroll("anna", "3b", action("anna"))
    await house.wait(10 * SECOND)

    assert len(letters.received) == 1
