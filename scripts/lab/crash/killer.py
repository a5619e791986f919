"""Chooses the moments at which Home Assistant is killed."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from time import monotonic

from ..instance import Instance
from ..mqtt_lock import Mode, MqttLock, Seen
from .office import Office

UP_WITHIN = 90
WAITS = 12.0
_MODES = (
    *(Mode.NORMAL,) * 5,
    *(Mode.RETAINED,) * 4,
    *(Mode.REPEATED,) * 2,
    Mode.SLOW,
    Mode.JAMMED,
    Mode.LATE,
    Mode.LOST,
)


class Moment(StrEnum):
    """When it is killed."""

    STARTING = "while it starts"
    RUNNING = "at any time"
    ENTRY = "within 50 ms of an entry's request"
    DOOR = "within 100 ms of something at the door"


_MOMENTS = (
    *(Moment.STARTING,) * 2,
    Moment.RUNNING,
    *(Moment.ENTRY,) * 2,
    *(Moment.DOOR,) * 3,
)
"""Dealt in any order, so that each has its share of a small campaign, too."""


@dataclass(slots=True)
class Killer:
    """Starts Home Assistant and kills it, `kills` times."""

    home: Instance
    office: Office
    lock: MqttLock
    random: Random
    moments: Counter[Moment] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    _dealt: list[Moment] = field(default_factory=list)
    _start_takes: float = 6.0
    _entry_sent: asyncio.Event = field(default_factory=asyncio.Event)
    _door_moved: asyncio.Event = field(default_factory=asyncio.Event)
    _awaited: Seen = Seen.TOLD_TO_UNLOCK

    def watch(self) -> None:
        """Have entries and the door say when they are under way."""
        self.office.sending = lambda _letter: self._entry_sent.set()

        def heard(happening: object) -> None:
            if getattr(happening, "seen", None) is self._awaited:
                self._door_moved.set()

        self.lock.heard = heard

    async def strike(self) -> None:
        """Start it, and kill it at one of the moments."""
        if not self._dealt:
            self._dealt = self.random.sample(_MOMENTS, len(_MOMENTS))
        moment = self._dealt.pop()
        self.lock.mode = self.random.choice(_MODES)
        began = monotonic()
        self.office.answered.clear()
        self.home.start()
        if moment is Moment.STARTING:
            await asyncio.sleep(self.random.uniform(0.05, self._start_takes))
        else:
            try:
                async with asyncio.timeout(UP_WITHIN):
                    await self.office.answered.wait()
                self._start_takes = monotonic() - began
                await self._wait_for(moment)
            except TimeoutError:
                self.complaints.append(
                    f"no courier was answered in {UP_WITHIN} s of a start"
                )
        self.home.kill()
        self.moments[moment] += 1
        self.listen()

    def listen(self) -> None:
        """Keep what Home Assistant's log has against the integration."""
        for line in self.home.log.read_text(errors="replace").splitlines():
            if "custom_components/courier_access" in line or (
                "custom_components.courier_access" in line and "ERROR" in line
            ):
                self.complaints.append(line)

    async def _wait_for(self, moment: Moment) -> None:
        await asyncio.sleep(self.random.uniform(0, 4))
        if moment is Moment.RUNNING:
            return
        happens, within = self._entry_sent, 0.05
        if moment is Moment.DOOR:
            self._awaited = self.random.choice(
                (Seen.TOLD_TO_UNLOCK, Seen.UNLOCKED, Seen.TOLD_TO_LOCK, Seen.LOCKED)
            )
            happens, within = self._door_moved, 0.1
        happens.clear()
        try:
            async with asyncio.timeout(WAITS):
                await happens.wait()
        except TimeoutError:
            return
        await asyncio.sleep(self.random.uniform(0, within))
