"""Send a user the changes to their overview, also across hand-overs and reloads."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, cast

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..building.building import HANDED_OVER, Building, CourierAccessConfigEntry
from ..const import DOMAIN
from ..doors.doors import DoorEvent, DoorEventType
from ..home_assistant.callbacks import Timer
from ..residents.rulebook import LinkedEntities
from .acceptance import linked_to, next_look
from .overview import (
    building_view,
    buildings_view,
    follow_building,
    not_ready,
    overview_of,
    shown_residents,
)
from .permissions import Actor, Permission, async_acting

DELAY: Final = 0.5
"""Seconds for which changes are collected."""

_ENTRIES: Final = "entries"
_BUILDING: Final = "building"
_OWNER: Final = "owner"
"""The owner's view, besides the overview."""
_NOWHERE: Final = ""
"""The door of an attempt with an unknown grant."""


@dataclass(slots=True)
class _Watched:
    """A loaded building that is followed."""

    building: Building
    linked: LinkedEntities
    timer: Timer
    """Runs when time alone may change the overview."""
    stop: list[CALLBACK_TYPE] = field(default_factory=list)
    is_owners: bool = False


@dataclass(frozen=True, slots=True)
class _Views:
    """A user's views of a building."""

    overview: JsonObjectType
    owner: JsonObjectType | None


class Changes:
    """Sends a user their overview, again after each change, and what changed.

    An event has the overview that the comparison was made with: if users read it
    later, something that changes back in between would stay on their screens. Nothing
    is sent that the overview doesn't show, such as a neighbor's rules.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        context: Context,
        send: Callable[[JsonObjectType], None],
    ) -> None:
        self._hass = hass
        self._context = context
        self._send = send
        self._timer = Timer(hass)
        self._watched: dict[str, _Watched] = {}
        self._with_entries: set[str] = set()
        self._with_owner_news: set[str] = set()
        """The buildings with news since the last change was sent."""
        self._views: dict[str, _Views] = {}
        self._not_ready: list[str] = []
        self._stops = ExitStack()
        self._is_stopped = True
        self._is_reading = False

    async def async_start(self) -> None:
        """Send the overview, then its changes."""
        hass, stops = self._hass, self._stops
        stops.callback(
            async_dispatcher_connect(
                hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            )
        )
        stops.callback(async_dispatcher_connect(hass, HANDED_OVER, self._handed_over))
        self._is_stopped = False
        for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
            self._watch(entry)
        # Changes wait until the overview is sent.
        self._is_reading = True
        try:
            views = await self._read()
        finally:
            self._is_reading = False
        if not self._is_stopped:
            self._views, self._not_ready = views, not_ready(self._hass)
            self._send(self._overview())

    @callback
    def stop(self) -> None:
        """Stop sending."""
        self._is_stopped = True
        self._stops.close()
        self._timer.stop()
        for entry_id in list(self._watched):
            self._leave(entry_id)

    @callback
    def _entry_changed(
        self, change: ConfigEntryChange, entry: CourierAccessConfigEntry
    ) -> None:
        if entry.domain != DOMAIN:
            return
        watched = self._watched.get(entry.entry_id)
        if (
            change is ConfigEntryChange.REMOVED
            or entry.state is not ConfigEntryState.LOADED
        ):
            self._leave(entry.entry_id)
        elif watched is None or watched.building is not entry.runtime_data:
            self._leave(entry.entry_id)
            self._watch(entry)
        self._soon()

    @callback
    def _handed_over(self, building: Building) -> None:
        self._entry_changed(ConfigEntryChange.UPDATED, building.entry)

    def _watch(self, entry: CourierAccessConfigEntry) -> None:
        building = entry.runtime_data
        watched = self._watched[entry.entry_id] = _Watched(
            building, LinkedEntities(self._hass, self._soon), Timer(self._hass)
        )

        @callback
        def happened(event: DoorEvent) -> None:
            if event.type is not DoorEventType.DELIVERY_ANNOUNCED:
                self._with_entries.add(entry.entry_id)
                self._soon()

        watched.stop += [
            watched.linked.stop,
            watched.timer.stop,
            building.rulebook.listen(self._soon),
            building.grants.listen(self._soon),
            building.passes.listen(self._soon),
            building.questions.listen(self._soon),
            *(
                building.events.listen(door, happened)
                for door in (*building.directory.doors, _NOWHERE)
            ),
        ]

    def _leave(self, entry_id: str) -> None:
        if (watched := self._watched.pop(entry_id, None)) is not None:
            for stop in watched.stop:
                stop()

    @callback
    def _owner_news(self, entry_id: str) -> None:
        self._with_owner_news.add(entry_id)
        self._soon()

    @callback
    def _soon(self) -> None:
        if not self._timer.runs and not self._is_stopped:
            self._timer.start(DELAY, self._due)

    @callback
    def _due(self) -> None:
        if self._is_reading:
            self._soon()
            return
        self._hass.async_create_background_task(
            self._send_changes(), f"{DOMAIN} changes", eager_start=True
        )

    async def _send_changes(self) -> None:
        self._is_reading = True
        try:
            entered, self._with_entries = self._with_entries, set()
            touched, self._with_owner_news = self._with_owner_news, set()
            now = await self._read()
        finally:
            self._is_reading = False
        if self._is_stopped:
            return
        before, self._views = self._views, now
        not_ready_before, self._not_ready = self._not_ready, not_ready(self._hass)
        # Even for uninvolved users: the panel shows which buildings are not ready.
        changed_readiness = dict.fromkeys(
            entry_id
            for entry_id in (*not_ready_before, *self._not_ready)
            if (entry_id in not_ready_before) != (entry_id in self._not_ready)
        )
        changes: JsonObjectType = {}
        for entry_id in dict.fromkeys((*before, *now, *changed_readiness)):
            changed = _differing(before.get(entry_id), now.get(entry_id))
            if entry_id in changed_readiness and not changed:
                changed.append(_BUILDING)
            if entry_id in entered and entry_id in now:
                changed.append(_ENTRIES)
            if entry_id in touched and entry_id in now and _OWNER not in changed:
                changed.append(_OWNER)
            if changed:
                changes[entry_id] = list[JsonValueType](changed)
        if changes:
            self._send({**self._overview(), "changed": changes})

    def _overview(self) -> JsonObjectType:
        return buildings_view(
            self._hass, (each.overview for each in self._views.values())
        )

    async def _read(self) -> dict[str, _Views]:
        views = {}
        for entry_id, watched in list(self._watched.items()):
            building = watched.building
            actor = await async_acting(building, self._context)
            now = dt_util.utcnow()
            if (overview := overview_of(building, actor)) is None:
                continue
            is_owner = actor.may(Permission.READ_BUILDING)
            if self._watched.get(entry_id) is watched:
                self._follow(watched, actor, now)
            views[entry_id] = _Views(
                overview, building_view(building, actor) if is_owner else None
            )
        return views

    @callback
    def _follow(self, watched: _Watched, actor: Actor, now: datetime) -> None:
        building = watched.building
        if building.fault is None:
            units = {each.unit for each in shown_residents(building, actor)}
            watched.linked.follow(linked_to(building, units))
            watched.timer.start_at(next_look(building, units, now), self._soon)
        if actor.may(Permission.READ_BUILDING) and not watched.is_owners:
            watched.is_owners = True
            watched.stop += follow_building(
                building, partial(self._owner_news, building.entry.entry_id)
            )


def _differing(before: _Views | None, now: _Views | None) -> list[str]:
    """Return the parts that differ; a new or removed building is one part."""
    if before is None or now is None:
        return [] if before is now else [_BUILDING]
    old, new = before.overview, now.overview
    parts = [part for part in new if cast("object", new[part]) != old.get(part)]
    return parts if now.owner == before.owner else [*parts, _OWNER]
