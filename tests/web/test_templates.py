"""Every page is made by its template, in every state and language, and by nothing else."""

from base64 import b64encode
from datetime import timedelta
from functools import cache
from hashlib import sha256
from html import unescape
import json
from pathlib import Path
import re

from homeassistant.util import dt as dt_util
from hypothesis import given, strategies as st
from jinja2 import Environment
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Const
import pytest

from custom_components.courier_access import web
from custom_components.courier_access.access.hours import HoursProblem
from custom_components.courier_access.api.passes import PageAnswer
from custom_components.courier_access.const import (
    DRIVERS_LANGUAGES,
    ONLY_DRIVERS_LANGUAGES,
    RESIDENT_LANGUAGES,
)
from custom_components.courier_access.web.about_me import ABOUT_HEADERS
from custom_components.courier_access.web.building_pages import (
    DRIVER_HEADERS,
    FORM_HEADERS,
    NOTICE_HEADERS,
    SHEET_HEADERS,
)
from custom_components.courier_access.web.html import HEADERS, PageTexts, render
from custom_components.courier_access.web.personal.actions import WindowProblem
from tests.support.page_states import ZONE, drivers, pages
from tests.support.pages import Reader

PACKAGE = Path(web.__file__).parents[1]
TEMPLATES = Path(web.__file__).parent / "templates"
FAULTS = {
    "page_expect_refused",
    *(f"page_expect_{problem}" for problem in WindowProblem),
    *(f"page_{problem}" for problem in HoursProblem),
}
"""Texts that a page is given."""
OF_FLOWS = "link.html.j2"


class Watched(dict[str, str]):
    """The texts of a language; it keeps which are read."""

    def __init__(self, language: str) -> None:
        folder = PACKAGE / "translations"
        if language in ONLY_DRIVERS_LANGUAGES:
            path = folder / "drivers" / f"{language}.json"
            super().__init__(json.loads(path.read_text("utf-8")))
        else:
            path = folder / f"{language}.json"
            super().__init__(json.loads(path.read_text("utf-8"))["common"])
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.used.add(key)
        return super().__getitem__(key)


@cache
def names_in(path: Path) -> tuple[set[str], set[str]]:
    """Return the texts that a template has as constants, and the templates that it names."""
    syntax = Environment(autoescape=True).parse(path.read_text("utf-8"))
    constants = {each.value for each in syntax.find_all(Const)}
    texts = {each for each in constants if isinstance(each, str)}
    return texts, {each for each in find_referenced_templates(syntax) if each}


@pytest.mark.parametrize("language", RESIDENT_LANGUAGES)
def test_every_template_renders_in_every_state(language: str) -> None:
    texts = Watched(language)
    rendered: set[str] = set()
    for template, written in pages(PageTexts(texts, ZONE)):
        reader = Reader()
        reader.feed(written)
        rendered.add(template)
        assert reader.lang == texts["page_lang"]
        assert reader.title
        assert "{" not in reader.text
        assert "script" not in reader.tags

    named: set[str] = set()
    for path in TEMPLATES.glob("*.j2"):
        constants, templates = names_in(path)
        named |= constants & texts.keys()
        rendered |= templates
    assert named <= texts.used
    of_pages = {key for key in texts if key.startswith("page_")}
    assert of_pages - texts.used == FAULTS
    assert {path.name for path in TEMPLATES.iterdir()} - rendered == {OF_FLOWS}


@pytest.mark.parametrize("language", DRIVERS_LANGUAGES)
def test_drivers_read_every_sentence_in_their_language(language: str) -> None:
    texts = Watched(language)
    for template, shows in drivers():
        reader = Reader()
        written = PageTexts(texts, ZONE)
        reader.feed(render(template, texts=written, own=written, **shows))
        assert reader.lang == language
        assert reader.direction == ("rtl" if language == "ar" else "ltr")
        assert reader.title
        assert "{" not in reader.text
    answers = {key for key in Watched("en") if key.startswith("say_")}
    assert answers <= texts.keys()
    if language in ONLY_DRIVERS_LANGUAGES:
        # A page writes the days of this year, and of the next.
        for day in (dt_util.utcnow(), dt_util.utcnow() + timedelta(days=366)):
            PageTexts(texts, ZONE).moment(day)
        assert texts.used | answers == texts.keys()
    # The sentence names the button as the button itself does.
    assert texts["page_door_open"] in texts["page_door_let_in"]


@given(st.text())
def test_text_is_never_markup(content: str) -> None:
    shows = dict(drivers())["answer.html.j2"]
    texts, answer = PageTexts(Watched("en"), ZONE), PageAnswer(content)
    written = render("answer.html.j2", **{**shows, "texts": texts, "answer": answer})
    titled = written.partition("<title>")[2].partition("</title>")[0]
    *_, said = re.findall("<bdi>(.*?)</bdi>", written, re.DOTALL)
    for inner in (titled, said):
        assert not set("<>\"'") & set(inner)
        assert unescape(inner) == content


def test_policy_allows_only_the_style_of_each_page() -> None:
    own = {
        **dict.fromkeys(("about_me.html.j2", "visit.html.j2"), ABOUT_HEADERS),
        "consent_form.html.j2": FORM_HEADERS,
        "lobby_notice.html.j2": NOTICE_HEADERS,
        "door_sheets.html.j2": SHEET_HEADERS,
        **dict.fromkeys(
            (
                "answer.html.j2",
                "door.html.j2",
                "no_pass.html.j2",
                "pass.html.j2",
                "waiting.html.j2",
            ),
            DRIVER_HEADERS,
        ),
    }
    for template, written in pages(PageTexts(Watched("en"), ZONE)):
        given = own.get(template, HEADERS)
        policy = dict(
            part.strip().split(" ", 1)
            for part in given["Content-Security-Policy"].split(";")
        )
        (style,) = re.findall("<style>(.*?)</style>", written, re.DOTALL)
        allowed = b64encode(sha256(style.encode()).digest()).decode()
        assert policy == {
            "default-src": "'none'",
            "style-src": f"'sha256-{allowed}'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
            "base-uri": "'none'",
        }
        assert "@import" not in style
        assert "url(" not in style
