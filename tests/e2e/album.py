"""Takes the pictures of the documents: each one of its screen, not blank, and not wider than the screen."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page

from scripts.lab.pictures import PHONE, SCREENS, Size, shrunk

from .browser import PANEL, PASSING, SCREENSHOTS
from .dashboard import CARD

_HEADER = 1 / 5
"""The part of a screen's height that its header has at most."""

_LEAST_ENTROPY = 0.3
"""Bits a pixel beneath the header: a page that is still empty has none."""

_FITS = "part => part.scrollWidth <= part.clientWidth"
_TOUCH = """target => {
    const {left, top, width, height} = target.getBoundingClientRect();
    const touch = document.createElement("div");
    touch.id = "touch";
    touch.style.cssText = `position: fixed; width: 44px; height: 44px; border-radius: 50%; z-index: 99;
        left: ${left + width / 2 - 22}px; top: ${top + height / 2 - 22}px;
        background: #0006; border: 3px solid #fffc`;
    document.body.append(touch);
}"""
_LEFT = "() => document.querySelector('#touch').remove()"


def assert_not_blank(picture: bytes, size: tuple[int, int], name: str) -> None:
    """Look at a picture: it has its size, and something is to be seen."""
    with Image.open(BytesIO(picture)) as opened:
        assert opened.size == size, name
        top = round(opened.height * _HEADER)
        content = opened.convert("L").crop((0, top, *opened.size))
        assert content.entropy() > _LEAST_ENTROPY, name


def keep(name: str, content: bytes) -> None:
    """Write a picture where pictures are wanted."""
    if SCREENSHOTS is not None:
        small = shrunk(content) if name.endswith(".png") else content
        (Path(SCREENSHOTS) / name).write_bytes(small)


@dataclass(slots=True)
class Album:
    """The pictures that were taken, and the frames of the demo, each with its seconds."""

    taken: dict[str, bytes] = field(default_factory=dict)
    frames: list[tuple[bytes, float]] = field(default_factory=list)

    async def take(self, name: str, page: Page) -> None:
        """Take a picture of a page, without what is said on it for a moment."""
        self.taken[name] = await _picture(page, SCREENS[name], name)

    async def frame(
        self, page: Page, seconds: float, touched: Locator | None = None
    ) -> None:
        """Take a frame of the demo; where something is touched, with the finger's mark."""
        if touched is not None:
            await touched.evaluate(_TOUCH)
        name = f"frame {len(self.frames)}"
        self.frames.append((await _picture(page, PHONE, name), seconds))
        if touched is not None:
            await page.evaluate(_LEFT)


async def _picture(page: Page, screen: Size, name: str) -> bytes:
    """Take a picture of a screen, with movements at their end, and without what is said for a moment."""
    # Our own pages forbid other styles than theirs, and say nothing for a moment.
    passing = await page.locator(PASSING).count()
    style = f"{PASSING} {{ display: none !important }}" if passing else None
    assert page.viewport_size == {"width": screen.width, "height": screen.height}, name
    for part in await page.locator(f"html, {PANEL}, {CARD}").all():
        assert await part.evaluate(_FITS), name
    picture = await page.screenshot(animations="disabled", style=style)
    assert_not_blank(picture, screen.scaled(), name)
    return picture
