"""Read and write a resident's notification targets."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from homeassistant.components.notify.const import (
    DOMAIN as NOTIFY_DOMAIN,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.core import HomeAssistant, split_entity_id, valid_entity_id
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from ..const import CONF_APP, CONF_KIND, CONF_VALUE, TargetKind
from ..hass.entities import entity_id_of, is_registered, reference_of
from ..notifications.targets import app_with_action, is_ambiguous, reaches_everybody

FIELD_PERSON_APPS = "person_apps"
FIELD_ENTITIES = "notify_entities"
FIELD_ACTIONS = "notify_actions"

_ENTITY_ACTION = f"{NOTIFY_DOMAIN}.{SERVICE_SEND_MESSAGE}"


class TargetProblem(StrEnum):
    """Problems with notification targets; the error keys."""

    NONE = "no_target"
    ENTITY = "notify_entity_unknown"
    ACTION = "notify_action_format"
    EVERYBODY = "notify_action_everybody"
    AMBIGUOUS = "notify_action_ambiguous"


def targets_schema(hass: HomeAssistant, *, with_apps: bool) -> vol.Schema:
    """Return the fields; only a person with a user has apps."""
    actions = [
        f"{NOTIFY_DOMAIN}.{name}"
        for name in hass.services.async_services_for_domain(NOTIFY_DOMAIN)
    ]
    fields: dict[vol.Marker, object] = {}
    if with_apps:
        fields[vol.Required(FIELD_PERSON_APPS, default=True)] = BooleanSelector()
    fields[vol.Optional(FIELD_ENTITIES)] = EntitySelector(
        EntitySelectorConfig(filter={"domain": NOTIFY_DOMAIN}, multiple=True)
    )
    fields[vol.Optional(FIELD_ACTIONS)] = SelectSelector(
        SelectSelectorConfig(
            options=sorted(
                action for action in actions if not reaches_everybody(hass, action)
            ),
            multiple=True,
            custom_value=True,
            mode=SelectSelectorMode.DROPDOWN,
        )
    )
    return vol.Schema(fields)


def target_errors(
    hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Return the errors by field; `so_far` are the recorded targets.

    A legacy action need not exist yet, because integrations register theirs late.
    """
    entities, actions = answers.get(FIELD_ENTITIES, []), answers.get(FIELD_ACTIONS, [])
    errors: dict[str, str] = {}
    if any(not _is_notify_entity(hass, entity) for entity in entities):
        errors[FIELD_ENTITIES] = TargetProblem.ENTITY
    if any(not _is_legacy_action(action.strip()) for action in actions):
        errors[FIELD_ACTIONS] = TargetProblem.ACTION
    elif any(reaches_everybody(hass, action.strip()) for action in actions):
        errors[FIELD_ACTIONS] = TargetProblem.EVERYBODY
    elif any(
        action.strip() not in _bound(hass, so_far)
        and is_ambiguous(hass, action.strip())
        for action in actions
    ):
        errors[FIELD_ACTIONS] = TargetProblem.AMBIGUOUS
    if not (answers.get(FIELD_PERSON_APPS) or entities or actions):
        errors["base"] = TargetProblem.NONE
    return errors


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


def _is_legacy_action(action: str) -> bool:
    return (
        valid_entity_id(action)
        and split_entity_id(action)[0] == NOTIFY_DOMAIN
        and action != _ENTITY_ACTION
    )
