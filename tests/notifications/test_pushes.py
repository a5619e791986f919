"""Test pushes to a real phone app: buttons, receipts, and links."""

from collections.abc import AsyncGenerator, Mapping
from copy import replace

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.notifications import dispatcher
from custom_components.courier_access.notifications.actions import action_of
from custom_components.courier_access.notifications.text import Words, words
from tests.support.people import People
from tests.support.phone_app import PhoneApp, PushService, push_service
from tests.support.phones import add_letters

from .enqueuing import DELIVERY, KEY, enqueue
from .parts import APPS, MINUTE, House, action

LINK = "https://elm.example/page/0123456789abcdef"
NEWCOMER = {"name": "Dora", "resident_id": "dora"}


@pytest.fixture
async def pushes(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_client_no_auth: ClientSessionGenerator,
) -> AsyncGenerator[PushService]:
    await people.move_in("Anna")
    async with push_service(hass, hass_client_no_auth) as service:
        yield service


@pytest.fixture
async def phone(house: House, people: People, pushes: PushService) -> PhoneApp:
    """Return the phone of Anna of 3B, who has an account, and mail as a fallback."""
    house.enroll("anna", "3b", APPS, action("anna"), person=people.person("Anna"))
    house.links["anna"] = LINK
    return await pushes.register(people["Anna"], "Anna's phone")


async def announce(
    house: House,
    *units: str,
    key: GrantKey = KEY,
    details: Mapping[str, str] = DELIVERY,
) -> None:
    concerned = {unit: unit.upper() for unit in units}
    await enqueue(
        house,
        NotificationKind.DELIVERY_ANNOUNCED,
        key=key,
        units=concerned,
        details=details,
    )


async def test_delivery_is_announced_with_a_veto_and_a_neutral_title(
    house: House, phone: PhoneApp
) -> None:
    await house.start()

    await announce(house, "3b")

    [push] = phone.pushes
    assert push["title"] == "Parcel from Swift Parcels expected"
    assert push["message"].startswith(
        "Swift Parcels is expected at Front door, today 6:00 AM – 8:00 AM. "  # noqa: RUF001  # a dash of times
        "You can veto until the door opens. Unit 3B. Parcel PKT-7. Receipt 1 · "
    )
    [button] = push["data"]["actions"]
    assert (button["title"], button["destructive"]) == ("Veto", True)
    assert push["data"].keys().isdisjoint({"channel", "importance", "push"})


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (None, "To veto it, ask the administrator before the door opens."),
        ("https://elm.example/page", "You can veto until the door opens."),
    ],
)
async def test_resident_without_an_account_can_veto_only_on_their_page(
    house: House, link: str | None, said: str
) -> None:
    letters = house.mail("anna", "3b")
    if link is not None:
        house.links["anna"] = link
    await house.start()

    await announce(house, "3b")

    [letter] = letters.received
    assert said in letter["message"]
    assert letter["message"].count("eto") == 1


MOVED = DELIVERY | {
    "starts_at": "2026-11-24T18:00:00+00:00",
    "ends_at": "2026-11-24T20:00:00+00:00",
}


async def test_moved_delivery_replaces_its_earlier_push(
    house: House, phone: PhoneApp
) -> None:
    await house.start()
    await announce(house, "3b")
    await house.wait(5 * MINUTE)
    [first] = phone.pushes

    await announce(house, "3b", details=MOVED)

    _, moved, cleared = phone.pushes
    assert moved["title"] == "Parcel from Swift Parcels: new time"
    assert moved["message"].startswith(
        "Swift Parcels now comes to Front door, today 10:00 AM – 12:00 PM, not 6:00 AM – 8:00 AM. "  # noqa: RUF001  # a dash of times
    )
    assert [button["title"] for button in moved["data"]["actions"]] == ["Veto"]
    assert moved["data"]["tag"] != first["data"]["tag"]
    assert (cleared["message"], cleared["data"]) == (
        "clear_notification",
        {"tag": first["data"]["tag"]},
    )


async def test_canceled_delivery_is_notified_silently(
    house: House, phone: PhoneApp
) -> None:
    await house.start()
    await announce(house, "3b")
    await house.wait(5 * MINUTE)

    await enqueue(
        house,
        NotificationKind.DELIVERY_CALLED_OFF,
        key=KEY,
        units={"3b": "3B"},
        details=DELIVERY | {"parcel_ref": "PKT-8"},
    )

    push = phone.pushes[-1]
    assert push["message"].startswith(
        "Swift Parcels is no longer expected at Front door, today 6:00 AM – 8:00 AM. "  # noqa: RUF001  # a dash of times
        "Unit 3B. Parcel PKT-"
    )
    assert "actions" not in push["data"]
    assert push["data"]["channel"] == "Courier Access (quiet)"
    assert push["data"]["importance"] == "low"
    assert push["data"]["push"] == {"interruption-level": "passive"}


async def test_each_resident_has_their_own_button(
    house: House, people: People, phone: PhoneApp, pushes: PushService
) -> None:
    other = await pushes.register(people["Anna"], "Tablet")
    house.enroll("bo", "3b", APPS, person=house.addressees["anna"].resident.person)
    await house.start()

    await announce(house, "3b")

    tokens = {
        push["data"]["actions"][0]["action"] for push in phone.pushes + other.pushes
    }
    assert len(tokens) == 2


async def test_pending_resident_is_confirmed_from_an_unlocked_phone(
    house: House, phone: PhoneApp
) -> None:
    await house.start()

    await enqueue(
        house, NotificationKind.RESIDENT_ADDED, units={"3b": "3B"}, details=NEWCOMER
    )

    [push] = phone.pushes
    assert push["message"].startswith(
        "Dora was added to your home. They can't decide for it until one"
    )
    [button] = push["data"]["actions"]
    assert button["action"].startswith(action_of(Button.CONFIRM, ""))
    assert (button["title"], button["authenticationRequired"]) == ("Confirm", True)


async def test_resident_with_account_gets_a_path_and_no_link(
    house: House, phone: PhoneApp
) -> None:
    await house.start()

    await enqueue(house, NotificationKind.CONSENT_INVITED, resident_id="anna")

    [push] = phone.pushes
    assert "Decide in Home Assistant, under Deliveries" in push["message"]
    assert LINK not in push["message"]


async def test_text_and_path_are_for_the_same_account_if_it_changes_meanwhile(
    house: House, phone: PhoneApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.start()
    anna = replace(house.addressees["anna"].resident, user_id=None)

    async def read_slowly(hass: HomeAssistant, language: str | None) -> Words:
        house.notifications._directory.set_logins({"anna": anna})
        return await words(hass, language)

    monkeypatch.setattr(dispatcher, "words", read_slowly)

    await enqueue(house, NotificationKind.CONSENT_INVITED, resident_id="anna")

    [push] = phone.pushes
    assert LINK not in push["message"]
    assert push["data"]["url"].startswith("/courier-access/")


async def test_resident_without_account_gets_their_link_last(
    hass: HomeAssistant, house: House
) -> None:
    bo, cleo, dora = (add_letters(hass, name) for name in ("bo", "cleo", "dora"))
    for name, unit in (("bo", "3b"), ("cleo", "4a"), ("dora", "3b")):
        house.enroll(name, unit, action(name))
    house.links.update(bo=LINK, cleo=LINK + "c")
    await house.start()

    await house.enter()
    for invited in ("bo", "dora"):
        await enqueue(house, NotificationKind.CONSENT_INVITED, resident_id=invited)

    own, invited_by_link = (letter["message"] for letter in bo.received)
    assert own.endswith(f" Your page: {LINK}")
    assert "Decide on your own page." in invited_by_link
    assert invited_by_link.endswith(f" Your page: {LINK}")
    [of_neighbor] = cleo.received
    assert "https" not in of_neighbor["message"]
    assert "Decide on paper with the administrator." in dora.received[-1]["message"]
