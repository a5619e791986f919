"""Chooses the moments at which Home Assistant is killed, and at times has it restart in order."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from random import Random
import signal
import subprocess
from time import monotonic

from ...client import User
from ...instance import Instance
from ...mqtt_lock import Mode, MqttLock, Seen
from .drivers import GONE
from .office import Office

UP_WITHIN = 90
WAITS = 4.0
ENDS_WITHIN = 60
LOCKS_WITHIN = 2.0
RESTART = 100
"""The exit status by which Home Assistant asks for its next start."""

_MODES = (
    *(Mode.NORMAL,) * 5,
    *(Mode.RETAINED,) * 4,
    *(Mode.REPEATED,) * 2,
    Mode.SLOW,
    Mode.JAMMED,
    Mode.LATE,
    Mode.LOST,
)
_SOUND = (Mode.NORMAL, Mode.RETAINED, Mode.REPEATED)


class Moment(StrEnum):
    """When it is killed."""

    STARTING = "while it starts"
    RUNNING = "at any time"
    ENTRY = "within 50 ms of a request"
    DOOR = "within 100 ms of something at the door"
    ANSWER = "within 100 ms of a resident's answer"
    USE = "within 100 ms of an entry of others"
    RELOADING = "while the building reloads"
    STOPPING = "while it stops"


class Orderly(StrEnum):
    """How it restarts in order."""

    SIGNAL = "by a signal"
    ACTION = "by its own action"


_MOMENTS = (
    *(Moment.STARTING,) * 2,
    Moment.RUNNING,
    *(Moment.ENTRY,) * 3,
    *(Moment.DOOR,) * 4,
    *(Moment.ANSWER,) * 2,
    Moment.USE,
    Moment.RELOADING,
    Moment.STOPPING,
)
"""Dealt in any order, so that each has its share of a small campaign, too."""

_WITHIN = {
    Moment.ENTRY: 0.05,
    Moment.DOOR: 0.1,
    Moment.ANSWER: 0.1,
    Moment.USE: 0.1,
}
ORDERLY_EVERY = 6


@dataclass(frozen=True, slots=True)
class Life:
    """A Home Assistant that answered at `up` and ended, or began to reload or stop, at `down`."""

    up: datetime
    down: datetime


@dataclass(slots=True)
class Killer:
    """Starts Home Assistant and kills it, `kills` times."""

    home: Instance
    owner: User
    entry_id: str
    office: Office
    gate: asyncio.Event
    """Clear while nobody may come."""
    lock: MqttLock
    random: Random
    end: Callable[[], object]
    """Ends the process without any order."""
    moments: Counter[Moment] = field(default_factory=Counter)
    orderly: Counter[Orderly] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    left_unlocked: int = 0
    lives: list[Life] = field(default_factory=list)
    _dealt: list[Moment] = field(default_factory=list)
    _start_takes: float = 2.0
    _happened: dict[Moment, asyncio.Event] = field(
        default_factory=lambda: {moment: asyncio.Event() for moment in _WITHIN}
    )
    _awaited: Seen = Seen.TOLD_TO_UNLOCK

    def watch(self) -> None:
        """Have the door say what it goes through."""

        def heard(happening: object) -> None:
            if getattr(happening, "seen", None) is self._awaited:
                self.happens(Moment.DOOR)

        self.lock.heard = heard

    def happens(self, moment: Moment) -> None:
        """Take note that something is under way."""
        self._happened[moment].set()

    async def strike(self) -> None:
        """Start it, and kill it at one of the moments."""
        if not self._dealt:
            self._dealt = self.random.sample(_MOMENTS, len(_MOMENTS))
        moment = self._dealt.pop()
        self.lock.behave(self.random.choice(_MODES))
        if moment is Moment.STARTING:
            await asyncio.to_thread(self.home.start)
            await asyncio.sleep(self.random.uniform(0.05, self._start_takes))
        elif (up := await self._come_up(moment is Moment.STOPPING)) is not None:
            await self._wait_for(moment)
            self.lives.append(Life(up, datetime.now(UTC)))
            await self._disturb(moment)
        await asyncio.to_thread(self.end)
        self.moments[moment] += 1
        self.listen()

    async def _come_up(self, is_orderly: bool) -> datetime | None:
        """Start it, and wait until a courier is answered; return when that was.

        What is to stop in order has to have started completely: earlier, a signal kills it. While somebody asks
        for something all the time, Home Assistant doesn't finish its start.
        """
        began = monotonic()
        self.office.answered.clear()
        await asyncio.to_thread(self.home.start)
        try:
            async with asyncio.timeout(UP_WITHIN):
                if is_orderly:
                    self.gate.clear()
                    await self._started()
                    self.gate.set()
                await self.office.answered.wait()
        except TimeoutError:
            self.complaints.append(
                f"no courier was answered in {UP_WITHIN} s of a start"
            )
            return None
        finally:
            self.gate.set()
        if not is_orderly:
            self._start_takes = monotonic() - began
        return datetime.now(UTC)

    async def restart(self) -> None:
        """Start it, let it work, and end it in order; then, the door must be locked."""
        self.lock.behave(self.random.choice(_SOUND))
        if (up := await self._come_up(is_orderly=True)) is None:
            await asyncio.to_thread(self.home.kill)
            return
        await self._wait_for(self.random.choice((Moment.RUNNING, Moment.DOOR)))
        self.lives.append(Life(up, datetime.now(UTC)))
        how = self.random.choice(tuple(Orderly))
        status = await self._end_in_order(how)
        if status != (RESTART if how is Orderly.ACTION else 0):
            self.complaints.append(f"it ended {how} with {status}")
        self.orderly[how] += 1
        if not await self.lock.until(lambda: self.lock.locked, LOCKS_WITHIN):
            self.left_unlocked += 1
            lately = ", ".join(
                f"{each.seen} {each.at:%T.%f}" for each in self.lock.log[-9:]
            )
            self.complaints.append(
                f"it ended {how}, and the door stands unlocked: up {up:%T.%f}, {lately}"
            )
        self.listen()

    async def _started(self) -> None:
        while True:
            with suppress(*GONE):
                await self.owner.running()
                return
            await asyncio.sleep(0.2)

    async def _end_in_order(self, how: Orderly) -> int | None:
        process = self.home.process
        assert process is not None
        if how is Orderly.SIGNAL:
            process.send_signal(signal.SIGTERM)
        else:
            with suppress(*GONE):
                await self.owner.act("homeassistant.restart", {})
        try:
            status = await asyncio.to_thread(process.wait, ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            status = None
        await asyncio.to_thread(self.home.stop)
        return status

    def listen(self) -> None:
        """Keep what Home Assistant's log has against the integration."""
        is_stopping = False
        for line in self.home.log.read_text(errors="replace").splitlines():
            if line.startswith("20"):
                # A code is hashed in a thread, in which a stop on a busy machine finds it.
                is_stopping = "is still running at shutdown" in line
            if is_stopping:
                continue
            if "custom_components/courier_access" in line or (
                "custom_components.courier_access" in line and "ERROR" in line
            ):
                self.complaints.append(line)

    async def _wait_for(self, moment: Moment) -> None:
        # Most are short; some last as long as a late lock or a late answer.
        await asyncio.sleep(self.random.choice((0.5, 0.5, 2, 8)) * self.random.random())
        if (happened := self._happened.get(moment)) is None:
            return
        if moment is Moment.DOOR:
            self._awaited = self.random.choice(
                (Seen.TOLD_TO_UNLOCK, Seen.UNLOCKED, Seen.TOLD_TO_LOCK, Seen.LOCKED)
            )
        happened.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(WAITS):
                await happened.wait()
            await asyncio.sleep(self.random.uniform(0, _WITHIN[moment]))

    async def _disturb(self, moment: Moment) -> None:
        """Begin what the kill interrupts."""
        process = self.home.process
        assert process is not None
        if moment is Moment.RELOADING:
            path = f"/api/config/config_entries/entry/{self.entry_id}/reload"
            reloading = asyncio.create_task(self.owner.post(path))
            await asyncio.sleep(self.random.uniform(0, 0.4))
            reloading.cancel()
            await asyncio.gather(reloading, return_exceptions=True)
        elif moment is Moment.STOPPING:
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(self.random.uniform(0, 0.6))
