"""The figures at the end, as an administrator with an SD card would ask for them."""

import gc
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .home import LEDGER

if TYPE_CHECKING:
    from .counted import Counted
    from .house import House

_PAGE = 4096
DAY = 86400.0


class Memory:
    """What this process uses, a day after each start and before the next stop.

    Every Home Assistant that was stopped leaves something in the process that a process of its own wouldn't keep.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._since: tuple[float, int] | None = None
        self._grown: list[tuple[float, int]] = []

    def started(self) -> None:
        """Measure in a day: the first use of something is no growth."""
        self._house.loop.call_later(DAY, self._measure, self._house.generation)

    def _measure(self, generation: int) -> None:
        if generation == self._house.generation:
            self._since = (self._house.loop.time(), used())

    def stops(self) -> None:
        """Compare with what was used a day after the start."""
        if self._since is not None:
            days = (self._house.loop.time() - self._since[0]) / DAY
            self._grown.append((days, used() - self._since[1]))
            self._since = None

    @property
    def grown(self) -> dict[str, float]:
        """How much memory grew between two restarts, and in how many days."""
        if not self._grown:
            return {}
        days, sizes = zip(*self._grown, strict=True)
        return {"days": median(days), "median": median(sizes), "most": max(sizes)}


def used() -> int:
    """Return the bytes of memory that this process uses now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def of(house: House, days: int, counted: Counted) -> dict[str, object]:
    """Return all figures."""
    sizes = {end: len(content) for end, content in house.home.bytes().items()}
    return {
        "days": days,
        "entries": house.watch.entries,
        "notifications": house.watch.notifications,
        "wrong": house.wrong,
        "counts": dict(sorted(house.counts.items())),
        "ledger": sizes.get(LEDGER, sizes.get("", 0)),
        "log": sizes.get("-wal", 0),
        "at_first": house.at_first,
        "written": counted.written,
        "syncs": counted.syncs,
        "syncs_by_file": counted.by_file,
        "memory": house.memory.grown,
        "state_changes": house.home.state_changes,
        "personal_searched": house.watch.personal_searched,
        "advances": house.loop.advances,
        "asked": house.answers.asked,
        "answered": house.answers.given,
    }
