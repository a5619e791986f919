"""A real browser, logged in to a Home Assistant as people do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import shutil

from playwright.async_api import Browser, Page, async_playwright

from .people import Login

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the browser that `scripts/setup browser` has seen to."""
    program = next(found for name in _PROGRAMS if (found := shutil.which(name)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, args=_ARGUMENTS
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_of(
    browser: Browser,
    width: int,
    *,
    dark: bool = False,
    phone: bool = False,
    scale: int = 1,
    language: str | None = None,
    scripts: bool = True,
) -> AsyncIterator[Page]:
    """Open a browser of one's own; `language` is that of the front end, if somebody has chosen one."""
    context = await browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        has_touch=phone,
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="Europe/Paris",
        java_script_enabled=scripts,
    )
    if language is not None:
        await context.add_init_script(
            f"localStorage.setItem('selectedLanguage', '\"{language}\"')"
        )
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def log_in(page: Page, url: str, login: Login) -> None:
    """Go to an address of Home Assistant and log in on the way."""
    await page.goto(url)
    await page.fill("input[name=username]", login.username)
    await page.fill("input[name=password]", login.password)
    await page.keyboard.press("Enter")
