"""The administrator's view of the panel in a real browser: what is tried and set there is what couriers meet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
import re
import sqlite3
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.answers import UnexpectedAnswerError
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Answer, Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import BUILDING, COURIERS, DOOR, ILSE, JONAS, MARA, OPEN_UNIT

from .browser import Panel, panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

ZONE = ZoneInfo("Europe/Paris")
FIRST = COURIERS[0][0]


@asynccontextmanager
async def owners_panel(
    browser: Browser, running: Running, width: int = 1280, *, dark: bool = False
) -> AsyncIterator[Panel]:
    """Log the administrator in, and find at the end that the browser complained of nothing."""
    login = running.site.kept.logins["owner"]
    async with (
        panel_of(
            browser, running.home.url, login, width, dark=dark, phone=width < 600
        ) as panel,
    ):
        yield panel
        assert panel.complaints == []


async def answered(courier: Courier) -> Answer:
    """Have a grant for now decided; while a setting changes, it is asked again."""
    now = datetime.now(UTC)
    async with asyncio.timeout(30):
        while True:
            answer = await courier.grant(
                new_grant_id(), [OPEN_UNIT], now, now + timedelta(minutes=30)
            )
            if answer.status == 200:
                return answer
            await asyncio.sleep(0.1)


async def test_an_administrator_sees_their_building_and_tries_a_couriers_address(
    browser: Browser, running: Running, courier: Courier
) -> None:
    couriers = len(await running.site.building.parts("courier"))
    async with owners_panel(browser, running) as panel:
        building = await panel.show("building")
        for kind, said in (
            ("courier", FIRST),
            ("courier", courier.name),
            ("door", DOOR),
            ("resident", f"{MARA}, unit 3B"),
            ("resident", f"{JONAS}, unit 1A"),
            ("resident", ILSE),
        ):
            await building.locator(f"[data-{kind}]", has_text=said).wait_for()
        assert await building.locator("[data-resident]").count() == 3
        await building.get_by_text("Consents, on paper.").wait_for()
        undecided = building.locator("[data-resident]", has_text=ILSE)
        await undecided.get_by_text("Hasn't decided yet.").wait_for()
        await building.get_by_text("Couriers are answered.").wait_for()
        # The demo's address is plain HTTP, and each courier says so.
        assert await building.locator("[data-reach='not_https']").count() == couriers

        for name in (FIRST, courier.name):  # at most six tests a minute are allowed
            each = building.locator("[data-courier]", has_text=name)
            await each.locator("summary").click()
            await each.get_by_role("button", name="Send a test").click()
            await each.locator("[data-found='good']").wait_for()
        await building.get_by_text(
            "Reached, and the signature is valid."
        ).first.wait_for()

        await building.get_by_role("button", name="Check the access log").click()
        await building.get_by_text("records match").wait_for()


async def test_the_view_links_to_the_notice_the_list_and_the_settings(
    browser: Browser,
    running: Running,
) -> None:
    entry_id = running.site.kept.entry_id
    async with owners_panel(browser, running) as panel:
        building, page = await panel.show("building"), panel.page

        async def href(link: str) -> str | None:
            return await building.get_by_role("link", name=link).get_attribute("href")

        signed = f"{entry_id}?authSig="
        notice = await href("Print the lobby notice")
        assert notice is not None
        assert notice.startswith(f"/api/{DOMAIN}/lobby_notice/{signed}")
        listed = await href("List of residents")
        assert listed is not None
        assert listed.startswith(f"/api/{DOMAIN}/residents/{signed}")
        assert await href("Someone moves in or out") == (
            f"/config/integrations/integration/{DOMAIN}#config_entry={entry_id}"
        )

        async with page.expect_popup() as opened:
            await building.get_by_role("link", name="Print the lobby notice").click()
        shown = await opened.value
        await shown.get_by_text(BUILDING).first.wait_for()
        await shown.close()
        async with page.expect_download() as downloading:
            await building.get_by_role("link", name="List of residents").click()
        residents = await (await downloading.value).path()
        assert MARA in residents.read_text("utf-8")


async def test_the_view_links_to_the_settings_where_the_lobby_notice_is_printed(
    browser: Browser,
    running: Running,
) -> None:
    async with owners_panel(browser, running) as panel:
        building, page = await panel.show("building"), panel.page
        await building.get_by_role("link", name="Someone moves in or out").click()
        await page.get_by_role("button", name="Configure").click()
        await page.get_by_text("Print a notice for the lobby").click()
        await page.get_by_role("button", name="Submit").click()
        async with page.expect_popup() as opened:
            await page.get_by_role("link", name="Open the notice and print it").click()
        notice = await opened.value
        await notice.get_by_text(BUILDING).first.wait_for()
        await notice.close()
    await running.site.building.loaded()


async def test_what_couriers_do_is_shown_as_it_comes(
    browser: Browser, running: Running, courier: Courier
) -> None:
    async with owners_panel(browser, running) as panel:
        building = await panel.show("building")
        shown = building.locator("[data-courier]", has_text=courier.name)
        await shown.get_by_text("The address isn't https").wait_for()
        await shown.locator("summary").click()
        await shown.get_by_text("No signed message").wait_for()

        await courier.ping()
        await shown.get_by_text("Last signed message").wait_for()

        forged = courier.compose("ping", {})
        await courier.send(
            forged, {**courier.headers(forged), "webhook-signature": "v1,AAAA"}
        )
        await shown.get_by_text("The signature was invalid").wait_for()


async def test_the_set_up_is_shown_until_the_first_entry(
    browser: Browser, running: Running, courier: Courier
) -> None:
    is_new = await running.site.admissions() == 0
    async with owners_panel(browser, running, 360) as panel:
        building = await panel.show("building")
        setup = building.locator("[data-setup='entry']")
        await building.locator("[data-courier]").first.wait_for()
        # Another module may have let somebody in.
        assert await setup.count() == int(is_new)
        await panel.picture("panel-building-set-up")
        if is_new:
            await setup.get_by_role("link", name="Continue").click()
            await building.get_by_role("button", name="Send a test").wait_for()
        now, grant_id = datetime.now(UTC), new_grant_id()
        await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(minutes=30))
        assert (await courier.enter(grant_id)).decision == "admitted"
        await setup.wait_for(state="detached")


async def test_what_is_red_is_asked_for_once_with_the_way_to_its_form(
    browser: Browser, running: Running, courier: Courier
) -> None:
    # Until the first entry, the set-up asks for the consents.
    now, grant_id = datetime.now(UTC), new_grant_id()
    await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(minutes=30))
    assert (await courier.enter(grant_id)).decision == "admitted"
    async with owners_panel(browser, running, 360) as panel:
        building, page = await panel.show("building"), panel.page
        # One address serves all couriers.
        address = building.locator("[data-issue='address']")
        await address.get_by_text(f"{FIRST}; ").wait_for()
        assert await address.get_by_role("link").get_attribute("href") == (
            "/config/network"
        )
        undecided = building.locator("[data-issue='consent_not_given']")
        await undecided.get_by_text(ILSE).wait_for()
        assert await building.locator("[data-issue]").count() == 2
        await undecided.get_by_role("link", name="Fix").click()
        await page.get_by_role("button", name="Configure").wait_for()


async def test_a_check_says_what_the_door_then_answers(
    browser: Browser, running: Running, courier: Courier
) -> None:
    site = running.site
    async with owners_panel(browser, running, 360) as panel:
        building = await panel.show("building")
        check = building.locator("courier-access-may-enter")
        await check.locator("summary").click()
        await panel.choose(check, "Courier", courier.name)
        await panel.choose(check, "Unit", OPEN_UNIT)

        async def answer() -> str:
            await check.get_by_role("button", name="Check", exact=True).click()
            answer = check.locator("[data-answer]")
            await answer.wait_for()
            return await answer.inner_text()

        # The rules of a resident with an account are their own.
        assert await answer() == (
            f"Yes, {courier.name} gets in.\nA resident's rules allow it."
        )
        assert (await answered(courier)).decision == "accepted"
        await site.set_rules(site.owner, MARA, default="deny")
        assert (await answer()).startswith(f"No, {courier.name} stays outside.")
        assert (await answered(courier)).reason == "not_accepting"
        await panel.picture("panel-check-access-owner")
    login = site.kept.logins["resident"]
    async with (
        panel_of(browser, running.home.url, login, 360, phone=True) as panel,
    ):
        await panel.show("hours")
        check = panel.page.locator("courier-access-may-enter")
        await check.locator("summary").click()
        await panel.choose(check, "Courier", courier.name)
        assert await check.get_by_role("button", name="Unit").count() == 0
        await check.get_by_role("button", name="Check", exact=True).click()
        await check.get_by_text(f"{MARA} denies this courier.").wait_for()
        assert await panel.violations() == []
        assert await panel.is_as_wide_as_the_screen()
        await panel.picture("panel-check-access-resident")
        assert panel.complaints == []
    await running.begin()


async def test_building_hours_that_are_drawn_and_kept_decide_who_comes(
    browser: Browser, running: Running, courier: Courier
) -> None:
    await running.site.accept_at_every_hour()
    far = (datetime.now(ZONE).weekday() + 3) % 7
    async with owners_panel(browser, running, 360) as panel:
        building = await panel.show("building")
        hours = building.locator("courier-access-building-hours")
        await hours.get_by_text("No building hours").wait_for()
        save = hours.get_by_role("button", name="Save")
        assert await save.is_disabled()
        assert (await answered(courier)).decision == "accepted"

        track = hours.locator(f".track[data-day='{far}']")
        await track.scroll_into_view_if_needed()
        await panel.drag(track, 0.3, 0.6)
        await track.locator(".window").wait_for()
        # Drawn is not kept: it counts once the administrator says so.
        assert (await answered(courier)).decision == "accepted"
        await save.click()
        await panel.says("Saved.")
        assert (await answered(courier)).reason == "outside_building_hours"

        await panel.page.get_by_role("button", name="Undo").click()
        await hours.get_by_text("No building hours").wait_for()
        await decides(courier, "accepted")


async def decides(courier: Courier, decision: str) -> None:
    """Wait until a courier's grant is decided so."""
    async with asyncio.timeout(30):
        while True:
            if (await answered(courier)).decision == decision:
                return
            await asyncio.sleep(0.1)


async def test_a_resident_has_no_such_view_and_is_refused_its_commands(
    browser: Browser,
    running: Running,
) -> None:
    site = running.site
    login = site.kept.logins["resident"]
    async with (
        panel_of(browser, running.home.url, login, 360, phone=True) as panel,
    ):
        assert await panel.page.locator("nav a[href$='/building']").count() == 0
        await panel.page.goto(f"{running.home.url}/courier-access/building")
        await panel.page.locator("courier-access-now").wait_for()
        assert await panel.page.locator("courier-access-building").count() == 0
        assert panel.complaints == []
    async with site.resident.channel() as channel:
        for command, fields in (
            ("building", {}),
            ("couriers/test", {"courier": FIRST}),
            ("hours/set", {"windows": {}}),
        ):
            with pytest.raises(UnexpectedAnswerError, match="unauthorized"):
                await channel.command(
                    f"{DOMAIN}/{command}", building=site.kept.entry_id, **fields
                )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_the_view_shuts_nobody_out(
    browser: Browser, running: Running, width: int, dark: bool
) -> None:
    async with owners_panel(browser, running, width, dark=dark) as panel:
        building = await panel.show("building")
        first = building.locator("[data-courier]").first
        await first.locator("summary").click()
        await first.get_by_role("button", name="Send a test").click()
        await first.locator("[data-found='good']").wait_for()
        await panel.unfold(building)

        assert await panel.violations() == []
        assert await panel.is_as_wide_as_the_screen()
        kind = f"{width}-{'dark' if dark else 'light'}"
        await panel.picture(f"panel-building-{kind}")
        for number, section in enumerate(await building.locator("section").all()):
            await picture_of(panel, section, f"panel-building-{kind}-{number}")


async def picture_of(panel: Panel, section: Locator, name: str) -> None:
    """Scroll to a section and take a picture of what is shown then."""
    await section.scroll_into_view_if_needed()
    await panel.picture(name)


async def test_a_building_without_its_record_is_shown_with_the_reason_and_what_to_do(
    browser: Browser,
    running: Running,
) -> None:
    site = running.site
    reload = f"/api/config/config_entries/entry/{site.kept.entry_id}/reload"
    file = running.home.folder / f"{DOMAIN}_{site.kept.entry_id}.db"
    async with owners_panel(browser, running, 360) as panel:
        await panel.show("building")
        # Another program keeps the file to itself.
        other = sqlite3.connect(file, isolation_level=None)
        try:
            other.execute("BEGIN EXCLUSIVE")
            await site.owner.post(reload)
            building = panel.page.locator("courier-access-building")
            locked = building.locator("[data-issue='ledger_locked']")
            await locked.locator("summary").click()
            await building.get_by_text(
                "Close programs that use courier_access"
            ).wait_for()
            assert await panel.page.locator("nav a").count() == 1
            assert await panel.page.get_by_role("heading", name=BUILDING).count() == 1
            await building.get_by_text(f"{MARA}, unit 3B").wait_for()
            given = re.compile(r"\bConsents[.,]")
            assert await building.get_by_text(given).count() == 0
            assert await panel.violations() == []
            await panel.picture("panel-building-without-record")
        finally:
            other.close()
        await site.owner.post(reload)
        await panel.page.locator("nav a[href$='/now']").wait_for()
        await panel.page.locator("[data-kept-out='']").wait_for()
