"""HTTP requests to the personal pages of residents without an account, and their downloads.

Anyone with the address acts as the resident (docs/explanation/security.md#who-learns-what).
There is no cookie that another site could misuse.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final, cast, override
from urllib.parse import quote

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson

from ...access.model import Resident
from ...access.rates import Rates
from ...api.access_log import (
    MOST_ON_PAGE,
    VERIFIER,
    async_entry_pages,
    async_records_view,
    async_sheets,
    entry_view,
    read_verifier,
)
from ...api.permissions import link_holder
from ...building.building import Building
from ...building.verification import AskedTooOften
from ...const import DOMAIN
from ...residents.directory import Addressee
from ...residents.personal_links import PATH
from ..html import PageTexts, async_qr_code, page_texts
from ..pages import (
    MOST_REMEMBERED,
    RETRY_AFTER,
    FormPage,
    attachment,
    limit,
    not_ready,
    page,
    redirect,
    too_many_requests,
)
from .actions import (
    RESULTS,
    ActionForm,
    CheckForm,
    FormFault,
    async_act,
    read_action,
)
from .contents import Draft, PageContents, async_check, async_contents, personal_page

EXPORTS_PER_MINUTE: Final = 6

RESULT: Final = "said"


@dataclass(frozen=True, slots=True)
class _Holder:
    """The resident of a page."""

    building: Building
    resident: Resident


class PersonalPage(FormPage[_Holder, ActionForm | CheckForm]):
    """The personal pages of all residents of all buildings."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:personal"
    most_bytes = 16_384
    pages_per_minute = 60

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self._exports = Rates(MOST_REMEMBERED)
        self._downloads = Counter[str]()

    @override
    async def _show(self, request: Request, token: str) -> StreamResponse:
        holder = await self._admit(request, token)
        if "export" in request.query or "entries" in request.query:
            return await self._download(request, holder)
        if "verifier" in request.query:
            return await async_verifier(holder.building)
        contents = await async_contents(holder.building, holder.resident)
        result = RESULTS.get(request.query.get(RESULT, ""))
        return await self._render(holder, replace(contents, result=result))

    async def _render(self, holder: _Holder, shown: PageContents) -> Response:
        return page(personal_page(await self._texts(holder), shown))

    async def _texts(self, holder: _Holder) -> PageTexts:
        language = holder.building.directory.addressees[holder.resident.id].language
        return await page_texts(self._hass, language, holder.building.zone())

    async def _download(self, request: Request, holder: _Holder) -> StreamResponse:
        limit(self._exports, holder.resident.id, EXPORTS_PER_MINUTE)
        building, resident = holder.building, holder.resident
        if self._downloads[resident.id] >= AT_ONCE:
            raise too_many_requests(RETRY_AFTER)
        texts = await self._texts(holder)
        if "entries" in request.query:
            pieces = async_sheets(building, link_holder(resident), texts.texts)
            kind, name = "text/csv", "courier-access.csv"
        else:
            pieces = export_pieces(building, resident, texts.plain("page_take_says"))
            kind, name = "application/json", "courier-access.json"
        self._downloads[resident.id] += 1
        try:
            return await _send(request, pieces, kind, name)
        finally:
            self._downloads[resident.id] -= 1
            self._downloads += Counter()  # remove zeros

    async def _check(self, holder: _Holder, notification: str) -> Response:
        """Return the page itself: checking again does no harm."""
        try:
            check = await async_check(holder.building, holder.resident, notification)
        except AskedTooOften as often:
            raise too_many_requests(often.seconds) from None
        contents = await async_contents(holder.building, holder.resident)
        return await self._render(holder, replace(contents, check=check))

    @override
    def _caller(self, request: Request, found: _Holder) -> str:
        return found.resident.id

    @override
    def _read(self, body: bytes) -> ActionForm | CheckForm:
        return read_action(body)

    @override
    async def _do(
        self,
        request: Request,
        token: str,
        holder: _Holder,
        form: ActionForm | CheckForm,
    ) -> Response:
        """Carry out a form's action and redirect to the page, or check the ledger."""
        if isinstance(form, CheckForm):
            return await self._check(holder, form.notification)
        building, resident = holder.building, holder.resident
        done = await building.host.complete(
            async_act(building, resident, form), f"{DOMAIN} personal page"
        )
        if done.made is None and not done.faults:
            # Relatively: only a renewal's response has a token.
            to = "" if done.token is None else quote(done.token, safe="")
            return redirect(f"{to}?{RESULT}={done.result or ''}")
        # Codes are shown once, and a refused form as it was: neither has an address.
        link = None if done.made is None else done.made.link
        contents = replace(
            await async_contents(building, resident),
            result=done.result,
            draft=await self._draft(holder, form, done.faults) if done.faults else None,
            made=done.made,
            qr=await async_qr_code(self._hass, link),
        )
        return await self._render(holder, contents)

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

    @override
    async def _find(self, token: str) -> _Holder:
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


AT_ONCE: Final = 2
"""Downloads that a resident may run at once."""

SLOWEST: Final = 60.0
"""Seconds in which a client must receive a slice."""

_SLICE: Final = 65_536


async def async_verifier(building: Building) -> Response:
    """Return the program that verifies an export."""
    program = await building.hass.async_add_executor_job(read_verifier)
    headers = attachment(VERIFIER.name)
    return Response(
        text=program, content_type="text/x-python", charset="utf-8", headers=headers
    )


async def _send(
    request: Request,
    pieces: AsyncGenerator[bytes],
    kind: str,
    name: str,
) -> StreamResponse:
    charset = "utf-8" if kind.startswith("text/") else None
    async with aclosing(pieces):
        first = await anext(pieces)
        if request.method == hdrs.METH_HEAD:
            return Response(
                content_type=kind, charset=charset, headers=attachment(name)
            )
        response = StreamResponse(headers=attachment(name))
        response.content_type = kind
        response.charset = charset
        await response.prepare(request)
        try:
            await _write(response, first)
            async for piece in pieces:
                await _write(response, piece)
        except HomeAssistantError, TimeoutError:
            # Without its final chunk, the file can't be mistaken for a complete one.
            if request.transport is not None:
                request.transport.abort()
        return response


async def _write(response: StreamResponse, piece: bytes) -> None:
    for start in range(0, len(piece), _SLICE):
        async with asyncio.timeout(SLOWEST):
            await response.write(piece[start : start + _SLICE])


async def export_pieces(
    building: Building, resident: Resident, about: str
) -> AsyncGenerator[bytes]:
    """Write a resident's entries, and the records to verify them with, as JSON."""
    actor = link_holder(resident)
    begun = await async_records_view(building, actor, 0, 1)
    head = begun["head"]
    opening = orjson.dumps(
        {
            "about": about,
            "building": building.entry.title,
            "unit": resident.unit_label,
            "exported_at": dt_util.utcnow().isoformat(),
            "entries_up_to": cast("JsonObjectType", head)["record"],
        }
    )
    yield opening.removesuffix(b"}") + b',\n"entries": ['
    between = b"\n"
    async for entries in async_entry_pages(building, actor):
        yield _listed(list(map(entry_view, entries)), between)
        between = b",\n"
    yield b'\n],\n"records": ['
    between = b"\n"
    after: int | None = 0
    while after is not None:
        found = await async_records_view(building, actor, after, MOST_ON_PAGE)
        yield _listed(cast("Sequence[JsonValueType]", found["records"]), between)
        between = b",\n"
        head, after = found["head"], cast("int | None", found["next"])
    yield b'\n],\n"head": ' + orjson.dumps(head) + b"}\n"


def _listed(values: Sequence[JsonValueType], between: bytes) -> bytes:
    return between + b",\n".join(map(orjson.dumps, values)) if values else b""
