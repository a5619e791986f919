"""The owner is told where residents' personal links lead nowhere, for as long as that is so."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.hass.addresses import link_url
from custom_components.courier_access.hass.issues import IssueKind
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.pages import Visitor
from tests.support.people import People

OUTSIDE = "https://elm.example"


def told(hass: HomeAssistant) -> list[ir.IssueEntry]:
    return [
        issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.translation_key == IssueKind.NO_EXTERNAL_URL
    ]


async def test_the_owner_is_told_of_a_missing_address_until_there_is_one(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    (issue,) = told(hass)
    assert issue.translation_placeholders == {"building": "12 Elm Street"}
    assert house.building.links.url_of("resident-ada") is None

    await hass.config.async_update(external_url=OUTSIDE)
    await hass.async_block_till_done()

    assert told(hass) == []
    link = house.building.links.url_of("resident-ada")
    assert link is not None
    assert link.startswith(f"{OUTSIDE}/api/courier_access/personal/")
    assert house.building.links.url_of("resident-nobody") is None


async def test_an_internal_address_leads_nowhere_from_outside(
    hass: HomeAssistant,
) -> None:
    await async_process_ha_core_config(
        hass, {"internal_url": "http://192.168.1.2:8123"}
    )
    await build(hass)
    assert len(told(hass)) == 1


async def test_nothing_is_missing_where_nobody_has_a_link(hass: HomeAssistant) -> None:
    people = People(hass)
    await people.move_in("Ada")
    await build(hass, door(), courier(), resident("Ada", person=people.person("Ada")))
    assert told(hass) == []


async def test_an_address_that_comes_without_a_word_is_found_within_the_hour(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, house: House
) -> None:
    assert len(told(hass)) == 1
    hass.config.external_url = OUTSIDE
    await pass_time(hass, freezer, 3601)
    assert told(hass) == []


async def test_the_message_goes_with_the_building(
    hass: HomeAssistant, house: House
) -> None:
    assert len(told(hass)) == 1
    await hass.config_entries.async_remove(house.entry.entry_id)
    assert told(hass) == []


async def test_a_notice_leads_to_the_page(
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
    told = [message for _, message in house.told if "was let in" in message]
    assert len(told) == 1
    assert link in told[0]
    page = await Visitor(sender.client, link.rpartition("/")[2]).ask()
    assert (page.status, page.lines[1]) == (200, "Unit 3B")


async def test_nothing_of_a_token_can_lead_elsewhere(hass: HomeAssistant) -> None:
    await async_process_ha_core_config(hass, {"external_url": OUTSIDE})
    assert link_url(hass, "../a?b#c d") == (
        f"{OUTSIDE}/api/courier_access/personal/..%2Fa%3Fb%23c%20d"
    )


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(hass)
