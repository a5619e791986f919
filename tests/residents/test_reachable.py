"""Test the repair issue about personal links without an external address."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.issues import (
    IssueKind,
    learn_more_url,
)
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.pages import Visitor
from tests.support.people import People

OUTSIDE = "https://elm.example"


def issues(hass: HomeAssistant) -> list[ir.IssueEntry]:
    return [
        issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.translation_key == IssueKind.NO_EXTERNAL_URL
    ]


async def test_missing_address_is_shown_until_it_is_set(hass: HomeAssistant) -> None:
    house = await build(hass)
    (issue,) = issues(hass)
    assert issue.translation_placeholders == {"building": "12 Elm Street"}
    assert issue.learn_more_url == learn_more_url(IssueKind.NO_EXTERNAL_URL)
    assert house.building.links.url_of("resident-ada") is None

    await hass.config.async_update(external_url=OUTSIDE)
    await hass.async_block_till_done()

    assert issues(hass) == []
    link = house.building.links.url_of("resident-ada")
    assert link is not None
    assert link.startswith(f"{OUTSIDE}/api/courier_access/personal/")
    assert house.building.links.url_of("resident-nobody") is None


async def test_internal_address_is_not_enough(hass: HomeAssistant) -> None:
    await async_process_ha_core_config(
        hass, {"internal_url": "http://192.168.1.2:8123"}
    )
    await build(hass)
    assert len(issues(hass)) == 1


async def test_no_issue_if_nobody_has_a_link(hass: HomeAssistant) -> None:
    people = People(hass)
    await people.move_in("Ada")
    await build(hass, door(), courier(), resident("Ada", person=people.person("Ada")))
    assert issues(hass) == []


async def test_new_address_is_found_within_an_hour(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House
) -> None:
    assert len(issues(hass)) == 1
    hass.config.external_url = OUTSIDE
    await pass_time(hass, freezer, 3601)
    assert issues(hass) == []


async def test_issue_ends_with_the_building(hass: HomeAssistant, house: House) -> None:
    assert len(issues(hass)) == 1
    await hass.config_entries.async_remove(house.entry.entry_id)
    assert issues(hass) == []


async def test_notification_links_to_the_page(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await hass.config.async_update(external_url=OUTSIDE)
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()

    link = house.building.links.url_of("resident-ada")
    assert link is not None
    messages = [message for _, message in house.told if "was let in" in message]
    assert len(messages) == 1
    assert link in messages[0]
    page = await Visitor(sender.client, link.rpartition("/")[2]).ask()
    assert page.status == 200
    assert "Unit 3B" in page.lines


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(hass)
