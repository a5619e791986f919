"""Couriers that are added later start as a resident wishes: in the panel, by action, and on the personal page."""

from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.model import Attitude, Rules
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.administrator import add
from tests.support.enqueued import enqueued
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    do,
    door,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.people import People
from tests.support.wires import Wires

POST, OWL, LATE = "courier-parcel-post", "courier-night-owl", "courier-late-bird"
ADA = {"resident": "resident-ada"}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a building of Ada, who has an account, and Ben, who has a link."""
    homes = await people.homes(Ada="3B")
    residents = *homes, resident("Ben", "5C", windows=ALWAYS)
    return await build(hass, door(), courier(), courier("Night Owl"), *residents)


@pytest.fixture
def ben(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ben"))


def rules_of(house: House, name: str) -> Rules:
    return house.building.rulebook.of(f"resident-{name}")


async def loosened(house: House) -> list[Any]:
    return await enqueued(house, NotificationKind.RULES_LOOSENED)


@pytest.mark.parametrize("way", ["panel", "action"])
async def test_new_couriers_start_as_ask_and_those_of_today_stay(
    house: House, people: People, wires: Wires, way: str
) -> None:
    ada = await wires("Ada")
    await ada.result("rules/set", **ADA, couriers={OWL: "deny"})
    if way == "panel":
        changed = await ada.result("rules/set", **ADA, new_couriers="ask")
        assert changed["default"] == "ask"
        assert changed["couriers"] == {POST: "allow", OWL: "deny"}
    else:
        acting = people.acting("Ada")
        await do(house, "set_rules", acting, "resident-ada", new_couriers="ask")
    # With another's key, it would be treated as that one.
    await add(house, courier("Late Bird", keys=[]), "late")

    rules = rules_of(house, "ada")
    attitudes = {each: rules.attitude(each) for each in (POST, OWL, "late")}
    assert attitudes == {
        POST: Attitude.ALLOW,
        OWL: Attitude.DENY,
        "late": Attitude.ASK,
    }
    assert await loosened(house) == []


async def test_new_couriers_come_after_the_other_fields_of_one_change(
    house: House, wires: Wires
) -> None:
    ada = await wires("Ada")
    given = {"default": "deny", "couriers": {POST: "allow"}, "new_couriers": "ask"}
    changed = await ada.result("rules/set", **ADA, **given)
    assert changed["default"] == "ask"
    assert changed["couriers"] == {POST: "allow", OWL: "deny"}


async def test_only_the_resident_lets_new_couriers_in_again(
    house: House, people: People, owner: Any
) -> None:
    acting = people.acting("Ada")
    await owner.result("rules/set", **ADA, new_couriers="ask")
    assert rules_of(house, "ada").default is Attitude.ASK
    code, _ = await owner.refusal("rules/set", **ADA, new_couriers="allow")
    assert code == "unauthorized"
    await do(house, "set_rules", acting, "resident-ada", new_couriers="allow")
    assert rules_of(house, "ada").default is Attitude.ALLOW
    assert len(await loosened(house)) == 1


async def test_personal_page_sets_how_new_couriers_start(
    house: House, ben: Visitor
) -> None:
    shown = await ben.ask()
    at = shown.lines.index("New couriers: ask me")
    assert shown.lines[at + 1].startswith("For couriers that are added later.")
    assert shown.lines[at + 2].startswith("Only residents with the Home Assistant app")

    asked = await ben.do("new_couriers")
    said = "Saved. This applies to couriers that are added later."
    assert said in asked.lines
    assert "Every courier: Ask" in asked.lines
    assert "Parcel Post: Allow" in asked.lines
    assert rules_of(house, "ben").attitude(LATE) is Attitude.ASK
    assert await loosened(house) == []
    # The way back is asked about first, since it loosens.
    assert asked.form("new_couriers")["attitude"] == "allow"
    assert "new_couriers" not in asked.page.unasked
    await ben.do("new_couriers")
    assert rules_of(house, "ben").attitude(LATE) is Attitude.ALLOW
    assert len(await loosened(house)) == 1


async def test_personal_page_allows_a_courier_that_nobody_can_be_asked_about(
    house: House, ben: Visitor
) -> None:
    await ben.do("new_couriers")
    await add(house, courier("Late Bird", keys=[]), "late")
    assert rules_of(house, "ben").attitude("late") is Attitude.ASK
    shown = await ben.ask()
    assert [form["courier"] for form in shown.forms("allow_courier")] == ["late"]
    assert "allow_courier" not in shown.page.unasked

    allowed = await ben.do("allow_courier")
    said = "Saved. Your rule for this courier is now: allow."
    assert said in allowed.lines
    assert rules_of(house, "ben").attitude("late") is Attitude.ALLOW
    assert rules_of(house, "ben").attitude(LATE) is Attitude.ASK
    assert len(await loosened(house)) == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "new_couriers", "attitude": "deny"}, 400),
        ({"do": "new_couriers", "attitude": "perhaps"}, 400),
        ({"do": "new_couriers"}, 400),
        ({"do": "allow_courier", "courier": "gone"}, 303),
        ({"do": "allow_courier", "courier": OWL}, 303),
    ],
)
async def test_forms_that_the_page_doesnt_have_loosen_nothing(
    house: House, ben: Visitor, fields: dict[str, str], status: int
) -> None:
    ben_resident = house.building.residents["resident-ben"]
    denied = replace(rules_of(house, "ben"), couriers={OWL: Attitude.DENY})
    await house.building.rulebook.change(ben_resident, denied, Author())
    before = rules_of(house, "ben")
    assert (await ben.send(fields)).status == status
    assert rules_of(house, "ben") == before
