"""Base entities of a building, door, and resident."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .access.model import Resident
from .building.building import HANDED_OVER, Building, CourierAccessConfigEntry
from .const import DOMAIN
from .doors.driver import DoorDriver
from .home_assistant.callbacks import Timer, listen_to_buildings
from .home_assistant.host import settings_in_effect


class BuildingEntity(Entity):
    """An entity of a building, which stays when its building is replaced."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _needs_ledger = True

    def __init__(self, building: Building, subject: str | None = None) -> None:
        self.building = building
        self.subentry_id = subject
        self.subject = subject or building.entry.entry_id
        self._attr_unique_id = f"{self.subject}_{self._attr_translation_key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, self.subject)})
        self._until_handed_over = ExitStack()

    @property
    def _is_usable(self) -> bool:
        return self.building.fault is None or not self._needs_ledger

    @property
    @override
    def available(self) -> bool:
        return self._is_usable

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._until_handed_over.close)
        self.async_on_remove(
            async_dispatcher_connect(self.hass, HANDED_OVER, self._handed_over)
        )
        await self.async_restore()
        self._begin()

    async def async_restore(self) -> None:
        """Restore the last state.

        Override this instead of `async_added_to_hass`: Home Assistant only renames an
        entity in place if the class that defines `async_added_to_hass`, or a subclass,
        also defines `async_entity_id_changed`.
        """

    def follow(self) -> Iterator[CALLBACK_TYPE]:
        """Follow what the state depends on; yield functions that stop it."""
        yield from ()

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Allow renames in place (2026.11): no subscription depends on the id."""

    async def present_building(self) -> Building:
        """Return the building once its settings are in effect, or after 2 seconds."""
        await settings_in_effect(self.hass, self.building.entry.entry_id)
        return self.building

    def _begin(self) -> None:
        for stop in self.follow():
            self._until_handed_over.callback(stop)

    @callback
    def _handed_over(self, building: Building) -> None:
        entry, part = building.entry, self.subentry_id
        if entry is not self.building.entry or not (
            part is None or part in entry.subentries
        ):
            return
        self._until_handed_over.close()
        self.building = building
        if self._is_usable:
            self._begin()
        self.async_write_ha_state()


class DoorEntity(BuildingEntity):
    """An entity of a door."""

    @property
    def driver(self) -> DoorDriver:
        return self.building.drivers[self.subject]


class ResidentEntity(BuildingEntity):
    """An entity of a resident.

    With several households, it is disabled by default, because every user can read
    every state.
    """

    def __init__(self, building: Building, resident_id: str) -> None:
        super().__init__(building, resident_id)
        self._attr_entity_registry_enabled_default = not building.several

    @property
    def resident(self) -> Resident:
        return self.building.residents[self.subject]


class TimedEntity(BuildingEntity):
    """An entity whose state changes at known times."""

    _timer: Timer

    @abstractmethod
    def next_change(self) -> datetime | None:
        """Return when the state may change next, or None if it won't by itself."""

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        self._timer = Timer(self.hass)
        self._wait()
        yield self._timer.stop

    def update(self) -> None:
        """Write the state and schedule the next change."""
        self._wait()
        self.async_write_ha_state()

    def _wait(self) -> None:
        self._timer.start_at(self.next_change(), self.update)


type PlatformSetup = Callable[
    [HomeAssistant, CourierAccessConfigEntry, AddConfigEntryEntitiesCallback],
    Awaitable[None],
]


def platform_of(
    entities_of: Callable[[Building], Iterable[BuildingEntity]],
) -> PlatformSetup:
    """Return the setup of a platform that shows these entities.

    Those that are missing are added after each hand-over.
    """

    async def async_setup_entry(
        hass: HomeAssistant,
        entry: CourierAccessConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        shown: set[str | None] = set()

        @callback
        def add(building: Building) -> None:
            if building.entry is not entry:
                return
            for entity in entities_of(building):
                if (unique_id := entity.unique_id) not in shown:
                    shown.add(unique_id)
                    entity.async_on_remove(partial(shown.discard, unique_id))
                    async_add_entities([entity], config_subentry_id=entity.subentry_id)

        add(entry.runtime_data)
        entry.async_on_unload(async_dispatcher_connect(hass, HANDED_OVER, add))

    return async_setup_entry


def async_follow_neighbors(building: Building) -> CALLBACK_TYPE:
    """Rename units' devices when another building is added or removed."""
    had_neighbor = building.has_neighbor

    def changed(*_: object) -> None:
        nonlocal had_neighbor
        if building.has_neighbor != had_neighbor:
            had_neighbor = building.has_neighbor
            building.register_devices()

    return listen_to_buildings(building.hass, changed)
