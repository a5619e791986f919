"""Gives the tests of a module a demo building in a real Home Assistant process that runs what is released."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import aiohttp
import pytest
import pytest_asyncio
import pytest_socket

from scripts.lab import release
from scripts.lab.instance import Instance, free_port
from scripts.lab.phone import PushService
from scripts.lab.places import INTEGRATION
from scripts.lab.site import configuration, set_up

from .running import Running


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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(
    tmp_path_factory: pytest.TempPathFactory, released: Path
) -> AsyncIterator[Running]:
    """Run Home Assistant and set up the demo building through its flows.

    What one test leaves behind, the others find: each begins with a grant of its own, and says itself what it needs.
    """
    pytest_socket.enable_socket()
    # The one thread that starts and stops processes and reads files outlives each test.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    await asyncio.to_thread(int)
    folder, push = tmp_path_factory.mktemp("home"), PushService()
    async with push.served(), aiohttp.ClientSession() as http:
        home = Instance(folder, free_port(), configuration(push), integration=released)
        home.start()
        try:
            await home.ready()
            site = await set_up(http, home.url, folder, push)
            yield Running(home, http, push, site)
        finally:
            await asyncio.to_thread(home.stop)
