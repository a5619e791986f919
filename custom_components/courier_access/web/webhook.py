"""Read couriers' HTTP requests and send the replies; read bodies for pages, too."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import hashlib
import logging
import time
from typing import Final

from aiohttp import hdrs
from aiohttp.web import Request, RequestPayloadError, Response
from homeassistant.components import webhook
from homeassistant.config_entries import (
    ConfigEntryChange,
    ConfigEntryState,
    ConfigSubentry,
)
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..access.rates import Rate
from ..building.building import Building, CourierAccessConfigEntry
from ..const import CONF_RATE_PER_MINUTE, CONF_WEBHOOK_ID, DOMAIN, SubentryType
from ..contract import replies
from ..contract.messages import Fault, Malformed, audience_ok, read_json
from ..contract.replies import Problem, Reply
from ..contract.signature import (
    ID_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    Key,
    Signed,
    Unauthenticated,
    authenticate,
)
from ..couriers.addresses import forget_cloudhook
from ..couriers.inbox import courier_activity
from ..couriers.keys import CourierKeys
from ..home_assistant.callbacks import listen_to_buildings
from ..home_assistant.host import is_changing, settings_in_effect
from ..ledger.state.entries import MessageKey

MOST_BYTES: Final = 20_480
_LOGGER = logging.getLogger(__name__)


class Refused(Exception):
    """The request ends here, with `reply`."""

    def __init__(
        self,
        problem: Problem,
        faults: Sequence[Fault] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(problem)
        self.reply = replies.problem(problem, faults, retry_after)


@dataclass(slots=True)
class _Desk:
    """One courier's address, whether or not the building is loaded.

    Without a `name`, it isn't registered: the building is disabled.
    """

    entry_id: str
    subentry_id: str
    name: str
    rate: Rate
    read_from: object = None
    keys: tuple[Key, ...] = ()

    def keys_of(self, subentry: ConfigSubentry) -> tuple[Key, ...]:
        """Return the courier's keys, read again if the administrator changed them."""
        if self.read_from is not subentry.data:
            self.keys = CourierKeys.read(subentry.data).parse()
            self.read_from = subentry.data
        return self.keys


class Webhooks:
    """The couriers' addresses."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._heard = courier_activity(hass)
        self._desks: dict[str, _Desk] = {}

    def follow_entries(self) -> None:
        """Register each courier's address, and follow the config entries.

        A disabled building has none, as after the next start, if it is the only one.
        """
        for entry in self._hass.config_entries.async_entries(DOMAIN):
            self._register(entry)
        listen_to_buildings(self._hass, self._entry_changed)

    def _entry_changed(
        self, change: ConfigEntryChange, entry: CourierAccessConfigEntry
    ) -> None:
        is_removed = change is ConfigEntryChange.REMOVED
        for webhook_id, desk in list(self._desks.items()):
            if desk.entry_id == entry.entry_id and (
                is_removed or desk.subentry_id not in entry.subentries
            ):
                webhook.async_unregister(self._hass, webhook_id)
                del self._desks[webhook_id]
                forget_cloudhook(self._hass, webhook_id)
        if not is_removed:
            self._register(entry)

    def _register(self, entry: CourierAccessConfigEntry) -> None:
        for subentry in entry.get_subentries_of_type(SubentryType.COURIER):
            webhook_id = subentry.data[CONF_WEBHOOK_ID]
            is_gone = entry.disabled_by is not None
            name = "" if is_gone else f"{entry.title}: {subentry.title}"
            desk = self._desks.setdefault(
                webhook_id, _Desk(entry.entry_id, subentry.subentry_id, "", Rate())
            )
            if desk.name != name:
                desk.name = name
                webhook.async_unregister(self._hass, webhook_id)
                if not is_gone:
                    webhook.async_register(
                        self._hass,
                        DOMAIN,
                        name,
                        webhook_id,
                        self._handle,
                        allowed_methods=[hdrs.METH_POST],
                    )

    async def _handle(
        self, hass: HomeAssistant, webhook_id: str, request: Request
    ) -> Response:
        trial = self._heard.trials.get(request.headers.get(ID_HEADER, ""))
        try:
            reply = await self._answer(webhook_id, request, is_heard=trial is None)
        except Refused as refused:
            reply = refused.reply
        except Exception:
            # Home Assistant would send an empty 200, which could pass as a yes.
            _LOGGER.exception("A courier's message could not be answered")
            reply = replies.problem(Problem.NOT_READY)
        if trial is not None:
            trial.reply = reply
        elif (desk := self._desks.get(webhook_id)) is not None:
            self._heard.answered(desk.subentry_id, reply.refusal, dt_util.utcnow())
        return FinalResponse(
            request,
            status=reply.status,
            text=reply.body,
            content_type=reply.content_type,
            headers=reply.headers,
        )

    async def _answer(
        self, webhook_id: str, request: Request, *, is_heard: bool
    ) -> Reply:
        received = self._hass.loop.time()
        body = await read_body(request, "application/json", MOST_BYTES)
        # The courier may have been removed meanwhile.
        desk = self._desks.get(webhook_id)
        entry: CourierAccessConfigEntry | None = (
            None
            if desk is None
            else self._hass.config_entries.async_get_entry(desk.entry_id)
        )
        if desk is None or entry is None:
            raise Refused(Problem.NOT_READY)
        subentry = entry.subentries[desk.subentry_id]
        document, signed = _authenticate(
            webhook_id, request, body, desk.keys_of(subentry)
        )
        if is_heard:
            self._heard.received(
                desk.subentry_id, dt_util.utcnow(), by_newest_key=signed.by_newest_key
            )
        wait = desk.rate.take(subentry.data[CONF_RATE_PER_MINUTE], time.monotonic_ns())
        if wait is not None:
            raise Refused(Problem.RATE_LIMITED, retry_after=wait)
        key = MessageKey(
            desk.subentry_id, signed.message_id, hashlib.sha256(body).digest()
        )
        checked_by = subentry.data
        while True:
            building = await self._building(entry, desk.subentry_id)
            if checked_by is not subentry.data:
                # The administrator may have ended its key meanwhile.
                checked_by = subentry.data
                _authenticate(webhook_id, request, body, desk.keys_of(subentry))
            reply = await building.inbox.answer(key, document, received)
            is_former = building is not entry.runtime_data or is_changing(
                self._hass, entry.entry_id
            )
            if not (is_former and reply.refusal is Problem.NOT_READY):
                return reply

    async def _building(
        self, entry: CourierAccessConfigEntry, courier_id: str
    ) -> Building:
        """Return the building with the present settings; wait for it at most 2 seconds."""
        await settings_in_effect(self._hass, entry.entry_id)
        if entry.state is not ConfigEntryState.LOADED or is_changing(
            self._hass, entry.entry_id
        ):
            raise Refused(Problem.NOT_READY)
        building = entry.runtime_data
        if building.fault is not None:
            raise Refused(Problem.LEDGER_UNAVAILABLE)
        if courier_id not in building.directory.couriers:
            raise Refused(Problem.NOT_READY)  # It was removed meanwhile.
        return building


def _authenticate(
    webhook_id: str, request: Request, body: bytes, keys: Sequence[Key]
) -> tuple[object, Signed]:
    """Return the body's JSON, or its faults, and what the checked headers say."""
    try:
        signed = authenticate(
            request.headers.getall(ID_HEADER, []),
            request.headers.getall(TIMESTAMP_HEADER, []),
            request.headers.getall(SIGNATURE_HEADER, []),
            body,
            keys,
            dt_util.utcnow(),
        )
    except Unauthenticated:
        raise Refused(Problem.UNAUTHENTICATED) from None
    document: object
    try:
        document = read_json(body)
    except Malformed as malformed:
        document = malformed
    if not audience_ok(document, webhook_id, signed.version):
        raise Refused(Problem.UNAUTHENTICATED)
    return document, signed


BODY_SECONDS: Final = 5
CHUNK: Final = 8_192
DROP_SECONDS: Final = 5
MOST_DROPPED: Final = 1_048_576
"""Bytes to read after the answer, so that a slow sender can read the answer."""


async def read_body(request: Request, content_type: str, most_bytes: int) -> bytes:
    """Read a body of this type and size.

    Raise Refused if its type, encoding, size, or speed isn't allowed, or it is broken.
    """
    if _is_longer(request.headers.get(hdrs.CONTENT_LENGTH, ""), most_bytes):
        raise Refused(Problem.TOO_LARGE)
    sent_type = (
        request.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
    )
    if sent_type != content_type or hdrs.CONTENT_ENCODING in request.headers:
        raise Refused(Problem.UNSUPPORTED)
    # A cloudhook's mock request returns a new stream at each access.
    stream = request.content
    body = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while chunk := await stream.read(CHUNK):
                body += chunk
                if len(body) > most_bytes:
                    raise Refused(Problem.TOO_LARGE)
    except TimeoutError:
        raise Refused(Problem.SLOW_BODY) from None
    except RequestPayloadError:
        fault = Fault("", "must be sent as HTTP has it")
        raise Refused(Problem.MALFORMED, [fault]) from None
    return body


def _is_longer(length: str, most: int) -> bool:
    """Whether a declared length, of any number of digits, exceeds a maximum."""
    digits, bound = length.lstrip("0"), str(most)
    return (
        digits.isascii()
        and digits.isdigit()
        and (len(digits), digits) > (len(bound), bound)
    )


class FinalResponse(Response):
    """A response that drops the rest of the request's body.

    aiohttp would read the rest, and log a traceback for each body it can't decode.
    """

    def __init__(
        self,
        request: Request,
        *,
        status: int,
        headers: Mapping[str, str],
        text: str | None = None,
        content_type: str | None = None,
    ) -> None:
        super().__init__(
            status=status, text=text, content_type=content_type, headers=headers
        )
        self._answers = request

    async def write_eof(self, data: bytes = b"") -> None:
        """Send the response, then read the body to its end or close the connection."""
        await super().write_eof(data)
        is_read = self._answers.content.at_eof()
        if not (is_read or await _read_to_its_end(self._answers)):
            self._answers.protocol.force_close()


async def _read_to_its_end(request: Request) -> bool:
    left = MOST_DROPPED
    try:
        async with asyncio.timeout(DROP_SECONDS):
            while left > 0 and not request.content.at_eof():
                left -= len(await request.content.readany())
    except TimeoutError, RequestPayloadError:
        return False
    return request.content.at_eof()
