"""Visits go to the fleet only after every resident was notified, and homes can object."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.notifications.actions import (
    EVENT_ACTION,
    action_of,
)
from custom_components.courier_access.residents.fleet_visits import load_visits
from tests.support.enqueued import enqueued
from tests.support.expecting import Expecting, expecting_house, move_mia_in
from tests.support.house import House
from tests.support.people import acting, user
from tests.support.rows import bodies, kept_rows, kinds, personal
from tests.support.wires import Wire, connect

ADA, CLEO = "resident-ada", "resident-cleo"
ADDRESS = "https://fleet.example"
CHOSEN = NotificationKind.FLEET_VISITS_CHOSEN
NOTICE = NotificationKind.FLEET_VISITS


@pytest.fixture
async def at(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Expecting:
    at = await expecting_house(hass, hass_client_no_auth, hass_ws_client)
    await send(at.house, 90)
    return at


async def send(house: House, days: int | None, address: str | None = ADDRESS) -> None:
    """Save what an administrator chooses about the fleet, as the forms do."""
    options: dict[str, Any] = {**house.entry.options}
    if address is None:
        options.pop("fleet", None)
    else:
        fleet = {"address": address, "token": "a.b.c"}
        options["fleet"] = fleet if days is None else {**fleet, "visits_days": days}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()


async def object_to(wire: Wire, who: str = ADA, *, objects: bool = True) -> None:
    await wire.result("rules/fleet_visits", resident=who, object=objects)


async def shown(wire: Wire, who: str = ADA) -> Any:
    """Return what somebody's panel shows about visits to the fleet."""
    overview = await wire.ask_anywhere("overview")
    [building] = overview["result"]["buildings"]
    found = {each["resident"]: each["fleet_visits"] for each in building["residents"]}
    return found.get(who)


async def chosen(house: House) -> list[tuple[str, list[str]]]:
    return [
        (each.details["what"], [*each.units]) for each in await enqueued(house, CHOSEN)
    ]


async def test_every_resident_is_notified_with_object_before_it_takes_effect(
    at: Expecting,
) -> None:
    told = {name for name, text in at.house.told if "send its visits" in text}
    assert told == {"Ada", "Cleo"}
    [text] = {text for _, text in at.house.told if "send its visits" in text}
    assert "fleet.example" in text
    assert "90 days" in text
    assert [*kinds_of_visits(await kinds(at.house.building.ledger))] == [
        "fleet.visits_announced"
    ]
    assert await shown(at.ada) == {
        "fleet": "fleet.example",
        "keep_days": 90,
        "longer_days": None,
        "begins_at": None,
        "has_begun": False,
        "asks": False,
        "home_objects": False,
        "objects": None,
    }


def kinds_of_visits(found: list[str]) -> list[str]:
    return [kind for kind in found if kind.startswith(("fleet.visits", "fleet.choice"))]


async def test_without_visits_nothing_is_shown(at: Expecting) -> None:
    await send(at.house, None)
    assert await shown(at.ada) is None


async def test_objection_is_recorded_and_the_home_is_notified(at: Expecting) -> None:
    at.house.told.clear()
    await object_to(at.ada)
    await at.house.settle()

    assert await chosen(at.house) == [("out", ["3b"])]
    [(name, text)] = at.house.told
    assert name == "Ada"
    assert "left out of what this building sends to fleet.example" in text
    ledger = at.house.building.ledger
    [body] = await bodies(ledger, "fleet.visits_chosen")
    for secret in (ADA, "3b", "yes"):
        assert f'"{secret}"' not in body
    assert await personal(ledger, "objects", "fleet.visits_chosen") == ["yes"]
    assert await personal(ledger, "unit", "fleet.visits_chosen") == ["3b"]
    view = await shown(at.ada)
    assert (view["home_objects"], view["objects"]) == (True, True)

    await at.house.reload()
    assert await shown(at.ada) == view

    await object_to(at.ada, objects=False)
    assert await chosen(at.house) == [("out", ["3b"]), ("sent", ["3b"])]
    view = await shown(at.ada)
    assert (view["home_objects"], view["objects"]) == (False, None)


async def test_same_choice_again_is_no_change(at: Expecting) -> None:
    await object_to(at.ada, objects=False)
    await object_to(at.ada)
    before = at.house.building.ledger.newest
    await object_to(at.ada)
    assert at.house.building.ledger.newest == before


async def test_one_objection_in_a_home_is_enough_and_leaves_with_its_resident(
    at: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    mia = await move_mia_in(at, hass, hass_ws_client)
    refused = ("unauthorized", "not_allowed_choose_fleet_visits")
    asked = {"resident": "resident-mia", "object": True}
    # She is pending.
    assert await mia.refusal("rules/fleet_visits", **asked) == refused
    await at.people.confirm(at.house, "Mia", "Ada")

    await object_to(mia, "resident-mia")
    await object_to(at.ada)
    await object_to(at.ada, objects=False)
    view = await shown(at.ada)
    assert (view["home_objects"], view["objects"]) == (True, None)
    assert await chosen(at.house) == [("out", ["3b"])]

    hass.config_entries.async_remove_subentry(at.house.entry, "resident-mia")
    await at.house.settle()
    view = await shown(at.ada)
    assert (view["home_objects"], view["objects"]) == (False, None)
    assert await chosen(at.house) == [("out", ["3b"]), ("sent", ["3b"])]
    assert "fleet.choice_ended" in await kinds(at.house.building.ledger)


async def test_nobody_chooses_for_others(
    at: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    admin = await user(hass, "Lea", admin=True)
    for someone in (admin, at.people["Cleo"]):
        wire = await connect(hass, at.house, hass_ws_client, someone)
        refused = ("unauthorized", "not_allowed_choose_fleet_visits")
        asked = {"resident": ADA, "object": True}
        assert await wire.refusal("rules/fleet_visits", **asked) == refused
        assert await shown(wire) is None
    stored = await at.house.building.ledger.read(load_visits)
    assert stored.choices == {}


async def token_of_notice(house: House, who: str, kind: str = NOTICE) -> str:
    query = """
        SELECT token FROM notifications JOIN fanouts ON fanouts.id = fanout_id
        WHERE kind = :kind AND notifications.resident_id = :who
    """
    ledger = house.building.ledger
    [token] = await kept_rows(ledger, query, str, kind=kind, who=who)
    return token


async def press(at: Expecting, verb: Button, token: str, name: str) -> None:
    at.house.hass.bus.async_fire(
        EVENT_ACTION,
        {"action": action_of(verb, token)},
        context=acting(at.people[name]),
    )
    await at.house.settle()


async def test_button_objects_for_the_home_of_its_reader_only(at: Expecting) -> None:
    token = await token_of_notice(at.house, ADA)
    for other, name in ((token, "Cleo"), ("a" * 32, "Ada")):
        await press(at, Button.OBJECT, other, name)
    assert not (await shown(at.ada))["home_objects"]
    await press(at, Button.OBJECT, token, "Ada")
    assert (await shown(at.ada))["home_objects"]
    assert await chosen(at.house) == [("out", ["3b"])]


async def test_button_of_another_notification_does_not_object(at: Expecting) -> None:
    kind = NotificationKind.CONFIGURATION_CHANGED
    token = await token_of_notice(at.house, ADA, kind)
    await press(at, Button.OBJECT, token, "Ada")
    assert not (await shown(at.ada))["home_objects"]


async def test_withdraw_on_the_notice_withdraws_consent(at: Expecting) -> None:
    token = await token_of_notice(at.house, ADA)
    await press(at, Button.WITHDRAW, token, "Ada")
    assert at.house.building.rulebook.of(ADA).consent == "withdrawn"


async def notices(house: House) -> list[str]:
    return [each.details["days"] for each in await enqueued(house, NOTICE)]


async def test_only_a_longer_time_is_a_new_notice(at: Expecting) -> None:
    await send(at.house, 60)
    await send(at.house, 60)
    assert await notices(at.house) == ["90"]
    assert (await shown(at.ada))["keep_days"] == 60
    await send(at.house, 61)
    assert await notices(at.house) == ["90", "61"]


@pytest.mark.parametrize("address", [None, "https://other.example"])
async def test_end_is_recorded_and_notified_and_another_fleet_is_a_new_notice(
    at: Expecting, address: str | None
) -> None:
    at.house.told.clear()
    await send(at.house, None, address)
    await at.house.settle()
    found = kinds_of_visits(await kinds(at.house.building.ledger))
    assert found == ["fleet.visits_announced", "fleet.visits_ended"]
    assert await shown(at.ada) is None

    await send(at.house, 90, "https://other.example")
    assert await notices(at.house) == ["90", "90"]
    assert (await shown(at.ada))["fleet"] == "other.example"


async def test_address_changed_at_once_ends_visits_to_the_former_fleet(
    at: Expecting,
) -> None:
    await send(at.house, 90, "https://other.example")
    found = kinds_of_visits(await kinds(at.house.building.ledger))
    assert found == [
        "fleet.visits_announced",
        "fleet.visits_ended",
        "fleet.visits_announced",
    ]
    assert await notices(at.house) == ["90", "90"]
