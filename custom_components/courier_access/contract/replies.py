"""Build replies to couriers: decisions and problems (docs/courier-api/README.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

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
    """Why a message got no decision (docs/courier-api/README.md#send-again)."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    METHOD = "method"
    SLOW_BODY = "slow_body"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    IN_FLIGHT = "in_flight"
    ID_REUSED = "id_reused"
    RATE_LIMITED = "rate_limited"
    NOT_READY = "not_ready"
    DOOR_UNAVAILABLE = "door_unavailable"
    DOOR_BUSY = "door_busy"
    LEDGER_UNAVAILABLE = "ledger_unavailable"
    CLOCK_UNTRUSTED = "clock_untrusted"

    @property
    def status(self) -> int:
        return STATUS[self]


STATUS: Final[Mapping[Problem, int]] = MappingProxyType(
    {
        Problem.MALFORMED: 400,
        Problem.UNAUTHENTICATED: 401,
        Problem.METHOD: 405,
        Problem.SLOW_BODY: 408,
        Problem.TOO_LARGE: 413,
        Problem.UNSUPPORTED: 415,
        Problem.IN_FLIGHT: 409,
        Problem.ID_REUSED: 422,
        Problem.RATE_LIMITED: 429,
        Problem.NOT_READY: 503,
        Problem.DOOR_UNAVAILABLE: 503,
        Problem.DOOR_BUSY: 503,
        Problem.LEDGER_UNAVAILABLE: 503,
        Problem.CLOCK_UNTRUSTED: 503,
    }
)
TITLE: Final[Mapping[Problem, str]] = MappingProxyType(
    {
        Problem.MALFORMED: "The body is not JSON or not of the schema",
        Problem.UNAUTHENTICATED: "The sender could not be authenticated",
        Problem.METHOD: "Only POST is answered here",
        Problem.SLOW_BODY: "The body did not arrive in time",
        Problem.TOO_LARGE: "The body is too large",
        Problem.UNSUPPORTED: "The body must be application/json without a content encoding",
        Problem.IN_FLIGHT: "The same message is being answered",
        Problem.ID_REUSED: "The webhook-id was used before with another body",
        Problem.RATE_LIMITED: "Too many messages",
        Problem.NOT_READY: "The building is not ready",
        Problem.DOOR_UNAVAILABLE: "The door can't be operated now",
        Problem.DOOR_BUSY: "The door is being used",
        Problem.LEDGER_UNAVAILABLE: "The record can't be written now",
        Problem.CLOCK_UNTRUSTED: "The building's clock can't be trusted now",
    }
)
# Default seconds until a retry makes sense.
RETRY_AFTER: Final[Mapping[Problem, int]] = MappingProxyType(
    {
        Problem.RATE_LIMITED: 60,
        Problem.NOT_READY: 10,
        Problem.DOOR_UNAVAILABLE: 30,
        Problem.DOOR_BUSY: 5,
        Problem.LEDGER_UNAVAILABLE: 30,
        Problem.CLOCK_UNTRUSTED: 60,
    }
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
    """Answer a ping with the building's name and the doors the courier may use."""
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

    `retry_after` is in seconds; 429 and 503 always have one, RETRY_AFTER by default.
    """
    if retry_after is None:
        retry_after = RETRY_AFTER.get(code)
    body: dict[str, object] = {
        "type": PROBLEM_TYPE_PREFIX + code,
        "title": TITLE[code],
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
