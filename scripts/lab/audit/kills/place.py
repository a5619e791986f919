"""The building of the campaign: set up through its flows, with all log-ins that outlive any crash."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
import re
import secrets

import aiohttp

from ...answers import UnexpectedAnswerError, text
from ...broker import Broker
from ...building import DOMAIN, EVERY_DAY, Building
from ...client import User
from ...consent import set_rules
from ...courier import Courier
from ...forking import Forks
from ...instance import Instance, free_port
from ...mqtt_lock import MqttLock
from ...people import Login, add_person, add_user, confirm_server, log_in, onboard
from ...phone import Phone, PushService
from ...signing import signer
from .devices import Devices
from .ground import Ground
from .sink import Sink

UNLOCK_SECONDS = 3
DOOR, DOOR_KEY = "Front door", "front"
MARA, NOOR, JONAS = "Mara", "Noor", "Jonas"
RESIDENTS = {MARA: "3B", NOOR: "2C", JONAS: "1A"}
COURIERS = ("Swift Parcels", "Night Owl Freight")
DRIVERS = "Any courier"
OTHER_ACCESS = "Amazon Key"

OPEN_RULES: dict[str, object] = {
    "consent": True,
    "windows": {day: [{"from": "00:00:00", "to": "24:00:00"}] for day in EVERY_DAY},
    "default": "allow",
    "default_proof": "parcel_number",
    "share_hours": True,
}

_LEAN: Mapping[str, object] = {
    name: {}
    for name in (
        "api",
        "config",
        "mobile_app",
        "onboarding",
        "person",
        "recorder",
        "webhook",
    )
}


@dataclass(frozen=True, slots=True)
class Place:
    """A building whose residents and owner hold tokens for good."""

    home: Instance
    building: Building
    users: Mapping[str, User]
    residents: Mapping[str, str]
    couriers: tuple[Courier, ...]
    door_device: str
    page: str
    """Where the sheet at the door leads to."""
    sign: str
    """The characters on the sheet."""
    devices: Devices
    """What else is there, such as the accounts that list parcels."""

    @property
    def owner(self) -> User:
        """Who may read and export everything."""
        return self.building.owner

    @property
    def ledger(self) -> Path:
        """The record's file."""
        return self.home.folder / f"{DOMAIN}_{self.building.entry_id}.db"


def instance(ground: Ground, sink: Sink, forks: Forks) -> Instance:
    """Return a Home Assistant that has little to start and can notify over the sink."""
    return Instance(
        ground.home,
        free_port(),
        {
            "lab_sink": {"url": sink.url, "readers": list(RESIDENTS)},
            **ground.configuration,
        },
        _LEAN,
        (Path(__file__).parent / "lab_sink",),
        forks=forks,
        logs=ground.logs,
    )


async def move_in(
    http: aiohttp.ClientSession,
    home: Instance,
    broker: Broker,
    lock: MqttLock,
    devices: Devices,
    push: PushService,
) -> Place:
    """Set everything up in a Home Assistant that runs."""
    logins = {
        role: Login(role, secrets.token_urlsafe(9))
        for role in ("owner", "mara", "noor")
    }
    owner = await onboard(http, home.url, "Olive", logins["owner"])
    await owner.running()
    await confirm_server(owner)
    await broker.connect(owner)
    people = {
        name: await add_person(
            owner, name, await add_user(owner, name, logins[name.lower()])
        )
        for name in (MARA, NOOR)
    }
    users = {
        name: await _lasting(await log_in(http, home.url, logins[name.lower()]))
        for name in people
    }
    for name, user in users.items():
        await push.connect(Phone(name, user, secrets.token_hex(16)))
    await owner.reads(lock.entity_id, "locked")
    await owner.reads(devices.relay, "off")
    door = {"name": DOOR, "key": DOOR_KEY, "unlock_seconds": UNLOCK_SECONDS}
    building = await Building.open(
        owner, "12 Linden Court", "several", {**door, "opener": lock.entity_id}
    )
    couriers = await _furnish(building, devices, people)
    door_id = (await building.parts("door"))[DOOR]
    page, sign = await _hang_sheet(building, door_id)
    place = Place(
        home,
        Building(await _lasting(owner), building.entry_id),
        users,
        await building.parts("resident"),
        tuple(Courier(http, name, url, signer(key)) for name, url, key in couriers),
        await building.device(door_id),
        page,
        sign,
        devices,
    )
    for name, user in users.items():
        async with user.channel() as channel:
            await set_rules(
                channel, building.entry_id, place.residents[name], **OPEN_RULES
            )
    return place


async def _furnish(
    building: Building, devices: Devices, people: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Add couriers, residents, and somebody else's way in; return who sends messages."""
    door_id = (await building.parts("door"))[DOOR]
    doors = {"doors": [door_id]}
    accounts = [
        await building.add_courier({"name": name, "rate_per_minute": 6000, **doors})
        for name in COURIERS
    ]
    await building.add_courier_without_messages({"name": DRIVERS, **doors})
    await building.add_other_access(
        {
            "name": OTHER_ACCESS,
            "door": door_id,
            "source": devices.relay,
            "cool_down": devices.cool_down,
        }
    )
    for name, unit in RESIDENTS.items():
        who = {"name": name, "unit": unit}
        if name in people:
            who["person"] = people[name]
        await building.add_resident(
            who, {"notify_entities": [f"notify.{name.lower()}"]}
        )
    return [(each.name, each.webhook_url, each.key) for each in accounts]


async def _hang_sheet(building: Building, door_id: str) -> tuple[str, str]:
    """Give the door its page; return its address, and the characters on its sheet."""
    sheet = await building.print_sheets([door_id])
    address = re.search(r'https?://[^\s"<]+/api/courier_access/door/[^\s"<]+', sheet)
    sign = re.search(r"<strong[^>]*>(?:<bdi>)?([A-Z0-9]{2})", sheet)
    if address is None or sign is None:
        raise UnexpectedAnswerError("the sheet shows no address or characters")
    return unescape(address[0]), sign[1]


async def _lasting(user: User) -> User:
    """Return the user with a token that is on the disk before the first crash and good for the whole campaign."""
    async with user.channel() as channel:
        token = await channel.command(
            "auth/long_lived_access_token", client_name="campaign", lifespan=2
        )
    return User(user.http, user.url, text({"token": token}, "token"))
