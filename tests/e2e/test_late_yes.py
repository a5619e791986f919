"""A late yes to a ring, on a driver's narrow phone without JavaScript, against a real Home Assistant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, Response
import pytest

from scripts.lab.browser import page_of
from scripts.lab.building import DOMAIN
from scripts.lab.phone import Notification
from scripts.lab.site import MARA

from .browser import Screen
from .running import Running
from .test_door_page import ASKED, OPEN, door_ids, expect, hang_sheet

pytestmark = [pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="session")]

STILL_ASKING = "Still asking"
FETCHES = 8
"""A page is fetched every five seconds: as many are forty."""


@asynccontextmanager
async def driver(browser: Browser, address: str) -> AsyncIterator[Screen]:
    """Open the page at the door, and no script with it."""
    async with page_of(browser, 320, phone=True, scripts=False) as page:
        await page.goto(address)
        yield Screen(page, "", "html")


async def ring(screen: Screen) -> None:
    await screen.page.get_by_role("button", name="Ring", exact=True).click()
    await screen.says(STILL_ASKING)


async def refreshed(page: Page, times: int) -> None:
    """Wait until a page has been fetched again so often, by itself."""
    fetched = asyncio.Semaphore(0)

    def count(response: Response) -> None:
        if "?once=" in response.url and response.status == 200:
            fetched.release()

    page.on("response", count)
    for _ in range(times):
        await fetched.acquire()
    page.remove_listener("response", count)


async def asked(running: Running, since: int) -> Notification:
    question = await running.push.heard_by(MARA, ASKED, since=since)
    assert question is not None
    return question


async def test_late_yes_opens_for_the_page_that_waits_and_for_nobody_after_it(
    browser: Browser,
    alone: Running,
) -> None:
    # It mostly waits, and tests that share a Home Assistant would wait with it.
    await alone.begin()
    sheet = await hang_sheet(alone)
    mara = alone.push.phone_of(MARA)
    device = await alone.site.building.device((await door_ids(alone))[0])
    async with alone.watched() as door:
        async with page_of(browser, 800) as page:
            await page.goto(sheet)
            address = await page.locator(".address").inner_text()

        await expect(alone)
        since = len(alone.push.notifications)
        async with driver(browser, address) as screen:
            await ring(screen)
            question = await asked(alone, since)
            await refreshed(screen.page, FETCHES)
            await screen.says(STILL_ASKING)
            assert await screen.is_as_wide_as_the_screen()
            await screen.picture("drivers-late-waiting")
            assert door.opened == 0
            await mara.press(question.action("Let in"))
            await screen.says(OPEN)
            await screen.picture("drivers-late-open")
        assert await door.until(lambda: door.opened == 1, 15)
        assert await door.until(lambda: door.shut, 30)

        # Another driver rings and leaves, and then Mara says yes.
        await expect(alone)
        since = len(alone.push.notifications)
        async with driver(browser, address) as screen:
            await ring(screen)
            question = await asked(alone, since)
        await mara.press(question.action("Let in"))
        since = len(alone.push.notifications)
        async with driver(browser, address) as screen:
            await ring(screen)
            question = await asked(alone, since)
            bell = asyncio.create_task(
                alone.site.owner.ask(
                    f"{DOMAIN}.request_entry", {"device_id": device, "ring": True}
                )
            )
            await refreshed(screen.page, 2)
            await screen.says(STILL_ASKING)
            await mara.press(question.action("Keep out"))
            await screen.says("Nobody lets you in now.")
            assert await screen.is_as_wide_as_the_screen()
            await screen.picture("drivers-late-ring-again")
        assert (await bell)["decision"] == "refused"
        assert door.opened == 1
    assert alone.complaints() == []
