"""Check which entities may open a door (docs/owners-guide.md#doors)."""

from collections.abc import Container, Mapping
from enum import StrEnum
import re
from typing import Any

from homeassistant.components.button.const import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.cover.const import DOMAIN as COVER_DOMAIN, CoverEntityFeature
from homeassistant.components.lock import CONF_DEFAULT_CODE
from homeassistant.components.lock.const import DOMAIN as LOCK_DOMAIN, LockEntityFeature
from homeassistant.components.switch.const import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import ATTR_CODE_FORMAT, ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import get_supported_features
from homeassistant.helpers.group import get_group_entities
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
import voluptuous as vol

from ..const import (
    CONF_CLOSE_COVER,
    CONF_OPENER,
    CONF_OPENER_KIND,
    CONF_OPERATION,
    DOMAIN,
    OpenerKind,
    Operation,
    SubentryType,
)
from ..hass.entities import entity_id_of, reference_of

GROUP_DOMAIN = "group"
SCRIPT_DOMAIN = "script"

OPENER_DOMAINS = (LOCK_DOMAIN, SWITCH_DOMAIN, BUTTON_DOMAIN, COVER_DOMAIN, SCRIPT_DOMAIN)
OPENER_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_OPENER): EntitySelector(
            EntitySelectorConfig(filter={"domain": list(OPENER_DOMAINS)})
        )
    }
)


class OpenerFault(StrEnum):
    """Why an entity can't open a door; the translations' error keys."""

    UNSUPPORTED = "opener_unsupported"
    MISSING = "opener_missing"
    OURS = "opener_ours"
    GROUP = "opener_group"
    TAKEN = "opener_taken"
    UNAVAILABLE = "opener_unavailable"
    NEEDS_CODE = "opener_needs_code"
    CANNOT_OPEN = "opener_cannot_open"


def opener_fault(
    hass: HomeAssistant, entity_id: str | None, taken: Container[str | None]
) -> OpenerFault | None:
    """Return why the entity can't be chosen as an opener; `taken` are the other doors' openers.

    An unavailable entity is refused too: it doesn't say what it can do, or whether it needs a code.
    """
    if entity_id is None:
        return OpenerFault.MISSING
    domain = split_entity_id(entity_id)[0]
    if domain not in OPENER_DOMAINS:
        return OpenerFault.UNSUPPORTED
    state = hass.states.get(entity_id)
    if state is None:
        return OpenerFault.MISSING
    if is_ours(hass, entity_id):
        return OpenerFault.OURS
    if _is_group(hass, state):
        return OpenerFault.GROUP
    if entity_id in taken:
        return OpenerFault.TAKEN
    if state.state == STATE_UNAVAILABLE:
        return OpenerFault.UNAVAILABLE
    if domain == LOCK_DOMAIN and _lacks_code(hass, state):
        return OpenerFault.NEEDS_CODE
    if domain == COVER_DOMAIN and not _supports(hass, entity_id, CoverEntityFeature.OPEN):
        return OpenerFault.CANNOT_OPEN
    return None


def openers_of_other_doors(hass: HomeAssistant, door_id: str | None) -> set[str | None]:
    """Return the entities that open other doors than this one, in any building."""
    return {
        entity_id_of(hass, door.data.get(CONF_OPENER))
        for building in hass.config_entries.async_entries(DOMAIN)
        for door in building.get_subentries_of_type(SubentryType.DOOR)
        if door.subentry_id != door_id
    }


def opened_by(hass: HomeAssistant, door: Mapping[str, Any], opener: str) -> dict[str, Any]:
    """Return a door's data with another opener; of how it was opened stays what the new one can do."""
    may_keep = is_lock(opener) and (
        door[CONF_OPERATION] != Operation.OPEN or releases_latch(hass, opener)
    )
    return {
        **door,
        CONF_OPENER_KIND: OpenerKind.ENTITY.value,
        CONF_OPENER: reference_of(hass, opener),
        CONF_OPERATION: door[CONF_OPERATION] if may_keep else Operation.UNLOCK.value,
        CONF_CLOSE_COVER: is_cover_that_closes(hass, opener) and door[CONF_CLOSE_COVER],
    }


def is_ours(hass: HomeAssistant, entity_id: str) -> bool:
    """Whether the entity belongs to this integration."""
    return _platform(hass, entity_id) == DOMAIN


def is_lock(entity_id: str) -> bool:
    """Whether the entity is a lock, which can be unlocked or opened."""
    return split_entity_id(entity_id)[0] == LOCK_DOMAIN


def releases_latch(hass: HomeAssistant, entity_id: str) -> bool:
    """Whether the lock can open the door, and not only unlock it."""
    return _supports(hass, entity_id, LockEntityFeature.OPEN)


def is_cover_that_closes(hass: HomeAssistant, entity_id: str) -> bool:
    """Whether the entity is a cover that we could close again."""
    is_cover = split_entity_id(entity_id)[0] == COVER_DOMAIN
    return is_cover and _supports(hass, entity_id, CoverEntityFeature.CLOSE)


def _platform(hass: HomeAssistant, entity_id: str) -> str | None:
    entry = er.async_get(hass).async_get(entity_id)
    return entry.platform if entry else None


def _is_group(hass: HomeAssistant, state: State) -> bool:
    # Groups of integrations are known to the group helper; those from YAML need no registry
    # entry, and groups of older integrations only list their members.
    return (
        state.entity_id in get_group_entities(hass)
        or _platform(hass, state.entity_id) == GROUP_DOMAIN
        or isinstance(state.attributes.get(ATTR_ENTITY_ID), list | tuple)
    )


def _lacks_code(hass: HomeAssistant, state: State) -> bool:
    """Whether the lock asks for a code that its default code doesn't answer."""
    if not (code_format := state.attributes.get(ATTR_CODE_FORMAT)):
        return False
    entry = er.async_get(hass).async_get(state.entity_id)
    lock_options = entry.options.get(LOCK_DOMAIN) if entry else None
    default_code = lock_options.get(CONF_DEFAULT_CODE) if lock_options else None
    if not default_code:
        return True
    try:
        return re.match(code_format, default_code) is None
    except re.error:
        return True


def _supports(hass: HomeAssistant, entity_id: str, feature: int) -> bool:
    try:
        return bool(get_supported_features(hass, entity_id) & feature)
    except HomeAssistantError:
        return False
