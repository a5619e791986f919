"""A real browser, logged in to a real Home Assistant, on the residents' panel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
import os
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    TimeoutError as PlaywrightTimeoutError,
)

from scripts.lab import browser
from scripts.lab.browser import page_of
from scripts.lab.people import Login
from scripts.lab.places import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = os.environ.get("COURIER_ACCESS_SCREENSHOTS")
"""Where pictures of the panel go, for the documents; nowhere if it is not set."""

PANEL = "courier-access-panel"
PASSING = ".told, ha-toast[open]"
"""What is said for a moment: by the panel, and by the front end."""

_VIOLATIONS = """async part => {
    const found = await axe.run(part, {resultTypes: ["violations"]});
    return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}"""

_SETTLED = """async () => {
    const roots = root => [root, ...[...root.querySelectorAll("*")]
        .flatMap(({shadowRoot}) => shadowRoot ? roots(shadowRoot) : [])];
    const moving = roots(document).flatMap(root => root.getAnimations());
    const ends = moving.filter(({effect, playState}) =>
        playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime));
    const atMost = new Promise(resolve => setTimeout(resolve, 1000));
    await Promise.race([Promise.allSettled(ends.map(({finished}) => finished)), atMost]);
}"""


@dataclass(slots=True)
class Screen:
    """A part of the front end as one user sees it, and what the browser complained of meanwhile."""

    page: Page
    url: str
    part: str
    complaints: list[str] = field(default_factory=list)

    async def says(self, words: str) -> None:
        """Wait for a sentence, wherever it stands."""
        await self.page.get_by_text(words).first.wait_for()

    async def settled(self) -> None:
        """Wait until nothing moves or fades anymore; a page in the background does for good."""
        await self.page.evaluate(_SETTLED)

    async def violations(self) -> list[str]:
        """Return what axe-core finds wrong with the part as it is now."""
        if not await self.page.evaluate("() => 'axe' in window"):
            await self.page.add_script_tag(path=AXE)
        await self.settled()
        part = await self.page.locator(self.part).first.element_handle()
        found: list[Any] = await self.page.evaluate(_VIOLATIONS, part)
        return [str(each) for each in found]

    async def picture(self, name: str) -> None:
        """Take a picture of what is shown, where pictures are wanted."""
        if SCREENSHOTS is not None:
            await self.page.locator(PASSING).first.wait_for(state="detached")
            await self.settled()
            await self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")

    async def is_as_wide_as_the_screen(self) -> bool:
        """Whether the page fits without scrolling sideways."""
        return bool(
            await self.page.locator(self.part).first.evaluate(
                "part => document.documentElement.scrollWidth <= innerWidth"
                " && part.scrollWidth <= part.clientWidth"
            )
        )


@dataclass(slots=True)
class Panel(Screen):
    """The panel, view by view."""

    async def show(self, view: str) -> Locator:
        """Go to a view by its link, or by its address if the panel is not shown yet."""
        link = self.page.locator(f"{PANEL} nav a[href$='/{view}']")
        if await link.count():
            await link.click()
        else:
            await self.page.goto(f"{self.url}/courier-access/{view}")
        shown = self.page.locator(f"courier-access-{view}")
        await shown.wait_for()
        return shown

    async def views(self) -> list[str]:
        """Return the names of the views that are offered, as they stand."""
        links = await self.page.locator(f"{PANEL} nav a").all()
        paths = [await link.get_attribute("href") or "" for link in links]
        return [path.rpartition("/")[2] for path in paths]

    async def unfold(self, view: Locator) -> None:
        """Open all groups of settings that are folded up, once they are loaded."""
        await view.locator(".state[role=status]").first.wait_for(state="detached")
        folded = view.locator("section > details:not([open]) > summary")
        while await folded.count():
            await folded.first.click()

    async def choose(self, view: Locator, label: str, option: str) -> None:
        """Choose an option of a select of Home Assistant's, and see that it has it.

        What the panel hears meanwhile may close the menu before the tap counts.
        """
        field = view.get_by_role("button", name=label)
        for _ in range(3):
            await field.click()
            await self.page.get_by_role("menuitem", name=option, exact=True).click()
            with suppress(PlaywrightTimeoutError):
                await field.filter(has_text=option).wait_for(timeout=2_000)
                return
        raise AssertionError(f"{label} doesn't take {option}")

    async def drag(self, target: Locator, start: float, end: float) -> None:
        """Draw with a finger along a target, from one part of its width to another."""
        await target.scroll_into_view_if_needed()
        box = await target.bounding_box()
        assert box is not None
        fingers = await self.page.context.new_cdp_session(self.page)
        y = box["y"] + box["height"] / 2
        last = box["x"] + box["width"] * end
        for kind, x in (
            ("touchStart", box["x"] + box["width"] * start),
            ("touchMove", box["x"] + box["width"] * (start + end) / 2),
            ("touchMove", last),
            ("touchEnd", None),
        ):
            points = [] if x is None else [{"x": x, "y": y}]
            await fingers.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}
            )
        await fingers.detach()


async def log_in(screen: Screen, path: str, login: Login) -> None:
    """Log in as people do, on the way to a part of the front end."""

    def complained(message: ConsoleMessage) -> None:
        if message.type == "error":
            screen.complaints.append(message.text)

    screen.page.on("console", complained)
    screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
    await browser.log_in(screen.page, f"{screen.url}/{path}", login)


@asynccontextmanager
async def panel_of(
    chromium: Browser,
    url: str,
    login: Login,
    width: int,
    *,
    dark: bool = False,
    phone: bool = False,
    language: str | None = None,
) -> AsyncIterator[Panel]:
    """Log in and go to the panel."""
    async with page_of(
        chromium, width, dark=dark, phone=phone, language=language
    ) as page:
        panel = Panel(page, url, PANEL)
        await log_in(panel, "courier-access/now", login)
        await page.locator("courier-access-now").wait_for()
        yield panel
