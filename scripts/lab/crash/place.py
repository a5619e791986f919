"""The building of the campaign: set up through its flows, with all log-ins that outlive any crash."""

from dataclasses import dataclass
from pathlib import Path
import secrets

import aiohttp

from ..answers import text
from ..broker import Broker
from ..building import DOMAIN, EVERY_DAY, Building
from ..client import User
from ..courier import Courier
from ..instance import Instance, free_port
from ..mqtt_lock import MqttLock
from ..people import Login, add_person, add_user, confirm_server, log_in, onboard
from ..signing import signer
from .sink import Sink

UNLOCK_SECONDS = 5
DOOR_KEY = "front"
MARA, NOOR, JONAS = "Mara", "Noor", "Jonas"
RESIDENTS = {MARA: "3B", NOOR: "2C", JONAS: "1A"}
COURIERS = ("Swift Parcels", "Night Owl Freight")

OPEN_RULES: dict[str, object] = {
    "consent": True,
    "windows": {day: [{"from": "00:00:00", "to": "24:00:00"}] for day in EVERY_DAY},
    "default": "allow",
    "share_hours": True,
}

_LEAN: dict[str, object] = {
    name: {} for name in ("api", "config", "onboarding", "person", "webhook")
}


@dataclass(frozen=True, slots=True)
class Place:
    """A building whose residents and owner hold tokens for good."""

    home: Instance
    building: Building
    users: dict[str, User]
    residents: dict[str, str]
    couriers: tuple[Courier, ...]

    @property
    def owner(self) -> User:
        """Who may read and export everything."""
        return self.building.owner

    @property
    def ledger(self) -> Path:
        """The record's file."""
        return self.home.folder / f"{DOMAIN}_{self.building.entry_id}.db"


def instance(folder: Path, sink: Sink) -> Instance:
    """Return a Home Assistant that has little to start and can notify over the sink."""
    configuration = {"lab_sink": {"url": sink.url, "readers": list(RESIDENTS)}}
    component = Path(__file__).parent / "lab_sink"
    return Instance(folder, free_port(), configuration, _LEAN, (component,))


async def move_in(
    http: aiohttp.ClientSession, home: Instance, broker: Broker, lock: MqttLock
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
    await owner.reads(lock.entity_id, "locked")
    people = {
        name: await add_person(
            owner, name, await add_user(owner, name, logins[name.lower()])
        )
        for name in (MARA, NOOR)
    }
    door = {"name": "Front door", "key": DOOR_KEY, "unlock_seconds": UNLOCK_SECONDS}
    building = await Building.open(
        owner, "12 Linden Court", "several", {**door, "opener": lock.entity_id}
    )
    door_id = (await building.parts("door"))["Front door"]
    accounts = [
        await building.add_courier(
            {"name": name, "doors": [door_id], "rate_per_minute": 6000}
        )
        for name in COURIERS
    ]
    for name, unit in RESIDENTS.items():
        who = {"name": name, "unit": unit}
        if name in people:
            who["person"] = people[name]
        await building.add_resident(
            who, {"notify_entities": [f"notify.{name.lower()}"]}
        )
    users = {
        name: await _lasting(await log_in(http, home.url, logins[name.lower()]))
        for name in (MARA, NOOR)
    }
    place = Place(
        home,
        Building(await _lasting(owner), building.entry_id),
        users,
        await building.parts("resident"),
        tuple(
            Courier(http, account.name, account.webhook_url, signer(account.key))
            for account in accounts
        ),
    )
    for name, user in users.items():
        async with user.channel() as channel:
            await channel.command(
                f"{DOMAIN}/rules/set",
                building=building.entry_id,
                resident=place.residents[name],
                **OPEN_RULES,
            )
    return place


async def _lasting(user: User) -> User:
    """Return the user with a token that is on the disk before the first crash and good for the whole campaign."""
    async with user.channel() as channel:
        token = await channel.command(
            "auth/long_lived_access_token", client_name="campaign", lifespan=2
        )
    return User(user.http, user.url, text({"token": token}, "token"))
