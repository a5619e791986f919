"""Downloads of a personal link's holder, streamed in pieces (promise 5)."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from typing import Final, cast

from aiohttp import hdrs
from aiohttp.web import Request, Response, StreamResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import orjson

from ...access.model import Resident
from ...api.access_log import (
    MOST_ENTRIES,
    MOST_RECORDS,
    VERIFIER,
    async_entries_view,
    async_records_view,
    async_sheets,
    read_verifier,
)
from ...api.permissions import Actor, link_holder
from ...building.building import Building
from ...ledger.state.entries import EntryFilter
from ..html import HEADERS

AT_ONCE: Final = 2
"""Downloads that a resident may run at once."""

SLOWEST: Final = 60.0
"""Seconds in which a client must receive a slice."""

_SLICE: Final = 65_536


class Downloads:
    """The running downloads, counted by resident."""

    def __init__(self) -> None:
        self._running: Counter[str] = Counter()

    def may_start(self, resident: Resident) -> bool:
        return self._running[resident.id] < AT_ONCE

    async def async_export(
        self, request: Request, building: Building, resident: Resident, about: str
    ) -> StreamResponse:
        """Send a resident's entries, and the records to verify them with, as JSON."""
        with self._counted(resident):
            pieces = _export(building, resident, about)
            return await _send(
                request, pieces, "application/json", "courier-access.json"
            )

    async def async_entries(
        self,
        request: Request,
        building: Building,
        resident: Resident,
        texts: Mapping[str, str],
    ) -> StreamResponse:
        """Send a resident's entries as CSV."""
        with self._counted(resident):
            pieces = async_sheets(building, link_holder(resident), texts)
            return await _send(
                request, pieces, "text/csv", "courier-access.csv", "utf-8"
            )

    @contextmanager
    def _counted(self, resident: Resident) -> Iterator[None]:
        self._running[resident.id] += 1
        try:
            yield
        finally:
            self._running[resident.id] -= 1
            self._running += Counter()  # drop zeros


async def async_verifier(building: Building) -> Response:
    """Return the program that verifies an export."""
    program = await building.hass.async_add_executor_job(read_verifier)
    headers = _headers(VERIFIER.name)
    return Response(
        text=program, content_type="text/x-python", charset="utf-8", headers=headers
    )


async def _send(
    request: Request,
    pieces: AsyncGenerator[bytes],
    kind: str,
    name: str,
    charset: str | None = None,
) -> StreamResponse:
    async with aclosing(pieces):
        first = await anext(pieces)
        if request.method == hdrs.METH_HEAD:
            return Response(content_type=kind, charset=charset, headers=_headers(name))
        response = StreamResponse(headers=_headers(name))
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


def _headers(name: str) -> dict[str, str]:
    return {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"', **HEADERS}


async def _export(
    building: Building, resident: Resident, about: str
) -> AsyncGenerator[bytes]:
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
    async for entries in _entries(building, actor):
        yield _listed(entries, between)
        between = b",\n"
    yield b'\n],\n"records": ['
    between = b"\n"
    async for page in _records(building, actor):
        yield _listed(cast("Sequence[JsonValueType]", page["records"]), between)
        between = b",\n"
        head = page["head"]
    yield b'\n],\n"head": ' + orjson.dumps(head) + b"}\n"


def _listed(values: Sequence[JsonValueType], between: bytes) -> bytes:
    return between + b",\n".join(map(orjson.dumps, values)) if values else b""


async def _entries(
    building: Building, actor: Actor
) -> AsyncIterator[Sequence[JsonValueType]]:
    before: int | None = None
    while True:
        wanted = EntryFilter(MOST_ENTRIES, before_seq=before)
        entries = await async_entries_view(building, actor, wanted)
        yield list[JsonValueType](entries)
        if len(entries) < MOST_ENTRIES:
            return
        before = cast("int", entries[-1]["record"])


async def _records(building: Building, actor: Actor) -> AsyncIterator[JsonObjectType]:
    after: int | None = 0
    while after is not None:
        page = await async_records_view(building, actor, after, MOST_RECORDS)
        yield page
        after = cast("int | None", page["next"])
