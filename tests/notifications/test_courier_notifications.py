"""Test that residents are notified of every courier that the administrator registers."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.ledger.queue import NotificationKind
from tests.support.enqueued import enqueued
from tests.support.house import House, build, courier, door, resident
from tests.support.rows import kept_rows


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    return await build(hass, door(), courier(), *residents)


async def register(house: House, name: str) -> None:
    """Let the administrator register a courier."""
    data = courier(name)["data"]
    added = ConfigSubentry(
        data=data,  # type: ignore[arg-type]  # a constant mapping
        subentry_id="new",
        subentry_type="courier",
        title=name,
        unique_id="new",
    )
    house.hass.config_entries.async_add_subentry(house.entry, added)
    await house.settle()


async def recorded(house: House) -> list[tuple[str, Mapping[str, Any]]]:
    return await kept_rows(
        house.building.ledger,
        "SELECT kind, body FROM records WHERE kind LIKE 'courier.%' ORDER BY seq",
        tuple[str, Mapping[str, Any]],
    )


async def test_everyone_is_notified_of_a_registered_courier(house: House) -> None:
    await register(house, "Slow Post")

    notified = [name for name, message in house.told if "Slow Post" in message]
    assert sorted(notified) == ["Ada", "Cleo"]
    await house.reload()
    assert len(await enqueued(house, NotificationKind.COURIER_ADMITTED)) == 2


async def test_courier_registered_again_is_notified_again(house: House) -> None:
    house.hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    await house.settle()
    assert house.told == []

    await register(house, "Parcel Post")

    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    kinds = [kind for kind, _ in await recorded(house)]
    assert kinds == ["courier.admitted", "courier.removed", "courier.admitted"]


async def test_new_name_of_a_courier_is_recorded(
    hass: HomeAssistant, house: House
) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    hass.config_entries.async_update_subentry(
        house.entry, subentry, title="Parcels & Co"
    )
    await house.settle()

    kind, body = (await recorded(house))[-1]
    assert (kind, body["courier"], body["courier_name"]) == (
        "courier.renamed",
        "courier-parcel-post",
        "Parcels & Co",
    )
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
