"""Drivers at the pages of doors and passes, and the sheets at the doors."""

from collections.abc import Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp.test_utils import TestClient
from homeassistant.components.http.config import async_get_and_load_store
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.courier_access.doors.doors import Sheet, sheets_of
from tests.support.house import RESPONSIBLE_LINE, House
from tests.support.pages import FORM, Answer

DOOR_PATH = "/api/courier_access/door/"
STORED = (
    "Stored here: your company, the delivery, your driver number if your company sends "
    "one, this door, the time, what kind of code you showed, and the result. Not your "
    "name, phone, or location."
)
"""What every page with a form for drivers says."""
QUESTIONS = (
    f"You can object to this, ask questions, or ask for a copy: {RESPONSIBLE_LINE}"
)
MORE = "Why, who sees it, how long, and your rights"
SEEN = (
    "Residents and administrators can see your company, this door, the time, what kind "
    "of code you showed, and the result. The home that you come for also sees the "
    "delivery and your driver number, until such details are erased. Notifications to "
    "residents can pass through Google or Apple."
)

SIGN = "QX"
"""The characters on each sheet: random ones may stand in a page's styles or times by chance."""


async def hang_sheets(house: House, *doors: str) -> Mapping[str, Sheet]:
    """Give these doors a page, and return all sheets by door."""
    kept = sheets_of(house.entry)
    made = {door: kept.get(door) or replace(Sheet.new(), sign=SIGN) for door in doors}
    pages = {
        "language": "en",
        "doors": {door: sheet.to_mapping() for door, sheet in made.items()},
    }
    house.hass.config_entries.async_update_entry(
        house.entry, options={**house.entry.options, "door_pages": pages}
    )
    await house.settle()
    return sheets_of(house.entry)


def without_tokens(answer: Answer) -> str:
    """Return a page without its requests' random tokens, which may have any letters."""
    tokens = [
        form[name]
        for form in answer.page.forms
        for name in ("once", "again")
        if name in form
    ]
    tokens += [
        value.removeprefix("?once=")
        for _, value in answer.page.attributes
        if value.startswith("?once=")
    ]
    body = answer.body.decode()
    for token in tokens:
        body = body.replace(token, "")
    return body


@dataclass(slots=True)
class Driver:
    """Somebody with a browser at the address of a page, perhaps in a network."""

    client: TestClient[Any, Any]
    path: str
    network: str | None = None

    async def look(
        self,
        query: str = "",
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        data: object = None,
    ) -> Answer:
        """Send just this to the address, and follow nothing."""
        if self.network is not None:
            headers = {**(headers or {}), "X-Forwarded-For": self.network}
        response = await self.client.request(
            method,
            self.path + query,
            headers=headers,
            data=data,
            allow_redirects=False,
        )
        answer = Answer(response.status, response.headers, await response.read())
        if response.content_type == "text/html":
            answer.page.feed(answer.body.decode())
        return answer

    async def send(
        self, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Post a form, and follow nothing."""
        return await self.look(
            method="POST",
            data=urlencode(fields),
            headers={"Content-Type": FORM, **(headers or {})},
        )

    async def form(self, number: int = 0) -> dict[str, str]:
        """Open the page, and return what a form of it sends by itself."""
        return (await self.look()).page.forms[number]

    async def follow(self, sent: Answer) -> Answer:
        """Follow where a sent form leads to."""
        assert sent.status == 303, sent.lines
        return await self.look(sent.headers["Location"])

    async def enter(self, typed: str, field: str = "code") -> str:
        """Type something into the page's field, and return what is answered."""
        form = await self.form()
        return said(await self.follow(await self.send({**form, field: typed})))


async def behind_a_proxy(hass: HomeAssistant) -> None:
    """Let visitors come from networks of their own, before the server starts."""
    proxied = {"use_x_forwarded_for": True, "trusted_proxies": ["127.0.0.1"]}
    assert await async_setup_component(hass, "http", {"http": proxied})
    # Without this, Home Assistant goes back to what it had after five minutes.
    await (await async_get_and_load_store(hass)).async_promote_pending()


def at_door(client: TestClient[Any, Any], sheet: Sheet) -> Driver:
    """Return a driver who scanned a door's sheet."""
    return Driver(client, DOOR_PATH + sheet.page)


def said(answer: Answer) -> str:
    """Return what a page says in its status."""
    assert answer.status == 200, answer.lines
    assert ("role", "status") in answer.page.attributes, answer.lines
    return answer.lines[2]
