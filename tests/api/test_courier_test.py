"""The courier test: a ping to a courier's address over real HTTP."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from homeassistant.components import webhook
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.api import commands
from custom_components.courier_access.api.permissions import Actor
from tests.support.house import KEY, House, build, courier, door, lose_ledger, resident
from tests.support.signing import PUBLIC
from tests.support.wires import Wire

POST = "courier-parcel-post"
OWN_KEY = "courier-own-key"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building where Parcel Post's old key ends soon and its new one is unused."""
    soon = (dt_util.utcnow() + timedelta(hours=2)).isoformat()
    old = {"key": "whsec_" + "B" * 32, "ends_at": soon}
    post = courier(keys=[{"key": KEY, "ends_at": None}, old])
    own = courier("Own Key", keys=[{"key": PUBLIC, "ends_at": None}])
    return await build(hass, door(), post, own, resident())


@pytest.fixture
async def home(
    hass: HomeAssistant, house: House, hass_client_no_auth: ClientSessionGenerator
) -> str:
    """Return Home Assistant's own address, where it answers."""
    client = await hass_client_no_auth()
    assert client.port is not None
    address = f"http://127.0.0.1:{client.port}"
    await hass.config.async_update(external_url=address)
    return address


async def tried(owner: Wire, courier_id: str = POST) -> tuple[str, str | None]:
    result = await owner.result("couriers/test", courier=courier_id)
    assert result.keys() == {"found", "why"}
    return result["found"], result["why"]


@asynccontextmanager
async def answering(
    hass: HomeAssistant, handler: Handler, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[str]:
    """Let another server answer at Home Assistant's own address."""
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handler)
    server = TestServer(
        app, host="127.0.0.1", scheme="http" if tls is None else "https"
    )
    await server.start_server(ssl=tls)
    address = f"{server.scheme}://127.0.0.1:{server.port}"
    await hass.config.async_update(external_url=address)
    try:
        yield address
    finally:
        await server.close()


async def test_signed_ping_succeeds_without_counting_as_contact(
    hass: HomeAssistant, home: str, owner: Wire
) -> None:
    assert await tried(owner) == ("good", None)

    [post, _] = (await owner.result("building"))["couriers"]
    assert (post["last_contact"], post["refusals"]) == (None, 0)
    # The issue about the unused key stays: only the test used the new one.
    issues = {issue.translation_key for issue in ir.async_get(hass).issues.values()}
    assert "key_ending" in issues


async def test_public_key_courier_gets_an_unsigned_ping(home: str, owner: Wire) -> None:
    assert await tried(owner, OWN_KEY) == ("answers", None)

    [_, own] = (await owner.result("building"))["couriers"]
    assert own["refusals"] == 0


async def test_courier_without_keys_gets_an_unsigned_ping(
    hass: HomeAssistant, house: House, home: str, owner: Wire
) -> None:
    post = house.entry.subentries[POST]
    hass.config_entries.async_update_subentry(
        house.entry, post, data={**post.data, "keys": []}
    )
    await house.settle()

    assert await tried(owner) == ("answers", None)

    [shown, _] = (await owner.result("building"))["couriers"]
    assert (shown["keys"], shown["uses_newest_key"]) == ([], None)


async def test_no_address_and_no_answer_are_distinguished(
    hass: HomeAssistant,
    owner: Wire,
    unused_tcp_port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hass.config.api, "local_ip", "127.0.0.1")
    assert await tried(owner) == ("no_address", None)

    await hass.config.async_update(external_url=f"http://127.0.0.1:{unused_tcp_port}")
    assert await tried(owner) == ("no_answer", None)

    monkeypatch.setattr(commands, "TRIAL_SECONDS", 0.05)
    over = asyncio.Event()

    async def hang(_: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async with answering(hass, hang):
        assert await tried(owner) == ("no_answer", None)
        over.set()


async def test_answer_of_another_server_is_detected(
    hass: HomeAssistant, owner: Wire
) -> None:
    status = 0

    async def answer(_: web.Request) -> web.Response:
        headers = {"Location": "https://elm.example"}
        return web.json_response({"decision": "ok"}, status=status, headers=headers)

    async with answering(hass, answer):
        for status in (200, 302, 404, 502):
            assert await tried(owner) == ("elsewhere", None), status


async def test_endless_answer_is_cut_off(hass: HomeAssistant, owner: Wire) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b"welcome " * 1024)
        return response

    async with answering(hass, flood):
        assert await tried(owner) == ("elsewhere", None)


@pytest.mark.parametrize("is_changed", [False, True])
async def test_answer_is_read_completely_and_a_changed_one_detected(
    hass: HomeAssistant, home: str, owner: Wire, is_changed: bool
) -> None:
    async def pass_on(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        async with (
            ClientSession() as session,
            session.post(
                home + request.path, data=body, headers=request.headers
            ) as answer,
        ):
            body = await answer.read()
        if is_changed:
            body = b"<html>Welcome</html>"
        response = web.StreamResponse(status=answer.status)
        await response.prepare(request)
        for piece in (body[:7], body[7:]):
            await response.write(piece)
            await asyncio.sleep(0.01)
        return response

    async with answering(hass, pass_on):
        expected = "elsewhere" if is_changed else "good"
        assert await tried(owner) == (expected, None)


async def test_untrusted_certificate_is_reported(
    hass: HomeAssistant, owner: Wire, tmp_path: Path
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    tls = await hass.async_add_executor_job(_nobodys_certificate, tmp_path)
    async with answering(hass, answer, tls):
        assert await tried(owner) == ("certificate", None)


async def test_refused_ping_is_reported_with_its_problem(
    house: House, home: str, owner: Wire
) -> None:
    await lose_ledger(house)

    assert await tried(owner) == ("refused", "ledger_unavailable")


async def test_cloud_courier_is_tested_at_its_cloudhook(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    """The cloud takes messages at its own address and passes them on."""

    async def hand_over(request: web.Request) -> web.Response:
        assert request.path == "/hook-1"
        taken = MockRequest(
            content=await request.read(),
            mock_source="cloud",
            method="POST",
            headers=dict(request.headers),
        )
        answer = await webhook.async_handle_webhook(
            hass, "webhook-of-parcel-post", taken
        )
        return web.Response(status=answer.status, text=answer.text)

    async with answering(hass, hand_over) as service:
        post = house.entry.subentries[POST]
        given = {**post.data, "cloudhook_url": f"{service}/hook-1"}
        hass.config_entries.async_update_subentry(house.entry, post, data=given)
        await hass.config.async_update(external_url="https://elm.example")
        await house.settle()

        assert await tried(owner) == ("good", None)


async def test_person_runs_at_most_six_tests_a_minute(home: str, owner: Wire) -> None:
    for _ in range(commands.TRIALS_PER_MINUTE):
        await tried(owner)

    refused = await owner.refusal("couriers/test", courier=POST)

    assert refused == ("home_assistant_error", "tested_too_often")


async def test_unknown_or_removed_courier_is_not_tested(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    gone = ("not_found", "no_such_courier")
    assert await owner.refusal("couriers/test", courier="courier-nobody") == gone

    # Before the change is in effect.
    hass.config_entries.async_remove_subentry(house.entry, POST)
    actor = Actor("owner", is_administrator=True, residents=())
    with pytest.raises(ServiceValidationError) as refused:
        await commands.async_test_courier(house.building, actor, POST)
    assert refused.value.translation_key == "no_such_courier"
    await house.settle()


def _nobodys_certificate(folder: Path) -> ssl.SSLContext:
    """Return a context with a self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
    now = dt_util.utcnow()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
            False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
