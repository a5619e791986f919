"""Every screen with axe-core: on phones and wide, in light and dark, in a front end written from the left and from the right."""

from collections.abc import Sequence
import os
import re

from playwright.async_api import Browser
import pytest

from scripts.lab.browser import page_of
from scripts.lab.site import DOOR, JONAS, MARA

from .browser import AXE, Panel, Screen, panel_of
from .dashboard import BOARD, CARD, make_board
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

HEBREW = "he"
COLORS_FADE_MILLISECONDS = 400
PHONE, WIDE, LEFT, RIGHT = 360, 1280, "ltr", "rtl"
SCREENS: Sequence[tuple[int, str]] = ((PHONE, RIGHT), (WIDE, LEFT))
"""The widths and directions that are looked at; the others are by `scripts/test --thorough`."""
if "COURIER_ACCESS_LIVES" in os.environ:
    SCREENS = (*SCREENS, (PHONE, LEFT), (WIDE, RIGHT))
PERSONAL = re.compile(r"http\S+/api/courier_access/personal/[\w-]+")
SIGNED_FOR_DOOR = re.compile(r"http[^\s<\"]+/api/courier_access/door/[\w-]+")


async def check_in_both_colors(screen: Screen, name: str) -> list[str]:
    """Return what axe-core finds in light and in dark."""
    found = []
    for colors in ("light", "dark"):
        await screen.page.emulate_media(color_scheme=colors)
        await screen.page.wait_for_timeout(COLORS_FADE_MILLISECONDS)
        found += [f"{name}, {colors}: {each}" for each in await screen.violations()]
    return found


async def check_pages(
    browser: Browser, pages: dict[str, str], width: int, direction: str
) -> list[str]:
    """Return what axe-core finds on pages for people without an account."""
    found = []
    async with page_of(browser, width, phone=width < 600) as page:
        await page.context.add_init_script(AXE.read_text("utf-8"))
        for name, url in pages.items():
            await page.goto(url)
            await page.evaluate(f"document.documentElement.dir = '{direction}'")
            found += await check_in_both_colors(
                Screen(page, "", "html"), f"{name}, {width}, {direction}"
            )
    return found


async def check_front_end(
    browser: Browser, running: Running, width: int, language: str | None
) -> list[str]:
    """Return what axe-core finds in each view of the panel and on the card."""
    found: list[str] = []
    for person in ("resident", "owner"):
        login = running.site.kept.logins[person]
        async with panel_of(
            browser,
            running.home.url,
            login,
            width,
            phone=width < 600,
            language=language,
        ) as panel:
            views = await panel.views() if person == "resident" else ["building"]
            for view in views:
                await panel.unfold(await panel.show(view))
                name = f"{view}, {width}, {language}"
                found += await check_in_both_colors(panel, name)
            if person == "resident":
                found += await check_without_hours(panel, running, language)
                await panel.page.goto(f"{running.home.url}/{BOARD}/0")
                await panel.page.locator(CARD).first.wait_for()
                card = Screen(panel.page, panel.url, CARD)
                found += await check_in_both_colors(card, f"card, {width}, {language}")
            found += panel.complaints
    return found


async def check_without_hours(
    panel: Panel, running: Running, language: str | None
) -> list[str]:
    """Return what axe-core finds where a resident is asked for hours."""
    await running.site.set_rules(running.site.resident, MARA, windows={})
    now = await panel.show("now")
    await now.locator("[data-decide=hours]").wait_for()
    found = await check_in_both_colors(panel, f"without hours, {language}")
    await running.site.accept_at_every_hour()
    return found


async def test_no_screen_keeps_anybody_out(browser: Browser, running: Running) -> None:
    await make_board(running)
    doors = await running.site.building.parts("door")
    sheets = await running.site.building.print_sheets([doors[DOOR]])
    sign = SIGNED_FOR_DOOR.search(sheets)
    personal = [
        link
        for notification in running.push.notifications
        if notification.to == JONAS
        for link in PERSONAL.findall(notification.message)
    ]
    assert sign is not None
    pages = {"door's page": sign[0], "personal page": personal[-1]}
    found = []
    for width, direction in SCREENS:
        language = HEBREW if direction == RIGHT else None
        found += await check_pages(browser, pages, width, direction)
        found += await check_front_end(browser, running, width, language)
    assert found == []
