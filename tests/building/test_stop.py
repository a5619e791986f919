"""Test that an orderly stop lets nobody in anymore, and locks the doors that couriers unlocked."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.due import due
from custom_components.courier_access.ledger.state.entries import load_relocks
from tests.support.door_parts import (
    CONTACT,
    Bolt,
    install_bolt,
    install_template,
    turn,
)
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    lose_ledger,
    pass_time,
    resident,
    until,
)
from tests.support.stopping import Stop, ledger_after_stop, recorded

LEFT = "entry.left_unlocked"


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    """Set up a building of Ada and Cleo whose door stays unlocked for a minute."""
    hass.states.async_set(CONTACT, "off")
    opener = await install_bolt(hass, bolt)
    return await build(
        hass,
        door(opener=opener, contact=CONTACT, unlock_seconds=60),
        courier(),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )


@pytest.fixture
async def entered(house: House, bolt: Bolt, sender: Sender) -> Mapping[str, Any]:
    """Let a courier in, and forget the notifications so far."""
    await sender.grant()
    answer = await sender.enter()
    assert answer.body["outcome"] == "opened"
    await house.settle()
    house.told.clear()
    return answer.body


@pytest.mark.usefixtures("entered")
async def test_door_that_a_courier_unlocked_is_locked_at_once(
    house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    await Stop(house.hass, freezer).task

    assert bolt.names == ["unlock", "lock"]
    assert house.told == []
    async with ledger_after_stop(house) as ledger:
        assert await ledger.read(load_relocks) == []
        assert await recorded(ledger, LEFT) == []
        [completed] = await recorded(ledger, "entry.completed")
        assert "relocked" in completed


@pytest.mark.usefixtures("entered")
async def test_open_door_is_locked_once_it_is_closed(
    house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    house.hass.states.async_set(CONTACT, "on")
    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    await stop.pass_time(4)
    assert bolt.names == ["unlock"]
    house.hass.states.async_set(CONTACT, "off")
    await stop.pass_time(1)
    await stop.task

    assert bolt.names == ["unlock", "lock"]
    assert house.told == []


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize(
    ("why", "commands"),
    [
        ("it stands open", ["unlock"]),
        ("it can't be reached", ["unlock"]),
        ("it doesn't lock", ["unlock", "lock"]),
    ],
)
async def test_door_that_is_not_seen_locked_is_notified_and_left_to_the_next_start(
    house: House,
    bolt: Bolt,
    entered: Mapping[str, Any],
    freezer: FrozenDateTimeFactory,
    why: str,
    commands: list[str],
) -> None:
    match why:
        case "it stands open":
            house.hass.states.async_set(CONTACT, "on")
        case "it can't be reached":
            bolt.reachable(False)
        case _:
            bolt.obeys = False
    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    await stop.pass_time(7)
    assert not house.told
    await stop.pass_time(1)
    await stop.task

    assert bolt.names == commands
    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    for _, text in house.told:
        assert text.startswith(
            "Lobby may have stayed unlocked after Parcel Post was let in, today "
        )
        assert "3B" not in text
    async with ledger_after_stop(house) as ledger:
        [left] = await ledger.read(load_relocks)
        assert left.entry_id == entered["entry_id"]
        [record] = await recorded(ledger, LEFT)
        assert record["entry_id"] == entered["entry_id"]
        assert await recorded(ledger, "entry.completed") == []


@pytest.mark.usefixtures("entered")
async def test_notification_that_cannot_be_pushed_at_the_stop_is_due_at_the_next_start(
    house: House, bolt: Bolt, freezer: FrozenDateTimeFactory
) -> None:
    house.hass.services.async_remove("notify", "ada")
    bolt.obeys = False
    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    await stop.pass_time(8)
    await stop.task

    assert [name for name, _ in house.told] == ["Cleo"]
    async with ledger_after_stop(house) as ledger:
        later = dt_util.utcnow() + timedelta(minutes=1)
        [pending] = await ledger.read(lambda conn: due(conn, later, limit=10))
    assert (pending.resident_id, pending.kind) == ("resident-ada", "left_unlocked")


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize("when", ["before the stop", "during the stop"])
async def test_door_used_by_hand_since_is_left(
    house: House, bolt: Bolt, freezer: FrozenDateTimeFactory, when: str
) -> None:
    async def use() -> None:
        await house.hass.services.async_call(
            "lock", "unlock", {"entity_id": "lock.lobby"}, blocking=True
        )

    if when == "before the stop":
        await use()
        await house.settle()
    else:
        house.hass.states.async_set(CONTACT, "on")
    stop = Stop(house.hass, freezer)
    if when == "during the stop":
        await stop.begun(house)
        await use()
    await stop.task

    assert bolt.names == ["unlock", "unlock"]
    assert house.told == []
    async with ledger_after_stop(house) as ledger:
        assert await ledger.read(load_relocks) == []
        assert await recorded(ledger, LEFT) == []


@pytest.mark.usefixtures("entered")
@pytest.mark.parametrize("how", ["removed", "disabled"])
async def test_door_of_a_building_that_is_gone_is_locked_or_named_in_the_log(
    house: House,
    bolt: Bolt,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    how: str,
) -> None:
    entries, entry_id = house.hass.config_entries, house.entry.entry_id
    bolt.obeys = False
    if how == "removed":
        await entries.async_remove(entry_id)
    else:
        await entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
    await house.settle()
    stop = Stop(house.hass, freezer)
    await until(lambda: bolt.names == ["unlock", "lock"])
    await stop.pass_time(8)
    await stop.task

    assert sorted(name for name, _ in house.told) == ["Ada", "Cleo"]
    for _, message in house.told:
        assert f"administrator {how}" in message
        assert "let in at Lobby, and the door wasn't locked again yet" in message
    assert "Lobby may have stayed unlocked" in caplog.text
    if how == "disabled":
        async with ledger_after_stop(house) as ledger:
            assert len(await ledger.read(load_relocks)) == 1


async def test_all_doors_of_all_buildings_are_locked_together(
    house: House,
    bolt: Bolt,
    sender: Sender,
    entered: Mapping[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    hass = house.hass
    other = await build(hass, *across_the_street(), title="14 Elm Street")
    gate = Sender(sender.client, "webhook-of-other-post")
    await gate.grant()
    await gate.enter()
    assert other.door_state("lock.gate") == "unlocked"
    bolt.obeys = False

    stop = Stop(hass, freezer)
    await until(lambda: other.door_state("lock.gate") == "locked")
    assert not stop.task.done()
    assert bolt.names == ["unlock", "lock"]
    await stop.pass_time(8)
    await stop.task

    for building, left in ((house, 1), (other, 0)):
        async with ledger_after_stop(building) as ledger:
            assert len(await recorded(ledger, LEFT)) == left


async def test_lock_that_may_still_unlock_late_gets_the_command_to_lock(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    bolt.obeys = False
    await sender.grant()
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    await pass_time(house.hass, freezer, 8)
    assert (await entering).body["outcome"] == "unconfirmed"
    await house.settle()
    house.told.clear()

    await Stop(house.hass, freezer).task

    (unlock, opened_in), (lock, locked_in) = bolt.commands
    assert (unlock, lock) == ("unlock", "lock")
    assert opened_in is locked_in
    # It reads locked, and the next start watches it.
    assert house.told == []
    async with ledger_after_stop(house) as ledger:
        assert len(await ledger.read(load_relocks)) == 1


async def test_lock_that_unlocks_late_during_the_stop_is_locked(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    bolt.obeys = False
    await sender.grant()
    entering = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    stop = Stop(house.hass, freezer)
    await stop.begun(house)
    bolt.obeys = True
    bolt.move(locked=False)
    await stop.task

    answer = (await entering).body
    assert (answer["decision"], answer["outcome"]) == ("admitted", "opened")
    assert bolt.names == ["unlock", "lock"]
    assert not any("stayed unlocked" in text for _, text in house.told)


async def test_opener_without_a_lock_command_delays_no_stop(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    opener = await install_template(hass, "button", {"press": turn("on")})
    house = await build(
        hass, door(opener=opener, unlock_seconds=60), courier(), resident()
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "unconfirmed"
    await house.settle()
    house.told.clear()

    await Stop(hass, freezer).task

    assert house.told == []
    async with ledger_after_stop(house) as ledger:
        assert await recorded(ledger, LEFT) == []


async def test_building_without_its_ledger_stops(
    house: House,
    bolt: Bolt,
    entered: Mapping[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    await lose_ledger(house)
    assert house.building.fault is not None

    await Stop(house.hass, freezer).task

    assert bolt.names == ["unlock", "lock"]
