"""The residents' guide, the lobby notice, a form, and a door's sheet are one page each when a browser prints them."""

import re

from markdown_it import MarkdownIt
from playwright.async_api import Browser
import pytest

from custom_components.courier_access.access.hours import WEEKDAYS
from custom_components.courier_access.const import DRIVERS_LANGUAGES, RESIDENT_LANGUAGES
from custom_components.courier_access.doors.doors import Sheet
from custom_components.courier_access.flows.options import MOST_WRITTEN
from custom_components.courier_access.ledger.state.consent_texts import ConsentText
from custom_components.courier_access.ledger.state.fleet_visits import VisitsWanted
from custom_components.courier_access.residents.directory import Responsible
from custom_components.courier_access.web.building_pages import Lobby
from custom_components.courier_access.web.html import PageTexts, render
from scripts.lab.places import ROOT
from tests.support.page_states import NOW, QR, ZONE
from tests.web.test_templates import Watched

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


LINE = ("Owners of 12 Elm Street, " * 9)[:MOST_WRITTEN]
LONGEST = Responsible(LINE, "\n".join([LINE[:29]] * 4), LINE, LINE)
"""As much as the form takes."""
VISITS = VisitsWanted(
    "https://fleet.of-many-buildings.example.com:8443", 1100, asks=False
)


async def pages_of(browser: Browser, written: str) -> int:
    page = await browser.new_page()
    await page.set_content(written)
    printed = await page.pdf(prefer_css_page_size=True)
    await page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


async def test_lobby_notice_fits_on_one_page(browser: Browser) -> None:
    for language in RESIDENT_LANGUAGES:
        lobby = Lobby(
            "12 Elm Street", [], ["Amazon Key relay"], LONGEST, 30, 36, VISITS
        )
        written = render(
            "lobby_notice.html.j2",
            texts=PageTexts(Watched(language), ZONE),
            lobby=lobby,
            code=QR,
            today=NOW.date(),
        )
        assert await pages_of(browser, written) == 1, language


async def test_form_for_a_yes_on_paper_fits_on_one_page(browser: Browser) -> None:
    values = {"days": 90, "rules": 90, "months": 36, "proof": 1095}
    for language in RESIDENT_LANGUAGES:
        texts = PageTexts(Watched(language), ZONE)
        lines = [
            *texts.plain("consent_text", building="12 Elm Street", **values).split(
                "\n"
            ),
            texts.plain("consent_visits", fleet=VISITS.fleet, days=VISITS.days),
            texts.plain("notification_responsible", who=LONGEST.line),
            texts.plain(
                "page_responsible_purpose",
                purpose=texts.plain("page_responsible_usual"),
            ),
            texts.plain("page_responsible_rights"),
            texts.plain("page_responsible_authority", authority=LINE),
        ]
        written = render(
            "consent_form.html.j2",
            texts=texts,
            building="12 Elm Street",
            text=ConsentText.of(language, lines),
            weekdays=WEEKDAYS,
            is_one_home=False,
        )
        assert await pages_of(browser, written) == 1, language


async def test_sheet_of_a_door_fits_on_one_page(browser: Browser) -> None:
    for language in DRIVERS_LANGUAGES:
        written = render(
            "door_sheets.html.j2",
            texts=PageTexts(Watched(language), ZONE),
            own=PageTexts(Watched(language), ZONE),
            building="12 Elm Street",
            sheets={"Front door": Sheet("page", "QX")},
            codes={"Front door": QR},
            responsible=LONGEST,
            days=90,
            months=36,
            visits=VISITS,
            is_reachable=True,
        )
        assert await pages_of(browser, written) == 1, language
