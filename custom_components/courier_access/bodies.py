"""A request's body, read under limits in size and time."""

import asyncio
from enum import StrEnum
from typing import Final, Protocol

from aiohttp import hdrs
from aiohttp.web import Request, RequestPayloadError

BODY_SECONDS: Final = 5
CHUNK: Final = 8_192


class BodyFault(StrEnum):
    """Why a body was not read to its end."""

    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    SLOW = "slow"
    BROKEN = "broken"


class BadBody(Exception):
    """The body can't be had."""

    def __init__(self, fault: BodyFault) -> None:
        super().__init__(fault)
        self.fault = fault


class _Stream(Protocol):
    async def read(self, n: int = -1, /) -> bytes:
        """Return up to n bytes, none at the end."""


async def read_body(request: Request, content_type: str, most_bytes: int) -> bytes:
    """Read a body of that type and of at most so many bytes.

    Raises:
        BadBody: it is of another type or encoded, too large, too slow or not sent as HTTP has it.

    """
    if _is_longer(request.headers.get(hdrs.CONTENT_LENGTH, ""), most_bytes):
        raise BadBody(BodyFault.TOO_LARGE)
    sent_type = request.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
    if sent_type != content_type or hdrs.CONTENT_ENCODING in request.headers:
        raise BadBody(BodyFault.UNSUPPORTED)
    # The stand-in for a request that a cloudhook passes gives a new stream at each access.
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
    """Whether a length that the sender tells, of any number of digits, is beyond a number."""
    digits, bound = length.lstrip("0"), str(most)
    return digits.isascii() and digits.isdigit() and (len(digits), digits) > (len(bound), bound)
