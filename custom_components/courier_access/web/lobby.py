"""What hangs in the lobby, and the page that its code leads to: what the door does, promises and whom to ask.

Nothing of it is anybody's own but the owner's contact, and nothing tells what is so at the moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from .html import NOTHING, Html, document, element, headers, items, join, paragraph, section, text
from .texts import Words

_PROMISES: Final = (
    ("page_promise_asked", "page_promise_asked_says"),
    ("page_promise_told", "page_promise_told_says"),
    ("page_promise_before", "page_promise_before_says"),
    ("page_promise_charge", "page_promise_charge_says"),
    ("page_promise_see", "page_promise_see_says"),
    ("page_promise_watched", "page_promise_watched_says"),
    ("page_promise_forgotten", "page_promise_forgotten_says"),
    ("page_promise_safe", "page_promise_safe_says"),
)

_QUIET: Final = 4
"""Modules that stay white around a code."""

NOTICE_STYLE: Final = (
    ":root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "@page{size:A4;margin:0}"  # no room for what browsers add, such as the address of the page
    "body{margin:0;background:#fff;color:#000;font:10.5pt/1.35 system-ui,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:210mm;margin:0 auto;padding:12mm 16mm}"
    "h1{font-size:22pt;line-height:1.15;margin:1mm 0 3mm}"
    "h2{font-size:13pt;line-height:1.25;margin:5mm 0 2mm}"
    "p{margin:0 0 2mm}"
    ".building{font-size:13pt}"
    ".lead{font-size:13pt}"
    "ul{list-style:none;margin:0;padding:0;columns:2;column-gap:9mm}"
    "li{margin:0;padding:0 0 2mm;break-inside:avoid}"
    ".ends{display:flex;gap:9mm;align-items:flex-start;break-inside:avoid}"
    ".ends>div{flex:1;min-width:0}"
    ".contact{font-size:13pt;font-weight:600;border:.5mm solid #000;padding:3mm;min-height:18mm}"
    ".contact p{margin:0}"
    "figure{margin:5mm 0 0;width:48mm;flex:none}"
    "figcaption,.soft{font-size:8.5pt;line-height:1.3}"
    ".soft{margin-top:2mm}"
    "svg{display:block;width:48mm;height:48mm}"
    ".screen{background:#fff3cd;border:1px solid #8a6d00;padding:4mm;margin:0 0 6mm}"
    "@media print{.screen{display:none}}"
    "@media screen and (max-width:40rem){main{padding:1rem}h1{font-size:20pt}ul{columns:1}.ends{display:block}}"
)
NOTICE_HEADERS: Final = headers(NOTICE_STYLE)


class NoCode(StrEnum):
    """Why there is no code on a notice."""

    OFF = "off"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class Lobby:
    """What is known of a building in its lobby; `couriers` are those that the owner admitted, by name."""

    building: str
    couriers: Sequence[str]
    contact: str
    retention_days: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it leads to; `modules` are its rows, black where true."""

    address: str
    modules: Sequence[Sequence[bool]]


def lobby_page(words: Words, lobby: Lobby) -> str:
    """Write the page for whoever scans the code, who may be anybody."""
    say = words.say
    return document(
        words.language,
        words.plain("page_lobby_title", building=lobby.building),
        element("h1", text(lobby.building)),
        section(say("page_lobby_heading"), *_about(words)),
        section(say("page_lobby_couriers"), *_couriers(words, lobby)),
        section(say("page_lobby_promises"), _promises(words, lobby)),
        section(say("page_lobby_you"), *_you(words)),
        section(say("page_lobby_owner"), _contact(lobby)) if lobby.contact else NOTHING,
    )


def lobby_notice(words: Words, lobby: Lobby, code: Code | NoCode, today: date) -> str:
    """Write the notice, for a sheet of A4, with what only its owner is told, on the screen."""
    say = words.say
    return document(
        words.language,
        words.plain("page_lobby_title", building=lobby.building),
        element("div", *_to_the_owner(words, code), classes="screen"),
        paragraph(text(lobby.building), classes="building"),
        element("h1", say("page_lobby_heading")),
        *_about(words),
        element("h2", say("page_lobby_promises")),
        _promises(words, lobby),
        element("h2", say("page_lobby_you")),
        *_you(words),
        element(
            "div",
            element(
                "div",
                element("h2", say("page_lobby_owner")),
                _contact(lobby),
                paragraph(say("page_lobby_as_of", date=words.day(today)), classes="soft"),
            ),
            NOTHING if isinstance(code, NoCode) else _code(words, code),
            classes="ends",
        ),
        NOTHING if isinstance(code, NoCode) else paragraph(text(code.address), classes="soft"),
        style=NOTICE_STYLE,
    )


def _about(words: Words) -> Iterator[Html]:
    yield paragraph(words.say("page_lobby_says"), classes="lead")
    yield paragraph(words.say("page_lobby_exit"))


def _promises(words: Words, lobby: Lobby) -> Html:
    return items(
        join(
            [
                element("strong", words.say(name)),
                Html(" "),
                words.say(says, days=str(lobby.retention_days)),
            ]
        )
        for name, says in _PROMISES
    )


def _you(words: Words) -> Iterator[Html]:
    yield paragraph(words.say("page_lobby_enrolled"))
    yield paragraph(words.say("page_lobby_link"))


def _couriers(words: Words, lobby: Lobby) -> Iterator[Html]:
    if not lobby.couriers:
        yield paragraph(words.say("page_lobby_couriers_none"))
        return
    yield items(map(text, lobby.couriers), classes="plain")
    yield paragraph(words.say("page_lobby_couriers_say"), classes="soft")


def _contact(lobby: Lobby) -> Html:
    """Say how the owner is reached; without a word of theirs there is room to write."""
    lines = (paragraph(text(line)) for line in lobby.contact.splitlines())
    return element("div", *lines, classes="contact")


def _to_the_owner(words: Words, code: Code | NoCode) -> Iterator[Html]:
    yield paragraph(words.say("page_lobby_print"))
    match code:
        case NoCode.OFF:
            yield paragraph(words.say("page_lobby_code_off"))
        case NoCode.NO_ADDRESS:
            yield paragraph(words.say("page_lobby_code_no_address"))


def _code(words: Words, code: Code) -> Html:
    side = len(code.modules) + 2 * _QUIET
    drawing = element(
        "svg",
        element("path", attributes={"d": "".join(_runs(code.modules))}),
        attributes={
            "viewBox": f"0 0 {side} {side}",
            "role": "img",
            "aria-label": words.plain("page_lobby_code_says"),
            "shape-rendering": "crispEdges",
        },
    )
    return element("figure", drawing, element("figcaption", words.say("page_lobby_code_says")))


def _runs(modules: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Yield a rectangle for each run of black modules in a row."""
    for y, row in enumerate(modules, start=_QUIET):
        x = 0
        while x < len(row):
            width = next((n for n, black in enumerate(row[x:]) if not black), len(row) - x)
            if width:
                yield f"M{x + _QUIET} {y}h{width}v1h-{width}z"
            x += width or 1
