"""Any registered app can forge a parcel's events: what is the worst that they do."""

from datetime import timedelta
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import House, pass_time
from tests.support.orders import (
    PARCEL,
    account,
    ada,
    hours,
    house,
    open_grants,
    order,
    out,
    people,
    window,
)
from tests.support.parcel_feed import ParcelAccount

__all__ = ["account", "ada", "house", "order", "people"]


@pytest.fixture(autouse=True)
async def api(hass: HomeAssistant) -> None:
    """Have Home Assistant's API, over which events are forged."""
    assert await async_setup_component(hass, "api", {})


async def test_a_feed_moves_a_grant_ten_times_at_most(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    await out(house, account, PARCEL, *hours(10, 12))
    for number in range(30):
        start, end = hours(10, 12)
        account.move(PARCEL, (start, end + timedelta(minutes=number + 1)))
        await house.settle()
    [grant] = open_grants(house)
    assert grant.revision == 11
    account.report(PARCEL, "delivered")
    await house.settle()
    assert open_grants(house) == []


async def test_forged_events_announce_within_hours_and_limit_and_open_nothing(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    hass_client: ClientSessionGenerator,
) -> None:
    client = await hass_client()
    for number in range(60):
        forged = {
            "device_id": account.device_id,
            "status": "out_for_delivery",
            "barcode": f"F{number}",
            "planned_from": "2026-11-24T03:00:00+00:00",
        }
        event = "/api/events/parcel_aggregator_parcel_status_changed"
        assert (await client.post(event, json=forged)).status == 200
    await house.settle()
    grants = open_grants(house)
    assert len(grants) == 3
    assert {window(grant) for grant in grants} == {hours(9, 18)}
    assert {grant.accepted_units for grant in grants} == {("3b",)}
    assert {name for name, _ in house.announced} == {"Ada", "Abe"}
    # It opens nothing: a typed number is only a question to the residents.
    shown = await house.hass.services.async_call(
        "courier_access",
        "request_entry",
        {"device_id": house.device("door-lobby").id, "parcel_number": "F0000001"},
        blocking=True,
        return_response=True,
    )
    assert shown is not None
    assert shown["decision"] == "refused"
    assert house.door_state() == "locked"


async def test_a_thousand_forged_parcels_are_warned_of_once_then_counted(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    freezer: FrozenDateTimeFactory,
) -> None:
    def warnings() -> list[str]:
        return [
            record.getMessage()
            for record in caplog.records
            if record.levelname == "WARNING" and "issues nothing" in record.getMessage()
        ]

    async def forge(first: int, last: int) -> None:
        for number in range(first, last):
            account.report(f"F{number}", "out_for_delivery")
            if number % 50 == 0:
                await house.settle()
        await house.settle()

    await forge(0, 1_000)
    assert len(open_grants(house)) == 3
    assert len(warnings()) == 1
    await pass_time(house.hass, freezer, 3_600)
    assert len(warnings()) == 2
    assert re.search(r", \d{3} more times: ", warnings()[-1])

    await forge(1_000, 1_001)
    assert len(warnings()) == 3
    await house.go_down()
    assert len(warnings()) == 3, "nothing is left to count"


@pytest.mark.parametrize(
    "data",
    [
        {"barcode": "J1", "status": "flying"},
        {"barcode": "J1", "status": ["out_for_delivery"]},
        {"barcode": "J1", "status": None},
        {"status": "out_for_delivery"},
        {"barcode": "", "status": "out_for_delivery"},
        {"barcode": 7, "status": "out_for_delivery"},
        {"barcode": "J" * 65, "status": "out_for_delivery"},
        {"barcode": "J\n1", "status": "out_for_delivery"},
        {"barcode": "J1", "status": "out_for_delivery", "device_id": ["a"]},
        {"barcode": "J1", "status": "out_for_delivery", "device_id": None},
        {"barcode": "J1", "status": "out_for_delivery", "device_id": "another"},
        {
            "barcode": "J1",
            "status": "out_for_delivery",
            "planned_from": "9999-12-31T23:00:00+00:00",
        },
        {
            "barcode": "J1",
            "status": "out_for_delivery",
            "planned_to": "0001-01-01T00:00:00+00:00",
        },
    ],
)
async def test_events_that_can_not_be_read_do_nothing(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    data: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    event = "parcel_aggregator_parcel_status_changed"
    house.hass.bus.async_fire(event, {"device_id": account.device_id, **data})
    await house.settle()
    assert open_grants(house) == []
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "planned",
    [
        {"planned_from": 7, "planned_to": []},
        {"planned_from": "soon", "planned_to": "late"},
        # Home Assistant's reader raises for days and hours that don't exist.
        {
            "planned_from": "2026-02-30T09:00:00+00:00",
            "planned_to": "2026-11-24T25:00:00+99:00",
        },
        {"planned_from": "2026-11-24T09:00:00+00:00", "planned_to": None},
        # Only a day is known: it is both ends.
        {
            "planned_from": "2026-11-24T00:00:00+00:00",
            "planned_to": "2026-11-24T00:00:00+00:00",
        },
        {"planned_to": "9999-12-31T23:59:59+00:00"},
    ],
)
async def test_times_that_say_nothing_leave_the_rest_of_the_day(
    house: House, account: ParcelAccount, order: dict[str, Any], planned: dict[str, Any]
) -> None:
    account.report(PARCEL, "out_for_delivery", **planned)
    await house.settle()
    [grant] = open_grants(house)
    assert grant.starts_at == hours(9, 18)[0]
    assert grant.ends_at <= grant.starts_at + timedelta(hours=12)
