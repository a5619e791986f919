"""The command `scripts/bench idle`: what the integration costs when nothing happens, and what it writes in ten years.

The demo building with its three residents lives some days in a real Home Assistant core, in a process of its own whose
clocks are moved: time goes on to the next timer once everything is at rest. Nobody has the panel open. On the days that
are counted, all that happens once a day goes on, and what is a month old is erased. Counted are the timers of the event
loop that run the integration, the statements of SQLite, and what SQLite writes and syncs. So the figures don't depend
on the machine.
"""

import argparse
import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
import sys
from typing import Final

from ...answers import (
    Record,
    UnexpectedAnswerError,
    number,
    parsed,
    record,
    records,
    text,
)
from ...places import ROOT
from ..performance import counted, put_into_document

BEGIN: Final = "<!-- scripts/bench idle --write -->"
VISITS: Final = (0, 3, 20)
"""How many visits a day the buildings have."""

_MONTH: Final = 31
"""After how many days as much is erased as is written."""

_START: Final = 1
"""After how many days there is a purge every day: the first waits a day for a steady clock."""

_COUNTED: Final = 30
_HOURS: Final = 24
_YEARS: Final = 10
_DAYS: Final = 365 * _YEARS
_KB, _MB, _GB = 1e3, 1e6, 1e9


@dataclass(frozen=True, slots=True)
class Lived:
    """What was counted of a building: each hour, in all, and how its file grew."""

    visits: int
    hours: Sequence[Mapping[str, float]]
    timers: Mapping[str, float]
    used: float
    grown: float
    version: str

    @property
    def days(self) -> float:
        """How many days were counted."""
        return len(self.hours) / _HOURS

    def a_day(self, what: str) -> float:
        """Return the mean of a day."""
        return sum(hour[what] for hour in self.hours) / self.days

    def an_hour(self, what: str) -> float:
        """Return the median of the hours."""
        return median(hour[what] for hour in self.hours)

    @property
    def size(self) -> float:
        """The bytes of the file after ten years, by how it grew."""
        return self.used + max(0, self.grown) / self.days * _DAYS


async def bench(chosen: argparse.Namespace) -> None:
    """Let each building live, and print or write what that cost."""
    lived = [
        await live(visits, settles=_MONTH if visits else _START, days=_COUNTED)
        for visits in VISITS
    ]
    recorder = [
        await live(visits, settles=0, days=1, with_recorder=True) for visits in VISITS
    ]
    print(report := table(lived, recorder))
    for each in lived:
        print(f"{_visits(each.visits)}, in an hour:")
        for name, count in each.timers.items():
            print(f"  {count / len(each.hours):6.2f} {name}", flush=True)
    if chosen.write:
        title = counted("Counted on", lived[0].version)
        put_into_document(BEGIN, f"{title}\n\n{report}")


async def live(
    visits: int, *, settles: int, days: int, with_recorder: bool = False
) -> Lived:
    """Let a building live in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        f"--visits={visits}",
        f"--settles={settles}",
        f"--days={days}",
        *(["--recorder"] if with_recorder else []),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
    if process.returncode:
        raise UnexpectedAnswerError(f"it ended with status {process.returncode}")
    return read(visits, output)


def read(visits: int, output: bytes) -> Lived:
    """Read what a process counted."""
    found = record(parsed(output))
    return Lived(
        visits,
        [_figures(hour) for hour in records(found["hours"])],
        _figures(record(found["timers"])),
        number(found, "used"),
        number(found, "grown"),
        text(found, "version"),
    )


def _figures(found: Record) -> dict[str, float]:
    return {name: number(found, name) for name in found}


def table(lived: Sequence[Lived], with_recorder: Sequence[Lived]) -> str:
    """Return the table in Markdown, with a column for each building."""
    title = [_visits(each.visits) for each in lived]
    rows = [
        ["", *title],
        ["---", *("--:" for _ in lived)],
        *([name, *map(show, lived)] for name, show in _ROWS),
        [
            _RECORDER,
            *(_in_ten_years(each, "by_recorder") for each in with_recorder),
        ],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _visits(a_day: int) -> str:
    return f"{a_day} visits a day" if a_day else "No visits"


def _in_ten_years(each: Lived, what: str) -> str:
    return f"{each.a_day(what) * _DAYS / _GB:.1f}"


def _rewritten(each: Lived) -> str:
    times = round(each.a_day("rewritten") * _COUNTED)
    return {0: "never", 1: "once"}.get(times, f"{times} times")


_ROWS: Final[Sequence[tuple[str, Callable[[Lived], str]]]] = (
    ("Timers in an hour", lambda each: f"{each.an_hour('timers'):.0f}"),
    ("Statements in a day", lambda each: f"{each.a_day('statements'):,.0f}"),
    ("`fsync`s in a day", lambda each: f"{each.a_day('syncs'):,.0f}"),
    ("Written in a day (kB)", lambda each: f"{each.a_day('written') / _KB:,.0f}"),
    (f"Wholly rewritten in {_COUNTED} days", _rewritten),
    ("The file after ten years (MB)", lambda each: f"{each.size / _MB:,.1f}"),
    ("Written in ten years (GB)", lambda each: _in_ten_years(each, "written")),
)
_RECORDER: Final = "By the recorder in ten years (GB)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--write",
        action="store_true",
        help="put the table into docs/explanation/performance.md",
    )
