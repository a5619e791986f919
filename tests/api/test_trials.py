"""An owner has a ping sent to a courier's own address, over real HTTP, and reads what is wrong and what is not."""

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
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.aiohttp import MockRequest
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.api import courier_test as trials
from custom_components.courier_access.api.permissions import Actor
from tests.support.house import KEY, House, build, courier, door, lose_ledger, resident
from tests.support.people import user
from tests.support.signing import PUBLIC
from tests.support.wires import Wire, connect

POST = "courier-parcel-post"
OWN_KEY = "courier-own-key"

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """The old key of Parcel Post ends soon, and nothing has come that is signed with the new one."""
    assert await async_setup_component(hass, "websocket_api", {})
    soon = (dt_util.utcnow() + timedelta(hours=2)).isoformat()
    old = {"key": "whsec_" + "B" * 32, "ends_at": soon}
    return await build(
        hass,
        door(),
        courier(keys=[{"key": KEY, "ends_at": None}, old]),
        courier("Own Key", keys=[{"key": PUBLIC, "ends_at": None}]),
        resident(),
    )


@pytest.fixture
async def home(
    hass: HomeAssistant, house: House, hass_client_no_auth: ClientSessionGenerator
) -> str:
    """Return where Home Assistant answers, which it knows as its own address."""
    client = await hass_client_no_auth()
    assert client.port is not None
    address = f"http://127.0.0.1:{client.port}"
    await hass.config.async_update(external_url=address)
    return address


@pytest.fixture
async def owner(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> Wire:
    return await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )


async def tried(owner: Wire, courier_id: str = POST) -> tuple[str, str | None]:
    told = await owner.result("couriers/test", courier=courier_id)
    assert told.keys() == {"found", "why"}
    return told["found"], told["why"]


@asynccontextmanager
async def answering(
    hass: HomeAssistant, handler: Handler, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[str]:
    """Have something else answer at the address that Home Assistant takes for its own."""
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


async def test_the_signature_is_good_and_the_courier_is_not_heard_by_it(
    hass: HomeAssistant, home: str, owner: Wire
) -> None:
    assert await tried(owner) == ("good", None)

    [post, _] = (await owner.result("building"))["couriers"]
    assert (post["last_contact"], post["refusals"]) == (None, 0)
    # What tells the owner that the new key is not used stays: it was us who used it.
    issues = {issue.translation_key for issue in ir.async_get(hass).issues.values()}
    assert "key_ending" in issues


async def test_for_a_courier_with_a_key_of_its_own_only_the_address_is_tried(
    home: str, owner: Wire
) -> None:
    assert await tried(owner, OWN_KEY) == ("answers", None)

    [_, own] = (await owner.result("building"))["couriers"]
    assert own["refusals"] == 0


async def test_where_home_assistant_knows_no_address_nothing_is_sent(
    hass: HomeAssistant, owner: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hass.config.api, "local_ip", "127.0.0.1")

    assert await tried(owner) == ("no_address", None)


async def test_an_address_at_which_nobody_listens_gives_no_answer(
    hass: HomeAssistant, owner: Wire, unused_tcp_port: int
) -> None:
    await hass.config.async_update(external_url=f"http://127.0.0.1:{unused_tcp_port}")

    assert await tried(owner) == ("no_answer", None)


async def test_an_answer_is_not_waited_for_without_end(
    hass: HomeAssistant, owner: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "SECONDS", 0.05)
    over = asyncio.Event()

    async def hang(_: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async with answering(hass, hang):
        assert await tried(owner) == ("no_answer", None)
        over.set()


@pytest.mark.parametrize("status", [200, 302, 404, 502])
async def test_what_answers_in_our_place_is_found_out(
    hass: HomeAssistant, owner: Wire, status: int
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(
            {"decision": "ok"},
            status=status,
            headers={"Location": "https://elm.example"},
        )

    async with answering(hass, answer):
        assert await tried(owner) == ("elsewhere", None)


async def test_an_answer_that_comes_in_pieces_is_read_whole(
    hass: HomeAssistant, home: str, owner: Wire
) -> None:
    async def pass_on(request: web.Request) -> web.StreamResponse:
        async with (
            ClientSession() as session,
            session.post(
                home + request.path, data=await request.read(), headers=request.headers
            ) as answer,
        ):
            body = await answer.read()
        response = web.StreamResponse(status=answer.status)
        await response.prepare(request)
        for piece in (body[:7], body[7:]):
            await response.write(piece)
            await asyncio.sleep(0.01)
        return response

    async with answering(hass, pass_on):
        assert await tried(owner) == ("good", None)


async def test_an_answer_without_end_is_not_read_to_its_end(
    hass: HomeAssistant, owner: Wire
) -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b"welcome " * 1024)
        return response

    async with answering(hass, flood):
        assert await tried(owner) == ("elsewhere", None)


async def test_an_answer_that_is_changed_on_its_way_is_found_out(
    hass: HomeAssistant, home: str, owner: Wire
) -> None:
    async def pass_on(request: web.Request) -> web.Response:
        async with (
            ClientSession() as session,
            session.post(
                home + request.path, data=await request.read(), headers=request.headers
            ) as answer,
        ):
            return web.Response(status=answer.status, text="<html>Welcome</html>")

    async with answering(hass, pass_on):
        assert await tried(owner) == ("elsewhere", None)


async def test_a_certificate_that_no_courier_would_take_is_told(
    hass: HomeAssistant, owner: Wire, tmp_path: Path
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    tls = await hass.async_add_executor_job(_nobodys_certificate, tmp_path)
    async with answering(hass, answer, tls):
        assert await tried(owner) == ("certificate", None)


async def test_what_the_building_refuses_is_told_with_its_reason(
    hass: HomeAssistant, house: House, home: str, owner: Wire
) -> None:
    await lose_ledger(house)

    assert await tried(owner) == ("refused", "ledger_unavailable")


async def test_over_home_assistant_cloud_it_is_tried_at_the_address_that_the_courier_was_given(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    """The service takes messages at addresses of its own and hands them over, here by a request within the house."""

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


async def test_one_person_sends_six_a_minute_at_the_most(
    home: str, owner: Wire
) -> None:
    for _ in range(trials.TRIALS_PER_MINUTE):
        await tried(owner)

    refused = await owner.refusal("couriers/test", courier=POST)

    assert refused == ("home_assistant_error", "tested_too_often")


async def test_a_courier_that_is_not_there_or_no_more_is_not_tried(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    gone = ("not_found", "no_such_courier")
    assert await owner.refusal("couriers/test", courier="courier-nobody") == gone

    # Before the building is loaded anew.
    hass.config_entries.async_remove_subentry(house.entry, POST)
    actor = Actor("owner", is_owner=True, residents=())
    with pytest.raises(ServiceValidationError) as refused:
        await trials.async_test_courier(house.building, actor, POST)
    assert refused.value.translation_key == "no_such_courier"
    await house.settle()


def _nobodys_certificate(folder: Path) -> ssl.SSLContext:
    """Make a server's certificate that nobody vouches for."""
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
