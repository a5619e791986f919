"""A building whose clock is set back and forth, and what has to hold whatever it shows.

What is promised is checked from outside: at the lock, in the replies, on the phones, and in the ledger's file.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
import sqlite3
from typing import Any, Final

from aiohttp.test_utils import TestClient
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from tests.support import fixing
from tests.support.asked_phones import AskedHouse
from tests.support.clocks import Clocks
from tests.support.door_parts import Bolt
from tests.support.house import Answer, ask, do, quiet
from tests.support.parcel_feed import ParcelAccount
from tests.support.wires import Wire

SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{part: 1}) for part in ("seconds", "minutes", "hours", "days")
)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Before the integration was written: a clock that shows an earlier time was never set."""
BEHIND: Final = MINUTE
UNLOCKED: Final = 5
"""For how many seconds the door stays unlocked."""
AFTER_START: Final = 25
"""In how many seconds a door is locked that an earlier start left unlocked."""
NOTICED: Final = 3 * MINUTE
"""In what time the building notices that its clock was set."""
NOTIFIED: Final = 31 * MINUTE
STEPS: Final = (
    *(sign * by for by in (2 * SECOND, 40 * SECOND, 90 * SECOND) for sign in (-1, 1)),
    *(sign * by for by in (HOUR, 25 * HOUR, 400 * DAY) for sign in (-1, 1)),
)


class WatchedBolt(Bolt):
    """A lock that notes when it was unlocked."""

    def __init__(self) -> None:
        super().__init__()
        self.real: Callable[[], float] = lambda: 0.0
        self.unlocked_at: float | None = None

    async def _take(self, name: str, *, locked: bool, opened: bool = False) -> None:
        self.unlocked_at = None if locked else self.real()
        await super()._take(name, locked=locked, opened=opened)


@dataclass(slots=True)
class Admitted:
    """An entry, and when it was on the clock that nobody sets."""

    entry_id: str
    real: float
    is_notified: bool = False


@dataclass(slots=True)
class ClockLife:
    """What happens in the building, and each promise that was broken."""

    asked: AskedHouse
    clocks: Clocks
    bolt: WatchedBolt
    chance: Random
    admin: Callable[[], Awaitable[TestClient[Any, Any]]]
    ada: Callable[[], Awaitable[Wire]]
    account: ParcelAccount
    ledger: Path
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    admitted: list[Admitted] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    grants: dict[str, tuple[str, datetime, datetime]] = field(default_factory=dict)
    newest: datetime | None = None
    seq: int = 0
    paused_until: datetime | None = None
    loaded: object = None
    loaded_at: float = 0.0
    order: str | None = None

    @property
    def hass(self) -> HomeAssistant:
        """The Home Assistant."""
        return self.asked.hass

    @property
    def is_trusted(self) -> bool:
        """Whether this clock may let couriers in."""
        now = dt_util.utcnow()
        return now >= WRITTEN and (self.newest is None or now >= self.newest - BEHIND)

    async def live(self, deeds: int) -> None:
        """Let so many things happen."""
        self.bolt.real = self.clocks.monotonic
        self._read()
        weights = {
            self.issue: 4,
            self.enter: 8,
            self.ask_at_door: 3,
            self.ring: 3,
            self.step: 4,
            self.wait: 7,
            self.pause: 1,
            self.resume: 2,
            self.restart: 2,
            self.set_right: 4,
            self.report_parcel: 1,
        }
        for _ in range(deeds):
            [deed] = self.chance.choices([*weights], [*weights.values()])
            self.story.append(f"{dt_util.utcnow():%Y-%m-%d %H:%M:%S} {deed.__name__}")
            before = len(self.wrong)
            await deed()
            await self._settle()
            self.look()
            if len(self.wrong) > before:
                self.wrong.append("after " + "; ".join(self.story[-9:]))
        await self.pass_time(NOTIFIED + MINUTE)
        await self.pass_time(MINUTE)

    # What happens

    async def issue(self) -> None:
        """Let a courier ask for a grant, perhaps of later or for the home that wants to be asked."""
        unit = self.chance.choice(("3B", "3B", "4A"))
        await self._issue(unit, self.chance.choice((-HOUR, HOUR, 3 * HOUR, DAY)))

    async def _issue(self, unit: str, starts_in: timedelta) -> None:
        start = dt_util.utcnow() + starts_in
        end = start + self.chance.choice((2, 11)) * HOUR
        grant_id = f"G{self.counts['messages']}"
        answer = await self.asked.sender.grant(
            grant_id,
            (unit,),
            starts_at=start.isoformat(),
            ends_at=end.isoformat(),
            max_entries=5,
            door="lobby",
        )
        self._answered(answer)
        if answer.body.get("decision") == "accepted":
            self.grants[grant_id] = (unit, start, end)
            self.counts["grants"] += 1

    async def enter(self) -> None:
        """Let a courier come to the home that doesn't want to be asked; perhaps set the clock while the door is open."""
        if grant_id := await self._grant("3B"):
            answer = await self.asked.sender.enter(grant_id)
            self._answered(answer)
            if answer.body.get("decision") == "admitted" and self.chance.random() < 0.5:
                self.counts["steps while a door was open"] += 1
                await self._tick(SECOND)
                await self.step()

    async def ask_at_door(self) -> None:
        """Let a courier wait for a resident, whose answer comes before or after a step of the clock, or never."""
        if grant_id := await self._grant("4A"):
            await self._wait_for(
                asyncio.create_task(self.asked.sender.enter(grant_id)), "Ben"
            )

    async def ring(self) -> None:
        """Let a driver ring."""
        ringing = ask(
            self.asked.house, "request_entry", "door-lobby", Context(), ring=True
        )
        await self._wait_for(asyncio.create_task(ringing), "Ada")

    async def _wait_for(self, waiting: asyncio.Task[Any], name: str) -> None:
        phone = self.asked.phones[name]
        before = len(phone.questions)
        await self._rest()
        if not waiting.done():
            self.counts["waited at the door"] += 1
            happens = self.chance.choice(("step", "answer", "both", "late", "nothing"))
            if happens in ("step", "both"):
                self._set(self._by())
                self.counts["steps while somebody waited"] += 1
            if happens == "late":
                await self._tick(20 * SECOND)
            if happens in ("answer", "both", "late") and len(phone.questions) > before:
                await phone.answer("Let in")
        for _ in range(12):
            await self._rest()
            if waiting.done():
                break
            await self._tick(10 * SECOND)
        if not waiting.done():
            self.wrong.append("a courier waited for more than two minutes")
            waiting.cancel()
        with suppress(HomeAssistantError, asyncio.CancelledError):
            await waiting

    async def step(self) -> None:
        """Set the clock; perhaps at once while the building is under way."""
        self._set(self._by())
        async_fire_time_changed(self.hass)

    async def wait(self) -> None:
        """Let time pass."""
        seconds = self.chance.choice((2, 6, 30, 180, 180, 2000, 3600, 25 * 3600))
        await self.pass_time(timedelta(seconds=seconds))

    async def pause(self) -> None:
        """Let a resident pause the building for a day."""
        await do(self.asked.house, "pause", self.asked.people.acting("Ada"))
        self.counts["pauses"] += 1
        self.paused_until = dt_util.utcnow() + DAY

    async def resume(self) -> None:
        """Let a resident end the pause."""
        await do(self.asked.house, "resume", self.asked.people.acting("Ada"))
        self.paused_until = None

    async def restart(self) -> None:
        """Restart the building; perhaps set the clock while it is down."""
        self.counts["restarts"] += 1
        house = self.asked.house
        if self.chance.random() < 0.5:
            await house.reload()
            return
        await house.go_down()
        if self.chance.random() < 0.7:
            by = self._by()
            self.counts["steps"] += 1
            self.clocks.set_wall(by)
        self.clocks.freezer.tick(self.chance.choice((1, 40, 7200)))
        assert await self.hass.config_entries.async_setup(house.entry.entry_id)

    async def set_right(self) -> None:
        """Set the clock right, and let an administrator accept its time if that is asked for."""
        self._set(-self.clocks.set_by)
        await self.pass_time(NOTICED)
        await self.pass_time(SECOND)
        self.look()
        issue = fixing.shown(self.hass, "clock_untrusted")
        if (issue is None) is not self.is_trusted:
            self.wrong.append(f"the clock's repair is {issue}")
        if issue is not None:
            client = await self.admin()
            form = await fixing.begin(client, issue.issue_id)
            await fixing.confirm(client, form)
            self.counts["clocks accepted"] += 1

    async def report_parcel(self) -> None:
        """Let a parcel go out for delivery, under a standing order."""
        if self.order is None:
            order = await (await self.ada()).result(
                "orders/set",
                resident="resident-ada",
                courier="Parcel Post",
                door="door-lobby",
                sensors=[self.account.sensor.entity_id],
            )
            self.order = order["order"]
        number = f"JD{len(self.story):09}"
        self.account.report(number, "in_transit")
        self.account.report(number, "out_for_delivery")
        self.counts["parcels"] += 1

    # The clocks

    def _by(self) -> timedelta:
        now = dt_util.utcnow()
        by = self.chance.choice((*STEPS, EPOCH + DAY - now, -self.clocks.set_by))
        # Home Assistant itself makes no context before 1970.
        return max(by, EPOCH - now)

    def _set(self, by: timedelta) -> None:
        self.counts["steps"] += 1
        self.story.append(f"set by {by}")
        # What is recorded by now is judged by the clock before.
        self._read()
        if self.paused_until is not None:
            # Until the building has noticed, either time may count.
            self.paused_until += by
        self.clocks.set_wall(by)

    async def _tick(self, time: timedelta) -> None:
        """Let time pass while somebody waits who can't be waited for."""
        self.clocks.freezer.tick(time)
        async_fire_time_changed(self.hass)
        await self._rest()

    async def _rest(self) -> None:
        for _ in range(6):
            await quiet()
            entry = self.asked.house.entry
            if entry.state is ConfigEntryState.LOADED:
                with suppress(Exception):
                    await self.asked.house.building.ledger.read(lambda conn: None)
            self._follow()

    async def pass_time(self, time: timedelta) -> None:
        """Let time pass, and let the building do what is due."""
        await self.clocks.pass_time(time)
        await self._settle()
        self.look()

    async def _settle(self) -> None:
        await self.asked.settle()
        self._follow()

    def _follow(self) -> None:
        """Note when the building was loaded."""
        entry = self.asked.house.entry
        is_loaded = entry.state is ConfigEntryState.LOADED
        loaded = entry.runtime_data if is_loaded else None
        if loaded is not self.loaded:
            self.loaded, self.loaded_at = loaded, self.clocks.monotonic()

    # What has to hold

    async def _grant(self, unit: str) -> str | None:
        """Choose a grant of a unit; mostly one of now, if there is none a new one."""
        now = dt_util.utcnow()
        every = [key for key, (of, *_) in self.grants.items() if of == unit]
        if self.chance.random() < 0.2 and every:
            return self.chance.choice(every[-5:])
        current = [
            key for key in every if self.grants[key][1] <= now < self.grants[key][2]
        ]
        if not current:
            await self._issue(unit, -HOUR)
            return next(reversed(self.grants), None)
        return current[-1]

    def _answered(self, answer: Answer) -> None:
        """See that no message is answered otherwise than that the clock isn't trusted, while it isn't."""
        self.counts["messages"] += 1
        if self.is_trusted:
            decision = answer.body.get("decision", answer.problem)
            self.counts[f"answered {decision}"] += 1
            if answer.problem == "clock_untrusted":
                self.wrong.append("a trusted clock kept a courier out")
        else:
            self.counts["refused by an untrusted clock"] += 1
            if answer.problem not in ("clock_untrusted", "not_ready"):
                self.wrong.append(f"an untrusted clock answered {answer.body}")

    def look(self) -> None:
        """See that no promise is broken."""
        self._read()
        now, unlocked_at = self.clocks.monotonic(), self.bolt.unlocked_at
        if unlocked_at is not None:
            since = max(unlocked_at + UNLOCKED + 1, self.loaded_at + AFTER_START)
            if now > since and self.loaded is not None:
                self.wrong.append(f"the door is unlocked since {now - unlocked_at} s")
        if self.bolt.names.count("unlock") > self.counts["entries"]:
            self.wrong.append("the door was unlocked without a record")

    def _read(self) -> None:
        """Read what is new in the ledger's file."""
        with closing(sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True)) as file:
            rows = file.execute(
                "SELECT seq, at, kind FROM records WHERE seq > ? ORDER BY seq",
                (self.seq,),
            ).fetchall()
            for seq, at, kind in rows:
                self.seq = seq
                self._recorded(file, seq, EPOCH + at * timedelta.resolution, kind)
            self._look_for_notifications(file)

    def _recorded(
        self, file: sqlite3.Connection, seq: int, at: datetime, kind: str
    ) -> None:
        if kind == "clock.accepted":
            self.newest = at
        if kind == "entry.admitted":
            self.counts["entries"] += 1
            if at < WRITTEN or (self.newest is not None and at < self.newest - BEHIND):
                self.wrong.append(f"an entry at {at}, after a record of {self.newest}")
            if self.paused_until is not None and at < self.paused_until - NOTICED:
                self.wrong.append(f"an entry at {at}, paused until {self.paused_until}")
            query = (
                "SELECT entries.entry_id, starts_at, ends_at FROM entries"
                " JOIN grants USING (courier_id, grant_id) WHERE entries.seq = ?"
            )
            [(entry_id, starts_at, ends_at)] = file.execute(query, (seq,)).fetchall()
            start, end = (
                EPOCH + edge * timedelta.resolution for edge in (starts_at, ends_at)
            )
            if not start <= at < end:
                self.wrong.append(f"an entry at {at}, with a grant of {start} to {end}")
            self.admitted.append(Admitted(entry_id, self.clocks.monotonic()))
        self.newest = at if self.newest is None else max(at, self.newest)

    def _look_for_notifications(self, file: sqlite3.Connection) -> None:
        """See that no notification is still pending after half an hour in which the building ran."""
        now = self.clocks.monotonic()
        ready = now - NOTIFIED.total_seconds()
        for entry in self.admitted:
            if entry.is_notified or entry.real > ready or self.loaded_at > ready:
                continue
            entry.is_notified = True
            query = (
                "SELECT count(*), count(CASE WHEN state = 'pending' THEN 1 END)"
                " FROM notifications JOIN fanouts ON fanouts.id = fanout_id"
                " WHERE kind = 'entry_admitted' AND entry_id = ?"
            )
            [(every, pending)] = file.execute(query, (entry.entry_id,)).fetchall()
            self.counts["notifications"] += every
            if pending or every < len(self.asked.phones):
                self.wrong.append(f"{pending} of {every} notifications are pending")
