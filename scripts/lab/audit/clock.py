"""Clocks: every zone's changes, a clock that is set, and new data about a zone.

The tests in `tests/audit/test_clock.py` do the work, in the test harness: here they try all there is.
"""

import asyncio
from collections.abc import Mapping
import json
import os
from pathlib import Path
import sys
from tempfile import TemporaryDirectory
from typing import Any

from ..places import ROOT
from ..show import say
from .part import Chosen, Report

TESTS = {
    "changes of the clocks of all zones": "decisions_about",
    "a clock that is set": "clock_that_is_set",
    "new data about a zone": "new_data",
}


async def audit(chosen: Chosen) -> Report:
    """Run the tests, each for its part of the time."""
    with TemporaryDirectory() as folder:
        found = await asyncio.gather(
            *(
                _run(what, test, chosen, Path(folder, test))
                for what, test in TESTS.items()
            )
        )
    return Report(
        [line for each in found for line in each.lines],
        [fault for each in found for fault in each.wrong],
    )


async def _run(what: str, test: str, chosen: Chosen, reports: Path) -> Report:
    """Run a test, and say how far it is; what it prints is shown only if it fails."""
    minutes: Mapping[str, str] = {}
    if chosen.minutes is not None:
        minutes = {"COURIER_ACCESS_AUDIT_MINUTES": str(chosen.minutes)}
    arguments = ("-q", "-n", "0", "--timeout", "0", "--tb", "short", "-k", test)
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pytest",
        *arguments,
        "tests/audit/test_clock.py",
        cwd=ROOT,
        env={
            **os.environ,
            "COURIER_ACCESS_AUDIT": str(reports),
            "COURIER_ACCESS_AUDIT_SEED": str(chosen.seed),
            **minutes,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    communicating = asyncio.create_task(running.communicate())
    shown = 0
    while not communicating.done():
        await asyncio.wait([communicating], timeout=20)
        progress = [each["progress"] for each in _read(reports) if "progress" in each]
        for line in progress[shown:]:
            say(f"{what}: {line}")
        shown = len(progress)
    printed, _ = await communicating
    found = _read(reports)
    faults = [fault for each in found for fault in each.get("wrong", ())]
    if running.returncode:
        print(printed.decode(errors="replace")[-4000:], flush=True)
        faults = faults or [f"{what}: the test failed"]
    return Report([each["line"] for each in found if "line" in each], faults)


def _read(reports: Path) -> list[dict[str, Any]]:
    if not reports.exists():
        return []
    return [json.loads(line) for line in reports.read_text().splitlines()]
