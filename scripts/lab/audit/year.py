"""A year of a house with eight homes, in minutes."""

import asyncio
from collections.abc import Mapping
import os
import sys

from ..answers import Record, items, number, parsed, record
from ..places import ROOT
from ..show import say
from .part import Chosen, Report

DAYS = 365
_LONGEST_LINE = 2**24
_MB = 1_000_000


async def audit(chosen: Chosen) -> Report:
    """Live through a year, or through as many of its days as there is time for."""
    return report(await lived(chosen, days=DAYS))


async def lived(chosen: Chosen, *more: str, days: int) -> Record:
    """Live so many days in a process of its own, whose clocks are moved; return what came of it."""
    wanted = ["--days", str(days), "--seed", str(chosen.seed), *more]
    if chosen.minutes is not None:
        wanted += ["--seconds", str(chosen.minutes * 60)]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"{__package__}.house",
        *wanted,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    assert process.stdout is not None
    found: Record = {}
    try:
        async for line in process.stdout:
            found = record(parsed(line))
            if isinstance(found.get("wrong"), str):
                say(f"WRONG: {found['wrong']}")
            if "day" in found:
                say(
                    f"day {found['day']}, entries {found['entries']}, broken promises {found['broken']}"
                )
    finally:
        if process.returncode is None:
            process.terminate()
        status = await process.wait()
    if status or "days" not in found:
        return {"wrong": [f"the year ended with status {status}"]}
    return found


def report(found: Record) -> Report:
    """Put the figures into words."""
    wrong = [str(each) for each in items(found["wrong"])]
    if "days" not in found:
        return Report([], wrong)
    return Report(lines(found, len(wrong)), wrong)


def lines(found: Record, broken: int) -> list[str]:
    """Return the figures' lines."""
    counts = record(found["counts"])

    def count(*names: str) -> int:
        return sum(int(number(counts, name)) for name in names if name in counts)

    days, entries, syncs, changes = (
        int(number(found, name))
        for name in ("days", "entries", "syncs", "state_changes")
    )
    grown = number(found, "ledger") - number(found, "at_first")
    restarts = count("restarts in order"), count("kills")
    kinds = ("signed", "pass", "address_code", "parcel_number", "ring")
    by = ", ".join(
        f"{kind.replace('_', ' ')} {count(f'admitted by {kind}')}" for kind in kinds
    )
    lived = {
        "moved in": count("moved in"),
        "moved out": count("moved out"),
        "persons replaced": count("persons replaced"),
        "consents given": count("consents given"),
        "withdrawn": count("consents withdrawn"),
        "vetoes": count("vetoes"),
        "pauses": count("pauses"),
        "other decisions": count("decisions"),
    }
    endured = {
        "restarts": sum(restarts),
        "kills among them": restarts[1],
        "upgrades": count("upgrades"),
        "backups": count("backups"),
        "restores": count("restores"),
        "changes of the clocks": count("changes of the clocks"),
        "times without pushes": count("pushes failed for a time"),
        "with a full disk": count("disk full for a time"),
        "with a locked file": count("file locked for a time"),
    }
    written = number(found, "written")
    memory = record(found["memory"])
    each = max(1, entries)
    file = (
        f"ledger {number(found, 'ledger') / 1000:.0f} kB after {entries} entries ({grown / each:+.0f} bytes an entry)",
        f"its write-ahead log {number(found, 'log') / 1000:.0f} kB",
        f"written {written / _MB:.0f} MB ({written / each / 1000:.0f} kB an entry)",
        f"fsyncs {syncs} ({syncs / each:.0f} an entry)",
        f"memory {number(memory, 'median') / _MB:+.1f} MB in {number(memory, 'days'):.0f} days"
        if memory
        else "memory not measured",
        f"state changes {changes} ({changes / max(1, days):.0f} a day)",
    )
    return [
        f"days {days}, entries {entries}, notifications {int(number(found, 'notifications'))}, broken promises {broken}",
        f"let in {count('admitted')} ({by}), by others {count('entry.observed')}, refused {refused(counts)}",
        listed(lived),
        listed(endured),
        ", ".join(file),
    ]


def listed(figures: Mapping[str, int]) -> str:
    """Return figures in a line."""
    return ", ".join(f"{what} {count}" for what, count in figures.items())


def refused(counts: Mapping[str, object]) -> int:
    """Return how often somebody was refused at a door."""
    kinds = ("refused: ", "ring refused: ", "parcel refused: ", "links in vain")
    return sum(int(number(counts, name)) for name in counts if name.startswith(kinds))
