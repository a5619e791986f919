"""Sensors of the building."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.clocks import Clocks
from tests.support.house import (
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)

LAST, PENDING = (
    "sensor.12_elm_street_last_courier_contact",
    "sensor.12_elm_street_pending_notifications",
)
PROBLEM = "binary_sensor.12_elm_street_problem"
NOON = utc(2026, 11, 24, 12)


def read(hass: HomeAssistant, entity_id: str) -> State:
    state = hass.states.get(entity_id)
    assert state is not None
    return state


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """Return a building with the entities that are disabled by default."""
    freezer.move_to(NOON)
    house = await build(hass)
    for entity_id in (LAST, PENDING):
        er.async_get(hass).async_update_entity(entity_id, disabled_by=None)
    await house.reload()
    return house


async def test_last_contact_is_last_signed_message_for_building(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    across = await build(hass, *across_the_street(), title="Across")
    assert read(hass, LAST).state == "unknown"

    await sender.send("ping", {})
    assert dt_util.parse_datetime(read(hass, LAST).state) == NOON
    freezer.tick(60)
    other = Sender(sender.client, "webhook-of-other-post")
    assert (await other.send("ping", {})).status == 200
    forged = Sender(sender.client, key="whsec_" + "A" * 32)
    assert (await forged.send("ping", {})).status == 401
    await across.settle()
    assert dt_util.parse_datetime(read(hass, LAST).state) == NOON

    # A refused message counts, too.
    assert (await sender.enter("nowhere")).body["decision"] == "refused"
    later = NOON + timedelta(seconds=60)
    assert dt_util.parse_datetime(read(hass, LAST).state) == later


async def test_last_contact_survives_restart(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    await sender.send("ping", {})

    await house.go_down()
    hass.data.pop("courier_access_couriers_heard")
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert read(hass, LAST).state == NOON.isoformat()


async def test_notifications_are_pending_until_a_target_accepts_them(
    hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    assert read(hass, PENDING).state == "0"
    hass.services.async_remove("notify", "ada")
    await sender.grant()
    await sender.enter()
    await house.settle()
    assert read(hass, PENDING).state == "2"
    assert read(hass, PENDING).attributes["state_class"] == "measurement"

    hass.services.async_register("notify", "ada", lambda call: None)
    await pass_time(hass, freezer, 11)
    await house.settle()
    assert read(hass, PENDING).state == "0"


async def test_untrusted_clock_is_problem_until_corrected(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezer.move_to(NOON)
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    assert read(hass, PROBLEM).state == "off"
    assert read(hass, PROBLEM).attributes["device_class"] == "problem"

    await clocks.step(timedelta(hours=-2))
    house.building.clock_watch.check()
    await house.settle()
    assert read(hass, PROBLEM).state == "on"
    assert read(hass, PROBLEM).attributes["cause"] == "clock_untrusted"

    await clocks.step(timedelta(days=-400))
    house.building.clock_watch.check()
    await house.settle()
    assert read(hass, PROBLEM).attributes["cause"] == "clock_not_set"


async def test_unconfirmed_keys_are_problem_until_confirmed(
    hass: HomeAssistant, house: House
) -> None:
    house.building.host.couriers_wait = True
    house.building.health.changes.call()
    await house.settle()
    assert read(hass, PROBLEM).attributes["cause"] == "ledger_restored"

    await house.building.restore.confirm_keys(Author())
    assert read(hass, PROBLEM).state == "off"


async def test_entities_do_not_grow_with_grants_and_couriers(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        *(courier(f"Post {number}") for number in range(5)),
        resident(),
    )
    registry = er.async_get(hass)

    def count() -> int:
        return len(er.async_entries_for_config_entry(registry, house.entry.entry_id))

    # Five per building, three per door, two per resident.
    assert count() == 10
    states = len(hass.states.async_all())
    for number in range(20):
        assert (await sender.grant(f"G{number}")).body["decision"] == "accepted"
    await sender.enter("G1")
    await house.settle()

    assert count() == 10
    assert len(hass.states.async_all()) == states
    assert {entry.platform for entry in registry.entities.values()} == {DOMAIN}
