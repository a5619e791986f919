"""Lives a year in the house of eight homes, one day after the other."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
import json
from pathlib import Path
from random import Random
import sqlite3
import tempfile
from types import MappingProxyType

import aiohttp
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigSubentryDataWithId,
)

from ...places import ROOT, in_memory
from . import events, figures, upkeep, visits
from .counted import Counted
from .home import DOMAIN, ENTRY, OUTSIDE, Home
from .house import (
    COURIERS,
    DOORS,
    KEYLESS,
    KEYS,
    OWN_KEY,
    SIGN,
    House,
    address_of,
    part_of,
)
from .oracle import ZONE, Consent
from .outside import PARCELS, RELAY, furnish
from .people import FIRST, Resident
from .time_machine import Clocks, Loop, Threads, real_seconds

STORED = ROOT / "tests" / "ledger" / "stored" / "v1.sql"
"""A ledger that the first version wrote, with an entry half done; here it becomes the house's."""
QUIET = 3
"""How many days pass at the end without anything but what residents go on with."""


type Happening = Callable[[House, datetime], Coroutine[object, object, None]]

DAILY: tuple[tuple[Happening, float], ...] = (
    (visits.signed, 3.2),
    (visits.driver, 1.2),
    (visits.parcel, 0.5),
    (visits.other, 0.5),
    (visits.stranger, 0.3),
    (visits.by_hand, 0.3),
    (events.decide, 0.5),
    (events.pause, 0.15),
    (events.withdraw, 0.12),
    (events.fail_pushes, 0.1),
    (events.move, 1 / 25),
    (events.replace_person, 1 / 60),
    (upkeep.fill_disk, 1 / 40),
)
"""What happens, and how often a day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many days, from which seed, for how many real seconds."""

    days: int
    seed: int
    seconds: float
    begins: date
    hurry: int
    """How many times as often what is rare happens."""


def subentry(
    kind: str, part: str, title: str, **data: object
) -> ConfigSubentryDataWithId:
    """Describe a part of the building as the first version stored it, with its name in its data, too."""
    return ConfigSubentryDataWithId(
        data={"name": title, **data},
        subentry_type=kind,
        title=title,
        unique_id=None,
        subentry_id=part,
    )


def parts(house: House) -> Iterator[ConfigSubentryDataWithId]:
    """Describe doors, couriers, other access, and residents."""
    openers = {
        "Lobby": {"opener_kind": "entity", "opener": "lock.bolt"},
        "Garage": {"opener_kind": "demo"},
    }
    for name, key in DOORS.items():
        yield subentry(
            "door",
            key,
            name,
            key=name.lower(),
            unlock_seconds=5,
            operation="unlock",
            **openers[name],
        )
    for name in COURIERS:
        keys = {**KEYS, OWN_KEY: house.own.public}
        data = {
            "doors": list(DOORS.values()),
            "longest_grant_hours": 12,
            "rate_per_minute": 60,
            "enabled": True,
            "webhook_id": address_of(name),
            "keys": [] if name == KEYLESS else [{"key": keys[name], "ends_at": None}],
        }
        yield subentry("courier", part_of(name), name, **data)
    yield subentry(
        "observed",
        "observed-key",
        "Amazon Key",
        door=DOORS["Lobby"],
        cool_down=30,
        source=RELAY,
        event_types=[],
    )
    for resident in house.residents:
        described = events.part(house, resident)
        yield subentry(
            "resident", described.subentry_id, described.title, **described.data
        )


async def begin(house: House) -> None:
    """Set the house up with what the first version had stored, which is upgraded by that."""
    await house.home.start()
    house.is_up = True
    login, house.owner_token = await house.log_in("Owner", is_admin=True)
    house.hands.add(login.id)
    await house.home.running.config.async_update(external_url=OUTSIDE)
    for name, unit, way in FIRST:
        resident = Resident(name, unit, way, house.now)
        house.residents.append(resident)
        await events.introduce(house, resident)
    with sqlite3.connect(house.home.ledger) as conn:
        conn.executescript(STORED.read_text())
    conn.close()
    sheet = {DOORS["Lobby"]: {"page": "pageOfTheLobby0123456w", "sign": SIGN}}
    pages = {"language": "en", "doors": sheet}
    entry: ConfigEntry[object] = ConfigEntry(
        version=1,
        minor_version=1,
        domain=DOMAIN,
        title="12 Elm Street",
        data={"household": "several", "retention_days": 30, "door_pages": pages},
        options={},
        source=SOURCE_USER,
        unique_id=None,
        discovery_keys=MappingProxyType({}),
        subentries_data=list(parts(house)),
        entry_id=ENTRY,
    )
    await house.home.running.config_entries.async_add(entry)


async def settle(house: House) -> None:
    """Let everybody be confirmed, and most consent."""
    if (minor := house.home.entry.minor_version) != 7:
        house.fault(f"the building has version {minor} after its upgrade")
    house.counts["upgrades"] += 1
    house.at_first = house.home.ledger.stat().st_size
    house.watch.start_reading()
    await events.confirm(house)
    for resident in house.living():
        if resident.counts:
            await events.consent(house, resident)
    givers = [
        each
        for each in house.living()
        if each.has_login and each.wishes.consent is Consent.GIVEN
    ]
    for resident, sensor in zip(givers, PARCELS, strict=False):
        await events.order(house, resident, sensor)


def plan(house: House, number: int, hurry: int) -> None:
    """Let the events of a day begin."""
    random, midnight = house.random, house.now
    for happening, rate in DAILY:
        for _ in range(_poisson(random, rate if rate >= 0.5 else rate * hurry)):
            # Couriers come by day, some of them by night.
            hour = (
                random.uniform(7, 22)
                if random.random() < 0.93
                else random.uniform(0, 23.9)
            )
            house.begin(happening(house, midnight + timedelta(hours=hour)))
    if number % max(2, 7 // hurry) == 1:
        at = midnight + timedelta(hours=random.uniform(6, 23))
        house.begin(events.restart(house, at, kills=random.random() < 0.5))
    if _changes(midnight.astimezone(ZONE).date()):
        house.counts["changes of the clocks"] += 1
        for minutes in range(30, 300, 15):
            house.begin(visits.signed(house, midnight + timedelta(minutes=minutes)))
    if number % (30 // hurry) == 20 // hurry:
        restores = number == 200 // hurry
        house.begin(
            upkeep.back_up(house, midnight + timedelta(hours=2), restores=restores)
        )
    if number == 100 // hurry:
        house.begin(upkeep.lock_file(house, midnight + timedelta(hours=11)))


def _changes(day: date) -> bool:
    before, after = (datetime.combine(day, clock, ZONE) for clock in (time(), time(12)))
    return before.utcoffset() != after.utcoffset()


def _poisson(random: Random, rate: float) -> int:
    count, left = 0, random.expovariate(1.0)
    while left < rate:
        count, left = count + 1, left + random.expovariate(1.0)
    return count


async def live(house: House, wanted: Wanted, counted: Counted) -> int:
    """Live so many days, or as many as there is time for; return how many."""
    began, house.hurry = real_seconds(), wanted.hurry
    await house.loop.within(300, begin(house))
    await house.loop.until(house.loop.time() + 120)
    await house.loop.within(300, settle(house))
    days, shown = 0, 0
    while days < wanted.days and real_seconds() - began < wanted.seconds:
        plan(house, days, wanted.hurry)
        await to_midnight(house)
        await end_day(house, days * wanted.hurry)
        days += 1
        for fault in house.wrong[shown:]:
            tell(wrong=fault)
        shown = len(house.wrong)
        if days % 10 == 0 or days == wanted.days:
            tell(day=days, entries=house.watch.entries, broken=shown)
    # Nobody comes anymore: what is left arrives, however late it is.
    for _ in range(QUIET):
        await to_midnight(house)
        await end_day(house, 0)
    return days


def tell(**what: object) -> None:
    """Report something to the process that started this one."""
    print(json.dumps(what), flush=True)


async def to_midnight(house: House) -> None:
    """Let time pass until the day ends by the clock on the wall."""
    wall = house.now.astimezone(ZONE).date() + timedelta(days=1)
    midnight = datetime.combine(wall, time(), ZONE).astimezone(UTC)
    left = (midnight - house.now).total_seconds()
    await house.loop.until(house.loop.time() + left)


async def end_day(house: House, number: int) -> None:
    """See what must be true at the end of a day."""
    house.pushes.forget()
    if house.is_up:
        house.watch.end_day()
        if number % 7 == 6 or house.hurry > 1:
            house.watch.search_bytes()
        if number % 30 >= 29 - (house.hurry - 1):
            await house.loop.within(600, upkeep.see_exports(house))
    now = house.now
    house.deliveries = [
        each for each in house.deliveries if each.ends > now - timedelta(days=1)
    ]
    house.yeses = house.yeses[-40:]


def run(wanted: Wanted, threads: Threads, counted: Counted) -> dict[str, object]:
    """Live; return the figures."""
    clocks = Clocks(datetime.combine(wanted.begins, time(), ZONE).astimezone(UTC))
    loop = Loop(threads, clocks.move)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="year", dir=in_memory()) as place:
        return loop.run_until_complete(
            _run(Path(place), loop, clocks, wanted, threads, counted)
        )


async def _run(
    place: Path,
    loop: Loop,
    clocks: Clocks,
    wanted: Wanted,
    threads: Threads,
    counted: Counted,
) -> dict[str, object]:
    clocks.freeze()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        home = Home(place, threads, lambda hass: furnish(house, hass))
        house = House(home, loop, clocks, Random(wanted.seed), http)
        house.watch.counted = counted
        async with house.pushes.served():
            days = await live(house, wanted, counted)
            found = figures.of(house, days, counted)
            for task in house.tasks:
                task.cancel()
            if house.home.hass is not None:
                await loop.within(300, house.home.stop())
    return found
