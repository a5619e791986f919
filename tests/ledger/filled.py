"""Shared test data: ledgers with residents and entries."""

from collections.abc import Mapping
from datetime import UTC, datetime

import orjson

from custom_components.courier_access.access.model import (
    Decision,
    GrantKey,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.chain import Recorded
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.queue import (
    NotificationKind,
    enqueue,
    enqueue_refusal,
)
from tests.support.rows import plant

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MEMBERS = (("anna", "3b"), ("bo", "3b"), ("cleo", "4a"))
DEFAULT_UNITS = {"3b": "3B"}


def residents(
    transaction: Transaction,
    members: tuple[tuple[str, str], ...] = MEMBERS,
    revision: int = 1,
) -> None:
    """Record the residents of the building."""
    plant(
        transaction.conn,
        "INSERT INTO resident_sets (revision, at, members) VALUES (:revision, :at, :set)",
        revision=revision,
        at=NOON,
        set=members,
    )


def entry(
    transaction: Transaction,
    entry_id: str = "entry-1",
    at: datetime = NOON,
    *,
    units: Mapping[str, str] | None = None,
    outcome: Outcome | None = Outcome.OPENED,
    reason: Reason = Reason.OK,
    grant_id: str = "grant-1",
    courier_id: str = "courier-1",
    parcel_ref: str | None = "PKT-7",
) -> Recorded:
    """Record an entry of one courier at one door; any reason but *ok* refuses it."""
    concerned = DEFAULT_UNITS if units is None else units
    decision = Decision.ADMITTED if reason is Reason.OK else Decision.REFUSED
    recorded = transaction.append(
        f"entry.{decision}",
        at,
        {
            "entry_id": entry_id,
            "courier": courier_id,
            "courier_name": "Swift Parcels",
            "door": "door-1",
            "door_name": "Front door",
            "proof": Proof.SIGNED,
            "decision": decision,
            "reason": reason,
        },
        {
            "grant_id": grant_id,
            "units": orjson.dumps(list(concerned)).decode(),
            "unit_labels": orjson.dumps(dict(concerned)).decode(),
            "parcel_ref": parcel_ref,
            "driver_ref": "driver-9",
        },
        {"grant_id": grant_id},
    )
    if decision is Decision.ADMITTED and outcome is not None:
        plant(
            transaction.conn,
            "UPDATE entries SET outcome = :outcome WHERE entry_id = :entry_id",
            entry_id=entry_id,
            outcome=outcome,
        )
    return recorded


def owed_entry(
    transaction: Transaction,
    entry_id: str = "entry-1",
    at: datetime = NOON,
    *,
    outcome: Outcome | None = Outcome.OPENED,
    reason: Reason = Reason.OK,
    units: Mapping[str, str] | None = None,
    revision: int = 1,
    courier_id: str = "courier-1",
) -> Recorded:
    """Record an entry and enqueue it; each refused one is on its own grant."""
    grant_id = "grant-1" if reason is Reason.OK else f"grant of {entry_id}"
    recorded = entry(
        transaction,
        entry_id,
        at,
        outcome=outcome,
        reason=reason,
        units=units,
        grant_id=grant_id,
        courier_id=courier_id,
    )
    if reason is Reason.OK:
        enqueue(
            transaction.conn,
            NotificationKind.ENTRY_ADMITTED,
            recorded.seq,
            entry_id,
            revision,
            at,
        )
    else:
        key = GrantKey(courier_id, grant_id)
        enqueue_refusal(transaction.conn, key, recorded.seq, entry_id, revision, at)
    return recorded
