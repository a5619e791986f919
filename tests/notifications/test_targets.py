"""Test where residents' targets lead."""

from typing import Any

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.courier_access.access.model import Resident
from custom_components.courier_access.const import DOMAIN, SubentryType, TargetKind
from custom_components.courier_access.notifications.targets import (
    Route,
    RouteKind,
    Text,
    may_confirm,
    routes,
    send,
)
from custom_components.courier_access.residents.directory import (
    Addressee,
    Target,
    user_of,
)
from tests.support.phones import (
    Phone,
    add_browsers,
    add_mailbox,
    add_person,
    register_phone,
)

TEXT = Text("A courier", "Neutral", "Unit 3B, parcel PKT-7")
APPS = Target(TargetKind.PERSON_APPS)


def addressee(*chosen: Target, user_id: str | None = None) -> Addressee:
    return Addressee(
        Resident("anna", "Anna", "3b", "3B", user_id=user_id), None, chosen
    )


@pytest.fixture
async def anna(hass: HomeAssistant) -> str:
    """Return Anna's user ID."""
    return MockUser(name="Anna").add_to_hass(hass).id


@pytest.fixture
async def bo(hass: HomeAssistant) -> str:
    """Return Bo's user ID."""
    return MockUser(name="Bo").add_to_hass(hass).id


def app(phone: Phone, name: str = "phone") -> Route:
    return Route(RouteKind.APP, f"notify.mobile_app_{name}", phone.entry_id)


async def test_apps_of_a_person_are_the_present_ones_of_their_user_in_order(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    recipient = addressee(APPS, user_id=anna)
    assert routes(hass, recipient) == []
    zebra = await register_phone(hass, aioclient_mock, anna, "Zebra")
    await register_phone(hass, aioclient_mock, bo, "Other")
    apple = await register_phone(hass, aioclient_mock, anna, "Apple")
    await register_phone(hass, aioclient_mock, anna, "Without pushes", app_data={})

    assert routes(hass, recipient) == [app(zebra, "zebra"), app(apple, "apple")]
    for person in (None, "person.nobody", "not an id"):
        assert user_of(hass, person) is None
    assert routes(hass, addressee(APPS)) == []

    await hass.config_entries.async_remove(zebra.entry_id)
    await hass.async_block_till_done()
    assert routes(hass, recipient) == [app(apple, "apple")]


async def test_second_phone_of_one_name_is_reached_by_its_entity(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    first = await register_phone(hass, aioclient_mock, anna, "Phone")
    second = await register_phone(hass, aioclient_mock, bo, "Phone")

    for user_id in (anna, bo):
        for route in routes(hass, addressee(APPS, user_id=user_id)):
            assert await send(hass, route, TEXT, "tag")

    assert len(first.pushes(aioclient_mock)) == 1
    assert len(second.pushes(aioclient_mock)) == 1


async def test_app_without_action_is_reached_by_its_entity(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    del hass.data["mobile_app"]["notify"]

    [route] = routes(hass, addressee(APPS, user_id=anna))

    assert route.kind is RouteKind.ENTITY
    assert await send(hass, route, TEXT, "tag")
    assert len(phone.pushes(aioclient_mock)) == 1


async def test_renamed_entity_is_followed(hass: HomeAssistant) -> None:
    await add_mailbox(hass, "box")
    registry = er.async_get(hass)
    entry = registry.async_get("notify.box")
    assert entry is not None
    recipient = addressee(Target(TargetKind.ENTITY, entry.id))
    assert routes(hass, recipient) == [Route(RouteKind.ENTITY, "notify.box")]

    registry.async_update_entity("notify.box", new_entity_id="notify.letter_box")
    assert routes(hass, recipient) == [Route(RouteKind.ENTITY, "notify.letter_box")]

    registry.async_remove("notify.letter_box")
    assert routes(hass, recipient) == []


async def test_targets_with_the_same_route_are_used_once(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    recipient = addressee(
        Target(TargetKind.ACTION, "notify.letter"),
        APPS,
        Target(TargetKind.ACTION, "notify.mobile_app_phone"),
        user_id=anna,
    )

    assert routes(hass, recipient) == [
        Route(RouteKind.ACTION, "notify.letter"),
        app(phone),
    ]


def phone_action(app: str | None = None) -> Target:
    return Target(TargetKind.ACTION, "notify.mobile_app_phone", app)


async def test_action_is_bound_to_its_phone(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    recipient = addressee(phone_action(phone.entry_id))
    assert [route.kind for route in routes(hass, recipient)] == [RouteKind.APP]

    other = await register_phone(hass, aioclient_mock, bo, "Phone")

    assert routes(hass, addressee(phone_action(other.entry_id))) == [app(other)]
    assert routes(hass, recipient) == [Route(RouteKind.ENTITY, "notify.phone")]
    assert may_confirm(hass, recipient, anna)
    assert not may_confirm(hass, recipient, bo)

    await hass.config_entries.async_remove(phone.entry_id)
    await hass.async_block_till_done()
    assert routes(hass, recipient) == []
    assert not may_confirm(hass, recipient, bo)


async def test_unbound_action_reaches_the_residents_own_user_only(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    annas = addressee(phone_action(), user_id=anna)
    bos = addressee(phone_action(), user_id=bo)

    assert routes(hass, annas) == [app(phone)]
    assert routes(hass, bos) == []
    assert may_confirm(hass, annas, anna)
    assert not may_confirm(hass, bos, anna)


async def test_unbound_action_of_a_shared_name_reaches_nobody(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    recipient = addressee(phone_action())
    assert [route.kind for route in routes(hass, recipient)] == [RouteKind.ACTION]
    for _ in range(2):
        phone = await register_phone(hass, aioclient_mock, anna, "Phone")
        assert routes(hass, recipient) == [app(phone)]
    assert may_confirm(hass, recipient, anna)

    await register_phone(hass, aioclient_mock, bo, "phone")

    assert routes(hass, recipient) == []
    assert not may_confirm(hass, recipient, anna)
    assert not may_confirm(hass, recipient, bo)


async def test_action_that_reaches_everybody_is_never_used(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    browsers = await add_browsers(hass, "browsers", "laptop", "tablet")
    for name in (
        "notify",
        "mobile_app",
        "persistent_notification",
        "Persistent_notification",
        "browsers",
        "Browsers",
    ):
        action = f"notify.{name}"
        for bound in (None, phone.entry_id):
            target = Target(TargetKind.ACTION, action, bound)
            assert routes(hass, addressee(target)) == [], name
        # A service may be registered between choosing and using a route.
        assert not await send(hass, Route(RouteKind.ACTION, action), TEXT, "tag")

    assert phone.pushes(aioclient_mock) == []
    assert not hass.data.get("persistent_notification")
    assert browsers.sent_to == []
    one = Target(TargetKind.ACTION, "notify.browsers_laptop")
    [route] = routes(hass, addressee(one))
    assert await send(hass, route, TEXT, "tag")
    assert browsers.sent_to == [["laptop"]]


async def test_app_that_claims_another_device_is_not_reached_by_its_entity(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    entry = hass.config_entries.async_get_entry(phone.entry_id)
    assert entry is not None
    second = await register_phone(
        hass, aioclient_mock, bo, "Phone", device_id=entry.data["device_id"]
    )
    third = await register_phone(hass, aioclient_mock, anna, "Phone")

    assert second.entry_id != third.entry_id
    assert routes(hass, addressee(APPS, user_id=bo)) == []


async def test_only_recipients_may_confirm(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    carer = MockUser(name="Carer").add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, carer, "Carer")
    await register_phone(hass, aioclient_mock, bo, "Other")
    recipient = addressee(
        APPS,
        Target(TargetKind.ACTION, "notify.mobile_app_carer", phone.entry_id),
        user_id=anna,
    )

    assert may_confirm(hass, recipient, anna)
    assert may_confirm(hass, recipient, carer)
    assert not may_confirm(hass, recipient, bo)


SUBENTRY: dict[str, Any] = {
    "unit": " 3B ",
    "person": None,
    "language": None,
    "targets": [],
}


def resident(hass: HomeAssistant, data: dict[str, Any]) -> Addressee:
    subentry = ConfigSubentryDataWithId(
        data=data,
        subentry_type=SubentryType.RESIDENT,
        title="Anna",
        unique_id=None,
        subentry_id="resident-1",
    )
    entry = MockConfigEntry(domain=DOMAIN, subentries_data=[subentry])
    entry.add_to_hass(hass)
    return Addressee.from_subentry(hass, entry.subentries["resident-1"])


async def test_recipient_is_read_from_the_subentry(
    hass: HomeAssistant, anna: str
) -> None:
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    data = SUBENTRY | {
        "person": person,
        "language": "fr",
        "targets": [
            {"kind": "person_apps"},
            {"kind": "entity", "value": "notify.box"},
            {"kind": "action", "value": "notify.letter"},
            {
                "kind": "action",
                "value": "notify.mobile_app_phone",
                "app": "registration-1",
            },
        ],
    }

    assert resident(hass, data) == Addressee(
        Resident("resident-1", "Anna", "3b", " 3B ", person, anna),
        "fr",
        (
            APPS,
            Target(TargetKind.ENTITY, "notify.box"),
            Target(TargetKind.ACTION, "notify.letter"),
            phone_action("registration-1"),
        ),
    )


async def test_recipient_may_have_neither_person_nor_language(
    hass: HomeAssistant,
) -> None:
    recipient = resident(hass, SUBENTRY)

    assert (recipient.resident.person, recipient.resident.user_id) == (None, None)
    assert (recipient.language, recipient.targets) == (None, ())
