"""The personal page's HTTP edge, for residents without an account: a request in, a page out, nothing decided here.

Anyone who has the address acts as the resident (docs/security.md#who-learns-what). Nothing else opens the page, so
there is no cookie that another site could misuse.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
import time
from typing import Final, assert_never
from urllib.parse import quote

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ...access.model import Consent, Resident, Rules
from ...access.rates import Rates
from ...api.commands import (
    async_change_rules,
    async_pause,
    async_renew_link,
    async_resume,
    async_veto_grant,
)
from ...api.permissions import link_holder
from ...building.building import Building, CourierAccessConfigEntry
from ...building.verification import AskedTooOften
from ...const import DOMAIN
from ...hass.addresses import PATH
from ...residents.recipients import Addressee
from ..bodies import BadBody, BodyFault, read_body
from ..html import HEADERS
from ..pages import (
    MOST_REMEMBERED,
    RETRY_AFTER,
    PublicPage,
    TurnedAway,
    gone,
    not_ready,
    page,
    too_often,
    wrong,
)
from ..texts import Words, words
from .contents import async_check, async_shown
from .download import Downloads, async_verifier
from .markup import (
    ENTRIES,
    EXPORT,
    VERIFIER,
    Asked,
    Check,
    NotOurs,
    personal_page,
    read_form,
)
from .view import Checked, Do, Said


@dataclass(frozen=True, slots=True)
class Done:
    """What the page says of it; `token` is the link's new one where it was replaced."""

    said: Said
    token: str | None = None


async def async_do(building: Building, resident: Resident, asked: Asked) -> Done:
    """Do what the holder of a resident's link asks; what can't be is said.

    Raises:
        HomeAssistantError: the ledger can't be written.

    """
    actor = link_holder(resident)
    token = None
    try:
        match asked.do:
            case Do.VETO:
                assert asked.key is not None
                await async_veto_grant(
                    building,
                    actor,
                    asked.key.courier_id,
                    asked.key.grant_id,
                    resident.unit,
                )
            case Do.PAUSE_UNIT:
                await async_pause(building, actor, resident.unit)
            case Do.RESUME_UNIT:
                await async_resume(building, actor, resident.unit)
            case Do.PAUSE_BUILDING:
                await async_pause(building, actor)
            case Do.RESUME_BUILDING:
                await async_resume(building, actor)
            case Do.GIVE_CONSENT if not asked.agreed:
                return Done(Said.NOT_AGREED)
            case Do.GIVE_CONSENT:
                await async_change_rules(
                    building, actor, resident, _saying(Consent.GIVEN)
                )
            case Do.WITHDRAW_CONSENT:
                await async_change_rules(
                    building, actor, resident, _saying(Consent.WITHDRAWN)
                )
            case Do.RENEW_LINK:
                token = await async_renew_link(building, actor, resident)
            case _ as unknown:
                assert_never(unknown)
    except ServiceValidationError:
        return Done(Said.NOT_POSSIBLE)
    return Done(Said(asked.do), token)


def _saying(consent: Consent) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, consent=consent)


MOST_BYTES: Final = 16_384
PAGES_PER_MINUTE: Final = 60
CHANGES_PER_MINUTE: Final = 20
EXPORTS_PER_MINUTE: Final = 6

SAID: Final = "said"
_SAME_SITE: Final = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose page it is."""

    building: Building
    resident: Resident


class PersonalPage(PublicPage):
    """The personal pages of all residents of all buildings, each at its own unguessable address."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:personal"
    methods = "GET, HEAD, POST"

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nobody having asked."""
        super().__init__(hass)
        self._pages = Rates(MOST_REMEMBERED)
        self._changes = Rates(MOST_REMEMBERED)
        self._exports = Rates(MOST_REMEMBERED)
        self._downloads = Downloads()

    async def get(self, request: Request, token: str) -> StreamResponse:
        """Show the page, or hand over what is taken home."""
        return await self._answer(request, token, self._show)

    async def head(self, request: Request, token: str) -> StreamResponse:
        """Say what GET would, but for the body."""
        return await self.get(request, token)

    async def post(self, request: Request, token: str) -> StreamResponse:
        """Do what one of the page's forms asks, and lead back to the page; or check the record."""
        return await self._answer(request, token, self._do)

    async def _show(self, request: Request, token: str) -> StreamResponse:
        holder = self._admit(request, token)
        if EXPORT in request.query or ENTRIES in request.query:
            return await self._hand_over(request, holder)
        if VERIFIER in request.query:
            return await async_verifier(holder.building)
        return await self._written(holder, said=_said(request))

    async def _written(
        self, holder: _Holder, said: Said | None = None, checked: Checked | None = None
    ) -> Response:
        shown = await async_shown(holder.building, holder.resident, said, checked)
        return page(personal_page(await self._words(holder), shown))

    async def _words(self, holder: _Holder) -> Words:
        language = holder.building.directory.addressees[holder.resident.id].language
        return await words(self._hass, language, holder.building.zone())

    async def _hand_over(self, request: Request, holder: _Holder) -> StreamResponse:
        self._take(self._exports, holder, EXPORTS_PER_MINUTE)
        building, resident = holder.building, holder.resident
        if not self._downloads.may_begin(resident):
            raise too_often(RETRY_AFTER)
        said = await self._words(holder)
        if ENTRIES in request.query:
            return await self._downloads.async_entries(
                request, building, resident, said.texts
            )
        about = said.plain("page_take_says")
        return await self._downloads.async_export(request, building, resident, about)

    async def _check(self, holder: _Holder, notice: str) -> Response:
        """Answer with the page itself: nothing was done that going back could do again."""
        try:
            checked = await async_check(holder.building, holder.resident, notice)
        except AskedTooOften as often:
            raise too_often(often.seconds) from None
        return await self._written(holder, checked=checked)

    async def _do(self, request: Request, token: str) -> Response:
        self._take(self._changes, self._admit(request, token), CHANGES_PER_MINUTE)
        if request.headers.get("Sec-Fetch-Site", "none") not in _SAME_SITE:
            raise wrong(HTTPStatus.FORBIDDEN)
        asked = await _asked(request)
        # While the body came, the link may have been replaced.
        holder = self._find(token)
        if isinstance(asked, Check):
            return await self._check(holder, asked.notice)
        building = holder.building
        done = await asyncio.shield(
            building.run(
                async_do(building, holder.resident, asked),
                "courier_access personal page",
            )
        )
        return _lead_back(done)

    def _admit(self, request: Request, token: str) -> _Holder:
        """Return whose page it is, unless somebody asks too often.

        Who has a right address is not kept out by those who guess, however many they are: they could lock out all
        residents, while a guess among 2^256 needs no such defence.
        """
        try:
            holder = self._find(token)
        except TurnedAway:
            self._slow_down(request)
            raise
        self._take(self._pages, holder, PAGES_PER_MINUTE)
        return holder

    def _take(self, rates: Rates, holder: _Holder, per_minute: int) -> None:
        wait = rates.take(holder.resident.id, per_minute, time.monotonic_ns())
        if wait is not None:
            raise too_often(wait)

    def _find(self, token: str) -> _Holder:
        ready = True
        entries: list[CourierAccessConfigEntry] = (
            self._hass.config_entries.async_entries(DOMAIN)
        )
        for entry in entries:
            if (
                entry.state is not ConfigEntryState.LOADED
                or not entry.runtime_data.is_open
            ):
                ready = False
                continue
            building = entry.runtime_data
            resident = building.residents.get(building.links.resident_of(token) or "")
            if resident is not None and self._holds_still(building, resident):
                return _Holder(building, resident)
        raise gone() if ready else not_ready()

    def _holds_still(self, building: Building, resident: Resident) -> bool:
        """Whether the link holds by what was set up since the building was loaded, and before it is loaded anew."""
        subentry = building.entry.subentries.get(resident.id)
        if subentry is None:
            return False
        now = Addressee.from_subentry(self._hass, subentry).resident
        if now.user_id is not None:
            return False
        if now != building.directory.addressees[resident.id].resident:
            raise not_ready()
        return True


@callback
def async_setup_personal_page(hass: HomeAssistant) -> None:
    """Register the address of all personal pages, there whether or not a building is loaded."""
    hass.http.register_view(PersonalPage(hass))


async def _asked(request: Request) -> Asked | Check:
    try:
        return read_form(
            await read_body(request, "application/x-www-form-urlencoded", MOST_BYTES)
        )
    except NotOurs:
        raise wrong(HTTPStatus.BAD_REQUEST) from None
    except BadBody as bad:
        raise wrong(_STATUS[bad.fault]) from None


_STATUS: Final = {
    BodyFault.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    BodyFault.UNSUPPORTED: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    BodyFault.SLOW: HTTPStatus.REQUEST_TIMEOUT,
    BodyFault.BROKEN: HTTPStatus.BAD_REQUEST,
}


def _said(request: Request) -> Said | None:
    said = request.query.get(SAID, "")
    return Said(said) if said in Said else None


def _lead_back(done: Done) -> Response:
    """Lead back to the page by an address relative to it, so that no answer but a renewal's holds a token."""
    to = "" if done.token is None else quote(done.token, safe="")
    return Response(
        status=HTTPStatus.SEE_OTHER,
        headers={hdrs.LOCATION: f"{to}?{SAID}={done.said}", **HEADERS},
    )
