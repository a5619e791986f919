"""How often pages and bells ask, and rings that nobody answers."""

from homeassistant.components import persistent_notification
from homeassistant.core import callback

from tests.entries.test_ring_pages import NEIGHBOR, NOBODY_LET_YOU_IN, STRANGER
from tests.ledger.claims_house import said
from tests.support.ringing import LETS_IN, Ringing


async def test_third_question_is_kept_for_the_bell(ringing: Ringing) -> None:
    for network in (STRANGER, NEIGHBOR):
        page = await ringing.rings(network)
        await ringing.after(125, page)
    page = ringing.page("192.0.2.77")
    await page.send()
    assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
    assert ringing.questions() == 2

    bell = await ringing.bell()
    await ringing.sent()
    assert ringing.questions() == 3
    await ringing.answer()
    await ringing.rest()
    assert (await bell)["decision"] == "admitted"


async def test_rings_leave_who_shows_a_number_a_question(ringing: Ringing) -> None:
    await ringing.asked.sender.grant(
        "of-3B", units=("3B",), door="lobby", parcel_ref="JD014671", revision=2
    )
    for network in (STRANGER, NEIGHBOR):
        page = await ringing.rings(network)
        await ringing.after(125, page)
    page = ringing.page()
    await page.send(code="JD014671")
    await ringing.after(5, page)
    await ringing.answer()
    assert await page.reads() == LETS_IN


async def test_rings_that_somebody_answered_are_not_in_vain(ringing: Ringing) -> None:
    for number in range(4):
        page = ringing.page(f"192.0.2.{number}")
        await page.send()
        await ringing.after(20, page)
        if number == 1:
            await ringing.answer("Keep out")
        # A no counts for five minutes.
        await ringing.after(310)
    assert await said(ringing.asked.house.building.ledger, "rings.unanswered") == []


async def test_unanswered_rings_at_a_bell_notify_nobody(ringing: Ringing) -> None:
    for _ in range(3):
        bell = await ringing.bell()
        await ringing.after(46)
        assert (await bell)["reason"] == "no_answer"
    assert ringing.questions() == 3
    assert await said(ringing.asked.house.building.ledger, "rings.unanswered") == []


async def test_unit_and_administrator_are_notified_once_after_three_unanswered_rings(
    ringing: Ringing,
) -> None:
    ledger = ringing.asked.house.building.ledger
    board: list[str] = []

    @callback
    def take(
        _: persistent_notification.UpdateType,
        changed: dict[str, persistent_notification.Notification],
    ) -> None:
        board.extend(each["message"] for each in changed.values())

    persistent_notification.async_register_callback(ringing.asked.hass, take)
    for number in range(6):
        page = ringing.page(f"192.0.2.{number}")
        await page.send()
        await ringing.after(125, page)
        assert len(await said(ledger, "rings.unanswered")) == (number > 1)
    told = [
        push["message"]
        for push in ringing.asked.phones["Ada"].pushes
        if "rang three times" in push["message"]
    ]
    assert len(told) == 1
    assert "the administrator should replace the sheet." in told[0]
    assert sum("rang three times" in each for each in board) == 1
