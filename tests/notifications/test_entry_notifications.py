"""Test that every resident is notified of every entry by the first working target."""

from functools import partial

from homeassistant.core import HomeAssistant

from custom_components.courier_access.ledger.outbox.due import NotificationState
from tests.ledger.filled import NOON, owed_entry
from tests.support.phones import add_letters, add_mailbox
from tests.support.rows import plant

from .parts import HOUR, MINUTE, House, action, entity


async def test_every_resident_is_notified_and_only_recipients_of_the_parcel(
    house: House,
) -> None:
    recipient, neighbor = house.mail("anna"), house.mail("cleo", "4a")
    await house.start()

    await house.enter()

    [to_recipient], [to_neighbor] = recipient.received, neighbor.received
    for message in (to_recipient, to_neighbor):
        assert "Swift Parcels was let in at Front door" in message["message"]
    assert "Unit 3B. Parcel PKT-7." in to_recipient["message"]
    assert "3B" not in to_neighbor["message"]
    assert "PKT-7" not in to_neighbor["message"]
    for resident_id in ("anna", "cleo"):
        found = await house.status_of(resident_id)
        assert (found.state, found.over, found.sent_at) == (
            NotificationState.SENT,
            (f"notify.{resident_id}",),
            NOON,
        )


async def test_entry_is_notified_once_its_outcome_is_known(house: House) -> None:
    letters = house.mail("anna")
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notifications.wake()
    await house.settle()
    assert letters.received == []

    await house.ledger.read(
        lambda conn: plant(conn, "UPDATE entries SET outcome = 'failed'")
    )
    house.notifications.wake()
    await house.settle()

    [message] = letters.received
    assert "opener reported an error. Please check the door." in message["message"]


async def test_missing_outcome_does_not_block_the_notification(house: House) -> None:
    letters = house.mail("anna")
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notifications.wake()
    await house.settle()

    await house.wait(MINUTE)

    [message] = letters.received
    assert "is being let in" in message["message"]


async def test_each_resident_is_notified_in_their_language(
    hass: HomeAssistant, house: House
) -> None:
    house.hass.config.language = "fr"
    english, default = house.mail("anna", language="en"), house.mail("bo")
    other = house.mail("cleo", language="fi")
    await house.start()

    await house.enter()

    assert "Receipt 1" in english.received[0]["message"]
    assert "Reçu 1" in default.received[0]["message"]
    assert "Receipt 1" in other.received[0]["message"]


async def test_failing_target_is_followed_by_the_next(
    hass: HomeAssistant, house: House
) -> None:
    broken, unavailable = (
        await add_mailbox(hass, "broken"),
        await add_mailbox(hass, "away"),
    )
    letters = add_letters(hass, "anna")
    broken.is_broken = True
    unavailable.set_available(False)
    house.enroll(
        "anna", "3b", entity("broken"), entity("away"), action("gone"), action("anna")
    )
    await house.start()

    await house.enter()

    assert len(letters.received) == 1
    found = await house.status_of("anna")
    assert (found.state, found.over) == (NotificationState.SENT, ("notify.anna",))


async def test_sent_notification_goes_to_no_other_target(
    hass: HomeAssistant, house: House
) -> None:
    mailbox, letters = await add_mailbox(hass, "box"), add_letters(hass, "anna")
    house.enroll("anna", "3b", entity("box"), action("anna"))
    await house.start()

    await house.enter()
    await house.wait(25 * HOUR)

    assert len(mailbox.received) == 1
    assert letters.received == []
    assert house.unreachable == set()
