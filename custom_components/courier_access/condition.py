"""Conditions on acceptance, expected deliveries, and paused access."""

from collections.abc import Mapping
from typing import ClassVar, override

from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase

from .hass.entities import entities_with_key

_SENSORS: Mapping[str, DomainSpec] = {Platform.BINARY_SENSOR: DomainSpec()}
_SWITCHES: Mapping[str, DomainSpec] = {Platform.SWITCH: DomainSpec()}
_ON: set[str | bool] = {STATE_ON}
_OFF: set[str | bool] = {STATE_OFF}


class _EntityCondition(EntityStateConditionBase):
    """Tests the integration's entities with one translation key."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_with_key(self._hass, super().entity_filter(entities), self._key)

    @override
    def _check_all_match_state(self, states: list[State]) -> bool:
        """Return False if no entity has a state, as while a building is unloaded."""
        return bool(states) and super()._check_all_match_state(states)


class IsAcceptingDeliveries(_EntityCondition):
    """Whether a resident's rules admit couriers now."""

    _domain_specs = _SENSORS
    _states = _ON
    _key = "accepting_deliveries"


class IsDeliveryExpected(_EntityCondition):
    """Whether a courier may come to a door now on an accepted grant."""

    _domain_specs = _SENSORS
    _states = _ON
    _key = "delivery_expected"


class IsCourierAccessPaused(_EntityCondition):
    """Whether all courier access to a building is paused."""

    _domain_specs = _SWITCHES
    _states = _OFF
    _key = "courier_access"
    # The switch is a configuration entity.
    _primary_entities_only = False


CONDITIONS: dict[str, type[Condition]] = {
    "is_accepting_deliveries": IsAcceptingDeliveries,
    "is_courier_access_paused": IsCourierAccessPaused,
    "is_delivery_expected": IsDeliveryExpected,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions."""
    return CONDITIONS
