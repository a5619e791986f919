"""A parcel integration as real ones are: a sensor counts an account's parcels, and lists them.

The fields and their values are those of github.com/ha-parcel-integrations
(`custom_components/*/sensor.py`, the sensors of incoming parcels). Like these, the
integration fires no event after its start, says nothing while it can't be reached, and
lists a parcel until it forgets it.
"""

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


class ListSensor(SensorEntity):
    """The parcels that are on their way to the account's owner."""

    _attr_should_poll = False
    _attr_has_entity_name = True
    _attr_name = "Incoming parcels"
    _attr_native_unit_of_measurement = "parcels"

    def __init__(self, domain: str, account: str, unique_id: str | None) -> None:
        self._attr_unique_id = unique_id or f"{account}_incoming_parcels"
        self._attr_device_info = DeviceInfo(
            identifiers={(domain, account)}, name=f"DHL ({account})"
        )
        self.show([])

    def show(self, parcels: list[dict[str, Any]]) -> None:
        """List these parcels; those that were delivered aren't counted."""
        self._attr_available = True
        self._attr_native_value = sum(not each["delivered"] for each in parcels)
        self._attr_extra_state_attributes = {"parcels": parcels}

    def report(self, parcels: list[dict[str, Any]] | None) -> None:
        """Report these parcels, as after a poll; None if it failed."""
        if parcels is None:
            self._attr_available = False
        else:
            self.show(parcels)
        self.async_write_ha_state()


class NextParcelSensor(SensorEntity):
    """The status of one parcel, which some integrations have as well."""

    _attr_should_poll = False
    _attr_has_entity_name = True
    _attr_name = "Next parcel"

    def __init__(self, domain: str, account: str) -> None:
        self._attr_unique_id = f"{account}_next_parcel"
        self._attr_device_info = DeviceInfo(identifiers={(domain, account)})
        self._attr_native_value = "in_transit"


@dataclass(slots=True)
class ParcelAccount:
    """An account of the integration, and the parcels that it lists."""

    hass: HomeAssistant
    entry: MockConfigEntry
    device_id: str
    sensor: ListSensor
    next_parcel: NextParcelSensor
    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)

    def report(
        self,
        barcode: str,
        status: str,
        planned: tuple[datetime | None, datetime | None] | None = None,
        /,
        **more: Any,
    ) -> None:
        """Report a parcel, and again all others that are listed."""
        start, end = planned or (None, None)
        self.parcels[barcode] = {
            "carrier": "DHL",
            "barcode": barcode,
            "sender": "A shop",
            "receiver": "Ada",
            "status": status,
            "raw_status": status.upper(),
            "delivered": status == "delivered",
            "delivered_at": None,
            "planned_from": None if start is None else start.isoformat(),
            "planned_to": None if end is None else end.isoformat(),
            "pickup": False,
            "pickup_point": None,
            "url": None,
            "weight": None,
            "dimensions": None,
            "history": [],
            "raw": {"big": "payload"},
            **more,
        }
        self.poll()

    def move(self, barcode: str, planned: tuple[datetime, datetime]) -> None:
        """Report another delivery time of a parcel."""
        self.report(barcode, self.parcels[barcode]["status"], planned)

    def drop(self, barcode: str) -> None:
        """List a parcel no longer."""
        del self.parcels[barcode]
        self.poll()

    def poll(self) -> None:
        """Report what is listed, which may be what was reported before."""
        self.sensor.report([*self.parcels.values()])

    def fail(self) -> None:
        """Report that the carrier can't be reached."""
        self.sensor.report(None)


async def parcel_account(
    hass: HomeAssistant,
    account: str = "Ada",
    domain: str = "dhl_nl",
    unique_id: str | None = None,
) -> ParcelAccount:
    """Set up an account of a parcel integration."""
    sensor = ListSensor(domain, account, unique_id)
    next_parcel = NextParcelSensor(domain, account)
    entry = await _set_up(hass, account, domain, sensor, next_parcel)
    [device] = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return ParcelAccount(hass, entry, device.id, sensor, next_parcel)


class MailSensor(SensorEntity):
    """A carrier's parcels of today, as `mail_and_packages` counts them in emails.

    Name, unique ID, and attribute are those of its version 0.5.1
    (github.com/moralmunky/Home-Assistant-Mail-And-Packages, `sensor.py`): without a
    number in an email, the attribute isn't there.
    """

    _attr_should_poll = False
    _attr_native_unit_of_measurement = "package(s)"
    _attr_native_value = 0

    def __init__(self, carrier: str) -> None:
        self._attr_name = f"Mail {carrier} Delivering"
        self._attr_unique_id = (
            f"sensor_imap.example.org_{carrier.lower()}_delivering_01JDEMO"
        )

    def report(self, count: int, *numbers: str) -> None:
        """Report so many deliveries, of which some have a number."""
        self._attr_native_value = count
        self._attr_extra_state_attributes = (
            {"tracking_#": [*numbers]} if numbers else {}
        )
        self.async_write_ha_state()


async def mail_account(hass: HomeAssistant, carrier: str = "UPS") -> MailSensor:
    """Set up a mailbox in which the emails of a carrier are counted."""
    sensor = MailSensor(carrier)
    await _set_up(hass, "imap.example.org", "mail_and_packages", sensor)
    return sensor


async def _set_up(
    hass: HomeAssistant, account: str, domain: str, *sensors: SensorEntity
) -> MockConfigEntry:
    async def set_up_sensors(
        _hass: HomeAssistant,
        _entry: ConfigEntry[Any],
        add: AddEntitiesCallback,
    ) -> None:
        add(sensors)

    async def set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, ["sensor"])
        return True

    async def unload(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
        return await hass.config_entries.async_unload_platforms(entry, ["sensor"])

    module = MockModule(domain, async_setup_entry=set_up, async_unload_entry=unload)
    mock_integration(hass, module)
    mock_platform(
        hass, f"{domain}.sensor", MockPlatform(async_setup_entry=set_up_sensors)
    )
    mock_platform(hass, f"{domain}.config_flow", None)
    entry = MockConfigEntry(domain=domain, title=account)
    entry.add_to_hass(hass)
    await load(hass, entry)
    return entry


async def load(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Load an account."""
    with mock_config_flow(entry.domain, ConfigFlow):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
