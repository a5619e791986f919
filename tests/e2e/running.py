"""A demo building that runs in a Home Assistant process of its own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from scripts.lab.courier import Courier
from scripts.lab.instance import Instance
from scripts.lab.main_job import MainJob
from scripts.lab.phone import PushService
from scripts.lab.signing import signer
from scripts.lab.site import (
    CLOSED_UNIT,
    MARA,
    OPEN_UNIT,
    RESIDENTS,
    UNLOCK_SECONDS,
    Site,
    find,
)
from scripts.lab.watch import DoorWatch


async def _nothing() -> None:
    """Leave everything as it is."""


@dataclass(slots=True)
class Running:
    """A demo building, its Home Assistant and the services outside it."""

    home: Instance
    http: aiohttp.ClientSession
    push: PushService
    site: Site

    def courier(self, number: int = 0) -> Courier:
        """Return one of the two couriers that the building admits."""
        account = self.site.kept.couriers[number]
        return Courier(
            self.http, account.name, account.webhook_url, signer(account.key)
        )

    def main_job(self, door: DoorWatch) -> MainJob:
        """Return the main job, to be run once."""
        return MainJob(
            courier=self.courier(),
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
        """Return the lines of the log that blame the integration: its errors, and its use of what is to go."""
        return [
            line
            for line in self.home.log.read_text().splitlines()
            if "custom_components/courier_access" in line
            or ("custom_components.courier_access" in line and "ERROR" in line)
        ]

    async def restart(
        self, meanwhile: Callable[[], Awaitable[None]] = _nothing
    ) -> None:
        """End the process, do something while it is not running, start it again and log everybody in."""
        await asyncio.to_thread(self.home.stop)
        await meanwhile()
        self.home.start()
        await self.home.ready()
        self.site = await find(self.http, self.home.url, self.home.folder, self.push)
