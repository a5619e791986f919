"""Read and write a resident's notification targets."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ..const import CONF_APP, CONF_KIND, CONF_VALUE, DOMAIN, TargetKind
from ..hass.callbacks import entity_id_of, is_registered, reference_of
from ..notifications.targets import (
    Text,
    app_with_action,
    is_ambiguous,
    reaches_everybody,
    routes,
    send,
)
from ..notifications.text import texts, words
from ..residents.directory import Addressee
from .forms import dropdown, entity_field

FIELD_PERSON_APPS = "person_apps"
FIELD_ENTITIES = "notify_entities"
FIELD_ACTIONS = "notify_actions"
FIELD_TEST = "test"


class TargetProblem(StrEnum):
    """Problems with notification targets; the error keys."""

    NONE = "no_target"
    ENTITY = "notify_entity_unknown"
    ACTION = "notify_action_unknown"
    EVERYBODY = "notify_action_everybody"
    AMBIGUOUS = "notify_action_ambiguous"
    TEST = "test_failed"
    NOWHERE = "test_nowhere"


def targets_fields(
    hass: HomeAssistant, so_far: Sequence[Mapping[str, str]], *, with_apps: bool
) -> dict[vol.Marker, object]:
    """Return the fields; only a person with a user has apps."""
    registered = hass.services.async_services_for_domain(NOTIFY_DOMAIN)
    actions = {f"{NOTIFY_DOMAIN}.{name}" for name in registered} | _actions(so_far)
    names = {
        action: _action_name(hass, action)
        for action in actions
        if not reaches_everybody(hass, action)
    }
    by_name = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    fields: dict[vol.Marker, object] = {}
    if with_apps:
        fields[vol.Required(FIELD_PERSON_APPS, default=True)] = BooleanSelector()
    entities = entity_field(NOTIFY_DOMAIN, multiple=True)
    fields[vol.Optional(FIELD_ENTITIES)] = entities
    fields[vol.Optional(FIELD_ACTIONS)] = dropdown(by_name, multiple=True, custom=True)
    fields[vol.Required(FIELD_TEST, default=False)] = BooleanSelector()
    return fields


def target_errors(
    hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Return the errors by field; `so_far` are the recorded targets.

    A recorded action may be missing, because integrations register theirs late.
    """
    entities = answers.get(FIELD_ENTITIES, [])
    actions = [action.strip() for action in answers.get(FIELD_ACTIONS, [])]
    new = [action for action in actions if action not in _actions(so_far)]
    bound = _bound(hass, so_far)
    errors: dict[str, str] = {}
    if any(not _is_notify_entity(hass, entity) for entity in entities):
        errors[FIELD_ENTITIES] = TargetProblem.ENTITY
    if any(reaches_everybody(hass, action) for action in actions):
        errors[FIELD_ACTIONS] = TargetProblem.EVERYBODY
    elif any(not _is_action(hass, action) for action in new):
        errors[FIELD_ACTIONS] = TargetProblem.ACTION
    elif any(action not in bound and is_ambiguous(hass, action) for action in actions):
        errors[FIELD_ACTIONS] = TargetProblem.AMBIGUOUS
    if not (answers.get(FIELD_PERSON_APPS) or entities or actions):
        errors["base"] = TargetProblem.NONE
    return errors


async def failing_targets(
    hass: HomeAssistant, building: str, resident: ConfigSubentry
) -> list[str] | None:
    """Send a test notification; return what failed, or None if nothing leads anywhere."""
    addressee = Addressee.from_subentry(hass, resident)
    leading = routes(hass, addressee)
    if not leading:
        return None
    nowhere = [
        target.value
        for target in addressee.targets
        if not routes(hass, replace(addressee, targets=(target,)))
    ]
    its_words = await words(hass, addressee.language)
    text = Text(
        title=building,
        lock_screen_title=its_words["lock_screen_title"],
        message=its_words["test"],
    )
    taken = await asyncio.gather(
        *(send(hass, route, text, f"{DOMAIN}_test") for route in leading)
    )
    failed = [
        route.name
        for route, is_taken in zip(leading, taken, strict=True)
        if not is_taken
    ]
    apps = (await texts(hass, None))["csv_resident_person_apps"]
    return [
        apps if name is None else _name_of(hass, name) for name in (*nowhere, *failed)
    ]


def recorded_target_errors(
    hass: HomeAssistant, targets: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Return the errors of recorded targets, to which nothing is sent."""
    reaching = (
        target[CONF_KIND] == TargetKind.ACTION
        and reaches_everybody(hass, target[CONF_VALUE])
        for target in targets
    )
    return {FIELD_ACTIONS: TargetProblem.EVERYBODY} if any(reaching) else {}


def targets_from_form(
    hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Return the targets in the order they are tried, each once.

    A phone's action is bound to the app that had it when chosen, even if another app
    has the name now.
    """
    bound = _bound(hass, so_far)
    targets: list[dict[str, str]] = []
    if answers.get(FIELD_PERSON_APPS):
        targets.append({CONF_KIND: TargetKind.PERSON_APPS.value})
    for entity in answers.get(FIELD_ENTITIES, []):
        reference = reference_of(hass, entity_id_of(hass, entity) or entity)
        targets.append({CONF_KIND: TargetKind.ENTITY.value, CONF_VALUE: reference})
    for action in map(str.strip, answers.get(FIELD_ACTIONS, [])):
        target = {CONF_KIND: TargetKind.ACTION.value, CONF_VALUE: action}
        app = bound.get(action) or app_with_action(hass, action)
        targets.append(target if app is None else target | {CONF_APP: app})
    return [
        target for index, target in enumerate(targets) if target not in targets[:index]
    ]


def targets_suggested(
    hass: HomeAssistant, targets: Sequence[Mapping[str, str]], *, same_person: bool
) -> dict[str, Any]:
    """Return a form's suggestions; another person's apps are the default again."""
    answers = targets_to_form(hass, targets)
    if not same_person:
        del answers[FIELD_PERSON_APPS]
    return answers


def targets_to_form(
    hass: HomeAssistant, targets: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return a form's answers, without removed entities and phones."""
    bound = _bound(hass, targets)
    entities = (
        entity_id_of(hass, target[CONF_VALUE])
        for target in targets
        if target[CONF_KIND] == TargetKind.ENTITY
    )
    return {
        FIELD_PERSON_APPS: {CONF_KIND: TargetKind.PERSON_APPS} in targets,
        FIELD_ENTITIES: [entity for entity in entities if entity],
        FIELD_ACTIONS: [
            target[CONF_VALUE]
            for target in targets
            if target[CONF_KIND] == TargetKind.ACTION
            and (CONF_APP not in target or target[CONF_VALUE] in bound)
        ],
    }


def _bound(hass: HomeAssistant, targets: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the app of each phone action, unless it was removed."""
    return {
        target[CONF_VALUE]: target[CONF_APP]
        for target in targets
        if CONF_APP in target and hass.config_entries.async_get_entry(target[CONF_APP])
    }


def _is_notify_entity(hass: HomeAssistant, entity: str) -> bool:
    entity_id = entity_id_of(hass, entity)
    return (
        entity_id is not None
        and split_entity_id(entity_id)[0] == NOTIFY_DOMAIN
        and (hass.states.get(entity_id) is not None or is_registered(hass, entity_id))
    )


def _is_action(hass: HomeAssistant, action: str) -> bool:
    """Return whether this is an action's exact name, by which its phone is found."""
    domain, _, name = action.partition(".")
    registered = hass.services.async_services_for_domain(NOTIFY_DOMAIN)
    return domain == NOTIFY_DOMAIN and name in registered


def _actions(targets: Sequence[Mapping[str, str]]) -> set[str]:
    return {
        target[CONF_VALUE]
        for target in targets
        if target[CONF_KIND] == TargetKind.ACTION
    }


def _name_of(hass: HomeAssistant, target: str) -> str:
    state = hass.states.get(target)
    return _action_name(hass, target) if state is None else state.name


def _action_name(hass: HomeAssistant, action: str) -> str:
    """Return the name of the phone behind an action, or the action's in plain words."""
    if app_id := app_with_action(hass, action):
        return hass.config_entries.async_get_known_entry(app_id).title
    return action.partition(".")[2].replace("_", " ").capitalize()
