"""Test that replies have the published shape (docs/courier-api/README.md)."""

from datetime import UTC, datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import (
    Decision,
    EntryDecision,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.contract.messages import (
    Fault,
    Malformed,
    read_json,
)
from custom_components.courier_access.contract.replies import (
    Problem,
    Reply,
    entry,
    grant_issued,
    grant_revoked,
    problem,
    replayed,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Zurich"))


def admitted() -> Reply:
    """Reply to an entry whose lock never confirmed."""
    return entry(
        Decision.ADMITTED,
        Reason.OK,
        "g-7f3a9c21e",
        door="front",
        entry_id="01JDABC",
        proof=Proof.SIGNED,
        outcome=Outcome.UNCONFIRMED,
        lock_confirmed=False,
        unlocked_until=NOON,
        entries_left=0,
    )


def body_of(reply: Reply) -> dict[str, Any]:
    """Return a decision's body."""
    assert (reply.status, reply.content_type) == (200, "application/json")
    body = json.loads(reply.body)
    assert isinstance(body, dict)
    return body


def test_no_reply_can_say_that_an_entry_was_observed() -> None:
    assert {*EntryDecision} - {*Decision} == {"observed"}


def test_hours_that_are_not_shared_are_left_out() -> None:
    """`test_openapi.py` compares each kind of reply with its published example."""
    reply = grant_issued(Decision.REFUSED, Reason.NOT_ACCEPTING, "g", 1, [])
    assert not {"usable", "next_windows"} & body_of(reply).keys()
    reply = grant_issued(
        Decision.REFUSED,
        Reason.OUTSIDE_SCHEDULE,
        "g",
        1,
        [],
        usable=[],
        next_windows=[],
    )
    assert (body_of(reply)["usable"], body_of(reply)["next_windows"]) == ([], [])


def test_stale_revocation_is_refused() -> None:
    stale = grant_revoked("g", Decision.REFUSED, Reason.STALE_REQUEST, known=False)
    assert body_of(stale) == {
        "type": "grant.revoked",
        "decision": "refused",
        "reason": "stale_request",
        "replayed": False,
        "grant_id": "g",
        "known": False,
    }


def test_admitted_entry_has_the_outcome_at_the_door() -> None:
    assert body_of(admitted()) == {
        "type": "entry.requested",
        "decision": "admitted",
        "reason": "ok",
        "replayed": False,
        "entry_id": "01JDABC",
        "grant_id": "g-7f3a9c21e",
        "door": "front",
        "proof": "signed",
        "outcome": "unconfirmed",
        "lock_confirmed": False,
        "unlocked_until": "2026-11-24T11:00:00Z",
        "entries_left": 0,
    }


def test_refused_entry_has_only_fields_that_apply() -> None:
    for reason in set(Reason) - {Reason.OK}:
        assert body_of(entry(Decision.REFUSED, reason, "g")) == {
            "type": "entry.requested",
            "decision": "refused",
            "reason": reason,
            "replayed": False,
            "grant_id": "g",
        }


def test_replayed_decision_differs_only_in_its_mark() -> None:
    first = admitted()
    again = replayed(first.body)
    assert again.headers == {"Idempotency-Replayed": "true"}
    assert body_of(again) == body_of(first) | {"replayed": True}
    assert again.body == first.body.replace('"replayed":false', '"replayed":true')
    assert replayed(again.body) == again


def test_only_a_refusal_says_why_it_is_one() -> None:
    """The owner's page and the test of a company's address show it; no courier gets it this way."""
    assert admitted().refusal is None
    assert replayed(admitted().body).refusal is None
    assert grant_issued(Decision.ACCEPTED, Reason.OK, "g", 1, []).refusal is None
    refused = entry(Decision.REFUSED, Reason.REVOKED, "g")
    assert refused.refusal is Reason.REVOKED
    for code in Problem:
        assert problem(code).refusal is code


def test_body_other_than_a_decision_is_not_replayed() -> None:
    for stored in ("", "[]", "{}", problem(Problem.NOT_READY).body):
        with pytest.raises(ValueError):  # noqa: PT011 - of any kind
            replayed(stored)


def test_every_problem_has_status_title_type_and_retry_time() -> None:
    for code in Problem:
        retry = code.retry_after
        assert (retry is not None) is (code.status in (429, 503)), code
        for given_seconds in (None,) if retry is None else (None, 7, 0):
            seconds = retry if given_seconds is None else given_seconds
            reply = problem(code, retry_after=given_seconds)
            assert (reply.status, reply.content_type) == (
                code.status,
                "application/problem+json",
            )
            times = {} if seconds is None else {"retry_after": seconds}
            assert json.loads(reply.body) == times | {
                "type": f"urn:courier-access:problem:{code}",
                "title": code.summary,
                "status": reply.status,
            }
            headers = {} if seconds is None else {"Retry-After": str(seconds)}
            assert reply.headers == headers


@given(
    st.binary()
    | st.text(st.characters()).map(
        lambda text: json.dumps([{text: text}, text]).encode()
    )
)
def test_faults_of_any_body_can_be_sent(body: bytes) -> None:
    try:
        read_json(body)
        faults: tuple[Fault, ...] = ()
    except Malformed as error:
        faults = error.faults
    sent = json.loads(problem(Problem.MALFORMED, faults).body)
    assert sent.get("errors", []) == [
        {"pointer": fault.pointer, "detail": fault.detail} for fault in faults
    ]


@given(st.datetimes(timezones=st.timezones()).filter(lambda each: 2 < each.year < 9998))
def test_instants_are_in_utc(instant: datetime) -> None:
    reply = entry(Decision.ADMITTED, Reason.OK, "g", unlocked_until=instant)
    until = body_of(reply)["unlocked_until"]
    assert until.endswith("Z")
    assert datetime.fromisoformat(until) == instant.astimezone(UTC)
