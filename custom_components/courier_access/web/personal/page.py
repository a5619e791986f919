"""HTTP requests to the personal pages of residents without an account.

Anyone with the address acts as the resident (docs/explanation/security.md#who-learns-what).
There is no cookie that another site could misuse.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final, override
from urllib.parse import quote

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_translations

from ...access.model import Resident
from ...access.rates import Rates
from ...api.passes import MadePass
from ...building.building import Building
from ...building.verification import AskedTooOften
from ...const import DOMAIN
from ...residents.directory import Addressee
from ...residents.personal_links import PATH
from ..html import HEADERS, PageTexts, QrCode, async_qr_code, page_texts
from ..pages import (
    MOST_REMEMBERED,
    RETRY_AFTER,
    PageError,
    PublicPage,
    limit,
    not_ready,
    page,
    read_form,
    too_many_requests,
)
from .actions import (
    RESULTS,
    ActionForm,
    ActionResult,
    CheckForm,
    FormFault,
    Result,
    async_act,
    read_action,
)
from .contents import (
    CheckResult,
    Draft,
    async_check,
    async_contents,
    personal_page,
)
from .download import Downloads, async_verifier

MOST_BYTES: Final = 16_384
PAGES_PER_MINUTE: Final = 60
CHANGES_PER_MINUTE: Final = 20
EXPORTS_PER_MINUTE: Final = 6

RESULT: Final = "said"
EXPORT: Final = "export"
ENTRIES: Final = "entries"
VERIFIER: Final = "verifier"


@dataclass(frozen=True, slots=True)
class _Holder:
    """The resident of a page."""

    building: Building
    resident: Resident


class PersonalPage(PublicPage):
    """The personal pages of all residents of all buildings."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:personal"
    methods = "GET, HEAD, POST"

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._pages = Rates(MOST_REMEMBERED)
        self._changes = Rates(MOST_REMEMBERED)
        self._exports = Rates(MOST_REMEMBERED)
        self._downloads = Downloads()

    async def post(self, request: Request, token: str) -> StreamResponse:
        """Carry out a form's action and redirect to the page, or check the ledger."""
        return await self._answer(request, token, self._do)

    @override
    async def _show(self, request: Request, token: str) -> StreamResponse:
        holder = self._admit(request, token)
        if EXPORT in request.query or ENTRIES in request.query:
            return await self._download(request, holder)
        if VERIFIER in request.query:
            return await async_verifier(holder.building)
        return await self._render(
            holder, result=RESULTS.get(request.query.get(RESULT, ""))
        )

    async def _render(
        self,
        holder: _Holder,
        *,
        result: Result | None = None,
        check: CheckResult | None = None,
        draft: Draft | None = None,
        made: MadePass | None = None,
        qr: QrCode | None = None,
    ) -> Response:
        contents = replace(
            await async_contents(holder.building, holder.resident),
            result=result,
            check=check,
            draft=draft,
            made=made,
            qr=qr,
        )
        return page(personal_page(await self._texts(holder), contents))

    async def _texts(self, holder: _Holder) -> PageTexts:
        language = holder.building.directory.addressees[holder.resident.id].language
        return await page_texts(self._hass, language, holder.building.zone())

    async def _download(self, request: Request, holder: _Holder) -> StreamResponse:
        limit(self._exports, holder.resident.id, EXPORTS_PER_MINUTE)
        building, resident = holder.building, holder.resident
        if not self._downloads.may_start(resident):
            raise too_many_requests(RETRY_AFTER)
        texts = await self._texts(holder)
        if ENTRIES in request.query:
            return await self._downloads.async_entries(
                request, building, resident, texts.texts
            )
        about = texts.plain("page_take_says")
        return await self._downloads.async_export(request, building, resident, about)

    async def _check(self, holder: _Holder, notification: str) -> Response:
        """Return the page itself: checking again does no harm."""
        try:
            check = await async_check(holder.building, holder.resident, notification)
        except AskedTooOften as often:
            raise too_many_requests(often.seconds) from None
        return await self._render(holder, check=check)

    async def _do(self, request: Request, token: str) -> Response:
        resident = self._admit(request, token).resident
        limit(self._changes, resident.id, CHANGES_PER_MINUTE)
        form = await read_form(request, MOST_BYTES, read_action)
        # The link may have been replaced while the body arrived.
        holder = self._find(token)
        if isinstance(form, CheckForm):
            return await self._check(holder, form.notification)
        building = holder.building
        done = await building.host.complete(
            async_act(building, holder.resident, form), f"{DOMAIN} personal page"
        )
        # Codes are shown once, and a refused form as it was: neither has an address.
        if done.made is not None:
            qr = await async_qr_code(self._hass, done.made.link)
            return await self._render(holder, made=done.made, qr=qr)
        if done.faults:
            draft = await self._draft(holder, form, done.faults)
            return await self._render(holder, result=done.result, draft=draft)
        return _redirect(done)

    async def _draft(
        self, holder: _Holder, form: ActionForm, faults: Iterable[FormFault]
    ) -> Draft:
        """Return a refused form with its faults in the resident's language."""
        texts = (await self._texts(holder)).texts
        errors = await async_get_translations(
            self._hass, texts["page_lang"], "exceptions", [DOMAIN]
        )
        messages = defaultdict[str, list[str]](list)
        for fault in faults:
            known = (
                errors[f"component.{DOMAIN}.exceptions.{fault.key}.message"]
                if fault.is_exception
                else texts[fault.key]
            )
            messages[fault.field].append(known.format(**fault.placeholders))
        return Draft(form.action, form.fields, messages)

    def _admit(self, request: Request, token: str) -> _Holder:
        """Return the resident of an address, within the rate limits.

        Misses of others never block a valid address: that would lock residents out,
        and nobody guesses one of 2^256 tokens.
        """
        try:
            holder = self._find(token)
        except PageError:
            self._limit_misses(request)
            raise
        limit(self._pages, holder.resident.id, PAGES_PER_MINUTE)
        return holder

    def _find(self, token: str) -> _Holder:
        buildings, missing = self._buildings()
        for building in buildings:
            resident = building.residents.get(building.links.resident_of(token) or "")
            if resident is not None and self._is_current(building, resident):
                return _Holder(building, resident)
        raise missing

    def _is_current(self, building: Building, resident: Resident) -> bool:
        """Whether the resident's current settings still allow the link."""
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
    hass.http.register_view(PersonalPage(hass))


def _redirect(done: ActionResult) -> Response:
    """Redirect to the page relatively: only a renewal's response has a token."""
    to = "" if done.token is None else quote(done.token, safe="")
    return Response(
        status=HTTPStatus.SEE_OTHER,
        headers={hdrs.LOCATION: f"{to}?{RESULT}={done.result or ''}", **HEADERS},
    )
