"""What an administrator does to a building's parts, as Home Assistant's forms save it."""

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry, ConfigSubentryDataWithId

from tests.support.house import House, courier


async def add(house: House, part: ConfigSubentryDataWithId, part_id: str) -> None:
    """Add a part with this ID."""
    _add(house, part, part_id)
    await house.settle()


def add_courier(house: House, name: str = "New Post", **more: Any) -> None:
    """Add a courier, without waiting until it is registered."""
    part = courier(name, **more)
    _add(house, part, part["subentry_id"])


def _add(house: House, part: ConfigSubentryDataWithId, part_id: str) -> None:
    added = ConfigSubentry(
        data=MappingProxyType(dict(part["data"])),
        subentry_id=part_id,
        subentry_type=part["subentry_type"],
        title=part["title"],
        unique_id=part_id,
    )
    house.hass.config_entries.async_add_subentry(house.entry, added)


async def remove(house: House, part_id: str) -> None:
    """Remove a part."""
    house.hass.config_entries.async_remove_subentry(house.entry, part_id)
    await house.settle()


async def rename(house: House, part_id: str, name: str) -> None:
    """Rename a part, as the front end does, which asks no form of ours."""
    part = house.entry.subentries[part_id]
    house.hass.config_entries.async_update_subentry(house.entry, part, title=name)
    await house.settle()


async def change(house: House, part_id: str, **data: object) -> None:
    """Change a part's data."""
    part = house.entry.subentries[part_id]
    house.hass.config_entries.async_update_subentry(
        house.entry, part, data={**part.data, **data}
    )
    await house.settle()
