"""The command `scripts/bench scale`: what an entry and a grant cost in a large building, and an old one.

Buildings of several sizes are made while their Home Assistants are stopped: with entries of the past, with grants that
are open, or with residents who have a unit of their own. Then those that differ in one of these run at the same time,
and entries and `grant.issued` messages come to them by turns, one after the other, each signed and durable. An entry is
also timed until the last notification is sent; the residents' target answers at once.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter, time

from ..answers import UnexpectedAnswerError, number
from ..client import Channel
from ..courier import Courier
from ..main_job import new_grant_id
from ..parts import add_couriers, add_residents, parts
from ..past import give_grants, give_past
from ..show import say
from ..site import COURIERS, OPEN_UNIT, RESIDENTS
from .courier_probe import TARGET
from .opener import Opener
from .performance import Point, print_points, write_document
from .probed import MOST_OPEN_GRANTS, Probed, probed

PAGE = 50
PER_MINUTE = 6000
REST_SECONDS = 0.1
QUIET_SECONDS = 1.5
NOTIFIED_SECONDS = 300
USES_OF_A_GRANT = 10
PAGES = 20
WARM_UP = 3


type Grow = Callable[[Probed, int], Awaitable[None]]
"""Makes a small building, which is stopped, as large as that."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A way to grow, the sizes that are measured, and how often each is."""

    of: str
    sizes: Sequence[int]
    rounds: int
    grow: Grow


@dataclass(slots=True)
class House:
    """A running building, and what was measured: milliseconds, but for `notified`, seconds."""

    building: Probed
    courier: Courier
    channel: Channel
    opener: Opener
    to_notify: int
    start: float
    memory: float
    first_start: float = 0
    grant_id: str = ""
    left: int = 0
    door: list[float] = field(default_factory=list)
    answer: list[float] = field(default_factory=list)
    grant: list[float] = field(default_factory=list)
    notified: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)

    def forget(self) -> None:
        """Begin again."""
        for taken in (self.door, self.answer, self.grant, self.notified, self.page):
            taken.clear()

    async def issue(self) -> None:
        """Time a grant. Before it, and before an entry, the house is left to rest."""
        await asyncio.sleep(REST_SECONDS)
        began = perf_counter()
        issued = await issue(self.courier)
        self.grant.append((perf_counter() - began) * 1000)
        if self.left == 0:
            self.grant_id, self.left = issued, USES_OF_A_GRANT

    async def enter(self) -> None:
        """Time an entry, until all are notified."""
        self.left -= 1
        await asyncio.sleep(REST_SECONDS)
        before = await self.building.figures()
        phones = len(self.building.push.notifications)
        message = self.courier.compose("entry.requested", {"grant_id": self.grant_id})
        headers = self.courier.headers(message)
        began, began_at = perf_counter(), time()
        answer = await self.courier.send(message, headers)
        self.answer.append((perf_counter() - began) * 1000)
        if answer.decision != "admitted":
            raise UnexpectedAnswerError(f"the entry was not admitted: {answer.source}")
        self.door.append((await self.opener.until("unlocked") - began_at) * 1000)
        enough = int(number(before, "notified")) + self.to_notify
        self.notified.append(
            await until_notified(self.building, enough, phones) - began_at
        )
        await self.opener.lock()

    async def read_page(self) -> None:
        """Time the newest page of entries."""
        began = perf_counter()
        await self.channel.command(
            "courier_access/entries", building=self.building.entry_id, limit=PAGE
        )
        self.page.append((perf_counter() - began) * 1000)

    def point(self, of: str, size: int) -> Point:
        """Return the medians."""
        return Point(
            grown=of,
            size=size,
            door=median(self.door),
            answer=median(self.answer),
            grant=median(self.grant),
            start=self.start,
            memory=self.memory,
            page=median(self.page),
            notified=median(self.notified),
            first_start=self.first_start,
        )


async def bench(chosen: argparse.Namespace) -> None:
    """Measure each kind of growth, and print or write the result."""
    quick: bool = chosen.quick
    rounds = 10 if quick else 40
    growths = {
        "entries": Growth(
            "old entries",
            (10, 10_000) if quick else (10, 10_000, 1_000_000),
            rounds,
            grow_entries,
        ),
        "grants": Growth(
            "open grants",
            (10, 10_000) if quick else (10, 10_000, 100_000),
            rounds,
            grow_grants,
        ),
        "residents": Growth(
            "residents",
            (3, 100) if quick else (3, 1_000),
            min(rounds, 20),
            grow_residents,
        ),
    }
    points: list[Point] = []
    version = ""
    for name in chosen.only or growths:
        version, found = await measure(growths[name])
        print_points(found)
        points += found
    if chosen.write:
        write_document(points, version)


async def measure(growth: Growth) -> tuple[str, list[Point]]:
    """Measure a building of each size, all by turns; return Home Assistant's version, too."""
    houses: list[House] = []
    async with AsyncExitStack() as stack:
        for size in growth.sizes:
            building = await stack.enter_async_context(probed(with_opener=True))
            await asyncio.to_thread(building.home.stop)
            began = perf_counter()
            await growth.grow(building, size)
            say(f"{size:,} {growth.of} were written in {perf_counter() - began:.0f} s")
            # Only then is everything known that a first start writes down.
            async with running(building):
                first_start = await set_up_seconds(building)
            to_notify = size - len(RESIDENTS) if growth.grow is grow_residents else 0
            house = await stack.enter_async_context(opened(building, to_notify))
            house.first_start = first_start
            houses.append(house)
        await by_turns(houses, growth.rounds)
        points = [
            house.point(growth.of, size)
            for house, size in zip(houses, growth.sizes, strict=True)
        ]
        return houses[0].building.site.version, points


async def by_turns(houses: Sequence[House], rounds: int) -> None:
    """Measure the houses by turns; each begins in its turn, too."""
    for number_of_round in range(-WARM_UP, rounds):
        if number_of_round == 0:
            for house in houses:
                house.forget()
        first = number_of_round % len(houses)
        in_order = [*houses[first:], *houses[:first]]
        for house in in_order:
            await house.issue()
        for house in in_order:
            await house.enter()
    for _ in range(PAGES):
        for house in houses:
            await house.read_page()


async def grow_entries(building: Probed, size: int) -> None:
    """Give a building entries in the past."""
    name = COURIERS[0][0]
    (courier,) = (
        part
        for part in parts(building.home.folder, building.entry_id, "courier")
        if part.title == name
    )
    await give_past(
        building.ledger, size, (courier.id, name), {OPEN_UNIT.lower(): OPEN_UNIT}
    )


async def grow_grants(building: Probed, size: int) -> None:
    """Give a building open grants, all of them for one door and one unit."""
    folder, entry_id = building.home.folder, building.entry_id
    couriers = add_couriers(folder, entry_id, -(-size // MOST_OPEN_GRANTS), PER_MINUTE)
    (door,) = parts(folder, entry_id, "door")
    await give_grants(
        building.ledger,
        size,
        [courier.id for courier in couriers],
        door.id,
        OPEN_UNIT,
    )


async def grow_residents(building: Probed, size: int) -> None:
    """Give a building residents. The few of the demo house are among them."""
    more = size - len(RESIDENTS)
    add_residents(building.home.folder, building.entry_id, more, f"notify.{TARGET}")


@asynccontextmanager
async def opened(building: Probed, to_notify: int = 0) -> AsyncIterator[House]:
    """Start a building that was started before, and have all ready to measure it."""
    (mine,) = add_couriers(building.home.folder, building.entry_id, 1, PER_MINUTE)
    async with running(building):
        start = await set_up_seconds(building)
        figures = await building.figures(collect=True)
        opener = Opener(building.site.owner)
        async with building.site.owner.channel() as channel:
            await opener.begin(channel)
            yield House(
                building,
                building.courier(mine),
                channel,
                opener,
                to_notify,
                start,
                number(figures, "resident_kilobytes") / 1024,
            )


@asynccontextmanager
async def running(building: Probed) -> AsyncIterator[None]:
    """Start Home Assistant, wait until it is quiet, and stop it in the end."""
    await building.restart()
    await quiet(building)
    try:
        yield
    finally:
        await asyncio.to_thread(building.home.stop)


async def set_up_seconds(building: Probed) -> float:
    """Return how long the building took to be set up."""
    seconds = number(await building.figures(), "set_up_seconds")
    if seconds == 0:
        raise UnexpectedAnswerError("nothing is known of the building's set-up")
    return seconds


async def issue(courier: Courier) -> str:
    """Have a grant accepted; return its ID."""
    now, grant_id = datetime.now(UTC), new_grant_id()
    answer = await courier.grant(
        grant_id,
        [OPEN_UNIT],
        now,
        now + timedelta(hours=2),
        max_entries=USES_OF_A_GRANT,
    )
    if answer.decision != "accepted":
        raise UnexpectedAnswerError(f"the grant was not accepted: {answer.source}")
    return grant_id


async def until_notified(building: Probed, enough: int, phones: int) -> float:
    """Wait until the probe's target and the demo house's phones have an entry's notifications; return since when."""

    def have_phones() -> bool:
        pushed = building.push.notifications[phones:]
        return {one.to for one in pushed if "let in" in one.message} >= set(RESIDENTS)

    async with asyncio.timeout(NOTIFIED_SECONDS):
        await building.push.until(have_phones, NOTIFIED_SECONDS)
        phones_at = time()
        while True:
            figures = await building.figures()
            if number(figures, "notified") >= enough:
                return max(phones_at, number(figures, "notified_at"))
            await asyncio.sleep(0.05)


async def quiet(building: Probed) -> None:
    """Wait until nobody was notified and nothing was written for a moment."""
    async with asyncio.timeout(NOTIFIED_SECONDS):
        before = -1.0
        while True:
            figures = await building.figures()
            so_far = number(figures, "notified") + number(figures, "commits")
            if so_far == before:
                return
            before = so_far
            await asyncio.sleep(QUIET_SECONDS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--quick", action="store_true", help="leave out the largest sizes"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=("entries", "grants", "residents"),
        help="measure this kind of growth only; may be repeated",
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="put table and plot into docs/explanation/performance.md",
    )
