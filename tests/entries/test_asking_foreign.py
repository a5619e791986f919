"""Test that forged, stolen, and repeated answers do nothing (docs/explanation/mechanisms.md#the-path-of-a-question)."""

import asyncio

from freezegun.api import FrozenDateTimeFactory

from tests.ledger.claims_house import said
from tests.support.asked_phones import AskedHouse
from tests.support.house import Answer, until


async def times_out(
    asked: AskedHouse, freezer: FrozenDateTimeFactory, entering: asyncio.Task[Answer]
) -> None:
    """Check that nobody has answered the question."""
    await asked.wait(freezer, 12)
    assert (await entering).body["reason"] == "no_answer"
    await asked.settle()
    assert await said(asked.house.building.ledger, "entry.answered") == []
    assert asked.house.door_state() == "locked"


async def test_forged_and_stolen_buttons_do_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")

    stolen = [asked.phones["Ada"].button(title) for title in ("Let in", "Keep out")]
    digests = list(asked.house.building.questions._answerable)
    forged = [
        "",
        "courier_access_approve_",
        "courier_access_open_the_door",
        *(f"courier_access_{what}_{'0' * 32}" for what in ("approve", "decline")),
        *(f"courier_access_approve_{digest}" for digest in digests),
        *(f"courier_access_approve_{digest[:32]}" for digest in digests),
    ]
    pressed = [
        *(("Ada", action) for action in forged),
        *((thief, action) for thief in ("Ben", "Cleo") for action in stolen),
    ]
    for name, action in pressed:
        await asked.phones[name].press(action)
        await asked.rest()
        assert not entering.done(), (name, action)
        assert [len(each.showing) for each in asked.phones.values()] == [1] * 3, (
            name,
            action,
        )

    await times_out(asked, freezer, entering)


async def test_button_pressed_again_answers_nothing_else(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering = await asked.come("Ada", "Ben", "Cleo")
    button = asked.phones["Ada"].button("Let in")
    await asked.phones["Ada"].press(button)
    assert (await entering).body["decision"] == "admitted"
    await asked.settle()

    for _ in range(3):
        await asked.phones["Ada"].press(button)
    await asked.settle()
    entering = await asked.come("Ada", "Ben", "Cleo")
    await asked.phones["Ada"].press(button)
    await asked.wait(freezer, 12)

    assert (await entering).body["reason"] == "no_answer"
    assert len(await said(asked.house.building.ledger, "entry.answered")) == 1


async def test_deactivated_user_answers_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    entering, former = await asked.come("Ada", "Ben", "Cleo"), asked.house.building

    await asked.hass.auth.async_update_user(asked.people["Ada"], is_active=False)
    await asked.phones["Ada"].answer("Let in")
    # The building with the present accounts goes on with the question.
    await until(lambda: asked.house.building is not former)
    await asked.back()

    await times_out(asked, freezer, entering)


async def test_former_resident_answers_nothing(
    asked: AskedHouse, freezer: FrozenDateTimeFactory
) -> None:
    await asked.silence(freezer, "Ada", "Ben", "Cleo")
    asked.hass.config_entries.async_remove_subentry(asked.house.entry, "resident-ada")
    await asked.settle()

    await asked.phones["Ada"].answer("Let in")
    await asked.settle()

    assert await said(asked.house.building.ledger, "entry.answered") == []
