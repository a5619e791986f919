"""Base entities of a building, door, and resident."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import Final, override

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity import Entity

from .access.model import Resident
from .building.building import Building, CourierAccessConfigEntry
from .const import DOMAIN, SubentryType
from .doors.driver import DoorDriver
from .hass.timer import Timer

MODEL_DOOR: Final = "Door"
MODEL_RESIDENT: Final = "Resident"


class BuildingEntity(Entity):
    """An entity of the building."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, building: Building, subject: str | None = None) -> None:
        """Set the unique id from the translation key and the subentry's id."""
        self.building = building
        self._attr_unique_id = (
            f"{subject or building.entry.entry_id}_{self._attr_translation_key}"
        )
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, building.entry.entry_id)}
        )

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        await self.async_follow()

    async def async_follow(self) -> None:
        """Follow what the state depends on, until the entity is removed.

        Override this instead of `async_added_to_hass`: Home Assistant only renames an
        entity in place if the class that defines `async_added_to_hass`, or a subclass,
        also defines `async_entity_id_changed`.
        """

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Allow renames in place (2026.11): no subscription depends on the id."""


class DoorEntity(BuildingEntity):
    """An entity of a door."""

    def __init__(self, building: Building, driver: DoorDriver) -> None:
        super().__init__(building, driver.door.id)
        self.driver = driver
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, driver.door.id)},
            model=MODEL_DOOR,
            name=driver.door.name,
            via_device_id=building.device_id,
        )


class ResidentEntity(BuildingEntity):
    """An entity of a resident.

    With several households, it is named by unit and disabled by default, because every
    user can read every state. With several buildings, the name includes the building's.
    """

    def __init__(self, building: Building, resident: Resident) -> None:
        super().__init__(building, resident.id)
        self.resident = resident
        self._attr_entity_registry_enabled_default = not building.several
        identifiers = {(DOMAIN, resident.id)}
        self._attr_device_info = (
            DeviceInfo(
                identifiers=identifiers,
                entry_type=DeviceEntryType.SERVICE,
                model=MODEL_RESIDENT,
                translation_key=unit_key(building),
                translation_placeholders=unit_placeholders(building, resident),
                via_device_id=building.device_id,
            )
            if building.several
            else DeviceInfo(
                identifiers=identifiers,
                entry_type=DeviceEntryType.SERVICE,
                model=MODEL_RESIDENT,
                name=resident.name,
                via_device_id=building.device_id,
            )
        )


class TimedEntity(BuildingEntity):
    """An entity whose state changes at known times."""

    _timer: Timer

    @abstractmethod
    def next_change(self) -> datetime | None:
        """Return when the state may change next, or None if it won't by itself."""

    @override
    async def async_follow(self) -> None:
        """Schedule the first change."""
        await super().async_follow()
        self._timer = Timer(self.hass)
        self.async_on_remove(self._timer.stop)
        self._wait()

    @callback
    def update(self) -> None:
        """Write the state and schedule the next change."""
        self._wait()
        self.async_write_ha_state()

    def _wait(self) -> None:
        self._timer.start_at(self.next_change(), self.update)


def unit_key(building: Building) -> str:
    """Return the translation key of units' names."""
    return "unit_of_building" if building.has_neighbor else "unit"


def unit_placeholders(building: Building, resident: Resident) -> dict[str, str]:
    """Return the placeholders of a unit's name."""
    return {"unit": _unit_name(building, resident), "building": building.entry.title}


def _unit_name(building: Building, resident: Resident) -> str:
    """Return the unit's name, numbered for its second resident and later ones."""
    same = [
        other.id for other in building.residents.values() if other.unit == resident.unit
    ]
    number = same.index(resident.id) + 1
    return resident.unit_label if number == 1 else f"{resident.unit_label} ({number})"


@callback
def async_hide_from_neighbors(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> None:
    """Disable the residents' entities once; the owner may enable them again.

    Home Assistant only applies *disabled by default* when it first registers an entity.
    """
    residents = {
        each.subentry_id for each in entry.get_subentries_of_type(SubentryType.RESIDENT)
    }
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.config_subentry_id in residents and not entity.disabled:
            registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.INTEGRATION
            )


@callback
def async_follow_neighbors(hass: HomeAssistant, building: Building) -> CALLBACK_TYPE:
    """Rename units' devices when another building is added or removed."""
    key = unit_key(building)

    @callback
    def changed(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        nonlocal key
        if entry.domain != DOMAIN or unit_key(building) == key:
            return
        key = unit_key(building)
        for device, resident in _among_neighbors(hass, building):
            dr.async_get(hass).async_get_or_create(
                config_entry_id=building.entry.entry_id,
                config_subentry_id=resident.id,
                identifiers=device.identifiers,
                translation_key=key,
                translation_placeholders=unit_placeholders(building, resident),
            )

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)


def _among_neighbors(
    hass: HomeAssistant, building: Building
) -> Iterator[tuple[dr.DeviceEntry, Resident]]:
    """Yield the devices named by unit, with their residents."""
    if not building.several:
        return
    for device in dr.async_entries_for_config_entry(
        dr.async_get(hass), building.entry.entry_id
    ):
        subject = next(
            (value for domain, value in device.identifiers if domain == DOMAIN), ""
        )
        if (resident := building.residents.get(subject)) is not None:
            yield device, resident
