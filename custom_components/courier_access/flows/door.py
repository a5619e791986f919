"""Subentry flows of a door, and of other courier access at it."""

from collections.abc import Container, Iterable, Mapping
from itertools import chain, count
import re
from typing import Any, TypeIs

from homeassistant.components.binary_sensor.const import (
    DOMAIN as BINARY_SENSOR_DOMAIN,
    BinarySensorDeviceClass,
)
from homeassistant.components.cover.const import (
    DOMAIN as COVER_DOMAIN,
    CoverEntityFeature,
)
from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    DoorbellEventType,
    EventDeviceClass,
    EventEntityCapabilityAttribute,
)
from homeassistant.components.lock import CONF_DEFAULT_CODE
from homeassistant.components.lock.const import DOMAIN as LOCK_DOMAIN, LockEntityFeature
from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import (
    ATTR_CODE_FORMAT,
    ATTR_DEVICE_CLASS,
    ATTR_ENTITY_ID,
    STATE_UNAVAILABLE,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, State, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import get_supported_features
from homeassistant.helpers.group import get_group_entities
from homeassistant.helpers.selector import (
    BooleanSelector,
    DeviceSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    TextSelector,
)
from homeassistant.util import slugify
import voluptuous as vol

from ..access.model import normal_unit
from ..access.names import in_markdown, one_line
from ..const import (
    CONF_CLOSE_COVER,
    CONF_CONTACT,
    CONF_COOL_DOWN,
    CONF_DEVICE,
    CONF_DOOR,
    CONF_DOORBELLS,
    CONF_DRIVER_NOTE,
    CONF_ENTITY,
    CONF_EVENT_TYPES,
    CONF_KEY,
    CONF_NAME,
    CONF_OPENER,
    CONF_OPENER_KIND,
    CONF_OPERATION,
    CONF_SOURCE,
    CONF_TRIGGER,
    CONF_UNIT,
    CONF_UNITS,
    CONF_UNLOCK_SECONDS,
    DEFAULT_COOL_DOWN,
    DEFAULT_UNLOCK_SECONDS,
    DOMAIN,
    MAX_COOL_DOWN,
    MAX_NOTE_LENGTH,
    MAX_UNLOCK_SECONDS,
    MIN_COOL_DOWN,
    MIN_UNLOCK_SECONDS,
    OpenerKind,
    Operation,
    SubentryType,
)
from ..doors.bells import NO_BELLS
from ..doors.observed import Source
from ..doors.openers import OPENER_DOMAINS
from ..home_assistant.callbacks import (
    DeviceTrigger,
    entity_id_of,
    integration_of,
    name_of,
    offered_triggers,
    reference_of,
    trigger_labels,
)
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

SOURCE_DOMAINS = (BINARY_SENSOR_DOMAIN, EVENT_DOMAIN)
OPENER_FIELD = entity_field(*OPENER_DOMAINS)
OPERATION_FIELD = choice(Operation, CONF_OPERATION)
_CONTACT_CLASSES = [
    BinarySensorDeviceClass.DOOR.value,
    BinarySensorDeviceClass.GARAGE_DOOR.value,
    BinarySensorDeviceClass.OPENING.value,
    BinarySensorDeviceClass.WINDOW.value,
]
_CONTACT_FIELD = EntitySelector(
    EntitySelectorConfig(
        filter={"domain": BINARY_SENSOR_DOMAIN, "device_class": _CONTACT_CLASSES}
    )
)
_NO_BELL_CLASSES = (
    *_CONTACT_CLASSES,
    BinarySensorDeviceClass.LOCK,
    BinarySensorDeviceClass.MOTION,
    BinarySensorDeviceClass.MOVING,
    BinarySensorDeviceClass.PRESENCE,
)
MAX_KEY_LENGTH = 32
_KEY = re.compile(rf"[a-z0-9_-]{{1,{MAX_KEY_LENGTH}}}")
_KEY_STEM_LENGTH = 28


def opener_problem(
    hass: HomeAssistant, entity_id: str | None, taken: Container[str | None]
) -> str | None:
    """Return why the entity can't open a door; `taken` are other doors' openers.

    An unavailable entity is refused, because its features and code are unknown.
    """
    state = _usable(hass, entity_id, OPENER_DOMAINS)
    if isinstance(state, str):
        return f"opener_{state}"
    if entity_id in taken:
        return "opener_taken"
    if state.state == STATE_UNAVAILABLE:
        return "opener_unavailable"
    if state.domain == LOCK_DOMAIN and _lacks_code(hass, state):
        return "opener_needs_code"
    if state.domain == COVER_DOMAIN and not _supports(
        hass, state.entity_id, CoverEntityFeature.OPEN
    ):
        return "opener_cannot_open"
    return None


def operation_problem(
    hass: HomeAssistant, opener: str | None, operation: str | None
) -> str | None:
    """Return why a courier can't be let in like that.

    A lock with a latch needs a choice: unlocking the opener of an intercom can let in
    everybody who rings next.
    """
    if not _is_lock(opener):
        return None
    if _has_latch(hass, opener):
        return None if operation else "operation_missing"
    return "operation_unsupported" if operation == Operation.OPEN else None


def _is_lock(opener: str | None) -> TypeIs[str]:
    return opener is not None and split_entity_id(opener)[0] == LOCK_DOMAIN


def _has_latch(hass: HomeAssistant, lock: str) -> bool:
    return _supports(hass, lock, LockEntityFeature.OPEN)


def _usable(
    hass: HomeAssistant, entity_id: str | None, domains: Container[str]
) -> State | str:
    """Return the state of an entity of another integration, or why it can't be used."""
    if entity_id is None:
        return "missing"
    if split_entity_id(entity_id)[0] not in domains:
        return "unsupported"
    if (state := hass.states.get(entity_id)) is None:
        return "missing"
    if integration_of(hass, entity_id) == DOMAIN:
        return "ours"
    # YAML groups may be unregistered, and older integrations' groups only list members.
    is_group = (
        entity_id in get_group_entities(hass)
        or integration_of(hass, entity_id) == GROUP_DOMAIN
        or isinstance(state.attributes.get(ATTR_ENTITY_ID), list | tuple)
    )
    return "group" if is_group else state


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
    operation = settings.get(CONF_OPERATION) if _is_lock(opener) else None
    kind = OpenerKind.ENTITY if opener else OpenerKind.DEMO
    data = {
        CONF_KEY: settings[CONF_KEY],
        CONF_OPENER_KIND: kind.value,
        CONF_UNLOCK_SECONDS: settings.get(CONF_UNLOCK_SECONDS, DEFAULT_UNLOCK_SECONDS),
        CONF_OPERATION: operation or Operation.UNLOCK.value,
        CONF_CLOSE_COVER: settings.get(CONF_CLOSE_COVER, False),
    }
    if opener:
        data[CONF_OPENER] = reference_of(hass, opener)
    if contact := entity_id_of(hass, settings.get(CONF_CONTACT)):
        data[CONF_CONTACT] = reference_of(hass, contact)
    if bells := settings.get(CONF_DOORBELLS):
        data[CONF_DOORBELLS] = [
            {
                CONF_ENTITY: reference_of(hass, bell[CONF_ENTITY]),
                CONF_UNITS: bell.get(CONF_UNITS, []),
            }
            for bell in bells
        ]
    if note := settings.get(CONF_DRIVER_NOTE):
        data[CONF_DRIVER_NOTE] = note
    return data


def free_key(name: str, taken: Container[str]) -> str:
    """Return a short name made from a door's name."""
    stem = slugify(name)[:_KEY_STEM_LENGTH].strip("_")
    candidates = chain([stem], (f"{stem}_{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


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
            return self._ask_for_opener({CONF_OPENER: "opener_missing"})
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
            user_input[CONF_DRIVER_NOTE] = one_line(
                user_input.get(CONF_DRIVER_NOTE, "")
            )
            errors = self._errors(user_input)
            if not errors:
                taken = openers_of_other_doors(self.hass, self._own_id)
                if self._opener and self._opener in taken:
                    # By another form, meanwhile: an opener has only one door.
                    return self._ask_for_opener({CONF_OPENER: "opener_taken"})
                return self._finish(user_input)
        opener = in_markdown(name_of(self.hass, self._opener or ""))
        return self._form(
            step_id,
            _fields(self.hass, self._opener, self._units()),
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
            CONF_OPERATION: operation_problem(
                self.hass, self._opener, settings.get(CONF_OPERATION)
            ),
            CONF_DOORBELLS: _doorbells_problem(self.hass, settings),
        }
        if len(settings[CONF_DRIVER_NOTE]) > MAX_NOTE_LENGTH:
            problems[CONF_DRIVER_NOTE] = "note_too_long"
        if key and not _KEY.fullmatch(key):
            problems[CONF_KEY] = "key_format"
        elif key in self._other_keys():
            problems[CONF_KEY] = "key_taken"
        return errors_of(problems)

    def _units(self) -> list[str]:
        """Return the units that a doorbell can be for, if there is a choice."""
        bells = self._current.get(CONF_DOORBELLS, ())
        chosen = [unit for bell in bells for unit in bell[CONF_UNITS]]
        homes = [one.data[CONF_UNIT] for one in self._others(SubentryType.RESIDENT)]
        units = {normal_unit(label): label for label in (*homes, *chosen)}
        return sorted(units.values()) if chosen or len(units) > 1 else []

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
        bells = [
            {CONF_ENTITY: entity_id, CONF_UNITS: bell[CONF_UNITS]}
            if bell[CONF_UNITS]
            else {CONF_ENTITY: entity_id}
            for bell in self._current.get(CONF_DOORBELLS, ())
            if (entity_id := entity_id_of(self.hass, bell[CONF_ENTITY]))
        ]
        data = {**self._current, CONF_CONTACT: contact, CONF_DOORBELLS: bells or None}
        return {key: value for key, value in data.items() if value is not None}


def _contact_problem(hass: HomeAssistant, contact: str) -> str | None:
    entity_id = entity_id_of(hass, contact)
    if entity_id is None or hass.states.get(entity_id) is None:
        return "contact_missing"
    domain = split_entity_id(entity_id)[0]
    if domain != BINARY_SENSOR_DOMAIN or integration_of(hass, entity_id) == DOMAIN:
        return "contact_unsupported"
    return "contact_observed" if entity_id in _observed(hass) else None


def _doorbells_problem(hass: HomeAssistant, settings: Mapping[str, Any]) -> str | None:
    """Return why one of the chosen entities can't be a doorbell, or none of them twice.

    What opens and moves at a door would ask about residents' comings and goings.
    """
    chosen: set[str] = set()
    for bell in settings.get(CONF_DOORBELLS, ()):
        entity_id = entity_id_of(hass, bell[CONF_ENTITY])
        state = _usable(hass, entity_id, SOURCE_DOMAINS)
        if state == "missing":
            return "doorbell_missing"
        if isinstance(state, str) or not _may_ring(hass, state):
            return "doorbell_unsupported"
        if state.entity_id in chosen:
            return "doorbell_twice"
        chosen.add(state.entity_id)
    return None


def _may_ring(hass: HomeAssistant, state: State) -> bool:
    if integration_of(hass, state.entity_id) in NO_BELLS:
        return False
    device_class = state.attributes.get(ATTR_DEVICE_CLASS)
    if state.domain == BINARY_SENSOR_DOMAIN:
        return device_class not in _NO_BELL_CLASSES
    types = state.attributes.get(EventEntityCapabilityAttribute.EVENT_TYPES, ())
    return device_class == EventDeviceClass.DOORBELL and DoorbellEventType.RING in types


def _doorbells_field(hass: HomeAssistant, units: list[str]) -> ObjectSelector:
    excluded = [
        entry.entity_id
        for entry in er.async_get(hass).entities.values()
        if entry.domain in SOURCE_DOMAINS and entry.platform in NO_BELLS
    ]
    entity = EntitySelector(
        EntitySelectorConfig(
            exclude_entities=excluded,
            filter=[
                {"domain": EVENT_DOMAIN, "device_class": EventDeviceClass.DOORBELL},
                {"domain": BINARY_SENSOR_DOMAIN},
            ],
        )
    )
    config = ObjectSelectorConfig(
        fields={CONF_ENTITY: ObjectSelectorField(selector=entity, required=True)},
        label_field=CONF_ENTITY,
        multiple=True,
        translation_key=CONF_DOORBELLS,
    )
    if units:
        chosen = choice(units, multiple=True)
        config["fields"][CONF_UNITS] = ObjectSelectorField(selector=chosen)
        config["description_field"] = CONF_UNITS
    return ObjectSelector(config)


def _fields(hass: HomeAssistant, opener: str | None, units: list[str]) -> Fields:
    fields: Fields = {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Optional(CONF_KEY): TextSelector(),
    }
    if _is_lock(opener):
        # The frontend preselects a required choice.
        operation = (
            vol.Optional(CONF_OPERATION)
            if _has_latch(hass, opener)
            else vol.Required(CONF_OPERATION, default=Operation.UNLOCK.value)
        )
        fields[operation] = OPERATION_FIELD
    seconds = vol.Required(CONF_UNLOCK_SECONDS, default=DEFAULT_UNLOCK_SECONDS)
    fields[seconds] = whole_number(
        MIN_UNLOCK_SECONDS,
        MAX_UNLOCK_SECONDS,
        UnitOfTime.SECONDS,
        NumberSelectorMode.SLIDER,
    )
    if (
        opener
        and split_entity_id(opener)[0] == COVER_DOMAIN
        and _supports(hass, opener, CoverEntityFeature.CLOSE)
    ):
        fields[vol.Required(CONF_CLOSE_COVER, default=False)] = BooleanSelector()
    fields[vol.Optional(CONF_CONTACT)] = _CONTACT_FIELD
    fields[vol.Optional(CONF_DOORBELLS)] = _doorbells_field(hass, units)
    fields[vol.Optional(CONF_DRIVER_NOTE)] = TextSelector()
    return fields


def source_problem(hass: HomeAssistant, entity_id: str | None) -> str | None:
    """Return why the entity can't report other courier access.

    A door's contact sensor would record residents' comings and goings (promise 6).
    """
    if isinstance(unusable := _usable(hass, entity_id, SOURCE_DOMAINS), str):
        return f"source_{unusable}"
    return "source_contact" if entity_id in _contacts(hass) else None


async def usable_triggers(
    hass: HomeAssistant, device_id: str
) -> list[DeviceTrigger] | str:
    """Return the device's triggers, without those that residents surely cause, too.

    A door's opener and its contact sensor would record their comings and goings
    (promise 6). If there are none, return why the device can't report other courier
    access.
    """
    if (device := dr.async_get(hass).async_get(device_id)) is None:
        return "device_missing"
    entry = hass.config_entries.async_get_entry(device.config_entry_id)
    if entry is not None and entry.domain == DOMAIN:
        return "device_ours"
    refused = _contacts(hass) | openers_of_other_doors(hass, None)
    usable = [
        trigger
        for trigger in await offered_triggers(hass, device_id)
        if (entity_id := entity_id_of(hass, trigger.entity)) is None
        or not (entity_id in refused or integration_of(hass, entity_id) == DOMAIN)
    ]
    return usable or "device_no_triggers"


def _contacts(hass: HomeAssistant) -> set[str | None]:
    doors = parts_everywhere(hass, SubentryType.DOOR)
    return {entity_id_of(hass, door.data.get(CONF_CONTACT)) for door in doors}


class ObservedFlow(PartFlow):
    """Adds and changes other courier access."""

    _answers: dict[str, Any]
    _entity_id: str
    _triggers: list[DeviceTrigger]

    async def async_step_user(self, _: Answers) -> SubentryFlowResult:
        """Ask what reports it."""
        if not self._doors:
            return self.async_abort(reason="no_doors")
        return self._menu(self._first_step, "entity", "device")

    async_step_reconfigure = async_step_user

    async def async_step_entity(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the name, door, and entity."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._answers = user_input
            errors = self._courier_name_errors(user_input)
            entity_id = entity_id_of(self.hass, user_input[CONF_SOURCE])
            if problem := source_problem(self.hass, entity_id):
                errors[CONF_SOURCE] = problem
            elif entity_id is not None and not errors:
                self._entity_id = entity_id
                if split_entity_id(entity_id)[0] == EVENT_DOMAIN:
                    return await self.async_step_event_types(None)
                return self._finish_with_entity(())
        field = {vol.Required(CONF_SOURCE): entity_field(*SOURCE_DOMAINS)}
        return self._ask("entity", field, user_input, errors)

    async def async_step_event_types(self, user_input: Answers) -> SubentryFlowResult:
        """Ask which types of events are uses; of another source's, common ones stay."""
        if user_input is not None:
            return self._finish_with_entity(user_input.get(CONF_EVENT_TYPES, ()))
        state = self.hass.states.get(self._entity_id)
        name = EventEntityCapabilityAttribute.EVENT_TYPES
        own: list[str] = [] if state is None else state.attributes.get(name, [])
        is_same = self._current_source == self._entity_id
        chosen: list[str] = self._current.get(CONF_EVENT_TYPES, [])
        kept = [one for one in chosen if is_same or one in own]
        types = list(dict.fromkeys([*own, *kept]))
        field = {vol.Optional(CONF_EVENT_TYPES): choice(types, multiple=True)}
        return self._form("event_types", field, {CONF_EVENT_TYPES: kept})

    async def async_step_device(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the name, door, and device."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._answers = user_input
            errors = self._courier_name_errors(user_input)
            triggers = await usable_triggers(self.hass, user_input[CONF_DEVICE])
            if isinstance(triggers, str):
                errors[CONF_DEVICE] = triggers
            elif not errors:
                self._triggers = triggers
                return await self.async_step_trigger(None)
        field = {vol.Required(CONF_DEVICE): DeviceSelector()}
        return self._ask("device", field, user_input, errors)

    async def async_step_trigger(self, user_input: Answers) -> SubentryFlowResult:
        """Ask which of the device's triggers is a use."""
        if user_input is not None:
            trigger = DeviceTrigger(user_input[CONF_TRIGGER])
            return self._finish({CONF_TRIGGER: trigger.config})
        labels = await trigger_labels(self.hass, self._triggers)
        current = self._current_trigger
        kept = {CONF_TRIGGER: current.key} if current and current.key in labels else {}
        field = {vol.Required(CONF_TRIGGER): choice(labels)}
        return self._form("trigger", field, kept)

    @property
    def _current_source(self) -> str | None:
        return entity_id_of(self.hass, self._current.get(CONF_SOURCE))

    @property
    def _current_trigger(self) -> DeviceTrigger | None:
        config = self._current.get(CONF_TRIGGER)
        return None if config is None else DeviceTrigger.from_config(config)

    def _ask(
        self,
        step_id: str,
        field: Mapping[vol.Marker, object],
        user_input: Answers,
        errors: Mapping[str, str],
    ) -> SubentryFlowResult:
        cool_down = whole_number(MIN_COOL_DOWN, MAX_COOL_DOWN, UnitOfTime.SECONDS)
        fields = {
            vol.Required(CONF_NAME): TextSelector(),
            vol.Required(CONF_DOOR): choice(self._doors),
            **field,
            vol.Required(CONF_COOL_DOWN, default=DEFAULT_COOL_DOWN): cool_down,
        }
        suggestions = user_input or self._suggestions()
        return self._form(step_id, fields, suggestions, errors, last_step=False)

    def _finish_with_entity(self, event_types: Iterable[str]) -> SubentryFlowResult:
        source = reference_of(self.hass, self._entity_id)
        return self._finish({CONF_SOURCE: source, CONF_EVENT_TYPES: list(event_types)})

    def _finish(self, reporter: Mapping[str, Any]) -> SubentryFlowResult:
        kept = (CONF_NAME, CONF_DOOR, CONF_COOL_DOWN)
        return self._save({name: self._answers[name] for name in kept} | dict(reporter))

    def _suggestions(self) -> dict[str, Any]:
        doors = self._doors
        if self._changed is None:
            return {CONF_DOOR: next(iter(doors))} if len(doors) == 1 else {}
        door, trigger = self._current[CONF_DOOR], self._current_trigger
        current = {
            CONF_NAME: self._current[CONF_NAME],
            CONF_DOOR: door if door in doors else None,
            CONF_SOURCE: self._current_source,
            CONF_DEVICE: None if trigger is None else trigger.device_id,
            CONF_COOL_DOWN: self._current[CONF_COOL_DOWN],
        }
        return {name: value for name, value in current.items() if value is not None}
