"""A long record in the panel: all of it can be reached, page by page, and one decision alone."""

from playwright.async_api import Browser
import pytest

from scripts.lab.past import ADMITTED_OF_FOUR, give_past
from scripts.lab.site import COURIERS, OPEN_UNIT

from .browser import panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

ENTRIES = 500
PAGE = 50


async def test_it_is_read_page_by_page_down_to_the_oldest(
    browser: Browser, alone: Running
) -> None:
    courier = COURIERS[0][0]
    courier_id = (await alone.site.building.parts("courier"))[courier]

    async def live_through() -> None:
        await give_past(
            alone.home.folder / f"courier_access_{alone.site.kept.entry_id}.db",
            ENTRIES,
            (courier_id, courier),
            {OPEN_UNIT.lower(): OPEN_UNIT},
        )

    await alone.restart(live_through)
    login = alone.site.kept.logins["resident"]
    async with (
        panel_of(browser, alone.home.url, login, 360, phone=True) as panel,
    ):
        entries = await panel.show("entries")
        rows, more = entries.locator("li[data-record]"), entries.locator("#more > *")
        await rows.first.wait_for()
        assert await rows.count() == PAGE

        counted = [PAGE]
        while await more.count():
            await more.click()
            await rows.nth(counted[-1]).wait_for()
            counted.append(await rows.count())
        assert counted == list(range(PAGE, ENTRIES + 1, PAGE))

        records = await rows.evaluate_all(
            "rows => rows.map(row => Number(row.dataset.record))"
        )
        assert records == sorted(set(records), reverse=True)
        await rows.last.click()
        await entries.get_by_text(f"Unit {OPEN_UNIT}.").wait_for()
        await entries.get_by_role("button", name="Close").last.click()

        await entries.get_by_role("button", name="Refused", exact=True).click()
        await rows.nth(PAGE - 1).wait_for()
        await entries.locator(".result.admitted").first.wait_for(state="detached")
        while await more.count():
            known = await rows.count()
            await more.click()
            await rows.nth(known).wait_for()
        assert await rows.count() == ENTRIES * (4 - ADMITTED_OF_FOUR) // 4
        assert panel.complaints == []
