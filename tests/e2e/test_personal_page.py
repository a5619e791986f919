"""A resident without an account, on a narrow phone without JavaScript, against a real Home Assistant."""

from datetime import UTC, datetime, timedelta
import re

from playwright.async_api import Browser, Locator
import pytest

from scripts.lab.browser import page_of
from scripts.lab.site import JONAS, LETTERBOX

from .browser import Screen
from .running import Running

pytestmark = [pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="session")]

NAME = "Hertha"
LINK = re.compile(r"http\S+/api/courier_access/personal/[\w-]+")

BROKEN = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const { 0: word, index } of text.data.matchAll(/[\\p{L}]+/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => top));
      if (lines.size > 1) broken.push(word);
    }
  }
  return broken;
}"""
"""Finds the words that don't fit a line; only letters, since an address may break."""


async def link_of_a_new_resident(running: Running) -> str:
    since = len(running.push.notifications)
    await running.site.building.add_resident(
        {"name": NAME, "unit": "2C", "language": "de"},
        {"notify_actions": [f"notify.{LETTERBOX}"]},
    )
    heard = await running.push.heard_by(JONAS, "/personal/", since=since)
    assert heard is not None
    found = LINK.search(heard.message)
    assert found is not None
    return found[0]


def _form(do: str) -> str:
    return f"form:has(input[name=do][value={do}])"


class Page:
    """The personal page, as its resident uses it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page

    def form(self, do: str) -> Locator:
        return self.page.locator(_form(do)).first

    async def press(self, do: str, button: str = "button", **fields: str) -> None:
        """Unfold a form if it is folded, fill it in, and send it."""
        form = self.form(do)
        if not await form.is_visible():
            fold = self.page.locator(f"details:has({_form(do)})").first
            await fold.locator("> summary").click()
        await self.fits()
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if name == "hours":
                await field.select_option(value)
            else:
                await field.fill(value)
        await form.locator(button).last.click()
        await self.page.wait_for_load_state()
        await self.fits()

    async def fits(self) -> None:
        assert await self.screen.is_as_wide_as_the_screen()
        assert await self.page.evaluate(BROKEN) == []


async def test_resident_decides_on_a_narrow_phone_in_german(
    browser: Browser, alone: Running
) -> None:
    await alone.begin()
    link = await link_of_a_new_resident(alone)
    async with page_of(browser, 320, phone=True, scripts=False) as opened:
        await opened.goto(link)
        page = Page(Screen(opened, "", "html"))
        says = page.screen.says
        await page.form("give_consent").locator("input[type=checkbox]").check()
        await page.press("give_consent")
        await says("Deine Einwilligung ist festgehalten.")
        await page.press("set_week", "button[value=evenings]")
        await says("Deine Zeiten sind gespeichert.")

        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        times = {"from": "09:00", "to": "10:00"}
        await page.press("expect", day=tomorrow, hours="other", **times)
        await says("Nicht angenommen: Diese Lieferung öffnet nichts.")
        # The first form for a parcel is the one that opens the hours.
        await page.press("expect")
        await says("Das Paket ist angekündigt.")
        await page.press("remove_day")
        await says("Entfernt. An diesem Tag gelten wieder deine üblichen Zeiten.")
        await page.press("open_once")
        await says("Deine Zeiten sind dieses eine Mal offen.")

        await page.press("make_pass")
        await says("Pass für den Fahrer")
        await page.press("pause_unit", "button[value=tonight]")
        await says("Für deine Wohnung pausiert.")
        await page.press("resume_unit")
        await page.press("new_couriers")
        await says("Gespeichert. Das gilt für Zustelldienste, die später dazukommen.")
        await page.press("opt_out")
        await says("Dein Nein ist festgehalten.")
        await page.press("withdraw_consent")
        await says("Zustelldienste bleiben aus deiner Wohnung heraus.")
        await opened.goto(f"{link}?about")
        await page.fits()
        await opened.get_by_role("link", name="Zurück").click()
        await page.form("lift_block").wait_for()
    await alone.move_out(NAME)
    assert alone.complaints() == []
