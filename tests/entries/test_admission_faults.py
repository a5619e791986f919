"""What goes wrong on an entry's way, and what the courier, the record and the residents are left with."""

import asyncio
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    until,
)


async def bolted(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )


def code(answer: Answer) -> str:
    return str(answer.body["type"]).rpartition(":")[2]


async def break_ledger(house: House, what: str) -> None:
    """Let one kind of write fail, as a disk may at any moment."""

    def trigger() -> None:
        connection = sqlite3.connect(ledger_path(house.hass, house.entry.entry_id))
        connection.execute(
            f"CREATE TRIGGER broken BEFORE {what} BEGIN SELECT RAISE(FAIL, 'broken'); END"
        )
        connection.close()

    await house.hass.async_add_executor_job(trigger)


async def mend_ledger(house: House) -> None:
    def drop() -> None:
        connection = sqlite3.connect(ledger_path(house.hass, house.entry.entry_id))
        connection.execute("DROP TRIGGER broken")
        connection.close()

    await house.hass.async_add_executor_job(drop)


async def test_a_courier_who_waits_too_long_for_the_door_comes_again(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    bolt.hangs = asyncio.Event()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)

    first = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    driver = house.building.drivers["door-lobby"]
    second = asyncio.create_task(sender.enter(message_id="msg_2"))
    await until(lambda: driver.turn.is_awaited)
    freezer.tick(4)
    await until(second.done)
    busy = await second
    bolt.hangs.set()
    await first
    again = await sender.enter(message_id="msg_2")
    await house.settle()

    assert (busy.status, code(busy)) == (503, "door_busy")
    assert busy.body["retry_after"] == 5
    assert (again.body["decision"], again.body["replayed"]) == ("admitted", False)


@pytest.mark.parametrize("change", ["revoked", "moved"])
async def test_what_changed_while_a_courier_waited_for_the_door_counts(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, change: str
) -> None:
    bolt = Bolt()
    bolt.hangs = asyncio.Event()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant("first", door="lobby")
    await sender.grant("second", door="lobby")

    first = asyncio.create_task(sender.enter("first"))
    await until(lambda: bool(bolt.commands))
    second = asyncio.create_task(sender.enter("second"))
    await until(lambda: house.building.drivers["door-lobby"].turn.is_awaited)
    if change == "revoked":
        await sender.revoke("second")
    else:
        await sender.grant("second", door="garage", revision=2)
    bolt.hangs.set()
    await first
    answer = await second
    await house.settle()

    if change == "revoked":
        assert (answer.body["decision"], answer.body["reason"]) == (
            "refused",
            "revoked",
        )
    else:
        assert (answer.status, code(answer)) == (503, "door_busy")
    assert bolt.names == ["unlock"]
    assert house.door_state("lock.garage") == "locked"


async def test_an_outcome_that_cannot_be_recorded_is_answered_and_told_all_the_same(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await break_ledger(house, "UPDATE OF outcome ON entries")

    at = dt_util.utcnow()
    entered = await sender.enter(message_id="msg_1", at=at)
    await house.settle()
    await mend_ledger(house)
    await pass_time(hass, freezer, 61)
    await house.settle()
    replayed = await sender.enter(message_id="msg_1", at=at)

    assert (entered.status, entered.body["outcome"]) == (200, "opened")
    assert "can't be recorded" in caplog.text
    assert bolt.names == ["unlock", "lock"]
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    assert (replayed.body["replayed"], replayed.body["outcome"]) == (True, "unknown")
    assert (await house.building.ledger.verify()).intact


async def test_a_driver_that_fails_leaves_an_entry_of_unknown_outcome(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await bolted(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    async def fail(*_: object) -> None:
        raise ArithmeticError("unforeseen")

    monkeypatch.setattr(house.building.drivers["door-lobby"], "open", fail)
    entered = await sender.enter()
    await house.settle()

    assert (entered.status, entered.body["decision"]) == (200, "admitted")
    assert entered.body["outcome"] == "unknown"
    assert entered.body["entries_left"] == 0
    [entry] = await entries_of(house.building, 10)
    assert entry.outcome == "unknown"
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]


async def test_stopping_home_assistant_sees_an_entry_to_its_end(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    bolt.hangs = asyncio.Event()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    stopping = asyncio.create_task(hass.async_stop(force=True))
    await until(lambda: not house.building.is_open)
    refused = await sender.enter()
    bolt.hangs.set()
    entered = await entering
    await stopping

    assert (refused.status, code(refused)) == (503, "not_ready")
    assert entered.body["outcome"] == "opened"
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]


async def test_a_door_that_vanishes_between_claim_and_command_gives_the_claim_back(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    bolt.reachable(False)
    assert bolt.hangs is not None
    bolt.hangs.set()
    freezer.tick(9)
    async_fire_time_changed(hass)
    unavailable = await entering
    await house.settle()
    bolt.reachable(True)
    again = await sender.enter(message_id="msg_2")
    await house.settle()

    assert (unavailable.status, code(unavailable)) == (503, "door_unavailable")
    assert (again.body["decision"], again.body["replayed"]) == ("admitted", False)
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]


async def test_the_story_of_an_entry_is_in_its_last_record(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set("binary_sensor.leaf", "off")
    bolt = Bolt()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt), contact="binary_sensor.leaf"),
        courier(),
        resident(),
    )
    sender = Sender(await hass_client_no_auth())
    fired: list[str] = []

    @callback
    def take(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if new is not None and "event_type" in new.attributes:
            fired.append(new.attributes["event_type"])

    async_track_state_change_event(hass, "event.lobby_courier", take)
    await sender.grant(max_entries=2)
    await sender.enter()
    await pass_time(hass, freezer, 6)
    await house.settle()
    await sender.enter()
    hass.states.async_set("binary_sensor.leaf", "on")
    for _ in range(3):
        await pass_time(hass, freezer, 40)
    hass.states.async_set("binary_sensor.leaf", "off")
    await pass_time(hass, freezer, 2)
    await house.settle()

    assert fired == [
        "delivery_announced",
        "entry_admitted",
        "never_opened",
        "entry_completed",
        "entry_admitted",
        "door_left_open",
        "entry_completed",
    ]
    assert bolt.names == ["unlock", "lock", "unlock", "lock"]


async def claim_left(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> Answer:
    """Revoke a grant while an entry on it waits to command the door, and let that not be written."""
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")
    await sender.revoke()
    await break_ledger(house, "UPDATE OF use_returned ON entries")
    assert bolt.hangs is not None
    bolt.hangs.set()
    return await entering


@pytest.mark.parametrize("by", ["message", "unload"])
async def test_a_claim_that_cannot_be_taken_back_at_once_is_before_any_reply_is_given(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    by: str,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    unwritten = await claim_left(house, bolt, sender, freezer)
    again = await sender.enter(message_id="msg_2")

    assert [(one.status, code(one)) for one in (unwritten, again)] == [
        (503, "ledger_unavailable")
    ] * 2
    await mend_ledger(house)
    if by == "unload":
        assert await hass.config_entries.async_reload(house.entry.entry_id)
    refused = await sender.enter(message_id="msg_2")
    await house.settle()

    assert (refused.body["decision"], refused.body["reason"]) == ("refused", "revoked")
    assert bolt.names == ["unlock", "lock"]
    assert [text for _, text in house.told if "was let in" in text] == []
    stopped, _ = await entries_of(house.building, 2)
    assert (stopped.decision, stopped.reason) == ("refused", "revoked")
    assert (await house.building.ledger.verify()).intact


@pytest.mark.parametrize("lost", [False, True], ids=["kept", "lost"])
async def test_a_claim_that_could_not_be_taken_back_is_when_the_building_is_loaded_again(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    lost: bool,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    await claim_left(house, bolt, Sender(await hass_client_no_auth()), freezer)

    assert await hass.config_entries.async_unload(house.entry.entry_id)
    if lost:
        path = ledger_path(hass, house.entry.entry_id)
        await hass.async_add_executor_job(path.unlink)
    else:
        await mend_ledger(house)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    last = await entries_of(house.building, 1)
    assert [entry.reason for entry in last] == ([] if lost else ["revoked"])
    assert bolt.names == ["unlock", "lock"]
    assert (await house.building.ledger.verify()).intact


async def test_what_can_never_be_written_does_not_keep_a_building_from_loading(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    await claim_left(house, bolt, Sender(await hass_client_no_auth()), freezer)

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await mend_ledger(house)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.settle()

    last, _ = await entries_of(house.building, 2)
    assert (last.decision, last.outcome) == ("admitted", "unknown")
    assert bolt.names == ["unlock", "lock"]
