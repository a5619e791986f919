"""Test which view a tap on a push opens."""

from collections.abc import AsyncGenerator
from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.notifications.text import link_into_panel
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.people import People, acting
from tests.support.phone_app import PhoneApp, push_service

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
    hass: HomeAssistant,
    people: People,
    house: House,
    hass_client_no_auth: ClientSessionGenerator,
) -> AsyncGenerator[PhoneApp]:
    async with push_service(hass, hass_client_no_auth) as service:
        yield await service.register(people["Ada"], "Ada's phone")


def led_to(phone: PhoneApp) -> str:
    """Return the path that a tap on the newest push opens on any phone."""
    data = phone.pushes[-1]["data"]
    assert data["url"] == data["clickAction"]
    path: str = data["url"]
    return path


async def test_tap_opens_the_view_of_the_notification(
    hass: HomeAssistant,
    house: House,
    phone: PhoneApp,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    here = f"?building={house.entry.entry_id}"
    await hass.services.async_call(
        "switch",
        "turn_off",
        {"entity_id": "switch.12_elm_street_courier_access"},
        blocking=True,
        context=acting(people["Ada"]),
    )
    await house.settle()
    assert led_to(phone) == f"/courier-access/now{here}"

    await Sender(await hass_client_no_auth()).grant()
    await house.settle()
    assert "was not accepted" in phone.pushes[-1]["message"]
    assert led_to(phone) == f"/courier-access/hours{here}"


@pytest.mark.parametrize("kind", NotificationKind)
def test_every_notification_links_to_an_existing_view(
    kind: NotificationKind,
) -> None:
    source = (Path(__file__).parents[2] / "frontend/src/panel.ts").read_text()
    path = link_into_panel("b1", kind)

    view = path.removeprefix("/courier-access/").removesuffix("?building=b1")
    assert f'case "{view}":' in source
