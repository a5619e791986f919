"""The command `scripts/bench start`: what importing the integration costs, and where Home Assistant does it.

In a fresh process, everything that Home Assistant brings is imported first: what a lean one has loaded, and its own
modules that the integration uses. Then the integration's modules that Home Assistant looks up by name are imported,
and the CPU time of that is taken. The median of five processes is printed. Last, a real Home Assistant starts and a
building is set up, and each module that was imported for the integration on the event loop is named.
"""

import argparse
import asyncio
from collections.abc import Sequence
import json
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import aiohttp

from ..answers import items, number, parsed, record
from ..forking import PYTHON
from ..instance import LEAN, Instance, free_port
from ..phone import PushService
from ..places import INTEGRATION, ROOT
from ..show import say
from ..site import configuration, set_up
from .imports import FILE as IMPORTS

PACKAGE: Final = f"custom_components.{INTEGRATION.name}"
PROCESSES: Final = 5

_CHILD: Final = """
import json, sys, time
first, ours = json.loads(sys.argv[1])
from importlib import import_module
for name in first:
    import_module(name)
before, modules = time.process_time(), set(sys.modules)
for name in ours:
    import_module(name)
spent = time.process_time() - before
print(json.dumps({"spent": spent, "modules": sorted(set(sys.modules) - modules)}))
"""


def lean() -> list[str]:
    """Return what a Home Assistant imports that has little beside the integration."""
    components = (*LEAN, "file_upload", "http", "persistent_notification", "person")
    return [
        "homeassistant.bootstrap",
        *(f"homeassistant.components.{name}" for name in components),
    ]


def looked_up() -> list[str]:
    """Return the modules that Home Assistant looks up by name."""
    names = sorted(path.stem for path in INTEGRATION.glob("*.py"))
    return [PACKAGE, *(f"{PACKAGE}.{name}" for name in names if name != "__init__")]


async def bench(chosen: argparse.Namespace) -> None:
    """Measure and print the result."""
    _, modules = await imported(lean(), looked_up())
    homes = [name for name in modules if name.startswith("homeassistant.")]
    taken = []
    for _ in range(chosen.processes):
        spent, modules = await imported([*lean(), *homes], looked_up())
        taken.append(spent)
    own = [name for name in modules if name.startswith(PACKAGE)]
    others = sorted({name.partition(".")[0] for name in set(modules) - set(own)})
    say(f"{len(own)} modules of the integration; beside them of {', '.join(others)}")
    if chosen.modules:
        await print_modules([*lean(), *homes], chosen.modules)
    on_loop = await imported_on_loop()
    print(f"imported on the event loop: {', '.join(on_loop) or 'nothing'}")
    print(f"import: {median(taken) * 1000:.0f} ms of CPU", flush=True)


async def imported(
    first: Sequence[str], ours: Sequence[str]
) -> tuple[float, list[str]]:
    """Import modules in a fresh process; return the seconds that `ours` took, and what came with them."""
    output, _ = await _run([], first, ours)
    found = record(parsed(output))
    return number(found, "spent"), [str(name) for name in items(found["modules"])]


async def print_modules(first: Sequence[str], count: int) -> None:
    """Print which modules took longest by themselves, as Python itself measures it."""
    _, errors = await _run(["-X", "importtime"], first, looked_up())
    seen: list[tuple[int, str]] = []
    for line in errors.splitlines():
        found = [part.strip() for part in line.removeprefix("import time:").split("|")]
        if found[-1].startswith(PACKAGE) and len(found) == 3:
            seen.append((int(found[0]), found[2]))
    for own_microseconds, name in sorted(seen, reverse=True)[:count]:
        print(f"{own_microseconds / 1000:7.1f} ms  {name}")


async def _run(
    options: Sequence[str], first: Sequence[str], ours: Sequence[str]
) -> tuple[str, str]:
    process = await asyncio.create_subprocess_exec(
        PYTHON,
        *options,
        "-c",
        _CHILD,
        json.dumps([first, ours]),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    if process.returncode:
        raise ImportError(errors.decode())
    return output.decode(), errors.decode()


async def imported_on_loop() -> list[str]:
    """Return the modules that a real Home Assistant imported for the integration on its event loop."""
    push = PushService()
    with TemporaryDirectory(prefix="courier-bench-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(
                Path(folder),
                free_port(),
                configuration(push),
                on_python_path=Path(__file__).parent / "imports",
            )
            home.start()
            try:
                await home.ready()
                await set_up(http, home.url, home.folder, push)
            finally:
                await asyncio.to_thread(home.stop)
        lines = (home.folder / IMPORTS).read_text().splitlines()
    found = [line.split() for line in lines]
    if not any(name == PACKAGE for _, name in found):
        raise ImportError("Home Assistant didn't import the integration")
    return sorted({name for where, name in found if where == "loop"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--processes", type=int, default=PROCESSES, help=f"default: {PROCESSES}"
    )
    parser.add_argument(
        "--modules", type=int, default=0, help="print so many of the costliest modules"
    )
