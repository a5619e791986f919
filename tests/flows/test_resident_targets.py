"""Actions that reach more than one resident."""

import asyncio

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from tests.support.phones import add_browsers, register_phone

from .front_end import Screen
from .parts import PartFlow, person, up_to_decision, up_to_targets

NOTHING_THERE = {"kind": "action", "value": "notify.gone"}
EVERYBODY = {"notify_actions": "notify_action_everybody"}


def offered_on(screen: Screen) -> dict[str, str]:
    """Return the names of the actions that a screen offers."""
    options = screen.fields["notify_actions"]["selector"]["select"]["options"]
    return {option["value"]: option["label"] for option in options}


async def test_actions_are_offered_by_name_unless_they_reach_everybody(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, resident_flow: PartFlow
) -> None:
    await register_phone(hass, aioclient_mock, MockUser().add_to_hass(hass).id, "Phone")
    await add_browsers(hass, "browsers", "laptop", "tablet")
    assert hass.services.has_service("notify", "notify")
    assert hass.services.has_service("notify", "persistent_notification")
    assert hass.services.has_service("notify", "browsers")

    screen = await up_to_targets(resident_flow)

    offered = offered_on(screen)
    assert offered.items() >= {
        ("notify.browsers_laptop", "Browsers laptop"),
        ("notify.browsers_tablet", "Browsers tablet"),
        ("notify.mobile_app_phone", "Phone"),
        ("notify.mail_office", "Mail office"),
    }
    assert list(offered.values()) == sorted(offered.values(), key=str.casefold)
    assert not offered.keys() & {
        "notify.notify",
        "notify.persistent_notification",
        "notify.browsers",
    }


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


async def test_action_must_be_named_exactly(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, resident_flow: PartFlow
) -> None:
    """Home Assistant calls an action however its name is capitalized."""
    await register_phone(hass, aioclient_mock, MockUser().add_to_hass(hass).id, "Phone")
    screen = await up_to_targets(resident_flow)
    for name in ("Notify", "Persistent_notification"):
        screen = await resident_flow.submit(screen, notify_actions=[f"notify.{name}"])
        assert screen.errors == EVERYBODY, name
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.Mobile_App_Phone"]
    )
    assert screen.errors == {"notify_actions": "notify_action_unknown"}


@pytest.mark.parametrize("recorded", ["notify.notify", "notify.Notify"])
async def test_recorded_action_that_reaches_everybody_shows_error(
    resident_flow: PartFlow, recorded: str
) -> None:
    resident = resident_flow.add_resident(
        targets=[
            {"kind": "action", "value": "notify.ada"},
            {"kind": "action", "value": recorded},
        ]
    )
    screen = await resident_flow.submit(
        await resident_flow.change(resident.subentry_id)
    )
    assert screen.value("notify_actions") == ["notify.ada", recorded]
    assert screen.errors == EVERYBODY
    screen = await resident_flow.submit(screen)
    assert screen.errors == EVERYBODY

    screen = await resident_flow.submit(screen, notify_actions=["notify.ada"])

    assert screen.step == "decision"
    await resident_flow.choose("no_paper")
    assert resident_flow.only().data["targets"] == [
        {"kind": "action", "value": "notify.ada"}
    ]


async def test_test_notification_is_sent_before_anything_is_saved(
    hass: HomeAssistant, resident_flow: PartFlow, sent: list[ServiceCall]
) -> None:
    screen = await up_to_targets(resident_flow, language="fr")
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.ada", "notify.mail"], test=True
    )
    assert screen.step == "decision"
    # They are sent at the same time.
    assert sorted(call.service for call in sent) == ["ada", "mail"]
    for call in sent:
        assert call.data["title"] == "Rue Haute 7"
        assert call.data["message"].startswith("Ceci est un test.")
    assert not resident_flow.existing


async def test_nothing_is_sent_without_a_test(
    resident_flow: PartFlow, sent: list[ServiceCall]
) -> None:
    await up_to_decision(resident_flow)
    assert sent == []


async def test_failed_test_names_what_failed_and_can_be_turned_off(
    hass: HomeAssistant, resident_flow: PartFlow, sent: list[ServiceCall]
) -> None:
    async def fail(call: ServiceCall) -> None:
        raise HomeAssistantError("no connection")

    hass.services.async_register("notify", "email_walter", fail)
    hass.states.async_set(
        "notify.tablet", "unavailable", {"friendly_name": "Hall tablet"}
    )
    screen = await up_to_targets(resident_flow)
    screen = await resident_flow.submit(
        screen,
        notify_entities=["notify.tablet"],
        notify_actions=["notify.ada", "notify.email_walter"],
        test=True,
    )
    assert screen.errors == {"base": "test_failed"}
    assert screen.placeholders["failed"] == "Hall tablet, Email walter"
    assert screen.value("notify_actions") == ["notify.ada", "notify.email_walter"]
    assert len(sent) == 1
    assert (await resident_flow.submit(screen, test=False)).step == "decision"


async def test_test_of_apps_needs_a_phone(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    person(hass)
    screen = await up_to_targets(resident_flow, person="person.ada")
    screen = await resident_flow.submit(screen, test=True)
    assert screen.errors == {"base": "test_nowhere"}


async def test_targets_without_a_route_fail_the_test(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    resident_flow: PartFlow,
    sent: list[ServiceCall],
) -> None:
    person(hass)
    phone = await register_phone(
        hass, aioclient_mock, MockUser().add_to_hass(hass).id, "Phone"
    )
    screen = await up_to_targets(resident_flow, person="person.ada")
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.ada"], test=True
    )
    assert screen.errors == {"base": "test_failed"}
    assert screen.placeholders["failed"] == "Phone apps"
    assert [call.service for call in sent] == ["ada"]

    action = "notify.mobile_app_phone"
    resident = resident_flow.add_resident(
        targets=[{"kind": "action", "value": action, "app": phone.entry_id}]
    )
    assert await hass.config_entries.async_unload(phone.entry_id)
    screen = await resident_flow.submit(
        await resident_flow.change(resident.subentry_id)
    )
    screen = await resident_flow.submit(
        screen, notify_actions=[action, "notify.ada"], test=True
    )
    assert screen.errors == {"base": "test_failed"}
    assert screen.placeholders["failed"] == "Mobile app phone"


async def test_targets_are_tested_at_the_same_time(
    hass: HomeAssistant, resident_flow: PartFlow
) -> None:
    answered = asyncio.Event()

    async def wait(call: ServiceCall) -> None:
        await answered.wait()

    async def answer(call: ServiceCall) -> None:
        answered.set()

    hass.services.async_register("notify", "slow", wait)
    hass.services.async_register("notify", "quick", answer)
    screen = await up_to_targets(resident_flow)
    screen = await resident_flow.submit(
        screen, notify_actions=["notify.slow", "notify.quick"], test=True
    )
    assert screen.step == "decision"


async def test_recorded_action_may_be_missing(resident_flow: PartFlow) -> None:
    """Integrations register their actions late."""
    resident = resident_flow.add_resident(targets=[NOTHING_THERE])
    screen = await resident_flow.submit(
        await resident_flow.change(resident.subentry_id)
    )
    assert offered_on(screen)["notify.gone"] == "Gone"
    screen = await resident_flow.submit(screen)
    assert screen.step == "decision"
