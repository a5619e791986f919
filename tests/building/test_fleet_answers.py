"""Whatever a fleet answers, it costs a building little, and nothing of it is kept."""

import gzip
import threading
import tracemalloc

from aiohttp import ThreadedResolver, web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import aiohttp_client
import pytest

from custom_components.courier_access.building import fleet as fleets
from custom_components.courier_access.building.fleet import Problem
from custom_components.courier_access.couriers.fleet import FleetCourier, read_couriers
from tests.support.fleet import TOKEN, Fleet, connect, next_quarter
from tests.support.house import House, build, courier, door, resident
from tests.support.signing import PUBLIC

MB = 1_000_000


@pytest.fixture
async def house(hass: HomeAssistant, fleet: Fleet) -> House:
    house = await build(hass, door(), courier(), resident())
    await connect(house, fleet)
    return house


async def test_short_answer_that_gets_long_is_not_read(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    body = gzip.compress(b" " * (100 * MB))
    packed = {"Content-Encoding": "gzip"}
    fleet.answer = lambda: web.Response(body=body, headers=packed)
    tracemalloc.start()
    try:
        await next_quarter(house, freezer)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert house.building.fleet.status.problem is Problem.UNREADABLE
    assert peak < 10 * MB


class SystemsResolver(ThreadedResolver):
    """The system's own resolver, which Home Assistant's connections close."""

    async def real_close(self) -> None:
        await self.close()


async def test_cookies_are_neither_kept_nor_sent(
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Cookies of a bare IP address would be ignored.
    monkeypatch.setattr(
        aiohttp_client, "_async_make_resolver", lambda _: SystemsResolver()
    )
    address = fleet.url.replace("127.0.0.1", "localhost")
    options = {**house.entry.options, "fleet": {"address": address, "token": TOKEN}}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()

    def answer() -> web.Response:
        response = web.Response(status=503)
        response.set_cookie("kept", "x" * 4_000)
        return response

    fleet.answer = answer
    await next_quarter(house, freezer)
    assert fleet.batches
    assert house.building.fleet.status.problem is Problem.BUSY
    assert not [*aiohttp_client.async_get_clientsession(house.hass).cookie_jar]


async def test_fleet_that_fails_for_months_is_still_asked(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    fleet.answer = lambda: web.Response(status=503)
    for _ in range(1_100):
        house.building.fleet._fail(Problem.BUSY)
    fleet.batches.clear()
    for _ in range(4):
        await next_quarter(house, freezer)
    assert fleet.batches


async def test_long_list_does_not_stop_the_event_loop(
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[int] = []

    def read(content: bytes) -> tuple[FleetCourier, ...] | None:
        threads.append(threading.get_ident())
        return read_couriers(content)

    monkeypatch.setattr(fleets, "read_couriers", read)
    for number in range(1_500):
        fleet.register(id=f"courier-{number}", keys=[PUBLIC])
    await next_quarter(house, freezer)
    assert house.building.fleet.status.problem is None
    assert len(house.building.fleet.proposals) == 1_500
    assert threads
    assert threading.get_ident() not in threads
