"""Residents see the removed couriers that they deny, and lift a denial."""

from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import Attitude
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.administrator import add, remove
from tests.support.enqueued import enqueued
from tests.support.house import ALWAYS, House, Sender, build, courier, door, resident
from tests.support.pages import Visitor, token_of
from tests.support.people import People
from tests.support.wires import Wires

POST = "courier-parcel-post"
GONE = [{"courier": POST, "name": "Parcel Post"}]
ADA = {"resident": "resident-ada"}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building of Ada, who has an account, and Ben, who has a link."""
    homes = await people.homes(Ada="3B")
    residents = *homes, resident("Ben", "5C", windows=ALWAYS)
    return await build(hass, door(), courier(), courier("Night Owl"), *residents)


async def deny(house: House, resident_id: str, **attitudes: Attitude) -> None:
    """Let a resident decide about couriers, and an administrator remove Parcel Post."""
    building = house.building
    new = replace(building.rulebook.of(resident_id), couriers=attitudes)
    who = building.residents[resident_id]
    await building.rulebook.change(who, new, Author(user_id=who.user_id))
    await remove(house, POST)


async def test_denial_of_a_removed_courier_is_shown_and_lifted(
    house: House, wires: Wires
) -> None:
    ada = await wires("Ada")
    deny_post: Any = {POST: Attitude.DENY, "courier-night-owl": Attitude.ASK}
    await deny(house, "resident-ada", **deny_post)

    rules = await ada.result("rules/get", **ADA)
    assert rules["removed_couriers"] == GONE
    assert rules["couriers"] == {"courier-night-owl": "ask"}
    # What is set for other couriers leaves it alone.
    changed = await ada.result("rules/set", **ADA, couriers={}, proofs={})
    assert changed["removed_couriers"] == GONE
    lifted = await ada.result("rules/set", **ADA, couriers={POST: "allow"})

    assert lifted["removed_couriers"] == []
    assert await enqueued(house, NotificationKind.RULES_LOOSENED) != []
    await add(house, courier(), "again")
    assert house.building.rulebook.of("resident-ada").couriers == {}


async def test_lifted_denial_can_be_taken_back_until_the_building_reloads(
    house: House, wires: Wires
) -> None:
    ada = await wires("Ada")
    deny_post: Any = {POST: Attitude.DENY}
    await deny(house, "resident-ada", **deny_post)
    await ada.result("rules/set", **ADA, couriers={POST: "allow"})

    restored = await ada.result("rules/set", **ADA, couriers={POST: "deny"})
    assert restored["removed_couriers"] == GONE
    await ada.result("rules/set", **ADA, couriers={POST: "allow"})
    await house.reload()
    code, _ = await ada.refusal("rules/set", **ADA, couriers={POST: "deny"})
    assert code == "invalid_format"


async def test_denial_is_lifted_on_the_personal_page(
    house: House, sender: Sender
) -> None:
    deny_post: Any = {POST: Attitude.DENY, "courier-night-owl": Attitude.DENY}
    await deny(house, "resident-ben", **deny_post)
    ben = Visitor(sender.client, token_of(house, "Ben"))
    shown = await ben.ask()
    assert "Removed couriers that you deny" in shown.lines
    assert "Parcel Post: Lift" in shown.lines

    # Only a removed courier's denial is lifted there.
    await ben.do("lift_denial", courier="courier-night-owl")
    shown = await ben.do("lift_denial", courier=POST)

    assert "Removed couriers that you deny" not in shown.lines
    assert house.building.rulebook.of("resident-ben").couriers == {
        "courier-night-owl": Attitude.DENY
    }
