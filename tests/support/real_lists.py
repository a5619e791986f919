"""Sensors of real parcel integrations, with the states that their own code made."""

from copy import deepcopy
from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.house import House

VECTORS: Final = Path(__file__).parents[1] / "grants" / "parcels"


@dataclass(slots=True)
class RealList:
    """The sensor of an integration that lists an account's parcels."""

    hass: HomeAssistant
    vector: dict[str, Any]
    entry: MockConfigEntry
    device_id: str
    entity_id: str

    def show(self, state: str, **changes: Any) -> None:
        """Report a state as the integration's code made it, with changes to its parcels."""
        made = deepcopy(self.vector["states"][state])
        for parcel in made["attributes"].get("parcels", []):
            parcel.update(changes)
        self.hass.states.async_set(self.entity_id, made["state"], made["attributes"])

    def add_sensor_of(self, barcode: str, status: str) -> str:
        """Add the sensor of one parcel, as that family's integrations do; return its ID."""
        account = self.vector["unique_id"].removesuffix("_incoming_parcels")
        sensor = er.async_get(self.hass).async_get_or_create(
            "sensor",
            self.vector["platform"],
            f"{account}_{barcode}",
            config_entry=self.entry,
            device_id=self.device_id,
        )
        self.hass.states.async_set(sensor.entity_id, status, {"barcode": barcode})
        return sensor.entity_id


def real_list(hass: HomeAssistant, name: str) -> RealList:
    """Register the list of an integration, by its file of `tests/grants/parcels`."""
    vector = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    platform = vector["platform"]
    entry = MockConfigEntry(domain=platform, state=ConfigEntryState.LOADED)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(platform, name)}, name=name
    )
    sensor = er.async_get(hass).async_get_or_create(
        "sensor",
        platform,
        vector["unique_id"],
        config_entry=entry,
        device_id=device.id,
        suggested_object_id=vector["entity_id"].partition(".")[2],
    )
    return RealList(hass, vector, entry, device.id, sensor.entity_id)


def expected_parcels(house: House) -> set[str | None]:
    """Return the numbers of the parcels that are expected now."""
    return {grant.delivery.parcel_ref for grant in house.building.grants.expected()}
