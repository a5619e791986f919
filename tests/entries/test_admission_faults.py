"""Test what courier, ledger, and residents get if an entry's door or ledger fails."""

import asyncio
from contextlib import closing
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.building.building import ledger_path
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.door_parts import CONTACT, Bolt
from tests.support.held_entry import hold_second_entry
from tests.support.house import (
    Answer,
    House,
    Sender,
    entries_of,
    pass_time,
    until,
    watch,
)
from tests.support.verified import verified


def uses_on_disk(house: House) -> tuple[int, int]:
    """Return how many uses of the grant are consumed, and how many were returned."""
    path = ledger_path(house.hass, house.entry.entry_id)
    with closing(sqlite3.connect(path)) as file:
        uses, returned = file.execute("SELECT uses, returned FROM grants").fetchone()
    return uses, returned


async def test_courier_who_waits_too_long_for_the_door_can_try_again(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    bolt.hangs = asyncio.Event()
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

    assert (busy.status, busy.problem) == (503, "door_busy")
    assert busy.body["retry_after"] == 5
    assert (again.body["decision"], again.body["replayed"]) == ("admitted", False)


@pytest.mark.parametrize("change", ["revoked", "moved"])
async def test_change_while_courier_waits_for_the_door_takes_effect(
    two_doors: House,
    bolt: Bolt,
    hass_client_no_auth: ClientSessionGenerator,
    change: str,
) -> None:
    bolt.hangs = asyncio.Event()
    sender = Sender(await hass_client_no_auth())
    await sender.grant("first", door="lobby")
    await sender.grant("second", door="lobby")

    first = asyncio.create_task(sender.enter("first"))
    await until(lambda: bool(bolt.commands))
    second = asyncio.create_task(sender.enter("second"))
    await until(lambda: two_doors.building.drivers["door-lobby"].turn.is_awaited)
    if change == "revoked":
        await sender.revoke("second")
    else:
        await sender.grant("second", door="garage", revision=2)
    bolt.hangs.set()
    await first
    answer = await second
    await two_doors.settle()

    if change == "revoked":
        assert (answer.status, answer.body["reason"]) == (200, "revoked")
    else:
        assert (answer.status, answer.problem) == (503, "door_busy")
    assert bolt.names == ["unlock"]
    assert two_doors.door_state("lock.garage") == "locked"


async def test_outcome_that_cannot_be_recorded_is_still_answered_and_notified(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await sender.grant()
    await break_ledger(house, "UPDATE OF outcome ON entries")

    at = dt_util.utcnow()
    entered = await sender.enter(message_id="msg_1", at=at)
    await house.settle()
    await repair_ledger(house)
    await pass_time(hass, freezer, 61)
    await house.settle()
    replayed = await sender.enter(message_id="msg_1", at=at)

    assert (entered.status, entered.body["outcome"]) == (200, "opened")
    assert "can't be recorded" in caplog.text
    assert bolt.names == ["unlock", "lock"]
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    assert (replayed.body["replayed"], replayed.body["outcome"]) == (True, "unknown")
    assert (await verified(house.building.ledger)).intact


async def test_failing_driver_leaves_an_unknown_outcome(
    house: House, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
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


async def test_claim_is_rolled_back_if_the_opener_disappears_before_the_command(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")

    bolt.reachable(False)
    assert bolt.hangs is not None
    bolt.hangs.set()
    freezer.tick(9)
    async_fire_time_changed(hass)
    unavailable = await entering
    await house.settle()
    bolt.reachable(True)
    grant = house.building.grants.live(GrantKey("courier-parcel-post", "G1"))
    assert grant is not None
    assert (grant.uses, grant.returned) == await hass.async_add_executor_job(
        uses_on_disk, house
    )
    again = await sender.enter(message_id="msg_2")
    await house.settle()

    assert (unavailable.status, unavailable.problem) == (503, "door_unavailable")
    assert unavailable.headers["Retry-After"] == "30"
    assert (again.body["decision"], again.body["replayed"]) == ("admitted", False)
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]


async def test_door_entity_fires_the_events_of_an_entry_in_order(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    states = watch(hass, "event.lobby_courier")
    await sender.grant(max_entries=2)
    await sender.enter()
    await pass_time(hass, freezer, 6)
    await house.settle()
    await sender.enter()
    hass.states.async_set(CONTACT, "on")
    for _ in range(3):
        await pass_time(hass, freezer, 40)
    hass.states.async_set(CONTACT, "off")
    await pass_time(hass, freezer, 2)
    await house.settle()

    assert [state.attributes["event_type"] for state in states] == [
        "delivery_announced",
        "entry_admitted",
        "never_opened",
        "entry_completed",
        "entry_admitted",
        "door_left_open",
        "entry_completed",
    ]
    assert bolt.names == ["unlock", "lock", "unlock", "lock"]


@pytest.fixture
async def unwritten(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> Answer:
    """The answer to an entry whose grant was revoked after the claim, which can't be rolled back."""
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")
    await sender.revoke()
    await break_ledger(house, "INSERT ON records WHEN NEW.kind = 'entry.stopped'")
    assert bolt.hangs is not None
    bolt.hangs.set()
    return await entering


@pytest.mark.parametrize("by", ["message", "unload"])
async def test_claim_is_rolled_back_before_any_reply_is_given(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    unwritten: Answer,
    by: str,
) -> None:
    again = await sender.enter(message_id="msg_2")

    for each in (unwritten, again):
        assert (each.status, each.problem) == (503, "ledger_unavailable")
    await repair_ledger(house)
    if by == "unload":
        assert await hass.config_entries.async_reload(house.entry.entry_id)
    refused = await sender.enter(message_id="msg_2")
    await house.settle()

    assert (refused.body["decision"], refused.body["reason"]) == ("refused", "revoked")
    assert bolt.names == ["unlock", "lock"]
    assert [text for _, text in house.told if "was let in" in text] == []
    stopped, _ = await entries_of(house.building, 2)
    assert (stopped.decision, stopped.reason) == ("refused", "revoked")
    assert (await verified(house.building.ledger)).intact


@pytest.mark.parametrize("what", ["repaired", "lost", "broken at the next start"])
async def test_building_loads_after_a_claim_that_was_not_rolled_back(
    hass: HomeAssistant, house: House, bolt: Bolt, unwritten: Answer, what: str
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    match what:
        case "repaired":
            await repair_ledger(house)
        case "lost":
            path = ledger_path(hass, house.entry.entry_id)
            await hass.async_add_executor_job(path.unlink)
        case _:
            assert await hass.config_entries.async_setup(house.entry.entry_id)
            await repair_ledger(house)
            assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    last = await entries_of(house.building, 1)
    assert [(entry.reason, entry.outcome) for entry in last] == {
        "repaired": [("revoked", None)],
        "lost": [],
        "broken at the next start": [("ok", "unknown")],
    }[what]
    assert bolt.names == ["unlock", "lock"]
    assert (await verified(house.building.ledger)).intact
