"""The card in a real browser, on a dashboard of a real Home Assistant: picked, edited, and used."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser
import pytest
import pytest_asyncio

from scripts.lab.answers import Record
from scripts.lab.browser import page_of
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import DOOR, OPEN_UNIT

from .browser import Screen, log_in
from .dashboard import BOARD, CARD, keep, kept, make_board
from .running import Running

MOST_HEIGHT = 320

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def board(running: Running) -> None:
    await make_board(running)


async def test_card_and_compact_card_are_low_with_one_delivery_expected(
    browser: Browser, running: Running, courier: Courier
) -> None:
    now = datetime.now(UTC)
    await running.expect_nothing()
    card: Record = {"type": f"custom:{CARD}"}
    try:
        await keep(running, [card, {**card, "compact": True}])
        for dark in (False, True):
            async with (
                page_of(browser, 360, phone=True, dark=dark) as page,
            ):
                screen = Screen(page, running.home.url, CARD)
                await log_in(screen, f"{BOARD}/0", running.site.kept.logins["resident"])
                whole, compact = page.locator(CARD).nth(0), page.locator(CARD).nth(1)
                await compact.locator("[data-door][data-state=locked]").wait_for()
                if not dark:
                    grant_id = new_grant_id()
                    end = now + timedelta(hours=2)
                    await courier.grant(grant_id, [OPEN_UNIT], now, end, max_entries=2)
                    assert (await courier.enter(grant_id)).decision == "admitted"
                    await compact.locator("[data-state=unlocked]").wait_for()
                for shown in (whole, compact):
                    await shown.locator("[data-next]", has_text=courier.name).wait_for()
                    assert await shown.get_by_role("button", name="Veto").count() == 1
                await whole.get_by_role("button", name="Pause").nth(1).wait_for()
                assert await compact.get_by_role("button", name="Pause").count() == 0
                for shown in (whole, compact):
                    await shown.locator("[data-state=locked]").wait_for()
                    await shown.get_by_text(f"Last visit: {courier.name}").wait_for()
                    box = await shown.bounding_box()
                    assert box is not None
                    assert box["width"] <= 360
                    assert box["height"] < MOST_HEIGHT
                await screen.picture(f"card-compact-{'dark' if dark else 'light'}")
                assert await screen.violations() == []
                assert await screen.is_as_wide_as_the_screen()
                assert screen.complaints == []
    finally:
        await keep(running, [card])


async def test_pausing_from_the_card_keeps_couriers_out(
    browser: Browser, running: Running, courier: Courier
) -> None:
    now = datetime.now(UTC)
    grant_id = new_grant_id()
    await running.expect_nothing()
    async with page_of(browser, 360, phone=True) as page:
        card = Screen(page, running.home.url, CARD)
        await log_in(card, f"{BOARD}/0", running.site.kept.logins["resident"])
        shown = page.locator(CARD)
        await shown.locator("[data-door][data-state=locked]").wait_for()
        await shown.locator("[data-shut='']").wait_for()
        answer = await courier.grant(
            grant_id, [OPEN_UNIT], now, now + timedelta(hours=2)
        )
        assert answer.decision == "accepted"
        await shown.locator("[data-next]", has_text=courier.name).wait_for()

        await card.picture("card-phone")
        assert await card.violations() == []
        assert await card.is_as_wide_as_the_screen()

        await shown.get_by_role(
            "button", name="Pause couriers for the whole building"
        ).click()
        await shown.get_by_role("button", name="1 hour").click()
        await card.says("Paused until")
        await shown.locator("[data-shut=building_paused]").wait_for()
        assert (await courier.enter(grant_id)).reason == "paused"
        await page.get_by_role("button", name="Undo").click()
        await shown.locator("[data-shut='']").wait_for()

        async with running.watched() as door:
            assert (await courier.enter(grant_id)).decision == "admitted"
            await shown.locator("[data-state=unlocked]").wait_for()
            assert await door.until(lambda: door.opened == 1, 30)
        assert card.complaints == []


async def test_it_is_picked_and_set_up_without_writing_anything(
    browser: Browser,
    running: Running,
) -> None:
    async with page_of(browser, 1280, dark=True) as page:
        card = Screen(page, running.home.url, CARD)
        await log_in(card, f"{BOARD}/0", running.site.kept.logins["owner"])
        await page.locator(CARD).get_by_text("Front door").wait_for()
        assert await card.violations() == []
        await card.picture("card-owner")
        assert card.complaints == []

        await page.goto(f"{running.home.url}/{BOARD}/0?edit=1")
        await page.get_by_role("button", name="Add card").click()
        await page.get_by_role("tab", name="By card").click()
        await page.get_by_placeholder("Search cards").fill("courier")
        offered = page.locator("hui-card-picker .card", has=page.locator(CARD))
        await offered.get_by_text("Front door").wait_for()
        assert await offered.locator(".card-header").inner_text() == "Deliveries"
        await card.picture("card-picker")
        await offered.locator(".overlay").click()

        editor = page.locator("courier-access-card-editor")
        shown = page.locator(f"hui-dialog-edit-card {CARD}")
        await shown.get_by_text("12 Linden Court").wait_for()
        await editor.locator("ha-switch").first.click()
        await shown.get_by_text("12 Linden Court").wait_for(state="detached")
        await editor.locator("ha-select").nth(1).click()
        await page.get_by_role("menuitem", name="Front door").click()
        await card.picture("card-editor")
        # What is shown in an editor can't be used by mistake.
        pause = shown.get_by_role(
            "button", name="Pause couriers for the whole building"
        )
        assert await pause.evaluate("""button => {
            button.focus();
            return button.getRootNode().activeElement === null;
        }""")
        await editor.locator("ha-switch").nth(1).click()
        await pause.wait_for(state="detached")
        await page.get_by_role("button", name="Save").click()
        await page.locator("hui-dialog-edit-card").wait_for(state="hidden")

    _, added = await kept(running)
    doors = await running.site.building.parts("door")
    assert added == {
        "type": f"custom:{CARD}",
        "building": running.site.kept.entry_id,
        "door": doors[DOOR],
        "title": False,
        "pause": False,
    }


async def test_user_who_lives_elsewhere_reads_that_on_the_card(
    browser: Browser,
    running: Running,
) -> None:
    card: Record = {"type": f"custom:{CARD}"}
    await keep(running, [card, {**card, "building": running.site.kept.entry_id}])
    async with page_of(browser, 360, dark=True) as page:
        screen = Screen(page, running.home.url, CARD)
        await log_in(screen, f"{BOARD}/0", running.site.kept.logins["tablet"])
        await page.locator(CARD).first.get_by_text("of any building").wait_for()
        await page.locator(CARD).nth(1).get_by_text("of this building").wait_for()
        assert await screen.violations() == []
        assert screen.complaints == []


async def test_what_can_not_be_meant_is_named(
    browser: Browser, running: Running
) -> None:
    card: Record = {"type": f"custom:{CARD}"}
    await keep(running, [{**card, "title": "no"}, {**card, "door": "of another house"}])
    async with page_of(browser, 1280) as page:
        screen = Screen(page, running.home.url, CARD)
        await log_in(screen, f"{BOARD}/0", running.site.kept.logins["owner"])
        await screen.says("This building has no such door.")
        # The front end says what is wrong with a card to those who can change it.
        await page.goto(f"{running.home.url}/{BOARD}/0?edit=1")
        await screen.says("The card's title setting is invalid.")
