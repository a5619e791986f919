"""An MQTT broker on 127.0.0.1, and Home Assistant's connection to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
import getpass
import os
from pathlib import Path
import shutil
import subprocess
from time import monotonic

from .answers import UnexpectedAnswerError, shorten
from .client import User
from .instance import HOST, STOP_SECONDS, StartError, free_port, leash
from .places import ROOT

READY_SECONDS = 10
UNPACKED = ROOT / ".tools" / "mosquitto" / "run"


@dataclass(slots=True)
class Broker:
    """Mosquitto on a port of its own; with `persistence` it keeps retained messages while it is stopped."""

    folder: Path
    port: int
    persistence: bool = False
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    @asynccontextmanager
    async def running(
        cls, folder: Path, *, persistence: bool = False
    ) -> AsyncIterator[Broker]:
        """Run a broker on a free port."""
        broker = cls(folder, free_port(), persistence)
        await broker.start()
        try:
            yield broker
        finally:
            await asyncio.to_thread(broker.stop)

    async def start(self) -> None:
        """Start it and wait until it listens; raises StartError where it does not."""
        process = self.process = self._spawn()
        deadline = monotonic() + READY_SECONDS
        while monotonic() < deadline and process.poll() is None:
            with suppress(OSError):
                _reader, writer = await asyncio.open_connection(HOST, self.port)
                writer.close()
                return
            await asyncio.sleep(0.02)
        raise StartError(f"the broker did not start: {self.folder / 'mosquitto.log'}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "mosquitto.conf"
        configuration.write_text(
            f"listener {self.port} {HOST}\n"
            "allow_anonymous true\n"
            # Otherwise it gives up root for a user who may not write here.
            f"user {getpass.getuser()}\n"
            f"persistence {str(self.persistence).lower()}\n"
            f"persistence_location {self.folder}/\n"
            "autosave_interval 1\n"
        )
        with (self.folder / "mosquitto.log").open("ab") as log:
            return subprocess.Popen(
                [*leash(), _program(), "-c", configuration],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End it in order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
            self.process = None

    async def connect(self, owner: User) -> None:
        """Have Home Assistant use this broker, by the flow of its own integration."""
        form = await owner.open_flow("mqtt")
        plain = {"transport": "tcp", "set_client_cert": False, "set_ca_cert": "off"}
        where = {"broker": HOST, "port": self.port, "other_settings": plain}
        done = await owner.fill(form, where)
        if done.type != "create_entry":
            raise UnexpectedAnswerError(
                f"no connection to the broker: {shorten(done.content)}"
            )


def _program() -> str:
    """Return the installed broker, or the one that `scripts/setup broker` unpacked."""
    places = f"{os.environ.get('PATH', os.defpath)}:/usr/local/sbin:/usr/sbin"
    if found := shutil.which("mosquitto", path=places):
        return found
    if UNPACKED.exists():
        return str(UNPACKED)
    raise StartError("no MQTT broker; run scripts/setup broker")
