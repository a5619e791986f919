"""Test that only the button of a notification confirms a pending resident."""

import pytest

from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.notifications.actions import action_of
from tests.support.enqueued import edit, move_in, move_out
from tests.support.house import House, resident
from tests.support.people import People, acting
from tests.support.rows import kept_rows

MIA = "resident-mia"


@pytest.fixture
def house(house_with_mia: House) -> House:
    return house_with_mia


async def token(
    house: House, kind: NotificationKind = NotificationKind.RESIDENT_ADDED
) -> str:
    """Return the token of the first notification of that kind."""
    [token] = await kept_rows(
        house.building.ledger,
        """
        SELECT token FROM notifications JOIN fanouts ON fanouts.id = fanout_id
        WHERE kind = :kind ORDER BY notifications.id LIMIT 1
        """,
        str,
        kind=kind,
    )
    return token


async def fire(house: House, people: People, who: str | None, button: str) -> None:
    """Fire a button's event from a user's app."""
    house.hass.bus.async_fire(
        "mobile_app_notification_action",
        {"action": action_of(Button.CONFIRM, button)},
        context=acting(None if who is None else people[who]),
    )
    await house.settle()


async def press(house: House, people: People, who: str | None, button: str) -> bool:
    """Fire a button's event; return whether Mia is confirmed."""
    await fire(house, people, who, button)
    return house.building.residents[MIA].is_confirmed


async def test_notified_resident_confirms(house: House, people: People) -> None:
    assert await press(house, people, "Ada", await token(house))


async def test_button_does_nothing_from_others_or_with_other_tokens(
    house: House, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    button = await token(house)
    for who in ("Mia", "Cleo", "Eve", None):
        assert not await press(house, people, who, button), who
    another = await token(house, NotificationKind.CONSENT_INVITED)
    for made_up in (another, "0" * 32):
        assert not await press(house, people, "Ada", made_up), made_up
    assert "failed" not in caplog.text


async def test_button_confirms_no_replacement(house: House, people: People) -> None:
    button = await token(house)
    await edit(house, MIA, person=people.person("Eve"))

    assert not await press(house, people, "Ada", button)


async def test_resident_who_moved_confirms_nobody(house: House, people: People) -> None:
    button = await token(house)
    await move_in(house, resident("Eve", "3B", None, person=people.person("Eve")))
    await edit(house, "resident-ada", unit="4A")

    assert not await press(house, people, "Ada", button)
    assert not house.building.residents["resident-eve"].is_confirmed


async def test_resident_who_left_is_not_confirmed(house: House, people: People) -> None:
    button = await token(house)
    await move_out(house, MIA)

    await fire(house, people, "Ada", button)
    assert MIA not in house.building.residents


async def test_confirmation_without_ledger_is_logged_and_has_no_effect(
    house: House, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    button = await token(house)
    await house.building.ledger.close()

    assert not await press(house, people, "Ada", button)
    assert "A phone's action confirm failed" in caplog.text
