"""What importing the integration costs, in CPU time.

In a fresh process, everything that Home Assistant brings is imported first: what a lean one has loaded, and its own
modules that the integration uses. Then the integration's modules that Home Assistant looks up by name are imported.
The first process compiles them, as the first start after an update does; its time isn't measured.
"""

import asyncio
from collections.abc import Sequence
import json
import os
from typing import Final

from ..answers import items, number, parsed, record
from ..forking import PYTHON
from ..instance import LEAN
from ..places import INTEGRATION, ROOT

PACKAGE: Final = f"custom_components.{INTEGRATION.name}"

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


async def import_seconds(processes: int) -> list[float]:
    """Return the CPU time of so many fresh processes."""
    components = (*LEAN, "file_upload", "http", "persistent_notification", "person")
    lean = ["homeassistant.bootstrap"]
    lean += [f"homeassistant.components.{name}" for name in components]
    _, modules = await _imported(lean)
    homes = [name for name in modules if name.startswith("homeassistant.")]
    return [(await _imported([*lean, *homes]))[0] for _ in range(processes)]


async def _imported(first: Sequence[str]) -> tuple[float, list[str]]:
    """Return the seconds that the integration took, and the modules that came with it."""
    names = sorted(path.stem for path in INTEGRATION.glob("*.py"))
    ours = [PACKAGE, *(f"{PACKAGE}.{name}" for name in names if name != "__init__")]
    # Without it, each process would compile all modules again, which Home Assistant doesn't.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    process = await asyncio.create_subprocess_exec(
        PYTHON,
        "-c",
        _CHILD,
        json.dumps([first, ours]),
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    if process.returncode:
        raise ImportError(errors.decode())
    found = record(parsed(output))
    return number(found, "spent"), [str(name) for name in items(found["modules"])]
