"""An administrator of a house of eight who tries to find out which tenant is away, and until when."""

import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.house import House, Sender, build, courier, do, door
from tests.support.people import People, user
from tests.support.wires import Wire, connect

TENANTS = {
    "Ada": "1A",
    "Ben": "1B",
    "Cleo": "2A",
    "Dan": "2B",
    "Eve": "3A",
    "Finn": "3B",
    "Gil": "4A",
    "Hana": "4B",
}
BACK = "2026-12-20"


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    house = await build(hass, door(), courier(), *await people.homes(**TENANTS))
    await people.consent(house, *TENANTS)
    return house


@pytest.fixture
async def owner(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> Wire:
    administrator = await user(hass, "Otto", admin=True)
    return await connect(hass, house, hass_ws_client, administrator)


async def everything(owner: Wire) -> dict[str, Any]:
    """Return what the administrator reads through every command that reads."""
    entries = await owner.result("entries")
    ids = [each["entry_id"] for each in entries["entries"]]
    return {
        "overview": (await owner.ask_anywhere("overview"))["result"],
        "building": await owner.result("building"),
        "entries": entries,
        "entries/notifications": await owner.result(
            "entries/notifications", entries=ids
        ),
        "grants": await owner.result("grants"),
        "check_access": await owner.result("check_access", door="door-lobby"),
        "export": await owner.result("export"),
        "export/entries": await owner.result("export/entries"),
    }


async def test_administrator_finds_no_reason_and_no_end_of_a_homes_absence(
    house: House, people: People, owner: Wire, sender: Sender
) -> None:
    await sender.grant("G1", units=("2A",), max_entries=3)
    await sender.enter("G1")
    cleo, dan, eve, finn = map(people.acting, ("Cleo", "Dan", "Eve", "Finn"))
    await do(house, "pause", cleo, unit="2A", until=f"{BACK}T12:00:00")
    today = dt_util.now().date().isoformat()
    away = [{"from": today, "to": BACK}]
    shared = {"share_hours": True, "exceptions": away}
    await do(house, "set_rules", dan, "resident-dan", **shared)
    await do(house, "set_rules", eve, "resident-eve", windows={})
    await do(house, "set_rules", finn, "resident-finn", default="deny")
    await sender.enter("G1")
    await house.settle()

    read = await everything(owner)

    for name, answer in read.items():
        assert BACK not in json.dumps(answer), name
    checks = {each.pop("unit"): each for each in read["check_access"]["checks"]}
    closed = [checks[TENANTS[name]] for name in ("Cleo", "Dan", "Eve", "Finn")]
    assert closed == [closed[0]] * 4
    assert (closed[0]["reason"], closed[0]["because"]) == ("not_accepting", [])
    assert checks["1A"]["admitted"] is True


async def test_administrator_asks_in_vain_about_another_time(
    house: House, people: People, owner: Wire, hass_ws_client: WebSocketGenerator
) -> None:
    later = {"door": "door-lobby", "at": f"{BACK}T12:00:00"}

    for unit in ({}, {"unit": "2A"}):
        refused = await owner.refusal("check_access", **later, **unit)
        assert refused == ("unauthorized", "not_allowed_other_time")
    cleo = await connect(house.hass, house, hass_ws_client, people["Cleo"])
    assert (await cleo.result("check_access", **later))["checks"][0]["admitted"]


async def test_administrator_finds_no_phone_that_is_off(
    house: House, owner: Wire, sender: Sender
) -> None:
    await sender.grant("G1", units=("2A",), max_entries=3)
    await sender.enter("G1")
    await house.settle()
    # Ada's phone confirmed the notification, and no other one did.
    await house.building.ledger.write(
        lambda transaction: transaction.conn.execute(
            "UPDATE notifications SET state = 'delivered', delivered_at = sent_at"
            " WHERE resident_id = 'resident-ada'"
        )
    )

    (found,) = (await everything(owner))["entries/notifications"][
        "notifications"
    ].values()

    assert found == [{"resident": name, "reached": True} for name in TENANTS]
