"""The campaign: kills, and orderly restarts among them, at buildings side by side."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import aiohttp

from ...forking import Forks
from ...mqtt_lock import Seen
from .account import Findings
from .ground import Ground
from .home import Home, furnished
from .killer import ORDERLY_EVERY, Moment, Orderly
from .visits import Way


@dataclass(frozen=True, slots=True)
class Result:
    """How it went."""

    kills: int
    findings: Findings
    figures: list[str]

    @property
    def line(self) -> str:
        """The last line."""
        return self.findings.line("kills", self.kills)


@dataclass(slots=True)
class Course:
    """How many kills are left for all buildings, and until when."""

    kills: int
    until: float | None
    say: Callable[[str], None]
    done: int = 0

    async def run(self, home: Home) -> None:
        """Kill one building until the campaign's kills are done."""
        mine = 0
        while self._take():
            await home.killer.strike()
            mine += 1
            if mine % ORDERLY_EVERY == 0:
                await home.killer.restart()

    def _take(self) -> bool:
        if self.done >= self.kills or (self.until and monotonic() > self.until):
            return False
        self.done += 1
        if self.done % 20 == 0:
            self.say(f"{self.done} kills")
        return True


async def campaign(
    folder: Path,
    forks: Forks,
    kills: int,
    seed: int,
    homes: int = 1,
    minutes: float | None = None,
    say: Callable[[str], None] = lambda _line: None,
    kind: type[Ground] = Ground,
) -> Result:
    """End Home Assistants in this folder so many times without any order, and compare."""
    began = monotonic()
    async with aiohttp.ClientSession() as http, AsyncExitStack() as stack:
        there = await asyncio.gather(
            *(
                stack.enter_async_context(
                    furnished(
                        folder / str(number), f"{seed} {number}", http, forks, kind
                    )
                )
                for number in range(homes)
            )
        )
        say(f"set up in {monotonic() - began:.0f} s")
        course = Course(kills, minutes and began + minutes * 60, say)
        for home in there:
            home.begin()
        await asyncio.gather(*map(course.run, there))
        say(f"{course.done} kills after {monotonic() - began:.0f} s")
        findings = Findings()
        for found in await asyncio.gather(*(home.finish() for home in there)):
            findings.add(found)
        say(f"compared after {monotonic() - began:.0f} s")
        return Result(course.done, findings, _figures(there))


def _figures(homes: list[Home]) -> list[str]:
    moments = sum((home.killer.moments for home in homes), Counter[Moment]())
    orderly = sum((home.killer.orderly for home in homes), Counter[Orderly]())
    ways = sum((home.ways for home in homes), Counter[Way]())
    letters = [letter for home in homes for letter in home.office.letters]
    tries = sum(len(visit.tries) for home in homes for visit in home.drivers.visits)
    neighbours = [each for home in homes for each in home.neighbours]
    unlocked = sum(home.lock.count(Seen.TOLD_TO_UNLOCK) for home in homes)
    locked = sum(home.lock.count(Seen.TOLD_TO_LOCK) for home in homes)
    yeses, late = (
        sum(len(each.yeses) for each in neighbours),
        sum(each.late for each in neighbours),
    )
    taken = sum(len(home.sink.taken) + len(home.push.notifications) for home in homes)
    turned_down = sum(home.sink.failed for home in homes)
    again = sum(each.sent > 1 for each in letters)
    changes = sum(each.changes for each in neighbours)
    return [
        "killed " + ", ".join(f"{moments[each]} {each}" for each in Moment),
        "restarted in order "
        + ", ".join(f"{orderly[each]} times {each}" for each in Orderly),
        "entries by " + ", ".join(f"{each} {ways[each]}" for each in Way),
        f"messages {len(letters)}, sent again {again}; things shown at the door {tries}",
        f"changes by residents {changes}, answers yes {yeses}, answers after seconds {late}",
        f"notifications {taken}, turned down {turned_down}; commands to unlock {unlocked}, to lock {locked}",
    ]
