"""The panel where the front end is written from right to left, with our words in English: mirrored, and readable."""

from typing import Any

from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.site import BUILDING, MARA

from .browser import Panel, panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

WIDTH = 360
HEBREW = "he"

# Where the first and the last character of a text stand, from the left.
ENDS = """element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text;
    while ((text = texts.nextNode()) && !text.data.trim());
    const written = text.data.trim(), at = text.data.indexOf(written);
    return [at, at + written.length - 1].map(place => {
        const range = new Range();
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        const {left, top} = range.getBoundingClientRect();
        return {left, top};
    });
}"""


async def left_of(one: Locator, other: Locator) -> bool:
    """Whether one stands to the left of another."""
    first, second = [
        await each.evaluate("element => element.getBoundingClientRect().left")
        for each in (one, other)
    ]
    return bool(first < second)


async def is_written_from_the_left(text: Locator) -> bool:
    """Whether a text in Latin letters, on one line, begins at its left and ends at its right."""
    first, last = await text.evaluate(ENDS)
    ends: list[dict[str, Any]] = [first, last]
    assert abs(ends[0]["top"] - ends[1]["top"]) < 2
    return bool(ends[0]["left"] < ends[1]["left"])


async def check_view(panel: Panel, view: str) -> Locator:
    """Look at a view: mirrored, nothing to scroll sideways, nothing that shuts somebody out."""
    shown = await panel.show(view)
    await panel.unfold(shown)
    assert await shown.evaluate("view => getComputedStyle(view).direction") == "rtl", (
        view
    )
    assert await panel.is_as_wide_as_the_screen(), view
    assert await panel.violations() == [], view
    await panel.picture(f"right-to-left-{view}")
    return shown


async def test_a_resident_finds_time_and_days_running_from_the_right(
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
        assert await left_of(chips.nth(2), chips.nth(1))
        assert await is_written_from_the_left(
            panel.page.locator("courier-access-panel h1")
        )
        assert await is_written_from_the_left(now.locator(".status p").first)

        hours = await check_view(panel, "hours")
        scale = hours.locator(".scale div span")
        assert await scale.first.inner_text() == "0"
        assert await left_of(scale.last, scale.first)
        weekdays = hours.locator("courier-access-days-off th")
        assert await left_of(weekdays.last, weekdays.first)
        before, after = (
            hours.get_by_role("button", name=name)
            for name in ("Month before", "Month after")
        )
        assert await left_of(after, before)

        track = hours.locator(".track").first
        await panel.drag(track, 0.501, 0.999)
        window = track.locator(".window[data-from='00:00'][data-to='12:00']")
        await window.wait_for()
        await window.focus()
        await panel.page.keyboard.press("ArrowLeft")
        await track.locator(".window[data-from='00:15'][data-to='12:15']").wait_for()

        for view in ("entries", "deliveries"):
            await check_view(panel, view)
        assert panel.complaints == []


async def test_an_owner_finds_their_building_mirrored(
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
        assert await is_written_from_the_left(title)
        assert panel.complaints == []
