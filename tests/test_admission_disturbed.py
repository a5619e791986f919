"""An entry is disturbed at every await it makes: its caller leaves, the building is reloaded or unloaded, or all stops."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
import types
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.building import Building
from tests.door_parts import Bolt, install_bolt
from tests.house import House, Sender, build, courier, door, entries_of, pass_time, resident

MOST_AWAITS = 40
LEAST_AWAITS = 3
"""Claim, door and outcome at the least: were there fewer, the test would disturb nothing."""


class SlowBolt(Bolt):
    """A lock that takes some turns of the loop to obey."""

    async def _take(self, name: str, *, locked: bool, opened: bool = False) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        await super()._take(name, locked=locked, opened=opened)


@dataclass(slots=True)
class Disturbance:
    """What is done at the n-th await of an entry; `awaits` are those that it made."""

    at: int
    act: Callable[[], None]
    awaits: int = 0
    done: bool = field(default=False, init=False)

    @types.coroutine
    def through(self, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Run an entry's work and disturb it while it waits."""
        sent: Any = None
        thrown: BaseException | None = None
        while True:
            try:
                awaited = work.send(sent) if thrown is None else work.throw(thrown)
            except StopIteration as ended:
                return ended.value
            sent, thrown = None, None
            self.awaits += 1
            if self.awaits == self.at:
                self.done = True
                self.act()
            try:
                sent = yield awaited
            except BaseException as err:  # noqa: BLE001 - it is thrown into the work
                thrown = err


@dataclass(slots=True)
class Doorstep:
    """A building, its door, and a courier who enters by one message again and again."""

    house: House
    bolt: Bolt
    sender: Sender
    patch: pytest.MonkeyPatch

    async def enter(self, number: int, body: str) -> web.Response:
        """Ask to enter as a cloudhook would, with a handler that can be cancelled."""
        request = MockRequest(
            content=body.encode(),
            headers=self.sender.headers(body, message_id=f"msg_{number}"),
            method="POST",
            mock_source="test",
        )
        return await async_handle_webhook(self.house.hass, self.sender.webhook_id, request)

    def body(self, number: int) -> str:
        message = {
            "type": "entry.requested",
            "timestamp": dt_util.utcnow().isoformat(),
            "data": {"grant_id": f"G{number}"},
        }
        return orjson.dumps(message).decode()

    def disturb(self, disturbance: Disturbance) -> None:
        run = self.house.building.run

        def disturbed(building: Building, work: Any, name: str) -> asyncio.Task[Any]:
            if name != "courier_access message":
                return run.__func__(building, work, name)  # type: ignore[attr-defined, no-any-return]

            async def whole() -> Any:
                return await disturbance.through(work)

            return run.__func__(building, whole(), name)  # type: ignore[attr-defined, no-any-return]

        self.patch.setattr(Building, "run", disturbed)


async def doorstep(
    hass: HomeAssistant, client: ClientSessionGenerator, patch: pytest.MonkeyPatch
) -> Doorstep:
    bolt = SlowBolt()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(rate_per_minute=6000),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )
    return Doorstep(house, bolt, Sender(await client()), patch)


async def check(step: Doorstep, number: int, body: str, freezer: FrozenDateTimeFactory) -> bool:
    """Check what must hold whatever came between; return whether the door had opened."""
    house, bolt = step.house, step.bolt
    await house.settle()
    await pass_time(house.hass, freezer, 6)
    await house.settle()
    had_opened = bool(bolt.commands)
    admitted = [
        entry
        for entry in await entries_of(house.building, 200)
        if entry.key.grant_id == f"G{number}" and entry.decision == "admitted"
    ]
    if had_opened:
        assert bolt.names == ["unlock", "lock"]
        assert [entry.outcome for entry in admitted] == ["opened"]
        assert sorted(name for name, text in house.told if "let in" in text) == ["Ada", "Cleo"]
    else:
        assert admitted == []
        assert house.told == []

    again = orjson.loads((await step.enter(number, body)).text or "")
    await house.settle()
    await pass_time(house.hass, freezer, 6)
    await house.settle()

    assert (again["decision"], again["replayed"]) == ("admitted", had_opened)
    assert (again["outcome"], again["entries_left"]) == ("opened", 2)
    assert bolt.names == ["unlock", "lock"]
    grant = await house.building.grants.find(GrantKey("courier-parcel-post", f"G{number}"))
    assert grant is not None
    assert grant.uses == 1
    assert sorted(name for name, text in house.told if "let in" in text) == ["Ada", "Cleo"]
    assert (await house.building.ledger.verify()).intact
    return had_opened


@pytest.mark.parametrize("what", ["caller leaves", "reload", "unload"])
async def test_an_entry_disturbed_at_any_await_happens_whole_or_not_at_all(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    step = await doorstep(hass, hass_client_no_auth, monkeypatch)
    entry_id = step.house.entry.entry_id
    awaits = 0
    for number in range(1, MOST_AWAITS):
        await step.sender.grant(f"G{number}", max_entries=3)
        await step.house.settle()
        step.house.told.clear()
        step.bolt.commands.clear()
        body = step.body(number)
        entering = asyncio.ensure_future(step.enter(number, body))
        tasks: list[asyncio.Future[Any]] = []

        def act(entering: Any = entering, tasks: Any = tasks) -> None:
            match what:
                case "caller leaves":
                    entering.cancel()
                case "reload":
                    tasks.append(asyncio.ensure_future(hass.config_entries.async_reload(entry_id)))
                case _:
                    tasks.append(asyncio.ensure_future(hass.config_entries.async_unload(entry_id)))

        disturbance = Disturbance(number, act)
        with monkeypatch.context() as patch:
            step.patch = patch
            step.disturb(disturbance)
            await asyncio.gather(entering, return_exceptions=True)
            await asyncio.gather(*tasks)
            if what == "caller leaves":
                await step.house.settle()
        if what == "unload" and disturbance.done:
            assert await hass.config_entries.async_setup(entry_id)
        await check(step, number, body, freezer)
        if not disturbance.done:
            awaits = disturbance.awaits
            break
    assert LEAST_AWAITS <= awaits < MOST_AWAITS


@pytest.mark.parametrize("number", range(1, LEAST_AWAITS + 1))
async def test_an_entry_at_any_of_whose_awaits_home_assistant_stops_happens_whole_or_not_at_all(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    step = await doorstep(hass, hass_client_no_auth, monkeypatch)
    await step.sender.grant(f"G{number}", max_entries=3)
    await step.house.settle()
    step.house.told.clear()
    stopping: list[asyncio.Future[None]] = []
    disturbance = Disturbance(
        number, lambda: stopping.append(asyncio.ensure_future(hass.async_stop(force=True)))
    )
    step.disturb(disturbance)

    answer = await step.enter(number, step.body(number))
    await asyncio.gather(*stopping)
    assert disturbance.done
    told = sorted(name for name, text in step.house.told if "let in" in text)
    if step.bolt.commands:
        assert orjson.loads(answer.text or "")["outcome"] == "opened"
        assert told == ["Ada", "Cleo"]
    else:
        assert answer.status == 503
        assert told == []
