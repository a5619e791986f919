"""The same answers over a plain request, a cloudhook, and the WebSocket."""

from collections.abc import Awaitable, Callable
import json
from typing import Any

from aiohttp.web import RequestPayloadError
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import (
    MockRequest,
    MockStreamReader,
    serialize_response,
)
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.house import House, Sender, entries_of
from tests.support.people import access_token, user

pytestmark = pytest.mark.usefixtures("house")

type Way = Callable[[bytes, dict[str, str], str], Awaitable[tuple[int, str, str]]]
"""Takes body, headers and method; gives status, content type and body."""

HOOK = "webhook-of-parcel-post"
PING = json.dumps({"type": "ping", "timestamp": "2026-11-24T12:00:00Z", "data": {}})


def plain(sender: Sender) -> Way:
    async def send(
        body: bytes, headers: dict[str, str], method: str
    ) -> tuple[int, str, str]:
        response = await sender.client.request(
            method, f"/api/webhook/{HOOK}", data=body, headers=headers
        )
        return response.status, response.content_type, await response.text()

    return send


def cloudhook(hass: HomeAssistant) -> Way:
    async def send(
        body: bytes, headers: dict[str, str], method: str
    ) -> tuple[int, str, str]:
        request = MockRequest(
            content=body, headers=headers, method=method, mock_source="cloud"
        )
        response = await async_handle_webhook(hass, HOOK, request)
        kept = serialize_response(response)
        return kept["status"], response.content_type, kept["body"] or ""

    return send


def websocket(client: Any) -> Way:
    async def send(
        body: bytes, headers: dict[str, str], method: str
    ) -> tuple[int, str, str]:
        message = {"type": "webhook/handle", "webhook_id": HOOK, "method": method}
        await client.send_json_auto_id(
            {**message, "body": body.decode(), "headers": headers}
        )
        answer = await client.receive_json()
        assert answer["success"]
        result = answer["result"]
        return result["status"], result["headers"]["Content-Type"], result["body"] or ""

    return send


@pytest.fixture(params=["plain", "cloudhook", "websocket"])
async def way(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    sender: Sender,
    hass_ws_client: WebSocketGenerator,
) -> Way:
    match request.param:
        case "plain":
            return plain(sender)
        case "cloudhook":
            return cloudhook(hass)
    # Anybody who is logged in may hand a message over: the address is no secret.
    neighbor = await access_token(hass, await user(hass, "Cleo"))
    return websocket(await hass_ws_client(hass, neighbor))


def problem(code: str, status: int) -> tuple[int, str, str]:
    return status, "application/problem+json", code


async def answered(
    way: Way, body: str, headers: dict[str, str], method: str = "POST"
) -> tuple[int, str, str]:
    """Return status, content type, and the decision or the problem's code."""
    status, content_type, text = await way(body.encode(), headers, method)
    read = json.loads(text)
    if "decision" in read:
        return status, content_type, read["decision"]
    assert ("retry_after" in read) is (status in (429, 503))
    return status, content_type, read["type"].rpartition(":")[2]


async def test_every_way_gives_the_same_answers(
    house: House, sender: Sender, way: Way
) -> None:
    async def check(
        code: str, status: int, header: str = "", value: str = "", body: str = PING
    ) -> None:
        headers = sender.headers(body) | ({header: value} if header else {})
        assert await answered(way, body, headers) == problem(code, status)

    ok = (200, "application/json", "ok")
    assert await answered(way, PING, sender.headers(PING)) == ok
    await check("unauthenticated", 401, "webhook-signature", "v1,bm90IGEgc2lnbmF0dXJl")
    await check("too_large", 413, body=PING + " " * 20_480)
    await check("unsupported", 415, "Content-Type", "text/plain")
    await check("unsupported", 415, "Content-Encoding", "identity")
    await check("malformed", 400, body="{")
    await house.building.ledger.close()
    await check("ledger_unavailable", 503)
    await house.building.ledger.open()
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    await check("not_ready", 503)


async def test_every_way_opens_the_door_once(
    house: House, sender: Sender, way: Way
) -> None:
    await sender.grant(max_entries=5)
    now = dt_util.utcnow()
    body = json.dumps(
        {
            "type": "entry.requested",
            "timestamp": now.isoformat(),
            "data": {"grant_id": "G1"},
        }
    )
    headers = sender.headers(body, message_id="msg_1")

    first = json.loads((await way(body.encode(), headers, "POST"))[2])
    again = json.loads((await way(body.encode(), headers, "POST"))[2])
    over_http = await sender.post(body, message_id="msg_1")
    await house.settle()

    assert (first["decision"], first["replayed"], first["entries_left"]) == (
        "admitted",
        False,
        4,
    )
    assert again == over_http.body == first | {"replayed": True}
    assert len(await entries_of(house.building, 10)) == 1
    body = body.replace("G1", "G2")
    reused = await answered(way, body, sender.headers(body, message_id="msg_1"))
    assert reused == problem("id_reused", 422)


async def test_no_way_takes_another_method(sender: Sender, way: Way) -> None:
    for method in ("GET", "PUT"):
        status, _, text = await way(PING.encode(), sender.headers(PING), method)
        assert (status, text) == (405, "")


async def test_content_length_is_believed_only_if_it_is_too_large(
    hass: HomeAssistant, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    async def status(body: str, length: str) -> int:
        headers = sender.headers(body) | {"Content-Length": length}
        return (await answered(cloudhook(hass), body, headers))[0]

    for length in ("9" * 5000, "20481", "0" * 50 + "20481"):
        assert await status(PING, length) == 413, length
    for length in ("", "0", "12", "20480", "-5", "banana", "٩٩٩٩٩٩", "²²²²²²"):
        assert await status(PING, length) == 200, length
        assert await status(PING + " " * 20_480, length) == 413, length
    assert "Traceback" not in caplog.text


async def test_header_in_two_spellings_is_a_repeated_header(
    hass: HomeAssistant, sender: Sender
) -> None:
    headers = sender.headers(PING)
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        twice = headers | {name.title(): headers[name]}
        assert await answered(cloudhook(hass), PING, twice) == problem(
            "unauthenticated", 401
        )


class BrokenStream(MockStreamReader):
    """A body that turns out to be none while it is read, as aiohttp has it without its C parser."""

    async def read(self, byte_count: int = -1) -> bytes:
        raise RequestPayloadError("no chunk")


class Broken(MockRequest):
    """A request with such a body."""

    @property
    def content(self) -> MockStreamReader:
        return BrokenStream(b"")


async def test_a_body_with_broken_framing_is_malformed_and_not_logged(
    hass: HomeAssistant, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    request = Broken(
        content=b"", headers=sender.headers(PING), method="POST", mock_source="a test"
    )

    response = await async_handle_webhook(hass, HOOK, request)

    read = json.loads(response.text or "")
    malformed = "urn:courier-access:problem:malformed"
    assert (response.status, read["type"]) == (400, malformed)
    assert [fault["pointer"] for fault in read["errors"]] == [""]
    assert "Traceback" not in caplog.text
