"""Triggers for couriers at a door and for paused access."""

from collections.abc import Mapping
from typing import ClassVar, override

from homeassistant.components.event import EventEntityStateAttribute
from homeassistant.const import CONF_OPTIONS, STATE_OFF, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTargetStateTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerConfig,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .access.model import Reason
from .doors.doors import DoorEventType
from .home_assistant.callbacks import entities_with_key

ATTR_COURIER = "courier"
ATTR_REASON = "reason"

_EVENTS: Mapping[str, DomainSpec] = {Platform.EVENT: DomainSpec()}
_SWITCHES: Mapping[str, DomainSpec] = {Platform.SWITCH: DomainSpec()}
_OFF = {STATE_OFF}
_NAMES = vol.All(cv.ensure_list, [vol.All(cv.string, str.strip, vol.Length(min=1))])
REFUSALS = frozenset(Reason) - {Reason.OK, Reason.STALE_REVISION}
"""Reasons for refusing an entry; only grants have revisions."""
_REFUSAL = vol.In(sorted(reason.value for reason in REFUSALS))


class _CourierTrigger(StatelessEntityTriggerBase):
    """Fires on one type of door event, of any courier or of those named.

    A courier is matched by its name, the only identifier that every user can read.
    """

    _domain_specs = _EVENTS
    _type: ClassVar[DoorEventType]

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        super().__init__(hass, config)
        self._wanted = {
            name: {value.casefold() for value in self._options.get(name, [])}
            for name in (ATTR_COURIER, ATTR_REASON)
        }

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_with_key(self._hass, super().entity_filter(entities), "courier")

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        if state.attributes.get(EventEntityStateAttribute.EVENT_TYPE) != self._type:
            return False
        for name, wanted in self._wanted.items():
            value = str(state.attributes.get(name, ""))
            if wanted and value.casefold() not in wanted:
                report_not_triggered(f"other_{name}", **{name: value})
                return False
        return True


def _courier_trigger(
    type_: DoorEventType, more_options: VolDictType | None = None
) -> type[Trigger]:
    options = {vol.Optional(ATTR_COURIER): _NAMES, **(more_options or {})}

    class OfType(_CourierTrigger):
        _type = type_
        _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
            {vol.Required(CONF_OPTIONS, default={}): options}
        )

    return OfType


class CourierAccessPaused(EntityTargetStateTriggerBase):
    """All courier access to a building was paused."""

    _domain_specs = _SWITCHES
    _to_states = _OFF

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the buildings' switches, not the residents'."""
        return entities_with_key(
            self._hass, super().entity_filter(entities), "courier_access"
        )


TRIGGERS: dict[str, type[Trigger]] = {
    "courier_access_paused": CourierAccessPaused,
    "courier_entered": _courier_trigger(DoorEventType.ENTRY_ADMITTED),
    "courier_refused": _courier_trigger(
        DoorEventType.ENTRY_REFUSED,
        {vol.Optional(ATTR_REASON): vol.All(cv.ensure_list, [_REFUSAL])},
    ),
    "entry_observed": _courier_trigger(DoorEventType.ENTRY_OBSERVED),
    "delivery_announced": _courier_trigger(DoorEventType.DELIVERY_ANNOUNCED),
    "door_left_open": _courier_trigger(DoorEventType.DOOR_LEFT_OPEN),
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    return TRIGGERS
