"""Lives some days in the demo building, whose clocks are moved, and counts what each hour costs."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
import sqlite3
import tempfile
from typing import NamedTuple

import aiohttp
from homeassistant.const import __version__
from homeassistant.core import HomeAssistant, ServiceCall

from ...answers import UnexpectedAnswerError
from ...audit.house.home import Home
from ...audit.house.time_machine import Clocks, Loop, Threads
from ...courier import Courier
from ...instance import locate
from ...phone import PushService
from ...places import in_memory
from ...signing import signer
from ...site import DEMO_DOOR, LETTERBOX, OPEN_UNIT, Kept, set_up
from ..opener import OPENER, OPENER_CONFIGURATION
from .counting import LEDGERS, Costs

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)
HOUR, DAY = 3600, 86400
ANNOUNCED = timedelta(hours=2)
"""How long before its driver comes a delivery is announced."""
SECONDS = 600
"""The longest that something may take which isn't living."""


class Wanted(NamedTuple):
    """How many visits a day, on how many days before, and how many days are counted."""

    visits: int
    settles: int
    days: int
    recorder: bool


@dataclass(slots=True)
class House:
    """The building, its courier with a signed message, and what was counted."""

    home: Home
    loop: Loop
    clocks: Clocks
    costs: Costs
    courier: Courier
    push: PushService

    async def day(self, number: int, visits: int) -> list[dict[str, int]]:
        """Live a day with so many visits; return what each hour cost."""
        tasks = [
            self.loop.create_task(
                self._visit(f"{number}-{each}", (each + 0.5) / visits * DAY)
            )
            for each in range(visits)
        ]
        hours = []
        for _ in range(DAY // HOUR):
            before = self.costs.so_far()
            await self.loop.until(self.loop.time() + HOUR)
            now = self.costs.so_far()
            hours.append({name: now[name] - before[name] for name in now})
        for task in tasks:
            task.result()
        self.push.notifications.clear()
        return hours

    async def _visit(self, name: str, after: float) -> None:
        ahead = min(after, ANNOUNCED.total_seconds())
        await asyncio.sleep(after - ahead)
        now = self.clocks.now
        issued = await self.courier.grant(
            name, [OPEN_UNIT], now, now + 2 * ANNOUNCED, parcel_ref=f"PKT-{name}"
        )
        await asyncio.sleep(ahead)
        entered = await self.courier.enter(name, driver_ref=f"driver-{name}")
        for answer, wanted in ((issued, "accepted"), (entered, "admitted")):
            if answer.decision != wanted:
                raise UnexpectedAnswerError(f"not {wanted}: {answer.source}")


def run(wanted: Wanted, threads: Threads, costs: Costs) -> dict[str, object]:
    """Live; return the figures."""
    clocks = Clocks(BEGINS)
    loop = Loop(threads, clocks.move)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="idle", dir=in_memory()) as place:
        more: dict[str, object] = {"recorder": {}} if wanted.recorder else {}
        home = Home(Path(place), threads, _furnish, {**OPENER_CONFIGURATION, **more})
        return loop.run_until_complete(_run(home, loop, clocks, wanted, costs))


async def _furnish(hass: HomeAssistant) -> None:
    """Add the resident's notify action, which the demo has in its configuration."""

    async def take(_call: ServiceCall) -> None:
        """Take a notification."""

    hass.services.async_register("notify", LETTERBOX, take)


async def _run(
    home: Home, loop: Loop, clocks: Clocks, wanted: Wanted, costs: Costs
) -> dict[str, object]:
    clocks.freeze()
    push, door = PushService(), {**DEMO_DOOR, "opener": OPENER}
    no_cookies = aiohttp.DummyCookieJar()
    async with push.served(), aiohttp.ClientSession(cookie_jar=no_cookies) as http:
        locate(home.folder)
        await loop.within(SECONDS, home.start())
        try:
            setting_up = set_up(http, home.url, home.folder, push, door)
            await loop.within(SECONDS, setting_up)
            account = Kept.read(home.folder, home.url).couriers[-1]
            key = signer(account.key)
            courier = Courier(http, account.name, account.webhook_url, key)
            house = House(home, loop, clocks, costs, courier, push)
            for number in range(wanted.settles):
                await house.day(number, wanted.visits)
            before, used = Counter(costs.timers), _used(home)
            hours = [
                hour
                for number in range(wanted.settles, wanted.settles + wanted.days)
                for hour in await house.day(number, wanted.visits)
            ]
            return {
                "hours": hours,
                "timers": costs.timers - before,
                "used": used,
                "grown": _used(home) - used,
                "version": __version__,
            }
        finally:
            await loop.within(SECONDS, home.stop())


def _used(home: Home) -> int:
    """Return the bytes of the ledger's pages that are in use."""
    [path] = home.folder.glob(f"{LEDGERS}*.db")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        size, pages, unused = (
            int(conn.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_size", "page_count", "freelist_count")
        )
    return (pages - unused) * size
