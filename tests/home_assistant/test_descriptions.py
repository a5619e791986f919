"""The forms of actions and triggers offer the couriers of today, as a frontend reads them."""

from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_SERVICE_REGISTERED
from homeassistant.core import HomeAssistant
from homeassistant.helpers import trigger
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.courier_access import trigger as own_triggers
from custom_components.courier_access.const import DOMAIN
from tests.support import administrator
from tests.support.house import House, build, courier, door, observed, resident

ACTIONS = (
    *("get_driver_visits", "issue_grant", "request_entry"),
    *("revoke_grant", "veto_grant"),
)
TRIGGERS = (
    *("courier_entered", "courier_refused", "entry_observed"),
    *("delivery_announced", "door_left_open"),
)


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building with a courier, and with another one that others let in."""
    return await build(hass, door(), courier(), observed(), resident())


@pytest.fixture
async def frontend(
    house: House, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    """Return the connection of a frontend."""
    return await hass_ws_client()


async def forms(frontend: MockHAClientWebSocket) -> tuple[list[Any], list[Any]]:
    """Return what actions and triggers offer as their courier."""
    await frontend.send_json_auto_id({"type": "get_services"})
    actions = (await frontend.receive_json())["result"]["courier_access"]
    await frontend.send_json_auto_id({"type": "trigger_platforms/subscribe"})
    assert (await frontend.receive_json())["success"]
    triggers = (await frontend.receive_json())["event"]
    return (
        [actions[name]["fields"]["courier"] for name in ACTIONS],
        [triggers[f"courier_access.{name}"]["fields"]["courier"] for name in TRIGGERS],
    )


async def offered(frontend: MockHAClientWebSocket) -> tuple[list[str], list[str]]:
    """Return the names that each action and each trigger offers."""
    actions, triggers = (
        [each["selector"]["select"]["options"] for each in fields]
        for fields in await forms(frontend)
    )
    assert actions == [actions[0]] * len(ACTIONS)
    assert triggers == [triggers[0]] * len(TRIGGERS)
    return actions[0], triggers[0]


async def test_couriers_of_today_are_offered(
    house: House, frontend: MockHAClientWebSocket
) -> None:
    await house.settle()
    assert await offered(frontend) == (["Parcel Post"], ["Amazon Key", "Parcel Post"])

    await administrator.rename(house, "courier-parcel-post", "letters ltd")
    await administrator.add(house, courier("Pigeons"), "courier-pigeons")
    assert await offered(frontend) == (
        ["letters ltd", "Pigeons"],
        ["Amazon Key", "letters ltd", "Pigeons"],
    )

    await administrator.remove(house, "courier-parcel-post")
    await administrator.remove(house, "observed-amazon-key")
    assert await offered(frontend) == (["Pigeons"], ["Pigeons"])


async def test_triggers_that_come_after_a_building_offer_its_couriers(
    house: House, frontend: MockHAClientWebSocket
) -> None:
    await house.settle()
    known = house.hass.data[trigger.TRIGGERS]
    for name in [name for name in known if name.startswith(DOMAIN)]:
        del known[name]
    house.hass.data[trigger.TRIGGER_DESCRIPTION_CACHE] = {}

    platform: Any = own_triggers
    await trigger._register_trigger_platform(house.hass, DOMAIN, platform)
    assert await offered(frontend) == (["Parcel Post"], ["Amazon Key", "Parcel Post"])


async def test_couriers_of_a_disabled_building_are_not_offered(
    house: House, frontend: MockHAClientWebSocket
) -> None:
    await house.hass.config_entries.async_set_disabled_by(
        house.entry.entry_id, ConfigEntryDisabler.USER
    )
    await house.hass.async_block_till_done()

    assert await offered(frontend) == ([], [])


async def test_other_names_and_templates_can_still_be_typed(
    house: House, frontend: MockHAClientWebSocket
) -> None:
    await house.settle()
    actions, triggers = await forms(frontend)

    for field in (*actions, *triggers):
        assert field["selector"]["select"]["custom_value"]
    assert [action.get("required", False) for action in actions] == [
        *(True, True, False, True, True)
    ]
    assert all(field["selector"]["select"]["multiple"] for field in triggers)


async def test_open_frontends_read_forms_again_only_for_other_couriers(
    house: House, frontend: MockHAClientWebSocket
) -> None:
    await house.settle()
    registered = async_capture_events(house.hass, EVENT_SERVICE_REGISTERED)
    part = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, part, data={**part.data, "rate_per_minute": 7}
    )
    await house.settle()
    assert registered == []

    await administrator.rename(house, part.subentry_id, "Letters")
    assert sorted(event.data["service"] for event in registered) == sorted(ACTIONS)
