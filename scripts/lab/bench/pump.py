"""Posts many requests over a few connections, with less work for each than Home Assistant has."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast, override
from urllib.parse import urlsplit

_END = b"\r\n\r\n"


def request(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Write a POST as it goes over the wire."""
    parts = urlsplit(url)
    lines = [
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + _END + body


@dataclass(slots=True)
class Pumped:
    """How long it took: all of it in seconds, each request in milliseconds; and the answers' bodies."""

    seconds: float = 0
    taken: list[float] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def a_second(self) -> float:
        """Requests a second."""
        return len(self.taken) / self.seconds


async def pump(
    url: str, requests: Iterable[bytes], connections: int, seconds: float | None = None
) -> Pumped:
    """Post requests over so many connections at once, at most for so long."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 80
    left, pumped = deque(requests), Pumped()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: _Connection(left, pumped), host, port)
        for _ in range(connections)
    ]
    began = perf_counter()
    for _transport, connection in opened:
        connection.go_on()
    try:
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(connection.done for _, connection in opened))
    except TimeoutError:
        if seconds is None:
            raise
    pumped.seconds = perf_counter() - began
    for transport, _connection in opened:
        transport.close()
    return pumped


class _Connection(asyncio.Protocol):
    """Posts the next request when the one before is answered."""

    def __init__(self, left: deque[bytes], pumped: Pumped) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._left = left
        self._pumped = pumped
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def go_on(self) -> None:
        """Post the next request, if there is one."""
        if self.done.done():
            return
        if not self._left:
            self.done.set_result(None)
            return
        self._received = b""
        self._sent_at = perf_counter()
        self._transport.write(self._left.popleft())

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(_END)
        if not end or len(body) < _length(head):
            return
        self._pumped.taken.append((perf_counter() - self._sent_at) * 1000)
        self._pumped.answers.append((int(head[9:12]), body))
        self.go_on()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError())


def _length(head: bytes) -> int:
    _, _, after = head.lower().partition(b"content-length:")
    return int(after.partition(b"\r")[0])
