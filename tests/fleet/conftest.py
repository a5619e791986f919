"""A fleet for each worker, and a building of its own for each test."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
import pytest_socket

from scripts.lab.fleet.client import Client
from scripts.lab.fleet.server import Fleet

_NUMBERS = count(1)


@pytest.fixture(autouse=True)
def local_sockets(socket_enabled: None) -> None:
    """Let these tests talk to 127.0.0.1."""


@pytest.fixture(scope="session")
def fleet() -> Iterator[Fleet]:
    """A fleet whose PostgREST is configured as in compose.yaml."""
    pytest_socket.enable_socket()
    with Fleet.running() as fleet:
        yield fleet


@pytest.fixture
def manager(fleet: Fleet) -> Iterator[Client]:
    """A manager's connection."""
    client = Client(fleet.url, fleet.add_manager())
    yield client
    client.close()


type Join = Callable[[], tuple[str, Client]]


@pytest.fixture
def join(fleet: Fleet) -> Iterator[Join]:
    """Add a building; return its ID and its connection."""
    clients: list[Client] = []

    def add() -> tuple[str, Client]:
        name = f"building-{next(_NUMBERS)}"
        clients.append(Client(fleet.url, fleet.add_building(name)))
        return name, clients[-1]

    yield add
    for client in clients:
        client.close()


@pytest.fixture
def building(join: Join) -> Client:
    """A building that never reported."""
    _, client = join()
    return client
