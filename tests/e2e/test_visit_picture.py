"""The picture of a visit: an automation takes it, and the visit's recipients see it in the panel."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.answers import record, records
from scripts.lab.building import DOMAIN
from scripts.lab.client import SECONDS
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import DOOR, OPEN_UNIT

from .browser import Panel, panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

_IS_SHOWN = "image => image.decode().then(() => image.naturalWidth > 0)"


def photograph(file: Path, color: str) -> None:
    """Draw what a camera in the lobby may see: a parcel on the floor."""
    picture = Image.new("RGB", (1280, 720), "#cfc4b4")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 480, 1280, 720), fill="#8b7d6b")
    draw.rectangle((500, 330, 820, 580), fill=color)
    draw.rectangle((640, 330, 680, 580), fill="#e6d9b8")
    picture.save(file)


async def let_in(courier: Courier) -> str:
    """Let a courier in with a delivery for the open unit; return the entry's ID."""
    now, grant_id = datetime.now(UTC), new_grant_id()
    await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(hours=1))
    entered = await courier.enter(grant_id)
    assert entered.decision == "admitted"
    return str(entered.body["entry_id"])


async def pass_on(running: Running, entry_id: str, image: str) -> None:
    """Pass a picture on, and wait until the recipient can read it."""
    site = running.site
    building = site.building
    message = {
        "device_id": await building.device((await building.parts("door"))[DOOR]),
        "entry_id": entry_id,
        "message": "This is how the lobby looks.",
        "image": image,
    }
    await site.owner.act(f"{DOMAIN}.notify_recipients", message)
    async with site.resident.channel() as channel, asyncio.timeout(SECONDS):
        while True:
            page = await channel.command(
                f"{DOMAIN}/entries", building=site.kept.entry_id, limit=5
            )
            entries = records(record(page)["entries"])
            if any(entry.get("picture") == image for entry in entries):
                return
            await asyncio.sleep(0.05)


async def open_visit(panel: Panel, courier: Courier) -> Locator:
    """Open the courier's newest visit, which says that it has a picture."""
    entries = await panel.show("entries")
    line = entries.locator("li", has_text=courier.name).first
    await line.get_by_text("Picture of this visit").wait_for()
    await panel.picture("visit-picture-line")
    await line.click()
    return entries.locator("courier-access-visit")


async def see(
    browser: Browser, running: Running, courier: Courier, start: str, kind: str
) -> None:
    """Log the recipient in on a phone, and look at the picture."""
    login = running.site.kept.logins["resident"]
    url = running.home.url
    async with panel_of(
        browser, url, login, 360, dark=kind == "dark", phone=True
    ) as panel:
        visit = await open_visit(panel, courier)
        image = visit.get_by_role("img", name="Picture of this visit")
        await image.wait_for()
        assert await image.evaluate(_IS_SHOWN)
        assert (await image.get_attribute("src") or "").startswith(start)
        await panel.picture(f"visit-picture-{kind}")
        assert await panel.violations() == []
        assert await panel.is_as_wide_as_the_screen()
        assert panel.complaints == []


async def test_the_picture_of_a_visit_is_for_its_recipients_as_long_as_there_is_a_file(
    browser: Browser, running: Running, courier: Courier
) -> None:
    entry_id = await let_in(courier)
    name = f"{entry_id}.jpg"
    media = running.home.folder / "media" / name
    photograph(media, "#3a6ea9")

    await pass_on(running, entry_id, f"/media/local/{name}")
    for kind in ("light", "dark"):
        await see(browser, running, courier, f"/media/local/{name}?authSig=", kind)

    media.unlink()
    await finds_no_file(browser, running, courier)
    await finds_no_picture_of_others(browser, running, courier)


async def finds_no_file(browser: Browser, running: Running, courier: Courier) -> None:
    """The rest of the visit is shown, without a broken image."""
    login = running.site.kept.logins["resident"]
    async with panel_of(browser, running.home.url, login, 360, phone=True) as panel:
        async with panel.page.expect_response("**/media/local/**") as answered:
            visit = await open_visit(panel, courier)
        assert (await answered.value).status == 404
        await visit.locator("img").wait_for(state="detached")
        await visit.get_by_text(f"{courier.name} was let in").wait_for()
        # The browser itself writes down what it couldn't load.
        [complaint] = panel.complaints
        assert "404" in complaint


async def finds_no_picture_of_others(
    browser: Browser, running: Running, courier: Courier
) -> None:
    """The administrator, who isn't a recipient, sees the visit only."""
    login = running.site.kept.logins["owner"]
    async with panel_of(browser, running.home.url, login, 360, phone=True) as panel:
        entries = await panel.show("entries")
        line = entries.locator("li", has_text=courier.name).first
        await line.click()
        visit = entries.locator("courier-access-visit")
        await visit.locator(".receipt", has_text="\u00b7").wait_for()
        assert await visit.locator("img").count() == 0
        assert await line.get_by_text("Picture of this visit").count() == 0
        assert panel.complaints == []
