"""Subscriptions also send what only time or a linked entity changes."""

from collections.abc import Awaitable, Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest

from custom_components.courier_access.web.websocket import DELAY
from tests.support.house import House, ask, build, courier, door, pass_time, utc
from tests.support.people import People
from tests.support.wires import Wire

HOUR = 3600
HOME = "input_boolean.home"
AFTERNOON = {"tuesday": [{"from": "14:00:00", "to": "18:00:00"}]}

# A Tuesday, in winter.
pytestmark = pytest.mark.freeze_time(utc(2026, 11, 24, 12, 0))

type Does = Callable[..., Awaitable[None]]


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    await hass.config.async_set_time_zone("UTC")
    hass.states.async_set(HOME, "on")
    homes = await people.homes(Ada="Flat 1", Bea="Flat 1", Cleo="Flat 2")
    house = await build(hass, door(), courier(), *homes)
    await people.consent(house, "Ada", "Cleo")
    return house


@pytest.fixture
def rules(house: House, people: People) -> Does:
    """Return how a resident sets their rules."""

    async def set_rules(name: str, **given: Any) -> None:
        subject = f"resident-{name.lower()}"
        await ask(house, "set_rules", subject, people.acting(name), **given)

    return set_rules


@pytest.fixture
def passing(house: House, freezer: FrozenDateTimeFactory) -> Does:
    """Return how time passes, and what changed then is sent."""

    async def pass_hours(hours: float) -> None:
        await pass_time(house.hass, freezer, hours * HOUR)
        await pass_time(house.hass, freezer, DELAY)

    return pass_hours


async def subscribe(*wires: Wire) -> None:
    for wire in wires:
        assert (await wire.ask_anywhere("subscribe"))["success"]
        await wire.event()


async def sent(*wires: Wire) -> list[list[tuple[object, ...]]]:
    """Return, for each person, what new events say of the first resident and pauses."""
    return [await _sent(wire) for wire in wires]


async def _sent(wire: Wire) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    # Home Assistant's own ping is answered with the first, and the answer read by the second.
    for _ in range(2):
        await wire.client.send_json_auto_id({"type": "ping"})
        while (message := await wire.client.receive_json())["type"] == "event":
            event = message["event"]
            if [*event["changed"].values()] == [["owner"]]:
                continue
            [building] = event["buildings"]
            me = next(iter(building["residents"]), {"shut": None, "accepting": None})
            found.append((building["paused_until"], me["shut"], me["accepting"]))
        assert message["type"] == "pong"
    return found


def waiting(hass: HomeAssistant) -> tuple[int, int]:
    """Count timers of more than an hour, and who follows the entity."""
    soon = hass.loop.time() + HOUR
    far = [
        each
        for each in get_scheduled_timer_handles(hass.loop)
        if not each.cancelled() and each.when() > soon
    ]
    followers = hass.data["track_state_change_data"].callbacks.get(HOME, ())
    return len(far), len(followers)


async def test_end_of_a_buildings_pause_is_sent_to_residents_and_the_administrator(
    house: House, ada: Wire, owner: Wire, passing: Does
) -> None:
    await ada.result("pause")
    await subscribe(ada, owner)

    await passing(23)
    assert await sent(ada, owner) == [[], []]
    await passing(1)
    assert await sent(ada, owner) == [[(None, None, True)], [(None, None, None)]]


async def test_end_of_a_units_pause_that_began_later_is_sent(
    house: House, ada: Wire, cleo: Wire, passing: Does
) -> None:
    await subscribe(ada, cleo)
    await ada.result("pause", unit="Flat 1")
    await passing(0)
    assert await sent(ada, cleo) == [[(None, "unit_paused", False)], []]

    await passing(24)
    assert await sent(ada, cleo) == [[(None, None, True)], []]


async def test_begin_and_end_of_hours_are_sent(
    house: House, ada: Wire, cleo: Wire, rules: Does, passing: Does
) -> None:
    await rules("Ada", windows=AFTERNOON)
    await subscribe(ada, cleo)

    await passing(2)
    assert await sent(ada, cleo) == [[(None, None, True)], []]
    await passing(4)
    assert await sent(ada, cleo) == [[(None, "outside_hours", False)], []]


async def test_hours_of_a_flatmate_that_open_the_unit_are_sent(
    house: House, people: People, ada: Wire, rules: Does, passing: Does
) -> None:
    await people.confirm(house, "Bea", "Ada")
    await rules("Bea", consent=True, windows=AFTERNOON)
    await rules("Ada", windows={"monday": AFTERNOON["tuesday"]})
    await subscribe(ada)

    await passing(2)
    assert await sent(ada) == [[(None, None, False)]]


async def test_buildings_hours_are_sent(
    hass: HomeAssistant, house: House, ada: Wire, owner: Wire, passing: Does
) -> None:
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": AFTERNOON}
    )
    await house.settle()
    await subscribe(ada, owner)

    await passing(2)
    assert await sent(ada, owner) == [[(None, None, True)], []]


async def test_home_assistants_new_time_zone_does_not_move_the_hours(
    hass: HomeAssistant, house: House, ada: Wire, rules: Does, passing: Does
) -> None:
    await rules("Ada", windows=AFTERNOON)
    await subscribe(ada)

    await hass.config.async_update(time_zone="Asia/Tokyo")
    await passing(0)
    assert await sent(ada) == [[]]
    await passing(2)
    assert await sent(ada) == [[(None, None, True)]]


async def test_linked_entities_are_followed_as_long_as_rules_link_them(
    hass: HomeAssistant,
    house: House,
    ada: Wire,
    cleo: Wire,
    rules: Does,
    passing: Does,
) -> None:
    async def turned(state: str, **attributes: object) -> list[tuple[object, ...]]:
        hass.states.async_set(HOME, state, attributes)
        await passing(0)
        return await _sent(ada)

    await subscribe(ada, cleo)
    await rules("Ada", only_while=[HOME])
    await passing(0)
    assert await sent(ada) == [[]]

    assert await turned("off") == [(None, "otherwise", False)]
    assert await turned("off", icon="mdi:home") == []
    assert await turned("on") == [(None, None, True)]
    await rules("Ada", only_while=[], never_while=[HOME])
    await passing(0)
    assert await sent(ada) == [[(None, "otherwise", False)]]
    assert await turned("off") == [(None, None, True)]
    await rules("Ada", never_while=[])
    assert await turned("on") == []
    assert await sent(cleo) == [[]]


async def test_hours_that_change_nothing_shown_are_not_sent(
    house: House, ada: Wire, rules: Does, passing: Does
) -> None:
    await rules("Ada", windows=AFTERNOON)
    await ada.result("pause")
    await subscribe(ada)

    for hours in (2, 4):
        await passing(hours)
        assert await sent(ada) == [[]]


@pytest.mark.parametrize("ends", ["unsubscribe", "disconnect", "unload"])
async def test_no_timer_and_no_listener_outlives_its_subscription(
    hass: HomeAssistant,
    house: House,
    ada: Wire,
    rules: Does,
    passing: Does,
    ends: str,
) -> None:
    await rules("Ada", only_while=[HOME])
    await ada.result("pause")
    await passing(0)
    if ends == "unload":
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        unloaded = waiting(hass)
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        await passing(0)
    before = waiting(hass)
    subscription = (await ada.ask_anywhere("subscribe"))["id"]
    await ada.event()
    assert waiting(hass) == tuple(each + 1 for each in before)

    if ends == "unload":
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        assert waiting(hass) == unloaded
        return
    if ends == "unsubscribe":
        await ada.client.send_json_auto_id(
            {"type": "unsubscribe_events", "subscription": subscription}
        )
        assert (await ada.client.receive_json())["success"]
    else:
        await ada.client.close()
        await house.settle()
    assert waiting(hass) == before
