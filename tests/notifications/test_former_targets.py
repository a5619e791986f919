"""Test notifications to the former targets of changed or removed residents."""

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.residents.recipients import Addressee
from tests.support.phones import add_letters, add_person, register_phone

from .enqueuing import enqueue
from .parts import APPS, HOUR, MINUTE, House, action


def test_stored_targets_are_read_as_written(hass: HomeAssistant, house: House) -> None:
    house.enroll(
        "anna", "3b", APPS, action("anna"), person="person.anna", language="fr"
    )
    anna = house.addressees["anna"]

    assert Addressee.from_data("anna", anna.to_data()) == anna


async def test_former_targets_are_notified_in_their_language_even_of_removed_residents(
    hass: HomeAssistant, house: House
) -> None:
    former, present = add_letters(hass, "former"), add_letters(hass, "anna")
    house.enroll("anna", "3b", action("former"), language="fr")
    data = house.addressees["anna"].to_data()
    house.links["anna"] = "https://elm.example/page"
    house.enroll("anna", "4a", action("anna"))
    await house.start()

    await enqueue(
        house, NotificationKind.RESIDENT_CHANGED, resident_id="anna", addressed=data
    )
    del house.addressees["anna"]
    await enqueue(
        house, NotificationKind.RESIDENT_REMOVED, resident_id="anna", addressed=data
    )

    changed, removed = (letter["message"] for letter in former.received)
    assert "Vos choix antérieurs ne comptent plus" in changed
    assert "plus inscrit comme résident" in removed
    assert "https" not in changed + removed
    assert present.received == []


async def test_failing_former_targets_make_nobody_unreachable(
    hass: HomeAssistant, house: House
) -> None:
    house.enroll("anna", "3b", action("gone"))
    data = house.addressees["anna"].to_data()
    await house.start()

    await enqueue(
        house, NotificationKind.RESIDENT_CHANGED, resident_id="anna", addressed=data
    )
    for _ in range(26):
        await house.wait(HOUR)

    assert house.unreachable == set()


async def test_former_phone_can_confirm_its_notification(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    anna, mallory = (MockUser().add_to_hass(hass).id for _ in range(2))
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    forger = await register_phone(hass, aioclient_mock, mallory, "Forger")
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", APPS, action("anna"), person=person)
    data = house.addressees.pop("anna").to_data()
    await house.start()

    await enqueue(
        house, NotificationKind.RESIDENT_REMOVED, resident_id="anna", addressed=data
    )
    [push] = phone.pushes(aioclient_mock)
    await forger.confirm(await hass_client_no_auth(), push)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()
    await house.wait(2 * MINUTE)

    assert letters.received == []


async def test_missing_receipt_leads_to_the_next_former_target(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    house.enroll("anna", "3b", APPS, person=person)
    data = house.addressees.pop("anna").to_data()
    await house.start()

    await enqueue(
        house, NotificationKind.RESIDENT_REMOVED, resident_id="anna", addressed=data
    )
    for _ in range(3):
        await house.wait(2 * MINUTE)

    assert len(phone.pushes(aioclient_mock)) == 1
