"""The panel's WebSocket commands, and the changes that it is sent."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple, cast

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import (
    ERR_HOME_ASSISTANT_ERROR,
    ERR_INVALID_FORMAT,
    ERR_NOT_FOUND,
    ERR_UNAUTHORIZED,
    WebSocketCommandHandler,
)
from homeassistant.components.websocket_api.decorators import (
    async_response,
    websocket_command,
)
from homeassistant.config_entries import (
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..api.acceptance import linked_to, next_look
from ..api.lookup import loaded_building, present_building
from ..api.overview import (
    administrator_view_of,
    async_overview,
    buildings_view,
    follow_building,
    not_ready,
    overview_of,
    shown_residents,
)
from ..api.permissions import Actor, async_acting
from ..api.schemas import InvalidRules
from ..building.building import HANDED_OVER, Building, CourierAccessConfigEntry
from ..building.status import follow_kept_out
from ..const import DOMAIN
from ..doors.doors import DoorEvent, DoorEventType
from ..home_assistant.callbacks import Timer, listen_to_buildings
from ..home_assistant.host import settings_in_effect
from ..residents.rulebook import LinkedEntities
from .about_me import async_pages_left
from .command_table import COMMANDS, Command, Handler, Of, async_call

NOT_FOUND: Final = frozenset(
    {
        "no_grant_for_pass",
        "no_such_building",
        "no_such_courier",
        "no_such_door",
        "no_such_order",
        "no_such_question",
        "no_such_resident",
        "no_such_visit",
        "nothing_to_revise",
        "nothing_to_revoke",
        "nothing_to_veto",
    }
)
"""Errors about something that doesn't exist."""

INVALID: Final = frozenset({"no_witness", "pause_in_the_past", "pause_too_long"})
_NOT_ALLOWED: Final = ("not_allowed_", "not_your_unit")
_NAMED: Final[Mapping[Of, VolDictType]] = {
    of: {vol.Required(of.value): str} for of in (Of.DOOR, Of.RESIDENT)
}


def async_setup_websocket_api(hass: HomeAssistant) -> None:
    """Register the commands."""
    commands = [_for_panel(*each) for each in COMMANDS.items() if each[1].panel]
    reads = {"overview": async_overview, "left": async_pages_left}
    about_user = [_for_user(*each) for each in reads.items()]
    for handler in (*about_user, _subscribe, *commands):
        websocket_api.async_register_command(hass, handler)


def _for_user(
    name: str, read: Callable[[HomeAssistant, Context], Awaitable[JsonObjectType]]
) -> WebSocketCommandHandler:
    """Return the handler of a command about all of a user's buildings."""

    @websocket_command({vol.Required("type"): f"{DOMAIN}/{name}"})
    @async_response
    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
    ) -> None:
        found = await read(hass, connection.context(msg))
        connection.send_result(msg["id"], found)

    return answer


@websocket_command({vol.Required("type"): f"{DOMAIN}/subscribe"})
@async_response
async def _subscribe(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    changes = Changes(hass, connection, msg)
    connection.subscriptions[msg["id"]] = changes.stop
    connection.send_result(msg["id"])
    await changes.async_start()


def _for_panel(handler: Handler, command: Command) -> WebSocketCommandHandler:
    find = loaded_building if command.needs_ledger else present_building

    @websocket_command(
        {
            vol.Required("type"): f"{DOMAIN}/{command.panel}",
            vol.Required("building"): str,
            **_NAMED.get(command.of, {}),
            **command.fields,
        }
    )
    @async_response
    async def answer(
        hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
    ) -> None:
        try:
            await settings_in_effect(hass, msg["building"])
            building = find(hass, msg["building"])
            context = connection.context(msg)
            result = await async_call(handler, building, msg, context)
        except HomeAssistantError as err:
            connection.send_error(
                msg["id"],
                _code(err),
                str(err),
                translation_key=err.translation_key,
                translation_domain=err.translation_domain,
                translation_placeholders=err.translation_placeholders,
            )
        else:
            connection.send_result(msg["id"], result)

    return answer


def _code(err: HomeAssistantError) -> str:
    key = err.translation_key or ""
    if key.startswith(_NOT_ALLOWED):
        return ERR_UNAUTHORIZED
    if key in NOT_FOUND:
        return ERR_NOT_FOUND
    if isinstance(err, InvalidRules) or key in INVALID:
        return ERR_INVALID_FORMAT
    return ERR_HOME_ASSISTANT_ERROR


DELAY: Final = 0.5
"""Seconds for which changes are collected."""

_ENTRIES: Final = "entries"
_BUILDING: Final = "building"
_OWNER: Final = "owner"
"""The administrator's view, besides the overview."""
_NOWHERE: Final = ""
"""The door of an attempt with an unknown grant."""


@dataclass(slots=True)
class _Watched:
    """A loaded building that is followed."""

    building: Building
    linked: LinkedEntities
    timer: Timer
    """Runs when time alone may change the overview."""
    until_left: ExitStack = field(default_factory=ExitStack)
    is_owners: bool = False


class _Views(NamedTuple):
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
        connection: ActiveConnection,
        msg: dict[str, Any],
    ) -> None:
        self._hass = hass
        self._context = connection.context(msg)
        self._send = partial(connection.send_event, msg["id"])
        self._timer = Timer(hass)
        self._watched: dict[str, _Watched] = {}
        self._news: set[tuple[str, str]] = set()
        """The buildings and their parts with news since the last change was sent."""
        self._views: dict[str, _Views] = {}
        self._not_ready: list[str] = []
        self._stops = ExitStack()
        self._is_stopped = True
        self._is_reading = False

    async def async_start(self) -> None:
        """Send the overview, then its changes."""
        hass, stops = self._hass, self._stops
        stops.callback(listen_to_buildings(hass, self._entry_changed))
        stops.callback(async_dispatcher_connect(hass, HANDED_OVER, self._handed_over))
        self._is_stopped = False
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            self._watch(entry)
        views = await self._read()
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

    def _entry_changed(
        self, change: ConfigEntryChange, entry: CourierAccessConfigEntry
    ) -> None:
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

        def happened(event: DoorEvent) -> None:
            if event.type is not DoorEventType.DELIVERY_ANNOUNCED:
                self._note(entry.entry_id, _ENTRIES)

        stops = watched.until_left
        stops.callback(watched.linked.stop)
        stops.callback(watched.timer.stop)
        for changing in (
            building.rulebook,
            building.grants,
            building.passes,
            building.questions,
        ):
            stops.callback(changing.listeners.add(self._soon))
        for stop in follow_kept_out(building, self._soon):
            stops.callback(stop)
        for door in (*building.directory.doors, _NOWHERE):
            stops.callback(building.events.listen(door, happened))

    def _leave(self, entry_id: str) -> None:
        if (watched := self._watched.pop(entry_id, None)) is not None:
            watched.until_left.close()

    def _note(self, entry_id: str, part: str) -> None:
        self._news.add((entry_id, part))
        self._soon()

    def _soon(self) -> None:
        if not self._timer.runs and not self._is_stopped:
            self._timer.start(DELAY, self._due)

    def _due(self) -> None:
        if self._is_reading:
            self._soon()
            return
        self._hass.async_create_background_task(
            self._send_changes(), f"{DOMAIN} changes", eager_start=True
        )

    async def _send_changes(self) -> None:
        news, self._news = self._news, set()
        now = await self._read()
        if self._is_stopped:
            return
        before, self._views = self._views, now
        not_ready_before, self._not_ready = self._not_ready, not_ready(self._hass)
        # Even for uninvolved users: the panel shows which buildings are not ready.
        changed_readiness = set(not_ready_before) ^ set(self._not_ready)
        changes: JsonObjectType = {}
        for entry_id in dict.fromkeys((*before, *now, *changed_readiness)):
            changed = _differing(before.get(entry_id), now.get(entry_id))
            if entry_id in changed_readiness and not changed:
                changed.append(_BUILDING)
            for part in (_ENTRIES, _OWNER):
                if (entry_id, part) in news and entry_id in now and part not in changed:
                    changed.append(part)
            if changed:
                changes[entry_id] = list[JsonValueType](changed)
        if changes:
            self._send({**self._overview(), "changed": changes})

    def _overview(self) -> JsonObjectType:
        return buildings_view(
            self._hass, (each.overview for each in self._views.values())
        )

    async def _read(self) -> dict[str, _Views]:
        """Return the views; changes wait until these are sent."""
        views = {}
        self._is_reading = True
        try:
            for entry_id, watched in list(self._watched.items()):
                building = watched.building
                actor = await async_acting(building, self._context)
                if (overview := overview_of(building, actor)) is None:
                    continue
                views[entry_id] = _Views(
                    overview, administrator_view_of(building, actor)
                )
                if self._watched.get(entry_id) is watched:
                    self._follow(watched, actor, views[entry_id])
        finally:
            self._is_reading = False
        return views

    def _follow(self, watched: _Watched, actor: Actor, views: _Views) -> None:
        building = watched.building
        if building.fault is None:
            units = {each.unit for each in shown_residents(building, actor)}
            watched.linked.follow(linked_to(building, units))
            at = next_look(building, units, dt_util.utcnow())
            watched.timer.start_at(at, self._soon)
        if views.owner is not None and not watched.is_owners:
            watched.is_owners = True
            news = partial(self._note, building.entry.entry_id, _OWNER)
            for stop in follow_building(building, news):
                watched.until_left.callback(stop)


def _differing(before: _Views | None, now: _Views | None) -> list[str]:
    """Return the parts that differ; a new or removed building is one part."""
    if before is None or now is None:
        return [] if before is now else [_BUILDING]
    old, new = before.overview, now.overview
    parts = [part for part in new if cast("object", new[part]) != old.get(part)]
    return parts if now.owner == before.owner else [*parts, _OWNER]
