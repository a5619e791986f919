"""Resolve residents' targets to apps, entities, or actions, and send to them."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from copy import replace
from enum import Enum, StrEnum, auto
from functools import partial
import logging
from typing import Any, Final, NamedTuple, assert_never

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
from ..home_assistant.callbacks import entity_id_of
from ..residents.directory import USER_ID, Addressee, Target

_LOGGER = logging.getLogger(__name__)

SEND_WITHIN: Final = 10.0
"""Seconds a service has to accept a notification."""

CLEAR: Final = "clear_notification"
"""The message that clears a tag's notification on a phone."""

_CAMERA: Final = "/api/camera_proxy/"

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
"""Actions that never belong to one resident, registered or not."""

_RUNNING_CALLS: HassKey[dict[asyncio.Task[None], str]] = HassKey(
    f"{DOMAIN}_calls_left_behind"
)
"""Calls that were canceled but haven't ended, with the action or entity."""


class Urgency(Enum):
    """How a push arrives."""

    NORMAL = auto()
    NOW = auto()
    """At once or never, also while a phone is set not to disturb."""
    QUIET = auto()
    """Without a sound, in place of one that came before."""


class Text(NamedTuple):
    """A notification's text; the lock screen title reveals nothing to a passer-by.

    A tap opens `path`. Only apps show the `image`, fetched from Home Assistant. With a
    `quiet_channel`, an Android channel, phones that can show it silently do.
    """

    title: str
    lock_screen_title: str
    message: str
    path: str | None = None
    image: str | None = None
    quiet_channel: str | None = None
    urgency: Urgency = Urgency.NORMAL


type Action = Mapping[str, str | bool]
"""A button of a push, as the app takes it."""


def button(
    action: str, title: str, *, destructive: bool = False, protected: bool = False
) -> Action:
    """Return a button, whose `action` comes back in the app's event.

    If the phone supports it, a `destructive` button looks so, and a `protected` one
    needs an unlocked phone.
    """
    flags = {"destructive": destructive, "authenticationRequired": protected}
    shown = {name: True for name, is_on in flags.items() if is_on}
    return {"action": action, "title": title, **shown}


class RouteKind(StrEnum):
    """How a message is sent."""

    APP = "app"
    ACTION = "action"
    ENTITY = "entity"
    BOARD = "board"


class Route(NamedTuple):
    """The action or entity that a target leads to now, and an app's registration."""

    kind: RouteKind
    name: str
    app: str | None = None


BOARD: Final = Route(RouteKind.BOARD, persistent_notification.DOMAIN)
"""Home Assistant's own notifications, which every user can read."""


class _App(NamedTuple):
    entry_id: str
    user_id: str
    route: Route


def routes(hass: HomeAssistant, addressee: Addressee) -> list[Route]:
    return list(
        dict.fromkeys(
            route
            for target in addressee.targets
            for route in _routes_of(hass, addressee, target)
        )
    )


def all_routes(hass: HomeAssistant, addressee: Addressee) -> list[Route]:
    """Return where all targets lead, and all apps of the resident's last known account.

    The administrator can change targets, or disable an app, for a moment. An app that
    isn't loaded is a route that fails, so it's retried.
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


def has_own_app(hass: HomeAssistant, addressee: Addressee) -> bool:
    """Return whether a resident's own user has an app that can be sent buttons."""
    user_id = addressee.resident.user_id
    return user_id is not None and any(
        app.user_id == user_id and app.route.kind is RouteKind.APP
        for app in _apps(hass)
    )


def may_confirm(hass: HomeAssistant, addressee: Addressee, user_id: str) -> bool:
    """Return whether a receipt from this user's app counts for the recipient."""
    apps = (
        _app_of(hass, addressee, target)
        for target in addressee.targets
        if target.kind is TargetKind.ACTION
    )
    return user_id == addressee.resident.user_id or any(
        app.user_id == user_id for app in apps if app is not None
    )


def app_with_action(hass: HomeAssistant, action: str) -> str | None:
    """Return the phone app that has this action now; None if there is none."""
    registrations = hass.config_entries.async_entries(MOBILE_APP)
    return next(
        (app.entry_id for app in registrations if _action_of(hass, app) == action), None
    )


def is_ambiguous(hass: HomeAssistant, action: str) -> bool:
    """Return whether phones of several users share the name behind an action."""
    users = {
        entry.data[USER_ID]
        for entry in hass.config_entries.async_entries(MOBILE_APP)
        if f"{NOTIFY_DOMAIN}.{slugify(f'{MOBILE_APP}_{entry.data[DEVICE_NAME]}')}"
        == action
    }
    return len(users) > 1


def reaches_everybody(hass: HomeAssistant, action: str) -> bool:
    """Return whether an action reaches more than one resident.

    A legacy service with named targets registers an action for each target and one for
    all of them, such as `notify.notify`.
    """
    action = action.lower()  # as Home Assistant calls it
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
    """Send a message within `context`; return whether the service accepted it.

    A push asks for a receipt, because its action always succeeds. Only pushes carry a
    picture and `actions`. The same tag replaces an earlier message. A slow service is
    canceled without waiting, and isn't called again until the call ends.
    """
    message: dict[str, Any] = {ATTR_MESSAGE: text.message, ATTR_TITLE: text.title}
    if route.kind is RouteKind.BOARD:
        message[persistent_notification.ATTR_NOTIFICATION_ID] = tag
    if route.kind is RouteKind.APP:
        message[ATTR_TITLE] = text.lock_screen_title
        message[ATTR_DATA] = _push_data(text, tag)
        if actions:
            message[ATTR_DATA]["actions"] = [*actions]
    return await _send(hass, route, message, context)


def _push_data(text: Text, tag: str) -> dict[str, Any]:
    data: dict[str, Any] = {"tag": tag, "confirmation": True, "priority": "high"}
    if text.urgency is Urgency.NOW:
        data |= {"ttl": 0, "push": {"interruption-level": "time-sensitive"}}
    elif text.urgency is Urgency.QUIET:
        data |= {"alert_once": True, "push": {"interruption-level": "passive"}}
    if text.path is not None:
        data |= {"url": text.path, "clickAction": text.path}
    if text.image is not None:
        data["image"] = text.image
        if text.image.startswith(_CAMERA):
            # The app for iOS also streams this camera.
            data[ATTR_ENTITY_ID] = text.image.removeprefix(_CAMERA)
    if text.quiet_channel is not None:
        data |= {"channel": text.quiet_channel, "importance": "low"}
        data["push"] = {"interruption-level": "passive"}
    return data


async def clear(hass: HomeAssistant, route: Route, tag: str) -> None:
    """Clear a push from a phone; other messages stay."""
    if route.kind is RouteKind.APP:
        await _send(hass, route, {ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": tag}})


async def _send(
    hass: HomeAssistant,
    route: Route,
    message: dict[str, Any],
    context: Context | None = None,
) -> bool:
    running = hass.data.setdefault(_RUNNING_CALLS, {})
    if route.name in running.values():
        reason: str | None = "it has not ended an earlier call"
    else:
        call = hass.async_create_background_task(
            _call(hass, route, message, context),
            f"{DOMAIN} notification to {route.name}",
        )
        try:
            await asyncio.wait({call}, timeout=SEND_WITHIN)
        finally:
            if not call.done():
                running[call] = route.name
                call.add_done_callback(partial(_ended, running))
                call.cancel()
        reason = _error_of(call)
    if reason is not None:
        _LOGGER.info("No notification could be sent through %s: %s", route.name, reason)
    return reason is None


def _ended(running: dict[asyncio.Task[None], str], call: asyncio.Task[None]) -> None:
    del running[call]
    _error_of(call)  # Retrieve the exception, so asyncio doesn't log it.


def _error_of(call: asyncio.Task[None]) -> str | None:
    """Return why a call failed, for the log; None if it succeeded."""
    if not call.done():
        return "it took too long"
    if call.cancelled():
        return "it was cancelled"
    err = call.exception()
    if err is None:
        return None
    # Other errors may quote the message, which must not reach the log.
    return str(err) if isinstance(err, HomeAssistantError) else type(err).__name__


async def _call(
    hass: HomeAssistant, route: Route, message: dict[str, Any], context: Context | None
) -> None:
    domain, _, service = route.name.partition(".")
    target = None
    match route.kind:
        case RouteKind.ENTITY:
            # The action silently skips missing or unavailable entities.
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
    if app_with_action(hass, route.name) != route.app:
        raise HomeAssistantError(f"{route.name} does not lead to its phone")


def _routes_of(
    hass: HomeAssistant, addressee: Addressee, target: Target
) -> Iterator[Route]:
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
            if (app := _app_of(hass, addressee, target)) is not None:
                yield app.route
            elif target.app is None and app_with_action(hass, target.value) is None:
                yield Route(RouteKind.ACTION, target.value)


def _app_of(hass: HomeAssistant, addressee: Addressee, target: Target) -> _App | None:
    """Return the phone app that an action stands for; None if unknown or in doubt.

    An action chosen before its phone was registered is known by name only. Then it must
    be an app of the resident's user or, without a user, of a name that only one user's
    phones have.
    """
    assert target.value is not None
    app_id = target.app or app_with_action(hass, target.value)
    app = next((app for app in _apps(hass) if app.entry_id == app_id), None)
    if app is None or target.app is not None:
        return app
    user_id = addressee.resident.user_id
    is_meant = (
        not is_ambiguous(hass, target.value)
        if user_id is None
        else app.user_id == user_id
    )
    return app if is_meant else None


def _apps(hass: HomeAssistant) -> Iterator[_App]:
    """Yield the reachable phone apps in the order of registration.

    Of two phones with one name, only one has an action; the other has its notify
    entity.
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
    """Return an app's own notify entity; apps choose their device IDs themselves."""
    entity_id = registry.async_get_entity_id(
        NOTIFY_DOMAIN, MOBILE_APP, entry.data[DEVICE_ID]
    )
    found = registry.async_get(entity_id or "")
    is_own = found is not None and found.config_entry_id == entry.entry_id
    return entity_id if is_own else None


def _action_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> str | None:
    """Return the action that pushes to an app; None if there is none.

    Asking the loaded integration avoids a dependency that would delay couriers'
    addresses at startup.
    """
    if MOBILE_APP not in hass.config.components:
        return None  # importing its module here would block the event loop
    try:
        app = async_get_loaded_integration(hass, MOBILE_APP).get_platform("util")
        action: str | None = app.get_notify_service(hass, entry.data[CONF_WEBHOOK_ID])
    except AttributeError, ImportError, KeyError:
        return None
    return None if action is None else f"{NOTIFY_DOMAIN}.{action}"
