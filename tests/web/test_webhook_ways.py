"""The same answers over a plain request, a cloudhook's stand-in for one, and the WebSocket."""

from collections.abc import Awaitable, Callable
import json
from typing import Any

from aiohttp.web import RequestPayloadError
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest, serialize_response
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.house import House, Sender, build, entries_of
from tests.support.people import access_token, user

type Way = Callable[[bytes, dict[str, str], str], Awaitable[tuple[int, str, str]]]
"""Takes body, headers and method; gives status, content type and body."""

HOOK = "webhook-of-parcel-post"
PING = json.dumps({"type": "ping", "timestamp": "2026-11-24T12:00:00Z", "data": {}})
FORGED = {"webhook-signature": "v1,bm90IGEgc2lnbmF0dXJl"}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    # The test client freezes the server's routes.
    assert await async_setup_component(hass, "websocket_api", {})
    return await build(hass)


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


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
            content=body,
            headers=headers,
            method=method,
            query_string="",
            mock_source="cloud",
        )
        response = await async_handle_webhook(hass, HOOK, request)
        kept = serialize_response(response)
        return kept["status"], response.content_type, kept["body"] or ""

    return send


def websocket(client: Any) -> Way:
    async def send(
        body: bytes, headers: dict[str, str], method: str
    ) -> tuple[int, str, str]:
        await client.send_json_auto_id(
            {
                "type": "webhook/handle",
                "webhook_id": HOOK,
                "method": method,
                "body": body.decode(),
                "headers": headers,
            }
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
    neighbour = await access_token(hass, await user(hass, "Cleo"))
    return websocket(await hass_ws_client(hass, neighbour))


def problem(code: str, status: int) -> tuple[int, str, str]:
    return status, "application/problem+json", code


async def answered(
    way: Way, body: str, headers: dict[str, str], method: str = "POST"
) -> tuple[int, str, str]:
    """Return status, content type, and the decision or the problem's code."""
    status, content_type, text = await way(body.encode(), headers, method)
    told = json.loads(text)
    if "decision" in told:
        return status, content_type, told["decision"]
    assert ("retry_after" in told) is (status in (429, 503))
    return (
        status,
        content_type,
        told["type"].removeprefix("urn:courier-access:problem:"),
    )


async def test_every_way_gives_the_same_answers(
    hass: HomeAssistant, house: House, sender: Sender, way: Way
) -> None:
    ok = (200, "application/json", "ok")
    long = PING + " " * 20_480

    assert await answered(way, PING, sender.headers(PING)) == ok
    assert await answered(way, PING, sender.headers(PING) | FORGED) == problem(
        "unauthenticated", 401
    )
    assert await answered(way, long, sender.headers(long)) == problem("too_large", 413)
    text = {"Content-Type": "text/plain"}
    assert await answered(way, PING, sender.headers(PING) | text) == problem(
        "unsupported", 415
    )
    packed = {"Content-Encoding": "identity"}
    assert await answered(way, PING, sender.headers(PING) | packed) == problem(
        "unsupported", 415
    )
    assert await answered(way, "{", sender.headers("{")) == problem("malformed", 400)
    await house.building.ledger.close()
    assert await answered(way, PING, sender.headers(PING)) == problem(
        "ledger_unavailable", 503
    )
    await house.building.ledger.open()
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert await answered(way, PING, sender.headers(PING)) == problem("not_ready", 503)


async def test_every_way_opens_the_door_once(
    hass: HomeAssistant, house: House, sender: Sender, way: Way
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


@pytest.mark.parametrize("length", ["9" * 5000, "20481", "0" * 50 + "20481"])
async def test_no_way_is_fooled_or_felled_by_a_told_length(
    hass: HomeAssistant, sender: Sender, length: str, caplog: pytest.LogCaptureFixture
) -> None:
    way = cloudhook(hass)

    told = await answered(way, PING, sender.headers(PING) | {"Content-Length": length})

    assert told == problem("too_large", 413)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "length", ["", "0", "12", "20480", "-5", "banana", "٩٩٩٩٩٩", "²²²²²²"]
)
async def test_a_told_length_that_is_none_or_small_changes_nothing(
    hass: HomeAssistant, sender: Sender, length: str
) -> None:
    way = cloudhook(hass)
    headers = {"Content-Length": length}

    assert (await answered(way, PING, sender.headers(PING) | headers))[0] == 200
    long = PING + " " * 20_480
    assert (await answered(way, long, sender.headers(long) | headers))[0] == 413


async def test_names_of_headers_in_two_spellings_are_a_repeated_header(
    hass: HomeAssistant, sender: Sender
) -> None:
    headers = sender.headers(PING)
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        twice = headers | {name.title(): headers[name]}
        assert await answered(cloudhook(hass), PING, twice) == problem(
            "unauthenticated", 401
        )


class Broken(MockRequest):
    """A request whose body turns out to be none while it is read, as aiohttp has it without its C parser."""

    @property
    def content(self) -> Broken:  # type: ignore[override]  # a stream, and that is all it is
        return self

    async def read(self, byte_count: int = -1) -> bytes:
        raise RequestPayloadError("no chunk")


async def test_a_body_that_is_no_http_is_malformed_and_no_error_of_ours(
    hass: HomeAssistant, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    request = Broken(
        content=b"", headers=sender.headers(PING), method="POST", mock_source="a test"
    )

    response = await async_handle_webhook(hass, HOOK, request)

    told = json.loads(response.text or "")
    assert (response.status, told["type"]) == (
        400,
        "urn:courier-access:problem:malformed",
    )
    assert [fault["pointer"] for fault in told["errors"]] == [""]
    assert "Traceback" not in caplog.text
