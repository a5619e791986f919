"""Subscriptions send each user the changes that they may see."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.api.subscriptions import DELAY
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting, user
from tests.support.wires import Wire, connect

NOTHING: Mapping[str, object] = {"buildings": [], "without_ledger": [], "not_ready": []}

type Connect = Callable[[str], Awaitable[Wire]]


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo", "Dan")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    assert await async_setup_component(hass, "websocket_api", {})
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "Flat 1", None, person=people.person("Ada")),
        resident("Cleo", "Flat 2", None, person=people.person("Cleo")),
    )
    for name in ("Ada", "Cleo"):
        await ask(
            house,
            "set_rules",
            f"resident-{name.lower()}",
            acting(people[name]),
            consent=True,
            windows=ALWAYS,
        )
    return house


@pytest.fixture
def subscribed(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> Connect:
    async def subscribe(name: str) -> Wire:
        wire = await connect(hass, house, hass_ws_client, people[name])
        assert (await wire.ask_anywhere("subscribe"))["success"]
        return wire

    return subscribe


async def quiet(wire: Wire) -> bool:
    """Whether no event is pending: the next message answers a ping."""
    await wire.client.send_json_auto_id({"type": "ping"})
    message: dict[str, Any] = await wire.client.receive_json()
    return bool(message["type"] == "pong")


async def gather(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let the time pass in which changes are collected."""
    await pass_time(hass, freezer, DELAY)


async def test_subscription_starts_with_the_overview(subscribed: Connect) -> None:
    wire = await subscribed("Ada")

    [building] = (await wire.event())["buildings"]
    assert building == (await wire.ask_anywhere("overview"))["result"]["buildings"][0]
    assert (building["name"], building["is_owner"]) == ("12 Elm Street", False)
    assert building["doors"] == [
        {"door": "door-lobby", "name": "Lobby", "lock": "lock.lobby"}
    ]
    [ada] = building["residents"]
    assert (ada["name"], ada["unit"], ada["consent"]) == ("Ada", "Flat 1", "given")
    assert (ada["accepting"], ada["next_change"], ada["waits_for_confirmation"]) == (
        True,
        None,
        False,
    )


async def test_rule_changes_are_sent_to_their_resident_only(
    hass: HomeAssistant,
    house: House,
    people: People,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada, cleo = await subscribed("Ada"), await subscribed("Cleo")
    await ada.event()
    await cleo.event()

    await ask(house, "set_rules", "resident-ada", acting(people["Ada"]), consent=False)
    await gather(hass, freezer)

    event = await ada.event()
    assert event == {
        **(await ada.ask_anywhere("overview"))["result"],
        "changed": {house.entry.entry_id: ["residents"]},
    }
    assert event["buildings"][0]["residents"][0]["consent"] == "withdrawn"
    assert await quiet(cleo)


async def test_simultaneous_changes_are_one_event(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    cleo = await subscribed("Cleo")
    await cleo.event()
    sender = Sender(await hass_client_no_auth())

    await sender.grant("G1", units=("Flat 1",))
    await sender.grant("G2", units=("Flat 1",), max_entries=2)
    await sender.enter("G2")
    await cleo.result("pause")
    await gather(hass, freezer)

    [changed] = (await cleo.event())["changed"].values()
    assert set(changed) == {"paused_until", "residents", "expected", "entries"}
    assert await quiet(cleo)
    await house.settle()


async def test_refusal_of_an_unknown_grant_is_an_entry(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    cleo = await subscribed("Cleo")
    await cleo.event()

    await Sender(await hass_client_no_auth()).enter("never-seen")
    await gather(hass, freezer)

    assert (await cleo.event())["changed"] == {house.entry.entry_id: ["entries"]}


async def test_subscription_survives_a_reload(
    hass: HomeAssistant,
    house: House,
    people: People,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada = await subscribed("Ada")
    await ada.event()

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await gather(hass, freezer)
    assert await quiet(ada)
    await ada.result("pause")
    await gather(hass, freezer)

    assert "paused_until" in (await ada.event())["changed"][house.entry.entry_id]


async def test_removed_and_restored_building_is_reported(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada = await subscribed("Ada")
    await ada.event()
    whole = {house.entry.entry_id: ["building"]}

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await gather(hass, freezer)
    assert await ada.event() == {
        **NOTHING,
        "not_ready": [house.entry.entry_id],
        "changed": whole,
    }
    assert await ada.refusal("grants") == (
        "home_assistant_error",
        "building_not_loaded",
    )

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await gather(hass, freezer)
    assert (await ada.event())["changed"] == whole

    assert await hass.config_entries.async_remove(house.entry.entry_id)
    await gather(hass, freezer)
    assert (await ada.event())["changed"] == whole
    assert await ada.refusal("grants") == ("not_found", "no_such_building")


async def test_former_resident_gets_one_last_event(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    cleo = await subscribed("Cleo")
    await cleo.event()

    hass.config_entries.async_remove_subentry(house.entry, "resident-cleo")
    await house.settle()
    await gather(hass, freezer)
    assert await cleo.event() == {
        **NOTHING,
        "changed": {house.entry.entry_id: ["building"]},
    }
    await house.building.rulebook.pauses.pause(Author())
    await gather(hass, freezer)

    assert await quiet(cleo)


async def test_stranger_gets_no_events(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    dan, ada = await subscribed("Dan"), await subscribed("Ada")
    assert await dan.event() == NOTHING

    await ada.event()
    await ada.result("pause")
    await gather(hass, freezer)

    assert await quiet(dan)


async def test_readiness_of_a_building_is_sent_to_everyone(
    hass: HomeAssistant,
    house: House,
    subscribed: Connect,
    freezer: FrozenDateTimeFactory,
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    dan = await subscribed("Dan")
    assert await dan.event() == {**NOTHING, "not_ready": [house.entry.entry_id]}

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await gather(hass, freezer)

    assert await dan.event() == {
        **NOTHING,
        "changed": {house.entry.entry_id: ["building"]},
    }


async def test_disabled_building_is_not_reported_as_not_ready(
    hass: HomeAssistant, house: House, subscribed: Connect
) -> None:
    await hass.config_entries.async_set_disabled_by(
        house.entry.entry_id, ConfigEntryDisabler.USER
    )

    dan = await subscribed("Dan")

    assert await dan.event() == NOTHING


async def test_unsubscribing_and_disconnecting_remove_all_listeners(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    rulebook = house.building.rulebook
    before = len(rulebook._listeners._listeners)
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    subscription = (await ada.ask_anywhere("subscribe"))["id"]
    await ada.event()
    assert len(rulebook._listeners._listeners) == before + 1

    await ada.client.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": subscription}
    )
    assert (await ada.client.receive_json())["success"]
    assert len(rulebook._listeners._listeners) == before
    await ada.result("pause")
    await gather(hass, freezer)
    assert await quiet(ada)

    await ada.ask_anywhere("subscribe")
    await ada.event()
    await ada.client.close()
    await house.settle()
    assert len(rulebook._listeners._listeners) == before


async def test_owner_sees_the_building_but_no_rules(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> None:
    owner = await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )

    [building] = (await owner.ask_anywhere("overview"))["result"]["buildings"]

    assert building["is_owner"]
    assert building["residents"] == []
    assert building["pending_residents"] == []
