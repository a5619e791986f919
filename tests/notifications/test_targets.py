"""Where residents' targets lead, and what is sent there."""

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
from custom_components.courier_access.residents.recipients import (
    Addressee,
    Target,
    user_of,
)
from tests.support.phones import add_browsers, add_mailbox, add_person, register_phone

TEXT = Text("A courier", "Neutral", "Unit 3B, parcel PKT-7")
APPS = Target(TargetKind.PERSON_APPS)


def addressee(*chosen: Target, user_id: str | None = None) -> Addressee:
    return Addressee(
        Resident("anna", "Anna", "3b", "3B", user_id=user_id), None, chosen
    )


@pytest.fixture
async def anna(hass: HomeAssistant) -> str:
    """Return the id of the user Anna."""
    return MockUser(name="Anna").add_to_hass(hass).id


@pytest.fixture
async def bo(hass: HomeAssistant) -> str:
    """Return the id of the user Bo."""
    return MockUser(name="Bo").add_to_hass(hass).id


async def test_a_persons_apps_are_those_of_their_user_in_order(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    zebra = await register_phone(hass, aioclient_mock, anna, "Zebra")
    await register_phone(hass, aioclient_mock, bo, "Other")
    apple = await register_phone(hass, aioclient_mock, anna, "Apple")

    assert routes(hass, addressee(APPS, user_id=anna)) == [
        Route(RouteKind.APP, "notify.mobile_app_zebra", zebra.entry_id),
        Route(RouteKind.APP, "notify.mobile_app_apple", apple.entry_id),
    ]


async def test_a_users_phones_are_found_anew_each_time(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    told = addressee(APPS, user_id=anna)
    assert routes(hass, told) == []

    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    assert routes(hass, told) == [
        Route(RouteKind.APP, "notify.mobile_app_phone", phone.entry_id)
    ]

    await hass.config_entries.async_remove(phone.entry_id)
    await hass.async_block_till_done()
    assert routes(hass, told) == []


async def test_the_second_of_two_phones_of_one_name_is_reached_by_its_entity(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    first = await register_phone(hass, aioclient_mock, anna, "Phone")
    second = await register_phone(hass, aioclient_mock, bo, "Phone")

    for user_id in (anna, bo):
        for route in routes(hass, addressee(APPS, user_id=user_id)):
            assert await send(hass, route, TEXT, "tag")

    assert len(first.pushes(aioclient_mock)) == 1
    assert len(second.pushes(aioclient_mock)) == 1


async def test_an_app_without_pushes_is_no_route(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    await register_phone(hass, aioclient_mock, anna, "Watch", app_data={})

    assert routes(hass, addressee(APPS, user_id=anna)) == []


async def test_before_its_actions_are_there_an_app_is_reached_by_its_entity(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    del hass.data["mobile_app"]["notify"]

    [route] = routes(hass, addressee(APPS, user_id=anna))

    assert route.kind is RouteKind.ENTITY
    assert await send(hass, route, TEXT, "tag")
    assert len(phone.pushes(aioclient_mock)) == 1


@pytest.mark.parametrize("person", [None, "person.nobody", "not an id"])
async def test_nobodys_apps_are_none(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    anna: str,
    person: str | None,
) -> None:
    await register_phone(hass, aioclient_mock, anna, "Phone")

    assert user_of(hass, person) is None
    assert routes(hass, addressee(APPS)) == []


async def test_an_entity_is_followed_through_renames(hass: HomeAssistant) -> None:
    await add_mailbox(hass, "box")
    registry = er.async_get(hass)
    entry = registry.async_get("notify.box")
    assert entry is not None
    told = addressee(Target(TargetKind.ENTITY, entry.id))
    assert routes(hass, told) == [Route(RouteKind.ENTITY, "notify.box")]

    registry.async_update_entity("notify.box", new_entity_id="notify.letter_box")
    assert routes(hass, told) == [Route(RouteKind.ENTITY, "notify.letter_box")]

    registry.async_remove("notify.letter_box")
    assert routes(hass, told) == []


async def test_targets_that_lead_to_the_same_count_once(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    told = addressee(
        Target(TargetKind.ACTION, "notify.letter"),
        APPS,
        Target(TargetKind.ACTION, "notify.mobile_app_phone"),
        user_id=anna,
    )

    assert routes(hass, told) == [
        Route(RouteKind.ACTION, "notify.letter"),
        Route(RouteKind.APP, "notify.mobile_app_phone", phone.entry_id),
    ]


def phone_action(app: str | None = None) -> Target:
    return Target(TargetKind.ACTION, "notify.mobile_app_phone", app)


async def test_a_phones_action_is_bound_to_its_registration(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    told = addressee(phone_action(phone.entry_id))
    assert [route.kind for route in routes(hass, told)] == [RouteKind.APP]

    other = await register_phone(hass, aioclient_mock, bo, "Phone")

    assert routes(hass, addressee(phone_action(other.entry_id))) == [
        Route(RouteKind.APP, "notify.mobile_app_phone", other.entry_id)
    ]
    assert routes(hass, told) == [Route(RouteKind.ENTITY, "notify.phone")]
    assert may_confirm(hass, told, anna)
    assert not may_confirm(hass, told, bo)

    await hass.config_entries.async_remove(phone.entry_id)
    await hass.async_block_till_done()
    assert routes(hass, told) == []
    assert not may_confirm(hass, told, bo)


async def test_an_unbound_action_of_a_phone_reaches_the_residents_own_user_only(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    annas = addressee(phone_action(), user_id=anna)
    bos = addressee(phone_action(), user_id=bo)

    assert routes(hass, annas) == [
        Route(RouteKind.APP, "notify.mobile_app_phone", phone.entry_id)
    ]
    assert routes(hass, bos) == []
    assert may_confirm(hass, annas, anna)
    assert not may_confirm(hass, bos, anna)


async def test_an_unbound_action_reaches_nobody_where_several_users_phones_share_its_name(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    told = addressee(phone_action())
    assert [route.kind for route in routes(hass, told)] == [RouteKind.ACTION]
    for _ in range(2):
        phone = await register_phone(hass, aioclient_mock, anna, "Phone")
        assert routes(hass, told) == [
            Route(RouteKind.APP, "notify.mobile_app_phone", phone.entry_id)
        ]
    assert may_confirm(hass, told, anna)

    await register_phone(hass, aioclient_mock, bo, "phone")

    assert routes(hass, told) == []
    assert not may_confirm(hass, told, anna)
    assert not may_confirm(hass, told, bo)


@pytest.mark.parametrize(
    "name", ["notify", "mobile_app", "persistent_notification", "browsers"]
)
async def test_nothing_is_sent_over_an_action_that_reaches_everybody(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, name: str
) -> None:
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    browsers = await add_browsers(hass, "browsers", "laptop", "tablet")
    action = f"notify.{name}"

    assert routes(hass, addressee(Target(TargetKind.ACTION, action))) == []
    assert (
        routes(hass, addressee(Target(TargetKind.ACTION, action, phone.entry_id))) == []
    )
    # A service may come between the choice of a route and its turn.
    assert not await send(hass, Route(RouteKind.ACTION, action), TEXT, "tag")

    assert phone.pushes(aioclient_mock) == []
    assert browsers.sent_to == []
    assert not hass.data.get("persistent_notification")


async def test_of_a_service_with_many_receivers_the_one_named_is_told(
    hass: HomeAssistant,
) -> None:
    browsers = await add_browsers(hass, "browsers", "laptop", "tablet")

    [route] = routes(
        hass, addressee(Target(TargetKind.ACTION, "notify.browsers_laptop"))
    )

    assert await send(hass, route, TEXT, "tag")
    assert browsers.sent_to == [["laptop"]]


async def test_an_app_that_claims_anothers_device_is_not_reached_by_its_entity(
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


async def test_only_whom_a_notice_can_go_to_may_confirm_it(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, anna: str, bo: str
) -> None:
    carer = MockUser(name="Carer").add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, carer, "Carer")
    await register_phone(hass, aioclient_mock, bo, "Other")
    told = addressee(
        APPS,
        Target(TargetKind.ACTION, "notify.mobile_app_carer", phone.entry_id),
        user_id=anna,
    )

    assert may_confirm(hass, told, anna)
    assert may_confirm(hass, told, carer)
    assert not may_confirm(hass, told, bo)


SUBENTRY: dict[str, Any] = {
    "unit": " 3B ",
    "person": None,
    "language": None,
    "targets": [],
}


def resident(hass: HomeAssistant, data: dict[str, Any]) -> Addressee:
    entry = MockConfigEntry(
        domain=DOMAIN,
        subentries_data=[
            ConfigSubentryDataWithId(
                data=data,
                subentry_type=SubentryType.RESIDENT,
                title="Anna",
                unique_id=None,
                subentry_id="resident-1",
            )
        ],
    )
    entry.add_to_hass(hass)
    return Addressee.from_subentry(hass, entry.subentries["resident-1"])


async def test_an_addressee_is_read_from_the_residents_subentry(
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


async def test_an_addressee_may_have_neither_person_nor_language(
    hass: HomeAssistant,
) -> None:
    told = resident(hass, SUBENTRY)

    assert (
        told.resident.person,
        told.resident.user_id,
        told.language,
        told.targets,
    ) == (
        None,
        None,
        None,
        (),
    )
