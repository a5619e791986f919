"""Over what residents are told: each target leads to a push to a phone's app, a notify entity or a notify action."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
import logging
from typing import Any, Final, assert_never

from homeassistant.components import persistent_notification
from homeassistant.components.notify.const import (
    ATTR_DATA,
    ATTR_MESSAGE,
    ATTR_TITLE,
    DOMAIN as NOTIFY_DOMAIN,
    SERVICE_NOTIFY,
    SERVICE_PERSISTENT_NOTIFICATION,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.components.notify.legacy import BaseNotificationService
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID, CONF_WEBHOOK_ID, STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.loader import async_get_loaded_integration
from homeassistant.util import slugify
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, TargetKind
from ..hass.entities import entity_id_of
from ..residents.recipients import USER_ID, Addressee, Target

_LOGGER = logging.getLogger(__name__)

SEND_WITHIN: Final = 10.0
"""Seconds a service has to take a notice."""

CLEAR: Final = "clear_notification"
"""The message at which an app takes the notification of a tag away."""

MOBILE_APP: Final = "mobile_app"
DEVICE_ID: Final = "device_id"
DEVICE_NAME: Final = "device_name"

_TO_EVERYBODY: Final = frozenset(
    f"{NOTIFY_DOMAIN}.{name}"
    for name in (
        SERVICE_NOTIFY,
        SERVICE_PERSISTENT_NOTIFICATION,
        SERVICE_SEND_MESSAGE,
        MOBILE_APP,
    )
)
"""Actions that are no one's own, whether they exist yet or not."""

_LEFT_BEHIND: HassKey[dict[asyncio.Task[None], str]] = HassKey(
    f"{DOMAIN}_calls_left_behind"
)
"""The calls that were cancelled and have not ended, each with the action or the entity called."""


@dataclass(frozen=True, slots=True)
class Text:
    """A notice in words; the title of a lock screen says nothing to a passer-by, and a tap leads to `path`.

    Only apps show the `image`, for which they ask Home Assistant at that path. With a `quiet_channel`, the name of
    Android's channel, it neither sounds nor lights the screen where a phone knows the difference.
    """

    title: str
    lock_screen_title: str
    message: str
    path: str | None = None
    image: str | None = None
    quiet_channel: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What a reader can do from a push: `action` comes back in the app's event, `title` is on the button.

    Where the phone knows the difference, one that is `destructive` shows as such, and one that is `protected` asks
    for the phone to be unlocked.
    """

    action: str
    title: str
    destructive: bool = False
    protected: bool = False


class RouteKind(StrEnum):
    """How a message is handed over."""

    APP = "app"
    ACTION = "action"
    ENTITY = "entity"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a target leads now: the action or the entity of that name, and the registration of an app."""

    kind: RouteKind
    name: str
    app: str | None = None


BOARD: Final = Route(RouteKind.BOARD, persistent_notification.DOMAIN)
"""Home Assistant's own notifications, which everybody who logs in can read."""


@dataclass(frozen=True, slots=True)
class _App:
    """A registered phone app: whose it is, and the route to it."""

    entry_id: str
    user_id: str
    route: Route


def routes(hass: HomeAssistant, addressee: Addressee) -> list[Route]:
    """Return where the addressee's targets lead now, in their order, each once."""
    return list(
        dict.fromkeys(
            route
            for target in addressee.targets
            for route in _lead(hass, addressee, target)
        )
    )


def all_routes(hass: HomeAssistant, addressee: Addressee) -> list[Route]:
    """Return where all targets lead, and all apps of the addressee's last known login, whatever the targets are.

    The owner can change a resident's targets, or disable their app, for a moment. An app that isn't loaded is a route
    that fails, so that it's tried again.
    """
    login = addressee.resident.user_id
    targets = (*addressee.targets, Target(TargetKind.PERSON_APPS))
    return [
        *routes(hass, replace(addressee, targets=targets)),
        *(
            Route(RouteKind.APP, f"{MOBILE_APP}.{entry.entry_id}", entry.entry_id)
            for entry in hass.config_entries.async_entries(MOBILE_APP)
            if entry.data[USER_ID] == login
            and entry.state is not ConfigEntryState.LOADED
        ),
    ]


def may_confirm(hass: HomeAssistant, addressee: Addressee, user_id: str) -> bool:
    """Whether a receipt from this user's app can stand for the addressee's (any app can fire any event)."""
    apps = (
        _app_meant(hass, addressee, target)
        for target in addressee.targets
        if target.kind is TargetKind.ACTION
    )
    return user_id == addressee.resident.user_id or any(
        app.user_id == user_id for app in apps if app is not None
    )


def app_with_action(hass: HomeAssistant, action: str) -> str | None:
    """Return the registration of the phone app to which an action belongs now, None where it is no app's."""
    registrations = hass.config_entries.async_entries(MOBILE_APP)
    return next(
        (one.entry_id for one in registrations if _action_of(hass, one) == action), None
    )


def is_ambiguous(hass: HomeAssistant, action: str) -> bool:
    """Whether phones of several users go by the name from which an action has its own."""
    return len(_users_by_name(hass, action)) > 1


def reaches_everybody(hass: HomeAssistant, action: str) -> bool:
    """Whether an action is not for one resident: over it everybody's phones, or all who log in, would get the notice.

    A legacy service that knows its receivers by name has an action for each of them and one for them all, which the
    first service without a name of its own has as `notify.notify`.
    """
    if action in _TO_EVERYBODY:
        return True
    name = action.partition(".")[2]
    found = hass.services.async_services_for_domain(NOTIFY_DOMAIN).get(name)
    service = None if found is None else getattr(found.job.target, "__self__", None)
    return (
        isinstance(service, BaseNotificationService)
        and type(service).targets is not BaseNotificationService.targets
        and name not in service.registered_targets
    )


async def send(
    hass: HomeAssistant,
    route: Route,
    text: Text,
    tag: str,
    actions: Sequence[Action] = (),
    context: Context | None = None,
) -> bool:
    """Hand a message over, as part of what `context` stands for; whether it was taken.

    A push to an app asks for a receipt, since the action succeeds whatever becomes of it, and it alone carries a
    picture and `actions`. A message with the same tag takes the place of an earlier one on the phone. A service that takes too
    long is cancelled and not waited for, since it may pass over that; until it ends it is not called again.
    """
    message: dict[str, Any] = {ATTR_MESSAGE: text.message, ATTR_TITLE: text.title}
    if route.kind is RouteKind.BOARD:
        message[persistent_notification.ATTR_NOTIFICATION_ID] = tag
    if route.kind is RouteKind.APP:
        message[ATTR_TITLE] = text.lock_screen_title
        message[ATTR_DATA] = {"tag": tag, "confirmation": True, "priority": "high"}
        if text.path is not None:
            message[ATTR_DATA] |= {"url": text.path, "clickAction": text.path}
        if text.image is not None:
            message[ATTR_DATA]["image"] = text.image
        if text.quiet_channel is not None:
            message[ATTR_DATA] |= {
                "channel": text.quiet_channel,
                "importance": "low",
                "push": {"interruption-level": "passive"},
            }
        if actions:
            message[ATTR_DATA]["actions"] = [_button(action) for action in actions]
    return await _hand_over(hass, route, message, context)


async def clear(hass: HomeAssistant, route: Route, tag: str) -> None:
    """Take a push back from a phone, where it still shows; what is no push stays."""
    if route.kind is RouteKind.APP:
        await _hand_over(hass, route, {ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": tag}})


def _button(action: Action) -> dict[str, Any]:
    asked = {
        "destructive": action.destructive,
        "authenticationRequired": action.protected,
    }
    flags = {name: True for name, is_so in asked.items() if is_so}
    return {"action": action.action, "title": action.title, **flags}


async def _hand_over(
    hass: HomeAssistant,
    route: Route,
    message: dict[str, Any],
    context: Context | None = None,
) -> bool:
    left_behind = hass.data.setdefault(_LEFT_BEHIND, {})
    if route.name in left_behind.values():
        why: str | None = "it has not ended an earlier call"
    else:
        call = hass.async_create_background_task(
            _call(hass, route, message, context), f"{DOMAIN} notice over {route.name}"
        )
        try:
            await asyncio.wait({call}, timeout=SEND_WITHIN)
        finally:
            if not call.done():
                left_behind[call] = route.name
                call.add_done_callback(partial(_ended, left_behind))
                call.cancel()
        why = _fault(call)
    if why is not None:
        _LOGGER.info("No notice could be sent over %s: %s", route.name, why)
    return why is None


def _ended(
    left_behind: dict[asyncio.Task[None], str], call: asyncio.Task[None]
) -> None:
    del left_behind[call]
    _fault(call)  # Whatever it raised comes too late for anyone.


def _fault(call: asyncio.Task[None]) -> str | None:
    """Return why a call did not succeed, for the log; None if it did."""
    if not call.done():
        return "it took too long"
    if call.cancelled():
        return "it was cancelled"
    err = call.exception()
    if err is None:
        return None
    # Others' errors may quote the message, which is none of the log's business.
    return str(err) if isinstance(err, HomeAssistantError) else type(err).__name__


async def _call(
    hass: HomeAssistant, route: Route, message: dict[str, Any], context: Context | None
) -> None:
    domain, _, service = route.name.partition(".")
    target = None
    match route.kind:
        case RouteKind.ENTITY:
            # The action passes over an entity that is missing or unavailable without a word.
            state = hass.states.get(route.name)
            if state is None or state.state == STATE_UNAVAILABLE:
                raise HomeAssistantError(f"{route.name} is not available")
            service, target = SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: route.name}
        case RouteKind.ACTION:
            _check_owner(hass, route)
            if reaches_everybody(hass, route.name):
                raise HomeAssistantError(f"{route.name} reaches everybody")
        case RouteKind.APP:
            _check_owner(hass, route)
        case RouteKind.BOARD:
            persistent_notification.async_create(hass, **message)
            return
        case _ as unknown:
            assert_never(unknown)
    await hass.services.async_call(
        domain, service, message, blocking=True, context=context, target=target
    )


def _check_owner(hass: HomeAssistant, route: Route) -> None:
    """Raise HomeAssistantError if an action isn't this phone's: another has it now, or the app isn't loaded."""
    if app_with_action(hass, route.name) != route.app:
        raise HomeAssistantError(f"{route.name} does not lead to its phone")


def _lead(hass: HomeAssistant, addressee: Addressee, target: Target) -> Iterator[Route]:
    match target.kind:
        case TargetKind.PERSON_APPS:
            user_id = addressee.resident.user_id
            yield from (app.route for app in _apps(hass) if app.user_id == user_id)
        case TargetKind.ENTITY:
            assert target.value is not None
            if (entity_id := entity_id_of(hass, target.value)) is not None:
                yield Route(RouteKind.ENTITY, entity_id)
        case TargetKind.ACTION:
            assert target.value is not None
            if reaches_everybody(hass, target.value):
                return
            if (app := _app_meant(hass, addressee, target)) is not None:
                yield app.route
            elif target.app is None and app_with_action(hass, target.value) is None:
                yield Route(RouteKind.ACTION, target.value)


def _app_meant(
    hass: HomeAssistant, addressee: Addressee, target: Target
) -> _App | None:
    """Return the phone app that an action stands for, None where it is no app's, or perhaps another's than was meant.

    Chosen before its phone was registered, an action has only its name to go by. Then it stands for an app of the
    resident's own user; for a resident without one, only for the app of a name that no two users' phones share.
    """
    assert target.value is not None
    app_id = target.app or app_with_action(hass, target.value)
    app = next((one for one in _apps(hass) if one.entry_id == app_id), None)
    if app is None or target.app is not None:
        return app
    if (user_id := addressee.resident.user_id) is not None:
        is_meant = app.user_id == user_id
    else:
        is_meant = not is_ambiguous(hass, target.value)
    return app if is_meant else None


def _users_by_name(hass: HomeAssistant, action: str) -> set[str]:
    """Return whose phones go by the name from which an action has its own, whether they have it or not."""
    return {
        entry.data[USER_ID]
        for entry in hass.config_entries.async_entries(MOBILE_APP)
        if f"{NOTIFY_DOMAIN}.{slugify(f'{MOBILE_APP}_{entry.data[DEVICE_NAME]}')}"
        == action
    }


def _apps(hass: HomeAssistant) -> Iterator[_App]:
    """Yield the phone apps that can be reached, in the order in which they were registered.

    Of two phones of one name only one has an action; the other has its notify entity.
    """
    registry = er.async_get(hass)
    for entry in hass.config_entries.async_loaded_entries(MOBILE_APP):
        if action := _action_of(hass, entry):
            route = Route(RouteKind.APP, action, entry.entry_id)
        elif entity_id := _entity_of(registry, entry):
            route = Route(RouteKind.ENTITY, entity_id)
        else:
            continue
        yield _App(entry.entry_id, entry.data[USER_ID], route)


def _entity_of(registry: er.EntityRegistry, entry: ConfigEntry[Any]) -> str | None:
    """Return an app's notify entity; one under the same device id may be another's, since apps choose their ids."""
    entity_id = registry.async_get_entity_id(
        NOTIFY_DOMAIN, MOBILE_APP, entry.data[DEVICE_ID]
    )
    found = None if entity_id is None else registry.async_get(entity_id)
    return (
        entity_id
        if found is not None and found.config_entry_id == entry.entry_id
        else None
    )


def _action_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> str | None:
    """Return the action that pushes to an app, None while there is none.

    Asked of the app's own integration, where it is loaded: as a dependency, declared or imported, it would
    hold up the couriers' addresses at start.
    """
    if MOBILE_APP not in hass.config.components:
        return None  # its module is not imported yet, and would be here, in the loop
    try:
        app = async_get_loaded_integration(hass, MOBILE_APP).get_platform("util")
        action: str | None = app.get_notify_service(hass, entry.data[CONF_WEBHOOK_ID])
    except AttributeError, ImportError, KeyError:
        return None
    return None if action is None else f"{NOTIFY_DOMAIN}.{action}"
