"""Who is believed: keys of both kinds, their rotation, the audience, and one answer for all who are not."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import timedelta
import json
from typing import Any

from aiohttp.test_utils import TestClient
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from multidict import CIMultiDict
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.support.house import (
    KEY,
    House,
    Sender,
    across_the_street,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.signing import PUBLIC, sign, signed

OTHER_KEY = "whsec_" + b64encode(b"somebody else's secret, 32 bytes").decode()
OWN_ID = "webhook-of-parcel-post"
UNAUTHENTICATED = {
    "type": "urn:courier-access:problem:unauthenticated",
    "title": "The sender could not be authenticated",
    "status": 401,
}


def ping(to: object = None) -> str:
    message = {"type": "ping", "timestamp": dt_util.utcnow().isoformat(), "data": {}}
    return json.dumps(message | ({} if to is None else {"to": to}))


@pytest.fixture
async def client(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> TestClient[Any, Any]:
    await build(
        hass,
        door(),
        courier(),
        courier("Own Key", keys=[{"key": PUBLIC, "ends_at": None}]),
        courier("No Keys", keys=[]),
        resident(),
    )
    return await hass_client_no_auth()


type Change = Callable[[CIMultiDict[str]], object]


def drop(name: str) -> Change:
    return lambda headers: headers.popall(name)


def put(name: str, value: str) -> Change:
    return lambda headers: headers.update({name: value})


def repeat(name: str) -> Change:
    return lambda headers: headers.add(name, headers[name])


def moved(seconds: int) -> Change:
    def change(headers: CIMultiDict[str]) -> None:
        headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + seconds)

    return change


def add_before(token: str) -> Change:
    def change(headers: CIMultiDict[str]) -> None:
        headers["webhook-signature"] = f"{token} {headers['webhook-signature']}"

    return change


FAULTS: Mapping[str, Change] = {
    "no id": drop("webhook-id"),
    "no time": drop("webhook-timestamp"),
    "no signature": drop("webhook-signature"),
    "an id twice": repeat("webhook-id"),
    "a time twice": repeat("webhook-timestamp"),
    "a signature twice": repeat("webhook-signature"),
    "an empty id": put("webhook-id", ""),
    "another id": put("webhook-id", "msg_of_somebody_else"),
    "a long id": put("webhook-id", "a" * 65),
    "an id with a dot": put("webhook-id", "msg.1"),
    "an id beyond ASCII": put("webhook-id", "mé"),
    "no number for a time": put("webhook-timestamp", "now"),
    "another alphabet's digits": put("webhook-timestamp", "١٧٣٢٤٥٦٧٨٩"),
    "a signed time": put("webhook-timestamp", "+1732456789"),
    "a fraction of a time": put("webhook-timestamp", "1732456789.0"),
    "a time of 13 digits": put("webhook-timestamp", "0001732456789"),
    "a second later than signed": moved(1),
    "an empty signature": put("webhook-signature", ""),
    "a bare version": put("webhook-signature", "v1,"),
    "no version": put("webhook-signature", "bm90IGEgc2lnbmF0dXJl"),
    "an unknown version": put("webhook-signature", "v2,bm90IGEgc2lnbmF0dXJl"),
    "nine tokens": add_before(" ".join(["v1,YQ=="] * 8)),
    "three v1a tokens": add_before(" ".join(["v1a,YQ=="] * 3)),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_cause_gets_the_same_answer(
    client: TestClient[Any, Any], fault: str
) -> None:
    sender = Sender(client)
    body = ping()
    headers = CIMultiDict(sender.headers(body))
    FAULTS[fault](headers)

    answer = await sender.raw(body.encode(), headers)

    assert answer.status == 401
    assert answer.body == UNAUTHENTICATED
    assert answer.headers.keys() == {
        "Content-Type",
        "Content-Length",
        "Date",
        "Referrer-Policy",
        "Server",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }


async def test_another_key_and_another_audience_get_that_answer_too(
    client: TestClient[Any, Any],
) -> None:
    for answer in (
        await Sender(client, key=OTHER_KEY).post(ping()),
        await Sender(client).post(ping("webhook-of-own-key")),
    ):
        assert (answer.status, answer.body) == (401, UNAUTHENTICATED)


@pytest.mark.parametrize("seconds", [-301, -300, 300, 301])
async def test_time_is_allowed_300_seconds_either_way(
    client: TestClient[Any, Any], freezer: FrozenDateTimeFactory, seconds: int
) -> None:
    freezer.move_to(dt_util.utcnow().replace(microsecond=0))
    sender = Sender(client)

    answer = await sender.post(ping(), at=dt_util.utcnow() + timedelta(seconds=seconds))

    assert answer.status == (200 if abs(seconds) == 300 else 401)


async def test_a_changed_body_is_not_believed(client: TestClient[Any, Any]) -> None:
    sender = Sender(client)
    body = ping()

    for changed in (body + " ", body.replace("ping", "pong"), "", body[:-1]):
        assert (await sender.raw(changed.encode(), sender.headers(body))).status == 401


@pytest.mark.parametrize(
    "decoys",
    [
        ["v1,YQ=="],
        ["v1,"],
        ["v1,YQ==,"],
        ["v2,YQ==", "nonsense", "v1", ","],
        ["v1a,YQ==", "v1a,YQ=="],
        ["v1,YQ=="] * 7,
        [""],
    ],
)
async def test_decoys_hide_no_good_signature(
    client: TestClient[Any, Any], decoys: list[str]
) -> None:
    sender = Sender(client)
    body = ping()
    headers = sender.headers(body)
    good = headers["webhook-signature"]

    for tokens in ([*decoys, good], [good, *decoys]):
        headers["webhook-signature"] = " ".join(tokens)
        # The last of three pings with one id is a repeat, and as good.
        assert (await sender.raw(body.encode(), headers)).status == 200


async def test_a_courier_that_signs_with_its_own_key_is_let_in(
    hass: HomeAssistant, client: TestClient[Any, Any]
) -> None:
    sender = Sender(client, "webhook-of-own-key")
    now = dt_util.utcnow()

    async def send(kind: str, data: dict[str, object]) -> dict[str, Any]:
        body = json.dumps(
            {
                "type": kind,
                "timestamp": now.isoformat(),
                "to": sender.webhook_id,
                "data": data,
            }
        )
        answer = await sender.raw(
            body.encode(), signed(body, kind.replace(".", "_"), now)
        )
        assert answer.status == 200
        return answer.body

    granted = await send(
        "grant.issued",
        {
            "grant_id": "G1",
            "units": ["3B"],
            "starts_at": now.isoformat(),
            "ends_at": (now + timedelta(hours=1)).isoformat(),
        },
    )
    entered = await send("entry.requested", {"grant_id": "G1"})
    await hass.async_block_till_done(wait_background_tasks=True)

    assert granted["decision"] == "accepted"
    assert entered["decision"] == "admitted"


@pytest.mark.parametrize("to", [None, OWN_ID, "", 1, ["webhook-of-own-key"]])
async def test_a_key_of_many_buildings_must_name_the_one_it_means(
    client: TestClient[Any, Any], to: object
) -> None:
    sender = Sender(client, "webhook-of-own-key")
    body = ping() if to is None else ping(to)
    now = dt_util.utcnow()

    assert (await sender.raw(body.encode(), signed(body, "msg_1", now))).status == 401
    for unreadable in ("", "{", '{"to": "webhook-of-own-key"', "[]"):
        headers = signed(unreadable, "msg_1", now)
        assert (await sender.raw(unreadable.encode(), headers)).status == 401


async def test_with_a_shared_secret_only_anothers_name_is_refused(
    client: TestClient[Any, Any],
) -> None:
    sender = Sender(client)

    assert (await sender.post(ping())).status == 200
    assert (await sender.post(ping(OWN_ID))).status == 200
    assert (await sender.post(ping("webhook-of-own-key"))).status == 401
    assert (await sender.post(ping(OWN_ID.upper()))).status == 401


@pytest.mark.parametrize("to", [5, False, [OWN_ID], {}, None])
async def test_a_recipient_that_is_no_string_is_malformed_with_a_shared_secret(
    client: TestClient[Any, Any], to: object
) -> None:
    body = json.dumps(json.loads(ping()) | {"to": to})

    answer = await Sender(client).post(body)

    assert (answer.status, answer.problem) == (400, "malformed")
    assert [fault["pointer"] for fault in answer.body["errors"]] == ["/to"]
    own = Sender(client, "webhook-of-own-key")
    assert (
        await own.raw(body.encode(), signed(body, "msg_1", dt_util.utcnow()))
    ).status == 401


async def test_a_key_verifies_only_its_own_version(
    client: TestClient[Any, Any],
) -> None:
    now = dt_util.utcnow()
    body = ping(OWN_ID)
    as_secret = Sender(
        client, "webhook-of-own-key", "whsec_" + PUBLIC.removeprefix("whpk_")
    )

    assert (
        await Sender(client).raw(body.encode(), signed(body, "msg_1", now))
    ).status == 401
    assert (await as_secret.post(ping("webhook-of-own-key"))).status == 401


async def test_a_courier_without_keys_is_never_believed(
    client: TestClient[Any, Any],
) -> None:
    sender = Sender(client, "webhook-of-no-keys")

    assert (await sender.post(ping())).status == 401
    body = ping("webhook-of-no-keys")
    headers = signed(body, "msg_1", dt_util.utcnow())
    assert (await sender.raw(body.encode(), headers)).status == 401


async def test_one_key_at_two_buildings_opens_neither_for_the_other(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    keys = [{"key": PUBLIC, "ends_at": None}]
    await build(hass, door(), courier(keys=keys, webhook_id="here"), resident())
    await build(
        hass, *across_the_street(keys=keys, webhook_id="there"), title="14 Elm Street"
    )
    client = await hass_client_no_auth()
    now = dt_util.utcnow()
    body = ping("here")
    headers = signed(body, "msg_1", now)

    assert (await Sender(client, "there").raw(body.encode(), headers)).status == 401
    answer = await Sender(client, "here").raw(body.encode(), headers)
    assert (answer.status, answer.body["building"]) == (200, "12 Elm Street")
    # The same message id at the other building is a message of its own.
    body = ping("there")
    answer = await Sender(client, "there").raw(
        body.encode(), signed(body, "msg_1", now)
    )
    assert (answer.status, answer.body["building"]) == (200, "14 Elm Street")


async def rotate(house: House, keys: list[dict[str, str | None]]) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "keys": keys}
    )
    await house.settle()


async def test_a_superseded_key_counts_until_its_end(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await build(hass)
    client = await hass_client_no_auth()
    old, new = Sender(client), Sender(client, key=OTHER_KEY)
    end = dt_util.utcnow() + timedelta(hours=24)
    assert ((await old.post(ping())).status, (await new.post(ping())).status) == (
        200,
        401,
    )

    await rotate(
        house,
        [{"key": OTHER_KEY, "ends_at": None}, {"key": KEY, "ends_at": end.isoformat()}],
    )
    assert ((await old.post(ping())).status, (await new.post(ping())).status) == (
        200,
        200,
    )

    await pass_time(hass, freezer, 24 * 3600)
    assert ((await old.post(ping())).status, (await new.post(ping())).status) == (
        401,
        200,
    )


async def test_a_key_that_was_ended_at_once_is_worth_nothing(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass)
    client = await hass_client_no_auth()
    stolen = Sender(client)
    await stolen.grant()

    await rotate(house, [{"key": PUBLIC, "ends_at": None}])

    assert (await stolen.enter()).status == 401
    body = ping(OWN_ID)
    headers = signed(body, "msg_1", dt_util.utcnow())
    assert (await stolen.raw(body.encode(), headers)).status == 200


async def test_somebody_elses_own_key_is_not_believed(
    client: TestClient[Any, Any],
) -> None:
    body, now = ping("webhook-of-own-key"), dt_util.utcnow()
    headers = signed(body, "msg_1", now)
    headers["webhook-signature"] = sign(
        body, "msg_1", now, Ed25519PrivateKey.generate()
    )

    sender = Sender(client, "webhook-of-own-key")
    assert (await sender.raw(body.encode(), headers)).status == 401
