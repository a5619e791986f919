"""A resident expects a parcel on a phone, and its driver comes in with the pass."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.answers import text
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Courier
from scripts.lab.site import DOOR

from .browser import Panel, panel_of
from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

ZONE = ZoneInfo("Europe/Paris")
NOTE = "JD 0146 71"


async def is_usable(panel: Panel, name: str) -> None:
    """Look at what is shown now: nothing shuts anybody out, and nothing is cut off."""
    assert await panel.violations() == [], name
    assert await panel.is_as_wide_as_the_screen(), name
    await panel.picture(f"parcel-{name}")


async def fill_time(form: Locator, name: str, at: datetime) -> None:
    """Fill in hours and minutes, each of which has a field."""
    group = form.get_by_role("group", name=name)
    for part, filled in (("hh", f"{at:%H}"), ("mm", f"{at:%M}")):
        await group.get_by_role("spinbutton", name=part).fill(filled)
        await group.get_by_role("spinbutton", name=part).press("Tab")


async def open_form(panel: Panel) -> Locator:
    """Go to the form from the first view; going back leads there again, and closes the form."""
    now = panel.page.locator("courier-access-now")
    deliveries = panel.page.locator("courier-access-deliveries")
    form = deliveries.locator("courier-access-expect")
    expect = now.get_by_role("link", name="Expect a parcel")
    await panel.page.evaluate("() => void (window.isSamePage = true)")
    await expect.click()
    await form.wait_for()
    assert await panel.page.evaluate("() => window.isSamePage")
    await panel.page.go_back()
    await expect.wait_for()
    await panel.page.go_forward()
    await deliveries.get_by_role("button", name="Expect a parcel").click()
    assert await form.count() == 1
    return form


async def test_driver_comes_in_with_a_pass_that_a_resident_made_on_a_phone(
    browser: Browser, running: Running, courier: Courier
) -> None:
    site = running.site
    door_id = (await site.building.parts("door"))[DOOR]
    device_id = await site.building.device(door_id)
    login = site.kept.logins["resident"]
    async with (
        panel_of(browser, running.home.url, login, 360, phone=True) as panel,
        running.watched() as door,
    ):
        form = await open_form(panel)
        deliveries = panel.page.locator("courier-access-deliveries")
        await panel.choose(form, "Courier", courier.name)
        await form.get_by_role("button", name="Other times").click()
        now = datetime.now(ZONE)
        await fill_time(form, "From", now)
        await fill_time(form, "To", now + timedelta(hours=3))
        await form.get_by_label("Parcel number or note").fill(NOTE)
        await is_usable(panel, "form")
        await form.get_by_role("button", name="Save").click()
        parcel = deliveries.locator("li", has_text=NOTE)
        await parcel.wait_for()

        await parcel.get_by_role("button", name="Change").click()
        await form.get_by_label("Parcel number or note").fill(f"{NOTE} changed")
        await is_usable(panel, "change")
        await form.get_by_role("button", name="Save").click()
        parcel = deliveries.locator("li", has_text=f"{NOTE} changed")
        await parcel.wait_for()
        await is_usable(panel, "expected")

        await parcel.get_by_role("button", name="Pass for the driver").click()
        made = parcel.locator("courier-access-pass")
        pin = await made.locator("[data-pin]").inner_text()
        await is_usable(panel, "pass")
        await panel.page.context.grant_permissions(
            ["clipboard-read", "clipboard-write"]
        )
        await made.get_by_role("button", name="Copy").click()
        await panel.says("Copied.")
        copied = await panel.page.evaluate("() => navigator.clipboard.readText()")
        assert f"type the PIN {pin} at the door" in copied
        await panel.picture("parcel-shared")
        await panel.show("now")
        deliveries = await panel.show("deliveries")
        assert pin not in await deliveries.inner_text()
        await parcel.get_by_role("button", name="Revoke the pass").wait_for()

        shown = {"device_id": device_id, "pin": pin}
        answer = await site.owner.ask(f"{DOMAIN}.request_entry", shown)
        assert text(answer, "decision") == "admitted"
        assert await door.until(lambda: door.opened == 1, 30)
        await parcel.wait_for(state="detached")
        again = await site.owner.ask(f"{DOMAIN}.request_entry", shown)
        assert text(again, "decision") == "refused"

        entries = await panel.show("entries")
        admitted = entries.locator("li", has=panel.page.locator(".result.admitted"))
        await admitted.filter(has_text=courier.name).first.click()
        visit = entries.locator("courier-access-visit")
        await visit.get_by_text(f"{courier.name} was let in").wait_for()
        await visit.get_by_text("Shown: a one-time pass.").wait_for()
        await is_usable(panel, "entry")
        await entries.get_by_role("button", name="Close").last.click()
        hours = await panel.show("hours")
        await panel.unfold(hours)
        code = hours.locator("courier-access-address-code")
        await code.get_by_role("button", name="Renew").click()
        await code.get_by_text("This code is shown only once.").wait_for()
        await is_usable(panel, "rules")
        assert panel.complaints == []
