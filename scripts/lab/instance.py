"""A Home Assistant process of its own, on 127.0.0.1 only."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
import json
import os
from pathlib import Path
import random
import shutil
import signal
import socket
import subprocess
from time import monotonic

import aiohttp

from .answers import parsed, record
from .forking import PYTHON, Forked, Forks
from .places import INTEGRATION

HOST = "127.0.0.1"

# Below those from which Linux, macOS, and Windows take one for an outgoing connection, such as another test's. Such a
# connection keeps a server from listening on its port, and Home Assistant then falls back to its own port.
PORTS = range(20_000, 32_000)
START_SECONDS = 120
STOP_SECONDS = 30

_INCLUDED: Mapping[str, str] = {"automations.yaml": "[]", "scripts.yaml": "{}"}
"""The files that the front end writes, with what is in them at first."""

# Enough for the front end, the flows and the phones, and nothing that looks around the network.
LEAN: Mapping[str, object] = {
    **{
        name: {}
        for name in (
            "config",
            "frontend",
            "history",
            "logbook",
            "mobile_app",
            "recorder",
            "webhook",
        )
    },
    # Those made in the front end, too.
    "automation": "!include automations.yaml",
    "script": "!include scripts.yaml",
}


class StartError(Exception):
    """Home Assistant did not come up."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on, and that no outgoing connection is given."""
    # Processes that run tests may share the seed of `random`.
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with suppress(StartError):
            check_port(port)
            return port
    raise StartError(
        f"no port of {HOST} from {PORTS.start} to {PORTS.stop - 1} is free"
    )


def check_port(port: int) -> None:
    """Raise StartError where a server could not listen on this port of 127.0.0.1."""
    with closing(socket.socket()) as probe:
        # As servers do, so that connections of an earlier run that linger do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise StartError(
                f"port {port} of {HOST} can't be used ({error}); choose another with --port"
            ) from error


def leash() -> list[str]:
    """Return a prefix, where the system has it, by which a command ends with the one that ran it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def locate(folder: Path) -> None:
    """Mark the onboarding's step about the home's location as done, before the first start.

    Doing it over HTTP would start other integrations; left open, the first who logs in is asked.
    """
    store = folder / ".storage" / "onboarding"
    if not store.exists():
        store.parent.mkdir(exist_ok=True)
        done = {
            "version": 4,
            "key": "onboarding",
            "data": {"done": ["core_config"]},
        }
        store.write_text(json.dumps(done))


@dataclass(slots=True)
class Instance:
    """One Home Assistant: its configuration folder, its port and, while it runs, its process.

    `configuration` is what stands in `configuration.yaml` beside the `lean` set-up; `integration` is the folder that
    is installed, and `components` are folders of integrations to be found beside it. Python finds modules in the
    folder `on_python_path`, too. With `forks`, it starts as a child of that process. `logs` is
    where its output is kept, if not in its own folder.
    """

    folder: Path
    port: int
    configuration: Mapping[str, object] = field(default_factory=dict)
    lean: Mapping[str, object] = field(default_factory=lambda: LEAN)
    components: Sequence[Path] = ()
    integration: Path = INTEGRATION
    on_python_path: Path | None = None
    forks: Forks | None = None
    logs: Path | None = None
    process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        """What it said on its standard output and error."""
        return (self.logs or self.folder) / "lab.log"

    def start(self) -> None:
        """Start the process; `ready` says when it answers."""
        check_port(self.port)
        self._write_configuration()
        if self.forks is not None:
            self.process = self.forks.start(self.folder, self.log, self._environment())
            return
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                # Requirements are locked in the environment: nothing is installed while it runs.
                [
                    *leash(),
                    PYTHON,
                    "-P",
                    "-m",
                    "homeassistant",
                    "--config",
                    self.folder,
                    "--skip-pip",
                ],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A Ctrl-C meant for the launcher must not reach it: it is ended in order.
                start_new_session=True,
            )

    async def ready(self) -> None:
        """Wait until it answers over HTTP; raises StartError if it ends or takes too long."""
        deadline = monotonic() + START_SECONDS
        async with aiohttp.ClientSession(self.url) as http:
            while monotonic() < deadline:
                if self.process is None or self.process.poll() is not None:
                    raise StartError(
                        f"Home Assistant ended while starting:\n{self.log_tail()}"
                    )
                with suppress(aiohttp.ClientError, TimeoutError):
                    # The server listens once the front end is set up, if there is one. This address needs no
                    # account: asking for one that does would show up as a failed login attempt.
                    async with http.get("/manifest.json"):
                        return
                await asyncio.sleep(0.1)
        raise StartError(f"Home Assistant did not answer:\n{self.log_tail()}")

    def wait(self) -> int:
        """Wait until the process ends; returns its exit status, 100 where it wants to be restarted."""
        assert self.process is not None
        return self.process.wait()

    def stop(self) -> None:
        """End the process in order, or by force where it does not end."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End the process as a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def log_tail(self, lines: int = 30) -> str:
        """Return the end of what it said, below the errors before."""
        with suppress(OSError):
            said = self.log.read_text(errors="replace").splitlines()
            errors = [line for line in said[:-lines] if " ERROR " in line]
            return "\n".join([*errors, *said[-lines:]])
        return ""

    def _write_configuration(self) -> None:
        components = self.folder / "custom_components"
        components.mkdir(parents=True, exist_ok=True)
        for component in (self.integration, *self.components):
            link = components / component.name
            if not link.is_symlink() or link.resolve() != component:
                link.unlink(missing_ok=True)
                link.symlink_to(component)
        locate(self.folder)
        # Home Assistant serves its files if it is there when it starts.
        (self.folder / "media").mkdir(exist_ok=True)
        # JSON is YAML, but for its tags.
        written = json.dumps(
            {**self.lean, **self._core(), **self._server(), **self.configuration},
            indent=2,
        )
        for name, empty in _INCLUDED.items():
            if not (self.folder / name).exists():
                (self.folder / name).write_text(f"{empty}\n")
            written = written.replace(f'"!include {name}"', f"!include {name}")
        (self.folder / "configuration.yaml").write_text(written)

    def _core(self) -> dict[str, object]:
        return {
            "homeassistant": {
                "name": "Courier Access",
                "time_zone": "Europe/Paris",
                "internal_url": self.url,
                # Residents' personal links start with it.
                "external_url": self.url,
                # In a container, too.
                "media_dirs": {"local": str(self.folder / "media")},
            }
        }

    def _server(self) -> dict[str, object]:
        """Return the `http` section, which counts at the first start of a store only.

        Home Assistant keeps the server's settings itself once they were promoted. For another port
        its store is removed, so that the section is read again.
        """
        store = self.folder / ".storage" / "http"
        wanted = {"server_host": [HOST], "server_port": self.port}
        with suppress(OSError):
            stable = record(record(record(parsed(store.read_text()))["data"])["stable"])
            if all(stable.get(key) == value for key, value in wanted.items()):
                return {}
        store.unlink(missing_ok=True)
        return {"http": wanted}

    def _environment(self) -> dict[str, str]:
        kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PYTHONUNBUFFERED": "1",
            "SETUP_PORT": str(self.port),
            **({"PYTHONPATH": str(path)} if (path := self.on_python_path) else {}),
        }
