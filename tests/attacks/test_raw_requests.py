"""Test that an attacker who speaks HTTP by hand and knows the couriers' API can't open the door."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Callable
import hmac
import json
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
)

OTHER_KEY = "whsec_" + b64encode(b"another courier's own secret, 32").decode()
PATH = "/api/webhook/webhook-of-parcel-post"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    other = courier("Other Post", keys=[{"key": OTHER_KEY, "ends_at": None}])
    return await build(hass, door(), courier(rate_per_minute=6000), other, resident())


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    sender = Sender(await hass_client_no_auth())
    assert (await sender.grant(max_entries=10)).body["decision"] == "accepted"
    return sender


def entry() -> str:
    """Return the body of a request to enter."""
    now = dt_util.utcnow().isoformat()
    return json.dumps(
        {"type": "entry.requested", "timestamp": now, "data": {"grant_id": "G1"}}
    )


def request(sender: Sender, body: str, **more: str) -> str:
    """Return the head of a signed request, without a length."""
    headers = {
        "Host": "building.example",
        "Connection": "close",
        **sender.headers(body),
        **more,
    }
    return f"POST {PATH} HTTP/1.1\r\n" + "".join(
        f"{k}: {v}\r\n" for k, v in headers.items()
    )


class Wire:
    """A connection of somebody who writes what they like."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, text: str) -> None:
        self._writer.write(text.encode())
        await self._writer.drain()

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def answers(self) -> str:
        """Return all that comes back until the other end hangs up."""
        text = (await self._reader.read()).decode()
        await self.close()
        return text

    async def answer(self) -> tuple[int, str]:
        """Return the status and body of one answer."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", head)
        body = await self._reader.readexactly(int(length[1])) if length else b""
        return int(head.split(" ")[1]), body.decode()


async def arrive() -> None:
    """Let what was sent be read by the other end."""
    for _ in range(100):
        await asyncio.sleep(0)


async def wire(sender: Sender) -> Wire:
    server = sender.client.server
    assert server.port is not None
    return Wire(*await asyncio.open_connection(server.host, server.port))


async def entries(house: House) -> int:
    await house.settle()
    return len(await entries_of(house.building, 10))


async def test_a_request_by_hand_is_answered_like_any(
    house: House, sender: Sender
) -> None:
    line, body = await wire(sender), entry()
    await line.send(
        request(sender, body) + f"Content-Length: {len(body)}\r\n\r\n{body}"
    )

    status, answer = await line.answer()

    assert (status, json.loads(answer)["decision"]) == (200, "admitted")
    await line.close()
    assert await entries(house) == 1


FRAMINGS = [
    "Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{body}",
    "Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n{chunks}",
    "Content-Length: {length}\r\nContent-Length: 0\r\n\r\n{body}",
    "Content-Length: 0\r\nContent-Length: {length}\r\n\r\n{body}",
    "Content-Length: +{length}\r\n\r\n{body}",
    "Content-Length: {length}, {length}\r\n\r\n{body}",
    "Transfer-Encoding: chunked, identity\r\n\r\n{chunks}",
    "Transfer-Encoding: xchunked\r\n\r\n{chunks}",
    "Content-Length: {length}\r\n x-folded: yes\r\n\r\n{body}",
    "Content-Length : {length}\r\n\r\n{body}",
    "\r\n{body}",
]


async def test_a_body_framed_in_two_ways_or_none_opens_nothing(
    house: House, sender: Sender
) -> None:
    for framing in FRAMINGS:
        line, body = await wire(sender), entry()
        chunks = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n"
        filled = (
            framing.replace("{length}", str(len(body)))
            .replace("{chunks}", chunks)
            .replace("{body}", body)
        )

        await line.send(request(sender, body) + filled)
        answers = await line.answers()

        assert "decision" not in answers, framing
        assert not re.search(r" (200|429) ", answers), framing
        assert await entries(house) == 0, framing
    assert house.door_state() == "locked"


BROKEN_CHUNKS = [
    "zz\r\n",
    "5\r\nabcdefgh\r\n0\r\n\r\n",
    "-1\r\n\r\n",
    "ffffffffffffffffff\r\n",
]


async def test_a_body_that_breaks_off_in_a_chunk_waits_in_vain(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    for chunks in BROKEN_CHUNKS:
        line, body = await wire(sender), entry()
        await line.send(request(sender, body) + "Transfer-Encoding: chunked\r\n\r\n")
        await arrive()
        await line.send(f"{len(body):x}\r\n{body}\r\n{chunks}")
        await arrive()

        await pass_time(hass, freezer, 5.1)
        status, _ = await line.answer()
        await line.close()

        assert status == 408, chunks
    assert await entries(house) == 0


async def test_a_length_that_is_too_short_cuts_the_body_the_signature_was_made_for(
    house: House, sender: Sender
) -> None:
    line, body = await wire(sender), entry()
    head = request(sender, body, Connection="keep-alive")

    await line.send(f"{head}Content-Length: {len(body) - 1}\r\n\r\n{body}")
    status, answer = await line.answer()
    await line.close()

    # The server may have seen by then that what follows is no request.
    assert status in (400, 401)
    assert "decision" not in answer
    assert await entries(house) == 0


async def test_a_length_that_is_too_long_waits_in_vain(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    line, body = await wire(sender), entry()

    await line.send(
        request(sender, body) + f"Content-Length: {len(body) + 1}\r\n\r\n{body}"
    )
    await arrive()
    await pass_time(hass, freezer, 5.1)
    status, answer = await line.answer()
    await line.close()

    assert (status, json.loads(answer)["type"]) == (
        408,
        "urn:courier-access:problem:slow_body",
    )
    assert await entries(house) == 0


async def test_client_that_hangs_up_before_the_end_of_the_body_causes_nothing(
    house: House, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    line, body = await wire(sender), entry()
    await line.send(
        request(sender, body) + f"Content-Length: {len(body)}\r\n\r\n{body[:-1]}"
    )
    await arrive()

    await line.close()

    assert await entries(house) == 0
    assert "Traceback" not in caplog.text


async def test_requests_in_one_stream_are_answered_each_for_itself(
    house: House, sender: Sender
) -> None:
    line = await wire(sender)
    text = ""
    for number in range(3):
        body = entry()
        more = {"Connection": "keep-alive"} | (
            {"webhook-id": "msg_forged"} if number == 1 else {}
        )
        head = request(sender, body, **more)
        text += head + f"Content-Length: {len(body)}\r\n\r\n{body}"

    await line.send(text)
    answers = [await line.answer() for _ in range(3)]
    await line.close()

    assert [status for status, _ in answers] == [200, 401, 200]
    assert await entries(house) == 2


def many_headers(head: str) -> str:
    return head + "".join(f"X-{number}: {number}\r\n" for number in range(5000))


CHANGES: list[Callable[[str], str]] = [
    many_headers,
    lambda head: head + "X-Long: " + "a" * 100_000 + "\r\n",
    lambda head: head.replace("webhook-id: ", "webhook-id: \x00"),
    lambda head: head.replace("webhook-id: ", "webhook-id:\x0b"),
    lambda head: head + "webhook-id: msg_other\r\n",
    lambda head: head + "WEBHOOK-ID: msg_other\r\n",
    lambda head: head + "Webhook-Signature: v1,YQ==\r\n",
    lambda head: head + "webhook-timestamp: 1\r\n",
    lambda head: head.replace("webhook-id", "webhook_id"),
    lambda head: head.replace("HTTP/1.1", "HTTP/9.9"),
    lambda head: head.replace("POST", "post"),
    lambda head: head.replace("POST", "GET"),
    lambda head: head.replace(PATH, PATH.replace("parcel", "other")),
    lambda head: head.replace(PATH, PATH + "%00"),
    lambda head: head.replace(PATH, PATH + "/"),
    lambda head: head.replace(PATH, PATH.upper()),
    lambda head: head.replace(PATH, PATH.replace("webhook-of", "x/../webhook_of")),
    lambda head: head + "Content-Type: application/json\r\n",
]


async def test_no_change_of_the_head_opens_the_door(
    house: House, sender: Sender
) -> None:
    for number, change in enumerate(CHANGES):
        line, body = await wire(sender), entry()
        head = change(request(sender, body))

        await line.send(head + f"Content-Length: {len(body)}\r\n\r\n{body}")
        try:
            answers = await line.answers()
        except ConnectionResetError:
            answers = ""

        assert "decision" not in answers, (number, head[:200])
        assert " 429 " not in answers
        assert await entries(house) == 0, (number, head[:200])
    assert house.door_state() == "locked"


TRICKS = [
    "\ufeff" + '{"type": "entry.requested"}',
    "[" * 10_000,
    '{"a":' * 3_000,
    '{"type": "entry.requested", "data": {"grant_id": "G2", "grant_id": "G1"}}',
    '{"type": "entry.requested", "type": "ping", "data": {}}',
    '{"data": NaN}',
    '{"data": 1e999}',
    '{"data": ' + "9" * 10_000 + "}",
    '{"data": "\\ud800"}',
    "null",
    '"entry.requested"',
    '{"type": "entry.requested", "data": {"grant_id": {"$ne": ""}}}',
    '{"__proto__": {"decision": "admitted"}}',
]


async def test_tricks_in_the_json_of_a_courier_gone_bad_are_malformed(
    house: House, sender: Sender
) -> None:
    for body in TRICKS:
        answer = await sender.post(body)
        assert (answer.status, answer.problem) == (400, "malformed"), body[:80]
    assert await entries(house) == 0


async def test_bytes_that_are_no_text_are_malformed(
    house: House, sender: Sender
) -> None:
    body, now = b'{"type": "\xff\xfe"}', int(dt_util.utcnow().timestamp())
    key = b64decode(sender.key.removeprefix("whsec_"))
    signature = hmac.digest(key, f"msg_1.{now}.".encode() + body, "sha256")
    headers = {
        "Content-Type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }

    answer = await sender.raw(body, headers)

    assert (answer.status, answer.problem) == (400, "malformed")


async def test_one_courier_can_do_nothing_with_what_is_anothers(
    house: House, sender: Sender
) -> None:
    other = Sender(sender.client, "webhook-of-other-post", OTHER_KEY)
    body = entry()

    # A signature is worth nothing at another's address, and a grant nothing to another who knows its id.
    crossed = await other.raw(body.encode(), sender.headers(body))
    stolen = await other.enter("G1")
    revoked = await other.revoke("G1")

    assert crossed.status == 401
    assert (stolen.body["decision"], stolen.body["reason"]) == (
        "refused",
        "unknown_grant",
    )
    assert (revoked.body["decision"], revoked.body["known"]) == ("revoked", False)
    assert house.door_state() == "locked"
    assert (await sender.enter("G1")).body["decision"] == "admitted"
    await house.settle()
