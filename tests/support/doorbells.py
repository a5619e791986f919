"""Doorbells as Home Assistant's own integrations have them, read in 2026.10.4, on its own entity classes."""

from typing import Any

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.event import (
    DoorbellEventType,
    EventDeviceClass,
    EventEntity,
)
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockEntityPlatform

from tests.support.house import House


class Ding(EventEntity):
    """The bell of `ring` (event.py, `RingEvent`), as good as those of `doorbird`, `nest`, and `unifi_access`.

    It is unavailable while its push connection isn't there; once that is back, it shows its
    last event again.
    """

    integration = "ring"
    _attr_should_poll = False
    _attr_name = "Intercom ding"
    _attr_unique_id = "185036587-ding"
    _attr_device_class = EventDeviceClass.DOORBELL
    _attr_event_types = [DoorbellEventType.RING]  # noqa: RUF012  # as entities declare it

    def connect(self, *, is_started: bool) -> None:
        """Lose the connection, or get it back."""
        self._attr_available = is_started
        self.async_write_ha_state()

    def fire(self, event_type: str = DoorbellEventType.RING) -> None:
        """Report an event."""
        self._trigger_event(event_type)
        self.async_write_ha_state()

    def ring(self) -> None:
        """Let somebody ring."""
        self.fire()


class PressedTwice(Ding):
    """The bell of `homekit_controller` (event.py, `DOORBELL_EVENT_VALUES`), which also reports long presses."""

    integration = "homekit_controller"
    _attr_name = "Doorbell"
    _attr_unique_id = "00:00:00:00:00:00_1_8_9"
    _attr_event_types = [DoorbellEventType.RING, "double_press", "long_press"]  # noqa: RUF012


class Visitor(BinarySensorEntity):
    """The bell of `reolink` (binary_sensor.py, key `visitor`): no device class, on as long as the camera says.

    It is always available; that of `nuki` (`ring_action`) isn't.
    """

    integration = "reolink"
    _attr_should_poll = False
    _attr_name = "Doorbell visitor"
    _attr_unique_id = "192168100_0_visitor"
    _attr_is_on: bool | None = False

    def report(self, *, is_on: bool | None, is_available: bool = True) -> None:
        """Report a state."""
        self._attr_is_on, self._attr_available = is_on, is_available
        self.async_write_ha_state()

    def ring(self) -> None:
        """Let somebody ring, who is seen until `report` says otherwise."""
        self.report(is_on=True)

    def end(self) -> None:
        """Let the camera see nobody anymore."""
        self.report(is_on=False)


class Occupied(Visitor):
    """The bell of `unifiprotect` (binary_sensor.py, key `doorbell`), on and off at once if it is over already."""

    integration = "unifiprotect"
    _attr_name = "Front camera doorbell"
    _attr_unique_id = "AABBCCDDEEFF_doorbell"
    _attr_device_class = BinarySensorDeviceClass.OCCUPANCY

    def ring(self) -> None:
        """Let somebody ring."""
        self.report(is_on=True)
        self.report(is_on=False)


type Bell = Ding | Visitor


async def hang[BellT: Bell](hass: HomeAssistant, bell: BellT) -> BellT:
    """Add a doorbell's entity as its integration does."""
    domain = "event" if isinstance(bell, EventEntity) else "binary_sensor"
    platform = MockEntityPlatform(hass, domain=domain, platform_name=bell.integration)
    await platform.async_add_entities([bell])
    return bell


async def choose(
    house: House, *bells: Bell | str, units: tuple[str, ...] = (), door: str = "lobby"
) -> None:
    """Let the administrator choose a door's doorbells, as the door's form stores them."""
    entry, hass = house.entry, house.hass
    part = entry.subentries[f"door-{door}"]
    chosen: list[dict[str, Any]] = [
        {"entity": _reference(bell), "units": list(units)} for bell in bells
    ]
    hass.config_entries.async_update_subentry(
        entry, part, data={**part.data, "doorbells": chosen}
    )
    await house.settle()


def _reference(bell: Bell | str) -> str:
    if isinstance(bell, str):
        return bell
    entry = bell.registry_entry
    return bell.entity_id if entry is None else entry.id
