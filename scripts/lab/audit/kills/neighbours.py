"""Residents who change their rules, veto, pause, and answer questions, and remember what was confirmed to them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import aiohttp

from ...answers import UnexpectedAnswerError, record, records, text
from ...building import DOMAIN
from ...client import Channel
from ...consent import set_rules
from ...phone import Notification, PushService
from .place import DRIVERS, MARA, OPEN_RULES, RESIDENTS, Place

LET_IN, DECLINE = "Let in", "Keep out"
ANSWERED_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Yes:
    """A resident began to say yes to a question, and `tag` is the question's."""

    tag: str
    unit: str
    at: datetime


@dataclass(slots=True)
class Neighbour:
    """One resident with a log-in and a phone.

    `vetoed` says since when a grant of one unit is vetoed for good. `closed_at` are the times at which all grants of
    the unit may have ended.
    """

    place: Place
    push: PushService
    name: str
    random: Random
    vetoed: dict[str, datetime] = field(default_factory=dict)
    vetoing: set[str] = field(default_factory=set)
    closed_at: list[datetime] = field(default_factory=list)
    yeses: dict[str, Yes] = field(default_factory=dict)
    late: int = 0
    """How many answers came seconds after their question."""
    changes: int = 0
    stopped: bool = False
    answering: Callable[[], None] = lambda: None
    """Called when an answer is about to be sent."""
    _answers: set[asyncio.Task[None]] = field(default_factory=set)

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
        await self._set(channel, **OPEN_RULES)
        await self._do(channel, "resume")
        await self._do(channel, "resume", unit=RESIDENTS[self.name])
        if self.name == MARA:
            await self._order(channel)

    async def _order(self, channel: Channel) -> None:
        """Have what the feeds report announced, again where a withdrawn consent had ended that."""
        given = record(await self._do(channel, "orders"))
        for feed in self.place.devices.feeds[len(records(given["orders"])) :]:
            await self._do(
                channel,
                "orders/set",
                resident=self._resident,
                sensors=[feed],
                courier=DRIVERS,
                most_per_day=20,
            )

    def hear(self, notification: Notification) -> None:
        """Answer a question, at once, late, or never."""
        actions = records(notification.data.get("actions") or [])
        titles = {str(action["title"]) for action in actions}
        if notification.to != self.name or LET_IN not in titles or self.stopped:
            return
        kind = self.random.random()
        if kind < 0.1:
            return
        late = self.random.random() < 0.35
        seconds = self.random.uniform(2, 12) if late else self.random.uniform(0.1, 1)
        answer = self._answer(notification, is_yes=kind < 0.85, seconds=seconds)
        task = asyncio.create_task(answer)
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer(
        self, asked: Notification, *, is_yes: bool, seconds: float
    ) -> None:
        self.late += seconds > 1
        await asyncio.sleep(seconds)
        if is_yes:
            # From now on it may count, whether or not it is confirmed.
            tag = str(asked.data.get("tag"))
            yes = Yes(tag, RESIDENTS[self.name], datetime.now(UTC))
            self.yeses.setdefault(tag, yes)
        action = asked.action(LET_IN if is_yes else DECLINE)
        self.answering()
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWERED_WITHIN):
                while not self.stopped:
                    with suppress(aiohttp.ClientError, UnexpectedAnswerError):
                        await self.push.phone_of(self.name).press(action)
                        return
                    await asyncio.sleep(0.2)

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
                if no.get("consent") is False:
                    self.closed_at.append(datetime.now(UTC))
                await self._set(channel, **no)
                await asyncio.sleep(self.random.uniform(0, 0.7))
                await self._set(channel, **OPEN_RULES)
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
        self.vetoing.add(grant_id)
        await self._do(
            channel,
            "veto_grant",
            courier=text(grant, "courier"),
            grant_id=grant_id,
            unit=unit,
        )
        self.vetoed[grant_id] = datetime.now(UTC)

    async def _set(self, channel: Channel, **rules: object) -> None:
        building = self.place.building.entry_id
        await set_rules(channel, building, self._resident, **rules)
        self.changes += 1

    async def _do(self, channel: Channel, what: str, **fields: object) -> object:
        building = self.place.building.entry_id
        done = await channel.command(f"{DOMAIN}/{what}", building=building, **fields)
        self.changes += what not in ("grants", "orders")
        return done
