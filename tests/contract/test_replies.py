"""Test that replies have the published shape (docs/courier-api/README.md)."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Decision, Outcome, Reason
from custom_components.courier_access.access.wall_clock import Interval
from custom_components.courier_access.contract.messages import (
    Fault,
    Malformed,
    read_json,
)
from custom_components.courier_access.contract.replies import (
    RETRY_AFTER,
    STATUS,
    TITLE,
    Problem,
    Reply,
    availability,
    entry,
    grant_issued,
    grant_revoked,
    pong,
    problem,
    replayed,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Zurich"))
HOUR = Interval(NOON, NOON + timedelta(hours=1))
HOUR_TOLD = {"from": "2026-11-24T11:00:00Z", "until": "2026-11-24T12:00:00Z"}
ADMITTED = entry(
    Decision.ADMITTED,
    Reason.OK,
    "g-7f3a9c21e",
    door="front",
    entry_id="01JDABC",
    outcome=Outcome.UNCONFIRMED,
    lock_confirmed=False,
    unlocked_until=NOON,
    entries_left=0,
)


def told(reply: Reply) -> dict[str, Any]:
    """Return a decision's body."""
    assert (reply.status, reply.content_type) == (200, "application/json")
    body = json.loads(reply.body)
    assert isinstance(body, dict)
    return body


def test_ping_is_answered_with_building_and_doors() -> None:
    assert told(pong("Rue du Lac 1", ("front", "back"))) == {
        "type": "ping",
        "decision": "ok",
        "reason": "ok",
        "replayed": False,
        "building": "Rue du Lac 1",
        "doors": ["front", "back"],
    }


def test_accepted_grant_names_the_accepting_units() -> None:
    reply = grant_issued(Decision.ACCEPTED, Reason.OK, "g", 2, ["3B"], usable=[HOUR])
    assert told(reply) == {
        "type": "grant.issued",
        "decision": "accepted",
        "reason": "ok",
        "replayed": False,
        "grant_id": "g",
        "revision": 2,
        "units": ["3B"],
        "usable": [HOUR_TOLD],
    }


def test_refused_grant_has_a_reason_and_the_next_windows() -> None:
    reply = grant_issued(
        Decision.REFUSED,
        Reason.OUTSIDE_SCHEDULE,
        "g",
        1,
        [],
        usable=[],
        next_windows=[HOUR],
    )
    assert told(reply) == {
        "type": "grant.issued",
        "decision": "refused",
        "reason": "outside_schedule",
        "replayed": False,
        "grant_id": "g",
        "revision": 1,
        "units": [],
        "usable": [],
        "next_windows": [HOUR_TOLD],
    }


def test_hours_that_are_not_shared_are_left_out() -> None:
    reply = grant_issued(Decision.REFUSED, Reason.NOT_ACCEPTING, "g", 1, [])
    assert not {"usable", "next_windows"} & told(reply).keys()


def test_revocation_is_answered_unless_stale() -> None:
    assert told(grant_revoked("g", known=True)) == {
        "type": "grant.revoked",
        "decision": "revoked",
        "reason": "ok",
        "replayed": False,
        "grant_id": "g",
        "known": True,
    }
    stale = told(
        grant_revoked("g", Decision.REFUSED, Reason.STALE_REQUEST, known=False)
    )
    assert (stale["decision"], stale["reason"], stale["known"]) == (
        "refused",
        "stale_request",
        False,
    )


def test_admitted_entry_has_the_outcome_at_the_door() -> None:
    assert told(ADMITTED) == {
        "type": "entry.requested",
        "decision": "admitted",
        "reason": "ok",
        "replayed": False,
        "entry_id": "01JDABC",
        "grant_id": "g-7f3a9c21e",
        "door": "front",
        "outcome": "unconfirmed",
        "lock_confirmed": False,
        "unlocked_until": "2026-11-24T11:00:00Z",
        "entries_left": 0,
    }


def test_availability_is_answered_by_unit() -> None:
    assert told(availability({"3B": [HOUR], "4A": []})) == {
        "type": "availability.requested",
        "decision": "ok",
        "reason": "ok",
        "replayed": False,
        "windows": {"3B": [HOUR_TOLD], "4A": []},
    }
    assert told(availability({}))["windows"] == {}


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.OK}))
def test_refused_entry_has_only_fields_that_apply(reason: Reason) -> None:
    assert told(entry(Decision.REFUSED, reason, "g")) == {
        "type": "entry.requested",
        "decision": "refused",
        "reason": reason,
        "replayed": False,
        "grant_id": "g",
    }


def test_replayed_decision_differs_only_in_its_mark() -> None:
    again = replayed(ADMITTED.body)
    assert again.headers == {"Idempotency-Replayed": "true"}
    assert told(again) == told(ADMITTED) | {"replayed": True}
    assert again.body == ADMITTED.body.replace('"replayed":false', '"replayed":true')
    assert replayed(again.body) == again


@pytest.mark.parametrize("stored", ["", "[]", "{}", problem(Problem.NOT_READY).body])
def test_body_other_than_a_decision_is_not_replayed(stored: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        replayed(stored)


@pytest.mark.parametrize("code", Problem)
def test_every_problem_has_status_title_and_type(code: Problem) -> None:
    reply = problem(code)
    assert reply.status == STATUS[code]
    assert reply.content_type == "application/problem+json"
    body = json.loads(reply.body)
    assert body.pop("retry_after", None) == RETRY_AFTER.get(code)
    assert body == {
        "type": f"urn:courier-access:problem:{code}",
        "title": TITLE[code],
        "status": reply.status,
    }


@pytest.mark.parametrize(
    "code", [code for code in Problem if code.status in (429, 503)]
)
def test_retry_time_is_in_header_and_body(code: Problem) -> None:
    for given_seconds, seconds in ((None, RETRY_AFTER[code]), (7, 7), (0, 0)):
        reply = problem(code, retry_after=given_seconds)
        assert json.loads(reply.body)["retry_after"] == seconds
        assert reply.headers == {"Retry-After": str(seconds)}


def test_other_problems_have_no_retry_time() -> None:
    assert all(
        not problem(code).headers for code in Problem if code.status not in (429, 503)
    )


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
    until = told(reply)["unlocked_until"]
    assert until.endswith("Z")
    assert datetime.fromisoformat(until) == instant.astimezone(UTC)
