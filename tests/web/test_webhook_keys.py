"""Authentication: keys of both kinds, their rotation, the audience, and one answer for all who fail."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import timedelta
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from multidict import CIMultiDict
import pytest

from tests.support.house import (
    KEY,
    Answer,
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
HERE, OWN = "webhook-of-parcel-post", "webhook-of-own-key"
PUBLIC_ONLY = [{"key": PUBLIC, "ends_at": None}]
UNAUTHENTICATED = {
    "type": "urn:courier-access:problem:unauthenticated",
    "title": "The sender could not be authenticated",
    "status": 401,
}

pytestmark = pytest.mark.usefixtures("house")


def ping(**more: object) -> str:
    message = {"type": "ping", "timestamp": dt_util.utcnow().isoformat(), "data": {}}
    return json.dumps(message | more)


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    own = courier("Own Key", keys=PUBLIC_ONLY), courier("No Keys", keys=[])
    return await build(hass, door(), courier(), *own, resident())


@pytest.fixture
def own(sender: Sender) -> Sender:
    """Return the courier that signs with a key of its own."""
    return Sender(sender.client, OWN)


async def post_signed(sender: Sender, body: str, message_id: str = "msg_1") -> Answer:
    """Post a body signed with the courier's own key."""
    headers = signed(body, message_id, dt_util.utcnow())
    return await sender.raw(body.encode(), headers)


type Change = Callable[[CIMultiDict[str]], object]


def drop(name: str) -> Change:
    return lambda headers: headers.popall(name)


def put(name: str, value: str) -> Change:
    return lambda headers: headers.update({name: value})


def repeat(name: str) -> Change:
    return lambda headers: headers.add(name, headers[name])


def later(headers: CIMultiDict[str]) -> None:
    headers["webhook-timestamp"] = str(int(headers["webhook-timestamp"]) + 1)


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
    "a second later than signed": later,
    "an empty signature": put("webhook-signature", ""),
    "a bare version": put("webhook-signature", "v1,"),
    "no version": put("webhook-signature", "bm90IGEgc2lnbmF0dXJl"),
    "an unknown version": put("webhook-signature", "v2,bm90IGEgc2lnbmF0dXJl"),
    "nine tokens": add_before(" ".join(["v1,YQ=="] * 8)),
    "three v1a tokens": add_before(" ".join(["v1a,YQ=="] * 3)),
}


async def test_every_cause_gets_the_same_answer(sender: Sender) -> None:
    body = ping()
    answers = {}
    for fault, change in FAULTS.items():
        headers = CIMultiDict(sender.headers(body))
        change(headers)
        answers[fault] = await sender.raw(body.encode(), headers)
    stranger = Sender(sender.client, key=OTHER_KEY)
    answers["another key"] = await stranger.post(body)
    answers["another audience"] = await sender.post(ping(to=OWN))
    for changed in (body + " ", body.replace("ping", "pong"), "", body[:-1]):
        answer = await sender.raw(changed.encode(), sender.headers(body))
        answers[f"another body: {changed}"] = answer

    for fault, answer in answers.items():
        assert (answer.status, answer.body) == (401, UNAUTHENTICATED), fault
        assert answer.headers.keys() == {
            *("Content-Type", "Content-Length", "Date", "Server"),
            *("Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"),
        }, fault


async def test_time_is_allowed_300_seconds_either_way(
    sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(dt_util.utcnow().replace(microsecond=0))
    for seconds in (-301, -300, 300, 301):
        at = dt_util.utcnow() + timedelta(seconds=seconds)
        answer = await sender.post(ping(), at=at)
        assert answer.status == (200 if abs(seconds) == 300 else 401), seconds


async def test_decoys_hide_no_good_signature(sender: Sender) -> None:
    for decoys in (
        ["v1,YQ=="],
        ["v1,"],
        ["v1,YQ==,"],
        ["v2,YQ==", "nonsense", "v1", ","],
        ["v1a,YQ==", "v1a,YQ=="],
        ["v1,YQ=="] * 7,
        [""],
    ):
        body = ping()
        headers = sender.headers(body)
        good = headers["webhook-signature"]
        for tokens in ([*decoys, good], [good, *decoys]):
            headers["webhook-signature"] = " ".join(tokens)
            # The second is a repeat, and as good.
            assert (await sender.raw(body.encode(), headers)).status == 200, tokens


async def test_a_courier_that_signs_with_its_own_key_is_admitted(
    house: House, own: Sender
) -> None:
    now = dt_util.utcnow()

    async def send(kind: str, **data: object) -> dict[str, Any]:
        body = ping(type=kind, to=OWN, data={"grant_id": "G1"} | data)
        return (await post_signed(own, body, kind.replace(".", "_"))).body

    ends_at = (now + timedelta(hours=1)).isoformat()
    window = {"starts_at": now.isoformat(), "ends_at": ends_at}
    granted = await send("grant.issued", units=["3B"], **window)
    entered = await send("entry.requested")
    await house.settle()

    assert (granted["decision"], entered["decision"]) == ("accepted", "admitted")


async def test_audience_is_checked(sender: Sender, own: Sender) -> None:
    """A key of many buildings must name the one it means; a secret only may."""
    for to in (HERE, "", 1, [OWN]):
        assert (await post_signed(own, ping(to=to))).status == 401, to
    for body in (ping(), "", "{", '{"to": "webhook-of-own-key"', "[]"):
        assert (await post_signed(own, body)).status == 401, body

    for to, status in ((HERE, 200), (OWN, 401), (HERE.upper(), 401)):
        assert (await sender.post(ping(to=to))).status == status, to
    assert (await sender.post(ping())).status == 200
    wrongs: tuple[object, ...] = (5, False, [HERE], {}, None)
    for wrong in wrongs:
        body = ping(to=wrong)
        answer = await sender.post(body)
        assert (answer.status, answer.problem) == (400, "malformed"), wrong
        assert [fault["pointer"] for fault in answer.body["errors"]] == ["/to"]
        assert (await post_signed(own, body)).status == 401


async def test_a_key_verifies_only_its_own_version_and_courier(
    sender: Sender, own: Sender
) -> None:
    assert (await post_signed(sender, ping(to=HERE))).status == 401
    own.key = "whsec_" + PUBLIC.removeprefix("whpk_")
    assert (await own.post(ping(to=OWN))).status == 401

    body, now = ping(to=OWN), dt_util.utcnow()
    foreign = sign(body, "msg_1", now, Ed25519PrivateKey.generate())
    headers = signed(body, "msg_1", now) | {"webhook-signature": foreign}
    assert (await own.raw(body.encode(), headers)).status == 401

    keyless = Sender(sender.client, "webhook-of-no-keys")
    body = ping(to=keyless.webhook_id)
    assert (await keyless.post(body)).status == 401
    assert (await post_signed(keyless, body)).status == 401


async def test_one_key_at_two_buildings_opens_neither_for_the_other(
    hass: HomeAssistant, sender: Sender
) -> None:
    here = courier("Here", keys=PUBLIC_ONLY, webhook_id="here")
    await build(hass, door("Side", "side"), here, resident("Bo"), title="13 Elm Street")
    there = across_the_street(keys=PUBLIC_ONLY, webhook_id="there")
    await build(hass, *there, title="14 Elm Street")

    body = ping(to="here")
    crossed = await post_signed(Sender(sender.client, "there"), body)
    assert crossed.status == 401
    # The same message id at the other building is a message of its own.
    for to, building in (("here", "13 Elm Street"), ("there", "14 Elm Street")):
        answer = await post_signed(Sender(sender.client, to), ping(to=to))
        assert (answer.status, answer.body["building"]) == (200, building)


async def rotate(house: House, *keys: tuple[str, str | None]) -> None:
    subentry = house.entry.subentries["courier-parcel-post"]
    given = [{"key": key, "ends_at": ends_at} for key, ends_at in keys]
    house.hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, "keys": given}
    )
    await house.settle()


async def test_a_superseded_key_is_valid_until_its_end(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    new = Sender(sender.client, key=OTHER_KEY)

    async def statuses() -> list[int]:
        return [(await each.post(ping())).status for each in (sender, new)]

    assert await statuses() == [200, 401]
    end = dt_util.utcnow() + timedelta(hours=24)
    await rotate(house, (OTHER_KEY, None), (KEY, end.isoformat()))
    assert await statuses() == [200, 200]
    await pass_time(house.hass, freezer, 24 * 3600)
    assert await statuses() == [401, 200]


async def test_a_key_that_was_ended_at_once_is_worth_nothing(
    house: House, sender: Sender
) -> None:
    await sender.grant()

    await rotate(house, (PUBLIC, None))

    assert (await sender.enter()).status == 401
    assert (await post_signed(sender, ping(to=HERE))).status == 200


async def test_new_key_opens_the_door_only_once_it_is_recorded(
    house: House, sender: Sender
) -> None:
    await sender.grant()
    subentry = house.entry.subentries["courier-parcel-post"]
    data = {**subentry.data, "keys": [{"key": OTHER_KEY, "ends_at": None}]}
    house.hass.config_entries.async_update_subentry(house.entry, subentry, data=data)

    entered = await Sender(sender.client, key=OTHER_KEY).enter()

    assert entered.body["decision"] == "admitted"
    kinds = await house.building.ledger.read(
        lambda conn: [
            kind for (kind,) in conn.execute("SELECT kind FROM records ORDER BY seq")
        ]
    )
    assert kinds.index("courier.keys_changed") < kinds.index("entry.admitted")
