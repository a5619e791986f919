"""Watch the doorbells of doors: which of their states are rings.

A doorbell only makes residents be asked. Nothing here commands a door.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
import time
from typing import Final, NamedTuple

from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    DoorbellEventType,
    EventEntityStateAttribute,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..access.model import Door, normal_unit
from ..const import CONF_DOORBELLS, CONF_ENTITY, CONF_UNITS, DOMAIN
from ..home_assistant.callbacks import FollowedEntity, Timer, integration_of
from ..home_assistant.issues import Fix, IssueKind, Issues
from .doors import OFFLINE_AFTER

RINGS_APART: Final = 30.0
"""Seconds after a ring in which another one of the same doorbell is none."""

NO_BELLS: Final = frozenset({DOMAIN, "mobile_app"})
"""Integrations whose entities are no doorbells: a phone writes what its app reports."""


class Doorbell(NamedTuple):
    """A doorbell of a door, known by its entity's reference.

    It asks about deliveries to its `units`, or to all units if it has none.
    """

    door_id: str
    entity: str
    units: frozenset[str]


def doorbells_of(door: ConfigSubentry) -> list[Doorbell]:
    return [
        Doorbell(
            door.subentry_id,
            bell[CONF_ENTITY],
            frozenset(map(normal_unit, bell[CONF_UNITS])),
        )
        for bell in door.data.get(CONF_DOORBELLS, ())
    ]


class BellWatch:
    """Watches one doorbell, also in the building that takes this one's place."""

    def __init__(self, hass: HomeAssistant, bell: Doorbell) -> None:
        self.bell = bell
        self._hass = hass
        self._entity = FollowedEntity(hass, bell.entity)
        self._before: State | None = None
        self._rang_at: float | None = None
        self._seen_at: datetime | None = None

    @property
    def state(self) -> State | None:
        return self._entity.state

    @property
    def last_ring(self) -> datetime | None:
        """When somebody rang last, as far as is known.

        A binary sensor's state doesn't say since when nobody rings. An event entity's
        state is the time of its last event, also after a restart.
        """
        state = self.state
        if state is None or not _tells_ring(state):
            return self._seen_at
        return dt_util.parse_datetime(state.state)

    @property
    def is_lost(self) -> bool:
        """Whether its entity was removed or disabled."""
        return self._entity.is_lost

    @property
    def is_available(self) -> bool:
        """Whether its entity has a state and can be reached."""
        state = self.state
        return state is not None and state.state != STATE_UNAVAILABLE

    def listen(self, on_report: Callable[[], None]) -> CALLBACK_TYPE:
        """Call `on_report` when its entity reports, or is removed."""
        return self._entity.listen(lambda _state, _context: on_report())

    def start(self, rang: Callable[[Doorbell], None]) -> CALLBACK_TYPE:
        """Call `rang` for each ring from now on; return a function to stop."""
        self._before = self._entity.state

        def read(state: State | None, _context: Context) -> None:
            before, self._before = self._before, state
            if before is not None and state is not None and self._rings(before, state):
                rang(self.bell)

        return self._entity.listen(read)

    def _rings(self, before: State, state: State) -> bool:
        """Return whether a change of its state is a ring.

        Another integration can take the name of an entity that isn't registered.
        """
        if not _is_ring(before, state):
            return False
        if integration_of(self._hass, state.entity_id) in NO_BELLS:
            return False
        self._seen_at = state.last_changed
        now, rang_at = time.monotonic(), self._rang_at
        if rang_at is not None and now - rang_at < RINGS_APART:
            return False
        self._rang_at = now
        return True


def _is_ring(before: State, state: State) -> bool:
    """Return whether somebody rang between two known states.

    Home Assistant restores an event entity's last event after the state was missing or
    *unavailable*, when it starts or the device is back. Until the first event, the state
    is *unknown*.
    """
    if state.domain != EVENT_DOMAIN:
        return (before.state, state.state) == (STATE_OFF, STATE_ON)
    return (
        before.state != STATE_UNAVAILABLE
        and state.state not in (before.state, STATE_UNAVAILABLE, STATE_UNKNOWN)
        and _tells_ring(state)
    )


def _tells_ring(state: State) -> bool:
    event_type = state.attributes.get(EventEntityStateAttribute.EVENT_TYPE)
    return event_type == DoorbellEventType.RING


def watch_doorbells(
    issues: Issues,
    doors: Mapping[str, Door],
    watches: Iterable[BellWatch],
    homes: Collection[str],
    stops: ExitStack,
) -> None:
    """Show the issues of each door whose doorbells can't ring, or ask for nobody's home.

    A unit's name is a setting of each of its residents, so nothing says that it has
    another one: the former name only has no resident anymore.
    """
    of_doors: dict[str, list[BellWatch]] = {}
    for watch in watches:
        of_doors.setdefault(watch.bell.door_id, []).append(watch)
    issues.clear_except(IssueKind.DOORBELL_LOST, of_doors)
    units = set(map(normal_unit, homes))
    stray = [
        door_id
        for door_id, bells in of_doors.items()
        if any(watch.bell.units - units for watch in bells)
    ]
    issues.clear_except(IssueKind.DOORBELL_STRAY, stray)
    for door_id in stray:
        _show(issues, IssueKind.DOORBELL_STRAY, doors[door_id])
    for door_id, bells in of_doors.items():
        _watch_door(issues, doors[door_id], bells, stops)


def _show(issues: Issues, kind: IssueKind, door: Door) -> None:
    issues.show(kind, door.id, {"door": door.name}, fix=Fix.CHOOSE_DOORBELL)


def _watch_door(
    issues: Issues, door: Door, bells: Collection[BellWatch], stops: ExitStack
) -> None:
    offline = Timer(issues.hass)

    def show() -> None:
        _show(issues, IssueKind.DOORBELL_LOST, door)

    def look() -> None:
        if any(bell.is_lost for bell in bells):
            show()
        elif all(bell.is_available for bell in bells):
            offline.stop()
            issues.clear(IssueKind.DOORBELL_LOST, door.id)
        elif not offline.runs:
            offline.start(OFFLINE_AFTER, show)

    stops.callback(offline.stop)
    for bell in bells:
        stops.callback(bell.listen(look))
    look()
