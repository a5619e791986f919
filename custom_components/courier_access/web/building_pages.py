"""The pages that a building shows: at its doors, behind pass links, and in its lobby.

Drivers have no account. A GET never asks for entry: links are opened by previews and
scanners, too.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
import re
import secrets
import time
from typing import Any, Final, NamedTuple, Self, override
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiohttp import hdrs
from aiohttp.web import Request, Response
from homeassistant.components.http.decorators import require_admin
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.util import dt as dt_util

from ..access.hours import WEEKDAYS
from ..access.model import Door
from ..access.rates import Rates
from ..api.consent import async_text_to_print
from ..api.passes import (
    Look,
    MadePass,
    OpenedPass,
    PageAnswer,
    async_open_pass,
    async_request_at_page,
    async_request_by_link,
)
from ..building.building import Building, CourierAccessConfigEntry, async_zone_of
from ..const import (
    BRITISH,
    CONF_DOOR_PAGES,
    CONF_ENABLED,
    CONF_LANGUAGE,
    CONF_LOBBY,
    CONF_PAGE,
    DOMAIN,
    DRIVERS_LANGUAGES,
    RESIDENT_LANGUAGES,
    SubentryType,
)
from ..doors.doors import Sheet, sheets_of
from ..entries.request import At, Waiting
from ..entries.unsigned import Shown
from ..grants.passes import PATH
from ..home_assistant.host import external_url, is_reachable
from ..ledger.state.fleet_visits import VisitsWanted
from ..residents.directory import (
    Responsible,
    is_one_household,
    log_months,
    responsible_of,
    retention_days,
    visits_to,
)
from .html import (
    HEADERS,
    PageTexts,
    async_qr_code,
    drivers_page_texts,
    headers,
    page_texts,
    render,
)
from .pages import (
    NOTICE_PATH,
    AdministratorsPage,
    FormPage,
    PageError,
    PublicPage,
    async_building,
    async_signed_path,
    bad_request,
    form_fields,
    is_token,
    limit,
    not_found,
    not_ready,
    page,
    redirect,
    visitor_of,
)

ONCE: Final = "once"
AGAIN: Final = "again"
CODE: Final = "code"
RING: Final = "ring"
SIGN: Final = "sign"

MOST_TYPED: Final = 64
ONCE_WRITTEN: Final = re.compile(r"[\w-]{22}", re.ASCII)
_ONCE_BYTES: Final = 16


def new_once() -> str:
    """Return a random value by which a form is known, however often it is sent."""
    return secrets.token_urlsafe(_ONCE_BYTES)


class Sent(NamedTuple):
    """A submitted form: what is asked for, and what was typed for it."""

    once: str
    asks: str
    typed: str


_MOST: Final = 32
"""Languages of a header that are looked at."""

_WEIGHT: Final = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_KNOWN: Final = {
    language.lower(): language for language in (*DRIVERS_LANGUAGES, BRITISH)
}


def preferred_language(accepted: str) -> str:
    """Return the best translation for an Accept-Language header (RFC 9110, 12.5.4)."""
    weighted = [_read(part) for part in accepted.split(",", _MOST)[:_MOST]]
    for name, weight in sorted(weighted, key=lambda each: each[1], reverse=True):
        found = _KNOWN.get(name) or _KNOWN.get(name.partition("-")[0])
        if weight > 0 and found is not None:
            return found
    return DRIVERS_LANGUAGES[0]


def _read(part: str) -> tuple[str, float]:
    """Return a language and its weight; zero if it can't be read."""
    name, *parameters = (each.strip().lower() for each in part.split(";"))
    if not parameters:
        return name, 1
    weight = _WEIGHT.fullmatch(parameters[0])
    return name, float(weight[1]) if weight is not None and len(parameters) == 1 else 0


class Place(NamedTuple):
    """The door that an address is for, and the pass if it is a pass's."""

    building: Building
    door: Door
    sheet: Sheet
    opened: OpenedPass | None = None


class Head(NamedTuple):
    """What each page of an address names."""

    building: str
    door: str
    zone: ZoneInfo
    responsible: Responsible | None
    days: int
    months: int
    visits: VisitsWanted | None = None

    @classmethod
    def of(cls, place: Place) -> Self:
        """Return what the pages of a place name."""
        building, directory = place.building, place.building.directory
        return cls(
            building.host.title,
            place.door.name,
            building.zone(),
            directory.responsible,
            directory.retention_days,
            directory.log_months,
            visits_to(building.entry),
        )


REMEMBERED_SECONDS: Final = 600
MOST_ATTEMPTS: Final = 1_024


@dataclass(slots=True)
class Attempt:
    """What one form asked for, and what becomes of it; `shows` is of the page's first form."""

    head: Head
    sent: Sent = field(repr=False)
    shows: Sent = field(repr=False)
    waiting: Waiting
    until: float
    task: asyncio.Task[PageAnswer]
    is_read: bool = False
    """Whether somebody read the answer: until then, looking is waiting."""

    @property
    def worth(self) -> int:
        """Return how much it matters to a driver that it isn't forgotten."""
        if not self.task.done():
            return 2
        return int(self.waiting.has_rung)

    def looks_again_after(self, answer: PageAnswer, *, is_let_in: bool) -> int:
        """Return after how many seconds its page looks for a late yes; zero if it doesn't.

        This doesn't depend on what residents said. It ends before the page is forgotten,
        except while it shows a yes.
        """
        lasts = is_let_in or self.until - time.monotonic() > LOOK_FOR_YES_SECONDS
        return LOOK_FOR_YES_SECONDS if answer.may_ring_again and lasts else 0

    async def answer(self, seconds: float) -> PageAnswer | None:
        """Return the answer, or None if there is none within this time."""
        if not self.is_read:
            # Once it was read, a page that looks again is nobody at the door.
            with self.waiting.fetching():
                await asyncio.wait([self.task], timeout=seconds)
            self.is_read = self.task.done()
        return self.task.result() if self.is_read else None


class Attempts:
    """The latest attempts, by their page and the form's own random `once`."""

    def __init__(self) -> None:
        self._attempts: OrderedDict[tuple[str, str], Attempt] = OrderedDict()

    def __len__(self) -> int:
        return len(self._attempts)

    def start(
        self,
        page: str,
        head: Head,
        sent: Sent,
        shows: Sent,
        waiting: Waiting,
        work: Callable[[], asyncio.Task[PageAnswer]],
    ) -> bool:
        """Start what a form asks for, unless it was started.

        Return False if the same form asked for something else before: its answer isn't
        the answer to this.
        """
        if (before := self.find(page, sent.once)) is not None:
            return before.sent == sent
        until = time.monotonic() + REMEMBERED_SECONDS
        attempt = Attempt(head, sent, shows, waiting, until, work())
        self._attempts[page, sent.once] = attempt
        if len(self._attempts) > MOST_ATTEMPTS:
            # The oldest, but rather none that waits or may ring again.
            worth = {key: each.worth for key, each in self._attempts.items()}
            del self._attempts[min(worth, key=worth.__getitem__)]
        return True

    def find(self, page: str, once: str) -> Attempt | None:
        """Return what a page's form asked for, for as long as it is remembered."""
        now = time.monotonic()
        while self._attempts and next(iter(self._attempts.values())).until <= now:
            self._attempts.popitem(last=False)
        return self._attempts.get((page, once))


DRIVER_HEADERS: Final = headers("page.css", "driver.css")

WAIT_SECONDS: Final = 2
LOOK_AGAIN_SECONDS: Final = 3
LOOK_FOR_YES_SECONDS: Final = 10
LOOKS_PER_MINUTE: Final = 20


def _refreshed(written: str, seconds: int) -> Response:
    """Return a page that looks again after these seconds, or never if they are zero."""
    refreshed = {"Refresh": str(seconds)} if seconds else {}
    return page(written, {**DRIVER_HEADERS, **refreshed})


class DriversPage(FormPage[Place, Sent]):
    """Pages of one kind on which a driver asks for entry."""

    most_bytes = 1_024
    not_ready_says = "say_again"
    pages_per_minute = 60  # a driver who waits opens some 12
    asks: tuple[str, ...]
    """The fields of the page's forms; each form has one."""
    template: str
    """The page with its forms."""

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._attempts = Attempts()
        self._looks = Rates(MOST_ATTEMPTS)

    @override
    def _language(self, request: Request) -> str:
        return preferred_language(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))

    @override
    async def _show(self, request: Request, token: str) -> Response:
        once = request.query.get(ONCE, "")
        attempt = self._attempts.find(token, once)
        shown: dict[str, object] = {}
        is_let_in = False
        if attempt is not None and not attempt.is_read:
            # It refreshes every five seconds. It is answered even if its door is gone.
            head = attempt.head
        elif attempt is not None:
            # It refreshes by itself, which takes no page from others of its network.
            place = await self._find(token)
            limit(self._looks, once, LOOKS_PER_MINUTE)
            answers = place.building.questions.answers
            head, is_let_in = Head.of(place), answers.is_awaited(attempt.waiting)
        else:
            place = await self._admit(request, token)
            head, shown = Head.of(place), self._form_of(place)
        write = partial(
            render,
            texts=await drivers_page_texts(
                self._hass, self._language(request), head.zone
            ),
            head=head,
            new_once=new_once,
            most_typed=MOST_TYPED,
        )
        if attempt is None:
            written = write(self.template, again=AGAIN in request.query, **shown)
            return page(written, DRIVER_HEADERS)
        if (answer := await attempt.answer(WAIT_SECONDS)) is None:
            left = attempt.waiting.seconds_left
            written = write("waiting.html.j2", once=once, left=left)
            return _refreshed(written, LOOK_AGAIN_SECONDS)
        seconds = answer.seconds_open if answer.look is Look.OPEN else 0
        written = write(
            "answer.html.j2",
            answer=answer,
            once=once,
            at_door=RING in self.asks,
            code=attempt.shows.typed if attempt.shows.asks == CODE else "",
            seconds=seconds,
            is_let_in=is_let_in,
        )
        # Then the page doesn't claim anymore that the door is open, or finds a late yes.
        after = seconds or attempt.looks_again_after(answer, is_let_in=is_let_in)
        return _refreshed(written, after)

    def _form_of(self, place: Place) -> dict[str, object]:
        building, door, _, opened = place
        is_off = building.wrong_codes.is_off(door.id, at_keypad=False)
        return {"is_off": is_off, "opened": opened}

    @override
    def _read(self, body: bytes) -> Sent:
        fields = form_fields(body, 2)
        once = fields.pop(ONCE, "")
        if not ONCE_WRITTEN.fullmatch(once) or len(fields) != 1:
            raise bad_request()
        [(asks, typed)] = fields.items()
        if asks not in (*self.asks, AGAIN) or len(typed) > MOST_TYPED:
            raise bad_request()
        return Sent(once, asks, typed)

    @override
    async def _do(
        self, request: Request, token: str, place: Place, sent: Sent
    ) -> Response:
        if place.building.host.is_closing:
            raise not_ready()
        if (asks := self._asks_again(request, token, sent)) is None:
            return redirect(f"?{AGAIN}")
        shows, waiting = asks

        async def ask() -> PageAnswer:
            # The redirect is sent first, at once for each code.
            await asyncio.sleep(0)
            return await self._ask(place, shows, waiting, self._language(request))

        # It goes on in the building that takes this one's place.
        asked = self._attempts.start(
            token,
            Head.of(place),
            sent,
            shows,
            waiting,
            lambda: self._hass.async_create_task(ask(), f"{DOMAIN} driver's page"),
        )
        return redirect(f"?{ONCE}={sent.once}" if asked else f"?{AGAIN}")

    def _ask(
        self, place: Place, sent: Sent, waiting: Waiting, language: str
    ) -> Coroutine[object, object, PageAnswer]:
        building, opened = place.building, place.opened
        if opened is not None:
            return async_request_by_link(
                building, opened, sent.typed, waiting, language
            )
        shown = Shown() if sent.asks == RING else Shown(sent.typed)
        return async_request_at_page(
            building, place.door, shown, waiting, language, place.sheet
        )

    def _asks_again(
        self, request: Request, token: str, sent: Sent
    ) -> tuple[Sent, Waiting] | None:
        """Return what a form shows and who waits; None if it is of a forgotten page.

        A page that rings again shows what it showed before, and waits as who it was.
        """
        new = Waiting(At.PAGE, visitor_of(self._hass, request.remote))
        if sent.asks != AGAIN:
            return sent, new
        if (before := self._attempts.find(token, sent.typed)) is None:
            return None
        if before.waiting.entered is not None:
            return before.shows, new
        before.waiting.note_presence()
        return before.shows, before.waiting


DOOR_PATH: Final = f"/api/{DOMAIN}/door"


def page_path(sheet: Sheet) -> str:
    return f"{DOOR_PATH}/{quote(sheet.page, safe='')}"


class DoorPage(DriversPage):
    """The pages of all doors that have one."""

    url = f"{DOOR_PATH}/{{token}}"
    name = "api:courier_access:door"
    asks = (CODE, RING)
    template = "door.html.j2"

    @override
    async def _find(self, token: str) -> Place:
        entries: list[CourierAccessConfigEntry] = (
            self._hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        )
        for entry in entries:
            for door_id, sheet in sheets_of(entry).items():
                if not is_token(sheet.page, token):
                    continue
                if entry.state is not ConfigEntryState.LOADED:
                    raise not_ready()
                building = entry.runtime_data
                # A door that was just added: its building is about to be replaced.
                if (door := building.directory.doors.get(door_id)) is None:
                    raise not_ready()
                return Place(building, door, sheet)
        raise not_found()


class NoPass(PageError):
    """Shows a driver a cross, and that the sheet at the door leads on.

    A revoked pass reads like one that never was.
    """

    def __init__(self) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, "no_pass")
        self.template = "no_pass.html.j2"
        self.headers.update(DRIVER_HEADERS)


class PassPage(DriversPage):
    """The pages of all passes whose doors have a sheet."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:pass"
    asks = (SIGN,)
    template = "pass.html.j2"

    @override
    async def _find(self, token: str) -> Place:
        buildings, missing = self._buildings()
        for building in buildings:
            if (opened := await async_open_pass(building, token)) is not None:
                return Place(building, opened.door, opened.sheet, opened)
        raise missing

    @override
    def _missing(self) -> PageError:
        return NoPass()


SHEET_PATH: Final = f"/api/{DOMAIN}/door_sheets"

SHEET_HEADERS: Final = headers("paper.css", "sheet.css")


class DoorSheet(AdministratorsPage):
    """The sheets of all buildings."""

    url = f"{SHEET_PATH}/{{entry_id}}"
    name = "api:courier_access:door_sheets"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        sheets = {
            building.subentries[door_id].title: sheet
            for door_id, sheet in sheets_of(building).items()
        }
        codes = {
            door: await async_qr_code(
                self._hass, external_url(self._hass, page_path(sheet))
            )
            for door, sheet in sheets.items()
        }
        settings: Mapping[str, Any] = building.options.get(CONF_DOOR_PAGES, {})
        texts = await drivers_page_texts(self._hass, settings.get(CONF_LANGUAGE))
        written = render(
            "door_sheets.html.j2",
            texts=texts,
            own=await drivers_page_texts(self._hass, None),
            building=building.title,
            sheets=sheets,
            codes=codes,
            responsible=responsible_of(building),
            days=retention_days(building.options),
            months=log_months(building.options),
            visits=visits_to(building),
            is_reachable=is_reachable(external_url(self._hass, "")),
        )
        return page(written, SHEET_HEADERS)


TRIAL_PATH: Final = f"/api/{DOMAIN}/try_door"


class DoorTrial(HomeAssistantView):
    """Leads an administrator to a door's page, as its sheet leads drivers.

    The page's address proves that somebody stands at the door, so nothing returns it to
    a front end that shares passes; only an administrator's browser is redirected to it.
    The panel offers this until the first entry.
    """

    url = f"{TRIAL_PATH}/{{entry_id}}/{{door_id}}"
    name = "api:courier_access:try_door"

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str, door_id: str) -> Response:
        """Redirect to the page of a building's door."""
        building = async_building(self._hass, entry_id)
        sheet = None if building is None else sheets_of(building).get(door_id)
        if sheet is None:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        return redirect(page_path(sheet))


def async_trial_path(
    hass: HomeAssistant, entry: CourierAccessConfigEntry, door_id: str
) -> str | None:
    """Return the path that leads the current administrator to a door's page, if it has one."""
    if door_id not in sheets_of(entry):
        return None
    return async_signed_path(hass, TRIAL_PATH, f"{entry.entry_id}/{door_id}")


async def async_for_driver(building: Building, made: MadePass) -> str:
    """Write what a driver with a pass has to know, in the language of the sheets.

    It has no name, and no unit if there is one household. It is empty if the pass opens
    the door at no time.
    """
    if not made.opens:
        return ""
    door = building.directory.doors[made.grant.door_id]
    unit = None if building.directory.is_one_home else made.unit
    place = ", ".join(filter(None, (building.entry.title, unit, door.name)))
    pages = building.entry.options.get(CONF_DOOR_PAGES, {})
    language = pages.get(CONF_LANGUAGE)
    texts = await drivers_page_texts(building.hass, language, building.zone())
    return texts.plain(
        "say_pass_for_sheet" if is_reachable(made.link) else "say_pass_for_keypad",
        place=place,
        time=texts.spans(made.opens),
        pin=made.new.pin,
        link=made.link,
    )


LOBBY_PATH: Final = f"/api/{DOMAIN}/lobby"

NOTICE_HEADERS: Final = headers("paper.css", "notice.css")


class Lobby(NamedTuple):
    """The content of a lobby notice.

    `couriers` are the names of enabled couriers, `others` of other ways in.
    """

    building: str
    couriers: Sequence[str]
    others: Sequence[str]
    responsible: Responsible | None
    retention_days: int
    log_months: int
    visits: VisitsWanted | None = None
    """Where visits go; not for one household, which is asked itself."""


_TOKEN_BYTES: Final = 16


class LobbyPage(PublicPage[CourierAccessConfigEntry]):
    """The lobby pages of buildings that have one.

    They show nothing personal except who is responsible, and nothing current.
    """

    url = f"{LOBBY_PATH}/{{token}}"
    name = "api:courier_access:lobby"
    pages_per_minute = 30

    @override
    async def _show(self, request: Request, token: str) -> Response:
        building = await self._admit(request, token)
        texts = await _texts(self._hass, building)
        return page(render("lobby.html.j2", texts=texts, lobby=_lobby(building)))

    @override
    async def _find(self, token: str) -> CourierAccessConfigEntry:
        for building in self._hass.config_entries.async_entries(
            DOMAIN, include_disabled=False
        ):
            own = lobby_token(building)
            if own is not None and is_token(own, token):
                return building
        raise not_found()


class LobbyNotice(AdministratorsPage):
    """The lobby notices of all buildings, to print."""

    url = f"{NOTICE_PATH}/{{entry_id}}"
    name = "api:courier_access:lobby_notice"

    @override
    async def _show(self, building: CourierAccessConfigEntry) -> Response:
        token = lobby_token(building)
        path = f"{LOBBY_PATH}/{quote(token or '', safe='')}"
        address = None if token is None else external_url(self._hass, path)
        why_none = "off" if token is None else "no_address"
        code = await async_qr_code(self._hass, address) or why_none
        texts = await _texts(self._hass, building)
        today = dt_util.utcnow().astimezone(texts.zone).date()
        written = render(
            "lobby_notice.html.j2",
            texts=texts,
            lobby=_lobby(building),
            code=code,
            today=today,
        )
        return page(written, NOTICE_HEADERS)


FORM_PATH: Final = f"/api/{DOMAIN}/consent_form"

FORM_HEADERS: Final = headers("paper.css", "form.css")


class ConsentForm(HomeAssistantView):
    """The forms of all buildings for residents who decide on paper, to print."""

    url = f"{FORM_PATH}/{{entry_id}}/{{language}}"
    name = "api:courier_access:consent_form"

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    @require_admin
    async def get(self, request: Request, entry_id: str, language: str) -> Response:
        """Return the form of a building in a language."""
        building = async_building(self._hass, entry_id)
        if building is None or language not in RESIDENT_LANGUAGES:
            return Response(status=HTTPStatus.NOT_FOUND, headers=HEADERS)
        zone = await async_zone_of(self._hass, building)
        texts = await page_texts(self._hass, language, zone)
        if (text := await async_text_to_print(building, language)) is None:
            said = render("message.html.j2", texts=texts, reason="not_ready")
            return page(said, HEADERS, HTTPStatus.SERVICE_UNAVAILABLE)
        written = render(
            "consent_form.html.j2",
            texts=texts,
            text=text,
            building=building.title,
            is_one_home=is_one_household(building),
            weekdays=WEEKDAYS,
        )
        return page(written, FORM_HEADERS)


def new_lobby_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def lobby_token(building: CourierAccessConfigEntry) -> str | None:
    """Return the token of a building's page; None if it has no page."""
    token: str | None = _settings(building).get(CONF_PAGE)
    return token


def _settings(building: CourierAccessConfigEntry) -> Mapping[str, Any]:
    settings: Mapping[str, Any] = building.options.get(CONF_LOBBY, {})
    return settings


def _lobby(building: CourierAccessConfigEntry) -> Lobby:
    couriers = building.get_subentries_of_type(SubentryType.COURIER)
    return Lobby(
        building=building.title,
        couriers=sorted(each.title for each in couriers if each.data[CONF_ENABLED]),
        others=sorted(
            each.title
            for each in building.get_subentries_of_type(SubentryType.OBSERVED)
        ),
        responsible=responsible_of(building),
        retention_days=retention_days(building.options),
        log_months=log_months(building.options),
        visits=None if is_one_household(building) else visits_to(building),
    )


async def _texts(hass: HomeAssistant, building: CourierAccessConfigEntry) -> PageTexts:
    zone = await async_zone_of(hass, building)
    return await page_texts(hass, _settings(building).get(CONF_LANGUAGE), zone)
