"""The time zone database read by hand, for an oracle that shares nothing with the code's own way to tell the time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
import re
import struct
from typing import BinaryIO
import zoneinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_TIME = r"[+-]?\d+(?::\d+){0,2}"
_FOOTER = re.compile(
    rf"{_NAME}({_TIME})(?:{_NAME}({_TIME})?,M([\d.]+)(?:/({_TIME}))?,M([\d.]+)(?:/({_TIME}))?)?"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """How far a zone's wall clock is ahead of UTC: at first, and from each of its changes on (seconds since 1970)."""

    first: int
    changes: tuple[tuple[int, int], ...]

    def offset(self, second: int) -> int:
        """Return by how many seconds the wall clock is ahead."""
        ahead = self.first
        for at, offset in self.changes:
            if at > second:
                break
            ahead = offset
        return ahead


def seconds(instant: datetime) -> int:
    """Return the whole seconds since 1970."""
    return int((instant - EPOCH).total_seconds())


def zone_file(name: str) -> Path:
    """Return the compiled file of a zone that Home Assistant reads, too."""
    for folder in zoneinfo.TZPATH:
        if (path := Path(folder, name)).is_file():
            return path
    return Path(str(resources.files("tzdata"))) / "zoneinfo" / name


def clocks_of_all_zones(start: int, end: int) -> Mapping[Clock, tuple[str, ...]]:
    """Return what the clocks of all zones do in [start, end), with the zones whose clocks do that."""
    found: dict[Clock, list[str]] = defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        with zone_file(name).open("rb") as file:
            found[read_clock(file, start, end)].append(name)
    return {clock: tuple(names) for clock, names in found.items()}


def read_clock(file: BinaryIO, start: int, end: int) -> Clock:
    """Read a TZif file (RFC 9636): what its clock does in [start, end), by its table and then by its footer."""
    _, *counts = _header(file)
    file.read(_size(counts, 4))
    version, *counts = _header(file)
    assert version >= 2
    _, _, _, changes, types, _ = counts
    block = file.read(_size(counts, 8))
    times = struct.unpack_from(f">{changes}q", block)
    kinds = struct.unpack_from(f">{changes}B", block, 8 * changes)
    offsets = [
        struct.unpack_from(">lBB", block, 9 * changes + 6 * number)[0]
        for number in range(types)
    ]
    every = [(at, offsets[kind]) for at, kind in zip(times, kinds, strict=True)]
    footer = file.read().decode().strip()
    known_until = times[-1] if times else -(2**62)
    if footer:
        every += [
            change for change in _by_rule(footer, start, end) if change[0] > known_until
        ]
    first = offsets[0]
    within: list[tuple[int, int]] = []
    for at, offset in every:
        if at <= start:
            first = offset
        elif at < end and offset != (within[-1][1] if within else first):
            within.append((at, offset))
    return Clock(first, tuple(within))


def _header(file: BinaryIO) -> tuple[int, ...]:
    magic, version, *counts = struct.unpack(">4sc15x6L", file.read(44))
    assert magic == b"TZif"
    return (int(version), *counts)


def _size(counts: list[int], width: int) -> int:
    utc, standard, leaps, changes, types, letters = counts
    return (
        changes * (width + 1)
        + types * 6
        + letters
        + leaps * (width + 4)
        + standard
        + utc
    )


def _by_rule(footer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    found = _FOOTER.fullmatch(footer)
    assert found is not None, footer
    standard = -_seconds(found[1])
    # The rule's own offset holds from the year before on.
    years = range((EPOCH + timedelta(seconds=start)).year - 1, 2040)
    if found[3] is None:
        yield start - 1, standard
        return
    summer = standard + 3600 if found[2] is None else -_seconds(found[2])
    for year in years:
        begins = _at(year, found[3], found[4]) - standard
        ends = _at(year, found[5], found[6]) - summer
        for change in sorted([(begins, summer), (ends, standard)]):
            if change[0] < end:
                yield change


def _seconds(written: str) -> int:
    sign = -1 if written[0] == "-" else 1
    hours, minutes, seconds = (*map(int, written.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)


def _at(year: int, day: str, time: str | None) -> int:
    """Return the wall clock's seconds since 1970 at a rule's `month.week.weekday`, Sunday being 0, week 5 the last."""
    month, week, weekday = map(int, day.split("."))
    days = [date(year, month, 1) + timedelta(days=number) for number in range(31)]
    fitting = [
        one for one in days if one.month == month and one.isoweekday() % 7 == weekday
    ]
    chosen = fitting[min(week, len(fitting)) - 1]
    return (chosen - date(1970, 1, 1)).days * 86400 + (
        2 * 3600 if time is None else _seconds(time)
    )
