"""Gives the tests a demo building in a real Home Assistant process that runs what is released."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

from playwright.async_api import Browser
import pytest
import pytest_asyncio
import pytest_socket

from scripts.lab import release
from scripts.lab.browser import chromium
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Courier
from scripts.lab.forking import Forks
from scripts.lab.places import INTEGRATION

from .running import Running, at_home

COURIERS = (
    "Blue Van",
    "Harbor Parcels",
    "Swan Express",
    "Letterbox & Sons",
    "Pedal Post",
)

THREADS = 4
"""More than are busy at once: one that has just become free may not be known as that."""

OWNERS_SCRIPTS = {
    "welcome": {
        "sequence": [
            {
                "action": f"{DOMAIN}.set_rules",
                "data": {"device_id": "{{ device_id }}", "consent": True},
            }
        ]
    }
}
"""Scripts that ask for a yes with the account of the person who starts them."""


@pytest.fixture(autouse=True)
def local_sockets(socket_enabled: None) -> None:
    """Let these tests, and no others, talk to servers on this machine."""


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the release as the Marketplace does and return the integration's folder."""
    folder = tmp_path_factory.mktemp("released")
    with ZipFile(release.pack(folder)) as packed:
        packed.extractall(folder / INTEGRATION.name)
    return folder / INTEGRATION.name


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def threads() -> None:
    """Have the threads that start and stop processes and read files outlive each test."""
    all_there = Barrier(THREADS)
    await asyncio.gather(*(asyncio.to_thread(all_there.wait) for _ in range(THREADS)))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(threads: None) -> AsyncIterator[Browser]:
    """Start the one browser of all tests; who uses it has nothing of what others did in it."""
    pytest_socket.enable_socket()
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared(
    forks: Forks,
    tmp_path_factory: pytest.TempPathFactory,
    released: Path,
    threads: None,
) -> AsyncIterator[Running]:
    """Run the one Home Assistant of all modules that leave it running."""
    async with at_home(
        forks,
        tmp_path_factory.mktemp("shared"),
        released,
        script=OWNERS_SCRIPTS,
        media_source={},
    ) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(shared: Running) -> Running:
    """Come to the building that all share: the open unit accepts, and nobody is asked.

    Apart from that, what one test leaves behind, the others find: each begins with a grant of its own, and says itself
    what it needs.
    """
    pytest_socket.enable_socket()
    await shared.begin()
    return shared


@pytest.fixture(scope="session")
def couriers() -> count[int]:
    """Count the couriers that were admitted for a module."""
    return count()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def courier(running: Running, couriers: count[int]) -> Courier:
    """Admit a courier whom the tests of this module alone send."""
    # A test before may have come to the building already, without a courier.
    pytest_socket.enable_socket()
    times, number = divmod(next(couriers), len(COURIERS))
    name = COURIERS[number]
    return await running.admit(f"{name} {times + 1}" if times else name)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def alone(
    forks: Forks,
    tmp_path_factory: pytest.TempPathFactory,
    released: Path,
    threads: None,
) -> AsyncIterator[Running]:
    """Run a Home Assistant for one module, which restarts it."""
    folder = tmp_path_factory.mktemp("alone")
    async with at_home(forks, folder, released) as running:
        yield running
