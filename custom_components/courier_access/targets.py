"""Over what residents are told: each target leads to a push to a phone's app, a notify entity or a notify action."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
import logging
from typing import Final, Self

from homeassistant.components.notify.const import (
    ATTR_DATA,
    ATTR_MESSAGE,
    ATTR_TITLE,
    DOMAIN as NOTIFY_DOMAIN,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import ATTR_ENTITY_ID, CONF_WEBHOOK_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.loader import IntegrationNotLoaded, async_get_loaded_integration

from .access.model import Resident, normal_unit
from .const import (
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
    CONF_VALUE,
    TargetKind,
)

_LOGGER = logging.getLogger(__name__)

SEND_WITHIN: Final = 10.0
"""Seconds a service has to take a notice."""

MOBILE_APP: Final = "mobile_app"
USER_ID: Final = "user_id"
DEVICE_ID: Final = "device_id"


@dataclass(frozen=True, slots=True)
class Target:
    """One of a resident's targets, as the owner chose it; `value` names the entity or the action."""

    kind: TargetKind
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """A resident as somebody to be told; without a language it is Home Assistant's."""

    resident: Resident
    language: str | None
    targets: tuple[Target, ...]

    @classmethod
    def from_subentry(cls, hass: HomeAssistant, subentry: ConfigSubentry) -> Self:
        """Read a resident's subentry."""
        data = subentry.data
        return cls(
            Resident(
                id=subentry.subentry_id,
                name=data[CONF_NAME],
                unit=normal_unit(data[CONF_UNIT]),
                unit_label=data[CONF_UNIT],
                person=data[CONF_PERSON],
                user_id=user_of(hass, data[CONF_PERSON]),
            ),
            language=data[CONF_LANGUAGE],
            targets=tuple(
                Target(TargetKind(target[CONF_KIND]), target.get(CONF_VALUE))
                for target in data[CONF_TARGETS]
            ),
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A notice in words; the title of a lock screen says nothing to a passer-by."""

    title: str
    lock_screen_title: str
    message: str


class RouteKind(StrEnum):
    """How a message is handed over."""

    APP = "app"
    ACTION = "action"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a target leads now: the action or the entity of that name."""

    kind: RouteKind
    name: str


@dataclass(frozen=True, slots=True)
class _App:
    """A registered phone app: whose it is, and the route to it."""

    user_id: str
    route: Route


def user_of(hass: HomeAssistant, person: str | None) -> str | None:
    """Return the user of a person, given by the id of its entity."""
    state = _state_of(hass, person)
    return None if state is None else state.attributes.get(USER_ID)


def may_have_user(hass: HomeAssistant, person: str | None) -> bool:
    """Whether a person has a user, or can't be asked whether they have one."""
    if person is None:
        return False
    return _state_of(hass, person) is None or user_of(hass, person) is not None


def _state_of(hass: HomeAssistant, person: str | None) -> State | None:
    if person is None:
        return None
    entity_id = er.async_resolve_entity_id(er.async_get(hass), person)
    return None if entity_id is None else hass.states.get(entity_id)


def routes(hass: HomeAssistant, addressee: Addressee) -> list[Route]:
    """Return where the addressee's targets lead now, in their order, each once."""
    return list(
        dict.fromkeys(
            route for target in addressee.targets for route in _lead(hass, addressee, target)
        )
    )


def may_confirm(hass: HomeAssistant, addressee: Addressee, user_id: str) -> bool:
    """Whether a receipt from this user's app can stand for the addressee's (any app can fire any event)."""
    actions = {target.value for target in addressee.targets if target.kind is TargetKind.ACTION}
    return user_id == user_of(hass, addressee.resident.person) or any(
        app.user_id == user_id and app.route.name in actions for app in _apps(hass)
    )


async def send(hass: HomeAssistant, route: Route, text: Text, tag: str) -> bool:
    """Hand a message over; whether it was taken.

    A push to an app asks for a receipt, since the action succeeds whatever becomes of it. A message with the same
    tag takes the place of an earlier one on the phone.
    """
    try:
        async with asyncio.timeout(SEND_WITHIN):
            await _call(hass, route, text, tag)
    except Exception as err:  # noqa: BLE001 - a notification service raises whatever its library does
        # Others' errors may quote the message, which is none of the log's business.
        why = str(err) if isinstance(err, HomeAssistantError) else type(err).__name__
        _LOGGER.info("No notice could be sent over %s: %s", route.name, why)
        return False
    return True


async def _call(hass: HomeAssistant, route: Route, text: Text, tag: str) -> None:
    message = {ATTR_MESSAGE: text.message, ATTR_TITLE: text.title}
    domain, _, service = route.name.partition(".")
    match route.kind:
        case RouteKind.ENTITY:
            # The action passes over an entity that is missing or unavailable without a word.
            state = hass.states.get(route.name)
            if state is None or state.state == STATE_UNAVAILABLE:
                raise HomeAssistantError(f"{route.name} is not available")
            await hass.services.async_call(
                NOTIFY_DOMAIN,
                SERVICE_SEND_MESSAGE,
                message,
                blocking=True,
                target={ATTR_ENTITY_ID: route.name},
            )
        case RouteKind.ACTION:
            await hass.services.async_call(domain, service, message, blocking=True)
        case RouteKind.APP:
            await hass.services.async_call(
                domain,
                service,
                {
                    ATTR_MESSAGE: text.message,
                    ATTR_TITLE: text.lock_screen_title,
                    ATTR_DATA: {"tag": tag, "confirmation": True, "priority": "high"},
                },
                blocking=True,
            )


def _lead(hass: HomeAssistant, addressee: Addressee, target: Target) -> Iterator[Route]:
    match target.kind:
        case TargetKind.PERSON_APPS:
            user_id = user_of(hass, addressee.resident.person)
            yield from (app.route for app in _apps(hass) if app.user_id == user_id)
        case TargetKind.ENTITY:
            assert target.value is not None
            entity_id = er.async_resolve_entity_id(er.async_get(hass), target.value)
            if entity_id is not None:
                yield Route(RouteKind.ENTITY, entity_id)
        case TargetKind.ACTION:
            assert target.value is not None
            app = Route(RouteKind.APP, target.value)
            is_app = any(one.route == app for one in _apps(hass))
            yield app if is_app else Route(RouteKind.ACTION, target.value)


def _apps(hass: HomeAssistant) -> Iterator[_App]:
    """Yield the phone apps that can be reached, in the order in which they were registered.

    Of two phones of one name only one has an action; the other has its notify entity.
    """
    registry = er.async_get(hass)
    for entry in hass.config_entries.async_loaded_entries(MOBILE_APP):
        user_id = entry.data[USER_ID]
        if action := _push_action(hass, entry.data[CONF_WEBHOOK_ID]):
            yield _App(user_id, Route(RouteKind.APP, f"{NOTIFY_DOMAIN}.{action}"))
        elif entity_id := registry.async_get_entity_id(
            NOTIFY_DOMAIN, MOBILE_APP, entry.data[DEVICE_ID]
        ):
            yield _App(user_id, Route(RouteKind.ENTITY, entity_id))


def _push_action(hass: HomeAssistant, webhook_id: str) -> str | None:
    """Return the action that pushes to an app, None while there is none.

    Asked of the app's own integration, where it is loaded: as a dependency, declared or imported, it would
    hold up the couriers' addresses at start.
    """
    try:
        app = async_get_loaded_integration(hass, MOBILE_APP).get_platform("util")
        action: str | None = app.get_notify_service(hass, webhook_id)
    except AttributeError, ImportError, KeyError, IntegrationNotLoaded:
        return None
    return action
