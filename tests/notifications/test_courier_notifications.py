"""Test that residents are notified of every courier that the owner registers."""

import json
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import pytest
from sqlalchemy import select

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.tables import records
from tests.support.house import House, build, courier, door, resident
from tests.support.owing import owed


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )


def slow_post() -> ConfigSubentry:
    made = courier("Slow Post")
    return ConfigSubentry(
        data=made["data"],  # type: ignore[arg-type]  # a constant mapping
        subentry_id="slow",
        subentry_type="courier",
        title="Slow Post",
        unique_id="slow",
    )


async def recorded(house: House) -> list[tuple[str, dict[str, Any]]]:
    rows = await house.building.ledger.read(
        lambda conn: conn.execute(
            select(records.c.kind, records.c.body).where(
                records.c.kind.like("courier.%")
            )
        ).all()
    )
    return [(row.kind, json.loads(row.body)) for row in rows]


async def test_everyone_is_notified_of_a_registered_courier(
    hass: HomeAssistant, house: House
) -> None:
    hass.config_entries.async_add_subentry(house.entry, slow_post())
    await house.settle()

    notified = [name for name, message in house.told if "Slow Post" in message]
    assert sorted(notified) == ["Ada", "Cleo"]
    await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()
    assert len(await owed(house, NotificationKind.COURIER_ADMITTED)) == 2


async def test_courier_registered_again_is_notified_again(
    hass: HomeAssistant, house: House
) -> None:
    hass.config_entries.async_remove_subentry(house.entry, "courier-parcel-post")
    await house.settle()
    assert house.told == []

    again = courier()
    hass.config_entries.async_add_subentry(
        house.entry,
        ConfigSubentry(
            data=again["data"],  # type: ignore[arg-type]  # a constant mapping
            subentry_id="again",
            subentry_type="courier",
            title="Parcel Post",
            unique_id="again",
        ),
    )
    await house.settle()

    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    assert [kind for kind, _ in await recorded(house)] == [
        "courier.admitted",
        "courier.removed",
        "courier.admitted",
    ]


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
    assert house.told == []
