"""A plugin of pytest that writes which tests there are, and whether each comes over the wire."""

from collections.abc import Generator
import json
import os
from pathlib import Path

from aiohttp.web_protocol import RequestHandler
import pytest

FILE = "AUDIT_EDGES"
"""The variable with the file that is written."""

CLIENTS = frozenset({"hass_client", "hass_client_no_auth", "hass_ws_client"})
"""The harness's fixtures that start a server and connect to it."""


class Recorder:
    """Writes a line for each test."""

    def __init__(self, file: Path) -> None:
        """Write into this file."""
        self._file = file
        self._over_wire = set[str]()
        self._failed = set[str]()

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Write which tests have a client, if none is to be run."""
        if config.option.collectonly:
            self._over_wire |= {item.nodeid for item in items if has_client(item)}
            for item in items:
                self._write(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Note whether bytes reach the web server, but not what prepares a test."""
        receive = RequestHandler.data_received

        def noting(handler: RequestHandler, data: bytes) -> None:
            self._over_wire.add(item.nodeid)
            receive(handler, data)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(RequestHandler, "data_received", noting)
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write what was seen of a test once it is over."""
        if not report.passed:
            self._failed.add(report.nodeid)
        if report.when == "teardown":
            self._write(report.nodeid)

    def _write(self, test: str) -> None:
        line = {
            "test": test,
            "over_wire": test in self._over_wire,
            "failed": test in self._failed,
        }
        with self._file.open("a") as file:
            file.write(json.dumps(line) + "\n")


def has_client(item: pytest.Item) -> bool:
    """Return whether a test has a client to use."""
    return not CLIENTS.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_configure(config: pytest.Config) -> None:
    """Write, if a file is named."""
    if file := os.environ.get(FILE):
        config.pluginmanager.register(Recorder(Path(file)))
