"""Test that forged, stolen, and repeated answers do nothing (docs/explanation/mechanisms.md#the-path-of-a-question)."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.ledger.claims_house import said
from tests.support.asked_phones import AskedHouse, PushService, three_asked


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """Set up a building where Ada and Ben live in 3B and Cleo in 4A, with a grant for 3B."""
    made = await three_asked(hass, hass_client_no_auth, service)
    await made.sender.grant(max_entries=10, door="lobby")
    return made


@pytest.mark.parametrize("title", ["Let in", "Don't"])
@pytest.mark.parametrize("thief", ["Ben", "Cleo"])
async def test_a_stolen_button_does_nothing_on_anothers_phone(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, title: str, thief: str
) -> None:
    entering = await asked.come("Ada", "Ben")

    await asked.phones[thief].press(asked.phones["Ada"].button(title))
    await asked.rest()
    assert not entering.done()
    assert len(asked.phones["Ada"].showing) == 1
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"
    assert await said(asked.house.building.ledger, "entry.answered") == []
    assert asked.house.door_state() == "locked"


@pytest.mark.parametrize(
    "action",
    [
        f"courier_access_approve_{'0' * 32}",
        f"courier_access_decline_{'0' * 32}",
        "courier_access_approve_",
        "courier_access_open_the_door",
        "",
    ],
)
async def test_a_forged_button_does_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, action: str
) -> None:
    entering = await asked.come("Ada", "Ben")

    await asked.phones["Ada"].press(action)
    await asked.rest()
    assert not entering.done()
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"
    assert await said(asked.house.building.ledger, "entry.answered") == []


async def test_what_is_on_the_disk_of_a_button_is_no_button(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben")

    for digest in list(asked.house.building.questions._answerable):
        await asked.phones["Ada"].press(f"courier_access_approve_{digest}")
        await asked.phones["Ada"].press(f"courier_access_approve_{digest[:32]}")
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"


async def test_a_button_pressed_again_answers_nothing_else(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben")
    button = asked.phones["Ada"].button("Let in")
    await asked.phones["Ada"].press(button)
    assert (await entering).body["decision"] == "admitted"
    await asked.settle()

    for _ in range(3):
        await asked.phones["Ada"].press(button)
    await asked.settle()
    entering = await asked.come("Ada", "Ben")
    await asked.phones["Ada"].press(button)
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"
    assert len(await said(asked.house.building.ledger, "entry.answered")) == 1


async def test_a_user_who_was_shut_out_answers_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben")

    await asked.hass.auth.async_update_user(asked.people["Ada"], is_active=False)
    await asked.phones["Ada"].answer("Let in")
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()


async def test_who_moved_out_meanwhile_answers_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben")
    asked.hass.config_entries.async_remove_subentry(asked.house.entry, "resident-ada")
    await asked.settle()

    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    assert await said(asked.house.building.ledger, "entry.answered") == []
