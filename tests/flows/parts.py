"""Doors, couriers, and residents that a building has, and the flows that add and change them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import SubentryType

from .front_end import FrontEnd


class PartFlow(FrontEnd):
    """Drives the flow of one kind of subentry, and adds others without a flow."""

    def __init__(
        self, hass: HomeAssistant, building: MockConfigEntry, kind: SubentryType
    ) -> None:
        super().__init__(hass, building, kind)
        self.hass = hass
        self.building = building
        self.kind = kind

    @property
    def existing(self) -> list[ConfigSubentry]:
        """Return the building's subentries of the flow's kind."""
        return list(self.building.get_subentries_of_type(self.kind))

    def only(self) -> ConfigSubentry:
        """Return the one subentry of the flow's kind."""
        (subentry,) = self.existing
        return subentry

    def has_only(
        self, title: str, data: Mapping[str, Any], unique_id: str | None = None
    ) -> None:
        """Check the one subentry of the flow's kind, as a whole."""
        only = self.only()
        assert (only.title, only.unique_id, only.data) == (title, unique_id, data)

    def add_door(
        self, entry: MockConfigEntry | None = None, **data: Any
    ) -> ConfigSubentry:
        """Add a door, by default a demo door of this building."""
        data = {
            "name": "Front door",
            "key": "front",
            "opener_kind": "demo",
            "unlock_seconds": 5,
            "operation": "unlock",
            "close_cover": False,
        } | data
        building = self.building if entry is None else entry
        return add_part(self.hass, building, SubentryType.DOOR, data, str(data["key"]))

    def add_courier(self, **data: Any) -> ConfigSubentry:
        data = {
            "name": "Parcels Ltd",
            "doors": [],
            "longest_grant_hours": 12,
            "rate_per_minute": 60,
            "enabled": True,
            "webhook_id": "0" * 64,
            "keys": [{"key": "whsec_" + "A" * 32, "ends_at": None}],
        } | data
        return add_part(
            self.hass,
            self.building,
            SubentryType.COURIER,
            data,
            str(data["webhook_id"]),
        )

    def add_resident(self, **data: Any) -> ConfigSubentry:
        return add_resident(self.hass, self.building, **data)


def add_resident(
    hass: HomeAssistant, building: MockConfigEntry, **data: Any
) -> ConfigSubentry:
    """Add a resident, by default one without a login."""
    data = {
        "name": "Ada",
        "unit": "3B",
        "person": None,
        "language": None,
        "targets": [{"kind": "action", "value": "notify.ada"}],
    } | data
    return add_part(hass, building, SubentryType.RESIDENT, data, None)


def add_part(
    hass: HomeAssistant,
    building: MockConfigEntry,
    kind: SubentryType,
    data: dict[str, Any],
    unique_id: str | None,
) -> ConfigSubentry:
    """Add a subentry."""
    subentry = ConfigSubentry(
        subentry_type=kind,
        title=data.pop("name"),
        unique_id=unique_id,
        data=MappingProxyType(data),
    )
    hass.config_entries.async_add_subentry(building, subentry)
    return subentry
