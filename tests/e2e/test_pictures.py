"""The pictures of README.md and the documents, taken of the running integration; see `scripts/pictures`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
import re

from PIL import Image
from playwright.async_api import Browser, Locator, Page
import pytest

from scripts.lab.browser import page_of
from scripts.lab.building import DOMAIN
from scripts.lab.client import SECONDS
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.pictures import (
    DEMO,
    PHONE,
    PREVIEW,
    PREVIEW_SIZE,
    SCALE,
    SCREENS,
    animated,
    preview,
)
from scripts.lab.site import CLOSED_UNIT, DOOR, ILSE, MARA, OPEN_UNIT

from .album import Album, assert_not_blank, keep
from .browser import PANEL, Panel, log_in
from .dashboard import BOARD, CARD, make_board
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

ADDRESS = "https://home.example.org"
RESPONSIBLE = {
    "name": "Linden Court Owners",
    "owner_contact": "Olive, ground floor left\n+44 20 7946 0000, weekdays 9 to 17",
    "authority": "The Information Commissioner",
}
PARCEL, OTHER_PARCEL = "JD 0146 71", "NF 2204"


@asynccontextmanager
async def phone_of(
    browser: Browser, running: Running, login: str
) -> AsyncIterator[Panel]:
    """Log somebody in, once for all pictures that show what they see."""
    async with page_of(browser, PHONE.width, phone=True, scale=SCALE) as page:
        panel = Panel(page, running.home.url, PANEL)
        await show(page, "panel-home")
        await log_in(panel, "courier-access", running.site.kept.logins[login])
        await page.locator(f"{PANEL} nav").wait_for()
        yield panel
        assert panel.complaints == []


async def show(page: Page, name: str) -> None:
    """Have the screen of a picture."""
    size = SCREENS[name]
    await page.set_viewport_size({"width": size.width, "height": size.height})


@asynccontextmanager
async def reached_over_https(running: Running) -> AsyncIterator[None]:
    """Have the external address that a real building has, until the pictures are taken."""
    async with running.site.owner.channel() as channel:
        await channel.command("config/core/update", external_url=ADDRESS)
        try:
            yield
        finally:
            await channel.command("config/core/update", external_url=running.home.url)


async def announce(
    courier: Courier, start: datetime, hours: float, **more: object
) -> str:
    """Have a delivery for Mara accepted; return its id."""
    grant_id = new_grant_id()
    end = start + timedelta(hours=hours)
    answer = await courier.grant(grant_id, [OPEN_UNIT], start, end, **more)
    assert answer.decision == "accepted", answer.source
    return grant_id


async def have_visits(running: Running, couriers: list[Courier]) -> None:
    """Let each courier in once, refuse the last one a second entry, and read the administrator's notification of it.

    Nobody is notified of a courier's refusals more often than every ten minutes: no other test may have had it refused.
    """
    owner, dismiss = running.site.owner, "persistent_notification.dismiss_all"
    await owner.act(dismiss, {})
    now = datetime.now(UTC)
    for each in couriers:
        grant_id = await announce(each, now, 1)
        assert (await each.enter(grant_id)).decision == "admitted"
    assert (await each.enter(grant_id)).decision == "refused"
    async with owner.channel() as channel, asyncio.timeout(SECONDS):
        while True:
            if await channel.command("persistent_notification/get"):
                break
            await asyncio.sleep(0.05)
    await owner.act(dismiss, {})


async def print_notice(running: Running) -> None:
    """Set the lobby notice up."""
    site = running.site
    await site.building.name_responsible(RESPONSIBLE)
    menu = await site.owner.open_options_flow(site.kept.entry_id)
    form = await site.owner.choose_option(menu, "lobby")
    given = {"language": "en", "code": True}
    await site.owner.fill_options(form, given)
    await site.building.loaded()


async def test_every_picture_of_the_documents_shows_what_it_is_for(
    browser: Browser, running: Running, courier: Courier
) -> None:
    album, site = Album(), running.site
    swift, freight = running.courier(0), running.courier(1)
    await running.expect_nothing()
    await make_board(running)
    await have_visits(running, [swift, freight, courier])
    await print_notice(running)
    async with (
        reached_over_https(running),
        phone_of(browser, running, "owner") as owner,
        phone_of(browser, running, "resident") as mara,
    ):
        await steps(album, owner)
        await site.owner.reads(site.kept.door_entity, "locked")
        await building(album, owner)
        await notice(album, owner)
        await sheet(album, browser, running)
        await site.set_rules(site.resident, MARA, default="ask")
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        await announce(courier, hour + timedelta(days=1), 4)
        await announce(freight, hour + timedelta(hours=4), 2, parcel_ref=OTHER_PARCEL)
        grant_id = await announce(swift, hour, 2, parcel_ref=PARCEL)
        await board(album, mara)
        await door_page(owner, running)
        await delivery(album, mara, swift, grant_id)
        await door(album, owner)
        await visits(album, mara, swift)
        await deliveries(album, mara)
        await rules(album, mara)
        await site.owner.reads(site.kept.door_entity, "locked")
        await activity(album, owner)
        drawn = await preview(
            browser, [album.frames[1][0], album.taken["panel-visits"]]
        )
    assert album.taken.keys() == SCREENS.keys()
    assert_not_blank(drawn, (PREVIEW_SIZE.width, PREVIEW_SIZE.height), PREVIEW)
    keep(PREVIEW, drawn)
    for name, picture in album.taken.items():
        keep(f"{name}.png", picture)
    demo = animated(album.frames)
    with Image.open(BytesIO(demo)) as opened:
        assert getattr(opened, "n_frames", 1) == len(album.frames)
        assert opened.size == PHONE.scaled()
    keep(DEMO, demo)


async def building(album: Album, owner: Panel) -> None:
    """The administrator's view, with its couriers."""
    await show(owner.page, "panel-building")
    shown = await owner.show("building")
    await shown.locator("[data-courier]").first.wait_for()
    await shown.locator("[data-door]", has_text="Locked").wait_for()
    await album.take("panel-building", owner.page)


async def steps(album: Album, owner: Panel) -> None:
    """The steps that give a courier its secret, and record a paper."""
    page = owner.page
    await page.goto(f"{owner.url}/config/integrations/integration/{DOMAIN}")
    flow = page.locator("dialog-data-entry-flow")
    await page.get_by_role("button", name="Add courier").click()
    await fill(flow, Name="Parcel & Post")
    await press(flow, "Next")
    await flow.get_by_text("Yes, with a shared secret", exact=True).click()
    await flow.get_by_text("Give this to the courier").wait_for()
    await album.take("courier-step", page)
    await press(flow, "Close")
    await flow.wait_for(state="hidden")

    await page.get_by_role("button", name="Add resident").click()
    await fill(flow, Name="Ada")
    await flow.get_by_role("button", name="Unit").click()
    await page.get_by_role("option", name=CLOSED_UNIT).click()
    await press(flow, "Next")
    await flow.get_by_text("How do we reach Ada?", exact=True).wait_for()
    await flow.get_by_text("Select an entity").first.click()
    await page.get_by_role("option", name=ILSE).click()
    await press(flow, "Next")
    await flow.get_by_text("Record a decision on paper", exact=True).click()
    await flow.get_by_text("Yes, couriers may come in").click()
    await fill(flow, **{"Every day": "08:00-12:00, 17:00-20:00"})
    # This dialog stays open: closing it goes back in the history, which would stop what is opened next.
    await album.take("paper-step", page)


async def fill(flow: Locator, **fields: str) -> None:
    """Fill in a step's fields by their labels."""
    for label, typed in fields.items():
        await flow.get_by_role("textbox", name=re.compile(rf"^{label}\*?$")).fill(typed)


async def press(flow: Locator, name: str) -> None:
    """Press a button of a step."""
    await flow.get_by_role("button", name=name, exact=True).click()


async def notice(album: Album, owner: Panel) -> None:
    """The lobby notice, as it is printed."""
    link = owner.page.get_by_role("link", name="Print the lobby notice")
    address = await link.get_attribute("href")
    await show(owner.page, "lobby-notice")
    await owner.page.emulate_media(media="print")
    await owner.page.goto(f"{owner.url}{address}")
    await owner.page.get_by_text("Olive, ground floor left").wait_for()
    await album.take("lobby-notice", owner.page)
    await owner.page.emulate_media(media="screen")


async def sheet(album: Album, browser: Browser, running: Running) -> None:
    """The sheet at the door, as it is printed, and what its code leads a driver to."""
    building = running.site.building
    address = await building.hang_sheets([(await building.parts("door"))[DOOR]])
    async with page_of(browser, SCREENS["door-sheet"].width, scale=SCALE) as page:
        await show(page, "door-sheet")
        await page.emulate_media(media="print")
        await page.goto(address)
        code = await page.locator(".address").inner_text()
        await album.take("door-sheet", page)
    door = code.replace(ADDRESS, running.home.url)
    async with page_of(browser, PHONE.width, phone=True, scale=SCALE) as page:
        await show(page, "door-page")
        await page.goto(door)
        await page.get_by_label("PIN, code, or parcel number").wait_for()
        await album.take("door-page", page)


async def board(album: Album, mara: Panel) -> None:
    """The card on a dashboard."""
    await show(mara.page, "card")
    await mara.page.goto(f"{mara.url}/{BOARD}/0")
    card = mara.page.locator(CARD)
    await card.locator("[data-next]").wait_for()
    await card.locator("[data-state=locked]").wait_for()
    await card.get_by_text("Last visit").wait_for()
    await album.take("card", mara.page)


async def door_page(owner: Panel, running: Running) -> None:
    """Have the door's page on the administrator's screen."""
    doors = await running.site.building.parts("door")
    device = await running.site.building.device(doors[DOOR])
    await show(owner.page, "door")
    await owner.page.goto(f"{owner.url}/config/devices/device/{device}")
    await owner.page.get_by_text("Unlock", exact=True).wait_for()


async def door(album: Album, owner: Panel) -> None:
    """The door's page, with a courier just let in."""
    await owner.page.get_by_text("Courier let in").first.wait_for()
    await owner.page.get_by_text("Lock", exact=True).wait_for()
    controls = owner.page.locator("ha-device-entities-card").first
    await controls.evaluate("card => card.scrollIntoView()")
    await album.take("door", owner.page)


async def delivery(album: Album, mara: Panel, swift: Courier, grant_id: str) -> None:
    """The demo on a phone, from the next delivery to the open door."""
    await show(mara.page, "panel-home")
    home = await mara.show("now")
    await home.locator(f"[data-next='{grant_id}']").wait_for()
    await home.locator("[data-state=locked]").wait_for()
    await album.take("panel-home", mara.page)
    await album.frame(mara.page, 2.5)
    entering = asyncio.create_task(swift.enter(grant_id))
    question = home.locator("[data-decide=question]")
    await question.get_by_text(f"{swift.name} is at").wait_for()
    await album.frame(mara.page, 2.5)
    yes = question.get_by_role("button", name="Let in")
    await album.frame(mara.page, 1, touched=yes)
    await yes.click()
    assert (await entering).decision == "admitted"
    await question.wait_for(state="detached")
    await home.locator("[data-state=unlocked]").wait_for()
    await home.get_by_text(f"Last visit: {swift.name}").wait_for()
    await album.frame(mara.page, 2.5)


async def visits(album: Album, mara: Panel, swift: Courier) -> None:
    """The visits, and the newest one."""
    shown = await mara.show("entries")
    newest = shown.locator("li", has_text=swift.name).first
    await newest.wait_for()
    await album.take("panel-visits", mara.page)
    await album.frame(mara.page, 2)
    await newest.click()
    visit = shown.locator("courier-access-visit")
    await visit.get_by_text(f"{swift.name} was let in").wait_for()
    await visit.get_by_role("button", name="Verify").click()
    await visit.get_by_text("are unchanged").wait_for()
    await album.frame(mara.page, 3)
    await shown.get_by_role("button", name="Close").last.click()
    await visit.wait_for(state="detached")


async def deliveries(album: Album, mara: Panel) -> None:
    """The deliveries that are expected."""
    shown = await mara.show("deliveries")
    await shown.locator("li").nth(1).wait_for()
    await album.take("panel-deliveries", mara.page)


async def rules(album: Album, mara: Panel) -> None:
    """A resident's rules, with their hours."""
    shown = await mara.show("hours")
    await shown.get_by_role("button", name="None", exact=True).click()
    await shown.get_by_role("button", name="Weekday evenings 17\u201321").click()
    await shown.locator("div[aria-busy='false']").wait_for()
    await album.take("panel-rules", mara.page)


async def activity(album: Album, owner: Panel) -> None:
    """The activity of the delivery in the demo."""
    await show(owner.page, "activity")
    await owner.page.goto(f"{owner.url}/logbook")
    await owner.page.get_by_text("Entry completed").first.wait_for()
    await album.take("activity", owner.page)
