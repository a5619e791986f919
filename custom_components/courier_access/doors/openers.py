"""Read and operate what is at a door: its opener, and its contact sensor."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple, Self

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
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State
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
from ..home_assistant.callbacks import FollowedEntity, Listeners

SCRIPT = "script"


class DoorSettings(NamedTuple):
    """A door's opener, contact sensor, and times.

    `opener` and `contact` are entity registry ids, or entity ids of unregistered
    entities. Without an opener it is a demo door.
    """

    opener: str | None = None
    operation: Operation = Operation.UNLOCK
    unlock_seconds: int = DEFAULT_UNLOCK_SECONDS
    contact: str | None = None
    close_cover: bool = False

    @classmethod
    def from_subentry(cls, subentry: ConfigSubentry) -> Self:
        """Read the settings from a door's subentry."""
        data = subentry.data
        demo = data[CONF_OPENER_KIND] == OpenerKind.DEMO
        return cls(
            opener=None if demo else data[CONF_OPENER],
            operation=Operation(data.get(CONF_OPERATION, Operation.UNLOCK)),
            unlock_seconds=int(data.get(CONF_UNLOCK_SECONDS, DEFAULT_UNLOCK_SECONDS)),
            contact=data.get(CONF_CONTACT),
            close_cover=data.get(CONF_CLOSE_COVER, False),
        )


class Position(StrEnum):
    """The position of an opener."""

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
        """Return whether people can walk through the door."""
        return self in (Position.UNLOCKED, Position.OPEN)

    @property
    def is_known(self) -> bool:
        return self not in (Position.UNAVAILABLE, Position.UNKNOWN)

    @property
    def is_released(self) -> bool:
        return self.lets_in or self in (Position.UNLOCKING, Position.OPENING)


class Reading(NamedTuple):
    """A report of an opener; not `changed` if it repeats the position."""

    position: Position
    context: Context
    changed: bool


class OpenerUnavailable(HomeAssistantError):
    """The opener is missing or unavailable, so a command would be lost."""

    def __init__(self) -> None:
        super().__init__(
            translation_domain=DOMAIN, translation_key="opener_unavailable"
        )


class Opener(ABC):
    """Unlocks a door and usually locks it and reports its position.

    Commands raise OpenerUnavailable before anything is sent; errors propagate.
    """

    def __init__(self, hass: HomeAssistant, settings: DoorSettings) -> None:
        self._hass = hass
        self.settings = settings

    @property
    @abstractmethod
    def position(self) -> Position:
        """Return the current position; LOCKED for an opener without a state."""

    @property
    def available(self) -> bool:
        """Return whether a command would reach the opener."""
        return self.position is not Position.UNAVAILABLE

    @property
    def removed(self) -> bool:
        """Return whether the opener was removed and won't return by itself."""
        return False

    @property
    @abstractmethod
    def has_state(self) -> bool:
        """Return whether the opener's state is a position."""

    @property
    @abstractmethod
    def assumed(self) -> bool:
        """Return whether the state is assumed."""

    @property
    def is_seen(self) -> bool:
        """Return whether the opener can confirm a command."""
        return self.has_state and not self.assumed

    @property
    def reads_locked(self) -> bool:
        return self.is_seen and self.position is Position.LOCKED

    @property
    @abstractmethod
    def supports_open(self) -> bool:
        """Return whether the opener can release the latch."""

    @property
    def unlatches(self) -> bool:
        """Return whether a courier is let in by the latch, which may open unseen."""
        return False

    @property
    @abstractmethod
    def can_close(self) -> bool:
        """Return whether the opener can lock the door again."""

    async def open(self, context: Context) -> None:
        """Let somebody in with the operation that the administrator chose."""
        await (self.unlatch if self.unlatches else self.unlock)(context)

    @abstractmethod
    async def unlock(self, context: Context) -> None:
        """Unlock."""

    @abstractmethod
    async def unlatch(self, context: Context) -> None:
        """Unlock and release the latch."""

    @abstractmethod
    async def close(self, context: Context) -> None:
        """Lock again; only if `can_close`."""

    @abstractmethod
    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Call `on_reading` with each report, even if it repeats the position."""


class _DomainControl(NamedTuple):
    """A domain's actions, and the positions of its states if it has any."""

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
OPENER_DOMAINS: Final = tuple(_DOMAINS)
"""The domains of the entities that can open a door."""


class EntityOpener(Opener):
    """Operates a lock, switch, button, cover, or script."""

    def __init__(self, hass: HomeAssistant, settings: DoorSettings) -> None:
        super().__init__(hass, settings)
        if settings.opener is None:
            raise ValueError("a demo door has no entity")
        self._entity = FollowedEntity(hass, settings.opener)
        self._last_domain: str | None = None

    @property
    def position(self) -> Position:
        return self._position(self._entity.state)

    @property
    def removed(self) -> bool:
        return self._entity.entity_id is None

    @property
    def has_state(self) -> bool:
        """Return whether entities of the domain report a position."""
        control = _DOMAINS.get(self._domain or LOCK)
        return control is not None and control.positions is not None

    @property
    def assumed(self) -> bool:
        """Return whether the entity assumes its state."""
        state = self._entity.state
        return state is not None and bool(state.attributes.get(ATTR_ASSUMED_STATE))

    @property
    def supports_open(self) -> bool:
        """Return whether the entity is a lock that can release the latch."""
        state = self._entity.state
        if state is None or state.domain != LOCK:
            return False
        return bool(
            state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & LockEntityFeature.OPEN
        )

    @property
    def can_close(self) -> bool:
        """Return whether the entity can lock; a cover only if that is allowed.

        An entity that was never seen counts as one that can, so its door isn't
        forgotten.
        """
        if self._domain == COVER:
            return self.settings.close_cover
        control = _DOMAINS.get(self._domain or LOCK)
        return control is not None and control.lock is not None

    @property
    def unlatches(self) -> bool:
        return self.settings.operation is Operation.OPEN and self._domain == LOCK

    async def unlock(self, context: Context) -> None:
        await self._call(lambda control: control.unlock, context)

    async def unlatch(self, context: Context) -> None:
        await self._call(lambda control: SERVICE_OPEN, context)

    async def close(self, context: Context) -> None:
        await self._call(lambda control: control.lock, context)

    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Call `on_reading` with each report, also if the entity is removed."""
        before = self.position

        def report(state: State | None, context: Context) -> None:
            nonlocal before
            was, before = before, self._position(state)
            on_reading(Reading(before, context, changed=was is not before))

        return self._entity.listen(report)

    @property
    def _domain(self) -> str | None:
        """Return the last known domain; None if the entity was never seen."""
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
        """Call an action of the entity's domain; nothing is awaited before the call.

        Home Assistant answers an action on a missing or unavailable entity with
        success.
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
    """A simulated lock for a demo door."""

    has_state = True
    assumed = False
    supports_open = False
    can_close = True

    def __init__(self, hass: HomeAssistant, settings: DoorSettings) -> None:
        super().__init__(hass, settings)
        self._position = Position.LOCKED
        self._listeners = Listeners[[Reading]]()

    @property
    def position(self) -> Position:
        return self._position

    async def unlock(self, context: Context) -> None:
        """Unlock; the report follows in the next loop iteration."""
        self._hass.loop.call_soon(self._move, Position.UNLOCKED, context)

    async def unlatch(self, context: Context) -> None:
        """Unlock; the demo door has no latch."""
        await self.unlock(context)

    async def close(self, context: Context) -> None:
        self._hass.loop.call_soon(self._move, Position.LOCKED, context)

    def listen(self, on_reading: Callable[[Reading], None]) -> CALLBACK_TYPE:
        return self._listeners.add(on_reading)

    def _move(self, position: Position, context: Context) -> None:
        was, self._position = self._position, position
        reading = Reading(position, context, changed=was is not position)
        self._listeners.call(reading)


class ContactState(StrEnum):
    """The state of a contact sensor."""

    CLOSED = "shut"
    OPEN = "standing_open"
    UNKNOWN = "unknown"


_CONTACT_STATES = {STATE_ON: ContactState.OPEN, STATE_OFF: ContactState.CLOSED}


def _contact_state(state: State | None) -> ContactState:
    read = "" if state is None else state.state
    return _CONTACT_STATES.get(read, ContactState.UNKNOWN)


class Contact:
    """A contact sensor; UNKNOWN without one or while it has no state."""

    def __init__(self, hass: HomeAssistant, reference: str | None) -> None:
        self._hass = hass
        self.use(reference)

    def use(self, reference: str | None) -> None:
        """Read another sensor from now on; listeners must listen again."""
        self._entity = (
            None if reference is None else FollowedEntity(self._hass, reference)
        )

    @property
    def state(self) -> ContactState:
        return _contact_state(self._entity.state if self._entity else None)

    @property
    def is_open(self) -> bool:
        """Return whether the door stands open, so it can't be locked."""
        return self.state is ContactState.OPEN

    def listen(
        self, on_change: Callable[[ContactState, ContactState], None]
    ) -> CALLBACK_TYPE:
        """Call `on_change` with the state before and after each change."""
        if self._entity is None:
            return lambda: None
        before = self.state

        def report(state: State | None, context: Context) -> None:
            nonlocal before
            was, before = before, _contact_state(state)
            if was is not before:
                on_change(was, before)

        return self._entity.listen(report)
