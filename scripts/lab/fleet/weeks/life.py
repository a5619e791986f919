"""Two buildings of one Home Assistant live some weeks with their fleet."""

import asyncio
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
import secrets
import sqlite3
import tempfile
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
from homeassistant.core import HomeAssistant, ServiceCall

from ...answers import UnexpectedAnswerError, record
from ...audit.house.home import Home
from ...audit.house.time_machine import Clocks, Loop, Threads
from ...building import DOMAIN, Building
from ...client import User
from ...consent import set_rules
from ...courier import Courier
from ...instance import locate
from ...people import Login, add_person, add_user, log_in
from ...phone import Phone, PushService
from ...places import in_memory
from ...signing import signer
from ...site import (
    BUILDING,
    DEMO_DOOR,
    DOOR,
    LETTERBOX,
    OPEN_UNIT,
    RULES,
    CourierAccount,
    set_up,
)
from ..moved import MovedClock
from ..server import Fleet
from .altered import alter
from .compare import NOTICE, Found, compare
from .relay import Moment, Part, Relay, Strike

BEGINS = datetime(2026, 12, 1, tzinfo=UTC)
QUARTER, HOUR, DAY = 900, 3600, 86400
SECONDS = 900
"""The longest that something may take which isn't living."""

ANOTHER_BUILDING = "7 Elm Street"
ADA = "Ada"
COURIER = "Swift Parcels"
NEWEST = "SELECT max(seq) FROM records"
APART = 180
"""Seconds from visit to visit, so that no refusal is counted with the one before."""

TRIES = 12
"""After so many quarter hours, all has been reported."""


class Wanted(NamedTuple):
    """How many visits there are at each building, how often each part is killed, and the seed of chance."""

    visits: int
    kills: int
    seed: int


@dataclass(frozen=True, slots=True)
class Member:
    """A building of the fleet, with a courier."""

    id: str
    entry_id: str
    courier: Courier


@dataclass(slots=True)
class Weeks:
    """All of it."""

    place: Path
    home: Home
    loop: Loop
    clocks: Clocks
    fleet: Fleet
    relay: Relay
    http: aiohttp.ClientSession
    push: PushService
    random: Random
    wanted: Wanted
    members: list[Member] = field(default_factory=list)
    owner: Login = field(default_factory=lambda: Login("owner", ""))
    visits: int = 0
    killed: Counter[Part] = field(default_factory=Counter)

    async def live(self) -> Found:
        """Live; return what was found at the end."""
        await self.loop.within(SECONDS, self.move_in())
        await self.come(4)
        await self.loop.until(self.loop.time() + NOTICE.total_seconds() + 2 * DAY)
        half = self.wanted.visits // 2
        await self.come(half)
        self.fleet.kill_rest()
        await self.come(self.wanted.visits - half)
        self.fleet.start_rest()
        await self.kill_parts()
        await self.catch_up()
        kills = ", ".join(f"{part} {self.killed[part]}" for part in Part)
        print(f"killed while it reported: {kills}", flush=True)
        altered, silent = self.members
        await self.loop.within(SECONDS, self.disable(silent))
        await self.loop.until(self.loop.time() + HOUR + QUARTER)
        before = self.copies("before")
        await self.loop.within(SECONDS, self.home.stop())
        alter(self.path(altered))
        await self.loop.within(SECONDS, self.home.start())
        await self.loop.until(self.loop.time() + QUARTER)
        if not await self.loop.within(SECONDS, self.is_unchanged(altered)):
            raise UnexpectedAnswerError("the altered log shows by itself")
        self.on_time()
        return compare(self.fleet, before, self.copies("after"))

    def on_time(self) -> None:
        """Show the database the time of the buildings."""
        assert self.fleet.clock is not None
        self.fleet.clock.move(self.clocks.now)

    async def move_in(self) -> None:
        """Set both buildings up, and connect them to the fleet."""
        site = await set_up(self.http, self.home.url, self.home.folder, self.push)
        self.owner = site.kept.logins["owner"]
        linden = Building(site.owner, site.kept.entry_id)
        elm, account = await self.build_another(site.owner)
        for id_, name, building, each in (
            ("linden", BUILDING, linden, site.kept.couriers[-1]),
            ("elm", ANOTHER_BUILDING, elm, account),
        ):
            # The proxy of the building's own address is left out.
            url = self.home.url + urlsplit(each.webhook_url).path
            courier = Courier(self.http, each.name, url, signer(each.key))
            self.members.append(Member(id_, building.entry_id, courier))
            await self.connect(building, self.fleet.add_building(id_, name))

    async def build_another(self, owner: User) -> tuple[Building, CourierAccount]:
        """Set up the other building, with one resident."""
        login = Login("ada", secrets.token_urlsafe(9))
        person = await add_person(owner, ADA, await add_user(owner, ADA, login))
        ada = await log_in(self.http, self.home.url, login)
        await self.push.connect(Phone(ADA, ada, secrets.token_hex(16)))
        building = await Building.open(owner, ANOTHER_BUILDING, "several", DEMO_DOOR)
        door_id = (await building.parts("door"))[DOOR]
        details = {"name": COURIER, "doors": [door_id], "rate_per_minute": 6000}
        account = await building.add_courier(details)
        await building.add_resident(
            {"name": ADA, "unit": OPEN_UNIT, "person": person}, {}
        )
        resident = (await building.parts("resident"))[ADA]
        async with ada.channel() as channel:
            await set_rules(channel, building.entry_id, resident, **RULES)
        return building, CourierAccount(
            account.name, account.webhook_url, account.key, 6000
        )

    async def connect(self, building: Building, token: str) -> None:
        """Connect a building to the fleet, and have it send its visits."""
        owner = building.owner
        form = await owner.choose_option(
            await owner.open_options_flow(building.entry_id), "fleet"
        )
        await owner.fill_options(form, {"address": self.relay.url, "token": token})
        await building.loaded()
        menu = await owner.choose_option(
            await owner.open_options_flow(building.entry_id), "fleet"
        )
        form = await owner.choose_option(menu, "fleet_visits")
        await owner.fill_options(form, {"send": True})
        await building.loaded()

    async def come(self, count: int) -> None:
        """Have couriers come to both buildings, so many times to each, one after the other."""
        tasks = [
            self.loop.create_task(self.visit(member, self.visits + each, APART * each))
            for member in self.members
            for each in range(count)
        ]
        self.visits += count
        await self.loop.until(self.loop.time() + count * APART)
        for task in tasks:
            task.result()

    async def visit(self, member: Member, number: int, after: float) -> None:
        """Have one courier come; each fourth was never announced."""
        await asyncio.sleep(after)
        name, now = f"grant-{number}", self.clocks.now
        is_known = number % 4 > 0
        if is_known:
            ends = now + timedelta(hours=1)
            issued = await member.courier.grant(name, [OPEN_UNIT], now, ends)
            assert issued.decision == "accepted", issued.source
        entered = await member.courier.enter(name)
        expected = "admitted" if is_known else "refused"
        assert entered.decision == expected, entered.source

    async def kill_parts(self) -> None:
        """Kill each part so many times, one after the other at random, while a report is sent."""
        strikes = [
            Strike(part, self.random.choice([*Moment]))
            for part in Part
            for _ in range(self.wanted.kills)
        ]
        self.random.shuffle(strikes)
        for strike in strikes:
            await self.come(1)
            self.relay.strike = strike
            self.relay.is_struck.clear()
            await self.loop.within(2 * HOUR, self.relay.is_struck.wait())
            if strike.part is Part.REPORTER:
                await self.loop.within(SECONDS, self.home.kill())
                self.relay.is_down.set()
                await self.loop.within(SECONDS, self.home.start())
                self.relay.is_down.clear()
            self.killed[strike.part] += 1

    async def catch_up(self) -> None:
        """Let time pass until the fleet has both logs, or can't have them anymore."""
        for _ in range(TRIES):
            await self.loop.until(self.loop.time() + QUARTER)
            rows = self.fleet.rows("select id, seq from fleet.buildings")
            if {str(row["id"]): row["seq"] for row in rows} == self.newest():
                return

    def newest(self) -> dict[str, object]:
        """Return the number of each ledger's newest record."""
        found: dict[str, object] = {}
        for member in self.members:
            with closing(sqlite3.connect(self.path(member))) as conn:
                [found[member.id]] = conn.execute(NEWEST).fetchone()
        return found

    def path(self, member: Member) -> Path:
        """Return where a building's ledger is."""
        return self.home.folder / f"{DOMAIN}_{member.entry_id}.db"

    def copies(self, name: str) -> dict[str, Path]:
        """Copy both ledgers as they are."""
        copied = {}
        for member in self.members:
            copied[member.id] = path = self.place / f"{member.id}-{name}.db"
            with (
                closing(sqlite3.connect(self.path(member))) as conn,
                closing(sqlite3.connect(path)) as copy,
            ):
                conn.backup(copy)
        return copied

    async def log_in(self) -> User:
        """Log in as the administrator: time moves past the life of tokens."""
        return await log_in(self.http, self.home.url, self.owner)

    async def disable(self, member: Member) -> None:
        """Have the administrator disable a building."""
        owner = await self.log_in()
        async with owner.channel() as channel:
            await channel.command(
                "config_entries/disable", entry_id=member.entry_id, disabled_by="user"
            )

    async def is_unchanged(self, member: Member) -> bool:
        """Return what a building says of its own log."""
        owner = await self.log_in()
        await Building(owner, member.entry_id).loaded()
        async with owner.channel() as channel:
            found = record(
                await channel.command(f"{DOMAIN}/verify", building=member.entry_id)
            )
        return found["intact"] is True


def run(wanted: Wanted, threads: Threads) -> Found:
    """Live; return what was found."""
    clocks = Clocks(BEGINS)
    loop = Loop(threads, clocks.move)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="fleet", dir=in_memory()) as place:
        # The database runs as somebody else.
        Path(place).chmod(0o755)
        return loop.run_until_complete(_run(Path(place), loop, clocks, threads, wanted))


async def _furnish(hass: HomeAssistant) -> None:
    """Add the resident's notify action, which the demo has in its configuration."""

    async def take(_call: ServiceCall) -> None:
        """Take a notification."""

    hass.services.async_register("notify", LETTERBOX, take)


async def _run(
    place: Path, loop: Loop, clocks: Clocks, threads: Threads, wanted: Wanted
) -> Found:
    home_folder = place / "home"
    home_folder.mkdir()
    home = Home(home_folder, threads, _furnish)
    clock = MovedClock(place / "clock")
    random, push = Random(wanted.seed), PushService()
    connector = aiohttp.TCPConnector(force_close=True)
    clocks.freeze()
    clock.move(clocks.now)
    with Fleet.running(clock=clock) as fleet:
        relay = Relay(fleet, random, lambda: clock.move(clocks.now))
        async with (
            push.served(),
            relay.served(),
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            ) as http,
        ):
            locate(home.folder)
            await loop.within(SECONDS, home.start())
            try:
                return await Weeks(
                    place,
                    home,
                    loop,
                    clocks,
                    fleet,
                    relay,
                    http,
                    push,
                    random,
                    wanted,
                ).live()
            finally:
                if home.hass is not None:
                    await loop.within(SECONDS, home.stop())
