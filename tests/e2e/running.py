"""A demo building that runs in a Home Assistant process of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest_socket

from scripts.lab.answers import record, records, text
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Courier
from scripts.lab.forking import Forks
from scripts.lab.instance import Instance, free_port
from scripts.lab.main_job import MainJob
from scripts.lab.phone import PushService
from scripts.lab.places import INTEGRATION
from scripts.lab.signing import signer
from scripts.lab.site import (
    CLOSED_UNIT,
    DOOR,
    MARA,
    OPEN_UNIT,
    RESIDENTS,
    UNLOCK_SECONDS,
    Site,
    configuration,
    find,
    set_up,
)
from scripts.lab.watch import DoorWatch


async def _nothing() -> None:
    """Leave everything as it is."""


def complaints(log: bytes) -> list[str]:
    """Return the lines that blame the integration: its errors, and its use of what is to go."""
    return [
        line
        for line in log.decode(errors="replace").splitlines()
        if "custom_components/courier_access" in line
        or ("custom_components.courier_access" in line and "ERROR" in line)
    ]


@dataclass(frozen=True, slots=True)
class Installed:
    """A Home Assistant that has the integration installed, and no building yet."""

    home: Instance
    http: aiohttp.ClientSession
    push: PushService


@dataclass(slots=True)
class Running:
    """A demo building, its Home Assistant and the services outside it."""

    home: Instance
    http: aiohttp.ClientSession
    push: PushService
    site: Site
    seen_of_log: int = 0
    """How long the log was when the tests of this module began."""

    async def begin(self) -> None:
        """Have the open unit accept at every hour, and look at the log from here on."""
        await self.site.accept_at_every_hour()
        self.seen_of_log = self.home.log.stat().st_size

    async def admit(self, name: str) -> Courier:
        """Admit a courier to the front door."""
        doors = [(await self.site.building.parts("door"))[DOOR]]
        account = await self.site.building.add_courier(
            {"name": name, "doors": doors, "rate_per_minute": 6000}
        )
        return Courier(self.http, name, account.webhook_url, signer(account.key))

    async def expect_nothing(self) -> None:
        """Have the administrator call off every delivery that other tests left expected."""
        building = self.site.kept.entry_id
        async with self.site.owner.channel() as channel:
            asked = await channel.command(f"{DOMAIN}/grants", building=building)
            for grant in records(record(asked)["grants"]):
                await channel.command(
                    f"{DOMAIN}/grants/revoke",
                    building=building,
                    courier=grant["courier_id"],
                    grant_id=grant["grant_id"],
                )

    async def move_out(self, name: str) -> None:
        """Have the administrator remove a resident."""
        building = self.site.building
        async with self.site.owner.channel() as channel:
            await channel.command(
                "config_entries/subentries/delete",
                entry_id=building.entry_id,
                subentry_id=(await building.parts("resident"))[name],
            )
        await building.loaded()

    async def confirm_keys(self, issue: str) -> None:
        """Have the administrator confirm the couriers' keys, in the repairs, once the building is loaded."""
        await self.site.building.loaded()
        issue_id = f"{issue}_{self.site.kept.entry_id}"
        begun = record(
            await self.site.owner.post(
                "/api/repairs/issues/fix", {"handler": DOMAIN, "issue_id": issue_id}
            )
        )
        done = await self.site.owner.post(
            f"/api/repairs/issues/fix/{text(begun, 'flow_id')}", {}
        )
        assert record(done)["type"] == "create_entry"

    def courier(self, number: int = 0) -> Courier:
        """Return one of the two couriers that the building admits."""
        account = self.site.kept.couriers[number]
        return Courier(
            self.http, account.name, account.webhook_url, signer(account.key)
        )

    def main_job(self, door: DoorWatch, courier: Courier, another: Courier) -> MainJob:
        """Return the main job, to be run once with couriers who have announced nothing yet."""
        return MainJob(
            courier=courier,
            another=another,
            door=door,
            push=self.push,
            residents=RESIDENTS,
            recipient=MARA,
            open_unit=OPEN_UNIT,
            closed_unit=CLOSED_UNIT,
            unlock_seconds=UNLOCK_SECONDS,
            admissions=self.site.admissions,
            ended=self.site.ended,
        )

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[DoorWatch]:
        """Watch the front door, once it is locked whatever came before."""
        await self.site.owner.reads(self.site.kept.door_entity, "locked")
        door = DoorWatch(self.site.kept.door_entity)
        async with self.site.owner.channel() as channel:
            await door.begin(self.site.owner, channel)
            yield door

    def complaints(self) -> list[str]:
        """Return the lines of the log that blame the integration."""
        return complaints(self.home.log.read_bytes()[self.seen_of_log :])

    async def restart(
        self, meanwhile: Callable[[], Awaitable[None]] = _nothing
    ) -> None:
        """End the process, do something while it is not running, start it again and log everybody in."""
        await asyncio.to_thread(self.home.stop)
        await meanwhile()
        self.home.start()
        self.seen_of_log = 0
        await self.home.ready()
        self.site = await find(self.http, self.home.url, self.home.folder, self.push)


@asynccontextmanager
async def installed(
    forks: Forks,
    folder: Path,
    integration: Path = INTEGRATION,
    **configured: object,
) -> AsyncIterator[Installed]:
    """Run Home Assistant with the integration installed."""
    pytest_socket.enable_socket()
    push = PushService()
    async with push.served(), aiohttp.ClientSession() as http:
        home = Instance(
            folder,
            free_port(),
            {**configuration(push), **configured},
            integration=integration,
            forks=forks,
        )
        home.start()
        try:
            await home.ready()
            yield Installed(home, http, push)
        finally:
            await asyncio.to_thread(home.stop)


@asynccontextmanager
async def at_home(
    forks: Forks,
    folder: Path,
    integration: Path = INTEGRATION,
    **configured: object,
) -> AsyncIterator[Running]:
    """Run Home Assistant and set up the demo building through its flows."""
    async with installed(forks, folder, integration, **configured) as new:
        site = await set_up(new.http, new.home.url, folder, new.push)
        yield Running(new.home, new.http, new.push, site)
