"""HTTP requests to the personal pages of residents without an account.

Anyone with the address acts as the resident (docs/security.md#who-learns-what).
There is no cookie that another site could misuse.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final, assert_never, override
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
from ...residents.personal_links import PATH
from ...residents.recipients import Addressee
from ..html import HEADERS
from ..pages import (
    MOST_REMEMBERED,
    RETRY_AFTER,
    PageError,
    PublicPage,
    limit,
    not_found,
    not_ready,
    page,
    read_form,
    too_many_requests,
)
from ..texts import PageTexts, page_texts
from .contents import (
    RESULTS,
    Action,
    CheckResult,
    Failure,
    Result,
    async_check,
    async_contents,
)
from .download import Downloads, async_verifier
from .markup import (
    ENTRIES,
    EXPORT,
    VERIFIER,
    ActionForm,
    CheckForm,
    personal_page,
    read_action,
)


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The result to show; `token` is the new one if the link was replaced."""

    result: Result
    token: str | None = None


async def async_act(
    building: Building, resident: Resident, form: ActionForm
) -> ActionResult:
    """Carry out an action of a resident's link holder."""
    actor = link_holder(resident)
    token = None
    try:
        match form.action:
            case Action.VETO:
                assert form.key is not None
                await async_veto_grant(
                    building,
                    actor,
                    form.key.courier_id,
                    form.key.grant_id,
                    resident.unit,
                )
            case Action.PAUSE_UNIT:
                await async_pause(building, actor, resident.unit)
            case Action.RESUME_UNIT:
                await async_resume(building, actor, resident.unit)
            case Action.PAUSE_BUILDING:
                await async_pause(building, actor)
            case Action.RESUME_BUILDING:
                await async_resume(building, actor)
            case Action.GIVE_CONSENT if not form.agreed:
                return ActionResult(Failure.NOT_AGREED)
            case Action.GIVE_CONSENT:
                await async_change_rules(
                    building, actor, resident, _with_consent(Consent.GIVEN)
                )
            case Action.WITHDRAW_CONSENT:
                await async_change_rules(
                    building, actor, resident, _with_consent(Consent.WITHDRAWN)
                )
            case Action.RENEW_LINK:
                token = await async_renew_link(building, actor, resident)
            case _ as unknown:
                assert_never(unknown)
    except ServiceValidationError:
        return ActionResult(Failure.NOT_POSSIBLE)
    return ActionResult(form.action, token)


def _with_consent(consent: Consent) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, consent=consent)


MOST_BYTES: Final = 16_384
PAGES_PER_MINUTE: Final = 60
CHANGES_PER_MINUTE: Final = 20
EXPORTS_PER_MINUTE: Final = 6

RESULT: Final = "said"


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
        """Initialize the pages."""
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
        """Return the page or a download."""
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
        result: Result | None = None,
        check: CheckResult | None = None,
    ) -> Response:
        contents = await async_contents(holder.building, holder.resident, result, check)
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
        return _redirect(done)

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
            if resident is not None and self._is_current(building, resident):
                return _Holder(building, resident)
        raise not_found() if ready else not_ready()

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
    """Register the personal pages of all buildings, loaded or not."""
    hass.http.register_view(PersonalPage(hass))


def _redirect(done: ActionResult) -> Response:
    """Redirect to the page relatively: only a renewal's response has a token."""
    to = "" if done.token is None else quote(done.token, safe="")
    return Response(
        status=HTTPStatus.SEE_OTHER,
        headers={hdrs.LOCATION: f"{to}?{RESULT}={done.result}", **HEADERS},
    )
