"""Subentry flow of a door: its opener and settings."""

from collections.abc import Container, Mapping
from enum import StrEnum
from itertools import chain, count
import re
from typing import Any

from homeassistant.components.binary_sensor.const import (
    DOMAIN as BINARY_SENSOR_DOMAIN,
    BinarySensorDeviceClass,
)
from homeassistant.components.cover.const import (
    DOMAIN as COVER_DOMAIN,
    CoverEntityFeature,
)
from homeassistant.components.lock import CONF_DEFAULT_CODE
from homeassistant.components.lock.const import DOMAIN as LOCK_DOMAIN, LockEntityFeature
from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import (
    ATTR_CODE_FORMAT,
    ATTR_ENTITY_ID,
    STATE_UNAVAILABLE,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import get_supported_features
from homeassistant.helpers.group import get_group_entities
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelectorMode,
    TextSelector,
)
from homeassistant.util import slugify
import voluptuous as vol

from ..access.names import in_markdown
from ..const import (
    CONF_CLOSE_COVER,
    CONF_CONTACT,
    CONF_KEY,
    CONF_NAME,
    CONF_OPENER,
    CONF_OPENER_KIND,
    CONF_OPERATION,
    CONF_UNLOCK_SECONDS,
    DEFAULT_UNLOCK_SECONDS,
    DOMAIN,
    MAX_UNLOCK_SECONDS,
    MIN_UNLOCK_SECONDS,
    OpenerKind,
    Operation,
    SubentryType,
)
from ..doors.observed import Source
from ..doors.openers import OPENER_DOMAINS
from ..home_assistant.callbacks import entity_id_of, name_of, reference_of
from .forms import (
    Answers,
    Fields,
    PartFlow,
    choice,
    entity_field,
    errors_of,
    name_problem,
    parts_everywhere,
    whole_number,
)

GROUP_DOMAIN = "group"

OPENER_FIELD = entity_field(*OPENER_DOMAINS)
_CONTACT_FIELD = EntitySelector(
    EntitySelectorConfig(
        filter={
            "domain": BINARY_SENSOR_DOMAIN,
            "device_class": [
                BinarySensorDeviceClass.DOOR.value,
                BinarySensorDeviceClass.GARAGE_DOOR.value,
                BinarySensorDeviceClass.OPENING.value,
                BinarySensorDeviceClass.WINDOW.value,
            ],
        }
    )
)
_KEY = re.compile(r"[a-z0-9_-]{1,32}")
_KEY_STEM_LENGTH = 28


class OpenerProblem(StrEnum):
    """Reasons why an entity can't open a door; the error keys."""

    UNSUPPORTED = "opener_unsupported"
    MISSING = "opener_missing"
    OURS = "opener_ours"
    GROUP = "opener_group"
    TAKEN = "opener_taken"
    UNAVAILABLE = "opener_unavailable"
    NEEDS_CODE = "opener_needs_code"
    CANNOT_OPEN = "opener_cannot_open"


def opener_problem(
    hass: HomeAssistant, entity_id: str | None, taken: Container[str | None]
) -> OpenerProblem | None:
    """Return why the entity can't open a door; `taken` are other doors' openers.

    An unavailable entity is refused, because its features and code are unknown.
    """
    if entity_id is None:
        return OpenerProblem.MISSING
    domain = split_entity_id(entity_id)[0]
    if domain not in OPENER_DOMAINS:
        return OpenerProblem.UNSUPPORTED
    state = hass.states.get(entity_id)
    if state is None:
        return OpenerProblem.MISSING
    if is_ours(hass, entity_id):
        return OpenerProblem.OURS
    if is_group(hass, state):
        return OpenerProblem.GROUP
    if entity_id in taken:
        return OpenerProblem.TAKEN
    if state.state == STATE_UNAVAILABLE:
        return OpenerProblem.UNAVAILABLE
    if domain == LOCK_DOMAIN and _lacks_code(hass, state):
        return OpenerProblem.NEEDS_CODE
    if domain == COVER_DOMAIN and not _supports(
        hass, entity_id, CoverEntityFeature.OPEN
    ):
        return OpenerProblem.CANNOT_OPEN
    return None


def openers_of_other_doors(hass: HomeAssistant, door_id: str | None) -> set[str | None]:
    return {
        entity_id_of(hass, door.data.get(CONF_OPENER))
        for door in parts_everywhere(hass, SubentryType.DOOR)
        if door.subentry_id != door_id
    }


def door_data(
    hass: HomeAssistant, opener: str | None, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a door's data; without an opener, it is a demo door."""
    kind = OpenerKind.ENTITY if opener else OpenerKind.DEMO
    data = {
        CONF_KEY: settings[CONF_KEY],
        CONF_OPENER_KIND: kind.value,
        CONF_UNLOCK_SECONDS: settings.get(CONF_UNLOCK_SECONDS, DEFAULT_UNLOCK_SECONDS),
        CONF_OPERATION: settings.get(CONF_OPERATION, Operation.UNLOCK.value),
        CONF_CLOSE_COVER: settings.get(CONF_CLOSE_COVER, False),
    }
    if opener:
        data[CONF_OPENER] = reference_of(hass, opener)
    if contact := entity_id_of(hass, settings.get(CONF_CONTACT)):
        data[CONF_CONTACT] = reference_of(hass, contact)
    return data


def free_key(name: str, taken: Container[str]) -> str:
    """Return a short name made from a door's name."""
    stem = slugify(name)[:_KEY_STEM_LENGTH].strip("_")
    candidates = chain([stem], (f"{stem}_{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def is_ours(hass: HomeAssistant, entity_id: str) -> bool:
    return _platform(hass, entity_id) == DOMAIN


def _platform(hass: HomeAssistant, entity_id: str) -> str | None:
    entry = er.async_get(hass).async_get(entity_id)
    return entry.platform if entry else None


def is_group(hass: HomeAssistant, state: State) -> bool:
    # YAML groups may be unregistered, and older integrations' groups only list members.
    return (
        state.entity_id in get_group_entities(hass)
        or _platform(hass, state.entity_id) == GROUP_DOMAIN
        or isinstance(state.attributes.get(ATTR_ENTITY_ID), list | tuple)
    )


def _lacks_code(hass: HomeAssistant, state: State) -> bool:
    """Return whether the lock needs a code that its default code doesn't match."""
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


def _observed(hass: HomeAssistant) -> set[str | None]:
    """Return what reports other courier access in any building.

    As a contact, it would record residents' comings and goings (promise 6).
    """
    return {
        entity_id_of(hass, Source.from_subentry(observed).entity)
        for observed in parts_everywhere(hass, SubentryType.OBSERVED)
    }


class DoorProblem(StrEnum):
    """Problems with a door's settings; the error keys."""

    KEY_FORMAT = "key_format"
    KEY_TAKEN = "key_taken"
    CANNOT_RELEASE_LATCH = "operation_unsupported"
    CONTACT_UNSUPPORTED = "contact_unsupported"
    CONTACT_MISSING = "contact_missing"
    CONTACT_OBSERVED = "contact_observed"


class DoorFlow(PartFlow):
    """Adds and changes a door."""

    _opener: str | None = None
    """The opener's entity id; None for the demo door."""

    async def async_step_user(self, user_input: Answers) -> SubentryFlowResult:
        return self._menu("user", "opener", "demo")

    async def async_step_reconfigure(self, user_input: Answers) -> SubentryFlowResult:
        """Ask what to change."""
        data = self._current
        if data[CONF_OPENER_KIND] == OpenerKind.DEMO:
            return self._menu("reconfigure_demo", "demo", "opener")
        self._opener = entity_id_of(self.hass, data[CONF_OPENER])
        if self._opener is None:
            return self._ask_for_opener({CONF_OPENER: OpenerProblem.MISSING})
        return self._menu("reconfigure", "details", "opener", "demo")

    async_step_reconfigure_demo = async_step_reconfigure

    async def async_step_opener(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the entity that opens the door."""
        if user_input is None:
            return self._ask_for_opener()
        opener = entity_id_of(self.hass, user_input[CONF_OPENER])
        taken = openers_of_other_doors(self.hass, self._own_id)
        if problem := opener_problem(self.hass, opener, taken):
            return self._ask_for_opener({CONF_OPENER: problem}, opener)
        self._opener = opener
        return await self.async_step_details(None)

    async def async_step_details(self, user_input: Answers) -> SubentryFlowResult:
        return self._settings("details", user_input)

    async def async_step_demo(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the settings of a demo door."""
        self._opener = None
        return self._settings("demo", user_input)

    def _ask_for_opener(
        self, errors: dict[str, str] | None = None, suggestion: str | None = None
    ) -> SubentryFlowResult:
        suggestion = suggestion or self._opener
        suggestions = {CONF_OPENER: suggestion} if suggestion else {}
        fields = {vol.Required(CONF_OPENER): OPENER_FIELD}
        return self._form("opener", fields, suggestions, errors, last_step=False)

    def _settings(self, step_id: str, user_input: Answers) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            user_input[CONF_NAME] = user_input[CONF_NAME].strip()
            user_input[CONF_KEY] = user_input.get(CONF_KEY, "").strip()
            errors = self._errors(user_input)
            if not errors:
                taken = openers_of_other_doors(self.hass, self._own_id)
                if self._opener and self._opener in taken:
                    # By another form, meanwhile: an opener has only one door.
                    return self._ask_for_opener({CONF_OPENER: OpenerProblem.TAKEN})
                return self._finish(user_input)
        opener = in_markdown(name_of(self.hass, self._opener or ""))
        return self._form(
            step_id,
            _fields(self.hass, self._opener),
            user_input or self._suggestions(),
            errors,
            placeholders={"opener": opener},
        )

    def _errors(self, settings: Mapping[str, Any]) -> dict[str, str]:
        names = (door.title for door in self._others(SubentryType.DOOR))
        key, contact = settings[CONF_KEY], settings.get(CONF_CONTACT)
        problems: dict[str, str | None] = {
            CONF_NAME: name_problem(settings[CONF_NAME], names),
            CONF_CONTACT: _contact_problem(self.hass, contact) if contact else None,
        }
        if key and not _KEY.fullmatch(key):
            problems[CONF_KEY] = DoorProblem.KEY_FORMAT
        elif key in self._other_keys():
            problems[CONF_KEY] = DoorProblem.KEY_TAKEN
        opens = settings.get(CONF_OPERATION) == Operation.OPEN
        if (
            opens
            and self._opener
            and not _supports(self.hass, self._opener, LockEntityFeature.OPEN)
        ):
            problems[CONF_OPERATION] = DoorProblem.CANNOT_RELEASE_LATCH
        return errors_of(problems)

    def _other_keys(self) -> set[str]:
        return {door.data[CONF_KEY] for door in self._others(SubentryType.DOOR)}

    def _finish(self, settings: Mapping[str, Any]) -> SubentryFlowResult:
        name, taken = settings[CONF_NAME], self._other_keys()
        key = settings[CONF_KEY] or self._current.get(CONF_KEY) or free_key(name, taken)
        data = door_data(self.hass, self._opener, {**settings, CONF_KEY: key})
        return self._save({CONF_NAME: name, **data}, key)

    def _suggestions(self) -> dict[str, Any]:
        if self._changed is None:
            return {CONF_NAME: name_of(self.hass, self._opener)} if self._opener else {}
        contact = entity_id_of(self.hass, self._current.get(CONF_CONTACT))
        data = {**self._current, CONF_CONTACT: contact}
        return {key: value for key, value in data.items() if value is not None}


def _contact_problem(hass: HomeAssistant, contact: str) -> DoorProblem | None:
    entity_id = entity_id_of(hass, contact)
    if entity_id is None or hass.states.get(entity_id) is None:
        return DoorProblem.CONTACT_MISSING
    domain = split_entity_id(entity_id)[0]
    if domain != BINARY_SENSOR_DOMAIN or is_ours(hass, entity_id):
        return DoorProblem.CONTACT_UNSUPPORTED
    return DoorProblem.CONTACT_OBSERVED if entity_id in _observed(hass) else None


def _fields(hass: HomeAssistant, opener: str | None) -> Fields:
    fields: Fields = {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Optional(CONF_KEY): TextSelector(),
    }
    domain = split_entity_id(opener)[0] if opener else None
    if domain == LOCK_DOMAIN:
        operation = vol.Required(CONF_OPERATION, default=Operation.UNLOCK.value)
        fields[operation] = choice(Operation, CONF_OPERATION)
    seconds = vol.Required(CONF_UNLOCK_SECONDS, default=DEFAULT_UNLOCK_SECONDS)
    fields[seconds] = whole_number(
        MIN_UNLOCK_SECONDS,
        MAX_UNLOCK_SECONDS,
        UnitOfTime.SECONDS,
        NumberSelectorMode.SLIDER,
    )
    if (
        opener
        and domain == COVER_DOMAIN
        and _supports(hass, opener, CoverEntityFeature.CLOSE)
    ):
        fields[vol.Required(CONF_CLOSE_COVER, default=False)] = BooleanSelector()
    fields[vol.Optional(CONF_CONTACT)] = _CONTACT_FIELD
    return fields
