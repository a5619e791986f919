"""Test what residents read of parcels that are announced automatically."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory

from tests.support.house import House, pass_time
from tests.support.orders import (
    PARCEL,
    account,
    ada,
    hours,
    house,
    order,
    out,
    people,
)
from tests.support.parcel_feed import ParcelAccount

__all__ = ["account", "ada", "house", "order", "people"]


async def test_parcel_that_comes_back_later_is_announced_as_the_same_one(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await out(house, account, PARCEL, *hours(11, 12))
    await pass_time(house.hass, freezer, 301)
    house.announced.clear()
    account.report(PARCEL, "in_transit")
    await house.settle()
    await out(house, account, PARCEL, *hours(15, 16))
    assert {name for name, _ in house.announced} == {"Ada", "Abe"}
    for _, text in house.announced:
        assert text.startswith(
            "Parcel Post now comes to Lobby, today 2:00 PM – 6:00 PM, not 10:00 AM – 2:00 PM. "  # noqa: RUF001  # a dash of times
        )
