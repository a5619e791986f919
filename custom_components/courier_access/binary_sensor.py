"""Binary sensors for problems, expected deliveries, and acceptance."""

from collections.abc import Iterator
from datetime import datetime
from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import CALLBACK_TYPE
from homeassistant.util import dt as dt_util

from .access.model import Grant
from .api.acceptance import is_accepting, next_change
from .building.building import Building
from .building.status import follow_kept_out, kept_out_by
from .entity import BuildingEntity, DoorEntity, ResidentEntity, TimedEntity, platform_of
from .residents.rulebook import LinkedEntities

PARALLEL_UPDATES = 0


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    """Show the building's problem, and with a ledger a sensor per door and resident."""
    yield Problem(building)
    if building.fault is None:
        for door_id in building.drivers:
            yield DeliveryExpected(building, door_id)
        for resident_id in building.residents:
            yield AcceptingDeliveries(building, resident_id)


class Problem(BuildingEntity, BinarySensorEntity):
    """Whether the ledger, the clock, or a restore blocks all couriers."""

    _attr_translation_key = "problem"
    _attr_device_class = BinarySensorDeviceClass.PROBLEM
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _needs_ledger = False

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield from follow_kept_out(self.building, self.async_write_ha_state)

    @property
    @override
    def is_on(self) -> bool:
        return kept_out_by(self.building) is not None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """Return the cause, which is the kind of the repair issue."""
        return {"cause": kept_out_by(self.building)}


class DeliveryExpected(TimedEntity, DoorEntity, BinarySensorEntity):
    """Whether a courier may come to the door now on an accepted grant."""

    _attr_translation_key = "delivery_expected"

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield from super().follow()
        yield self.building.grants.listeners.add(self.update)

    @property
    @override
    def is_on(self) -> bool:
        """Return whether a grant for the door can be used now."""
        first = self._first()
        return first is not None and first.is_expected(dt_util.utcnow())

    @override
    def next_change(self) -> datetime | None:
        """Return when the first delivery may come, or may come no more."""
        if (first := self._first()) is None:
            return None
        is_on = first.is_expected(dt_util.utcnow())
        return first.ends_at if is_on else first.starts_at

    def _first(self) -> Grant | None:
        return next(self.building.grants.expected_at(self.subject), None)


class AcceptingDeliveries(TimedEntity, ResidentEntity, BinarySensorEntity):
    """Whether the resident's own rules admit couriers now."""

    _attr_translation_key = "accepting_deliveries"
    _unrecorded_attributes = frozenset({"next_change"})

    _linked: LinkedEntities

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield from super().follow()
        yield self.building.rulebook.listeners.add(self._rules_changed)
        self._linked = LinkedEntities(self.hass, self.update)
        yield self._linked.stop
        self._follow_linked()

    @property
    @override
    def is_on(self) -> bool:
        return is_accepting(self.building, self.resident, dt_util.utcnow())

    @property
    @override
    def extra_state_attributes(self) -> dict[str, datetime | None]:
        return {"next_change": self.next_change()}

    @override
    def next_change(self) -> datetime | None:
        return next_change(self.building, self.resident, dt_util.utcnow())

    def _rules_changed(self) -> None:
        self._follow_linked()
        self.update()

    def _follow_linked(self) -> None:
        self._linked.follow(self.building.rulebook.of(self.subject).linked)
