"""A changed setting: a new building takes the place of the former one, and everything else stays."""

import asyncio
from collections.abc import Callable
import os
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_component import EntityComponent
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components import courier_access
from custom_components.courier_access import lock
from custom_components.courier_access.building.building import Building, ledger_path
from custom_components.courier_access.building.startup import async_start_building
from custom_components.courier_access.home_assistant.host import WITHIN, hand_over_soon
from tests.entries.test_admission_races import ask
from tests.support.door_parts import BOLT, Bolt, install_bolt
from tests.support.enqueued import count_loads, move_in, move_out
from tests.support.held_entry import hold_second_entry, let_go
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
    until,
    watch,
)

COURIER = "courier-parcel-post"
LOBBY = "lock.lobby"
UNLOCK = ("lock", "unlock", {"entity_id": LOBBY})


@pytest.fixture
async def bolt(hass: HomeAssistant) -> Bolt:
    bolt = Bolt()
    await install_bolt(hass, bolt)
    return bolt


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(hass, door(opener=BOLT), courier(), resident())


def change(house: House, part: str, **changes: Any) -> None:
    """Change a part of the building as its form does."""
    house.hass.config_entries.async_update_subentry(
        house.entry, house.entry.subentries[part], **changes
    )


def set_data(house: House, part: str, **changes: Any) -> None:
    """Change some of a part's data."""
    change(house, part, data={**house.entry.subentries[part].data, **changes})


def meanwhile(act: Callable[[], None]) -> None:
    """Call something once, between the former building and the new one."""

    async def start(hass: HomeAssistant, entry: Any, former: Building) -> Building:
        patch.undo()
        act()
        return await async_start_building(hass, entry, former)

    patch = pytest.MonkeyPatch()
    patch.setattr(courier_access, "async_start_building", start)


def platforms(hass: HomeAssistant, house: House) -> int:
    """Return how many platforms of locks Home Assistant has for the building."""
    component: EntityComponent[Any] = hass.data["lock"]
    return sum(key == house.entry.entry_id for key in component._platforms)


async def test_changed_language_of_a_large_building_changes_no_state(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    homes = [resident(f"R{number}", f"{number}") for number in range(40)]
    house = await build(hass, door(), courier(), *homes, household="one")
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("7",))
    await house.settle()
    changes: list[Event[Any]] = []
    hass.bus.async_listen(EVENT_STATE_CHANGED, changes.append)
    former, loads = house.building, count_loads(house)

    set_data(house, "resident-r7", language="de")
    answer = await sender.enter()
    shown = [each.data["entity_id"] for each in changes]
    await house.settle()

    assert answer.body["outcome"] == "opened"
    assert set(shown) <= {
        LOBBY,
        "event.lobby_courier",
        "binary_sensor.lobby_delivery_expected",
        "calendar.12_elm_street_delivery_calendar",
    }
    assert loads == [house.building]
    assert house.building is not former
    changes.clear()
    set_data(house, "resident-r7", language="fr")
    await house.settle()
    assert len(hass.states.async_entity_ids()) > 80
    assert changes == []


@pytest.mark.parametrize("restricts", ["courier", "doors", "consent", "hours"])
async def test_no_courier_is_admitted_by_former_settings_once_a_form_is_answered(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender, restricts: str
) -> None:
    reason = {
        "courier": "courier_disabled",
        "doors": "door_not_allowed",
        "consent": "not_accepting",
        "hours": "outside_building_hours",
    }[restricts]
    for turn in range(0, 60, 6):
        await sender.grant(grant := f"G{turn}", max_entries=5)
        entering = asyncio.create_task(ask(hass, sender, f"msg_{turn}", grant))
        for _ in range(turn):
            await asyncio.sleep(0)
        await restrict(house, restricts, is_restricted=True)
        commands = len(bolt.commands)
        later = asyncio.create_task(ask(hass, sender, f"later_{turn}", grant))
        answers = [orjson.loads((await each).text or "") for each in (entering, later)]
        await house.settle()

        assert len(bolt.commands) == commands
        assert (answers[1]["decision"], answers[1]["reason"]) == ("refused", reason)
        assert answers[0]["reason"] in ("ok", reason)
        bolt.move(locked=True)
        await restrict(house, restricts, is_restricted=False)
        await house.settle()


async def restrict(house: House, what: str, *, is_restricted: bool) -> None:
    """Restrict who may enter, or allow it again, as a form does."""
    options = house.hass.config_entries.options
    match what:
        case "courier":
            set_data(house, COURIER, enabled=not is_restricted)
        case "doors":
            set_data(house, COURIER, doors=[] if is_restricted else ["door-lobby"])
        case "consent":
            paper = {**house.entry.subentries["resident-ada"].data["paper"]}
            paper |= {"id": os.urandom(4).hex(), "consent": not is_restricted}
            set_data(house, "resident-ada", paper=paper)
        case _:
            flow = await options.async_init(house.entry.entry_id)
            flow = await options.async_configure(
                flow["flow_id"], {"next_step_id": "hours"}
            )
            await options.async_configure(
                flow["flow_id"], {"monday": "04:00-04:01"} if is_restricted else {}
            )


async def test_entry_between_claim_and_command_is_decided_by_the_new_settings(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_2")
    set_data(house, COURIER, enabled=False)
    answer = await let_go(house, bolt, entering)

    assert answer.body["reason"] == "courier_disabled"
    assert bolt.names == ["unlock", "lock"]
    assert [name for name, text in house.told if "was let in" in text] == []
    assert [entry.decision for entry in await entries_of(house.building, 3)] == [
        "refused",
        "refused",
        "admitted",
    ]


async def test_courier_waits_a_moment_for_the_new_building(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant(max_entries=3)
    bolt.hangs = asyncio.Event()
    first = asyncio.create_task(sender.enter())
    await until(lambda: bool(bolt.commands))
    loop = asyncio.get_running_loop()
    change(house, COURIER, title="Other Post")

    began = loop.time()
    answer = await sender.enter()
    assert (answer.status, answer.problem) == (503, "not_ready")
    assert loop.time() - began == pytest.approx(WITHIN, abs=0.5)
    waiting = asyncio.create_task(sender.enter())
    await asyncio.sleep(0.05)
    bolt.hangs.set()
    assert (await first).body["outcome"] == "opened"
    assert (await waiting).body["outcome"] == "opened"
    assert house.building.directory.couriers[COURIER].name == "Other Post"


async def test_lock_stays_available_while_something_else_changes(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    former, states = house.building, watch(hass, *hass.states.async_entity_ids())

    for title in ("Other Post", "Parcel Post"):
        change(house, COURIER, title=title)
        await house.settle()

    assert house.building is not former
    assert states == []
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"
    await house.settle()
    state = hass.states.get(LOBBY)
    assert state is not None
    assert (state.state, state.attributes["changed_by"]) == ("unlocked", "Parcel Post")
    assert platforms(hass, house) == 1


async def test_residents_unlock_by_the_lock_during_a_handover_and_couriers_wait(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
) -> None:
    await sender.grant()
    during: list[asyncio.Task[Any]] = []

    def come() -> None:
        during.append(hass.async_create_task(sender.enter(message_id="msg_during")))
        call = hass.services.async_call(*UNLOCK, blocking=True)
        during.append(hass.async_create_task(call))

    meanwhile(come)
    change(house, COURIER, title="Other Post")
    await house.settle()

    answer, _ = [await task for task in during]
    assert answer.body["decision"] == "admitted"
    assert bolt.names == ["unlock", "unlock"]
    assert house.door_state() == "unlocked"


async def test_what_happens_at_the_door_during_a_handover_is_an_event_afterwards(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender
) -> None:
    await sender.grant()
    entry = await sender.enter()
    await house.settle()
    events = watch(hass, "event.lobby_courier")

    meanwhile(lambda: bolt.move(locked=True))
    change(house, COURIER, title="Other Post")
    await house.settle()

    [event] = events
    assert event.attributes["event_type"] == "entry_completed"
    assert event.attributes["entry_id"] == entry.body["entry_id"]


async def test_changed_door_keeps_its_lock(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    locks = watch(hass, LOBBY)
    change(house, "door-lobby", title="Entrance")
    await house.settle()

    assert [state.state for state in locks] == ["locked"]
    assert locks[-1].attributes["friendly_name"] == "Entrance"

    data = dict(house.entry.subentries["door-lobby"].data)
    del data["opener"]
    change(house, "door-lobby", data={**data, "opener_kind": "demo"})
    await house.settle()
    await hass.services.async_call(*UNLOCK, blocking=True)
    await house.settle()
    assert bolt.names == []
    assert house.door_state() == "unlocked"


async def test_entities_come_and_go_with_their_parts(
    hass: HomeAssistant, house: House
) -> None:
    before = set(hass.states.async_entity_ids())
    loads = count_loads(house)

    await move_in(house, door("Garage", "garage"), resident("Ben", "4A"))
    registry = er.async_get(hass)
    added = set(hass.states.async_entity_ids()) - before
    assert added == {
        "binary_sensor.garage_delivery_expected",
        "event.garage_courier",
        "lock.garage",
    }
    of_ben = [
        each.translation_key
        for each in registry.entities.values()
        if each.config_subentry_id == "resident-ben"
    ]
    assert sorted(map(str, of_ben)) == ["accepting_deliveries", "deliveries"]

    await move_out(house, "door-garage", "resident-ben")
    assert set(hass.states.async_entity_ids()) == before
    assert len(loads) == 2


async def test_lock_that_is_missing_is_added_by_the_next_change(
    hass: HomeAssistant, house: House
) -> None:
    er.async_get(hass).async_remove(LOBBY)
    await house.settle()
    assert hass.states.get(LOBBY) is None
    change(house, COURIER, title="Other Post")
    await house.settle()
    assert house.door_state() == "locked"


async def test_entities_that_need_the_ledger_are_unavailable_without_it(
    hass: HomeAssistant, house: House, bolt: Bolt
) -> None:
    known = set(hass.states.async_entity_ids())
    path = ledger_path(hass, house.entry.entry_id)
    path.rename(path.with_suffix(".moved"))
    path.mkdir()
    hand_over_soon(hass, house.entry.entry_id)
    await house.settle()

    assert house.building.fault
    assert house.entry.state is ConfigEntryState.LOADED
    usable = {
        each.entity_id
        for each in hass.states.async_all()
        if each.state != "unavailable"
    }
    assert (
        usable & known
        == {LOBBY, "lock.bolt", "binary_sensor.12_elm_street_problem"} & known
    )
    assert hass.states.is_state("binary_sensor.12_elm_street_problem", "on")
    await hass.services.async_call(*UNLOCK, blocking=True)
    assert bolt.names == ["unlock"]

    path.rmdir()
    path.with_suffix(".moved").rename(path)
    hand_over_soon(hass, house.entry.entry_id)
    await house.settle()
    whole: Building = house.entry.runtime_data
    assert whole.fault is None
    assert "unavailable" not in {each.state for each in hass.states.async_all()}
    assert set(hass.states.async_entity_ids()) == known


async def fail(*_: object) -> None:
    raise ArithmeticError("unforeseen")


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (courier_access, "async_start_building"),
        (courier_access, "async_follow_backup"),
        (Building, "async_stop"),
    ],
)
async def test_failed_handover_leaves_no_lock(
    hass: HomeAssistant,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    step: str,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(owner, step, fail)
        hand_over_soon(hass, house.entry.entry_id)
        await house.settle()

    assert house.entry.state in (
        ConfigEntryState.SETUP_ERROR,
        ConfigEntryState.SETUP_RETRY,
        ConfigEntryState.FAILED_UNLOAD,
    )
    assert house.door_state() == "unavailable"
    assert platforms(hass, house) == 0
    if house.entry.state is not ConfigEntryState.FAILED_UNLOAD:
        await house.reload()
        assert house.door_state() == "locked"


async def test_building_whose_handover_fails_once_is_reloaded(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    def once() -> None:
        raise ArithmeticError("unforeseen")

    meanwhile(once)
    change(house, COURIER, title="Other Post")
    await house.settle()

    assert house.entry.state is ConfigEntryState.LOADED
    await sender.grant()
    assert (await sender.enter()).body["outcome"] == "opened"


async def test_lock_platform_that_fails_is_set_up_by_a_reload(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(lock, "async_setup_entry", fail)
        assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert house.door_state() == "unavailable"
    await house.reload()
    assert house.door_state() == "locked"


async def test_building_disabled_during_its_handover_leaves_no_lock(
    hass: HomeAssistant, house: House
) -> None:
    entries, entry_id = hass.config_entries, house.entry.entry_id

    def disable() -> None:
        disabling = entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
        hass.async_create_task(disabling)

    meanwhile(disable)
    hand_over_soon(hass, entry_id)
    await house.settle()

    assert house.entry.state is ConfigEntryState.NOT_LOADED
    state = hass.states.get(LOBBY)
    assert state is None or state.state == "unavailable"
    assert platforms(hass, house) == 0
    assert await entries.async_set_disabled_by(entry_id, None)
    await house.settle()
    assert platforms(hass, house) == 1


async def test_building_removed_during_its_handover_leaves_no_lock(
    hass: HomeAssistant, house: House
) -> None:
    entry_id = house.entry.entry_id

    def remove() -> None:
        hass.async_create_task(hass.config_entries.async_remove(entry_id))

    meanwhile(remove)
    hand_over_soon(hass, entry_id)
    await house.settle()

    assert hass.config_entries.async_get_entry(entry_id) is None
    assert hass.states.get(LOBBY) is None
    assert platforms(hass, house) == 0


@pytest.mark.parametrize("turns", [3, 10, 40, 90, 250])
async def test_stop_during_a_handover_locks_the_door_and_closes_the_ledger(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender, turns: int
) -> None:
    await sender.grant()
    await sender.enter()
    hand_over_soon(hass, house.entry.entry_id)
    for _ in range(turns):
        await asyncio.sleep(0)
    await hass.async_stop(force=True)

    assert bolt.names == ["unlock", "lock"]
    names = [thread.name for thread in threading.enumerate()]
    assert [name for name in names if house.entry.entry_id in name] == []


async def test_unloaded_building_stays_unloaded(
    hass: HomeAssistant, house: House
) -> None:
    hand_over_soon(hass, house.entry.entry_id)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await house.settle()
    assert house.entry.state is ConfigEntryState.NOT_LOADED
    assert house.door_state() == "unavailable"
    assert platforms(hass, house) == 0


async def test_change_during_a_handover_takes_effect_before_couriers_come(
    hass: HomeAssistant,
    house: House,
    bolt: Bolt,
    sender: Sender,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await sender.grant()
    loads = count_loads(house)
    former = house.building

    async def start(hass: HomeAssistant, entry: Any, former: Building) -> Building:
        building = await async_start_building(hass, entry, former)
        if not loads:
            set_data(house, COURIER, enabled=False)
        return building

    monkeypatch.setattr(courier_access, "async_start_building", start)
    change(house, COURIER, title="Other Post")
    answer = await sender.enter()
    await house.settle()

    assert answer.body["reason"] == "courier_disabled"
    assert len(loads) == 2
    assert house.building not in (former, loads[0])
    assert bolt.names == []
