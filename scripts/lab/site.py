"""The demo building: who lives there, who delivers there, and how it is set up and found again."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
import secrets
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp

from .answers import Record, number, parsed, record, records, text
from .building import DOMAIN, EVERY_DAY, Building
from .client import SECONDS, User
from .consent import set_rules
from .people import Login, add_person, add_user, confirm_server, log_in, onboard
from .phone import Phone, PushService

BUILDING = "12 Linden Court"
DOOR = "Front door"
DOOR_KEY = "front"
UNLOCK_SECONDS = 5
DEMO_DOOR: Mapping[str, object] = {
    "name": DOOR,
    "key": DOOR_KEY,
    "unlock_seconds": UNLOCK_SECONDS,
}
OPEN_UNIT = "3B"
CLOSED_UNIT = "1A"

# Three residents, notified through the three kinds of targets.
MARA = "Mara"  # logs in and has a person, whose phone is found by itself
JONAS = "Jonas"  # no user; a legacy notify action
ILSE = "Ilse"  # no user; the notify entity of a tablet
RESIDENTS = (MARA, JONAS, ILSE)

COURIERS = (("Swift Parcels", 60), ("Night Owl Freight", 6000))

COMBINED_WITHIN = timedelta(minutes=6)
"""For five minutes, a courier's next announcements come together, after a minute."""

# What she who logs in decides for herself: every hour, every courier, and couriers may know it.
RULES: Mapping[str, object] = {
    "consent": True,
    "windows": {day: [{"from": "00:00:00", "to": "24:00:00"}] for day in EVERY_DAY},
    "exceptions": [],
    "default": "allow",
    "couriers": {},
    "only_while": [],
    "never_while": [],
    "share_hours": True,
}
_TOLD_RULES: Mapping[str, object] = {**RULES, "consent": "given"}

_STATE = "site.json"
LETTERBOX = "letterbox_jonas"
_ROLES = ("owner", "resident", "tablet")


@dataclass(frozen=True, slots=True)
class CourierAccount:
    """What a courier company holds."""

    name: str
    webhook_url: str
    key: str
    rate_per_minute: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What must be known at the next start: Home Assistant shows no key a second time."""

    entry_id: str
    door_entity: str
    logins: Mapping[str, Login]
    phones: Mapping[str, Mapping[str, str]]
    couriers: tuple[CourierAccount, ...]
    closed_unit_opens_on: str

    def write(self, folder: Path) -> None:
        """Write it, for the owner of the files only."""
        file = folder / _STATE
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(self), indent=2))

    @classmethod
    def read(cls, folder: Path, url: str) -> Kept:
        """Read what was written; the address may be another than then."""
        kept = record(parsed((folder / _STATE).read_bytes()))
        return cls(
            text(kept, "entry_id"),
            text(kept, "door_entity"),
            {
                name: _login(record(login))
                for name, login in record(kept["logins"]).items()
            },
            {
                name: {key: str(value) for key, value in record(phone).items()}
                for name, phone in record(kept["phones"]).items()
            },
            tuple(_account(held, url) for held in records(kept["couriers"])),
            text(kept, "closed_unit_opens_on"),
        )


@dataclass(frozen=True, slots=True)
class Site:
    """The demo building with its administrator and the resident who logs in."""

    owner: User
    resident: User
    building: Building
    kept: Kept
    version: str

    async def admissions(self) -> int:
        """Return how many entries the building has recorded as admitted."""
        entries = await self.entries()
        return sum(entry["decision"] == "admitted" for entry in entries)

    async def entries(self) -> list[Record]:
        """Return the door's newest entries from the record, refused ones too, with their notifications."""
        asked = {"device_id": await self._device("door", DOOR), "limit": 500}
        return records(
            (await self.owner.ask(f"{DOMAIN}.get_entries", asked))["entries"]
        )

    async def couriers_came_lately(self) -> bool:
        """Return whether a courier came so lately that its next announcements come together."""
        since = datetime.now(UTC) - COMBINED_WITHIN
        names = {account.name for account in self.kept.couriers}
        return any(
            entry["courier"] in names
            and datetime.fromisoformat(text(entry, "at")) > since
            for entry in await self.entries()
        )

    async def ended(self, grant_id: str) -> None:
        """Wait until a delivery can't come anymore, as the resident who logs in sees it."""
        async with asyncio.timeout(SECONDS):
            while True:
                if not await self.expects(grant_id):
                    return
                await asyncio.sleep(0.05)

    async def expects(self, grant_id: str) -> bool:
        """Return whether the panel lists a delivery to the resident who logs in."""
        expected = await self._expected(self.resident)
        return any(grant["grant_id"] == grant_id for grant in expected)

    async def veto(self, courier: str, grant_id: str) -> None:
        """Have the resident who logs in veto a delivery in the panel."""
        async with self.resident.channel() as channel:
            await channel.command(
                f"{DOMAIN}/veto_grant",
                building=self.kept.entry_id,
                courier=courier,
                grant_id=grant_id,
                unit=OPEN_UNIT,
            )

    async def call_off(self) -> None:
        """Call off what is still expected: a ring would ask about it."""
        left = await self._expected(self.owner)
        async with self.owner.channel() as channel:
            for grant in left:
                await channel.command(
                    f"{DOMAIN}/grants/revoke",
                    building=self.kept.entry_id,
                    courier=grant["courier_id"],
                    grant_id=grant["grant_id"],
                )

    async def _expected(self, user: User) -> list[Record]:
        async with user.channel() as channel:
            listed = await channel.command(
                f"{DOMAIN}/grants", building=self.kept.entry_id
            )
        return records(record(listed)["grants"])

    async def set_rules(self, user: User, resident: str, **rules: object) -> None:
        """Have somebody set a resident's rules in the panel, where a yes is to the text that it shows them."""
        resident_id = (await self.building.parts("resident"))[resident]
        async with user.channel() as channel:
            await set_rules(channel, self.kept.entry_id, resident_id, **rules)

    async def accept_at_every_hour(self) -> None:
        """Have the open unit accept again, where a visitor to the demo changed that or paused it."""
        device_id = await self._device("resident", MARA)
        rules = await self.resident.ask(f"{DOMAIN}.get_rules", {"device_id": device_id})
        if any(rules.get(key) != value for key, value in _TOLD_RULES.items()):
            await self.set_rules(self.resident, MARA, **RULES)
        asked = {"device_id": await self._device("door", DOOR)}
        checks = records(
            (await self.resident.ask(f"{DOMAIN}.check_access", asked))["checks"]
        )
        if any(check["reason"] == "paused" for check in checks):
            switch = await self.building.entity(None, "switch")
            for user in (self.resident, self.owner):
                await user.act("switch.turn_on", {"entity_id": switch})

    async def _device(self, kind: str, title: str) -> str:
        return await self.building.device((await self.building.parts(kind))[title])


def is_set_up(folder: Path) -> bool:
    """Whether a folder holds a demo building that was set up to the end."""
    return (folder / _STATE).exists()


def configuration(push: PushService) -> Mapping[str, object]:
    """Return what the demo adds to Home Assistant's configuration: a resident's notify action."""
    return {
        "notify": [
            {
                "platform": "rest",
                "name": LETTERBOX,
                "resource": push.address_of(JONAS),
                "method": "POST_JSON",
                "title_param_name": "title",
            }
        ]
    }


async def set_up(
    http: aiohttp.ClientSession,
    url: str,
    folder: Path,
    push: PushService,
    door: Mapping[str, object] = DEMO_DOOR,
) -> Site:
    """Move in: the administrator, the residents and their devices, the building, its door and couriers."""
    logins = {role: Login(role, secrets.token_urlsafe(9)) for role in _ROLES}
    owner = await onboard(http, url, "Olive", logins["owner"])
    config = await owner.running()
    await confirm_server(owner)

    person = await add_person(
        owner, MARA, await add_user(owner, MARA, logins["resident"])
    )
    await add_user(owner, "Tablet", logins["tablet"])
    resident = await log_in(http, url, logins["resident"])
    tablet = await log_in(http, url, logins["tablet"])
    phones = {
        MARA: Phone(MARA, resident, secrets.token_hex(16)),
        ILSE: Phone(ILSE, tablet, secrets.token_hex(16)),
    }
    for phone in phones.values():
        await push.connect(phone)

    building = await Building.open(owner, BUILDING, "several", door)
    door_id = (await building.parts("door"))[DOOR]
    couriers = [await _admit(building, door_id, name, rate) for name, rate in COURIERS]
    opens_on = _day_far_from_now(config)
    await building.add_resident({"name": MARA, "unit": OPEN_UNIT, "person": person}, {})
    await building.add_resident(
        {"name": JONAS, "unit": CLOSED_UNIT},
        {"notify_actions": [f"notify.{LETTERBOX}"]},
        _paper(config, opens_on),
    )
    await building.add_resident(
        {"name": ILSE, "unit": CLOSED_UNIT},
        {"notify_entities": [f"notify.{ILSE.lower()}"]},
    )
    kept = Kept(
        building.entry_id,
        await building.entity(door_id, "lock"),
        logins,
        {
            name: {"webhook_id": phone.webhook_id, "push_token": phone.push_token}
            for name, phone in phones.items()
        },
        tuple(couriers),
        opens_on,
    )
    site = Site(owner, resident, building, kept, text(config, "version"))
    await site.set_rules(resident, MARA, **RULES)
    kept.write(folder)
    return site


async def find(
    http: aiohttp.ClientSession, url: str, folder: Path, push: PushService
) -> Site:
    """Come back to a building that was set up before."""
    kept = Kept.read(folder, url)
    users = {role: await log_in(http, url, kept.logins[role]) for role in _ROLES}
    owner = users["owner"]
    config = await owner.running()
    await confirm_server(owner)
    for name, user in ((MARA, users["resident"]), (ILSE, users["tablet"])):
        phone = kept.phones[name]
        await push.connect(Phone(name, user, phone["push_token"], phone["webhook_id"]))
    building = Building(owner, kept.entry_id)
    if kept.closed_unit_opens_on in _days_from_now(config, 0, 1):
        kept = replace(kept, closed_unit_opens_on=_day_far_from_now(config))
        jonas = (await building.parts("resident"))[JONAS]
        await building.record_paper(jonas, _paper(config, kept.closed_unit_opens_on))
        kept.write(folder)
    site = Site(owner, users["resident"], building, kept, text(config, "version"))
    await site.accept_at_every_hour()
    await site.call_off()
    return site


async def _admit(
    building: Building, door_id: str, name: str, rate: int
) -> CourierAccount:
    details = {"name": name, "doors": [door_id], "rate_per_minute": rate}
    account = await building.add_courier(details)
    return CourierAccount(name, account.webhook_url, account.key, rate)


def _paper(config: Record, opens_on: str) -> Mapping[str, object]:
    """Return a decision of today with hours on one day of the week."""
    return {
        "decided_on": _now(config).date().isoformat(),
        "consent": "yes",
        **dict.fromkeys(EVERY_DAY, ""),
        opens_on: "10:00-12:00",
    }


def _day_far_from_now(config: Record) -> str:
    """Return a day of the week on which it is not going to be soon."""
    return _days_from_now(config, 4)[0]


def _days_from_now(config: Record, *days: int) -> list[str]:
    return [
        EVERY_DAY[(_now(config) + timedelta(days=ahead)).weekday()] for ahead in days
    ]


def _now(config: Record) -> datetime:
    return datetime.now(ZoneInfo(text(config, "time_zone")))


def _login(held: Record) -> Login:
    return Login(text(held, "username"), text(held, "password"))


def _account(held: Record, url: str) -> CourierAccount:
    return CourierAccount(
        text(held, "name"),
        url + urlsplit(text(held, "webhook_url")).path,
        text(held, "key"),
        int(number(held, "rate_per_minute")),
    )
