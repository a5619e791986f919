"""A building in a Home Assistant of its own, whose refusals are timed."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
import re
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import aiohttp

from ...answers import UnexpectedAnswerError, record, text
from ...building import DOMAIN, Building
from ...drivers import COURIER
from ...instance import HOST, Instance, free_port
from ...people import log_in
from ...phone import PushService
from ...show import say
from ...signing import PrivateKey
from ...site import DEMO_DOOR, DOOR, OPEN_UNIT, Site, configuration, set_up
from .codes import Page
from .refusals import Keys

DOORS = (DOOR, "Garden door", "Garage")
"""Each run has one of its own: a door takes some 18,000 wrong codes a day."""
OWN_KEY = "Own Key"
EXPECTED = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class House:
    """The building, with what its couriers and drivers hold."""

    site: Site
    url: str
    keys: Keys
    pages: Mapping[str, Page]

    async def reload(self) -> None:
        """Load the building again, which fills the budgets of what can be written."""
        kept = self.site.kept
        # A login lasts half an hour.
        owner = await log_in(self.site.owner.http, self.url, kept.logins["owner"])
        await owner.post(f"/api/config/config_entries/entry/{kept.entry_id}/reload")
        await Building(owner, kept.entry_id).loaded()


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    """Run the building, which is reached through a proxy that says from where visitors come."""
    push, port = PushService(), free_port()
    proxied = {
        "server_host": [HOST],
        "server_port": port,
        "use_x_forwarded_for": True,
        "trusted_proxies": [HOST],
    }
    with TemporaryDirectory(prefix="courier-timing-") as folder:
        async with push.served(), aiohttp.ClientSession() as http:
            home = Instance(
                Path(folder), port, {**configuration(push), "http": proxied}
            )
            home.start()
            try:
                await home.ready()
                site = await set_up(http, home.url, home.folder, push)
                say(f"Home Assistant {site.version}")
                keys = await _keys(site)
                yield House(site, home.url, keys, await _pages(site, home.url, http))
            finally:
                await asyncio.to_thread(home.stop)


async def _keys(site: Site) -> Keys:
    """Register a courier with its own key, and replace another's shared key."""
    building = site.building
    own = PrivateKey.generate()
    doors = list((await building.parts("door")).values())
    details = {"name": OWN_KEY, "doors": doors, "rate_per_minute": 60}
    added = await building.add_courier(details, own.public)
    account = site.kept.couriers[0]
    new = await building.replace_key(account.name)
    return Keys(
        urlsplit(account.webhook_url).path,
        new,
        account.key,
        urlsplit(added.webhook_url).path,
        own,
    )


async def _pages(
    site: Site, url: str, http: aiohttp.ClientSession
) -> Mapping[str, Page]:
    """Give each door a page, a used pass, and one that would open."""
    building = site.building
    for name in DOORS[1:]:
        key = name.lower().replace(" ", "-")
        await building.add_door({**DEMO_DOOR, "name": name, "key": key})
    doors = await building.parts("door")
    await building.add_courier_without_messages(
        {"name": COURIER, "doors": list(doors.values())}
    )
    async with site.owner.channel() as channel:
        await channel.command("config/core/update", external_url=url)
    sheets = await building.print_sheets(list(doors.values()))
    shown = r"<h1>(?:<bdi>)?([^<]+).*?(/api/courier_access/door/[\w-]+)"
    paths = dict(re.findall(shown, sheets, re.DOTALL))
    pages = {}
    for name, door_id in doors.items():
        device_id = await building.device(door_id)
        used, right = [await _pin(site, device_id) for _ in range(2)]
        asked = {"device_id": device_id, "pin": used}
        answer = await site.owner.ask(f"{DOMAIN}.request_entry", asked)
        if answer["decision"] != "admitted":
            raise UnexpectedAnswerError(f"the pass let nobody in: {answer}")
        pages[name] = Page(paths[name], used, right)
    return pages


async def _pin(site: Site, device_id: str) -> str:
    """Have the resident expect a parcel, and make a pass for it."""
    issued = await site.resident.ask(
        f"{DOMAIN}.issue_grant",
        {
            "device_id": device_id,
            "courier": COURIER,
            "units": [OPEN_UNIT],
            "ends_at": (datetime.now(UTC) + EXPECTED).isoformat(),
        },
    )
    async with site.resident.channel() as channel:
        made = await channel.command(
            f"{DOMAIN}/passes/make",
            building=site.kept.entry_id,
            courier=COURIER,
            grant_id=text(issued, "grant_id"),
        )
    return text(record(made), "pin")
