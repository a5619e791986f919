"""Every resident is told of every entry, in their words, over the first target that takes it."""

from functools import partial

from homeassistant.core import HomeAssistant
from sqlalchemy import update

from custom_components.courier_access.access.model import Outcome, Reason
from custom_components.courier_access.ledger.outbox.expand import NotificationState
from custom_components.courier_access.ledger.tables import entries
from tests.ledger.filled import NOON, owed_entry
from tests.support.phones import add_letters, add_mailbox

from .parts import HOUR, MINUTE, House, action, entity


async def test_every_resident_is_told_and_only_recipients_what_it_is(
    hass: HomeAssistant, house: House
) -> None:
    recipient, neighbour = add_letters(hass, "anna"), add_letters(hass, "cleo")
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()

    await house.enter()

    [to_recipient], [to_neighbour] = recipient.received, neighbour.received
    for message in (to_recipient, to_neighbour):
        assert "Swift Parcels was let in at Front door" in message["message"]
    assert "Unit 3B. Parcel PKT-7." in to_recipient["message"]
    assert "3B" not in to_neighbour["message"]
    assert "PKT-7" not in to_neighbour["message"]
    for resident_id in ("anna", "cleo"):
        found = await house.told(resident_id)
        assert (found.state, found.over, found.sent_at) == (
            NotificationState.SENT,
            (f"notify.{resident_id}",),
            NOON,
        )


async def test_a_refusal_is_told_to_recipients_only(
    hass: HomeAssistant, house: House
) -> None:
    recipient, neighbour = add_letters(hass, "anna"), add_letters(hass, "cleo")
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()

    await house.enter(reason=Reason.OUTSIDE_SCHEDULE)

    [message] = recipient.received
    assert "was refused entry" in message["message"]
    assert neighbour.received == []


async def test_an_entry_is_told_once_its_outcome_is_known(
    hass: HomeAssistant, house: House
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notices.wake()
    await house.settle()
    assert letters.received == []

    await house.ledger.read(
        lambda conn: conn.execute(update(entries).values(outcome=Outcome.FAILED))
    )
    house.notices.wake()
    await house.settle()

    [message] = letters.received
    assert "the door did not open" in message["message"]


async def test_an_outcome_that_never_comes_holds_no_notice(
    hass: HomeAssistant, house: House
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notices.wake()
    await house.settle()

    await house.wait(MINUTE)

    [message] = letters.received
    assert "is being let in" in message["message"]


async def test_each_resident_is_told_in_their_language(
    hass: HomeAssistant, house: House
) -> None:
    french, default, other = (
        add_letters(hass, name) for name in ("anna", "bo", "cleo")
    )
    hass.config.language = "fr"
    house.enrol("anna", "3b", action("anna"), language="en")
    house.enrol("bo", "3b", action("bo"))
    house.enrol("cleo", "3b", action("cleo"), language="fi")
    await house.start()

    await house.enter()

    assert "Record 1" in french.received[0]["message"]
    assert "Enregistrement 1" in default.received[0]["message"]
    assert "Record 1" in other.received[0]["message"]


async def test_a_target_that_fails_hands_over_to_the_next(
    hass: HomeAssistant, house: House
) -> None:
    broken, unavailable = (
        await add_mailbox(hass, "broken"),
        await add_mailbox(hass, "away"),
    )
    letters = add_letters(hass, "anna")
    broken.is_broken = True
    unavailable.set_available(False)
    house.enrol(
        "anna", "3b", entity("broken"), entity("away"), action("gone"), action("anna")
    )
    await house.start()

    await house.enter()

    assert len(letters.received) == 1
    found = await house.told("anna")
    assert (found.state, found.over) == (NotificationState.SENT, ("notify.anna",))


async def test_a_taken_notice_goes_nowhere_else(
    hass: HomeAssistant, house: House
) -> None:
    mailbox, letters = await add_mailbox(hass, "box"), add_letters(hass, "anna")
    house.enrol("anna", "3b", entity("box"), action("anna"))
    await house.start()

    await house.enter()
    await house.wait(25 * HOUR)

    assert len(mailbox.received) == 1
    assert letters.received == []
    assert house.unreachable == set()
