"""Actions that reach more than one resident."""

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from tests.support.phones import add_browsers, register_phone

from .parts import PartFlow
from .residents import up_to_targets

EVERYBODY = {"notify_actions": "notify_action_everybody"}


async def test_actions_that_reach_everybody_are_not_offered(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, resident_flow: PartFlow
) -> None:
    await register_phone(hass, aioclient_mock, MockUser().add_to_hass(hass).id, "Phone")
    await add_browsers(hass, "browsers", "laptop", "tablet")
    assert hass.services.has_service("notify", "notify")
    assert hass.services.has_service("notify", "persistent_notification")
    assert hass.services.has_service("notify", "browsers")

    screen = await up_to_targets(resident_flow)

    assert screen.fields["notify_actions"]["selector"]["select"]["options"] == [
        "notify.browsers_laptop",
        "notify.browsers_tablet",
        "notify.mobile_app_phone",
    ]


@pytest.mark.parametrize("name", ["notify", "mobile_app", "persistent_notification"])
async def test_action_that_reaches_everybody_is_refused_before_it_exists(
    hass: HomeAssistant, resident_flow: PartFlow, name: str
) -> None:
    screen = await up_to_targets(resident_flow)
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.mobile_app_phone", f" notify.{name}"]
    )
    assert screen.errors == EVERYBODY

    assert await async_setup_component(hass, "mobile_app", {})
    await hass.async_block_till_done()
    assert (await resident_flow.submit(screen)).errors == EVERYBODY


async def test_action_for_all_receivers_is_refused(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    await add_browsers(hass, "browsers", "laptop")
    screen = await up_to_targets(resident_flow)
    screen = await resident_flow.submit(screen, notify_actions=["notify.browsers"])
    assert screen.errors == EVERYBODY
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.browsers_laptop"]
    )
    assert screen.step == "decision"


async def test_recorded_action_that_reaches_everybody_shows_error(
    resident_flow: PartFlow,
) -> None:
    resident = resident_flow.add_resident(
        targets=[
            {"kind": "action", "value": "notify.ada"},
            {"kind": "action", "value": "notify.notify"},
        ]
    )
    screen = await resident_flow.submit(
        await resident_flow.change(resident.subentry_id)
    )
    assert screen.value("notify_actions") == ["notify.ada", "notify.notify"]
    assert screen.errors == EVERYBODY
    screen = await resident_flow.submit(screen)
    assert screen.errors == EVERYBODY

    screen = await resident_flow.submit(screen, notify_actions=["notify.ada"])

    assert screen.step == "decision"
    await resident_flow.choose("no_paper")
    assert resident_flow.only().data["targets"] == [
        {"kind": "action", "value": "notify.ada"}
    ]
