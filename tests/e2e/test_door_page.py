"""The sheet at a door, its page, and the page of a pass, in a real browser on a driver's phone."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
import re
from typing import Any

from playwright.async_api import Browser
import pytest

from scripts.lab.answers import record, text
from scripts.lab.browser import page_of
from scripts.lab.building import DOMAIN
from scripts.lab.site import BUILDING, COURIERS, DOOR, MARA, OPEN_UNIT

from .browser import AXE, Screen
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

OPEN = "The door is open. Please come in."
ASKED = "Somebody is ringing at"
FLOW = "/api/config/config_entries/options/flow"


@asynccontextmanager
async def screen_of(
    browser: Browser, width: int, *, dark: bool = False
) -> AsyncIterator[Screen]:
    """Open a phone's browser without an account; axe-core comes past the pages' policy."""
    async with page_of(browser, width, dark=dark, phone=True) as page:
        await page.context.add_init_script(AXE.read_text("utf-8"))
        screen = Screen(page, "", "html")
        page.on(
            "console",
            lambda message: (
                screen.complaints.append(message.text)
                if message.type == "error"
                else None
            ),
        )
        yield screen


async def check(screen: Screen, name: str) -> None:
    """Look at a page: nothing to scroll sideways, nothing that shuts somebody out."""
    assert await screen.is_as_wide_as_the_screen(), name
    assert await screen.violations() == [], name
    await screen.picture(f"drivers-{name}")


async def hang_sheet(running: Running) -> str:
    """Set the door's page up through the options flow; return the address of its sheet."""
    return await running.site.building.hang_sheets(await door_ids(running))


async def door_ids(running: Running) -> list[str]:
    return [(await running.site.building.parts("door"))[DOOR]]


async def expect(running: Running, **more: Any) -> Mapping[str, object]:
    """Have Mara expect a parcel; return how it is named."""
    device = await running.site.building.device((await door_ids(running))[0])
    now = datetime.now(UTC)
    issued = await running.site.resident.ask(
        f"{DOMAIN}.issue_grant",
        {
            "device_id": device,
            "courier": COURIERS[0][0],
            "units": [OPEN_UNIT],
            "starts_at": (now - timedelta(seconds=1)).isoformat(),
            "ends_at": (now + timedelta(hours=1)).isoformat(),
        },
    )
    assert issued["decision"] == "accepted", issued
    return {"courier": issued["courier_id"], "grant_id": issued["grant_id"]}


async def test_a_driver_comes_in_from_the_sheet_at_the_door(
    browser: Browser, running: Running
) -> None:
    sheet = await hang_sheet(running)
    async with screen_of(browser, 800) as screen:
        await screen.page.goto(sheet)
        await check(screen, "sheet")
        printed = await screen.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        address = await screen.page.locator(".address").inner_text()
        sign = await screen.page.locator(".sign strong").inner_text()
    assert address.startswith(f"{running.home.url}/api/courier_access/door/")

    async with (
        running.watched() as door,
        screen_of(browser, 320) as screen,
        running.site.resident.channel() as mara,
    ):
        page = screen.page
        await page.goto(address)
        assert await page.locator("h1").inner_text() == BUILDING
        await check(screen, "door")
        await page.get_by_label("PIN, code, or parcel number").fill("000001")
        await page.get_by_role("button", name="Open the door").click()
        await page.get_by_role("status").wait_for()
        await screen.says("This code isn't valid here.")
        await check(screen, "door-unknown")

        # Somebody is ringing: a resident is asked, and the page looks again by itself.
        await expect(running)
        since = len(running.push.notifications)
        await page.get_by_role("button", name="Ring").click()
        question = await running.push.heard_by(MARA, ASKED, since=since)
        assert question is not None
        await screen.says("Still asking")
        await check(screen, "door-waiting")
        await running.push.phone_of(MARA).press(question.action("Let in"))
        await screen.says(OPEN)
        await check(screen, "door-open")
        assert await door.until(lambda: door.opened == 1, 10)
        await page.reload()
        await screen.says(OPEN)
        assert await door.until(lambda: door.shut, 20)
        assert door.opened == 1

        # A pass is sent to a driver, and opens with the characters at the door.
        delivery = await expect(running)
        made = record(
            await mara.command(
                f"{DOMAIN}/passes/make",
                building=running.site.kept.entry_id,
                **delivery,
            )
        )
        async with screen_of(browser, 360, dark=True) as other:
            await other.page.goto(text(made, "link"))
            await check(other, "pass")
            field = other.page.get_by_label("The two characters on the sheet")
            await field.fill("00")
            await other.page.keyboard.press("Enter")
            await other.says("These aren't the characters")
            await check(other, "pass-wrong")
            await other.page.get_by_role("link", name="Back").click()
            await field.fill(sign.lower())
            await other.page.keyboard.press("Enter")
            await other.says(OPEN)
            assert await door.until(lambda: door.opened == 2, 15)
            await other.page.get_by_role("link", name="Back").click()
            await other.says("This pass has ended.")
            await check(other, "pass-ended")
            assert other.complaints == []
        assert (await page.context.cookies(), screen.complaints) == ([], [])
    assert running.complaints() == []
