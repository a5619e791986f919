"""Anyone who may set a state can forge a list of parcels: what is the worst that one does."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.courier_access.access.names import _words
from tests.support.counting import calls_of
from tests.support.house import House
from tests.support.orders import (
    PARCEL,
    account,
    ada,
    hours,
    house,
    open_grants,
    order,
    people,
    window,
)
from tests.support.parcel_feed import ParcelAccount

__all__ = ["account", "ada", "house", "order", "people"]


async def test_forged_list_announces_within_hours_and_limit_and_opens_nothing(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    for number in range(60):
        start = hours(3, 4)[0] + number * timedelta(minutes=20)
        account.report(f"F{number:09}", "out_for_delivery", (start, None))
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
        {"device_id": house.device("door-lobby").id, "parcel_number": "F000000001"},
        blocking=True,
        return_response=True,
    )
    assert shown is not None
    assert shown["decision"] == "refused"
    assert house.door_state() == "locked"


async def test_a_thousand_forged_parcels_are_read_up_to_a_limit_and_logged_once(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for number in range(999):
        account.report(f"F{number}", "in_transit")
    for number in range(999):
        account.parcels[f"F{number}"]["status"] = "out_for_delivery"
    for _ in range(3):
        account.poll()
        await house.settle()
    assert len(open_grants(house)) == 3
    warnings = [each for each in caplog.messages if "issues nothing" in each]
    assert len(warnings) == 1


async def test_look_at_a_long_list_compares_the_name_of_each_carrier_once(
    house: House, account: ParcelAccount, order: dict[str, Any]
) -> None:
    for number in range(200):
        account.report(f"F{number}", "in_transit")
    await house.settle()
    with calls_of(_words) as compared:
        account.poll()
        await house.settle()
    assert 0 < compared() < 20


@pytest.mark.parametrize(
    "forged",
    [
        {"status": "flying"},
        {"status": ["out_for_delivery"]},
        {"status": None},
        {"barcode": None},
        {"barcode": ""},
        {"barcode": 7},
        {"barcode": "J" * 65},
        {"barcode": "J\x001"},
        {"planned_from": "2027-12-31T23:00:00+00:00"},
        {"delivered": True},
        {"pickup": "yes"},
        {"pickup_point": "anywhere"},
    ],
)
async def test_parcel_that_can_not_be_read_or_does_not_come_does_nothing(
    house: House,
    account: ParcelAccount,
    order: dict[str, Any],
    forged: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    account.report(PARCEL, "out_for_delivery", **forged)
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
        {"planned_from": "9999-12-31T23:00:00+00:00"},
        {"planned_to": "0001-01-01T00:00:00+00:00"},
    ],
)
async def test_times_that_say_nothing_leave_the_rest_of_the_day(
    house: House, account: ParcelAccount, order: dict[str, Any], planned: dict[str, Any]
) -> None:
    account.report(PARCEL, "out_for_delivery", **planned)
    await house.settle()
    [grant] = open_grants(house)
    assert window(grant) == hours(9, 18)
