"""What every test of the integration shares."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from functools import partial
from itertools import chain
import logging
import math
import os
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant import core
from homeassistant.components.http.server import HomeAssistantHTTP
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from hypothesis import settings
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.doors.doors import door_drivers
from custom_components.courier_access.entries import unsigned
from scripts.lab.forking import Forks
from tests.support.asked_phones import PushService
from tests.support.clocks import Clocks
from tests.support.door_parts import Bolt
from tests.support.fleet import Fleet, running_fleet
from tests.support.house import House, LateClient, Sender, build
from tests.support.people import People
from tests.support.quick import (
    collect_less_often,
    freeze_clocks_only,
    hashing_at_once,
    keeping_garbage,
    lead,
    read_descriptions_once,
    store_plainly,
)
from tests.support.wires import Wire, Wires

# The same examples each time, however long a busy machine takes for one. Loaded before the command line is looked at:
# `--hypothesis-profile=default` explores.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
freeze_clocks_only()
collect_less_often()
store_plainly()
read_descriptions_once()

INTEGRATION = f"custom_components.{DOMAIN}"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Find the tests without looking for garbage: all that is imported stays."""
    with keeping_garbage():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have each worker begin with some of the tests of whole Home Assistants.

    They mostly wait, and none is left for the end, when the other workers have nothing more to do. One worker has all
    that share a Home Assistant, and starts it once. `--dist worksteal` gives each worker an equal part of the list, and
    later takes from the end of a part.
    """
    kinds: list[list[pytest.Item]] = [[], [], []]
    others: list[pytest.Item] = []
    for item in items:
        if "e2e" in item.path.parts:
            is_shared = "shared" in getattr(item, "fixturenames", ())
            kinds[0 if is_shared else 1].append(item)
        elif item.path.name in ("test_kills.py", "test_power.py"):
            kinds[2].append(item)
        else:
            others.append(item)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    left = len(items)
    items.clear()
    for worker in range(workers):
        first = list(chain(*kinds[worker::workers]))
        size = left // (workers - worker)
        left -= size
        more = max(size - len(first), 0)
        items += first + others[:more]
        del others[:more]
    items += others


@pytest.fixture(autouse=True)
def custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant load custom_components in the tests that run one.

    The recorder must be mocked before anything else touches `hass`; pure tests run none at all. Where time is moved, it
    stands still from before a building starts: the building takes it for a clock that was set otherwise.
    """
    if "hass" not in request.fixturenames:
        return
    if "recorder_mock" in request.fixturenames:
        request.getfixturevalue("recorder_mock")
    request.getfixturevalue("enable_custom_integrations")
    if "freezer" in request.fixturenames:
        request.getfixturevalue("freezer")


@pytest.fixture
def clocks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> Clocks:
    """Take the machine's clocks over."""
    return Clocks.take_over(hass, freezer, monkeypatch)


@pytest.fixture
def in_worker_threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the integration's functions that Home Assistant would run in a worker thread, for want of `@callback`."""
    found: list[str] = []
    kind_of = core.get_hassjob_callable_job_type

    def watched(target: Callable[..., Any]) -> core.HassJobType:
        kind = kind_of(target)
        function = target
        while isinstance(function, partial):
            function = function.func
        module = function.__module__ or ""  # a built-in method has none
        if kind is core.HassJobType.Executor and INTEGRATION in module:
            found.append(f"{module}.{function.__qualname__}")
        return kind

    monkeypatch.setattr(core, "get_hassjob_callable_job_type", watched)
    return found


@pytest.fixture
async def hass(
    hass: HomeAssistant, in_worker_threads: list[str]
) -> AsyncGenerator[HomeAssistant]:
    """Run Home Assistant's own component, as every installation does, and let hand-overs finish.

    The harness would cancel a hand-over halfway, and take what is left of it for the test's fault. It then stops Home
    Assistant, which would wait up to 8 seconds for doors that the test left unlocked.
    """
    assert await async_setup_component(hass, "homeassistant", {})
    yield hass
    door_drivers(hass).stop()
    await asyncio.sleep(0)
    while hand_overs := [
        task
        for task in asyncio.all_tasks()
        if task.get_name().startswith(f"{DOMAIN} hand-over")
    ]:
        await asyncio.wait(hand_overs)
    assert in_worker_threads == []


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Keep each test's ledgers to itself; the harness would put them into its own package."""
    return str(tmp_path)


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Take the place of the harness's debug mode."""
    lead(asyncio.get_running_loop())


@pytest.fixture(autouse=True, scope="session")
def disable_http_server() -> Iterator[None]:
    """Have no test's server listen; the harness would say so with two mocks for each test."""

    async def nothing(_: HomeAssistantHTTP) -> None:
        """Bind to no address."""

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(HomeAssistantHTTP, "async_bind", nothing)
        patched.setattr(HomeAssistantHTTP, "start", nothing)
        yield


@pytest.fixture(autouse=True, scope="session")
def hashes() -> Iterator[None]:
    """Hash drivers' codes at once."""
    with hashing_at_once():
        yield


@pytest.fixture(autouse=True, scope="session")
def prompt_refusals() -> float:
    """Have pages refuse codes at once, also while the clock stands still: all times are multiples of the least number.

    Return of how many seconds the times otherwise are multiples.
    """
    refused_every = unsigned.REFUSED_EVERY
    vars(unsigned)["REFUSED_EVERY"] = math.ulp(0.0)
    return refused_every


@pytest.fixture(autouse=True, scope="session")
def quiet_logs() -> None:
    """Keep out of the captured log what the harness would put there: every statement, request, and step of a set-up."""
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """A process that starts whole Home Assistants within a second."""
    with Forks.running() as forks:
        yield forks


@pytest.fixture
async def service() -> AsyncGenerator[PushService]:
    """Run the push service of the phones on which residents are asked."""
    async with PushService.running() as running:
        yield running


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Set up a building of one door, one courier, and Ada of 3B; many files have another."""
    return await build(hass)


@pytest.fixture
def sender(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """Return Parcel Post's back end, whose client starts with its first request."""
    late: Any = LateClient(hass_client_no_auth)
    return Sender(late)


@pytest.fixture
def bolt() -> Bolt:
    """Return a lock that opens a door, still to be installed."""
    return Bolt()


@pytest.fixture
def people(hass: HomeAssistant) -> People:
    """Return the building's people, who are still to move in."""
    return People(hass)


@pytest.fixture
async def fleet(socket_enabled: None) -> AsyncGenerator[Fleet]:
    """Run a fleet at an address of 127.0.0.1."""
    async with running_fleet() as fleet:
        yield fleet


@pytest.fixture
def wires(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wires:
    """Connect people to the building's WebSocket API."""
    return Wires(house, people, hass_ws_client)


@pytest.fixture
async def ada(wires: Wires) -> Wire:
    """Connect Ada."""
    return await wires("Ada")


@pytest.fixture
async def cleo(wires: Wires) -> Wire:
    """Connect Cleo."""
    return await wires("Cleo")


@pytest.fixture
async def owner(people: People, wires: Wires) -> Wire:
    """Connect an administrator who lives nowhere."""
    await people.owner()
    return await wires("Owner")
