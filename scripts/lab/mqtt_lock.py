"""A lock that lives outside of Home Assistant: it hears commands over MQTT and keeps a log of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
import json

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from .instance import HOST

BIRTH_TOPIC = "homeassistant/status"
MOVES_AFTER = 0.05
SLOW_AFTER = 3.0
LATE_AFTER = 12.0


class Mode(StrEnum):
    """How a lock takes commands."""

    NORMAL = "normal"
    """It moves at once and says so."""
    SLOW = "slow"
    """It moves after 3 s."""
    SILENT = "silent"
    """It moves and does not say so."""
    JAMMED = "jammed"
    """It does not move, and says that it is jammed."""
    LATE = "late"
    """It moves after 12 s, later than anyone waits for it."""
    LOST = "lost"
    """The command is lost."""
    REPEATED = "repeated"
    """It says everything twice."""
    RETAINED = "retained"
    """The broker keeps what it said for those who come later."""


class Seen(StrEnum):
    """What the lock went through."""

    TOLD_TO_UNLOCK = "UNLOCK"
    TOLD_TO_LOCK = "LOCK"
    UNLOCKED = "UNLOCKED"
    LOCKED = "LOCKED"
    JAMMED = "JAMMED"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that the lock went through."""

    seen: Seen
    at: datetime


@dataclass(slots=True)
class MqttLock:
    """One lock at a broker's port; `log` is its truth, oldest first, whatever Home Assistant made of it.

    `heard` is called with each happening. Home Assistant finds it by discovery, as `entity_id`. As MQTT devices do, it
    says how it stands whenever Home Assistant says that it is there.
    """

    port: int
    name: str = "street"
    mode: Mode = Mode.NORMAL
    locked: bool = True
    heard: Callable[[Happening], None] = lambda _happening: None
    log: list[Happening] = field(default_factory=list)
    _moving: asyncio.TimerHandle | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _client: Client = field(default_factory=lambda: Client(CallbackAPIVersion.VERSION2))

    @property
    def entity_id(self) -> str:
        """What Home Assistant calls it."""
        return f"lock.{self.name}"

    @property
    def state_topic(self) -> str:
        """Where it says how it stands."""
        return f"{self._base}/state"

    @property
    def availability_topic(self) -> str:
        """Where it says whether it can be reached."""
        return f"{self._base}/availability"

    @property
    def command_topic(self) -> str:
        """Where it hears commands."""
        return f"{self._base}/set"

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Be there: connected to the broker, found by Home Assistant, and available."""
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()

        def take(_client: Client, _data: object, message: MQTTMessage) -> None:
            loop.call_soon_threadsafe(
                self._take, message.topic, message.payload.decode()
            )

        def connected(client: Client, *_rest: object) -> None:
            client.subscribe([(self.command_topic, 1), (BIRTH_TOPIC, 1)])
            loop.call_soon_threadsafe(self._introduce)

        def subscribed(*_rest: object) -> None:
            loop.call_soon_threadsafe(ready.set)

        self._client.on_message = take
        self._client.on_connect = connected
        self._client.on_subscribe = subscribed
        self._client.will_set(self.availability_topic, "offline", 1, retain=True)
        self._client.reconnect_delay_set(1, 1)
        self._client.connect_async(HOST, self.port)
        self._client.loop_start()
        try:
            async with asyncio.timeout(10):
                await ready.wait()
            yield
        finally:
            self.say_available(False)
            self._client.disconnect()
            await asyncio.to_thread(self._client.loop_stop)
            if self._moving is not None:
                self._moving.cancel()

    def say_available(self, available: bool) -> None:
        """Say whether it can be reached; commands come all the same."""
        said = "online" if available else "offline"
        self._client.publish(self.availability_topic, said, 1, retain=True)

    def behave(self, mode: Mode) -> None:
        """Take commands in another way from now on, and leave nothing retained that could be out of date then."""
        if self.mode is Mode.RETAINED and mode is not Mode.RETAINED:
            self._client.publish(self.state_topic, "", 1, retain=True)
        self.mode = mode

    def by_hand(self, *, lock: bool) -> None:
        """Turn its key, and have it say so."""
        self._move(lock=lock)

    def say(self, *, retain: bool = False) -> None:
        """Say how it stands."""
        self._publish(Seen.LOCKED if self.locked else Seen.UNLOCKED, retain=retain)

    def count(self, seen: Seen) -> int:
        """Return how often it went through something."""
        return sum(happening.seen is seen for happening in self.log)

    async def until(self, happened: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so after a happening; returns whether it is in time."""
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    @property
    def _base(self) -> str:
        return f"courier_access_lab/{self.name}"

    def _introduce(self) -> None:
        discovery = {
            "name": None,
            "unique_id": f"courier_access_lab_{self.name}",
            "default_entity_id": self.entity_id,
            "command_topic": self.command_topic,
            "state_topic": self.state_topic,
            "availability_topic": self.availability_topic,
            "device": {"identifiers": [self._base], "name": self.name.capitalize()},
        }
        topic = f"homeassistant/lock/{self.name}/config"
        self._client.publish(topic, json.dumps(discovery), 1, retain=True)
        self.say_available(True)
        self.say(retain=self.mode is Mode.RETAINED)

    def _take(self, topic: str, payload: str) -> None:
        if topic == BIRTH_TOPIC:
            if payload == "online" and self.mode is not Mode.SILENT:
                self.say(retain=self.mode is Mode.RETAINED)
            return
        told = Seen(payload)
        self._note(told)
        if self._moving is not None:
            self._moving.cancel()
            self._moving = None
        if self.mode is Mode.LOST:
            return
        loop = asyncio.get_running_loop()
        if self.mode is Mode.JAMMED:
            self._note(Seen.JAMMED)
            self._publish(Seen.JAMMED)
            return
        delay = {Mode.SLOW: SLOW_AFTER, Mode.LATE: LATE_AFTER}.get(
            self.mode, MOVES_AFTER
        )
        self._moving = loop.call_later(
            delay, lambda: self._move(lock=told is Seen.TOLD_TO_LOCK)
        )

    def _move(self, *, lock: bool) -> None:
        self._moving = None
        self.locked = lock
        self._note(Seen.LOCKED if lock else Seen.UNLOCKED)
        if self.mode is Mode.SILENT:
            return
        self.say(retain=self.mode is Mode.RETAINED)
        if self.mode is Mode.REPEATED:
            self.say()

    def _publish(self, said: Seen, *, retain: bool = False) -> None:
        self._client.publish(self.state_topic, said, 1, retain=retain)

    def _note(self, seen: Seen) -> None:
        happening = Happening(seen, datetime.now(UTC))
        self.log.append(happening)
        self.heard(happening)
        self._changed.set()
