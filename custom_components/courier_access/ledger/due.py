"""What of the outbox is to be sent now, and when to look again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

import orjson
from sqlalchemy import Connection, Subquery, and_, case, func, literal, select

from ..access.model import Outcome, Reason
from .chain import WITNESS_BYTES
from .outbox import OUTCOME_WITHIN, UNREACHABLE_AFTER, NoticeState
from .owed import OWNER, FanoutKind
from .tables import entries, fanouts, notices, personal, records, resident_sets

MOST_OF_ONE_RESIDENT: Final = 2
"""How many notices of one resident are sent at once: a target that hangs leaves the others' slots free."""

_NOBODY: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice whose time has come, and what its text needs.

    `unit`, as the courier wrote it, and `parcel_ref` are known for recipients only, until they are erased.
    `over` are the targets that it was handed over to so far.
    """

    id: int
    tag: str
    kind: FanoutKind
    resident_id: str
    state: NoticeState
    attempts: int
    over: tuple[str, ...]
    owed_at: datetime
    entry_id: str
    at: datetime
    courier_name: str
    door_name: str
    outcome: Outcome | None
    reason: Reason
    seq: int
    witness: str
    recipient: bool
    unit: str | None
    parcel_ref: str | None


def due(
    conn: Connection,
    now: datetime,
    limit: int,
    without: Collection[int] = (),
    busy: Mapping[str, int] = _NOBODY,
) -> list[Notice]:
    """Return the notices whose time has come, but not those `without`, which are being sent.

    Admitted entries come first, and of those the residents in turn. Of one resident there are at most
    `MOST_OF_ONE_RESIDENT`, together with what is being sent to them: `busy`, by resident.
    """
    parcels, labels = personal.alias(), personal.alias()
    waiting = _waiting(now, without, busy)
    rows = conn.execute(
        select(
            notices,
            fanouts.c.kind,
            fanouts.c.seq,
            fanouts.c.at.label("owed_at"),
            fanouts.c.set_revision,
            entries.c.entry_id,
            entries.c.at,
            entries.c.courier_name,
            entries.c.door_name,
            entries.c.outcome,
            entries.c.reason,
            records.c.hash,
            parcels.c.value.label("parcel_ref"),
            labels.c.value.label("unit_labels"),
        )
        .join(waiting, waiting.c.id == notices.c.id)
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .join(entries, entries.c.entry_id == fanouts.c.entry_id)
        .join(records, records.c.seq == fanouts.c.seq)
        .outerjoin(parcels, and_(parcels.c.seq == fanouts.c.seq, parcels.c.field == "parcel_ref"))
        .outerjoin(labels, and_(labels.c.seq == fanouts.c.seq, labels.c.field == "unit_labels"))
        .where(waiting.c.turn <= MOST_OF_ONE_RESIDENT)
        .order_by(waiting.c.urgency, waiting.c.turn, notices.c.next_at, notices.c.id)
        .limit(limit)
    ).all()
    units = _units_of_residents(conn, {row.set_revision for row in rows})
    return [
        Notice(
            id=row.id,
            tag=row.tag,
            kind=FanoutKind(row.kind),
            resident_id=row.resident_id,
            state=NoticeState(row.state),
            attempts=row.attempts,
            over=tuple(row.over),
            owed_at=row.owed_at,
            entry_id=row.entry_id,
            at=row.at,
            courier_name=row.courier_name,
            door_name=row.door_name,
            outcome=None if row.outcome is None else Outcome(row.outcome),
            reason=Reason(row.reason),
            seq=row.seq,
            witness=row.hash[:WITNESS_BYTES].hex(),
            recipient=row.recipient,
            unit=_label(row.unit_labels, units[row.set_revision, row.resident_id])
            if row.recipient
            else None,
            parcel_ref=row.parcel_ref if row.recipient else None,
        )
        for row in rows
    ]


def next_due(conn: Connection, now: datetime) -> datetime | None:
    """Return when there is something to do after `now`: to send, to expand, or to find someone unreachable."""
    sends = select(func.min(notices.c.next_at)).where(notices.c.next_at > now)
    waits = select(func.min(fanouts.c.at)).where(
        fanouts.c.expanded_at.is_(None), fanouts.c.at > now - OUTCOME_WITHIN
    )
    owed = (
        select(func.min(fanouts.c.at))
        .join(notices, notices.c.fanout_id == fanouts.c.id)
        .where(notices.c.state == NoticeState.OWED, fanouts.c.at > now - UNREACHABLE_AFTER)
    )
    times = [
        instant + wait
        for query, wait in (
            (sends, timedelta()),
            (waits, OUTCOME_WITHIN),
            (owed, UNREACHABLE_AFTER),
        )
        if (instant := conn.execute(query).scalar_one()) is not None
    ]
    return min(times, default=None)


def _waiting(now: datetime, without: Collection[int], busy: Mapping[str, int]) -> Subquery:
    """Select what could be sent: how urgent it is, and the how many-th of its resident it would be."""
    urgency = case((fanouts.c.kind == FanoutKind.ENTRY_ADMITTED, 0), else_=1)
    place = func.row_number().over(
        partition_by=notices.c.resident_id, order_by=(urgency, notices.c.next_at, notices.c.id)
    )
    ahead = case(busy, value=notices.c.resident_id, else_=0) if busy else literal(0)
    return (
        select(notices.c.id, urgency.label("urgency"), (place + ahead).label("turn"))
        .join(fanouts, fanouts.c.id == notices.c.fanout_id)
        .where(
            notices.c.next_at <= now,
            notices.c.id.not_in(without),
            notices.c.resident_id != OWNER,
            fanouts.c.entry_id.is_not(None),
        )
        .subquery()
    )


def _units_of_residents(
    conn: Connection, revisions: Collection[int]
) -> Mapping[tuple[int, str], str]:
    rows = conn.execute(select(resident_sets).where(resident_sets.c.revision.in_(revisions)))
    return {(row.revision, resident_id): unit for row in rows for resident_id, unit in row.members}


def _label(unit_labels: str | None, unit: str) -> str | None:
    return None if unit_labels is None else orjson.loads(unit_labels).get(unit)
