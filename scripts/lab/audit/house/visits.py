"""Who comes to the door: couriers with signed messages, drivers with codes, rings, parcels, others, and strangers."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
import re
from urllib.parse import urljoin

from ...answers import Record, UnexpectedAnswerError, is_waiting, record, text
from .home import DOMAIN, ENTRY, OUTSIDE
from .house import DOORS, KEYLESS, KEYS, OWN_KEY, SIGN, Delivery, House, consents
from .oracle import Proof, Verdict
from .outside import PARCELS, RELAY, list_parcel
from .people import UNITS, Resident

HOUR = timedelta(hours=1)
SIGNING = (*KEYS, OWN_KEY)
ANNOUNCED_WITHIN = timedelta(minutes=7)
"""How long before a visit a delivery must be accepted for its announcement to have arrived before it."""


async def until(house: House, at: datetime) -> None:
    """Wait until then."""
    await asyncio.sleep(max(0.0, (at - house.now).total_seconds()))


async def signed(house: House, at: datetime) -> None:
    """Let a courier's back end announce a delivery, and its driver come with a signed message."""
    random = house.random
    delivery = await announce(house, at, random.choice(SIGNING))
    if delivery is None:
        return
    chance = random.random()
    if chance < 0.08:
        await veto(house, delivery)
    elif chance < 0.12:
        courier = house.couriers[delivery.courier]
        answer = await house.send(
            courier, courier.compose("grant.revoked", {"grant_id": delivery.grant_id})
        )
        delivery.is_over = answer is None or answer.decision == "revoked"
    await until(house, at)
    for _ in range(random.choice((1, 1, 1, 2))):
        await enter(house, delivery)
        await asyncio.sleep(random.uniform(30, 300))


async def announce(house: House, at: datetime, courier: str) -> Delivery | None:
    """Announce a delivery for about that time, some time before; return it if it was accepted."""
    random = house.random
    await until(house, at - timedelta(minutes=random.choice((2, 10, 40, 120))))
    units = random.sample(
        sorted({each.unit for each in house.living()}), random.choice((1, 1, 1, 2))
    )
    door = random.choice(("Lobby", "Lobby", "Garage"))
    starts = min(house.now, at - timedelta(minutes=30))
    most = random.choice((1, 1, 2))
    delivery = Delivery(
        courier,
        house.token("gr"),
        house.token("PKT"),
        DOORS[door],
        units,
        starts,
        at + random.choice((1, 2, 3)) * HOUR,
        house.now,
        most,
    )
    sender = house.couriers[courier]
    answer = await house.send(
        sender,
        sender.compose(
            "grant.issued",
            {
                "grant_id": delivery.grant_id,
                "units": units,
                "starts_at": starts.isoformat(),
                "ends_at": delivery.ends.isoformat(),
                "max_entries": most,
                "parcel_ref": delivery.parcel,
                "door": door.lower(),
            },
        ),
    )
    house.counts["deliveries"] += 1
    if answer is None or answer.decision != "accepted":
        if answer is not None:
            house.counts[f"delivery refused: {answer.reason}"] += 1
        return None
    accepted = answer.body["units"]
    assert isinstance(accepted, list)
    delivery.units = [str(unit).lower() for unit in accepted]
    house.deliveries.append(delivery)
    return delivery


async def enter(house: House, delivery: Delivery) -> None:
    """Let a driver's back end ask to enter, and see whether the answer is right."""
    courier = house.couriers[delivery.courier]
    driver = house.token("drv")
    message = courier.compose(
        "entry.requested", {"grant_id": delivery.grant_id, "driver_ref": driver}
    )
    house.use(delivery.grant_id, delivery.parcel)
    before, was_faulty = judged(house, delivery, Proof.SIGNED), house.is_faulty
    answer = await house.send(courier, message)
    if answer is None:
        house.watch.lost += 1
        house.counts["given up"] += 1
        return
    if answer.decision == "admitted":
        house.admitted(
            text(answer.body, "entry_id"),
            delivery.units,
            delivery.courier,
            Proof.SIGNED,
        )
        see_usable(house, delivery)
        delivery.uses_left -= 1
        see_announced(house, delivery)
        if house.random.random() < 0.1:
            again = await house.send(courier, message)
            if (
                again is not None
                and again.body.get("entry_id") != answer.body["entry_id"]
            ):
                house.fault(
                    f"a message sent again was answered otherwise: {again.source}"
                )
        return
    house.counts[f"refused: {answer.reason}"] += 1
    is_faulty = was_faulty or house.is_faulty
    if (
        before is Verdict.YES
        and judged(house, delivery, Proof.SIGNED) is Verdict.YES
        and not is_faulty
    ):
        house.fault(
            f"{delivery.courier} was refused ({answer.reason}) though {said_by(house, delivery)}"
        )


def said_by(house: House, delivery: Delivery) -> str:
    """Return what there is to know about homes that allow a delivery."""
    members = [
        f"{each.part} (counts: {each.counts}): {each.wishes}"
        for unit in delivery.units
        for each in house.living(unit)
    ]
    return f"{delivery.units} allow {delivery}: {'; '.join(members)}"


def judged(house: House, delivery: Delivery, proof: Proof) -> Verdict:
    """Return what the homes of a delivery say now."""
    if not delivery.is_current(house.now):
        return Verdict.NO
    return house.verdict(delivery.units, delivery.courier, proof)


def see_usable(house: House, delivery: Delivery) -> None:
    """See that a delivery by which somebody came in was still one."""
    if delivery.is_over or not delivery.starts <= house.now < delivery.ends + timedelta(
        seconds=30
    ):
        house.fault(
            f"{delivery.courier} came in by a delivery that is over or not current"
        )
    if delivery.uses_left <= 0:
        house.fault(f"{delivery.courier} came in more often than it may")


def see_announced(house: House, delivery: Delivery) -> None:
    """See that those whose delivery it is heard of it before their door opened."""
    if house.is_faulty or house.now - delivery.at < ANNOUNCED_WITHIN:
        return
    for unit in delivery.units:
        for resident in house.living(unit):
            is_reached = (
                resident.fails_until is None or resident.fails_until < delivery.at
            )
            if not resident.counts or resident.since > delivery.at or not is_reached:
                continue
            pushed_since = house.pushes_fail_until or delivery.at - HOUR
            if resident.has_phone and pushed_since > delivery.at - timedelta(minutes=5):
                continue
            house.counts["announcements seen"] += 1
            if not any(delivery.parcel in each.message for each in resident.received):
                house.fault(
                    f"{resident.name} of {unit} heard nothing of {delivery.parcel} before the door opened"
                )


async def veto(house: House, delivery: Delivery) -> None:
    """Let a resident veto a delivery to their home."""
    able = [
        each
        for unit in delivery.units
        for each in house.living(unit)
        if each.has_login and each.counts
    ]
    if not able or not house.is_up:
        return
    resident = house.random.choice(able)
    await house.user(resident).act(
        f"{DOMAIN}.veto_grant",
        {
            "device_id": house.home.device(ENTRY),
            "courier": delivery.courier,
            "grant_id": delivery.grant_id,
            "unit": resident.unit,
        },
    )
    house.counts["vetoes"] += 1
    delivery.units.remove(resident.unit.lower())


async def command(
    house: House, who: Resident, name: str, /, **fields: object
) -> Record:
    """Let a resident give a command over WebSocket."""
    async with house.user(who).channel() as channel:
        return record(
            await channel.command(f"{DOMAIN}/{name}", building=ENTRY, **fields) or {}
        )


async def expect(house: House, resident: Resident) -> Delivery | None:
    """Let a resident expect a parcel from a courier that sends nothing."""
    delivery = Delivery(
        KEYLESS,
        "",
        house.token("PKT"),
        DOORS["Lobby"],
        [resident.unit.lower()],
        house.now,
        house.now + 4 * HOUR,
        house.now,
    )
    issued = await house.user(resident).ask(
        f"{DOMAIN}.issue_grant",
        {
            "device_id": house.home.device(delivery.door),
            "courier": KEYLESS,
            "units": [resident.unit],
            "ends_at": delivery.ends.isoformat(),
            "parcel_ref": delivery.parcel,
        },
    )
    house.counts["deliveries"] += 1
    if issued["decision"] != "accepted":
        return None
    delivery.grant_id = text(issued, "grant_id")
    house.deliveries.append(delivery)
    return delivery


def able(house: House) -> Resident | None:
    """Return a resident with an account who consents."""
    found = [each for each in house.living() if each.has_login and consents(each)]
    return house.random.choice(found) if found and house.is_up else None


async def driver(house: House, at: datetime) -> None:
    """Let a resident expect a parcel, and its driver show something at the door."""
    random = house.random
    await until(house, at - timedelta(minutes=random.choice((9, 30, 90))))
    resident = able(house)
    if resident is None:
        return
    delivery = await expect(house, resident)
    if delivery is None:
        return
    named = {"courier": delivery.courier, "grant_id": delivery.grant_id}
    chance = random.random()
    if chance < 0.45:
        made = await command(house, resident, "passes/make", **named)
        await until(house, at)
        await show(house, delivery, Proof.PASS, pin=made["pin"])
    elif chance < 0.65:
        made = await command(house, resident, "passes/make", **named)
        await until(house, at)
        await follow_link(
            house, delivery, text(made, "link").replace(OUTSIDE, house.home.url)
        )
    elif chance < 0.8:
        made = await command(
            house, resident, "address_code/renew", resident=resident.part
        )
        await until(house, at)
        await show(
            house, delivery, Proof.ADDRESS_CODE, address_code=made["address_code"]
        )
    elif chance < 0.9:
        await until(house, at)
        await show(house, delivery, Proof.PARCEL_NUMBER, parcel_number=delivery.parcel)
    else:
        await until(house, at)
        await ring(house)
    house.use(delivery.grant_id, delivery.parcel)


async def shown(house: House, data: Mapping[str, object]) -> Record | None:
    """Call the action that a keypad's or a bell's automation calls; None if there was no answer."""
    if not house.is_up:
        return None
    generation = house.generation
    try:
        answer = await house.owner.ask(f"{DOMAIN}.request_entry", data)
    except UnexpectedAnswerError, OSError, TimeoutError:
        answer = None
    if generation != house.generation or answer is None:
        house.watch.lost += 1
        house.counts["given up"] += 1
        return None
    return answer


async def show(house: House, delivery: Delivery, proof: Proof, **what: object) -> None:
    """Let a driver type something, and see whether the answer is right."""
    before, was_faulty = judged(house, delivery, proof), house.is_faulty
    answer = (
        await shown(house, {"device_id": house.home.device(delivery.door), **what})
        if house.is_up
        else None
    )
    if answer is None:
        return
    if answer["decision"] == "admitted":
        house.admitted(
            text(answer, "entry_id"), delivery.units, delivery.courier, proof
        )
        see_usable(house, delivery)
        delivery.uses_left -= 1
        see_announced(house, delivery)
        return
    house.counts[f"refused: {answer['reason']}"] += 1
    is_faulty = was_faulty or house.is_faulty
    if (
        before is Verdict.YES
        and judged(house, delivery, proof) is Verdict.YES
        and not is_faulty
    ):
        house.fault(
            f"a driver was refused ({answer['reason']}) by {proof.name} though"
            f" {said_by(house, delivery)}"
        )


async def follow_link(house: House, delivery: Delivery, link: str) -> None:
    """Let a driver open the door on the page of a pass."""
    if not house.is_up:
        return
    before, generation = judged(house, delivery, Proof.PASS), house.generation
    try:
        async with house.http.get(link) as page:
            once = re.search(r'name="once" value="([^"]+)"', await page.text())
        if once is None:
            house.counts["pages without a button"] += 1
            return
        async with house.http.post(
            link, data={"once": once[1], "sign": SIGN}, allow_redirects=False
        ) as sent:
            there = urljoin(link, sent.headers.get("Location", ""))
        said = await _read(house, there)
    except OSError, TimeoutError, ValueError:
        said = ""
    if generation != house.generation or not said:
        house.watch.lost += 1
        return
    is_open = "The door is open" in said
    house.counts["links let in" if is_open else "links in vain"] += 1
    if not is_open:
        if (
            before is Verdict.YES
            and judged(house, delivery, Proof.PASS) is Verdict.YES
            and not house.is_faulty
        ):
            house.fault(f"a link did not open though {said_by(house, delivery)}")
        return
    [(entry_id,)] = house.home.rows(
        "SELECT entry_id FROM entries WHERE decision = 'admitted' ORDER BY seq DESC LIMIT 1"
    )
    house.admitted(str(entry_id), delivery.units, delivery.courier, Proof.PASS)
    see_usable(house, delivery)
    delivery.uses_left -= 1


async def _read(house: House, there: str) -> str:
    """Read a page that refreshes itself until it says something; nobody waits longer than three minutes."""
    for _ in range(36):
        async with house.http.get(there) as page:
            said = await page.text()
        if not is_waiting(said):
            return said
        await asyncio.sleep(5)
    return said


async def ring(house: House) -> None:
    """Let a driver ring at the lobby's own bell."""
    if not house.is_up:
        return
    lobby = DOORS["Lobby"]
    answer = await shown(house, {"device_id": house.home.device(lobby), "ring": True})
    if answer is None:
        return
    if answer["decision"] != "admitted":
        house.counts[f"ring refused: {answer['reason']}"] += 1
        return
    entry_id = text(answer, "entry_id")
    house.watch.admitted[entry_id] = house.now
    house.counts["admitted"] += 1
    house.counts["admitted by ring"] += 1
    # Which delivery it was, and for whom, stands in the file.
    [(courier, grant_id)] = house.home.rows(
        "SELECT courier_name, grant_id FROM entries WHERE entry_id = ?", entry_id
    )
    allow = [
        each
        for each in map(str.lower, UNITS)
        if house.verdict([each], str(courier), Proof.RING) is not Verdict.NO
    ]
    if not house.said_yes(allow):
        house.fault(f"a ring was let in though nobody who allows {courier} said yes")
    for delivery in house.deliveries:
        if delivery.grant_id == grant_id:
            see_usable(house, delivery)
            delivery.uses_left -= 1


async def parcel(house: House, at: datetime) -> None:
    """Let a parcel of a standing order go out for delivery, and its driver come with its number."""
    random = house.random
    await until(house, at - timedelta(minutes=random.choice((15, 60))))
    if not house.is_up:
        return
    sensor = random.choice(PARCELS)
    barcode = house.token("JD")
    expected = house.now + random.choice((-HOUR, HOUR))
    list_parcel(house.home.running, sensor, barcode, at=expected)
    house.counts["parcels on the way"] += 1
    await until(house, at)
    if house.is_away():
        return
    lobby = DOORS["Lobby"]
    if random.random() < 0.7:
        answer = await shown(
            house, {"device_id": house.home.device(lobby), "parcel_number": barcode}
        )
        if answer is not None and answer["decision"] == "admitted":
            units = [each.unit.lower() for each in house.orders if each.until is None]
            house.admitted(
                text(answer, "entry_id"), units, KEYLESS, Proof.PARCEL_NUMBER
            )
            house.counts["standing orders used"] += 1
        elif answer is not None:
            house.counts[f"parcel refused: {answer['reason']}"] += 1
    if not house.is_away():
        list_parcel(house.home.running, sensor, barcode, "Delivered")


async def other(house: House, at: datetime) -> None:
    """Let somebody else's device let a courier in."""
    await until(house, at)
    if not house.is_up or house.is_faulty:
        return
    house.home.running.states.async_set(RELAY, "on")
    house.counts["others let in"] += 1
    await asyncio.sleep(2)
    if house.is_up:
        house.home.running.states.async_set(RELAY, "off")


async def stranger(house: House, at: datetime) -> None:
    """Let somebody try what can't work."""
    random = house.random
    await until(house, at)
    courier = house.couriers[random.choice(SIGNING)]
    if random.random() < 0.5:
        if not house.is_up:
            return
        answer = await shown(
            house,
            {
                "device_id": house.home.device(DOORS["Lobby"]),
                "pin": f"{random.randrange(10**8):08}",
            },
        )
        decision = None if answer is None else answer["decision"]
        if answer is None:
            house.watch.lost -= 1
    else:
        sent = await house.send(
            courier, courier.compose("entry.requested", {"grant_id": house.token("gr")})
        )
        decision = None if sent is None else sent.decision
    house.counts["strangers"] += 1
    if decision == "admitted":
        house.fault("a stranger was let in")


async def by_hand(house: House, at: datetime) -> None:
    """Let a resident open the lobby by hand."""
    await until(house, at)
    resident = able(house)
    if resident is None:
        return
    await house.user(resident).act("lock.unlock", {"entity_id": "lock.bolt"})
    await asyncio.sleep(6)
    if house.is_up:
        await house.user(resident).act("lock.lock", {"entity_id": "lock.bolt"})
