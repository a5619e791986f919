"""The HTML and the forms of drivers' pages; nothing on them is about residents."""

from collections.abc import Container
from dataclasses import dataclass
import re
import secrets
from typing import Final

from ..forms import InvalidForm, form_fields
from ..html import NOTHING, Html, button, document, element, paragraph, section, text
from ..texts import PageTexts

ONCE: Final = "once"
AGAIN: Final = "again"
CODE: Final = "code"
RING: Final = "ring"
SIGN: Final = "sign"

MOST_TYPED: Final = 64
_ONCE: Final = re.compile(r"[\w-]{22}", re.ASCII)
_ONCE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a driver is."""

    building: str
    door: str


def door_page(
    texts: PageTexts, heading: Heading, *, again: bool, is_off: bool = False
) -> str:
    """Return the page at a door: type a code, or ring; or what else still works."""
    html = texts.html
    if is_off:
        return _page(texts, heading, _status(html("say_codes_off")))
    return _page(
        texts,
        heading,
        _again(texts, again=again),
        section(
            html("page_door_with"),
            _typed(texts, CODE, "page_door_code"),
        ),
        section(
            html("page_door_without"),
            paragraph(html("page_door_ring_says")),
            button(html("page_door_ring"), {ONCE: _new_once(), RING: "yes"}),
        ),
    )


def pass_page(
    texts: PageTexts, heading: Heading, window: str, says: str | None, *, again: bool
) -> str:
    """Return the page of a pass: its window, and its form or why there is none."""
    return _page(
        texts,
        heading,
        _again(texts, again=again),
        section(
            texts.html("page_pass_window"),
            paragraph(text(window), classes="now"),
            _typed(texts, SIGN, "page_pass_sign")
            if says is None
            else paragraph(texts.html(says)),
        ),
    )


def answer_page(
    texts: PageTexts, heading: Heading, says: str, rings_again: str | None = None
) -> str:
    """Return the page with the answer to a driver.

    The page with the token `rings_again` can ring again.
    """
    again = NOTHING
    if rings_again is not None:
        fields = {ONCE: _new_once(), AGAIN: rings_again}
        again = button(texts.html("page_door_ring_again"), fields, classes="yes")
    return _page(
        texts,
        heading,
        _status(text(says)),
        again,
        _link(texts, "page_door_back", "?"),
        title=says,
    )


def waiting_page(texts: PageTexts, heading: Heading, once: str) -> str:
    """Return the page for as long as there is no answer."""
    return _page(
        texts,
        heading,
        _status(texts.html("page_door_wait")),
        _link(texts, "page_door_look", f"?{ONCE}={once}"),
        title=texts.plain("page_door_wait"),
    )


def _page(
    texts: PageTexts, heading: Heading, *content: Html, title: str | None = None
) -> str:
    """Return a page; what matters most is its title, which is read out first."""
    where = texts.plain("page_door_title", building=heading.building, door=heading.door)
    return document(
        texts.language,
        title or where,
        element("h1", text(heading.building)),
        paragraph(text(heading.door), classes="soft"),
        *content,
    )


def _again(texts: PageTexts, *, again: bool) -> Html:
    return _status(texts.html("page_door_again")) if again else NOTHING


def _status(says: Html) -> Html:
    return element("p", says, classes="said now", attributes={"role": "status"})


def _link(texts: PageTexts, says: str, to: str) -> Html:
    return element("a", texts.html(says), classes="button", attributes={"href": to})


def _typed(texts: PageTexts, name: str, label: str) -> Html:
    """Return a form with one field."""
    field = _field(texts.html(label), name)
    once = {ONCE: _new_once()}
    return button(texts.html("page_door_open"), once, field, classes="yes")


def _field(label: Html, name: str) -> Html:
    """Return a labeled field, as phones' keyboards should take it."""
    return paragraph(
        element("label", label, attributes={"for": name}),
        Html(
            f'<input type="text" id="{name}" name="{name}" required'
            f' maxlength="{MOST_TYPED}" autocomplete="off" autocapitalize="characters"'
            ' spellcheck="false">'
        ),
    )


def _new_once() -> str:
    return secrets.token_urlsafe(_ONCE_BYTES)


def is_once(value: str) -> bool:
    """Return whether a value has the form of a `once`."""
    return _ONCE.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Sent:
    """A submitted form: what is asked for, and what was typed for it."""

    once: str
    asks: str
    typed: str


def read_sent(body: bytes, names: Container[str]) -> Sent:
    """Parse a submitted form, which asks for one of these.

    Raises:
        InvalidForm: no form of the page sends this.

    """
    fields = dict(form_fields(body, 2))
    once = fields.pop(ONCE, "")
    if not is_once(once) or len(fields) != 1:
        raise InvalidForm
    [(asks, typed)] = fields.items()
    if asks not in names or len(typed) > MOST_TYPED:
        raise InvalidForm
    return Sent(once, asks, typed)
