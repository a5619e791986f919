"""What the administrator tries by removing or changing residents after an entry: to keep them from being notified."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.enqueued import edit, move_out
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.people import People
from tests.support.phones import Letters, add_letters


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Newby")
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> House:
    """Let a courier come in for Ada while no notification reaches her."""
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    sender = Sender(await hass_client_no_auth())
    add_letters(hass, "ada").error = OSError()
    await sender.grant(parcel_ref="P-77")
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
    return house


def entries_in(letters: Letters) -> list[str]:
    messages = [letter["message"] for letter in letters.received]
    return [
        message for message in messages if "Parcel Post was let in at Lobby" in message
    ]


async def test_resident_removed_right_after_an_entry_is_notified_of_it(
    hass: HomeAssistant, house: House
) -> None:
    ada = add_letters(hass, "ada")
    await move_out(house, "resident-ada")
    await house.settle()

    [told] = entries_in(ada)
    assert "P-77" in told


async def test_pending_notification_goes_to_its_resident_and_not_to_their_successor(
    hass: HomeAssistant, house: House, people: People
) -> None:
    ada, newby = add_letters(hass, "ada"), add_letters(hass, "newby")
    targets = [{"kind": "action", "value": "notify.newby"}]
    await edit(
        house,
        "resident-ada",
        name="Newby",
        person=people.person("Newby"),
        targets=targets,
    )
    await house.settle()

    assert entries_in(newby) == []
    [told] = entries_in(ada)
    assert "P-77" in told


async def test_a_resident_whose_targets_change_is_notified_through_the_old_ones(
    hass: HomeAssistant, house: House
) -> None:
    ada, owner = add_letters(hass, "ada"), add_letters(hass, "owner")
    await edit(
        house, "resident-ada", targets=[{"kind": "action", "value": "notify.owner"}]
    )
    await house.settle()

    def are_told_of_it(letters: Letters) -> bool:
        messages = [letter["message"] for letter in letters.received]
        return any(
            "changed how you get notifications" in message for message in messages
        )

    assert are_told_of_it(ada)
    assert not are_told_of_it(owner)
