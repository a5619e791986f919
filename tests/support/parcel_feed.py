"""A parcel integration: an account's device, a status sensor, and events as that family documents them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddEntitiesCallback
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

AGGREGATOR = "parcel_aggregator"


class StatusSensor(SensorEntity):
    """The status of the account's next parcel."""

    _attr_should_poll = False
    _attr_has_entity_name = True
    _attr_name = "Next parcel"

    def __init__(self, domain: str, account: str) -> None:
        self._attr_unique_id = f"{account}_next_parcel"
        self._attr_device_info = DeviceInfo(
            identifiers={(domain, account)}, name=f"DHL ({account})"
        )
        self._attr_native_value = None

    def report(self, status: str | None, **attributes: Any) -> None:
        """Report a status, as after a poll."""
        self._attr_available = status != "unavailable"
        self._attr_native_value = status
        self._attr_extra_state_attributes = attributes
        self.async_write_ha_state()


@dataclass(slots=True)
class ParcelAccount:
    """An account of the integration, and the parcels that it knows."""

    hass: HomeAssistant
    entry: MockConfigEntry
    device_id: str
    sensor: StatusSensor
    statuses: dict[str, str] = field(default_factory=dict)

    def report(
        self,
        barcode: str,
        status: str,
        planned: tuple[datetime, datetime] | None = None,
        *,
        what: str | None = None,
        **more: Any,
    ) -> None:
        """Report a parcel: the hop to delivered has an event of its own, like a new parcel."""
        known = self.statuses.get(barcode)
        self.statuses[barcode] = status
        if what is None:
            what = "registered" if known is None else "status_changed"
            what = "delivered" if status == "delivered" else what
        window = (
            {} if planned is None else dict(zip(("from", "to"), planned, strict=True))
        )
        parcel = {
            "carrier": "DHL",
            "barcode": barcode,
            "sender": "A shop",
            "receiver": "Ada",
            "status": status,
            "raw_status": status.upper(),
            "delivered": status == "delivered",
            "planned_from": window["from"].isoformat() if window else None,
            "planned_to": window["to"].isoformat() if window else None,
            "pickup": False,
            "pickup_point": None,
            "url": None,
            "device_id": self.device_id,
            **({"old_status": known, "new_status": status} if known else {}),
            **more,
        }
        own = {**parcel, "raw": {"big": "payload"}}
        self.hass.bus.async_fire(f"{self.entry.domain}_parcel_{what}", own)
        self.hass.bus.async_fire(f"{AGGREGATOR}_parcel_{what}", parcel)

    def move(self, barcode: str, planned: tuple[datetime, datetime]) -> None:
        """Report another delivery time of a parcel."""
        status = self.statuses[barcode]
        self.report(barcode, status, planned, what="delivery_time_changed")


async def parcel_account(
    hass: HomeAssistant, account: str = "Ada", domain: str = "dhl_nl"
) -> ParcelAccount:
    """Set up an account of a parcel integration."""
    sensor = StatusSensor(domain, account)

    async def set_up_sensors(
        _hass: HomeAssistant,
        _entry: ConfigEntry[Any],
        add: AddEntitiesCallback,
    ) -> None:
        add([sensor])

    async def set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, ["sensor"])
        return True

    mock_integration(hass, MockModule(domain, async_setup_entry=set_up))
    mock_platform(
        hass, f"{domain}.sensor", MockPlatform(async_setup_entry=set_up_sensors)
    )
    mock_platform(hass, f"{domain}.config_flow", None)
    entry = MockConfigEntry(domain=domain, title=account)
    entry.add_to_hass(hass)
    with mock_config_flow(domain, ConfigFlow):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    [device] = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return ParcelAccount(hass, entry, device.id, sensor)
