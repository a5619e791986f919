"""Test the daily digest of other people's deliveries."""

from datetime import timedelta

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.expand import NotificationState
from custom_components.courier_access.notifications.text import MAX_LISTED
from tests.ledger.filled import NOON
from tests.support.phones import Letters, add_letters, add_person, register_phone

from .parts import APPS, HOUR, MINUTE, House, action


@pytest.fixture
def letters(hass: HomeAssistant, house: House) -> Letters:
    """Return Cleo's mail; she gets a digest at 20:00."""
    house.enroll("cleo", "4a", action("cleo"))
    house.digests["cleo"] = NOON + 8 * HOUR
    return add_letters(hass, "cleo")


async def test_deliveries_of_a_day_come_in_one_message(
    house: House, letters: Letters
) -> None:
    await house.start()
    await house.enter("first")
    await house.wait(HOUR)
    await house.enter("second")
    assert letters.received == []

    await house.wait(7 * HOUR)

    [message] = letters.received
    assert message["message"].startswith(
        "2 courier entries: Swift Parcels, Front door, 04:00; Swift Parcels, Front door, 05:00. "
        "Records 1 to 2 · "
    )
    for entry_id in ("first", "second"):
        assert (await house.status_of("cleo", entry_id)).state is NotificationState.SENT


async def test_digest_of_one_delivery_reads_like_any_other(
    house: House, letters: Letters
) -> None:
    await house.start()
    await house.enter()

    await house.wait(8 * HOUR)

    [message] = letters.received
    assert message["message"].startswith(
        "Swift Parcels was let in at Front door, 04:00. Record 1"
    )


async def test_digest_of_a_full_day_fits_one_message(
    house: House, letters: Letters
) -> None:
    await house.start()
    for number in range(MAX_LISTED + 30):
        await house.enter(f"entry-{number}")

    await house.wait(8 * HOUR)

    [message] = letters.received
    assert "38 courier entries" in message["message"]
    assert "and 30 more" in message["message"]
    assert "Records 1 to 38 · " in message["message"]
    assert len(message["message"]) < 1000


async def test_own_deliveries_come_at_once(
    hass: HomeAssistant, house: House, letters: Letters
) -> None:
    own = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("anna"))
    house.digests["anna"] = NOON + 8 * HOUR
    await house.start()

    await house.enter()

    assert len(own.received) == 1
    assert letters.received == []


async def test_digest_survives_restart_and_change_of_rules(
    house: House, letters: Letters
) -> None:
    await house.start()
    await house.enter("first")
    await house.enter("second")
    house.digests.clear()
    await house.restart()
    assert letters.received == []

    await house.wait(8 * HOUR)

    [message] = letters.received
    assert "2 courier entries" in message["message"]


async def test_failed_digest_is_retried_as_one(house: House, letters: Letters) -> None:
    letters.error = OSError()
    await house.start()
    await house.enter("first")
    await house.enter("second")
    await house.wait(8 * HOUR)
    await house.wait(HOUR - timedelta(seconds=1))
    assert house.unreachable == set()
    await house.wait(timedelta(seconds=1))
    assert house.unreachable == {"resident_unreachable_cleo"}

    letters.error = None
    await house.wait(HOUR)

    [message] = letters.received
    assert "2 courier entries" in message["message"]
    assert house.unreachable == set()


async def test_one_receipt_confirms_the_whole_digest(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    cleo = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Cleo": cleo}))["Cleo"]
    phone = await register_phone(hass, aioclient_mock, cleo, "Phone")
    house.enroll("cleo", "4a", APPS, person=person)
    house.digests["cleo"] = NOON + HOUR
    await house.start()
    await house.enter("first")
    await house.enter("second")
    await house.wait(HOUR)

    [push] = phone.pushes(aioclient_mock)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()
    await house.wait(3 * MINUTE)

    for entry_id in ("first", "second"):
        assert (
            await house.status_of("cleo", entry_id)
        ).state is NotificationState.DELIVERED
    assert len(phone.pushes(aioclient_mock)) == 1
