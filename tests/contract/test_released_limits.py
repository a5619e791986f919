"""What companies' programs and their makers rely on stays the same in each release: limits, problems, and defaults."""

from datetime import UTC, datetime
import json
from typing import Any

import pytest

from custom_components.courier_access.access.model import (
    Decision,
    DeliveryDetails,
    Reason,
)
from custom_components.courier_access.contract import replies
from custom_components.courier_access.contract.messages import (
    DOOR,
    ENTRIES,
    AvailabilityRequested,
    EntryRequested,
    GrantIssued,
    GrantRevoked,
    Malformed,
    MessageType,
    parse,
    pointer,
    read_json,
)
from custom_components.courier_access.contract.replies import Problem, problem
from custom_components.courier_access.contract.signature import (
    KeyProblem,
    Version,
    new_secret,
    parse_key,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TIME = "2026-11-24T12:00:00Z"
END = "2026-11-24T14:00:00Z"


def document(kind: str, **data: object) -> dict[str, Any]:
    return {"type": kind, "timestamp": TIME, "data": data}


def grant(**changes: object) -> dict[str, Any]:
    fields = {"grant_id": "g", "units": ["3B"], "starts_at": TIME, "ends_at": END}
    return document("grant.issued", **fields | changes)


def question(**changes: object) -> dict[str, Any]:
    fields = {"units": ["3B"], "from": TIME, "until": END}
    return document("availability.requested", **fields | changes)


def entry(**changes: object) -> dict[str, Any]:
    return document("entry.requested", grant_id="g", **changes)


def revocation(**changes: object) -> dict[str, Any]:
    return document("grant.revoked", grant_id="g", **changes)


def faults(sent: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a reply asks a company to correct."""
    try:
        parse(sent)
    except Malformed as malformed:
        return [(fault.pointer, fault.detail) for fault in malformed.faults]
    return []


def characters(shortest: int, longest: int) -> str:
    return f"must be a string of {shortest} to {longest} characters"


UNITS = [str(number) for number in range(51)]


@pytest.mark.parametrize(
    ("good", "bad", "place", "detail"),
    [
        (grant(revision=1), grant(revision=0), "revision", None),
        (
            grant(revision=2**53 - 1),
            grant(revision=2**53),
            "revision",
            f"must be a whole number from 1 to {2**53 - 1}",
        ),
        (grant(max_entries=1), grant(max_entries=0), "max_entries", None),
        (
            grant(max_entries=10),
            grant(max_entries=11),
            "max_entries",
            "must be a whole number from 1 to 10",
        ),
        (grant(units=UNITS[:1]), grant(units=[]), "units", None),
        (
            grant(units=UNITS[:50]),
            grant(units=UNITS),
            "units",
            "must be a list of 1 to 50 units",
        ),
        (
            grant(units=["u" * 32]),
            grant(units=["u" * 33]),
            "units/0",
            characters(1, 32),
        ),
        (grant(units=["u"]), grant(units=[""]), "units/0", characters(1, 32)),
        (grant(units=["u"]), grant(units=["\u3000"]), "units/0", "must not be blank"),
        (grant(door="d" * 64), grant(door="d" * 65), "door", characters(1, 64)),
        (grant(door="d"), grant(door=""), "door", characters(1, 64)),
        (entry(door="d"), entry(door=""), "door", characters(1, 64)),
        (question(door="d"), question(door=""), "door", characters(1, 64)),
        (
            grant(parcel_ref="p" * 64),
            grant(parcel_ref="p" * 65),
            "parcel_ref",
            characters(0, 64),
        ),
        (
            grant(driver_ref=""),
            grant(driver_ref="p" * 65),
            "driver_ref",
            characters(0, 64),
        ),
        (
            entry(driver_ref="p" * 64),
            entry(driver_ref="p" * 65),
            "driver_ref",
            characters(0, 64),
        ),
        (
            revocation(reason="r" * 200),
            revocation(reason="r" * 201),
            "reason",
            characters(0, 200),
        ),
        (revocation(reason=""), revocation(reason=5), "reason", characters(0, 200)),
        (revocation(revision=2), revocation(revision=0), "revision", None),
        (
            question(until="2026-12-08T12:00:00Z"),
            question(until="2026-12-08T12:00:01Z"),
            "until",
            "must be at most 14 days after from",
        ),
        (
            question(),
            question(until=TIME),
            "until",
            "must be later than from",
        ),
        (
            grant(),
            grant(ends_at=TIME),
            "ends_at",
            "must be later than starts_at",
        ),
        (
            entry(),
            entry(units=["3B"]),
            "units",
            "must be left out: no such field is known here",
        ),
    ],
)
def test_limit_is_kept_to_the_last_one(
    good: dict[str, Any], bad: dict[str, Any], place: str, detail: str | None
) -> None:
    assert faults(good) == []
    [(found, told)] = faults(bad)
    assert found == f"/data/{place}"
    assert detail is None or told == detail


def test_a_unit_is_listed_once() -> None:
    read = parse(grant(units=["3B", " 3b", "4A"])).data
    assert isinstance(read, GrantIssued)
    assert read.units == ("3B", "4A")


def test_what_is_left_out_is_unknown_or_one() -> None:
    units = ("3B",)
    issued = GrantIssued("g", 1, None, units, NOON, NOON)
    assert (issued.max_entries, issued.delivery) == (1, DeliveryDetails(None, None))
    revoked = GrantRevoked("g")
    assert (revoked.revision, revoked.reason) == (None, None)
    asked = EntryRequested("g")
    assert (asked.door, asked.delivery) == (None, DeliveryDetails(None, None))
    assert AvailabilityRequested(units, NOON, NOON).door is None


def test_shared_readers_of_doors_and_entries_know_the_limits() -> None:
    assert (DOOR("d"), ENTRIES(10)) == ("d", 10)


@pytest.mark.parametrize(
    ("code", "status", "seconds", "title"),
    [
        ("malformed", 400, None, "The body is not JSON or not of the schema"),
        ("unauthenticated", 401, None, "The sender could not be authenticated"),
        ("method", 405, None, "Only POST is answered here"),
        ("slow_body", 408, None, "The body did not arrive in time"),
        ("too_large", 413, None, "The body is too large"),
        (
            "unsupported",
            415,
            None,
            "The body must be application/json without a content encoding",
        ),
        ("in_flight", 409, None, "The same message is being answered"),
        ("id_reused", 422, None, "The webhook-id was used before with another body"),
        ("rate_limited", 429, 60, "Too many messages"),
        ("not_ready", 503, 10, "The building is not ready"),
        ("door_unavailable", 503, 30, "The door can't be operated now"),
        ("door_busy", 503, 5, "The door is being used"),
        ("ledger_unavailable", 503, 30, "The record can't be written now"),
        ("clock_untrusted", 503, 60, "The building's clock can't be trusted now"),
    ],
)
def test_problem_is_named_and_explained_alike(
    code: str, status: int, seconds: int | None, title: str
) -> None:
    reply = problem(next(each for each in Problem if each == code))
    retry = {} if seconds is None else {"retry_after": seconds}
    assert json.loads(reply.body) == retry | {
        "type": f"urn:courier-access:problem:{code}",
        "title": title,
        "status": status,
    }
    assert (reply.status, reply.content_type) == (status, "application/problem+json")
    assert reply.headers == ({} if seconds is None else {"Retry-After": str(seconds)})


def test_decision_is_json_of_a_released_type() -> None:
    reply = replies.entry(Decision.REFUSED, Reason.REVOKED, "g")
    assert reply.content_type == "application/json"
    assert reply.headers == {}
    assert replies.replayed(reply.body).headers == {"Idempotency-Replayed": "true"}
    assert [*MessageType] == [
        "ping",
        "grant.issued",
        "grant.revoked",
        "entry.requested",
        "availability.requested",
    ]
    assert [*Version] == ["v1", "v1a"]
    assert [*KeyProblem] == [
        "prefix",
        "encoding",
        "length",
        "low_order",
        "not_a_point",
    ]


def test_faults_are_cut_at_fifty_and_their_keys_at_a_hundred_characters() -> None:
    with pytest.raises(Malformed) as caught:
        read_json(b"[" + b",".join([b"NaN"] * 51) + b"]")
    assert len(caught.value.faults) == 50
    assert pointer("k" * 101) == "/" + "k" * 100
    with pytest.raises(Malformed, match="must not start with a byte-order mark"):
        read_json(b"\xef\xbb\xbf{}")


def test_new_secret_has_32_bytes_and_no_key_is_shown() -> None:
    key = parse_key(new_secret())
    assert len(key.material) == 32
    assert repr(key) == "Key(version=<Version.V1: 'v1'>, ends_at=None)"
