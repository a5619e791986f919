"""Residents who change their rules, veto and pause over their WebSocket, and remember what was confirmed to them."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import aiohttp

from ..answers import UnexpectedAnswerError, record, records, text
from ..building import DOMAIN
from ..client import Channel
from .place import OPEN_RULES, RESIDENTS, Place


@dataclass(slots=True)
class Neighbour:
    """One resident with a log-in. `vetoed` says since when a grant of one unit is vetoed for good."""

    place: Place
    name: str
    random: Random
    vetoed: dict[str, datetime] = field(default_factory=dict)
    changes: int = 0
    stopped: bool = False

    async def live(self) -> None:
        """Go on for as long as the campaign lasts, through every crash."""
        while not self.stopped:
            try:
                async with self.place.users[self.name].channel() as channel:
                    await self._let_in(channel)
                    while not self.stopped:
                        await asyncio.sleep(self.random.uniform(2, 9))
                        await self._decide(channel)
            except aiohttp.ClientError, UnexpectedAnswerError, TimeoutError, TypeError:
                await asyncio.sleep(self.random.uniform(0.2, 0.5))

    async def _let_in(self, channel: Channel) -> None:
        """Take back whatever a crash left shut."""
        await self._do(channel, "rules/set", resident=self._resident, **OPEN_RULES)
        await self._do(channel, "resume")
        await self._do(channel, "resume", unit=RESIDENTS[self.name])

    @property
    def _resident(self) -> str:
        return self.place.residents[self.name]

    async def _decide(self, channel: Channel) -> None:
        match self.random.choice(("rules", "veto", "veto", "unit", "building")):
            case "rules":
                noes: tuple[dict[str, object], ...] = (
                    {"default": "deny"},
                    {"windows": {}},
                    {"consent": False},
                )
                no = self.random.choice(noes)
                await self._do(channel, "rules/set", resident=self._resident, **no)
                await asyncio.sleep(self.random.uniform(0, 0.7))
                await self._do(
                    channel, "rules/set", resident=self._resident, **OPEN_RULES
                )
            case "veto":
                await self._veto(channel)
            case "unit":
                await self._do(channel, "pause", unit=RESIDENTS[self.name])
                await asyncio.sleep(self.random.uniform(0, 0.7))
                await self._do(channel, "resume", unit=RESIDENTS[self.name])
            case "building":
                await self._do(channel, "pause")
                await asyncio.sleep(self.random.uniform(0, 0.3))
                await self._do(channel, "resume")
                await self._do(channel, "resume", unit=RESIDENTS[self.name])

    async def _veto(self, channel: Channel) -> None:
        told = record(await self._do(channel, "grants"))
        expected = [grant for grant in records(told["grants"]) if grant.get("units")]
        if not expected:
            return
        grant = self.random.choice(expected)
        grant_id = text(grant, "grant_id")
        unit = RESIDENTS[self.name]
        await self._do(
            channel,
            "veto_grant",
            courier=text(grant, "courier"),
            grant_id=grant_id,
            unit=unit,
        )
        self.vetoed[grant_id] = datetime.now(UTC)

    async def _do(self, channel: Channel, what: str, **fields: object) -> object:
        building = self.place.building.entry_id
        done = await channel.command(f"{DOMAIN}/{what}", building=building, **fields)
        self.changes += what != "grants"
        return done
