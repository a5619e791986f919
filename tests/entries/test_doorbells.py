"""Doorbells that the administrator chose for a door: which of their states are rings, and whom a ring asks."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
)

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Attitude, Consent, Rules
from custom_components.courier_access.home_assistant.host import is_changing
from tests.support.asked_phones import AskedHouse
from tests.support.doorbells import (
    Bell,
    Ding,
    Occupied,
    PressedTwice,
    Visitor,
    choose,
    hang,
)
from tests.support.house import entries_of, until


def asked_times(asked: AskedHouse, name: str = "Ada") -> int:
    """Return how many questions a resident was asked so far."""
    return len({push["tag"] for push in asked.phones[name].questions})


async def rest(asked: AskedHouse) -> None:
    """Let a ring come to where somebody is asked, or nobody is."""
    ledger = asked.house.building.ledger
    for _ in range(4):
        await asked.rest()
        await ledger.read(lambda conn: None)
    await until(lambda: not asked.house.building.questions._sending)


async def ring(asked: AskedHouse, bell: Bell) -> None:
    """Let somebody ring."""
    bell.ring()
    await rest(asked)


async def let_pass(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass, a little at a time, so that what waits for it ends in turn."""
    while seconds > 0:
        await asked.wait(freezer, min(seconds, 20))
        seconds -= 20
    await rest(asked)


def change_title(asked: AskedHouse) -> None:
    """Change a setting of the building."""
    asked.hass.config_entries.async_update_entry(asked.house.entry, title="Elm House")


@pytest.mark.parametrize("kind", [Ding, PressedTwice, Visitor, Occupied])
async def test_ring_asks_who_expects_a_delivery_and_a_yes_opens(
    asked: AskedHouse, kind: type[Ding | Visitor]
) -> None:
    bell = await hang(asked.hass, kind())
    await choose(asked.house, bell)
    await ring(asked, bell)
    assert [asked_times(asked, name) for name in ("Ada", "Ben", "Cleo")] == [1, 1, 1]
    assert asked.house.door_state() == "locked"
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert asked.house.door_state() == "unlocked"
    [entry] = await entries_of(asked.house.building, 9)
    assert (entry.decision, entry.proof) == ("admitted", "ring")


async def test_doorbell_of_units_asks_only_these(asked: AskedHouse) -> None:
    await asked.sender.grant("of-4A", units=("4A",), door="lobby")
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell, units=(" 3b ",))
    await ring(asked, bell)
    assert [asked_times(asked, name) for name in ("Ada", "Ben", "Cleo")] == [1, 1, 0]
    await asked.phones["Ben"].answer("Let in")
    await asked.settle()
    [entry] = await entries_of(asked.house.building, 9)
    assert (entry.personal["grant_id"], entry.personal["units"]) == ("G1", '["3b"]')


async def test_doorbell_of_units_that_expect_nothing_asks_nobody(
    asked_flat: AskedHouse,
) -> None:
    bell = await hang(asked_flat.hass, Ding())
    await choose(asked_flat.house, bell, units=("4A",))
    await ring(asked_flat, bell)
    assert asked_times(asked_flat) == 0


async def test_states_that_are_no_rings_ask_nobody(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    ding = await hang(asked.hass, PressedTwice())
    visitor = await hang(asked.hass, Visitor())
    ding.ring()
    await choose(asked.house, ding, visitor)
    await let_pass(asked, freezer, 60)

    ding.connect(is_started=False)
    ding.connect(is_started=True)
    ding.connect(is_started=False)
    ding._attr_available = True
    ding.fire()
    ding.async_write_ha_state()
    ding.fire("long_press")
    visitor.report(is_on=False, is_available=False)
    visitor.report(is_on=True)
    visitor.report(is_on=None)
    visitor.report(is_on=True)
    visitor.async_write_ha_state()
    await rest(asked)
    assert asked_times(asked) == 0

    visitor.end()
    await ring(asked, visitor)
    assert asked_times(asked) == 1


async def test_ring_that_home_assistant_restores_asks_nobody_and_the_next_one_does(
    hass: HomeAssistant, asked: AskedHouse
) -> None:
    rang_at = dt_util.utcnow().isoformat(timespec="milliseconds")
    last = {"last_event_type": "ring", "last_event_attributes": {}}
    state = State("event.ring_intercom_ding", rang_at, {"event_type": "ring"})
    mock_restore_cache_with_extra_data(hass, [(state, last)])
    bell = Ding()
    bell.entity_id = state.entity_id
    await choose(asked.house, state.entity_id)
    await hang(hass, bell)
    await rest(asked)
    restored = hass.states.get(state.entity_id)
    assert restored is not None
    assert restored.state == rang_at
    assert restored.attributes["event_type"] == "ring"
    assert asked_times(asked) == 0
    await ring(asked, bell)
    assert asked_times(asked) == 1


async def test_second_ring_within_30_seconds_is_none_even_after_a_changed_setting(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    building = asked.house.building
    await ring(asked, bell)
    assert asked.waiting == 1
    await let_pass(asked, freezer, 29)
    await ring(asked, bell)
    assert asked.waiting == 1
    change_title(asked)
    await until(lambda: asked.house.building is not building)
    await asked.back()
    await ring(asked, bell)
    assert asked.waiting == 1
    await let_pass(asked, freezer, 2)
    await ring(asked, bell)
    assert asked.waiting == 2
    assert asked_times(asked) == 1
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert asked.house.door_state() == "unlocked"


async def test_ring_while_a_setting_takes_effect_asks_in_the_next_building(
    asked: AskedHouse,
) -> None:
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    former, entry_id = asked.house.building, asked.house.entry.entry_id
    change_title(asked)
    await until(lambda: is_changing(asked.hass, entry_id))
    bell.ring()
    await until(lambda: asked_times(asked) == 1)
    assert asked.house.building is not former
    await asked.phones["Ada"].answer("Let in")
    await asked.settle()
    assert asked.house.door_state() == "unlocked"


async def test_doorbell_asks_three_times_an_hour_even_after_a_changed_setting(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    for number in range(5):
        await asked.sender.grant(f"more-{number}", units=("3B",), door="lobby")
    times = []
    for number in range(5):
        await ring(asked, bell)
        times.append(asked_times(asked))
        await let_pass(asked, freezer, 60)
        if number == 1:
            await choose(asked.house, bell, units=("3B",))
        if number == 2:
            # Each delivery has only three questions of its own.
            await asked.sender.revoke()
    assert times == [1, 2, 3, 3, 3]
    await let_pass(asked, freezer, 3600)
    await ring(asked, bell)
    assert asked_times(asked) == 4


@pytest.mark.parametrize("answer", ["Let in", "Keep out"])
async def test_rings_that_a_resident_answers_use_up_no_question(
    asked_flat: AskedHouse, freezer: FrozenDateTimeFactory, answer: str
) -> None:
    asked, bell = asked_flat, await hang(asked_flat.hass, Ding())
    await choose(asked.house, bell)
    for _ in range(2):
        await ring(asked, bell)
        await let_pass(asked, freezer, 60)
    await ring(asked, bell)
    await asked.phones["Ada"].answer(answer)
    await asked.settle()
    # Each delivery has only three questions of its own.
    await asked.sender.revoke()
    await asked.sender.grant("next", door="lobby")
    await let_pass(asked, freezer, 360)
    before = asked_times(asked)
    times = []
    for _ in range(2):
        await ring(asked, bell)
        times.append(asked_times(asked) - before)
        await let_pass(asked, freezer, 60)
    assert times == [1, 1]


async def test_rings_while_nothing_is_expected_use_up_no_question(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.sender.revoke()
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    for _ in range(4):
        await ring(asked, bell)
        await let_pass(asked, freezer, 60)
    assert asked_times(asked) == 0
    await asked.sender.grant("now", units=("3B",), door="lobby")
    await ring(asked, bell)
    assert asked_times(asked) == 1


async def test_one_ring_about_several_deliveries_is_one_of_three(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.sender.revoke()
    for unit in ("3B", "4A"):
        await asked.sender.grant(f"of-{unit}", units=(unit,), door="lobby")
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    for _ in range(3):
        await ring(asked, bell)
        await let_pass(asked, freezer, 60)
    assert (asked_times(asked), asked_times(asked, "Cleo")) == (3, 3)


async def test_renamed_doorbell_goes_on_asking(asked: AskedHouse) -> None:
    bell = await hang(asked.hass, Ding())
    await choose(asked.house, bell)
    er.async_get(asked.hass).async_update_entity(
        bell.entity_id, new_entity_id="event.front_bell"
    )
    await asked.hass.async_block_till_done()
    assert asked_times(asked) == 0
    await ring(asked, bell)
    assert asked_times(asked) == 1


async def test_phones_entity_that_takes_a_doorbells_name_asks_nobody(
    asked: AskedHouse,
) -> None:
    await choose(asked.house, "binary_sensor.bell")
    bell = Visitor()
    bell.integration = "mobile_app"
    bell.entity_id = "binary_sensor.bell"
    await hang(asked.hass, bell)
    await ring(asked, bell)
    assert bell.entity_id == "binary_sensor.bell"
    assert asked_times(asked) == 0


async def test_refused_ring_is_recorded_only_if_a_resident_said_no_to_it(
    asked_flat: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    asked, bell = asked_flat, await hang(asked_flat.hass, Ding())
    await choose(asked.house, bell)
    await ring(asked, bell)
    await asked.phones["Ada"].answer("Keep out")
    await asked.settle()
    [entry] = await entries_of(asked.house.building, 9)
    assert (entry.reason, entry.repeats) == ("declined", 0)

    await let_pass(asked, freezer, 60)
    await ring(asked, bell)
    [entry] = await entries_of(asked.house.building, 9)
    assert entry.repeats == 0

    denies = Rules(consent=Consent.GIVEN, schedule=ALWAYS, default=Attitude.DENY)
    await asked.decide("Ada", denies)
    await let_pass(asked, freezer, 360)
    await ring(asked, bell)
    assert len(await entries_of(asked.house.building, 9)) == 1
    assert asked_times(asked) == 1
