"""Where a tap on a push leads whoever has an account."""

from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.app_links import link_into_home_assistant
from custom_components.courier_access.ledger.owed import FanoutKind
from tests.house import House, Sender, build, courier, door, resident
from tests.people import People, acting
from tests.phone_app import PhoneApp, push_service

BY_APP = [{"kind": "person_apps"}]


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    ada = resident("Ada", "3B", None, person=people.person("Ada"), targets=BY_APP)
    return await build(hass, door(), courier(), ada)


@pytest.fixture
async def phone(
    hass: HomeAssistant, people: People, house: House, hass_client_no_auth: ClientSessionGenerator
) -> AsyncGenerator[PhoneApp]:
    async with push_service(hass, hass_client_no_auth) as service:
        yield await service.register(people["Ada"], "Ada's phone")


def led_to(phone: PhoneApp) -> str:
    """Return where a tap on the newest push leads, on either make of phone."""
    data = phone.pushes[-1]["data"]
    assert data["url"] == data["clickAction"]
    path: str = data["url"]
    return path


async def test_a_tap_leads_to_what_the_notice_is_about(
    hass: HomeAssistant,
    house: House,
    phone: PhoneApp,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await hass.services.async_call(
        "switch",
        "turn_off",
        {"entity_id": "switch.12_elm_street_courier_access"},
        blocking=True,
        context=acting(people["Ada"]),
    )
    await house.settle()
    assert led_to(phone) == "/?more-info-entity-id=switch.12_elm_street_courier_access"

    await Sender(await hass_client_no_auth()).grant()
    await house.settle()
    assert led_to(phone) == "/?more-info-entity-id=calendar.12_elm_street_expected_deliveries"


async def test_consent_leads_to_the_residents_own_switch_where_it_is_enabled(
    hass: HomeAssistant, house: House
) -> None:
    registry = er.async_get(hass)
    own = registry.async_get_entity_id("switch", "courier_access", "resident-ada_deliveries")
    assert own is not None

    def led() -> str | None:
        return link_into_home_assistant(
            hass, house.entry.entry_id, "resident-ada", FanoutKind.CONSENT_INVITED
        )

    assert led() == "/?more-info-entity-id=switch.12_elm_street_courier_access"
    registry.async_update_entity(own, disabled_by=None)
    assert led() == f"/?more-info-entity-id={own}"


async def test_without_an_entity_a_tap_leads_nowhere_in_particular(
    hass: HomeAssistant, house: House
) -> None:
    assert (
        link_into_home_assistant(hass, "another", "nobody", FanoutKind.DELIVERY_ANNOUNCED) is None
    )
