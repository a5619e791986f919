"""Conditions on acceptance, expected deliveries, and paused access."""

from types import MappingProxyType
from typing import ClassVar, override

from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase
from homeassistant.helpers.target import async_extract_referenced_entity_ids

from .home_assistant.callbacks import entities_with_key


class _EntityCondition(EntityStateConditionBase):
    """Tests the integration's entities with one translation key."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return entities_with_key(self._hass, super().entity_filter(entities), self._key)

    @override
    def _check_all_match_state(self, states: list[State]) -> bool:
        """Return False if the state of a targeted entity isn't known.

        Home Assistant leaves out entities without a state: those of a building that isn't
        loaded, and residents' disabled ones.
        """
        return 0 < len(self._targeted()) == len(
            states
        ) and super()._check_all_match_state(states)

    def _targeted(self) -> set[str]:
        selection = self._target_selection
        found = async_extract_referenced_entity_ids(
            self._hass, selection, expand_group=False
        )
        disabled = {
            entry.entity_id
            for entry in er.async_get(self._hass).entities.values()
            if entry.disabled
            and (
                entry.device_id in found.referenced_devices
                or entry.area_id in found.referenced_areas
                or not entry.labels.isdisjoint(selection.label_ids)
            )
        }
        return self.entity_filter(
            found.referenced | found.indirectly_referenced | disabled
        )


def _condition(domain: Platform, state: str, key: str) -> type[Condition]:
    states: set[str | bool] = {state}

    class OfKey(_EntityCondition):
        _domain_specs = MappingProxyType({domain: DomainSpec()})
        _states = states
        _key = key

    return OfKey


CONDITIONS: dict[str, type[Condition]] = {
    "is_accepting_deliveries": _condition(
        Platform.BINARY_SENSOR, STATE_ON, "accepting_deliveries"
    ),
    "is_courier_access_paused": _condition(
        Platform.SWITCH, STATE_OFF, "courier_access"
    ),
    "is_delivery_expected": _condition(
        Platform.BINARY_SENSOR, STATE_ON, "delivery_expected"
    ),
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    return CONDITIONS
