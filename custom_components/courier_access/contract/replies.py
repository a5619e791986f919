"""Build replies to couriers: decisions and problems (docs/courier-api/README.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

import orjson

from ..access.hours import Interval
from ..access.model import Decision, Outcome, Proof, Reason
from .messages import Fault, MessageType

DECISION_CONTENT_TYPE: Final = "application/json"
PROBLEM_CONTENT_TYPE: Final = "application/problem+json"
PROBLEM_TYPE_PREFIX: Final = "urn:courier-access:problem:"
RETRY_AFTER_HEADER: Final = "Retry-After"
REPLAYED_HEADER: Final = "Idempotency-Replayed"


class Problem(StrEnum):
    """Why a message got no decision (docs/courier-api/README.md#send-again).

    `retry_after` are the default seconds until a retry makes sense.
    """

    status: int
    summary: str
    retry_after: int | None

    def __new__(
        cls, value: str, status: int, summary: str, retry_after: int | None = None
    ) -> Self:
        problem = str.__new__(cls, value)
        problem._value_ = value
        problem.status, problem.summary = status, summary
        problem.retry_after = retry_after
        return problem

    MALFORMED = "malformed", 400, "The body is not JSON or not of the schema"
    UNAUTHENTICATED = "unauthenticated", 401, "The sender could not be authenticated"
    METHOD = "method", 405, "Only POST is answered here"
    SLOW_BODY = "slow_body", 408, "The body did not arrive in time"
    TOO_LARGE = "too_large", 413, "The body is too large"
    UNSUPPORTED = (
        "unsupported",
        415,
        "The body must be application/json without a content encoding",
    )
    IN_FLIGHT = "in_flight", 409, "The same message is being answered"
    ID_REUSED = "id_reused", 422, "The webhook-id was used before with another body"
    RATE_LIMITED = "rate_limited", 429, "Too many messages", 60
    NOT_READY = "not_ready", 503, "The building is not ready", 10
    DOOR_UNAVAILABLE = "door_unavailable", 503, "The door can't be operated now", 30
    DOOR_BUSY = "door_busy", 503, "The door is being used", 5
    LEDGER_UNAVAILABLE = (
        "ledger_unavailable",
        503,
        "The record can't be written now",
        30,
    )
    CLOCK_UNTRUSTED = (
        "clock_untrusted",
        503,
        "The building's clock can't be trusted now",
        60,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response; the body repeats the headers, which can get lost."""

    status: int
    body: str
    content_type: str = DECISION_CONTENT_TYPE
    headers: Mapping[str, str] = MappingProxyType({})
    refusal: Problem | Reason | None = None
    """Why the request was refused, unless the reply is replayed."""


def pong(building: str, doors: Sequence[str]) -> Reply:
    return _decided(
        MessageType.PING, Decision.OK, Reason.OK, building=building, doors=list(doors)
    )


def grant_issued(
    decision: Decision,
    reason: Reason,
    grant_id: str,
    revision: int,
    units: Sequence[str],
    usable: Sequence[Interval] | None = None,
    next_windows: Sequence[Interval] | None = None,
) -> Reply:
    """Answer an issued grant; `units` accept it and are as the courier wrote them.

    `usable` and `next_windows` cover only units that share their hours; None omits
    them.
    """
    return _decided(
        MessageType.GRANT_ISSUED,
        decision,
        reason,
        grant_id=grant_id,
        revision=revision,
        units=list(units),
        usable=_windows(usable),
        next_windows=_windows(next_windows),
    )


def grant_revoked(
    grant_id: str,
    decision: Decision = Decision.REVOKED,
    reason: Reason = Reason.OK,
    *,
    known: bool,
) -> Reply:
    """Answer a revocation, which is refused only if stale; `known` if the grant exists."""
    return _decided(
        MessageType.GRANT_REVOKED, decision, reason, grant_id=grant_id, known=known
    )


def entry(
    decision: Decision,
    reason: Reason,
    grant_id: str,
    door: str | None = None,
    entry_id: str | None = None,
    proof: Proof | None = None,
    outcome: Outcome | None = None,
    lock_confirmed: bool | None = None,
    unlocked_until: datetime | None = None,
    entries_left: int | None = None,
) -> Reply:
    """Answer an entry request; fields that are None are left out."""
    return _decided(
        MessageType.ENTRY_REQUESTED,
        decision,
        reason,
        entry_id=entry_id,
        grant_id=grant_id,
        door=door,
        proof=proof,
        outcome=outcome,
        lock_confirmed=lock_confirmed,
        unlocked_until=None if unlocked_until is None else _instant(unlocked_until),
        entries_left=entries_left,
    )


def availability(windows: Mapping[str, Sequence[Interval]]) -> Reply:
    """Answer with the open hours of each unit that shares them, as written."""
    values = {unit: _windows(intervals) for unit, intervals in windows.items()}
    return _decided(
        MessageType.AVAILABILITY_REQUESTED, Decision.OK, Reason.OK, windows=values
    )


def problem(
    code: Problem, faults: Sequence[Fault] = (), retry_after: int | None = None
) -> Reply:
    """Answer with an error (RFC 9457).

    `retry_after` is in seconds; 429 and 503 always have one.
    """
    if retry_after is None:
        retry_after = code.retry_after
    body: dict[str, object] = {
        "type": PROBLEM_TYPE_PREFIX + code,
        "title": code.summary,
        "status": code.status,
    }
    if faults:
        body["errors"] = [
            {"pointer": fault.pointer, "detail": fault.detail} for fault in faults
        ]
    headers = {}
    if retry_after is not None:
        body["retry_after"] = retry_after
        headers[RETRY_AFTER_HEADER] = str(retry_after)
    return Reply(
        code.status, _json(body), PROBLEM_CONTENT_TYPE, MappingProxyType(headers), code
    )


def replayed(stored_body: str) -> Reply:
    """Return a stored decision marked as replayed.

    Raises ValueError if the stored body isn't a decision.
    """
    body = orjson.loads(stored_body)
    if not isinstance(body, dict) or "decision" not in body:
        raise ValueError("what was stored is no decision")
    return Reply(
        200,
        _json(body | {"replayed": True}),
        headers=MappingProxyType({REPLAYED_HEADER: "true"}),
    )


def _decided(
    kind: MessageType, decision: Decision, reason: Reason, **fields: object
) -> Reply:
    head = {"type": kind, "decision": decision, "reason": reason, "replayed": False}
    values = {name: value for name, value in fields.items() if value is not None}
    refusal = reason if decision is Decision.REFUSED else None
    return Reply(200, _json(head | values), refusal=refusal)


def _windows(intervals: Sequence[Interval] | None) -> list[dict[str, str]] | None:
    if intervals is None:
        return None
    return [
        {"from": _instant(each.start), "until": _instant(each.end)}
        for each in intervals
    ]


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(body: Mapping[str, object]) -> str:
    return orjson.dumps(body).decode()
