"""A resident's personal page for tests, read as a browser reads it: over HTTP, its text and its forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, override
from urllib.parse import urlencode, urljoin

from aiohttp.test_utils import TestClient

from tests.support.house import House

PATH = "/api/courier_access/personal/"
FORM = "application/x-www-form-urlencoded"


class Reader(HTMLParser):
    """What a browser makes of a page: the elements, the text, and what each form sends."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.direction = ""
        self.title = ""
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.boxes: list[str] = []
        self.unasked: list[str] = []
        """The deeds of forms that no closed fold hides: one tap does them."""
        self._folds: list[bool] = []
        self._inside = ""
        self._choice = ""

    @override
    def updatepos(self, i: int, j: int) -> int:
        """Count no lines, which takes a quarter of the time: nobody asks where something is."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += given.items()
        self._inside = tag
        if tag == "html":
            self.lang, self.direction = given["lang"], given["dir"]
        if tag == "form":
            self.forms.append({})
        if tag == "details":
            self._folds.append("open" not in given)
        if given.get("name") == "do" and not any(self._folds):
            self.unasked.append(given["value"])
        if tag == "input" and given["type"] == "checkbox":
            self.boxes.append(given["name"])
        elif tag == "input" and "value" in given:
            self.forms[-1][given["name"]] = given["value"]
        if tag == "select":
            self._choice = given["name"]
        if tag == "option" and (
            "selected" in given or self._choice not in self.forms[-1]
        ):
            self.forms[-1][self._choice] = given["value"]
        if tag in (
            "p",
            "h1",
            "h2",
            "h3",
            "li",
            "button",
            "a",
            "summary",
            "label",
            "option",
        ):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside != "style":
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
        if tag == "details":
            self._folds.pop()


@dataclass(slots=True)
class Answer:
    """What a visitor was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    page: Reader = field(default_factory=Reader)

    @property
    def lines(self) -> list[str]:
        """The text of the page, a line for each paragraph, heading and button."""
        return [line.strip() for line in self.page.text.split("\n") if line.strip()]

    def forms(self, do: str) -> list[dict[str, str]]:
        """Return what the page's forms for a deed send as they are filled in."""
        return [form for form in self.page.forms if form["do"] == do]

    @property
    def deeds(self) -> set[str]:
        """What the page offers to do."""
        return {form["do"] for form in self.page.forms}

    def form(self, do: str) -> dict[str, str]:
        """Return what the page's first form for a deed sends."""
        return next(form for form in self.page.forms if form["do"] == do)


@dataclass(slots=True)
class Visitor:
    """Somebody with the address of a personal page."""

    client: TestClient[Any, Any]
    token: str

    async def ask(
        self,
        method: str = "GET",
        query: str = "",
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send just this to the address, and follow nothing."""
        response = await self.client.request(
            method,
            f"{PATH}{self.token}{query}",
            data=data,
            headers=headers,
            allow_redirects=False,
        )
        answer = Answer(response.status, response.headers, await response.read())
        if response.content_type == "text/html":
            answer.page.feed(answer.body.decode())
        return answer

    async def send(self, fields: Mapping[str, str]) -> Answer:
        """Post a form and return what it is answered."""
        return await self.ask(
            "POST", data=urlencode(fields), headers={"Content-Type": FORM}
        )

    async def do(self, do: str, *, at: str = "", **more: str) -> Answer:
        """Press one of a page's buttons, and follow to the page that comes back."""
        shown = await self.ask(query=at)
        sent = await self.send({**shown.form(do), **more})
        assert sent.status == 303, sent.status
        there = urljoin(f"http://there{PATH}{self.token}", sent.headers["Location"])
        path, _, query = there.removeprefix("http://there").partition("?")
        self.token = path.removeprefix(PATH)
        return await self.ask(query=f"?{query}")


def token_of(house: House, name: str = "Ada") -> str:
    """Return the token of a resident's personal link."""
    token = house.building.links.link_of(f"resident-{name.lower()}")
    assert token is not None
    return token
