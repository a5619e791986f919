"""The panel in a front end whose language it has no words in: English, marked and written as English."""

import re

from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.site import BUILDING, MARA

from .browser import Panel, panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

WIDTH = 360
HEBREW = "he"
SPOKEN = "view => view.closest('[lang]')?.lang ?? view.getRootNode().host.lang"
HEBREW_LETTER = "[\u0590-\u05ff]"


async def left_of(one: Locator, other: Locator) -> bool:
    """Whether one stands to the left of another."""
    first, second = [
        await each.evaluate("element => element.getBoundingClientRect().left")
        for each in (one, other)
    ]
    return bool(first < second)


async def check_view(panel: Panel, view: str) -> Locator:
    """Look at a view: English from the left, nothing to scroll sideways, nothing that shuts somebody out."""
    shown = await panel.show(view)
    await panel.unfold(shown)
    assert await shown.evaluate("view => getComputedStyle(view).direction") == "ltr"
    assert await shown.evaluate(SPOKEN) == "en", view
    assert re.search(HEBREW_LETTER, await shown.inner_text()) is None, view
    assert await panel.is_as_wide_as_the_screen(), view
    assert await panel.violations() == [], view
    await panel.picture(f"untranslated-{view}")
    return shown


async def test_a_resident_reads_english_with_its_days_and_times(
    browser: Browser,
    running: Running,
) -> None:
    await running.site.set_rules(running.site.resident, MARA, windows={})
    login = running.site.kept.logins["resident"]
    async with (
        panel_of(
            browser, running.home.url, login, WIDTH, phone=True, language=HEBREW
        ) as panel,
    ):
        now = await check_view(panel, "now")
        chips = now.locator("[data-decide=hours] .chips button")
        assert await left_of(chips.nth(1), chips.nth(2))

        hours = await check_view(panel, "hours")
        scale = hours.locator(".scale div span")
        assert await left_of(scale.first, scale.last)
        weekdays = hours.locator("courier-access-days-off th")
        assert await left_of(weekdays.first, weekdays.last)

        for view in ("entries", "deliveries"):
            await check_view(panel, view)
        assert panel.complaints == []


async def test_an_administrator_reads_english_about_the_building(
    browser: Browser, running: Running
) -> None:
    login = running.site.kept.logins["owner"]
    async with (
        panel_of(
            browser, running.home.url, login, WIDTH, phone=True, language=HEBREW
        ) as panel,
    ):
        await check_view(panel, "building")
        title = panel.page.locator("courier-access-panel h1")
        assert await title.inner_text() == BUILDING
        assert panel.complaints == []
