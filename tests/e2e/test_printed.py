"""The residents' guide is one page when a browser prints it; what is more to say belongs into the handbook."""

import re

from markdown_it import MarkdownIt
from playwright.async_api import Browser
import pytest

from scripts.lab.places import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")

# About the look in which Markdown is shown where it is read, with a font that is wider than most.
STYLE = """
body { font: 10.5pt/1.42 "DejaVu Sans", sans-serif }
h1 { font-size: 1.7em; margin: 0 0 .5em } h2 { font-size: 1.25em; margin: 1em 0 .4em }
h1, h2 { border-bottom: 1px solid #ddd; padding-bottom: .2em }
p, ul { margin: .4em 0 .6em } ul { padding-left: 1.6em } li { margin: .15em 0 }
"""


@pytest.mark.parametrize("guide", ["residents-guide.md", "residents-guide.fr.md"])
async def test_the_residents_guide_fits_on_one_page(
    browser: Browser, guide: str
) -> None:
    written = (ROOT / "docs" / "how-to" / guide).read_text("utf-8")
    page = await browser.new_page()
    await page.set_content(f"<style>{STYLE}</style>{MarkdownIt().render(written)}")
    margin = "17mm"
    printed = await page.pdf(
        format="A4",
        margin={"top": margin, "right": margin, "bottom": margin, "left": margin},
    )
    await page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
