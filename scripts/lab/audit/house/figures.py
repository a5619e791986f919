"""The figures at the end, as an owner with an SD card would ask for them."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .counted import Counted
    from .house import House

_PAGE = 4096
_warm: list[tuple[int, int, int]] = []


def memory() -> int:
    """Return the bytes of memory that this process uses now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def size(house: House) -> int:
    """Return the bytes of the ledger's files."""
    return sum(len(content) for content in house.home.bytes().values())


def mark_memory(house: House) -> None:
    """Remember what is used once everything was used."""
    _warm.append((memory(), size(house), house.watch.entries))


def of(house: House, days: int, counted: Counted) -> dict[str, object]:
    """Return all figures."""
    warm_memory, warm_size, warm_entries = (
        _warm[0] if _warm else (memory(), size(house), 0)
    )
    return {
        "days": days,
        "entries": house.watch.entries,
        "notifications": house.watch.notifications,
        "wrong": house.wrong,
        "counts": dict(sorted(house.counts.items())),
        "ledger": size(house),
        "ledger_then": warm_size,
        "entries_then": warm_entries,
        "written": counted.written,
        "syncs": counted.syncs,
        "syncs_by_file": counted.by_file,
        "memory": memory() - warm_memory,
        "state_changes": house.home.state_changes,
        "personal_searched": house.watch.personal_searched,
        "advances": house.loop.advances,
        "asked": house.answers.asked,
        "answered": house.answers.given,
    }
