"""One connection to a server, on which requests are timed."""

from collections.abc import Mapping
from dataclasses import dataclass
import socket
from time import perf_counter_ns
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: int
    text: str
    waits: bool
    """Whether it is to be looked at again."""


class Line:
    """A kept-alive connection without a client library, whose own work would be timed, too."""

    def __init__(self, url: str) -> None:
        """Connect to the server of this address."""
        parts = urlsplit(url)
        self.host = parts.netloc
        self._socket = socket.create_connection(
            (parts.hostname or "", parts.port or 80), SECONDS
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> bytes:
        """Return a request as it is sent."""
        lines = (
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        )
        return "\r\n".join((*lines, "", "")).encode() + body

    def ask(self, request: bytes) -> tuple[Reply, int]:
        """Send a request; return its answer, and the nanoseconds until it was there."""
        began = perf_counter_ns()
        self._socket.sendall(request)
        head, rest = b"", b""
        while not rest and b"\r\n\r\n" not in head:
            head += self._more()
        head, _, rest = head.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        fields = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        length = int(fields.get("content-length", "0"))
        while len(rest) < length:
            rest += self._more()
        took = perf_counter_ns() - began
        status = int(first.split()[1])
        return Reply(status, rest.decode(), "refresh" in fields), took

    def _more(self) -> bytes:
        received = self._socket.recv(65_536)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received
