"""Promise 8, *Safe*: in doubt the door stays shut, and getting out never depends on this software."""

import asyncio
from datetime import timedelta
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from tests.support.door_parts import BOLT, Bolt, install_bolt, install_template
from tests.support.house import (
    NEVER,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.stopping import Stop


async def bolted(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
    )


async def test_an_unknown_schedule_keeps_the_door_shut(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident(windows=NEVER))
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    entered = await sender.enter()

    assert entered.body["decision"] == "refused"
    assert house.door_state() == "locked"


async def test_an_unreadable_ledger_keeps_the_door_shut_to_couriers_and_says_so(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    path = ledger_path(hass, house.entry.entry_id)
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    def ruin() -> None:
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.write_bytes(b"this is no database" * 100)

    await hass.async_add_executor_job(ruin)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    entered = await sender.enter()

    assert (entered.status, entered.problem) == (503, "not_ready")
    assert bolt.commands == []
    aside = await hass.async_add_executor_job(
        list, path.parent.glob("*.set-aside-*.db")
    )
    assert [await hass.async_add_executor_job(file.read_bytes) for file in aside] == [
        b"this is no database" * 100
    ]
    await house.settle()


async def test_a_recreated_ledger_locks_every_door_that_can_be_locked(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    press: dict[str, list[object]] = {"press": []}
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        door("Garage", "garage", opener=await install_template(hass, "button", press)),
        courier(),
        resident(),
    )
    pressed = async_capture_events(hass, "call_service")
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.go_down()
    await pass_time(hass, freezer, 600)
    assert bolt.names == ["unlock"]
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(path.write_bytes, b"this is no database" * 100)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    await pass_time(hass, freezer, 1)
    await house.settle()

    assert bolt.names == ["unlock", "lock"]
    assert house.door_state() == "locked"
    assert "button" not in {event.data["domain"] for event in pressed}
    assert house.door_state("lock.garage") == "locked"


async def test_a_ledger_of_a_newer_version_is_left_alone(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    path = ledger_path(hass, house.entry.entry_id)
    assert await hass.config_entries.async_unload(house.entry.entry_id)

    def age() -> None:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 99")
        connection.close()

    await hass.async_add_executor_job(age)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    entered = await sender.enter()

    assert (entered.status, entered.problem) == (503, "ledger_unavailable")
    issues = ir.async_get(hass).issues
    assert (DOMAIN, f"ledger_too_new_{house.entry.entry_id}") in issues
    await hass.services.async_call(
        "lock", "unlock", {"entity_id": "lock.lobby"}, blocking=True
    )
    await hass.async_block_till_done()
    assert house.door_state() == "unlocked"


async def test_an_untrusted_clock_keeps_the_door_shut(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    ahead = dt_util.utcnow() + timedelta(seconds=61)
    await house.building.ledger.write(
        lambda transaction: transaction.append("test", ahead, {})
    )

    entered = await sender.enter()

    assert (entered.status, entered.body["type"].rpartition(":")[2]) == (
        503,
        "clock_untrusted",
    )
    assert bolt.commands == []


async def test_nothing_is_unlocked_at_start_and_a_door_past_its_deadline_is_locked(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()
    assert bolt.names == ["unlock"]
    await house.go_down()
    await pass_time(hass, freezer, 600)
    assert bolt.names == ["unlock"]

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    await pass_time(hass, freezer, 1)
    await house.settle()

    assert bolt.names == ["unlock", "lock"]
    assert house.door_state() == "locked"


async def test_an_orderly_stop_lets_nobody_in_and_locks_a_door_that_a_courier_unlocked(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant(max_entries=2)
    await sender.enter()
    await house.settle()
    bolt.hangs = asyncio.Event()

    stop = Stop(hass, freezer)
    await stop.begun(house)
    meanwhile = await sender.enter()
    bolt.hangs.set()
    await stop.task

    assert (meanwhile.status, meanwhile.problem) == (503, "not_ready")
    assert bolt.names == ["unlock", "lock"]
    assert hass.states.is_state(BOLT, "locked")


async def test_a_door_that_could_not_be_locked_at_a_stop_is_notified_to_everybody(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()
    house.told.clear()
    bolt.obeys = False

    stop = Stop(hass, freezer)
    await stop.begun(house)
    await stop.pass_time(8)
    await stop.task

    [(name, text)] = house.told
    assert (name, text.partition(" after")[0]) == (
        "Ada",
        "Lobby may have stayed unlocked",
    )


async def test_a_door_of_a_removed_building_is_locked_on_time(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await hass.config_entries.async_remove(house.entry.entry_id)
    assert bolt.names == ["unlock"]

    await pass_time(hass, freezer, 5)

    assert bolt.names == ["unlock", "lock"]


async def test_the_residents_own_unlock_does_not_depend_on_the_ledger(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await bolted(hass, bolt)
    await house.building.ledger.close()

    for action in ("unlock", "lock"):
        await hass.services.async_call(
            "lock", action, {"entity_id": "lock.lobby"}, blocking=True
        )
    entered = await Sender(await hass_client_no_auth()).enter()

    assert bolt.names == ["unlock", "lock"]
    assert (entered.status, entered.body["type"].rpartition(":")[2]) == (
        503,
        "ledger_unavailable",
    )
