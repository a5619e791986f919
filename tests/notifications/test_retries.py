"""Test that failed notifications are retried, and unreachable residents are shown."""

from datetime import timedelta

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.outbox.due import NotificationState
from tests.support.phones import add_letters

from .parts import HOUR, SECOND, House, action


async def test_failed_attempts_are_retried_after_growing_delays(
    hass: HomeAssistant, house: House
) -> None:
    tries = []
    letters = add_letters(hass, "anna")
    house.enroll("anna", "3b", action("gone"), action("anna"))
    letters.error = OSError()

    async def count(call: ServiceCall) -> None:
        tries.append(dt_util.utcnow())
        raise OSError

    hass.services.async_register("notify", "gone", count)
    await house.start()
    await house.enter()
    for pause in (10, 30, 60, 120, 300, 600, 1800, 3600, 3600):
        before = len(tries)
        await house.wait(timedelta(seconds=pause - 1))
        assert len(tries) == before
        await house.wait(SECOND)
        assert len(tries) == before + 1

    letters.error = None
    await house.wait(HOUR)
    assert len(letters.received) == 1
    found = await house.status_of("anna")
    assert (found.state, found.attempts) == (NotificationState.SENT, 11)


async def test_notification_is_undeliverable_after_a_day(house: House) -> None:
    letters = house.mail("anna")
    letters.error = OSError()
    await house.start()
    await house.enter()

    for _ in range(26):
        await house.wait(HOUR)

    assert (await house.status_of("anna")).state is NotificationState.UNDELIVERABLE
    assert house.unreachable == {"resident_unreachable_anna"}
    letters.error = None
    await house.wait(HOUR)
    assert letters.received == []


async def test_resident_without_targets_is_unreachable(house: House) -> None:
    house.enroll("anna", "3b")
    await house.start()
    await house.enter()

    await house.wait(HOUR)

    assert house.unreachable == {"resident_unreachable_anna"}


async def test_unreachable_resident_is_shown_until_a_notification_is_sent(
    hass: HomeAssistant, house: House
) -> None:
    letters = house.mail("anna")
    letters.error = OSError()
    house.enroll("cleo", "4a", action("cleo"))
    add_letters(hass, "cleo")
    await house.start()
    await house.enter()
    await house.wait(HOUR - SECOND)
    assert house.unreachable == set()

    await house.wait(SECOND)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, "resident_unreachable_anna")
    assert issue is not None
    assert house.unreachable == {issue.issue_id}
    assert issue.is_fixable
    assert issue.severity is ir.IssueSeverity.WARNING
    assert issue.translation_key == "resident_unreachable"
    # Every user can read the issue, so it names neither resident nor unit.
    assert issue.translation_placeholders == {"building": "Elm House"}

    letters.error = None
    await house.enter("entry-2")
    assert house.unreachable == set()


async def test_unreachable_residents_of_another_building_stay_shown(
    hass: HomeAssistant, house: House
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        "resident_unreachable_elsewhere",
        data={"entry_id": "another"},
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="resident_unreachable",
    )
    await house.start()

    assert house.unreachable == {"resident_unreachable_elsewhere"}


async def test_removed_resident_is_neither_notified_nor_shown(house: House) -> None:
    letters = house.mail("anna")
    letters.error = OSError()
    await house.start()
    await house.enter()
    await house.wait(HOUR)
    assert house.unreachable == {"resident_unreachable_anna"}

    del house.addressees["anna"]
    letters.error = None
    await house.restart()
    await house.wait(HOUR)

    assert (await house.status_of("anna")).state is NotificationState.UNDELIVERABLE
    assert house.unreachable == set()
    assert letters.received == []
