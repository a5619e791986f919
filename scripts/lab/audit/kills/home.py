"""One building of the campaign from its first start to the comparison."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import aiohttp

from ...broker import Broker
from ...forking import Forks
from ...mqtt_lock import Mode, MqttLock
from ...phone import Notification, PushService
from . import drivers_account
from .account import (
    Entry,
    Findings,
    chain_holds,
    door_agrees,
    entries_of,
    everybody_notified,
    export_of,
    letters_agree,
    noes_held,
    quiet,
    replay,
)
from .devices import Devices
from .drivers import Drivers
from .ground import Ground
from .killer import Killer, Moment
from .neighbours import Neighbour
from .office import Office
from .place import Place, instance, move_in
from .sink import Sink, Told, witnessed
from .visits import Way

LETTERS, DRIVERS = 1, 4
"""How many couriers' drivers come at a time, with messages and without."""
LOCKED_WITHIN = 120
"""Seconds after which a door that nobody uses anymore must be locked; a command that was lost is given again."""
_WAY_OF = {
    "signed": Way.SIGNED,
    "parcel_number": Way.PARCEL,
    "ring": Way.RING,
    None: Way.OTHERS,
}


@dataclass(slots=True)
class Home:
    """A building, all who come to it, and what they saw."""

    place: Place
    lock: MqttLock
    devices: Devices
    sink: Sink
    push: PushService
    office: Office
    drivers: Drivers
    neighbours: list[Neighbour]
    killer: Killer
    random: Random
    ways: Counter[Way] = field(default_factory=Counter)
    _working: list[asyncio.Task[None]] = field(default_factory=list)
    _living: list[asyncio.Task[None]] = field(default_factory=list)

    def begin(self) -> None:
        """Let everybody come."""
        self.killer.watch()
        self.office.sending = self._request
        self.drivers.sending = self._request
        self.push.heard = self._hear
        for neighbour in self.neighbours:
            neighbour.answering = lambda: self.killer.happens(Moment.ANSWER)
        work = (self.office.work, self.drivers.work)
        self._working = [
            asyncio.create_task(one())
            for one, count in zip(work, (LETTERS, DRIVERS), strict=True)
            for _ in range(count)
        ]
        self._working.append(asyncio.create_task(self._let_others_in()))
        self._living = [asyncio.create_task(each.live()) for each in self.neighbours]

    async def finish(self) -> Findings:
        """Start it again without a kill, so that it tries everything that is pending, and compare."""
        self.lock.behave(Mode.NORMAL)
        self.sink.fails = 0.0
        self.office.closing = self.drivers.closing = True
        await asyncio.to_thread(self.place.home.start)
        await asyncio.gather(*self._working)
        for neighbour in self.neighbours:
            neighbour.stopped = True
        await asyncio.gather(*self._living)
        await self.place.owner.running()
        left = await quiet(self.place.ledger)
        await self.lock.until(lambda: self.lock.locked, LOCKED_WITHIN)
        found = await self.compare()
        await replay(self.office, self.lock, found)
        self.killer.listen()
        found.wrong += [f"still {count} {what}" for what, count in left.items()]
        found.wrong += [f"log: {line}" for line in self.killer.complaints]
        return found

    async def compare(self) -> Findings:
        """Compare everything, once the building is quiet."""
        found = Findings(left_unlocked=self.killer.left_unlocked)
        exported = await export_of(self.place)
        entries = await asyncio.to_thread(entries_of, exported, self.place.ledger)
        told = list(self._told())
        found.entries = len(entries)
        await chain_holds(self.place, exported, told, found)
        everybody_notified(entries, told, found)
        door_agrees(entries, self.lock, found)
        letters_agree(entries, self.office, found)
        noes_held(entries, self.office, self.neighbours, found)
        visits, neighbours = self.drivers.visits, self.neighbours
        drivers_account.passes_agree(entries, visits, neighbours, found)
        drivers_account.parcels_agree(entries, visits, neighbours, found)
        drivers_account.rings_agree(entries, visits, neighbours, found)
        drivers_account.uses_agree(
            entries,
            self.devices.uses,
            self.killer.lives,
            timedelta(seconds=self.devices.cool_down),
            found,
        )
        self._count(entries)
        return found

    def _told(self) -> Iterator[Told]:
        yield from self.sink.taken
        for notification in self.push.notifications:
            yield from witnessed(notification.to, notification.message)

    def _count(self, entries: list[Entry]) -> None:
        shown = {visit.grant_id: visit.way for visit in self.drivers.visits}
        for entry in entries:
            self.ways[_WAY_OF.get(entry.proof) or shown[entry.grant_id]] += 1

    def _request(self) -> None:
        self.killer.happens(Moment.ENTRY)

    def _hear(self, notification: Notification) -> None:
        for neighbour in self.neighbours:
            neighbour.hear(notification)

    async def _let_others_in(self) -> None:
        while not self.office.closing:
            await asyncio.sleep(self.random.uniform(3, 12))
            self.killer.happens(Moment.USE)
            await self.devices.let_in()


@asynccontextmanager
async def furnished(
    folder: Path,
    seed: str,
    http: aiohttp.ClientSession,
    forks: Forks,
    kind: type[Ground],
) -> AsyncIterator[Home]:
    """Set up a building in this folder, and stop it in order."""
    await asyncio.to_thread(partial(folder.mkdir, parents=True))
    with closing(await asyncio.to_thread(kind, folder, seed)) as ground:
        async with _furnished(folder, seed, http, forks, ground) as home:
            yield home


@asynccontextmanager
async def _furnished(
    folder: Path,
    seed: str,
    http: aiohttp.ClientSession,
    forks: Forks,
    ground: Ground,
) -> AsyncIterator[Home]:
    sink, push = Sink(Random(f"{seed} sink")), PushService()
    async with (
        sink.served(),
        push.served(),
        Broker.running(folder / "broker") as broker,
    ):
        lock, devices = MqttLock(broker.port), Devices(broker.port)
        home = instance(ground, sink, forks)
        async with lock.connected(), devices.connected():
            try:
                home.folder.mkdir(parents=True, exist_ok=True)
                await asyncio.to_thread(home.start)
                await home.ready()
                place = await move_in(http, home, broker, lock, devices, push)
                # In order, once: what Home Assistant itself writes late must be there after each crash.
                await place.owner.running()
                await asyncio.to_thread(home.stop)
                await asyncio.to_thread(ground.settle)
                yield _home(place, lock, devices, sink, push, seed, ground)
            finally:
                if home.process is not None:
                    await asyncio.to_thread(home.kill)


def _home(
    place: Place,
    lock: MqttLock,
    devices: Devices,
    sink: Sink,
    push: PushService,
    seed: str,
    ground: Ground,
) -> Home:
    gate = asyncio.Event()
    gate.set()
    office = Office(place.couriers, Random(f"{seed} office"), gate=gate)
    return Home(
        place,
        lock,
        devices,
        sink,
        push,
        office,
        Drivers(place.owner.http, place, Random(f"{seed} drivers"), gate=gate),
        [
            Neighbour(place, push, name, Random(f"{seed} {name}"))
            for name in place.users
        ],
        Killer(
            place.home,
            place.owner,
            place.building.entry_id,
            office,
            gate,
            lock,
            Random(f"{seed} killer"),
            lambda: ground.end(place.home),
        ),
        Random(f"{seed} others"),
    )
