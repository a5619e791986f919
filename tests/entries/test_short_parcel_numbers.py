"""A parcel's number is a proof only if it isn't quickly guessed."""

import pytest

from tests.support.house import House, ask
from tests.support.people import People, acting

from .test_unsigned import expect, house, people, show

__all__ = ["house", "people"]


@pytest.mark.parametrize(
    ("number", "reason"), [("JD 014 6", "ok"), ("JD-014", "unknown_grant")]
)
async def test_number_has_at_least_six_letters_and_digits(
    house: House, people: People, number: str, reason: str
) -> None:
    ada = acting(people["Ada"])
    await expect(house, ada, parcel_ref=number)
    await ask(house, "set_rules", "resident-ada", ada, default_proof="parcel_number")
    assert (await show(house, parcel_number=number))["reason"] == reason
