"""The pictures in the documents: their names and sizes, how they are kept small, and what is drawn from them."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops
from playwright.async_api import Browser

from .places import INTEGRATION, ROOT

FOLDER: Final = ROOT / "docs" / "images"
SCALE: Final = 2
"""Pixels of a picture for each one of the screen, for screens with fine pixels."""


@dataclass(frozen=True, slots=True)
class Size:
    """How wide and high something is."""

    width: int
    height: int

    def scaled(self) -> tuple[int, int]:
        """Return the size of a picture of a screen."""
        return self.width * SCALE, self.height * SCALE


PHONE: Final = Size(360, 720)
SCREENS: Final[Mapping[str, Size]] = {
    "panel-home": PHONE,
    "panel-rules": PHONE,
    "panel-visits": PHONE,
    "panel-deliveries": PHONE,
    "panel-building": PHONE,
    "card": Size(360, 400),
    "door": Size(360, 468),
    "courier-step": PHONE,
    "paper-step": PHONE,
    "lobby-notice": Size(794, 1000),
    "door-sheet": Size(794, 1123),
    "door-page": PHONE,
    "activity": Size(360, 1040),
}
"""Each picture of the running integration, and the screen that it shows."""

DEMO: Final = "delivery.gif"
PREVIEW: Final = "social-preview.png"
PREVIEW_SIZE: Final = Size(1280, 640)
"""What GitHub recommends for the picture beside a link."""

_COLORS: Final = 256
_SAME: Final = 4
"""How far a color may be from the original, of 255, to look the same."""

_STYLE: Final = """
* { box-sizing: border-box; margin: 0 }
body { width: 1280px; height: 640px; overflow: hidden; display: flex; gap: 56px; padding: 0 64px;
  background: #eef5f8; color: #12303d; font: 29px/1.4 "DejaVu Sans", sans-serif }
div { flex: 1; align-self: center }
div img { width: 440px; margin-bottom: 40px; display: block }
.phone { width: 292px; align-self: flex-start; margin-top: 64px; border: 6px solid #17516b;
  border-radius: 24px; box-shadow: 0 8px 32px #0003 }
.phone + .phone { margin: 128px 0 0 -24px }
"""


def shrunk(png: bytes) -> bytes:
    """Return the same picture in fewer bytes: with 256 colors if it looks the same."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    few = _with_few_colors(picture)
    changed = ImageChops.difference(picture, few.convert("RGB"))
    beyond = changed.point(lambda off: max(off - _SAME, 0))
    kept = picture if beyond.getbbox() else few
    written = BytesIO()
    kept.save(written, "PNG", optimize=True)
    return written.getvalue()


def animated(frames: Sequence[tuple[bytes, float]]) -> bytes:
    """Return a GIF that shows pictures in turn, each for so many seconds, and begins again."""
    drawn = []
    for png, _ in frames:
        with Image.open(BytesIO(png)) as opened:
            drawn.append(_with_few_colors(opened.convert("RGB")))
    written = BytesIO()
    drawn[0].save(
        written,
        "GIF",
        save_all=True,
        append_images=drawn[1:],
        duration=[round(seconds * 1000) for _, seconds in frames],
        loop=0,
    )
    return written.getvalue()


def said_by_the_readme() -> str:
    """Return the sentence by which the README says what this is."""
    readme = (ROOT / "README.md").read_text("utf-8")
    return next(
        part for part in readme.split("\n\n") if part.startswith("Courier Access is")
    )


async def preview(browser: Browser, phones: Sequence[bytes]) -> bytes:
    """Draw the picture that stands for a link to the project: logo, sentence, and phones."""
    logo = (INTEGRATION / "brand" / "logo@2x.png").read_bytes()
    screens = "".join(f'<img class="phone" src="{_data(phone)}">' for phone in phones)
    page = await browser.new_page(
        viewport={"width": PREVIEW_SIZE.width, "height": PREVIEW_SIZE.height}
    )
    await page.set_content(
        f'<style>{_STYLE}</style><div><img src="{_data(logo)}">'
        f"<p>{escape(said_by_the_readme())}</p></div>{screens}"
    )
    drawn = await page.screenshot()
    await page.close()
    return drawn


def _with_few_colors(picture: Image.Image) -> Image.Image:
    return picture.quantize(
        _COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"
