"""Test that messages are parsed exactly and every error is located."""

import base64
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
import hashlib
from typing import Any
import unicodedata

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import (
    DETAILS,
    DeliveryDetails,
    normal_unit,
)
from custom_components.courier_access.contract.messages import (
    AvailabilityRequested,
    EntryRequested,
    Fault,
    GrantIssued,
    GrantRevoked,
    Malformed,
    Message,
    MessageType,
    Ping,
    audience_ok,
    content_digest,
    is_stale,
    limits,
    parse,
    read_json,
)
from custom_components.courier_access.contract.signature import Version

from .documents import (
    SENDABLE,
    TIMESTAMP,
    grant_document,
    grant_messages,
    instants,
    json_values,
    messages,
    nearly_messages,
)
from .vectors import VECTORS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
GRANT = GrantIssued(
    grant_id="g-7f3a9c21e",
    revision=1,
    door="front",
    units=("3B", "4A"),
    starts_at=NOW,
    ends_at=NOW + timedelta(hours=2),
    max_entries=1,
    delivery=DeliveryDetails(parcel_ref="P-1"),
)


def body_of(vector: dict[str, Any]) -> bytes:
    if "body_base64" in vector:
        return base64.b64decode(vector["body_base64"])
    return str(vector["body"]).encode()


@pytest.mark.parametrize("vector", VECTORS["bodies"], ids=lambda v: v["name"])
def test_bodies_are_read_or_their_faults_located(vector: dict[str, Any]) -> None:
    if not vector["faults"]:
        assert isinstance(parse(read_json(body_of(vector))), Message)
        return
    with pytest.raises(Malformed) as caught:
        parse(read_json(body_of(vector)))
    assert [fault.pointer for fault in caught.value.faults] == vector["faults"]
    assert all(
        fault.detail.startswith("must ") or fault.detail == "is required"
        for fault in caught.value.faults
    )


def test_every_field_of_a_grant_is_read() -> None:
    document = {
        "type": "grant.issued",
        "timestamp": "2026-11-24T10:30:00+01:00",
        "to": "somebody",
        "data": {
            "grant_id": "g-7f3a9c21e",
            "revision": 3,
            "door": "front",
            "units": ["3B", " 3b ", "4A", "\uff14\uff21"],
            "starts_at": "2026-11-24t09:30:00.1234567z",
            "ends_at": "2026-11-24T13:00:00.5+01:30",
            "max_entries": 2,
            "parcel_ref": "P-1",
            "driver_ref": "driver-7",
        },
    }
    assert parse(document) == Message(
        MessageType.GRANT_ISSUED,
        NOW,
        GrantIssued(
            "g-7f3a9c21e",
            3,
            "front",
            ("3B", "4A"),
            NOW.replace(microsecond=123456),
            datetime(2026, 11, 24, 11, 30, 0, 500000, UTC),
            2,
            DeliveryDetails("P-1", "driver-7"),
        ),
    )


def test_optional_fields_have_defaults() -> None:
    expected = GrantIssued("g", 1, None, ("3B",), NOW, NOW + timedelta(hours=2))
    assert parse(grant_document()).data == expected
    look = {"units": ["3B"], "from": TIMESTAMP, "until": "2026-11-24T10:30:00Z"}
    hours = AvailabilityRequested(("3B",), NOW, NOW + timedelta(hours=1), None)
    for kind, data, read in (
        ("grant.revoked", {"grant_id": "g"}, GrantRevoked("g", None, None)),
        ("entry.requested", {"grant_id": "g"}, EntryRequested("g", None)),
        ("ping", {}, Ping()),
        ("availability.requested", look, hours),
    ):
        document = {"type": kind, "timestamp": TIMESTAMP, "data": data}
        assert parse(document).data == read


@given(messages)
def test_every_valid_message_is_read(document: Any) -> None:
    message = parse(document)
    assert message.type == document["type"]
    assert message.sent_at == datetime.fromisoformat(document["timestamp"].upper())
    assert message.sent_at.tzinfo is UTC
    for name, value in document["data"].items():
        if name in DETAILS:
            assert isinstance(message.data, GrantIssued | EntryRequested)
            assert message.data.delivery.as_dict()[name] == value
            continue
        read = getattr(message.data, "since" if name == "from" else name)
        if name in ("starts_at", "ends_at", "from", "until"):
            assert read == datetime.fromisoformat(value)
            assert read.tzinfo is UTC
        elif name == "units":
            assert [unit for unit in value if unit in read] == list(value) or len(
                read
            ) < len(value)
            assert [normal_unit(unit) for unit in read] == list(
                dict.fromkeys(normal_unit(unit) for unit in value)
            )
        else:
            assert read == value


@given(nearly_messages() | json_values | st.from_type(object))
def test_only_malformed_is_raised_for_any_value(document: object) -> None:
    try:
        message = parse(document)
    except Malformed as error:
        faults = error.faults
    else:
        is_stale(message, NOW)
        if isinstance(message.data, GrantIssued):
            content_digest(message.data)
            with suppress(Malformed):
                limits(message.data, timedelta(hours=12), NOW)
        return
    assert 1 <= len(faults) <= 50
    for fault in faults:
        assert fault.pointer == "" or fault.pointer.startswith("/")
        (fault.pointer + fault.detail).encode()


@given(st.text(st.characters()).filter(lambda text: any(c not in text for c in "Z+-")))
def test_text_other_than_a_time_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse({"type": "ping", "timestamp": text, "data": {}})
    assert [fault.pointer for fault in caught.value.faults] == ["/timestamp"]


@given(st.characters())
def test_only_text_safe_for_lock_screens_is_read(letter: str) -> None:
    data = {"grant_id": "g", "reason": f"a{letter}b"}
    document = {"type": "grant.revoked", "timestamp": TIMESTAMP, "data": data}
    breaks_or_turns = (
        "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )
    if unicodedata.category(letter) != "Cc" and letter not in breaks_or_turns:
        assert parse(document)
    else:
        with pytest.raises(Malformed, match="/data/reason"):
            parse(document)


@given(json_values)
def test_body_for_another_webhook_is_refused(document: Any) -> None:
    names_another = isinstance(document, dict) and isinstance(document.get("to"), str)
    assert audience_ok(document, "here", Version.V1) is (not names_another)
    assert not audience_ok(document, "here", Version.V1A)


def test_given_audience_must_match() -> None:
    for version in Version:
        for to, meant in (
            ("here", True),
            ("there", False),
            ("HERE", False),
            ("", False),
        ):
            assert audience_ok({"to": to}, "here", version) is meant, (version, to)


@given(json_values.filter(lambda value: not isinstance(value, str)))
def test_recipient_of_another_type_is_a_schema_error_for_shared_secrets(
    to: Any,
) -> None:
    assert audience_ok({"to": to}, "here", Version.V1)
    assert not audience_ok({"to": to}, "here", Version.V1A)
    with pytest.raises(Malformed) as caught:
        parse({"type": "ping", "timestamp": TIMESTAMP, "data": {}, "to": to})
    assert [fault.pointer for fault in caught.value.faults] == ["/to"]


def test_longest_span_is_per_courier() -> None:
    limits(GRANT, timedelta(hours=2), NOW)
    longer = replace(GRANT, ends_at=NOW + timedelta(days=2))
    message = "/data/ends_at: must be at most 36 h after start"
    with pytest.raises(Malformed, match=message):
        limits(longer, timedelta(days=1.5), NOW)


def test_grant_ends_at_most_thirty_days_ahead() -> None:
    latest = replace(
        GRANT, starts_at=NOW + timedelta(days=29.9), ends_at=NOW + timedelta(days=30)
    )
    limits(latest, timedelta(hours=12), NOW)
    with pytest.raises(Malformed) as caught:
        limits(latest, timedelta(hours=1), NOW - timedelta(microseconds=1))
    assert caught.value.faults == (
        Fault("/data/ends_at", "must be at most 1 h after starts_at"),
        Fault("/data/ends_at", "must be at most 30 days from now"),
    )


def test_late_or_early_message_is_stale() -> None:
    moment, ahead = timedelta(microseconds=1), timedelta(seconds=300)
    entry = Message(MessageType.ENTRY_REQUESTED, NOW, EntryRequested("g"))
    issue = Message(MessageType.GRANT_ISSUED, NOW, GRANT)
    revocation = Message(MessageType.GRANT_REVOKED, NOW, GrantRevoked("g"))
    month = timedelta(days=30)
    for message, oldest in (
        (entry, timedelta(seconds=120)),
        (issue, month),
        (revocation, month),
    ):
        for now, stale in (
            (NOW + oldest, False),
            (NOW + oldest + moment, True),
            (NOW - ahead, False),
            (NOW - ahead - moment, True),
        ):
            assert is_stale(message, now) is stale, (message.type, now)


@given(instants)
def test_ping_and_availability_are_never_stale(now: datetime) -> None:
    assert not is_stale(Message(MessageType.PING, NOW, Ping()), now)
    hours = AvailabilityRequested(("3B",), NOW, NOW + timedelta(days=1))
    assert not is_stale(Message(MessageType.AVAILABILITY_REQUESTED, NOW, hours), now)


@given(grant_messages, st.randoms(), st.integers(-23, 23), st.integers(1, 9))
def test_equal_content_has_the_same_digest(
    document: Any, random: Any, hours: int, revision: int
) -> None:
    grant = parse(document).data
    assert isinstance(grant, GrantIssued)
    zone = timezone(timedelta(hours=hours))
    units = [f" {unit} " for unit in grant.units]
    random.shuffle(units)
    same = replace(
        grant,
        revision=revision,
        units=(*units, *units),
        starts_at=grant.starts_at.astimezone(zone),
        ends_at=grant.ends_at.astimezone(zone),
    )
    assert content_digest(same) == content_digest(grant)


def test_different_content_has_another_digest() -> None:
    others: list[dict[str, Any]] = [
        {"door": None},
        {"door": "back"},
        {"units": ("3B",)},
        {"units": ("3B4A",)},
        {"starts_at": NOW + timedelta(microseconds=1)},
        {"ends_at": NOW},
        {"max_entries": 2},
        {"delivery": DeliveryDetails(driver_ref="P-1")},
        {"delivery": DeliveryDetails("")},
    ]
    for other in others:
        changed = replace(GRANT, **other)
        assert content_digest(changed) != content_digest(GRANT), other


def test_digest_is_stable_between_releases() -> None:
    content = (
        b'["front",["3b","4a"],"2026-11-24T09:30:00+00:00","2026-11-24T11:30:00+00:00"'
        b',1,"P-1",null]'
    )
    assert content_digest(GRANT) == hashlib.sha256(content).hexdigest()
    named = replace(GRANT, delivery=DeliveryDetails("P-1", driver_ref="D-2"))
    content = content.replace(b"null", b'"D-2"')
    assert content_digest(named) == hashlib.sha256(content).hexdigest()


@given(st.text(SENDABLE, min_size=1, max_size=32))
def test_unit_is_read_unless_blank(unit: str) -> None:
    if normal_unit(unit):
        assert parse(grant_document(units=[unit]))
    else:
        with pytest.raises(Malformed, match="/data/units/0: must not be blank"):
            parse(grant_document(units=[unit]))
