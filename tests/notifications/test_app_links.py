"""Test which view a tap on a push opens."""

from collections.abc import AsyncGenerator
from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import NotificationKind, View
from custom_components.courier_access.notifications.text import link_into_panel
from tests.support.house import House, Sender, build, courier, do, door, resident
from tests.support.people import People
from tests.support.phone_app import PhoneApp, push_service

BY_APP = [{"kind": "person_apps"}]


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    await people.move_in("Ada")
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


def opened_by(phone: PhoneApp) -> str:
    """Return the path that a tap on the newest push opens on any phone."""
    data = phone.pushes[-1]["data"]
    assert data["url"] == data["clickAction"]
    path: str = data["url"]
    return path


async def test_tap_opens_the_view_of_the_notification(
    hass: HomeAssistant, house: House, phone: PhoneApp, people: People, sender: Sender
) -> None:
    here = f"?building={house.entry.entry_id}"
    await people.consent(house, "Ada")
    await do(house, "pause", people.acting("Ada"))
    await house.settle()
    assert opened_by(phone) == f"/courier-access/now{here}"

    await sender.grant()
    await house.settle()
    assert "Not accepted: " in phone.pushes[-1]["message"]
    assert opened_by(phone) == f"/courier-access/hours{here}"


def test_tap_opens_the_view_where_the_reader_sees_or_decides_more() -> None:
    opened_by: dict[View, set[str]] = {view: set() for view in View}
    for kind in NotificationKind:
        opened_by[kind.traits.view].add(kind)

    assert opened_by == {
        View.ENTRIES: {
            "entry_admitted",
            "entry_refused",
            "entry_observed",
            "erasure_changed",
            "fleet_differs",
            "left_unlocked",
            "log_shortened",
            "message_passed_on",
            "unlocked_late",
        },
        View.DELIVERIES: {
            "delivery_announced",
            "delivery_called_off",
            "limit_reached",
        },
        View.HOURS: {
            "configuration_changed",
            "consent_asked",
            "consent_given",
            "consent_invited",
            "consent_opted_out",
            "consent_withdrawn",
            "courier_admitted",
            "day_closed",
            "fleet_visits",
            "fleet_visits_asked",
            "fleet_visits_chosen",
            "decided_on_paper",
            "grant_refused",
            "ledger_recreated",
            "ledger_restored",
            "log_lengthened",
            "proof_lengthened",
            "resident_changed",
            "resident_confirmed",
            "retention_lengthened",
            "rules_loosened",
            "source_needed",
            "zone_changed",
        },
        View.NOW: opened_by[View.NOW],
    }


def test_every_notification_links_to_an_existing_view() -> None:
    source = (Path(__file__).parents[2] / "frontend/src/panel.ts").read_text()
    for kind in NotificationKind:
        path = link_into_panel("b1", kind.traits.view)
        view = path.removeprefix("/courier-access/").removesuffix("?building=b1")
        assert f'case "{view}":' in source, kind
