"""Sets up the house that is fuzzed, in a Home Assistant process of its own."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ...answers import text
from ...bench.opener import OPENER, OPENER_CONFIGURATION
from ...building import Building
from ...client import User
from ...drivers import COURIER, RELAY_CONFIGURATION, add_drivers
from ...instance import Instance, free_port
from ...people import log_in
from ...phone import PushService
from ...signing import PUBLIC, SHARED
from ...site import (
    CLOSED_UNIT,
    DEMO_DOOR,
    DOOR,
    ILSE,
    JONAS,
    MARA,
    OPEN_UNIT,
    Site,
    configuration,
    set_up,
)
from .target import LINK, OWNER, RESIDENT, STRANGER, Account, Person, Target

SHARED_KEYS, PRIVATE_KEYS = 12, 2
RATE = 6_000
UNLOCK_SECONDS = 3


@asynccontextmanager
async def house() -> AsyncIterator[tuple[Instance, Target]]:
    """Run a house with many couriers, one resident with an account, and two without."""
    push = PushService()
    with TemporaryDirectory(prefix="courier-fuzz-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(Path(folder), free_port(), _configuration(push))
            home.start()
            try:
                await home.ready()
                door = {**DEMO_DOOR, "opener": OPENER, "unlock_seconds": UNLOCK_SECONDS}
                site = await set_up(http, home.url, home.folder, push, door)
                yield home, await _target(http, home, site, push)
            finally:
                await asyncio.to_thread(home.stop)


def _configuration(push: PushService) -> Mapping[str, object]:
    """Return the opener, the relay of others, and a resident's notify action, which share sections."""
    found: dict[str, object] = {}
    for part in (configuration(push), OPENER_CONFIGURATION, RELAY_CONFIGURATION):
        for name, value in part.items():
            match found.get(name), value:
                case dict() as before, dict():
                    found[name] = {**before, **value}
                case list() as before, list():
                    found[name] = [*before, *value]
                case _:
                    found[name] = value
    return found


async def _target(
    http: aiohttp.ClientSession, home: Instance, site: Site, push: PushService
) -> Target:
    building = site.building
    page = await add_drivers(building, home.url, DOOR)
    door_id = (await building.parts("door"))[DOOR]
    accounts = await _add_couriers(building, door_id)
    parts = await building.parts("resident")
    people = {
        name: Person(parts[name], await building.device(parts[name]), unit)
        for name, unit in ((MARA, OPEN_UNIT), (JONAS, CLOSED_UNIT), (ILSE, CLOSED_UNIT))
    }
    tablet = await log_in(http, home.url, site.kept.logins["tablet"])
    target = Target(
        http,
        home.port,
        building.entry_id,
        {
            OWNER: await lasting(site.owner),
            RESIDENT: await lasting(site.resident),
            STRANGER: await lasting(tablet),
        },
        accounts,
        (await building.parts("courier"))[COURIER],
        door_id,
        await building.device(door_id),
        urlsplit(page.url).path.rpartition("/")[2],
        page.sign,
        OPENER,
        await building.entity(door_id, "lock"),
        await building.entity(None, "switch"),
        people[MARA],
        [people[JONAS], people[ILSE]],
    )
    await _links(target, push)
    return target


async def _add_couriers(building: Building, door_id: str) -> Sequence[Account]:
    keys: dict[str, bytes | Ed25519PrivateKey] = {}
    addresses: dict[str, str] = {}
    for number in range(SHARED_KEYS + PRIVATE_KEYS):
        details = {
            "name": f"Courier {number}",
            "doors": [door_id],
            "rate_per_minute": RATE,
        }
        private = Ed25519PrivateKey.generate() if number >= SHARED_KEYS else None
        public = None if private is None else public_text(private)
        given = await building.add_courier(details, public)
        shared = base64.b64decode(given.key.removeprefix(SHARED))
        keys[given.name] = shared if private is None else private
        addresses[given.name] = given.webhook_url.rpartition("/")[2]
    ids = await building.parts("courier")
    return [Account(ids[name], addresses[name], key) for name, key in keys.items()]


def public_text(key: Ed25519PrivateKey) -> str:
    """Return the public key that an administrator is given."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return PUBLIC + base64.b64encode(raw).decode()


async def lasting(user: User) -> User:
    """Return the user with a token that is good for the whole run."""
    async with user.channel() as channel:
        token = await channel.command(
            "auth/long_lived_access_token", client_name="fuzz", lifespan=2
        )
    return User(user.http, user.url, text({"token": token}, "token"))


async def _links(target: Target, push: PushService) -> None:
    """Have the residents without an account sent their personal links."""
    async with target.users[OWNER].channel() as channel:
        for name, person in zip((JONAS, ILSE), target.others, strict=True):
            since = len(push.notifications)
            await channel.command(
                "courier_access/link/renew",
                building=target.building,
                resident=person.resident_id,
            )
            heard = await push.heard_by(name, "/personal/", since=since)
            if heard is not None and (found := LINK.search(heard.message)) is not None:
                target.links[person.resident_id] = found[1]
