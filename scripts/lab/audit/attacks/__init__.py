"""The part `attacks`: each threat of the security page is tried, and over the wire."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
import os
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory

from ...answers import parsed, record, text
from ...places import ROOT
from ...show import say
from ..part import Chosen, Report
from .edges import FILE
from .page import (
    INSIDE,
    PAGE,
    WITHOUT_WIRE,
    Seen,
    Threat,
    named_tests,
    over_no_wire,
    threats,
)

SECONDS = 1_200
"""How long a test may take: however busy the machine is, that isn't what is audited."""


async def audit(chosen: Chosen) -> Report:
    """Run the tests of all threats, and see which come over the wire."""
    listed = threats(PAGE.read_text())
    tests = named_tests(listed)
    say(f"{len(listed)} threats, {len(tests)} tests")
    return report(listed, await run(tests))


async def run(tests: Sequence[str], *more: str) -> dict[str, Seen]:
    """Run tests in a process of their own; return what was seen of each."""
    with TemporaryDirectory(prefix="courier-attacks-") as folder:
        file = Path(folder) / "seen"
        file.touch()
        command = (
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "--no-header"),
            *("-p", "no:cacheprovider", "-p", f"{__package__}.edges"),
            *("--timeout", str(SECONDS)),
            *more,
            *tests,
        )
        environment = {**os.environ, FILE: str(file), "PYTHONPATH": str(ROOT)}
        await asyncio.to_thread(
            subprocess.run, command, cwd=ROOT, env=environment, check=False
        )
        return seen(file.read_text().splitlines())


def seen(lines: Iterable[str]) -> dict[str, Seen]:
    """Return what was seen of each test with all of its parameters."""
    found = dict[str, Seen]()
    for line in map(record, map(parsed, lines)):
        test = text(line, "test").partition("[")[0]
        before = found.get(test, Seen())
        found[test] = Seen(
            before.over_wire or line["over_wire"] is True,
            before.failed or line["failed"] is True,
        )
    return found


def report(listed: Sequence[Threat], seen: Mapping[str, Seen]) -> Report:
    """Say what failed, what didn't run, and what didn't come over the wire."""
    tests = named_tests(listed)
    failed = [test for test in tests if test in seen and seen[test].failed]
    missing = [test for test in tests if test not in seen]
    inside = over_no_wire(listed, seen)
    installed = sum(threat.section == WITHOUT_WIRE for threat in listed)
    within = sum(threat.name in INSIDE for threat in listed)
    line = (
        f"threats {len(listed)}, tests {len(tests)}, failed {len(failed) + len(missing)},"
        f" without a test over the wire {len(inside)}"
    )
    rest = (
        f"({installed} threats are about what is installed, {within} about Home Assistant's"
        " own agents, which have no wire)"
    )
    wrong = (
        *(f"{test} failed" for test in failed),
        *(f"{test} didn't run" for test in missing),
        *(f"no test over the wire: {name}" for name in inside),
    )
    return Report([line, rest], wrong)
