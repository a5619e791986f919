"""Test the webhook over real HTTP: each status, and never an empty 200 (docs/courier-api/README.md#send-again)."""

import asyncio
from collections.abc import AsyncIterator
import gzip
import json
import logging

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.contract.replies import Problem
from custom_components.courier_access.couriers.inbox import Inbox
from custom_components.courier_access.web.webhook import MOST_BYTES
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
)

pytestmark = pytest.mark.usefixtures("house")

PING = json.dumps({"type": "ping", "timestamp": "2026-11-24T12:00:00Z", "data": {}})


def is_problem(answer: Answer, problem: Problem) -> bool:
    """Whether an answer is exactly that problem, as RFC 9457 has it."""
    assert answer.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert answer.body["title"] == problem.summary
    assert answer.body["status"] == answer.status
    retry_after = answer.body.get("retry_after")
    assert answer.headers.get("Retry-After") == (
        None if retry_after is None else str(retry_after)
    )
    assert (retry_after is not None) is (answer.status in (429, 503))
    return (answer.status, answer.problem) == (problem.status, problem.value)


async def test_a_signed_ping_is_answered(sender: Sender) -> None:
    answer = await sender.post(PING)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.body == {
        "type": "ping",
        "decision": "ok",
        "reason": "ok",
        "replayed": False,
        "building": "12 Elm Street",
        "doors": ["lobby"],
    }


async def test_only_post_is_answered(sender: Sender) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH", "PURGE"):
        path, headers = f"/api/webhook/{sender.webhook_id}", sender.headers(PING)
        response = await sender.client.request(method, path, data=PING, headers=headers)
        assert response.status == 405, method
        assert "decision" not in await response.text()
    answer = await sender.raw(None, {}, method="HEAD")
    assert (answer.status, answer.body) == (200, {})


async def test_content_type_is_read_as_http_has_it(sender: Sender) -> None:
    for content_type in (
        *("APPLICATION/JSON", "application/json; charset=utf-8"),
        " application/json ;x=y",
    ):
        headers = sender.headers(PING) | {"Content-Type": content_type}
        assert (await sender.raw(PING.encode(), headers)).status == 200, content_type
    for content_type in (
        *("text/plain", "application/problem+json", "application/json5", ""),
    ):
        headers = sender.headers(PING) | {"Content-Type": content_type}
        answer = await sender.raw(PING.encode(), headers)
        assert is_problem(answer, Problem.UNSUPPORTED), content_type


async def test_an_encoded_body_is_unsupported(sender: Sender) -> None:
    for encoding, data in (
        ("identity", PING.encode()),
        ("compress", PING.encode()),
        ("gzip", gzip.compress(PING.encode())),
        ("deflate", b"no deflate at all"),  # which ends the connection
    ):
        headers = sender.headers(PING) | {"Content-Encoding": encoding}
        answer = await sender.raw(data, headers)
        assert is_problem(answer, Problem.UNSUPPORTED), encoding


def padded(length: int) -> str:
    """Return a ping of exactly so many bytes."""
    return PING + " " * (length - len(PING))


async def in_pieces(body: str) -> AsyncIterator[bytes]:
    """Send a body in pieces, without its length."""
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000].encode()
        await asyncio.sleep(0)


@pytest.mark.parametrize("chunked", [False, True], ids=["with length", "in pieces"])
async def test_a_body_may_be_as_long_as_the_contract_says_and_no_longer(
    sender: Sender, chunked: bool
) -> None:
    for length, status in (
        (MOST_BYTES, 200),
        (MOST_BYTES + 1, 413),
        (3 * MOST_BYTES, 413),
    ):
        body = padded(length)
        data = in_pieces(body) if chunked else body.encode()
        answer = await sender.raw(data, sender.headers(body))

        assert answer.status == status
        if status == 413:
            assert is_problem(answer, Problem.TOO_LARGE)


async def test_a_body_that_does_not_arrive_in_time_is_slow(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    sent = asyncio.Event()

    async def never_ending() -> AsyncIterator[bytes]:
        yield PING.encode()
        sent.set()
        await asyncio.Event().wait()

    asking = asyncio.create_task(sender.raw(never_ending(), sender.headers(PING)))
    await sent.wait()
    for _ in range(100):
        await asyncio.sleep(0)
    await pass_time(hass, freezer, 4.9)
    assert not asking.done()
    await pass_time(hass, freezer, 0.2)

    assert is_problem(await asking, Problem.SLOW_BODY)


async def test_each_fault_of_a_malformed_message_is_located(sender: Sender) -> None:
    for body, pointers in (
        ("", [""]),
        ("{", [""]),
        ("[]", [""]),
        ('{"type": "ping", "type": "ping"}', ["/type"]),
        (
            '{"type": "ping", "timestamp": "now", "data": {"a": 1}}',
            ["/data/a", "/timestamp"],
        ),
    ):
        answer = await sender.post(body, message_id="msg_1")

        assert is_problem(answer, Problem.MALFORMED)
        assert [fault["pointer"] for fault in answer.body["errors"]] == pointers
    # Its id stays free.
    assert (await sender.post(PING, message_id="msg_1")).status == 200


async def test_checks_come_in_the_contracts_order(
    freezer: FrozenDateTimeFactory, house: House, sender: Sender
) -> None:
    """Each request has one fault fewer than the one before it."""
    house.building.host.is_open = False
    await sender.raw(b"", {"Content-Type": "text/plain"})
    too_large, bad_type = padded(30_000), {"Content-Type": "text/plain"}
    forged = {"webhook-signature": "v1,bm90IGEgc2lnbmF0dXJl"}

    assert (
        await sender.raw(
            too_large.encode(), sender.headers("{") | bad_type | forged, method="PUT"
        )
    ).status == 405
    answer = await sender.raw(
        too_large.encode(), sender.headers("{") | bad_type | forged
    )
    assert is_problem(answer, Problem.TOO_LARGE)
    answer = await sender.raw(b"{", sender.headers("{") | bad_type | forged)
    assert is_problem(answer, Problem.UNSUPPORTED)
    answer = await sender.raw(b"{", sender.headers("{") | forged)
    assert is_problem(answer, Problem.UNAUTHENTICATED)
    for _ in range(59):
        assert is_problem(await sender.post("{"), Problem.NOT_READY)
    assert is_problem(await sender.post("{", message_id="msg_1"), Problem.NOT_READY)
    assert is_problem(await sender.post("{"), Problem.RATE_LIMITED)


async def test_default_rate_is_60_messages_a_minute_even_over_a_reload(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    async def statuses(count: int) -> list[int]:
        return [(await sender.post(PING)).status for _ in range(count)]

    assert await statuses(60) == [200] * 60
    await house.reload()
    limited = await sender.post(PING)
    assert is_problem(limited, Problem.RATE_LIMITED)
    assert limited.body["retry_after"] == 1
    await pass_time(house.hass, freezer, 1)
    assert await statuses(2) == [200, 429]
    await pass_time(house.hass, freezer, 60)
    assert await statuses(61) == [200] * 60 + [429]


@pytest.mark.parametrize("rate", [1, 7, 59])
async def test_each_courier_has_its_own_rate(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory, rate: int
) -> None:
    posts = courier("Slow", rate_per_minute=rate), courier("Other")
    await build(hass, door("Side", "side"), *posts, resident("Bo"), title="2 Elm")
    slow, other = (
        Sender(sender.client, f"webhook-of-{name}") for name in ("slow", "other")
    )

    statuses = [(await slow.post(PING)).status for _ in range(rate + 1)]

    assert statuses == [200] * rate + [429]
    limited = await slow.post(PING)
    assert 0 < limited.body["retry_after"] <= 60 / rate + 1
    assert (await other.post(PING)).status == 200
    await pass_time(hass, freezer, limited.body["retry_after"])
    assert (await slow.post(PING)).status == 200


async def test_what_is_not_authentic_uses_up_nothing(sender: Sender) -> None:
    forged = sender.headers(PING) | {"webhook-signature": "v1,bm90IGEgc2lnbmF0dXJl"}
    for _ in range(200):
        assert (await sender.raw(PING.encode(), forged)).status == 401

    assert (await sender.post(PING)).status == 200


async def test_an_unexpected_error_is_a_problem_and_is_logged(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> object:
        raise RuntimeError("nobody expected this")

    monkeypatch.setattr(Inbox, "_answer", fails)

    answer = await sender.post(PING, message_id="msg_1")

    assert is_problem(answer, Problem.NOT_READY)
    assert "nobody expected this" in caplog.text
    monkeypatch.undo()
    assert (await sender.post(PING, message_id="msg_1")).status == 200


async def test_an_error_before_the_building_is_asked_is_a_problem_too(
    hass: HomeAssistant, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    broken = courier("Broken", keys=[{"key": "no key", "ends_at": None}])
    await build(hass, door("Side", "side"), broken, resident("Bo"), title="2 Elm")

    answer = await Sender(sender.client, "webhook-of-broken").post(PING)

    assert is_problem(answer, Problem.NOT_READY)
    assert "KeyFault" in caplog.text
    assert "no key" not in caplog.text


async def test_a_ledger_that_fails_is_a_problem_and_is_logged(
    house: House, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    await house.building.ledger.close()

    answer = await sender.grant(message_id="msg_1")

    assert is_problem(answer, Problem.LEDGER_UNAVAILABLE)
    assert [
        record.levelno for record in caplog.records if "ledger" in record.message
    ] == [logging.ERROR]
    await house.building.ledger.open()
    assert (await sender.grant(message_id="msg_1")).body["decision"] == "accepted"
