"""Test notifications to the former targets of changed or removed residents."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.residents.directory import Addressee
from tests.support.phones import add_letters, register_phone

from .enqueuing import enqueue
from .parts import APPS, HOUR, MINUTE, House, action

CHANGED, REMOVED = NotificationKind.RESIDENT_CHANGED, NotificationKind.RESIDENT_REMOVED


def test_stored_targets_are_read_as_written(house: House) -> None:
    house.enroll(
        "anna", "3b", APPS, action("anna"), person="person.anna", language="fr"
    )
    anna = house.addressees["anna"]

    assert Addressee.from_data("anna", anna.to_data()) == anna


async def test_former_targets_are_notified_in_their_language_even_of_removed_residents(
    house: House,
) -> None:
    former = house.mail("former", language="fr")
    house.addressees["anna"] = house.addressees.pop("former")
    data = house.addressees["anna"].to_data()
    house.links["anna"] = "https://elm.example/page"
    present = house.mail("anna", "4a")
    await house.start()

    await enqueue(house, CHANGED, resident_id="anna", addressed=data)
    del house.addressees["anna"]
    await enqueue(house, REMOVED, resident_id="anna", addressed=data)

    changed, removed = (letter["message"] for letter in former.received)
    assert "Vos décisions antérieures ne comptent plus" in changed
    assert "inscription comme résident a pris fin" in removed
    assert "https" not in changed + removed
    assert present.received == []


async def test_failing_former_targets_make_nobody_unreachable(house: House) -> None:
    house.enroll("anna", "3b", action("gone"))
    data = house.addressees["anna"].to_data()
    await house.start()

    await enqueue(house, CHANGED, resident_id="anna", addressed=data)
    for _ in range(26):
        await house.wait(HOUR)

    assert house.unreachable == set()


@pytest.mark.parametrize("has_receipt", [True, False])
async def test_former_phone_confirms_or_the_next_former_target_is_tried(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
    has_receipt: bool,
) -> None:
    letters = add_letters(hass, "anna")
    phone, _ = await house.phone(aioclient_mock, "anna", "3b", action("anna"))
    mallory = MockUser().add_to_hass(hass).id
    forger = await register_phone(hass, aioclient_mock, mallory, "Forger")
    data = house.addressees.pop("anna").to_data()
    await house.start()

    await enqueue(house, REMOVED, resident_id="anna", addressed=data)
    [push] = phone.pushes(aioclient_mock)
    await forger.confirm(await hass_client_no_auth(), push)
    if has_receipt:
        await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()
    for _ in range(3):
        await house.wait(2 * MINUTE)

    assert len(letters.received) == (0 if has_receipt else 1)
    assert len(phone.pushes(aioclient_mock)) == 1


async def test_receipt_of_the_phone_behind_a_former_action_counts(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    letters, user_id = add_letters(hass, "anna"), MockUser().add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, user_id, "Phone")
    house.enroll("anna", "3b", action("mobile_app_phone"), action("anna"))
    data = house.addressees.pop("anna").to_data()
    await house.start()

    await enqueue(house, REMOVED, resident_id="anna", addressed=data)
    [push] = phone.pushes(aioclient_mock)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()
    await house.wait(2 * MINUTE)

    assert letters.received == []
