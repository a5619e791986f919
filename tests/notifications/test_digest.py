"""Test the daily digest of other people's deliveries."""

from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.notifications.text import MAX_LISTED
from tests.ledger.filled import NOON
from tests.support.house import Sender, build, courier, door, pass_time, resident
from tests.support.phones import Letters, add_letters

from .parts import HOUR, MINUTE, House, action


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
        "2 courier visits: Swift Parcels, Front door, Tue, Nov 24, 4:00 AM; "
        "Swift Parcels, Front door, Tue, Nov 24, 5:00 AM. Receipts 1 to 2 · "
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
        "Swift Parcels was let in at Front door, today 4:00 AM. Receipt 1"
    )


async def test_digest_of_a_full_day_fits_one_message(
    house: House, letters: Letters
) -> None:
    await house.start()
    for number in range(MAX_LISTED + 30):
        await house.enter(f"entry-{number}")

    await house.wait(8 * HOUR)

    [message] = letters.received
    assert "38 courier visits" in message["message"]
    assert "and 30 more" in message["message"]
    assert "Receipts 1 to 38 · " in message["message"]
    assert len(message["message"]) < 1000


async def test_one_receipt_confirms_the_whole_digest(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    phone, _ = await house.phone(aioclient_mock, "cleo", "4a")
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


async def test_deliveries_of_neighbors_wait_for_the_digest_time(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to(NOON)
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bo", "4A")
    )
    rulebook, bo = house.building.rulebook, house.building.residents["resident-bo"]
    await rulebook.change(
        bo, replace(rulebook.of(bo.id), digest_at=12 * 60 + 30), Author()
    )
    await house.settle()
    house.told.clear()
    await sender.grant(units=("3B",), max_entries=2)
    for _ in range(2):
        await sender.enter()
        await pass_time(hass, freezer, 60)
    await house.settle()

    assert not any(name == "Bo" for name, _ in house.told)
    assert (
        sum("was let in" in message for name, message in house.told if name == "Ada")
        == 2
    )

    await pass_time(hass, freezer, 30 * 60)
    await house.settle()
    [message] = [message for name, message in house.told if name == "Bo"]
    assert message.startswith(
        "2 courier visits: Parcel Post, Lobby, Tue, Nov 24, 12:00 PM;"
    )
