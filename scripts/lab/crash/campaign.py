"""The campaign from the first start to the comparison."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

import aiohttp

from ..broker import Broker
from ..mqtt_lock import Mode, MqttLock, Seen
from .account import Findings, compare, quiet, replay
from .killer import Killer, Moment
from .neighbours import Neighbour
from .office import Office
from .place import Place, instance, move_in
from .sink import Sink

WORKERS = 3
LOCKED_WITHIN = 120
"""Seconds after which a door that nobody uses anymore has to be locked; a command that was lost is given again."""


@dataclass(frozen=True, slots=True)
class Result:
    """How it went."""

    kills: int
    findings: Findings
    figures: str

    @property
    def line(self) -> str:
        """The last line."""
        return self.findings.line(self.kills)


async def campaign(
    folder: Path, kills: int, seed: int, say: Callable[[str], None] = lambda _line: None
) -> Result:
    """Kill a Home Assistant in this folder so many times, and compare."""
    began = monotonic()
    sink = Sink(Random(f"{seed} sink"))
    async with (
        sink.served(),
        Broker.running(folder / "broker") as broker,
        aiohttp.ClientSession() as http,
    ):
        lock = MqttLock(broker.port)
        home = instance(folder / "home", sink)
        async with lock.connected():
            try:
                home.folder.mkdir(parents=True, exist_ok=True)
                home.start()
                await home.ready()
                place = await move_in(http, home, broker, lock)
                # In order, once: what Home Assistant itself writes late must be there after each crash.
                await asyncio.to_thread(home.stop)
                say(f"set up in {monotonic() - began:.0f} s")
                return await _run(place, lock, sink, kills, seed, say)
            finally:
                await asyncio.to_thread(home.stop)


async def _run(
    place: Place,
    lock: MqttLock,
    sink: Sink,
    kills: int,
    seed: int,
    say: Callable[[str], None],
) -> Result:
    office = Office(place.couriers, Random(f"{seed} office"))
    neighbours = [
        Neighbour(place, name, Random(f"{seed} {name}")) for name in place.users
    ]
    killer = Killer(place.home, office, lock, Random(f"{seed} killer"))
    killer.watch()
    working = [asyncio.create_task(office.work()) for _ in range(WORKERS)]
    living = [asyncio.create_task(neighbour.live()) for neighbour in neighbours]
    began = monotonic()
    for kill in range(1, kills + 1):
        await killer.strike()
        if kill % 10 == 0:
            say(
                f"{kill} kills, {len(office.letters)} messages, {monotonic() - began:.0f} s"
            )
    took = monotonic() - began

    office.closing = True
    lock.mode = Mode.NORMAL
    # A start that is left alone, at which everything that is owed is tried at once.
    sink.fails = 0.0
    place.home.start()
    await asyncio.gather(*working)
    for neighbour in neighbours:
        neighbour.stopped = True
    await asyncio.gather(*living)
    await place.owner.running()
    left = await quiet(place.ledger)
    await lock.until(lambda: lock.locked, LOCKED_WITHIN)
    findings = await compare(place, office, lock, sink, neighbours)
    await replay(office, lock, findings)
    killer.listen()
    findings.wrong += [f"still {count} {what}" for what, count in left.items()]
    findings.wrong += [f"log: {line}" for line in killer.complaints]
    return Result(
        kills, findings, _figures(killer, office, neighbours, lock, sink, took)
    )


def _figures(
    killer: Killer,
    office: Office,
    neighbours: list[Neighbour],
    lock: MqttLock,
    sink: Sink,
    took: float,
) -> str:
    killed = ", ".join(f"{killer.moments[moment]} {moment}" for moment in Moment)
    again = sum(letter.sent > 1 for letter in office.letters)
    return (
        f"killed {killed}; {took:.0f} s\n"
        f"{len(office.letters)} messages of couriers, {again} sent more than once; "
        f"{sum(neighbour.changes for neighbour in neighbours)} changes by residents\n"
        f"{len(sink.taken)} notifications taken, {sink.failed} turned down; "
        f"{lock.count(Seen.TOLD_TO_UNLOCK)} commands to unlock, {lock.count(Seen.TOLD_TO_LOCK)} to lock"
    )
