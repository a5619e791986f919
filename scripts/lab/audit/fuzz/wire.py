"""Writes bytes to an HTTP server over a connection that is kept, and reads what comes back."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast, override

HOST = "127.0.0.1"
SECONDS = 40
"""Longer than any answer takes: a courier's address answers within 30."""
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; its status is 0 if the server closed the connection without one."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


NO_REPLY = Reply(0)


class SilenceError(Exception):
    """The server neither answered nor closed the connection."""


@dataclass(slots=True)
class Line:
    """A connection, opened again if the server closed it. `local` is the address that it comes from."""

    port: int
    local: str = HOST
    host: str = HOST
    _transport: asyncio.Transport | None = None
    _reading: _Reading | None = None

    async def ask(self, written: bytes, *, is_head: bool = False) -> Reply:
        """Write a request, and return its answer.

        A server may close a kept connection at any time; what was written into that is written again.
        """
        is_kept = self._reading is not None
        reply = await self._ask(written, is_head=is_head)
        if is_kept and reply is NO_REPLY:
            self.close()
            reply = await self._ask(written, is_head=is_head)
        return reply

    async def _ask(self, written: bytes, *, is_head: bool) -> Reply:
        reading = await self._open()
        waiting = reading.expect(is_head=is_head)
        cast("asyncio.Transport", self._transport).write(written)
        try:
            async with asyncio.timeout(SECONDS):
                return await waiting
        except TimeoutError as error:
            self.close()
            raise SilenceError(written[:200]) from error

    async def ask_once(self, written: bytes) -> Reply:
        """Write a request that may not end where it says, and close the connection after the answer."""
        self.close()
        try:
            return await self.ask(written)
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.close()
        self._transport = self._reading = None

    async def _open(self) -> _Reading:
        if (
            self._reading is None
            or self._reading.is_closed
            or self._transport is None
            or self._transport.is_closing()
        ):
            transport, reading = await asyncio.get_running_loop().create_connection(
                _Reading, self.host, self.port, local_addr=(self.local, 0)
            )
            self._transport, self._reading = transport, reading
        return self._reading


class _Reading(asyncio.Protocol):
    """Reads one answer after the other."""

    def __init__(self) -> None:
        self.is_closed = False
        self._received = b""
        self._is_head = False
        self._waiting: asyncio.Future[Reply] | None = None

    def expect(self, *, is_head: bool) -> asyncio.Future[Reply]:
        """Return what becomes the next answer."""
        self._received = b""
        self._is_head = is_head
        self._waiting = asyncio.get_running_loop().create_future()
        return self._waiting

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        reply = _read(self._received, is_head=self._is_head, is_end=False)
        if reply is not None:
            self._answer(reply)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        reply = _read(self._received, is_head=self._is_head, is_end=True)
        self._answer(reply or NO_REPLY)

    def _answer(self, reply: Reply) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reply)


def _read(received: bytes, *, is_head: bool, is_end: bool) -> Reply | None:
    """Return an answer that has arrived in whole."""
    head, end, body = received.partition(_END)
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    status = int(first.split(" ")[1])
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    if is_head or status in (204, 304) or status < 200:
        return Reply(status, headers)
    if headers.get("transfer-encoding", "") == "chunked":
        whole = body.endswith(b"0\r\n\r\n")
    else:
        with suppress(ValueError):
            length = int(headers.get("content-length", "-1"))
            if length >= 0:
                body, is_end = body[:length], is_end and len(body) >= length
                return Reply(status, headers, body) if len(body) == length else None
        whole = False
    return Reply(status, headers, body) if whole or is_end else None
