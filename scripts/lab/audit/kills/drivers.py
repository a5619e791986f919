"""Drivers whose companies send nothing: with a pass, a parcel's number, or only a ring."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from random import Random
import re
from urllib.parse import urljoin

import aiohttp

from ...answers import Record, UnexpectedAnswerError, is_waiting, record, text
from ...building import DOMAIN
from .place import DRIVERS, MARA, NOOR, RESIDENTS, Place
from .visits import Try, Visit, Way

GONE = (aiohttp.ClientError, UnexpectedAnswerError, TimeoutError, TypeError)
"""What is raised while Home Assistant isn't there."""
GIVE_UP_SECONDS = 60
MOST_TRIES = 8
MOST_LOOKS = 20

_WAYS = (
    *(Way.PIN,) * 2,
    *(Way.LINK,) * 2,
    *(Way.CODE,) * 2,
    *(Way.RING,) * 4,
    *(Way.PARCEL,) * 2,
)
_IN = (
    "The door is open. Please come in.",
    "Please try the door.",
    "There was an error at the door. Please ring.",
)
_UNKNOWN = "This code isn't valid here. Check it and try again."
_AGAIN = "This didn't work. Please try again in a minute."
_NOT_DECIDED = frozenset(
    {"not_ready", "door_busy", "door_unavailable", "ledger_unavailable", "rate_limited"}
)
_FORM = re.compile(r"<form.*?</form>", re.DOTALL)
_FIELD = re.compile(r'name="([^"]+)" value="([^"]*)"')
_SAID = re.compile(r'<p class="said now[^>]*>(.*?)</p>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says to a driver, and what *Ring again* sends, where it is there."""

    says: str
    again: Mapping[str, str] | None


@dataclass(slots=True)
class Drivers:
    """All of them. `sending` is called when something is about to be shown."""

    http: aiohttp.ClientSession
    place: Place
    random: Random
    sending: Callable[[], None] = lambda: None
    visits: list[Visit] = field(default_factory=list)
    listed: dict[str, deque[str]] = field(default_factory=dict)
    """The newest parcels of each account."""
    closing: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Nobody comes while it is clear."""

    async def work(self) -> None:
        """Come one after the other until the office closes."""
        while not self.closing:
            await self.gate.wait()
            way = self.random.choice(_WAYS)
            name = self.random.choice((MARA, NOOR))
            try:
                async with asyncio.timeout(GIVE_UP_SECONDS):
                    await self._come(way, MARA if way is Way.PARCEL else name)
            except TimeoutError:
                # Nobody waits longer. What was shown last may still have let in.
                continue

    async def _come(self, way: Way, name: str) -> None:
        visit = Visit(way, RESIDENTS[name])
        if way is Way.PARCEL:
            # Never one that others could guess.
            visit.number = f"JD{self.random.randrange(10**10):010}"
            self.visits.append(visit)
            await self._bring(visit)
            return
        if (grant_id := await self._expect(name)) is None:
            return
        visit.grant_id = grant_id
        if way is Way.RING:
            self.visits.append(visit)
            await self._ring(visit)
            return
        if (made := await self._pass(name, grant_id)) is None:
            return
        visit.made_at = datetime.now(UTC)
        self.visits.append(visit)
        if self.random.random() < 0.5:
            # Passes are made long before they are used, and survive crashes.
            await asyncio.sleep(self.random.uniform(0, 6))
        await self._show(visit, made)

    async def _expect(self, name: str) -> str | None:
        """Have a resident expect a parcel; return the grant's id, None where none is accepted."""
        asked = {
            "device_id": self.place.door_device,
            "courier": DRIVERS,
            "units": [RESIDENTS[name]],
        }
        while not self.closing:
            ends_at = datetime.now(UTC) + timedelta(minutes=6)
            try:
                issued = await self.place.users[name].ask(
                    f"{DOMAIN}.issue_grant", {**asked, "ends_at": ends_at.isoformat()}
                )
            except GONE:
                await self._pause()
                continue
            accepted = issued.get("decision") == "accepted"
            return text(issued, "grant_id") if accepted else None
        return None

    async def _pass(self, name: str, grant_id: str) -> Record | None:
        """Make a pass; an earlier one whose answer was lost stays, too."""
        for _ in range(3):
            try:
                async with self.place.users[name].channel() as channel:
                    return record(
                        await channel.command(
                            f"{DOMAIN}/passes/make",
                            building=self.place.building.entry_id,
                            courier=DRIVERS,
                            grant_id=grant_id,
                        )
                    )
            except GONE:
                await self._pause()
        return None

    async def _show(self, visit: Visit, made: Record) -> None:
        for _ in range(MOST_TRIES):
            match visit.way:
                case Way.PIN:
                    done = await self._type(visit, {"pin": text(made, "pin")})
                case Way.LINK:
                    typed = {"sign": self.place.sign}
                    done = await self._at_page(visit, text(made, "link"), typed)
                case _:
                    typed = {"code": text(made, "short_code")}
                    done = await self._at_page(visit, self.place.page, typed)
            if done or self.closing:
                return
            await self._pause()

    async def _bring(self, visit: Visit) -> None:
        """Have a parcel listed as out for delivery, and type its number."""
        feed = self.random.choice(self.place.devices.feeds)
        listed = self.listed.setdefault(feed, deque(maxlen=20))
        listed.append(visit.number)
        for _ in range(MOST_TRIES):
            self.place.devices.report(feed, listed)
            await asyncio.sleep(self.random.uniform(0.05, 0.5))
            typed = {"parcel_number": visit.number}
            if await self._type(visit, typed) or self.closing:
                return
            await self._pause()

    async def _type(self, visit: Visit, shown: Mapping[str, str]) -> bool:
        """Type something at the keypad; return whether that is settled."""
        tried = self._begin(visit)
        try:
            answer = await self.place.owner.ask(
                f"{DOMAIN}.request_entry",
                {"device_id": self.place.door_device, **shown},
            )
        except GONE:
            tried.ended = datetime.now(UTC)
            return False
        tried.ended = datetime.now(UTC)
        reason = tried.said = text(answer, "reason")
        if reason in _NOT_DECIDED:
            return False
        tried.is_in = answer["decision"] == "admitted"
        entry_id = answer.get("entry_id")
        tried.entry_id = entry_id if tried.is_in and isinstance(entry_id, str) else None
        if reason == "unknown_grant":
            visit.unknown_at = tried.ended
            return visit.way is not Way.PARCEL
        return True

    async def _ring(self, visit: Visit) -> None:
        """Ring until somebody answers, or a crash had the page forgotten often enough."""
        for _ in range(3):
            rung = await self._at_page(visit, self.place.page, {"ring": "yes"})
            if rung or self.closing:
                return
            await self._pause()

    async def _at_page(self, visit: Visit, base: str, shown: Mapping[str, str]) -> bool:
        """Send a page's form, and look until it answers; return whether that is settled."""
        tried = self._begin(visit)
        try:
            said = await self._send(base, shown)
            rings_again = not self.closing and self.random.random() < 0.7
            if said is not None and said.again and rings_again:
                await asyncio.sleep(self.random.uniform(1, 8))
                self.sending()
                said = await self._follow(base, said.again)
        except GONE:
            said = None
        tried.ended = datetime.now(UTC)
        if said is None or said.says == _AGAIN:
            return False
        tried.said, tried.is_in = said.says, said.says in _IN
        if said.says == _UNKNOWN:
            visit.unknown_at = tried.ended
        return True

    async def _send(self, base: str, shown: Mapping[str, str]) -> Said | None:
        async with self.http.get(base) as answer:
            page = await answer.text()
        [name] = shown
        for form in _FORM.findall(page):
            fields = dict(_FIELD.findall(form))
            if f'name="{name}"' in form and "once" in fields:
                return await self._follow(base, {**fields, **shown})
        # Without a form, it says why.
        return (_said(page) or Said("", None)) if answer.status == 200 else None

    async def _follow(self, base: str, fields: Mapping[str, str]) -> Said | None:
        """Send a form, and look for its answer; None where the page was forgotten."""
        async with self.http.post(
            base, data=dict(fields), allow_redirects=False
        ) as answer:
            if answer.status != 303:
                return None
            shown = urljoin(base, answer.headers["Location"])
        for _ in range(MOST_LOOKS):
            async with self.http.get(shown) as answer:
                page = await answer.text()
            if not is_waiting(page):
                return _said(page) if answer.status == 200 else None
            if self.closing:
                # At the end, nobody waits for an answer anymore.
                return None
        return None

    def _begin(self, visit: Visit) -> Try:
        tried = Try()
        visit.tries.append(tried)
        self.sending()
        return tried

    async def _pause(self) -> None:
        await asyncio.sleep(self.random.uniform(0.2, 0.8))
        await self.gate.wait()


def _said(page: str) -> Said | None:
    if (found := _SAID.search(page)) is None:
        return None
    says = unescape(re.sub(r"<[^>]+>", "", found[1])).strip()
    again = None
    for form in _FORM.findall(page):
        fields = dict(_FIELD.findall(form))
        if "again" in fields:
            again = fields
    return Said(says, again)
