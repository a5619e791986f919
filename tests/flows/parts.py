"""Doors, couriers, and residents that a building has, and the flows that add and change them."""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.const import SubentryType

from .front_end import FrontEnd, Screen


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
    """Add a resident, by default one without an account."""
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


CONTACT_ATTRIBUTES = {"device_class": "door"}


def lock(
    hass: HomeAssistant, name: str = "front", **attributes: Any
) -> er.RegistryEntry:
    """Add a registered lock with a state."""
    entry = er.async_get(hass).async_get_or_create(
        "lock", "bolts", name, suggested_object_id=name
    )
    attributes = {"friendly_name": "Front lock", "supported_features": 0} | attributes
    hass.states.async_set(entry.entity_id, "locked", attributes)
    return entry


async def choose_opener(flow: FrontEnd, opener: str) -> Screen:
    await flow.add()
    return await flow.submit(await flow.choose("opener"), opener=opener)


PUBLIC_KEY = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
OTHER_PUBLIC_KEY = "whpk_" + base64.b64encode(bytes(range(32))).decode()


async def up_to_signing(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(await flow.add(), **{"name": "Parcels Ltd"} | answers)


def person(
    hass: HomeAssistant, name: str = "ada", user_id: str | None = "u-1"
) -> er.RegistryEntry:
    """Add a registered person; without a user id, they can't log in."""
    entry = er.async_get(hass).async_get_or_create(
        "person", "person", name, suggested_object_id=name
    )
    hass.states.async_set(
        entry.entity_id, "home", {"user_id": user_id} if user_id else {}
    )
    return entry


async def up_to_targets(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(
        await flow.add(), **{"name": "Ada", "unit": "3B"} | answers
    )


async def up_to_decision(flow: FrontEnd, **answers: Any) -> Screen:
    screen = await up_to_targets(flow, **answers)
    return await flow.submit(screen, notify_actions=["notify.ada"])
