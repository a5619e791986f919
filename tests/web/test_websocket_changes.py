"""Subscriptions send each user the changes that they may see."""

from collections.abc import Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.home_assistant.host import hand_over_soon
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web.websocket import DELAY
from tests.support.house import House, Sender, build, courier, do, door, pass_time
from tests.support.people import People
from tests.support.wires import Wire, Wires

NOTHING: Mapping[str, object] = {"buildings": [], "without_ledger": [], "not_ready": []}


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    homes = await people.homes(Ada="Flat 1", Cleo="Flat 2")
    house = await build(hass, door(), courier(), *homes)
    await people.consent(house, "Ada", "Cleo")
    await people.stranger()
    return house


@pytest.fixture
async def ada(ada: Wire) -> Wire:
    """Return Ada's connection, subscribed after the first event."""
    await subscribe(ada)
    return ada


@pytest.fixture
async def cleo(cleo: Wire) -> Wire:
    """Return Cleo's connection, subscribed after the first event."""
    await subscribe(cleo)
    return cleo


async def subscribe(wire: Wire) -> dict[str, Any]:
    """Subscribe, and return the first event."""
    assert (await wire.ask_anywhere("subscribe"))["success"]
    event: dict[str, Any] = await wire.event()
    return event


async def quiet(wire: Wire) -> bool:
    """Whether no event is pending: the next message answers a ping."""
    await wire.client.send_json_auto_id({"type": "ping"})
    message: dict[str, Any] = await wire.client.receive_json()
    return bool(message["type"] == "pong")


async def gather(house: House, freezer: FrozenDateTimeFactory) -> None:
    """Let the time pass in which changes are collected."""
    await pass_time(house.hass, freezer, DELAY)


async def test_subscription_starts_with_the_overview(wires: Wires) -> None:
    wire = await wires("Ada")

    [building] = (await subscribe(wire))["buildings"]
    assert building == (await wire.ask_anywhere("overview"))["result"]["buildings"][0]
    assert (building["name"], building["is_owner"]) == ("12 Elm Street", False)
    lobby = {"door": "door-lobby", "name": "Lobby", "lock": "lock.lobby"}
    assert building["doors"] == [{**lobby, "codes_off": False, "unasked_rings": []}]
    [ada] = building["residents"]
    expected = {
        "name": "Ada",
        "unit": "Flat 1",
        "consent": "given",
        "accepting": True,
        "next_change": None,
        "waits_for_confirmation": False,
    }
    assert ada | expected == ada


async def test_rule_changes_are_sent_to_their_resident_only(
    house: House, people: People, ada: Wire, cleo: Wire, freezer: FrozenDateTimeFactory
) -> None:
    await do(house, "set_rules", people.acting("Ada"), "resident-ada", consent=False)
    await gather(house, freezer)

    event = await ada.event()
    assert event == {
        **(await ada.ask_anywhere("overview"))["result"],
        "changed": {house.entry.entry_id: ["residents"]},
    }
    assert event["buildings"][0]["residents"][0]["consent"] == "withdrawn"
    assert await quiet(cleo)


async def test_simultaneous_changes_are_one_event(
    house: House, cleo: Wire, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant("G1", units=("Flat 1",))
    await sender.grant("G2", units=("Flat 1",), max_entries=2)
    await sender.enter("G2")
    await cleo.result("pause")
    await gather(house, freezer)

    [changed] = (await cleo.event())["changed"].values()
    assert set(changed) == {"paused_until", "residents", "expected", "entries"}
    assert await quiet(cleo)

    await sender.enter("never-seen")
    await gather(house, freezer)
    assert (await cleo.event())["changed"] == {house.entry.entry_id: ["entries"]}
    await house.settle()


async def test_subscription_survives_a_reload(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    await house.reload()
    await gather(house, freezer)
    assert await quiet(ada)
    await ada.result("pause")
    await gather(house, freezer)

    assert "paused_until" in (await ada.event())["changed"][house.entry.entry_id]


async def test_entries_just_before_a_handover_are_reported(
    house: House, ada: Wire, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant(units=("Flat 1",))
    await gather(house, freezer)
    await ada.event()

    await sender.enter("never-seen")
    hand_over_soon(house.hass, house.entry.entry_id)
    await house.settle()
    await gather(house, freezer)

    assert (await ada.event())["changed"] == {house.entry.entry_id: ["entries"]}


async def test_removed_and_restored_building_is_reported(
    house: House, ada: Wire, wires: Wires, freezer: FrozenDateTimeFactory
) -> None:
    entries, entry_id = house.hass.config_entries, house.entry.entry_id
    whole = {entry_id: ["building"]}

    assert await entries.async_unload(entry_id)
    await gather(house, freezer)
    away = {**NOTHING, "not_ready": [entry_id]}
    assert await ada.event() == {**away, "changed": whole}
    refused = await ada.refusal("grants")
    assert refused == ("home_assistant_error", "building_not_loaded")
    dan = await wires("Dan")
    assert await subscribe(dan) == away

    # Everyone is sent that it is ready, even those who see nothing of it.
    assert await entries.async_setup(entry_id)
    await gather(house, freezer)
    assert (await ada.event())["changed"] == whole
    assert await dan.event() == {**NOTHING, "changed": whole}

    assert await entries.async_remove(entry_id)
    await gather(house, freezer)
    assert (await ada.event())["changed"] == whole
    assert await ada.refusal("grants") == ("not_found", "no_such_building")


async def test_former_resident_gets_one_last_event(
    house: House, cleo: Wire, freezer: FrozenDateTimeFactory
) -> None:
    house.hass.config_entries.async_remove_subentry(house.entry, "resident-cleo")
    await house.settle()
    await gather(house, freezer)
    changed = {house.entry.entry_id: ["building"]}
    assert await cleo.event() == {**NOTHING, "changed": changed}
    await house.building.rulebook.pauses.pause(Author())
    await gather(house, freezer)

    assert await quiet(cleo)


async def test_stranger_gets_no_events(
    house: House, ada: Wire, wires: Wires, freezer: FrozenDateTimeFactory
) -> None:
    dan = await wires("Dan")
    assert await subscribe(dan) == NOTHING

    await ada.result("pause")
    await gather(house, freezer)

    assert await quiet(dan)


async def test_disabled_building_is_not_reported_as_not_ready(
    house: House, wires: Wires
) -> None:
    await house.hass.config_entries.async_set_disabled_by(
        house.entry.entry_id, ConfigEntryDisabler.USER
    )

    assert await subscribe(await wires("Dan")) == NOTHING


async def test_unsubscribing_and_disconnecting_remove_all_listeners(
    house: House, wires: Wires, freezer: FrozenDateTimeFactory
) -> None:
    listeners = house.building.rulebook.listeners._listeners
    before = len(listeners)
    ada = await wires("Ada")
    subscription = (await ada.ask_anywhere("subscribe"))["id"]
    await ada.event()
    assert len(listeners) == before + 1

    await ada.client.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": subscription}
    )
    assert (await ada.client.receive_json())["success"]
    assert len(listeners) == before
    await ada.result("pause")
    await gather(house, freezer)
    assert await quiet(ada)

    await subscribe(ada)
    await ada.client.close()
    await house.settle()
    assert len(listeners) == before


async def test_administrator_sees_the_building_but_no_rules(owner: Wire) -> None:
    [building] = (await owner.ask_anywhere("overview"))["result"]["buildings"]

    assert building["is_owner"]
    assert building["residents"] == building["pending_residents"] == []


async def test_message_that_is_refused_is_reported_to_the_administrator_only(
    house: House, owner: Wire, ada: Wire, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await subscribe(owner)
    sender.key = "whsec_" + "A" * 32
    assert (await sender.send("ping", {})).status == 401
    await gather(house, freezer)

    assert (await owner.event())["changed"] == {house.entry.entry_id: ["owner"]}
    assert await quiet(ada)
