"""Read request bodies within limits of size and time, and drop the rest."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol

from aiohttp import hdrs
from aiohttp.web import Request, RequestPayloadError, Response

BODY_SECONDS: Final = 5
CHUNK: Final = 8_192
DROP_SECONDS: Final = 5
MOST_DROPPED: Final = 1_048_576
"""Bytes to read after the answer, so that a slow sender can read the answer."""


class BodyFault(StrEnum):
    """Why a body was not read to its end."""

    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    SLOW = "slow"
    BROKEN = "broken"


class BadBody(Exception):
    """Raised if a body can't be read."""

    def __init__(self, fault: BodyFault) -> None:
        super().__init__(fault)
        self.fault = fault


class _Stream(Protocol):
    async def read(self, n: int = -1, /) -> bytes:
        """Return up to n bytes, none at the end."""


async def read_body(request: Request, content_type: str, most_bytes: int) -> bytes:
    """Read a body of this type and size.

    Raise BadBody if its type, encoding, size, or speed isn't allowed, or it is broken.
    """
    if _is_longer(request.headers.get(hdrs.CONTENT_LENGTH, ""), most_bytes):
        raise BadBody(BodyFault.TOO_LARGE)
    sent_type = (
        request.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
    )
    if sent_type != content_type or hdrs.CONTENT_ENCODING in request.headers:
        raise BadBody(BodyFault.UNSUPPORTED)
    # A cloudhook's mock request returns a new stream at each access.
    stream: _Stream = request.content
    body = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while chunk := await stream.read(CHUNK):
                body += chunk
                if len(body) > most_bytes:
                    raise BadBody(BodyFault.TOO_LARGE)
    except TimeoutError:
        raise BadBody(BodyFault.SLOW) from None
    except RequestPayloadError:
        raise BadBody(BodyFault.BROKEN) from None
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
        """Initialize the response to a request."""
        super().__init__(
            status=status, text=text, content_type=content_type, headers=headers
        )
        self._answers = request

    async def write_eof(self, data: bytes = b"") -> None:
        """Send the response, then read the body to its end or close the connection."""
        await super().write_eof(data)
        if not await _read_to_its_end(self._answers):
            self._answers.protocol.force_close()


async def _read_to_its_end(request: Request) -> bool:
    """Read a body within the limits; return whether that was all of it."""
    left = MOST_DROPPED
    try:
        async with asyncio.timeout(DROP_SECONDS):
            while left > 0 and not request.content.at_eof():
                left -= len(await request.content.readany())
    except TimeoutError, RequestPayloadError:
        return False
    return request.content.at_eof()
