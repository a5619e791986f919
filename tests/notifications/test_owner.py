"""Test the administrator's notifications, which every user can read, so they name nobody."""

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant, callback
import pytest

from custom_components.courier_access.access.model import Reason
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.queue import OWNER, NotificationKind

from .enqueuing import DELIVERY, KEY, enqueue
from .parts import HOUR, House, action

SECRETS = ("3B", "PKT-7", "Anna", "anna", "driver-9")


@pytest.fixture
async def board(hass: HomeAssistant) -> dict[str, tuple[str | None, str]]:
    """Return Home Assistant's notifications by ID."""
    shown: dict[str, tuple[str | None, str]] = {}

    @callback
    def take(
        _: persistent_notification.UpdateType,
        changed: dict[str, persistent_notification.Notification],
    ) -> None:
        for key, one in changed.items():
            shown[key] = (one["title"], one["message"])

    persistent_notification.async_register_callback(hass, take)
    return shown


async def test_refused_entry_is_notified_without_unit_parcel_and_resident(
    house: House, board: dict[str, tuple[str | None, str]]
) -> None:
    house.mail("anna")
    await house.start()

    await house.enter(reason=Reason.EXPIRED)

    [(title, message)] = board.values()
    assert title == "Elm House: Swift Parcels was refused"
    assert message.startswith(
        "Swift Parcels was refused at Front door, Tue, Nov 24, 4:00 AM. The delivery's time is over. Receipt 1"
    )
    assert not any(secret in message for secret in SECRETS)
    found = await house.status_of(OWNER)
    assert found.state is NotificationState.SENT
    assert found.over == ("persistent_notification",)


async def test_refused_grant_and_withdrawn_consent_name_nobody(
    house: House, board: dict[str, tuple[str | None, str]]
) -> None:
    house.mail("anna")
    await house.start()
    concerned = {"units": {"3b": "3B"}, "resident_id": "anna"}
    named = DELIVERY | {"reason": "vetoed", "name": "Anna"}

    kind = NotificationKind.GRANT_REFUSED
    await enqueue(house, kind, key=KEY, details=named, **concerned)
    kind = NotificationKind.CONSENT_WITHDRAWN
    await enqueue(house, kind, details={"name": "Anna"}, **concerned)

    refused, withdrawn = (message for _, message in board.values())
    assert "Swift Parcels at Front door" in refused
    assert "vetoed" in refused
    assert "A resident keeps couriers out of their home" in withdrawn
    assert not any(secret in refused + withdrawn for secret in SECRETS)


async def test_administrator_gets_no_notification_of_admitted_entries(
    house: House, board: dict[str, tuple[str | None, str]]
) -> None:
    house.enroll("anna", "3b", action("anna"))
    await house.start()

    await house.enter()
    await house.wait(HOUR)

    assert board == {}
    assert house.unreachable == {"resident_unreachable_anna"}


async def test_names_in_administrator_notifications_become_no_markup(
    house: House, board: dict[str, tuple[str | None, str]]
) -> None:
    letters = house.mail("anna")
    await house.start()
    named = DELIVERY | {
        "courier": "[Pay](https://evil.example)",
        "reason": "not_accepting",
    }
    await enqueue(
        house,
        NotificationKind.GRANT_REFUSED,
        units={"3b": "3B"},
        key=KEY,
        details=named,
    )
    await house.settle()

    [(_, message)] = board.values()
    assert message.startswith(
        r"Not accepted: \[Pay\]\(https\:\/\/evil\.example\) at Front door, "
    )
    [letter] = letters.received
    assert "[Pay](https://evil.example)" in letter["message"]
