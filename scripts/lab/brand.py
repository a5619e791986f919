"""The command `scripts/brand`: draws the images by which Home Assistant shows the integration."""

from collections.abc import Iterator

import resvg_py

from .places import INTEGRATION, ROOT

SOURCES = ROOT / "brand"
IMAGES = INTEGRATION / "brand"
HEIGHT = 256
_LOGO, _ICON = 'viewBox="0 0 755 256"', 'viewBox="0 0 256 256"'


def images() -> Iterator[tuple[str, bytes]]:
    """Draw each image that Home Assistant asks for, by its name: icon and logo, dark, and for fine screens."""
    logo = (SOURCES / "logo.svg").read_text("utf-8")
    dark = (SOURCES / "dark.css").read_text("utf-8")
    assert _LOGO in logo
    # The icon is the logo without its words.
    for subject, drawing in (("icon", logo.replace(_LOGO, _ICON)), ("logo", logo)):
        for prefix, colours in (("", None), ("dark_", dark)):
            for suffix, zoom in (("", 1), ("@2x", 2)):
                image = resvg_py.svg_to_bytes(
                    svg_string=drawing,
                    height=HEIGHT * zoom,
                    style_sheet=colours,
                    skip_system_fonts=True,
                )
                yield f"{prefix}{subject}{suffix}.png", image


def main() -> None:
    """Write them all."""
    IMAGES.mkdir(exist_ok=True)
    for name, image in images():
        (IMAGES / name).write_bytes(image)


if __name__ == "__main__":
    main()
