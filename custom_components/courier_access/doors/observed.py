"""Watch a door's other ways in for couriers, which the building doesn't decide.

A source only reports. Nothing here commands a door.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
import time
from typing import NamedTuple, Self

from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    EventEntityStateAttribute,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import (
    CONF_COOL_DOWN,
    CONF_DOOR,
    CONF_EVENT_TYPES,
    CONF_SOURCE,
    CONF_TRIGGER,
    DOMAIN,
)
from ..home_assistant.callbacks import DeviceTrigger, FollowedEntity, FollowedTrigger
from ..home_assistant.issues import Fix, IssueKind, Issues


class Source(NamedTuple):
    """What reports each use of a door's other way in.

    `reporter` is the reference of an entity, or a device trigger, which is used each
    time it fires. Only these `event_types` of an event entity are uses; without any,
    all are.
    """

    id: str
    name: str
    door_id: str
    reporter: str | DeviceTrigger
    event_types: frozenset[str]
    cool_down: float

    @classmethod
    def from_subentry(cls, subentry: ConfigSubentry) -> Self:
        """Read what the administrator configured."""
        data = subentry.data
        return cls(
            subentry.subentry_id,
            subentry.title,
            data[CONF_DOOR],
            DeviceTrigger.from_config(data[CONF_TRIGGER])
            if CONF_TRIGGER in data
            else data[CONF_SOURCE],
            frozenset(data.get(CONF_EVENT_TYPES, ())),
            data[CONF_COOL_DOWN],
        )

    @property
    def entity(self) -> str | None:
        """The reference of the entity that reports uses, if one does."""
        reporter = self.reporter
        return reporter if isinstance(reporter, str) else reporter.entity


type UseListener = Callable[[Source, datetime], None]
"""Called with the source of an entry, and its time."""


class Uses:
    """Tell uses of a source from its other states.

    The first state that is read is no use: it may be from before a restart. Neither is
    a state that repeats the last one after a time without any. Uses within `cool_down`
    seconds of the last one that counted are the same entry.
    """

    def __init__(self, cool_down: float) -> None:
        self.cool_down = cool_down
        self._last_read: str | None = None
        self._counted_at: float | None = None

    def read(self, value: str | None, now: float, *, is_use: bool) -> bool:
        """Read a state, None if it isn't known; return whether it is a new entry."""
        if value is None:
            return False
        before, self._last_read = self._last_read, value
        if not is_use or before is None or value == before:
            return False
        return self.count(now)

    def count(self, now: float) -> bool:
        """Count a use; return whether it is a new entry."""
        if self._counted_at is not None and now - self._counted_at < self.cool_down:
            return False
        self._counted_at = now
        return True


class SourceWatch(ABC):
    """Watches one source.

    It is kept through hand-overs and reloads of the building, so that an entry meanwhile
    isn't missed.
    """

    def __init__(self, source: Source) -> None:
        self.uses = Uses(source.cool_down)
        self.configure(source)

    def configure(self, source: Source) -> None:
        """Set what the administrator changed about the source."""
        self.source = source
        self.uses.cool_down = source.cool_down

    @property
    @abstractmethod
    def is_lost(self) -> bool | None:
        """Whether the source was removed or disabled; None until that is known."""

    @abstractmethod
    def listen(self, on_change: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `on_change` when `is_lost` may have changed."""

    @abstractmethod
    def start(self, used: UseListener) -> CALLBACK_TYPE:
        """Call `used` for each entry from now on; return a function to stop."""

    @abstractmethod
    def close(self) -> None:
        """End what goes on between a stop and the next start."""


class _EntityWatch(SourceWatch):
    """Watches an entity."""

    def __init__(self, hass: HomeAssistant, source: Source, reference: str) -> None:
        super().__init__(source)
        self._entity = FollowedEntity(hass, reference)

    @property
    def is_lost(self) -> bool:
        return self._entity.is_lost

    def listen(self, on_change: Callable[[], None]) -> CALLBACK_TYPE:
        return self._entity.listen(lambda _state, _context: on_change())

    def start(self, used: UseListener) -> CALLBACK_TYPE:
        read = partial(self._read, used)
        read(self._entity.state)
        return self._entity.listen(read)

    def close(self) -> None:
        # Its listener ends with each stop.
        pass

    def _read(
        self, used: UseListener, state: State | None, _context: Context | None = None
    ) -> None:
        if state is None:
            return
        value, is_use = self._meaning(state)
        if self.uses.read(value, time.monotonic(), is_use=is_use):
            used(self.source, state.last_changed)

    def _meaning(self, state: State) -> tuple[str | None, bool]:
        """Return what a state says, None if nothing, and whether it may be a use."""
        if state.state == STATE_UNAVAILABLE:
            return None, False
        if state.domain == EVENT_DOMAIN:
            # Until its first event, an event entity's state is unknown.
            is_use = state.state != STATE_UNKNOWN and self._is_wanted(state)
            return state.state, is_use
        is_known = state.state in (STATE_ON, STATE_OFF)
        return state.state if is_known else None, state.state == STATE_ON

    def _is_wanted(self, state: State) -> bool:
        wanted = self.source.event_types
        return (
            not wanted
            or state.attributes.get(EventEntityStateAttribute.EVENT_TYPE) in wanted
        )


class _TriggerWatch(SourceWatch):
    """Watches a device trigger, which stays attached through hand-overs and reloads."""

    def __init__(
        self, hass: HomeAssistant, source: Source, trigger: DeviceTrigger
    ) -> None:
        super().__init__(source)
        self._trigger = FollowedTrigger(hass, trigger, self._fired)
        self._used: UseListener | None = None
        self._missed: datetime | None = None

    @property
    def is_lost(self) -> bool | None:
        return self._trigger.is_lost

    def listen(self, on_change: Callable[[], None]) -> CALLBACK_TYPE:
        return self._trigger.changes.add(on_change)

    def start(self, used: UseListener) -> CALLBACK_TYPE:
        self._used = used
        self._trigger.start()
        missed, self._missed = self._missed, None
        if missed is not None:
            used(self.source, missed)
        return self._pause

    def close(self) -> None:
        self._trigger.stop()

    def _pause(self) -> None:
        self._used = None

    def _fired(self) -> None:
        if not self.uses.count(time.monotonic()):
            return
        now = dt_util.utcnow()
        if self._used is None:
            self._missed = now
        else:
            self._used(self.source, now)


def _watch(hass: HomeAssistant, source: Source) -> SourceWatch:
    match source.reporter:
        case DeviceTrigger() as trigger:
            return _TriggerWatch(hass, source, trigger)
        case reference:
            return _EntityWatch(hass, source, reference)


type _Watches = dict[tuple[str, str, str | DeviceTrigger], SourceWatch]
"""The watches of a building, by what they watch for which door."""

_WATCHES: HassKey[dict[str, _Watches]] = HassKey(f"{DOMAIN}_observed_watches")


def source_watches(
    hass: HomeAssistant, entry_id: str, sources: Iterable[Source]
) -> list[SourceWatch]:
    """Return the watches of a building's sources, and end all others of it."""
    earlier = hass.data.setdefault(_WATCHES, {}).pop(entry_id, {})
    watches: _Watches = {}
    for source in sources:
        key = (source.id, source.door_id, source.reporter)
        watches[key] = watch = earlier.pop(key, None) or _watch(hass, source)
        watch.configure(source)
    for watch in earlier.values():
        watch.close()
    hass.data[_WATCHES][entry_id] = watches
    return list(watches.values())


def forget_watches(hass: HomeAssistant, entry_id: str) -> None:
    for watch in hass.data.get(_WATCHES, {}).pop(entry_id, {}).values():
        watch.close()


def show_lost_sources(
    issues: Issues,
    sources: Mapping[str, Source],
    watches: Iterable[SourceWatch],
    stops: ExitStack,
) -> None:
    """Show an issue while other courier access has lost its source or its door.

    A source without its door isn't watched.
    """

    def show(source: Source) -> None:
        kind, courier = IssueKind.OBSERVED_LOST, {"courier": source.name}
        issues.show(kind, source.id, courier, fix=Fix.CHOOSE_SOURCE)

    def check(watch: SourceWatch) -> None:
        if watch.is_lost:
            show(watch.source)
        elif watch.is_lost is False:
            issues.clear(IssueKind.OBSERVED_LOST, watch.source.id)

    issues.clear_except(IssueKind.OBSERVED_LOST, sources)
    watched: set[str] = set()
    for watch in watches:
        watched.add(watch.source.id)
        stops.callback(watch.listen(partial(check, watch)))
        check(watch)
    for source in sources.values():
        if source.id not in watched:
            show(source)
