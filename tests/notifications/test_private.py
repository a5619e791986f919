"""Private notifications name neither a unit nor a parcel; others do as before."""

from homeassistant.core import HomeAssistant
import pytest

from tests.support.enqueued import edit
from tests.support.house import House, Sender, build, courier, door, resident

SECRETS = ("3B", "P-77")


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Ada of 3B has private notifications, Abe of 3B doesn't, and Cleo is a neighbor."""
    return await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", private_notifications=True),
        # Enrolled by a version that had no such setting.
        resident("Abe", "3B"),
        resident("Cleo", "4A", private_notifications=True),
    )


def told(house: House, name: str) -> list[str]:
    texts = (*house.told, *house.announced)
    return [text for whom, text in texts if whom == name]


async def test_private_notifications_name_no_unit_and_no_parcel(
    house: House, sender: Sender
) -> None:
    await sender.grant("G1", units=("3B",), parcel_ref="P-77", max_entries=2)
    await sender.enter("G1")
    await sender.revoke("G1")
    await house.settle()

    private, open_ = told(house, "Ada"), told(house, "Abe")
    assert len(private) == len(open_) > 1
    for secret in SECRETS:
        assert not any(secret in text for text in private)
        assert all(secret in text for text in open_)
    [entry] = [text for text in private if "was let in" in text]
    assert "For your home." in entry
    [of_neighbor] = told(house, "Cleo")
    assert "For your home." not in of_neighbor


async def test_list_of_deliveries_names_no_parcel_in_private_notifications(
    house: House, sender: Sender
) -> None:
    for grant_id in ("G1", "G2", "G3"):
        await sender.grant(grant_id, units=("3B",), parcel_ref="P-77")
    await house.settle()

    assert told(house, "Ada")
    assert not any(secret in str(told(house, "Ada")) for secret in SECRETS)
    assert all("P-77" in text for text in told(house, "Abe"))


async def test_administrator_cannot_silently_end_private_notifications(
    house: House,
) -> None:
    await edit(house, "resident-ada", private_notifications=False)
    await house.settle()
    assert [text[:53] for text in told(house, "Ada")] == [
        "The administrator changed how you get notifications. "
    ]

    house.told.clear()
    # The form writes down what was in effect before.
    await edit(house, "resident-abe", private_notifications=False)
    await house.settle()
    assert told(house, "Abe") == []
