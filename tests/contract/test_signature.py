"""Test that only signatures by a courier's key pass, whatever an attacker sends."""

import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta
import hmac
from typing import Any
from unittest.mock import Mock, patch

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st
import pytest
from standardwebhooks import Webhook

from custom_components.courier_access.contract.signature import (
    Key,
    KeyFault,
    KeyProblem,
    Signed,
    Unauthenticated,
    Version,
    authenticate,
    new_secret,
    parse_key,
    sign,
)

from .vectors import VECTORS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MESSAGE_IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
P = 2**255 - 19


def check(vector: dict[str, Any]) -> Signed:
    headers = vector["headers"]
    keys = [
        parse_key(
            key["key"], key["ends_at"] and datetime.fromtimestamp(key["ends_at"], UTC)
        )
        for key in vector["keys"]
    ]
    return authenticate(
        headers["webhook-id"],
        headers["webhook-timestamp"],
        headers["webhook-signature"],
        vector["body"].encode(),
        keys,
        datetime.fromtimestamp(vector["now"], UTC),
    )


def public_text(private: Ed25519PrivateKey) -> str:
    return "whpk_" + base64.b64encode(private.public_key().public_bytes_raw()).decode()


@pytest.mark.parametrize("vector", VECTORS["signatures"], ids=lambda v: v["name"])
def test_signature_vectors_are_verified_or_refused(vector: dict[str, Any]) -> None:
    if not vector["verified_by"]:
        with pytest.raises(Unauthenticated):
            check(vector)
        return
    signed = check(vector)
    assert signed.version == vector["verified_by"]
    assert [signed.message_id] == vector["headers"]["webhook-id"]
    assert signed.sent_at.timestamp() == int(vector["headers"]["webhook-timestamp"][0])


@pytest.mark.parametrize("vector", VECTORS["keys"], ids=lambda v: v["name"])
def test_keys_are_read_strictly(vector: dict[str, Any]) -> None:
    if vector["problem"] is None:
        key = parse_key(vector["key"])
        assert vector["key"].startswith(
            "whsec_" if key.version is Version.V1 else "whpk_"
        )
        return
    with pytest.raises(KeyFault) as caught:
        parse_key(vector["key"])
    assert caught.value.problem == vector["problem"]
    assert str(caught.value) == vector["problem"], (
        "the message tells nothing of the key"
    )


def test_every_key_problem_has_a_vector() -> None:
    assert {v["problem"] for v in VECTORS["keys"]} == {None, *KeyProblem}


def inverse(number: int) -> int:
    return pow(number, P - 2, P)


D = -121665 * inverse(121666) % P


def recovered_x(y: int) -> int | None:
    """Return a square root that goes with `y` on the curve (RFC 8032, 5.1.3)."""
    square = (y * y - 1) * inverse(D * y * y + 1) % P
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square:
        root = root * pow(2, (P - 1) // 4, P) % P
    return root if root * root % P == square else None


def multiplied_by_eight(y: int, x: int) -> tuple[int, int]:
    for _ in range(3):
        product = D * x * x * y * y % P
        x, y = (
            2 * x * y * inverse(1 + product) % P,
            (y * y + x * x) * inverse(1 - product) % P,
        )
    return x, y


def test_exactly_the_small_subgroup_is_of_low_order() -> None:
    """Each refused point is on the curve, and eight times it is the neutral element."""
    refused = set()
    for vector in VECTORS["keys"]:
        if vector["problem"] != KeyProblem.LOW_ORDER:
            continue
        raw = base64.b64decode(vector["key"].removeprefix("whpk_"))
        y = (int.from_bytes(raw, "little") & (2**255 - 1)) % P
        root = recovered_x(y)
        assert root is not None
        for x in {root, -root % P}:
            assert multiplied_by_eight(y, x) == (0, 1)
            refused.add((x, y))
    assert len(refused) == 8


@given(st.binary(min_size=32, max_size=32))
def test_real_public_key_is_accepted(seed: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    assert parse_key(public_text(private)).version is Version.V1A


def is_point(raw: bytes) -> bool:
    number = int.from_bytes(raw, "little")
    y = number & (2**255 - 1)
    x = recovered_x(y) if y < P else None
    return x is not None and not (x == 0 and number >> 255)


@given(
    st.binary(min_size=32, max_size=32)
    | st.integers(0, 300).map(lambda y: y.to_bytes(32, "little"))
    | st.integers(P - 300, 2**255 - 1).map(lambda y: y.to_bytes(32, "little"))
    | st.integers(2**255, 2**255 + 300).map(lambda y: y.to_bytes(32, "little"))
)
def test_only_points_of_the_curve_are_public_keys(raw: bytes) -> None:
    problem: KeyProblem | None = None
    try:
        parse_key("whpk_" + base64.b64encode(raw).decode())
    except KeyFault as fault:
        problem = fault.problem
    if problem is not KeyProblem.LOW_ORDER:
        assert problem is (None if is_point(raw) else KeyProblem.NOT_A_POINT)


@given(
    MESSAGE_IDS, st.text(), st.integers(-299, 299), st.binary(min_size=24, max_size=64)
)
def test_v1_signatures_by_another_implementation_are_verified(
    message_id: str, body: str, ago: int, secret: bytes
) -> None:
    sent_at = NOW - timedelta(seconds=ago)
    text = "whsec_" + base64.b64encode(secret).decode()
    signature = Webhook(text).sign(message_id, sent_at, body)
    signed = authenticate(
        [message_id],
        [str(int(sent_at.timestamp()))],
        [signature],
        body.encode(),
        [parse_key(text)],
        NOW,
    )
    assert signed == Signed(message_id, sent_at, Version.V1, by_newest_key=True)


@given(MESSAGE_IDS, st.binary(), st.binary(min_size=32, max_size=32))
def test_ed25519_signatures_are_verified(
    message_id: str, body: bytes, seed: bytes
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    timestamp = str(int(NOW.timestamp()))
    signature = private.sign(f"{message_id}.{timestamp}.".encode() + body)
    token = "v1a," + base64.b64encode(signature).decode()
    signed = authenticate(
        [message_id], [timestamp], [token], body, [parse_key(public_text(private))], NOW
    )
    assert signed == Signed(message_id, NOW, Version.V1A, by_newest_key=True)


@given(MESSAGE_IDS, st.text(max_size=64).map(str.encode))
def test_own_signatures_match_another_implementation(
    message_id: str, body: bytes
) -> None:
    text, at = new_secret(), NOW

    headers = sign(parse_key(text), message_id, at, body)

    assert headers == {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(text).sign(message_id, at, body.decode()),
    }


def test_public_key_cannot_sign() -> None:
    key = parse_key(public_text(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))))

    with pytest.raises(ValueError, match="public"):
        sign(key, "msg_1", NOW, b"{}")


def test_fraction_of_a_second_beyond_the_tolerance_is_refused() -> None:
    key = new_secret()
    token = Webhook(key).sign("msg", NOW, "{}")
    headers = (["msg"], [str(int(NOW.timestamp()))], [token], b"{}", [parse_key(key)])
    assert authenticate(*headers, NOW + timedelta(seconds=300))
    with pytest.raises(Unauthenticated, match="too far"):
        authenticate(*headers, NOW + timedelta(seconds=300, microseconds=1))


def test_message_with_an_old_and_the_newest_keys_signature_is_by_the_newest() -> None:
    """An administrator may end a key once messages come that the newest one signed, whichever signature is first."""
    old, newest = new_secret(), new_secret()
    by_old, by_newest = (Webhook(key).sign("msg", NOW, "{}") for key in (old, newest))
    for signatures, is_by_newest in (
        (by_newest, True),
        (f"{by_old} {by_newest}", True),
        (f"{by_newest} {by_old}", True),
        (by_old, False),
        (f"{by_old} {NOBODYS}", False),
    ):
        signed = authenticate(
            ["msg"],
            TIME,
            [signatures],
            b"{}",
            [parse_key(newest), parse_key(old)],
            NOW,
        )
        assert signed.by_newest_key is is_by_newest, signatures


ID, TIME = ["msg"], [str(int(NOW.timestamp()))]
NOBODYS = "v1," + base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("ids", "timestamps", "signatures"),
    [
        (ID, TIME, [NOBODYS]),
        (ID, [str(int(NOW.timestamp()) - 301)], [NOBODYS]),
        (ID, TIME, []),
        (ID, TIME, ["v1,not base64"]),
        (ID, TIME, [NOBODYS, NOBODYS]),
        (ID, TIME, [" ".join([NOBODYS] * 9)]),
        ([], TIME, [NOBODYS]),
        (["a" * 65], TIME, [NOBODYS]),
        (ID, ["now"], [NOBODYS]),
    ],
)
def test_whatever_is_wrong_takes_as_much_work_as_a_forged_signature(
    ids: list[str], timestamps: list[str], signatures: list[str]
) -> None:
    body, keys = b"x" * 20_000, [parse_key(new_secret()) for _ in range(2)]
    with (
        patch("hmac.digest", wraps=hmac.digest) as digest,
        pytest.raises(Unauthenticated),
    ):
        authenticate(ids, timestamps, signatures, body, keys, NOW)
    assert [call.args[1][-len(body) :] for call in digest.mock_calls] == [body, body]


@pytest.mark.parametrize(
    ("ids", "signatures"), [(ID, []), (ID, ["v1a,"]), ([], [NOBODYS])]
)
def test_stand_ins_are_as_long_as_what_a_company_signs(
    ids: list[str], signatures: list[str]
) -> None:
    """Something shorter or longer would be refused without any work."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    keys = [parse_key(new_secret()), parse_key(public_text(private))]
    library = Mock()
    verify = library.from_public_bytes.return_value.verify
    verify.side_effect = InvalidSignature
    with (
        patch("hmac.compare_digest", wraps=hmac.compare_digest) as compare,
        patch(f"{authenticate.__module__}.Ed25519PublicKey", library),
        pytest.raises(Unauthenticated),
    ):
        authenticate(ids, TIME, signatures, b"{}", keys, NOW)
    [of_secret] = compare.mock_calls
    assert [len(each) for each in of_secret.args] == [32, 32]
    [of_public] = verify.mock_calls
    assert len(of_public.args[0]) == 64


tokens = st.one_of(
    st.text(max_size=12),
    st.builds(
        "{},{}".format,
        st.sampled_from(["v1", "v1a", "v2", ""]),
        st.binary(max_size=70).map(lambda raw: base64.b64encode(raw).decode())
        | st.text(),
    ),
)
headers = st.lists(st.text(st.characters(), max_size=70), max_size=2)


@given(
    headers | st.just(["msg"]),
    headers | st.just([str(int(NOW.timestamp()))]),
    headers
    | st.lists(st.lists(tokens, max_size=10).map(" ".join), min_size=1, max_size=1),
    st.binary(),
)
def test_only_unauthenticated_is_raised_for_any_input(
    ids: list[str], timestamps: list[str], signatures: list[str], body: bytes
) -> None:
    keys = [
        parse_key(new_secret()),
        parse_key("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="),
        Key(Version.V1A, b"\xff" * 32),
    ]
    with pytest.raises(Unauthenticated):
        authenticate(ids, timestamps, signatures, body, keys, NOW)


@given(
    st.text(st.characters())
    | st.text().map("whsec_".__add__)
    | st.text().map("whpk_".__add__)
)
def test_only_a_key_fault_is_raised_for_any_text(text: str) -> None:
    with suppress(KeyFault):
        parse_key(text)


def test_new_secret_has_32_random_bytes_and_is_never_shown() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    key = parse_key(first, ends_at=NOW)
    assert len(key.material) == 32
    assert first.removeprefix("whsec_") not in repr(key)
    assert repr(key.material) not in repr(key)


def test_key_is_valid_until_its_end() -> None:
    key = parse_key(new_secret(), ends_at=NOW)
    assert key.is_active(NOW - timedelta(microseconds=1))
    assert not key.is_active(NOW)
    assert parse_key(new_secret()).is_active(NOW)
