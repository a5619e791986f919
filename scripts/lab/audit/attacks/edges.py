"""A plugin of pytest that writes which tests there are, and over which edges each of them comes."""

from collections.abc import Callable, Generator
from enum import StrEnum
import json
import os
from pathlib import Path
from typing import Any

from aiohttp.web_protocol import RequestHandler
from homeassistant.config_entries import ConfigEntriesFlowManager
from homeassistant.core import ServiceRegistry
import pytest

FILE = "AUDIT_EDGES"
"""The variable with the file that is written."""

CLIENTS = frozenset({"hass_client", "hass_client_no_auth", "hass_ws_client"})
"""The harness's fixtures that start a server and connect to it."""


class Edge(StrEnum):
    """Where something comes in."""

    WIRE = "wire"
    """Bytes that a client sends to the web server, over HTTP or a WebSocket."""
    ACTION = "action"
    """An action that somebody performs."""
    FORM = "form"
    """A form that somebody opens."""


class Recorder:
    """Writes a line for each test."""

    def __init__(self, file: Path) -> None:
        """Write into this file."""
        self._file = file
        self._used = dict[str, set[Edge]]()
        self._failed = set[str]()

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Write which edges the tests have, if none is to be run."""
        if config.option.collectonly:
            for item in items:
                self._write(item.nodeid, edges_of(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Note what a test uses, but not what prepares it."""
        used = self._used.setdefault(item.nodeid, set())
        with pytest.MonkeyPatch.context() as patch:
            for owner, name, edge in (
                (RequestHandler, "data_received", Edge.WIRE),
                (ServiceRegistry, "async_call", Edge.ACTION),
                (ConfigEntriesFlowManager, "async_init", Edge.FORM),
            ):
                patch.setattr(owner, name, _noting(getattr(owner, name), used, edge))
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write what a test used, and whether it passed, once it is over."""
        if not report.passed:
            self._failed.add(report.nodeid)
        if report.when == "teardown":
            used = self._used.get(report.nodeid, set())
            self._write(report.nodeid, used)

    def _write(self, test: str, used: set[Edge]) -> None:
        line = {"test": test, "edges": sorted(used), "failed": test in self._failed}
        with self._file.open("a") as file:
            file.write(json.dumps(line) + "\n")


def edges_of(item: pytest.Item) -> set[Edge]:
    """Return the edges that a test's fixtures have: a client is there to be used."""
    names = getattr(item, "fixturenames", ())
    return set() if CLIENTS.isdisjoint(names) else {Edge.WIRE}


def pytest_configure(config: pytest.Config) -> None:
    """Write, if a file is named."""
    if file := os.environ.get(FILE):
        config.pluginmanager.register(Recorder(Path(file)))


def _noting(
    call: Callable[..., Any], used: set[Edge], edge: Edge
) -> Callable[..., Any]:
    def noting(*args: Any, **more: Any) -> Any:
        used.add(edge)
        return call(*args, **more)

    return noting
