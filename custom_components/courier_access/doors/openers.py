"""What opens a door: an entity of another integration, or nothing real (the demo door)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from homeassistant.components.button.const import DOMAIN as BUTTON, SERVICE_PRESS
from homeassistant.components.cover.const import DOMAIN as COVER, CoverState
from homeassistant.components.lock.const import (
    DOMAIN as LOCK,
    LockEntityFeature,
    LockState,
)
from homeassistant.components.switch.const import DOMAIN as SWITCH
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import (
    ATTR_ASSUMED_STATE,
    ATTR_ENTITY_ID,
    ATTR_SUPPORTED_FEATURES,
    SERVICE_CLOSE_COVER,
    SERVICE_LOCK,
    SERVICE_OPEN,
    SERVICE_OPEN_COVER,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    SERVICE_UNLOCK,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
)
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError

from ..const import (
    CONF_CLOSE_COVER,
    CONF_CONTACT,
    CONF_OPENER,
    CONF_OPENER_KIND,
    CONF_OPERATION,
    CONF_UNLOCK_SECONDS,
    DEFAULT_UNLOCK_SECONDS,
    DOMAIN,
    OpenerKind,
    Operation,
)
from ..hass.entities import FollowedEntity
from ..hass.listeners import Listeners


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """A door's opener, contact sensor and times.

    `opener` and `contact` are ids of the entity registry, or entity ids where an entity has no
    registry entry. Without an opener it is the demo door.
    """

    opener: str | None = None
    operation: Operation = Operation.UNLOCK
    unlock_seconds: int = DEFAULT_UNLOCK_SECONDS
    contact: str | None = None
    close_cover: bool = False

    @classmethod
    def from_subentry(cls, subentry: ConfigSubentry) -> Self:
        """Return the settings that a door's subentry holds."""
        data = subentry.data
        demo = data[CONF_OPENER_KIND] == OpenerKind.DEMO
        return cls(
            opener=None if demo else data[CONF_OPENER],
            operation=Operation(data.get(CONF_OPERATION, Operation.UNLOCK)),
            unlock_seconds=int(data.get(CONF_UNLOCK_SECONDS, DEFAULT_UNLOCK_SECONDS)),
            contact=data.get(CONF_CONTACT),
            close_cover=data.get(CONF_CLOSE_COVER, False),
        )


SCRIPT = "script"


class Position(StrEnum):
    """How an opener reads."""

    LOCKED = "locked"
    LOCKING = "locking"
    UNLOCKED = "unlocked"
    UNLOCKING = "unlocking"
    OPEN = "open"
    OPENING = "opening"
    JAMMED = "jammed"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"

    @property
    def lets_in(self) -> bool:
        """Whether a door that reads so can be walked through."""
        return self in (Position.UNLOCKED, Position.OPEN)

    @property
    def is_released(self) -> bool:
        """Whether a door that reads so is unlocked, or about to be."""
        return self.lets_in or self in (Position.UNLOCKING, Position.OPENING)


@dataclass(frozen=True, slots=True)
class Reading:
    """One report of an opener's state; `changed` is False where it repeats the position before."""

    position: Position
    context: Context
    changed: bool


class OpenerUnavailable(HomeAssistantError):
    """The opener is missing or unavailable: a command to it would be lost without a word."""

    def __init__(self) -> None:
        super().__init__(
            translation_domain=DOMAIN, translation_key="opener_unavailable"
        )


class Opener(ABC):
    """Something that unlocks a door and, usually, locks it and says how it stands.

    Commands raise OpenerUnavailable before anything is sent, and whatever the opener raises.
    """

    @property
    @abstractmethod
    def position(self) -> Position:
        """How it reads now. An opener without a state reads LOCKED."""

    @property
    def available(self) -> bool:
        """Whether a command would reach it."""
        return self.position is not Position.UNAVAILABLE

    @property
    def removed(self) -> bool:
        """Whether there is no such opener any more, so that it does not come back by itself."""
        return False

    @property
    @abstractmethod
    def has_state(self) -> bool:
        """Whether its state says how the door stands (a button's and a script's do not)."""

    @property
    @abstractmethod
    def assumed(self) -> bool:
        """Whether its state is only what it was last told to be."""

    @property
    def is_seen(self) -> bool:
        """Whether its position is seen, so that it can confirm what a command did."""
        return self.has_state and not self.assumed

    @property
    @abstractmethod
    def supports_open(self) -> bool:
        """Whether it can release the latch besides unlocking."""

    @property
    @abstractmethod
    def can_close(self) -> bool:
        """Whether it can lock again."""

    @abstractmethod
    async def open(self, context: Context) -> None:
        """Let somebody in, in the way the owner chose (unlock or open)."""

    @abstractmethod
    async def unlock(self, context: Context) -> None:
        """Unlock."""

    @abstractmethod
    async def unlatch(self, context: Context) -> None:
        """Unlock and release the latch."""

    @abstractmethod
    async def close(self, context: Context) -> None:
        """Lock again; only where `can_close`."""

    @abstractmethod
    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Hand over every report of its state, repeated ones too."""


@dataclass(frozen=True, slots=True)
class _DomainControl:
    """How entities of one domain are worked, and how their states read (None: not at all)."""

    unlock: str
    lock: str | None
    positions: Mapping[str, Position] | None


_DOMAINS: Mapping[str, _DomainControl] = {
    LOCK: _DomainControl(
        SERVICE_UNLOCK, SERVICE_LOCK, {state: Position(state) for state in LockState}
    ),
    SWITCH: _DomainControl(
        SERVICE_TURN_ON,
        SERVICE_TURN_OFF,
        {STATE_ON: Position.UNLOCKED, STATE_OFF: Position.LOCKED},
    ),
    BUTTON: _DomainControl(SERVICE_PRESS, None, None),
    COVER: _DomainControl(
        SERVICE_OPEN_COVER,
        SERVICE_CLOSE_COVER,
        {
            CoverState.OPEN: Position.OPEN,
            CoverState.OPENING: Position.OPENING,
            CoverState.CLOSED: Position.LOCKED,
            CoverState.CLOSING: Position.LOCKING,
        },
    ),
    SCRIPT: _DomainControl(SERVICE_TURN_ON, None, None),
}


class EntityOpener(Opener):
    """An entity that opens the door: a lock, switch, button, cover or script."""

    def __init__(self, hass: HomeAssistant, settings: DoorSettings) -> None:
        if settings.opener is None:
            raise ValueError("a demo door has no entity")
        self._hass = hass
        self._entity = FollowedEntity(hass, settings.opener)
        self._releases_latch = settings.operation is Operation.OPEN
        self._close_cover = settings.close_cover
        self._last_domain: str | None = None

    @property
    def position(self) -> Position:
        """How it reads now."""
        return self._position(self._entity.state)

    @property
    def removed(self) -> bool:
        """Whether it was taken out of the registry; what was never there may still come."""
        return self._entity.entity_id is None

    @property
    def has_state(self) -> bool:
        """Whether entities of its domain say how the door stands."""
        control = _DOMAINS.get(self._domain or LOCK)
        return control is not None and control.positions is not None

    @property
    def assumed(self) -> bool:
        """Whether the entity only assumes its state."""
        state = self._entity.state
        return state is not None and bool(state.attributes.get(ATTR_ASSUMED_STATE))

    @property
    def supports_open(self) -> bool:
        """Whether it is a lock that can release the latch."""
        state = self._entity.state
        if state is None or state.domain != LOCK:
            return False
        return bool(
            state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & LockEntityFeature.OPEN
        )

    @property
    def can_close(self) -> bool:
        """Whether it can lock again; a cover only where the owner said that we may close it.

        What was never seen is taken for something that can, so that its door is not forgotten.
        """
        if self._domain == COVER:
            return self._close_cover
        control = _DOMAINS.get(self._domain or LOCK)
        return control is not None and control.lock is not None

    async def open(self, context: Context) -> None:
        """Let somebody in, in the way the owner chose."""
        if self._releases_latch and self._domain == LOCK:
            await self.unlatch(context)
        else:
            await self.unlock(context)

    async def unlock(self, context: Context) -> None:
        """Unlock the lock, turn the switch or script on, press the button or open the cover."""
        await self._call(lambda control: control.unlock, context)

    async def unlatch(self, context: Context) -> None:
        """Release the latch of a lock."""
        await self._call(lambda control: SERVICE_OPEN, context)

    async def close(self, context: Context) -> None:
        """Lock the lock, turn the switch off or close the cover."""
        await self._call(lambda control: control.lock, context)

    @callback
    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Hand over every report of the entity, its removal and its return included."""
        before = self.position

        @callback
        def report(state: State | None, context: Context) -> None:
            nonlocal before
            was, before = before, self._position(state)
            on_reading(Reading(before, context, changed=was is not before))

        return self._entity.listen(report)

    @property
    def _domain(self) -> str | None:
        """The entity's domain, also once it is gone; None if it was never there."""
        if entity_id := self._entity.entity_id:
            self._last_domain = entity_id.partition(".")[0]
        return self._last_domain

    def _position(self, state: State | None) -> Position:
        if (
            state is None
            or state.state == STATE_UNAVAILABLE
            or state.domain not in _DOMAINS
        ):
            return Position.UNAVAILABLE
        positions = _DOMAINS[state.domain].positions
        if positions is None:
            return Position.LOCKED
        return positions.get(state.state, Position.UNKNOWN)

    async def _call(
        self, action: Callable[[_DomainControl], str | None], context: Context
    ) -> None:
        """Call an action of the entity's domain; nothing is awaited before the call itself.

        Home Assistant answers an action on a missing or unavailable entity with success.
        """
        state = self._entity.state
        if state is None or self._position(state) is Position.UNAVAILABLE:
            raise OpenerUnavailable
        service = action(_DOMAINS[state.domain])
        if service is None:
            raise ValueError(f"a {state.domain} can't lock a door")
        await self._hass.services.async_call(
            state.domain,
            service,
            {ATTR_ENTITY_ID: state.entity_id},
            blocking=True,
            context=context,
        )


class DemoOpener(Opener):
    """A simulated lock, for trying the integration out; it starts locked and does as it is told."""

    has_state = True
    assumed = False
    supports_open = False
    can_close = True

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._position = Position.LOCKED
        self._listeners = Listeners[[Reading]]()

    @property
    def position(self) -> Position:
        """How it stands now."""
        return self._position

    async def open(self, context: Context) -> None:
        """Unlock."""
        await self.unlock(context)

    async def unlock(self, context: Context) -> None:
        """Unlock; the report follows at once, as that of a fast lock would."""
        self._hass.loop.call_soon(self._move, Position.UNLOCKED, context)

    async def unlatch(self, context: Context) -> None:
        """Unlock: it has no latch."""
        await self.unlock(context)

    async def close(self, context: Context) -> None:
        """Lock."""
        self._hass.loop.call_soon(self._move, Position.LOCKED, context)

    @callback
    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Hand over what it does."""
        return self._listeners.add(on_reading)

    @callback
    def _move(self, position: Position, context: Context) -> None:
        was, self._position = self._position, position
        reading = Reading(position, context, changed=was is not position)
        self._listeners.tell(reading)
