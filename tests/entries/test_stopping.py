"""Test that nobody is let in once Home Assistant stops, whatever is under way."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.state.entries import (
    EntryFilter,
    latest_entries,
)
from custom_components.courier_access.ledger.state.grants import find_grant
from tests.support.asked_phones import AskedHouse
from tests.support.door_parts import CONTACT, Bolt
from tests.support.drivers import at_door, hang_sheets
from tests.support.held_entry import hold_second_entry
from tests.support.house import House, Sender, ask, until
from tests.support.stopping import Stop, ledger_after_stop, recorded

KEY = GrantKey("courier-parcel-post", "G1")
NOT_READY = (503, "not_ready")


async def uses_after_stop(house: House) -> int:
    """Return how many uses of the grant are consumed, as the ledger says."""
    async with ledger_after_stop(house) as ledger:
        grant = await ledger.read(lambda conn: find_grant(conn, KEY))
    assert grant is not None
    return grant.uses


async def test_entry_that_is_decided_but_not_claimed_is_not_ready(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    bolt.hangs = asyncio.Event()
    await sender.grant(max_entries=2)
    first = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    second = asyncio.create_task(sender.enter())
    turn = house.building.drivers["door-lobby"].turn
    await until(lambda: turn.is_awaited)

    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    bolt.hangs.set()
    await stop.task

    assert (await first).body["outcome"] == "opened"
    answer = await second
    assert (answer.status, answer.problem) == NOT_READY
    assert bolt.names == ["unlock", "lock"]
    assert await uses_after_stop(house) == 1
    async with ledger_after_stop(house) as ledger:
        assert len(await recorded(ledger, "entry.admitted")) == 1


async def test_entry_between_claim_and_command_is_stopped_and_its_use_refunded(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    held = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    assert bolt.hangs is not None
    bolt.hangs.set()
    await stop.task

    answer = await held
    assert (answer.status, answer.problem) == NOT_READY
    assert bolt.names == ["unlock", "lock"]
    assert house.told == []
    assert await uses_after_stop(house) == 1
    async with ledger_after_stop(house) as ledger:
        [stopped] = await recorded(ledger, "entry.stopped")
        newest, _ = await ledger.read(lambda conn: latest_entries(conn, EntryFilter(5)))
    assert (stopped["entry_id"], stopped["reason"]) == (newest.entry_id, None)
    assert newest.decision == "refused"


async def test_entry_whose_lock_hangs_is_stopped_at_the_deadline(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    held = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    await stop.pass_time(8)
    await stop.task

    answer = await held
    assert (answer.status, answer.problem) == NOT_READY
    assert bolt.names == ["unlock", "lock"]
    assert [text for _, text in house.told if "may have stayed unlocked" in text]
    assert await uses_after_stop(house) == 1


async def test_courier_who_waits_for_an_answer_learns_at_once_to_come_again(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    await Stop(asked.hass, freezer).task

    answer = await entering
    assert (answer.status, answer.problem) == NOT_READY
    async with ledger_after_stop(asked.house) as ledger:
        assert await recorded(ledger, "entry.refused") == []


async def test_every_way_in_is_not_ready_from_the_start_of_a_stop(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    sheets = await hang_sheets(house, "door-lobby")
    driver = at_door(sender.client, sheets["door-lobby"])
    form = await driver.form()
    await sender.grant(max_entries=3)
    assert (await sender.enter()).body["outcome"] == "opened"
    house.hass.states.async_set(CONTACT, "on")

    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    signed = await sender.enter()
    page = await driver.send({**form, "ring": ""})
    rung = await ask(house, "request_entry", "door-lobby", Context(), ring=True)
    shown = await driver.look()
    await stop.pass_time(8)
    await stop.task

    assert (signed.status, signed.problem) == NOT_READY
    assert (page.status, page.lines[0]) == (503, "Not ready")
    assert (rung["decision"], rung["reason"]) == ("refused", "not_ready")
    assert shown.status == 200
    assert bolt.names == ["unlock"]
    assert await uses_after_stop(house) == 1


async def test_building_that_is_reloaded_during_a_stop_stays_closed_and_stops(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await sender.grant(max_entries=3)
    await sender.enter()
    await house.settle()
    house.told.clear()
    house.hass.states.async_set(CONTACT, "on")

    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    assert await house.hass.config_entries.async_reload(house.entry.entry_id)
    answer = await sender.enter()
    await stop.pass_time(8)
    await stop.task

    assert (answer.status, answer.problem) == NOT_READY
    assert bolt.names == ["unlock"]
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    assert await uses_after_stop(house) == 1
    async with ledger_after_stop(house) as ledger:
        assert len(await recorded(ledger, "entry.left_unlocked")) == 1
