"""What happens in a house in a year: decisions, holidays, moves, restarts, failures, a backup, a restore."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry

from ... import consent as panel
from ...answers import record, records, text
from .home import DOMAIN, ENTRY
from .house import COURIERS, DOORS, KEYLESS, House
from .oracle import DAYS, ZONE, Closed, Consent, Proof, Windows, Wishes
from .outside import add_mailbox
from .people import LATER, Resident, Way
from .visits import able, command, until

WEEKS: Sequence[Windows] = (
    dict.fromkeys(DAYS, ((8 * 60, 20 * 60),)),
    dict.fromkeys(DAYS, ((0, 24 * 60),)),
    dict.fromkeys(DAYS[:5], ((7 * 60, 12 * 60), (14 * 60, 21 * 60))),
    dict.fromkeys(DAYS[:6], ((9 * 60, 18 * 60),)),
    dict.fromkeys(DAYS, ((2 * 60, 3 * 60), (10 * 60, 19 * 60))),
)
"""What hours residents have: by day, always, at work, but on Sundays, and in the hour that the clocks change."""
HOLIDAYS = (
    (12, 25),
    (12, 26),
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
)


def written(windows: Windows) -> dict[str, list[dict[str, str]]]:
    """Write hours as actions read them."""
    return {
        day: [{"from": _clock(start), "to": _clock(end)} for start, end in spans]
        for day, spans in windows.items()
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


async def set_rules(house: House, resident: Resident, **rules: object) -> None:
    """Let a resident decide something."""
    await house.user(resident).ask(
        f"{DOMAIN}.set_rules", {"device_id": house.home.device(resident.part), **rules}
    )


async def say_yes(house: House, resident: Resident, **rules: object) -> None:
    """Let a resident consent to the text that the panel shows them, and set more rules with it."""
    async with house.user(resident).channel() as channel:
        await panel.set_rules(channel, ENTRY, resident.part, consent=True, **rules)


async def consent(house: House, resident: Resident) -> None:
    """Let a resident consent, by themselves or on paper."""
    random, wishes = house.random, resident.wishes
    windows = random.choice(WEEKS)
    if not resident.has_login:
        await paper(house, resident, windows, yes=True)
    else:
        digest = random.choice((None, None, None, "19:30"))
        more = {} if digest is None else {"digest_at": digest}
        await say_yes(house, resident, windows=written(windows), **more)
    wishes.consent, wishes.windows = Consent.GIVEN, windows
    house.counts["consents given"] += 1


async def paper(
    house: House, resident: Resident, windows: Windows, *, yes: bool
) -> None:
    """Let the administrator record what a resident without an account decided on paper."""
    part = house.home.entry.subentries[resident.part]
    decided = {
        "id": f"paper-{house.random.randrange(10**9)}",
        "decided_on": house.now.date().isoformat(),
        "consent": yes,
        "windows": {
            day: [{"from": f"{a}:00", "to": f"{b}:00"} for a, b in _spans(spans)]
            for day, spans in windows.items()
        },
    }
    house.disturb(30)
    house.home.running.config_entries.async_update_subentry(
        house.home.entry, part, data={**part.data, "paper": decided}
    )
    await asyncio.sleep(10)


def _spans(spans: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    return [(_clock(start), _clock(end)) for start, end in spans]


async def withdraw(house: House, at: datetime) -> None:
    """Let a resident withdraw their consent, and give it again some days later."""
    await until(house, at)
    resident = able(house)
    if resident is None:
        return
    await set_rules(house, resident, consent=False)
    resident.wishes.consent = Consent.WITHDRAWN
    house.counts["consents withdrawn"] += 1
    await asyncio.sleep(house.random.choice((1, 3, 10)) * 86400)
    await house.calm()
    if resident.until is None and resident.wishes.consent is Consent.WITHDRAWN:
        await consent(house, resident)


async def decide(house: House, at: datetime) -> None:
    """Let a resident change their rules."""
    await until(house, at)
    resident, random = able(house), house.random
    if resident is None:
        return
    wishes = resident.wishes
    match random.randrange(5):
        case 0:
            windows = random.choice(WEEKS)
            await set_rules(house, resident, windows=written(windows))
            wishes.windows = windows
        case 1:
            attitude = random.choice(("allow", "allow", "ask", "deny"))
            couriers = {random.choice(COURIERS): attitude}
            await set_rules(house, resident, couriers=couriers)
            wishes.couriers = couriers
        case 2:
            # Who has no phone can't be asked.
            default = "ask" if resident.has_phone and random.random() < 0.4 else "allow"
            await set_rules(house, resident, default=default)
            wishes.default = default
        case 3:
            weakest = random.choice(
                (Proof.PASS, Proof.PASS, Proof.PARCEL_NUMBER, Proof.SIGNED)
            )
            await set_rules(house, resident, default_proof=weakest.name.lower())
            wishes.weakest = weakest
        case 4:
            first = house.now.astimezone(ZONE).date() + timedelta(days=1)
            closed = [
                Closed(first, first + timedelta(days=random.randrange(5))),
                *holidays(first),
            ]
            await set_rules(
                house, resident, exceptions=[_exception(each) for each in closed]
            )
            wishes.closed = closed
    house.counts["decisions"] += 1


def holidays(since: date) -> list[Closed]:
    """Return the public holidays of a year, on which couriers may come in the morning or not at all."""
    coming = sorted(
        day
        for year in (since.year, since.year + 1)
        for month, number in HOLIDAYS
        if since + timedelta(days=6)
        < (day := date(year, month, number))
        < since + timedelta(days=360)
    )
    return [
        Closed(day, day, ((8 * 60, 11 * 60),) if day.month == 12 else ())
        for day in coming
    ]


def _exception(closed: Closed) -> dict[str, object]:
    dates: dict[str, object] = {
        "from": closed.first.isoformat(),
        "to": closed.last.isoformat(),
    }
    if closed.windows:
        dates["windows"] = [
            {"from": _clock(start), "to": _clock(end)} for start, end in closed.windows
        ]
    return dates


async def pause(house: House, at: datetime) -> None:
    """Let a resident pause their home, or the whole building."""
    await until(house, at)
    resident = able(house)
    if resident is None:
        return
    unit = resident.unit if house.random.random() < 0.7 else None
    ends = house.now + timedelta(hours=house.random.choice((1, 4, 12)))
    fields = {} if unit is None else {"unit": unit}
    await house.user(resident).act(
        f"{DOMAIN}.pause",
        {"entity_id": house.home.entity("switch"), "until": ends.isoformat(), **fields},
    )
    house.pauses[None if unit is None else unit.lower()] = ends
    house.counts["pauses"] += 1


async def order(house: House, resident: Resident, sensor: str) -> None:
    """Let a resident announce their parcels automatically."""
    await command(
        house,
        resident,
        "orders/set",
        resident=resident.part,
        sensors=[sensor],
        courier=KEYLESS,
        door=DOORS["Lobby"],
        most_per_day=2,
    )
    house.orders.append(resident)
    house.counts["standing orders"] += 1


# Moving


def part(house: House, resident: Resident) -> ConfigSubentry:
    """Describe a resident as the administrator's form stores them."""
    app = {"kind": "person_apps"}
    mailbox = {"kind": "action", "value": f"notify.{resident.name.lower()}"}
    targets = [
        *([app] if resident.has_phone else []),
        *([mailbox] if resident.way is not Way.PHONE else []),
    ]
    data = {
        "unit": resident.unit,
        "person": resident.person,
        "language": "en",
        "targets": targets,
    }
    return ConfigSubentry(
        data=MappingProxyType(data),
        subentry_id=resident.part,
        subentry_type="resident",
        title=resident.name,
        unique_id=None,
    )


async def introduce(house: House, resident: Resident) -> None:
    """Give a resident an account, a person, and a phone, or a mailbox."""
    if resident.has_login:
        login, resident.token = await house.log_in(resident.name)
        house.hands.add(login.id)
        resident.person = await house.person(resident.name, login)
    if resident.has_phone:
        await house.connect(resident)
    if resident.way is not Way.PHONE:
        add_mailbox(house, house.home.running, resident)


async def move(house: House, at: datetime) -> None:
    """Let somebody move out, and somebody else move in some hours later."""
    await until(house, at)
    if not house.is_up:
        return
    random = house.random
    leaves = random.choice(house.living())
    house.disturb(60)
    house.home.running.config_entries.async_remove_subentry(
        house.home.entry, leaves.part
    )
    leaves.until = house.now
    house.counts["moved out"] += 1
    await asyncio.sleep(random.choice((600, 7200)))
    await house.calm()
    number = house.counts["moved in"]
    name = LATER[number % len(LATER)] + ("" if number < len(LATER) else str(number))
    arrives = Resident(name, leaves.unit, random.choice(tuple(Way)), house.now)
    await introduce(house, arrives)
    arrives.since = house.now
    house.residents.append(arrives)
    house.disturb(60)
    house.home.running.config_entries.async_add_subentry(
        house.home.entry, part(house, arrives)
    )
    house.counts["moved in"] += 1
    await asyncio.sleep(random.choice((60, 3600)))
    await settle_in(house, arrives)


async def settle_in(house: House, resident: Resident) -> None:
    """Let those of the home confirm a resident, who then consents."""
    await house.calm()
    await confirm(house)
    if resident.until is None and resident.counts:
        await consent(house, resident)


async def confirm(house: House) -> None:
    """Let residents confirm those of their home who were added; who isn't pending counts."""
    for confirming in house.living():
        if not confirming.has_login:
            continue
        for pending in await _pending(house, confirming):
            if pending != confirming.part:
                await command(house, confirming, "residents/confirm", resident=pending)
                house.counts["residents confirmed"] += 1
    pending_parts = {
        each
        for one in house.living()
        if one.has_login
        for each in await _pending(house, one)
    }
    for each in house.living():
        each.counts = each.part not in pending_parts


async def _pending(house: House, resident: Resident) -> list[str]:
    async with house.user(resident).channel() as channel:
        overview = record(await channel.command(f"{DOMAIN}/overview"))
    [building] = records(overview["buildings"])
    return [text(each, "resident") for each in records(building["pending_residents"])]


async def replace_person(house: House, at: datetime) -> None:
    """Let a resident get another person in Home Assistant: what they decided no longer counts."""
    await until(house, at)
    resident = able(house)
    if resident is None or resident.has_phone:
        return
    login, token = await house.log_in(f"{resident.name} again")
    person = await house.person(f"{resident.name} again", login)
    house.hands.add(login.id)
    kept = house.home.entry.subentries[resident.part]
    house.disturb(60)
    resident.token, resident.person = token, person
    resident.wishes, resident.counts = Wishes(), False
    house.home.running.config_entries.async_update_subentry(
        house.home.entry, kept, data={**kept.data, "person": person}
    )
    house.counts["persons replaced"] += 1
    await asyncio.sleep(120)
    await settle_in(house, resident)


# Failures


async def fail_pushes(house: House, at: datetime) -> None:
    """Let phones, or a mailbox, be out of reach for an hour or most of a day."""
    await until(house, at)
    ends = house.now + house.random.choice(
        (timedelta(hours=1), timedelta(hours=1), timedelta(hours=20))
    )
    if house.random.random() < 0.4:
        house.pushes_fail_until = ends
    else:
        resident = house.random.choice(
            [each for each in house.living() if not each.has_phone]
        )
        resident.fails_until = ends
    house.counts["pushes failed for a time"] += 1


async def restart(house: House, at: datetime, *, kills: bool) -> None:
    """Let Home Assistant restart, in order or not."""
    await until(house, at)
    if not house.is_up or house.is_faulty:
        return
    await go_down(house, kills=kills)
    await asyncio.sleep(house.random.choice((5, 60, 900)))
    await come_up(house)


async def go_down(house: House, *, kills: bool) -> None:
    """Stop or kill Home Assistant."""
    house.memory.stops()
    house.disturb(3600)
    house.is_up = False
    house.downs.append(house.now)
    if kills:
        house.generation += 1
        await house.home.kill()
        house.counts["kills"] += 1
        return
    await house.home.stop()
    house.generation += 1
    house.counts["restarts in order"] += 1
    if not house.is_locked:
        house.fault("the lobby is unlocked after Home Assistant stopped in order")


async def come_up(house: House) -> None:
    """Start Home Assistant, and see that the lobby is locked soon."""
    await house.home.start()
    house.is_up = True
    house.memory.started()
    house.faulty_until = house.now + timedelta(minutes=3)
    house.loop.call_later(60, house.watch.see_locked_after_start)
